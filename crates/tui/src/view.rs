//! Drawing. It only reads the model.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::app::{App, Message, Tone};
use crate::keys;
use crate::screens::Screen;
use crate::text;
use crate::theme;
use crate::widgets::cells;

/// Columns that the screens need at least.
pub const MIN_WIDTH: u16 = 60;
/// Rows that the screens need at least.
pub const MIN_HEIGHT: u16 = 16;

/// Draws the model.
pub fn view(app: &App, frame: &mut Frame<'_>) {
    let area = frame.area();
    if let Some(caret) = draw(app, area, frame.buffer_mut()) {
        frame.set_cursor_position(caret);
    }
}

/// Returns what is between the title and the message line.
pub(crate) fn body(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area }
}

/// Says whether the screens have no room; then nothing shows, and no key acts on what cannot be seen.
pub(crate) fn is_too_small(size: Size) -> bool {
    size.width < MIN_WIDTH || size.height < MIN_HEIGHT
}

fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    if is_too_small(area.as_size()) {
        for (line, y) in
            cells::wrap(text::TOO_SMALL, usize::from(area.width).max(2)).iter().zip(area.y..area.bottom())
        {
            buf.set_stringn(area.x, y, line, usize::from(area.width), theme::PLAIN);
        }
        return None;
    }
    title(app, Rect { height: 1, ..area }, buf);
    let body = body(area);
    let base = app.screens.iter().rposition(|it| !it.is_popup()).unwrap_or(0);
    let mut caret = None;
    for screen in &app.screens[base..] {
        caret = screen.view(&app.world, body, buf);
    }
    message(app, Rect { y: area.bottom() - 2, height: 1, ..area }, buf);
    footer(app, Rect { y: area.bottom() - 1, height: 1, ..area }, buf);
    caret
}

/// Cells below which a cut note says nothing.
const LEAST_NOTE: usize = 10;

/// Draws the title. That the data are made up, and that records do not fit, always shows; the roster's note is cut, or
/// left out, where there is no room, and so is the person's name.
fn title(app: &App, area: Rect, buf: &mut Buffer) {
    let width = usize::from(area.width);
    let mut left = format!(" {}", text::PROGRAM);
    let mut marks = String::new();
    let mut note = "";
    let ledger = app.world.ledger();
    if let (Some(year), Some(ledger)) = (&app.world.year, ledger) {
        left = format!(" {}", year.year().title);
        if let Some(class) = class_shown(app) {
            left.push_str(&format!("  {class}"));
        }
        let n_unresolved = ledger.unresolved().len();
        let unresolved = if n_unresolved > 0 { text::unresolved(n_unresolved) } else { String::new() };
        let fixed = if ledger.finalised().is_some() { text::FINALISED } else { "" };
        let damaged = if year.damage().is_empty() { "" } else { text::DAMAGED };
        let unlocked = if year.is_unlocked() { text::UNLOCKED } else { "" };
        let past = app.world.past.as_ref().map(|it| it.banner(&app.world, width)).unwrap_or_default();
        let all = [&past, damaged, year.year().mark.as_str(), fixed, &unresolved, unlocked];
        for mark in all.into_iter().filter(|it| !it.is_empty()) {
            marks.push_str(&format!(" {mark} "));
        }
        note = &ledger.roster().note;
    }
    let by = format!("{} ", app.world.person.by);
    let (marks_width, by_width) = (cells::width(&marks), cells::width(&by));
    buf.set_string(area.x, area.y, " ".repeat(width), theme::TITLE);
    let left = cells::cut(&left, width.saturating_sub(marks_width + 2));
    let (x, _) = buf.set_stringn(area.x, area.y, &left, width, theme::TITLE);
    let mut x = (x + 2).min(area.right());
    let mut put = |text: &str| {
        let (end, _) = buf.set_stringn(x, area.y, text, usize::from(area.right() - x), theme::MARK);
        x = end;
        usize::from(area.right() - x)
    };
    let mut room = put(&marks);
    // A space on both sides of the note; it matters more than the name, which shows where both have room.
    let whole = cells::width(note) + 2;
    let note_room = whole.min(room);
    if !note.is_empty() && note_room >= LEAST_NOTE.min(whole) {
        room = put(&format!(" {} ", cells::cut(note, note_room - 2)));
    }
    if by_width + 2 <= room {
        let x = area.right() - u16::try_from(by_width).unwrap_or(0);
        buf.set_string(x, area.y, by, theme::TITLE);
    }
}

/// Returns the class on the matrix, or the screen's name.
fn class_shown(app: &App) -> Option<String> {
    let screen = app.screens.iter().rfind(|it| !it.is_popup())?;
    match screen {
        Screen::Matrix(matrix) => {
            let ledger = app.world.ledger()?;
            let classes: Vec<String> = ledger
                .rubrics()
                .iter()
                .enumerate()
                .map(|(idx, it)| {
                    if idx == matrix.rubric_idx() {
                        format!("[{}]", it.track)
                    } else {
                        format!(" {} ", it.track)
                    }
                })
                .collect();
            Some(classes.join(""))
        }
        screen => Some(screen.context().title().to_owned()),
    }
}

/// Draws the message line. What was refused shows whole, over what stands above the line: it says where, and what to do.
fn message(app: &App, area: Rect, buf: &mut Buffer) {
    let width = usize::from(area.width.saturating_sub(2));
    let (text, style) = match &app.message {
        Some(Message { said, tone: Tone::Refused }) => {
            return lines_above(cells::wrap(&format!("! {}", said.whole()), width), area, buf);
        }
        Some(Message { said, tone: Tone::Done }) => (said.within(width), theme::GOOD),
        Some(Message { said, tone: Tone::Hint }) => (said.within(width), theme::HEAD),
        None => (hint(app, width), theme::FAINT),
    };
    buf.set_string(area.x + 1, area.y, cells::cut(&text, width), style);
}

/// The most lines of a refusal; the command line tells all of it.
const MAX_LINES: usize = 6;

/// Draws lines, the last of them in `area`; where there are too many, the last that has room says so.
fn lines_above(mut lines: Vec<String>, area: Rect, buf: &mut Buffer) {
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES);
        lines[MAX_LINES - 1] = text::MORE_BY_CHECK.to_owned();
    }
    for (line, up) in lines.iter().rev().zip(0..) {
        let y = area.y - up;
        buf.set_string(area.x, y, " ".repeat(usize::from(area.width)), theme::PLAIN);
        buf.set_string(area.x + 1, y, line, theme::BAD);
    }
}

/// Returns what the screen has to say while nothing was done.
fn hint(app: &App, width: usize) -> String {
    let Some(ledger) = app.world.ledger() else { return String::new() };
    let score = |it: &usize| ledger.score(*it);
    match app.front() {
        Screen::Matrix(matrix) => {
            let units = ledger.units_of(matrix.rubric_idx());
            let is_undecided = units.iter().map(score).any(|it| !it.undecided.is_empty());
            let is_disqualified = units.iter().map(score).any(|it| it.is_disqualified);
            legend(&text::matrix_signs(is_undecided, is_disqualified), width)
        }
        Screen::Ranking(ranking) if ranking.is_without_ranks(ledger) => text::NOBODY_RANKED.to_owned(),
        Screen::Ranking(ranking) => {
            let units: Vec<usize> = (0..ledger.rubrics().len()).flat_map(|it| ledger.units_of(it)).collect();
            let is_undecided = units.iter().map(score).any(|it| !it.undecided.is_empty());
            let is_disqualified = units.iter().map(score).any(|it| it.is_disqualified);
            let has_grades = ranking.rubric(ledger).is_some_and(|it| !it.grades.is_empty());
            legend(&text::ranking_signs(is_undecided, is_disqualified, has_grades), width)
        }
        Screen::Sheet(_) => text::SHEET_HINT.to_owned(),
        Screen::Start(_)
        | Screen::Entries(_)
        | Screen::Form(_)
        | Screen::Dialog(_)
        | Screen::Choose(_)
        | Screen::Find(_)
        | Screen::Palette(_)
        | Screen::Explain(_)
        | Screen::Log(_)
        | Screen::Record(_)
        | Screen::Years(_)
        | Screen::Roster(_)
        | Screen::Help(_) => String::new(),
    }
}

/// Returns what signs mean, as many of them as fit whole.
fn legend(signs: &[&str], width: usize) -> String {
    let mut line = String::new();
    for sign in signs {
        let gap = if line.is_empty() { "" } else { "  " };
        if cells::width(&line) + gap.len() + cells::width(sign) <= width {
            line.push_str(gap);
            line.push_str(sign);
        }
    }
    line
}

/// Shows the likeliest keys, as many as fit whole.
fn footer(app: &App, area: Rect, buf: &mut Buffer) {
    let mut x = area.x + 1;
    let all = keys::footer(app.context(), |command, label| {
        // What is past is only looked at.
        let is_possible = app.world.past.is_none() || !command.changes(app.context());
        let label = if is_possible { label } else { "" };
        app.front().footer_label(command, label, &app.world, app.size)
    });
    // The last three, finding commands, help and leaving, always show.
    let (hints, kept) = all.split_at(all.len().saturating_sub(3));
    let kept_width: usize = kept.iter().map(|it| cells::width(it) + 2).sum();
    for hint in hints {
        let needed = cells::width(hint) + 2 + kept_width;
        if usize::from(area.right().saturating_sub(x)) >= needed {
            x = put_hint(hint, x, area.y, buf);
        }
    }
    for hint in kept {
        x = put_hint(hint, x, area.y, buf);
    }
}

fn put_hint(hint: &str, x: u16, y: u16, buf: &mut Buffer) -> u16 {
    let (key, word) = hint.split_once(' ').unwrap_or((hint, ""));
    let room = usize::from(buf.area().right().saturating_sub(x));
    let (x, _) = buf.set_stringn(x, y, key, room, theme::KEY);
    let room = usize::from(buf.area().right().saturating_sub(x));
    let (x, _) = buf.set_stringn(x, y, format!(" {word}  "), room, theme::PLAIN);
    x
}

//! Drawing. It only reads the model.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;

use crate::app::{App, Message, Tone};
use crate::keys::{self, Command};
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
    let caret = draw(app, area, frame.buffer_mut());
    app.world.look().dress(frame.buffer_mut());
    if let Some(caret) = caret {
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

/// Draws the message line. What was refused shows whole, over what stands above the line: it says where, and what to do;
/// and so does what others did to what one had recorded, above it.
fn message(app: &App, area: Rect, buf: &mut Buffer) {
    let width = usize::from(area.width.saturating_sub(2));
    let notice = app.notice.as_ref().map(|it| cells::wrap(&format!("! {}", it.said), width));
    let n_lines = match &app.message {
        Some(Message { said, tone: Tone::Refused }) => {
            let lines = cells::wrap(&format!("! {}", said.whole()), width);
            lines_above(lines, theme::BAD, area, buf)
        }
        Some(Message { said, tone: Tone::Done }) => line(&said.within(width), theme::GOOD, area, buf),
        Some(Message { said, tone: Tone::Hint }) => line(&said.within(width), theme::HEAD, area, buf),
        None if notice.is_some() => 0,
        None => line(&hint(app, width), theme::FAINT, area, buf),
    };
    if let Some(lines) = notice {
        lines_above(lines, theme::HEAD, Rect { y: area.y - n_lines, ..area }, buf);
    }
}

/// Draws one line, cut where it has no room; returns how many that is.
fn line(text: &str, style: Style, area: Rect, buf: &mut Buffer) -> u16 {
    buf.set_string(area.x + 1, area.y, cells::cut(text, usize::from(area.width.saturating_sub(2))), style);
    1
}

/// The most lines of a refusal; the command line tells all of it.
const MAX_LINES: usize = 6;

/// Draws lines, the last of them in `area`; where there are too many, the last that has room says so. Returns how many.
fn lines_above(mut lines: Vec<String>, style: Style, area: Rect, buf: &mut Buffer) -> u16 {
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES);
        lines[MAX_LINES - 1] = text::MORE_BY_CHECK.to_owned();
    }
    for (line, up) in lines.iter().rev().zip(0..) {
        let y = area.y - up;
        buf.set_string(area.x, y, " ".repeat(usize::from(area.width)), theme::PLAIN);
        buf.set_string(area.x + 1, y, line, style);
    }
    u16::try_from(lines.len()).unwrap_or(0)
}

/// Returns what the screen has to say while nothing was done.
fn hint(app: &App, width: usize) -> String {
    let Some(ledger) = app.world.ledger() else { return String::new() };
    match app.front() {
        Screen::Matrix(matrix) => {
            let order = matrix.says_order(ledger);
            let signs = text::matrix_signs(matrix.is_undecided(), matrix.has_disqualified());
            let marks = matrix.says_marks();
            // These are of the moment; the first of them shows in any case.
            let tour = app.tour.hint(&app.world);
            let first = marks.iter().chain(&order).chain(&tour).map(|it| cells::cut(it, width));
            let all: Vec<_> = first.chain(signs.into_iter().map(Into::into)).collect();
            legend(&all, width)
        }
        Screen::Ranking(ranking) if ranking.is_without_ranks() => text::NOBODY_RANKED.to_owned(),
        Screen::Ranking(ranking) => {
            let has_grades = ranking.rubric(ledger).is_some_and(|it| !it.grades.is_empty());
            legend(
                &text::ranking_signs(ranking.is_undecided(), ranking.has_disqualified(), has_grades),
                width,
            )
        }
        Screen::Sheet(_) => text::SHEET_HINT.to_owned(),
        Screen::Differences(_) => legend(text::differences::SIGNS, width),
        Screen::Indicator(screen) => {
            let signs = text::differences::SIGNS[1..].iter().map(|it| (*it).to_owned());
            legend(&screen.says_marks().into_iter().chain(signs).collect::<Vec<_>>(), width)
        }
        Screen::Losses(_) => text::losses::HINT.to_owned(),
        Screen::LastYear(screen) => legend(screen.signs(), width),
        Screen::Start(_)
        | Screen::Entries(_)
        | Screen::Form(_)
        | Screen::Dialog(_)
        | Screen::Choose(_)
        | Screen::Preview(_)
        | Screen::Find(_)
        | Screen::Palette(_)
        | Screen::Explain(_)
        | Screen::Settings(_)
        | Screen::KeyList(_)
        | Screen::Notice(_)
        | Screen::LossUnits(_)
        | Screen::Log(_)
        | Screen::Record(_)
        | Screen::Years(_)
        | Screen::Roster(_)
        | Screen::Help(_) => String::new(),
    }
}

/// Returns what signs mean, as many of them as fit whole.
fn legend(signs: &[impl AsRef<str>], width: usize) -> String {
    let mut line = String::new();
    for sign in signs.iter().map(AsRef::as_ref) {
        let gap = if line.is_empty() { "" } else { "  " };
        if cells::width(&line) + gap.len() + cells::width(sign) <= width {
            line.push_str(gap);
            line.push_str(sign);
        }
    }
    line
}

/// A hint of the footer, and where it stands.
struct Hint {
    x: u16,
    command: Command,
    text: String,
}

/// Returns the likeliest keys, as many as fit whole.
fn hints(app: &App, area: Rect) -> Vec<Hint> {
    let keymap = &app.world.kept.settings.keys;
    let all = keys::footer(app.context(), keymap, |command, label| {
        // What is past is only looked at.
        let is_possible = app.world.past.is_none() || !command.changes(app.context());
        let label = if is_possible { label } else { "" };
        app.front().footer_label(command, label, &app.world, app.size)
    });
    // The last three, finding commands, help and leaving, always show.
    let n_first = all.len().saturating_sub(3);
    let width = |it: &str| u16::try_from(cells::width(it) + 2).unwrap_or(u16::MAX);
    let kept: u16 = all[n_first..].iter().map(|it| width(&it.1)).sum();
    let mut x = area.x + 1;
    let mut hints = Vec::new();
    for (idx, (command, text)) in all.into_iter().enumerate() {
        let needed = width(&text);
        if idx < n_first && area.right().saturating_sub(x) < needed.saturating_add(kept) {
            continue;
        }
        hints.push(Hint { x, command, text });
        x = x.saturating_add(needed);
    }
    hints
}

/// Returns the command whose hint stands there.
pub(crate) fn footer_command(app: &App, at: Position) -> Option<Command> {
    let area = Rect::new(0, app.size.height.saturating_sub(1), app.size.width, 1);
    let is_there =
        |it: &Hint| (it.x..it.x + u16::try_from(cells::width(&it.text)).unwrap_or(0)).contains(&at.x);
    hints(app, area).into_iter().find(|it| at.y == area.y && is_there(it)).map(|it| it.command)
}

fn footer(app: &App, area: Rect, buf: &mut Buffer) {
    for hint in hints(app, area) {
        put_hint(&hint.text, hint.x, area.y, buf);
    }
}

fn put_hint(hint: &str, x: u16, y: u16, buf: &mut Buffer) {
    let (key, word) = hint.split_once(' ').unwrap_or((hint, ""));
    let room = usize::from(buf.area().right().saturating_sub(x));
    let (x, _) = buf.set_stringn(x, y, key, room, theme::KEY);
    let room = usize::from(buf.area().right().saturating_sub(x));
    buf.set_stringn(x, y, format!(" {word}  "), room, theme::PLAIN);
}

//! Drawing. It only reads the model.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::{App, Tone};
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

fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    if area.width < MIN_WIDTH || area.height < MIN_HEIGHT {
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

fn title(app: &App, area: Rect, buf: &mut Buffer) {
    let width = usize::from(area.width);
    let mut left = format!(" {}", text::PROGRAM);
    let mut marks = String::new();
    if let Some(year) = &app.world.year {
        left = format!(" {}", year.year().title);
        if let Some(class) = class_shown(app) {
            left.push_str(&format!("  {class}"));
        }
        let note = &year.ledger().roster().note;
        let marked = [year.year().mark.as_str(), note.as_str()];
        marks = marked
            .iter()
            .filter(|it| !it.is_empty())
            .map(|it| format!(" {it} "))
            .collect::<Vec<_>>()
            .join("");
    }
    let by = format!("{} ", app.world.person.by);
    buf.set_string(area.x, area.y, cells::pad_right(&left, width), theme::TITLE);
    let mut x = area.x + u16::try_from(cells::width(&left)).unwrap_or(0) + 2;
    let marks_width = cells::width(&marks);
    if usize::from(x - area.x) + marks_width < width {
        buf.set_string(x, area.y, &marks, theme::MARK);
        x += u16::try_from(marks_width).unwrap_or(0);
    }
    let by_width = cells::width(&by);
    if usize::from(x - area.x) + 2 + by_width <= width {
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

fn message(app: &App, area: Rect, buf: &mut Buffer) {
    let width = usize::from(area.width.saturating_sub(2));
    let (text, style) = match &app.message {
        Some(message) => {
            let (sign, style) = match message.tone {
                Tone::Done => ("", theme::GOOD),
                Tone::Refused => ("! ", theme::BAD),
                Tone::Hint => ("", theme::HEAD),
            };
            (format!("{sign}{}", message.text), style)
        }
        None => (hint(app).to_owned(), theme::FAINT),
    };
    buf.set_string(area.x + 1, area.y, cells::cut(&text, width), style);
}

/// Returns what the screen has to say while nothing was done.
fn hint(app: &App) -> &'static str {
    match (app.front(), app.world.ledger()) {
        (Screen::Matrix(_), _) => text::SIGNS,
        (Screen::Ranking(ranking), Some(ledger)) if ranking.is_without_ranks(ledger) => text::NOBODY_RANKED,
        _ => "",
    }
}

/// Shows the likeliest keys, as many as fit whole.
fn footer(app: &App, area: Rect, buf: &mut Buffer) {
    let mut x = area.x + 1;
    let all = keys::footer(app.context());
    // The last two, help and leaving, always show.
    let (hints, kept) = all.split_at(all.len().saturating_sub(2));
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

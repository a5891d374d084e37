//! How a box of questions looks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Answer, Dialog, Field, Said};
use crate::text::form::LEAVING_BOX as LEAVING;
use crate::theme;
use crate::widgets::input::Input;
use crate::widgets::table::window;
use crate::widgets::{cells, popup};

/// Cells of the names of the questions.
const LABEL: usize = 8;
/// Cells of the box at most.
const WIDTH: u16 = 86;

/// A line of the box.
enum Row<'d> {
    Text(String, Style),
    /// A question's name, and the text that answers it.
    Input(&'d Field, &'d Input, &'d str),
}

impl Dialog {
    pub(crate) fn view(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let width = area.width.saturating_sub(2).min(WIDTH);
        let room = usize::from(width.saturating_sub(4)).max(2);
        let mut rows: Vec<(Row<'_>, Option<usize>)> = Vec::new();
        let mut add = |text: &str, style: Style, of: Option<usize>| {
            rows.extend(cells::wrap(text, room).into_iter().map(|it| (Row::Text(it, style), of)));
        };
        if !self.about.is_empty() {
            add(&self.about, theme::FAINT, None);
            add("", theme::PLAIN, None);
        }
        for (idx, field) in self.fields.iter().enumerate() {
            let style = if idx == self.focus { theme::HEAD } else { theme::PLAIN };
            match &field.answer {
                Answer::Text { input, hint, .. } => {
                    rows.push((Row::Input(field, input, hint), Some(idx)));
                }
                Answer::Choice { options, chosen } => {
                    let lines = choice_lines(options, *chosen, room - LABEL - 2);
                    for (line_idx, line) in lines.into_iter().enumerate() {
                        let label = if line_idx == 0 { field.label } else { "" };
                        let sign = if idx == self.focus && line_idx == 0 { ">" } else { " " };
                        let line = format!("{sign} {}{line}", cells::pad_right(label, LABEL));
                        rows.push((Row::Text(line, style), Some(idx)));
                    }
                }
            }
        }
        let n_above = rows.len();
        if let Some(said) = &self.said {
            let (text, style) = match said {
                Said::Note(text) => (text.as_str(), theme::HEAD),
                Said::Done(text) => (text.as_str(), theme::GOOD),
                Said::Refused(text) => (text.as_str(), theme::BAD),
                Said::Leaving => (LEAVING, theme::PENDING),
            };
            let mut lines: Vec<String> = text.split('\n').flat_map(|it| cells::wrap(it, room)).collect();
            lines.insert(0, String::new());
            rows.extend(lines.into_iter().map(|it| (Row::Text(it, style), None)));
        }
        let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX).min(area.height);
        let inner = popup::frame(popup::popup(area, width, height), buf, &self.title, theme::PLAIN);
        // Where not all has room, what was said last matters most, and then the question that is asked.
        let n_visible = usize::from(inner.height);
        let focused = rows.iter().position(|it| it.1 == Some(self.focus)).unwrap_or(0);
        let wanted = match &self.said {
            Some(_) => rows.len().saturating_sub(1).min(n_above + n_visible / 2),
            None => focused,
        };
        let first = window(wanted, n_visible, rows.len());
        let mut caret = None;
        for ((row, of), y) in rows.iter().skip(first).zip(inner.y..inner.bottom()) {
            let x = inner.x + 1;
            match row {
                Row::Text(text, style) => {
                    buf.set_stringn(x, y, text, room, *style);
                }
                Row::Input(field, input, hint) => {
                    let is_focused = *of == Some(self.focus);
                    let style = if is_focused { theme::HEAD } else { theme::PLAIN };
                    let sign = if is_focused { ">" } else { " " };
                    buf.set_stringn(x, y, format!("{sign} {}", field.label), room, style);
                    let left = x + 2 + u16::try_from(LABEL).unwrap_or(0);
                    let field_area =
                        Rect { x: left, y, width: inner.right().saturating_sub(left + 1), height: 1 };
                    let style = if is_focused { theme::CHOSEN } else { theme::PLAIN };
                    let place = input.draw(field_area, buf, style);
                    if input.is_empty() && !hint.is_empty() && !field_area.is_empty() {
                        let hint = cells::cut(hint, usize::from(field_area.width.saturating_sub(1)));
                        buf.set_string(field_area.x + 1, y, hint, style.patch(theme::FAINT));
                    }
                    if is_focused {
                        caret = place;
                    }
                }
            }
        }
        if self.is_under_way() || self.is_over() { None } else { caret }
    }
}

/// Returns the options on one line where they fit, else one a line.
fn choice_lines(options: &[String], chosen: usize, room: usize) -> Vec<String> {
    let option = |(idx, it): (usize, &String)| {
        let sign = if idx == chosen { "(*)" } else { "( )" };
        format!("{sign} {} {it}", idx + 1)
    };
    let options: Vec<String> = options.iter().enumerate().map(option).collect();
    let line = options.join("   ");
    if cells::width(&line) <= room {
        return vec![line];
    }
    options.iter().map(|it| cells::cut(it, room).into_owned()).collect()
}

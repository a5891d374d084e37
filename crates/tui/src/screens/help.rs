//! The help: all keys of the screen below, from the key table.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{Step, moved};
use crate::keys::{self, Command, Context};
use crate::settings::Keymap;
use crate::text;
use crate::theme;
use crate::view::body;
use crate::widgets::{cells, popup};

/// Of which screen, and how far down.
#[derive(Debug)]
pub(crate) struct Help {
    title: &'static str,
    /// Keys, and what they do.
    lines: Vec<(String, &'static str)>,
    first: usize,
}

/// Cells of the column of keys.
const KEYS_WIDTH: usize = 18;

impl Help {
    pub(crate) fn of(context: Context, keymap: &Keymap) -> Help {
        Help { title: context.title(), lines: keys::help(context, keymap), first: 0 }
    }

    pub(crate) fn update(&mut self, command: Command, size: Size) -> Step {
        let n_lines = self.lines.len();
        let n_visible = n_visible(outline(body(Rect::new(0, 0, size.width, size.height)), n_lines));
        let n_firsts = (n_lines + 1).saturating_sub(n_visible).max(1);
        if let Some(first) = moved(command, self.first.min(n_firsts - 1), n_firsts, n_visible) {
            self.first = first;
        }
        Step::Stay
    }

    pub(crate) fn view(&self, area: Rect, buf: &mut Buffer) {
        let lines = &self.lines;
        let outline = outline(area, lines.len());
        let n_visible = n_visible(outline);
        let title = text::keys_of(self.title, n_visible >= lines.len());
        let inner = popup::frame(outline, buf, &title, theme::PLAIN);
        let room = usize::from(inner.width).saturating_sub(KEYS_WIDTH + 2);
        // Where the terminal has grown meanwhile, more shows above.
        let first = self.first.min(lines.len().saturating_sub(n_visible));
        for ((keys, what), y) in lines.iter().skip(first).zip(inner.y..inner.bottom()) {
            buf.set_string(inner.x + 1, y, cells::pad_right(keys, KEYS_WIDTH), theme::KEY);
            buf.set_string(
                inner.x + 1 + u16::try_from(KEYS_WIDTH).unwrap_or(0),
                y,
                cells::cut(what, room),
                theme::PLAIN,
            );
        }
    }
}

/// Returns the box for so many lines within the body.
fn outline(area: Rect, n_lines: usize) -> Rect {
    let height = u16::try_from(n_lines + 2).unwrap_or(u16::MAX).min(area.height.saturating_sub(2));
    popup::popup(area, area.width.saturating_sub(2).min(76), height)
}

/// Returns how many lines show between the borders of the box.
fn n_visible(outline: Rect) -> usize {
    usize::from(outline.height.saturating_sub(2)).max(1)
}

//! The help: all keys of the screen below, from the key table.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{Step, moved};
use crate::keys::{self, Command, Context};
use crate::theme;
use crate::widgets::{cells, popup};

/// Of which screen, and how far down.
#[derive(Debug)]
pub(crate) struct Help {
    of: Context,
    first: usize,
}

/// Cells of the column of keys.
const KEYS_WIDTH: usize = 18;

impl Help {
    pub(crate) fn of(context: Context) -> Help {
        Help { of: context, first: 0 }
    }

    pub(crate) fn update(&mut self, command: Command, size: Size) -> Step {
        let room = usize::from(size.height.saturating_sub(6)).max(1);
        let n_firsts = (keys::help(self.of).len() + 1).saturating_sub(room).max(1);
        if let Some(first) = moved(command, self.first, n_firsts, room) {
            self.first = first;
        }
        Step::Stay
    }

    pub(crate) fn view(&self, area: Rect, buf: &mut Buffer) {
        let lines = keys::help(self.of);
        let width = area.width.saturating_sub(2).min(76);
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(area.height.saturating_sub(2));
        let title = format!("{}的按键", self.of.title());
        let inner = popup::frame(popup::popup(area, width, height), buf, &title, theme::PLAIN);
        let room = usize::from(inner.width).saturating_sub(KEYS_WIDTH + 2);
        for ((keys, what), y) in lines.iter().skip(self.first).zip(inner.y..inner.bottom()) {
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

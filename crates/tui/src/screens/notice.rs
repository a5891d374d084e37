//! What has to be read before any key acts again: a box over the screen that takes every key but Esc.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text;
use crate::theme;
use crate::widgets::{cells, popup};

/// What is to be read.
#[derive(Debug)]
pub(crate) struct Notice {
    said: &'static str,
}

impl Notice {
    pub(crate) fn new(said: &'static str) -> Notice {
        Notice { said }
    }

    pub(crate) fn view(&self, area: Rect, buf: &mut Buffer) {
        let width = area.width.saturating_sub(8).min(64);
        let room = usize::from(width.saturating_sub(4)).max(2);
        let lines = cells::wrap(self.said, room);
        let height = u16::try_from(lines.len() + 4).unwrap_or(u16::MAX);
        let inner = popup::frame(popup::popup(area, width, height), buf, text::NOTICE, theme::PENDING);
        for (line, y) in lines.iter().zip(inner.y + 1..inner.bottom()) {
            buf.set_stringn(inner.x + 1, y, line, room, theme::HEAD);
        }
    }
}

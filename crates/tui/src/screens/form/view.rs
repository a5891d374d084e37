//! How a form looks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Form;
use crate::text::form as text;
use crate::theme;
use crate::widgets::{cells, popup};
use crate::world::World;

/// Lines of what a form is about at most; the pane below has all of it.
const MAX_ABOUT: usize = 3;

impl Form {
    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let width = area.width.saturating_sub(4).min(76);
        let room = usize::from(width.saturating_sub(4)).max(2);
        let about = cells::wrap_within(&self.about, room, MAX_ABOUT);
        let field = &self.fields[self.focus];
        let (said, tone) = match (&self.refused, field.offers.get(field.next_offer)) {
            _ if self.is_leaving => (Some(text::LEAVING.to_owned()), theme::PENDING),
            (Some(refused), _) => (Some(refused.clone()), theme::BAD),
            (None, Some(offer)) => (Some(text::offered(offer, field.offers.len())), theme::HEAD),
            (None, None) => (self.preview(world), theme::HEAD),
        };
        let refused = said.as_deref().map(|it| cells::wrap(it, room)).unwrap_or_default();
        let n_lines = about.len() + 1 + self.fields.len() + usize::from(!refused.is_empty()) + refused.len();
        let height = u16::try_from(n_lines + 2).unwrap_or(u16::MAX);
        let inner = popup::frame(popup::popup(area, width, height), buf, &self.title, theme::PLAIN);
        let mut y = inner.y;
        let mut put = |text: &str, style, y: u16| {
            if y < inner.bottom() {
                buf.set_stringn(inner.x + 1, y, text, room, style);
            }
        };
        // Where the box is too low for everything, the fields matter more than the clause.
        let n_spare = usize::from(inner.height).saturating_sub(self.fields.len() + refused.len());
        for line in about.iter().take(n_spare.saturating_sub(1)) {
            put(line, theme::FAINT, y);
            y += 1;
        }
        if n_spare > 1 {
            y += 1;
        }
        let mut field_rows = Vec::new();
        for (idx, field) in self.fields.iter().enumerate() {
            let style = if idx == self.focus { theme::HEAD } else { theme::PLAIN };
            put(&format!("{} {}", if idx == self.focus { ">" } else { " " }, field.label), style, y);
            field_rows.push(y);
            y += 1;
        }
        if !refused.is_empty() {
            y += u16::from(n_spare > about.len() + 1);
            for line in &refused {
                put(line, tone, y);
                y += 1;
            }
        }
        let mut caret = None;
        for (idx, (field, y)) in self.fields.iter().zip(field_rows).enumerate() {
            let is_focused = idx == self.focus;
            let x = inner.x + 10;
            let field_area =
                Rect { x, y, width: inner.right().saturating_sub(x + 1), height: 1 }.intersection(inner);
            let has_hint = field.input.is_empty() && !field.hint.is_empty();
            let style = if is_focused { theme::CHOSEN } else { theme::PLAIN };
            let place = field.input.draw(field_area, buf, style);
            if has_hint && !field_area.is_empty() {
                let hint = cells::cut(&field.hint, usize::from(field_area.width.saturating_sub(1)));
                buf.set_string(field_area.x + 1, y, hint, style.patch(theme::FAINT));
            }
            if is_focused {
                caret = place;
            }
        }
        caret
    }
}

//! A box with a field, and below it a list of what answers it: units and commands are found in one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::moved;
use crate::keys::Command;
use crate::terminal::Mouse;
use crate::theme;
use crate::widgets::input::Input;
use crate::widgets::popup;
use crate::widgets::table::window;

/// What was typed, and which of the matches is chosen.
#[derive(Debug)]
pub(super) struct Picker {
    pub query: Input,
    /// The places of what answers the query, the best first.
    pub matches: Vec<usize>,
    selected: usize,
}

/// Lines that a page goes.
const PAGE: usize = 10;

impl Picker {
    /// Shows these while nothing is typed.
    pub(super) fn new(matches: Vec<usize>) -> Picker {
        Picker { query: Input::new(""), matches, selected: 0 }
    }

    /// Shows what answers the query now; the best is chosen.
    pub(super) fn show(&mut self, matches: Vec<usize>) {
        self.matches = matches;
        self.selected = 0;
    }

    /// Moves the choice; says whether the command does that.
    pub(super) fn moves(&mut self, command: Command) -> bool {
        let to = moved(command, self.selected, self.matches.len(), PAGE);
        self.selected = to.unwrap_or(self.selected);
        to.is_some()
    }

    /// Returns the place of what is chosen.
    pub(super) fn chosen(&self) -> Option<usize> {
        self.matches.get(self.selected).copied()
    }

    /// Takes a press in the box: it chooses, or accepts what is chosen.
    pub(super) fn point(&mut self, mouse: Mouse, outline: Rect) -> Option<Command> {
        let list = below_field(popup::inner(outline));
        if !list.contains(Position::new(mouse.x, mouse.y)) {
            return None;
        }
        let first = window(self.selected, usize::from(list.height), self.matches.len());
        let idx = first + usize::from(mouse.y - list.y);
        if idx >= self.matches.len() {
            return None;
        }
        (std::mem::replace(&mut self.selected, idx) == idx).then_some(Command::Confirm)
    }

    /// Draws the box; `row` draws what stands at a place, chosen or not. Returns where the caret is.
    pub(super) fn view(
        &self,
        outline: Rect,
        buf: &mut Buffer,
        (title, none): (&str, &str),
        row: impl Fn(usize, bool, Rect, &mut Buffer),
    ) -> Option<Position> {
        let inner = popup::frame(outline, buf, title, theme::PLAIN);
        let field = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: 1, ..inner };
        let caret = self.query.draw(field, buf, theme::HEAD);
        let list = below_field(inner);
        if self.matches.is_empty() {
            buf.set_stringn(list.x + 1, list.y, none, usize::from(list.width), theme::BAD);
            return caret;
        }
        let n_visible = usize::from(list.height);
        let first = window(self.selected, n_visible, self.matches.len());
        let shown = self.matches.iter().enumerate().skip(first).take(n_visible);
        for ((idx, place), y) in shown.zip(list.y..) {
            row(*place, idx == self.selected, Rect { y, height: 1, ..list }, buf);
        }
        caret
    }
}

/// Returns the part of a box below its field.
fn below_field(inner: Rect) -> Rect {
    Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner }
}

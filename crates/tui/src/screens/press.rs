//! What a press of the mouse does: it chooses what stands there, and on what is chosen already it is as Enter.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect, Size};

use super::Screen;
use crate::keys::{self, Command};
use crate::settings::Keymap;
use crate::terminal::{Mouse, MouseKind};
use crate::view::body;
use crate::world::World;

/// Rows that stand on the screen, one of them chosen.
pub(super) struct ListRows<'s> {
    /// Where they stand, without the heads above them.
    pub area: Rect,
    /// Lines that each takes.
    pub n_lines: u16,
    /// The first that shows.
    pub first: usize,
    /// How many there are.
    pub n_rows: usize,
    /// The one that is chosen.
    pub selected: &'s mut usize,
    /// Whether it is to be seen that it is; in a part without the selection the first press only chooses.
    pub is_focused: bool,
}

impl ListRows<'_> {
    /// Chooses the row that stands at a point; says whether it was chosen already. None where no row stands.
    fn press(self, at: Position) -> Option<bool> {
        if !self.area.contains(at) {
            return None;
        }
        let row = self.first + usize::from((at.y - self.area.y) / self.n_lines.max(1));
        if row >= self.n_rows {
            return None;
        }
        let was_chosen = std::mem::replace(self.selected, row) == row;
        Some(was_chosen && self.is_focused)
    }
}

impl Screen {
    /// Takes a point of the mouse; returns the command that it stands for, where it stands for one.
    pub(crate) fn point(&mut self, mouse: Mouse, world: &World, size: Size) -> Option<Command> {
        let area = body(Rect::new(0, 0, size.width, size.height));
        let at = Position::new(mouse.x, mouse.y);
        if let Screen::Matrix(screen) = self {
            return screen.point(mouse, world, area);
        }
        if mouse.kind != MouseKind::Press {
            return None;
        }
        if let Screen::Choose(screen) = self {
            return screen.point(mouse, area);
        }
        if let Screen::Find(screen) = self {
            return screen.point(mouse, area);
        }
        if let Screen::Palette(screen) = self {
            return screen.point(mouse, area);
        }
        let context = self.context();
        let was_chosen = self.rows(at, world, area)?.press(at)?;
        if was_chosen { enter(context) } else { None }
    }

    /// Returns the rows of a list; `at` says of which where several stand beside each other.
    fn rows(&mut self, at: Position, world: &World, area: Rect) -> Option<ListRows<'_>> {
        match self {
            Screen::Start(screen) => Some(screen.rows(world, area)),
            Screen::Entries(screen) => screen.rows(world, area),
            Screen::Ranking(screen) => screen.rows(at, world, area),
            Screen::Differences(screen) => Some(screen.rows(area)),
            Screen::Indicator(screen) => screen.rows(world, area),
            Screen::Losses(screen) => Some(screen.rows(area)),
            Screen::LossUnits(screen) => Some(screen.rows(area)),
            Screen::LastYear(screen) => screen.rows(area),
            Screen::Log(screen) => Some(screen.rows(area)),
            Screen::Years(screen) => Some(screen.rows(area)),
            Screen::Roster(screen) => screen.rows(world, area),
            Screen::Settings(screen) => screen.rows(world, area),
            Screen::KeyList(screen) => screen.rows(area),
            // These have no rows, or say themselves what a press does.
            Screen::Matrix(_)
            | Screen::Choose(_)
            | Screen::Find(_)
            | Screen::Palette(_)
            | Screen::Form(_)
            | Screen::Dialog(_)
            | Screen::Preview(_)
            | Screen::Sheet(_)
            | Screen::Explain(_)
            | Screen::Notice(_)
            | Screen::Record(_)
            | Screen::Help(_) => None,
        }
    }
}

/// Returns what Enter does on a screen; it is never another key's.
fn enter(context: keys::Context) -> Option<Command> {
    keys::command(context, KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE), &Keymap::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Presses among ten rows of two lines each, of which those from the third on show on lines 5 to 10.
    #[track_caller]
    fn check(y: u16, selected: usize, is_focused: bool, expected: (Option<bool>, usize)) {
        let mut chosen = selected;
        let area = Rect::new(1, 5, 20, 6);
        let rows = ListRows { area, n_lines: 2, first: 2, n_rows: 4, selected: &mut chosen, is_focused };
        assert_eq!((rows.press(Position::new(3, y)), chosen), expected);
    }

    #[test]
    fn a_press_chooses_and_a_second_one_is_enter() {
        check(5, 0, true, (Some(false), 2));
        check(6, 2, true, (Some(true), 2));
        check(7, 2, true, (Some(false), 3));
        check(7, 3, false, (Some(false), 3));
        // Below the last row, and beside them all.
        check(9, 2, true, (None, 2));
        check(11, 2, true, (None, 2));
        check(4, 2, true, (None, 2));
    }
}

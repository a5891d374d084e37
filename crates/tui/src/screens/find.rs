//! Finding a unit by name, pinyin or number, over both classes.

use crossterm::event::KeyEvent;
use kaohe_core::{Ledger, half_width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::form::edit;
use super::{Step, below_field, moved, pointed};
use crate::find::{Haystack, Item};
use crate::keys::Command;
use crate::terminal::Mouse;
use crate::text;
use crate::theme;
use crate::widgets::input::Input;
use crate::widgets::table::window;
use crate::widgets::{cells, popup};
use crate::world::World;

/// What was typed, and which of the matches is chosen.
#[derive(Debug)]
pub(crate) struct Find {
    query: Input,
    /// Their places in the roster, in the order of the haystack.
    units: Vec<usize>,
    haystack: Haystack,
    matches: Vec<usize>,
    selected: usize,
    /// The rows of the matrix, to be named by their numbers.
    rows: Vec<usize>,
    /// The unit whose row was typed.
    in_row: Option<usize>,
}

impl Find {
    /// Looks for a unit of the roster; `rows` are those of the matrix.
    pub(crate) fn new(ledger: &Ledger, rows: Vec<usize>) -> Find {
        let item = |it: &kaohe_core::Unit| -> (String, String, String, String) {
            (it.id.to_string(), it.name.clone(), it.short.clone(), it.pinyin.clone())
        };
        // Who is retired has no row on the matrix to go to.
        let all = ledger.roster().units.iter();
        let (units, texts): (Vec<usize>, Vec<_>) =
            all.enumerate().filter(|it| !it.1.is_retired()).map(|(idx, it)| (idx, item(it))).unzip();
        let haystack = Haystack::new(texts.iter().map(|(id, name, short_name, alias)| Item {
            id,
            name,
            short_name,
            alias,
        }));
        let matches = haystack.matches("");
        Find { query: Input::new(""), units, haystack, matches, selected: 0, rows, in_row: None }
    }

    /// Looks for what was typed. A number is the row of that number, unless a unit is called so.
    fn search(&mut self, world: &World) {
        let typed = half_width(self.query.value());
        let typed = typed.trim();
        self.matches = self.haystack.matches(typed);
        self.selected = 0;
        let is_number = !typed.is_empty() && typed.bytes().all(|it| it.is_ascii_digit());
        let row = typed.parse::<usize>().ok().filter(|_| is_number).and_then(|it| it.checked_sub(1));
        self.in_row = row.and_then(|it| self.rows.get(it)).copied();
        if let (Some(in_row), Some(ledger)) = (self.in_row, world.ledger()) {
            self.matches.retain(|it| *it != in_row);
            let first = self.matches.first();
            let is_id = first.is_some_and(|it| ledger.unit(*it).id.as_str() == typed);
            self.matches.insert(usize::from(is_id), in_row);
        }
    }

    pub(crate) fn update(&mut self, command: Command, _world: &World) -> Step {
        if let Some(selected) = moved(command, self.selected, self.matches.len(), 5) {
            self.selected = selected;
            return Step::Stay;
        }
        match (command, self.matches.get(self.selected)) {
            (Command::Confirm, Some(&it)) => Step::Home { unit_idx: self.units[it], indicator_idx: None },
            _ => Step::Stay,
        }
    }

    pub(crate) fn edit(&mut self, key: KeyEvent, world: &World) -> Step {
        edit(&mut self.query, key);
        self.search(world);
        Step::Stay
    }

    pub(crate) fn paste(&mut self, text: &str, world: &World) {
        self.query.insert(text);
        self.search(world);
    }

    /// Returns the box within the body.
    fn outline(area: Rect) -> Rect {
        popup::popup(area, area.width.saturating_sub(4).min(60), area.height.saturating_sub(2).min(16))
    }

    /// Takes a press: it chooses a unit, or goes to the chosen one.
    pub(crate) fn point(&mut self, mouse: Mouse, area: Rect) -> Option<Command> {
        let idx = pointed(
            below_field(popup::inner(Self::outline(area))),
            mouse,
            self.selected,
            self.matches.len(),
        )?;
        (std::mem::replace(&mut self.selected, idx) == idx).then_some(Command::Confirm)
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let ledger = world.ledger()?;
        let inner = popup::frame(Self::outline(area), buf, text::FIND, theme::PLAIN);
        let field = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: 1, ..inner };
        let caret = self.query.draw(field, buf, theme::HEAD);
        let list = below_field(inner);
        if self.matches.is_empty() {
            buf.set_stringn(list.x + 1, list.y, text::NOT_FOUND, usize::from(list.width), theme::BAD);
            return caret;
        }
        let n_visible = usize::from(list.height);
        let first = window(self.selected, n_visible, self.matches.len());
        for ((idx, &unit_idx), y) in self.matches.iter().enumerate().skip(first).take(n_visible).zip(list.y..)
        {
            let unit = ledger.unit(self.units[unit_idx]);
            let style = if idx == self.selected { theme::CHOSEN } else { theme::PLAIN };
            let sign = if idx == self.selected { ">" } else { " " };
            let id = cells::pad_right(unit.id.as_str(), 6);
            let in_row =
                if self.in_row == Some(unit_idx) { text::in_row(self.query.value()) } else { String::new() };
            let row = format!("{sign}{id} {} {}{in_row}", unit.track, unit.name);
            buf.set_string(list.x, y, cells::pad_right(&row, usize::from(list.width)), style);
        }
        caret
    }
}

//! Finding a unit by name, pinyin or number, over both classes.

use crossterm::event::KeyEvent;
use kaohe_core::{Ledger, half_width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Step;
use super::form::edit;
use super::picker::Picker;
use crate::find::{Haystack, Item};
use crate::keys::Command;
use crate::terminal::Mouse;
use crate::text;
use crate::theme;
use crate::widgets::{cells, popup};
use crate::world::World;

/// What was typed, and which of the matches is chosen.
#[derive(Debug)]
pub(crate) struct Find {
    picker: Picker,
    /// Their places in the roster, in the order of the haystack.
    units: Vec<usize>,
    haystack: Haystack,
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
        let picker = Picker::new(haystack.matches(""));
        Find { picker, units, haystack, rows, in_row: None }
    }

    /// Looks for what was typed. A number is the row of that number, unless a unit is called so.
    fn search(&mut self, world: &World) {
        let typed = half_width(self.picker.query.value());
        let typed = typed.trim();
        let mut matches = self.haystack.matches(typed);
        let is_number = !typed.is_empty() && typed.bytes().all(|it| it.is_ascii_digit());
        let row = typed.parse::<usize>().ok().filter(|_| is_number).and_then(|it| it.checked_sub(1));
        self.in_row = row.and_then(|it| self.rows.get(it)).copied();
        if let (Some(in_row), Some(ledger)) = (self.in_row, world.ledger()) {
            matches.retain(|it| *it != in_row);
            let first = matches.first();
            let is_id = first.is_some_and(|it| ledger.unit(*it).id.as_str() == typed);
            matches.insert(usize::from(is_id), in_row);
        }
        self.picker.show(matches);
    }

    pub(crate) fn update(&mut self, command: Command, _world: &World) -> Step {
        if self.picker.moves(command) {
            return Step::Stay;
        }
        match (command, self.picker.chosen()) {
            (Command::Confirm, Some(it)) => Step::Home { unit_idx: self.units[it], indicator_idx: None },
            _ => Step::Stay,
        }
    }

    pub(crate) fn edit(&mut self, key: KeyEvent, world: &World) -> Step {
        edit(&mut self.picker.query, key);
        self.search(world);
        Step::Stay
    }

    pub(crate) fn paste(&mut self, text: &str, world: &World) {
        self.picker.query.insert(text);
        self.search(world);
    }

    /// Takes a press: it chooses a unit, or goes to the chosen one.
    pub(crate) fn point(&mut self, mouse: Mouse, area: Rect) -> Option<Command> {
        self.picker.point(mouse, outline(area))
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let ledger = world.ledger()?;
        self.picker.view(outline(area), buf, (text::FIND, text::NOT_FOUND), |place, is_chosen, area, buf| {
            let unit = ledger.unit(self.units[place]);
            let style = if is_chosen { theme::CHOSEN } else { theme::PLAIN };
            let sign = if is_chosen { ">" } else { " " };
            let id = cells::pad_right(unit.id.as_str(), 6);
            let is_in_row = self.in_row == Some(place);
            let in_row = if is_in_row { text::in_row(self.picker.query.value()) } else { String::new() };
            let row = format!("{sign}{id} {} {}{in_row}", unit.track, unit.name);
            buf.set_string(area.x, area.y, cells::pad_right(&row, usize::from(area.width)), style);
        })
    }
}

/// Returns the box within the body.
fn outline(area: Rect) -> Rect {
    popup::popup(area, area.width.saturating_sub(4).min(60), area.height.saturating_sub(2).min(16))
}

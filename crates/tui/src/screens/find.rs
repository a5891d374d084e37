//! Finding a unit by name or pinyin, over both classes.

use crossterm::event::KeyEvent;
use kaohe_core::Ledger;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::form::edit;
use super::{Step, moved};
use crate::find::{Haystack, Item};
use crate::keys::Command;
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
}

impl Find {
    pub(crate) fn new(ledger: &Ledger) -> Find {
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
        Find { query: Input::new(""), units, haystack, matches, selected: 0 }
    }

    fn search(&mut self) {
        self.matches = self.haystack.matches(self.query.value());
        self.selected = 0;
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

    pub(crate) fn edit(&mut self, key: KeyEvent, _world: &World) -> Step {
        edit(&mut self.query, key);
        self.search();
        Step::Stay
    }

    pub(crate) fn paste(&mut self, text: &str, _world: &World) {
        self.query.insert(text);
        self.search();
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let ledger = world.ledger()?;
        let width = area.width.saturating_sub(4).min(60);
        let height = area.height.saturating_sub(2).min(16);
        let inner = popup::frame(popup::popup(area, width, height), buf, text::FIND, theme::PLAIN);
        let field = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: 1, ..inner };
        let caret = self.query.draw(field, buf, theme::HEAD);
        let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
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
            let row = format!("{sign}{} {} {}", cells::pad_right(unit.id.as_str(), 6), unit.track, unit.name);
            buf.set_string(list.x, y, cells::pad_right(&row, usize::from(list.width)), style);
        }
        caret
    }
}

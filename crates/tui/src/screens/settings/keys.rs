//! The keys: which one stands for which, changed by pressing the new one.

use std::collections::BTreeSet;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{ListRows, Step, moved, save};
use crate::app::Message;
use crate::keys::{BINDINGS, Command, Context, key_label, name_of};
use crate::settings::{FIXED, Keymap, Settings};
use crate::text::settings as text;
use crate::theme;
use crate::widgets::table::window;
use crate::widgets::{cells, popup};
use crate::world::World;

/// Which key is chosen, and whether the next press takes its place.
#[derive(Debug)]
pub(crate) struct KeyList {
    rows: Vec<Row>,
    selected: usize,
    is_capturing: bool,
}

/// A key of the table.
#[derive(Debug)]
struct Row {
    key: &'static str,
    /// What it does, on the first screen that has it.
    help: &'static str,
    title: &'static str,
}

/// Cells of the columns of the key and of the one in its place.
const KEY: usize = 10;

impl Default for KeyList {
    fn default() -> KeyList {
        let mut known = BTreeSet::new();
        let mut rows = Vec::new();
        for binding in BINDINGS {
            let Some(context) = binding.contexts.iter().find(|it| !it.is_typing()) else { continue };
            for key in binding.keys.iter().filter(|it| !FIXED.contains(it)) {
                if known.insert(*key) {
                    rows.push(Row { key, help: binding.help, title: context.title() });
                }
            }
        }
        KeyList { rows, selected: 0, is_capturing: false }
    }
}

impl KeyList {
    pub(crate) fn context(&self) -> Context {
        if self.is_capturing { Context::Capture } else { Context::Keys }
    }

    /// Returns the rows for the mouse; none while a key is waited for.
    pub(in crate::screens) fn rows(&mut self, area: Rect) -> Option<ListRows<'_>> {
        if self.is_capturing {
            return None;
        }
        let area = popup::inner(outline(area));
        let n_rows = self.rows.len();
        let first = window(self.selected, usize::from(area.height), n_rows);
        Some(ListRows { area, n_lines: 1, first, n_rows, selected: &mut self.selected, is_focused: true })
    }

    pub(crate) fn update(&mut self, command: Command, world: &World) -> Step {
        if let Some(selected) = moved(command, self.selected, self.rows.len(), 10) {
            self.selected = selected;
            return Step::Stay;
        }
        match command {
            Command::Confirm => {
                self.is_capturing = true;
                Step::Say(Message::hint(text::press_new(&key_label(self.rows[self.selected].key))))
            }
            Command::Withdraw => self.put(None, world),
            _ => Step::Stay,
        }
    }

    /// Leaves everything as it was, or the screen.
    pub(crate) fn leave(&mut self) -> Step {
        if std::mem::take(&mut self.is_capturing) { Step::Stay } else { Step::Back }
    }

    /// Takes the key that is to stand for the chosen one.
    pub(crate) fn edit(&mut self, key: KeyEvent, world: &World) -> Step {
        self.is_capturing = false;
        match name_of(key) {
            Some(name) => self.put(Some(name), world),
            None => Step::Say(Message::refused(text::NO_KEY.to_owned())),
        }
    }

    /// Puts a key in the place of the chosen one, or gives it back its own.
    fn put(&self, to: Option<String>, world: &World) -> Step {
        let from = self.rows[self.selected].key;
        let settings = &world.kept.settings;
        let mut pairs: Vec<(String, String)> =
            settings.keys.pairs().iter().filter(|it| it.0 != from).cloned().collect();
        pairs.extend(to.filter(|it| it != from).map(|to| (from.to_owned(), to)));
        let (keys, faults) = Keymap::new(&pairs);
        match faults.first() {
            Some(fault) => Step::Say(Message::refused(text::keymap_fault(fault))),
            None => save(Settings { keys, ..settings.clone() }),
        }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let inner = popup::frame(outline(area), buf, text::KEYS_TITLE, theme::PLAIN);
        let n_visible = usize::from(inner.height);
        let first = window(self.selected, n_visible, self.rows.len());
        let keymap = &world.kept.settings.keys;
        for ((idx, row), y) in self.rows.iter().enumerate().skip(first).take(n_visible).zip(inner.y..) {
            let is_selected = idx == self.selected;
            let style = if is_selected { theme::CHOSEN } else { theme::PLAIN };
            let sign = if is_selected { ">" } else { " " };
            let key = cells::pad_right(&key_label(row.key), KEY);
            let shown = keymap.shown(row.key);
            let new = if shown == row.key { String::new() } else { format!("-> {}", key_label(shown)) };
            let line = format!("{sign} {key}{} {}：{}", cells::pad_right(&new, KEY), row.title, row.help);
            let room = usize::from(inner.width);
            buf.set_string(inner.x, y, cells::pad_right(&cells::cut(&line, room), room), style);
        }
    }
}

/// Returns the box within the body.
fn outline(area: Rect) -> Rect {
    popup::popup(area, area.width.saturating_sub(2).min(84), area.height.saturating_sub(1).min(28))
}

//! The entries of one cell: what was recorded, to be changed or withdrawn.

use kaohe_core::{Change, Entry, Ledger};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::press::ListRows;
use super::{Form, Screen, Step, moved};
use crate::app::Message;
use crate::effect::Effect;
use crate::keys::Command;
use crate::text;
use crate::theme;
use crate::widgets::table::window;
use crate::widgets::{cells, popup};
use crate::world::World;

/// Which cell, and which of its entries.
#[derive(Debug)]
pub(crate) struct Entries {
    unit_idx: usize,
    indicator_idx: usize,
    selected: usize,
}

/// Lines that one entry takes.
const LINES: usize = 2;

impl Entries {
    pub(crate) fn new(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Entries {
        let n_entries = ledger.sheet(unit_idx).cells[indicator_idx].entries.len();
        Entries { unit_idx, indicator_idx, selected: n_entries.saturating_sub(1) }
    }

    fn entries<'l>(&self, ledger: &'l Ledger) -> &'l [Entry] {
        &ledger.sheet(self.unit_idx).cells[self.indicator_idx].entries
    }

    /// Returns the rows for the mouse.
    pub(super) fn rows(&mut self, world: &World, area: Rect) -> Option<ListRows<'_>> {
        let n_rows = self.entries(world.ledger()?).len();
        let area = popup::inner(outline(area, n_rows));
        let n_visible = usize::from(area.height) / LINES;
        let first = window(self.selected, n_visible, n_rows);
        // Half an entry at the bottom does not show.
        let area = Rect { height: u16::try_from(n_visible * LINES).unwrap_or(area.height), ..area };
        let n_lines = u16::try_from(LINES).unwrap_or(1);
        Some(ListRows { area, n_lines, first, n_rows, selected: &mut self.selected, is_focused: true })
    }

    pub(crate) fn update(&mut self, command: Command, world: &World) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let entries = self.entries(ledger);
        if let Some(selected) = moved(command, self.selected, entries.len(), 5) {
            self.selected = selected;
            return Step::Stay;
        }
        let Some(entry) = entries.get(self.selected) else {
            return match command {
                Command::Edit | Command::Withdraw => Step::Say(Message::refused(text::NO_ENTRIES.to_owned())),
                _ => Step::Stay,
            };
        };
        let form = match (command, &entry.withdrawn) {
            (Command::Edit, _) => Form::amend(ledger, &entry.id),
            (Command::Withdraw, None) => Form::withdraw(ledger, &entry.id),
            (Command::Withdraw, Some(_)) => {
                return Step::Act(Effect::record(Change::Restore { entry: entry.id.clone() }));
            }
            _ => None,
        };
        form.map_or(Step::Stay, |it| Step::Open(Screen::Form(it)))
    }

    /// Returns the footer's word: what is withdrawn can be restored, and nothing can be done to no entry.
    pub(crate) fn footer_label(&self, command: Command, label: &'static str, world: &World) -> &'static str {
        let entry = world.ledger().and_then(|it| self.entries(it).get(self.selected));
        match (command, entry.map(|it| it.withdrawn.is_some())) {
            (Command::Edit | Command::Withdraw, None) | (Command::Edit, Some(true)) => "",
            (Command::Withdraw, Some(true)) => text::RESTORE,
            _ => label,
        }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let indicator = ledger.rubric_of(self.unit_idx).indicator(self.indicator_idx);
        let score = &ledger.score(self.unit_idx).indicators[self.indicator_idx];
        let entries = self.entries(ledger);
        let unit = &ledger.unit(self.unit_idx).name;
        let title = text::cell::entries_title(unit, indicator, score, entries.len());
        let inner = popup::frame(outline(area, entries.len()), buf, &title, theme::PLAIN);
        let room = usize::from(inner.width);
        if entries.is_empty() {
            buf.set_stringn(inner.x + 1, inner.y, text::NO_ENTRIES, room, theme::FAINT);
            return;
        }
        let n_visible = usize::from(inner.height) / LINES;
        let first = window(self.selected, n_visible, entries.len());
        let shown = entries.iter().enumerate().skip(first).take(n_visible);
        for ((idx, entry), y) in shown.zip((inner.y..).step_by(LINES)) {
            let is_selected = idx == self.selected;
            let style = match (&entry.withdrawn, is_selected) {
                (_, true) => theme::CHOSEN,
                (Some(_), false) => theme::FAINT,
                (None, false) => theme::PLAIN,
            };
            let sign = if is_selected { ">" } else { " " };
            let head = format!("{sign}{}. {}", idx + 1, text::cell::entry_headline(ledger, entry));
            let tail = format!("    {}", text::cell::entry_details(entry));
            buf.set_string(inner.x, y, cells::pad_right(&head, room), style);
            buf.set_string(inner.x, y + 1, cells::pad_right(&tail, room), style);
        }
    }
}

/// Returns the box for so many entries within the body.
fn outline(area: Rect, n_entries: usize) -> Rect {
    let height = u16::try_from((n_entries * LINES).max(1) + 2).unwrap_or(u16::MAX);
    popup::popup(area, area.width.saturating_sub(4).min(100), height.min(area.height.saturating_sub(2)))
}

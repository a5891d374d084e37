//! 名录: the units of each class, to add, change, move, retire and bring back.

use kaohe_core::{Ledger, Roster, Unit, UnitId};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::list::below;
use super::press::ListRows;
use super::{Dialog, Screen, Spot, Step, moved};
use crate::app::Message;
use crate::effect::Effect;
use crate::keys::Command;
use crate::text::{labels, roster as text};
use crate::theme;
use crate::view::body;
use crate::widgets::cells;
use crate::widgets::table::{Align, Cell, Column, Line, Table, kept};
use crate::world::{World, next_class};

/// Which class shows, and which of its units is chosen.
#[derive(Clone, Debug)]
pub(crate) struct RosterScreen {
    rubric_idx: usize,
    selected: usize,
    first_row: usize,
}

/// A window narrower than this leaves pinyin and tags to the box of one unit.
const WIDE: u16 = 90;

impl RosterScreen {
    pub(crate) fn new(ledger: &Ledger, spot: Spot) -> RosterScreen {
        let rubric_idx = spot.rubric_idx;
        let at = units(ledger, rubric_idx).iter().position(|it| Some(*it) == spot.unit_idx);
        RosterScreen { rubric_idx, selected: at.unwrap_or(0), first_row: 0 }
    }

    /// Returns the same with the cursor on a unit, where it is still there.
    pub(crate) fn on(self, ledger: &Ledger, unit: &UnitId) -> RosterScreen {
        let units = units(ledger, self.rubric_idx);
        let at = units.iter().position(|it| ledger.unit(*it).id == *unit);
        RosterScreen { selected: at.unwrap_or(self.selected), ..self }
    }

    /// Returns the class, and the unit where it is one that is assessed.
    pub(crate) fn spot(&self, ledger: &Ledger) -> Spot {
        let unit_idx = self.chosen(ledger).filter(|it| !ledger.unit(*it).is_retired());
        Spot { rubric_idx: self.rubric_idx, unit_idx, indicator_idx: None }
    }

    fn chosen(&self, ledger: &Ledger) -> Option<usize> {
        let units = units(ledger, self.rubric_idx);
        units.get(self.selected.min(units.len().saturating_sub(1))).copied()
    }

    /// Returns the rows for the mouse.
    pub(super) fn rows(&mut self, world: &World, area: Rect) -> Option<ListRows<'_>> {
        let n_rows = units(world.ledger()?, self.rubric_idx).len();
        // The class and the columns' heads stand above them.
        let area = below(area, 2);
        let first = kept(self.first_row, self.selected, usize::from(area.height), n_rows);
        self.first_row = first;
        Some(ListRows { area, n_lines: 1, first, n_rows, selected: &mut self.selected, is_focused: true })
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let n_units = units(ledger, self.rubric_idx).len();
        let area = body(Rect::new(0, 0, size.width, size.height));
        let page = usize::from(area.height.saturating_sub(2)).max(1);
        if let Some(selected) = moved(command, self.selected, n_units, page) {
            let first = kept(self.first_row, self.selected, page, n_units);
            self.selected = selected;
            self.first_row = kept(first, selected, page, n_units);
            return Step::Stay;
        }
        match (command, self.chosen(ledger)) {
            (Command::NextClass, _) => {
                *self = RosterScreen {
                    rubric_idx: next_class(ledger, self.rubric_idx),
                    selected: 0,
                    first_row: 0,
                };
                Step::Stay
            }
            (Command::Add, _) => {
                Step::Open(Screen::Dialog(Dialog::add_unit(ledger, self.rubric_idx, world.generation())))
            }
            (Command::Edit, Some(it)) => {
                Step::Open(Screen::Dialog(Dialog::edit_unit(ledger, it, world.generation())))
            }
            (Command::Withdraw, Some(it)) if ledger.unit(it).is_retired() => bring_back(ledger, it, world),
            (Command::Withdraw, Some(it)) => {
                Step::Open(Screen::Dialog(Dialog::retire_unit(ledger, it, world.generation())))
            }
            (Command::MoveUp, Some(it)) => self.swap(ledger, it, world, |at| at.checked_sub(1)),
            (Command::MoveDown, Some(it)) => self.swap(ledger, it, world, |at| Some(at + 1)),
            (Command::Checked, Some(it)) if !ledger.roster().note.is_empty() => {
                let mut roster = ledger.roster().clone();
                let done = text::checked(&std::mem::take(&mut roster.note));
                Step::Act(replace(roster, ledger.unit(it), done, world.generation()))
            }
            (Command::Edit | Command::Withdraw | Command::MoveUp | Command::MoveDown, None) => {
                Step::Say(Message::refused(text::NO_UNITS.to_owned()))
            }
            _ => Step::Stay,
        }
    }

    /// Changes the places of two units of the class that stand beside each other.
    fn swap(
        &self,
        ledger: &Ledger,
        unit_idx: usize,
        world: &World,
        beside: impl Fn(usize) -> Option<usize>,
    ) -> Step {
        let units = units(ledger, self.rubric_idx);
        let at = units.iter().position(|it| *it == unit_idx).unwrap_or(0);
        let Some(other) = beside(at).and_then(|it| units.get(it)) else {
            return Step::Say(Message::hint(text::NO_FURTHER.to_owned()));
        };
        let mut roster = ledger.roster().clone();
        roster.units.swap(unit_idx, *other);
        let unit = ledger.unit(unit_idx);
        Step::Act(replace(roster, unit, text::moved(unit), world.generation()))
    }

    /// Returns the footer's word: who is retired can be brought back.
    pub(crate) fn footer_label(&self, command: Command, label: &'static str, world: &World) -> &'static str {
        let Some(ledger) = world.ledger() else { return label };
        let is_retired = self.chosen(ledger).is_some_and(|it| ledger.unit(it).is_retired());
        match command {
            Command::NextClass if ledger.rubrics().len() < 2 => "",
            Command::Checked if ledger.roster().note.is_empty() => "",
            Command::Withdraw if is_retired => text::BRING_BACK,
            _ => label,
        }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let units = units(ledger, self.rubric_idx);
        let track = &ledger.rubrics()[self.rubric_idx].track;
        let n_retired = units.iter().filter(|it| ledger.unit(**it).is_retired()).count();
        let head = text::class(track, units.len(), n_retired);
        let width = usize::from(area.width.saturating_sub(2));
        buf.set_string(area.x + 1, area.y, cells::cut(&head, width), theme::HEAD);
        let is_wide = area.width >= WIDE;
        let widest = |of: &dyn Fn(&Unit) -> usize, least: usize, most: usize| {
            let widest = units.iter().map(|it| of(ledger.unit(*it))).max().unwrap_or(0);
            u16::try_from(widest.clamp(least, most)).unwrap_or(8)
        };
        let column = |width| Column { width, align: Align::Left };
        let mut columns = vec![
            column(widest(&|it| cells::width(it.id.as_str()), 4, 10)),
            column(widest(&|it| cells::width(&it.name), 8, if is_wide { 36 } else { 24 })),
            column(widest(&|it| cells::width(&it.short), 4, 12)),
        ];
        if is_wide {
            columns.push(column(widest(&|it| cells::width(&it.pinyin), 4, 14)));
            columns.push(column(widest(&|it| cells::width(&it.tags.join(" ")), 4, 16)));
        }
        let taken: u16 = columns.iter().map(|it| it.width + 1).sum::<u16>() + 2;
        columns.push(column(area.width.saturating_sub(taken).max(8)));
        let heads: &[&str] = if is_wide { &labels::ROSTER_HEADS } else { &labels::ROSTER_HEADS_NARROW };
        let table = Table {
            columns: &columns,
            n_frozen: columns.len(),
            n_header: 1,
            n_rows: units.len(),
            first_row: self.first_row,
            selected_row: (!units.is_empty()).then(|| self.selected.min(units.len() - 1)),
            selected_column: None,
            ..Table::default()
        };
        let table_area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        table.draw(table_area, buf, |line, column| {
            let Line::Row(row) = line else { return Cell::new(heads[column], theme::HEAD) };
            let unit = ledger.unit(units[row]);
            let last = if unit.is_retired() { text::retired(unit) } else { unit.note.clone() };
            let text = match (column, is_wide) {
                (0, _) => unit.id.to_string(),
                (1, _) => unit.name.clone(),
                (2, _) => unit.short.clone(),
                (3, true) => unit.pinyin.clone(),
                (4, true) => unit.tags.join(" "),
                _ => last,
            };
            Cell::new(text, if unit.is_retired() { theme::FAINT } else { theme::PLAIN })
        });
    }
}

/// Returns the places in the roster of a class's units, retired ones included, in roster order.
fn units(ledger: &Ledger, rubric_idx: usize) -> Vec<usize> {
    let all = 0..ledger.roster().units.len();
    all.filter(|it| ledger.sheet(*it).rubric_idx == rubric_idx).collect()
}

fn bring_back(ledger: &Ledger, unit_idx: usize, world: &World) -> Step {
    let mut roster = ledger.roster().clone();
    roster.units[unit_idx].retired.clear();
    let unit = ledger.unit(unit_idx);
    Step::Act(replace(roster, unit, text::brought_back(unit), world.generation()))
}

/// Returns what puts another roster in place, made of the one of this generation.
pub(super) fn replace(roster: Roster, unit: &Unit, done: String, generation: u64) -> Effect {
    Effect::ReplaceRoster(Box::new(crate::effect::NewRoster {
        roster,
        unit: unit.id.clone(),
        done,
        generation,
    }))
}

//! What is done with units that are marked.

use kaohe_core::{Ledger, UnitId};

use super::{Filter, Marks, Matrix};
use crate::app::Message;
use crate::keys::Command;
use crate::screens::{Choose, Deducting, Preview, Screen, Step};
use crate::text::{self, several};
use crate::world::World;

impl Matrix {
    /// Marks the unit of the cursor, or takes its mark away, and goes on to the next row.
    pub(super) fn mark(&mut self, ledger: &Ledger) {
        let Some((unit_idx, _)) = self.selected() else { return };
        self.marks.toggle(&ledger.unit(unit_idx).id);
        let place = &mut self.places[self.rubric_idx];
        place.row = (place.row + 1).min(self.rows.len().saturating_sub(1));
        place.unit_idx = self.rows.get(place.row).copied();
    }

    /// Marks all units that show, or takes their marks away.
    pub(super) fn mark_all(&mut self, ledger: &Ledger) {
        self.marks.toggle_all(self.rows.iter().map(|it| &ledger.unit(*it).id));
    }

    /// Takes all marks away, and with them the filter that shows marked units only.
    pub(crate) fn clear_marks(&mut self) {
        self.marks.clear();
        for place in self.places.iter_mut().filter(|it| it.filter == Filter::Marked) {
            place.filter = Filter::All;
        }
    }

    /// Hands the marks over to the matrix that takes this one's place.
    pub(crate) fn take_marks(&mut self) -> Marks {
        std::mem::take(&mut self.marks)
    }

    /// Takes over the marks of the matrix before, as far as their units are still there.
    pub(crate) fn with_marks(mut self, mut marks: Marks, ledger: &Ledger) -> Matrix {
        marks.keep_known(ledger);
        self.marks = marks;
        self
    }

    /// Says how many units are marked and what for, where any is.
    pub(crate) fn says_marks(&self) -> Option<String> {
        (!self.marks.is_empty()).then(|| several::marked(self.marks.len()))
    }

    /// Returns the marks, for the screens above that have rows of the same units.
    pub(crate) fn marks(&self) -> &Marks {
        &self.marks
    }
}

impl Marks {
    /// Deducts from all marked units of a class, or reviews them, once the person has seen what that does to each.
    pub(in crate::screens) fn act(
        &self,
        command: Command,
        rubric_idx: usize,
        indicator_idx: usize,
        world: &World,
    ) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Stay };
        let marked = self.unit_idxs(ledger);
        let concerns = |it: &&usize| {
            let sheet = ledger.sheet(**it);
            sheet.rubric_idx == rubric_idx && sheet.cells[indicator_idx].exclusion.is_none()
        };
        // Questions are asked for the first of them.
        let Some(&first) = marked.iter().find(concerns) else {
            return Step::Say(Message::refused(several::NONE_CONCERNED.to_owned()));
        };
        let ids: Vec<UnitId> = marked.iter().map(|it| ledger.unit(*it).id.clone()).collect();
        let indicator = ledger.rubric_of(first).indicator(indicator_idx);
        match command {
            Command::Review => {
                Step::Open(Screen::Preview(Preview::review(ids, first, indicator_idx, ledger)))
            }
            _ if indicator.rules.is_empty() => Step::Say(Message::refused(text::NO_RULES.to_owned())),
            Command::Digit(number) => {
                match usize::from(number).checked_sub(1).filter(|it| *it < indicator.rules.len()) {
                    Some(rule_idx) => {
                        Deducting::new(first, indicator_idx, rule_idx).for_all(ids).next(world, true)
                    }
                    None => Step::Say(Message::refused(text::no_such_rule(number, indicator.rules.len()))),
                }
            }
            _ => Step::Open(Screen::Choose(Choose::rule(ledger, first, indicator_idx, ids))),
        }
    }
}

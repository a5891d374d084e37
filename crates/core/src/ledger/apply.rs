//! Taking a record in. Total: what two people did at once is all taken in, and the later one counts.

use super::refuse::Resolved;
use super::undo::{Inverse, Part, Target, Touch};
use super::{EntryAt, Finalised, Ledger, Refusal, cost};
use crate::change::{Change, Deduction, Mark, Record};
use crate::id::EntryId;
use crate::sheet::{Author, Cell, Entry, SelfScore, Withdrawal};

impl Ledger {
    /// Takes a record in without computing scores; returns the places of the touched units, each once.
    pub(super) fn take_in(&mut self, record: &Record) -> Vec<usize> {
        let mut touched = Vec::new();
        let mut parts = Vec::new();
        let mut title = None;
        match &record.change {
            Change::Batch { title: batch, changes } => {
                title = Some(batch.clone());
                for (change, number) in changes.iter().zip(1..) {
                    parts.extend(self.take_in_one(record, change, number, &mut touched));
                }
            }
            Change::Adopt { files } => {
                let files = files.iter().map(|it| (it.path.clone(), it.digest.clone()));
                self.adopted.extend(files);
            }
            Change::ReplaceRubric { path, from, to } => {
                self.adopted.insert(path.clone(), to.clone());
                let inverse =
                    Change::ReplaceRubric { path: path.clone(), from: to.clone(), to: from.clone() };
                parts.push(self.part(Target::File(path.clone()), inverse));
            }
            Change::Finalise { digest, .. } => self.finalised = Some(Finalised::by(record, digest)),
            // What was recorded meanwhile without knowing of it has counted all the while.
            Change::Reopen { .. } => self.finalised = None,
            // What counts are the lines that were left.
            Change::Repair { .. } => {}
            change => parts.extend(self.take_in_one(record, change, 0, &mut touched)),
        }
        if !parts.is_empty() {
            self.remember(record, title, parts);
        }
        self.last = self.last.take().max(Some(record.stamp.clone()));
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// Returns how what was changed is taken back.
    fn take_in_one(
        &mut self,
        record: &Record,
        change: &Change,
        number: u32,
        touched: &mut Vec<usize>,
    ) -> Option<Part> {
        match self.enact(record, change, number) {
            Ok((unit_idx, part)) => {
                touched.push(unit_idx);
                Some(part)
            }
            Err(refusal) => {
                self.unresolved.push((record.stamp.clone(), refusal));
                None
            }
        }
    }

    /// Makes one change; returns whose sheet it changed. `number` is its place in a batch, from 1.
    fn enact(&mut self, record: &Record, change: &Change, number: u32) -> Result<(usize, Part), Refusal> {
        let author = || Author { by: record.by.clone(), at: record.at };
        match change {
            Change::Deduct(deduction) => {
                let id = EntryId { stamp: record.stamp.clone(), part: number };
                let at = self.resolve(deduction)?;
                let person_idx = self.people.idx_of(record);
                self.add_entry(id.clone(), &at, deduction, author(), person_idx);
                let before = Some(Touch { stamp: record.stamp.clone(), person_idx });
                let part =
                    Part { inverse: Inverse::Withdraw, target: Target::Entry(id), before, after: None };
                Ok((at.unit_idx, part))
            }
            Change::Amend { entry: id, to } => {
                let resolved = self.resolve(to)?;
                let (unit_idx, entry) = self.entry_mut(id)?;
                if (&entry.deduction.unit, &entry.deduction.indicator) != (&to.unit, &to.indicator) {
                    return Err(Refusal::EntryMoved);
                }
                let before = std::mem::replace(&mut *entry.deduction, to.clone());
                entry.rule_idx = resolved.rule_idx;
                entry.item_idx = resolved.item_idx;
                entry.each = resolved.each;
                entry.count = resolved.count;
                entry.cost = cost::of_all(resolved.each, to.count);
                let inverse = Change::Amend { entry: id.clone(), to: before };
                Ok((unit_idx, self.part(Target::Entry(id.clone()), inverse)))
            }
            Change::Withdraw { entry: id, reason } => {
                let withdrawal = Withdrawal { reason: reason.clone(), author: author() };
                let (unit_idx, entry) = self.entry_mut(id)?;
                let before = entry.withdrawn.replace(withdrawal);
                Ok((unit_idx, self.part(Target::Entry(id.clone()), entry_state(id, before))))
            }
            Change::Restore { entry: id } => {
                let (unit_idx, entry) = self.entry_mut(id)?;
                let before = entry.withdrawn.take();
                Ok((unit_idx, self.part(Target::Entry(id.clone()), entry_state(id, before))))
            }
            Change::SelfScore { unit, indicator, to, note } => {
                let (unit_idx, indicator_idx) = self.place(unit, indicator)?;
                let next = to.map(|points| SelfScore { points, note: note.clone() });
                let before =
                    std::mem::replace(&mut self.cell_mut((unit_idx, indicator_idx)).self_score, next);
                let (to, note) = before.map_or((None, String::new()), |it| (Some(it.points), it.note));
                let inverse =
                    Change::SelfScore { unit: unit.clone(), indicator: indicator.clone(), to, note };
                Ok((unit_idx, self.part(Target::SelfScore { unit_idx, indicator_idx }, inverse)))
            }
            Change::Review { unit, indicator, to } => {
                let (unit_idx, indicator_idx) = self.place(unit, indicator)?;
                let next = match to {
                    Mark::Reviewed => Some(author()),
                    Mark::Pending => None,
                };
                let before = std::mem::replace(&mut self.cell_mut((unit_idx, indicator_idx)).reviewed, next);
                let to = if before.is_some() { Mark::Reviewed } else { Mark::Pending };
                let inverse = Change::Review { unit: unit.clone(), indicator: indicator.clone(), to };
                Ok((unit_idx, self.part(Target::Review { unit_idx, indicator_idx }, inverse)))
            }
            Change::NotApplicable { unit, indicator, reason } => {
                let (unit_idx, indicator_idx) = self.place(unit, indicator)?;
                let cell = self.cell_mut((unit_idx, indicator_idx));
                let reason = std::mem::replace(&mut cell.not_applicable, reason.clone());
                let inverse =
                    Change::NotApplicable { unit: unit.clone(), indicator: indicator.clone(), reason };
                Ok((unit_idx, self.part(Target::NotApplicable { unit_idx, indicator_idx }, inverse)))
            }
            Change::Adopt { .. }
            | Change::ReplaceRubric { .. }
            | Change::Finalise { .. }
            | Change::Repair { .. }
            | Change::Reopen { .. }
            | Change::Batch { .. } => Err(Refusal::NestedBatch),
        }
    }

    fn part(&self, target: Target, inverse: Change) -> Part {
        let before = self.touch(&target);
        Part { inverse: Inverse::Change(Box::new(inverse)), target, before, after: None }
    }

    fn add_entry(
        &mut self,
        id: EntryId,
        at: &Resolved,
        deduction: &Deduction,
        author: Author,
        person_idx: usize,
    ) {
        let cell = self.cell_mut((at.unit_idx, at.indicator_idx));
        let entry_idx = cell.entries.len();
        cell.entries.push(Entry {
            id: id.clone(),
            deduction: Box::new(deduction.clone()),
            rule_idx: at.rule_idx,
            item_idx: at.item_idx,
            each: at.each,
            count: at.count,
            cost: cost::of_all(at.each, deduction.count),
            author,
            withdrawn: None,
        });
        let (unit_idx, indicator_idx) = (at.unit_idx, at.indicator_idx);
        self.entries.insert(id, EntryAt { unit_idx, indicator_idx, entry_idx, person_idx });
    }

    fn cell_mut(&mut self, (unit_idx, indicator_idx): (usize, usize)) -> &mut Cell {
        &mut self.sheets[unit_idx].cells[indicator_idx]
    }

    fn entry_mut(&mut self, id: &EntryId) -> Result<(usize, &mut Entry), Refusal> {
        let at = *self.entries.get(id).ok_or_else(|| Refusal::UnknownEntry(id.clone()))?;
        let cell = self.cell_mut((at.unit_idx, at.indicator_idx));
        Ok((at.unit_idx, &mut cell.entries[at.entry_idx]))
    }
}

/// Returns the change that puts an entry's withdrawal back to what it was.
fn entry_state(id: &EntryId, before: Option<Withdrawal>) -> Change {
    match before {
        Some(withdrawal) => Change::Withdraw { entry: id.clone(), reason: withdrawal.reason },
        None => Change::Restore { entry: id.clone() },
    }
}

//! Taking a record in. Total: what two people did at once is all taken in, and the later one counts.

use super::{EntryAt, Ledger, Refusal};
use crate::change::{Change, Deduction, Mark, Record, RecordKind};
use crate::id::EntryId;
use crate::sheet::{Author, Cell, Entry, SelfScore, Withdrawal};

impl Ledger {
    /// Takes a record in without computing scores; returns the places of the touched units, each once.
    pub(super) fn take_in(&mut self, record: &Record) -> Vec<usize> {
        let mut touched = Vec::new();
        let inverse = match &record.change {
            Change::Batch { title, changes } => {
                let mut inverses = Vec::new();
                for (idx, change) in changes.iter().enumerate() {
                    let part = u32::try_from(idx + 1).unwrap_or(u32::MAX);
                    inverses.extend(self.take_in_one(record, change, part, &mut touched));
                }
                inverses.reverse();
                let is_empty = inverses.is_empty();
                (!is_empty).then(|| Change::Batch { title: title.clone(), changes: inverses })
            }
            change => self.take_in_one(record, change, 0, &mut touched),
        };
        if let Some(inverse) = inverse {
            self.remember(record, inverse);
        }
        self.last = self.last.take().max(Some(record.stamp.clone()));
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// Returns the inverse of what was changed.
    fn take_in_one(
        &mut self,
        record: &Record,
        change: &Change,
        part: u32,
        touched: &mut Vec<usize>,
    ) -> Option<Change> {
        match self.enact(record, change, part) {
            Ok((unit_idx, inverse)) => {
                touched.push(unit_idx);
                Some(inverse)
            }
            Err(refusal) => {
                self.unresolved.push((record.stamp.clone(), refusal));
                None
            }
        }
    }

    fn enact(&mut self, record: &Record, change: &Change, part: u32) -> Result<(usize, Change), Refusal> {
        let author = || Author { by: record.by.clone(), at: record.at };
        match change {
            Change::Deduct(deduction) => {
                let id = EntryId { stamp: record.stamp.clone(), part };
                let unit_idx = self.add_entry(id.clone(), deduction, author())?;
                Ok((unit_idx, Change::Withdraw { entry: id, reason: String::new() }))
            }
            Change::Amend { entry: id, to } => {
                let resolved = self.resolve(to)?;
                let (unit_idx, entry) = self.entry_mut(id)?;
                if (&entry.deduction.unit, &entry.deduction.indicator) != (&to.unit, &to.indicator) {
                    return Err(Refusal::EntryMoved);
                }
                let before = std::mem::replace(&mut entry.deduction, to.clone());
                entry.rule_idx = resolved.rule_idx;
                entry.item_idx = resolved.item_idx;
                entry.each = resolved.each;
                Ok((unit_idx, Change::Amend { entry: id.clone(), to: before }))
            }
            Change::Withdraw { entry: id, reason } => {
                let withdrawal = Withdrawal { reason: reason.clone(), author: author() };
                let (unit_idx, entry) = self.entry_mut(id)?;
                let before = entry.withdrawn.replace(withdrawal);
                Ok((unit_idx, entry_state(id, before)))
            }
            Change::Restore { entry: id } => {
                let (unit_idx, entry) = self.entry_mut(id)?;
                let before = entry.withdrawn.take();
                Ok((unit_idx, entry_state(id, before)))
            }
            Change::SelfScore { unit, indicator, to, note } => {
                let place = self.place(unit, indicator)?;
                let next = to.map(|points| SelfScore { points, note: note.clone() });
                let before = std::mem::replace(&mut self.cell_mut(place).self_score, next);
                let (to, note) = before.map_or((None, String::new()), |it| (Some(it.points), it.note));
                Ok((
                    place.0,
                    Change::SelfScore { unit: unit.clone(), indicator: indicator.clone(), to, note },
                ))
            }
            Change::Review { unit, indicator, to } => {
                let place = self.place(unit, indicator)?;
                let next = match to {
                    Mark::Reviewed => Some(author()),
                    Mark::Pending => None,
                };
                let before = std::mem::replace(&mut self.cell_mut(place).reviewed, next);
                let to = if before.is_some() { Mark::Reviewed } else { Mark::Pending };
                Ok((place.0, Change::Review { unit: unit.clone(), indicator: indicator.clone(), to }))
            }
            Change::NotApplicable { unit, indicator, reason } => {
                let place = self.place(unit, indicator)?;
                let reason = std::mem::replace(&mut self.cell_mut(place).not_applicable, reason.clone());
                Ok((
                    place.0,
                    Change::NotApplicable { unit: unit.clone(), indicator: indicator.clone(), reason },
                ))
            }
            Change::Batch { .. } => Err(Refusal::NestedBatch),
        }
    }

    fn add_entry(&mut self, id: EntryId, deduction: &Deduction, author: Author) -> Result<usize, Refusal> {
        let at = self.resolve(deduction)?;
        let cell = self.cell_mut((at.unit_idx, at.indicator_idx));
        let entry_idx = cell.entries.len();
        cell.entries.push(Entry {
            id: id.clone(),
            deduction: deduction.clone(),
            rule_idx: at.rule_idx,
            item_idx: at.item_idx,
            each: at.each,
            author,
            withdrawn: None,
        });
        let entry_at = EntryAt { unit_idx: at.unit_idx, indicator_idx: at.indicator_idx, entry_idx };
        self.entries.insert(id, entry_at);
        Ok(at.unit_idx)
    }

    fn cell_mut(&mut self, (unit_idx, indicator_idx): (usize, usize)) -> &mut Cell {
        &mut self.sheets[unit_idx].cells[indicator_idx]
    }

    fn entry_mut(&mut self, id: &EntryId) -> Result<(usize, &mut Entry), Refusal> {
        let at = *self.entries.get(id).ok_or_else(|| Refusal::UnknownEntry(id.clone()))?;
        let cell = self.cell_mut((at.unit_idx, at.indicator_idx));
        Ok((at.unit_idx, &mut cell.entries[at.entry_idx]))
    }

    fn remember(&mut self, record: &Record, inverse: Change) {
        let stacks = self.stacks.entry(record.stamp.writer.clone()).or_default();
        match record.kind {
            RecordKind::Do => stacks.did(record.stamp.n, inverse),
            RecordKind::Undo(of) => stacks.undid(of, inverse),
            RecordKind::Redo(of) => stacks.redid(of, inverse),
        }
    }
}

/// Returns the change that puts an entry's withdrawal back to what it was.
fn entry_state(id: &EntryId, before: Option<Withdrawal>) -> Change {
    match before {
        Some(withdrawal) => Change::Withdraw { entry: id.clone(), reason: withdrawal.reason },
        None => Change::Restore { entry: id.clone() },
    }
}

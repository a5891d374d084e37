//! What undo and redo would do next. The stacks are folded from the records like everything else, so they survive a
//! restart; each person undoes only what they did themselves, in whichever window, and only where it still stands.

use super::{Ledger, Refusal};
use crate::change::{Change, Record, RecordKind};
use crate::id::{EntryId, Stamp};

/// What one change is about. What another person changed since cannot be undone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Target {
    Entry(EntryId),
    SelfScore {
        unit_idx: usize,
        indicator_idx: usize,
    },
    Review {
        unit_idx: usize,
        indicator_idx: usize,
    },
    NotApplicable {
        unit_idx: usize,
        indicator_idx: usize,
    },
    /// A file of the year, by its path.
    File(String),
}

/// Who changed something last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Touch {
    pub stamp: Stamp,
    pub by: String,
}

/// How one change of a record is taken back.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub inverse: Change,
    pub target: Target,
    /// Who had touched the target before the change.
    pub before: Option<Touch>,
    /// Who has touched it last as long as nobody else did.
    pub after: Option<Touch>,
}

/// One step back or forth.
#[derive(Clone, Debug)]
pub(super) struct Step {
    of: Stamp,
    /// Of a batch.
    title: Option<String>,
    /// In the order in which they are to be done.
    parts: Vec<Part>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Stacks {
    undo: Vec<Step>,
    redo: Vec<Step>,
}

/// What undo or redo would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undoable {
    /// The record that is taken back or done again.
    pub of: Stamp,
    /// The change that does it; of a batch, the parts that still stand.
    pub change: Change,
}

impl Ledger {
    /// Returns what undo would do next for this person.
    ///
    /// # Errors
    ///
    /// Nothing is left to undo, or somebody else has changed since what would be undone.
    pub fn next_undo(&self, by: &str, machine: &str) -> Result<Undoable, Refusal> {
        self.next(self.stacks_of(by, machine).and_then(|it| it.undo.last()), Refusal::NothingToUndo)
    }

    /// Returns what redo would do next for this person.
    ///
    /// # Errors
    ///
    /// Nothing is left to redo, or somebody else has changed since what would be done again.
    pub fn next_redo(&self, by: &str, machine: &str) -> Result<Undoable, Refusal> {
        self.next(self.stacks_of(by, machine).and_then(|it| it.redo.last()), Refusal::NothingToRedo)
    }

    /// Says whether a change puts something else in the place of what this person was the last to set.
    pub fn overwrites(&self, change: &Change, by: &str) -> bool {
        let is_theirs = |target: &Target| self.touch(target).is_some_and(|it| it.by == by);
        let at = |unit, indicator| self.place(unit, indicator).ok();
        match change {
            // What is new stands beside what there is.
            Change::Deduct(_)
            | Change::Adopt { .. }
            | Change::Finalise { .. }
            | Change::Reopen { .. }
            | Change::Repair { .. } => false,
            Change::Amend { entry, .. } | Change::Withdraw { entry, .. } | Change::Restore { entry } => {
                is_theirs(&Target::Entry(entry.clone()))
            }
            Change::SelfScore { unit, indicator, .. } => {
                at(unit, indicator).is_some_and(|(unit_idx, indicator_idx)| {
                    is_theirs(&Target::SelfScore { unit_idx, indicator_idx })
                })
            }
            Change::Review { unit, indicator, .. } => {
                at(unit, indicator).is_some_and(|(unit_idx, indicator_idx)| {
                    is_theirs(&Target::Review { unit_idx, indicator_idx })
                })
            }
            Change::NotApplicable { unit, indicator, .. } => {
                at(unit, indicator).is_some_and(|(unit_idx, indicator_idx)| {
                    is_theirs(&Target::NotApplicable { unit_idx, indicator_idx })
                })
            }
            Change::ReplaceRubric { path, .. } => is_theirs(&Target::File(path.clone())),
            Change::Batch { changes, .. } => changes.iter().any(|it| self.overwrites(it, by)),
        }
    }

    fn stacks_of(&self, by: &str, machine: &str) -> Option<&Stacks> {
        self.stacks.get(&(by.to_owned(), machine.to_owned()))
    }

    fn next(&self, step: Option<&Step>, nothing: Refusal) -> Result<Undoable, Refusal> {
        self.is_open()?;
        let Some(step) = step else { return Err(nothing) };
        let stands = |it: &&Part| self.touch(&it.target) == it.after;
        let standing: Vec<&Part> = step.parts.iter().filter(stands).collect();
        if standing.is_empty() {
            let since = step.parts.first().and_then(|it| self.touch(&it.target));
            return Err(Refusal::ChangedSince { by: since.map(|it| it.by).unwrap_or_default() });
        }
        let changes: Vec<Change> = standing.iter().map(|it| it.inverse.clone()).collect();
        let change = match (&step.title, changes.as_slice()) {
            (Some(title), _) => Change::Batch { title: title.clone(), changes },
            (None, [change]) => change.clone(),
            (None, _) => unreachable!("only a batch has several parts"),
        };
        Ok(Undoable { of: step.of.clone(), change })
    }

    /// Returns who changed the target last.
    pub(super) fn touch(&self, target: &Target) -> Option<Touch> {
        let touched = self.touched.get(target).cloned();
        touched.or_else(|| match target {
            Target::Entry(id) => {
                let by = self.entry(id)?.author.by.clone();
                Some(Touch { stamp: id.stamp.clone(), by })
            }
            Target::SelfScore { .. }
            | Target::Review { .. }
            | Target::NotApplicable { .. }
            | Target::File(_) => None,
        })
    }

    fn set_touch(&mut self, target: Target, touch: Option<Touch>) {
        match touch {
            Some(touch) => self.touched.insert(target, touch),
            None => self.touched.remove(&target),
        };
    }

    /// Takes note of how a record is taken back. `parts` are in the order in which their changes were made.
    pub(super) fn remember(&mut self, record: &Record, title: Option<String>, mut parts: Vec<Part>) {
        let person = (record.by.clone(), record.machine.clone());
        let mut stacks = self.stacks.remove(&person).unwrap_or_default();
        let touch = Touch { stamp: record.stamp.clone(), by: record.by.clone() };
        let taken = match &record.kind {
            RecordKind::Do => {
                stacks.redo.clear();
                None
            }
            RecordKind::Undo(of) => take(&mut stacks.undo, of),
            RecordKind::Redo(of) => take(&mut stacks.redo, of),
        };
        let mut taken_parts = taken.into_iter().flat_map(|it| it.parts);
        for part in &mut parts {
            // What an undo puts back is as if it had not been touched; a redo leaves it as the record had.
            let reverted = taken_parts.by_ref().find(|it| it.target == part.target);
            part.after = reverted.map_or(Some(touch.clone()), |it| it.before);
            self.set_touch(part.target.clone(), part.after.clone());
        }
        parts.reverse();
        match &record.kind {
            RecordKind::Do => stacks.undo.push(Step { of: record.stamp.clone(), title, parts }),
            RecordKind::Undo(of) => stacks.redo.push(Step { of: of.clone(), title, parts }),
            RecordKind::Redo(of) => stacks.undo.push(Step { of: of.clone(), title, parts }),
        }
        self.stacks.insert(person, stacks);
    }
}

fn take(stack: &mut Vec<Step>, of: &Stamp) -> Option<Step> {
    let at = stack.iter().rposition(|it| it.of == *of)?;
    Some(stack.remove(at))
}

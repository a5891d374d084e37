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
    /// Place among the ledger's people.
    pub person_idx: usize,
}

/// The change that takes another one back.
#[derive(Clone, Debug)]
pub(super) enum Inverse {
    /// Withdraws the entry that was made: nearly all there is to take back, so it is kept small.
    Withdraw,
    Change(Box<Change>),
}

/// How one change of a record is taken back.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub inverse: Inverse,
    pub target: Target,
    /// Who had touched the target before the change.
    pub before: Option<Touch>,
    /// Who has touched it last as long as nobody else did.
    pub after: Option<Touch>,
}

impl Part {
    /// Returns the change that takes this one back.
    fn taking_back(&self) -> Change {
        match (&self.inverse, &self.target) {
            (Inverse::Change(change), _) => (**change).clone(),
            (Inverse::Withdraw, Target::Entry(entry)) => {
                Change::Withdraw { entry: entry.clone(), reason: String::new() }
            }
            (Inverse::Withdraw, _) => unreachable!("only entries are withdrawn"),
        }
    }
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

/// Everybody who has recorded anything, each person on each machine once.
#[derive(Clone, Debug, Default)]
pub(super) struct People(Vec<Person>);

/// A person on a machine, and what they can undo and redo.
#[derive(Clone, Debug)]
struct Person {
    by: String,
    machine: String,
    undo: Vec<Step>,
    redo: Vec<Step>,
}

impl People {
    fn idx(&self, by: &str, machine: &str) -> Option<usize> {
        self.0.iter().position(|it| it.by == by && it.machine == machine)
    }

    /// Returns the place of who made a record.
    pub(super) fn idx_of(&mut self, record: &Record) -> usize {
        let Record { by, machine, .. } = record;
        self.idx(by, machine).unwrap_or_else(|| {
            let (by, machine) = (by.clone(), machine.clone());
            self.0.push(Person { by, machine, undo: Vec::new(), redo: Vec::new() });
            self.0.len() - 1
        })
    }
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
        self.next(self.person(by, machine).and_then(|it| it.undo.last()), Refusal::NothingToUndo)
    }

    /// Returns what redo would do next for this person.
    ///
    /// # Errors
    ///
    /// Nothing is left to redo, or somebody else has changed since what would be done again.
    pub fn next_redo(&self, by: &str, machine: &str) -> Result<Undoable, Refusal> {
        self.next(self.person(by, machine).and_then(|it| it.redo.last()), Refusal::NothingToRedo)
    }

    /// Says whether a change puts something else in the place of what this person was the last to set.
    pub fn overwrites(&self, change: &Change, by: &str) -> bool {
        let is_theirs = |target: &Target| self.touch(target).is_some_and(|it| self.name_of(&it) == by);
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

    fn person(&self, by: &str, machine: &str) -> Option<&Person> {
        self.people.idx(by, machine).and_then(|it| self.people.0.get(it))
    }

    /// Returns the name of who touched something.
    fn name_of(&self, touch: &Touch) -> &str {
        self.people.0.get(touch.person_idx).map_or("", |it| &it.by)
    }

    fn next(&self, step: Option<&Step>, nothing: Refusal) -> Result<Undoable, Refusal> {
        self.is_open()?;
        let Some(step) = step else { return Err(nothing) };
        let stands = |it: &&Part| self.touch(&it.target) == it.after;
        let standing: Vec<&Part> = step.parts.iter().filter(stands).collect();
        if standing.is_empty() {
            let first = step.parts.first().map(|it| &it.target);
            let since = first.and_then(|it| self.touch(it));
            let by = since.map_or(String::new(), |it| self.name_of(&it).to_owned());
            return Err(Refusal::ChangedSince { by, cell: first.and_then(|it| self.cell_named(it)) });
        }
        let changes: Vec<Change> = standing.iter().map(|it| it.taking_back()).collect();
        let change = match (&step.title, changes.as_slice()) {
            (Some(title), _) => Change::Batch { title: title.clone(), changes },
            (None, [change]) => change.clone(),
            (None, _) => unreachable!("only a batch has several parts"),
        };
        Ok(Undoable { of: step.of.clone(), change })
    }

    /// Returns the names of the unit and the indicator that a target belongs to.
    fn cell_named(&self, target: &Target) -> Option<(String, String)> {
        let (unit_idx, indicator_idx) = match target {
            Target::Entry(id) => self.entries.get(id).map(|it| (it.unit_idx, it.indicator_idx))?,
            Target::SelfScore { unit_idx, indicator_idx }
            | Target::Review { unit_idx, indicator_idx }
            | Target::NotApplicable { unit_idx, indicator_idx } => (*unit_idx, *indicator_idx),
            Target::File(_) => return None,
        };
        let indicator = self.rubric_of(unit_idx).indicator(indicator_idx);
        Some((self.unit(unit_idx).name.clone(), indicator.name.clone()))
    }

    /// Returns who changed the target last.
    pub(super) fn touch(&self, target: &Target) -> Option<Touch> {
        let touched = self.touched.get(target).cloned();
        touched.or_else(|| match target {
            Target::Entry(id) => {
                let person_idx = self.entries.get(id)?.person_idx;
                Some(Touch { stamp: id.stamp.clone(), person_idx })
            }
            Target::SelfScore { .. }
            | Target::Review { .. }
            | Target::NotApplicable { .. }
            | Target::File(_) => None,
        })
    }

    fn set_touch(&mut self, target: &Target, touch: Option<Touch>) {
        let is_made = |it: &Touch| matches!(target, Target::Entry(id) if id.stamp == it.stamp);
        match touch.filter(|it| !is_made(it)) {
            Some(touch) => drop(self.touched.insert(target.clone(), touch)),
            None => drop(self.touched.remove(target)),
        }
    }

    /// Takes note of how a record is taken back. `parts` are in the order in which their changes were made.
    pub(super) fn remember(&mut self, record: &Record, title: Option<String>, mut parts: Vec<Part>) {
        let person_idx = self.people.idx_of(record);
        let Person { undo, redo, .. } = &mut self.people.0[person_idx];
        let touch = Touch { stamp: record.stamp.clone(), person_idx };
        let taken = match &record.kind {
            RecordKind::Do => {
                redo.clear();
                None
            }
            RecordKind::Undo(of) => take(undo, of),
            RecordKind::Redo(of) => take(redo, of),
        };
        let mut taken_parts = taken.into_iter().flat_map(|it| it.parts);
        for part in &mut parts {
            // What an undo puts back is as if it had not been touched; a redo leaves it as the record had.
            let reverted = taken_parts.by_ref().find(|it| it.target == part.target);
            part.after = reverted.map_or(Some(touch.clone()), |it| it.before);
            self.set_touch(&part.target, part.after.clone());
        }
        parts.reverse();
        let Person { undo, redo, .. } = &mut self.people.0[person_idx];
        match &record.kind {
            RecordKind::Do => undo.push(Step { of: record.stamp.clone(), title, parts }),
            RecordKind::Undo(of) => redo.push(Step { of: of.clone(), title, parts }),
            RecordKind::Redo(of) => undo.push(Step { of: of.clone(), title, parts }),
        }
    }
}

fn take(stack: &mut Vec<Step>, of: &Stamp) -> Option<Step> {
    let at = stack.iter().rposition(|it| it.of == *of)?;
    Some(stack.remove(at))
}

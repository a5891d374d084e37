//! What two copies of a year say of the same thing, each without knowing of the other.

use std::collections::BTreeMap;

use crate::change::{Change, Deduction, Record};
use crate::id::{EntryId, IndicatorId, UnitId};
use crate::ledger::Ledger;

/// One thing of which both copies say something of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What was said of it here, last.
    pub ours: Said,
    /// What was said of it in the other copy, last.
    pub theirs: Said,
    /// Which of the two holds.
    pub counts: Counts,
}

/// What somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The record; within a batch, the part of it.
    pub id: EntryId,
    /// The person.
    pub by: String,
    /// Their machine.
    pub machine: String,
    /// The change, without its batch.
    pub change: Change,
}

/// Which of two holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// That of here: it is the later one in the order of all records.
    Ours,
    /// That of the other copy: it is the later one.
    Theirs,
    /// Both, since they are about different sides of one entry.
    Both,
    /// Both: two entries that say the very same.
    Twice,
}

/// What can be set, so that the last one to set it counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    SelfScore(UnitId, IndicatorId),
    Review(UnitId, IndicatorId),
    NotApplicable(UnitId, IndicatorId),
    /// What an entry says.
    Content(EntryId),
    /// Whether an entry stands.
    Standing(EntryId),
}

type LastSaid = BTreeMap<Target, Said>;

/// Returns what clashes between the records that only one of two copies has. The ledger is that of all records.
pub fn clashes(ledger: &Ledger, ours: &[&Record], theirs: &[&Record]) -> Vec<Clash> {
    let (our_last, their_last) = (last_said(ours), last_said(theirs));
    let mut clashes = Vec::new();
    for (target, ours) in &our_last {
        let Some(theirs) = their_last.get(target) else {
            clashes.extend(sides_of_entry(target, ours, &our_last, &their_last));
            continue;
        };
        if !is_same(&ours.change, &theirs.change) {
            let counts = if ours.id > theirs.id { Counts::Ours } else { Counts::Theirs };
            clashes.push(Clash { ours: ours.clone(), theirs: theirs.clone(), counts });
        }
    }
    clashes.extend(twice(ledger, ours, theirs));
    clashes
}

/// Returns what was said last of each thing.
fn last_said(records: &[&Record]) -> LastSaid {
    let mut said = LastSaid::new();
    for one in parts(records) {
        let Some(target) = target(&one.change) else { continue };
        let is_later = said.get(&target).is_none_or(|it| it.id < one.id);
        if is_later {
            said.insert(target, one);
        }
    }
    said
}

/// Returns every change of the records, those of batches one by one.
fn parts(records: &[&Record]) -> Vec<Said> {
    let mut parts = Vec::new();
    for record in records {
        let said = |part: u32, change: &Change| Said {
            id: EntryId { stamp: record.stamp.clone(), part },
            by: record.by.clone(),
            machine: record.machine.clone(),
            change: change.clone(),
        };
        match &record.change {
            Change::Batch { changes, .. } => {
                parts.extend((1..).zip(changes).map(|(n, it)| said(n, it)));
            }
            one => parts.push(said(0, one)),
        }
    }
    parts
}

fn target(change: &Change) -> Option<Target> {
    match change {
        Change::SelfScore { unit, indicator, .. } => Some(Target::SelfScore(unit.clone(), indicator.clone())),
        Change::Review { unit, indicator, .. } => Some(Target::Review(unit.clone(), indicator.clone())),
        Change::NotApplicable { unit, indicator, .. } => {
            Some(Target::NotApplicable(unit.clone(), indicator.clone()))
        }
        Change::Amend { entry, .. } => Some(Target::Content(entry.clone())),
        Change::Withdraw { entry, .. } | Change::Restore { entry } => Some(Target::Standing(entry.clone())),
        // A new entry touches nothing that was there, copies with different files are not merged at all, and what is
        // fixed is told by `check`.
        Change::Deduct(_)
        | Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Finalise { .. }
        | Change::Repair { .. }
        | Change::Reopen { .. }
        | Change::Batch { .. } => None,
    }
}

/// Says whether it makes no difference which of two changes of one thing counts.
fn is_same(one: &Change, other: &Change) -> bool {
    let both_withdraw = matches!((one, other), (Change::Withdraw { .. }, Change::Withdraw { .. }));
    both_withdraw || one == other
}

/// Returns the clash where one copy amended an entry and the other withdrew or restored it.
fn sides_of_entry(target: &Target, ours: &Said, our_last: &LastSaid, their_last: &LastSaid) -> Option<Clash> {
    let other_side = match target {
        Target::Content(entry) => Target::Standing(entry.clone()),
        Target::Standing(entry) => Target::Content(entry.clone()),
        Target::SelfScore(..) | Target::Review(..) | Target::NotApplicable(..) => return None,
    };
    let theirs = their_last.get(&other_side).filter(|_| !our_last.contains_key(&other_side))?;
    Some(Clash { ours: ours.clone(), theirs: theirs.clone(), counts: Counts::Both })
}

/// Returns the new entries of both copies that stand and say the very same: one event, recorded by two people.
fn twice(ledger: &Ledger, ours: &[&Record], theirs: &[&Record]) -> Vec<Clash> {
    let is_new = |it: &Said| matches!(it.change, Change::Deduct(_));
    let standing = |said: Said| -> Option<(Said, &Deduction)> {
        let entry = ledger.entry(&said.id).filter(|it| it.withdrawn.is_none())?;
        Some((said, &entry.deduction))
    };
    let new = |records| parts(records).into_iter().filter(is_new).filter_map(standing);
    let mut our_new: BTreeMap<(&UnitId, &IndicatorId), Vec<(Said, &Deduction)>> = BTreeMap::new();
    for (said, what) in new(ours) {
        our_new.entry((&what.unit, &what.indicator)).or_default().push((said, what));
    }
    let mut clashes = Vec::new();
    for (theirs, what) in new(theirs) {
        let Some(candidates) = our_new.get_mut(&(&what.unit, &what.indicator)) else { continue };
        // Each is paired once, so that three and two of the same make two pairs.
        let Some(idx) = candidates.iter().position(|it| it.1 == what) else { continue };
        let (ours, _) = candidates.remove(idx);
        clashes.push(Clash { ours, theirs, counts: Counts::Twice });
    }
    clashes
}

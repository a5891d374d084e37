//! What it would mean if a class's rubric were replaced: what differs in the rubric, which records would no longer
//! fit, and which units' scores and ranks would move.

use std::collections::{HashMap, HashSet};

use crate::change::{Change, Record};
use crate::id::{EntryId, IndicatorId, Stamp, UnitId};
use crate::ledger::{Ledger, Refusal};
use crate::points::Points;
use crate::rank::{RankOptions, rank};
use crate::rubric::{
    Cap, CheckItem, Direction, Indicator, Measure, Modifier, Rubric, Rule, Section, SharedCap,
};

/// What follows if a rubric is replaced.
#[derive(Clone, Debug)]
pub struct RubricChange<'r> {
    /// Which of the ledger's rubrics is replaced.
    pub rubric_idx: usize,
    /// The year as it would be.
    pub after: Ledger,
    /// The units of the class whose score or rank moves; the largest change of score first, equals in roster order.
    pub moved: Vec<Move>,
    /// What was taken in so far and would fit no longer, in the order of the records.
    pub misfits: Vec<Misfit<'r>>,
}

/// How a unit moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which unit of the roster.
    pub unit_idx: usize,
    /// Its score now; none while it is undecided.
    pub score_before: Option<Points>,
    /// Its score then; none while it is undecided.
    pub score_after: Option<Points>,
    /// Its rank now, where it has one.
    pub rank_before: Option<usize>,
    /// Its rank then, where it has one.
    pub rank_after: Option<usize>,
}

/// A change that would fit no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit<'r> {
    /// The record.
    pub record: &'r Record,
    /// Which change of a batch, from 1; 0 where the record is none.
    pub part: u32,
    /// What was done.
    pub change: &'r Change,
    /// Why it would not fit.
    pub refusal: Refusal,
}

impl Move {
    /// Returns by how much the score moves; none where it is undecided now or then.
    pub fn difference(&self) -> Option<Points> {
        Some(self.score_after? - self.score_before?)
    }
}

/// Folds the records over the year with another rubric in the place of the one of its class; `None` where the year has
/// no such class. `records` are all those of the ledger.
pub fn rubric_change<'r>(
    before: &Ledger,
    records: &'r [Record],
    rubric: Rubric,
    options: RankOptions,
) -> Option<RubricChange<'r>> {
    let mut rubrics = before.rubrics().to_vec();
    let rubric_idx = rubrics.iter().position(|it| it.track == rubric.track)?;
    rubrics[rubric_idx] = rubric;
    let mut after = Ledger::new(rubrics, before.roster().clone(), before.settings())
        .expect("the roster fits the classes, which are the same");
    after.extend(records);

    let known: HashSet<(&Stamp, u32)> =
        misfits(before, records).iter().map(|it| (&it.record.stamp, it.part)).collect();
    let mut misfits = misfits(&after, records);
    misfits.retain(|it| !known.contains(&(&it.record.stamp, it.part)));
    let moved = moved(before, &after, rubric_idx, options);
    Some(RubricChange { rubric_idx, after, moved, misfits })
}

/// Returns the units of a class whose score or rank is another `after` than `before`, which are states of one roster;
/// the largest change of score first, equals in roster order.
pub fn moved(before: &Ledger, after: &Ledger, rubric_idx: usize, options: RankOptions) -> Vec<Move> {
    let ranks = |ledger: &Ledger| -> HashMap<usize, Option<usize>> {
        rank(ledger, rubric_idx, options).into_iter().map(|it| (it.unit_idx, it.rank)).collect()
    };
    let (ranks_before, ranks_after) = (ranks(before), ranks(after));
    let of_unit = |unit_idx: usize| Move {
        unit_idx,
        score_before: before.score(unit_idx).decided(),
        score_after: after.score(unit_idx).decided(),
        rank_before: ranks_before[&unit_idx],
        rank_after: ranks_after[&unit_idx],
    };
    let moves = before.units_of(rubric_idx).into_iter().map(of_unit);
    let mut moved: Vec<Move> =
        moves.filter(|it| it.score_before != it.score_after || it.rank_before != it.rank_after).collect();
    let distance = |it: &Move| it.difference().map(|it| it.max(-it));
    moved.sort_by_key(|it| std::cmp::Reverse(distance(it)));
    moved
}

/// Returns what a ledger could not take in of its records, change by change.
fn misfits<'r>(ledger: &Ledger, records: &'r [Record]) -> Vec<Misfit<'r>> {
    // The ledger keeps the refusals in the order of the records and of their parts, each with its record's stamp.
    let mut refusals: HashMap<&Stamp, Vec<&Refusal>> = HashMap::new();
    for (stamp, refusal) in ledger.unresolved() {
        refusals.entry(stamp).or_default().push(refusal);
    }
    let mut misfits = Vec::new();
    for record in records {
        let Some(refusals) = refusals.get(&record.stamp) else { continue };
        let (parts, first) = match &record.change {
            Change::Batch { changes, .. } => (changes.as_slice(), 1),
            one => (std::slice::from_ref(one), 0),
        };
        let failed = parts.iter().zip(first..).filter(|(change, part)| {
            let id = EntryId { stamp: record.stamp.clone(), part: *part };
            !fits(ledger, id, change)
        });
        misfits.extend(failed.zip(refusals).map(|((change, part), refusal)| Misfit {
            record,
            part,
            change,
            refusal: (*refusal).clone(),
        }));
    }
    misfits
}

/// Says whether a ledger was able to take in this change of its records; `id` is the entry's that it would have made.
fn fits(ledger: &Ledger, id: EntryId, change: &Change) -> bool {
    match change {
        Change::Deduct(_) => ledger.entry(&id).is_some(),
        Change::Amend { entry, to } => {
            // Where an entry stands is never amended.
            let stays = |it: &crate::sheet::Entry| {
                (&it.deduction.unit, &it.deduction.indicator) == (&to.unit, &to.indicator)
            };
            ledger.cost(to).is_ok() && ledger.entry(entry).is_some_and(stays)
        }
        Change::Withdraw { entry, .. } | Change::Restore { entry } => ledger.entry(entry).is_some(),
        Change::SelfScore { unit, indicator, .. }
        | Change::Review { unit, indicator, .. }
        | Change::NotApplicable { unit, indicator, .. } => has_place(ledger, unit, indicator),
        // Within a batch; by itself an adoption always fits.
        Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Finalise { .. }
        | Change::Repair { .. }
        | Change::Reopen { .. }
        | Change::Batch { .. } => false,
    }
}

fn has_place(ledger: &Ledger, unit: &UnitId, indicator: &IndicatorId) -> bool {
    let unit_idx = ledger.find_unit(unit.as_str()).filter(|it| ledger.unit(*it).id == *unit);
    unit_idx.is_some_and(|it| ledger.rubric_of(it).indicators().any(|it| it.id == *indicator))
}

/// One difference between two rubrics that may move a score, or is seen by those who record.
///
/// What is quoted, explained or dated, and the order of things, is left out.
#[derive(Debug, PartialEq, Eq)]
pub enum RubricEdit<'r> {
    /// The id, the points or the bounds of the whole, its grades or what decides between equals.
    Whole(Pair<'r, Rubric>),
    /// A section, by its number: its points, its weight, or whether and how it counts.
    Section(Versions<'r, Section>),
    /// A cap over several indicators, by its id.
    SharedCap(Versions<'r, SharedCap>),
    /// A factor, by its name.
    Modifier(Versions<'r, Modifier>),
    /// An indicator, by its id: it is new or gone with all that is in it, or its number, name, points or another of its
    /// properties differs.
    Indicator(Versions<'r, Indicator>),
    /// The points of a 评分要点, by its number.
    Item {
        /// Of which indicator.
        indicator: Pair<'r, Indicator>,
        /// The item.
        item: Versions<'r, CheckItem>,
    },
    /// The label, the measure or another property of a rule, by its id.
    Rule {
        /// Of which indicator.
        indicator: Pair<'r, Indicator>,
        /// The rule.
        rule: Versions<'r, Rule>,
    },
    /// What a cap bounds and by how much, by its id.
    Cap {
        /// Of which indicator.
        indicator: Pair<'r, Indicator>,
        /// The cap.
        cap: Versions<'r, Cap>,
    },
}

/// One thing in two rubrics.
#[derive(Debug, PartialEq, Eq)]
pub struct Pair<'r, T> {
    /// As it is now.
    pub before: &'r T,
    /// As it would be.
    pub after: &'r T,
}

/// A thing that differs between two rubrics.
#[derive(Debug, PartialEq, Eq)]
pub enum Versions<'r, T> {
    /// Only the new one has it.
    Added(&'r T),
    /// Only the old one has it.
    Removed(&'r T),
    /// Both have it, not alike.
    Changed(Pair<'r, T>),
}

/// Returns what differs: of the whole first, then by indicators in the new rubric's order, then the indicators that are
/// gone.
pub fn rubric_edits<'r>(before: &'r Rubric, after: &'r Rubric) -> Vec<RubricEdit<'r>> {
    let mut edits = Vec::new();
    if !is_alike_whole(before, after) {
        edits.push(RubricEdit::Whole(Pair { before, after }));
    }
    let modifiers = differences(
        &before.modifiers,
        &after.modifiers,
        |it| &it.name,
        |one, other| one.times == other.times,
    );
    edits.extend(modifiers.into_iter().map(RubricEdit::Modifier));

    let sections = differences(&before.sections, &after.sections, |it| &it.number, is_alike_section);
    edits.extend(sections.into_iter().map(RubricEdit::Section));
    let shared = differences(
        &before.caps,
        &after.caps,
        |it| &it.id,
        |one, other| {
            let over = |it: &SharedCap| it.over.iter().cloned().collect::<HashSet<_>>();
            (one.at_most, one.per) == (other.at_most, other.per) && over(one) == over(other)
        },
    );
    edits.extend(shared.into_iter().map(RubricEdit::SharedCap));

    let old: Vec<&Indicator> = before.indicators().collect();
    for after in after.indicators() {
        let Some(before) = old.iter().copied().find(|it| it.id == after.id) else {
            edits.push(RubricEdit::Indicator(Versions::Added(after)));
            continue;
        };
        push_indicator(&mut edits, before, after);
    }
    let is_gone = |it: &&&Indicator| !after.indicators().any(|new| new.id == it.id);
    edits.extend(old.iter().filter(is_gone).map(|it| RubricEdit::Indicator(Versions::Removed(it))));
    edits
}

fn push_indicator<'r>(edits: &mut Vec<RubricEdit<'r>>, before: &'r Indicator, after: &'r Indicator) {
    let pair = || Pair { before, after };
    if !is_alike_indicator(before, after) {
        edits.push(RubricEdit::Indicator(Versions::Changed(pair())));
    }
    let items =
        differences(&before.items, &after.items, |it| &it.number, |one, other| one.points == other.points);
    edits.extend(items.into_iter().map(|item| RubricEdit::Item { indicator: pair(), item }));
    let rules = differences(
        &before.rules,
        &after.rules,
        |it| &it.id,
        |one, other| {
            (&one.label, &one.measure) == (&other.label, &other.measure)
                && (direction(one), one.combine, one.per) == (direction(other), other.combine, other.per)
        },
    );
    edits.extend(rules.into_iter().map(|rule| RubricEdit::Rule { indicator: pair(), rule }));
    let caps = differences(
        &before.caps,
        &after.caps,
        |it| &it.id,
        |one, other| {
            let over = |it: &Cap| it.over.iter().cloned().collect::<HashSet<_>>();
            (one.at_most, one.per) == (other.at_most, other.per) && over(one) == over(other)
        },
    );
    edits.extend(caps.into_iter().map(|cap| RubricEdit::Cap { indicator: pair(), cap }));
}

/// Returns whether a rule takes points or gives them; nothing for one that has none.
fn direction(rule: &Rule) -> Option<Direction> {
    let has_points = !matches!(rule.measure, Measure::Forfeit { .. } | Measure::Veto { .. });
    has_points.then_some(rule.direction)
}

fn is_alike_whole(one: &Rubric, other: &Rubric) -> bool {
    // Up to where a grade was printed to go moves nothing.
    let grades = |it: &Rubric| it.grades.iter().map(|it| (it.name.clone(), it.from)).collect::<Vec<_>>();
    (&one.id, one.points, one.at_most, one.decimals)
        == (&other.id, other.points, other.at_most, other.decimals)
        && (one.events, one.not_applicable) == (other.events, other.not_applicable)
        && grades(one) == grades(other)
        && one.tie_breakers == other.tie_breakers
}

fn is_alike_section(one: &Section, other: &Section) -> bool {
    let gate = |it: &Section| it.gate.as_ref().map(|it| it.at_least);
    (one.points, one.weight, one.is_outside) == (other.points, other.weight, other.is_outside)
        && (one.at_least, gate(one), &one.applies) == (other.at_least, gate(other), &other.applies)
}

fn is_alike_indicator(one: &Indicator, other: &Indicator) -> bool {
    let gate = |it: &Indicator| it.gate.as_ref().map(|it| (it.indicator.clone(), it.at_least));
    (&one.number, &one.name, one.points) == (&other.number, &other.name, other.points)
        && (one.at_least, one.start, one.weight) == (other.at_least, other.start, other.weight)
        && (&one.applies, one.not_applicable, gate(one))
            == (&other.applies, other.not_applicable, gate(other))
}

/// Returns what differs between two lists: new and changed things in the new order, then those that are gone.
fn differences<'r, T, K: PartialEq>(
    before: &'r [T],
    after: &'r [T],
    key: impl Fn(&T) -> &K,
    is_alike: impl Fn(&T, &T) -> bool,
) -> Vec<Versions<'r, T>> {
    let mut versions = Vec::new();
    for after in after {
        match before.iter().find(|it| key(it) == key(after)) {
            None => versions.push(Versions::Added(after)),
            Some(before) if !is_alike(before, after) => {
                versions.push(Versions::Changed(Pair { before, after }));
            }
            Some(_) => {}
        }
    }
    let is_gone = |it: &&T| !after.iter().any(|new| key(new) == key(it));
    versions.extend(before.iter().filter(is_gone).map(Versions::Removed));
    versions
}

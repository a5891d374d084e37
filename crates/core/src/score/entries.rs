//! Which entries of an indicator count, and for how many points each: event ties, and how those of one rule combine.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{CapTally, EntryTally, RuleTally};
use crate::id::EntryId;
use crate::points::Points;
use crate::rubric::{Combine, Indicator, Measure, Rubric, Rule, Scope, Window};
use crate::sheet::{Cell, Entry, Sheet};

/// What counts of an indicator's entries.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// In the order of their records.
    pub entries: Vec<EntryTally>,
    pub rules: Vec<RuleTally>,
    pub caps: Vec<CapTally>,
    pub shared_caps: Vec<(usize, Points)>,
    pub forfeits: Forfeits,
}

/// What 不计分 takes to 0.
#[derive(Debug, Default)]
pub(super) struct Forfeits {
    pub items: Vec<usize>,
    pub is_indicator: bool,
    pub is_section: bool,
}

/// The entry of each event that counts.
pub(super) type Highest<'s> = HashMap<&'s str, EntryId>;

/// Returns of each event the entry that counts: the dearest, and of equals the first recorded.
///
/// Dear by itself, before caps and limits: so the one that counts may fall where nothing is left to lose, and one more
/// entry of an event can then raise a score. Which entry counts must not hang on what else was recorded.
pub(super) fn highest_of_events<'s>(rubric: &Rubric, sheet: &'s Sheet) -> Highest<'s> {
    let mut highest: HashMap<&str, (Points, &EntryId)> = HashMap::new();
    for (indicator, cell) in rubric.indicators().zip(&sheet.cells) {
        // What does not concern the unit costs nothing, and so takes nothing from the others.
        if !cell.is_concerned() {
            continue;
        }
        for entry in cell.entries.iter().filter(|it| it.withdrawn.is_none()) {
            let Some(event) = &entry.deduction.event else { continue };
            let costs = match &indicator.rules[entry.rule_idx].measure {
                Measure::Forfeit { strikes: 0 | 1, .. } => indicator.points,
                // A veto is dearer than everything that an indicator can cost.
                Measure::Veto { .. } => Points::whole(Points::MAX_WHOLE),
                // One strike of several, and a place that hangs on others, cost nothing by themselves.
                Measure::Forfeit { .. } | Measure::ByRank { .. } => Points::ZERO,
                Measure::Count { .. }
                | Measure::ByLevel { .. }
                | Measure::Checklist { .. }
                | Measure::Graded { .. }
                | Measure::Discretionary { .. }
                | Measure::Shortfall { .. }
                | Measure::Steps { .. }
                | Measure::Bands { .. }
                | Measure::Ratio { .. }
                | Measure::Imported { .. } => entry.cost,
            };
            let best = highest.entry(event).or_insert((costs, &entry.id));
            if costs > best.0 || (costs == best.0 && entry.id < *best.1) {
                *best = (costs, &entry.id);
            }
        }
    }
    highest.into_iter().map(|(event, (_, id))| (event, id.clone())).collect()
}

/// Returns what counts of an indicator's entries. `place` gives the points of a rule by rank.
pub(super) fn count(
    rubric: &Rubric,
    indicator: &Indicator,
    cell: &Cell,
    highest: Option<&Highest<'_>>,
    place: &dyn Fn(usize) -> Points,
) -> Counted {
    let mut counted =
        Counted { rules: vec![RuleTally::default(); indicator.rules.len()], ..Counted::default() };
    counted.entries.reserve_exact(cell.entries.len());
    for (entry_idx, entry) in cell.entries.iter().enumerate() {
        if entry.withdrawn.is_none() && counts_of_event(entry, highest) {
            counted.entries.push(EntryTally { entry_idx, amount: entry.cost, left: Points::ZERO });
        }
    }
    counted.forfeits = forfeits(rubric, indicator, cell, &counted.entries);
    for rule_idx in 0..indicator.rules.len() {
        combine(rubric, indicator, rule_idx, cell, &mut counted.entries, place);
    }
    for tally in &mut counted.entries {
        tally.left = tally.amount;
        let entry = &cell.entries[tally.entry_idx];
        let rule = &mut counted.rules[entry.rule_idx];
        rule.amount += tally.amount;
        rule.n_entries += 1;
        rule.n_occurrences += u64::from(entry.count);
    }
    counted
}

/// Says whether an entry counts as far as its event goes.
pub(super) fn counts_of_event(entry: &Entry, highest: Option<&Highest<'_>>) -> bool {
    let (Some(highest), Some(event)) = (highest, &entry.deduction.event) else { return true };
    highest.get(event.as_str()) == Some(&entry.id)
}

/// Which stretch of time an entry lies in: the day that weeks count from, and the stretch's number.
pub(super) type Stretch = (Date, i64);

/// Returns which stretch of time an entry lies in, where the rule or cap has any.
pub(super) fn stretch(rubric: &Rubric, per: Option<Window>, day: Date) -> Stretch {
    // Weeks count from the first day of the period; without one from the first day of the entry's own year, and then
    // the first weeks of two years are not the same.
    match per {
        None => (Date::ZERO, 0),
        Some(weeks @ Window::Weeks(_)) => {
            let start = rubric.period.map_or_else(|| day.first_of_year(), |it| it.from);
            (start, weeks.of(day, start))
        }
        Some(window @ (Window::Month | Window::Quarter | Window::HalfYear)) => {
            (Date::ZERO, window.of(day, day))
        }
    }
}

/// Which entries of a rule go together: 评分要点, item of a checklist, stretch of time.
#[derive(PartialEq)]
struct Group<'s> {
    item_idx: Option<usize>,
    level: Option<&'s str>,
    stretch: Stretch,
}

/// Leaves of each group of a rule's entries those that count, each with the points that it counts for.
fn combine(
    rubric: &Rubric,
    indicator: &Indicator,
    rule_idx: usize,
    cell: &Cell,
    tallies: &mut Vec<EntryTally>,
    place: &dyn Fn(usize) -> Points,
) {
    let rule = &indicator.rules[rule_idx];
    let is_checklist = matches!(rule.measure, Measure::Checklist { .. });
    let is_by_rank = matches!(rule.measure, Measure::ByRank { .. });
    // 每项只算一次, however often it is recorded; where they do not add, the items are like any other entries.
    let is_by_item = is_checklist && rule.combine == Combine::Add;
    // A unit has one place, whatever the rule says of several entries.
    let written = if is_by_rank { Combine::Last } else { rule.combine };
    let how = match written {
        Combine::Add if is_checklist => Combine::Highest,
        Combine::Add => return,
        how => how,
    };
    let entry = |tally: &EntryTally| &cell.entries[tally.entry_idx];
    let group = |tally: &EntryTally| {
        let entry = entry(tally);
        Group {
            // A place in the class is the unit's, not one of its check items'.
            item_idx: entry.item_idx.filter(|_| !is_by_rank),
            level: entry.deduction.level.as_deref().filter(|_| is_by_item),
            stretch: stretch(rubric, rule.per.filter(|_| !is_by_rank), entry.deduction.date),
        }
    };
    let is_ours = |tally: &EntryTally| entry(tally).rule_idx == rule_idx;
    let mut dropped: Vec<usize> = Vec::new();
    let mut seen: Vec<Group<'_>> = Vec::new();
    for idx in 0..tallies.len() {
        if !is_ours(&tallies[idx]) {
            continue;
        }
        let group_of = group(&tallies[idx]);
        if seen.contains(&group_of) {
            continue;
        }
        let members: Vec<usize> = (idx..tallies.len())
            .filter(|&it| is_ours(&tallies[it]) && group(&tallies[it]) == group_of)
            .collect();
        seen.push(group_of);
        let last = *members
            .iter()
            .max_by_key(|&&it| (entry(&tallies[it]).deduction.date, it))
            .expect("the entry that the group began with");
        let by_amount = |it: usize| tallies[it].amount;
        match how {
            Combine::Add => {}
            Combine::Mean => {
                let sum: Points = members.iter().map(|&it| by_amount(it)).sum();
                let mean = sum.divided(members.len(), Points::DECIMALS).unwrap_or_default();
                for &it in &members {
                    tallies[it].amount = if it == last { mean } else { Points::ZERO };
                }
            }
            Combine::Last | Combine::Highest | Combine::Lowest => {
                let kept = match how {
                    Combine::Highest => members.iter().copied().rev().max_by_key(|&it| by_amount(it)),
                    Combine::Lowest => members.iter().copied().min_by_key(|&it| by_amount(it)),
                    Combine::Add | Combine::Last | Combine::Mean => Some(last),
                };
                dropped.extend(members.into_iter().filter(|it| Some(*it) != kept));
            }
        }
    }
    if is_by_rank {
        for tally in tallies.iter_mut().filter(|it| cell.entries[it.entry_idx].rule_idx == rule_idx) {
            tally.amount = place(rule_idx);
        }
    }
    let mut idx = 0;
    tallies.retain(|_| {
        idx += 1;
        !dropped.contains(&(idx - 1))
    });
}

/// 「未按要求不计分」: no 每次, so one breach is enough (R3); 「发现两次及以上的不得分」: from the second on.
fn forfeits(rubric: &Rubric, indicator: &Indicator, cell: &Cell, tallies: &[EntryTally]) -> Forfeits {
    let mut forfeits = Forfeits::default();
    for rule in &indicator.rules {
        let Measure::Forfeit { strikes, over, scope } = &rule.measure else { continue };
        for item_idx in struck(rubric, indicator, cell, tallies, rule, (*strikes, over, *scope)) {
            match (scope, item_idx) {
                (Scope::CheckItem, Some(item_idx)) if indicator.items.len() > 1 => {
                    forfeits.items.push(item_idx)
                }
                (Scope::CheckItem | Scope::Indicator, _) => forfeits.is_indicator = true,
                (Scope::Section, _) => forfeits.is_section = true,
            }
        }
    }
    forfeits
}

/// Returns the 评分要点 where strikes are enough; one none where they are counted over the whole indicator.
fn struck(
    rubric: &Rubric,
    indicator: &Indicator,
    cell: &Cell,
    tallies: &[EntryTally],
    rule: &Rule,
    (strikes, over, scope): (u32, &[crate::id::RuleId], Scope),
) -> Vec<Option<usize>> {
    let mut counts: Vec<((Option<usize>, Stretch), u64)> = Vec::new();
    for entry in tallies.iter().map(|it| &cell.entries[it.entry_idx]) {
        let by = &indicator.rules[entry.rule_idx].id;
        if *by != rule.id && !over.contains(by) {
            continue;
        }
        let item_idx = entry.item_idx.filter(|_| scope == Scope::CheckItem);
        let key = (item_idx, stretch(rubric, rule.per, entry.deduction.date));
        match counts.iter_mut().find(|it| it.0 == key) {
            Some(count) => count.1 += u64::from(entry.count),
            None => counts.push((key, u64::from(entry.count))),
        }
    }
    let enough = counts.into_iter().filter(|it| it.1 >= u64::from(strikes.max(1)));
    enough.map(|((item_idx, _), _)| item_idx).collect()
}

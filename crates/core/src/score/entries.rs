//! Which entries of an indicator count, and for how many points each: event ties, and how those of one rule combine.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{CapTally, EntryTally, Forfeit, Forfeited, Reason, RuleTally, Superseded};
use crate::id::EntryId;
use crate::points::Points;
use crate::rubric::{Combine, Direction, Indicator, Measure, Rubric, Rule, Scope, Window};
use crate::sheet::{Cell, Entry, Sheet};

/// What counts of an indicator's entries.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// In the order of their records.
    pub entries: Vec<EntryTally>,
    /// What stands and does not count.
    pub superseded: Vec<Superseded>,
    pub rules: Vec<RuleTally>,
    pub caps: Vec<CapTally>,
    pub shared_caps: Vec<(usize, Points)>,
    pub forfeits: Vec<Forfeit>,
}

/// The entry of each event that counts: one that takes points, and one that gives them.
pub(super) type Highest<'s> = HashMap<(&'s str, Direction), EntryId>;

/// Returns of each event the entries that count: the dearest that takes points and the dearest that gives them, and of
/// equals the first recorded. A veto is nothing that is counted twice, and stands beside them.
///
/// Dear by itself, before caps and limits: so the one that counts may fall where nothing is left to lose, and one more
/// entry of an event can then raise a score. Which entry counts must not hang on what else was recorded.
pub(super) fn highest_of_events<'s>(rubric: &Rubric, sheet: &'s Sheet) -> Highest<'s> {
    let mut highest: HashMap<(&str, Direction), (Points, &EntryId)> = HashMap::new();
    for (indicator, cell) in rubric.indicators().zip(&sheet.cells) {
        // What does not concern the unit costs nothing, and so takes nothing from the others.
        if !cell.is_concerned() {
            continue;
        }
        for entry in cell.entries.iter().filter(|it| it.withdrawn.is_none()) {
            let rule = &indicator.rules[entry.rule_idx];
            let Some(event) = event_of(entry, rule) else { continue };
            let costs = match &rule.measure {
                Measure::Forfeit { strikes: 0 | 1, .. } => indicator.points,
                // One strike of several, and what hangs on others, cost nothing by themselves.
                Measure::Forfeit { .. }
                | Measure::ByRank { .. }
                | Measure::Relative { .. }
                | Measure::Veto { .. } => Points::ZERO,
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
            let best = highest.entry((event, rule.direction)).or_insert((costs, &entry.id));
            if costs > best.0 || (costs == best.0 && entry.id < *best.1) {
                *best = (costs, &entry.id);
            }
        }
    }
    highest.into_iter().map(|(event, (_, id))| (event, id.clone())).collect()
}

/// Returns the event that an entry is compared with others by; none for a veto.
fn event_of<'s>(entry: &'s Entry, rule: &Rule) -> Option<&'s str> {
    let is_veto = matches!(rule.measure, Measure::Veto { .. });
    entry.deduction.event.as_deref().filter(|_| !is_veto)
}

/// Says whether an entry counts as far as its event goes.
pub(super) fn counts_of_event(entry: &Entry, rule: &Rule, highest: Option<&Highest<'_>>) -> bool {
    let (Some(highest), Some(event)) = (highest, event_of(entry, rule)) else { return true };
    highest.get(&(event, rule.direction)) == Some(&entry.id)
}

/// Returns what counts of an indicator's entries. `in_class` gives the points of a rule
/// that hang on the class.
pub(super) fn count(
    rubric: &Rubric,
    indicator: &Indicator,
    cell: &Cell,
    highest: Option<&Highest<'_>>,
    in_class: &dyn Fn(usize) -> Points,
) -> Counted {
    let mut counted =
        Counted { rules: vec![RuleTally::default(); indicator.rules.len()], ..Counted::default() };
    counted.entries.reserve_exact(cell.entries.len());
    for (entry_idx, entry) in cell.entries.iter().enumerate().filter(|it| it.1.withdrawn.is_none()) {
        if counts_of_event(entry, &indicator.rules[entry.rule_idx], highest) {
            counted.entries.push(EntryTally { entry_idx, amount: entry.cost, left: Points::ZERO });
        } else {
            counted.superseded.push(Superseded { entry_idx, by: Reason::Event });
        }
    }
    for (rule_idx, rule) in indicator.rules.iter().enumerate() {
        forfeits(rubric, indicator, cell, (rule_idx, rule), &mut counted);
    }
    for (rule_idx, rule) in indicator.rules.iter().enumerate() {
        combine(rubric, rule_idx, rule, cell, &mut counted);
        if rule.measure.hangs_on_class() {
            let ours =
                counted.entries.iter_mut().filter(|it| cell.entries[it.entry_idx].rule_idx == rule_idx);
            ours.for_each(|it| it.amount = in_class(rule_idx));
        }
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
fn combine(rubric: &Rubric, rule_idx: usize, rule: &Rule, cell: &Cell, counted: &mut Counted) {
    let is_checklist = matches!(rule.measure, Measure::Checklist { .. });
    let how = match rule.combine {
        // A unit has one value among the class, whatever the rule says of several entries.
        _ if rule.measure.hangs_on_class() => Combine::Last,
        // 每项只算一次, however often it is recorded; where they do not add, the items are like any other entries.
        Combine::Add if is_checklist => Combine::Highest,
        Combine::Add => return,
        how @ (Combine::Last | Combine::Highest | Combine::Lowest | Combine::Mean) => how,
    };
    // Each group with its members, by their places among what counts so far.
    let mut groups: Vec<(Group<'_>, Vec<usize>)> = Vec::new();
    for (idx, tally) in counted.entries.iter().enumerate() {
        let entry = &cell.entries[tally.entry_idx];
        if entry.rule_idx != rule_idx {
            continue;
        }
        let group = group_of(rubric, rule, entry);
        match groups.iter_mut().find(|it| it.0 == group) {
            Some((_, members)) => members.push(idx),
            None => groups.push((group, vec![idx])),
        }
    }
    let mut keeps = vec![true; counted.entries.len()];
    for (_, members) in groups {
        choose(how, cell, &members, &mut counted.entries, &mut keeps);
    }
    let superseded = counted.entries.iter().zip(&keeps).filter(|it| !it.1);
    counted
        .superseded
        .extend(superseded.map(|(tally, _)| Superseded { entry_idx: tally.entry_idx, by: Reason::Combine }));
    let mut keeps = keeps.into_iter();
    counted.entries.retain(|_| keeps.next().unwrap_or(true));
}

/// Returns which of its rule's entries an entry goes together with.
fn group_of<'s>(rubric: &Rubric, rule: &Rule, entry: &'s Entry) -> Group<'s> {
    // A value among the class is the unit's, not one of its check items'.
    let is_of_unit = rule.measure.hangs_on_class();
    let is_by_item = matches!(rule.measure, Measure::Checklist { .. }) && rule.combine == Combine::Add;
    Group {
        item_idx: entry.item_idx.filter(|_| !is_of_unit),
        level: entry.deduction.level.as_deref().filter(|_| is_by_item),
        stretch: stretch(rubric, rule.per.filter(|_| !is_of_unit), entry.deduction.date),
    }
}

/// Decides which members of a group count, and for how much.
fn choose(how: Combine, cell: &Cell, members: &[usize], tallies: &mut [EntryTally], keeps: &mut [bool]) {
    let date = |idx: usize| cell.entries[tallies[idx].entry_idx].deduction.date;
    let last = members.iter().copied().max_by_key(|&it| (date(it), it));
    let amount = |idx: usize| tallies[idx].amount;
    let kept = match how {
        Combine::Add => return,
        Combine::Mean => {
            let sum: Points = members.iter().map(|&it| amount(it)).sum();
            let mean = sum.divided(members.len(), Points::DECIMALS).unwrap_or_default();
            for &it in members {
                // It stands where the last of them does, which is what caps ask for its day and order.
                tallies[it].amount = if Some(it) == last { mean } else { Points::ZERO };
            }
            return;
        }
        Combine::Last => last,
        // Of equals the one recorded first.
        Combine::Highest => members.iter().copied().rev().max_by_key(|&it| amount(it)),
        Combine::Lowest => members.iter().copied().min_by_key(|&it| amount(it)),
    };
    for &it in members {
        keeps[it] = Some(it) == kept;
    }
}

/// Adds what a rule of 不计分 takes to 0. 「未按要求不计分」: no 每次, so one breach is enough (R3);
/// 「发现两次及以上的不得分」: from the second on.
fn forfeits(
    rubric: &Rubric,
    indicator: &Indicator,
    cell: &Cell,
    (rule_idx, rule): (usize, &Rule),
    counted: &mut Counted,
) {
    let Measure::Forfeit { strikes, over, scope } = &rule.measure else { return };
    let mut counts: Vec<((Forfeited, Stretch), u64)> = Vec::new();
    for entry in counted.entries.iter().map(|it| &cell.entries[it.entry_idx]) {
        let by = &indicator.rules[entry.rule_idx].id;
        // A measurement that costs nothing is no breach.
        let is_breach = *by == rule.id || (over.contains(by) && !entry.each.is_zero());
        if !is_breach {
            continue;
        }
        let item_idx = entry.item_idx.filter(|_| indicator.items.len() > 1);
        let what = match (scope, item_idx) {
            (Scope::CheckItem, Some(item_idx)) => Forfeited::Item(item_idx),
            (Scope::CheckItem, None) | (Scope::Indicator, _) => Forfeited::Indicator,
            (Scope::Section, _) => Forfeited::Section,
        };
        let key = (what, stretch(rubric, rule.per, entry.deduction.date));
        match counts.iter_mut().find(|it| it.0 == key) {
            Some(count) => count.1 += u64::from(entry.count),
            None => counts.push((key, u64::from(entry.count))),
        }
    }
    for ((what, _), _) in counts.into_iter().filter(|it| it.1 >= u64::from((*strikes).max(1))) {
        let forfeit = Forfeit { rule_idx, what };
        if !counted.forfeits.contains(&forfeit) {
            counted.forfeits.push(forfeit);
        }
    }
}

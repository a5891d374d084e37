//! Steps 1 to 4: which entries count, and for how much.

use jiff::civil::{Date, date};
use kaohe_core::{Combine, Deduction, Events, Measure, Rubric, Window};
use rust_decimal::Decimal;

use crate::cost::one_occurrence;
use crate::places::{is_in_class, points_in_class};
use crate::recorded::{Said, Year, decimal, nodes, rounded};

/// An entry that counts, with its names resolved.
#[derive(Clone, Debug)]
pub struct Live<'y> {
    /// The entry.
    pub said: &'y Said,
    /// Its indicator.
    pub indicator_idx: usize,
    /// Its rule.
    pub rule_idx: usize,
    /// Its 评分要点; none for the indicator as a whole.
    pub item_idx: Option<usize>,
    /// Its own cost, before others are looked at.
    pub cost: Decimal,
    /// Whether one occurrence costs anything.
    pub is_breach: bool,
    /// Occurrences that count.
    pub count: u32,
}

/// Returns the entries of a unit that count (step 1), in the order of their records.
pub fn live_entries<'y>(year: &Year<'y>, unit_idx: usize) -> Vec<Live<'y>> {
    let rubric = year.rubric_of(unit_idx);
    let nodes = nodes(rubric);
    let mut live = Vec::new();
    for said in &year.recorded.entries {
        let deduction = &said.deduction;
        if said.is_withdrawn || deduction.unit != year.roster.units[unit_idx].id {
            continue;
        }
        let indicator_idx = nodes.iter().position(|it| it.1.id == deduction.indicator).expect("known");
        if !year.is_concerned(unit_idx, indicator_idx) {
            continue;
        }
        let indicator = nodes[indicator_idx].1;
        let rule_idx = indicator.rules.iter().position(|it| it.id == deduction.rule).expect("known");
        let item_idx = match &deduction.item {
            Some(number) => indicator.items.iter().position(|it| it.number == *number),
            None if indicator.items.len() == 1 => Some(0),
            None => None,
        };
        let factor = factor(rubric, deduction);
        let most = Decimal::from(1_000_000);
        let each = one_occurrence(indicator, &indicator.rules[rule_idx].measure, item_idx, deduction);
        let cost = (rounded(each.min(most) * factor, 6) * Decimal::from(deduction.count)).min(most);
        let count = if factor.is_zero() { 0 } else { deduction.count };
        let is_breach = !rounded(each.min(most) * factor, 6).is_zero();
        live.push(Live { said, indicator_idx, rule_idx, item_idx, cost, count, is_breach });
    }
    if rubric.events.unwrap_or(year.settings.events) == Events::HighestOnly {
        live = dearest_of_each_event(rubric, live);
    }
    live
}

fn dearest_of_each_event<'y>(rubric: &Rubric, live: Vec<Live<'y>>) -> Vec<Live<'y>> {
    let nodes = nodes(rubric);
    // What takes points and what gives them is compared apart; a veto is compared with nothing.
    let side = |it: &Live| nodes[it.indicator_idx].1.rules[it.rule_idx].direction;
    let is_veto =
        |it: &Live| matches!(nodes[it.indicator_idx].1.rules[it.rule_idx].measure, Measure::Veto { .. });
    let dear = |it: &Live| {
        let indicator = nodes[it.indicator_idx].1;
        match &indicator.rules[it.rule_idx].measure {
            Measure::Forfeit { strikes, .. } if *strikes <= 1 => decimal(indicator.points),
            Measure::Forfeit { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. }
            | Measure::Veto { .. } => Decimal::ZERO,
            Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Checklist { .. }
            | Measure::Graded { .. }
            | Measure::Discretionary { .. }
            | Measure::Shortfall { .. }
            | Measure::Steps { .. }
            | Measure::Bands { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. } => it.cost,
        }
    };
    let mut kept: Vec<Live> = Vec::new();
    for entry in live {
        let rival = match &entry.said.deduction.event {
            None => None,
            Some(_) if is_veto(&entry) => None,
            Some(event) => kept.iter().position(|it| {
                it.said.deduction.event.as_ref() == Some(event) && side(it) == side(&entry) && !is_veto(it)
            }),
        };
        match rival {
            None => kept.push(entry),
            Some(idx) if dear(&entry) > dear(&kept[idx]) => {
                kept.remove(idx);
                kept.push(entry);
            }
            Some(_) => {}
        }
    }
    kept
}

fn factor(rubric: &Rubric, deduction: &Deduction) -> Decimal {
    match &deduction.modifier {
        None => Decimal::ONE,
        Some(name) => {
            decimal(rubric.modifiers.iter().find(|it| it.name == *name).expect("a known factor").times)
        }
    }
}

/// A stretch of time: where the counting begins, and the how-manieth from there.
pub type Stretch = (Date, i64);

/// Returns the stretch that a day lies in; the same one for all days where there is no window.
pub fn stretch(rubric: &Rubric, window: Option<Window>, day: Date) -> Stretch {
    let new_year = date(day.year(), 1, 1);
    let month = i64::from(day.month()) - 1;
    match window {
        None => (date(1, 1, 1), 0),
        Some(Window::Month) => (new_year, month),
        Some(Window::Quarter) => (new_year, month / 3),
        Some(Window::HalfYear) => (new_year, month / 6),
        Some(Window::Weeks(n)) => {
            let start = rubric.period.map_or(new_year, |it| it.from);
            let days = i64::from((day - start).get_days());
            (start, days.div_euclid(7 * i64::from(n)))
        }
    }
}

/// Returns how much each live entry counts for after combining (step 3) and capping (step 4), in the order of records.
/// Places and the like that are not decided yet count for
/// what they are so far; the indicator is then undecided, but others may lie under a cap with it.
pub fn amounts<'y>(year: &Year<'y>, unit_idx: usize) -> Vec<(Live<'y>, Decimal)> {
    let rubric = year.rubric_of(unit_idx);
    let mut amounts = combined(year, unit_idx);
    for (indicator_idx, (_, indicator)) in nodes(rubric).into_iter().enumerate() {
        let mut caps: Vec<_> = indicator.caps.iter().collect();
        caps.sort_by_key(|it| it.over.len());
        for cap in caps {
            let is_under = |it: &Live| {
                it.indicator_idx == indicator_idx && cap.over.contains(&indicator.rules[it.rule_idx].id)
            };
            bound(rubric, &mut amounts, decimal(cap.at_most), cap.per, is_under);
        }
    }
    for cap in &rubric.caps {
        let is_under = |it: &Live| {
            let deduction = &it.said.deduction;
            cap.over.iter().any(|it| it.indicator == deduction.indicator && it.rule == deduction.rule)
        };
        bound(rubric, &mut amounts, decimal(cap.at_most), cap.per, is_under);
    }
    amounts
}

/// Lets the entries under a cap count for no more than it allows in each stretch; those recorded last give way.
fn bound(
    rubric: &Rubric,
    amounts: &mut [(Live, Decimal)],
    at_most: Decimal,
    per: Option<Window>,
    is_under: impl Fn(&Live) -> bool,
) {
    let mut used: Vec<(Stretch, Decimal)> = Vec::new();
    for (entry, amount) in amounts.iter_mut() {
        if !is_under(entry) {
            continue;
        }
        let stretch = stretch(rubric, per, entry.said.deduction.date);
        let before: Decimal = used.iter().filter(|it| it.0 == stretch).map(|it| it.1).sum();
        *amount = (*amount).min(at_most - before);
        used.push((stretch, *amount));
    }
}

/// Returns how much each live entry counts for after combining (step 3).
fn combined<'y>(year: &Year<'y>, unit_idx: usize) -> Vec<(Live<'y>, Decimal)> {
    let rubric = year.rubric_of(unit_idx);
    let nodes = nodes(rubric);
    let live = live_entries(year, unit_idx);
    let mut amounts = Vec::new();
    for entry in &live {
        let rule = &nodes[entry.indicator_idx].1.rules[entry.rule_idx];
        let in_class = is_in_class(&rule.measure);
        let group_of = |it: &Live| {
            let stretch = stretch(rubric, rule.per, it.said.deduction.date);
            if in_class { None } else { Some((it.item_idx, stretch)) }
        };
        let mut group: Vec<&Live> = Vec::new();
        for other in &live {
            let is_same_rule = (other.indicator_idx, other.rule_idx) == (entry.indicator_idx, entry.rule_idx);
            if is_same_rule && group_of(other) == group_of(entry) {
                group.push(other);
            }
        }
        let is = |it: &Live| it.said.order == entry.said.order;
        let last = group.iter().max_by_key(|it| (it.said.deduction.date, it.said.order)).expect("not empty");
        let amount = if in_class {
            let points = points_in_class(year, unit_idx, entry.indicator_idx, entry.rule_idx);
            if is(last) { points.unwrap_or(Decimal::ZERO) } else { Decimal::ZERO }
        } else {
            match rule.combine {
                Combine::Add if matches!(rule.measure, Measure::Checklist { .. }) => {
                    group.retain(|it| it.said.deduction.level == entry.said.deduction.level);
                    if is(first_of(&group, true)) { entry.cost } else { Decimal::ZERO }
                }
                Combine::Add => entry.cost,
                Combine::Last => {
                    if is(last) {
                        entry.cost
                    } else {
                        Decimal::ZERO
                    }
                }
                Combine::Highest => {
                    if is(first_of(&group, true)) {
                        entry.cost
                    } else {
                        Decimal::ZERO
                    }
                }
                Combine::Lowest => {
                    if is(first_of(&group, false)) {
                        entry.cost
                    } else {
                        Decimal::ZERO
                    }
                }
                Combine::Mean => {
                    let sum: Decimal = group.iter().map(|it| it.cost).sum();
                    // It stands where the last of them does, which is the one that a cap asks for its day and order.
                    if is(last) { rounded(sum / Decimal::from(group.len()), 6) } else { Decimal::ZERO }
                }
            }
        };
        amounts.push((entry.clone(), amount));
    }
    amounts
}

/// Returns the dearest or the cheapest of a group; of equals the one recorded first.
fn first_of<'l, 'y>(group: &[&'l Live<'y>], is_dearest: bool) -> &'l Live<'y> {
    let mut first = group[0];
    for entry in group {
        let is_better = if is_dearest { entry.cost > first.cost } else { entry.cost < first.cost };
        if is_better {
            first = entry;
        }
    }
    first
}

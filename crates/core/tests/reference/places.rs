//! What a unit's value is worth beside those of its class: by its place, by the part of the best one that it comes to,
//! or by how far it lies from the mean.

use kaohe_core::{Best, Measure, Places, Reference, Span};
use rust_decimal::Decimal;

use crate::cost::away;
use crate::entries::live_entries;
use crate::recorded::{Year, decimal, rounded};

/// Says whether what an entry is worth follows from the values of the class.
pub fn is_in_class(measure: &Measure) -> bool {
    let is_mean = matches!(measure, Measure::Steps { reference: Reference::ClassMean, .. });
    is_mean || matches!(measure, Measure::ByRank { .. } | Measure::Relative { .. })
}

/// Returns what a unit's value is worth beside those stated so far; none where it has none itself.
pub fn points_in_class(
    year: &Year<'_>,
    unit_idx: usize,
    indicator_idx: usize,
    rule_idx: usize,
) -> Option<Decimal> {
    let mine = value(year, unit_idx, indicator_idx, rule_idx)?;
    let mut values = vec![mine];
    for other in year.others(unit_idx) {
        if year.is_concerned(other, indicator_idx) {
            values.extend(value(year, other, indicator_idx, rule_idx));
        }
    }
    match &year.node(unit_idx, indicator_idx).1.rules[rule_idx].measure {
        Measure::Relative { best, points, .. } => {
            let (dividend, divisor) = match best {
                Best::Highest => (mine, values.iter().copied().max()?),
                Best::Lowest => (values.iter().copied().min()?, mine),
            };
            let is_first = dividend == divisor;
            let points = decimal(points);
            Some(if is_first { points } else { rounded(points * dividend / divisor, 6) })
        }
        Measure::Steps { side, step, each, rounding, .. } => {
            let sum: Decimal = values.iter().sum();
            let mean = rounded(sum / Decimal::from(values.len()), 6);
            let points = away(mean, mine, *side, decimal(step), decimal(each), *rounding);
            Some(points.min(Decimal::from(1_000_000)))
        }
        _ => place_points(year, unit_idx, indicator_idx, rule_idx),
    }
}

/// Returns the value that a unit has for a rule: that of its last entry by date, of one date the one recorded
/// last.
fn value(year: &Year<'_>, unit_idx: usize, indicator_idx: usize, rule_idx: usize) -> Option<Decimal> {
    let mut entries = live_entries(year, unit_idx);
    entries.retain(|it| (it.indicator_idx, it.rule_idx) == (indicator_idx, rule_idx));
    let last = entries.iter().max_by_key(|it| (it.said.deduction.date, it.said.order))?;
    last.said.deduction.value.map(decimal)
}

/// Says whether all values are decided of the units that an indicator concerns: each has a value and is 已复核 there.
pub fn is_decided(year: &Year<'_>, unit_idx: usize, indicator_idx: usize, rule_idx: usize) -> bool {
    let mut units = year.others(unit_idx);
    units.push(unit_idx);
    units.retain(|&it| year.is_concerned(it, indicator_idx));
    units.iter().all(|&it| {
        value(year, it, indicator_idx, rule_idx).is_some()
            && year.recorded.reviewed.contains(&(it, indicator_idx))
    })
}

/// Returns the points of a unit's place among those that have a value so far; none where it has none itself.
fn place_points(year: &Year<'_>, unit_idx: usize, indicator_idx: usize, rule_idx: usize) -> Option<Decimal> {
    let Measure::ByRank { best, places, .. } = &year.node(unit_idx, indicator_idx).1.rules[rule_idx].measure
    else {
        return None;
    };
    let mine = value(year, unit_idx, indicator_idx, rule_idx)?;
    let mut others = year.others(unit_idx);
    others.retain(|&it| year.is_concerned(it, indicator_idx));
    let (mut n_better, mut n_worse, mut n_others) = (0, 0, 0);
    for &other in &others {
        let Some(other) = value(year, other, indicator_idx, rule_idx) else { continue };
        n_others += 1;
        let is_better = match best {
            Best::Highest => other > mine,
            Best::Lowest => other < mine,
        };
        n_better += i32::from(is_better);
        n_worse += i32::from(!is_better && other != mine);
    }
    let (from_first, from_last) = (n_better + 1, n_worse + 1);
    let n = Decimal::from(n_others + 1);
    match places {
        Places::Descending { first, each } => {
            Some((decimal(first) - decimal(each) * Decimal::from(n_better)).max(Decimal::ZERO))
        }
        Places::Named(named) => {
            for place in named {
                let is_in = match place.span {
                    Span::Between(from, to) => {
                        let after = if from > 0 { from_first >= from } else { -from_last >= from };
                        let before = if to > 0 { from_first <= to } else { -from_last <= to };
                        after && before
                    }
                    Span::Percent(percent) => {
                        let percent = decimal(percent);
                        let place = if percent > Decimal::ZERO { from_first } else { from_last };
                        Decimal::from(place) * Decimal::ONE_HUNDRED <= percent.abs() * n
                    }
                };
                if is_in {
                    return Some(decimal(place.points));
                }
            }
            Some(Decimal::ZERO)
        }
    }
}

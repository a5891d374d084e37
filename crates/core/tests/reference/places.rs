//! ByRank: what a unit's place in its class is worth.

use kaohe_core::{Best, Measure, Places, Span};
use rust_decimal::Decimal;

use crate::entries::live_entries;
use crate::recorded::{Year, decimal};

/// Returns the value that a unit has for a rule by rank: that of its last entry by date, of one date the one recorded
/// last.
fn value(year: &Year<'_>, unit_idx: usize, indicator_idx: usize, rule_idx: usize) -> Option<Decimal> {
    let mut entries = live_entries(year, unit_idx);
    entries.retain(|it| (it.indicator_idx, it.rule_idx) == (indicator_idx, rule_idx));
    let last = entries.iter().max_by_key(|it| (it.said.deduction.date, it.said.order))?;
    last.said.deduction.value.map(decimal)
}

/// Says whether the places of all units are decided that an indicator concerns: each has a value and is 已复核 there.
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
pub fn place_points(
    year: &Year<'_>,
    unit_idx: usize,
    indicator_idx: usize,
    rule_idx: usize,
) -> Option<Decimal> {
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

//! Step 11: ranks.

use kaohe_core::{Start, Ties};
use rust_decimal::Decimal;

use crate::recorded::{Instead, Year, decimal, nodes};
use crate::scorer::UnitScored;

/// Returns what an indicator that is left out is taken to be between equals: full marks, or what it starts from where
/// it is none of the unit's.
fn left_out(year: &Year<'_>, unit_idx: usize, indicator_idx: usize) -> Decimal {
    let indicator = year.node(unit_idx, indicator_idx).1;
    match (year.instead(unit_idx, indicator_idx), indicator.start) {
        (Some(Instead::Absent), Start::Zero) => Decimal::ZERO,
        (Some(Instead::Absent), Start::Full) | (Some(Instead::Treated(_)) | None, _) => {
            decimal(indicator.points)
        }
    }
}

/// Returns a class's ranks, each with whether it is shared; none for who has no rank.
pub fn ranks(
    year: &Year<'_>,
    unit_idxs: &[usize],
    scores: &[UnitScored],
    is_provisional: bool,
) -> Vec<Option<(usize, bool)>> {
    let may_rank =
        |it: &UnitScored| !it.is_undecided && !it.is_disqualified && (is_provisional || it.is_reviewed);
    let key = |unit_idx: usize| {
        let rubric = year.rubric_of(unit_idx);
        let mut key = vec![scores[unit_idx].total];
        for id in &rubric.tie_breakers {
            let at = nodes(rubric).iter().position(|it| it.1.id == *id).expect("a known indicator");
            key.push(scores[unit_idx].indicators[at].points.unwrap_or_else(|| left_out(year, unit_idx, at)));
        }
        key
    };
    let ranked: Vec<usize> = unit_idxs.iter().copied().filter(|&it| may_rank(&scores[it])).collect();
    let mut ranks = Vec::new();
    for &unit_idx in unit_idxs {
        if !may_rank(&scores[unit_idx]) {
            ranks.push(None);
            continue;
        }
        let mut better: Vec<_> = ranked.iter().map(|&it| key(it)).filter(|it| *it > key(unit_idx)).collect();
        if year.settings.ties == Ties::Dense {
            better.sort();
            better.dedup();
        }
        let is_tied = ranked.iter().any(|&it| it != unit_idx && key(it) == key(unit_idx));
        ranks.push(Some((better.len() + 1, is_tied)));
    }
    ranks
}

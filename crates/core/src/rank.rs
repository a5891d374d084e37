//! The ranking (排名) of a class.

use crate::ledger::Ledger;
use crate::settings::Ties;

/// A unit's place in its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which unit of the roster.
    pub unit_idx: usize,
    /// 名次, from 1; none while the unit is 未复核 (R8).
    pub rank: Option<usize>,
    /// 并列: whether another unit has the same rank (R9).
    pub is_tied: bool,
}

/// What is ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RankOptions {
    /// Ranks units that are 未复核 too, by their provisional scores.
    pub provisional: bool,
}

/// Returns a class's units by rank, equals in roster order, then those without a rank in roster order.
pub fn rank(ledger: &Ledger, rubric_idx: usize, options: RankOptions) -> Vec<Standing> {
    let may_rank = |it: &usize| options.provisional || ledger.score(*it).is_settled();
    let (mut ranked, unranked): (Vec<usize>, Vec<usize>) =
        ledger.units_of(rubric_idx).into_iter().partition(may_rank);
    let score = |unit_idx: usize| ledger.score(unit_idx).score;
    // The sort is stable, so that equals stay in roster order.
    ranked.sort_by_key(|&it| std::cmp::Reverse(score(it)));

    let mut standings: Vec<Standing> = Vec::with_capacity(ranked.len() + unranked.len());
    let (mut rank, mut n_distinct) = (0, 0);
    for (idx, &unit_idx) in ranked.iter().enumerate() {
        let equals = |other: Option<&usize>| other.is_some_and(|&it| score(it) == score(unit_idx));
        let equals_previous = idx.checked_sub(1).is_some_and(|it| equals(ranked.get(it)));
        if !equals_previous {
            n_distinct += 1;
            rank = match ledger.settings().ties {
                Ties::Skip => idx + 1,
                Ties::Dense => n_distinct,
            };
        }
        let is_tied = equals_previous || equals(ranked.get(idx + 1));
        standings.push(Standing { unit_idx, rank: Some(rank), is_tied });
    }
    standings.extend(unranked.into_iter().map(|unit_idx| Standing { unit_idx, rank: None, is_tied: false }));
    standings
}

//! The ranking (排名) of a class.

use crate::ledger::Ledger;
use crate::settings::Ties;

/// A unit's place in its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which unit of the roster.
    pub unit_idx: usize,
    /// 名次, from 1; none while the unit is 未复核 (R8), undecided, or disqualified by a veto.
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

/// Says whether a unit has a place. What is undecided is no number, and who is disqualified has no place, not even a
/// provisional one.
pub(crate) fn may_rank(ledger: &Ledger, unit_idx: usize, options: RankOptions) -> bool {
    let score = ledger.score(unit_idx);
    let has_number = score.undecided.is_empty() && !score.is_disqualified;
    has_number && (options.provisional || score.is_settled())
}

/// Returns a class's units by rank, equals in roster order, then those without a rank in roster order.
pub fn rank(ledger: &Ledger, rubric_idx: usize, options: RankOptions) -> Vec<Standing> {
    let (mut ranked, unranked): (Vec<usize>, Vec<usize>) =
        ledger.units_of(rubric_idx).into_iter().partition(|it| may_rank(ledger, *it, options));
    // The total, then what the rubric says decides between equals (R9).
    let tie_breakers: Vec<usize> = {
        let rubric = &ledger.rubrics()[rubric_idx];
        let ids = rubric.tie_breakers.iter();
        ids.filter_map(|id| rubric.indicators().position(|it| it.id == *id)).collect()
    };
    let score = |unit_idx: usize| {
        let score = ledger.score(unit_idx);
        let decides = tie_breakers.iter().map(|&it| score.indicators[it].score);
        (score.score, decides.collect::<Vec<_>>())
    };
    // The sort is stable, so that equals stay in roster order.
    ranked.sort_by_cached_key(|&it| std::cmp::Reverse(score(it)));

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

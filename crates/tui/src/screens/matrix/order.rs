//! In which order the units stand.

use kaohe_core::{Ledger, Points, State};

use super::facts::Facts;

/// By what the rows are sorted. An indicator is the one that was the current column when it was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// As in the roster.
    #[default]
    Roster,
    /// 得分, the highest first.
    ScoreDown(usize),
    /// 得分, the lowest first.
    ScoreUp(usize),
    /// 扣分, the most first.
    Lost(usize),
    /// By how far 自评 and 得分 are apart, the farthest first.
    Gap(usize),
    /// 未复核 first.
    Pending(usize),
    /// The total, the highest first.
    TotalDown,
    /// The total, the lowest first.
    TotalUp,
    /// The rank, the best first.
    Rank,
}

impl Order {
    /// Returns what there is to choose from on a column.
    pub(crate) fn choices(indicator_idx: usize) -> [Order; 9] {
        [
            Order::Roster,
            Order::ScoreDown(indicator_idx),
            Order::ScoreUp(indicator_idx),
            Order::Lost(indicator_idx),
            Order::Gap(indicator_idx),
            Order::Pending(indicator_idx),
            Order::TotalDown,
            Order::TotalUp,
            Order::Rank,
        ]
    }

    /// Returns the indicator that it looks at.
    pub(crate) fn indicator_idx(self) -> Option<usize> {
        match self {
            Order::ScoreDown(idx)
            | Order::ScoreUp(idx)
            | Order::Lost(idx)
            | Order::Gap(idx)
            | Order::Pending(idx) => Some(idx),
            Order::Roster | Order::TotalDown | Order::TotalUp | Order::Rank => None,
        }
    }

    /// Returns the sign of its direction: `^` from the least to the most, `v` the other way.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Order::Roster => "",
            Order::ScoreUp(_) | Order::TotalUp | Order::Rank => "^",
            Order::ScoreDown(_) | Order::Lost(_) | Order::Gap(_) | Order::Pending(_) | Order::TotalDown => {
                "v"
            }
        }
    }

    /// Sorts units, equals staying as they are; those that have nothing to be sorted by come last.
    pub(super) fn sort(self, units: &mut [usize], ledger: &Ledger, facts: &Facts) {
        if self != Order::Roster {
            units.sort_by_cached_key(|it| {
                let key = self.key(*it, ledger, facts);
                (key.is_none(), key.unwrap_or_default())
            });
        }
    }

    /// Returns what a unit is sorted by, the least first; none where it has nothing of the kind.
    fn key(self, unit_idx: usize, ledger: &Ledger, facts: &Facts) -> Option<Points> {
        let total = ledger.score(unit_idx);
        let score = self.indicator_idx().map(|it| &total.indicators[it]);
        let score = score.filter(|it| it.state != State::NotApplicable);
        let points = score.and_then(|it| it.decided());
        match self {
            Order::Roster => None,
            Order::ScoreUp(_) => points,
            Order::ScoreDown(_) => points.map(|it| -it),
            Order::Lost(_) => points.and(score).map(|it| -it.lost()),
            Order::Gap(_) => {
                let gap = score?.self_score? - points?;
                Some(if gap.is_negative() { gap } else { -gap })
            }
            Order::Pending(_) => (score?.state == State::Pending).then_some(Points::ZERO),
            Order::TotalUp => total.decided(),
            Order::TotalDown => total.decided().map(|it| -it),
            Order::Rank => {
                facts.standing(unit_idx)?.rank.and_then(|it| u32::try_from(it).ok()).map(Points::whole)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kaohe_core::Start;

    use super::*;
    use crate::screens::matrix::testing::class;

    /// Sorts a class, and says which units stand from the top to the bottom.
    #[track_caller]
    fn check(units: &str, order: Order, expected: &[usize]) {
        let ledger = class(units, Start::Full);
        let facts = Facts::of(&ledger, 0);
        let mut rows = facts.units.clone();
        order.sort(&mut rows, &ledger, &facts);
        assert_eq!(rows, expected, "{order:?}");
    }

    #[test]
    fn scores_sort_both_ways_and_equals_stay_in_roster_order() {
        let units = "0.5 2 0.5 0 2 10";
        check(units, Order::Roster, &[0, 1, 2, 3, 4, 5]);
        check(units, Order::ScoreDown(0), &[3, 0, 2, 1, 4, 5]);
        check(units, Order::ScoreUp(0), &[5, 1, 4, 0, 2, 3]);
        check(units, Order::Lost(0), &[5, 1, 4, 0, 2, 3]);
        check(units, Order::TotalDown, &[3, 0, 2, 1, 4, 5]);
        check(units, Order::TotalUp, &[5, 1, 4, 0, 2, 3]);
    }

    #[test]
    fn what_has_nothing_to_be_sorted_by_comes_last_both_ways() {
        let units = "9/ 1 0 2/";
        check(units, Order::ScoreUp(0), &[1, 2, 0, 3]);
        check(units, Order::ScoreDown(0), &[2, 1, 0, 3]);
        check(units, Order::Lost(0), &[1, 2, 0, 3]);
    }

    #[test]
    fn the_farthest_from_their_own_score_come_first_on_either_side() {
        // 10 scored and 9 claimed is one apart, 7 scored and 10 claimed three; 8 and 8 none. The last claims nothing.
        check("0@9 3@10 2@8 5", Order::Gap(0), &[1, 0, 2, 3]);
    }

    #[test]
    fn pending_come_first_and_ranks_before_none() {
        check("0! 1 2! 3", Order::Pending(0), &[1, 3, 0, 2]);
        check("2! 1 0! 3!", Order::Rank, &[2, 0, 3, 1]);
    }

    #[test]
    fn ten_thousandths_count() {
        check("0.0002 0.0001 0.0003", Order::ScoreUp(0), &[2, 0, 1]);
    }
}

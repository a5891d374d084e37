//! Which units show.

use kaohe_core::{Ledger, Points, State};

use super::marks::Marks;

/// What a unit shows for. An indicator is the one that was the current column when it was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Filter {
    /// All of the class.
    #[default]
    All,
    /// It lost points; where nothing can be lost, it has entries.
    Lost(usize),
    /// 自评 is not what it scores.
    Gap(usize),
    /// 未复核.
    Pending(usize),
    /// Any of its indicators is 未复核, or undecided.
    Unfinished,
    /// It is marked.
    Marked,
}

impl Filter {
    /// Returns what there is to choose from on a column.
    pub(crate) fn choices(indicator_idx: usize) -> [Filter; 6] {
        [
            Filter::All,
            Filter::Lost(indicator_idx),
            Filter::Gap(indicator_idx),
            Filter::Pending(indicator_idx),
            Filter::Unfinished,
            Filter::Marked,
        ]
    }

    /// Returns the indicator that it looks at.
    pub(crate) fn indicator_idx(self) -> Option<usize> {
        match self {
            Filter::Lost(idx) | Filter::Gap(idx) | Filter::Pending(idx) => Some(idx),
            Filter::All | Filter::Unfinished | Filter::Marked => None,
        }
    }

    /// Says whether a unit shows.
    pub(super) fn keeps(self, unit_idx: usize, ledger: &Ledger, marks: &Marks) -> bool {
        let total = ledger.score(unit_idx);
        let concerned = |idx: usize| {
            let score = &total.indicators[idx];
            (score.state != State::NotApplicable).then_some(score)
        };
        match self {
            Filter::All => true,
            Filter::Unfinished => !total.is_settled(),
            Filter::Marked => marks.contains(&ledger.unit(unit_idx).id),
            Filter::Pending(idx) => total.indicators[idx].state == State::Pending,
            Filter::Gap(idx) => concerned(idx).is_some_and(|score| {
                let both = score.self_score.zip(score.decided());
                both.is_some_and(|(self_score, score)| self_score != score)
            }),
            Filter::Lost(idx) if ledger.rubric_of(unit_idx).indicator(idx).start_points().is_zero() => {
                let entries = &ledger.sheet(unit_idx).cells[idx].entries;
                concerned(idx).is_some() && entries.iter().any(|it| it.withdrawn.is_none())
            }
            Filter::Lost(idx) => concerned(idx).is_some_and(|it| it.lost() > Points::ZERO),
        }
    }
}

#[cfg(test)]
mod tests {
    use kaohe_core::Start;

    use super::*;
    use crate::screens::matrix::testing::class;

    #[track_caller]
    fn check(units: &str, start: Start, filter: Filter, expected: &[usize]) {
        let ledger = class(units, start);
        let mut marks = Marks::default();
        marks.toggle(&"U1".into());
        let n_units = ledger.roster().units.len();
        let kept: Vec<usize> = (0..n_units).filter(|it| filter.keeps(*it, &ledger, &marks)).collect();
        assert_eq!(kept, expected, "{filter:?}");
    }

    #[test]
    fn each_filter_keeps_what_it_says() {
        let units = "0@10! 0.5@9 0.5! 2@8/ 0@9";
        check(units, Start::Full, Filter::All, &[0, 1, 2, 3, 4]);
        check(units, Start::Full, Filter::Lost(0), &[1, 2]);
        check(units, Start::Full, Filter::Gap(0), &[1, 4]);
        check(units, Start::Full, Filter::Pending(0), &[1, 4]);
        check(units, Start::Full, Filter::Unfinished, &[1, 4]);
        check(units, Start::Full, Filter::Marked, &[1]);
    }

    #[test]
    fn where_nothing_can_be_lost_what_has_entries_shows() {
        check("0 0@1", Start::Zero, Filter::Lost(0), &[]);
    }
}

//! Which units show.

use kaohe_core::{Ledger, State};

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
}

impl Filter {
    /// Returns what there is to choose from on a column.
    pub(crate) fn choices(indicator_idx: usize) -> [Filter; 5] {
        [
            Filter::All,
            Filter::Lost(indicator_idx),
            Filter::Gap(indicator_idx),
            Filter::Pending(indicator_idx),
            Filter::Unfinished,
        ]
    }

    /// Returns the indicator that it looks at.
    pub(crate) fn indicator_idx(self) -> Option<usize> {
        match self {
            Filter::Lost(idx) | Filter::Gap(idx) | Filter::Pending(idx) => Some(idx),
            Filter::All | Filter::Unfinished => None,
        }
    }

    /// Says whether a unit shows.
    pub(super) fn keeps(self, unit_idx: usize, ledger: &Ledger) -> bool {
        let total = ledger.score(unit_idx);
        let Some(idx) = self.indicator_idx() else {
            return self == Filter::All || !total.is_settled();
        };
        let score = &total.indicators[idx];
        match self {
            Filter::All => true,
            Filter::Unfinished => !total.is_settled(),
            Filter::Pending(_) => score.state == State::Pending,
            _ if score.state == State::NotApplicable => false,
            Filter::Gap(_) => score.self_score.is_some_and(|it| score.decided().is_some_and(|own| it != own)),
            Filter::Lost(_) if ledger.rubric_of(unit_idx).indicator(idx).start_points().is_zero() => {
                ledger.sheet(unit_idx).cells[idx].entries.iter().any(|it| it.withdrawn.is_none())
            }
            Filter::Lost(_) => !score.lost().is_zero() && !score.lost().is_negative(),
        }
    }
}

//! What the matrix shows of a class as a whole: places, means, and how wide its columns are.
//!
//! It hangs on all units of the class, so it is computed once for each state of the year and not for each frame.

use kaohe_core::{ClassMeans, Indicator, Ledger, Points, RankOptions, Standing, State, class_means, rank};

use super::heat::Heat;
use crate::text::labels;
use crate::widgets::cells;
use crate::world::{aligned, n_decimals, n_digits, short_name};

/// Cells of an indicator's column at least.
const MIN_COLUMN: usize = 5;

#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The units of the class, in roster order.
    pub units: Vec<usize>,
    /// One per unit, in the same order.
    standings: Vec<Standing>,
    /// Those that are 未复核 count too.
    pub means: ClassMeans,
    /// Whether all units are settled, so that the means are no longer provisional.
    pub is_settled: bool,
    pub is_undecided: bool,
    pub has_disqualified: bool,
    /// Decimals of the finest total.
    pub n_decimals: usize,
    pub widths: Widths,
}

/// Cells that the widest text of each column takes, in any row, so that no column jumps while rows scroll.
#[derive(Debug, Default)]
pub(super) struct Widths {
    pub name: usize,
    /// One per indicator.
    pub indicators: Vec<usize>,
    pub total: usize,
    pub rank: usize,
    pub progress: usize,
}

impl Facts {
    pub(super) fn of(ledger: &Ledger, rubric_idx: usize) -> Facts {
        let mut standings = rank(ledger, rubric_idx, RankOptions::default());
        standings.sort_unstable_by_key(|it| it.unit_idx);
        let units: Vec<usize> = standings.iter().map(|it| it.unit_idx).collect();
        let means = class_means(ledger, rubric_idx, RankOptions { provisional: true });
        let scores = || units.iter().map(|&it| ledger.score(it));
        let totals = || scores().map(|it| it.score).chain(means.total);
        // The mean has two at most, and those that it has change with every deduction.
        let n_decimals = n_decimals(totals()).max(2);
        let has_disqualified = scores().any(|it| it.is_disqualified);
        // The totals of all units stand on one point, so the largest is the widest.
        let largest = totals().max().unwrap_or_default();
        let n_indicators = ledger.rubrics()[rubric_idx].n_indicators();
        let worst = standings.iter().filter_map(|it| it.rank).max().unwrap_or(0);
        let widths = Widths {
            name: units.iter().map(|&it| cells::width(short_name(ledger, it))).max().unwrap_or(0),
            indicators: indicator_widths(ledger, rubric_idx, &units, &means),
            total: aligned(largest, n_decimals).len().max(4) + usize::from(has_disqualified),
            rank: cells::width(&labels::tied(worst)).max(4),
            progress: (2 * n_indicators.to_string().len() + 1).max(4),
        };
        Facts {
            is_settled: scores().all(|it| it.is_settled()),
            is_undecided: scores().any(|it| !it.undecided.is_empty()),
            has_disqualified,
            n_decimals,
            widths,
            means,
            standings,
            units,
        }
    }

    /// Returns a unit's place in the class.
    pub(super) fn standing(&self, unit_idx: usize) -> Option<&Standing> {
        self.units.binary_search(&unit_idx).ok().map(|it| &self.standings[it])
    }
}

fn indicator_widths(ledger: &Ledger, rubric_idx: usize, units: &[usize], means: &ClassMeans) -> Vec<usize> {
    let width = |(indicator_idx, indicator): (usize, &Indicator)| {
        let of_unit = |&unit_idx: &usize| {
            let score = &ledger.score(unit_idx).indicators[indicator_idx];
            // 满 and the sign for 不涉及 are narrower than any column.
            let is_number = score.state != State::NotApplicable && !score.lost().is_zero();
            if is_number { Heat::of(indicator, score).sign().len() + n_digits(score.score) + 1 } else { 0 }
        };
        let mean: Option<Points> = means.indicators[indicator_idx];
        let widest = units.iter().map(of_unit).chain(mean.map(n_digits)).max();
        widest.unwrap_or(0).max(MIN_COLUMN)
    };
    ledger.rubrics()[rubric_idx].indicators().enumerate().map(width).collect()
}

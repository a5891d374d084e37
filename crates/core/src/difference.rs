//! 自评 against 复核: what the office looks at first.

use std::cmp::Reverse;

use crate::ledger::Ledger;
use crate::points::Points;
use crate::score::{Share, State};

/// An indicator of a unit that has a self-score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which unit of the roster.
    pub unit_idx: usize,
    /// Which indicator of its rubric.
    pub indicator_idx: usize,
    /// 自评.
    pub self_score: Points,
    /// What the office scores; none while it is undecided.
    pub score: Option<Points>,
    /// Whether that stands.
    pub state: State,
}

/// What the self-scored indicators of a unit come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitDifference {
    /// Which unit of the roster.
    pub unit_idx: usize,
    /// How many indicators have both scores; only those are added up.
    pub n_cells: usize,
    /// How many of them are 未复核.
    pub n_pending: usize,
    /// Sum of the self-scores.
    pub self_score: Points,
    /// Sum of the office's scores.
    pub score: Points,
}

impl Difference {
    /// Returns 差额: 自评 less 复核, positive where the unit thinks better of itself than the office does.
    pub fn points(&self) -> Option<Points> {
        self.score.map(|it| self.self_score - it)
    }
}

impl UnitDifference {
    /// Returns 差额, as [`Difference::points`] does.
    pub fn points(&self) -> Points {
        self.self_score - self.score
    }
}

/// Returns every self-scored indicator of the units of a class, or of all: the largest difference first, whichever way
/// it goes; equals in the order of classes, units and indicators; what is undecided last.
pub fn differences(ledger: &Ledger, rubric_idx: Option<usize>) -> Vec<Difference> {
    let mut all = Vec::new();
    for unit_idx in units(ledger, rubric_idx) {
        for (indicator_idx, score) in ledger.score(unit_idx).indicators.iter().enumerate() {
            // What is none of this unit's has no score to hold its own against.
            let self_score = score.self_score.filter(|_| score.share != Share::Absent);
            all.extend(self_score.map(|self_score| Difference {
                unit_idx,
                indicator_idx,
                self_score,
                score: score.decided(),
                state: score.state,
            }));
        }
    }
    // The sort is stable, and none is less than any number.
    all.sort_by_key(|it| Reverse(it.points().map(Points::abs)));
    all
}

/// Returns the sums of the units of a class, or of all, that have any self-score: the largest difference first, equals
/// in the order of classes and units.
pub fn unit_differences(ledger: &Ledger, rubric_idx: Option<usize>) -> Vec<UnitDifference> {
    let mut all: Vec<UnitDifference> = Vec::new();
    let mut cells = differences(ledger, rubric_idx);
    cells.sort_by_key(|it| (ledger.sheet(it.unit_idx).rubric_idx, it.unit_idx));
    for cell in cells {
        let Some(score) = cell.score else { continue };
        if all.last().is_none_or(|it| it.unit_idx != cell.unit_idx) {
            all.push(UnitDifference {
                unit_idx: cell.unit_idx,
                n_cells: 0,
                n_pending: 0,
                self_score: Points::ZERO,
                score: Points::ZERO,
            });
        }
        if let Some(unit) = all.last_mut() {
            unit.n_cells += 1;
            unit.n_pending += usize::from(cell.state == State::Pending);
            unit.self_score += cell.self_score;
            unit.score += score;
        }
    }
    all.sort_by_key(|it| Reverse(it.points().abs()));
    all
}

/// Returns the units of a class, or of all: class in rubric order, then roster order.
fn units(ledger: &Ledger, rubric_idx: Option<usize>) -> Vec<usize> {
    let all = 0..ledger.rubrics().len();
    all.filter(|it| rubric_idx.is_none_or(|only| only == *it)).flat_map(|it| ledger.units_of(it)).collect()
}

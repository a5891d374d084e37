//! In which steps scores of a rubric come: 2023 in tenths.

use kaohe_core::{Measure, Points, Rubric, Worth};

/// Returns how many decimals a score can have that rules of this rubric come to; nothing where one of them can come to
/// any number.
pub(super) fn n_decimals(rubric: &Rubric) -> Option<usize> {
    let mut most = 0;
    for indicator in rubric.indicators() {
        let items = indicator.items.iter().map(|it| it.points);
        most = items.chain([indicator.points]).map(decimals).fold(most, usize::max);
        for rule in &indicator.rules {
            most = most.max(of_measure(&rule.measure)?);
        }
    }
    Some(most)
}

fn of_measure(measure: &Measure) -> Option<usize> {
    match measure {
        Measure::Count { each, .. } | Measure::Checklist { each, .. } => Some(decimals(*each)),
        Measure::ByLevel { levels, .. } => levels.iter().map(|it| decimals(it.points)).max(),
        Measure::Bands { bands, .. } => bands.iter().map(|it| decimals(it.points)).max(),
        Measure::Graded { grades } => {
            let worths = grades.iter().map(|it| match it.worth {
                Worth::Points(points) => Some(decimals(points)),
                Worth::Percent(_) => None,
            });
            worths.collect::<Option<Vec<_>>>()?.into_iter().max()
        }
        // What a person sets at will is set in the steps of the others.
        Measure::Discretionary { .. } | Measure::Forfeit { .. } | Measure::Veto { .. } => Some(0),
        Measure::Shortfall { .. }
        | Measure::Steps { .. }
        | Measure::Ratio { .. }
        | Measure::Imported { .. }
        | Measure::ByRank { .. }
        | Measure::Relative { .. } => None,
    }
}

/// Returns how many decimals a score has.
pub(super) fn decimals(points: Points) -> usize {
    points.n_characters().1
}

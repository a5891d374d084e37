//! In which steps scores of a rubric come: 2023 in tenths. Forms let such scores in, and remark on finer ones.

use kaohe_core::{Measure, Points, Rubric, Worth};

/// In which steps scores come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Steps {
    /// The most decimals that any amount of the rubric has.
    pub n_decimals: usize,
    /// Whether a rule can come to any number, such as a share of something measured.
    pub is_any: bool,
}

impl Steps {
    /// Returns the steps of a rubric.
    pub fn of(rubric: &Rubric) -> Steps {
        let mut steps = Steps { n_decimals: 0, is_any: false };
        for indicator in rubric.indicators() {
            let items = indicator.items.iter().map(|it| it.points);
            let caps = indicator.caps.iter().map(|it| it.at_most);
            let stated = items.chain(caps).chain([indicator.points, indicator.at_least]);
            steps.n_decimals = stated.map(decimals).fold(steps.n_decimals, usize::max);
            for rule in &indicator.rules {
                match of_measure(&rule.measure) {
                    Some(n_decimals) => steps.n_decimals = steps.n_decimals.max(n_decimals),
                    None => steps.is_any = true,
                }
            }
        }
        // Half of 0.1 is 0.05.
        steps.n_decimals +=
            rubric.modifiers.iter().map(|it| decimals(Points::whole(1).of(it.times))).max().unwrap_or(0);
        match rubric.decimals.and_then(|it| usize::try_from(it).ok()) {
            // Whatever the rules come to is rounded.
            Some(most) if steps.is_any || most < steps.n_decimals => {
                Steps { n_decimals: most, is_any: false }
            }
            Some(_) | None => steps,
        }
    }
}

/// Returns how many decimals the amounts of a measure have; nothing where it can come to any number.
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
pub(crate) fn decimals(points: Points) -> usize {
    points.n_characters().1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::rubrics;

    /// Checks the steps of the first rubric of the sample, whose amounts have one decimal, after a change to it.
    #[track_caller]
    fn check(change: impl FnOnce(&mut Rubric), n_decimals: usize, is_any: bool) {
        let mut rubric = rubrics().remove(0);
        change(&mut rubric);
        assert_eq!(Steps::of(&rubric), Steps { n_decimals, is_any });
    }

    fn measure(rubric: &mut Rubric) -> &mut Measure {
        &mut rubric.sections[0].indicators[0].rules[0].measure
    }

    #[test]
    fn steps_are_those_of_the_finest_amount() {
        let points = |it: &str| it.parse::<Points>().unwrap();
        check(|_| {}, 1, false);
        check(|it| it.sections[0].indicators[0].points = points("10.25"), 2, false);
        let times = "0.5".parse().unwrap();
        let half = kaohe_core::Modifier { name: "减半".to_owned(), times, text: String::new() };
        check(|it| it.modifiers.push(half.clone()), 2, false);
        let ratio = || Measure::Ratio { target: None, points: points("10"), unit: "件".to_owned() };
        check(|it| *measure(it) = ratio(), 1, true);
        let rounded = |it: &mut Rubric| {
            *measure(it) = ratio();
            it.decimals = Some(2);
        };
        check(rounded, 2, false);
        check(|it| it.decimals = Some(0), 0, false);
    }
}

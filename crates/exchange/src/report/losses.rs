//! Where the units that are ranked lost their points, cause by cause.

use std::cmp::Reverse;
use std::collections::HashSet;

use kaohe_core::{Cause, Ledger, Points, RankOptions, Rubric, losses, rank};

use crate::words;

/// Where the units of a class lost points.
#[derive(Clone, Debug)]
pub struct ClassProblems {
    /// What the units that are ranked have lost together.
    pub lost: Points,
    /// What some of them were given beyond what they lost: awards; nothing where there are none.
    pub gained: Points,
    /// The causes, the most costly first.
    pub problems: Vec<ProblemFacts>,
}

/// What took points.
#[derive(Clone, Debug)]
pub struct ProblemFacts {
    /// The indicator as printed, `3 政务新媒体`; empty where it is about none.
    pub indicator: String,
    /// The rule's label, or what it was that no rule took.
    pub cause: String,
    /// The clause of the rubric, verbatim; empty where no rule took it.
    pub clause: String,
    /// How many occurrences count.
    pub n_occurrences: u64,
    /// How many units it took points from.
    pub n_units: usize,
    /// Points of the totals that it took.
    pub points: Points,
    /// 失分 in percent of what the class has lost.
    pub percent: Option<Points>,
}

/// Returns where points were lost, in the order of the classes. Only units that are ranked count, so that these figures
/// and those of the ranking are of the same units.
pub(super) fn class_problems(ledger: &Ledger, options: RankOptions) -> Vec<ClassProblems> {
    losses(ledger).into_iter().map(|class| of_class(ledger, &class, options)).collect()
}

fn of_class(ledger: &Ledger, class: &kaohe_core::ClassLosses, options: RankOptions) -> ClassProblems {
    let rubric = &ledger.rubrics()[class.rubric_idx];
    let standings = rank(ledger, class.rubric_idx, options);
    let ranked: HashSet<usize> =
        standings.iter().filter(|it| it.rank.is_some()).map(|it| it.unit_idx).collect();
    let lost: Points = ranked.iter().map(|it| ledger.score(*it).lost()).sum();
    let mut found: Vec<(Cause, ProblemFacts)> = Vec::new();
    let mut gained = Points::ZERO;
    for line in &class.lines {
        let units: Vec<_> = line.units.iter().filter(|it| ranked.contains(&it.unit_idx)).collect();
        let points: Points = units.iter().map(|it| it.points).sum();
        let n_occurrences = units.iter().map(|it| it.n_occurrences).sum();
        if points.is_negative() {
            gained += -points;
        } else if n_occurrences > 0 || !points.is_zero() {
            let indicator = line.cause.indicator_idx().map(|it| rubric.indicator(it));
            let problem = ProblemFacts {
                indicator: indicator.map_or(String::new(), |it| format!("{} {}", it.number, it.name)),
                cause: words::cause(rubric, line.cause),
                clause: clause(rubric, line.cause),
                n_occurrences,
                n_units: units.iter().filter(|it| !it.points.is_zero()).count(),
                points,
                percent: points.percent_of(lost),
            };
            found.push((line.cause, problem));
        }
    }
    found.sort_by_key(|it| (Reverse(it.1.points), it.0));
    ClassProblems { lost, gained, problems: found.into_iter().map(|it| it.1).collect() }
}

fn clause(rubric: &Rubric, cause: Cause) -> String {
    match cause {
        Cause::Rule { indicator_idx, rule_idx } => {
            rubric.indicator(indicator_idx).rules[rule_idx].text.clone()
        }
        Cause::Gate { indicator_idx } => {
            rubric.indicator(indicator_idx).gate.as_ref().map_or(String::new(), |it| it.text.clone())
        }
        Cause::SectionGate { section_idx } => {
            rubric.sections[section_idx].gate.as_ref().map_or(String::new(), |it| it.text.clone())
        }
        Cause::Unearned { .. } | Cause::NotApplicable { .. } | Cause::Rest => String::new(),
    }
}

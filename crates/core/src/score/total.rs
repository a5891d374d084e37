//! From the indicators' scores to the total: sections and weights, 不涉及, what lies outside of the whole, the
//! rubric's bounds, vetoes, grade.

use super::{Forfeited, IndicatorScore, Share, SheetScore, State, Undecided, scaled_decimals};
use crate::points::Points;
use crate::quantity::Quantity;
use crate::rubric::{Indicator, Measure, Rubric, Section, VetoEffect};
use crate::sheet::Sheet;

/// One step on top of the sum of the indicators' scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalStep {
    /// What it is.
    pub kind: TotalStepKind,
    /// Points that it gives, or takes where negative.
    pub points: Points,
}

/// What a step from the indicators' scores to the total is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TotalStepKind {
    /// An indicator goes into its section by its weight.
    IndicatorWeight {
        /// Which indicator.
        indicator_idx: usize,
    },
    /// An indicator is left out: 不涉及, or none of the unit's.
    LeftOut {
        /// Which indicator.
        indicator_idx: usize,
    },
    /// The points of what is left out are spread over the rest of the section.
    Spread {
        /// Which section.
        section_idx: usize,
    },
    /// 不计分: the whole section scores 0.
    SectionForfeit {
        /// Which section.
        section_idx: usize,
    },
    /// A section does not fall below its least, nor an outer one rise above its points.
    SectionBounds {
        /// Which section.
        section_idx: usize,
    },
    /// A section goes into the total by its weight.
    SectionWeight {
        /// Which section.
        section_idx: usize,
    },
    /// What is left out is made up for by scaling the rest to the rubric's points (R7, 折算).
    Scaled,
    /// The whole did not reach what a section outside of it asks for.
    SectionGate {
        /// Which section.
        section_idx: usize,
    },
    /// The total does not exceed what the rubric allows.
    AtMost,
    /// The total does not fall below 0 (R4).
    Floor,
    /// The total is rounded as the rubric says.
    Rounded,
    /// A veto.
    Veto {
        /// Which indicator.
        indicator_idx: usize,
        /// Which of its rules.
        rule_idx: usize,
    },
}

/// Adds up a unit's indicators.
pub(super) fn total(rubric: &Rubric, sheet: &Sheet, indicators: Vec<IndicatorScore>) -> SheetScore {
    let mut sum = Sum::default();
    let mut undecided: Vec<Undecided> = indicators.iter().filter_map(|it| it.undecided.clone()).collect();
    let mut score = inside(rubric, &indicators, &mut sum);
    let base = score;
    score += outside(rubric, &indicators, base, &mut sum);
    if let Some(at_most) = rubric.at_most {
        score = sum.to(TotalStepKind::AtMost, score, score.min(at_most));
    }
    score = sum.to(TotalStepKind::Floor, score, score.max(Points::ZERO));
    if let Some(decimals) = rubric.decimals {
        score = sum.to(TotalStepKind::Rounded, score, score.rounded(decimals));
    }

    let vetoes = vetoes(rubric, sheet, &indicators);
    undecided.extend(
        vetoes
            .iter()
            .filter(|it| !it.is_reviewed)
            .map(|it| Undecided::VetoPending { indicator_idx: it.indicator_idx, rule_idx: it.rule_idx }),
    );
    let in_force: Vec<&Veto<'_>> = vetoes.iter().filter(|it| it.is_reviewed).collect();
    for veto in &in_force {
        score = sum.veto(veto, score);
    }
    let is_disqualified = in_force.iter().any(|it| *it.effect == VetoEffect::Disqualified);
    let is_graded = undecided.is_empty() && !is_disqualified;
    SheetScore {
        points: rubric.points,
        score,
        self_score: self_score(rubric, &indicators),
        n_settled: indicators.iter().filter(|it| it.state != State::Pending).count(),
        grade: if is_graded { grade(rubric, score, &in_force) } else { None },
        indicators,
        steps: sum.steps,
        is_disqualified,
        undecided,
    }
}

/// The steps so far.
#[derive(Default)]
struct Sum {
    steps: Vec<TotalStep>,
}

impl Sum {
    /// Notes a step from one amount to another, where it makes a difference; returns the latter.
    fn to(&mut self, kind: TotalStepKind, from: Points, to: Points) -> Points {
        if from != to {
            self.steps.push(TotalStep { kind, points: to - from });
        }
        to
    }

    fn veto(&mut self, veto: &Veto<'_>, score: Points) -> Points {
        let after = match veto.effect {
            VetoEffect::Zero => Points::ZERO,
            VetoEffect::Lose(points) => (score - *points).max(Points::ZERO),
            VetoEffect::AtMost(points) => score.min(*points),
            VetoEffect::Disqualified | VetoEffect::NoTopGrade | VetoEffect::GradeAtMost(_) => score,
        };
        // Said even where it takes no points: it may take the rank or the grade.
        let kind = TotalStepKind::Veto { indicator_idx: veto.indicator_idx, rule_idx: veto.rule_idx };
        self.steps.push(TotalStep { kind, points: after - score });
        after
    }
}

fn weighted(points: Points, weight: Option<Quantity>) -> Points {
    weight.map_or(points, |it| points.percent(it))
}

/// The indicators of each section with their scores.
fn by_section<'r>(
    rubric: &'r Rubric,
    indicators: &'r [IndicatorScore],
) -> impl Iterator<Item = (usize, &'r Section, Vec<(usize, &'r Indicator, &'r IndicatorScore)>)> {
    let mut all = rubric.indicators().zip(indicators).enumerate();
    rubric.sections.iter().enumerate().map(move |(section_idx, section)| {
        let of_section = all.by_ref().take(section.indicators.len());
        (section_idx, section, of_section.map(|(idx, (indicator, score))| (idx, indicator, score)).collect())
    })
}

/// Returns the score of the whole: the sections that are not outside of it, 不涉及 made up for.
fn inside(rubric: &Rubric, indicators: &[IndicatorScore], sum: &mut Sum) -> Points {
    let (mut total, mut of, mut scaled) = (Points::ZERO, Points::ZERO, Points::ZERO);
    for (section_idx, section, members) in by_section(rubric, indicators) {
        if section.is_outside {
            continue;
        }
        let mut score = Points::ZERO;
        let (mut counted, mut spread) = (Points::ZERO, Points::ZERO);
        for &(indicator_idx, indicator, own) in &members {
            let points = weighted(own.points, indicator.weight);
            match own.share {
                Share::Counted => {
                    let kind = TotalStepKind::IndicatorWeight { indicator_idx };
                    score += sum.to(kind, own.score, weighted(own.score, indicator.weight));
                    counted += points;
                    continue;
                }
                Share::Scaled => scaled += weighted(points, section.weight),
                Share::Spread => spread += points,
                Share::Absent => {}
            }
            let kind = TotalStepKind::LeftOut { indicator_idx };
            sum.steps.push(TotalStep { kind, points: -own.score });
        }
        if !spread.is_zero() {
            match score.scaled(counted + spread, counted, scaled_decimals(rubric)) {
                Some(more) => {
                    score = sum.to(TotalStepKind::Spread { section_idx }, score, more);
                    counted += spread;
                }
                // Nothing of the section is left to take the points: the other sections do.
                None => scaled += weighted(spread, section.weight),
            }
        }
        if members
            .iter()
            .any(|it| it.2.is_forfeited(Forfeited::Section) && it.2.state != State::NotApplicable)
        {
            score = sum.to(TotalStepKind::SectionForfeit { section_idx }, score, score.min(Points::ZERO));
        }
        let bounded = score.max(section.at_least);
        score = sum.to(TotalStepKind::SectionBounds { section_idx }, score, bounded);
        let kind = TotalStepKind::SectionWeight { section_idx };
        total += sum.to(kind, score, weighted(score, section.weight));
        of += weighted(counted, section.weight);
    }
    if scaled.is_zero() {
        return total;
    }
    // A unit that nothing concerns has lost nothing.
    let whole = total.scaled(of + scaled, of, scaled_decimals(rubric)).unwrap_or(scaled);
    sum.to(TotalStepKind::Scaled, total, whole)
}

/// Returns what the sections outside of the whole add, or take.
fn outside(rubric: &Rubric, indicators: &[IndicatorScore], base: Points, sum: &mut Sum) -> Points {
    let mut total = Points::ZERO;
    for (section_idx, section, members) in by_section(rubric, indicators) {
        if !section.is_outside {
            continue;
        }
        let mut score = Points::ZERO;
        for &(indicator_idx, indicator, own) in &members {
            if own.share == Share::Counted {
                let kind = TotalStepKind::IndicatorWeight { indicator_idx };
                score += sum.to(kind, own.score, weighted(own.score, indicator.weight));
            } else {
                sum.to(TotalStepKind::LeftOut { indicator_idx }, own.score, Points::ZERO);
            }
        }
        if members
            .iter()
            .any(|it| it.2.is_forfeited(Forfeited::Section) && it.2.state != State::NotApplicable)
        {
            score = sum.to(TotalStepKind::SectionForfeit { section_idx }, score, score.min(Points::ZERO));
        }
        let bounded = score.max(section.at_least).min(section.points);
        score = sum.to(TotalStepKind::SectionBounds { section_idx }, score, bounded);
        score = sum.to(TotalStepKind::SectionWeight { section_idx }, score, weighted(score, section.weight));
        if section.gate.as_ref().is_some_and(|it| base < it.at_least) {
            // 前提只挡得分: what takes points still does.
            let barred = weighted(barred(&members).max(section.at_least), section.weight);
            score = sum.to(TotalStepKind::SectionGate { section_idx }, score, barred.min(score));
        }
        total += score;
    }
    total
}

/// Returns what indicators take where a gate bars all that they could give.
fn barred(members: &[(usize, &Indicator, &IndicatorScore)]) -> Points {
    let counted = members.iter().filter(|it| it.2.share == Share::Counted);
    let taken = counted.map(|(_, indicator, own)| {
        let left = own.without_awards.unwrap_or(own.score).min(Points::ZERO);
        weighted(left, indicator.weight)
    });
    taken.sum()
}

/// A veto that is recorded of a unit.
struct Veto<'r> {
    indicator_idx: usize,
    rule_idx: usize,
    effect: &'r VetoEffect,
    is_reviewed: bool,
}

fn vetoes<'r>(rubric: &'r Rubric, sheet: &Sheet, indicators: &[IndicatorScore]) -> Vec<Veto<'r>> {
    let mut vetoes = Vec::new();
    for (indicator_idx, (indicator, score)) in rubric.indicators().zip(indicators).enumerate() {
        if score.state == State::NotApplicable {
            continue;
        }
        for (rule_idx, (rule, tally)) in indicator.rules.iter().zip(&score.rules).enumerate() {
            let Measure::Veto { effect } = &rule.measure else { continue };
            if tally.n_occurrences > 0 {
                let is_reviewed = sheet.cells[indicator_idx].reviewed.is_some();
                vetoes.push(Veto { indicator_idx, rule_idx, effect, is_reviewed });
            }
        }
    }
    vetoes
}

/// Returns the best grade that the score reaches and no veto bars.
fn grade(rubric: &Rubric, score: Points, vetoes: &[&Veto<'_>]) -> Option<usize> {
    let earned = rubric.grades.iter().position(|it| score >= it.from)?;
    let best_left = |effect: &VetoEffect| match effect {
        VetoEffect::NoTopGrade => 1,
        VetoEffect::GradeAtMost(name) => rubric.grades.iter().position(|it| it.name == *name).unwrap_or(0),
        VetoEffect::Disqualified | VetoEffect::Zero | VetoEffect::Lose(_) | VetoEffect::AtMost(_) => 0,
    };
    let barred = vetoes.iter().map(|it| best_left(it.effect)).max().unwrap_or(0);
    Some(earned.max(barred)).filter(|it| *it < rubric.grades.len())
}

/// Returns the sum of the self-scores by the same weights; none while an indicator of the whole has none.
fn self_score(rubric: &Rubric, indicators: &[IndicatorScore]) -> Option<Points> {
    let mut total = Points::ZERO;
    for (_, section, members) in by_section(rubric, indicators) {
        for (_, indicator, own) in members {
            if own.share == Share::Absent {
                continue;
            }
            let points = match own.self_score {
                Some(points) => points,
                // What does not concern the unit is worth what it is worth, and is not asked for.
                None if own.state == State::NotApplicable && own.share != Share::Counted => continue,
                None if own.state == State::NotApplicable && own.undecided.is_none() => own.score,
                None if section.is_outside => continue,
                None => return None,
            };
            total += weighted(weighted(points, indicator.weight), section.weight);
        }
    }
    Some(total)
}

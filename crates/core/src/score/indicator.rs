//! From what counts of an indicator's entries to its score: 评分要点, 不计分, bounds, 前提, 不涉及.

use super::cohort::Cohort;
use super::entries::Counted;
use super::{Forfeited, IndicatorScore, ItemTally, Share, State, Undecided};
use crate::points::Points;
use crate::rubric::{Direction, Indicator, Rubric};
use crate::settings::{NotApplicable, Settings};
use crate::sheet::{Cell, Exclusion};

/// Computes an indicator's score; gates are asked later, when all scores are known.
pub(super) fn score(
    rubric: &Rubric,
    (indicator_idx, indicator): (usize, &Indicator),
    cell: &Cell,
    settings: Settings,
    cohort: &Cohort,
    counted: Counted,
) -> IndicatorScore {
    let own = own(indicator, cell, &counted, Awards::Count);
    let may_be_barred = rubric.section_of(indicator_idx).1.gate.is_some();
    let without_awards =
        may_be_barred.then(|| self::own(indicator, cell, &counted, Awards::Barred).after_bounds);
    let state = match (cell.is_concerned(), &cell.reviewed) {
        (false, _) => State::NotApplicable,
        (true, Some(_)) => State::Reviewed,
        (true, None) => State::Pending,
    };
    let mut score = IndicatorScore {
        points: indicator.points,
        score: own.after_bounds,
        self_score: cell.self_score.as_ref().map(|it| it.points),
        state,
        share: Share::Counted,
        treatment: None,
        entries: counted.entries,
        superseded: counted.superseded,
        rules: counted.rules,
        caps: counted.caps,
        shared_caps: counted.shared_caps,
        items: own.items,
        whole: own.whole,
        forfeits: counted.forfeits,
        without_awards,
        after_forfeit: own.after_forfeit,
        after_bounds: own.after_bounds,
        after_gate: own.after_bounds,
        undecided: None,
    };
    if state == State::NotApplicable {
        not_applicable(rubric, (indicator_idx, indicator), cell, settings, &mut score);
    } else {
        score.undecided = undecided_rank(indicator, indicator_idx, cohort);
    }
    score
}

/// Whether what gives points counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awards {
    Count,
    /// A gate of the section bars them; what takes points still does.
    Barred,
}

/// An indicator's score by its own entries, step by step.
struct Own {
    items: Vec<ItemTally>,
    whole: Points,
    after_forfeit: Points,
    after_bounds: Points,
}

fn own(indicator: &Indicator, cell: &Cell, counted: &Counted, awards: Awards) -> Own {
    let (items, whole) = items(indicator, cell, counted, awards);
    let before_forfeit: Points = whole + items.iter().map(|it| it.score).sum();
    let is_forfeited = counted.forfeits.iter().any(|it| it.what == Forfeited::Indicator);
    let after_forfeit = if is_forfeited { before_forfeit.min(Points::ZERO) } else { before_forfeit };
    // 扣完为止 (R4).
    let after_bounds = after_forfeit.max(indicator.at_least).min(indicator.points);
    Own { items, whole, after_forfeit, after_bounds }
}

/// Returns what each 评分要点 scores, and what entries on the indicator as a whole give or take.
fn items(indicator: &Indicator, cell: &Cell, counted: &Counted, awards: Awards) -> (Vec<ItemTally>, Points) {
    let mut items = vec![ItemTally::default(); indicator.items.len()];
    let mut whole = Points::ZERO;
    for tally in &counted.entries {
        let entry = &cell.entries[tally.entry_idx];
        let change = match (indicator.rules[entry.rule_idx].direction, awards) {
            (Direction::Deduct, _) => -tally.left,
            (Direction::Award, Awards::Count) => tally.left,
            (Direction::Award, Awards::Barred) => Points::ZERO,
        };
        match entry.item_idx {
            Some(item_idx) => items[item_idx].change += change,
            None => whole += change,
        }
    }
    let is_only = items.len() == 1;
    for (item_idx, (item, tally)) in indicator.items.iter().zip(&mut items).enumerate() {
        tally.score = indicator.start_of(item) + tally.change;
        if !is_only {
            tally.score = tally.score.max(Points::ZERO).min(item.points);
        }
        if counted.forfeits.iter().any(|it| it.what == Forfeited::Item(item_idx)) {
            tally.score = tally.score.min(Points::ZERO);
        }
        tally.lost = item.points - tally.score.max(Points::ZERO);
    }
    (items, whole)
}

/// Applies what 不涉及 does (R7).
fn not_applicable(
    rubric: &Rubric,
    (indicator_idx, indicator): (usize, &Indicator),
    cell: &Cell,
    settings: Settings,
    score: &mut IndicatorScore,
) {
    let treatment = match cell.exclusion {
        Some(Exclusion::Absent) => None,
        Some(Exclusion::Treated(treatment)) => Some(treatment),
        None => Some(rubric.treatment(indicator, settings.not_applicable)),
    };
    // What lies outside of the whole is neither given nor made up for.
    let is_outside = rubric.section_of(indicator_idx).1.is_outside;
    score.treatment = treatment;
    let Some(treatment) = treatment.filter(|_| !is_outside) else {
        score.share = Share::Absent;
        score.score = indicator.start_points();
        return;
    };
    score.score = indicator.points;
    match treatment {
        NotApplicable::FullMarks => {}
        NotApplicable::Scaled => score.share = Share::Scaled,
        NotApplicable::Spread => score.share = Share::Spread,
        NotApplicable::Rate(percent) => score.score = indicator.points.percent(percent),
        // Filled in once the others are scored.
        NotApplicable::ClassMean => {
            score.score = Points::ZERO;
            score.undecided = Some(Undecided::MeanOfNobody { indicator_idx });
        }
    }
}

/// Says where the values of the class are not all known yet.
fn undecided_rank(indicator: &Indicator, indicator_idx: usize, cohort: &Cohort) -> Option<Undecided> {
    let in_class = indicator.rules.iter().enumerate().filter(|it| it.1.measure.hangs_on_class());
    for (rule_idx, _) in in_class {
        let units = cohort.open_ranks(indicator_idx, rule_idx);
        if !units.is_empty() {
            return Some(Undecided::RankOpen { indicator_idx, rule_idx, units });
        }
    }
    None
}

/// Fills in the means of the class, asks the gates of the indicators, and rounds where the rubric says so.
pub(super) fn means_and_gates(
    rubric: &Rubric,
    unit_idx: usize,
    cohort: &Cohort,
    indicators: &mut [IndicatorScore],
) {
    for (indicator_idx, score) in indicators.iter_mut().enumerate() {
        if score.treatment == Some(NotApplicable::ClassMean) && score.share == Share::Counted {
            let (mean, undecided) = cohort.mean(rubric, indicator_idx, unit_idx);
            score.score = mean.unwrap_or_default();
            score.undecided = undecided;
        }
    }
    if rubric.indicators().any(|it| it.gate.is_some()) {
        gates(rubric, indicators);
    }
    let Some(decimals) = rubric.decimals else { return };
    for score in indicators.iter_mut().filter(|it| it.share == Share::Counted) {
        score.score = score.score.rounded(decimals);
        score.without_awards = score.without_awards.map(|it| it.rounded(decimals));
    }
}

fn gates(rubric: &Rubric, indicators: &mut [IndicatorScore]) {
    // A gate asks for the other's score before that one's own gate, and so for what is undecided before it.
    let undecided: Vec<Option<Undecided>> = indicators.iter().map(|it| it.undecided.clone()).collect();
    for (indicator_idx, indicator) in rubric.indicators().enumerate() {
        let Some(gate) = &indicator.gate else { continue };
        if indicators[indicator_idx].state == State::NotApplicable {
            continue;
        }
        let Some(other_idx) = rubric.indicators().position(|it| it.id == gate.indicator) else { continue };
        let other = &indicators[other_idx];
        // What is left out has no score that could fall short.
        if other.share != Share::Counted {
            continue;
        }
        let reached = if other.state == State::NotApplicable { other.score } else { other.after_bounds };
        let own = &mut indicators[indicator_idx];
        if reached < gate.at_least {
            own.after_gate = own.after_bounds.min(Points::ZERO);
            own.score = own.after_gate;
        }
        own.undecided = own.undecided.take().or(undecided[other_idx].clone());
    }
}

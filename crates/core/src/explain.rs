//! The arithmetic of a score as lines that add up to it.

use crate::ledger::Ledger;
use crate::points::Points;
use crate::score::{IndicatorScore, State};
use crate::settings::NotApplicable;

/// One line of the arithmetic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Points that it gives, or takes where negative.
    pub points: Points,
}

/// What a line of the arithmetic is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Full marks to start from.
    FullMarks,
    /// What the entries of one rule cost.
    Rule {
        /// Which rule of the indicator.
        rule_idx: usize,
    },
    /// What a cap gives back.
    Cap {
        /// Which cap of the indicator.
        cap_idx: usize,
    },
    /// What a 评分要点 gives back, since it cannot lose more than its points (R2).
    Item {
        /// Which 评分要点 of the indicator.
        item_idx: usize,
    },
    /// 不计分: what is left is lost (R3).
    Forfeit,
    /// What is given back, since nothing falls below 0 (R4).
    Floor,
    /// What is given back, since the indicator does not concern the unit (R7).
    NotApplicable,
    /// An indicator's score, in the total.
    Indicator {
        /// Which indicator of the rubric.
        indicator_idx: usize,
    },
    /// An indicator that is left out of the total (R7, 折算).
    LeftOut {
        /// Which indicator of the rubric.
        indicator_idx: usize,
    },
    /// What scaling the rest to full marks adds (R7, 折算).
    Scaled,
}

/// Returns the lines whose points add up to the score of one indicator of one unit.
pub fn explain_indicator(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Vec<Line> {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let mut lines = vec![Line { kind: LineKind::FullMarks, points: indicator.points }];
    let mut add = |kind, points: Points| {
        if !points.is_zero() {
            lines.push(Line { kind, points });
        }
    };
    for (rule_idx, tally) in score.rules.iter().enumerate() {
        add(LineKind::Rule { rule_idx }, -tally.lost);
    }
    for tally in &score.caps {
        add(LineKind::Cap { cap_idx: tally.cap_idx }, tally.before - tally.after);
    }
    for (item_idx, tally) in score.items.iter().enumerate() {
        add(LineKind::Item { item_idx }, tally.before - tally.after);
    }
    let (kind, points) = last_step(score);
    add(kind, points);
    lines
}

/// Returns what comes after the 评分要点: the floor, 不计分 or 不涉及; nothing where none of them acts.
fn last_step(score: &IndicatorScore) -> (LineKind, Points) {
    let lost = score.whole + score.items.iter().map(|it| it.after).sum();
    let missing = score.score - (score.points - lost);
    if score.state == State::NotApplicable {
        (LineKind::NotApplicable, missing)
    } else if score.is_forfeited && missing.is_negative() {
        (LineKind::Forfeit, missing)
    } else {
        (LineKind::Floor, missing)
    }
}

/// Returns the lines whose points add up to a unit's total.
pub fn explain_total(ledger: &Ledger, unit_idx: usize) -> Vec<Line> {
    let sheet = ledger.score(unit_idx);
    let is_scaled = ledger.settings().not_applicable == NotApplicable::Scaled;
    let mut lines = Vec::new();
    for (indicator_idx, score) in sheet.indicators.iter().enumerate() {
        let is_left_out = is_scaled && score.state == State::NotApplicable;
        lines.push(if is_left_out {
            Line { kind: LineKind::LeftOut { indicator_idx }, points: Points::ZERO }
        } else {
            Line { kind: LineKind::Indicator { indicator_idx }, points: score.score }
        });
    }
    let sum: Points = lines.iter().map(|it| it.points).sum();
    if sum != sheet.score {
        lines.push(Line { kind: LineKind::Scaled, points: sheet.score - sum });
    }
    lines
}

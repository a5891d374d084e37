//! The arithmetic of a score as lines that add up to it, in the order of evaluation.

use crate::ledger::Ledger;
use crate::points::Points;
use crate::rubric::Direction;
use crate::score::{IndicatorScore, State, TotalStepKind};

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
    /// What the indicator starts from: full marks, or nothing.
    Start,
    /// What the entries of one rule take or give.
    Rule {
        /// Which rule of the indicator.
        rule_idx: usize,
    },
    /// What a cap takes back.
    Cap {
        /// Which cap of the indicator.
        cap_idx: usize,
    },
    /// What a cap over several indicators takes back here.
    SharedCap {
        /// Which cap of the rubric.
        cap_idx: usize,
    },
    /// What the bounds of a 评分要点 take back, or what 不计分 takes of it (R2).
    Item {
        /// Which 评分要点 of the indicator.
        item_idx: usize,
    },
    /// 不计分: what is left is lost (R3).
    Forfeit,
    /// What is given back, since nothing falls below its least (R4).
    Floor,
    /// What is taken back, since nothing rises above its points.
    Ceiling,
    /// 前提: another indicator did not reach what this one asks for.
    Gate,
    /// The score is rounded as the rubric says.
    Rounded,
    /// The indicator does not concern the unit (R7): the difference to what it is worth then.
    NotApplicable,
    /// An indicator's score, in the total.
    Indicator {
        /// Which indicator of the rubric.
        indicator_idx: usize,
    },
    /// A step from the indicators' scores to the total.
    Total(TotalStepKind),
}

/// Returns the lines whose points add up to the score of one indicator of one unit.
pub fn explain_indicator(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Vec<Line> {
    let rubric = ledger.rubric_of(unit_idx);
    let indicator = rubric.indicator(indicator_idx);
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let signed = |rule_idx: usize, points: Points| match indicator.rules[rule_idx].direction {
        Direction::Deduct => -points,
        Direction::Award => points,
    };
    let mut lines = vec![Line { kind: LineKind::Start, points: indicator.start_points() }];
    let cell = &ledger.sheet(unit_idx).cells[indicator_idx];
    for (rule_idx, tally) in score.rules.iter().enumerate() {
        // What stands and does not count is told even where the rule then takes nothing.
        let is_superseded = score.superseded.iter().any(|it| cell.entries[it.entry_idx].rule_idx == rule_idx);
        if is_superseded || !tally.amount.is_zero() {
            lines.push(Line { kind: LineKind::Rule { rule_idx }, points: signed(rule_idx, tally.amount) });
        }
    }
    let mut add = |kind, points: Points| {
        if !points.is_zero() {
            lines.push(Line { kind, points });
        }
    };
    for tally in &score.caps {
        let first = indicator.caps[tally.cap_idx].over.first();
        let rule_idx = first.and_then(|it| indicator.rule_idx(it.as_str()));
        let relief = tally.after - tally.before;
        add(LineKind::Cap { cap_idx: tally.cap_idx }, rule_idx.map_or(relief, |it| signed(it, relief)));
    }
    for &(cap_idx, relief) in &score.shared_caps {
        let over = rubric.caps[cap_idx].over.iter().find(|it| it.indicator == indicator.id);
        let rule_idx = over.and_then(|it| indicator.rule_idx(it.rule.as_str()));
        add(LineKind::SharedCap { cap_idx }, rule_idx.map_or(relief, |it| signed(it, -relief)));
    }
    for (item_idx, (item, tally)) in indicator.items.iter().zip(&score.items).enumerate() {
        add(LineKind::Item { item_idx }, tally.score - indicator.start_of(item) - tally.change);
    }
    for (kind, points) in last_steps(score) {
        add(kind, points);
    }
    lines
}

/// Returns what comes after the 评分要点: 不计分, the bounds, the gate, 不涉及, and rounding.
fn last_steps(score: &IndicatorScore) -> [(LineKind, Points); 4] {
    let before = score.whole + score.items.iter().map(|it| it.score).sum();
    let bounds = score.after_bounds - score.after_forfeit;
    let last = score.score - score.after_gate;
    let kind = if score.state == State::NotApplicable { LineKind::NotApplicable } else { LineKind::Rounded };
    [
        (LineKind::Forfeit, score.after_forfeit - before),
        (if bounds.is_negative() { LineKind::Ceiling } else { LineKind::Floor }, bounds),
        (LineKind::Gate, score.after_gate - score.after_bounds),
        (kind, last),
    ]
}

/// Returns the lines whose points add up to a unit's total.
pub fn explain_total(ledger: &Ledger, unit_idx: usize) -> Vec<Line> {
    let sheet = ledger.score(unit_idx);
    let indicators = sheet.indicators.iter().enumerate();
    let own = indicators.map(|(indicator_idx, score)| Line {
        kind: LineKind::Indicator { indicator_idx },
        points: score.score,
    });
    let steps = sheet.steps.iter().map(|it| Line { kind: LineKind::Total(it.kind), points: it.points });
    own.chain(steps).collect()
}

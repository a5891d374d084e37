//! Totals: live formulas where they are plain sums, else the values that the program has, with the arithmetic.

use kaohe_core::{Ledger, Share, SheetScore};

use crate::tables::total_lines;
use crate::words;

/// Says whether a unit's total is the sum of the numbers that stand for its indicators, so that a formula says it.
pub(super) fn is_plain_sum(score: &SheetScore) -> bool {
    let shown = score.indicators.iter().filter(|it| it.share != Share::Absent);
    score.steps.is_empty()
        && score.undecided.is_empty()
        && shown.map(|it| it.score).sum::<kaohe_core::Points>() == score.score
}

/// Returns what makes a total differ from the plain sum, step by step: `加分项 合计在 0 到 5 之间 -1；…`; or what it
/// still waits for.
pub(super) fn arithmetic(ledger: &Ledger, unit_idx: usize) -> String {
    let score = ledger.score(unit_idx);
    if !score.undecided.is_empty() {
        let waits: Vec<String> =
            score.undecided.iter().map(|it| words::undecided(ledger, unit_idx, it)).collect();
        return format!("待定：{}", waits.join("；"));
    }
    if is_plain_sum(score) {
        return String::new();
    }
    let steps: Vec<String> = total_lines(ledger, unit_idx)
        .into_iter()
        .map(|line| {
            let sign = if line.points.is_negative() { "" } else { "+" };
            format!("{} {sign}{}", words::line(ledger, unit_idx, 0, line.kind).step, line.points)
        })
        .collect();
    format!("各指标之和，再：{}", steps.join("；"))
}

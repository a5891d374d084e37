//! What has no number yet, and why.

use kaohe_core::{Ledger, Measure, Reference, SheetScore, State, Undecided};

/// What stands where a score is not decided.
pub const UNDECIDED: &str = "待定";
/// What a unit is that a veto has taken out of the ranking.
pub const DISQUALIFIED: &str = "取消资格";

/// Returns an indicator's state in words.
pub fn state(state: State) -> &'static str {
    match state {
        State::Pending => "未复核",
        State::Reviewed => "已复核",
        State::NotApplicable => "不涉及",
    }
}

/// Returns an indicator's state in words, or that it is not decided.
pub fn indicator_state(score: &kaohe_core::IndicatorScore) -> &'static str {
    if score.undecided.is_some() { UNDECIDED } else { state(score.state) }
}

/// Returns how far a unit's total stands: 已复核, 未复核, 待定 or 取消资格.
pub fn total_state(score: &SheetScore) -> &'static str {
    if score.is_disqualified {
        return DISQUALIFIED;
    }
    if !score.undecided.is_empty() {
        return UNDECIDED;
    }
    state(if score.is_settled() { State::Reviewed } else { State::Pending })
}

/// Says why there is no number yet, and what it waits for: `政务公开满意度 名次待定，还差 区教育局、区财政局`.
pub fn undecided(ledger: &Ledger, unit_idx: usize, why: &Undecided) -> String {
    let rubric = ledger.rubric_of(unit_idx);
    let name = |indicator_idx: usize| rubric.indicator(indicator_idx).name.as_str();
    match why {
        Undecided::RankOpen { indicator_idx, rule_idx, units } => {
            let units = some_units(ledger, units);
            let rule = &rubric.indicator(*indicator_idx).rules[*rule_idx];
            let what = hangs_on(&rule.measure).unwrap_or_default();
            format!("{} {what}待定：还要填数值或复核 {units}", name(*indicator_idx))
        }
        Undecided::MeanOpen { indicator_idx, units } => {
            format!("{} 平均分待定：还要复核 {}", name(*indicator_idx), some_units(ledger, units))
        }
        Undecided::MeanOfNobody { indicator_idx } => {
            format!("{} 平均分待定：同类没有其他单位考核这个指标", name(*indicator_idx))
        }
        Undecided::VetoPending { indicator_idx, rule_idx } => {
            let label = &rubric.indicator(*indicator_idx).rules[*rule_idx].label;
            format!("否决待定：{}“{label}”还没有复核", name(*indicator_idx))
        }
    }
}

/// Returns what the points of a rule hang on where that is the class: `名次`.
pub fn hangs_on(measure: &Measure) -> Option<&'static str> {
    match measure {
        Measure::ByRank { .. } => Some("名次"),
        Measure::Relative { .. } => Some("比例"),
        Measure::Steps { reference: Reference::ClassMean, .. } => Some("均值"),
        Measure::Steps { reference: Reference::Fixed(_) | Reference::Own, .. }
        | Measure::Count { .. }
        | Measure::ByLevel { .. }
        | Measure::Checklist { .. }
        | Measure::Graded { .. }
        | Measure::Discretionary { .. }
        | Measure::Forfeit { .. }
        | Measure::Shortfall { .. }
        | Measure::Bands { .. }
        | Measure::Ratio { .. }
        | Measure::Imported { .. }
        | Measure::Veto { .. } => None,
    }
}

/// Names the first units, and says how many there are: `区教育局、区财政局等 12 个单位`.
pub(crate) fn some_units(ledger: &Ledger, unit_idxs: &[usize]) -> String {
    const MAX_NAMED: usize = 3;
    let names: Vec<&str> =
        unit_idxs.iter().take(MAX_NAMED).map(|&it| ledger.unit(it).name.as_str()).collect();
    let named = names.join("、");
    if unit_idxs.len() > MAX_NAMED { format!("{named}等 {} 个单位", unit_idxs.len()) } else { named }
}

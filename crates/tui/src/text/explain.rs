//! The arithmetic of a score: titles, and what the sums are called.

use kaohe_core::State;

/// What `Tab` leads back to.
pub(crate) const THIS_INDICATOR: &str = "本指标";

/// Returns the title of one indicator's arithmetic.
pub(crate) fn cell_title(unit: &str, indicator: &str) -> String {
    format!("{unit} {indicator}：怎样算来（Tab 看全部指标）")
}

/// Returns the title of a unit's arithmetic.
pub(crate) fn unit_title(unit: &str) -> String {
    format!("{unit}：总分怎样算来")
}

/// Returns what the sum of an indicator's lines is called.
pub(crate) fn indicator_sum(state: State) -> &'static str {
    match state {
        State::Pending => "得分（以上各行之和；未复核，暂计）",
        State::Reviewed | State::NotApplicable => "得分（以上各行之和）",
    }
}

/// Returns what the sum of all lines is called.
pub(crate) fn total_sum(is_settled: bool) -> &'static str {
    if is_settled {
        "总分（以上各行之和）"
    } else {
        "总分（以上各行之和；未复核完，暂计）"
    }
}

/// Returns an indicator with its state: `主动公开信息（未复核）`.
pub(crate) fn indicator_line(name: &str, state: &str) -> String {
    format!("{name}（{state}）")
}

//! Chinese sentences that the screens and the command line share.

mod change;
mod explain;
mod refusal;
mod roster;

use kaohe_core::{Measure, Points, PointsError, Rule, State};

pub(crate) use change::place_of;
pub use change::{change, deduction, deed, done_again, redone, taken_back, undone};
pub use explain::{LineWords, line, losses};
pub(crate) use refusal::parts as refusal_parts;
pub use refusal::refusal;
pub use roster::roster_fault;

/// Returns an indicator's state in words.
pub fn state(state: State) -> &'static str {
    match state {
        State::Pending => "未复核",
        State::Reviewed => "已复核",
        State::NotApplicable => "不涉及",
    }
}

/// Returns whether all of a unit's indicators are settled, in words.
pub fn settled(is_settled: bool) -> &'static str {
    state(if is_settled { State::Reviewed } else { State::Pending })
}

/// Returns what a rule costs: `0.1分/次`, `国务院1分、省级0.5分、市级0.2分`, `酌情`, `不计分`.
pub fn rule_amount(rule: &Rule) -> String {
    match &rule.measure {
        Measure::Count { each, unit } => format!("{each}分/{unit}"),
        Measure::ByLevel { levels, .. } => {
            let amounts: Vec<String> =
                levels.iter().map(|it| format!("{}{}分", it.name, it.points)).collect();
            amounts.join("、")
        }
        Measure::Discretionary { .. } => "酌情".to_owned(),
        Measure::Forfeit => "不计分".to_owned(),
    }
}

/// Returns why a text is not a number of points, to be read after the text.
pub fn points_error(error: PointsError) -> String {
    match error {
        PointsError::NotANumber => "不是数：请填 0.5 这样的小数或整数".to_owned(),
        PointsError::TooFine => format!("小数位太多：最多 {} 位", Points::MAX_DECIMALS),
        PointsError::TooLarge => format!("太大：不能超过 {}", Points::MAX_WHOLE),
    }
}

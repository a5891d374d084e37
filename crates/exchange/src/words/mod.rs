//! Chinese sentences that the screens and the command line share.

mod change;
mod explain;
mod refusal;
mod roster;
mod rubric_change;

use kaohe_core::{Measure, Points, PointsError, Rounding, Rule, Side, State};

pub(crate) use change::place_of;
pub use change::{change, deduction, deed, done_again, redone, taken_back, undone};
pub use explain::{LineWords, line, losses};
pub(crate) use refusal::parts as refusal_parts;
pub use refusal::refusal;
pub use roster::roster_fault;
pub use rubric_change::{misfit, rubric_edit};

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
        Measure::Discretionary { at_least: None, at_most: None, .. } => "酌情".to_owned(),
        Measure::Discretionary { at_least, at_most, unit } => {
            let bound =
                |word: &str, it: &Option<Points>| it.map_or(String::new(), |it| format!("{word}{it}分"));
            format!("酌情，每{unit}{}{}", bound("至少", at_least), bound("最多", at_most))
        }
        Measure::Forfeit { strikes: 1 } => "不计分".to_owned(),
        Measure::Forfeit { strikes } => format!("{strikes}次及以上不计分"),
        Measure::Shortfall { target, each, unit } => format!("应有{target}{unit}，每少1{unit}扣{each}分"),
        Measure::Steps { reference, side, step, each, rounding, unit } => {
            let rounding = match rounding {
                Rounding::WholeSteps => "不足不计",
                Rounding::StepsBegun => "不足按一档计",
                Rounding::Exact => "不足按比例计",
            };
            let (side, away) = sides(*side);
            format!("{side}{reference}，每{away}{step}{unit}扣{each}分，{rounding}")
        }
        Measure::Bands { side, bands, unit } => {
            let (side, _) = sides(*side);
            let bands: Vec<String> =
                bands.iter().map(|it| format!("{side}{}{unit}扣{}分", it.beyond, it.points)).collect();
            bands.join("、")
        }
    }
}

fn sides(side: Side) -> (&'static str, &'static str) {
    match side {
        Side::Below => ("低于", "低"),
        Side::Above => ("高于", "高"),
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

//! Chinese sentences that the screens and the command line share.

mod cause;
mod change;
mod clash;
mod explain;
mod kind;
mod refusal;
mod roster;
mod rubric_change;
mod rule;
mod total;
mod undecided;
mod year_change;

use kaohe_core::{Points, PointsError};

pub use cause::cause;
pub(crate) use change::place_of;
pub use change::{change, deduction, deed, done_again, redone, taken_back, undone};
pub use clash::clash;
pub(crate) use explain::entry_amount;
pub use explain::{LineWords, line, losses, why_superseded};
pub use kind::Kind;
pub use refusal::refusal;
pub(crate) use refusal::{NO_RULES, parts as refusal_parts};
pub use roster::roster_fault;
pub use rubric_change::{misfit, rubric_edit};
pub use rule::{rule_amount, verb, veto_effect, window};
pub use total::treatment;
pub(crate) use undecided::some_units;
pub use undecided::{DISQUALIFIED, UNDECIDED, hangs_on, indicator_state, state, total_state, undecided};
pub use year_change::{indicator_change, unit_change};

/// Returns why a text is not a number of points, to be read after the text.
pub fn points_error(error: PointsError) -> String {
    match error {
        PointsError::NotANumber => "不是数：请填 0.5 这样的小数或整数".to_owned(),
        PointsError::TooFine => format!("小数位太多：最多 {} 位", Points::MAX_DECIMALS),
        PointsError::TooLarge => format!("太大：不能超过 {}", Points::MAX_WHOLE),
    }
}

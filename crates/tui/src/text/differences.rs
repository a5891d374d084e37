//! The words of self-scores against the office's.

use kaohe_core::{Points, State};

use crate::world::signed;

/// Why there are differences.
pub(crate) const WHY: &str = "失分原因";
/// How many indicators of a unit have both scores.
pub(crate) const N_CELLS: &str = "自评项数";
/// How many of them are not reviewed.
pub(crate) const N_PENDING: &str = "未复核";
/// Said where no unit has a self-score.
pub(crate) const NOTHING: &str = "还没有自评：在总表上按 s 填，或用 kaohe import self 导入";
/// What the signs mean, and how to read a difference.
pub(crate) const SIGNS: &[&str] = &["差额=自评减复核", "?=未复核", "/=不涉及"];

/// Returns the sign behind a score.
pub(crate) fn sign(state: State) -> &'static str {
    match state {
        State::Pending => "?",
        State::Reviewed => " ",
        State::NotApplicable => "/",
    }
}

/// Returns `全部类别 54 格：不同 23，未复核 12，合计 +9.5`.
pub(crate) fn cells(
    scope: &str,
    n_cells: usize,
    n_differing: usize,
    n_pending: usize,
    sum: Points,
) -> String {
    format!("{scope} {n_cells} 格：不同 {n_differing}，未复核 {n_pending}，合计 {}", signed(sum))
}

/// Returns `全部类别 31 个单位：不同 23，合计 +9.5`.
pub(crate) fn units(scope: &str, n_units: usize, n_differing: usize, sum: Points) -> String {
    format!("{scope} {n_units} 个单位：不同 {n_differing}，合计 {}", signed(sum))
}

//! The words of where points were lost.

use kaohe_core::{Cause, Points, Rubric};
use kaohe_exchange::words;

use super::labels;

/// The head of what took points.
pub(crate) const CAUSE: &str = "规则";
/// The head of the points lost.
pub(crate) const LOST: &str = "失分";
/// The head of how many units lost there.
pub(crate) const N_UNITS: &str = "单位数";
/// The head of the share of all lost points.
pub(crate) const SHARE: &str = "占比%";
/// Said where nobody has lost anything.
pub(crate) const NOTHING: &str = "还没有失分";
/// Said where no unit has a total yet.
pub(crate) const ALL_UNDECIDED: &str = "单位都还待定，没有可算的";
/// What the list rests on.
pub(crate) const HINT: &str = "失分已按最高扣分、扣完为止、权重折合，各行相加等于总失分";

/// Returns `全部类别：31 个单位共失 46.3 分（2 个单位待定，没有计入）`.
pub(crate) fn head(scope: &str, n_units: usize, n_undecided: usize, lost: Points) -> String {
    let undecided = if n_undecided > 0 {
        format!("（{n_undecided} 个单位待定，没有计入）")
    } else {
        String::new()
    };
    format!("{scope}：{n_units} 个单位共失 {lost} 分{undecided}")
}

/// Returns `区直 3 政务新媒体：更新超期，6 个单位共失 1.2 分`.
pub(crate) fn units_head(rubric: &Rubric, cause: Cause, n_units: usize, lost: Points) -> String {
    let indicator = cause.indicator_idx().map(|it| labels::numbered(rubric.indicator(it)));
    let indicator = indicator.unwrap_or_default();
    let cause = words::cause(rubric, cause);
    format!("{} {indicator}：{cause}，{n_units} 个单位共失 {lost} 分", rubric.track)
}

/// Returns how many occurrences; nothing where the cause has none.
pub(crate) fn count(n_occurrences: u64) -> String {
    if n_occurrences == 0 { String::new() } else { n_occurrences.to_string() }
}

//! The words of all units on one indicator.

use kaohe_core::{Entry, Indicator, Ledger, Points, Track};
use kaohe_exchange::words;

use super::labels;

/// The head of the last entry.
pub(crate) const LAST_ENTRY: &str = "最近的扣分";
/// Said where nothing of the indicator is left to review.
pub(crate) const ALL_REVIEWED: &str = "这个指标全部单位都已复核，按左右键换指标";

/// Returns `区直  3.政务新媒体（10分）  已复核 12/26  共扣 3.4`.
pub(crate) fn head(
    track: &Track,
    indicator: &Indicator,
    n_settled: usize,
    n_units: usize,
    lost: Points,
) -> String {
    let progress = labels::nth(n_settled, n_units);
    let lost = if indicator.start_points().is_zero() { String::new() } else { format!("  共扣 {lost}") };
    format!("{track}  {}  已复核 {progress}{lost}", labels::indicator(indicator))
}

/// Returns `05-20 更新超期 1次  年中检查时未补发`.
pub(crate) fn entry(ledger: &Ledger, entry: &Entry) -> String {
    let deduction = &entry.deduction;
    let date = format!("{:02}-{:02}", deduction.date.month(), deduction.date.day());
    format!("{date} {}  {}", words::deduction(ledger, deduction), deduction.note)
}

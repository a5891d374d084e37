//! Sorting and filtering the matrix, in words.

use kaohe_core::Indicator;

use crate::screens::{Filter, Order};

/// Said where nobody would show.
pub(crate) const NOBODY_SHOWS: &str = "没有这样的单位，仍显示原来的";
/// Said where a filter was cleared, since it hid the unit that was asked for.
pub(crate) const FILTER_CLEARED: &str = "筛选里没有这个单位，已取消筛选";
/// Said where all that shows is reviewed.
pub(crate) const FILTERED_REVIEWED: &str = "筛选出的单位都已复核；按 Esc 取消筛选";

/// Returns `4 基础信息公开`.
fn column(indicator: &Indicator) -> String {
    format!("{} {}", indicator.number, indicator.name)
}

/// Returns the title of the list of orders; `indicator` is the current column.
pub(crate) fn order_title(indicator: &Indicator) -> String {
    format!("排序（本列是 {}）", column(indicator))
}

/// Returns the title of the list of filters; `indicator` is the current column.
pub(crate) fn filter_title(indicator: &Indicator) -> String {
    format!("筛选（本列是 {}）", column(indicator))
}

/// Returns an order to choose.
pub(crate) fn order(order: Order) -> &'static str {
    match order {
        Order::Roster => "名录顺序",
        Order::ScoreDown(_) => "本列得分，从高到低",
        Order::ScoreUp(_) => "本列得分，从低到高",
        Order::Lost(_) => "本列扣分，从多到少",
        Order::Gap(_) => "本列自评与得分，相差大的在前",
        Order::Pending(_) => "本列未复核的在前",
        Order::TotalDown => "总分，从高到低",
        Order::TotalUp => "总分，从低到高",
        Order::Rank => "名次，没有名次的在后",
    }
}

/// Returns a filter to choose.
pub(crate) fn filter(filter: Filter) -> &'static str {
    match filter {
        Filter::All => "全部单位",
        Filter::Lost(_) => "本列有扣分的",
        Filter::Gap(_) => "本列自评与得分不同的",
        Filter::Pending(_) => "本列未复核的",
        Filter::Unfinished => "整个单位还没复核完的",
        Filter::Marked => "有标记的",
    }
}

/// Puts the column's name in the place of 本列.
fn named(words: &str, indicator: Option<&Indicator>) -> String {
    match indicator {
        Some(indicator) => words.replacen("本列", &format!("{} ", column(indicator)), 1),
        None => words.to_owned(),
    }
}

/// Says how the rows are sorted, and on which column.
pub(crate) fn sorted(by: Order, indicator: Option<&Indicator>) -> String {
    format!("排序：{}", named(order(by), indicator))
}

/// Says what shows only, how many of how many, and how to see all again.
pub(crate) fn filtered(
    by: Filter,
    indicator: Option<&Indicator>,
    n_shown: usize,
    n_all: usize,
) -> (String, String) {
    (format!("筛选：{}", named(filter(by), indicator)), format!("  {n_shown}/{n_all}，Esc 取消"))
}

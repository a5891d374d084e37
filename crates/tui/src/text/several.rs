//! What is done to several units at once: marks, and the preview before it is recorded.

use kaohe_core::{Deduction, Ledger, Mark, State};
use kaohe_exchange::words;

/// Heads of the preview.
pub(crate) const HEADS: [&str; 3] = ["单位", "现在", "记入后"];
/// Said where none of the marked units is assessed there.
pub(crate) const NONE_CONCERNED: &str = "已标的单位都不在这一类，或不考核这个指标；按 Esc 清除标记";
/// Said where nothing is left to record.
pub(crate) const NOTHING_TO_RECORD: &str = "没有一个单位可记，按 Esc 返回";
/// Said where the preview is no longer what was looked at.
pub(crate) const LOOK_AGAIN: &str = "刚有别的改动，预览已更新：请再看一遍，回车记入";
/// Why a unit is left out.
pub(crate) const OTHER_CLASS: &str = "不在这一类别";
pub(crate) const NOT_CONCERNED: &str = "不考核这个单位（按标签）";
pub(crate) const WITHOUT_EFFECT: &str = "已到上限或已扣完，再扣分数不变";
pub(crate) const ALREADY_REVIEWED: &str = "已经复核";

/// Says how many units are marked, and which keys act on all of them.
pub(crate) fn marked(n_marked: usize) -> String {
    format!("+已标 {n_marked} 个单位：数字键一起扣分，空格一起复核，Esc 清除；其余只对光标所在的")
}

/// Says it on a screen that Esc leaves.
pub(crate) fn marked_here(n_marked: usize) -> String {
    format!("+已标 {n_marked} 个单位：数字键一起扣分，空格一起复核；其余只对光标所在的")
}

/// Returns what the marked units are called in a title.
pub(crate) fn units(n_marked: usize) -> String {
    format!("已标的 {n_marked} 个单位")
}

/// Returns `已标 3`.
pub(crate) fn n_marked(n_marked: usize) -> String {
    format!("已标 {n_marked}")
}

/// Returns `政务新媒体：扣 更新超期 1次`.
pub(crate) fn deduct_title(ledger: &Ledger, indicator: &str, deduction: &Deduction) -> String {
    format!("{indicator}：{}", words::deduction(ledger, deduction))
}

/// Returns `政务新媒体：标为已复核`.
pub(crate) fn review_title(indicator: &str, mark: Mark) -> String {
    match mark {
        Mark::Reviewed => format!("{indicator}：标为已复核"),
        Mark::Pending => format!("{indicator}：改回未复核"),
    }
}

/// Returns the title of the preview.
pub(crate) fn preview_title(what: &str) -> String {
    format!("先看一看  {what}")
}

/// Returns what the batch is called in the record.
pub(crate) fn batch_title(what: &str) -> String {
    format!("多个单位 {what}")
}

/// Returns whether an indicator is reviewed.
pub(crate) fn state(state: State) -> &'static str {
    match state {
        State::Pending => "未复核",
        State::Reviewed => "已复核",
        State::NotApplicable => "不涉及",
    }
}

/// Says that a unit is left out, since the office has marked the indicator 不涉及.
pub(crate) fn not_applicable(reason: &str) -> String {
    format!("不涉及：{reason}")
}

/// Says that nothing is recorded of a unit, and why.
pub(crate) fn left_out(reason: &str) -> String {
    format!("不记：{reason}")
}

/// Says how many units are recorded and how many are not, and which key does it.
pub(crate) fn to_do(n_changes: usize, n_left_out: usize, scrolls: bool) -> String {
    let left_out = if n_left_out > 0 { format!("，{n_left_out} 个不记") } else { String::new() };
    let scrolls = if scrolls { "，上下键翻看" } else { "" };
    match n_changes {
        0 => format!("没有单位可记{left_out}：Esc 返回{scrolls}"),
        _ => format!("记 {n_changes} 个单位{left_out}：回车记入，Esc 返回{scrolls}"),
    }
}

//! Short words: heads of columns, names of fields, signs.

use std::fmt::Display;

use kaohe_core::{CheckItem, Indicator, Points, Section};

use crate::widgets::cells;

/// What a cell shows that lost nothing.
pub(crate) const FULL_MARKS: &str = "满";
/// Heads of the columns beside the indicators on the matrix.
pub(crate) const UNIT: &str = "单位";
pub(crate) const TOTAL_SCORE: &str = "总分";
pub(crate) const RANK: &str = "名次";
pub(crate) const REVIEWED: &str = "复核";
/// Stands before the name of a unit that is marked.
pub(crate) const MARK_SIGN: char = '+';
/// Stands after the total of who is out of the ranking.
pub(crate) const DISQUALIFIED_SIGN: &str = "x";
/// Heads of the official table: its texts, and its scores.
pub(crate) const SHEET_HEADS: [&str; 3] = ["一级指标", "二级指标", "评分办法"];
pub(crate) const SHEET_SCORES: [&str; 4] = [SELF_SCORE, LOST, REVIEW, DIFFERENCE];
/// Heads of a ranking.
pub(crate) const RANKING_HEADS: [&str; 5] = ["名次", "单位", "得分", "扣分", "复核"];
/// Head of the last column of a ranking where the class has grades.
pub(crate) const GRADE: &str = "等次";
/// Head of the classes in the figures.
pub(crate) const CLASS: &str = "类别";
/// Heads of the figures of a class.
pub(crate) const FIGURE_HEADS: [&str; 6] = ["单位数", "已复核", "平均", "中位数", "最高", "最低"];
/// Said of all classes together.
pub(crate) const ALL_CLASSES: &str = "全部类别";
/// Heads of columns that several lists have.
pub(crate) const INDICATOR: &str = "指标";
pub(crate) const REVIEW: &str = "复核";
pub(crate) const DIFFERENCE: &str = "差额";
pub(crate) const LOST: &str = "扣分";
pub(crate) const SCORE: &str = "得分";
pub(crate) const STATE: &str = "状态";
/// Heads of the log.
pub(crate) const LOG_HEADS: [&str; 7] = ["编号", "时间", "记录人", "单位", "操作", "之前", "之后"];
/// Heads of the log in a narrow window.
pub(crate) const LOG_HEADS_NARROW: [&str; 6] = ["编号", "时间", "记录人", "单位", "操作", "之后"];
/// Heads of the roster.
pub(crate) const ROSTER_HEADS: [&str; 6] = ["编号", "单位", "简称", "拼音", "标签", "备注"];
/// Heads of the roster in a narrow window.
pub(crate) const ROSTER_HEADS_NARROW: [&str; 4] = ["编号", "单位", "简称", "备注"];
/// The last line of the official table.
pub(crate) const TOTAL: &str = "合计";

/// The fields of forms.
pub(crate) const LEVEL: &str = "档次";
pub(crate) const GRADED: &str = "等级";
pub(crate) const MISSING: &str = "缺项";
pub(crate) const COUNT: &str = "次数";
pub(crate) const AMOUNT: &str = "分值";
pub(crate) const VALUE: &str = "数值";
pub(crate) const TARGET: &str = "任务数";
pub(crate) const MODIFIER: &str = "倍数";
pub(crate) const DATE: &str = "日期";
pub(crate) const NOTE: &str = "说明";
pub(crate) const SOURCE: &str = "依据";
pub(crate) const EVENT: &str = "事项";
pub(crate) const REASON: &str = "理由";
pub(crate) const SELF_SCORE: &str = "自评";

/// Returns `3/26`: which of how many.
pub(crate) fn nth(number: usize, of: usize) -> String {
    format!("{number}/{of}")
}

/// Returns what the line of the means is called.
pub(crate) fn means(is_settled: bool) -> &'static str {
    if is_settled { "平均" } else { "暂计平均" }
}

/// Returns `10分`.
pub(crate) fn points(points: Points) -> String {
    format!("{points}分")
}

/// Returns `1并`: a place that several units share.
pub(crate) fn tied(rank: impl Display) -> String {
    format!("{rank}并")
}

/// Returns `一.基础工作（40分）`.
pub(crate) fn section(section: &Section) -> String {
    format!("{}.{}（{}分）", section.number, section.name, section.points)
}

/// Returns `4.基础信息公开（10分）`.
pub(crate) fn indicator(indicator: &Indicator) -> String {
    format!("{}.{}（{}分）", indicator.number, indicator.name, indicator.points)
}

/// Returns a 评分要点 as the official table prints it: `2.对行政许可…（2分）`.
pub(crate) fn official_item(item: &CheckItem) -> String {
    format!("{}.{}（{}分）", item.number, item.text, item.points)
}

/// Returns a 评分要点 beside those of other indicators: `4.2（2分）对行政许可…`.
pub(crate) fn item(indicator: &Indicator, item: &CheckItem) -> String {
    format!("{}.{}（{}分）{}", indicator.number, item.number, item.points, item.text)
}

/// Returns `3 政务新媒体`.
pub(crate) fn numbered(indicator: &Indicator) -> String {
    format!("{} {}", indicator.number, indicator.name)
}

/// Returns the same with the short name where the name does not fit.
pub(crate) fn numbered_within(indicator: &Indicator, width: usize) -> String {
    let whole = numbered(indicator);
    if cells::width(&whole) <= width {
        whole
    } else {
        format!("{} {}", indicator.number, indicator.short_name())
    }
}

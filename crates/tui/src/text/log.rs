//! The words of the journal, and of the year as it was.

use kaohe_core::{Change, Deduction, Indicator, Points, Record, RecordKind, Stamp, Unit};
use kaohe_exchange::clean;
use kaohe_store::AsOfError;

use super::faults;

/// Before what is looked for.
pub(crate) const FIND: &str = "找：";
/// Said where a filter needs a unit.
pub(crate) const NO_UNIT: &str = "没有当前单位：先在总表里选一个单位，再看留痕";
/// Said where nothing was recorded yet.
pub(crate) const NOTHING_YET: &str = "还没有留痕";
/// Said where no record is like what is wanted.
pub(crate) const NONE_SUCH: &str = "没有这样的留痕；按 1 看全部，按 / 改要找的词";
/// Said when it is the present again.
pub(crate) const NOW: &str = "回到现在";
/// Why nothing is recorded while the year is shown as it was.
pub(crate) const PAST: &str = "看的是从前的样子，只读；按 Esc 回到现在再改";

/// Returns the filters with their digits.
pub(crate) fn filters(unit: &str, kind: &str) -> [String; 5] {
    let unit = if unit.is_empty() { "当前单位" } else { unit };
    let kind = if kind.is_empty() { String::new() } else { format!("：{kind}") };
    [
        "1 全部".to_owned(),
        format!("2 {unit}"),
        "3 我记的".to_owned(),
        format!("4 操作{kind}"),
        "5 今天".to_owned(),
    ]
}

/// Says how many show.
pub(crate) fn count(n_shown: usize, n_all: usize) -> String {
    if n_shown == n_all { format!("{n_all} 行") } else { format!("{n_shown} 行，共 {n_all} 行") }
}

/// Returns what was done, after the indicator's name.
pub(crate) fn placed(indicator: Option<String>, deed: &str) -> String {
    match indicator {
        Some(indicator) => format!("{indicator}：{deed}"),
        None => deed.to_owned(),
    }
}

/// Returns the title of one record.
pub(crate) fn record(n: u64, is_all: bool) -> String {
    format!("第 {n} 条留痕{}", if is_all { "" } else { "（上下键翻看）" })
}

/// Returns who recorded it, when and where.
pub(crate) fn head(record: &Record, at: &str) -> Vec<String> {
    let Record { stamp, by, machine, kind, change, .. } = record;
    let mut lines = vec![clean(&format!("{at}  {by}  机器 {machine}  编号 {stamp}"))];
    match kind {
        RecordKind::Do => {}
        RecordKind::Undo(of) => lines.push(format!("撤销第 {} 条（{of}）", of.n)),
        RecordKind::Redo(of) => lines.push(format!("重做第 {} 条（{of}）", of.n)),
    }
    if let Change::Batch { title, changes } = change {
        lines.push(clean(&format!("{title}，一共 {} 项，算一步", changes.len())));
    }
    lines
}

/// Returns where something was done.
pub(crate) fn place(unit: &Unit, indicator: &Indicator) -> String {
    clean(&format!("{} {}  {}.{}", unit.id, unit.name, indicator.number, indicator.name))
}

/// Returns a deed, one of several of its place.
pub(crate) fn deed(deed: &str) -> String {
    clean(&format!("  {deed}"))
}

/// Says how the unit's total moved.
pub(crate) fn moved(before: Option<Points>, after: Option<Points>) -> Option<String> {
    match (before, after) {
        (Some(before), Some(after)) if before == after => Some(format!("  总分 {before}，没有动")),
        (Some(before), Some(after)) => Some(format!("  总分 {before} -> {after}")),
        _ => None,
    }
}

/// Returns what entries say besides their points.
pub(crate) fn details(deductions: &[&Deduction]) -> Vec<String> {
    let mut lines = Vec::new();
    for (deduction, number) in deductions.iter().zip(1..) {
        let mut parts = vec![format!("日期 {}", deduction.date)];
        let texts = [
            ("说明", deduction.note.as_str()),
            ("依据", deduction.source.as_str()),
            ("事项", deduction.event.as_deref().unwrap_or_default()),
        ];
        parts.extend(texts.iter().filter(|it| !it.1.is_empty()).map(|it| format!("{} {}", it.0, it.1)));
        let sign = if deductions.len() > 1 { format!("{number}. ") } else { String::new() };
        lines.push(clean(&format!("{sign}{}", parts.join("  "))));
    }
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    lines
}

/// Marks every screen while the year is shown as it was; the longest that fits in so many cells.
pub(crate) fn banner(stamp: &Stamp, at: &str, width: usize) -> String {
    let n = stamp.n;
    let day: String = at.chars().skip(5).collect();
    if width >= 110 {
        format!("第 {n} 条之后（{at}）的样子，只读，Esc 回到现在")
    } else if width >= 78 {
        format!("第 {n} 条之后（{day}），只读，Esc 回到现在")
    } else {
        format!("第 {n} 条之后，只读 Esc 回到现在")
    }
}

/// Said when the year shows as it was after a record; some files of then may not have been kept.
pub(crate) fn looked_back(lost: &[String]) -> String {
    match lost {
        [] => "这是那一条之后的样子：各个画面都能看，不能改".to_owned(),
        lost => clean(&format!("当时的 {} 没有留存，按现在的算", lost.join("、"))),
    }
}

/// Says why the year cannot be shown as it was.
pub(crate) fn not_looked_back(error: &AsOfError) -> String {
    match error {
        AsOfError::Store(error) => faults::store_error(error),
        AsOfError::UnknownRecord(stamp) => clean(&format!("没有编号是 {stamp} 的留痕：按 Ctrl-L 重新读入")),
        AsOfError::NothingYet { .. } => NOTHING_YET.to_owned(),
    }
}

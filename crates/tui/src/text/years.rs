//! The words of the years of a data folder.

use std::path::Path;

use kaohe_exchange::clean;
use kaohe_store::{BUILTIN_YEAR, StoreError};

use super::faults;
use crate::effect::YearSummary;

/// The last line of the list, and the title of what it opens.
pub(crate) const BEGIN: &str = "新建年度";
/// Stands before the title of the year that is open.
pub(crate) const IS_OPEN: &str = "（现在打开的）";
/// Stands where a year is still being read.
pub(crate) const LOOKING: &str = "正在读……";
/// The questions.
pub(crate) const YEAR: &str = "年度";
pub(crate) const FROM: &str = "沿用";
/// What stands in an empty year.
pub(crate) const YEAR_HINT: &str = "四位数字，如 2024";
/// What the questions are about.
pub(crate) const ABOUT: &str = "新年度从一份细则和名录开始，没有任何记录；细则和名录以后可以换。";
/// Said where what was filled in is no year.
pub(crate) const NOT_A_YEAR: &str = "年度请写四位数字，如 2024";

/// Says where the years lie.
pub(crate) fn folder(data: &Path) -> String {
    clean(&format!("数据文件夹 {}", data.display()))
}

/// Returns how far a year is.
pub(crate) fn state(summary: &YearSummary) -> String {
    let YearSummary { n_settled, n_units, .. } = summary;
    if summary.is_damaged {
        "有损坏，只读".to_owned()
    } else if summary.is_finalised {
        "已定稿".to_owned()
    } else if n_settled == n_units {
        format!("{n_units} 个单位都已复核")
    } else {
        format!("已复核单位 {n_settled}/{n_units}")
    }
}

/// Says how many records a year has.
pub(crate) fn n_records(n_records: usize) -> String {
    format!("{n_records} 条")
}

/// Says that a year cannot be opened, with the beginning of why.
pub(crate) fn unfit(why: &str) -> String {
    format!("打不开：{}", why.lines().next().unwrap_or_default())
}

/// Returns what a new year may start from.
pub(crate) fn froms(newest: Option<u16>) -> Vec<String> {
    let newest = newest.map(|it| format!("{it} 年的细则、名录和设置"));
    let built_in = format!("内置的 {BUILTIN_YEAR} 年细则和示例名录");
    newest.into_iter().chain([built_in]).collect()
}

/// Says which year is open now, and what is to be looked after.
pub(crate) fn opened(title: &str, no_backup: Option<&StoreError>, has_other_period: bool) -> String {
    match no_backup {
        Some(error) => faults::no_backup(error),
        None if has_other_period => {
            format!("已打开 {title}；细则里的考核期限不是这一年，请改 rubrics 里的 title 和 period")
        }
        None => format!("已打开 {title}"),
    }
}

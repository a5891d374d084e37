//! The words of a year beside an earlier one.

use std::path::Path;

use kaohe_core::{IndicatorChange, Ledger, Track, UnitChange};
use kaohe_exchange::{clean, words};

use crate::app::Earlier;

/// Heads of columns.
pub(crate) const RANK: &str = "名次";
pub(crate) const BEFORE: &str = "上年";
pub(crate) const PLACES: &str = "升降";
pub(crate) const CHANGE: &str = "变化";
pub(crate) const REMARK: &str = "备注";
pub(crate) const RATE: &str = "得分率";
pub(crate) const LOSS_RATE: &str = "失分率";
pub(crate) const INDICATOR_BEFORE: &str = "上年指标";
pub(crate) const BY: &str = "对应";
/// Said while the earlier year is being read.
pub(crate) const LOOKING: &str = "正在读上一年……";
/// Said to a key about what this year does not have.
pub(crate) const GONE_HERE: &str = "今年没有它，总表里没有这一格";
/// Why nothing can be compared yet.
pub(crate) const NOBODY_RANKED: &[&str] = &["今年还没有单位复核完，不排名次；按 p 可按暂计得分比"];
/// What the signs mean, where there is one earlier year, and where there are more.
pub(crate) const SIGNS_OF_ONE: &[&str] = &["?=暂计得分", "-=不排名次"];
pub(crate) const SIGNS: &[&str] = &["左右键换年度", "?=暂计得分", "-=不排名次"];
/// Why the palette does not open it.
pub(crate) const NONE: &str = "数据文件夹里没有更早的年度";

/// Says how an earlier year comes into the data folder.
pub(crate) fn how_to_get_one(year: u16, data: &Path) -> String {
    let before = year.saturating_sub(1);
    let data = clean(&data.display().to_string());
    format!(
        "{NONE}，没有可比的。\n\
         有上一年的年度文件夹：把它放进 {data}，文件夹名就是年度，如 {before}。\n\
         有上一年导出的 .ron 文件：kaohe import year 文件。\n\
         都没有：kaohe init {before}，再用 kaohe --year {before} import 导入上一年的扣分，并标为已复核。\n\
         放好以后返回，再进这个画面。"
    )
}

/// Says that there is no year further on.
pub(crate) fn no_other(is_earlier: bool) -> String {
    if is_earlier { "没有更早的年度了".to_owned() } else { "没有更近的年度了".to_owned() }
}

/// Returns `2023 比 2022：区直 26 个单位，新增 1，不再考核 2`.
pub(crate) fn class(year: u16, earlier: &Earlier, track: &Track, rows: &[&UnitChange]) -> String {
    let n_new = rows.iter().filter(|it| it.before.is_none()).count();
    let n_gone = rows.iter().filter(|it| it.now.is_none()).count();
    let mut head = format!("{}：{track} {} 个单位", years(year, earlier), rows.len() - n_gone);
    if n_new > 0 {
        head.push_str(&format!("，新增 {n_new}"));
    }
    if n_gone > 0 {
        head.push_str(&format!("，不再考核 {n_gone}"));
    }
    head
}

/// Returns `2023 比 2022：各指标的失分率（%）`.
pub(crate) fn indicators(year: u16, earlier: &Earlier) -> String {
    format!("{}：各指标的失分率（%）", years(year, earlier))
}

fn years(year: u16, earlier: &Earlier) -> String {
    let damaged = if earlier.is_damaged { "（有损坏，只算核验得过的）" } else { "" };
    format!("{year} 比 {}{damaged}", earlier.year)
}

/// Returns by how many places a unit rose or fell.
pub(crate) fn places(places_up: Option<i64>) -> String {
    match places_up {
        None => String::new(),
        Some(0) => "平".to_owned(),
        Some(up) if up > 0 => format!("升{up}"),
        Some(down) => format!("降{}", down.unsigned_abs()),
    }
}

/// Says that a unit is new, or gone, or was in another class.
pub(crate) fn remark(unit: &UnitChange, before: &Ledger) -> String {
    words::unit_change(unit, before)
}

/// Says why two indicators stand for the same, or that there is but one.
pub(crate) fn by(indicator: &IndicatorChange) -> &'static str {
    words::indicator_change(indicator)
}

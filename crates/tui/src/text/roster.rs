//! The words of the roster.

use kaohe_core::{Track, Unit};
use kaohe_exchange::clean;

/// The questions about a unit.
pub(crate) const ID: &str = "编号";
pub(crate) const NAME: &str = "单位";
pub(crate) const SHORT: &str = "简称";
pub(crate) const PINYIN: &str = "拼音";
pub(crate) const TAGS: &str = "标签";
pub(crate) const NOTE: &str = "备注";
pub(crate) const REASON: &str = "理由";
pub(crate) const HOW: &str = "怎样";
/// What stands in empty fields.
pub(crate) const ID_HINT: &str = "必填：英文字母和数字，以后不能改";
pub(crate) const NAME_HINT: &str = "必填：全名";
pub(crate) const SHORT_HINT: &str = "总表里用；空着就用全名";
pub(crate) const PINYIN_HINT: &str = "另加的读音，给查找用；常用的不必填";
pub(crate) const TAGS_HINT: &str = "几个用分号隔开；细则按它定谁考核";
pub(crate) const REASON_HINT: &str = "必填：如 机构改革，并入某局";
/// How a unit goes.
pub(crate) const HOWS: [&str; 2] = ["停用，记录都在", "从名录里去掉（没有记录的才行）"];
/// What retiring means.
pub(crate) const RETIRE: &str =
    "停用的单位不再考核：不在总表、排名和统计里，也不再收新记录；已有的记录都在，随时可以恢复。";
/// Said where no reason is given.
pub(crate) const NO_REASON: &str = "理由空着：请写明为什么停用";
/// Said where a class has no units.
pub(crate) const NO_UNITS: &str = "这一类没有单位；按 a 或 F7 添加";
/// Said where a unit is the first or the last.
pub(crate) const NO_FURTHER: &str = "已经到头了";
/// What the footer calls bringing a unit back.
pub(crate) const BRING_BACK: &str = "恢复";
/// Said where somebody else has replaced the roster meanwhile.
pub(crate) const CHANGED: &str = "没有改：名录刚被别人改过。已载入新的，请看一看再改";

/// Returns the class, and how many units it has.
pub(crate) fn class(track: &Track, n_units: usize, n_retired: usize) -> String {
    let n_assessed = n_units - n_retired;
    let retired = if n_retired > 0 { format!("，另有 {n_retired} 个停用") } else { String::new() };
    format!("{track}：{n_assessed} 个单位{retired}")
}

/// Returns why a unit is retired.
pub(crate) fn retired(unit: &Unit) -> String {
    format!("停用：{}", unit.retired)
}

/// Returns the titles of the boxes.
pub(crate) fn adding(track: &Track) -> String {
    format!("添加单位：{track}")
}

pub(crate) fn editing(unit: &Unit) -> String {
    clean(&format!("修改 {} {}", unit.id, unit.name))
}

pub(crate) fn retiring(unit: &Unit) -> String {
    clean(&format!("停用 {} {}", unit.id, unit.name))
}

/// Names a unit that another one clashes with.
pub(crate) fn nth_unit(unit: Option<&Unit>) -> String {
    unit.map_or_else(String::new, |it| clean(&format!("“{} {}”", it.id, it.name)))
}

/// Says what was done.
pub(crate) fn added(unit: &Unit) -> String {
    clean(&format!("已添加 {} {}", unit.id, unit.name))
}

pub(crate) fn edited(unit: &Unit) -> String {
    clean(&format!("已改 {} {}", unit.id, unit.name))
}

pub(crate) fn moved(unit: &Unit) -> String {
    clean(&format!("已移动 {}", unit.name))
}

pub(crate) fn removed(unit: &Unit) -> String {
    clean(&format!("已从名录里去掉 {} {}", unit.id, unit.name))
}

pub(crate) fn retired_now(unit: &Unit) -> String {
    clean(&format!("已停用 {}（{}）", unit.name, unit.retired))
}

pub(crate) fn checked(note: &str) -> String {
    clean(&format!("名录已核对，去掉了备注“{note}”"))
}

pub(crate) fn brought_back(unit: &Unit) -> String {
    clean(&format!("已恢复 {}", unit.name))
}

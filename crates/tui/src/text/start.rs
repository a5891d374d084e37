//! The start screen.

use std::path::Path;

use kaohe_core::Rubric;

/// What the program is for.
pub(crate) const PURPOSE: &str = "政务公开考核：按考核细则扣分、复核、排名";
/// The choice that begins the built-in year.
pub(crate) const BEGIN: &str = "开始2023年度：用内置的考核细则和示例名录";
/// The choice that shows the sample year.
pub(crate) const DEMO: &str = "先看示例：一个填好的年度，放在临时文件夹，退出就删";
/// The choice that ends the program.
pub(crate) const QUIT: &str = "退出";

/// Says that there is no year yet, and where it will lie.
pub(crate) fn no_year(data: &Path) -> String {
    format!("这里还没有考核年度。数据将放在：{}", data.display())
}

/// Says what a rubric scores.
pub(crate) fn rubric(rubric: &Rubric, n_units: usize) -> String {
    format!("{}：{n_units} 个单位，{} 个二级指标，{}分", rubric.track, rubric.n_indicators(), rubric.points)
}

/// Says what is to be done with the sample roster, whose own note comes first.
pub(crate) fn sample_roster(note: &str) -> String {
    format!("{note}：名录里的单位要换成自己的（kaohe units import）。")
}

/// Says how a year other than the built-in one begins.
pub(crate) fn other_years(built_in: u16) -> String {
    format!("别的年度、别的细则，如：kaohe init {} --rubric 文件 --units 文件", built_in + 1)
}

//! Units, classes and indicators as they are named on the command line.

use kaohe_core::{Ledger, Rubric, half_width, nearest};
use kaohe_exchange::clean;

use crate::failure::Failure;

/// Returns the place in the roster of the unit with this id or exactly this name.
pub(crate) fn unit(ledger: &Ledger, given: &str) -> Result<usize, Failure> {
    let found = ledger.find_unit(given.trim()).or_else(|| ledger.find_unit(half_width(given).trim()));
    found.ok_or_else(|| unknown("单位", given, "编号或全名", ledger.nearest_unit(given)))
}

/// Returns the index of the rubric that scores this class.
pub(crate) fn track(ledger: &Ledger, given: &str) -> Result<usize, Failure> {
    let tracks = || ledger.rubrics().iter().map(|it| it.track.as_str());
    tracks().position(|it| it == given.trim()).ok_or_else(|| {
        let known: Vec<&str> = tracks().collect();
        unknown("类别", given, &known.join("、"), nearest(given, tracks()))
    })
}

/// Returns the index of the indicator with this number or name.
pub(crate) fn indicator(rubric: &Rubric, given: &str) -> Result<usize, Failure> {
    find_indicator(rubric, given).ok_or_else(|| {
        let what = format!("指标（{}细则）", rubric.track);
        unknown(&what, given, "序号或名称", rubric.nearest_indicator(given))
    })
}

/// Returns the index of the indicator with this number or name, where the rubric has it.
pub(crate) fn find_indicator(rubric: &Rubric, given: &str) -> Option<usize> {
    rubric.find_indicator(given.trim()).or_else(|| rubric.find_indicator(half_width(given).trim()))
}

fn unknown(what: &str, given: &str, wanted: &str, nearest: Option<&str>) -> Failure {
    let nearest = nearest.map_or(String::new(), |it| format!("，最接近的是“{it}”"));
    Failure::usage(clean(&format!("没有{what}“{given}”：请填{wanted}{nearest}。")))
}

//! A year beside an earlier one, in words.

use kaohe_core::{IndicatorChange, Ledger, MatchedBy, UnitChange};

/// Says that a unit is new, or gone, or was in another class; nothing of one that is as it was.
pub fn unit_change(unit: &UnitChange, before: &Ledger) -> String {
    match (&unit.now, &unit.before) {
        (Some(_), None) => "新增".to_owned(),
        (None, _) => "不再考核".to_owned(),
        (Some(_), Some(it)) if unit.has_moved_class => format!("原在{}", before.unit(it.idx).track),
        (Some(_), Some(_)) => String::new(),
    }
}

/// Says what makes two years' indicators the same, or that only one year has it.
pub fn indicator_change(indicator: &IndicatorChange) -> &'static str {
    match (indicator.by, &indicator.now) {
        (Some(MatchedBy::Map), _) => "对照表",
        (Some(MatchedBy::Id), _) => "编号相同",
        (Some(MatchedBy::Name), _) => "名称相同",
        (None, Some(_)) => "上年没有",
        (None, None) => "今年没有",
    }
}

//! Forms: their titles, what to put into the fields, and what is wrong with it.

use kaohe_core::{Combine, Direction, Measure, NotApplicable, Points, PointsError, Reference, Rule};
use kaohe_exchange::words;

/// Hints of fields that are still empty.
pub(crate) const AMOUNT_NOTE_HINT: &str = "必填：写明理由";
pub(crate) const VETO_NOTE_HINT: &str = "必填：出了什么事";
pub(crate) const NOTE_HINT: &str = "可不填";
pub(crate) const TODAY_HINT: &str = "空着就是今天";
pub(crate) const OPTIONAL_SOURCE_HINT: &str = "可不填：文号、截图编号";
pub(crate) const POSITIVE_HINT: &str = "大于 0，可写算式如 0.1*3+0.5";
pub(crate) const DATE_HINT: &str = "如 2023-11-06、11-06";
pub(crate) const SOURCE_HINT: &str = "文号、截图编号";
pub(crate) const EVENT_HINT: &str = "同一件事的几条记录填同一个词";
pub(crate) const WITHDRAW_HINT: &str = "必填：为什么撤回";
pub(crate) const SELF_NOTE_HINT: &str = "可不填：单位的说明";
pub(crate) const NOT_APPLICABLE_HINT: &str = "必填：为什么不涉及";

/// The title of the form that withdraws an entry.
pub(crate) const WITHDRAW: &str = "撤回一条扣分记录";
/// Said where somebody else has changed the entry while the form was open.
pub(crate) const ENTRY_CHANGED: &str = "这条记录刚被别人改过：按 Esc 重新打开";
/// Said to the first Esc where something was typed.
pub(crate) const LEAVING: &str = "还没有记入。再按一次 Esc 就放弃所填的；按别的键接着填";
/// Said to it in a box of questions.
pub(crate) const LEAVING_BOX: &str = "所填的还没有用上。再按一次 Esc 就放弃；按别的键接着填";
/// What is wrong with a number that is not there, read after the field's name.
pub(crate) const NO_NUMBER: &str = "空着：请填一个数";

/// Says what it means that an indicator does not concern a unit: how it is counted then (none where its points lie
/// outside of the whole), and how many records no longer count.
pub(crate) fn marked_not_applicable(treatment: Option<NotApplicable>, n_entries: usize) -> String {
    let counted = match treatment {
        Some(treatment) => words::treatment(treatment).replacen('：', "，", 1),
        None => "总分之外的，不计".to_owned(),
    };
    let entries =
        if n_entries > 0 { format!("本格 {n_entries} 条记录不再计分。") } else { String::new() };
    format!("这个指标与该单位无关，不作考核。怎样计：{counted}。{entries}")
}

/// Says how much may be deducted.
pub(crate) fn amount_hint(at_least: Option<Points>, at_most: Points) -> String {
    match at_least {
        Some(at_least) => format!("不小于 {at_least}，不超过 {at_most}"),
        None => format!("大于 0，不超过 {at_most}；可写算式，如 0.1*3+0.2"),
    }
}

/// Says what is to be measured.
pub(crate) fn value_hint(unit: &str) -> String {
    format!("量得的数，单位：{unit}")
}

/// Says which factors there are.
pub(crate) fn modifier_hint(known: &[&str]) -> String {
    format!("可不填：{}", known.join("、"))
}

/// Says what was to be reached, or what a value is held against.
pub(crate) fn target_hint(measure: &Measure) -> String {
    let unit = measure.unit();
    if matches!(measure, Measure::Steps { .. }) {
        format!("与多少比（如上年的数），单位：{unit}")
    } else {
        format!("应完成多少，单位：{unit}")
    }
}

/// Says what an entry takes or gives as it is filled in.
pub(crate) fn costs(rule: &Rule, points: Points) -> String {
    let combined = match rule.combine {
        Combine::Add => "",
        Combine::Last => "几条以最后一条为准；",
        Combine::Highest => "几条取最高；",
        Combine::Lowest => "几条取最低；",
        Combine::Mean => "几条取平均；",
    };
    match (&rule.measure, rule.direction) {
        (Measure::Veto { effect }, _) => format!("复核以后：{}", words::veto_effect(effect)),
        (Measure::ByRank { .. }, _) => "同类单位都填好、复核以后，按名次计分".to_owned(),
        (Measure::Relative { .. }, _) => "同类单位都填好、复核以后，按与第 1 名的比例计分".to_owned(),
        (Measure::Steps { reference: Reference::ClassMean, .. }, _) => {
            "同类单位都填好、复核以后，按与平均数的差距计分".to_owned()
        }
        (_, Direction::Deduct) => format!("照此扣 {points} 分（{combined}封顶和扣完为止另计）"),
        (_, Direction::Award) => format!("照此得 {points} 分（{combined}封顶另计）"),
    }
}

/// Says which self-scores there are.
pub(crate) fn self_score_hint(at_least: Points, at_most: Points) -> String {
    format!("{at_least} 到 {at_most}；空着就是清除")
}

/// Returns the title of the form for a self-score.
pub(crate) fn self_score(unit: &str, indicator: &str) -> String {
    format!("{unit} {indicator} 自评")
}

/// Returns the title of the form that says why an indicator does not concern a unit.
pub(crate) fn not_applicable(unit: &str, indicator: &str) -> String {
    format!("{unit} {indicator} 不涉及")
}

/// Says why a text is no number of points.
pub(crate) fn not_points(given: &str, error: PointsError) -> String {
    format!("“{given}”{}", words::points_error(error))
}

/// Says what a sum comes to.
pub(crate) fn sum_is(points: Points) -> String {
    format!("合计 {points}")
}

/// Says which earlier text can be filled in.
pub(crate) fn offered(text: &str, n_offers: usize) -> String {
    let more =
        if n_offers > 1 { format!("（共 {n_offers} 条，再按换一条）") } else { String::new() };
    format!("F3 填入用过的：{text}{more}")
}

/// Says that a text is no count.
pub(crate) fn not_a_count(given: &str) -> String {
    format!("“{given}”不是次数：请填 1、2 这样的整数")
}

/// Says that a text is no date.
pub(crate) fn not_a_date(given: &str) -> String {
    format!("“{given}”不是日期：请填 2023-11-06 这样的日期")
}

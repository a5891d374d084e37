//! Why a change cannot be recorded, and what to do.

use jiff::tz::TimeZone;
use kaohe_core::{MAX_COUNT, Refusal};

use crate::names::choice;

/// What there is to say of any rule of an indicator that has none.
pub(crate) const NO_RULES: &str = "不是该指标的规则：该指标没有规则，不用记";

/// Returns the reason in one sentence without its full stop: `缺少档次：请填 国务院、省级 或 市级`.
pub fn refusal(refusal: &Refusal) -> String {
    let (subject, reason) = parts(refusal);
    format!("{subject}{reason}")
}

/// Returns what the sentence is about, and what it says of it. In a table the cell itself is the subject.
pub(crate) fn parts(refusal: &Refusal) -> (String, String) {
    let (subject, reason) = match refusal {
        Refusal::UnknownUnit(given) => {
            (quoted(given.as_str()), "不在名录中：请填名录里的编号或单位全名".to_owned())
        }
        Refusal::UnknownIndicator { unit: _, given } => {
            (quoted(given.as_str()), "不是该单位所用细则的指标：请填指标的序号或名称".to_owned())
        }
        Refusal::UnknownRule { given, known } if known.is_empty() => (quoted(given), NO_RULES.to_owned()),
        Refusal::UnknownRule { given, known } => {
            (quoted(given), format!("不是该指标的规则：请填 {}", choice(known)))
        }
        Refusal::UnknownItem { given, known } => {
            (quoted(given), format!("不是该指标的评分要点：请填 {}，不能分开时留空", choice(known)))
        }
        Refusal::LevelMissing { known } => (String::new(), format!("缺少档次：请填 {}", choice(known))),
        Refusal::UnknownLevel { given, known } => {
            (quoted(given), format!("不是该规则的档次：请填 {}", choice(known)))
        }
        Refusal::LevelNotAsked => ("档次".to_owned(), "无需填写：该规则不分档次，请留空".to_owned()),
        Refusal::CountOutOfRange { given } => {
            (format!("次数“{given}”"), format!("不是 1 到 {MAX_COUNT} 的整数"))
        }
        Refusal::AmountMissing => (String::new(), "缺少分值：该规则酌情扣分，请填要扣多少分".to_owned()),
        Refusal::AmountNotAsked => ("分值".to_owned(), "无需填写：该规则的分值由细则规定，请留空".to_owned()),
        Refusal::ValueMissing => (String::new(), "缺少数值：请填量得的数".to_owned()),
        Refusal::ValueNegative => ("数值".to_owned(), "不能小于 0".to_owned()),
        Refusal::ValueNotAsked => ("数值".to_owned(), "无需填写：该规则不看数值，请留空".to_owned()),
        Refusal::UnknownModifier { given, known } if known.is_empty() => {
            (quoted(given), "不能用：细则里没有倍数，请留空".to_owned())
        }
        Refusal::UnknownModifier { given, known } => {
            (quoted(given), format!("不是细则里的倍数：请填 {}", choice(known)))
        }
        Refusal::AmountOutOfRange { at_least: Some(at_least), at_most } => {
            ("分值".to_owned(), format!("不在范围内：每次须不小于 {at_least}，不超过 {at_most}"))
        }
        Refusal::AmountOutOfRange { at_least: None, at_most } => {
            ("分值".to_owned(), format!("不在范围内：须大于 0，不超过 {at_most}"))
        }
        Refusal::ValueTooLarge { at_most } => ("数值".to_owned(), format!("不能大于 {at_most}")),
        Refusal::TargetMissing => {
            (String::new(), "缺少任务数：该规则的任务数各单位不同，请填应完成多少".to_owned())
        }
        Refusal::TargetNotPositive => ("任务数".to_owned(), "必须大于 0".to_owned()),
        Refusal::TargetNotAsked => ("任务数".to_owned(), "无需填写：该规则不看任务数，请留空".to_owned()),
        Refusal::CountNotAsked => ("次数".to_owned(), "只能是 1：该规则一条记录只记一次".to_owned()),
        Refusal::ModifierNotAsked => ("倍数".to_owned(), "无需填写：该规则不能加倍、减半，请留空".to_owned()),
        Refusal::VetoStands => {
            (String::new(), "这一格记有一票否决，标为不涉及就不算了：请先撤回那条记录".to_owned())
        }
        Refusal::UnitRetired { unit, reason } => (
            quoted(unit.as_str()),
            format!("已经停用（{}）：确要再记，先在名录里恢复它", crate::clean(reason)),
        ),
        Refusal::NotConcerned { .. } => {
            (String::new(), "细则规定这个指标不考核该单位（按标签）：要考核，请改名录里的标签".to_owned())
        }
        Refusal::NoteMissing => (String::new(), "缺少说明：按这条规则须写明理由".to_owned()),
        Refusal::UnknownEntry(id) => {
            (format!("扣分记录 {id} "), "不存在：它可能在另一份尚未合并的数据里".to_owned())
        }
        Refusal::EntryMoved => {
            (String::new(), "扣分记录不能改到别的单位或指标：请撤回它，再到那里另记一条".to_owned())
        }
        Refusal::AlreadyWithdrawn => (String::new(), "这条扣分记录已经撤回：要用它，先恢复".to_owned()),
        Refusal::NotWithdrawn => (String::new(), "这条扣分记录没有撤回，无需恢复".to_owned()),
        Refusal::ReasonMissing => (String::new(), "缺少理由：请写明理由".to_owned()),
        Refusal::SelfScoreOutOfRange { at_least, at_most } => {
            ("自评分".to_owned(), format!("不在范围内：须不小于 {at_least}，不超过 {at_most}"))
        }
        Refusal::NothingChanges => (String::new(), "已经如此，没有可改的".to_owned()),
        Refusal::NestedBatch => (String::new(), "一批操作里不能再含一批操作".to_owned()),
        Refusal::NothingToUndo => (String::new(), "没有可撤销的操作".to_owned()),
        Refusal::NothingToRedo => (String::new(), "没有可重做的操作".to_owned()),
        Refusal::ChangedSince { by, cell } => {
            let cell =
                cell.as_ref().map_or(String::new(), |(unit, indicator)| format!("“{unit}”的{indicator}"));
            (String::new(), format!("{by} 后来改动过{cell}，不能再撤销或重做：请看留痕，另记一次改动"))
        }
        Refusal::Finalised { by, at } => (
            String::new(),
            format!(
                "本年度已定稿（{}，{}），不能改动：确要改，先用 kaohe reopen --reason 写明理由，重新打开",
                crate::clean(by),
                TimeZone::system().to_datetime(*at).strftime("%Y-%m-%d %H:%M")
            ),
        ),
        Refusal::NotFinalised => (String::new(), "本年度没有定稿，无需重新打开".to_owned()),
        Refusal::Unfinished { units } => {
            let units: Vec<&str> = units.iter().map(|it| it.as_str()).collect();
            let advice = "请先复核完，或用 --provisional 照样定稿";
            (String::new(), format!("{} 个单位未复核完或待定（{}）：{advice}", units.len(), units.join("、")))
        }
    };
    (subject, reason)
}

fn quoted(text: &str) -> String {
    format!("“{text}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_say_what_to_do() {
        let levels = || ["国务院", "省级", "市级"].map(str::to_owned).to_vec();
        for (given, expected) in [
            (Refusal::LevelMissing { known: levels() }, "缺少档次：请填 国务院、省级 或 市级"),
            (
                Refusal::UnknownLevel { given: "地市级".to_owned(), known: levels() },
                "“地市级”不是该规则的档次：请填 国务院、省级 或 市级",
            ),
            (
                Refusal::AmountOutOfRange { at_least: None, at_most: kaohe_core::Points::whole(2) },
                "分值不在范围内：须大于 0，不超过 2",
            ),
            (Refusal::CountOutOfRange { given: 0 }, "次数“0”不是 1 到 100000 的整数"),
            (Refusal::UnknownUnit("z9".into()), "“z9”不在名录中：请填名录里的编号或单位全名"),
        ] {
            assert_eq!(refusal(&given), expected);
        }
    }
}

//! What was done, undone and done again.

use kaohe_core::{Change, Deduction, EntryId, IndicatorId, Ledger, Mark, Measure, UnitId};

/// Returns a change in one line: `区教育局 政务新媒体：扣 严重问题 1次`. The ledger is the one before the change.
pub fn change(ledger: &Ledger, change: &Change) -> String {
    placed(ledger, change, &deed(ledger, change))
}

/// Returns what undoing by this change has undone: `已撤销 区教育局 政务新媒体：扣 严重问题 1次`.
///
/// `inverse` is the change that undoes; the ledger is the one before it.
pub fn undone(ledger: &Ledger, inverse: &Change) -> String {
    format!("已撤销 {}", placed(ledger, inverse, &taken_back(ledger, inverse)))
}

/// Returns what redoing by this change has done again: `已重做 区教育局 政务新媒体：扣 严重问题 1次`.
///
/// The ledger is the one before it.
pub fn redone(ledger: &Ledger, again: &Change) -> String {
    format!("已重做 {}", placed(ledger, again, &done_again(ledger, again)))
}

/// Returns a change without its place: `扣 严重问题 1次`.
pub fn deed(ledger: &Ledger, change: &Change) -> String {
    match change {
        Change::Deduct(what) => deduction(ledger, what),
        Change::Amend { entry, to } => amended(ledger, entry, to),
        Change::Withdraw { entry, reason } if reason.is_empty() => {
            format!("撤回 {}", recorded(ledger, entry))
        }
        Change::Withdraw { entry, reason } => format!("撤回 {}（{reason}）", recorded(ledger, entry)),
        Change::Restore { entry } => format!("恢复 {}", recorded(ledger, entry)),
        Change::SelfScore { to: Some(points), note, .. } if note.is_empty() => format!("自评 {points}分"),
        Change::SelfScore { to: Some(points), note, .. } => format!("自评 {points}分（{note}）"),
        Change::SelfScore { to: None, .. } => "清除自评".to_owned(),
        Change::Review { to: Mark::Reviewed, .. } => "标为已复核".to_owned(),
        Change::Review { to: Mark::Pending, .. } => "改回未复核".to_owned(),
        Change::NotApplicable { reason: Some(reason), .. } => format!("标为不涉及（{reason}）"),
        Change::NotApplicable { reason: None, .. } => "取消不涉及".to_owned(),
        Change::Adopt { files } => {
            let paths: Vec<&str> = files.iter().map(|it| it.path.as_str()).collect();
            format!("自此以这些文件为准：{}", paths.join("、"))
        }
        Change::ReplaceRubric { path, from, to } => {
            format!("换用细则 {path}（{} → {}）", short(from), short(to))
        }
        Change::Finalise { digest, provisional: false, .. } => format!("定稿（摘要 {digest}）"),
        Change::Finalise { digest, provisional: true, .. } => {
            format!("定稿（有单位未复核或待定，摘要 {digest}）")
        }
        Change::Reopen { reason } => format!("重新打开（{reason}）"),
        Change::Repair { file, lines: 0, .. } => format!("修复 {file}，没有移走的行"),
        Change::Repair { file, lines, quarantine, .. } => {
            format!("修复 {file}，损坏的 {lines} 行移到 {}", quarantine.join("、"))
        }
        Change::Batch { title, changes } => format!("{title}，共 {} 项", changes.len()),
    }
}

/// Returns the first digits of a digest, enough to tell two files apart.
fn short(digest: &str) -> &str {
    digest.get(..8).unwrap_or(digest)
}

/// Returns what an undoing change takes back, without its place: for the withdrawal of a new entry, the entry.
pub fn taken_back(ledger: &Ledger, inverse: &Change) -> String {
    match inverse {
        Change::Withdraw { entry, .. } => recorded(ledger, entry),
        Change::Restore { entry } => format!("撤回 {}", recorded(ledger, entry)),
        Change::Amend { to, .. } => format!("修改，改回 {}", deduction(ledger, to)),
        Change::SelfScore { to: Some(points), .. } => format!("自评的改动，改回 {points}分"),
        Change::SelfScore { to: None, .. } => "自评，改回未填".to_owned(),
        Change::Review { to: Mark::Pending, .. } => "标为已复核".to_owned(),
        Change::Review { to: Mark::Reviewed, .. } => "改回未复核".to_owned(),
        Change::NotApplicable { reason: None, .. } => "标为不涉及".to_owned(),
        Change::NotApplicable { reason: Some(_), .. } => "取消不涉及".to_owned(),
        Change::ReplaceRubric { path, to, .. } => format!("换用细则 {path}，改回 {}", short(to)),
        Change::Deduct(_)
        | Change::Adopt { .. }
        | Change::Finalise { .. }
        | Change::Repair { .. }
        | Change::Reopen { .. }
        | Change::Batch { .. } => deed(ledger, inverse),
    }
}

/// Returns what a redoing change does again, without its place: for the restoring of an entry, the entry.
pub fn done_again(ledger: &Ledger, again: &Change) -> String {
    match again {
        Change::Restore { entry } => recorded(ledger, entry),
        Change::Deduct(_)
        | Change::Amend { .. }
        | Change::Withdraw { .. }
        | Change::SelfScore { .. }
        | Change::Review { .. }
        | Change::NotApplicable { .. }
        | Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Finalise { .. }
        | Change::Repair { .. }
        | Change::Reopen { .. }
        | Change::Batch { .. } => deed(ledger, again),
    }
}

/// Returns an entry in words: `扣 通报批评（省级） 2次`, `扣 质量欠缺 0.5分`, `记 未按要求（不计分）`; names the
/// 评分要点 where the indicator has several.
pub fn deduction(ledger: &Ledger, what: &Deduction) -> String {
    let unit_idx = ledger.find_unit(what.unit.as_str());
    let indicators = unit_idx.map(|it| ledger.rubric_of(it).indicators());
    let indicator = indicators.and_then(|mut it| it.find(|it| it.id == what.indicator));
    let rule = indicator.and_then(|it| it.rules.get(it.rule_idx(what.rule.as_str())?));
    let (Some(indicator), Some(rule)) = (indicator, rule) else {
        return format!("扣 {} {}次", what.rule, what.count);
    };
    let (label, count) = (&rule.label, what.count);
    let verb = super::verb(rule.direction);
    let level = what.level.as_deref().unwrap_or_default();
    let words = match &rule.measure {
        Measure::Count { unit, .. } => format!("{verb} {label} {count}{unit}"),
        Measure::ByLevel { unit, .. } => format!("{verb} {label}（{level}） {count}{unit}"),
        Measure::Checklist { .. } => format!("{verb} {label}（{level}）"),
        Measure::Graded { .. } => format!("记 {label}（{level}）"),
        Measure::Discretionary { unit, .. } => {
            let amount = what.amount.map_or(String::new(), |it| format!("{it}分"));
            let times = if count == 1 { String::new() } else { format!("×{count}{unit}") };
            format!("{verb} {label} {amount}{times}")
        }
        Measure::Forfeit { strikes: 1, over, .. } if over.is_empty() => format!("记 {label}（不计分）"),
        Measure::Forfeit { .. } => format!("记 {label} {count}次"),
        Measure::Veto { effect } => format!("记 {label}（一票否决：{}）", super::veto_effect(effect)),
        Measure::Shortfall { unit, .. }
        | Measure::Steps { unit, .. }
        | Measure::Bands { unit, .. }
        | Measure::Ratio { unit, .. }
        | Measure::Imported { unit, .. }
        | Measure::ByRank { unit, .. }
        | Measure::Relative { unit, .. } => {
            let target = what.target.map_or(String::new(), |it| format!("/{it}"));
            let value = what.value.map_or(String::new(), |it| format!("{it}{target}"));
            let times = if count == 1 { String::new() } else { format!("×{count}次") };
            format!("记 {label} {value}{unit}{times}")
        }
    };
    let words = match &what.modifier {
        Some(modifier) => format!("{words}（{modifier}）"),
        None => words,
    };
    match &what.item {
        Some(item) if indicator.items.len() > 1 => format!("{words}（要点 {}.{item}）", indicator.number),
        Some(_) | None => words,
    }
}

/// Returns whose and what a change concerns; nothing for a batch and for an unknown entry.
pub(crate) fn place_of<'c>(ledger: &'c Ledger, change: &'c Change) -> Option<(&'c UnitId, &'c IndicatorId)> {
    match change {
        Change::Deduct(it) => Some((&it.unit, &it.indicator)),
        Change::Amend { entry, .. } | Change::Withdraw { entry, .. } | Change::Restore { entry } => {
            let deduction = &ledger.entry(entry)?.deduction;
            Some((&deduction.unit, &deduction.indicator))
        }
        Change::SelfScore { unit, indicator, .. }
        | Change::Review { unit, indicator, .. }
        | Change::NotApplicable { unit, indicator, .. } => Some((unit, indicator)),
        Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Finalise { .. }
        | Change::Repair { .. }
        | Change::Reopen { .. }
        | Change::Batch { .. } => None,
    }
}

pub(super) fn placed(ledger: &Ledger, change: &Change, deed: &str) -> String {
    let Some((unit, indicator)) = place_of(ledger, change) else { return deed.to_owned() };
    let Some(unit_idx) = ledger.find_unit(unit.as_str()) else {
        return format!("{unit} {indicator}：{deed}");
    };
    let known = ledger.rubric_of(unit_idx).indicators().find(|it| it.id == *indicator);
    let indicator = known.map_or(indicator.as_str(), |it| it.name.as_str());
    format!("{} {indicator}：{deed}", ledger.unit(unit_idx).name)
}

fn recorded(ledger: &Ledger, entry: &EntryId) -> String {
    ledger.entry(entry).map_or_else(|| format!("扣分记录 {entry}"), |it| deduction(ledger, &it.deduction))
}

fn amended(ledger: &Ledger, entry: &EntryId, to: &Deduction) -> String {
    let after = deduction(ledger, to);
    let Some(entry) = ledger.entry(entry) else { return format!("修改为 {after}") };
    let before = deduction(ledger, &entry.deduction);
    if before != after {
        return format!("修改 {before} 为 {after}");
    }
    let now = &entry.deduction;
    let differs = [
        ("日期", now.date != to.date),
        ("说明", now.note != to.note),
        ("依据", now.source != to.source),
        ("事项", now.event != to.event),
    ];
    let fields: Vec<&str> = differs.iter().filter(|it| it.1).map(|it| it.0).collect();
    format!("修改 {before} 的{}", fields.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{self, deduct, done, ledger};

    #[track_caller]
    fn check(what: &Change, expected: &str) {
        assert_eq!(change(&ledger(), what), expected);
    }

    #[test]
    fn changes_read_well() {
        check(&deduct("a01", "media", "incident"), "区教育局 政务新媒体：扣 严重问题 1次");
        let notice = sample::with(deduct("a01", "media", "notice"), |it| {
            it.level = Some("省级".to_owned());
            it.count = 2;
        });
        check(&notice, "区教育局 政务新媒体：扣 通报批评（省级） 2次");
        let quality = sample::with(deduct("a01", "basics", "quality"), |it| {
            it.item = Some("2".into());
            it.amount = Some("0.5".parse().unwrap());
        });
        check(&quality, "区教育局 基础信息公开：扣 质量欠缺 0.5分（要点 4.2）");
        check(&deduct("b01", "request", "unmet"), "河坝镇 依申请公开：记 未按要求（不计分）");
        check(&deduct("z", "media", "x"), "z media：扣 x 1次");
        let parts = vec![notice, quality];
        check(
            &Change::Batch { title: "导入扣分 甲.csv".to_owned(), changes: parts },
            "导入扣分 甲.csv，共 2 项",
        );
    }

    #[test]
    fn undoing_names_what_it_undid() {
        let mut ledger = ledger();
        ledger.apply(&done(1, deduct("a01", "media", "incident")));
        let undo = ledger.next_undo("张三", "PC-1").unwrap();
        assert_eq!(undone(&ledger, &undo.change), "已撤销 区教育局 政务新媒体：扣 严重问题 1次");
        ledger.apply(&sample::undone(2, undo.of.n, undo.change));
        let redo = ledger.next_redo("张三", "PC-1").unwrap();
        assert_eq!(redone(&ledger, &redo.change), "已重做 区教育局 政务新媒体：扣 严重问题 1次");
    }

    #[test]
    fn amending_says_what_differs() {
        let mut ledger = ledger();
        ledger.apply(&done(1, deduct("a01", "media", "incident")));
        let id: EntryId = "1@zhang".parse().unwrap();
        let mut to = ledger.entry(&id).unwrap().deduction.clone();
        to.note = "漏记".to_owned();
        let amend = |to: &Deduction| Change::Amend { entry: id.clone(), to: to.clone() };
        assert_eq!(deed(&ledger, &amend(&to)), "修改 扣 严重问题 1次 的说明");
        to.count = 3;
        assert_eq!(deed(&ledger, &amend(&to)), "修改 扣 严重问题 1次 为 扣 严重问题 3次");
    }
}

//! What differs between two rubrics, and which records another one does not fit.

use kaohe_core::{
    Applies, Cap, Change, CheckItem, EntryId, Events, Indicator, Ledger, Misfit, Modifier, Pair, RecordKind,
    Refusal, Rubric, RubricEdit, Rule, Section, SharedCap, Start, Versions,
};

use super::change::{self, done_again, place_of, placed, taken_back};
use super::{refusal, rule_amount, treatment, verb, window};

/// Returns what differs in one line: `3 政务新媒体 规则 更新超期：0.1分/次 → 0.2分/次`.
pub fn rubric_edit(edit: &RubricEdit<'_>) -> String {
    match edit {
        RubricEdit::Whole(rubric) => whole(rubric),
        RubricEdit::Section(it) => section(it),
        RubricEdit::SharedCap(it) => shared_cap(it),
        RubricEdit::Modifier(it) => modifier(it),
        RubricEdit::Indicator(it) => indicator(it),
        RubricEdit::Item { indicator, item: it } => item(indicator, it),
        RubricEdit::Rule { indicator, rule: it } => rule(indicator, it),
        RubricEdit::Cap { indicator, cap: it } => cap(indicator, it),
    }
}

fn whole(Pair { before, after }: &Pair<'_, Rubric>) -> String {
    let mut parts = Vec::new();
    if before.id != after.id {
        parts.push(format!("编号 {} → {}", before.id, after.id));
    }
    if before.points != after.points {
        parts.push(format!("满分 {}分 → {}分", before.points, after.points));
    }
    moved(
        &mut parts,
        "总分最多",
        [before, after].map(|it| it.at_most.map_or(NONE.to_owned(), |it| format!("{it}分"))),
    );
    moved(
        &mut parts,
        "小数",
        [before, after].map(|it| it.decimals.map_or("不取舍".to_owned(), |it| format!("{it}位"))),
    );
    moved(
        &mut parts,
        "同一事项",
        [before, after].map(|it| match it.events {
            None => "按年度设置".to_owned(),
            Some(Events::All) => "都扣".to_owned(),
            Some(Events::HighestOnly) => "就高".to_owned(),
        }),
    );
    moved(
        &mut parts,
        "不涉及",
        [before, after].map(|it| it.not_applicable.map_or("按年度设置".to_owned(), treatment)),
    );
    moved(
        &mut parts,
        "等次",
        [before, after].map(|it| {
            let grades: Vec<String> =
                it.grades.iter().map(|it| format!("{}{}分", it.name, it.from)).collect();
            if grades.is_empty() { NONE.to_owned() } else { grades.join("、") }
        }),
    );
    moved(
        &mut parts,
        "同分比",
        [before, after].map(|rubric| {
            let ids = rubric.tie_breakers.iter();
            let names: Vec<&str> = ids
                .map(|id| {
                    rubric.indicators().find(|it| it.id == *id).map_or(id.as_str(), |it| it.name.as_str())
                })
                .collect();
            if names.is_empty() { NONE.to_owned() } else { names.join("、") }
        }),
    );
    format!("细则：{}", parts.join("；"))
}

/// What stands for a property that is not set.
const NONE: &str = "无";

/// Adds `名称 从 → 到` where the two differ.
fn moved(parts: &mut Vec<String>, name: &str, [from, to]: [String; 2]) {
    if from != to {
        parts.push(format!("{name} {from} → {to}"));
    }
}

fn section(it: &Versions<'_, Section>) -> String {
    let described = |it: &Section| format!("{} {}：{}分", it.number, it.name, it.points);
    match it {
        Versions::Added(new) => format!("新增一级指标 {}", described(new)),
        Versions::Removed(old) => format!("删去一级指标 {}", described(old)),
        Versions::Changed(Pair { before, after }) => {
            let both = [before, after];
            let mut parts = Vec::new();
            moved(&mut parts, "分值", both.map(|it| format!("{}分", it.points)));
            moved(
                &mut parts,
                "权重",
                both.map(|it| it.weight.map_or(NONE.to_owned(), |it| format!("{it}%"))),
            );
            moved(&mut parts, "总分之外", both.map(|it| if it.is_outside { "是" } else { "否" }.to_owned()));
            moved(&mut parts, "最低", both.map(|it| format!("{}分", it.at_least)));
            let gate = |it: &&Section| {
                it.gate.as_ref().map_or(NONE.to_owned(), |it| format!("总分{}分及以上", it.at_least))
            };
            moved(&mut parts, "前提", both.map(gate));
            moved(&mut parts, "考核的单位", both.map(|it| applies(&it.applies)));
            format!("一级指标 {} {}：{}", before.number, before.name, parts.join("；"))
        }
    }
}

fn applies(it: &Applies) -> String {
    let mut parts = Vec::new();
    if !it.only.is_empty() {
        parts.push(format!("只限有标签“{}”的", it.only.join("、")));
    }
    if !it.except.is_empty() {
        parts.push(format!("有标签“{}”的除外", it.except.join("、")));
    }
    if parts.is_empty() { "全部".to_owned() } else { parts.join("，") }
}

fn shared_cap(it: &Versions<'_, SharedCap>) -> String {
    let described = |it: &SharedCap| {
        let over: Vec<String> = it.over.iter().map(ToString::to_string).collect();
        let per = it.per.map_or(String::new(), window);
        format!("{} {per}合计最多{}分", over.join("、"), it.at_most)
    };
    match it {
        Versions::Added(new) => format!("新增跨指标最高扣分：{}", described(new)),
        Versions::Removed(old) => format!("删去跨指标最高扣分：{}", described(old)),
        Versions::Changed(Pair { before, after }) => {
            format!("跨指标最高扣分：{} → {}", described(before), described(after))
        }
    }
}

fn modifier(it: &Versions<'_, Modifier>) -> String {
    match it {
        Versions::Added(new) => format!("新增倍数 {}：{}倍", new.name, new.times),
        Versions::Removed(old) => format!("删去倍数 {}：{}倍", old.name, old.times),
        Versions::Changed(Pair { before, after }) => {
            format!("倍数 {}：{}倍 → {}倍", before.name, before.times, after.times)
        }
    }
}

fn indicator(it: &Versions<'_, Indicator>) -> String {
    let described = |it: &Indicator| format!("{} [{}]：{}分", title(it), it.id, it.points);
    match it {
        Versions::Added(new) => format!("新增指标 {}", described(new)),
        Versions::Removed(old) => format!("删去指标 {}", described(old)),
        Versions::Changed(Pair { before, after }) => {
            let mut parts = Vec::new();
            if before.number != after.number {
                parts.push(format!("序号改为 {}", after.number));
            }
            if before.name != after.name {
                parts.push(format!("名称改为“{}”", after.name));
            }
            if before.points != after.points {
                parts.push(format!("{}分 → {}分", before.points, after.points));
            }
            let both = [before, after];
            moved(&mut parts, "最低", both.map(|it| format!("{}分", it.at_least)));
            moved(
                &mut parts,
                "起点",
                both.map(|it| match it.start {
                    Start::Full => "满分".to_owned(),
                    Start::Zero => "零".to_owned(),
                }),
            );
            moved(
                &mut parts,
                "权重",
                both.map(|it| it.weight.map_or(NONE.to_owned(), |it| format!("{it}%"))),
            );
            moved(&mut parts, "考核的单位", both.map(|it| applies(&it.applies)));
            moved(&mut parts, "不涉及", both.map(|it| it.not_applicable.map_or(NONE.to_owned(), treatment)));
            moved(
                &mut parts,
                "前提",
                both.map(|it| {
                    it.gate
                        .as_ref()
                        .map_or(NONE.to_owned(), |it| format!("{} 达到{}分", it.indicator, it.at_least))
                }),
            );
            format!("{}：{}", title(before), parts.join("；"))
        }
    }
}

fn item(indicator: &Pair<'_, Indicator>, it: &Versions<'_, CheckItem>) -> String {
    let head = title(indicator.before);
    let name = |indicator: &Indicator, it: &CheckItem| format!("{}.{}", indicator.number, it.number);
    match it {
        Versions::Added(new) => {
            format!("{head} 新增评分要点 {}：{}分", name(indicator.after, new), new.points)
        }
        Versions::Removed(old) => {
            format!("{head} 删去评分要点 {}：{}分", name(indicator.before, old), old.points)
        }
        Versions::Changed(Pair { before, after }) => {
            let name = name(indicator.before, before);
            format!("{head} 评分要点 {name}：{}分 → {}分", before.points, after.points)
        }
    }
}

fn rule(indicator: &Pair<'_, Indicator>, it: &Versions<'_, Rule>) -> String {
    let head = title(indicator.before);
    let described = |it: &Rule| format!("{} [{}]：{}", it.label, it.id, rule_amount(it));
    match it {
        Versions::Added(new) => format!("{head} 新增规则 {}", described(new)),
        Versions::Removed(old) => format!("{head} 删去规则 {}", described(old)),
        Versions::Changed(Pair { before, after }) => {
            let mut parts = Vec::new();
            if before.label != after.label {
                parts.push(format!("名称改为“{}”", after.label));
            }
            let (from, to) = (rule_amount(before), rule_amount(after));
            if from != to {
                parts.push(format!("{from} → {to}"));
            } else if before.measure.unit() != after.measure.unit() {
                // What is counted is not said of every kind of rule.
                let (from, to) = (before.measure.unit(), after.measure.unit());
                parts.push(format!("按“{from}”计 → 按“{to}”计"));
            } else if before.measure != after.measure {
                // The items of a checklist, or whose strikes count, are not said in short.
                parts.push("所列的项目有改动".to_owned());
            }
            format!("{head} 规则 {}：{}", before.label, parts.join("；"))
        }
    }
}

fn cap(indicator: &Pair<'_, Indicator>, it: &Versions<'_, Cap>) -> String {
    let head = title(indicator.before);
    let described = |indicator: &Indicator, it: &Cap| {
        let capped = indicator.rules.iter().filter(|rule| it.over.contains(&rule.id));
        let labels: Vec<&str> = capped.map(|it| it.label.as_str()).collect();
        let per = it.per.map_or(String::new(), window);
        let first = indicator.rules.iter().find(|rule| it.over.contains(&rule.id));
        let verb = verb(first.map(|it| it.direction).unwrap_or_default());
        format!("{} {per}合计最多{verb}{}分", labels.join("、"), it.at_most)
    };
    match it {
        Versions::Added(new) => format!("{head} 新增最高扣分：{}", described(indicator.after, new)),
        Versions::Removed(old) => format!("{head} 删去最高扣分：{}", described(indicator.before, old)),
        Versions::Changed(Pair { before, after }) => {
            let (from, to) = (described(indicator.before, before), described(indicator.after, after));
            format!("{head} 最高扣分：{from} → {to}")
        }
    }
}

fn title(indicator: &Indicator) -> String {
    format!("{} {}", indicator.number, indicator.name)
}

/// Returns what would fit no longer, and why, in one line: `记录 17@zhang 区教育局 政务新媒体：扣 更新超期 4次【对不上：
/// “stale”不是该指标的规则：请填 严重问题 或 通报批评】`. The ledger is the year as it is.
pub fn misfit(ledger: &Ledger, misfit: &Misfit<'_>) -> String {
    let id = EntryId { stamp: misfit.record.stamp.clone(), part: misfit.part };
    let why = match &misfit.refusal {
        // It is there now, and would not be only for the reason that is told of it.
        Refusal::UnknownEntry(id) if ledger.entry(id).is_some() => {
            format!("它所指的扣分记录 {id} 也对不上")
        }
        other => refusal(other),
    };
    format!("记录 {id} {}【对不上：{why}】", said(ledger, misfit))
}

/// Returns what a change of the past did, of which the ledger knows what came after.
fn said(ledger: &Ledger, misfit: &Misfit<'_>) -> String {
    let change = misfit.change;
    let deed = match (&misfit.record.kind, change) {
        (RecordKind::Undo(_), change) => format!("撤销 {}", taken_back(ledger, change)),
        (RecordKind::Redo(_), change) => format!("重做 {}", done_again(ledger, change)),
        // What it said before is no longer known.
        (RecordKind::Do, Change::Amend { to, .. }) => format!("修改为 {}", change::deduction(ledger, to)),
        (RecordKind::Do, change) => change::deed(ledger, change),
    };
    if place_of(ledger, change).is_some() { placed(ledger, change, &deed) } else { deed }
}

#[cfg(test)]
mod tests {
    use kaohe_core::{CheckItem, Level, Measure, RankOptions, rubric_change, rubric_edits};

    use super::*;
    use crate::sample::{deduct, done, ledger, rubrics, undone};

    /// What an edit of the first rubric is called; `media` is the second indicator.
    #[track_caller]
    fn check(edit: impl FnOnce(&mut Rubric, usize), expected: &[&str]) {
        let before = rubrics().remove(0);
        let mut after = before.clone();
        edit(&mut after, 1);
        let edits: Vec<String> = rubric_edits(&before, &after).iter().map(rubric_edit).collect();
        assert_eq!(edits, expected);
    }

    fn at(rubric: &mut Rubric, idx: usize) -> &mut Indicator {
        &mut rubric.sections[0].indicators[idx]
    }

    fn count(each: &str, unit: &str) -> Measure {
        Measure::Count { each: each.parse().unwrap(), unit: unit.to_owned() }
    }

    #[test]
    fn the_same_rubric_differs_in_nothing() {
        check(|_, _| {}, &[]);
        let reworded = |it: &mut Rubric, media: usize| {
            it.title.push('改');
            at(it, media).method.push('。');
            at(it, media).rules.reverse();
        };
        check(reworded, &[]);
    }

    #[test]
    fn rules_are_told_with_what_they_cost() {
        let dearer = |it: &mut Rubric, media| at(it, media).rules[2].measure = count("0.2", "次");
        check(dearer, &["3 政务新媒体 规则 更新超期：0.1分/次 → 0.2分/次"]);
        let renamed = |it: &mut Rubric, media| {
            let rule = &mut at(it, media).rules[2];
            rule.label = "停更".to_owned();
            rule.measure =
                Measure::Forfeit { strikes: 2, over: Vec::new(), scope: kaohe_core::Scope::Indicator };
        };
        check(renamed, &["3 政务新媒体 规则 更新超期：名称改为“停更”；0.1分/次 → 2次及以上不计分"]);
        let recounted = |it: &mut Rubric, media| {
            let Measure::ByLevel { unit, .. } = &mut at(it, media).rules[1].measure else { panic!() };
            *unit = "件".to_owned();
        };
        check(recounted, &["3 政务新媒体 规则 通报批评：按“次”计 → 按“件”计"]);
        let relevelled = |it: &mut Rubric, media| {
            let Measure::ByLevel { levels, .. } = &mut at(it, media).rules[1].measure else { panic!() };
            levels[2] = Level { name: "区级".to_owned(), points: "0.1".parse().unwrap() };
        };
        let expected =
            "3 政务新媒体 规则 通报批评：国务院1分、省级0.5分、市级0.2分 → 国务院1分、省级0.5分、区级0.1分";
        check(relevelled, &[expected]);
        let replaced = |it: &mut Rubric, media| {
            at(it, media).rules[2].id = "idle".into();
        };
        check(
            replaced,
            &[
                "3 政务新媒体 新增规则 更新超期 [idle]：0.1分/次",
                "3 政务新媒体 删去规则 更新超期 [stale]：0.1分/次",
            ],
        );
    }

    #[test]
    fn indicators_items_caps_and_factors_are_told() {
        let moved_on = |it: &mut Rubric, media| {
            at(it, media).number = "9".to_owned();
            at(it, media).name = "新媒体".to_owned();
            at(it, media).points = "12".parse().unwrap();
            at(it, media).items[0].points = "12".parse().unwrap();
            at(it, media).caps[0].at_most = "4".parse().unwrap();
            at(it, media).caps[0].over.pop();
            it.points = "36".parse().unwrap();
            it.id = "district-b".into();
        };
        check(
            moved_on,
            &[
                "细则：编号 district → district-b；满分 34分 → 36分",
                "3 政务新媒体：序号改为 9；名称改为“新媒体”；10分 → 12分",
                "3 政务新媒体 评分要点 3.1：10分 → 12分",
                "3 政务新媒体 最高扣分：严重问题、通报批评 合计最多扣3分 → 严重问题 合计最多扣4分",
            ],
        );
        let rebuilt = |it: &mut Rubric, media| {
            let mut new = at(it, media).clone();
            new.id = "video".into();
            new.name = "短视频".to_owned();
            it.sections[0].indicators[media] = new;
            let last = at(it, 2);
            last.items.pop();
            last.items.push(CheckItem {
                number: "3".into(),
                text: "丙".to_owned(),
                points: "2".parse().unwrap(),
            });
            it.modifiers.push(Modifier {
                name: "加倍".to_owned(),
                text: String::new(),
                times: "2".parse().unwrap(),
            });
        };
        check(
            rebuilt,
            &[
                "新增倍数 加倍：2倍",
                "新增指标 3 短视频 [video]：10分",
                "4 基础信息公开 新增评分要点 4.3：2分",
                "4 基础信息公开 删去评分要点 4.2：2分",
                "删去指标 3 政务新媒体 [media]：10分",
            ],
        );
    }

    #[test]
    fn what_fits_no_longer_is_told_with_its_reason() {
        let mut before = ledger();
        let batch = vec![deduct("a01", "media", "incident"), deduct("a01", "media", "stale")];
        let mut records = vec![
            done(1, Change::Batch { title: "导入".to_owned(), changes: batch }),
            done(2, deduct("a01", "media", "gone")),
            done(3, deduct("b01", "media", "stale")),
            done(4, deduct("a02", "media", "stale")),
        ];
        before.extend(&records);
        let undo = before.next_undo("张三", "PC-1").unwrap();
        records.push(undone(5, undo.of.n, undo.change));
        before.apply(&records[4]);
        let mut after = rubrics().remove(0);
        at(&mut after, 1).rules.pop();
        let change = rubric_change(&before, &records, after, RankOptions::default()).unwrap();
        let why = "“stale”不是该指标的规则：请填 严重问题 或 通报批评";
        assert_eq!(
            change.misfits.iter().map(|it| misfit(&before, it)).collect::<Vec<_>>(),
            [
                format!("记录 1.2@zhang 区教育局 政务新媒体：扣 更新超期 1次【对不上：{why}】"),
                format!("记录 4@zhang 区财政局（国资办） 政务新媒体：扣 更新超期 1次【对不上：{why}】"),
                "记录 5@zhang 区财政局（国资办） 政务新媒体：撤销 扣 更新超期 1次【对不上：它所指的扣分记录 4@zhang 也对不上】".to_owned(),
            ]
        );
    }
}

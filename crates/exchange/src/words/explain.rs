//! The arithmetic of a score in words, the clauses quoted.

use kaohe_core::{
    Combine, Direction, Entry, EntryTally, Exclusion, Forfeited, Indicator, IndicatorScore, Ledger, LineKind,
    Measure, NotApplicable, RankTable, Reason, Reference, Rule, Share, Start, Superseded,
};

use super::{some_units, total, verb, window};

/// A line of the arithmetic in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineWords {
    /// What happens: `逾期未完成 0.1×3次`.
    pub step: String,
    /// The clause of the rubric, or the reason that was given; may be empty.
    pub basis: String,
}

/// Returns a line of [`kaohe_core::explain_indicator`] or [`kaohe_core::explain_total`] in words. `indicator_idx`
/// is the indicator that is explained; a line of the total names its own.
pub fn line(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, kind: LineKind) -> LineWords {
    let rubric = ledger.rubric_of(unit_idx);
    let indicator = rubric.indicator(indicator_idx);
    let words = |step: String, basis: &str| LineWords { step, basis: basis.to_owned() };
    match kind {
        LineKind::Start => match indicator.start {
            Start::Full => words("满分".to_owned(), ""),
            Start::Zero => words("从零起计".to_owned(), ""),
        },
        LineKind::Rule { rule_idx } => {
            words(rule(ledger, unit_idx, indicator_idx, rule_idx), &indicator.rules[rule_idx].text)
        }
        LineKind::Cap { cap_idx } => {
            let cap = &indicator.caps[cap_idx];
            let rules: Vec<&Rule> = indicator.rules.iter().filter(|it| cap.over.contains(&it.id)).collect();
            words(capped(&rules, cap.at_most, cap.per), &cap.text)
        }
        LineKind::SharedCap { cap_idx } => {
            let cap = &rubric.caps[cap_idx];
            let rules: Vec<&Rule> = cap.over.iter().filter_map(|it| named(rubric, it)).collect();
            words(format!("跨指标：{}", capped(&rules, cap.at_most, cap.per)), &cap.text)
        }
        LineKind::Item { item_idx } => {
            let item = &indicator.items[item_idx];
            let tally = ledger.score(unit_idx).indicators[indicator_idx].items[item_idx];
            let name = item_name(indicator, item_idx);
            let score = &ledger.score(unit_idx).indicators[indicator_idx];
            let rules = forfeiting(indicator, score, Forfeited::Item(item_idx));
            if !rules.is_empty() {
                let (labels, texts) = named_all(&rules);
                return words(format!("{labels}：要点 {name} 不计分"), &texts);
            }
            let step = if tally.change.is_negative() {
                format!("要点 {name} 最多扣 {}，超出部分退回", item.points)
            } else {
                format!("要点 {name} 最多得 {}，超出部分不计", item.points)
            };
            words(step, &item.text)
        }
        LineKind::Forfeit => {
            let score = &ledger.score(unit_idx).indicators[indicator_idx];
            let (labels, texts) = named_all(&forfeiting(indicator, score, Forfeited::Indicator));
            words(format!("{labels}：不计分，余分扣完"), &texts)
        }
        LineKind::Floor if indicator.at_least.is_zero() => words("扣完为止，多扣的退回".to_owned(), ""),
        LineKind::Floor => words(format!("最低 {}，多扣的退回", indicator.at_least), ""),
        LineKind::Ceiling => words(format!("最多得 {}，超出部分不计", indicator.points), ""),
        LineKind::Gate => {
            let gate = indicator.gate.as_ref();
            let name = gate.and_then(|gate| rubric.indicators().find(|it| it.id == gate.indicator));
            let (at_least, text) = gate.map_or((String::new(), ""), |it| (it.at_least.to_string(), &it.text));
            let name = name.map_or("", |it| it.name.as_str());
            words(format!("{name} 不足 {at_least} 分，本项不计分"), text)
        }
        LineKind::Rounded => {
            let decimals = rubric.decimals.unwrap_or_default();
            words(format!("四舍五入到 {decimals} 位小数"), "")
        }
        LineKind::NotApplicable => not_applicable(ledger, unit_idx, indicator_idx),
        LineKind::Indicator { indicator_idx } => words(rubric.indicator(indicator_idx).name.clone(), ""),
        LineKind::Total(kind) => total::step(ledger, unit_idx, kind),
    }
}

/// Returns why an indicator of a unit lost or gained points: `逾期未完成 0.1×3次；严重问题 1×2次`; empty where nothing
/// counts.
pub fn losses(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> String {
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let used = score.rules.iter().enumerate().filter(|it| it.1.n_entries > 0);
    let words: Vec<String> =
        used.map(|(rule_idx, _)| rule(ledger, unit_idx, indicator_idx, rule_idx)).collect();
    words.join("；")
}

/// Returns the reason why an indicator does not concern a unit: what was written, or the rubric's 标签.
pub(super) fn reason(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> String {
    let cell = &ledger.sheet(unit_idx).cells[indicator_idx];
    match (&cell.exclusion, &cell.not_applicable) {
        (Some(Exclusion::Absent | Exclusion::Treated(_)), _) => {
            let rubric = ledger.rubric_of(unit_idx);
            let section = &rubric.section_of(indicator_idx).1.applies;
            let own = &rubric.indicator(indicator_idx).applies;
            let mut parts = Vec::new();
            for applies in [section, own] {
                if !applies.only.is_empty() {
                    parts.push(format!("只考核有标签“{}”的单位", applies.only.join("、")));
                }
                if !applies.except.is_empty() {
                    parts.push(format!("不考核有标签“{}”的单位", applies.except.join("、")));
                }
            }
            parts.join("；")
        }
        (None, reason) => reason.clone().unwrap_or_default(),
    }
}

fn not_applicable(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> LineWords {
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let step = match score.treatment {
        // What lies outside of the whole is not made up for.
        Some(_) if score.share == Share::Absent => "不涉及，不计".to_owned(),
        Some(NotApplicable::Rate(percent)) => format!("不涉及，按 {percent}% 计"),
        Some(NotApplicable::ClassMean) => {
            let mean = ledger.class_mean(ledger.sheet(unit_idx).rubric_idx, indicator_idx);
            let others = mean.map_or(Vec::new(), |it| {
                it.members.iter().map(|it| it.0).filter(|it| *it != unit_idx).collect()
            });
            format!("不涉及，取同类其他单位的平均分（{}）", some_units(ledger, &others))
        }
        Some(NotApplicable::FullMarks | NotApplicable::Scaled | NotApplicable::Spread) => {
            "不涉及，扣分不计".to_owned()
        }
        None => "不考核这个单位".to_owned(),
    };
    LineWords { step, basis: reason(ledger, unit_idx, indicator_idx) }
}

fn named<'r>(rubric: &'r kaohe_core::Rubric, it: &kaohe_core::RuleRef) -> Option<&'r Rule> {
    let indicator = rubric.indicators().find(|indicator| indicator.id == it.indicator)?;
    indicator.rules.get(indicator.rule_idx(it.rule.as_str())?)
}

fn capped(rules: &[&Rule], at_most: kaohe_core::Points, per: Option<kaohe_core::Window>) -> String {
    let labels: Vec<&str> = rules.iter().map(|it| it.label.as_str()).collect();
    let labels = labels.join("、");
    let per = per.map_or(String::new(), window);
    match rules.first().map(|it| it.direction) {
        Some(Direction::Award) => format!("{labels} {per}合计最多得 {at_most}，超出部分不计"),
        Some(Direction::Deduct) | None => format!("{labels} {per}合计最多扣 {at_most}，超出部分退回"),
    }
}

fn is_forfeit(measure: &Measure) -> bool {
    matches!(measure, Measure::Forfeit { .. })
}

/// Returns the rules of 不计分 that take this to 0.
pub(super) fn forfeiting<'r>(
    indicator: &'r Indicator,
    score: &IndicatorScore,
    what: Forfeited,
) -> Vec<&'r Rule> {
    let acting = score.forfeits.iter().filter(|it| it.what == what);
    acting.map(|it| &indicator.rules[it.rule_idx]).collect()
}

/// Returns the labels of rules, and their clauses.
pub(super) fn named_all(rules: &[&Rule]) -> (String, String) {
    let labels: Vec<&str> = rules.iter().map(|it| it.label.as_str()).collect();
    let texts: Vec<&str> = rules.iter().map(|it| it.text.as_str()).collect();
    (labels.join("、"), texts.join("；"))
}

/// Returns a 评分要点 as it is printed: `4.2`.
fn item_name(indicator: &Indicator, item_idx: usize) -> String {
    format!("{}.{}", indicator.number, indicator.items[item_idx].number)
}

/// Returns what the entries of a rule say, equal ones together: `通报批评 省级0.5×1次、市级0.2×2次`.
fn rule(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, rule_idx: usize) -> String {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let rule = &indicator.rules[rule_idx];
    let cell = &ledger.sheet(unit_idx).cells[indicator_idx];
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    if is_forfeit(&rule.measure) {
        let acts = score.forfeits.iter().any(|it| it.rule_idx == rule_idx);
        let said =
            if acts { "不计分".to_owned() } else { format!("{}次", score.rules[rule_idx].n_occurrences) };
        return format!("{}（{said}）", rule.label);
    }
    let counted: Vec<(&Entry, &EntryTally)> = score
        .entries
        .iter()
        .map(|it| (&cell.entries[it.entry_idx], it))
        .filter(|it| it.0.rule_idx == rule_idx)
        .collect();
    let mut groups: Vec<(&Entry, u64)> = Vec::new();
    for (entry, _) in &counted {
        match groups.iter_mut().find(|it| is_alike(it.0, entry)) {
            Some(group) => group.1 += u64::from(entry.deduction.count),
            None => groups.push((entry, u64::from(entry.deduction.count))),
        }
    }
    let table = ledger.rank_table(ledger.sheet(unit_idx).rubric_idx, indicator_idx, rule_idx);
    let in_class = table.and_then(|it| in_class(&rule.measure, it, unit_idx));
    let amounts: Vec<String> = groups
        .iter()
        .map(|(entry, count)| match &in_class {
            Some(in_class) => {
                let value = entry.deduction.value.map_or(String::new(), |it| it.to_string());
                format!("{value}{}，{in_class}", rule.measure.unit())
            }
            None => amount(indicator, rule, entry, *count),
        })
        .collect();
    let mut words = format!("{} {}", rule.label, amounts.join("、")).trim_end().to_owned();
    let how = match rule.combine {
        Combine::Mean if counted.len() > 1 => Some("取平均"),
        Combine::Add | Combine::Last | Combine::Highest | Combine::Lowest | Combine::Mean => None,
    };
    if let Some(how) = how {
        words.push_str(&format!("（{how}）"));
    }
    for by in [Reason::Event, Reason::Combine] {
        let is_ours = |it: &&Superseded| it.by == by && cell.entries[it.entry_idx].rule_idx == rule_idx;
        let n_others = score.superseded.iter().filter(is_ours).count();
        if n_others > 0 {
            words.push_str(&format!("（{}，另有 {n_others} 条不计）", why_superseded(rule, by)));
        }
    }
    words
}

/// Returns how what an entry takes comes about: `省级0.5×1次`, `95.2%：扣1.4×1次`, `不计分`.
pub(crate) fn entry_amount(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, entry: &Entry) -> String {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let rule = &indicator.rules[entry.rule_idx];
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let count = u64::from(entry.deduction.count);
    if is_forfeit(&rule.measure) {
        let acts = score.forfeits.iter().any(|it| it.rule_idx == entry.rule_idx);
        return if acts { "不计分".to_owned() } else { format!("{count}次") };
    }
    if let Measure::Veto { effect } = &rule.measure {
        return super::veto_effect(effect);
    }
    let table = ledger.rank_table(ledger.sheet(unit_idx).rubric_idx, indicator_idx, entry.rule_idx);
    match table.and_then(|it| in_class(&rule.measure, it, unit_idx)) {
        Some(in_class) => {
            let value = entry.deduction.value.map_or(String::new(), |it| it.to_string());
            format!("{value}{}，{in_class}", rule.measure.unit())
        }
        None => amount(indicator, rule, entry, count),
    }
}

/// Returns where a unit's value stands among those of its class: `12 个单位中第 3 名`; none where nothing hangs on them.
fn in_class(measure: &Measure, table: &RankTable, unit_idx: usize) -> Option<String> {
    match measure {
        Measure::ByRank { best, .. } => {
            let place = table.place(unit_idx, *best)?;
            Some(format!("{} 个单位中第 {} 名", place.n_units, place.from_first))
        }
        Measure::Relative { best, unit, .. } => {
            Some(format!("{} 个单位中第 1 名是 {}{unit}", table.values.len(), table.first(*best)?))
        }
        Measure::Steps { reference: Reference::ClassMean, unit, .. } => {
            Some(format!("{} 个单位平均 {}{unit}", table.values.len(), table.mean()?))
        }
        Measure::Steps { reference: Reference::Fixed(_) | Reference::Own, .. }
        | Measure::Count { .. }
        | Measure::ByLevel { .. }
        | Measure::Checklist { .. }
        | Measure::Graded { .. }
        | Measure::Discretionary { .. }
        | Measure::Forfeit { .. }
        | Measure::Shortfall { .. }
        | Measure::Bands { .. }
        | Measure::Ratio { .. }
        | Measure::Imported { .. }
        | Measure::Veto { .. } => None,
    }
}

/// Says why some entries of a rule do not count.
pub fn why_superseded(rule: &Rule, by: Reason) -> &'static str {
    match (by, rule.combine) {
        (Reason::Event, _) => "同一事项就高",
        (Reason::Combine, Combine::Last) => "以最后一条为准",
        (Reason::Combine, Combine::Highest) => "取最高",
        (Reason::Combine, Combine::Lowest) => "取最低",
        (Reason::Combine, Combine::Add | Combine::Mean) => "每项只算一次",
    }
}

fn is_alike(one: &Entry, other: &Entry) -> bool {
    let said = |it: &Entry| {
        let deduction = &it.deduction;
        let measured = (deduction.value, deduction.target);
        (it.item_idx, it.each, deduction.level.clone(), measured, deduction.modifier.clone())
    };
    said(one) == said(other)
}

/// Returns what equal entries say: `省级0.5×1次`, `95.2%：扣1.4×1次`.
fn amount(indicator: &Indicator, rule: &Rule, entry: &Entry, count: u64) -> String {
    let deduction = &entry.deduction;
    let unit = rule.measure.unit();
    let target = deduction.target.map_or(String::new(), |it| format!("/{it}"));
    let value =
        deduction.value.map_or(String::new(), |it| format!("{it}{target}{unit}：{}", verb(rule.direction)));
    let level = format!("{}{value}", deduction.level.as_deref().unwrap_or_default());
    let modifier = deduction.modifier.as_ref().map_or(String::new(), |it| format!("（{it}后）"));
    let unit = if deduction.value.is_some() || unit.is_empty() { "次" } else { unit };
    let item = match entry.item_idx {
        _ if indicator.items.len() == 1 => String::new(),
        Some(item_idx) => format!("（{}）", item_name(indicator, item_idx)),
        None => "（整项）".to_owned(),
    };
    format!("{level}{}{modifier}×{count}{unit}{item}", entry.each)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::ledger_with;

    #[track_caller]
    fn check(entries: &str, expected: &str) {
        let ledger = ledger_with(entries);
        let all: Vec<String> =
            (0..ledger.rubric_of(0).n_indicators()).map(|it| losses(&ledger, 0, it)).collect();
        assert_eq!(
            all.iter().filter(|it| !it.is_empty()).map(String::as_str).collect::<Vec<_>>().join("|"),
            expected
        );
    }

    #[test]
    fn losses_gather_equal_entries() {
        check("", "");
        check("a01,1,,late,,1,,\na01,1,,late,,2,,", "逾期未完成 0.1×3次");
        check(
            "a01,3,,notice,市级,2,,\na01,3,,notice,省级,,,\na01,3,,incident,,2,,",
            "严重问题 1×2次；通报批评 市级0.2×2次、省级0.5×1次",
        );
        check(
            "a01,4,4.1,late,,30,,\na01,4,,late,,1,,\na01,4,4.2,quality,,,0.5,粗略",
            "逾期未完成 0.1×30次（4.1）、0.1×1次（整项）；质量欠缺 0.5×1次（4.2）",
        );
        check("a01,8,,unmet,,,,", "未按要求（不计分）");
    }
}

//! The arithmetic of a score in words, the clauses quoted.

use kaohe_core::{Entry, Indicator, Ledger, LineKind, Measure};

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
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let words = |step: String, basis: &str| LineWords { step, basis: basis.to_owned() };
    let reason = |indicator_idx: usize| {
        ledger.sheet(unit_idx).cells[indicator_idx].not_applicable.as_deref().unwrap_or_default()
    };
    let name = |indicator_idx: usize| &ledger.rubric_of(unit_idx).indicator(indicator_idx).name;
    match kind {
        LineKind::FullMarks => words("满分".to_owned(), ""),
        LineKind::Rule { rule_idx } => {
            words(rule(ledger, unit_idx, indicator_idx, rule_idx), &indicator.rules[rule_idx].text)
        }
        LineKind::Cap { cap_idx } => {
            let cap = &indicator.caps[cap_idx];
            let labels =
                indicator.rules.iter().filter(|it| cap.over.contains(&it.id)).map(|it| it.label.as_str());
            let labels: Vec<&str> = labels.collect();
            words(format!("{} 合计最多扣 {}，超出部分退回", labels.join("、"), cap.at_most), &cap.text)
        }
        LineKind::Item { item_idx } => {
            let item = &indicator.items[item_idx];
            let step =
                format!("要点 {} 最多扣 {}，超出部分退回", item_name(indicator, item_idx), item.points);
            words(step, &item.text)
        }
        LineKind::Forfeit => {
            let tallies = &ledger.score(unit_idx).indicators[indicator_idx].rules;
            let forfeits = indicator.rules.iter().zip(tallies);
            let forfeits = forfeits.filter(|(rule, tally)| is_forfeit(&rule.measure) && tally.n_entries > 0);
            let rules: Vec<_> = forfeits.map(|it| it.0).collect();
            let labels: Vec<&str> = rules.iter().map(|it| it.label.as_str()).collect();
            let texts: Vec<&str> = rules.iter().map(|it| it.text.as_str()).collect();
            words(format!("{}：不计分，余分扣完", labels.join("、")), &texts.join("；"))
        }
        LineKind::Floor => words("扣完为止，多扣的退回".to_owned(), ""),
        LineKind::NotApplicable => words("不涉及，扣分不计".to_owned(), reason(indicator_idx)),
        LineKind::Indicator { indicator_idx } => words(name(indicator_idx).clone(), ""),
        LineKind::LeftOut { indicator_idx } => {
            words(format!("{} 不涉及，不计入合计", name(indicator_idx)), reason(indicator_idx))
        }
        LineKind::Scaled => words("其余指标折算到满分".to_owned(), ""),
    }
}

/// Returns why an indicator of a unit lost points: `逾期未完成 0.1×3次；严重问题 1×2次`; empty where it lost none.
pub fn losses(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> String {
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let used = score.rules.iter().enumerate().filter(|it| it.1.n_entries > 0);
    let words: Vec<String> =
        used.map(|(rule_idx, _)| rule(ledger, unit_idx, indicator_idx, rule_idx)).collect();
    words.join("；")
}

fn is_forfeit(measure: &Measure) -> bool {
    matches!(measure, Measure::Forfeit { .. })
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
    let tally = ledger.score(unit_idx).indicators[indicator_idx].rules[rule_idx];
    if is_forfeit(&rule.measure) {
        return format!("{}（不计分）", rule.label);
    }
    let entries: Vec<&Entry> =
        cell.entries.iter().filter(|it| it.rule_idx == rule_idx && it.withdrawn.is_none()).collect();
    if entries.len() != tally.n_entries {
        // Which of them count is not known here, only what they cost together.
        let n_others = entries.len() - tally.n_entries.min(entries.len());
        return format!(
            "{} 计 {} 条共 {}（同一事项就高，另有 {n_others} 条不计）",
            rule.label, tally.n_entries, tally.lost
        );
    }
    let mut groups: Vec<(&Entry, u64)> = Vec::new();
    for entry in entries {
        let like = |it: &&mut (&Entry, u64)| {
            let (one, other) = (it.0, entry);
            let said = |it: &Entry| {
                let deduction = &it.deduction;
                (it.item_idx, it.each, deduction.level.clone(), deduction.value, deduction.modifier.clone())
            };
            said(one) == said(other)
        };
        match groups.iter_mut().find(like) {
            Some(group) => group.1 += u64::from(entry.deduction.count),
            None => groups.push((entry, u64::from(entry.deduction.count))),
        }
    }
    let unit = rule.measure.unit();
    let amount = |(entry, count): &(&Entry, u64)| {
        let deduction = &entry.deduction;
        let value = deduction.value.map_or(String::new(), |it| format!("{it}{unit}：扣"));
        let level = format!("{}{value}", deduction.level.as_deref().unwrap_or_default());
        let modifier = deduction.modifier.as_ref().map_or(String::new(), |it| format!("（{it}后）"));
        let unit = if deduction.value.is_some() { "次" } else { unit };
        let item = match entry.item_idx {
            _ if indicator.items.len() == 1 => String::new(),
            Some(item_idx) => format!("（{}）", item_name(indicator, item_idx)),
            None => "（整项）".to_owned(),
        };
        format!("{level}{}{modifier}×{count}{unit}{item}", entry.each)
    };
    let amounts: Vec<String> = groups.iter().map(amount).collect();
    format!("{} {}", rule.label, amounts.join("、"))
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

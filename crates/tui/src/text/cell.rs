//! One cell of the matrix in words: its score, rules, caps and entries, in the pane and in the list of entries.

use kaohe_core::{
    Cap, CapTally, CheckItem, Entry, Indicator, IndicatorScore, ItemTally, Ledger, Level, Rule, RuleTally,
    State,
};
use kaohe_exchange::words;

/// The list that `0` opens, also named at the end of more rules than there are digits.
pub(crate) const ALL_RULES: &str = "0 全部规则";

/// Returns `区教育局  4 基础信息公开（10分）  得 9.9  扣 0.1  自评 10  未复核`.
pub(crate) fn headline(
    unit: &str,
    indicator: &Indicator,
    cell: &kaohe_core::Cell,
    score: &IndicatorScore,
) -> String {
    let self_score = score.self_score.map_or_else(|| "未填".to_owned(), |it| it.to_string());
    let state = match (&cell.reviewed, score.state) {
        (_, State::NotApplicable) => {
            format!("不涉及：{}", cell.not_applicable.as_deref().unwrap_or_default())
        }
        (Some(author), State::Pending | State::Reviewed) => format!("已复核（{}）", author.by),
        (None, State::Pending | State::Reviewed) => "未复核".to_owned(),
    };
    format!(
        "{unit}  {} {}（{}分）  得 {}  扣 {}  自评 {self_score}  {state}",
        indicator.number,
        indicator.name,
        indicator.points,
        score.score,
        score.lost(),
    )
}

/// Returns `1 逾期未完成（0.1分/次，已扣 0.3）`.
pub(crate) fn rule(number: usize, rule: &Rule, tally: &RuleTally) -> String {
    let used = if tally.n_entries == 0 {
        String::new()
    } else if tally.lost.is_zero() {
        format!("，已记 {} 条", tally.n_entries)
    } else {
        format!("，已扣 {}", tally.lost)
    };
    format!("{number} {}（{}{used}）", rule.label, words::rule_amount(rule))
}

/// Returns a rule to choose, with its clause: `逾期未完成（0.1分/次）未按时…`.
pub(crate) fn rule_choice(rule: &Rule) -> String {
    format!("{}（{}）{}", rule.label, words::rule_amount(rule), rule.text)
}

/// Returns the title of the list of an indicator's rules.
pub(crate) fn rules_title(unit: &str, indicator: &Indicator) -> String {
    format!("{unit} {} {}：按哪条规则扣", indicator.number, indicator.name)
}

/// Returns a level to choose: `省级  0.5分/次`.
pub(crate) fn level_choice(level: &Level, unit: &str) -> String {
    format!("{}  {}分/{unit}", level.name, level.points)
}

/// Returns a 评分要点 to choose: `4.2 2分 对行政许可…`.
pub(crate) fn item_choice(indicator: &Indicator, item: &CheckItem) -> String {
    format!("{}.{} {}分 {}", indicator.number, item.number, item.points, item.text)
}

/// Returns what a cap leaves: `2、3 合计：已扣 1.2 / 上限 3`.
pub(crate) fn cap(indicator: &Indicator, cap: &Cap, tally: &CapTally) -> String {
    let numbers: Vec<String> = cap
        .over
        .iter()
        .filter_map(|it| indicator.rule_idx(it.as_str()))
        .map(|it| (it + 1).to_string())
        .collect();
    let numbers = numbers.join("、");
    if tally.before > tally.after {
        format!("  {numbers} 合计：应扣 {}，按上限 {} 扣", tally.before, cap.at_most)
    } else {
        format!("  {numbers} 合计：已扣 {} / 上限 {}", tally.before, cap.at_most)
    }
}

/// Returns what each 评分要点 has lost; nothing where none has.
pub(crate) fn items(indicator: &Indicator, tallies: &[ItemTally]) -> Option<String> {
    let lost = tallies.iter().zip(&indicator.items).filter(|it| !it.0.before.is_zero());
    let texts: Vec<String> = lost
        .map(|(tally, item)| {
            format!("{}.{} 已扣 {} / {}", indicator.number, item.number, tally.after, item.points)
        })
        .collect();
    (!texts.is_empty()).then(|| format!("  要点：{}", texts.join("，")))
}

/// Returns an entry in one line of the pane.
pub(crate) fn entry(ledger: &Ledger, entry: &Entry) -> String {
    let deduction = &entry.deduction;
    let note = if deduction.note.is_empty() { String::new() } else { format!("  {}", deduction.note) };
    format!("  {} {}{note}  {}记", deduction.date, words::deduction(ledger, deduction), entry.author.by)
}

/// Says how many entries the pane leaves out; nothing where it shows all.
pub(crate) fn more_entries(n_more: usize, n_withdrawn: usize) -> Option<String> {
    let mut more = Vec::new();
    if n_more > 0 {
        more.push(format!("还有 {n_more} 条"));
    }
    if n_withdrawn > 0 {
        more.push(format!("已撤回 {n_withdrawn} 条"));
    }
    (!more.is_empty()).then(|| format!("  {}，按回车看", more.join("，")))
}

/// Returns the clause that the rules are taken from.
pub(crate) fn method(indicator: &Indicator) -> String {
    format!("评分办法：{}", indicator.method)
}

/// Returns the title of the list of a cell's entries.
pub(crate) fn entries_title(
    unit: &str,
    indicator: &Indicator,
    score: &IndicatorScore,
    n_entries: usize,
) -> String {
    format!(
        "{unit} {} {}：得 {} / {}，共 {n_entries} 条",
        indicator.number, indicator.name, score.score, indicator.points
    )
}

/// Returns the first line of an entry in the list.
pub(crate) fn entry_headline(ledger: &Ledger, entry: &Entry) -> String {
    let withdrawn = if entry.withdrawn.is_some() { "【已撤回】" } else { "" };
    format!("{withdrawn}{} {}", entry.deduction.date, words::deduction(ledger, &entry.deduction))
}

/// Returns the note, the source, and who recorded or withdrew it.
pub(crate) fn entry_details(entry: &Entry) -> String {
    let deduction = &entry.deduction;
    let mut parts = Vec::new();
    if !deduction.note.is_empty() {
        parts.push(deduction.note.clone());
    }
    if !deduction.source.is_empty() {
        parts.push(format!("依据：{}", deduction.source));
    }
    if let Some(event) = &deduction.event {
        parts.push(format!("事项：{event}"));
    }
    parts.push(format!("{} 记", entry.author.by));
    if let Some(withdrawal) = &entry.withdrawn {
        let reason = if withdrawal.reason.is_empty() { "撤销" } else { &withdrawal.reason };
        parts.push(format!("{} 撤回：{reason}", withdrawal.author.by));
    }
    parts.join("  ")
}

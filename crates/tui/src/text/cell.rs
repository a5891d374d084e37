//! One cell of the matrix in words: its score, rules, caps and entries, in the pane and in the list of entries.

use kaohe_core::{
    Cap, CapTally, CheckItem, Entry, Indicator, IndicatorScore, ItemTally, Ledger, LineKind, Measure, Rule,
    RuleTally, Section, Share, State, TotalStepKind, Undecided, Worth, explain_indicator, explain_total,
};
use kaohe_exchange::words;

use crate::world::signed;

/// The list that `0` opens, also named at the end of more rules than there are digits.
pub(crate) const ALL_RULES: &str = "0 全部规则";

/// Returns `区教育局  4 基础信息公开（10分）  得 9.9  扣 0.1  自评 10  未复核`.
pub(crate) fn headline(
    unit: &str,
    indicator: &Indicator,
    weight: &str,
    cell: &kaohe_core::Cell,
    score: &IndicatorScore,
) -> String {
    let self_score = score.self_score.map_or_else(|| "  自评 未填".to_owned(), |it| format!("  自评 {it}"));
    let state = match (&cell.reviewed, score.state) {
        (_, State::NotApplicable) if cell.exclusion.is_some() => "不考核这个单位（按标签）".to_owned(),
        (_, State::NotApplicable) => {
            format!("不涉及：{}", cell.not_applicable.as_deref().unwrap_or_default())
        }
        (Some(author), State::Pending | State::Reviewed) => format!("已复核（{}）", author.by),
        (None, State::Pending | State::Reviewed) => "未复核".to_owned(),
    };
    let scored = match score.decided() {
        // Its points are none of this unit's.
        _ if score.share == Share::Absent => String::new(),
        None => format!("  得 {}{self_score}", words::UNDECIDED),
        // What starts from nothing has lost nothing.
        Some(points) if indicator.start_points().is_zero() => format!("  得 {points}{self_score}"),
        Some(points) => format!("  得 {points}  扣 {}{self_score}", score.lost()),
    };
    format!(
        "{unit}  {} {}（{}分{weight}）{scored}  {state}",
        indicator.number, indicator.name, indicator.points,
    )
}

/// Returns `，权重 30%×60%`: how much of an indicator's score goes into its section's, and of that into the total;
/// nothing where all of it does.
pub(crate) fn weight(section: &Section, indicator: &Indicator) -> String {
    let weights = [indicator.weight, section.weight].into_iter().flatten();
    let weights: Vec<String> = weights.map(|it| format!("{it}%")).collect();
    if weights.is_empty() { String::new() } else { format!("，权重 {}", weights.join("×")) }
}

/// Returns why the indicator or the unit's total has no number yet; nothing where both have.
pub(crate) fn undecided(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Option<String> {
    let score = ledger.score(unit_idx);
    let mut all: Vec<&Undecided> = score.indicators[indicator_idx].undecided.iter().collect();
    for why in &score.undecided {
        if !all.contains(&why) {
            all.push(why);
        }
    }
    let words: Vec<String> = all.into_iter().map(|it| words::undecided(ledger, unit_idx, it)).collect();
    (!words.is_empty()).then(|| format!("  {}", words.join("；")))
}

/// Returns what the unit's total has besides its indicators' scores and their weights; nothing where it has nothing.
pub(crate) fn beside_the_sum(ledger: &Ledger, unit_idx: usize) -> Option<String> {
    ledger.score(unit_idx).decided()?;
    let lines = explain_total(ledger, unit_idx);
    let is_told = |kind: TotalStepKind| match kind {
        TotalStepKind::IndicatorWeight { .. }
        | TotalStepKind::SectionWeight { .. }
        | TotalStepKind::LeftOut { .. } => false,
        TotalStepKind::Spread { .. }
        | TotalStepKind::SectionForfeit { .. }
        | TotalStepKind::SectionBounds { .. }
        | TotalStepKind::Scaled
        | TotalStepKind::SectionGate { .. }
        | TotalStepKind::AtMost
        | TotalStepKind::Floor
        | TotalStepKind::Rounded
        | TotalStepKind::Veto { .. } => true,
    };
    let told = lines.iter().filter(|it| matches!(it.kind, LineKind::Total(kind) if is_told(kind)));
    let words: Vec<String> = told
        .map(|it| {
            let step = words::line(ledger, unit_idx, 0, it.kind).step;
            if it.points.is_zero() { step } else { format!("{step} {}", signed(it.points)) }
        })
        .collect();
    (!words.is_empty()).then(|| format!("  总分另有：{}", words.join("；")))
}

/// Returns what caps over several indicators take back here.
pub(crate) fn shared_caps(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Vec<String> {
    if ledger.score(unit_idx).indicators[indicator_idx].shared_caps.is_empty() {
        return Vec::new();
    }
    let lines = explain_indicator(ledger, unit_idx, indicator_idx);
    let shared = lines.iter().filter(|it| matches!(it.kind, LineKind::SharedCap { .. }));
    let words = shared.map(|it| {
        let step = words::line(ledger, unit_idx, indicator_idx, it.kind).step;
        format!("  {step} {}", signed(it.points))
    });
    words.collect()
}

/// Said of a rule of 不计分 that counts the entries of others.
fn counts_by_itself(rule: &Rule) -> &'static str {
    match &rule.measure {
        Measure::Forfeit { over, .. } if !over.is_empty() => "（自动数，一般不用另记）",
        Measure::Forfeit { .. }
        | Measure::Count { .. }
        | Measure::ByLevel { .. }
        | Measure::Checklist { .. }
        | Measure::Graded { .. }
        | Measure::Discretionary { .. }
        | Measure::Shortfall { .. }
        | Measure::Steps { .. }
        | Measure::Bands { .. }
        | Measure::Ratio { .. }
        | Measure::Imported { .. }
        | Measure::ByRank { .. }
        | Measure::Relative { .. }
        | Measure::Veto { .. } => "",
    }
}

/// Returns `1 逾期未完成（0.1分/次，已扣 0.3）`.
pub(crate) fn rule(number: usize, rule: &Rule, tally: &RuleTally, is_undecided: bool) -> String {
    let used = if tally.n_entries == 0 {
        String::new()
    } else if let Some(what) = words::hangs_on(&rule.measure).filter(|_| is_undecided) {
        format!("，{what}待定")
    } else if tally.amount.is_zero() {
        format!("，已记 {} 条", tally.n_entries)
    } else {
        format!("，已{} {}", words::verb(rule.direction), tally.amount)
    };
    format!("{number} {}（{}{used}）{}", rule.label, words::rule_amount(rule), counts_by_itself(rule))
}

/// Returns a rule to choose, with its clause: `逾期未完成（0.1分/次）未按时…`.
pub(crate) fn rule_choice(rule: &Rule) -> String {
    format!("{}（{}）{}{}", rule.label, words::rule_amount(rule), rule.text, counts_by_itself(rule))
}

/// Returns the title of the list of an indicator's rules.
pub(crate) fn rules_title(unit: &str, indicator: &Indicator) -> String {
    format!("{unit} {} {}：按哪条规则扣", indicator.number, indicator.name)
}

/// Returns what there is to choose of a rule by level, of a checklist or by grade: `省级  0.5分/次`.
pub(crate) fn level_choices(rule: &Rule) -> Vec<String> {
    match &rule.measure {
        Measure::ByLevel { levels, unit } => {
            levels.iter().map(|it| format!("{}  {}分/{unit}", it.name, it.points)).collect()
        }
        Measure::Checklist { items, each, .. } => items.iter().map(|it| format!("{it}  {each}分")).collect(),
        Measure::Graded { grades } => {
            let worth = |it: Worth| match it {
                Worth::Points(points) => format!("{points}分"),
                Worth::Percent(percent) => format!("{percent}%"),
            };
            grades.iter().map(|it| format!("{}  {}", it.name, worth(it.worth))).collect()
        }
        Measure::Count { .. }
        | Measure::Discretionary { .. }
        | Measure::Forfeit { .. }
        | Measure::Shortfall { .. }
        | Measure::Steps { .. }
        | Measure::Bands { .. }
        | Measure::Ratio { .. }
        | Measure::Imported { .. }
        | Measure::ByRank { .. }
        | Measure::Relative { .. }
        | Measure::Veto { .. } => Vec::new(),
    }
}

/// Returns a 评分要点 to choose: `4.2 2分 对行政许可…`.
pub(crate) fn item_choice(indicator: &Indicator, item: &CheckItem) -> String {
    format!("{}.{} {}分 {}", indicator.number, item.number, item.points, item.text)
}

/// Returns what a cap leaves: `2、3 合计：已扣 1.2 / 上限 3`, `1 每月上限 5：应扣 9，实扣 6`.
pub(crate) fn cap(indicator: &Indicator, cap: &Cap, tally: &CapTally) -> String {
    let numbers: Vec<String> = cap
        .over
        .iter()
        .filter_map(|it| indicator.rule_idx(it.as_str()))
        .map(|it| (it + 1).to_string())
        .collect();
    let first = indicator.rules.iter().find(|it| cap.over.contains(&it.id));
    let verb = words::verb(first.map(|it| it.direction).unwrap_or_default());
    let together = if numbers.len() > 1 { "合计" } else { "" };
    let numbers = numbers.join("、");
    let is_exceeded = tally.before > tally.after;
    if let Some(per) = cap.per {
        // What all stretches of time leave is not the limit of one.
        let used = if is_exceeded {
            format!("应{verb} {}，实{verb} {}", tally.before, tally.after)
        } else {
            format!("已{verb} {}", tally.before)
        };
        format!("  {numbers} {together}{}上限 {}：{used}", words::window(per), cap.at_most)
    } else if is_exceeded {
        format!("  {numbers} 合计：应{verb} {}，按上限 {} {verb}", tally.before, cap.at_most)
    } else {
        format!("  {numbers} 合计：已{verb} {} / 上限 {}", tally.before, cap.at_most)
    }
}

/// Returns what each 评分要点 has lost; nothing where none has.
pub(crate) fn items(indicator: &Indicator, tallies: &[ItemTally]) -> Option<String> {
    let moved = tallies.iter().zip(&indicator.items).filter(|it| !it.0.change.is_zero());
    let starts_full = !indicator.start_points().is_zero();
    let texts: Vec<String> = moved
        .map(|(tally, item)| {
            let (verb, points) = if starts_full { ("扣", tally.lost) } else { ("得", tally.score) };
            format!("{}.{} 已{verb} {points} / {}", indicator.number, item.number, item.points)
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

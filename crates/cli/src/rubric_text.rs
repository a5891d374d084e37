//! A rubric as text to read: what it says, and how what it leaves open is read.

use kaohe_core::{Events, Indicator, NotApplicable, Rubric, Settings, Ties};
use kaohe_exchange::{clean, words};

/// Returns a rubric with its rules, caps and readings.
pub(crate) fn rubric(rubric: &Rubric) -> String {
    let mut lines = vec![
        clean(&rubric.title),
        format!("类别：{}  满分：{}  编号：{}", clean(rubric.track.as_str()), rubric.points, rubric.id),
    ];
    if !rubric.source.is_empty() {
        lines.push(format!("依据：{}", clean(&rubric.source)));
    }
    if let Some(period) = rubric.period {
        lines.push(format!("考核期限：{} 至 {}", period.from, period.to));
    }
    for modifier in &rubric.modifiers {
        let (name, text) = (clean(&modifier.name), clean(&modifier.text));
        lines.push(format!("倍数：{name} ×{}（{text}）", modifier.times));
    }
    for section in &rubric.sections {
        let (number, name) = (clean(&section.number), clean(&section.name));
        lines.push(String::new());
        lines.push(format!("一级指标 {number} {name}（{}分）", section.points));
        for indicator in &section.indicators {
            lines.push(String::new());
            push_indicator(&mut lines, indicator);
        }
    }
    if !rubric.readings.is_empty() {
        lines.push(String::new());
        lines.push("现行的读法（原文没有写明之处）".to_owned());
    }
    for reading in &rubric.readings {
        lines.push(format!("  {} {}", clean(&reading.id), clean(&reading.question)));
        lines.push(format!("     {}", clean(&reading.answer)));
    }
    lines.push(String::new());
    lines.push(String::new());
    lines.join("\n")
}

fn push_indicator(lines: &mut Vec<String>, indicator: &Indicator) {
    let number = clean(&indicator.number);
    lines.push(format!("{number} {}（{}分）", clean(&indicator.name), indicator.points));
    for item in &indicator.items {
        let item_number = clean(item.number.as_str());
        let text = clean(&item.text);
        lines.push(format!("  评分要点 {number}.{item_number}（{}分）：{text}", item.points));
    }
    lines.push(format!("  评分办法：{}", clean(&indicator.method)));
    for (idx, rule) in indicator.rules.iter().enumerate() {
        let (label, amount) = (clean(&rule.label), clean(&words::rule_amount(rule)));
        lines.push(format!("  规则 {} {label}：{amount}  [{}]", idx + 1, rule.id));
    }
    for cap in &indicator.caps {
        let capped = indicator.rules.iter().filter(|it| cap.over.contains(&it.id));
        let capped: Vec<String> = capped.map(|it| clean(&it.label)).collect();
        let text = clean(&cap.text);
        lines.push(format!("  封顶：{} 合计最多扣 {} 分（{text}）", capped.join("、"), cap.at_most));
    }
}

/// Returns what the office has decided for the year, which stands above the readings.
pub(crate) fn settings(settings: Settings) -> String {
    let usual = Settings::default();
    let ties = match settings.ties {
        Ties::Skip => "同分名次相同，下一名次跳过（1、1、3）",
        Ties::Dense => "同分名次相同，下一名次不跳过（1、1、2）",
    };
    let not_applicable = match settings.not_applicable {
        NotApplicable::FullMarks => "计满分",
        NotApplicable::Scaled => "折算：不计该指标，其余折算到满分",
    };
    let events = match settings.events {
        Events::All => "都扣",
        Events::HighestOnly => "就高，只扣最重的一条",
    };
    let line = |name: &str, value: &str, is_usual: bool| {
        let mark = if is_usual { "" } else { "（本年度已改，以此为准）" };
        format!("  {name}：{value}{mark}\n")
    };
    let mut text = "年度设置（year.ron）\n".to_owned();
    text.push_str(&line("同分", ties, settings.ties == usual.ties));
    let is_usual = settings.not_applicable == usual.not_applicable;
    text.push_str(&line("不涉及的指标", not_applicable, is_usual));
    text.push_str(&line("同一事项的多条扣分", events, settings.events == usual.events));
    text
}

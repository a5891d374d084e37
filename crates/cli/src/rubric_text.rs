//! A rubric as text to read: what it says, and how what it leaves open is read.

use kaohe_core::{Applies, Events, Indicator, Rubric, Section, Settings, Start, Ties};
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
    push_whole(&mut lines, rubric);
    for section in &rubric.sections {
        let (number, name) = (clean(&section.number), clean(&section.name));
        lines.push(String::new());
        lines.push(format!(
            "一级指标 {number} {name}（{}分）{}",
            section.points,
            section_properties(section)
        ));
        for indicator in &section.indicators {
            lines.push(String::new());
            push_indicator(&mut lines, rubric, indicator);
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

/// Adds what holds for the whole: bounds, caps over several indicators, grades, what decides between equals.
fn push_whole(lines: &mut Vec<String>, rubric: &Rubric) {
    let name = |id: &kaohe_core::IndicatorId| {
        let indicator = rubric.indicators().find(|it| it.id == *id);
        clean(indicator.map_or(id.as_str(), |it| it.name.as_str()))
    };
    if let Some(at_most) = rubric.at_most {
        lines.push(format!("总分最多：{at_most} 分"));
    }
    if let Some(decimals) = rubric.decimals {
        lines.push(format!("各指标得分和总分：四舍五入到 {decimals} 位小数"));
    }
    if let Some(events) = rubric.events {
        lines.push(format!("同一事项：{}", events_words(events)));
    }
    if let Some(treatment) = rubric.not_applicable {
        lines.push(format!("不涉及的指标：{}", words::treatment(treatment)));
    }
    for cap in &rubric.caps {
        let label = |it: &kaohe_core::RuleRef| {
            let indicator = rubric.indicators().find(|indicator| indicator.id == it.indicator);
            let rule = indicator.and_then(|found| found.rules.get(found.rule_idx(it.rule.as_str())?));
            format!("{} {}", name(&it.indicator), clean(rule.map_or("", |it| it.label.as_str())))
        };
        let over: Vec<String> = cap.over.iter().map(label).collect();
        let per = cap.per.map_or(String::new(), words::window);
        let (over, text) = (over.join("、"), clean(&cap.text));
        lines.push(format!("跨指标封顶：{over} {per}合计最多 {} 分（{text}）", cap.at_most));
    }
    if !rubric.grades.is_empty() {
        let grades = rubric.grades.iter().map(|it| format!("{} {}分及以上", clean(&it.name), it.from));
        lines.push(format!("等次：{}", grades.collect::<Vec<_>>().join("、")));
    }
    if !rubric.tie_breakers.is_empty() {
        let names: Vec<String> = rubric.tie_breakers.iter().map(name).collect();
        lines.push(format!("总分相同时依次比：{}", names.join("、")));
    }
}

fn section_properties(section: &Section) -> String {
    let mut parts = Vec::new();
    parts.extend(section.weight.map(|it| format!("权重 {it}%")));
    if section.is_outside {
        parts.push("总分之外".to_owned());
    }
    if !section.at_least.is_zero() {
        parts.push(format!("最低 {} 分", section.at_least));
    }
    parts.extend(
        section.gate.as_ref().map(|it| format!("总分 {} 分及以上才计（{}）", it.at_least, clean(&it.text))),
    );
    parts.extend(applies(&section.applies));
    if parts.is_empty() { String::new() } else { format!("  {}", parts.join("；")) }
}

fn indicator_properties(rubric: &Rubric, indicator: &Indicator) -> String {
    let mut parts = Vec::new();
    if indicator.start == Start::Zero {
        parts.push("从零起计".to_owned());
    }
    parts.extend(indicator.weight.map(|it| format!("权重 {it}%")));
    if !indicator.at_least.is_zero() {
        parts.push(format!("最低 {} 分", indicator.at_least));
    }
    parts.extend(indicator.gate.as_ref().map(|gate| {
        let other = rubric.indicators().find(|it| it.id == gate.indicator);
        let name = clean(other.map_or(gate.indicator.as_str(), |it| it.name.as_str()));
        format!("{name} 达到 {} 分才计（{}）", gate.at_least, clean(&gate.text))
    }));
    parts.extend(applies(&indicator.applies));
    parts.extend(indicator.not_applicable.map(|it| format!("不涉及时{}", words::treatment(it))));
    if parts.is_empty() { String::new() } else { format!("  {}", parts.join("；")) }
}

fn applies(applies: &Applies) -> Vec<String> {
    let mut parts = Vec::new();
    if !applies.only.is_empty() {
        parts.push(format!("只考核有标签“{}”的单位", clean(&applies.only.join("、"))));
    }
    if !applies.except.is_empty() {
        parts.push(format!("不考核有标签“{}”的单位", clean(&applies.except.join("、"))));
    }
    parts
}

fn push_indicator(lines: &mut Vec<String>, rubric: &Rubric, indicator: &Indicator) {
    let number = clean(&indicator.number);
    let properties = indicator_properties(rubric, indicator);
    lines.push(format!("{number} {}（{}分）{properties}", clean(&indicator.name), indicator.points));
    for item in indicator.printed_items() {
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
        let first = indicator.rules.iter().find(|it| cap.over.contains(&it.id));
        let verb = words::verb(first.map(|it| it.direction).unwrap_or_default());
        let per = cap.per.map_or(String::new(), words::window);
        lines.push(format!("  封顶：{} {per}合计最多{verb} {} 分（{text}）", capped.join("、"), cap.at_most));
    }
}

fn events_words(events: Events) -> &'static str {
    match events {
        Events::All => "都扣",
        Events::HighestOnly => "就高，只扣最重的一条",
    }
}

/// Returns what the office has decided for the year, which stands above the readings.
pub(crate) fn settings(settings: Settings) -> String {
    let usual = Settings::default();
    let ties = match settings.ties {
        Ties::Skip => "同分名次相同，下一名次跳过（1、1、3）",
        Ties::Dense => "同分名次相同，下一名次不跳过（1、1、2）",
    };
    let not_applicable = words::treatment(settings.not_applicable);
    let events = events_words(settings.events);
    let line = |name: &str, value: &str, is_usual: bool| {
        let mark = if is_usual { "" } else { "（本年度已改，以此为准）" };
        format!("  {name}：{value}{mark}\n")
    };
    let mut text = "年度设置（year.ron）\n".to_owned();
    text.push_str(&line("同分", ties, settings.ties == usual.ties));
    let is_usual = settings.not_applicable == usual.not_applicable;
    text.push_str(&line("不涉及的指标", &not_applicable, is_usual));
    text.push_str(&line("同一事项的多条扣分", events, settings.events == usual.events));
    text
}

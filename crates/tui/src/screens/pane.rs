//! The pane of the selected cell: its score, its numbered rules, what was recorded, and the clause.

use kaohe_core::{Indicator, Ledger, State};
use kaohe_exchange::words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::theme;
use crate::widgets::cells;
use crate::world::short_name;

/// Draws the pane. The rules come first, since they are what is pressed.
pub(crate) fn draw(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, area: Rect, buf: &mut Buffer) {
    let width = usize::from(area.width.saturating_sub(2)).max(2);
    let mut lines = headline(ledger, unit_idx, indicator_idx, width);
    lines.extend(rules(ledger, unit_idx, indicator_idx, width));
    lines.extend(entries(ledger, unit_idx, indicator_idx, width, usize::from(area.height)));
    lines.extend(clause(ledger.rubric_of(unit_idx).indicator(indicator_idx), width));
    let shown = area.height.saturating_sub(1);
    for ((text, style), y) in lines.into_iter().zip(area.y + 1..area.y + 1 + shown) {
        buf.set_stringn(area.x + 1, y, text, width, style);
    }
    let rule = "-".repeat(usize::from(area.width));
    buf.set_string(area.x, area.y, rule, theme::FAINT);
}

fn wrapped(text: &str, width: usize, style: Style) -> Vec<(String, Style)> {
    cells::wrap(text, width).into_iter().map(|it| (it, style)).collect()
}

fn headline(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, width: usize) -> Vec<(String, Style)> {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let cell = &ledger.sheet(unit_idx).cells[indicator_idx];
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let self_score = score.self_score.map_or_else(|| "未填".to_owned(), |it| it.to_string());
    let state = match (&cell.reviewed, score.state) {
        (_, State::NotApplicable) => {
            format!("不涉及：{}", cell.not_applicable.as_deref().unwrap_or_default())
        }
        (Some(author), _) => format!("已复核（{}）", author.by),
        (None, _) => "未复核".to_owned(),
    };
    let name = if width < 100 { short_name(ledger, unit_idx) } else { &ledger.unit(unit_idx).name };
    let text = format!(
        "{name}  {} {}（{}分）  得 {}  扣 {}  自评 {self_score}  {state}",
        indicator.number,
        indicator.name,
        indicator.points,
        score.score,
        score.lost(),
    );
    wrapped(&text, width, theme::HEAD)
}

/// Returns the rules, each with its digit, its amount and what it has cost so far; then the caps and what is used.
fn rules(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, width: usize) -> Vec<(String, Style)> {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let mut parts: Vec<String> = Vec::new();
    for ((rule, tally), number) in indicator.rules.iter().zip(&score.rules).zip(1..) {
        let used = if tally.n_entries == 0 {
            String::new()
        } else if tally.lost.is_zero() {
            format!("，已记 {} 条", tally.n_entries)
        } else {
            format!("，已扣 {}", tally.lost)
        };
        parts.push(format!("{number} {}（{}{used}）", rule.label, words::rule_amount(rule)));
    }
    let mut lines = packed(&parts, width, theme::KEY);
    for tally in &score.caps {
        let cap = &indicator.caps[tally.cap_idx];
        let numbers: Vec<String> = cap
            .over
            .iter()
            .filter_map(|it| indicator.rule_idx(it.as_str()))
            .map(|it| (it + 1).to_string())
            .collect();
        let is_reached = tally.before > tally.after;
        let numbers = numbers.join("、");
        let text = if is_reached {
            format!("  {numbers} 合计：应扣 {}，按上限 {} 扣", tally.before, cap.at_most)
        } else {
            format!("  {numbers} 合计：已扣 {} / 上限 {}", tally.before, cap.at_most)
        };
        lines.extend(wrapped(&text, width, if is_reached { theme::PENDING } else { theme::PLAIN }));
    }
    if indicator.items.len() > 1 {
        let lost = score.items.iter().zip(&indicator.items).filter(|it| !it.0.before.is_zero());
        let texts: Vec<String> = lost
            .map(|(tally, item)| {
                format!("{}.{} 已扣 {} / {}", indicator.number, item.number, tally.after, item.points)
            })
            .collect();
        if !texts.is_empty() {
            lines.extend(wrapped(&format!("  要点：{}", texts.join("，")), width, theme::PLAIN));
        }
    }
    lines
}

/// Puts several texts on a line as long as they fit whole.
fn packed(parts: &[String], width: usize, style: Style) -> Vec<(String, Style)> {
    let mut lines: Vec<(String, Style)> = Vec::new();
    let mut line = String::new();
    for part in parts {
        if !line.is_empty() && cells::width(&line) + 2 + cells::width(part) > width {
            lines.push((std::mem::take(&mut line), style));
        }
        if !line.is_empty() {
            line.push_str("  ");
        }
        line.push_str(part);
    }
    lines.extend(wrapped(&line, width, style));
    lines
}

/// Returns the last entries, newest first, as many as leave room for the clause.
fn entries(
    ledger: &Ledger,
    unit_idx: usize,
    indicator_idx: usize,
    width: usize,
    height: usize,
) -> Vec<(String, Style)> {
    let cell = &ledger.sheet(unit_idx).cells[indicator_idx];
    let counted: Vec<_> = cell.entries.iter().filter(|it| it.withdrawn.is_none()).collect();
    let n_withdrawn = cell.entries.len() - counted.len();
    let n_shown = (height / 3).clamp(1, 5);
    let mut lines: Vec<(String, Style)> = Vec::new();
    for entry in counted.iter().rev().take(n_shown) {
        let note = if entry.deduction.note.is_empty() {
            String::new()
        } else {
            format!("  {}", entry.deduction.note)
        };
        let text = format!(
            "  {} {}{note}  {}记",
            entry.deduction.date,
            words::deduction(ledger, &entry.deduction),
            entry.author.by
        );
        lines.push((cells::cut(&text, width).into_owned(), theme::LOST));
    }
    let n_more = counted.len().saturating_sub(n_shown);
    let mut more = Vec::new();
    if n_more > 0 {
        more.push(format!("还有 {n_more} 条"));
    }
    if n_withdrawn > 0 {
        more.push(format!("已撤回 {n_withdrawn} 条"));
    }
    if !more.is_empty() {
        lines.push((format!("  {}，按回车看", more.join("，")), theme::FAINT));
    }
    lines
}

fn clause(indicator: &Indicator, width: usize) -> Vec<(String, Style)> {
    let mut lines = wrapped(&format!("评分办法：{}", indicator.method), width, theme::PLAIN);
    for item in &indicator.items {
        let text = format!("{}.{}（{}分）{}", indicator.number, item.number, item.points, item.text);
        lines.extend(wrapped(&text, width, theme::FAINT));
    }
    lines
}

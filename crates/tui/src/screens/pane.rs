//! The pane of the selected cell: its score, its numbered rules, what was recorded, and the clause.

use kaohe_core::Ledger;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{cell, labels};
use crate::theme;
use crate::widgets::cells;
use crate::world::short_name;

/// Lines below which a pane is low.
const LOW: usize = 8;
/// Rules that a digit reaches.
const N_DIGITS: usize = 9;

/// Draws the pane. The rules come first, since they are what is pressed.
pub(crate) fn draw(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, area: Rect, buf: &mut Buffer) {
    let mut lines = Lines::within(area);
    headline(ledger, unit_idx, indicator_idx, &mut lines);
    rules(ledger, unit_idx, indicator_idx, &mut lines);
    entries(ledger, unit_idx, indicator_idx, usize::from(area.height), &mut lines);
    clause(ledger, unit_idx, indicator_idx, &mut lines);
    put(lines, area, buf);
}

/// Draws the rules and the entries alone, where the unit's score and the clause show beside them.
pub(crate) fn draw_rules(
    ledger: &Ledger,
    unit_idx: usize,
    indicator_idx: usize,
    area: Rect,
    buf: &mut Buffer,
) {
    let mut lines = Lines::within(area);
    rules(ledger, unit_idx, indicator_idx, &mut lines);
    // No clause follows, so entries take what there is, but for the line that says how many more there are.
    let recorded = &ledger.sheet(unit_idx).cells[indicator_idx].entries;
    let n_lines = lines.n_free() - usize::from(recorded.len() > lines.n_free()).min(lines.n_free());
    entries(ledger, unit_idx, indicator_idx, 3 * n_lines, &mut lines);
    put(lines, area, buf);
}

fn put(lines: Lines, area: Rect, buf: &mut Buffer) {
    let width = lines.width;
    for ((text, style), y) in lines.shown.into_iter().zip(area.y + 1..area.bottom()) {
        buf.set_stringn(area.x + 1, y, text, width, style);
    }
    let rule = "-".repeat(usize::from(area.width));
    buf.set_string(area.x, area.y, rule, theme::FAINT);
}

/// The lines of the pane. What comes after the last one that shows is not even made: a clause may be long, and the
/// pane is drawn for every key.
struct Lines {
    shown: Vec<(String, Style)>,
    width: usize,
    room: usize,
}

impl Lines {
    fn within(area: Rect) -> Lines {
        let width = usize::from(area.width.saturating_sub(2)).max(2);
        Lines { shown: Vec::new(), width, room: usize::from(area.height.saturating_sub(1)) }
    }

    fn n_free(&self) -> usize {
        self.room.saturating_sub(self.shown.len())
    }

    /// Adds a text over as many lines as it takes and there are.
    fn wrap(&mut self, text: &str, style: Style) {
        let lines = cells::wrap_first(text, self.width, self.n_free());
        self.shown.extend(lines.into_iter().map(|it| (it, style)));
    }

    /// Says whether there is hardly room for what was recorded.
    fn is_low(&self) -> bool {
        self.room < LOW
    }

    /// Adds a text over as many lines as it takes, and on one line where the pane is low.
    fn wrap_or_cut(&mut self, text: &str, style: Style) {
        if self.is_low() { self.cut(text, style) } else { self.wrap(text, style) }
    }

    /// Adds a text on one line.
    fn cut(&mut self, text: &str, style: Style) {
        if self.n_free() > 0 {
            self.shown.push((cells::cut(text, self.width).into_owned(), style));
        }
    }

    /// Adds several texts, as many on a line as fit whole.
    fn pack(&mut self, parts: &[String], style: Style) {
        let mut line = String::new();
        for part in parts {
            if !line.is_empty() && cells::width(&line) + 2 + cells::width(part) > self.width {
                self.wrap(&std::mem::take(&mut line), style);
            }
            if !line.is_empty() {
                line.push_str("  ");
            }
            line.push_str(part);
        }
        self.wrap(&line, style);
    }
}

fn headline(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, lines: &mut Lines) {
    let rubric = ledger.rubric_of(unit_idx);
    let indicator = rubric.indicator(indicator_idx);
    let (_, section) = rubric.section_of(indicator_idx);
    let own = &ledger.sheet(unit_idx).cells[indicator_idx];
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let unit = if lines.width < 100 { short_name(ledger, unit_idx) } else { &ledger.unit(unit_idx).name };
    let weight = cell::weight(section, indicator);
    let weighted = cell::headline(unit, indicator, &weight, own, score);
    // In a low pane a line more is one of the entries less.
    let is_short = lines.is_low() && cells::width(&weighted) > lines.width;
    let said = if is_short { cell::headline(unit, indicator, "", own, score) } else { weighted };
    // What belongs together, such as a mark and who set it, stays on one line.
    let parts: Vec<String> = said.split("  ").map(str::to_owned).collect();
    lines.pack(&parts, theme::HEAD);
}

/// Adds the rules, each with its digit, its amount and what it has cost so far; then the caps and what is used, and
/// what else there is to the scores.
fn rules(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, lines: &mut Lines) {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let numbered = indicator.rules.iter().zip(&score.rules).zip(1..);
    let is_undecided = score.undecided.is_some();
    let mut parts: Vec<String> =
        numbered.map(|((rule, tally), number)| cell::rule(number, rule, tally, is_undecided)).collect();
    if parts.len() > N_DIGITS {
        parts.push(cell::ALL_RULES.to_owned());
    }
    lines.pack(&parts, theme::KEY);
    for tally in &score.caps {
        let style = if tally.before > tally.after { theme::PENDING } else { theme::PLAIN };
        lines.wrap(&cell::cap(indicator, &indicator.caps[tally.cap_idx], tally), style);
    }
    for text in cell::shared_caps(ledger, unit_idx, indicator_idx) {
        lines.wrap(&text, theme::PENDING);
    }
    if indicator.items.len() > 1
        && let Some(text) = cell::items(indicator, &score.items)
    {
        lines.wrap(&text, theme::PLAIN);
    }
    if let Some(text) = cell::undecided(ledger, unit_idx, indicator_idx) {
        lines.wrap_or_cut(&text, theme::PENDING);
    }
    if let Some(text) = cell::beside_the_sum(ledger, unit_idx) {
        lines.wrap_or_cut(&text, theme::PLAIN);
    }
}

/// Adds the last entries, newest first, as many as leave room for the clause.
fn entries(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, height: usize, lines: &mut Lines) {
    let entries = &ledger.sheet(unit_idx).cells[indicator_idx].entries;
    let counted = || entries.iter().rev().filter(|it| it.withdrawn.is_none());
    let n_counted = counted().count();
    let n_shown = (height / 3).clamp(1, 5);
    for entry in counted().take(n_shown.min(lines.n_free())) {
        lines.cut(&cell::entry(ledger, entry), theme::LOST);
    }
    let n_more = n_counted.saturating_sub(n_shown);
    if let Some(text) = cell::more_entries(n_more, entries.len() - n_counted) {
        lines.cut(&text, theme::FAINT);
    }
}

fn clause(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, lines: &mut Lines) {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    lines.wrap(&cell::method(indicator), theme::PLAIN);
    for item in indicator.printed_items() {
        if lines.n_free() == 0 {
            return;
        }
        lines.wrap(&labels::item(indicator, item), theme::FAINT);
    }
}

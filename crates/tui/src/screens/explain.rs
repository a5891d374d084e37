//! The arithmetic of a score: of one indicator of a unit, or of the unit as a whole, line by line with its clauses.

use kaohe_core::{Ledger, Line, LineKind, State, explain_indicator, explain_total};
use kaohe_exchange::words;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use super::{Step, moved};
use crate::keys::Command;
use crate::text::{explain as text, labels};
use crate::theme;
use crate::view::body;
use crate::widgets::{cells, popup};
use crate::world::{World, signed};

/// Whose, of which indicator, and how far down.
#[derive(Debug)]
pub(crate) struct Explain {
    unit_idx: usize,
    /// The indicator that was asked about; none where the unit was.
    indicator_idx: Option<usize>,
    /// Whether the whole unit shows.
    is_whole: bool,
    first: usize,
}

/// Cells of the column of points.
const POINTS: usize = 9;

/// A line on the screen: points, text, and how it looks.
struct Row {
    points: String,
    text: String,
    style: Style,
}

impl Explain {
    pub(crate) fn cell(unit_idx: usize, indicator_idx: usize) -> Explain {
        Explain { unit_idx, indicator_idx: Some(indicator_idx), is_whole: false, first: 0 }
    }

    pub(crate) fn unit(unit_idx: usize) -> Explain {
        Explain { unit_idx, indicator_idx: None, is_whole: true, first: 0 }
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        if command == Command::WholeUnit && self.indicator_idx.is_some() {
            self.is_whole = !self.is_whole;
            self.first = 0;
            return Step::Stay;
        }
        let area = body(Rect::new(0, 0, size.width, size.height));
        let n_rows = self.rows(ledger, room(area)).len();
        let n_visible = usize::from(outline(area, n_rows).height.saturating_sub(2)).max(1);
        let n_firsts = (n_rows + 1).saturating_sub(n_visible).max(1);
        if let Some(first) = moved(command, self.first.min(n_firsts - 1), n_firsts, n_visible) {
            self.first = first;
        }
        Step::Stay
    }

    /// Returns the footer's word: `Tab` goes to and fro where the arithmetic was asked for a cell.
    pub(crate) fn footer_label(&self, command: Command, label: &'static str) -> &'static str {
        match (command, self.indicator_idx) {
            (Command::WholeUnit, None) => "",
            (Command::WholeUnit, Some(_)) if self.is_whole => text::THIS_INDICATOR,
            _ => label,
        }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let rows = self.rows(ledger, room(area));
        let title = match self.indicator_idx.filter(|_| !self.is_whole) {
            Some(idx) => {
                let indicator = ledger.rubric_of(self.unit_idx).indicator(idx);
                text::cell_title(&ledger.unit(self.unit_idx).name, &labels::indicator(indicator))
            }
            None => text::unit_title(&ledger.unit(self.unit_idx).name),
        };
        let inner = popup::frame(outline(area, rows.len()), buf, &title, theme::PLAIN);
        let first = self.first.min(rows.len().saturating_sub(usize::from(inner.height)));
        for (row, y) in rows.iter().skip(first).zip(inner.y..inner.bottom()) {
            buf.set_string(inner.x, y, cells::pad_left(&row.points, POINTS), row.style);
            let x = inner.x + u16::try_from(POINTS + 1).unwrap_or(0);
            buf.set_stringn(x, y, &row.text, usize::from(inner.right().saturating_sub(x)), row.style);
        }
    }

    fn rows(&self, ledger: &Ledger, room: usize) -> Vec<Row> {
        let mut rows = Rows { rows: Vec::new(), room };
        match self.indicator_idx.filter(|_| !self.is_whole) {
            Some(indicator_idx) => indicator(ledger, self.unit_idx, indicator_idx, &mut rows),
            None => unit(ledger, self.unit_idx, &mut rows),
        }
        rows.rows
    }
}

struct Rows {
    rows: Vec<Row>,
    room: usize,
}

impl Rows {
    /// Adds a step with its points and, below it, what it rests on.
    fn push(&mut self, points: &str, step: &str, basis: &str, style: Style) {
        let mut points = points.to_owned();
        let steps = cells::wrap(step, self.room).into_iter().map(|it| (it, style));
        let bases = cells::wrap(basis, self.room).into_iter().filter(|it| !it.is_empty());
        for (text, style) in steps.chain(bases.map(|it| (it, theme::FAINT))) {
            self.rows.push(Row { points: std::mem::take(&mut points), text, style });
        }
    }
}

fn indicator(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, rows: &mut Rows) {
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let mut lines = explain_indicator(ledger, unit_idx, indicator_idx);
    if score.state == State::NotApplicable && !lines.iter().any(|it| it.kind == LineKind::NotApplicable) {
        // It is the reason of the score even where it gives nothing back.
        lines.push(Line { kind: LineKind::NotApplicable, points: kaohe_core::Points::ZERO });
    }
    for line in lines {
        let words = words::line(ledger, unit_idx, indicator_idx, line.kind);
        let points = if line.kind == LineKind::Start { line.points.to_string() } else { signed(line.points) };
        rows.push(&points, &words.step, &words.basis, theme::PLAIN);
    }
    match &score.undecided {
        Some(why) => {
            rows.push(words::UNDECIDED, &words::undecided(ledger, unit_idx, why), "", theme::HEAD);
        }
        None => rows.push(&score.score.to_string(), text::indicator_sum(score.state), "", theme::HEAD),
    }
}

/// The unit's indicators with their scores, and every step from there to the total.
fn unit(ledger: &Ledger, unit_idx: usize, rows: &mut Rows) {
    let score = ledger.score(unit_idx);
    for line in explain_total(ledger, unit_idx) {
        let words = words::line(ledger, unit_idx, 0, line.kind);
        let LineKind::Indicator { indicator_idx } = line.kind else {
            rows.push(&signed(line.points), &words.step, &words.basis, theme::PLAIN);
            continue;
        };
        let own = &score.indicators[indicator_idx];
        let points = own.decided().map_or_else(|| words::UNDECIDED.to_owned(), |it| it.to_string());
        let state = words::indicator_state(own);
        let losses = words::losses(ledger, unit_idx, indicator_idx);
        rows.push(&points, &text::indicator_line(&words.step, state), &losses, theme::PLAIN);
    }
    for why in &score.undecided {
        rows.push(words::UNDECIDED, &words::undecided(ledger, unit_idx, why), "", theme::HEAD);
    }
    if let Some(points) = score.decided() {
        rows.push(&points.to_string(), text::total_sum(score.is_settled()), "", theme::HEAD);
    }
    if let Some(outcome) = crate::text::result::outcome(ledger.rubric_of(unit_idx), score) {
        rows.push("", &outcome, "", theme::HEAD);
    }
}

fn width(area: Rect) -> u16 {
    area.width.saturating_sub(2).min(100)
}

/// Returns how many cells a text has.
fn room(area: Rect) -> usize {
    usize::from(width(area)).saturating_sub(POINTS + 4).max(2)
}

/// Returns the box for so many lines within the body.
fn outline(area: Rect, n_lines: usize) -> Rect {
    let height = u16::try_from(n_lines + 2).unwrap_or(u16::MAX).min(area.height.saturating_sub(1));
    popup::popup(area, width(area), height)
}

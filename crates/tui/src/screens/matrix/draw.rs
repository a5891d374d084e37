//! How the matrix looks: the table of the class, and the pane of the selected cell.

use kaohe_core::{Indicator, Ledger};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::cells::{MeanOf, mean_cell, right_cell, score_cell};
use super::columns::{Columns, N_LEFT, Right, head};
use super::{Matrix, Order, pane};
use crate::keys::Command;
use crate::terminal::{Mouse, MouseKind};
use crate::text::{labels, several};
use crate::theme;
use crate::widgets::cells;
use crate::widgets::table::{Cell, Line, Table};
use crate::world::{World, short_name};

/// Lines of the header.
const N_HEADER: usize = 3;
/// Lines below the rows.
const N_FOOTER: usize = 1;

impl Matrix {
    /// Returns how many rows a page has.
    pub(super) fn page(&self, size: Size) -> usize {
        let area = crate::view::body(Rect::new(0, 0, size.width, size.height));
        let (_, area) = self.strip(area);
        let (table_area, _) = split(area, self.n_rows());
        let table =
            Table { n_header: N_HEADER, n_footer: N_FOOTER, n_rows: self.n_rows(), ..Table::default() };
        table.n_visible_rows(table_area.height)
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let (strip, area) = self.strip(area);
        self.draw_filter(ledger, strip, buf);
        let (table_area, pane_area) = split(area, self.n_rows());
        self.draw_table(ledger, table_area, buf);
        if let Some((unit_idx, indicator_idx)) = self.selected() {
            pane::draw(ledger, unit_idx, indicator_idx, pane_area, buf);
        }
    }

    /// Splits the body into the line that says what the filter leaves, where there is one, and the rest.
    fn strip(&self, area: Rect) -> (Rect, Rect) {
        let height = u16::from(self.has_filter()).min(area.height);
        let rest = Rect { y: area.y + height, height: area.height - height, ..area };
        (Rect { height, ..area }, rest)
    }

    /// Says in a line of its own that not all units show: who does not know that takes the class for smaller.
    fn draw_filter(&self, ledger: &Ledger, area: Rect, buf: &mut Buffer) {
        let Some((what, rest)) = self.says_filter(ledger) else { return };
        let width = usize::from(area.width);
        let what = cells::cut(&what, width.saturating_sub(2 + cells::width(&rest)));
        let line = cells::pad_right(&format!(" {what}{rest}"), width);
        for y in area.top()..area.bottom() {
            buf.set_string(area.x, y, &line, theme::MARK);
        }
    }

    /// Lays the columns out, as wide as the person has made them.
    fn columns(&self, width: u16) -> Columns {
        Columns::of(&self.facts, width, |it| self.widened.of(self.rubric_idx, it))
    }

    fn table<'c>(&self, columns: &'c Columns) -> Table<'c> {
        let place = self.place();
        Table {
            columns: &columns.all,
            n_frozen: N_LEFT,
            n_frozen_right: columns.right.len(),
            n_header: N_HEADER,
            n_footer: N_FOOTER,
            n_rows: self.rows.len(),
            first_row: place.first_row,
            selected_row: Some(place.row),
            selected_column: Some(N_LEFT + place.indicator_idx),
        }
    }

    /// Takes a point of the mouse in the body: a press goes to the cell, or on the cell itself shows its entries; an
    /// edge in the header is dragged.
    pub(crate) fn point(&mut self, mouse: Mouse, world: &World, area: Rect) -> Option<Command> {
        let ledger = world.ledger()?;
        let (_, area) = self.strip(area);
        let (area, _) = split(area, self.n_rows());
        let columns = self.columns(area.width);
        let table = self.table(&columns);
        let point = Position::new(mouse.x, mouse.y);
        match mouse.kind {
            MouseKind::Press => {
                if let Some(column) = table.edge_at(area, point) {
                    self.widened.take(self.rubric_idx, column, mouse.x);
                    return None;
                }
                let (Line::Row(row), column) = table.at(area, point)? else { return None };
                let n_indicators = ledger.rubrics()[self.rubric_idx].n_indicators();
                let indicator_idx = column.checked_sub(N_LEFT).filter(|it| *it < n_indicators);
                let before = self.place();
                let place = &mut self.places[self.rubric_idx];
                place.row = row;
                place.unit_idx = self.rows.get(row).copied();
                place.indicator_idx = indicator_idx.unwrap_or(place.indicator_idx);
                let is_same = (before.row, before.indicator_idx) == (place.row, place.indicator_idx);
                (is_same && indicator_idx.is_some()).then_some(Command::Entries)
            }
            MouseKind::Drag => {
                self.widened.drag(mouse.x);
                None
            }
            MouseKind::Release => {
                self.widened.release();
                None
            }
            MouseKind::WheelUp | MouseKind::WheelDown => None,
        }
    }

    fn draw_table(&self, ledger: &Ledger, area: Rect, buf: &mut Buffer) {
        let rows = &self.rows;
        let indicators: Vec<&Indicator> = ledger.rubrics()[self.rubric_idx].indicators().collect();
        let columns = self.columns(area.width);
        let place = self.place();
        let table = self.table(&columns);
        let at = |column: usize| match column.checked_sub(N_LEFT) {
            None => MeanOf::Name,
            Some(idx) if idx < indicators.len() => MeanOf::Indicator(idx),
            Some(idx) => MeanOf::Right(columns.right[idx - indicators.len()]),
        };
        table.draw(area, buf, |line, column| match (line, at(column)) {
            (Line::Row(row), MeanOf::Name) => {
                let sign = self.marks.contains(&ledger.unit(rows[row]).id).then_some(labels::MARK_SIGN);
                Cell { sign, ..Cell::new(short_name(ledger, rows[row]), theme::PLAIN) }
            }
            (Line::Row(row), MeanOf::Indicator(idx)) => score_cell(ledger, rows[row], idx),
            (Line::Row(row), MeanOf::Right(right)) => right_cell(ledger, &self.facts, rows[row], right),
            (Line::Header(line_idx), MeanOf::Indicator(idx)) => {
                let width = usize::from(columns.all[column].width);
                let sign = if place.order.indicator_idx() == Some(idx) { place.order.sign() } else { "" };
                Cell::new(head(indicators[idx], line_idx, width, sign), theme::HEAD)
            }
            (Line::Header(0), MeanOf::Name) => Cell::new(labels::UNIT, theme::HEAD),
            // Which of how many, since not all of them may show.
            (Line::Header(1), MeanOf::Name) => {
                Cell::new(labels::nth(place.row + 1, rows.len()), theme::FAINT)
            }
            (Line::Header(line_idx), MeanOf::Right(right)) => {
                Cell::new(right_head(right, line_idx, place.order), theme::HEAD)
            }
            (Line::Header(_), MeanOf::Name) if !self.marks.is_empty() => {
                Cell::new(several::n_marked(self.marks.len()), theme::HEAD)
            }
            (Line::Header(_), MeanOf::Name) => Cell::default(),
            (Line::Footer(_), what) => mean_cell(&self.facts, what, usize::from(columns.all[column].width)),
        });
    }
}

fn right_head(right: Right, line_idx: usize, order: Order) -> &'static str {
    match (right, line_idx) {
        (Right::Total, 0) => labels::TOTAL_SCORE,
        (Right::Rank | Right::RankOrProgress, 0) => labels::RANK,
        (Right::Progress, 0) | (Right::RankOrProgress, 1) => labels::REVIEWED,
        (Right::Total, 2) if matches!(order, Order::TotalUp | Order::TotalDown) => order.sign(),
        (Right::Rank | Right::RankOrProgress, 2) if order == Order::Rank => order.sign(),
        (_, _) => "",
    }
}

/// Splits the body into the table and the pane: below it, or beside it where the terminal is wide.
fn split(area: Rect, n_rows: usize) -> (Rect, Rect) {
    if area.width >= 140 {
        let pane_width = 58;
        let table = Rect { width: area.width - pane_width, ..area };
        return (table, Rect { x: table.right(), width: pane_width, ..area });
    }
    // The table takes what it needs, but leaves the pane two fifths, or eight lines where that is more than enough.
    let needed = u16::try_from(N_HEADER + n_rows + N_FOOTER).unwrap_or(u16::MAX);
    let left = area.height.saturating_sub(needed);
    let least = (area.height * 2 / 5).min(8);
    // The line of the means is the pane's, where all rows show then.
    let least = if left + 1 == least { left } else { least };
    let pane_height = left.clamp(least, 16.max(least)).min(area.height);
    let table = Rect { height: area.height - pane_height, ..area };
    (table, Rect { y: table.bottom(), height: pane_height, ..area })
}

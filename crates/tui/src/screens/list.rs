//! A list that fills the screen below its head: one line chosen, columns as there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::moved;
use super::press::ListRows;
use crate::keys::Command;
use crate::text::labels;
use crate::theme;
use crate::widgets::cells;
use crate::widgets::fit::{Field, fit};
use crate::widgets::table::{Cell, Line, Table, kept};

/// Rows that show before the one that a list opens with.
const ROWS_BEFORE: usize = 3;

/// Where the selection of a list stands, and the first row that showed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    row: usize,
    first_row: usize,
}

impl Place {
    /// Returns a place at a row that shows some rows before it.
    pub(super) fn at(row: usize) -> Place {
        Place { row, first_row: row.saturating_sub(ROWS_BEFORE) }
    }

    /// Chooses a row; what shows stays where it is where the row is among it.
    pub(super) fn choose(&mut self, row: usize) {
        self.row = row;
    }

    /// Returns the chosen row of so many; rows may have gone since it was chosen.
    pub(super) fn row(self, n_rows: usize) -> usize {
        self.row.min(n_rows.saturating_sub(1))
    }

    /// Moves the selection among rows of which a page shows; says whether the command does that.
    pub(super) fn moves(&mut self, command: Command, n_rows: usize, page: usize) -> bool {
        let Some(row) = moved(command, self.row(n_rows), n_rows, page) else { return false };
        self.go_to(row, n_rows, page);
        true
    }

    /// Chooses a row; what shows now stays where it is as long as it can.
    pub(super) fn go_to(&mut self, row: usize, n_rows: usize, page: usize) {
        self.first_row = kept(self.first_row, self.row(n_rows), page, n_rows);
        self.row = row;
        self.first_row = kept(self.first_row, row, page, n_rows);
    }

    /// Returns the rows for the mouse, of a list with the columns' heads at the top of this area.
    pub(super) fn rows(&mut self, area: Rect, n_rows: usize) -> ListRows<'_> {
        self.row = self.row(n_rows);
        let area = below(area, 1);
        let first = kept(self.first_row, self.row, usize::from(area.height), n_rows);
        // What shows stays where it is.
        self.first_row = first;
        ListRows { area, n_lines: 1, first, n_rows, selected: &mut self.row, is_focused: true }
    }

    /// Draws the rows below the columns' heads.
    pub(super) fn draw<'c, K: Copy>(
        self,
        fields: &[Field<K>],
        n_rows: usize,
        area: Rect,
        buf: &mut Buffer,
        head: impl Fn(K) -> &'static str,
        cell: impl Fn(usize, K, usize) -> Cell<'c>,
    ) {
        let (shown, columns) = fit(fields, area.width);
        let table = Table {
            columns: &columns,
            n_frozen: columns.len(),
            n_header: 1,
            n_rows,
            first_row: self.first_row,
            selected_row: (n_rows > 0).then(|| self.row(n_rows)),
            selected_column: None,
            ..Table::default()
        };
        table.draw(area, buf, |line, column| match line {
            Line::Header(_) => Cell::new(head(shown[column]), theme::HEAD),
            Line::Row(row) => cell(row, shown[column], usize::from(columns[column].width)),
            Line::Footer(_) => Cell::default(),
        });
    }
}

/// Returns how many rows show in the body of a screen whose list begins below so many lines and the columns' heads.
pub(super) fn page(area: Rect, n_above: u16) -> usize {
    usize::from(area.height.saturating_sub(n_above + 1)).max(1)
}

/// Draws a line, cut where it is too long.
pub(super) fn line(text: &str, style: Style, y: u16, area: Rect, buf: &mut Buffer) {
    if y < area.bottom() {
        let width = usize::from(area.width.saturating_sub(2));
        buf.set_string(area.x + 1, y, cells::cut(text, width), style);
    }
}

/// Draws the line at the top of a list: what it is, and at the right which of how many rows is chosen.
pub(super) fn headline(text: &str, place: Place, n_rows: usize, area: Rect, buf: &mut Buffer) {
    let nth = if n_rows == 0 { String::new() } else { labels::nth(place.row(n_rows) + 1, n_rows) };
    let nth_width = u16::try_from(cells::width(&nth)).unwrap_or(0) + 1;
    let room = Rect { width: area.width.saturating_sub(nth_width), ..area };
    line(text, theme::HEAD, area.y, room, buf);
    buf.set_stringn(room.right(), area.y, nth, usize::from(nth_width), theme::FAINT);
}

/// Returns what is left of an area below so many lines.
pub(super) fn below(area: Rect, n_lines: u16) -> Rect {
    let n_lines = n_lines.min(area.height);
    Rect { y: area.y + n_lines, height: area.height - n_lines, ..area }
}

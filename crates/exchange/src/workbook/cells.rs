//! Writing cells: points as numbers, formulas with the results that they have, text that never runs.

use std::borrow::Cow;

use kaohe_core::Points;
use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Worksheet, XlsxError};

use unicode_width::UnicodeWidthStr;

/// The longest text of a cell, in UTF-16 units.
const MAX_TEXT: usize = 32_767;
/// The tallest row, in points of print.
const MAX_HEIGHT: usize = 400;
/// The height of a line of text, in points of print.
const LINE: usize = 14;

/// What a row has above and below its lines.
const GAP: usize = 5;

/// Where a cell is: row and column, from 0.
pub(super) type At = (RowNum, ColNum);

/// What is written into cells of a worksheet; a shorthand for the library's own functions.
pub(super) trait Cells {
    fn text(&mut self, at: At, text: &str, format: &Format) -> Result<(), XlsxError>;
    fn points(&mut self, at: At, points: Points, format: &Format) -> Result<(), XlsxError>;
    fn count(&mut self, at: At, count: u64, format: &Format) -> Result<(), XlsxError>;
    fn blank(&mut self, at: At, format: &Format) -> Result<(), XlsxError>;
    /// Writes a formula and what comes of it; nothing comes of an empty result.
    fn formula(&mut self, at: At, formula: &str, result: &str, format: &Format) -> Result<(), XlsxError>;
    /// Writes a text over a block of cells, which may be a single one.
    fn block(&mut self, from: At, to: At, text: &str, format: &Format) -> Result<(), XlsxError>;
    /// Makes a row tall enough for so many lines.
    fn lines(&mut self, row: RowNum, n_lines: usize) -> Result<(), XlsxError>;
    fn width(&mut self, col: ColNum, n_cells: usize) -> Result<(), XlsxError>;
}

impl Cells for Worksheet {
    fn text(&mut self, (row, col): At, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.write_string_with_format(row, col, fitting(text), format).map(drop)
    }

    fn points(&mut self, (row, col): At, points: Points, format: &Format) -> Result<(), XlsxError> {
        self.write_number_with_format(row, col, float(points), format).map(drop)
    }

    fn count(&mut self, (row, col): At, count: u64, format: &Format) -> Result<(), XlsxError> {
        // Counts are far below what a float holds exactly.
        self.write_number_with_format(row, col, count as f64, format).map(drop)
    }

    fn blank(&mut self, (row, col): At, format: &Format) -> Result<(), XlsxError> {
        self.write_blank(row, col, format).map(drop)
    }

    fn formula(
        &mut self,
        (row, col): At,
        formula: &str,
        result: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(result);
        self.write_formula_with_format(row, col, formula, format).map(drop)
    }

    fn block(&mut self, from: At, to: At, text: &str, format: &Format) -> Result<(), XlsxError> {
        if from == to {
            return self.text(from, text, format);
        }
        self.merge_range(from.0, from.1, to.0, to.1, &fitting(text), format).map(drop)
    }

    fn lines(&mut self, row: RowNum, n_lines: usize) -> Result<(), XlsxError> {
        let height = (n_lines.max(1) * LINE + GAP).min(MAX_HEIGHT);
        self.set_row_height(row, u32::try_from(height).unwrap_or(u32::MAX)).map(drop)
    }

    fn width(&mut self, col: ColNum, n_cells: usize) -> Result<(), XlsxError> {
        self.set_column_width(col, u32::try_from(n_cells).unwrap_or(u32::MAX)).map(drop)
    }
}

/// Returns the number that stands in a cell for points; both have the same shortest digits.
pub(crate) fn float(points: Points) -> f64 {
    points.to_string().parse().expect("a plain decimal is a number")
}

/// Returns what is left of a text that a cell can hold.
fn fitting(text: &str) -> Cow<'_, str> {
    // Every UTF-16 unit takes a byte at least.
    if text.len() <= MAX_TEXT {
        return Cow::Borrowed(text);
    }
    let mut n_units = 0;
    Cow::Owned(
        text.chars()
            .take_while(|it| {
                n_units += it.len_utf16();
                n_units <= MAX_TEXT
            })
            .collect(),
    )
}

/// Returns how many lines a text takes in a column of so many cells; 扣 takes two of them.
pub(super) fn n_lines(text: &str, n_cells: usize) -> usize {
    // A program's own font may be a little wider than two digits to a character.
    let room = n_cells.saturating_sub(1).max(2);
    text.lines().map(|it| wide(it).div_ceil(room).max(1)).sum::<usize>().max(1)
}

/// Returns how many lines a row may have before it is taller than a row can be.
pub(super) fn max_lines() -> usize {
    (MAX_HEIGHT - GAP) / LINE
}

/// Returns how tall rows are together, in points of print, by the lines of each.
pub(super) fn height(lines: impl Iterator<Item = usize>) -> usize {
    lines.map(|it| (it * LINE + GAP).min(MAX_HEIGHT)).sum()
}

/// Returns how many cells of display a text takes. Quotation marks and dashes that a terminal shows in one are as wide
/// as a character in the fonts of print.
pub(crate) fn wide(text: &str) -> usize {
    let n_wider =
        text.chars().filter(|it| matches!(it, '“' | '”' | '‘' | '’' | '—' | '…' | '×' | '·')).count();
    text.width() + n_wider
}

/// Returns `ROUND(SUM(…),6)`: the sum as the program has it, for floats that a spreadsheet adds are off in the last digits,
/// and no points have more than six.
pub(super) fn sum_formula(from: At, to: At) -> String {
    format!("=ROUND(SUM({}),6)", cell_range(from.0, from.1, to.0, to.1))
}

/// Returns `C7`.
pub(super) fn cell(at: At) -> String {
    row_col_to_cell(at.0, at.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_in_cells_of_display() {
        for (text, n_cells, expected) in
            [("", 10, 1), ("区教育局", 9, 1), ("区教育局", 8, 2), ("甲\n乙", 10, 2), ("“引号”", 9, 1)]
        {
            assert_eq!(n_lines(text, n_cells), expected, "{text} in {n_cells}");
        }
    }

    #[test]
    fn what_no_cell_can_hold_is_cut_off() {
        let long = "𠮷".repeat(20_000);
        assert_eq!(fitting(&long).chars().count(), 16_383);
        assert_eq!(fitting("短"), "短");
    }
}

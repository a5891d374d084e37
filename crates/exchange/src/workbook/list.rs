//! A table as a worksheet: one row of headers that stays in view and filters, columns as wide as what stands in them.

use jiff::civil::Date;
use rust_xlsxwriter::{ColNum, ExcelDateTime, RowNum, Worksheet, XlsxError};

use super::cells::{At, Cells, n_lines, wide};
use super::page::{Page, set_page};
use super::style::Styles;
use crate::numbers::read_points;
use crate::table::{Align, Table, Value};

/// The widest column, in cells of display.
const MAX_WIDTH: usize = 38;
/// The narrowest one; the arrow of a filter takes two of its cells.
const MIN_WIDTH: usize = 7;
/// How many columns a page has room for.
const CROWDED: usize = 16;
/// Rows by which the widths are measured.
const MEASURED: usize = 2_000;
/// The most rows below the headers that a worksheet has.
pub(super) const MAX_ROWS: usize = 1_048_575;
/// Columns whose texts are days.
const DAYS: [&str; 1] = ["日期"];
/// Columns that tables for programs have as text, since what is measured is no points.
const MEASURES: [&str; 2] = ["数值", "任务数"];

/// What becomes of cells that hold nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blanks {
    /// They have the frame that the others have.
    Framed,
    /// They are not written: half of a list is blank, and a huge one takes twice the time with them.
    LeftOut,
}

/// Writes rows of a table to an empty worksheet, the headers into the first row, so that it can be read back.
/// Where there are more columns than a page has room for, those in which nothing stands are hidden.
pub(super) fn put_list(
    sheet: &mut Worksheet,
    styles: &Styles,
    table: &Table,
    widths: &[usize],
    rows: impl Iterator<Item = Vec<Value>>,
    blanks: Blanks,
) -> Result<(), XlsxError> {
    for (col, width) in (0..).zip(widths) {
        sheet.width(col, *width)?;
    }
    let mut is_used = vec![false; table.columns.len()];
    let noted = rows.inspect(|row| {
        for (is_used, value) in is_used.iter_mut().zip(row) {
            *is_used |= *value != Value::Empty;
        }
    });
    let end = put_rows(sheet, styles, table, noted, (0, blanks), widths)?;
    let is_crowded = table.columns.len() > CROWDED;
    for (col, _) in (0..).zip(&is_used).filter(|it| is_crowded && end > 1 && !it.1) {
        sheet.set_column_hidden(col)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if let Some(last_col) = last_col(table) {
        sheet.autofilter(0, 0, end - 1, last_col)?;
    }
    // The first row has the headers, so that the table can be read back: on paper the sheet's name says what it is.
    sheet.set_header("&C&A");
    let is_wide = widths.iter().sum::<usize>() > 100;
    set_page(sheet, Page { is_wide, repeated: Some((0, 0)) })
}

/// Returns the last column.
fn last_col(table: &Table) -> Option<ColNum> {
    ColNum::try_from(table.columns.len()).ok()?.checked_sub(1)
}

/// Writes headers and rows from a row on, with their blanks; returns the row after the last.
pub(super) fn put_rows(
    sheet: &mut Worksheet,
    styles: &Styles,
    table: &Table,
    rows: impl Iterator<Item = Vec<Value>>,
    (first, blanks): (RowNum, Blanks),
    widths: &[usize],
) -> Result<RowNum, XlsxError> {
    for (col, column) in (0..).zip(&table.columns) {
        sheet.text((first, col), &column.name, &styles.head)?;
    }
    sheet.lines(first, 1)?;
    let mut at = first;
    for row in rows {
        at += 1;
        let mut most_lines = 1;
        for ((col, value), width) in (0..).zip(&row).zip(widths) {
            if *value == Value::Empty && blanks == Blanks::LeftOut {
                continue;
            }
            let column = &table.columns[usize::from(col)];
            most_lines = most_lines.max(put_value(sheet, styles, (at, col), value, &column.name, *width)?);
        }
        if most_lines > 1 {
            sheet.lines(at, most_lines)?;
        }
    }
    Ok(at + 1)
}

/// Writes a value; returns how many lines it takes.
fn put_value(
    sheet: &mut Worksheet,
    styles: &Styles,
    at: At,
    value: &Value,
    column: &str,
    width: usize,
) -> Result<usize, XlsxError> {
    match value {
        Value::Empty => sheet.blank(at, &styles.text)?,
        Value::Number(points) => sheet.points(at, *points, &styles.number)?,
        Value::Count(count) => sheet.count(at, *count, &styles.number)?,
        Value::Text(text) => {
            if let Some(day) = day(column, text) {
                sheet.write_datetime_with_format(at.0, at.1, &day, &styles.date)?;
                return Ok(1);
            }
            if let Some(points) = MEASURES.contains(&column).then(|| read_points(text).ok()).flatten() {
                sheet.points(at, points, &styles.number)?;
                return Ok(1);
            }
            let n_lines = n_lines(text, width);
            sheet.text(at, text, if n_lines > 1 { &styles.wrapped } else { &styles.text })?;
            return Ok(n_lines);
        }
    }
    Ok(1)
}

/// Reads a day in a column of days.
fn day(column: &str, text: &str) -> Option<ExcelDateTime> {
    if !DAYS.contains(&column) {
        return None;
    }
    let day: Date = text.parse().ok()?;
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}

/// Returns the width of each column, in cells of display.
pub(super) fn widths(table: &Table) -> Vec<usize> {
    let header = |idx: usize| wide(&table.columns[idx].name) + 4;
    let mut widths: Vec<usize> = (0..table.columns.len()).map(|it| header(it).max(MIN_WIDTH)).collect();
    for row in table.rows.iter().take(MEASURED) {
        for ((width, value), column) in widths.iter_mut().zip(row).zip(&table.columns) {
            let needed = match value {
                Value::Empty => 0,
                Value::Text(text) => text.lines().map(wide).max().unwrap_or(0),
                Value::Number(points) => points.n_characters().0,
                Value::Count(count) => count.checked_ilog10().map_or(1, |it| it as usize + 1),
            };
            let room = match column.align {
                Align::Left => 3,
                Align::Right => 2,
            };
            *width = (*width).max((needed + room).min(MAX_WIDTH));
        }
    }
    widths
}

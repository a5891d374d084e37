//! A sheet as people see it: cells by place, and what they hold without the looks of their text.

use kaohe_core::{half_width, is_invisible};

use super::FormNote;
use crate::workbook_in::{Area, CellValue, SheetCell, Spot, WorkSheet};

/// A sheet of a form.
pub(super) struct Grid<'w> {
    pub sheet: &'w WorkSheet,
}

impl<'w> Grid<'w> {
    pub fn of(sheet: &'w WorkSheet) -> Grid<'w> {
        Grid { sheet }
    }

    /// Returns what a place holds.
    pub fn value(&self, row: u32, column: u32) -> Option<&'w CellValue> {
        self.sheet.cell(Spot { row, column }).map(|it| &it.value).filter(|it| !is_empty(it))
    }

    /// Returns the cells of some rows that hold something. Rows are not counted through one by one: a single cell at the
    /// bottom of a sheet, or a merged area that reaches there, makes a million of them.
    pub fn cells(&self, from_row: u32, to_row: u32) -> impl Iterator<Item = &'w SheetCell> {
        let cells = &self.sheet.cells;
        let from = cells.partition_point(|it| it.at.row < from_row);
        let to = cells.partition_point(|it| it.at.row <= to_row);
        cells.get(from..to).unwrap_or_default().iter().filter(|it| !is_empty(&it.value))
    }

    /// Returns the merged area that begins at a place, or the place alone.
    pub fn area(&self, at: Spot) -> Area {
        let area = self.sheet.merged.iter().find(|it| it.first == at).copied();
        area.unwrap_or(Area { first: at, last: at })
    }

    /// Returns the last row that holds something.
    pub fn last_row(&self) -> u32 {
        self.sheet.cells.last().map_or(0, |it| it.at.row)
    }

    /// Returns a place as people say it: `自评表!D7`.
    pub fn place(&self, at: Spot) -> String {
        format!("{}!{}", self.sheet.name, at.name())
    }

    /// Returns a note about a place and what it holds.
    pub fn note(&self, at: Spot, reason: impl Into<String>) -> FormNote {
        let value = self.value(at.row, at.column).map(CellValue::shown).unwrap_or_default();
        FormNote { place: Some(self.place(at)), value: crate::clean(&value), reason: reason.into() }
    }
}

fn is_empty(value: &CellValue) -> bool {
    matches!(value, CellValue::Text(text) if crate::fold::is_blank(text))
}

/// Returns the text of a cell without spaces and breaks, which page layout puts into the midst of words, and with
/// half-width forms; empty where it holds no text.
pub(super) fn key(value: &CellValue) -> String {
    match value {
        CellValue::Text(text) => key_of(text),
        CellValue::Number(_)
        | CellValue::Percent(_)
        | CellValue::Date(_)
        | CellValue::Bool(_)
        | CellValue::Error(_)
        | CellValue::Missing => String::new(),
    }
}

/// Returns a text as [`key`] does.
pub(super) fn key_of(text: &str) -> String {
    let is_ink = |it: &char| !it.is_whitespace() && !is_invisible(*it);
    half_width(text).chars().filter(is_ink).collect()
}

/// Returns the number in a text's last brackets, with 分 or 分值 around it: `10` of `政务新媒体(10分)`; and the text before.
pub(super) fn without_points(key: &str) -> (&str, Option<&str>) {
    let open = key.rfind(['(', '〔', '[', '【']);
    let inside = key.strip_suffix([')', '〕', ']', '】']).and_then(|it| it.get(open?..));
    let number = inside.and_then(|it| {
        let mut letters = it.chars();
        letters.next();
        let it = letters.as_str();
        let it = it.strip_prefix("满分").or_else(|| it.strip_prefix("分值")).unwrap_or(it);
        it.trim_start_matches(':').strip_suffix('分')
    });
    let is_number = |it: &&str| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit() || it == '.');
    match (open, number.filter(is_number)) {
        (Some(open), Some(number)) => (key.get(..open).unwrap_or_default(), Some(number)),
        (Some(_) | None, _) => (key, None),
    }
}

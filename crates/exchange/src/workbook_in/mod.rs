//! Reading workbooks that other people's programs wrote: `.xlsx`, `.xlsm`, `.xls`, `.et` and `.ods`.
//!
//! A workbook comes from outside and may be damaged, or made to harm. So nothing in here believes what a file says of its
//! own size: what is unpacked is counted while it is unpacked, a cell takes room only where it holds something, and
//! all of it ends at [`MAX_UNPACKED`] and [`MAX_CELLS`]. Macros, links to other files and whatever else such a file
//! can carry are never looked at. Formulas are not computed: their stored results are read.

mod cfb;
mod formats;
mod numbers;
mod ods;
mod parts;
mod shared_text;
mod xls;
mod xlsx;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

/// How much is unpacked from one workbook, in bytes; a usual one has less than a hundredth of it.
pub const MAX_UNPACKED: usize = 64 << 20;
/// How many cells of one workbook may hold something.
pub const MAX_CELLS: usize = 1_000_000;
/// Rows that a sheet can have.
const MAX_ROW: u32 = 1 << 20;
/// Columns that a sheet can have.
const MAX_COLUMN: u32 = 1 << 14;
/// Sheets of a workbook that are read.
const MAX_SHEETS: usize = 256;
/// Merged areas of a workbook that are read.
const MAX_MERGED: usize = 100_000;
/// How often a column may be said to be hidden, in all sheets together.
const MAX_HIDDEN: usize = 1_000_000;

/// A workbook: its sheets, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    /// The sheets, hidden ones too; charts are none.
    pub sheets: Vec<WorkSheet>,
    /// Whether it carries macros, which were not read.
    pub has_macros: bool,
}

/// A sheet: the cells that hold something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkSheet {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// The cells that hold something, by row, then column; each place once.
    pub cells: Vec<SheetCell>,
    /// Areas that show as one cell: what they hold stands in their first one.
    pub merged: Vec<Area>,
    /// Rows that hold something and do not show.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that do not show.
    pub hidden_columns: BTreeSet<u32>,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetCell {
    /// Where it stands.
    pub at: Spot,
    /// What it holds.
    pub value: CellValue,
    /// Whether that is the result of a formula.
    pub is_formula: bool,
}

/// A place in a sheet, both counted from 1, as spreadsheets show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The row.
    pub row: u32,
    /// The column; 1 is A.
    pub column: u32,
}

/// A rectangle of cells, both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its upper left cell.
    pub first: Spot,
    /// Its lower right cell.
    pub last: Spot,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellValue {
    /// A text, as it stands there.
    Text(Arc<str>),
    /// A number as somebody typed it: `9.9`, though the file may say 9.9000000000000004.
    Number(Box<str>),
    /// A number that shows as a percentage, as a plain one: 95% is `0.95`.
    Percent(Box<str>),
    /// A day; a time of day behind it is dropped.
    Date(Date),
    /// 是 or 否.
    Bool(bool),
    /// What a formula came to that cannot be computed: `#REF!`.
    Error(Box<str>),
    /// A formula whose result is not stored: no program has computed it yet.
    Missing,
}

impl Spot {
    /// Returns the place as people say it: `D7`.
    pub fn name(self) -> String {
        let mut letters = Vec::new();
        let mut rest = self.column;
        while rest > 0 {
            rest -= 1;
            let letter = u8::try_from(rest % 26).unwrap_or_default();
            letters.push(char::from(b'A' + letter));
            rest /= 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        format!("{letters}{}", self.row)
    }

    /// Reads `D7` or `$D$7`; nothing where it is no place in a sheet.
    fn parse(name: &str) -> Option<Spot> {
        let mut spot = Spot { row: 0, column: 0 };
        for byte in name.bytes() {
            match byte {
                b'$' => {}
                b'A'..=b'Z' | b'a'..=b'z' if spot.row == 0 => {
                    let letter = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                    spot.column = spot.column.checked_mul(26)?.checked_add(letter)?;
                }
                b'0'..=b'9' => spot.row = spot.row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
                _ => return None,
            }
        }
        spot.is_in_a_sheet().then_some(spot)
    }

    fn is_in_a_sheet(self) -> bool {
        (1..=MAX_ROW).contains(&self.row) && (1..=MAX_COLUMN).contains(&self.column)
    }
}

impl Area {
    /// Says whether the place is in the area.
    pub fn contains(self, spot: Spot) -> bool {
        (self.first.row..=self.last.row).contains(&spot.row)
            && (self.first.column..=self.last.column).contains(&spot.column)
    }
}

impl CellValue {
    /// Returns what a table has there: a number without its style, a day as 2023-11-06; nothing where there is no result.
    pub fn shown(&self) -> String {
        match self {
            CellValue::Text(text) => text.to_string(),
            CellValue::Number(text) | CellValue::Percent(text) | CellValue::Error(text) => text.to_string(),
            CellValue::Date(date) => date.to_string(),
            CellValue::Bool(is) => if *is { "TRUE" } else { "FALSE" }.to_owned(),
            CellValue::Missing => String::new(),
        }
    }
}

/// Says whether bytes look like a workbook rather than a text.
pub fn is_workbook(bytes: &[u8]) -> bool {
    // A zip archive, an empty one, and a compound file.
    let beginnings: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", cfb::SIGNATURE];
    beginnings.iter().any(|it| bytes.starts_with(it))
}

/// Reads a workbook.
///
/// # Errors
///
/// Why it cannot be read, as the reason of a fault: damaged, protected by a password, too large, something else than
/// a workbook.
pub fn read_workbook(bytes: &[u8]) -> Result<Workbook, String> {
    if bytes.len() > crate::MAX_BYTES {
        return Err(format!("文件大于 {} MB：请分成几个文件", crate::MAX_BYTES >> 20));
    }
    if bytes.starts_with(cfb::SIGNATURE) {
        return xls::read(bytes);
    }
    let mut parts = parts::Parts::open(bytes)?;
    if parts.has("content.xml") {
        ods::read(&mut parts)
    } else if parts.has("word/document.xml") {
        Err("这是 Word 文件：请填写 .xlsx 表格，或把内容复制到表格里".to_owned())
    } else if parts.has("xl/workbook.bin") {
        Err("这是 .xlsb 工作簿，读不了：请在表格软件中另存为 .xlsx".to_owned())
    } else {
        xlsx::read(&mut parts)
    }
}

/// What may still be read of a workbook.
struct Room {
    cells: usize,
    text: usize,
    merged: usize,
    hidden: usize,
}

impl Room {
    fn new() -> Room {
        Room { cells: MAX_CELLS, text: MAX_UNPACKED, merged: MAX_MERGED, hidden: MAX_HIDDEN }
    }

    /// Adds a cell to a sheet.
    fn push(&mut self, sheet: &mut WorkSheet, cell: SheetCell) -> Result<(), String> {
        if !cell.at.is_in_a_sheet() {
            return Err("有单元格在表格的范围之外：文件已损坏".to_owned());
        }
        let n_bytes = match &cell.value {
            CellValue::Text(text) => text.len(),
            CellValue::Number(text) | CellValue::Percent(text) | CellValue::Error(text) => text.len(),
            CellValue::Date(_) | CellValue::Bool(_) | CellValue::Missing => 0,
        };
        let left = self.cells.checked_sub(1).zip(self.text.checked_sub(n_bytes));
        let Some((cells, text)) = left else {
            return Err(format!("内容太多：一个工作簿最多 {MAX_CELLS} 格、{} MB 文字", MAX_UNPACKED >> 20));
        };
        (self.cells, self.text) = (cells, text);
        sheet.cells.push(cell);
        Ok(())
    }

    /// Notes that columns do not show, as far as there is room.
    fn hide_columns(&mut self, sheet: &mut WorkSheet, first: u32, last: u32) {
        let columns = first.max(1)..=last.min(MAX_COLUMN);
        if let Some(left) = self.hidden.checked_sub(columns.clone().count()) {
            self.hidden = left;
            sheet.hidden_columns.extend(columns);
        }
    }

    /// Adds a merged area to a sheet; what is none is left out, and so is what no sensible file has.
    fn merge(&mut self, sheet: &mut WorkSheet, area: Area) {
        let is_area = area.first.row <= area.last.row && area.first.column <= area.last.column;
        let is_inside = area.first.is_in_a_sheet() && area.last.is_in_a_sheet();
        if is_area && is_inside && area.first != area.last && self.merged > 0 {
            self.merged -= 1;
            sheet.merged.push(area);
        }
    }
}

impl WorkSheet {
    /// Puts the cells in order. Where a place is written twice, what was written last stands.
    fn finish(mut self) -> WorkSheet {
        if !self.cells.is_sorted_by(|a, b| a.at < b.at) {
            self.cells.reverse();
            self.cells.sort_by_key(|it| it.at);
            self.cells.dedup_by_key(|it| it.at);
        }
        self
    }

    /// Returns the cell at a place, where it holds something.
    pub fn cell(&self, at: Spot) -> Option<&SheetCell> {
        self.cells.binary_search_by_key(&at, |it| it.at).ok().and_then(|it| self.cells.get(it))
    }
}

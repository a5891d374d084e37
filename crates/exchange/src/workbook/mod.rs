//! The workbook of a year: 排名 and 得分表 of each class, 失分分析, 扣分明细, 自评差异, 说明, and a 考核表 of every unit.
//!
//! It is made part by part ([`Workbook::step`]), so that who waits for it sees how far it is. The same year, asked for at the
//! same time, gives the same bytes. Numbers are numbers, and totals are formulas that carry their results.

mod analysis;
mod cells;
mod form;
mod form_set;
mod list;
mod matrix;
mod names;
mod notes;
mod official;
mod page;
mod ranking;
mod sheets;
mod style;
mod total;

use std::collections::HashMap;
use std::fmt;

use jiff::civil::DateTime;
use kaohe_core::Ledger;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Book, Worksheet, XlsxError};

use crate::table::Table;
use crate::tables::{ToLocal, difference_table, entries_table};
pub(crate) use cells::{float, wide};
pub use form::{FormAbout, to_form};
pub use form_set::{FORM_LIST, form_archive, form_file_names, form_list};
use list::{Blanks, MAX_ROWS, put_list};
use names::SheetNames;
use ranking::{Links, put_ranking};
use style::Styles;

/// Up to how many units have a worksheet each; tabs beyond that help nobody.
const MAX_SHEETS: usize = 250;
/// How many 考核表 stand on one worksheet where they stand one under the other: spreadsheet programs take no more page
/// breaks.
const MAX_STACKED: usize = 1_000;
/// How many 考核表 are written in a step.
const CHUNK: usize = 50;
/// From how many cells on a worksheet is huge: its rows are then kept in a temporary file of the system instead of memory.
const HUGE: usize = 100_000;

/// What a workbook says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The year that is assessed.
    pub year: u16,
    /// Who exports it.
    pub by: String,
    /// When, by the clock on the wall.
    pub at: DateTime,
    /// What it is up to, where that is not now: a record or a day, in words.
    pub as_of: String,
    /// The digest of everything that is known of the year; empty where nobody asked for it.
    pub digest: String,
}

/// Why there is no workbook: the system has no room for its temporary file, or it is larger than the format allows.
#[derive(Debug)]
pub struct WorkbookError(XlsxError);

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "工作簿没有做成：{}。请确认临时文件夹可写、磁盘有空间，再试一次", self.0)
    }
}

impl std::error::Error for WorkbookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> WorkbookError {
        WorkbookError(error)
    }
}

/// A part of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// 排名 of a class.
    Ranking { rubric_idx: usize },
    /// 得分表 of a class.
    Matrix { rubric_idx: usize },
    /// 失分分析.
    Losses,
    /// 扣分明细.
    Entries,
    /// 自评差异.
    Differences,
    /// 说明.
    Notes,
    /// 考核表 of these units, each on its own worksheet.
    Sheets { unit_idxs: Vec<usize> },
    /// 考核表 of these units, one under the other on one worksheet.
    Stacked { rubric_idx: usize, unit_idxs: Vec<usize> },
    /// All of it as bytes.
    Bytes,
}

/// A workbook on its way.
pub struct Workbook {
    book: Book,
    styles: Styles,
    names: SheetNames,
    about: About,
    parts: Vec<Part>,
    n_done: usize,
    is_stacked: bool,
    /// Names of the worksheets of 排名 and 得分表, by class.
    rankings: Vec<String>,
    matrices: Vec<String>,
    /// Names of the worksheets of 考核表, by unit.
    sheets: HashMap<usize, String>,
}

impl fmt::Debug for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Workbook({}/{})", self.n_done, self.parts.len())
    }
}

/// Makes the whole workbook at once.
///
/// # Errors
///
/// See [`WorkbookError`].
pub fn to_workbook(ledger: &Ledger, about: About, to_local: ToLocal<'_>) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new(ledger, about);
    loop {
        if let Some(bytes) = workbook.step(ledger, to_local)? {
            return Ok(bytes);
        }
    }
}

/// Writes one table as a plain workbook: a worksheet with the headers in its first row. `at` is when, by the clock on the
/// wall, `by` who.
///
/// # Errors
///
/// See [`WorkbookError`].
pub fn to_xlsx(table: &Table, title: &str, by: &str, at: DateTime) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Book::new();
    book.set_properties(&properties(title, by, at)?);
    let styles = Styles::new();
    let mut names = SheetNames::default();
    for sheet in tables(&mut book, &styles, &mut names, table, title)? {
        book.push_worksheet(sheet);
    }
    Ok(book.save_to_buffer()?)
}

impl Workbook {
    /// Returns a workbook of this year that has yet to be filled.
    pub fn new(ledger: &Ledger, about: About) -> Workbook {
        let classes = 0..ledger.rubrics().len();
        let units: Vec<Vec<usize>> = classes.clone().map(|it| ledger.units_of(it)).collect();
        let is_stacked = units.iter().map(Vec::len).sum::<usize>() > MAX_SHEETS;
        let mut names = SheetNames::default();
        let mut of_class = |what: &str| -> Vec<String> {
            classes.clone().map(|it| names.name(&format!("{what}-{}", ledger.rubrics()[it].track))).collect()
        };
        let (rankings, matrices) = (of_class("排名"), of_class("得分"));
        let mut parts: Vec<Part> = classes.clone().map(|rubric_idx| Part::Ranking { rubric_idx }).collect();
        parts.extend(classes.clone().map(|rubric_idx| Part::Matrix { rubric_idx }));
        parts.extend([Part::Losses, Part::Entries, Part::Differences, Part::Notes]);
        for (rubric_idx, units) in units.iter().enumerate() {
            let chunk = if is_stacked { MAX_STACKED } else { CHUNK };
            parts.extend(units.chunks(chunk).map(|it| match is_stacked {
                true => Part::Stacked { rubric_idx, unit_idxs: it.to_vec() },
                false => Part::Sheets { unit_idxs: it.to_vec() },
            }));
        }
        parts.push(Part::Bytes);
        let (book, styles, sheets) = (Book::new(), Styles::new(), HashMap::new());
        let mut workbook =
            Workbook { book, styles, names, about, parts, n_done: 0, is_stacked, rankings, matrices, sheets };
        if !is_stacked {
            // The names of the parts come first, so that no unit takes one.
            let fixed = [Part::Losses, Part::Entries, Part::Differences, Part::Notes];
            let mut reserved = SheetNames::default();
            std::mem::swap(&mut reserved, &mut workbook.names);
            for part in &fixed {
                reserved.name(part_name(part));
            }
            for &unit_idx in units.iter().flatten() {
                workbook.sheets.insert(unit_idx, reserved.name(&ledger.unit(unit_idx).name));
            }
            workbook.names = reserved;
        }
        workbook
    }

    /// Returns how many steps it takes.
    pub fn n_steps(&self) -> usize {
        self.parts.len()
    }

    /// Returns how many of them are done.
    pub fn n_done(&self) -> usize {
        self.n_done
    }

    /// Returns what the next step makes; nothing where all is done.
    pub fn next_name(&self) -> &'static str {
        self.parts.get(self.n_done).map_or("", part_name)
    }

    /// Makes the next part; returns the whole workbook once that was the last one.
    ///
    /// # Errors
    ///
    /// See [`WorkbookError`]; there is nothing to go on with then.
    pub fn step(&mut self, ledger: &Ledger, to_local: ToLocal<'_>) -> Result<Option<Vec<u8>>, WorkbookError> {
        let Some(part) = self.parts.get(self.n_done).cloned() else { return Ok(None) };
        self.n_done += 1;
        match part {
            Part::Ranking { rubric_idx } => self.ranking(ledger, rubric_idx)?,
            Part::Matrix { rubric_idx } => self.matrix(ledger, rubric_idx)?,
            Part::Losses => {
                let mut sheet = named(Worksheet::new(), part_name(&part))?;
                analysis::put_losses(&mut sheet, &self.styles, ledger)?;
                self.book.push_worksheet(sheet);
            }
            Part::Entries => {
                self.entries(ledger, to_local, part_name(&part))?;
            }
            Part::Differences => {
                let table = difference_table(ledger, None);
                let n_cells = table.rows.len() * table.columns.len();
                let mut sheet = named(worksheet(&mut self.book, n_cells)?, part_name(&part))?;
                analysis::put_differences(&mut sheet, &self.styles, table, n_cells <= HUGE)?;
                self.book.push_worksheet(sheet);
            }
            Part::Notes => {
                let mut sheet = named(Worksheet::new(), part_name(&part))?;
                notes::put_notes(&mut sheet, &self.styles, ledger, &self.about, self.is_stacked)?;
                self.book.push_worksheet(sheet);
            }
            Part::Sheets { unit_idxs } => self.sheets(ledger, &unit_idxs)?,
            Part::Stacked { rubric_idx, unit_idxs } => self.stacked(ledger, rubric_idx, &unit_idxs)?,
            Part::Bytes => {
                let title = format!("{} 年度考核", self.about.year);
                self.book.set_properties(&properties(&title, &self.about.by, self.about.at)?);
                return Ok(Some(self.book.save_to_buffer()?));
            }
        }
        Ok(None)
    }

    /// Returns the line below the title of a sheet.
    fn line(&self) -> String {
        let as_of = match self.about.as_of.as_str() {
            "" => String::new(),
            as_of => format!("　　截至 {as_of}"),
        };
        let at = self.about.at.strftime("%Y-%m-%d %H:%M");
        format!("{} 年度{as_of}　　导出：{} {at}", self.about.year, self.about.by)
    }

    fn ranking(&mut self, ledger: &Ledger, rubric_idx: usize) -> Result<(), XlsxError> {
        let matrix = &self.matrices[rubric_idx];
        let col = matrix::total_col(&ledger.rubrics()[rubric_idx]);
        let units = ledger.units_of(rubric_idx);
        let rows: HashMap<usize, u32> =
            units.into_iter().enumerate().map(|(nth, unit_idx)| (unit_idx, matrix::row_of(nth))).collect();
        let links = Links {
            totals: &|unit_idx| Some((matrix.clone(), (*rows.get(&unit_idx)?, col))),
            sheets: &|unit_idx| Some((self.sheets.get(&unit_idx)?.clone(), (0, 0))),
        };
        let mut sheet = named(Worksheet::new(), &self.rankings[rubric_idx])?;
        put_ranking(&mut sheet, &self.styles, ledger, rubric_idx, &self.line(), &links)?;
        self.book.push_worksheet(sheet);
        Ok(())
    }

    /// Writes 扣分明细 unit by unit, for all of it at once may be hundreds of megabytes.
    fn entries(&mut self, ledger: &Ledger, to_local: ToLocal<'_>, name: &str) -> Result<(), XlsxError> {
        let of_class = |it: usize| ledger.units_of(it).into_iter().chain(ledger.retired_of(it));
        let units: Vec<usize> = (0..ledger.rubrics().len()).flat_map(of_class).collect();
        let table_of = |unit_idx: usize| entries_table(ledger, Some(unit_idx), to_local);
        // The columns are as wide as what the first units have.
        let mut sample = Table::new(entries_table(&ledger.emptied(), None, to_local).columns);
        for &unit_idx in units.iter().take(CHUNK) {
            sample.rows.extend(table_of(unit_idx).rows);
        }
        let widths = list::widths(&sample);
        let n_cells = ledger.n_entries() * sample.columns.len();
        let mut names = SheetNames::default();
        let mut lists = Vec::new();
        let mut rows = units.iter().flat_map(|it| table_of(*it).rows).peekable();
        while rows.peek().is_some() || lists.is_empty() {
            let mut sheet = named(worksheet(&mut self.book, n_cells)?, &names.name(name))?;
            let rows = rows.by_ref().take(MAX_ROWS);
            put_list(&mut sheet, &self.styles, &sample, &widths, rows, blanks(n_cells))?;
            lists.push(sheet);
        }
        for sheet in lists {
            self.book.push_worksheet(sheet);
        }
        Ok(())
    }

    fn matrix(&mut self, ledger: &Ledger, rubric_idx: usize) -> Result<(), XlsxError> {
        let n_cells = ledger.units_of(rubric_idx).len() * (ledger.rubrics()[rubric_idx].n_indicators() + 6);
        let sheet = worksheet(&mut self.book, n_cells)?;
        let mut sheet = named(sheet, &self.matrices[rubric_idx])?;
        matrix::put_matrix(&mut sheet, &self.styles, ledger, rubric_idx, &self.line())?;
        self.book.push_worksheet(sheet);
        Ok(())
    }

    fn sheets(&mut self, ledger: &Ledger, unit_idxs: &[usize]) -> Result<(), XlsxError> {
        for &unit_idx in unit_idxs {
            let Some(name) = self.sheets.get(&unit_idx) else { continue };
            let mut sheet = named(Worksheet::new(), name)?;
            sheets::set_up(&mut sheet, Some(ledger.rubric_of(unit_idx)))?;
            sheets::put_sheet(&mut sheet, &self.styles, ledger, unit_idx, self.about.year, 0)?;
            self.book.push_worksheet(sheet);
        }
        Ok(())
    }

    fn stacked(&mut self, ledger: &Ledger, rubric_idx: usize, unit_idxs: &[usize]) -> Result<(), XlsxError> {
        let name = self.names.name(&format!("考核表-{}", ledger.rubrics()[rubric_idx].track));
        // Thousands of such rows are huge in any case.
        let mut sheet = named(self.book.new_worksheet_with_constant_memory()?, &name)?;
        sheets::set_up(&mut sheet, None)?;
        let (mut row, mut breaks) = (0, Vec::new());
        for (nth, &unit_idx) in unit_idxs.iter().enumerate() {
            if nth > 0 {
                breaks.push(row);
            }
            row = sheets::put_sheet(&mut sheet, &self.styles, ledger, unit_idx, self.about.year, row)?;
        }
        sheet.set_page_breaks(&breaks)?;
        self.book.push_worksheet(sheet);
        Ok(())
    }
}

fn part_name(part: &Part) -> &'static str {
    match part {
        Part::Ranking { .. } => "排名",
        Part::Matrix { .. } => "得分表",
        Part::Losses => "失分分析",
        Part::Entries => "扣分明细",
        Part::Differences => "自评差异",
        Part::Notes => "说明",
        Part::Sheets { .. } | Part::Stacked { .. } => "考核表",
        Part::Bytes => "整个文件",
    }
}

/// Returns what becomes of the blanks of a list of so many cells.
fn blanks(n_cells: usize) -> Blanks {
    if n_cells > HUGE { Blanks::LeftOut } else { Blanks::Framed }
}

/// Returns an empty worksheet for so many cells.
fn worksheet(book: &mut Book, n_cells: usize) -> Result<Worksheet, XlsxError> {
    if n_cells > HUGE { book.new_worksheet_with_constant_memory() } else { Ok(Worksheet::new()) }
}

fn named(mut sheet: Worksheet, name: &str) -> Result<Worksheet, XlsxError> {
    sheet.set_name(name)?;
    // The result of a formula that shows nothing is an empty text, not the number 0.
    sheet.set_formula_result_default("");
    Ok(sheet)
}

/// Writes a table, on as many worksheets as its rows take.
fn tables(
    book: &mut Book,
    styles: &Styles,
    names: &mut SheetNames,
    table: &Table,
    name: &str,
) -> Result<Vec<Worksheet>, XlsxError> {
    let n_cells = table.rows.len() * table.columns.len();
    let mut sheets = Vec::new();
    for nth in 0..table.rows.len().div_ceil(MAX_ROWS).max(1) {
        let mut sheet = named(worksheet(book, n_cells)?, &names.name(name))?;
        let rows = table.rows.iter().skip(nth * MAX_ROWS).take(MAX_ROWS).cloned();
        put_list(&mut sheet, styles, table, &list::widths(table), rows, blanks(n_cells))?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Returns what a file says of itself. The time is the caller's: the same year makes the same bytes.
fn properties(title: &str, by: &str, at: DateTime) -> Result<DocProperties, XlsxError> {
    let year = u16::try_from(at.year()).unwrap_or(1900).clamp(1900, 9999);
    let day = ExcelDateTime::from_ymd(year, at.month().unsigned_abs(), at.day().unsigned_abs())?;
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    let at = day.and_hms(u16::from(hour.unsigned_abs()), minute.unsigned_abs(), f64::from(second))?;
    Ok(DocProperties::new().set_title(title).set_author(by).set_creation_datetime(&at))
}

#[cfg(test)]
mod tests;

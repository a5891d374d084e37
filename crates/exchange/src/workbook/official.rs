//! The official table of a rubric, as the notice prints it: 一级指标, 二级指标 with its 评分要点, 评分办法, 自评, 复核.
//! Unit by unit it is the 考核表, filled in; with 自评 left open it is the form that units send back.

use kaohe_core::{Indicator, Rubric, Section};
use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet, XlsxError};

use super::cells::{At, Cells, height, max_lines, n_lines, wide};
use super::style::Styles;

/// 一级指标.
const SECTION: ColNum = 0;
/// 二级指标: its name, and its 评分要点 in the column after that.
pub(super) const INDICATOR: ColNum = 1;
const ITEM: ColNum = 2;
/// 评分办法.
const METHOD: ColNum = 3;
/// 自评.
pub(super) const SELF: ColNum = 4;
/// 复核.
pub(super) const REVIEW: ColNum = 5;
/// 说明; only forms have it.
pub(super) const NOTE: ColNum = 6;
/// Widths of the columns, in cells of display.
const WIDTHS: [usize; 7] = [9, 13, 42, 28, 8, 8, 20];

/// How the table is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// A 考核表: what the office has found.
    Sheet,
    /// A form: what the unit is to fill in, with a column for 说明.
    Form,
}

impl Use {
    /// Returns the last column.
    pub fn last_col(self) -> ColNum {
        match self {
            Use::Sheet => REVIEW,
            Use::Form => NOTE,
        }
    }
}

/// What stands in 自评, 复核 and 说明 of an indicator.
pub(super) trait Filling {
    /// Writes them, merged over the rows of the block from `first` to `last`.
    fn fill(
        &mut self,
        sheet: &mut Worksheet,
        indicator_idx: usize,
        first: RowNum,
        last: RowNum,
    ) -> Result<(), XlsxError>;
}

/// Sets the widths of the columns.
pub(super) fn set_widths(sheet: &mut Worksheet, of: Use) -> Result<(), XlsxError> {
    for (col, width) in (0..=of.last_col()).zip(WIDTHS) {
        sheet.width(col, width)?;
    }
    Ok(())
}

/// Writes the row of headers. 二级指标 stands over two columns, as in the notice.
pub(super) fn put_head(
    sheet: &mut Worksheet,
    styles: &Styles,
    row: RowNum,
    of: Use,
) -> Result<(), XlsxError> {
    sheet.lines(row, 1)?;
    sheet.text((row, SECTION), "一级指标", &styles.head)?;
    sheet.block((row, INDICATOR), (row, ITEM), "二级指标", &styles.head)?;
    sheet.text((row, METHOD), "评分办法", &styles.head)?;
    sheet.text((row, SELF), "自评", &styles.head)?;
    sheet.text((row, REVIEW), "复核", &styles.head)?;
    match of {
        Use::Sheet => Ok(()),
        Use::Form => sheet.text((row, NOTE), "说明", &styles.head),
    }
}

/// Writes the rows of the table from a row on; returns the row after the last.
pub(super) fn put_rows(
    sheet: &mut Worksheet,
    styles: &Styles,
    rubric: &Rubric,
    first: RowNum,
    filling: &mut dyn Filling,
) -> Result<RowNum, XlsxError> {
    let mut row = first;
    let mut indicator_idx = 0;
    for section in &rubric.sections {
        let blocks: Vec<Block<'_>> = section.indicators.iter().map(Block::new).collect();
        let n_rows: usize = blocks.iter().map(|it| it.lines.len()).sum();
        if n_rows == 0 {
            continue;
        }
        let last = row + number(n_rows) - 1;
        sheet.block((row, SECTION), (last, SECTION), &section_text(section), &styles.middle)?;
        for block in &blocks {
            let to = block.put_names(sheet, styles, row)?;
            filling.fill(sheet, indicator_idx, row, to)?;
            block.put_items(sheet, styles, row)?;
            row = to + 1;
            indicator_idx += 1;
        }
    }
    Ok(row)
}

/// Returns how tall the rows of the table are, in points of print.
pub(super) fn table_height(rubric: &Rubric) -> usize {
    rubric.indicators().map(|it| height(Block::new(it).lines.into_iter())).sum()
}

fn number(n: usize) -> RowNum {
    RowNum::try_from(n).unwrap_or(RowNum::MAX)
}

fn section_text(section: &Section) -> String {
    format!("{}. {}（{}分）", section.number, section.name, section.points)
}

/// Returns what stands under 二级指标: `3. 政务新媒体（10分）`.
pub(super) fn indicator_text(indicator: &Indicator) -> String {
    format!("{}. {}（{}分）", indicator.number, indicator.name, indicator.points)
}

/// The rows of an indicator.
struct Block<'r> {
    indicator: &'r Indicator,
    /// Texts of the 评分要点, each with the number of its rows.
    items: Vec<(String, usize)>,
    /// How many lines each row has room for.
    lines: Vec<usize>,
}

impl Block<'_> {
    fn new(indicator: &Indicator) -> Block<'_> {
        let text = |it: &kaohe_core::CheckItem| format!("{}. {}（{}分）", it.number, it.text, it.points);
        let mut texts: Vec<String> = indicator.printed_items().iter().map(text).collect();
        if texts.is_empty() {
            texts.push(String::new());
        }
        let width = |col: ColNum| WIDTHS[usize::from(col)];
        let mut items = Vec::new();
        let mut lines = Vec::new();
        for text in texts {
            let needed = n_lines(&text, width(ITEM));
            // A text that is taller than a row can be takes several.
            let n_rows = needed.div_ceil(max_lines());
            lines.extend(std::iter::repeat_n(needed.div_ceil(n_rows), n_rows));
            items.push((text, n_rows));
        }
        // What stands beside them, over all rows, needs its room too.
        let beside = n_lines(&indicator.method, width(METHOD))
            .max(n_lines(&indicator_text(indicator), width(INDICATOR)));
        while lines.iter().sum::<usize>() < beside {
            match lines.iter_mut().filter(|it| **it < max_lines()).min() {
                Some(least) => *least += 1,
                None => {
                    lines.push(1);
                    if let Some((_, n_rows)) = items.last_mut() {
                        *n_rows += 1;
                    }
                }
            }
        }
        Block { indicator, items, lines }
    }

    /// Writes what stands in the first row, but for the 评分要点. Huge sheets take rows in their order only.
    fn put_names(&self, sheet: &mut Worksheet, styles: &Styles, first: RowNum) -> Result<RowNum, XlsxError> {
        let last = first + number(self.lines.len()) - 1;
        for (row, lines) in (first..).zip(&self.lines) {
            sheet.lines(row, *lines)?;
        }
        let name = indicator_text(self.indicator);
        if self.indicator.printed_items().is_empty() {
            sheet.block((first, INDICATOR), (last, ITEM), &name, &styles.wrapped)?;
        } else {
            sheet.block((first, INDICATOR), (last, INDICATOR), &name, &styles.middle)?;
        }
        sheet.block((first, METHOD), (last, METHOD), &self.indicator.method, &styles.wrapped)?;
        Ok(last)
    }

    fn put_items(&self, sheet: &mut Worksheet, styles: &Styles, first: RowNum) -> Result<(), XlsxError> {
        if self.indicator.printed_items().is_empty() {
            return Ok(());
        }
        let mut row = first;
        for (text, n_rows) in &self.items {
            let to = row + number(*n_rows) - 1;
            sheet.block((row, ITEM), (to, ITEM), text, &styles.wrapped)?;
            row = to + 1;
        }
        Ok(())
    }
}

/// Writes a line over all columns, tall enough for its text; returns the next row.
pub(super) fn put_line(
    sheet: &mut Worksheet,
    row: RowNum,
    of: Use,
    text: &str,
    format: &Format,
    n_lines_at_least: usize,
) -> Result<RowNum, XlsxError> {
    let room: usize = WIDTHS.iter().take(usize::from(of.last_col()) + 1).sum();
    sheet.lines(row, n_lines(text, room).max(n_lines_at_least))?;
    sheet.block((row, 0), (row, of.last_col()), text, format)?;
    Ok(row + 1)
}

/// Returns words set apart over a line, as places for signatures are.
pub(super) fn spread(words: &[&str], of: Use) -> String {
    let room: usize = WIDTHS.iter().take(usize::from(of.last_col()) + 1).sum();
    let taken: usize = words.iter().map(|it| wide(it)).sum();
    let gap = " ".repeat(room.saturating_sub(taken) / words.len().max(1));
    words.iter().map(|it| format!("{it}{gap}")).collect::<String>().trim_end().to_owned()
}

/// Writes a cell that may stand over several rows, with a number or without.
pub(super) fn put_merged(
    sheet: &mut Worksheet,
    from: At,
    to: At,
    format: &Format,
    put: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>,
) -> Result<(), XlsxError> {
    sheet.block(from, to, "", format)?;
    put(sheet)
}

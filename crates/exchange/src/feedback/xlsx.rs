//! The sheet as a workbook: A4, as wide as the page, sums as formulas with their results.

use jiff::civil::Date;
use kaohe_core::Points;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};
use unicode_segmentation::UnicodeSegmentation;

use super::facts::{Feedback, LossLine};
use super::{COLUMNS, RECTIFIED, SIGNED};
use crate::workbook::{float, wide};

/// Widths of the columns, in cells: a Chinese character takes two.
const WIDTHS: [u32; 8] = [14, 16, 26, 11, 14, 7, 24, 16];
/// The column of the days.
const DATE: u16 = 3;
/// The column of the points.
const LOST: u16 = 5;
/// The last column.
const LAST: u16 = 7;
/// Points of a line of text.
const LINE: u32 = 16;
/// The most that a row can be high, in points.
const MAX_HEIGHT: u32 = 409;

/// Returns the sheet as an `.xlsx` file; the same facts make the same bytes.
pub fn feedback_xlsx(feedback: &Feedback) -> Vec<u8> {
    write(feedback).expect("a small sheet within the limits of the format, in memory")
}

fn write(feedback: &Feedback) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made_on = date(feedback.made_on)?;
    let title = format!("{}（{}）", feedback.title, feedback.unit);
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made_on));
    let worksheet = workbook.add_worksheet();
    worksheet.set_name("失分明细")?;
    worksheet.set_paper_size(9).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    worksheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    worksheet.set_footer("&C— &P / &N —");
    for (column, width) in (0_u16..).zip(WIDTHS) {
        worksheet.set_column_width(column, f64::from(width))?;
    }
    let mut sheet = Sheet { worksheet, row: 0, looks: Looks::new() };
    sheet.head(feedback)?;
    sheet.body(feedback)?;
    sheet.foot()?;
    workbook.save_to_buffer()
}

/// A sheet that grows downwards.
struct Sheet<'w> {
    worksheet: &'w mut Worksheet,
    /// The next row, from 0.
    row: u32,
    looks: Looks,
}

/// The looks of cells.
struct Looks {
    title: Format,
    line: Format,
    head: Format,
    left: Format,
    centre: Format,
    date: Format,
}

impl Looks {
    fn new() -> Looks {
        let font = Format::new().set_font_name("仿宋").set_font_size(11).set_text_wrap();
        let font = font.set_align(FormatAlign::VerticalCenter);
        let cell = font.clone().set_border(FormatBorder::Thin);
        let centre = cell.clone().set_align(FormatAlign::Center);
        Looks {
            title: font.clone().set_font_name("黑体").set_font_size(18).set_align(FormatAlign::Center),
            line: font.set_align(FormatAlign::Left),
            head: centre.clone().set_bold(),
            left: cell.set_align(FormatAlign::Left),
            date: centre.clone().set_num_format("yyyy-mm-dd"),
            centre,
        }
    }
}

impl Sheet<'_> {
    fn head(&mut self, feedback: &Feedback) -> Result<(), XlsxError> {
        let title = self.looks.title.clone();
        self.merged(0..=LAST, &feedback.title, &title)?;
        self.end_row(28)?;
        let line = self.looks.line.clone();
        for text in [feedback.whose(), feedback.result(), format!("依据：{}", feedback.basis)] {
            self.merged(0..=LAST, &text, &line)?;
            self.end_row(height(&text, WIDTHS.iter().sum()))?;
        }
        let head = self.looks.head.clone();
        for (column, name) in (0_u16..).zip(COLUMNS) {
            self.text(column, name, &head)?;
        }
        // What does not fit on one page goes on below the same heads.
        self.worksheet.set_repeat_rows(self.row, self.row)?;
        self.end_row(20)
    }

    fn body(&mut self, feedback: &Feedback) -> Result<(), XlsxError> {
        // What the whole is the sum of: the indicators' own sums, and the steps after them.
        let mut parts = Vec::new();
        for it in &feedback.indicators {
            let from = self.row;
            for line in &it.lines {
                self.line(&it.name, line)?;
            }
            let left = self.looks.left.clone();
            self.merged(0..=LOST - 1, &it.result(), &left)?;
            if it.lost.is_some() {
                parts.push(lost_cell(self.row));
            }
            match it.lost {
                Some(lost) if from == self.row => self.number(lost)?,
                Some(lost) => self.formula(&sum_of(from, self.row - 1), lost)?,
                None => self.text(LOST, "—", &self.looks.centre.clone())?,
            }
            self.merged(LOST + 1..=LAST, "", &left)?;
            self.end_row(height(&it.result(), WIDTHS[..usize::from(LOST)].iter().sum()))?;
        }
        for step in &feedback.steps {
            parts.push(lost_cell(self.row));
            self.line("", step)?;
        }
        let lost = lost_cell(self.row);
        self.total("扣分合计", feedback.lost(), &rounded(&parts.join("+")))?;
        let score = format!("得分（满分{}分）", feedback.full_marks);
        self.total(&score, feedback.score, &rounded(&format!("{}-{lost}", feedback.full_marks)))
    }

    /// Writes a line; one whose text is longer than a row can be high goes on in the next row.
    fn line(&mut self, indicator: &str, line: &LossLine) -> Result<(), XlsxError> {
        let (left, centre) = (self.looks.left.clone(), self.looks.centre.clone());
        let texts = [indicator, &line.what, &line.clause, "", &line.how, "", &line.note, &line.source];
        let pieces = texts.iter().zip(WIDTHS).map(|(text, width)| pieces(text, width)).collect::<Vec<_>>();
        let n_rows = pieces.iter().map(Vec::len).max().unwrap_or(1);
        for n in 0..n_rows {
            let texts = pieces.iter().map(|it| it.get(n).map_or("", String::as_str));
            for (column, text) in (0_u16..).zip(texts.clone()) {
                self.text(column, text, &left)?;
            }
            match line.date.filter(|_| n == 0) {
                Some(day) => self.date(day)?,
                None => self.text(DATE, "", &centre)?,
            }
            if n == 0 {
                self.number(line.lost)?;
            } else {
                self.text(LOST, "", &centre)?;
            }
            let heights = texts.zip(WIDTHS).map(|(text, width)| height(text, width));
            self.end_row(heights.max().unwrap_or(LINE))?;
        }
        Ok(())
    }

    fn date(&mut self, day: Date) -> Result<(), XlsxError> {
        self.worksheet.write_with_format(self.row, DATE, &date(day)?, &self.looks.date)?;
        Ok(())
    }

    fn total(&mut self, what: &str, points: Option<Points>, formula: &str) -> Result<(), XlsxError> {
        let head = self.looks.head.clone();
        self.merged(0..=LOST - 1, what, &head)?;
        match points {
            Some(points) => self.formula(formula, points)?,
            None => self.text(LOST, "待定", &head)?,
        }
        self.merged(LOST + 1..=LAST, "", &head)?;
        self.end_row(20)
    }

    /// Writes what the unit fills in.
    fn foot(&mut self) -> Result<(), XlsxError> {
        let (head, left) = (self.looks.head.clone(), self.looks.left.clone());
        self.text(0, RECTIFIED, &head)?;
        self.merged(1..=LAST, "", &left)?;
        self.end_row(110)?;
        let [who, signature, day] = SIGNED;
        self.text(0, who, &head)?;
        self.merged(1..=2, "", &left)?;
        self.text(3, signature, &head)?;
        self.merged(4..=5, "", &left)?;
        self.text(6, day, &head)?;
        self.text(7, "", &left)?;
        self.end_row(32)
    }

    /// Writes a text. It is text whatever it begins with, and stays so where somebody edits the cell.
    fn text(&mut self, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        if text.is_empty() {
            self.worksheet.write_blank(self.row, column, format)?;
        } else if text.starts_with(['=', '+', '-', '@']) {
            let quoted = format.clone().set_quote_prefix();
            self.worksheet.write_string_with_format(self.row, column, text, &quoted)?;
        } else {
            self.worksheet.write_string_with_format(self.row, column, text, format)?;
        }
        Ok(())
    }

    /// Writes a text over several columns.
    fn merged(
        &mut self,
        columns: std::ops::RangeInclusive<u16>,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let (first, last) = columns.into_inner();
        self.worksheet.merge_range(self.row, first, self.row, last, "", format)?;
        self.text(first, text, format)
    }

    fn number(&mut self, points: Points) -> Result<(), XlsxError> {
        self.worksheet.write_number_with_format(self.row, LOST, float(points), &self.looks.centre)?;
        Ok(())
    }

    /// Writes a formula with what it comes to, for programs that compute nothing.
    fn formula(&mut self, formula: &str, result: Points) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(result.to_string());
        self.worksheet.write_formula_with_format(self.row, LOST, formula, &self.looks.head)?;
        Ok(())
    }

    fn end_row(&mut self, height: u32) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, f64::from(height.min(MAX_HEIGHT)))?;
        self.row += 1;
        Ok(())
    }
}

/// Returns the sum of the points from one row to another, both from 0.
fn sum_of(first: u32, last: u32) -> String {
    rounded(&format!("SUM({}:{})", lost_cell(first), lost_cell(last)))
}

/// Returns the formula of a sum as the program has it: floats that a spreadsheet adds are off in the last digits, and no
/// points have more than six.
fn rounded(sum: &str) -> String {
    format!("=ROUND({},6)", if sum.is_empty() { "0" } else { sum })
}

/// Returns the cell of the points in a row, counted from 0.
fn lost_cell(row: u32) -> String {
    row_col_to_cell(row, LOST)
}

/// Returns the day as spreadsheets count days; they know none before 1900.
fn date(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900).max(1900);
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// Returns how many cells of a column a line of text may take.
fn room(width: u32) -> usize {
    // A character of two cells does not begin on the last one, and the edges take one more.
    usize::try_from(width.saturating_sub(2).max(2)).unwrap_or(usize::MAX)
}

/// Returns how many points high a row is in which a text wraps within so many cells.
fn height(text: &str, width: u32) -> u32 {
    let n_lines = u32::try_from(wide(text).div_ceil(room(width)).max(1)).unwrap_or(MAX_HEIGHT);
    n_lines.saturating_mul(LINE).saturating_add(4)
}

/// Returns the text in pieces that each fit into a row, however high that is.
fn pieces(text: &str, width: u32) -> Vec<String> {
    let n_lines = usize::try_from((MAX_HEIGHT - 4) / LINE).unwrap_or(usize::MAX);
    let most = room(width).saturating_mul(n_lines);
    let (mut pieces, mut piece, mut taken) = (Vec::new(), String::new(), 0);
    for it in text.graphemes(true) {
        if taken + wide(it) > most {
            pieces.push(std::mem::take(&mut piece));
            taken = 0;
        }
        piece.push_str(it);
        taken += wide(it);
    }
    pieces.push(piece);
    pieces
}

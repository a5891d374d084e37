//! The form that a unit fills in and sends back (自评表): the official table with 自评 and 说明 left open, everything else locked.

use jiff::civil::{Date, DateTime};
use kaohe_core::{Indicator, Ledger, Rubric};
use rust_xlsxwriter::{
    DataValidation, Formula, ProtectionOptions, RowNum, Workbook as Book, Worksheet, XlsxError,
};

use super::cells::{Cells, cell};
use super::official::{
    Filling, NOTE, REVIEW, SELF, Use, indicator_text, put_head, put_line, put_merged, put_rows, set_widths,
    spread,
};
use super::page::{Page, set_page};
use super::style::Styles;
use super::{WorkbookError, properties};
use crate::form_mark::FormMark;
use crate::steps::Steps;

/// The hidden column of the mark.
const MARK: u16 = NOTE + 1;
/// The name of the worksheet.
const SHEET: &str = "自评表";
/// Places for who answers for the form.
const SIGNATURES: [&str; 3] = ["填报人：", "联系电话：", "审核人："];
const STAMP: [&str; 2] = ["单位（盖章）：", "填报日期：　　　　年　　月　　日"];

/// What a form says besides the rubric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormAbout {
    /// The year that is assessed.
    pub year: u16,
    /// Who issues it.
    pub by: String,
    /// When, by the clock on the wall.
    pub at: DateTime,
    /// Until when it is to be sent back; left open where nobody says.
    pub due: Option<Date>,
}

/// Returns the form of a unit as a workbook of one worksheet.
///
/// # Errors
///
/// See [`WorkbookError`].
pub fn to_form(ledger: &Ledger, unit_idx: usize, about: &FormAbout) -> Result<Vec<u8>, WorkbookError> {
    let unit = ledger.unit(unit_idx);
    let mut book = Book::new();
    let title = format!("{} {} 年度自评表", unit.name, about.year);
    book.set_properties(&properties(&title, &about.by, about.at)?);
    let mut sheet = super::named(Worksheet::new(), SHEET)?;
    put_form(&mut sheet, &Styles::new(), ledger, unit_idx, about)?;
    book.push_worksheet(sheet);
    Ok(book.save_to_buffer()?)
}

fn put_form(
    sheet: &mut Worksheet,
    styles: &Styles,
    ledger: &Ledger,
    unit_idx: usize,
    about: &FormAbout,
) -> Result<(), XlsxError> {
    let unit = ledger.unit(unit_idx);
    let rubric = ledger.rubric_of(unit_idx);
    set_widths(sheet, Use::Form)?;
    let title = format!("{}　{} 年度自评表", unit.name, about.year);
    let row = put_line(sheet, 0, Use::Form, &title, &styles.title, 2)?;
    let mark = FormMark { year: about.year, unit: unit.id.clone() };
    sheet.text((0, MARK), &mark.to_text(), &styles.plain)?;
    sheet.set_column_hidden(MARK)?;
    let source = if rubric.source.is_empty() { String::new() } else { format!("（{}）", rubric.source) };
    let basis = format!("{}{source}　　编号：{}", rubric.title, unit.id);
    let row = put_line(sheet, row, Use::Form, &basis, &styles.subtitle, 1)?;
    let due = about.due.map_or("　　　　年　　月　　日".to_owned(), |it| {
        format!("{}年{}月{}日", it.year(), it.month(), it.day())
    });
    let how = format!(
        "请于 {due} 前填好黄色的“自评”和“说明”两栏，连同佐证材料报送考核单位；“复核”由考核单位填写。\
         自评分从 0 到该项分值，不涉及的项目请在“说明”里写明。"
    );
    let head = put_line(sheet, row, Use::Form, &how, &styles.plain, 1)?;
    put_head(sheet, styles, head, Use::Form)?;
    let body = head + 1;
    let decimals = decimals(rubric);
    let concerned: Vec<bool> = {
        let cells = &ledger.sheet(unit_idx).cells;
        cells.iter().map(|it| it.exclusion.is_none()).collect()
    };
    let mut open = Open { styles, rubric, decimals, concerned };
    let total = put_rows(sheet, styles, rubric, body, &mut open)?;

    let label = if is_weighted(rubric) { "自评分之和（总分另按权重计算）" } else { "合计" };
    sheet.lines(total, 1)?;
    sheet.block((total, 0), (total, SELF - 1), label, &styles.total)?;
    let all = format!("{}:{}", cell((body, SELF)), cell((total - 1, SELF)));
    let sum = format!("=IF(COUNT({all})=0,\"\",ROUND(SUM({all}),6))");
    sheet.formula((total, SELF), &sum, "", &styles.total)?;
    sheet.blank((total, REVIEW), &styles.total)?;
    sheet.blank((total, NOTE), &styles.total)?;
    let row = put_line(sheet, total + 1, Use::Form, &spread(&SIGNATURES, Use::Form), &styles.plain, 2)?;
    let end = put_line(sheet, row, Use::Form, &spread(&STAMP, Use::Form), &styles.plain, 2)?;

    set_page(sheet, Page { is_wide: false, repeated: Some((head, head)) })?;
    sheet.set_print_area(0, 0, end - 1, NOTE)?;
    sheet.set_freeze_panes(body, 0)?;
    sheet.set_selection(body, SELF, body, SELF)?;
    // Rows may be made taller for a long 说明; whatever else is locked is the office's.
    let options = ProtectionOptions { format_rows: true, ..ProtectionOptions::new() };
    sheet.protect_with_options(&options);
    Ok(())
}

/// Says whether the total is not the sum of the scores.
fn is_weighted(rubric: &Rubric) -> bool {
    let has_weight =
        |it: &kaohe_core::Section| it.weight.is_some() || it.indicators.iter().any(|it| it.weight.is_some());
    rubric.sections.iter().any(has_weight)
}

/// Leaves 自评 and 说明 open.
struct Open<'o> {
    styles: &'o Styles,
    rubric: &'o Rubric,
    /// Decimals that self-scores may have.
    decimals: usize,
    /// Which indicators concern the unit.
    concerned: Vec<bool>,
}

impl Filling for Open<'_> {
    fn fill(
        &mut self,
        sheet: &mut Worksheet,
        indicator_idx: usize,
        first: RowNum,
        last: RowNum,
    ) -> Result<(), XlsxError> {
        let styles = self.styles;
        if !self.concerned.get(indicator_idx).copied().unwrap_or(true) {
            sheet.block((first, SELF), (last, SELF), "—", &styles.no_number)?;
            sheet.block((first, REVIEW), (last, REVIEW), "", &styles.points)?;
            return sheet.block((first, NOTE), (last, NOTE), "不考核本单位", &styles.no_number);
        }
        let open = &styles.fill_points;
        put_merged(sheet, (first, SELF), (last, SELF), open, |sheet| sheet.blank((first, SELF), open))?;
        let validation = validation(self.rubric.indicator(indicator_idx), first, self.decimals)?;
        sheet.add_data_validation(first, SELF, last, SELF, &validation)?;
        sheet.block((first, REVIEW), (last, REVIEW), "", &styles.points)?;
        sheet.block((first, NOTE), (last, NOTE), "", &styles.fill_text)
    }
}

/// Lets in numbers from the indicator's least, which is 0 but for few, to its points, to so many decimals. A rule for decimals alone could not say the step.
fn validation(indicator: &Indicator, row: RowNum, decimals: usize) -> Result<DataValidation, XlsxError> {
    // The address stands as it is for every cell of the range, which is one merged cell.
    let own = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, SELF);
    let (least, points) = (indicator.at_least, indicator.points);
    let rule = format!("=AND(ISNUMBER({own}),{own}>={least},{own}<={points},ROUND({own},{decimals})={own})");
    let step = match decimals {
        0 => "整数".to_owned(),
        1 => "最多一位小数（如 9.5）".to_owned(),
        n => format!("最多 {n} 位小数"),
    };
    let title = cut(&format!("{}（{points}分）", indicator.name), 31);
    let input = format!("填 {least} 到 {points} 的数，{step}。");
    let error =
        format!("{} 的自评分要是 {least} 到 {points} 的数，{step}。请改正。", indicator_text(indicator));
    DataValidation::new()
        .allow_custom(Formula::new(rule))
        .set_input_title(title)?
        .set_input_message(cut(&input, 250))?
        .set_error_title("自评分不对")?
        .set_error_message(cut(&error, 250))
}

fn cut(text: &str, max_units: usize) -> String {
    let mut n_units = 0;
    text.chars()
        .take_while(|it| {
            n_units += it.len_utf16();
            n_units <= max_units
        })
        .collect()
}

/// Returns how many decimals self-scores need: one, or as many as the rubric's amounts have.
fn decimals(rubric: &Rubric) -> usize {
    let steps = Steps::of(rubric);
    steps.n_decimals.max(if steps.is_any { FINE } else { 1 })
}

/// Decimals of scores that follow from something measured.
const FINE: usize = 2;

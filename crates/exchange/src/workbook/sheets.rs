//! 考核表: the official table of each unit, filled in with 自评 and 复核. A sheet each where there are not too many of them,
//! else one under the other.

use kaohe_core::{Ledger, Rubric, Share, State};
use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use super::cells::{At, Cells, sum_formula};
use super::matrix::put_score;
use super::official::{
    Filling, REVIEW, SELF, Use, put_head, put_line, put_merged, put_rows, set_widths, spread, table_height,
};
use super::page::{Page, set_page};
use super::style::Styles;
use super::total::{arithmetic, is_plain_sum};
use crate::words;

/// What a 考核表 says besides the official table.
const SIGNATURES: [[&str; 3]; 2] = [
    ["被考核单位（盖章）：", "复核人：", "审核人："],
    ["考核单位（盖章）：", "日期：　　　　年　　月　　日", ""],
];

/// The height of a table, in points of print, up to which it is made to fit one page and can still be read.
const ONE_PAGE: usize = 1_150;

/// Sets up a sheet that holds 考核表, one or several.
pub(super) fn set_up(sheet: &mut Worksheet, alone: Option<&Rubric>) -> Result<(), XlsxError> {
    set_widths(sheet, Use::Sheet)?;
    set_page(sheet, Page { is_wide: false, repeated: None })?;
    if alone.is_some_and(|it| table_height(it) <= ONE_PAGE) {
        sheet.set_print_fit_to_pages(1, 1);
    }
    Ok(())
}

/// Writes a unit's 考核表 from a row on; returns the row after it. Where it is alone on its sheet, its headers are repeated on
/// every page.
pub(super) fn put_sheet(
    sheet: &mut Worksheet,
    styles: &Styles,
    ledger: &Ledger,
    unit_idx: usize,
    year: u16,
    first: RowNum,
) -> Result<RowNum, XlsxError> {
    let rubric = ledger.rubric_of(unit_idx);
    let unit = ledger.unit(unit_idx);
    let score = ledger.score(unit_idx);
    let row = put_line(sheet, first, Use::Sheet, &rubric.title, &styles.title, 2)?;
    let about = format!("{}　　编号：{}　　{year} 年度考核表", unit.name, unit.id);
    let head = put_line(sheet, row, Use::Sheet, &about, &styles.subtitle, 1)?;
    put_head(sheet, styles, head, Use::Sheet)?;
    let body = head + 1;
    let mut found = Found { styles, ledger, unit_idx };
    let total = put_rows(sheet, styles, rubric, body, &mut found)?;

    sheet.lines(total, 1)?;
    sheet.block((total, 0), (total, SELF - 1), &total_text(ledger, unit_idx), &styles.total)?;
    put_self_total(sheet, styles, ledger, unit_idx, (body, SELF), (total, SELF))?;
    let number = if score.is_settled() { &styles.total } else { &styles.pending };
    match score.decided() {
        Some(points) if is_plain_sum(score) => {
            let sum = sum_formula((body, REVIEW), (total - 1, REVIEW));
            sheet.formula((total, REVIEW), &sum, &points.to_string(), number)?;
        }
        Some(points) => sheet.points((total, REVIEW), points, number)?,
        None => sheet.text((total, REVIEW), words::UNDECIDED, &styles.no_number)?,
    }
    let mut row = total + 1;
    for note in notes(ledger, unit_idx) {
        row = put_line(sheet, row, Use::Sheet, &note, &styles.plain, 1)?;
    }
    for signatures in SIGNATURES {
        row = put_line(sheet, row, Use::Sheet, &spread(&signatures, Use::Sheet), &styles.plain, 2)?;
    }
    if first == 0 {
        sheet.set_repeat_rows(head, head)?;
        sheet.set_freeze_panes(body, 0)?;
    }
    Ok(row)
}

/// Returns the label of the totals.
fn total_text(ledger: &Ledger, unit_idx: usize) -> String {
    let score = ledger.score(unit_idx);
    let points = format!("合计（满分 {} 分）", score.points);
    if score.is_settled() || !score.undecided.is_empty() {
        points
    } else {
        format!("{points}　复核 {}/{}，暂计", score.n_settled, score.indicators.len())
    }
}

/// Writes the sum of the self-scores: nothing until every indicator has one.
fn put_self_total(
    sheet: &mut Worksheet,
    styles: &Styles,
    ledger: &Ledger,
    unit_idx: usize,
    from: At,
    at: At,
) -> Result<(), XlsxError> {
    let score = ledger.score(unit_idx);
    let Some(total) = score.self_score else { return sheet.blank(at, &styles.total) };
    let sum: kaohe_core::Points = score.indicators.iter().filter_map(|it| it.self_score).sum();
    if sum == total {
        sheet.formula(at, &sum_formula(from, (at.0 - 1, at.1)), &total.to_string(), &styles.total)
    } else {
        sheet.points(at, total, &styles.total)
    }
}

/// Returns what is to be said of the numbers.
fn notes(ledger: &Ledger, unit_idx: usize) -> Vec<String> {
    let rubric = ledger.rubric_of(unit_idx);
    let score = ledger.score(unit_idx);
    let mut notes = Vec::new();
    let pending: Vec<&str> = (rubric.indicators().zip(&score.indicators))
        .filter(|it| it.1.state == State::Pending && it.1.share != Share::Absent)
        .map(|it| it.0.number.as_str())
        .collect();
    if !pending.is_empty() {
        let which = if pending.len() == score.indicators.len() {
            "全部指标".to_owned()
        } else {
            format!("第 {} 项", pending.join("、"))
        };
        notes.push(format!("注：{which}未复核，灰色斜体的得分为暂计。"));
    }
    for (idx, (indicator, score)) in rubric.indicators().zip(&score.indicators).enumerate() {
        let cell = &ledger.sheet(unit_idx).cells[idx];
        if score.state == State::NotApplicable && cell.exclusion.is_none() {
            let reason = cell.not_applicable.as_deref().unwrap_or_default();
            let what = score.treatment.map_or(String::new(), |it| format!("，{}", words::treatment(it)));
            notes.push(format!("注：第 {} 项不涉及（{reason}）{what}。", indicator.number));
        }
    }
    let arithmetic = arithmetic(ledger, unit_idx);
    if !arithmetic.is_empty() {
        notes.push(format!("注：合计为{arithmetic}。"));
    }
    notes
}

/// What was found of a unit.
struct Found<'f> {
    styles: &'f Styles,
    ledger: &'f Ledger,
    unit_idx: usize,
}

impl Filling for Found<'_> {
    fn fill(
        &mut self,
        sheet: &mut Worksheet,
        indicator_idx: usize,
        first: RowNum,
        last: RowNum,
    ) -> Result<(), XlsxError> {
        let score = &self.ledger.score(self.unit_idx).indicators[indicator_idx];
        let points = &self.styles.points;
        put_merged(sheet, (first, SELF), (last, SELF), points, |sheet| match score.self_score {
            Some(own) => sheet.points((first, SELF), own, points),
            None => sheet.blank((first, SELF), points),
        })?;
        put_merged(sheet, (first, REVIEW), (last, REVIEW), points, |sheet| {
            put_score(sheet, self.styles, (first, REVIEW), score)
        })
    }
}

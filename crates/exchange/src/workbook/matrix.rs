//! 得分表: the whole matrix of a class, a column to each indicator, under the row of full marks.

use kaohe_core::{IndicatorScore, Ledger, Points, Rubric, Share, State};
use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell_absolute};
use rust_xlsxwriter::{ColNum, ConditionalFormatFormula, RowNum, Worksheet, XlsxError};

use super::cells::{At, Cells, cell, n_lines, sum_formula};
use super::page::{Page, set_page};
use super::style::Styles;
use super::total::{arithmetic, is_plain_sum};
use crate::words;

/// The row of the 一级指标, that of the 二级指标, and that of full marks.
const SECTIONS: RowNum = 2;
const INDICATORS: RowNum = 3;
pub(super) const FULL: RowNum = 4;
/// The columns before the indicators, and their widths.
const BEFORE: [(&str, usize); 2] = [("编号", 10), ("单位", 28)];
const FIRST: ColNum = 2;
/// The columns after them.
const AFTER: [(&str, usize); 4] = [("合计", 10), ("扣分", 9), ("状态", 9), ("已复核", 8)];
/// The column that only classes have whose totals are no plain sums.
const HOW: (&str, usize) = ("合计的算法", 50);
/// The width of an indicator's column, where few and where many of them share a page.
const WIDTHS: [usize; 2] = [11, 8];
/// From how many indicators on they are many.
const MANY: usize = 12;
/// How much of its points an indicator has lost to be shaded, in percent, the most first.
const SHADED_FROM: [u32; 3] = [50, 20, 0];

/// Returns the column of the totals.
pub(super) fn total_col(rubric: &Rubric) -> ColNum {
    FIRST + ColNum::try_from(rubric.n_indicators()).unwrap_or(0)
}

/// Returns the row of the unit at this place of the class.
pub(super) fn row_of(nth: usize) -> RowNum {
    FULL + 1 + RowNum::try_from(nth).unwrap_or(0)
}

/// Writes the scores of a class.
pub(super) fn put_matrix(
    sheet: &mut Worksheet,
    styles: &Styles,
    ledger: &Ledger,
    rubric_idx: usize,
    about: &str,
) -> Result<(), XlsxError> {
    let rubric = &ledger.rubrics()[rubric_idx];
    let units = ledger.units_of(rubric_idx);
    let is_odd = |it: &usize| !is_plain_sum(ledger.score(*it));
    let has_how = !is_plain(rubric) || units.iter().any(is_odd);
    let total = total_col(rubric);
    let last_col = total + 3 + ColNum::from(has_how);
    put_head(sheet, styles, rubric, about, last_col)?;
    for (nth, &unit_idx) in units.iter().enumerate() {
        put_unit(sheet, styles, ledger, unit_idx, row_of(nth), has_how)?;
    }
    let last = FULL + RowNum::try_from(units.len()).unwrap_or(0);
    if last > FULL {
        shade(sheet, styles, last, total - 1)?;
    }
    sheet.autofilter(FULL, 0, last, last_col)?;
    sheet.set_freeze_panes(FULL + 1, FIRST)?;
    sheet.set_repeat_columns(0, 1)?;
    set_page(sheet, Page { is_wide: true, repeated: Some((SECTIONS, FULL)) })
}

/// Says whether a total is the sum of what stands before it wherever nothing unusual happens.
fn is_plain(rubric: &Rubric) -> bool {
    let has_weight =
        |it: &kaohe_core::Section| it.weight.is_some() || it.indicators.iter().any(|it| it.weight.is_some());
    let is_whole = |it: &kaohe_core::Section| !it.is_outside && it.gate.is_none() && !has_weight(it);
    rubric.sections.iter().all(is_whole)
}

fn put_head(
    sheet: &mut Worksheet,
    styles: &Styles,
    rubric: &Rubric,
    about: &str,
    last_col: ColNum,
) -> Result<(), XlsxError> {
    let total = total_col(rubric);
    sheet.block((0, 0), (0, last_col), &format!("{} 得分表", rubric.title), &styles.title)?;
    sheet.lines(0, 2)?;
    sheet.block((1, 0), (1, last_col), about, &styles.subtitle)?;

    for (col, (name, width)) in (0..).zip(BEFORE) {
        sheet.width(col, width)?;
        sheet.block((SECTIONS, col), (INDICATORS, col), name, &styles.head)?;
    }
    let n_indicators = rubric.n_indicators();
    let width = WIDTHS[usize::from(n_indicators > MANY)];
    let mut col = FIRST;
    for section in &rubric.sections {
        let n_cols = ColNum::try_from(section.indicators.len()).unwrap_or(0);
        if n_cols > 0 {
            let name = format!("{}. {}（{}分）", section.number, section.name, section.points);
            sheet.block((SECTIONS, col), (SECTIONS, col + n_cols - 1), &name, &styles.head)?;
            col += n_cols;
        }
    }
    let after = AFTER.into_iter().chain((last_col > total + 3).then_some(HOW));
    for (col, (name, width)) in (total..).zip(after.clone()) {
        sheet.width(col, width)?;
        sheet.block((SECTIONS, col), (INDICATORS, col), name, &styles.head)?;
    }
    let narrowest = |it: &kaohe_core::Section| {
        let name = format!("{}. {}（{}分）", it.number, it.name, it.points);
        n_lines(&name, width * it.indicators.len().max(1))
    };
    sheet.lines(SECTIONS, rubric.sections.iter().map(narrowest).max().unwrap_or(1))?;

    let mut most_lines = 1;
    for (col, indicator) in (FIRST..).zip(rubric.indicators()) {
        let name = format!("{}. {}", indicator.number, indicator.name);
        most_lines = most_lines.max(n_lines(&name, width));
        sheet.width(col, width)?;
        sheet.text((INDICATORS, col), &name, &styles.head)?;
    }
    sheet.lines(INDICATORS, most_lines)?;

    sheet.blank((FULL, 0), &styles.full)?;
    sheet.text((FULL, 1), "满分", &styles.full)?;
    for (col, indicator) in (FIRST..).zip(rubric.indicators()) {
        sheet.points((FULL, col), indicator.points, &styles.full)?;
    }
    let sum: Points = rubric.indicators().map(|it| it.points).sum();
    put_sum(sheet, (FULL, total), (FULL, FIRST), sum == rubric.points, rubric.points, &styles.full)?;
    for (col, _) in (total + 1..).zip(after.skip(1)) {
        sheet.blank((FULL, col), &styles.full)?;
    }
    Ok(())
}

fn put_unit(
    sheet: &mut Worksheet,
    styles: &Styles,
    ledger: &Ledger,
    unit_idx: usize,
    row: RowNum,
    has_how: bool,
) -> Result<(), XlsxError> {
    let unit = ledger.unit(unit_idx);
    let score = ledger.score(unit_idx);
    let total = total_col(ledger.rubric_of(unit_idx));
    let how = if has_how { arithmetic(ledger, unit_idx) } else { String::new() };
    sheet.lines(row, n_lines(&unit.name, BEFORE[1].1).max(n_lines(&how, HOW.1)))?;
    sheet.text((row, 0), unit.id.as_str(), &styles.text)?;
    sheet.text((row, 1), &unit.name, &styles.wrapped)?;
    for (col, score) in (FIRST..).zip(&score.indicators) {
        put_score(sheet, styles, (row, col), score)?;
    }
    let number = if score.is_settled() { &styles.points } else { &styles.pending };
    match score.decided() {
        Some(points) => {
            let at = (row, total);
            put_sum(sheet, at, (row, FIRST), is_plain_sum(score), points, number)?;
            let lost =
                format!("=ROUND({}-{},6)", full_total(total, score.points, ledger, unit_idx), cell(at));
            sheet.formula((row, total + 1), &lost, &score.lost().to_string(), number)?;
        }
        None => {
            sheet.text((row, total), words::UNDECIDED, &styles.no_number)?;
            sheet.blank((row, total + 1), number)?;
        }
    }
    sheet.text((row, total + 2), words::total_state(score), &styles.middle)?;
    let progress = format!("{}/{}", score.n_settled, score.indicators.len());
    sheet.text((row, total + 3), &progress, &styles.middle)?;
    if has_how {
        sheet.text((row, total + 4), &how, &styles.wrapped)?;
    }
    Ok(())
}

/// Returns the full marks that a unit's loss is counted from: the cell in their row, where that is what it has.
fn full_total(total: ColNum, points: Points, ledger: &Ledger, unit_idx: usize) -> String {
    if points == ledger.rubric_of(unit_idx).points {
        row_col_to_cell_absolute(FULL, total)
    } else {
        points.to_string()
    }
}

/// Writes an indicator's score: what is 未复核 is marked, and what is no number is a word.
pub(super) fn put_score(
    sheet: &mut Worksheet,
    styles: &Styles,
    at: At,
    score: &IndicatorScore,
) -> Result<(), XlsxError> {
    match (score.share, score.decided()) {
        (Share::Absent, _) => sheet.text(at, "—", &styles.no_number),
        (Share::Counted | Share::Scaled | Share::Spread, None) => {
            sheet.text(at, words::UNDECIDED, &styles.no_number)
        }
        (Share::Counted | Share::Scaled | Share::Spread, Some(points)) => {
            let format = match score.state {
                State::Pending => &styles.pending,
                State::Reviewed | State::NotApplicable => &styles.points,
            };
            sheet.points(at, points, format)
        }
    }
}

/// Writes a total: the sum of its row where that is what it is.
fn put_sum(
    sheet: &mut Worksheet,
    at: At,
    from: At,
    is_sum: bool,
    points: Points,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    if is_sum {
        sheet.formula(at, &sum_formula(from, (at.0, at.1 - 1)), &points.to_string(), format)
    } else {
        sheet.points(at, points, format)
    }
}

/// Shades scores by how much of its points an indicator has lost.
fn shade(sheet: &mut Worksheet, styles: &Styles, last: RowNum, last_col: ColNum) -> Result<(), XlsxError> {
    let first = FULL + 1;
    let own = cell((first, FIRST));
    let full = format!("{}${}", column_number_to_name(FIRST), FULL + 1);
    for (percent, shade) in SHADED_FROM.into_iter().zip(&styles.shades) {
        let is_lost = match percent {
            0 => format!("{own}<{full}"),
            percent => format!("ROUND(({full}-{own})*100-{percent}*{full},6)>=0"),
        };
        let rule = format!("=AND(ISNUMBER({own}),{is_lost})");
        let format = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(shade);
        sheet.add_conditional_format(first, FIRST, last, last_col, &format.set_stop_if_true(true))?;
    }
    Ok(())
}

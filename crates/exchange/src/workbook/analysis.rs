//! 失分分析 and 自评差异: where points went, and where units see it otherwise than the office.

use std::collections::BTreeMap;

use kaohe_core::{Ledger, Points};
use rust_xlsxwriter::utility::cell_range_absolute;
use rust_xlsxwriter::{Chart, ChartFont, ColNum, RowNum, Worksheet, XlsxError};

use super::cells::{Cells, cell, sum_formula};
use super::list::{Blanks, put_list, put_rows, widths};
use super::page::{Page, set_page};
use super::style::Styles;
use crate::table::{Table, Value};
use crate::tables::losses_table;

/// How many causes the chart shows.
const MAX_CHARTED: usize = 15;

/// Writes what took points, rule by rule and then indicator by indicator, with a chart of the most costly ones.
pub(super) fn put_losses(sheet: &mut Worksheet, styles: &Styles, ledger: &Ledger) -> Result<(), XlsxError> {
    let table = losses_table(ledger, None);
    let col = |name: &str| column(&table, name);
    let (points_col, share_col) = (col("失分"), col("占比"));
    let widths = widths(&table);
    for (col, width) in (0..).zip(&widths) {
        sheet.width(col, *width)?;
    }
    let last_col = ColNum::try_from(table.columns.len() - 1).unwrap_or(0);
    sheet.block((0, 0), (0, last_col), "失分分析", &styles.title)?;
    sheet.lines(0, 2)?;
    let about =
        "每条规则最终让各单位失去的分（封顶、扣完为止之后），失得多的在前；占比为百分数。待定的单位不计";
    sheet.block((1, 0), (1, last_col), about, &styles.subtitle)?;
    const HEAD: RowNum = 2;
    let end = put_rows(sheet, styles, &table, table.rows.iter().cloned(), (HEAD, Blanks::Framed), &widths)?;
    set_page(sheet, Page { is_wide: false, repeated: Some((HEAD, HEAD)) })?;
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    if table.rows.is_empty() {
        return sheet.text((HEAD + 1, 0), "没有失分", &styles.plain);
    }
    sheet.autofilter(HEAD, 0, end - 1, last_col)?;

    // The sum of all, of which the shares are.
    let numbers = |name: ColNum| table.rows.iter().map(move |it| number(&it[usize::from(name)]));
    let all: Points = numbers(points_col).sum();
    sheet.block((end, 0), (end, points_col - 1), "合计", &styles.total)?;
    let sum = sum_formula((HEAD + 1, points_col), (end - 1, points_col));
    sheet.formula((end, points_col), &sum, &all.to_string(), &styles.total)?;
    for col in points_col + 1..=last_col {
        sheet.blank((end, col), &styles.total)?;
    }
    let indicators = put_indicators(sheet, styles, &table, HEAD + 1, end)?;
    put_shares(sheet, styles, &table, HEAD + 1, end, share_col)?;
    put_chart(sheet, &table, HEAD + 1, points_col, indicators + 1)
}

/// Writes each share as a formula over what is there already.
fn put_shares(
    sheet: &mut Worksheet,
    styles: &Styles,
    table: &Table,
    first: RowNum,
    end: RowNum,
    share_col: ColNum,
) -> Result<(), XlsxError> {
    let points_col = column(table, "失分");
    let all = rust_xlsxwriter::utility::row_col_to_cell_absolute(end, points_col);
    for (row, values) in (first..).zip(&table.rows) {
        if let Value::Number(share) = &values[usize::from(share_col)] {
            let formula = format!("=ROUND(ROUND({}*100/{all},9),1)", cell((row, points_col)));
            sheet.formula((row, share_col), &formula, &share.to_string(), &styles.number)?;
        }
    }
    Ok(())
}

/// Writes the sums of each indicator below the rules; returns the row after them.
fn put_indicators(
    sheet: &mut Worksheet,
    styles: &Styles,
    table: &Table,
    first: RowNum,
    end: RowNum,
) -> Result<RowNum, XlsxError> {
    let points_col = column(table, "失分");
    let mut sums: BTreeMap<[String; 3], Points> = BTreeMap::new();
    for row in &table.rows {
        *sums.entry([shown(&row[0]), shown(&row[1]), shown(&row[2])]).or_default() +=
            number(&row[usize::from(points_col)]);
    }
    let mut sums: Vec<([String; 3], Points)> = sums.into_iter().collect();
    sums.sort_by_key(|it| std::cmp::Reverse(it.1));
    let head = end + 2;
    for (col, name) in (0..).zip(["类别", "指标", "指标名称", "失分"]) {
        sheet.text((head, col), name, &styles.head)?;
    }
    let mut row = head;
    for (of, points) in sums {
        row += 1;
        for (col, text) in (0..).zip(&of) {
            sheet.text((row, col), text, &styles.text)?;
        }
        let same =
            |col: ColNum| format!("({}={})", cell_range_absolute(first, col, end - 1, col), cell((row, col)));
        let lost = cell_range_absolute(first, points_col, end - 1, points_col);
        // A blank cell equals an empty text here, so that what belongs to no indicator has its line too.
        let formula = format!("=ROUND(SUMPRODUCT({}*{}*{lost}),6)", same(0), same(1));
        sheet.formula((row, 3), &formula, &points.to_string(), &styles.number)?;
    }
    Ok(row + 1)
}

fn put_chart(
    sheet: &mut Worksheet,
    table: &Table,
    first: RowNum,
    points_col: ColNum,
    at: RowNum,
) -> Result<(), XlsxError> {
    // Labels stand together in one hidden column: names of rules alone recur.
    let label_col = ColNum::try_from(table.columns.len()).unwrap_or(0) + 1;
    for (row, values) in (first..).zip(table.rows.iter().take(MAX_CHARTED)) {
        let words: Vec<String> =
            [0, 2, 3].map(|it| shown(&values[it])).into_iter().filter(|it| !it.is_empty()).collect();
        sheet.text((row, label_col), &words.join(" "), &rust_xlsxwriter::Format::default())?;
    }
    sheet.set_column_hidden(label_col)?;
    let n_rows = table.rows.len();
    let n_charted = n_rows.min(MAX_CHARTED);
    let last = first + RowNum::try_from(n_charted).unwrap_or(1) - 1;
    let name = sheet.name();
    let mut font = ChartFont::new();
    font.set_name("宋体").set_size(9);
    let mut chart = Chart::new_bar();
    chart
        .add_series()
        .set_name("失分")
        .set_categories((name.as_str(), first, label_col, last, label_col))
        .set_values((name.as_str(), first, points_col, last, points_col))
        .set_gap(40);
    let mut title_font = ChartFont::new();
    title_font.set_name("宋体").set_size(14);
    let title = if n_rows > n_charted { "失分最多的规则" } else { "各规则的失分" };
    chart.title().set_name(title).set_font(&title_font);
    chart.legend().set_hidden();
    chart.show_hidden_data();
    // The axes of bars: y has the names, x the numbers.
    chart.y_axis().set_reverse().set_font(&font).set_label_interval(1);
    chart.x_axis().set_font(&font);
    chart.set_width(820).set_height(u32::try_from(n_charted * 30 + 110).unwrap_or(560));
    chart.set_alt_text(title);
    sheet.insert_chart(at, 0, &chart).map(drop)
}

/// Writes 自评 against 复核, indicator by indicator. What they differ by is a formula where `has_formulas`; on a huge sheet,
/// whose rows are written once and let go, it is a value.
pub(super) fn put_differences(
    sheet: &mut Worksheet,
    styles: &Styles,
    table: Table,
    has_formulas: bool,
) -> Result<(), XlsxError> {
    let (own, found, differs) = (column(&table, "自评"), column(&table, "复核"), column(&table, "差额"));
    let results: Vec<Option<Points>> =
        table.rows.iter().map(|it| is_number(&it[usize::from(differs)])).collect();
    let widths = widths(&table);
    // Rows are let go of as they are written.
    let (rows, table) = (table.rows, Table::new(table.columns));
    let blanks = if has_formulas { Blanks::Framed } else { Blanks::LeftOut };
    put_list(sheet, styles, &table, &widths, rows.into_iter(), blanks)?;
    for (row, result) in (1..).zip(results) {
        if let Some(result) = result.filter(|_| has_formulas) {
            let formula = format!("=ROUND({}-{},6)", cell((row, own)), cell((row, found)));
            sheet.formula((row, differs), &formula, &result.to_string(), &styles.number)?;
        }
    }
    Ok(())
}

/// Returns the place of a column.
fn column(table: &Table, name: &str) -> ColNum {
    let idx = table.columns.iter().position(|it| it.name == name);
    idx.and_then(|it| ColNum::try_from(it).ok()).unwrap_or(0)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Empty => String::new(),
        Value::Number(points) => points.to_string(),
        Value::Count(count) => count.to_string(),
    }
}

fn is_number(value: &Value) -> Option<Points> {
    match value {
        Value::Number(points) => Some(*points),
        Value::Empty | Value::Text(_) | Value::Count(_) => None,
    }
}

fn number(value: &Value) -> Points {
    is_number(value).unwrap_or(Points::ZERO)
}

//! A table that is the first sheet of a workbook, where a CSV file may stand.

use std::borrow::Cow;

use super::{SheetIn, arrange};
use crate::fault::CellFault;
use crate::records::Record;
use crate::workbook_in::{CellValue, SheetCell, WorkSheet, read_workbook};

/// Places of a table that are looked at, empty ones too: a million rows of fifty columns.
const MAX_PLACES: usize = 50_000_000;

/// Reads the table of a workbook.
pub(super) fn read(
    bytes: &[u8],
    file: &str,
    known: &[&'static str],
    required: &[&'static str],
) -> Result<SheetIn, Vec<CellFault>> {
    let workbook = read_workbook(bytes).map_err(|it| vec![CellFault::of_file(file, it)])?;
    let shown = || workbook.sheets.iter().filter(|it| !it.is_hidden);
    let sheet = shown().find(|it| !it.cells.is_empty()).or_else(|| shown().next());
    let Some(sheet) = sheet else {
        return Err(vec![CellFault::of_file(file, "工作表都隐藏着：请取消隐藏要导入的那张，另存后再试")]);
    };
    let width = |cells: &[SheetCell]| cells.last().map_or(0, |it| it.at.column as usize);
    if sheet.cells.chunk_by(|a, b| a.at.row == b.at.row).map(width).sum::<usize>() > MAX_PLACES {
        let reason = format!("工作表“{}”太宽：请只留需要的列", sheet.name);
        return Err(vec![CellFault::of_file(file, reason)]);
    }
    // Only where there are several has it to be said which one was read.
    let has_several = shown().filter(|it| !it.cells.is_empty()).count() > 1;
    let place =
        if has_several { format!("{file}（工作表“{}”）", sheet.name) } else { file.to_owned() };
    let arranged = arrange(rows(sheet), &place, known, required);
    let broken = broken(sheet, &place);
    match arranged {
        Ok(sheet) if broken.is_empty() => Ok(sheet),
        Ok(_) => Err(broken),
        Err(mut faults) => {
            faults.extend(broken);
            faults.sort_by_key(|it| it.row);
            Err(faults)
        }
    }
}

/// Returns the rows that hold something, each as a record of a CSV file would be.
fn rows(sheet: &WorkSheet) -> impl Iterator<Item = Result<Record<'_>, crate::records::RecordFault>> {
    sheet.cells.chunk_by(|a, b| a.at.row == b.at.row).map(|cells| {
        let mut record = Record { row: cells.first().map_or(0, |it| it.at.row as usize), cells: Vec::new() };
        for cell in cells {
            record.cells.resize(cell.at.column as usize - 1, Cow::Borrowed(""));
            record.cells.push(text(&cell.value));
        }
        Ok(record)
    })
}

fn text(value: &CellValue) -> Cow<'_, str> {
    match value {
        CellValue::Text(text) => Cow::Borrowed(text),
        CellValue::Number(text) | CellValue::Percent(text) | CellValue::Error(text) => Cow::Borrowed(text),
        CellValue::Date(_) | CellValue::Bool(_) | CellValue::Missing => Cow::Owned(value.shown()),
    }
}

/// Returns the cells that have no value to import: it would be an error's name, or nothing.
fn broken(sheet: &WorkSheet, file: &str) -> Vec<CellFault> {
    let fault = |cell: &SheetCell| {
        let (value, reason) = match &cell.value {
            CellValue::Error(error) => (error.to_string(), "是公式出的错：请改成值"),
            CellValue::Missing => (String::new(), "这一格的公式没有算出值：请在表格软件中打开并保存，再导入"),
            CellValue::Text(_)
            | CellValue::Number(_)
            | CellValue::Percent(_)
            | CellValue::Date(_)
            | CellValue::Bool(_) => return None,
        };
        let reason = format!("（{}）{reason}", cell.at.name());
        Some(CellFault { value, ..CellFault::of_file(file, reason) }.in_row(cell.at.row as usize))
    };
    sheet.cells.iter().filter_map(fault).take(100).collect()
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Workbook, Worksheet};

    use super::super::{RowIn, read_table};
    use super::*;

    const KNOWN: &[&str] = &["单位", "指标", "日期", "说明"];

    fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet());
        workbook.save_to_buffer().unwrap()
    }

    fn read(bytes: &[u8]) -> Result<SheetIn, Vec<CellFault>> {
        read_table(bytes, "表.xlsx", KNOWN, &["单位", "指标"])
    }

    #[test]
    fn first_sheet_stands_where_a_csv_may() {
        let bytes = workbook(|it| {
            it.write_row(1, 1, ["指标", "单位", "日期", "说明"]).unwrap();
            it.write(3, 1, 4.2).unwrap();
            it.write(3, 2, " 区教育局\n").unwrap();
            let date = Format::new().set_num_format("yyyy/m/d");
            it.write_with_format(3, 3, 45236, &date).unwrap();
        });
        let sheet = read(&bytes).unwrap();
        let cells = |it: RowIn| KNOWN.iter().map(|column| it.cell(column)).collect::<Vec<_>>().join("|");
        let line = |it: RowIn| format!("{} {}", it.row, cells(it));
        assert_eq!(sheet.rows().map(line).collect::<Vec<_>>(), ["4 区教育局|4.2|2023-11-06|"]);
    }

    #[test]
    fn faults_name_their_places() {
        let bytes = workbook(|it| {
            it.write_row(0, 0, ["单位", "指标", "备注栏"]).unwrap();
            it.write_row(1, 0, ["甲", "1", "", "多"]).unwrap();
            it.write_formula(2, 1, rust_xlsxwriter::Formula::new("=A9").set_result("#REF!")).unwrap();
        });
        let faults: Vec<String> = read(&bytes).unwrap_err().iter().map(CellFault::to_string).collect();
        assert_eq!(
            faults,
            [
                "表.xlsx 第 1 行：“备注栏”不是这里的列名，可用的列有 单位、指标、日期、说明。",
                "表.xlsx 第 2 行：“多”在第 4 列，那里没有列名：请检查是否多了分隔符。",
                "表.xlsx 第 3 行：“#REF!”（B3）是公式出的错：请改成值。",
            ]
        );
    }
}

//! Reading a spreadsheet into rows with named columns, or into all that is wrong with its layout.

use crate::csv_out::unneutralised;
use crate::decode::decode;
use crate::fault::{CellFault, Faults};
use crate::fold::{clean, is_blank, push_clean};
use crate::header_in::{Header, header_name};
use crate::records::{Record, RecordFault, Records};
use crate::workbook_in::is_workbook;

mod of_workbook;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The most rows that are read, the header included.
pub const MAX_ROWS: usize = 1_000_000;
/// The longest cell that is read, in bytes.
pub const MAX_FIELD: usize = 32 << 10;

/// A spreadsheet whose columns are known; its cells are clean (see [`clean`]).
///
/// Row numbers are those that a spreadsheet shows: the first row is 1, empty rows count, and a row whose quoted
/// cell goes over several lines is one row.
#[derive(Debug)]
pub struct SheetIn {
    /// The file, as the person named it.
    pub file: String,
    columns: Vec<&'static str>,
    rows: Vec<usize>,
    /// All cells, one after the other; a million rows in a vector of strings each would take a gigabyte.
    text: String,
    /// Where each cell ends in `text`, row by row, one per column.
    ends: Vec<u32>,
}

/// One row of a [`SheetIn`].
#[derive(Clone, Copy, Debug)]
pub struct RowIn<'s> {
    /// Its number.
    pub row: usize,
    sheet: &'s SheetIn,
    idx: usize,
}

impl SheetIn {
    /// Returns the rows that are not empty, without the header.
    pub fn rows(&self) -> impl Iterator<Item = RowIn<'_>> {
        self.rows.iter().enumerate().map(|(idx, row)| RowIn { row: *row, sheet: self, idx })
    }

    fn push_cell(&mut self, cell: &str) {
        push_clean(&mut self.text, unneutralised(cell));
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }
}

impl<'s> RowIn<'s> {
    /// Returns the cell in a column; empty where the file does not have the column.
    pub fn cell(&self, column: &str) -> &'s str {
        let Some(column_idx) = self.sheet.columns.iter().position(|it| *it == column) else { return "" };
        let cell_idx = self.idx * self.sheet.columns.len() + column_idx;
        let end = |cell_idx: usize| self.sheet.ends.get(cell_idx).map_or(0, |it| *it as usize);
        let start = cell_idx.checked_sub(1).map_or(0, end);
        self.sheet.text.get(start..end(cell_idx)).unwrap_or_default()
    }
}

/// Reads a CSV file, or the first sheet of a workbook, whose first row that is not empty names its columns, in any
/// order.
///
/// The delimiter is a comma, or a semicolon or tab where that finds more of the known columns. Of a workbook the first
/// sheet counts that shows and holds anything.
///
/// # Errors
///
/// All faults of its layout: not text, an unknown, repeated or missing column, cells beyond the header, a
/// quotation mark without its partner, more than can be read.
pub fn read_table(
    bytes: &[u8],
    file: &str,
    known: &[&'static str],
    required: &[&'static str],
) -> Result<SheetIn, Vec<CellFault>> {
    let whole = |reason: String| vec![CellFault::of_file(file, reason)];
    if bytes.len() > MAX_BYTES {
        return Err(whole(format!("文件大于 {} MB：请分成几个文件", MAX_BYTES >> 20)));
    }
    if is_workbook(bytes) {
        return of_workbook::read(bytes, file, known, required);
    }
    let text = decode(bytes).map_err(whole)?;
    arrange(Records::new(&text, delimiter(&text, known)), file, known, required)
}

/// Returns the delimiter under which the first row names the most known columns; of equals the comma.
fn delimiter(text: &str, known: &[&'static str]) -> u8 {
    let n_known = |delimiter: u8| {
        let is_filled = |it: &Record| it.cells.iter().any(|it| !is_blank(it));
        let header = Records::new(text, delimiter).map_while(Result::ok).take(MAX_ROWS).find(is_filled);
        header.map_or(0, |it| it.cells.iter().filter(|it| known.contains(&&*header_name(it))).count())
    };
    // Of equals, the last one is taken.
    [b'\t', b';', b','].into_iter().max_by_key(|it| n_known(*it)).unwrap_or(b',')
}

/// Arranges records under the columns that the first filled one names.
fn arrange<'t>(
    records: impl Iterator<Item = Result<Record<'t>, RecordFault>>,
    file: &str,
    known: &[&'static str],
    required: &[&'static str],
) -> Result<SheetIn, Vec<CellFault>> {
    let mut faults = Faults::new(file);
    let mut sheet = SheetIn {
        file: file.to_owned(),
        columns: Vec::new(),
        rows: Vec::new(),
        text: String::new(),
        ends: Vec::new(),
    };
    let mut header: Option<Header> = None;
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(fault) => {
                faults.add(|it| record_fault(it, &fault));
                break;
            }
        };
        if record.row > MAX_ROWS {
            let reason = format!("多于 {MAX_ROWS} 行：请分成几个文件");
            faults.add(|it| CellFault { reason, ..it });
            break;
        }
        if record.cells.iter().all(|it| is_blank(it)) {
            continue;
        }
        let Some(header) = &header else {
            header = Some(Header::read(&record, known, required, &mut faults));
            sheet.columns = known.to_vec();
            continue;
        };
        check_cells(&record, header, &mut faults);
        sheet.rows.push(record.row);
        for position in &header.positions {
            let cell = position.and_then(|it| record.cells.get(it)).map_or("", |it| it);
            sheet.push_cell(cell);
        }
    }
    if header.is_none() {
        let columns = required.join("、");
        faults.add(|it| CellFault {
            reason: format!("文件是空的：第一行应写明列名 {columns}"), ..it
        });
    }
    faults.finish()?;
    Ok(sheet)
}

fn record_fault(fault: CellFault, of: &RecordFault) -> CellFault {
    let (row, reason) = match of {
        RecordFault::OpenQuote { row } => {
            (*row, "有一个英文双引号没有配对，其后的内容无法分列：请补上或删去")
        }
        RecordFault::TooWide { row } => (*row, "列数超出表格的上限：文件可能不是 CSV"),
    };
    CellFault { reason: reason.to_owned(), ..fault.in_row(row) }
}

/// Reports cells that are too long or stand under no column name.
fn check_cells(record: &Record<'_>, header: &Header, faults: &mut Faults) {
    for (idx, cell) in record.cells.iter().enumerate() {
        if header.names.get(idx).is_none_or(String::is_empty) {
            if !is_blank(cell) {
                let reason = format!("在第 {} 列，那里没有列名：请检查是否多了分隔符", idx + 1);
                faults.add(|it| CellFault { value: clean(cell), reason, ..it.in_row(record.row) });
            }
        } else if cell.len() > MAX_FIELD {
            let beginning: String = cell.chars().take(100).collect();
            let reason = format!("太长：一格最多 {} KB", MAX_FIELD >> 10);
            faults.cell(record.row, &header.names[idx], &clean(&beginning), &reason);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KNOWN: &[&str] = &["单位", "指标", "自评分", "说明"];
    const REQUIRED: &[&str] = &["单位", "指标", "自评分"];

    fn read(bytes: &[u8]) -> Result<SheetIn, Vec<CellFault>> {
        read_table(bytes, "自评.csv", KNOWN, REQUIRED)
    }

    /// Rows are written `行号 单位|指标|自评分|说明`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let sheet = read(text.as_bytes()).unwrap();
        let line = |it: RowIn| {
            let cells: Vec<&str> = KNOWN.iter().map(|column| it.cell(column)).collect();
            format!("{} {}", it.row, cells.join("|"))
        };
        assert_eq!(sheet.rows().map(line).collect::<Vec<_>>(), expected);
    }

    #[track_caller]
    fn check_faults(text: &str, expected: &[&str]) {
        let faults = read(text.as_bytes()).unwrap_err();
        assert_eq!(faults.iter().map(CellFault::sentence).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn columns_are_found_in_any_order() {
        check("自评分,单位,指标\r\n9.5,区教育局,3\r\n", &["2 区教育局|3|9.5|"]);
        check(" 单位 ,指标\u{3000},自评分,说明,,\n甲,1,2,好,,\n", &["2 甲|1|2|好"]);
    }

    #[test]
    fn delimiter_is_found_in_the_header() {
        check("单位;指标;自评分;说明\n甲;1;2;好，很好\n", &["2 甲|1|2|好，很好"]);
        check("单位\t指标\t自评分\n甲\t1\t2\n", &["2 甲|1|2|"]);
        check("单位,指标,自评分,说明\n甲,1,2,一;二\n", &["2 甲|1|2|一;二"]);
    }

    #[test]
    fn row_numbers_are_those_of_a_spreadsheet() {
        check(
            "\n单位,指标,自评分,说明\n\n甲,1,2,\"一\n二\"\n,,,\n乙,1,2,\n",
            &["4 甲|1|2|一 二", "6 乙|1|2|"],
        );
    }

    #[test]
    fn cells_are_cleaned_and_unneutralised() {
        check(
            "单位,指标,自评分,说明\n 甲\u{0B}\u{3000},1,2,'=1+1\n乙,1,2,'90后\n",
            &["2 甲|1|2|=1+1", "3 乙|1|2|'90后"],
        );
    }

    #[test]
    fn layout_faults_are_reported_at_once() {
        check_faults(
            "单位,自评份,单位,备考一栏\n甲,1,2,3,4\n",
            &[
                "第 1 行：“自评份”不是这里的列名，最接近的是“自评分”。",
                "第 1 行：“单位”这一列出现了两次：请只留一列。",
                "第 1 行：“备考一栏”不是这里的列名，可用的列有 单位、指标、自评分、说明。",
                "第 1 行“指标”列：缺少这一列，它必不可少。",
                "第 1 行“自评分”列：缺少这一列，它必不可少。",
                "第 2 行：“4”在第 5 列，那里没有列名：请检查是否多了分隔符。",
            ],
        );
    }

    #[test]
    fn full_width_comma_does_not_divide() {
        check_faults(
            "单位，指标，自评分\n",
            &[
                "第 1 行：“单位,指标,自评分”不是这里的列名：列名之间可能用了全角逗号，请改用英文逗号。",
                "第 1 行“单位”列：缺少这一列，它必不可少。",
                "第 1 行“指标”列：缺少这一列，它必不可少。",
                "第 1 行“自评分”列：缺少这一列，它必不可少。",
            ],
        );
    }

    #[test]
    fn files_that_cannot_be_read_are_refused_in_words() {
        check_faults("", &["文件是空的：第一行应写明列名 单位、指标、自评分。"]);
        check_faults("\r\n , ,\r\n", &["文件是空的：第一行应写明列名 单位、指标、自评分。"]);
        check_faults(
            "单位,指标,自评分\n甲,\"1,2\n乙,1,2\n",
            &["第 2 行：有一个英文双引号没有配对，其后的内容无法分列：请补上或删去。"],
        );
        check_faults("PK\u{3}\u{4}", &["工作簿已损坏，读不了：请在表格软件中打开，另存为 .xlsx 后再试。"]);
    }

    #[test]
    fn bounds_are_faults() {
        assert_eq!(read(&vec![b'x'; MAX_BYTES + 1]).unwrap_err()[0].reason, "文件大于 64 MB：请分成几个文件");
        let long = format!("单位,指标,自评分\n{},1,2\n", "长".repeat(MAX_FIELD));
        let faults = read(long.as_bytes()).unwrap_err();
        assert_eq!((faults[0].row, faults[0].reason.as_str()), (Some(2), "太长：一格最多 32 KB"));
        let many = format!("单位,指标,自评分\n{}", "甲,1,2\n".repeat(MAX_ROWS));
        assert_eq!(read(many.as_bytes()).unwrap_err()[0].reason, "多于 1000000 行：请分成几个文件");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }

        #[test]
        fn arbitrary_text_under_a_header_never_panics(text in "[甲１,;\"'\\r\\n\\t\u{FEFF}\u{202e}=-]{0,80}") {
            if let Ok(sheet) = read(format!("单位,指标,自评分,说明\n{text}").as_bytes()) {
                for row in sheet.rows() {
                    prop_assert!(KNOWN.iter().all(|it| !row.cell(it).contains(char::is_control)));
                }
            }
        }
    }
}

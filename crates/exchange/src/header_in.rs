//! The header row: which column stands where.

use kaohe_core::{half_width, nearest};

use crate::csv_out::unneutralised;
use crate::fault::{CellFault, Faults};
use crate::fold::clean;
use crate::names::likely;
use crate::records::Record;

/// The header row, read.
pub(crate) struct Header {
    /// One per cell of the row; empty where there is no name.
    pub names: Vec<String>,
    /// For each known column, where it stands.
    pub positions: Vec<Option<usize>>,
}

impl Header {
    /// Reads the row and reports columns that are unknown, repeated or missing.
    pub fn read(
        record: &Record<'_>,
        known: &[&'static str],
        required: &[&'static str],
        faults: &mut Faults,
    ) -> Header {
        let names: Vec<String> = record.cells.iter().map(|it| header_name(it)).collect();
        let in_header =
            |it: CellFault, name: &str| CellFault { value: name.to_owned(), ..it.in_row(record.row) };
        for (idx, name) in names.iter().enumerate().filter(|it| !it.1.is_empty()) {
            if !known.contains(&name.as_str()) {
                let near = likely(name).and_then(|name| nearest(name, known.iter().copied()));
                let has_comma = name.contains(',');
                let near = near.filter(|_| !has_comma);
                let reason = if has_comma {
                    "不是这里的列名：列名之间可能用了全角逗号，请改用英文逗号".to_owned()
                } else if near.is_some() {
                    "不是这里的列名".to_owned()
                } else {
                    format!("不是这里的列名，可用的列有 {}", known.join("、"))
                };
                faults.add(|it| CellFault { reason, ..in_header(it, name) }.near(near));
            } else if names.iter().take(idx).any(|it| it == name) {
                faults.add(|it| CellFault {
                    reason: "这一列出现了两次：请只留一列".to_owned(),
                    ..in_header(it, name)
                });
            }
        }
        for column in required.iter().filter(|it| !names.iter().any(|name| name == **it)) {
            let reason = "缺少这一列，它必不可少";
            faults.add(|it| CellFault { reason: reason.to_owned(), ..it.in_cell(record.row, column, "") });
        }
        let positions = known.iter().map(|column| names.iter().position(|it| it == column)).collect();
        Header { names, positions }
    }
}

/// Returns a header cell as column names are written.
pub(crate) fn header_name(cell: &str) -> String {
    clean(&half_width(unneutralised(cell)))
}

//! Workbooks that others wrote: whatever they say of themselves, what comes out is in order.

use kaohe_exchange::read_self_scores;
use kaohe_exchange::workbook_in::{CellValue, MAX_CELLS, read_workbook};

use super::tables::LEDGER;

const FILE: &str = "表.xlsx";

/// Reads a workbook, and its first sheet as a table.
pub fn workbook(bytes: &[u8]) {
    if let Ok(workbook) = read_workbook(bytes) {
        let n_cells: usize = workbook.sheets.iter().map(|it| it.cells.len()).sum();
        assert!(n_cells <= MAX_CELLS);
        for sheet in &workbook.sheets {
            assert!(sheet.cells.is_sorted_by(|a, b| a.at < b.at), "cells out of order in {}", sheet.name);
            for cell in &sheet.cells {
                assert!((1..=1 << 20).contains(&cell.at.row) && (1..=1 << 14).contains(&cell.at.column));
                if let CellValue::Number(number) | CellValue::Percent(number) = &cell.value {
                    assert!(number.parse::<f64>().is_ok(), "{number} is no number");
                }
            }
        }
    }
    if let Err(faults) = read_self_scores(bytes, FILE, &LEDGER) {
        assert!(!faults.is_empty(), "refused for nothing");
        assert!(faults.iter().all(|it| it.file.starts_with(FILE) && !it.reason.is_empty()));
    }
}

//! Workbooks that others wrote: whatever they say of themselves, what comes out is in order.

use std::collections::BTreeSet;

use kaohe_core::{Change, Points};
use kaohe_exchange::form_in::{FormOptions, SelfFile, read_self_file};
use kaohe_exchange::read_self_scores;
use kaohe_exchange::workbook_in::{CellValue, MAX_CELLS, read_workbook};

use super::tables::{LEDGER, taken_in};

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

/// Reads a filled form.
pub fn form(bytes: &[u8]) {
    let options = FormOptions { allow_missing: bytes.len().is_multiple_of(2) };
    match read_self_file(bytes, FILE, &LEDGER, 2023, options) {
        Ok(SelfFile::Form(form)) => {
            let mut seen = BTreeSet::new();
            let mut total = Points::ZERO;
            for change in &form.changes {
                let Change::SelfScore { unit, indicator, to, .. } = change else { panic!("{change:?}") };
                assert_eq!(unit, &form.unit);
                assert!(seen.insert(indicator.clone()), "{indicator} twice");
                total += to.expect("a form takes nothing back");
            }
            assert_eq!((total, form.n_unchanged), (form.total, 0));
            for remark in &form.remarks {
                let sentence = remark.sentence(FILE);
                assert!(!sentence.contains(char::is_control), "{sentence:?}");
            }
            taken_in(&form.changes);
        }
        Ok(SelfFile::Table(table)) => drop(taken_in(&table.changes)),
        Err(faults) => {
            assert!(!faults.is_empty(), "refused for nothing");
            for fault in faults {
                assert!(fault.starts_with(FILE) && fault.ends_with('。'), "{fault:?}");
                assert!(!fault.contains(char::is_control), "{fault:?}");
            }
        }
    }
}

//! Tables that are imported: all or nothing, and an export of what came in reads as the same.

use std::sync::LazyLock;

use kaohe_core::{Change, Ledger, Settings, Track};
use kaohe_exchange::{Encoding, read_entries, read_self_scores, read_units, tables, to_csv};
use kaohe_store::{builtin_roster, builtin_rubrics};

use super::faults::check_cells;
use super::using::{TODAY, record};

const FILE: &str = "表.csv";

/// The built-in year, in which nothing is recorded.
pub static LEDGER: LazyLock<Ledger> = LazyLock::new(|| {
    Ledger::new(builtin_rubrics(), builtin_roster(), Settings::default()).expect("the built-in year is sound")
});

/// Imports deductions.
pub fn entries_csv(bytes: &[u8]) {
    let read = match read_entries(bytes, FILE, &LEDGER, TODAY) {
        Ok(read) => read,
        Err(faults) => {
            assert!(!faults.is_empty(), "refused for nothing");
            check_cells(FILE, n_lines(bytes), &faults);
            return;
        }
    };
    check_cells(FILE, n_lines(bytes), &read.warnings);
    if read.changes.is_empty() {
        return;
    }
    let after = taken_in(&read.changes);
    assert_eq!(after.n_entries(), read.changes.len());
    let table = tables::entries_table(&after, None, &|it| it.to_string());
    let again = read_entries(&to_csv(&table, Encoding::Utf8), FILE, &LEDGER, TODAY);
    assert_eq!(sorted(&again.expect("an export can be imported").changes), sorted(&read.changes));
}

/// Imports self-scores.
pub fn self_csv(bytes: &[u8]) {
    let read = match read_self_scores(bytes, FILE, &LEDGER) {
        Ok(read) => read,
        Err(faults) => {
            assert!(!faults.is_empty(), "refused for nothing");
            check_cells(FILE, n_lines(bytes), &faults);
            return;
        }
    };
    assert_eq!(read.n_unchanged, 0);
    let again = read_self_scores(bytes, FILE, &taken_in(&read.changes)).expect("it reads as before");
    assert_eq!((again.changes.as_slice(), again.n_unchanged), (&[][..], read.changes.len()));
}

/// Imports a roster.
pub fn units_csv(bytes: &[u8]) {
    let tracks: Vec<Track> = LEDGER.rubrics().iter().map(|it| it.track.clone()).collect();
    let roster = match read_units(bytes, FILE, &tracks) {
        Ok(roster) => roster,
        Err(faults) => {
            assert!(!faults.is_empty(), "refused for nothing");
            check_cells(FILE, n_lines(bytes), &faults);
            return;
        }
    };
    let csv = to_csv(&tables::units_table(&roster), Encoding::Utf8);
    assert_eq!(read_units(&csv, FILE, &tracks), Ok(roster.clone()));
    Ledger::new(builtin_rubrics(), roster, Settings::default()).expect("a roster without faults fits");
}

/// Returns the year after these changes, all of which are possible as one.
pub fn taken_in(changes: &[Change]) -> Ledger {
    let batch = Change::Batch { title: "导入".to_owned(), changes: changes.to_vec() };
    let mut after = LEDGER.clone();
    if !changes.is_empty() {
        assert_eq!(after.refusal(&batch), None);
        after.apply(&record(1, batch));
        assert_eq!(after.unresolved(), []);
    }
    after
}

/// An export has another order of rows.
fn sorted(changes: &[Change]) -> Vec<String> {
    let mut sorted: Vec<String> = changes.iter().map(|it| format!("{it:?}")).collect();
    sorted.sort();
    sorted
}

/// How many lines there can be, in whichever encoding.
fn n_lines(bytes: &[u8]) -> usize {
    1 + bytes.iter().filter(|it| matches!(it, b'\n' | b'\r')).count()
}

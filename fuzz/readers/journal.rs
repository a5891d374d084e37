//! Journals: each line is verified and read as a second reader reads it, or is a fault of its number; nothing is lost
//! when they are repaired.

use std::fs;
use std::path::Path;

use kaohe_core::{Change, Deduction, Record, Stamp};
use kaohe_exchange::tables::{LogFilter, log_table};
use kaohe_store::{AsOf, DataFolder, FaultKind, FileFault, MAX_NUMBER, OpenYear, RecordError, StoreError};
use kaohe_tui::text::faults;

use super::desk::{YEAR, files_below, in_empty_folder, now, person, small_year};
use super::faults::{check_errors, check_places, check_sentences};
use super::reference::{self, Read, SEAL, hash_of};
use super::using::{TODAY, look};

/// Whose journal it is: the digest of 张三 at PC-1 stands in it, so that a lost header can be made anew.
const WRITER: &str = "w-fa3f07";
const FILE: &str = "journal/w-fa3f07.ron";
const HEADER: &str = "(format:1,year:2023,writer:\"w-fa3f07\",by:\"张三\",machine:\"PC-1\")";
/// A line that begins with it is left as it is.
const RAW: u8 = b'!';

/// Reads a journal of these bytes.
pub fn journal(bytes: &[u8]) {
    in_empty_folder(|folder| judge(folder, bytes));
}

/// Reads a journal of lines without hashes, which are sealed and chained here: no fuzzer finds a digest. A line is
/// `(n:1,at:"…",change:…)`; what stands before its last bracket is followed by `prev`, where it has none, and `hash`.
pub fn journal_sealed(bytes: &[u8]) {
    let bytes = sealed(bytes);
    in_empty_folder(|folder| judge(folder, &bytes));
}

/// Returns the lines with their hashes, below a header where they have none.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let mut journal = Vec::new();
    let mut prev = String::new();
    let has_header = bytes.starts_with(b"(format:") || bytes.first() == Some(&RAW);
    let header = if has_header { &b""[..] } else { HEADER.as_bytes() };
    let lines = bytes.split_inclusive(|it| *it == b'\n');
    for line in [header].into_iter().filter(|it| !it.is_empty()).chain(lines) {
        if let Some(raw) = line.strip_prefix(&[RAW]) {
            journal.extend_from_slice(raw);
            continue;
        }
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let mut body = line.strip_suffix(b")").unwrap_or(line).to_vec();
        let has_prev = body.windows(5).any(|it| it == b"prev:");
        if !prev.is_empty() && !has_prev {
            body.extend_from_slice(format!(",prev:\"{prev}\"").as_bytes());
        }
        prev = hash_of(&body);
        body.extend_from_slice(format!("{SEAL}{prev}\")\n").as_bytes());
        journal.extend_from_slice(&body);
    }
    journal
}

fn judge(folder: &Path, bytes: &[u8]) {
    let read = reference::read(bytes, YEAR, WRITER);
    let (data, path) = small_year(folder, FILE, bytes);

    let found = data.check(YEAR).expect("the folder can be read");
    check_sentences(&found);
    check_places(FILE, bytes, &found);
    assert_eq!(faulty_lines(&found), read.faulty, "{found:?}");
    let is_torn = bytes.last().is_some_and(|it| *it != b'\n');
    assert_eq!(found.iter().any(|it| it.kind == FaultKind::TornLine), is_torn);

    if read.faulty.is_empty() {
        sound(&data, &read);
        read_in_two_looks(&data, &path, bytes, &read);
        goes_on(&data, &read);
    } else {
        damaged(folder, &data, bytes, &read);
    }
}

/// The numbers of the lines that are said to be faulty.
fn faulty_lines(found: &[FileFault]) -> Vec<u32> {
    let journal = found.iter().filter(|it| matches!(it.kind, FaultKind::Journal(_)));
    journal.filter_map(|it| it.position.map(|it| it.line)).collect()
}

/// What holds of a journal without a fault: its records are those that stand in it, now and as they were.
fn sound(data: &DataFolder, read: &Read) {
    let view = data.view(YEAR, None).expect("a sound year can be viewed");
    assert_eq!(view.records, read.records);
    assert_eq!(view.damage, []);
    assert!(data.repairs(YEAR, &person()).expect("a sound year needs no repair").is_empty());
    look(&view.ledger);
    log_table(view.ledger.emptied(), &view.records, &LogFilter::default(), &|it| it.to_string());
    if let Some((idx, record)) = read.records.iter().enumerate().nth(read.records.len() / 2) {
        let as_of = AsOf::Record(record.stamp.clone());
        let then = data.view(YEAR, Some(&as_of)).expect("what is recorded can be gone back to");
        assert_eq!(then.records, read.records[..=idx]);
    }
    let unknown = AsOf::Record(Stamp { n: u64::MAX, writer: "nobody".into() });
    assert!(data.view(YEAR, Some(&unknown)).is_err());
}

/// A window that was open while the second half was written has the same as one that is opened later.
fn read_in_two_looks(data: &DataFolder, path: &Path, bytes: &[u8], read: &Read) {
    // Also in the middle of a line.
    let (first, _) = bytes.split_at(bytes.len() / 2);
    fs::write(path, first).expect("a file can be written");
    let mut open = OpenYear::open(data, YEAR, person()).expect("the beginning of a sound journal is sound");
    let n_first = open.records().len();
    fs::write(path, bytes).expect("a file can be written");
    let news = open.refresh().expect("the rest is sound");
    assert_eq!(news.n_records, read.records.len() - n_first);
    assert_eq!(open.records(), read.records);
}

/// What holds of a journal without a fault: another record comes after all that stand in it, and stays readable.
fn goes_on(data: &DataFolder, read: &Read) {
    let mut open = OpenYear::open(data, YEAR, person()).expect("a sound year opens");
    let deduction = Deduction::once("Q02".into(), "proactive".into(), "late".into(), TODAY);
    let change = Change::Deduct(deduction);
    match open.record(change, now()) {
        Ok(record) => assert!(read.records.iter().all(|it| it.stamp < record.stamp)),
        Err(RecordError::Store(StoreError::NumbersUsedUp)) => {
            assert!(read.records.iter().any(|it| it.stamp.n >= MAX_NUMBER - 1));
        }
        // The records may say that the year is fixed, or that the rubrics are others.
        Err(RecordError::Refused(_)) => {}
        Err(error) => panic!("{error:?}"),
    }
    let found = data.check(YEAR).expect("the folder can be read");
    assert!(faulty_lines(&found).is_empty(), "{found:?}");
}

/// What holds of a damaged one: it can be looked at, and repaired without losing a byte, or it is said why not.
fn damaged(folder: &Path, data: &DataFolder, bytes: &[u8], read: &Read) {
    assert!(matches!(OpenYear::open(data, YEAR, person()), Err(StoreError::Damaged(_))));
    let repairs = match data.repairs(YEAR, &person()) {
        Ok(repairs) => repairs,
        Err(StoreError::Damaged(found)) => {
            check_errors(&found);
            assert!(data.view(YEAR, None).is_err());
            return;
        }
        Err(error) => panic!("{}", faults::store_error(&error)),
    };
    let view = data.view(YEAR, None).expect("what can be repaired can be looked at");
    assert_eq!(faulty_lines(&view.damage), read.faulty);
    let [repair] = repairs.as_slice() else { panic!("{} journals of one are damaged", repairs.len()) };
    assert_eq!(repair.n_records, view.records.len());
    for pair in view.records.windows(2) {
        assert!(pair[0].stamp < pair[1].stamp);
    }
    for record in &read.records {
        assert!(view.records.contains(record), "{record:?} is in the chain and lost");
    }

    match data.repair(YEAR, &person(), now()) {
        Ok(_) => {}
        // What was moved can then not be recorded; it is kept all the same.
        Err(RecordError::Store(StoreError::NumbersUsedUp)) => {
            // It adopts the files first, which is a record too.
            assert!(view.records.iter().any(|it| it.stamp.n >= MAX_NUMBER - 1));
            return check_kept(folder, bytes);
        }
        Err(error) => panic!("a damaged year can be repaired: {error:?}"),
    }
    let found = data.check(YEAR).expect("the folder can be read");
    assert!(faulty_lines(&found).is_empty(), "{found:?}");
    check_sentences(&found);
    let after = data.view(YEAR, None).expect("a repaired year is sound");
    assert_eq!(after.damage, []);
    let (ours, theirs): (Vec<Record>, Vec<Record>) =
        after.records.into_iter().partition(|it| it.by == person().by);
    assert_eq!(theirs, view.records);
    assert!(ours.iter().any(|it| matches!(it.change, Change::Repair { .. })), "{ours:?}");
    check_kept(folder, bytes);
}

/// Every line is where it was, or in quarantine; or set aside, where it was torn, and then it has an end there.
fn check_kept(folder: &Path, bytes: &[u8]) {
    let files = files_below(folder);
    let is_kept_in = |name: &str| name.ends_with(".bad") || name.ends_with(FILE) || name.ends_with(".torn");
    let kept: Vec<&[u8]> = files
        .iter()
        .filter(|it| is_kept_in(&it.0.to_string_lossy()))
        .flat_map(|it| it.1.split(|it| *it == b'\n'))
        .collect();
    for line in bytes.split(|it| *it == b'\n') {
        assert!(kept.contains(&line), "{:?} is lost", String::from_utf8_lossy(line));
    }
}

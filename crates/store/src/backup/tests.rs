//! What backups have to bear.

use std::io::{Cursor, Write};

use jiff::civil::date;
use kaohe_core::{Change, Deduction};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::journal::Person;
use crate::new_year::NewYear;
use crate::year::OpenYear;

const NOON: DateTime = date(2026, 11, 25).at(12, 0, 0, 0);

fn person() -> Person {
    Person { by: "张三".to_owned(), machine: "PC-1".to_owned() }
}

fn moment() -> Timestamp {
    "2023-11-06T01:12:33Z".parse().unwrap()
}

/// A data folder with a year in which one thing is recorded.
fn data() -> (tempfile::TempDir, DataFolder) {
    let keep = tempfile::tempdir().unwrap();
    let data = DataFolder::at(keep.path().join("data"));
    NewYear::builtin(2023).create(&data).unwrap();
    deduct(&data);
    (keep, data)
}

fn deduct(data: &DataFolder) {
    let deduction = Deduction::once("Q02".into(), "new-media".into(), "stale".into(), date(2023, 11, 6));
    let mut year = OpenYear::open(data, 2023, person()).unwrap();
    assert!(!year.has_recorded());
    year.record(Change::Deduct(deduction), moment()).unwrap();
    assert!(year.has_recorded());
}

fn files(data: &DataFolder) -> Contents {
    read_folder(&data.year_path(2023)).unwrap()
}

#[test]
fn a_backup_comes_back_byte_for_byte_and_sound() {
    let (keep, data) = data();
    let backup = data.back_up(2023, NOON).unwrap().unwrap();
    assert_eq!(backup, data.path().join("backups/2023-20261125-1200.zip"));
    let listed = data.backups().unwrap();
    // The adoption and the deduction.
    assert_eq!((listed.len(), &listed[0].n_records), (1, &Ok(2)));
    let into = keep.path().join("new/one");
    let restored = restore(&backup, &into).unwrap();
    assert_eq!((restored.year, restored.faults.as_slice()), (2023, [].as_slice()));
    assert_eq!(files(&DataFolder::at(&into)), files(&data));
    // Not again, for there is something now; and never over the present one.
    assert!(matches!(restore(&backup, &into), Err(StoreError::NotEmpty { .. })));
    assert!(matches!(restore(&backup, data.path()), Err(StoreError::NotEmpty { .. })));
}

#[test]
fn one_an_hour_and_none_of_what_is_backed_up_already() {
    let (_keep, data) = data();
    let minutes = |n: i64| NOON.checked_add(n.minutes()).unwrap();
    assert!(data.back_up(2023, minutes(0)).unwrap().is_some());
    deduct(&data);
    assert_eq!(data.back_up(2023, minutes(59)).unwrap(), None);
    // The clock went back, and is right again.
    assert!(data.back_up(2023, minutes(-30)).unwrap().is_some());
    assert!(data.back_up(2023, minutes(60)).unwrap().is_some());
    assert_eq!(data.back_up(2023, minutes(180)).unwrap(), None, "nothing has changed");
    assert_eq!(data.backups().unwrap().len(), 3);
}

#[test]
fn what_a_closed_window_has_left_is_backed_up_once_nobody_is_at_it() {
    let (_keep, data) = data();
    let now = Timestamp::now();
    let later = now.checked_add(61.minutes()).unwrap();
    assert_eq!(data.back_up_left(2023, now, NOON).unwrap(), None);
    assert!(data.back_up_left(2023, later, NOON).unwrap().is_some());
    assert_eq!(data.back_up_left(2023, later, NOON.checked_add(2.hours()).unwrap()).unwrap(), None);
}

#[test]
fn what_a_killed_backup_has_left_goes_with_a_later_one() {
    let (_keep, data) = data();
    let folder = data.backups_path();
    fs::create_dir(&folder).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(2 * 3600);
    for name in [".2023-20261125-0745.zip.tmp-77", ".mine.tmp-77"] {
        File::create(folder.join(name)).unwrap().set_modified(long_ago).unwrap();
    }
    data.back_up(2023, NOON).unwrap().unwrap();
    assert!(!folder.join(".2023-20261125-0745.zip.tmp-77").exists());
    assert!(folder.join(".mine.tmp-77").exists());
}

#[test]
fn only_thirty_and_one_a_week_are_left_on_disk() {
    let (_keep, data) = data();
    for day in 0..70 {
        deduct(&data);
        assert!(data.back_up(2023, NOON.checked_add(day.days()).unwrap()).unwrap().is_some());
    }
    let left = data.backup_names().unwrap();
    // Forty days are older than the last thirty: they begin in six weeks.
    assert!((35..=37).contains(&left.len()), "{}", left.len());
    assert_eq!(data.backups().unwrap().last().unwrap().n_records, Ok(72));
}

#[test]
fn a_year_that_cannot_be_read_is_backed_up_byte_for_byte() {
    let (keep, data) = data();
    let folder = data.year_path(2023);
    fs::write(folder.join("year.ron"), b"\xff\0 damaged").unwrap();
    fs::write(folder.join("journal/zhang-1.torn"), b"(n:7").unwrap();
    fs::remove_file(folder.join("units.ron")).unwrap();
    fs::write(folder.join("~$big.xlsx"), b"not ours").unwrap();
    assert!(OpenYear::open(&data, 2023, person()).is_err());
    let backup = data.back_up(2023, NOON).unwrap().unwrap();
    let restored = restore(&backup, &keep.path().join("new")).unwrap();
    assert!(!restored.faults.is_empty());
    let back = read_folder(&restored.folder).unwrap();
    assert_eq!(back, files(&data));
    assert!(back.contains_key("journal/zhang-1.torn") && !back.contains_key("units.ron"));
}

#[test]
fn every_cut_and_flipped_byte_is_seen_or_changes_nothing() {
    let (_keep, data) = data();
    let contents = files(&data);
    let zip = pack(2023, &contents, NOON).unwrap();
    assert_eq!(unpack(&zip), Ok((2023, contents.clone())));
    let mut n_harmless = 0;
    for at in 0..zip.len() {
        let mut flipped = zip.clone();
        flipped[at] ^= 1 << (at % 8);
        if let Ok(read) = unpack(&flipped) {
            assert!(read == (2023, contents.clone()), "byte {at} reads as something else");
            n_harmless += 1;
        }
        if at % 97 == 0 {
            assert!(unpack(&zip[..at]).is_err(), "cut at {at}");
        }
    }
    assert!(n_harmless * 20 < zip.len(), "{n_harmless} of {} went unnoticed", zip.len());
}

/// Packs files under these names as somebody else might.
fn zip_of(names: &[&str]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"x").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn no_name_leads_outside_and_none_stands_for_something_else() {
    for name in [
        "../2023/year.ron",
        "2023/../../year.ron",
        "/2023/year.ron",
        "2023/journal/../year.ron",
        "2023/journal/a/b.ron",
        "2023\\year.ron",
        "2023/rubrics/con.ron",
        "2023/rubrics/.ron",
        "2023/rubrics/a.exe",
        "2023/journal/",
        "2023/",
        "year.ron",
        "20233/year.ron",
        "２０23/year.ron",
    ] {
        let fault = unpack(&zip_of(&[name])).unwrap_err();
        assert!(matches!(fault, ArchiveFault::StrangeFile { .. }), "{name}: {fault:?}");
    }
    let two_years = unpack(&zip_of(&["2023/year.ron", "2024/units.ron"]));
    assert!(matches!(two_years, Err(ArchiveFault::StrangeFile { .. })));
    assert_eq!(unpack(&zip_of(&[])), Err(ArchiveFault::Empty));
    assert_eq!(unpack(b"PK"), Err(ArchiveFault::NotAZip));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let block = vec![0; 1 << 20];
    for n in 0..3 {
        zip.start_file(format!("2023/journal/w{n}.ron"), options).unwrap();
        (0..200).for_each(|_| zip.write_all(&block).unwrap());
    }
    let zip = zip.finish().unwrap().into_inner();
    assert!(zip.len() < 10 << 20);
    assert_eq!(unpack(&zip), Err(ArchiveFault::TooLarge));
}

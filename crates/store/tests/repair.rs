//! Damage of every sort to a journal: it is named, the rest can be looked at, and repairing keeps every sound record.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use kaohe_core::{Change, Deduction, Severity};
use kaohe_store::{
    AsOf, DataFolder, FaultKind, FileFault, LineFault, NewYear, OpenYear, Person, RecordError, StoreError,
};

const UNITS: [&str; 4] = ["Q02", "Q03", "Q04", "Q05"];

/// A year of two writers: 张三, whose journal gets damaged, with a deduction for each unit; and 李四, who repairs.
struct Desk {
    _keep: tempfile::TempDir,
    data: DataFolder,
    path: PathBuf,
    whole: Vec<u8>,
}

fn now() -> Timestamp {
    "2023-11-06T01:12:33Z".parse().unwrap()
}

fn person(by: &str) -> Person {
    Person { by: by.to_owned(), machine: "PC-1".to_owned() }
}

fn late(unit: &str) -> Change {
    let date = jiff::civil::date(2023, 11, 6);
    Change::Deduct(Deduction::once(unit.into(), "proactive".into(), "late".into(), date))
}

impl Desk {
    fn new() -> Desk {
        let keep = tempfile::tempdir().unwrap();
        let data = DataFolder::at(keep.path().join("data"));
        NewYear::builtin(2023).create(&data).unwrap();
        let mut year = OpenYear::open(&data, 2023, person("zhang")).unwrap();
        for unit in UNITS {
            year.record(late(unit), now()).unwrap();
        }
        drop(year);
        let folder = data.year_path(2023).join("journal");
        let mut files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
        let path = files.find(|it| it.extension().is_some_and(|it| it == "ron")).unwrap();
        let whole = fs::read(&path).unwrap();
        Desk { _keep: keep, data, path, whole }
    }

    /// The journal as damaged, and nothing else beside it.
    fn damage(&self, bytes: &[u8]) {
        for item in fs::read_dir(self.path.parent().unwrap()).unwrap() {
            fs::remove_file(item.unwrap().path()).unwrap();
        }
        fs::write(&self.path, bytes).unwrap();
    }

    fn lines(&self) -> Vec<&[u8]> {
        self.whole.split_inclusive(|it| *it == b'\n').collect()
    }

    fn faults(&self) -> Vec<FileFault> {
        let mut faults = self.data.check(2023).unwrap();
        faults.retain(|it| it.severity == Severity::Error);
        faults
    }

    fn warnings(&self) -> Vec<FaultKind> {
        let faults = self.data.check(2023).unwrap().into_iter();
        faults.filter(|it| it.severity == Severity::Warning).map(|it| it.kind).collect()
    }

    fn journal_files(&self) -> BTreeMap<String, Vec<u8>> {
        let items = fs::read_dir(self.path.parent().unwrap()).unwrap().map(|it| it.unwrap().path());
        let files = items.filter(|it| it.extension().is_some_and(|it| it == "ron" || it == "bad"));
        files
            .map(|it| (it.file_name().unwrap().to_string_lossy().into_owned(), fs::read(it).unwrap()))
            .collect()
    }

    /// Which units have lost points, in the year as it is looked at.
    fn counted(&self) -> BTreeSet<&'static str> {
        let view = self.data.view(2023, None).unwrap();
        let has_lost = |it: &&str| {
            let unit_idx = view.ledger.find_unit(it).unwrap();
            view.ledger.score(unit_idx).decided().unwrap() < "100".parse().unwrap()
        };
        UNITS.into_iter().filter(has_lost).collect()
    }

    /// The units whose deductions are among these bytes as they were written, in whichever place.
    fn sound(&self, bytes: &[u8]) -> BTreeSet<&'static str> {
        let lines = self.lines();
        let found: Vec<&[u8]> = bytes.split_inclusive(|it| *it == b'\n').collect();
        UNITS.into_iter().zip(&lines[2..]).filter(|it| found.contains(it.1)).map(|it| it.0).collect()
    }

    /// Damages the journal so, and says what has to hold of all damage.
    #[track_caller]
    fn check_repair(&self, bytes: &[u8], what: &str) {
        self.damage(bytes);
        let sound = self.sound(bytes);
        assert!(!self.faults().is_empty(), "{what}: not seen");
        assert_eq!(self.counted(), sound, "{what}: looked at");
        let strict = OpenYear::open(&self.data, 2023, person("li"));
        assert!(matches!(strict, Err(StoreError::Damaged(_))), "{what}: opened");
        let mut year = OpenYear::open_to_look(&self.data, 2023, person("li")).unwrap();
        assert!(matches!(year.record(late("Q06"), now()), Err(RecordError::Damaged)), "{what}: taken");
        drop(year);

        let repairs = self.data.repair(2023, &person("li"), now()).unwrap().journals;
        assert_eq!(repairs.len(), 1, "{what}");
        assert_eq!(self.faults(), [], "{what}: after the repair");
        assert_eq!(self.counted(), sound, "{what}: after the repair");
        // Every byte that is not in the journal any more lies in quarantine, and nothing else.
        let after = fs::read(&self.path).unwrap();
        let kept: Vec<&[u8]> = after.split_inclusive(|it| *it == b'\n').collect();
        let mut removed: Vec<u8> = Vec::new();
        let mut seen = BTreeSet::new();
        for line in bytes.split_inclusive(|it| *it == b'\n').filter(|it| it.ends_with(b"\n")) {
            if !kept.contains(&line) || !seen.insert(line) {
                removed.extend_from_slice(line);
            }
        }
        let moved: Vec<u8> = repairs[0].gaps.iter().flat_map(|it| it.bytes.clone()).collect();
        assert_eq!(moved, removed, "{what}: moved");
        let files = self.journal_files();
        for gap in repairs[0].gaps.iter().filter(|it| it.quarantine.is_some()) {
            let name = gap.quarantine.as_ref().unwrap().strip_prefix("journal/").unwrap();
            assert_eq!(files[name], gap.bytes, "{what}: {name}");
        }
        // The log says who, a second time does nothing, and the writer goes on.
        let view = self.data.view(2023, None).unwrap();
        let last = view.records.iter().rfind(|it| matches!(it.change, Change::Repair { .. })).unwrap();
        assert_eq!(last.by, "li");
        assert_eq!(self.data.repair(2023, &person("li"), now()).unwrap().journals.len(), 0, "{what}");
        assert_eq!(self.journal_files(), files, "{what}: repaired twice");
        let mut year = OpenYear::open(&self.data, 2023, person("zhang")).unwrap();
        year.record(late("Q06"), now()).unwrap();
        drop(year);
        assert_eq!(self.faults(), [], "{what}: written on");
    }
}

#[test]
fn flipped_bytes_are_mended() {
    let desk = Desk::new();
    // Every one of them is flipped in the tests of the journal.
    for idx in (0..desk.whole.len() - 1).step_by(31) {
        let mut bytes = desk.whole.clone();
        bytes[idx] ^= 0x20;
        desk.check_repair(&bytes, &format!("byte {idx}"));
    }
}

#[test]
fn a_prefix_is_the_year_as_it_was() {
    let desk = Desk::new();
    for len in (0..desk.whole.len()).step_by(13) {
        desk.damage(&desk.whole[..len]);
        assert_eq!(desk.faults(), [], "{len}");
        assert_eq!(desk.counted(), desk.sound(&desk.whole[..len]), "{len}");
        assert_eq!(desk.data.repair(2023, &person("li"), now()).unwrap().journals.len(), 0, "{len}");
    }
}

#[test]
fn removed_doubled_and_swapped_lines_are_mended() {
    let desk = Desk::new();
    let lines = desk.lines();
    for idx in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(idx);
        // Without its last line a journal is one of before.
        if idx < lines.len() - 1 {
            desk.check_repair(&without.concat(), &format!("without line {idx}"));
        }
        for other in 0..lines.len() {
            let mut doubled = lines.clone();
            doubled.insert(other, lines[idx]);
            desk.check_repair(&doubled.concat(), &format!("line {idx} again before {other}"));
            if other > idx {
                let mut swapped = lines.clone();
                swapped.swap(idx, other);
                desk.check_repair(&swapped.concat(), &format!("lines {idx} and {other} swapped"));
                // Nothing is lost then: the journal is what it was.
                assert!(fs::read(&desk.path).unwrap().starts_with(&desk.whole));
            }
        }
    }
}

#[test]
fn bytes_of_other_programs_are_mended() {
    let desk = Desk::new();
    let lines = desk.lines();
    let with = |idx: usize, line: &[u8]| {
        let mut lines = lines.clone();
        lines[idx] = line;
        lines.concat()
    };
    let bom = [b"\xef\xbb\xbf".as_slice(), &desk.whole].concat();
    desk.check_repair(&bom, "a mark of the byte order");
    desk.check_repair(&with(3, b"\0\0\0\0\0\0\n"), "NUL bytes");
    desk.check_repair(&with(3, b"\xbf\xbc\xba\xcb\n"), "another encoding");
    desk.check_repair(&with(4, b"\n"), "an empty line");
    let utf16: Vec<u8> = desk.whole.iter().flat_map(|it| [*it, 0]).collect();
    desk.check_repair(&utf16, "a file in UTF-16");
    let edited = String::from_utf8(desk.whole.clone()).unwrap().replacen("Q03", "Q07", 1);
    desk.check_repair(edited.as_bytes(), "an edited line");
}

#[test]
fn a_journal_that_an_editor_saved_with_other_line_ends_counts_whole() {
    let desk = Desk::new();
    let text = String::from_utf8(desk.whole.clone()).unwrap();
    let edited = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    desk.damage(edited.as_bytes());
    assert_ne!(desk.faults(), []);
    assert_eq!(desk.counted(), BTreeSet::from(UNITS));
    let repairs = desk.data.repair(2023, &person("li"), now()).unwrap().journals;
    assert_eq!(repairs[0].gaps.len(), 1);
    assert_eq!(repairs[0].gaps[0].bytes, edited.as_bytes());
    assert_eq!(desk.faults(), []);
    assert_eq!(desk.counted(), BTreeSet::from(UNITS));
}

#[test]
fn several_damages_and_damage_after_a_repair_are_mended() {
    let desk = Desk::new();
    let mut bytes = desk.whole.clone();
    let at = |text: &str| {
        let whole = String::from_utf8_lossy(&desk.whole).into_owned();
        whole.find(text).unwrap()
    };
    bytes[at("Q02")] = b'X';
    bytes[at("Q04")] = b'X';
    desk.check_repair(&bytes, "two lines");
    let mut again = fs::read(&desk.path).unwrap();
    let text = String::from_utf8_lossy(&again).into_owned();
    again[text.find("Q03").unwrap()] = b'X';
    fs::write(&desk.path, again).unwrap();
    assert_ne!(desk.faults(), []);
    desk.data.repair(2023, &person("li"), now()).unwrap();
    assert_eq!(desk.faults(), []);
    assert_eq!(desk.counted(), BTreeSet::from(["Q05"]));
}

#[test]
fn a_gap_line_that_is_removed_or_edited_is_found() {
    let desk = Desk::new();
    let lines = desk.lines();
    for (what, bytes) in [
        ("flipped", String::from_utf8(desk.whole.clone()).unwrap().replacen("Q03", "Q07", 1).into_bytes()),
        ("removed", [lines[0], lines[1], lines[2], lines[4], lines[5]].concat()),
        ("doubled", [lines[0], lines[1], lines[2], lines[2], lines[3], lines[4], lines[5]].concat()),
        ("at the end", [lines[0], lines[1], lines[2], lines[3], lines[4], b"rubbish\n"].concat()),
    ] {
        desk.check_repair(&bytes, what);
        assert!(desk.warnings().iter().any(|it| matches!(it, FaultKind::Repaired { .. })), "{what}");
        let repaired = fs::read_to_string(&desk.path).unwrap();
        let without: Vec<&str> = repaired.lines().filter(|it| !it.starts_with("(gap:")).collect();
        fs::write(&desk.path, without.join("\n") + "\n").unwrap();
        assert_ne!(desk.faults(), [], "{what}: its gap removed");
        let edited = repaired.replacen("(gap:(n:", "(gap:(n:1", 1);
        assert_ne!(edited, repaired);
        fs::write(&desk.path, edited).unwrap();
        assert_ne!(desk.faults(), [], "{what}: its gap edited");
        fs::write(&desk.path, repaired).unwrap();
        assert_eq!(desk.faults(), [], "{what}");
    }
}

#[test]
fn what_lies_in_quarantine_is_watched() {
    let desk = Desk::new();
    let text = String::from_utf8(desk.whole.clone()).unwrap();
    desk.check_repair(text.replacen("Q03", "Q07", 1).as_bytes(), "an edited line");
    let files = desk.journal_files();
    let (name, bytes) = files.iter().find(|it| it.0.ends_with(".bad")).unwrap();
    let path = desk.path.with_file_name(name);
    fs::write(&path, b"something else").unwrap();
    assert!(desk.faults().iter().any(|it| it.kind == FaultKind::QuarantineDamaged));
    fs::remove_file(&path).unwrap();
    assert_eq!(desk.faults(), []);
    assert!(desk.warnings().contains(&FaultKind::QuarantineMissing));
    fs::write(&path, bytes).unwrap();
    fs::write(desk.path.with_file_name("0123.bad"), b"of nobody").unwrap();
    assert!(desk.faults().iter().any(|it| it.kind == FaultKind::QuarantineUnnamed));
}

#[test]
fn what_an_interrupted_repair_left_in_quarantine_does_not_stop_the_next() {
    let desk = Desk::new();
    let text = String::from_utf8(desk.whole.clone()).unwrap().replacen("Q03", "Q07", 1);
    for left in ["", "(n:", "something else"] {
        desk.damage(text.as_bytes());
        let repairs = desk.data.repairs(2023, &person("li")).unwrap();
        let gap = repairs[0].gaps[0].clone();
        let path = desk.data.year_path(2023).join(gap.quarantine.unwrap());
        fs::write(&path, left).unwrap();
        desk.data.repair(2023, &person("li"), now()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), gap.bytes);
        assert_eq!(desk.faults(), []);
    }
}

#[test]
fn a_repair_that_was_cut_off_before_its_record_is_recorded_by_the_next() {
    let desk = Desk::new();
    let lines = desk.lines();
    let edited = String::from_utf8(desk.whole.clone()).unwrap().replacen("Q03", "Q07", 1).into_bytes();
    let missing = [&lines[..3], &lines[4..]].concat().concat();
    for bytes in [edited, missing] {
        desk.damage(&bytes);
        let done = desk.data.repair(2023, &person("li"), now()).unwrap();
        assert_eq!((done.journals.len(), done.n_late, done.is_unlocked), (1, 0, false));
        let of_repair = |by: &str| {
            let records = desk.data.view(2023, None).unwrap().records.into_iter();
            let of = records.filter(|it| matches!(it.change, Change::Repair { .. }) && it.by == by);
            of.map(|it| it.change).collect::<Vec<_>>()
        };
        let recorded = of_repair("li");
        // Who repaired has recorded nothing else.
        let is_theirs = |it: &PathBuf| *it != desk.path && it.extension().is_some_and(|it| it == "ron");
        let journals = fs::read_dir(desk.path.parent().unwrap()).unwrap().map(|it| it.unwrap().path());
        fs::remove_file(journals.filter(|it| !it.is_dir()).find(is_theirs).unwrap()).unwrap();
        assert_eq!(desk.data.unrecorded_repairs(2023).unwrap(), 1);
        let done = desk.data.repair(2023, &person("wang"), now()).unwrap();
        assert_eq!((done.journals.len(), done.n_late), (0, 1));
        assert_eq!(of_repair("wang"), recorded);
        let done = desk.data.repair(2023, &person("wang"), now()).unwrap();
        assert_eq!((done.n_late, desk.data.unrecorded_repairs(2023).unwrap()), (0, 0));
        assert_eq!(desk.faults(), []);
    }
}

#[test]
fn a_line_of_another_journal_does_not_come_to_count() {
    let desk = Desk::new();
    let mut year = OpenYear::open(&desk.data, 2023, person("li")).unwrap();
    year.record(late("Q06"), now()).unwrap();
    drop(year);
    let theirs = desk.journal_files().into_values().find(|it| *it != desk.whole).unwrap();
    let lines: Vec<&[u8]> = theirs.split_inclusive(|it| *it == b'\n').collect();
    let pasted = [desk.whole.as_slice(), lines[lines.len() - 1]].concat();
    fs::write(&desk.path, pasted).unwrap();
    assert_ne!(desk.faults(), []);
    let repairs = desk.data.repair(2023, &person("li"), now()).unwrap().journals;
    assert_eq!(repairs[0].n_lines(), 1);
    let view = desk.data.view(2023, None).unwrap();
    let n_of = |unit: &str| {
        let is_it = |it: &&kaohe_core::Record| it.change == late(unit);
        view.records.iter().filter(is_it).count()
    };
    assert_eq!((n_of("Q06"), n_of("Q05")), (1, 1));
}

#[test]
fn nobody_may_be_writing_to_it() {
    let desk = Desk::new();
    let mut year = OpenYear::open(&desk.data, 2023, person("zhang")).unwrap();
    year.record(late("Q06"), now()).unwrap();
    let mut bytes = fs::read(&desk.path).unwrap();
    let len = bytes.len();
    bytes[len - 60] ^= 1;
    fs::write(&desk.path, &bytes).unwrap();
    let refused = desk.data.repair(2023, &person("li"), now());
    assert!(matches!(refused, Err(RecordError::Store(StoreError::JournalInUse { .. }))));
    assert_eq!(fs::read(&desk.path).unwrap(), bytes);
    drop(year);
    assert_eq!(desk.data.repair(2023, &person("li"), now()).unwrap().journals.len(), 1);
}

#[test]
fn what_is_no_damage_is_not_repaired() {
    let desk = Desk::new();
    // A journal under another's name: mending would count everything twice.
    let other = desk.path.with_file_name("copy.ron");
    fs::write(&other, &desk.whole).unwrap();
    let refused = desk.data.repair(2023, &person("li"), now());
    let Err(RecordError::Store(StoreError::Damaged(faults))) = refused else { panic!("repaired") };
    assert_eq!(faults[0].kind, FaultKind::Journal(LineFault::HeaderMisplaced));
    assert!(desk.data.view(2023, None).is_err());
    fs::remove_file(other).unwrap();
    // Other files are not for it.
    fs::write(desk.data.year_path(2023).join("units.ron"), "Roster(").unwrap();
    assert!(desk.data.repair(2023, &person("li"), now()).is_err());
}

#[test]
fn a_screen_that_looks_at_a_damaged_year_goes_on_when_it_is_repaired() {
    let desk = Desk::new();
    let text = String::from_utf8(desk.whole.clone()).unwrap();
    desk.damage(text.replacen("Q03", "Q07", 1).as_bytes());
    let mut year = OpenYear::open_to_look(&desk.data, 2023, person("wang")).unwrap();
    assert!(!year.damage().is_empty());
    assert_eq!(year.refresh().unwrap().n_records, 0);
    desk.data.repair(2023, &person("li"), now()).unwrap();
    year.refresh().unwrap();
    assert!(year.damage().is_empty());
    year.record(late("Q06"), now()).unwrap();
}

#[test]
fn a_window_that_was_open_all_the_while_goes_on_after_the_repair() {
    let desk = Desk::new();
    let mut year = OpenYear::open(&desk.data, 2023, person("wang")).unwrap();
    year.record(late("Q06"), now()).unwrap();
    let text = String::from_utf8(desk.whole.clone()).unwrap();
    fs::write(&desk.path, text.replacen("Q03", "Q07", 1) + "rubbish\n").unwrap();
    assert!(matches!(year.refresh(), Err(StoreError::Damaged(_))));
    assert!(year.record(late("Q06"), now()).is_err());
    desk.data.repair(2023, &person("li"), now()).unwrap();
    year.refresh().unwrap();
    year.record(late("Q06"), now()).unwrap();
    assert_eq!(year.records(), desk.data.view(2023, None).unwrap().records);
    assert_eq!(desk.faults(), []);
}

#[test]
fn a_repaired_year_is_exported_read_back_and_looked_back_in() {
    let desk = Desk::new();
    let text = String::from_utf8(desk.whole.clone()).unwrap();
    desk.check_repair(text.replacen("Q03", "Q07", 1).as_bytes(), "an edited line");
    let snapshot = desk.data.snapshot(2023).unwrap();
    let keep = tempfile::tempdir().unwrap();
    let other = DataFolder::at(keep.path());
    other.create_from_snapshot("s.ron", snapshot.as_bytes()).unwrap();
    assert_eq!(other.snapshot(2023).unwrap(), snapshot);
    let view = desk.data.view(2023, None).unwrap();
    for (idx, record) in view.records.iter().enumerate() {
        let past = desk.data.view(2023, Some(&AsOf::Record(record.stamp.clone()))).unwrap();
        assert_eq!(past.records, view.records[..=idx]);
    }
}

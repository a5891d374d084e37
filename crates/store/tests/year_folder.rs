//! A year folder as people use and maltreat it.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use kaohe_core::{Change, Deduction, Mark, Points, Refusal};
use kaohe_store::{
    DataFolder, FaultKind, LineFault, NewYear, OpenYear, Person, RecordError, StoreError, create_demo,
};

/// A data folder of its own, with a person at it.
struct Desk {
    _keep: tempfile::TempDir,
    data: DataFolder,
}

impl Desk {
    fn new() -> Desk {
        let keep = tempfile::tempdir().unwrap();
        let data = DataFolder::at(keep.path().join("data"));
        NewYear::builtin(2023).create(&data).unwrap();
        Desk { _keep: keep, data }
    }

    fn open(&self, by: &str) -> OpenYear {
        let person = Person { by: by.to_owned(), machine: "PC-1".to_owned() };
        OpenYear::open(&self.data, 2023, person).unwrap()
    }

    fn journal(&self) -> PathBuf {
        let folder = self.data.year_path(2023).join("journal");
        let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
        files.retain(|it| it.extension().is_some_and(|it| it == "ron"));
        assert_eq!(files.len(), 1, "{files:?}");
        files.remove(0)
    }

    /// What `check` says, as `file:line fault`.
    fn faults(&self) -> Vec<(Option<u32>, FaultKind)> {
        let faults = self.data.check(2023).unwrap();
        faults.into_iter().map(|it| (it.position.map(|it| it.line), it.kind)).collect()
    }
}

fn now() -> Timestamp {
    "2023-11-06T01:12:33Z".parse().unwrap()
}

fn late(unit: &str) -> Change {
    Change::Deduct(Deduction::once(
        unit.into(),
        "proactive".into(),
        "late".into(),
        jiff::civil::date(2023, 11, 6),
    ))
}

fn score(year: &OpenYear, unit: &str) -> Points {
    year.ledger().score(year.ledger().find_unit(unit).unwrap()).score
}

#[track_caller]
fn check_score(year: &OpenYear, unit: &str, expected: &str) {
    assert_eq!(score(year, unit).to_string(), expected);
}

#[test]
fn what_was_recorded_is_there_after_a_restart() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    for _ in 0..3 {
        year.record(late("Q02"), now()).unwrap();
    }
    check_score(&year, "Q02", "99.7");
    drop(year);
    check_score(&desk.open("李四"), "Q02", "99.7");
    assert_eq!(desk.faults(), []);
}

#[test]
fn undo_and_redo_go_on_after_a_restart() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q02"), now()).unwrap();
    let batch = Change::Batch { title: "导入".to_owned(), changes: vec![late("Q02"), late("Q03")] };
    year.record(batch, now()).unwrap();
    drop(year);

    let mut year = desk.open("张三");
    year.undo(now()).unwrap();
    check_score(&year, "Q02", "99.9");
    check_score(&year, "Q03", "100");
    drop(year);

    let mut year = desk.open("张三");
    year.redo(now()).unwrap();
    check_score(&year, "Q02", "99.8");
    check_score(&year, "Q03", "99.9");
    year.undo(now()).unwrap();
    year.undo(now()).unwrap();
    check_score(&year, "Q02", "100");
    assert!(matches!(year.undo(now()), Err(RecordError::Refused(Refusal::NothingToUndo))));
    assert_eq!(desk.faults(), []);
}

#[test]
fn a_new_change_forgets_what_could_be_redone() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q02"), now()).unwrap();
    year.undo(now()).unwrap();
    year.record(late("Q03"), now()).unwrap();
    assert!(matches!(year.redo(now()), Err(RecordError::Refused(Refusal::NothingToUndo))));
}

#[test]
fn undo_puts_back_the_value_before() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    let set = |to: &str| Change::SelfScore {
        unit: "Q02".into(),
        indicator: "window".into(),
        to: Some(to.parse().unwrap()),
        note: String::new(),
    };
    year.record(set("9"), now()).unwrap();
    year.record(set("8.5"), now()).unwrap();
    year.undo(now()).unwrap();
    let unit_idx = year.ledger().find_unit("Q02").unwrap();
    assert_eq!(year.ledger().score(unit_idx).indicators[1].self_score, Some("9".parse().unwrap()));
}

#[test]
fn two_people_see_each_others_changes_and_undo_only_their_own() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("张三"), desk.open("李四"));
    one.record(late("Q02"), now()).unwrap();
    two.record(late("Q02"), now()).unwrap();
    check_score(&two, "Q02", "99.8");
    assert_eq!(one.refresh().unwrap(), 1);
    check_score(&one, "Q02", "99.8");
    one.undo(now()).unwrap();
    assert!(matches!(one.undo(now()), Err(RecordError::Refused(Refusal::NothingToUndo))));
    check_score(&one, "Q02", "99.9");
}

#[test]
fn a_second_window_of_one_person_takes_a_journal_of_its_own() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("张三"), desk.open("张三"));
    one.record(late("Q02"), now()).unwrap();
    two.record(late("Q02"), now()).unwrap();
    one.record(late("Q02"), now()).unwrap();
    check_score(&desk.open("王五"), "Q02", "99.7");
    assert_eq!(one.writers().len(), 2);
}

#[test]
fn a_torn_last_line_is_set_aside_wherever_it_was_torn() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q02"), now()).unwrap();
    drop(year);
    let path = desk.journal();
    let whole = fs::read(&path).unwrap();
    let last_line = whole[..whole.len() - 1].iter().rposition(|it| *it == b'\n').unwrap() + 1;
    for cut in 0..whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let mut year = desk.open("张三");
        check_score(&year, "Q02", "100");
        year.record(late("Q03"), now()).unwrap();
        check_score(&desk.open("张三"), "Q03", "99.9");
        drop(year);
        assert_eq!(desk.faults(), [], "cut at {cut}");
        let torn = path.with_extension("torn");
        let is_torn = cut != 0 && cut != last_line;
        assert_eq!(torn.exists(), is_torn, "cut at {cut}");
        if is_torn {
            let aside = fs::read(&torn).unwrap();
            assert!(whole[..cut].ends_with(&aside[..aside.len() - 1]));
            fs::remove_file(torn).unwrap();
        }
    }
}

#[test]
fn every_flipped_byte_is_found_at_its_line_and_the_year_does_not_open() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q02"), now()).unwrap();
    year.record(late("Q03"), now()).unwrap();
    drop(year);
    let path = desk.journal();
    let whole = fs::read(&path).unwrap();
    for idx in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[idx] ^= 0x20;
        fs::write(&path, &flipped).unwrap();
        let line = 1 + whole[..idx].iter().filter(|it| **it == b'\n').count();
        let faults = desk.faults();
        // Without its line end the last line is a torn one.
        if idx == whole.len() - 1 {
            assert_eq!(faults, [], "byte {idx}");
            continue;
        }
        assert_eq!(faults.first().and_then(|it| it.0), u32::try_from(line).ok(), "byte {idx}: {faults:?}");
        let person = Person { by: "张三".to_owned(), machine: "PC-1".to_owned() };
        assert!(matches!(OpenYear::open(&desk.data, 2023, person), Err(StoreError::Damaged(_))));
    }
}

#[test]
fn removed_doubled_and_swapped_lines_are_found() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    for unit in ["Q02", "Q03", "Q04"] {
        year.record(late(unit), now()).unwrap();
    }
    drop(year);
    let path = desk.journal();
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let broken = |lines: &[&str], line: u32| {
        fs::write(&path, lines.concat()).unwrap();
        assert_eq!(desk.faults().first(), Some(&(Some(line), FaultKind::Journal(LineFault::ChainBroken))));
    };
    broken(&[lines[0], lines[2], lines[3]], 2);
    broken(&[lines[0], lines[1], lines[1], lines[2], lines[3]], 3);
    broken(&[lines[0], lines[2], lines[1], lines[3]], 2);
}

#[test]
fn a_snapshot_reads_back_as_the_same_year_and_the_same_bytes() {
    let keep = tempfile::tempdir().unwrap();
    let data = DataFolder::at(keep.path().join("one"));
    let person = Person { by: "张三".to_owned(), machine: "PC-1".to_owned() };
    let mut year = create_demo(&data, person, now()).unwrap();
    let hostile = Change::SelfScore {
        unit: "Q02".into(),
        indicator: "window".into(),
        to: Some("9".parse().unwrap()),
        note: "“引”\"#号\"##\\反斜杠".to_owned(),
    };
    year.record(hostile, now()).unwrap();
    let snapshot = data.snapshot(2023).unwrap();
    let other = DataFolder::at(keep.path().join("two"));
    assert_eq!(other.create_from_snapshot("快照.ron", snapshot.as_bytes()).unwrap(), 2023);
    assert_eq!(other.snapshot(2023).unwrap(), snapshot);
    assert_eq!(other.check(2023).unwrap(), []);
    let again =
        OpenYear::open(&other, 2023, Person { by: "李四".to_owned(), machine: "PC-2".to_owned() }).unwrap();
    for unit_idx in 0..again.ledger().roster().units.len() {
        assert_eq!(again.ledger().score(unit_idx), year.ledger().score(unit_idx));
    }
    let exists = other.create_from_snapshot("快照.ron", snapshot.as_bytes());
    assert!(matches!(exists, Err(StoreError::YearExists { year: 2023, .. })));
}

#[test]
fn a_snapshot_cannot_write_outside_the_year() {
    let keep = tempfile::tempdir().unwrap();
    let data = DataFolder::at(keep.path().join("data"));
    for path in
        ["../x.ron", "journal/../../x.ron", "/etc/x.ron", "journal/a/b.ron", "other.ron", "rubrics/con.ron"]
    {
        let text = format!("(format:1,year:2023,files:[(path:\"{path}\",text:\"\")])");
        let result = data.create_from_snapshot("坏.ron", text.as_bytes());
        let Err(StoreError::Input(faults)) = result else { panic!("{path}: {result:?}") };
        assert_eq!(faults[0].kind, FaultKind::StrangeFile, "{path}");
        assert!(!data.path().exists());
    }
}

#[test]
fn the_demo_is_the_same_every_time_and_full() {
    let keep = tempfile::tempdir().unwrap();
    let demo = |name: &str| {
        let person = Person { by: "示例".to_owned(), machine: "PC-1".to_owned() };
        create_demo(&DataFolder::at(keep.path().join(name)), person, now()).unwrap()
    };
    let (one, two) = (demo("one"), demo("two"));
    assert_eq!(one.records(), two.records());
    let ledger = one.ledger();
    assert!(ledger.n_entries() > 200, "{}", ledger.n_entries());
    let settled = (0..ledger.roster().units.len()).filter(|&it| ledger.score(it).is_settled()).count();
    assert!(settled > 15 && settled < ledger.roster().units.len(), "{settled}");
    assert!(
        ledger
            .roster()
            .units
            .iter()
            .any(|it| ledger.score(ledger.find_unit(it.id.as_str()).unwrap()).score < Points::whole(90))
    );
}

#[test]
fn a_roster_may_not_drop_units_that_have_records() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q02"), now()).unwrap();
    let mut roster = year.ledger().roster().clone();
    roster.units.retain(|it| it.id != *"Q03");
    year.replace_roster(roster.clone()).unwrap();
    roster.units.retain(|it| it.id != *"Q02");
    let Err(StoreError::UnitsInUse { units }) = year.replace_roster(roster) else { panic!("taken") };
    assert_eq!(units, [("Q02".to_owned(), "区教育局".to_owned())]);
    check_score(&desk.open("李四"), "Q02", "99.9");
}

#[test]
fn a_newer_format_is_refused_in_so_many_words() {
    let desk = Desk::new();
    let path = desk.data.year_path(2023).join("year.ron");
    let text = fs::read_to_string(&path).unwrap().replace("format: 1", "format: 2, novelty: true");
    fs::write(&path, text).unwrap();
    assert_eq!(desk.faults()[0].1, FaultKind::NewerFormat { found: 2 });
}

#[test]
fn nothing_is_recorded_where_the_ledger_refuses() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    let review = |to| Change::Review { unit: "Q02".into(), indicator: "window".into(), to };
    let refused = year.record(review(Mark::Pending), now());
    assert!(matches!(refused, Err(RecordError::Refused(Refusal::NothingChanges))));
    assert_eq!(year.records().len(), 0);
    year.record(review(Mark::Reviewed), now()).unwrap();
    assert_eq!(year.records().len(), 1);
}

#[test]
fn missing_files_are_named_all_at_once_and_an_empty_undo_leaves_no_trace() {
    let desk = Desk::new();
    let folder = desk.data.year_path(2023);
    let mut year = desk.open("张三");
    assert!(matches!(year.undo(now()), Err(RecordError::Refused(Refusal::NothingToUndo))));
    drop(year);
    let n_files = fs::read_dir(folder.join("journal")).unwrap().count();
    assert_eq!(n_files, 1, "only what explains the folder");
    fs::remove_dir_all(folder.join("journal")).unwrap();
    fs::remove_file(folder.join("units.ron")).unwrap();
    let faults = desk.data.check(2023).unwrap();
    let files: Vec<&str> = faults.iter().map(|it| it.file.as_str()).collect();
    assert_eq!(files, ["units.ron", "journal"]);
    assert!(faults.iter().all(|it| it.kind == FaultKind::FileMissing));
}

#[test]
fn every_fault_of_a_roster_is_named_at_its_place() {
    let desk = Desk::new();
    let text = "Roster(units: [\n Unit(id: \"A1\", nmae: \"甲局\", track: \"区直\"),\n Unit(id: \"A1\", name: \"乙局\", track: \"区值\"),\n Unit(id: \"../x\", name: \"甲局\"),\n])";
    fs::write(desk.data.year_path(2023).join("units.ron"), text).unwrap();
    let faults = desk.data.check(2023).unwrap();
    let places: Vec<(u32, u32)> =
        faults.iter().map(|it| it.position.map(|it| (it.line, it.column)).unwrap()).collect();
    // The misspelt field; the repeated id and the unknown class; the missing class, the bad id, the repeated name.
    assert_eq!(places, [(2, 17), (3, 11), (3, 36), (4, 2), (4, 11), (4, 25)]);
}

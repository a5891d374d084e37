//! A year folder as people use and maltreat it.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use kaohe_core::{Change, Deduction, EntryId, Mark, Points, Refusal, Severity};
use kaohe_store::{
    DataFolder, FaultKind, FileFault, LineFault, NewYear, OpenYear, Person, RecordError, StoreError,
    create_demo,
};
use sha2::Digest;

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

    /// The errors that `check` finds, each with its line.
    fn faults(&self) -> Vec<(Option<u32>, FaultKind)> {
        self.found(Severity::Error).into_iter().map(|it| (it.position.map(|it| it.line), it.kind)).collect()
    }

    /// What `check` finds worth a look, each with its file.
    fn warnings(&self) -> Vec<(String, FaultKind)> {
        self.found(Severity::Warning).into_iter().map(|it| (it.file, it.kind)).collect()
    }

    fn found(&self, severity: Severity) -> Vec<FileFault> {
        let mut faults = self.data.check(2023).unwrap();
        faults.retain(|it| it.severity == severity);
        faults
    }

    /// Changes the text of a file of the year.
    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.data.year_path(2023).join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "no {from} in {file}");
        fs::write(path, text.replace(from, to)).unwrap();
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
    assert!(matches!(year.redo(now()), Err(RecordError::Refused(Refusal::NothingToRedo))));
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
    assert!(one.may_have_news());
    assert_eq!(one.refresh().unwrap().n_records, 1);
    assert!(!one.may_have_news());
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
    let n_journals = fs::read_dir(desk.data.year_path(2023).join("journal")).unwrap();
    let n_journals =
        n_journals.filter(|it| it.as_ref().unwrap().path().extension().is_some_and(|it| it == "ron"));
    assert_eq!(n_journals.count(), 2);
    // What the one window did last can be undone in the other, and after both were closed.
    two.undo(now()).unwrap();
    check_score(&two, "Q02", "99.8");
    drop((one, two));
    let mut again = desk.open("张三");
    again.undo(now()).unwrap();
    again.undo(now()).unwrap();
    check_score(&again, "Q02", "100");
    assert_eq!(desk.faults(), []);
}

#[test]
fn a_torn_last_line_is_set_aside_wherever_it_was_torn() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q02"), now()).unwrap();
    drop(year);
    let path = desk.journal();
    let whole = fs::read(&path).unwrap();
    for cut in 0..whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let mut year = desk.open("张三");
        check_score(&year, "Q02", "100");
        year.record(late("Q03"), now()).unwrap();
        check_score(&desk.open("张三"), "Q03", "99.9");
        drop(year);
        assert_eq!(desk.faults(), [], "cut at {cut}");
        let torn = path.with_extension("torn");
        let is_torn = cut != 0 && whole[cut - 1] != b'\n';
        assert_eq!(torn.exists(), is_torn, "cut at {cut}");
        if is_torn {
            let aside = fs::read(&torn).unwrap();
            assert!(whole[..cut].ends_with(&aside[..aside.len() - 1]));
            assert_eq!(desk.warnings()[0].1, FaultKind::SetAside);
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
        // One broken line is one fault: sound lines behind it are not called broken too.
        let lines: Vec<Option<u32>> = faults.iter().map(|it| it.0).collect();
        assert_eq!(lines, [u32::try_from(line).ok()], "byte {idx}: {faults:?}");
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
    let broken = |lines: &[&str], at: &[u32]| {
        fs::write(&path, lines.concat()).unwrap();
        let expected = at.iter().map(|it| (Some(*it), FaultKind::Journal(LineFault::ChainBroken)));
        assert_eq!(desk.faults(), expected.collect::<Vec<_>>());
    };
    assert_eq!(lines.len(), 5, "the header, what the scores rest on, and three deductions");
    broken(&[lines[0], lines[1], lines[3], lines[4]], &[3]);
    broken(&[lines[0], lines[1], lines[2], lines[2], lines[3], lines[4]], &[4]);
    broken(&[lines[0], lines[1], lines[3], lines[2], lines[4]], &[3, 4, 5]);
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
    year.replace_roster(&roster, now()).unwrap();
    roster.units.retain(|it| it.id != *"Q02");
    let refused = year.replace_roster(&roster, now());
    let Err(RecordError::Store(StoreError::UnitsInUse { units })) = refused else { panic!("taken") };
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
fn lines_of_a_newer_format_are_refused_in_so_many_words_and_not_repaired() {
    let desk = Desk::new();
    desk.open("张三").record(late("Q02"), now()).unwrap();
    let path = desk.journal();
    let text = fs::read_to_string(&path).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    let (body, _) = first.split_once(",hash:").unwrap();
    let body = body.replace("format:1", "format:2");
    let digest = sha2::Sha256::digest(body.as_bytes());
    let hash: String = digest.iter().take(16).map(|it| format!("{it:02x}")).collect();
    fs::write(&path, format!("{body},hash:\"{hash}\")\n{rest}")).unwrap();
    let newer = FaultKind::Journal(LineFault::NewerFormat { found: 2 });
    assert_eq!(desk.faults(), [(Some(1), newer)]);
    let person = Person { by: "张三".to_owned(), machine: "PC-1".to_owned() };
    assert!(matches!(desk.data.repairs(2023, &person), Err(StoreError::Damaged(_))));
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
    assert_eq!(year.records().len(), 2, "what the scores rest on, and the mark");
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

#[test]
fn what_somebody_else_changed_since_is_not_undone() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("张三"), desk.open("李四"));
    let set = |to: &str| Change::SelfScore {
        unit: "Q02".into(),
        indicator: "window".into(),
        to: Some(to.parse().unwrap()),
        note: String::new(),
    };
    one.record(set("9"), now()).unwrap();
    two.record(set("8"), now()).unwrap();
    let Err(RecordError::Refused(refusal)) = one.undo(now()) else { panic!("undone") };
    let cell = Some(("区教育局".to_owned(), "政务公开窗口".to_owned()));
    assert_eq!(refusal, Refusal::ChangedSince { by: "李四".to_owned(), cell });
    // Once the other has taken theirs back, ours can be taken back too.
    two.undo(now()).unwrap();
    one.undo(now()).unwrap();
    let unit_idx = one.ledger().find_unit("Q02").unwrap();
    assert_eq!(one.ledger().score(unit_idx).indicators[1].self_score, None);
}

#[test]
fn of_a_batch_that_which_still_stands_is_undone() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("张三"), desk.open("李四"));
    let batch =
        Change::Batch { title: "导入".to_owned(), changes: vec![late("Q02"), late("Q03"), late("Q04")] };
    let stamp = one.record(batch, now()).unwrap().stamp.clone();
    let reason = "单位申诉成立".to_owned();
    two.record(Change::Withdraw { entry: EntryId { stamp: stamp.clone(), part: 2 }, reason }, now()).unwrap();
    one.undo(now()).unwrap();
    for unit in ["Q02", "Q03", "Q04"] {
        check_score(&one, unit, "100");
    }
    let entry = one.ledger().entry(&EntryId { stamp, part: 2 }).unwrap();
    assert_eq!(entry.withdrawn.as_ref().unwrap().reason, "单位申诉成立");
    one.redo(now()).unwrap();
    check_score(&one, "Q02", "99.9");
    check_score(&one, "Q03", "100");
    assert_eq!(desk.faults(), []);
}

#[test]
fn undo_and_redo_reach_back_through_changes_of_one_entry() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    let stamp = year.record(late("Q02"), now()).unwrap().stamp.clone();
    let entry = EntryId { stamp, part: 0 };
    let Change::Deduct(mut to) = late("Q02") else { unreachable!() };
    to.count = 5;
    year.record(Change::Amend { entry: entry.clone(), to }, now()).unwrap();
    year.record(Change::Withdraw { entry, reason: "记错".to_owned() }, now()).unwrap();
    let mut shown = vec![score(&year, "Q02").to_string()];
    for _ in 0..3 {
        year.undo(now()).unwrap();
        shown.push(score(&year, "Q02").to_string());
    }
    for _ in 0..3 {
        year.redo(now()).unwrap();
        shown.push(score(&year, "Q02").to_string());
    }
    assert_eq!(shown, ["100", "99.5", "99.9", "100", "99.9", "99.5", "100"]);
}

#[test]
fn two_windows_that_open_at_once_and_write_in_turn_keep_the_chain() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("张三"), desk.open("张三"));
    // The second takes the first's journal while that one, open already, has not written yet.
    two.record(late("Q02"), now()).unwrap();
    drop(two);
    one.record(late("Q02"), now()).unwrap();
    check_score(&one, "Q02", "99.8");
    assert_eq!(desk.faults(), []);
    check_score(&desk.open("李四"), "Q02", "99.8");
}

#[test]
fn one_damaged_journal_does_not_swallow_what_others_wrote() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("张三"), desk.open("李四"));
    let mut three = desk.open("王五");
    three.record(late("Q03"), now()).unwrap();
    one.refresh().unwrap();
    let damaged = desk.journal();
    let sound = fs::read(&damaged).unwrap();
    two.record(late("Q02"), now()).unwrap();
    fs::write(&damaged, [&sound[..], b"junk\n"].concat()).unwrap();
    assert!(matches!(one.refresh(), Err(StoreError::Damaged(_))));
    fs::write(&damaged, &sound).unwrap();
    assert!(one.refresh().unwrap().n_records > 0);
    check_score(&one, "Q02", "99.9");
    // A journal that lost its end is seen too.
    fs::write(&damaged, &sound[..sound.len() / 2]).unwrap();
    let Err(StoreError::Damaged(faults)) = one.refresh() else { panic!("not seen") };
    assert_eq!(faults[0].kind, FaultKind::Journal(LineFault::Shortened));
}

/// Makes the journal what it was before its last line, as its writer does where that could not be synced.
fn take_back(path: &std::path::Path) {
    let bytes = fs::read(path).unwrap();
    let at = bytes[..bytes.len() - 1].iter().rposition(|it| *it == b'\n').unwrap() + 1;
    fs::OpenOptions::new().write(true).open(path).unwrap().set_len(at as u64).unwrap();
}

#[test]
fn a_line_that_was_taken_back_and_replaced_by_one_as_long_is_not_counted_on() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("张三"), desk.open("李四"));
    one.record(late("Q02"), now()).unwrap();
    one.record(late("Q03"), now()).unwrap();
    two.refresh().unwrap();
    check_score(&two, "Q03", "99.9");
    drop(one);
    take_back(&desk.journal());
    let mut one = desk.open("张三");
    one.record(late("Q04"), now()).unwrap();
    let news = two.refresh().unwrap();
    let gone: Vec<&Change> = news.withdrawn.iter().map(|it| &it.change).collect();
    assert_eq!((gone, two.generation()), (vec![&late("Q03")], 0));
    check_score(&two, "Q03", "100");
    check_score(&two, "Q04", "99.9");
    // Work goes on in both windows.
    one.record(late("Q05"), now()).unwrap();
    two.record(late("Q06"), now()).unwrap();
    one.refresh().unwrap();
    assert_eq!(one.records(), two.records());
    assert_eq!(desk.faults(), []);
}

#[test]
fn a_line_that_was_taken_back_is_not_counted_on() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("张三"), desk.open("李四"));
    one.record(late("Q02"), now()).unwrap();
    one.record(late("Q03"), now()).unwrap();
    two.refresh().unwrap();
    take_back(&desk.journal());
    assert_eq!(two.refresh().unwrap().withdrawn.len(), 1);
    check_score(&two, "Q03", "100");
    assert_eq!(two.refresh().unwrap().withdrawn.len(), 0);
    // Two lines less are more than anybody takes back.
    take_back(&desk.journal());
    take_back(&desk.journal());
    assert!(matches!(two.refresh(), Err(StoreError::Damaged(_))));
    check_score(&two, "Q02", "99.9");
}

#[test]
fn a_journal_that_is_there_no_more_is_missed_until_it_is_back() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("张三"), desk.open("李四"));
    one.record(late("Q02"), now()).unwrap();
    two.refresh().unwrap();
    let path = desk.journal();
    let elsewhere = path.with_extension("sync-conflict-1.ron");
    fs::rename(&path, &elsewhere).unwrap();
    for year in [&mut one, &mut two] {
        let Err(StoreError::Damaged(faults)) = year.refresh() else { panic!("not seen") };
        assert_eq!(faults[0].kind, FaultKind::FileMissing);
        assert!(year.record(late("Q03"), now()).is_err());
        check_score(year, "Q02", "99.9");
    }
    fs::rename(&elsewhere, &path).unwrap();
    two.refresh().unwrap();
    one.record(late("Q03"), now()).unwrap();
    two.record(late("Q04"), now()).unwrap();
    assert_eq!(desk.faults(), []);
}

#[test]
fn a_changed_rubric_is_seen_by_an_open_window_named_by_check_and_said_by_the_journal() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q02"), now()).unwrap();
    assert_eq!(desk.warnings(), []);
    desk.edit("rubrics/district.ron", "Count(each: 0.1, unit: \"次\")", "Count(each: 0.5, unit: \"次\")");
    assert_eq!(desk.warnings(), [("rubrics/district.ron".to_owned(), FaultKind::ChangedSince)]);
    year.record(late("Q03"), now()).unwrap();
    check_score(&year, "Q02", "99.5");
    check_score(&year, "Q03", "99.5");
    assert_eq!(desk.warnings(), []);
    let adoptions = year.records().iter().filter(|it| matches!(it.change, Change::Adopt { .. }));
    assert_eq!(adoptions.count(), 2);
}

#[test]
fn what_others_do_to_a_year_that_was_quiet_for_seconds_is_seen_too() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    // Only then are files of the same look not read again.
    std::thread::sleep(std::time::Duration::from_secs(4));
    year.record(late("Q02"), now()).unwrap();
    year.record(late("Q02"), now()).unwrap();
    assert_eq!(year.refresh().unwrap().n_records, 0);
    desk.open("李四").record(late("Q02"), now()).unwrap();
    assert_eq!(year.refresh().unwrap().n_records, 1);
    check_score(&year, "Q02", "99.7");
    // The same length, and even the same time.
    let path = desk.data.year_path(2023).join("rubrics/district.ron");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("Count(each: 0.1", "Count(each: 0.2", 1)).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    year.record(late("Q03"), now()).unwrap();
    check_score(&year, "Q02", "99.4");
    check_score(&year, "Q03", "99.8");
    let person = Person { by: "王五".to_owned(), machine: "PC-9".to_owned() };
    assert_eq!(OpenYear::open(&desk.data, 2023, person).unwrap().records(), year.records());
}

#[test]
fn units_with_undone_records_stay_too() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q02"), now()).unwrap();
    year.undo(now()).unwrap();
    let mut roster = year.ledger().roster().clone();
    roster.units.retain(|it| it.id != *"Q02");
    let refused = year.replace_roster(&roster, now());
    assert!(matches!(refused, Err(RecordError::Store(StoreError::UnitsInUse { .. }))));
}

#[test]
fn strays_and_torn_lines_are_worth_a_look() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q02"), now()).unwrap();
    drop(year);
    let journal = desk.journal();
    let folder = desk.data.year_path(2023);
    fs::write(folder.join("说明.txt"), "").unwrap();
    fs::write(folder.join("rubrics/~$district.ron"), "").unwrap();
    fs::write(folder.join("journal/a.sync-conflict-1.ron"), "").unwrap();
    let mut bytes = fs::read(&journal).unwrap();
    bytes.truncate(bytes.len() - 3);
    fs::write(&journal, bytes).unwrap();
    let kinds: Vec<FaultKind> = desk.warnings().into_iter().map(|it| it.1).collect();
    assert_eq!(
        kinds,
        [FaultKind::TornLine, FaultKind::StrayFile, FaultKind::StrayFile, FaultKind::StrayFile]
    );
    assert_eq!(desk.faults(), []);
}

#[test]
fn a_pipe_or_a_link_is_written_to_and_not_replaced() {
    let keep = tempfile::tempdir().unwrap();
    let (target, link) = (keep.path().join("target"), keep.path().join("link"));
    #[cfg(unix)]
    std::os::unix::fs::symlink(&target, &link).unwrap();
    #[cfg(not(unix))]
    fs::write(&link, "").unwrap();
    kaohe_store::write_file(&link, b"one").unwrap();
    kaohe_store::write_file(&link, b"two").unwrap();
    assert_eq!(fs::read(&link).unwrap(), b"two");
    if cfg!(unix) {
        assert_eq!(fs::read(&target).unwrap(), b"two");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        kaohe_store::write_file(std::path::Path::new("/dev/null"), b"x").unwrap();
        assert!(!fs::symlink_metadata("/dev/null").unwrap().is_file());
    }
}

#[test]
fn what_an_editor_or_a_cut_does_to_a_journal_is_told_apart() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    year.record(late("Q01"), now()).unwrap();
    drop(year);
    let sound = fs::read(desk.journal()).unwrap();
    let text = String::from_utf8(sound.clone()).unwrap();
    let with_nul = text.replacen("late", "l\0te", 1).into_bytes();
    let gb18030 = encoding_rs::GB18030.encode(&text).0.into_owned();
    let n_lines = u32::try_from(text.lines().count()).unwrap();
    for (bytes, fault, n_faults) in [
        (text.replace('\n', "\r\n").into_bytes(), LineFault::CarriageReturn, n_lines),
        (format!("\u{feff}{text}").into_bytes(), LineFault::ByteOrderMark, 1),
        (format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes(), LineFault::ByteOrderMark, 1),
        (with_nul, LineFault::NulBytes, 1),
        (gb18030, LineFault::OtherEncoding, 1),
    ] {
        fs::write(desk.journal(), &bytes).unwrap();
        let found = desk.faults();
        let n_found = found.iter().filter(|it| it.1 == FaultKind::Journal(fault.clone())).count();
        assert_eq!(u32::try_from(n_found).unwrap(), n_faults, "{fault:?}: {found:?}");
    }
    fs::write(desk.journal(), &sound).unwrap();
    assert!(desk.faults().is_empty());
}

#[test]
fn a_rubric_is_adopted_in_a_folder_that_nobody_has_touched_for_a_while() {
    let desk = Desk::new();
    // Files are looked at again only where they may have changed, which nobody can tell for three seconds.
    std::thread::sleep(std::time::Duration::from_secs(4));
    let mut year = desk.open("张三");
    year.record(late("Q01"), now()).unwrap();
    let rubric = fs::read_to_string(desk.data.year_path(2023).join("rubrics/district.ron")).unwrap();
    let other = rubric.replacen("Count(each: 0.1", "Count(each: 0.5", 1);
    year.replace_rubric("new.ron", other.as_bytes(), now()).unwrap();
    year.undo(now()).unwrap();
    year.redo(now()).unwrap();
    assert!(fs::read_to_string(desk.data.year_path(2023).join("rubrics/district.ron")).unwrap() == other);
}

#[cfg(unix)]
#[test]
fn a_rubric_behind_a_link_is_seen_when_it_changes_and_when_it_is_replaced() {
    let desk = Desk::new();
    let path = desk.data.year_path(2023).join("rubrics/district.ron");
    let target = desk.data.path().join("district-of-all.ron");
    fs::rename(&path, &target).unwrap();
    std::os::unix::fs::symlink(&target, &path).unwrap();
    let mut year = desk.open("张三");
    let rubric = fs::read_to_string(&target).unwrap();
    let other = rubric.replacen("Count(each: 0.1", "Count(each: 0.5", 1);
    year.replace_rubric("new.ron", other.as_bytes(), now()).unwrap();
    // Only then are files of the same look not read again.
    std::thread::sleep(std::time::Duration::from_secs(4));
    year.record(late("Q02"), now()).unwrap();
    check_score(&year, "Q02", "99.5");
    // What was recorded since stays.
    let adopted = year.records().iter().find(|it| matches!(it.change, Change::ReplaceRubric { .. }));
    let Change::ReplaceRubric { path, from, to } = adopted.unwrap().change.clone() else { unreachable!() };
    year.record(Change::ReplaceRubric { path, from: to, to: from }, now()).unwrap();
    check_score(&year, "Q02", "99.9");
    fs::write(&target, &other).unwrap();
    year.record(late("Q03"), now()).unwrap();
    check_score(&year, "Q02", "99.5");
}

#[test]
fn no_record_puts_a_rubric_in_the_place_of_another_file() {
    let desk = Desk::new();
    let mut year = desk.open("张三");
    let rubric = fs::read_to_string(desk.data.year_path(2023).join("rubrics/district.ron")).unwrap();
    let other = rubric.replacen("Count(each: 0.1", "Count(each: 0.5", 1);
    let replaced = year.replace_rubric("new.ron", other.as_bytes(), now()).unwrap().change.clone();
    let Change::ReplaceRubric { to, .. } = replaced else { panic!("{replaced:?}") };
    let adopted = year.records().iter().find_map(|it| match &it.change {
        Change::Adopt { files } => files.iter().find(|it| it.path == "year.ron").cloned(),
        _ => None,
    });
    let settings = fs::read(desk.data.year_path(2023).join("year.ron")).unwrap();
    let path = "year.ron".to_owned();
    let crafted = Change::ReplaceRubric { path: path.clone(), from: adopted.unwrap().digest, to };
    let refused = year.record(crafted, now());
    assert!(
        matches!(&refused, Err(RecordError::Store(StoreError::VersionMissing { path: it })) if *it == path),
        "{refused:?}"
    );
    assert!(fs::read(desk.data.year_path(2023).join("year.ron")).unwrap() == settings);
}

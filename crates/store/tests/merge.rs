//! Copies of a year, changed apart and merged.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kaohe_core::{Change, Clash, Counts, Deduction, Mark};
use kaohe_store::{
    DataFolder, FaultKind, FileFault, Merge, NewYear, OpenYear, Person, RecordError, StoreError, YearCopy,
};
use proptest::prelude::*;

/// Copies of one year on several machines, by name.
struct Copies {
    keep: tempfile::TempDir,
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

impl Copies {
    /// One copy, named `a`.
    fn new() -> Copies {
        let copies = Copies { keep: tempfile::tempdir().unwrap() };
        NewYear::builtin(2023).create(&copies.data("a")).unwrap();
        copies
    }

    fn data(&self, name: &str) -> DataFolder {
        DataFolder::at(self.keep.path().join(name))
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.data(name).year_path(2023)
    }

    fn open(&self, name: &str, by: &str) -> OpenYear {
        OpenYear::open(&self.data(name), 2023, person(by)).unwrap()
    }

    fn copy(&self, from: &str, to: &str) {
        for (path, bytes) in files(&self.folder(from)) {
            let path = self.folder(to).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    fn merge(&self, from: &str, into: &str) -> Result<Merge, StoreError> {
        let merged = self.data(into).merge(&YearCopy::find(&self.folder(from), Some(2023), 2023)?);
        merged.map_err(|error| match error {
            RecordError::Store(error) => error,
            other => panic!("{other:?}"),
        })
    }

    fn file(&self, name: &str, file: &str) -> PathBuf {
        self.folder(name).join(file)
    }

    fn journal(&self, name: &str, by: &str) -> PathBuf {
        let is_of = |it: &PathBuf| {
            it.extension().is_some_and(|it| it == "ron")
                && fs::read_to_string(it).unwrap().contains(&format!("by:\"{by}\""))
        };
        let folder = fs::read_dir(self.file(name, "journal")).unwrap();
        folder.map(|it| it.unwrap().path()).find(is_of).unwrap()
    }

    /// Says that merging is refused with these faults and changes nothing.
    #[track_caller]
    fn check_refused(&self, from: &str, into: &str, expected: &[(&str, Option<u32>, FaultKind)]) {
        let before = (files(&self.folder(from)), files(&self.folder(into)));
        let result = self.merge(from, into);
        let (Err(StoreError::Unmergeable(faults)) | Err(StoreError::Input(faults))) = result else {
            panic!("{result:?}")
        };
        let found: Vec<(&str, Option<u32>, FaultKind)> = faults.iter().map(short).collect();
        assert_eq!(found, expected);
        assert!(before == (files(&self.folder(from)), files(&self.folder(into))), "files have changed");
    }
}

/// The file's name without its folder and the writer's digest, the line, and what it is.
fn short(fault: &FileFault) -> (&str, Option<u32>, FaultKind) {
    let name = Path::new(&fault.file).file_name().unwrap().to_str().unwrap();
    let name = name.split_once('-').map_or(name, |it| it.0);
    (name, fault.position.map(|it| it.line), fault.kind.clone())
}

fn person(by: &str) -> Person {
    Person { by: by.to_owned(), machine: "PC-1".to_owned() }
}

fn now() -> Timestamp {
    "2023-11-06T01:12:33Z".parse().unwrap()
}

/// All files of a year but the empty ones that locks stand on.
fn files(folder: &Path) -> Files {
    fn collect(root: &Path, folder: &Path, files: &mut Files) {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                collect(root, &path, files);
            } else if path.extension().is_none_or(|it| it != "lock") {
                files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    collect(folder, folder, &mut files);
    files
}

fn late(unit: &str) -> Change {
    let date = jiff::civil::date(2023, 11, 6);
    Change::Deduct(Deduction::once(unit.into(), "proactive".into(), "late".into(), date))
}

fn self_score(unit: &str, to: u32) -> Change {
    let to = Some(to.to_string().parse().unwrap());
    Change::SelfScore { unit: unit.into(), indicator: "window".into(), to, note: String::new() }
}

/// One step of somebody's work; the numbers choose among what is there.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Deduct(usize),
    SelfScore(usize, u32),
    Review(usize),
    NotApplicable(usize),
    Withdraw(usize),
    Amend(usize),
    Batch(usize),
    Undo,
    Redo,
}

fn deeds() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0..3_usize).prop_map(Deed::Deduct),
        (0..3_usize, 1..4_u32).prop_map(|(unit, to)| Deed::SelfScore(unit, to)),
        (0..3_usize).prop_map(Deed::Review),
        (0..3_usize).prop_map(Deed::NotApplicable),
        (0..9_usize).prop_map(Deed::Withdraw),
        (0..9_usize).prop_map(Deed::Amend),
        (0..3_usize).prop_map(Deed::Batch),
        Just(Deed::Undo),
        Just(Deed::Redo),
    ]
}

/// Does it where it can be done; what the ledger refuses leaves no trace.
fn work(year: &mut OpenYear, deed: Deed) {
    const UNITS: [&str; 3] = ["Q01", "Q02", "Z01"];
    let entries = || -> Vec<_> {
        let ledger = year.ledger();
        let sheets = (0..ledger.roster().units.len()).map(|it| ledger.sheet(it));
        sheets.flat_map(|it| &it.cells).flat_map(|it| &it.entries).cloned().collect()
    };
    let place = |unit: usize| (UNITS[unit].into(), "new-media".into());
    let change = match deed {
        Deed::Deduct(unit) => late(UNITS[unit]),
        Deed::SelfScore(unit, to) => {
            let (unit, indicator) = place(unit);
            let to = Some(to.to_string().parse().unwrap());
            Change::SelfScore { unit, indicator, to, note: String::new() }
        }
        Deed::Review(unit) => {
            let (unit, indicator) = place(unit);
            Change::Review { unit, indicator, to: Mark::Reviewed }
        }
        Deed::NotApplicable(unit) => {
            let (unit, indicator) = place(unit);
            Change::NotApplicable { unit, indicator, reason: Some("无".to_owned()) }
        }
        Deed::Withdraw(nth) => {
            let entries = entries();
            let Some(entry) = entries.get(nth % entries.len().max(1)) else { return };
            Change::Withdraw { entry: entry.id.clone(), reason: "重复".to_owned() }
        }
        Deed::Amend(nth) => {
            let entries = entries();
            let Some(entry) = entries.get(nth % entries.len().max(1)) else { return };
            let mut to = (*entry.deduction).clone();
            to.count += 1;
            Change::Amend { entry: entry.id.clone(), to }
        }
        Deed::Batch(unit) => {
            Change::Batch { title: "一批".to_owned(), changes: vec![late(UNITS[unit]), late("Q05")] }
        }
        Deed::Undo => {
            let _ = year.undo(now());
            return;
        }
        Deed::Redo => {
            let _ = year.redo(now());
            return;
        }
    };
    let _ = year.record(change, now());
}

/// What the records of a year come to.
fn state(year: &OpenYear) -> String {
    let ledger = year.ledger();
    let units = 0..ledger.roster().units.len();
    let sheets: Vec<_> = units.map(|it| (ledger.sheet(it), ledger.score(it))).collect();
    format!("{sheets:?}{:?}{:?}{:?}", ledger.unresolved(), ledger.adopted(), year.records())
}

/// The same clash as the other side sees it.
fn mirror(clash: Clash) -> Clash {
    let counts = match clash.counts {
        Counts::Ours => Counts::Theirs,
        Counts::Theirs => Counts::Ours,
        both @ (Counts::Both | Counts::Twice) => both,
    };
    Clash { ours: clash.theirs, theirs: clash.ours, counts }
}

const NAMES: [&str; 3] = ["a", "b", "c"];
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was done in which copy, by whom: in every order, by way of every copy, and twice, the same comes out.
    #[test]
    fn any_order_gives_the_same_year(
        before in prop::collection::vec((0..3_usize, deeds()), 0..8),
        after in prop::collection::vec((0..3_usize, 0..2_usize, deeds()), 1..16),
    ) {
        let copies = Copies::new();
        for (who, deed) in &before {
            work(&mut copies.open("a", NAMES[*who]), *deed);
        }
        copies.copy("a", "b");
        copies.copy("a", "c");
        // In each copy one of those who were there before goes on, and somebody new writes.
        for (idx, who, deed) in &after {
            let new = format!("new-{}", NAMES[*idx]);
            let by = if *who == 0 { NAMES[*idx] } else { new.as_str() };
            work(&mut copies.open(NAMES[*idx], by), *deed);
        }
        let mut outcomes: Vec<(Files, String)> = Vec::new();
        for (n, [first, second, third]) in ORDERS.into_iter().enumerate() {
            // The first takes in the second and then the third; and it takes in what the second made of both.
            let (one, two, mid) = (format!("one{n}"), format!("two{n}"), format!("mid{n}"));
            copies.copy(NAMES[first], &one);
            copies.merge(NAMES[second], &one).unwrap();
            copies.merge(NAMES[third], &one).unwrap();
            copies.copy(NAMES[second], &mid);
            copies.merge(NAMES[third], &mid).unwrap();
            copies.copy(NAMES[first], &two);
            copies.merge(&mid, &two).unwrap();
            for name in [&one, &two] {
                let once = files(&copies.folder(name));
                for again in [NAMES[first], NAMES[second], NAMES[third], name.as_str()] {
                    prop_assert_eq!(copies.merge(again, name).unwrap().arrived, []);
                }
                prop_assert!(once == files(&copies.folder(name)));
                prop_assert_eq!(copies.data(name).check(2023).unwrap(), []);
                outcomes.push((once, state(&copies.open(name, "x"))));
            }
        }
        // Either side is told the same of what clashes.
        for [one, other] in [["a", "b"], ["b", "c"], ["c", "a"]] {
            let (to_one, to_other) = (format!("{one}-{other}"), format!("{other}-{one}"));
            copies.copy(one, &to_one);
            copies.copy(other, &to_other);
            let told = copies.merge(other, &to_one).unwrap().clashes;
            let mirrored = copies.merge(one, &to_other).unwrap().clashes;
            let mut told: Vec<String> = told.into_iter().map(|it| format!("{it:?}")).collect();
            let mut mirrored: Vec<String> =
                mirrored.into_iter().map(|it| format!("{:?}", mirror(it))).collect();
            told.sort();
            mirrored.sort();
            prop_assert_eq!(told, mirrored);
        }
        for other in &outcomes[1..] {
            prop_assert!(outcomes[0].0 == other.0, "files differ");
            prop_assert_eq!(&outcomes[0].1, &other.1);
        }
        let mut n_records = 0;
        for name in NAMES {
            for record in copies.open(name, "x").records() {
                let is_kept = outcomes[0].1.contains(&format!("{record:?}"));
                prop_assert!(is_kept, "{:?} is lost", record);
                n_records += 1;
            }
        }
        prop_assert!(n_records > 0 || after.iter().all(|it| !matches!(it.2, Deed::Deduct(_))));
    }
}

/// Two copies, in each of which 张三 did one thing; then these did more.
fn parted(in_a: &str, in_b: &str) -> Copies {
    let copies = Copies::new();
    copies.open("a", "zhang").record(late("Q02"), now()).unwrap();
    copies.copy("a", "b");
    copies.open("a", in_a).record(late("Q03"), now()).unwrap();
    copies.open("b", in_b).record(late("Q04"), now()).unwrap();
    copies
}

#[test]
fn what_came_in_is_counted_by_person() {
    let copies = parted("zhang", "li");
    let merge = copies.merge("b", "a").unwrap();
    let arrived: Vec<(&str, usize)> = merge.arrived.iter().map(|it| (it.by.as_str(), it.n_records)).collect();
    assert_eq!(arrived, [("li", 1)]);
    assert_eq!(copies.open("a", "x").records().len(), 4);
}

#[test]
fn one_writer_who_went_on_in_both_is_refused_either_way() {
    let copies = parted("zhang", "zhang");
    for (from, into) in [("a", "b"), ("b", "a")] {
        copies.check_refused(from, into, &[("zhang", Some(4), FaultKind::Parted)]);
    }
}

#[test]
fn other_rubrics_roster_and_settings_are_all_named() {
    let copies = parted("zhang", "li");
    for file in ["year.ron", "units.ron", "rubrics/township.ron"] {
        let text = fs::read_to_string(copies.file("b", file)).unwrap();
        fs::write(copies.file("b", file), format!("{text}// 改\n")).unwrap();
    }
    let text = fs::read_to_string(copies.file("b", "rubrics/district.ron")).unwrap();
    fs::write(copies.file("b", "rubrics/extra.ron"), text).unwrap();
    let last_line = |file: &str| {
        let text = fs::read_to_string(copies.file("a", file)).unwrap();
        Some(u32::try_from(text.lines().count() + 1).unwrap())
    };
    copies.check_refused(
        "b",
        "a",
        &[
            ("township.ron", last_line("rubrics/township.ron"), FaultKind::CopiesDiffer),
            ("units.ron", last_line("units.ron"), FaultKind::CopiesDiffer),
            ("year.ron", last_line("year.ron"), FaultKind::CopiesDiffer),
            ("extra.ron", None, FaultKind::InOneCopy { is_here: false }),
        ],
    );
}

#[test]
fn every_flipped_byte_of_the_copy_is_refused() {
    let copies = parted("zhang", "li");
    let path = copies.journal("b", "li");
    let whole = fs::read(&path).unwrap();
    let before = files(&copies.folder("a"));
    // All but the last, the line end: without it the line is a torn one.
    for idx in 0..whole.len() - 1 {
        let mut flipped = whole.clone();
        flipped[idx] ^= 0x20;
        fs::write(&path, flipped).unwrap();
        assert!(matches!(copies.merge("b", "a"), Err(StoreError::Input(_))), "byte {idx}");
    }
    assert!(before == files(&copies.folder("a")));
}

#[test]
fn torn_lines_of_either_side_are_no_part_of_the_year() {
    for torn in ["a", "b"] {
        let copies = parted("li", "zhang");
        copies.merge("b", "a").unwrap();
        let whole = files(&copies.folder("a"));
        let mut zhang = copies.open("b", "zhang");
        zhang.record(late("Q05"), now()).unwrap();
        drop(zhang);
        let path = copies.journal(torn, "zhang");
        fs::write(&path, [fs::read(&path).unwrap().as_slice(), b"(n:99,at:"].concat()).unwrap();
        let merge = copies.merge("b", "a").unwrap();
        assert_eq!(merge.torn.len(), usize::from(torn == "b"));
        assert_eq!(merge.arrived[0].n_records, 1);
        let mut merged = files(&copies.folder("a"));
        let aside = merged.keys().find(|it| it.extension().is_some_and(|it| it == "torn")).cloned();
        assert_eq!(aside.is_some(), torn == "a");
        if let Some(aside) = aside {
            assert_eq!(merged.remove(&aside).unwrap(), b"(n:99,at:\n");
        }
        assert_eq!(merged.len(), whole.len());
        copies.open("a", "x");
    }
}

#[test]
fn a_journal_in_use_is_never_replaced() {
    let copies = parted("li", "zhang");
    // 张三 has a window open here, with the journal that the copy has longer.
    let mut here = copies.open("a", "zhang");
    let refused = here.record(late("nobody"), now());
    assert!(refused.is_err());
    copies.merge("b", "a").unwrap();
    here.refresh().unwrap();
    here.record(late("Q06"), now()).unwrap();
    copies.copy("a", "b");
    copies.open("b", "zhang").record(late("Q07"), now()).unwrap();
    copies.check_refused("b", "a", &[("zhang", None, FaultKind::InUse)]);
    drop(here);
    copies.merge("b", "a").unwrap();
    // A window that was open all the time reads on where it was.
    let mut reader = copies.open("a", "wang");
    copies.open("b", "zhang").record(self_score("Q08", 9), now()).unwrap();
    copies.merge("b", "a").unwrap();
    assert_eq!(reader.refresh().unwrap().n_records, 1);
}

#[test]
fn kept_versions_of_rubrics_come_along_and_undo_works_with_them() {
    let copies = parted("zhang", "li");
    let text = fs::read_to_string(copies.file("b", "rubrics/district.ron")).unwrap();
    let other = text.replacen("title: \"", "title: \"新", 1);
    let mut li = copies.open("b", "li");
    li.replace_rubric("new.ron", other.as_bytes(), now()).unwrap();
    let line = text.lines().zip(other.lines()).position(|(one, other)| one != other).unwrap() + 1;
    let line = u32::try_from(line).ok();
    copies.check_refused("b", "a", &[("district.ron", line, FaultKind::CopiesDiffer)]);
    // Settled by taking the other one here too.
    copies.open("a", "zhang").replace_rubric("new.ron", other.as_bytes(), now()).unwrap();
    fs::remove_dir_all(copies.file("a", "versions")).unwrap();
    assert_eq!(copies.merge("b", "a").unwrap().n_versions, 2);
    assert_eq!(copies.data("a").check(2023).unwrap(), []);
    let version = fs::read_dir(copies.file("b", "versions")).unwrap().next().unwrap().unwrap().path();
    fs::write(&version, "Rubric()").unwrap();
    let name = version.file_name().unwrap().to_str().unwrap().to_owned();
    copies.check_refused("b", "a", &[(&name, None, FaultKind::VersionDamaged)]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_copy() {
    let copies = parted("zhang", "li");
    let (inside, outside) = (copies.journal("b", "li"), copies.keep.path().join("li.ron"));
    fs::rename(&inside, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &inside).unwrap();
    copies.check_refused("b", "a", &[("li", None, FaultKind::LeadsOut)]);
    fs::remove_file(&inside).unwrap();
    fs::create_dir(&inside).unwrap();
    copies.check_refused("b", "a", &[("li", None, FaultKind::LeadsOut)]);
}

#[test]
fn what_is_no_copy_is_said_and_a_data_folder_will_do() {
    let copies = parted("zhang", "li");
    let find = |path: &Path, wanted| YearCopy::find(path, wanted, 2023);
    assert!(matches!(find(copies.keep.path(), None), Err(StoreError::NotACopy { year: 2023, .. })));
    assert!(matches!(find(&copies.folder("b"), Some(2022)), Err(StoreError::NotACopy { year: 2022, .. })));
    let copy = find(&copies.keep.path().join("b"), None).unwrap();
    assert_eq!(copies.data("a").merge(&copy).unwrap().arrived.len(), 1);
    assert_eq!(YearCopy::find(&copies.folder("b"), None, 1999).unwrap().year(), 2023);
}

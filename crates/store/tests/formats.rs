//! Every format that ever shipped stays readable: the folders in `test_data` are never written again.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use kaohe_core::{Change, Deduction, Refusal, State};
use kaohe_store::{AsOf, DataFolder, FaultKind, OpenYear, Person, RecordError};

/// A copy of one of the folders.
struct Desk {
    data: DataFolder,
    _keep: tempfile::TempDir,
}

impl Desk {
    fn open(&self, by: &str) -> OpenYear {
        let person = Person { by: by.to_owned(), machine: "PC-3".to_owned() };
        OpenYear::open(&self.data, 2023, person).unwrap()
    }
}

fn now() -> Timestamp {
    "2026-12-01T01:00:00Z".parse().unwrap()
}

fn late(unit: &str) -> Change {
    let date = jiff::civil::date(2023, 11, 6);
    Change::Deduct(Deduction::once(unit.into(), "proactive".into(), "late".into(), date))
}

#[track_caller]
fn check_score(year: &OpenYear, unit: &str, expected: &str) {
    let unit_idx = year.ledger().find_unit(unit).unwrap();
    assert_eq!(year.ledger().score(unit_idx).score.to_string(), expected);
}

#[test]
fn format_1_is_read() {
    let desk = golden("format-1");
    let data = &desk.data;
    assert_eq!(data.check(2023).unwrap(), []);
    let mut year = desk.open("李四");
    // 0.1 late, 0.2 notice after its amendment, 0.3 missing, and one indicator that does not concern the unit.
    check_score(&year, "Q02", "99.4");
    check_score(&year, "Q03", "99.75");
    check_score(&year, "Z01", "80");
    let unit = year.ledger().find_unit("Q02").unwrap();
    assert_eq!(year.ledger().score(unit).indicators[8].state, State::NotApplicable);
    assert_eq!(year.ledger().score(unit).indicators[1].self_score, None);
    assert_eq!(year.records().len(), 13);
    // And work goes on in it.
    year.record(late("Q02"), now()).unwrap();
    assert_eq!(data.check(2023).unwrap(), []);
}

/// Copies one of the folders.
fn golden(name: &str) -> Desk {
    let keep = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("test_data").join(name), keep.path());
    Desk { data: DataFolder::at(keep.path()), _keep: keep }
}

/// A year with an import, an undo and a redo, another rubric, fixed, reopened and fixed again.
#[test]
fn a_fixed_year_of_format_1_is_read_and_still_takes_nothing() {
    let desk = golden("format-1-fixed");
    assert_eq!(desk.data.check(2023).unwrap(), []);
    let mut year = desk.open("王五");
    // Twice 0.2 by the rubric that was put in place, and 0.3.
    check_score(&year, "Q02", "99.3");
    check_score(&year, "Q07", "99.8");
    assert_eq!(
        year.ledger().score(year.ledger().find_unit("Q02").unwrap()).indicators[8].state,
        State::NotApplicable
    );
    let fixed = year.ledger().finalised().unwrap();
    assert_eq!((fixed.by.as_str(), fixed.digest.as_str()), ("张三", "c3d37d213b11e07f67ace161ca660779"));
    let refused = year.record(late("Q02"), now());
    assert!(matches!(refused, Err(RecordError::Refused(Refusal::Finalised { .. }))), "{refused:?}");
    // As it was under the first rubric.
    let as_of = AsOf::Record("5@w-fa3f07".parse().unwrap());
    let then = desk.data.view(2023, Some(&as_of)).unwrap();
    let unit = then.ledger.find_unit("Q02").unwrap();
    assert_eq!((then.lost, then.ledger.score(unit).score.to_string()), (Vec::new(), "99.5".to_owned()));
    year.record(Change::Reopen { reason: "补记".to_owned() }, now()).unwrap();
    year.record(late("Q02"), now()).unwrap();
    check_score(&year, "Q02", "99.1");
}

/// A year with a torn line set aside and a damaged one in quarantine.
#[test]
fn a_repaired_year_of_format_1_is_read_and_goes_on() {
    let desk = golden("format-1-repaired");
    let found = desk.data.check(2023).unwrap();
    let quarantine = Some("journal/09a0550d0827ffad5f9072e90ecd5a64.bad".to_owned());
    let kinds: Vec<&FaultKind> = found.iter().map(|it| &it.kind).collect();
    assert_eq!(kinds, [&FaultKind::Repaired { n_lines: 1, quarantine }, &FaultKind::SetAside]);
    let mut year = desk.open("王五");
    check_score(&year, "Q02", "99.5");
    check_score(&year, "Q07", "99.9");
    assert!(year.records().iter().any(|it| matches!(it.change, Change::Repair { lines: 1, .. })));
    year.record(late("Q02"), now()).unwrap();
    assert_eq!(desk.data.check(2023).unwrap(), found);
}

fn copy(from: &Path, to: &Path) {
    for item in fs::read_dir(from).unwrap().map(|it| it.unwrap()) {
        let target = to.join(item.file_name());
        if item.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&item.path(), &target);
        } else {
            fs::copy(item.path(), target).unwrap();
        }
    }
}

//! Units that are no longer assessed (停用): their records stay, and they have no part in anything of the class.

#![expect(clippy::unwrap_used, reason = "a test may unwrap")]

use jiff::Timestamp;
use jiff::civil::date;
use kaohe_core::{
    Change, Deduction, IndicatorId, Mark, RankOptions, Refusal, Roster, Unit, class_statistics, rank,
};
use kaohe_store::{
    DataFolder, NewYear, OpenYear, Person, RecordError, StoreError, read_roster, write_roster,
};
use tempfile::TempDir;

fn now() -> Timestamp {
    "2023-11-06T01:12:33Z".parse().unwrap()
}

fn open(keep: &TempDir) -> OpenYear {
    let person = Person { by: "张三".to_owned(), machine: "PC-1".to_owned() };
    OpenYear::open(&DataFolder::at(keep.path()), 2023, person).unwrap()
}

fn year_2023() -> (TempDir, OpenYear) {
    let keep = tempfile::tempdir().unwrap();
    NewYear::builtin(2023).create(&DataFolder::at(keep.path())).unwrap();
    let year = open(&keep);
    (keep, year)
}

/// Retires a unit, or brings it back where there is no reason.
fn retire(year: &mut OpenYear, unit: &str, reason: &str) {
    let mut roster = year.ledger().roster().clone();
    roster.units.iter_mut().find(|it| it.id.as_str() == unit).unwrap().retired = reason.to_owned();
    year.replace_roster(&roster, now()).unwrap();
}

fn review(unit: &str, indicator: IndicatorId) -> Change {
    Change::Review { unit: unit.into(), indicator, to: Mark::Reviewed }
}

fn deduct_once(year: &mut OpenYear, unit: &str) -> Result<(), RecordError> {
    let indicator = year.ledger().rubrics()[0].indicator(0);
    let deduction =
        Deduction::once(unit.into(), indicator.id.clone(), indicator.rules[0].id.clone(), date(2023, 6, 1));
    year.record(Change::Deduct(deduction), now()).map(|_| ())
}

#[test]
fn a_retired_unit_keeps_its_records_and_leaves_the_class() {
    let (keep, mut year) = year_2023();
    deduct_once(&mut year, "Q02").unwrap();
    retire(&mut year, "Q02", "并入区发展和改革局");
    let ledger = year.ledger();
    let unit_idx = ledger.find_unit("Q02").unwrap();
    assert_eq!(ledger.score(unit_idx).score.to_string(), "99.9");
    assert_eq!(ledger.n_entries(), 1);
    assert!(!ledger.units_of(0).contains(&unit_idx));
    assert_eq!(ledger.retired_of(0), [unit_idx]);
    let all = RankOptions { provisional: true };
    assert!(rank(ledger, 0, all).iter().all(|it| it.unit_idx != unit_idx));
    let figures = &class_statistics(ledger, all)[0];
    assert_eq!((figures.n_units, figures.lowest.unwrap().to_string().as_str()), (25, "100"));
    assert!(!ledger.unfinished().contains(&unit_idx));
    // Nothing about it is wrong.
    assert_eq!(DataFolder::at(keep.path()).check(2023).unwrap(), []);
    drop(year);
    assert!(open(&keep).ledger().unit(unit_idx).is_retired());
}

#[test]
fn nothing_new_is_recorded_of_it_until_it_is_back() {
    let (_keep, mut year) = year_2023();
    deduct_once(&mut year, "Q02").unwrap();
    retire(&mut year, "Q02", "撤销");
    let Err(RecordError::Refused(refusal)) = deduct_once(&mut year, "Q02") else { panic!("it was recorded") };
    assert_eq!(refusal, Refusal::UnitRetired { unit: "Q02".into(), reason: "撤销".to_owned() });
    // What was wrong in what is there can be put right all the same.
    year.undo(now()).unwrap();
    year.redo(now()).unwrap();
    retire(&mut year, "Q02", "");
    deduct_once(&mut year, "Q02").unwrap();
    let unit_idx = year.ledger().find_unit("Q02").unwrap();
    assert_eq!(year.ledger().score(unit_idx).score.to_string(), "99.8");
}

#[test]
fn what_was_recorded_elsewhere_meanwhile_counts() {
    let (keep, mut year) = year_2023();
    let other = Person { by: "李四".to_owned(), machine: "PC-2".to_owned() };
    let mut other = OpenYear::open(&DataFolder::at(keep.path()), 2023, other).unwrap();
    deduct_once(&mut other, "Q02").unwrap();
    retire(&mut year, "Q02", "撤销");
    year.refresh().unwrap();
    assert_eq!(year.ledger().n_entries(), 1);
    assert_eq!(year.ledger().unresolved(), []);
}

#[test]
fn a_year_is_finished_without_its_retired_units() {
    let (_keep, mut year) = year_2023();
    let units: Vec<String> = year.ledger().roster().units.iter().map(|it| it.id.to_string()).collect();
    for unit in units.iter().skip(1) {
        let unit_idx = year.ledger().find_unit(unit).unwrap();
        let rubric = year.ledger().rubric_of(unit_idx);
        let changes = rubric.indicators().map(|it| review(unit, it.id.clone())).collect();
        year.record(Change::Batch { title: "复核".to_owned(), changes }, now()).unwrap();
    }
    assert_eq!(year.ledger().unfinished(), [0]);
    retire(&mut year, &units[0], "撤销");
    assert_eq!(year.ledger().unfinished(), []);
}

#[test]
fn a_unit_with_records_is_retired_never_removed() {
    let (_keep, mut year) = year_2023();
    deduct_once(&mut year, "Q02").unwrap();
    retire(&mut year, "Q02", "撤销");
    let mut roster = year.ledger().roster().clone();
    roster.units.retain(|it| it.id.as_str() != "Q02");
    let removed = year.replace_roster(&roster, now());
    assert!(matches!(removed, Err(RecordError::Store(StoreError::UnitsInUse { .. }))), "{removed:?}");
}

#[test]
fn the_others_are_not_held_against_who_is_retired() {
    let keep = tempfile::tempdir().unwrap();
    let rubric = include_bytes!("../../../rubrics/examples/hotline.ron").to_vec();
    let unit = |id: &str| Unit {
        id: id.into(),
        name: format!("单位{id}"),
        track: "承办单位".into(),
        short: String::new(),
        pinyin: String::new(),
        tags: Vec::new(),
        note: String::new(),
        retired: String::new(),
    };
    let roster = Roster { note: String::new(), units: ["C1", "C2", "C3"].map(unit).to_vec() };
    let new = NewYear::builtin(2023).with_rubrics(&[("a.ron".to_owned(), rubric)]).unwrap();
    new.with_roster(roster).create(&DataFolder::at(keep.path())).unwrap();
    let mut year = open(&keep);
    let rubric = &year.ledger().rubrics()[0];
    let (indicator_idx, rule_idx) = rubric
        .indicators()
        .enumerate()
        .find_map(|(idx, it)| Some((idx, it.rules.iter().position(|it| it.measure.hangs_on_class())?)))
        .unwrap();
    let indicator = rubric.indicator(indicator_idx).clone();
    for (unit, value) in [("C1", "90"), ("C2", "80"), ("C3", "70")] {
        let mut deduction = Deduction::once(
            unit.into(),
            indicator.id.clone(),
            indicator.rules[rule_idx].id.clone(),
            date(2023, 6, 1),
        );
        deduction.value = Some(value.parse().unwrap());
        year.record(Change::Deduct(deduction), now()).unwrap();
    }
    let values = |year: &OpenYear| {
        year.ledger().rank_table(0, indicator_idx, rule_idx).unwrap().values.iter().map(|it| it.0).collect()
    };
    let all: Vec<usize> = values(&year);
    assert_eq!(all, [0, 1, 2]);
    retire(&mut year, "C1", "撤销");
    let left: Vec<usize> = values(&year);
    assert_eq!(left, [1, 2]);
    // Its own score is there still, and recording of the others goes on.
    assert_eq!(year.ledger().score(0).indicators.len(), year.ledger().rubrics()[0].n_indicators());
    year.record(review("C2", indicator.id), now()).unwrap();
}

#[test]
fn the_reason_is_in_the_file_only_where_there_is_one() {
    let (_keep, year) = year_2023();
    let mut roster = year.ledger().roster().clone();
    assert!(!write_roster(&roster).contains("retired"));
    roster.units[0].retired = "并入“区发改委”".to_owned();
    let text = write_roster(&roster);
    let tracks = ["区直".into(), "乡镇".into()];
    assert_eq!(read_roster("units.ron", text.as_bytes(), &tracks).unwrap(), roster);
}

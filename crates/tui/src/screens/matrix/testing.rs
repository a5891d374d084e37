//! A class to test with.

use jiff::Timestamp;
use kaohe_core::{
    Change, Deduction, Indicator, IndicatorId, Ledger, Mark, Measure, Points, Record, RecordKind, Roster,
    Rubric, Rule, Section, Settings, Stamp, Start, Unit, UnitId,
};

/// Returns a class with one unit per word, and one indicator of ten points: a word is what the unit has lost there,
/// then maybe `@` and its 自评, then `!` where it is reviewed or `/` where it is 不涉及.
pub(super) fn class(units: &str, start: Start) -> Ledger {
    let measure = Measure::Discretionary { unit: "case".to_owned(), at_least: None, at_most: None };
    let rule = Rule::deducting("late", "late", "late", measure);
    let points = Points::whole(10);
    let mut indicator = Indicator::plain("a", "1", "a", points, vec![rule]);
    indicator.start = start;
    let section = Section::plain("1", "all", points, vec![indicator]);
    let words: Vec<&str> = units.split_whitespace().collect();
    let unit = |number: usize| Unit {
        id: format!("U{number}").into(),
        name: format!("unit {number}"),
        track: "class".into(),
        short: String::new(),
        pinyin: String::new(),
        tags: Vec::new(),
        note: String::new(),
        retired: String::new(),
    };
    let roster = Roster { note: String::new(), units: (0..words.len()).map(unit).collect() };
    let rubric = Rubric::plain("r", "class", points, vec![section]);
    let mut ledger = Ledger::new(vec![rubric], roster, Settings::default()).unwrap();
    let changes = words.iter().enumerate().flat_map(|(idx, word)| changes(format!("U{idx}").into(), word));
    for (change, n) in changes.zip(1..) {
        let stamp = Stamp { n, writer: "w".into() };
        let (by, machine) = ("someone".to_owned(), "PC-1".to_owned());
        let at = Timestamp::UNIX_EPOCH;
        ledger.apply(&Record { stamp, at, by, machine, kind: RecordKind::Do, change });
    }
    assert!(ledger.unresolved().is_empty(), "{:?}", ledger.unresolved());
    ledger
}

fn changes(unit: UnitId, word: &str) -> Vec<Change> {
    let indicator: IndicatorId = "a".into();
    let numbers = word.trim_end_matches(['!', '/']);
    let (lost, self_score) = numbers.split_once('@').map_or((numbers, None), |it| (it.0, Some(it.1)));
    let mut changes = Vec::new();
    if lost != "0" {
        let date = jiff::civil::date(2023, 1, 1);
        let mut deduction = Deduction::once(unit.clone(), indicator.clone(), "late".into(), date);
        deduction.amount = Some(lost.parse().unwrap());
        deduction.note = "why".to_owned();
        changes.push(Change::Deduct(deduction));
    }
    if let Some(points) = self_score {
        let to = Some(points.parse().unwrap());
        let (unit, indicator) = (unit.clone(), indicator.clone());
        changes.push(Change::SelfScore { unit, indicator, to, note: String::new() });
    }
    if word.ends_with('!') {
        changes.push(Change::Review { unit, indicator, to: Mark::Reviewed });
    } else if word.ends_with('/') {
        changes.push(Change::NotApplicable { unit, indicator, reason: Some("why".to_owned()) });
    }
    changes
}

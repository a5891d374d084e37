//! A year on disk with as many entries as a bench asks for, one journal line each, the same every time.

use jiff::Timestamp;
use jiff::civil::date;
use kaohe_core::{Change, Deduction, Indicator, Mark, Measure, Points, Roster, Unit, UnitId};
use kaohe_store::{BUILTIN_YEAR, DataFolder, NewYear, OpenYear, Person};

/// Who has recorded it all.
pub fn person() -> Person {
    Person { by: "张三".to_owned(), machine: "PC-1".to_owned() }
}

/// When they did.
pub fn now() -> Timestamp {
    Timestamp::from_second(1_699_233_153).expect("a time of 2023")
}

/// Creates a year of `n_units` units of the first class with `n_entries` entries each; two of three are reviewed.
pub fn create(data: &DataFolder, n_units: usize, n_entries: usize) {
    let mut year = blank(data, n_units);
    for change in changes(&year, n_entries) {
        year.record(change, now()).expect("the rubric allows it");
    }
}

/// Creates such a year with a few lines in its journal, so that even a huge one is there soon.
#[allow(dead_code, reason = "not every bench needs a huge year")]
pub fn create_in_batches(data: &DataFolder, n_units: usize, n_entries: usize) {
    let mut year = blank(data, n_units);
    let single = |change| match change {
        Change::Batch { changes, .. } => changes,
        change => vec![change],
    };
    let all: Vec<Change> = changes(&year, n_entries).into_iter().flat_map(single).collect();
    for changes in all.chunks(10_000) {
        let change = Change::Batch { title: "导入".to_owned(), changes: changes.to_vec() };
        year.record(change, now()).expect("the rubric allows it");
    }
}

fn blank(data: &DataFolder, n_units: usize) -> OpenYear {
    let unit = |idx: usize| Unit {
        id: format!("U{idx:05}").into(),
        name: format!("区第{idx}测试局"),
        track: "区直".into(),
        short: format!("测试局{idx}"),
        pinyin: String::new(),
        tags: Vec::new(),
        note: String::new(),
        retired: String::new(),
    };
    let roster = Roster { note: String::new(), units: (1..=n_units).map(unit).collect() };
    NewYear::builtin(BUILTIN_YEAR).with_roster(roster).create(data).expect("the folder is new");
    OpenYear::open(data, BUILTIN_YEAR, person()).expect("it was created just now")
}

/// Returns a deduction under this indicator; `nth` varies it.
pub fn deduction(unit: UnitId, indicator: &Indicator, nth: usize) -> Deduction {
    let rule = &indicator.rules[nth % indicator.rules.len()];
    let mut deduction = Deduction::once(unit, indicator.id.clone(), rule.id.clone(), date(2023, 11, 6));
    deduction.note = "季度抽查发现".to_owned();
    if indicator.items.len() > 1 {
        deduction.item = Some(indicator.items[nth % indicator.items.len()].number.clone());
    }
    match &rule.measure {
        Measure::Count { .. } => deduction.count = if nth.is_multiple_of(3) { 2 } else { 1 },
        Measure::ByLevel { levels, .. } => {
            deduction.level = Some(levels[nth % levels.len()].name.clone());
        }
        Measure::Discretionary { .. } => deduction.amount = Points::whole(3).divided(10, 1),
        Measure::Forfeit { .. } => {}
        Measure::Shortfall { .. }
        | Measure::Steps { .. }
        | Measure::Bands { .. }
        | Measure::Checklist { .. }
        | Measure::Graded { .. }
        | Measure::Ratio { .. }
        | Measure::Imported { .. }
        | Measure::ByRank { .. }
        | Measure::Relative { .. }
        | Measure::Veto { .. } => {}
    }
    deduction
}

fn changes(year: &OpenYear, n_entries: usize) -> Vec<Change> {
    let ledger = year.ledger();
    let mut changes = Vec::new();
    for (unit_idx, unit) in ledger.roster().units.iter().enumerate() {
        let indicators: Vec<&Indicator> = ledger.rubric_of(unit_idx).indicators().collect();
        for entry_idx in 0..n_entries {
            let indicator = indicators[entry_idx % indicators.len()];
            let nth = entry_idx / indicators.len() + unit_idx;
            changes.push(Change::Deduct(deduction(unit.id.clone(), indicator, nth)));
        }
        let is_reviewed = unit_idx % 3 < 2;
        if is_reviewed {
            let review = |it: &&Indicator| Change::Review {
                unit: unit.id.clone(),
                indicator: it.id.clone(),
                to: Mark::Reviewed,
            };
            let reviews = indicators.iter().map(review).collect();
            changes.push(Change::Batch { title: "复核本单位".to_owned(), changes: reviews });
        }
    }
    changes
}

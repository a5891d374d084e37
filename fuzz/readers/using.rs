//! Using what was read: everything that the program shows of a year.

use jiff::civil::{Date, date};
use kaohe_core::{
    Change, Deduction, Ledger, MAX_COUNT, Points, Quantity, RankOptions, Record, RecordKind, Refusal, Stamp,
    explain_indicator, explain_total,
};
use kaohe_exchange::{Encoding, clean, tables, to_csv, to_json, to_ron, to_text, words};

use super::desk::now;

/// The day of what is recorded here.
pub const TODAY: Date = date(2023, 11, 6);
/// Of very many indicators and rules so many are tried.
const MAX_TRIED: usize = 40;

/// Makes every table and explanation of a year.
pub fn look(ledger: &Ledger) {
    let options = RankOptions { provisional: true };
    let mut all = vec![
        tables::score_table(ledger, None),
        tables::entries_table(ledger, None, &|it| it.to_string()),
        tables::rank_table(ledger, None, options),
        tables::rank_table(ledger, None, RankOptions::default()),
        tables::compare_table(ledger, options),
        tables::difference_table(ledger, None),
        tables::units_table(ledger.roster()),
    ];
    for unit_idx in 0..ledger.roster().units.len() {
        all.push(tables::explain_table(ledger, unit_idx, None));
        explain_total(ledger, unit_idx);
        for why in &ledger.score(unit_idx).undecided {
            words::undecided(ledger, unit_idx, why);
        }
        for indicator_idx in 0..ledger.rubric_of(unit_idx).indicators().count().min(MAX_TRIED) {
            explain_indicator(ledger, unit_idx, indicator_idx);
            words::losses(ledger, unit_idx, indicator_idx);
        }
    }
    for table in &all {
        // One form of each is enough: the writers do not know what the table is about.
        assert!(!to_csv(table, Encoding::Utf8).is_empty());
        assert!(!to_text(table).is_empty());
    }
    if let Some(table) = all.first() {
        assert!(!to_json(table).is_empty() && !to_ron(table).is_empty());
    }
}

/// Records something by every rule, a self-score and a review of every indicator, and looks at the year after that.
pub fn record_everything(ledger: &mut Ledger) {
    let mut changes = Vec::new();
    for unit in &ledger.roster().units {
        let Some(unit_idx) = ledger.find_unit(unit.id.as_str()) else { continue };
        for indicator in ledger.rubric_of(unit_idx).indicators().take(MAX_TRIED) {
            for (idx, rule) in indicator.rules.iter().take(MAX_TRIED).enumerate() {
                let once = Deduction::once(unit.id.clone(), indicator.id.clone(), rule.id.clone(), TODAY);
                // Some as small as can be, some as large.
                let count = if idx % 2 == 0 { 1 } else { MAX_COUNT };
                changes.extend(fitted(ledger, Deduction { count, ..once }));
            }
            changes.push(Change::SelfScore {
                unit: unit.id.clone(),
                indicator: indicator.id.clone(),
                to: Some(indicator.points),
                note: String::new(),
            });
        }
    }
    changes.retain(|it| ledger.refusal(it).is_none());
    for (n, change) in (1..).zip(changes) {
        assert!(!clean(&words::change(ledger, &change)).is_empty());
        let n_unresolved = ledger.unresolved().len();
        // An entry may leave no room for the next one.
        let is_refused = ledger.refusal(&change).is_some();
        ledger.apply(&record(n, change));
        assert!(is_refused || ledger.unresolved().len() == n_unresolved);
    }
    look(ledger);
}

/// Returns a record of this change.
pub fn record(n: u64, change: Change) -> Record {
    let stamp = Stamp { n, writer: "fuzz".into() };
    let (by, machine) = ("复核人".to_owned(), "PC-9".to_owned());
    Record { stamp, at: now(), by, machine, kind: RecordKind::Do, change }
}

/// Gives a deduction what its rule asks for, as far as that can be known.
fn fitted(ledger: &Ledger, mut deduction: Deduction) -> Option<Change> {
    // One reason at a time is given, and each is there once at most.
    for _ in 0..16 {
        let change = Change::Deduct(deduction.clone());
        let Some(refusal) = ledger.refusal(&change) else { return Some(change) };
        assert!(!words::refusal(&refusal).is_empty());
        match refusal {
            Refusal::LevelMissing { known } => deduction.level = known.last().cloned(),
            Refusal::CountOutOfRange { .. } | Refusal::CountNotAsked => deduction.count = 1,
            Refusal::AmountMissing => deduction.amount = Some(Points::whole(1)),
            Refusal::AmountOutOfRange { at_most, .. } => deduction.amount = Some(at_most),
            Refusal::ValueMissing => deduction.value = Some(Quantity::whole(1_000_000)),
            Refusal::ValueTooLarge { at_most } => deduction.value = Some(at_most),
            Refusal::TargetMissing => deduction.target = Some(Quantity::whole(3)),
            Refusal::NoteMissing => "说明".clone_into(&mut deduction.note),
            _ => return None,
        }
    }
    None
}

//! Everything that the language has occurs in the made-up years, and makes a difference there.

use std::collections::BTreeSet;
use std::fmt::Debug;

use kaohe_core::*;

use crate::generate::{Case, record, seeded};
use crate::parts::parts;
use crate::recorded::{Instead, nodes};

/// What must make a difference: kinds of rule by an entry taken back, treatments by a mark taken back.
const RECORDED: [&str; 37] = [
    "Count",
    "ByLevel",
    "Checklist",
    "Graded",
    "Discretionary",
    "Forfeit",
    "Shortfall",
    "Steps",
    "Bands",
    "Ratio",
    "Imported",
    "ByRank",
    "Relative",
    "Veto",
    "Disqualified",
    "Zero",
    "Lose",
    "AtMost",
    "NoTopGrade",
    "GradeAtMost",
    "Deduct",
    "Award",
    "Add",
    "Last",
    "Highest",
    "Lowest",
    "Mean",
    "FullMarks",
    "Scaled",
    "Spread",
    "Rate",
    "ClassMean",
    "Absent",
    "whole indicator",
    "one of several items",
    "several occurrences",
    "self-score",
];

/// Steps and lines that must occur.
const STEPS: [&str; 22] = [
    "IndicatorWeight",
    "LeftOut",
    "Spread",
    "SectionForfeit",
    "SectionBounds",
    "SectionWeight",
    "Scaled",
    "SectionGate",
    "AtMost",
    "Floor",
    "Veto",
    "line Start",
    "line Rule",
    "line Cap",
    "line SharedCap",
    "line Item",
    "line Forfeit",
    "line Floor",
    "line Ceiling",
    "line Gate",
    "line NotApplicable",
    "line Indicator",
];

/// Why there may be no score that must occur.
const OPEN: [&str; 4] = ["RankOpen", "MeanOpen", "MeanOfNobody", "VetoPending"];

/// Returns the name of an enum's variant.
pub fn name(variant: &impl Debug) -> String {
    let text = format!("{variant:?}");
    text.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

/// What people see of a year.
fn shown(ledger: &Ledger) -> impl PartialEq + use<> {
    let of_unit = |unit_idx: usize| {
        let score = ledger.score(unit_idx);
        (score.decided(), score.grade, score.is_disqualified, score.undecided.clone(), score.self_score)
    };
    let units: Vec<_> = (0..ledger.roster().units.len()).map(of_unit).collect();
    let classes = 0..ledger.rubrics().len();
    let ranks: Vec<_> = classes.map(|it| rank(ledger, it, RankOptions { provisional: true })).collect();
    (units, ranks)
}

/// Notes names where a change makes a difference, unless all of them are known to.
fn note(seen: &mut BTreeSet<String>, names: Vec<String>, ledger: &Ledger, change: Change) {
    if names.iter().all(|it| seen.contains(it)) {
        return;
    }
    let mut changed = ledger.clone();
    changed.apply(&record(10_000, change));
    if shown(&changed) != shown(ledger) {
        seen.extend(names);
    }
}

fn names_of(case: &Case, deduction: &Deduction) -> Vec<String> {
    let unit = case.roster.units.iter().find(|it| it.id == deduction.unit).expect("a known unit");
    let rubric = case.rubrics.iter().find(|it| it.track == unit.track).expect("a known class");
    let indicator = rubric.indicators().find(|it| it.id == deduction.indicator).expect("a known indicator");
    let rule = indicator.rules.iter().find(|it| it.id == deduction.rule).expect("a known rule");
    let mut names = vec![name(&rule.measure), name(&rule.direction), name(&rule.combine)];
    if let Measure::Veto { effect } = &rule.measure {
        // A veto says nothing of the rest.
        names = vec![name(&rule.measure), name(effect)];
    }
    if indicator.items.len() > 1 {
        let is_named = deduction.item.is_some();
        names.push(if is_named { "one of several items" } else { "whole indicator" }.to_owned());
    }
    if deduction.count > 1 {
        names.push("several occurrences".to_owned());
    }
    names
}

fn note_recorded(seen: &mut BTreeSet<String>, case: &Case, ledger: &Ledger) {
    for (unit_idx, unit) in case.roster.units.iter().enumerate() {
        for (cell_idx, cell) in ledger.sheet(unit_idx).cells.iter().enumerate() {
            for entry in cell.entries.iter().filter(|it| it.withdrawn.is_none()) {
                let names = names_of(case, &entry.deduction);
                let change = Change::Withdraw { entry: entry.id.clone(), reason: "收回".to_owned() };
                note(seen, names, ledger, change);
            }
            let indicator = case.year().node(unit_idx, cell_idx).1.id.clone();
            let unit = unit.id.clone();
            if cell.self_score.is_some() {
                let (unit, indicator) = (unit.clone(), indicator.clone());
                let change = Change::SelfScore { unit, indicator, to: None, note: String::new() };
                note(seen, vec!["self-score".to_owned()], ledger, change);
            }
            if cell.not_applicable.is_some() {
                let names = match case.year().instead(unit_idx, cell_idx) {
                    Some(Instead::Treated(treatment)) => vec![name(&treatment)],
                    Some(Instead::Absent) => vec!["Absent".to_owned()],
                    None => Vec::new(),
                };
                note(seen, names, ledger, Change::NotApplicable { unit, indicator, reason: None });
            }
        }
    }
}

fn note_steps(seen: &mut BTreeSet<String>, ledger: &Ledger) {
    for unit_idx in 0..ledger.roster().units.len() {
        let score = ledger.score(unit_idx);
        seen.extend(score.steps.iter().map(|it| name(&it.kind)));
        seen.extend(score.undecided.iter().map(name));
        for indicator_idx in 0..nodes(ledger.rubric_of(unit_idx)).len() {
            let lines = explain_indicator(ledger, unit_idx, indicator_idx);
            seen.extend(lines.iter().map(|it| format!("line {}", name(&it.kind))));
        }
        seen.extend(explain_total(ledger, unit_idx).iter().map(|it| format!("line {}", name(&it.kind))));
    }
}

/// Puts a part of the language out of force where it is in use, and notes it where that makes a difference.
fn note_parts(seen: &mut BTreeSet<String>, case: &Case, ledger: &Ledger) {
    for part in parts() {
        if seen.contains(part.name) {
            continue;
        }
        let mut without = case.clone();
        (part.drop)(&mut without);
        if (&without.rubrics, without.settings) == (&case.rubrics, case.settings) {
            continue;
        }
        // Records that no longer fit stay aside; rules and their kinds stay as they are.
        let mut changed = without.empty();
        changed.extend(&without.records());
        if shown(&changed) != shown(ledger) {
            seen.insert(part.name.to_owned());
        }
    }
}

#[test]
fn the_whole_language_occurs_and_makes_a_difference() {
    let (mut recorded, mut steps, mut dropped) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let names: Vec<&str> = parts().iter().map(|it| it.name).collect();
    // Most of it happens within the first few; the rarest need a few hundred.
    for seed in 0..1000 {
        let case = seeded(seed);
        let ledger = case.ledger();
        note_recorded(&mut recorded, &case, &ledger);
        note_steps(&mut steps, &ledger);
        note_parts(&mut dropped, &case, &ledger);
        if seed % 50 == 0 && missing(&names, &dropped).is_empty() && missing(&RECORDED, &recorded).is_empty()
        {
            break;
        }
    }
    assert_eq!(missing(&RECORDED, &recorded), Vec::<&str>::new(), "taken back without a difference");
    assert_eq!(missing(&STEPS, &steps), Vec::<&str>::new(), "never happened");
    assert_eq!(missing(&OPEN, &steps), Vec::<&str>::new(), "never happened");
    assert_eq!(missing(&names, &dropped), Vec::<&str>::new(), "dropped without a difference");
}

fn missing<'n>(names: &[&'n str], seen: &BTreeSet<String>) -> Vec<&'n str> {
    names.iter().copied().filter(|it| !seen.contains(*it)).collect()
}

//! Where the engine and the scorer say different things of a year.

use std::fmt::Debug;

use kaohe_core::{Ledger, RankOptions, Share, Standing, State, rank};

use crate::generate::Case;
use crate::recorded::decimal;
use crate::scorer::{UnitScored, score_unit};
use crate::standings::ranks;

/// Returns everything in which they disagree; numbers only where there is one to show.
pub fn differences(case: &Case, ledger: &Ledger) -> Vec<String> {
    let mut found = Vec::new();
    let year = case.year();
    let scores: Vec<UnitScored> = (0..case.roster.units.len()).map(|it| score_unit(&year, it)).collect();
    for (unit_idx, expected) in scores.iter().enumerate() {
        let engine = ledger.score(unit_idx);
        for (idx, (ours, theirs)) in expected.indicators.iter().zip(&engine.indicators).enumerate() {
            let at = format!("unit {unit_idx}, indicator {idx}");
            let is_undecided = theirs.undecided.is_some();
            differ(&mut found, &format!("undecided: {at}"), ours.is_undecided, is_undecided);
            let is_left_out = theirs.state == State::NotApplicable && theirs.share != Share::Counted;
            let theirs = if is_left_out { None } else { Some(decimal(theirs.score)) };
            if !ours.is_undecided && !is_undecided {
                differ(&mut found, &format!("score: {at}"), ours.points, theirs);
            }
        }
        let at = format!("unit {unit_idx}");
        let is_undecided = !engine.undecided.is_empty();
        differ(&mut found, &format!("total undecided: {at}"), expected.is_undecided, is_undecided);
        if !expected.is_undecided && !is_undecided {
            differ(&mut found, &format!("total: {at}"), expected.total, decimal(engine.score));
            let grades = &ledger.rubric_of(unit_idx).grades;
            let grade = engine.grade.map(|it| grades[it].name.clone());
            differ(&mut found, &format!("grade: {at}"), expected.grade.clone(), grade);
            let settled = expected.is_reviewed;
            differ(&mut found, &format!("settled: {at}"), settled, engine.is_settled());
        }
        differ(&mut found, &format!("disqualified: {at}"), expected.is_disqualified, engine.is_disqualified);
        let self_total = engine.self_score.map(decimal);
        differ(&mut found, &format!("self total: {at}"), expected.self_total, self_total);
    }
    for rubric_idx in 0..case.rubrics.len() {
        let units = ledger.units_of(rubric_idx);
        for provisional in [false, true] {
            let expected = ranks(&year, &units, &scores, provisional);
            let standings: Vec<Standing> = rank(ledger, rubric_idx, RankOptions { provisional });
            let theirs: Vec<Option<(usize, bool)>> = units
                .iter()
                .map(|unit| {
                    let standing = standings.iter().find(|it| it.unit_idx == *unit).expect("each is listed");
                    standing.rank.map(|it| (it, standing.is_tied))
                })
                .collect();
            differ(&mut found, &format!("ranks: class {rubric_idx}, {provisional}"), expected, theirs);
            let order: Vec<usize> = standings.iter().map(|it| it.rank.unwrap_or(usize::MAX)).collect();
            differ(&mut found, "order of ranks", true, order.is_sorted());
        }
    }
    found
}

fn differ<T: PartialEq + Debug>(found: &mut Vec<String>, what: &str, expected: T, engine: T) {
    if expected != engine {
        found.push(format!("{what}: {expected:?} by the scorer, {engine:?} by the engine"));
    }
}

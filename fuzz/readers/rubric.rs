//! Rubrics: what reads without an error scores a class, whatever is recorded.

use kaohe_core::{Ledger, Roster, Rubric, Settings, Severity, Unit, rubric_edits};
use kaohe_exchange::{clean, words};
use kaohe_store::{builtin_rubrics, read_rubric};

use super::faults::{check_errors, check_places, check_sentences};
use super::using::{look, record_everything};

const FILE: &str = "rubric.ron";

/// Reads a rubric, and scores units by it.
pub fn rubric(bytes: &[u8]) {
    let (rubric, warnings) = match read_rubric(FILE, bytes) {
        Ok(read) => read,
        Err(faults) => {
            check_errors(&faults);
            check_places(FILE, bytes, &faults);
            return;
        }
    };
    assert!(warnings.iter().all(|it| it.severity == Severity::Warning), "{warnings:?}");
    check_sentences(&warnings);
    check_places(FILE, bytes, &warnings);

    assert_eq!(rubric_edits(&rubric, &rubric), []);
    for edit in builtin_rubrics().iter().flat_map(|it| rubric_edits(it, &rubric)) {
        assert!(!clean(&words::rubric_edit(&edit)).is_empty());
    }
    let roster = roster(&rubric);
    let ledger = Ledger::new(vec![rubric], roster, Settings::default());
    let mut ledger = ledger.expect("the class of a rubric without errors takes units");
    look(&ledger);
    record_everything(&mut ledger);
}

/// Returns three units of the rubric's class: one without tags, one with all that the rubric asks for.
fn roster(rubric: &Rubric) -> Roster {
    let tags: Vec<String> = rubric.indicators().flat_map(|it| it.applies.only.clone()).collect();
    let unit = |n: usize, tags: Vec<String>| Unit {
        id: format!("u{n}").into(),
        name: format!("单位{n}"),
        track: rubric.track.clone(),
        short: String::new(),
        pinyin: String::new(),
        tags,
        note: String::new(),
        retired: String::new(),
    };
    Roster { note: String::new(), units: vec![unit(1, Vec::new()), unit(2, tags), unit(3, Vec::new())] }
}

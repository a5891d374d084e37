//! What others do to what one has recorded is told to somebody who types on without a pause.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fs;

use jiff::Timestamp;
use kaohe_core::{Change, Deduction};
use kaohe_store::OpenYear;
use support::Tester;

/// A colleague withdraws the first deduction of 区发展和改革局.
fn withdraw(year: &mut OpenYear, now: Timestamp) {
    let unit_idx = year.ledger().find_unit("Q01").unwrap();
    let entry = year.ledger().sheet(unit_idx).cells[0].entries[0].id.clone();
    year.record(Change::Withdraw { entry, reason: "重复".to_owned() }, now).unwrap();
}

const NOTICE: &str = "! 李四 改了您记的：";

#[test]
fn a_notice_stays_until_a_key_comes_after_it_was_shown() {
    for key in ["j", "1", "q", "?"] {
        // The key is pressed before anybody could have seen what the colleague did.
        let tester = Tester::year_2023().keys("1").colleague(withdraw).keys(key);
        tester.row_with(NOTICE);
        let tester = tester.keys("k");
        assert!(!tester.screen().contains(NOTICE), "{key}");
    }
}

#[test]
fn a_notice_stands_above_what_the_key_did() {
    let tester = Tester::year_2023().keys("1").colleague(withdraw).keys("1");
    tester.row_with(NOTICE);
    tester.row_with("已记 ");
    assert_eq!(tester.score("Q01"), "99.9");
}

#[test]
fn what_recording_itself_has_read_is_told_too() {
    // The colleague comes between the look before the key and the look before the record.
    let mut year = None;
    let tester = Tester::year_2023().keys("1").colleague(withdraw).with_year(|it| {
        it.look().unwrap();
        year = Some(it.ledger().n_entries());
    });
    assert_eq!(year, Some(1));
    tester.keys("j").row_with(NOTICE);
}

#[test]
fn a_notice_comes_to_somebody_who_fills_in_a_form_too() {
    let tester = Tester::year_2023().keys("1").keys("s").colleague(withdraw).keys("9");
    tester.row_with(NOTICE);
    let tester = tester.keys("8");
    assert!(!tester.screen().contains(NOTICE));
    tester.row_with("98");
}

#[test]
fn a_line_that_was_taken_back_is_told_of() {
    let record = |year: &mut OpenYear, now| {
        let date = jiff::civil::date(2023, 11, 6);
        let late = |unit: &str| Deduction::once(unit.into(), "proactive".into(), "late".into(), date);
        year.record(Change::Deduct(late("Q02")), now).unwrap();
        year.record(Change::Deduct(late("Q03")), now).unwrap();
    };
    // As its writer does where the line could not be synced.
    let take_back = |year: &mut OpenYear, _| {
        let journals = fs::read_dir(year.folder().join("journal")).unwrap().map(|it| it.unwrap().path());
        let is_theirs = |it: &std::path::PathBuf| fs::read_to_string(it).unwrap().contains("李四");
        let path =
            journals.filter(|it| it.extension().is_some_and(|it| it == "ron")).find(is_theirs).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let len = text.trim_end().rfind('\n').unwrap() + 1;
        fs::File::options().write(true).open(&path).unwrap().set_len(len as u64).unwrap();
    };
    let tester = Tester::year_2023().colleague(record).keys("j").colleague(take_back).keys("j");
    tester.row_with("! 李四 先前记的，现在不在留痕里了：");
    assert_eq!((tester.score("Q02"), tester.score("Q03")), ("99.9".to_owned(), "100".to_owned()));
}

#[test]
fn why_a_step_is_not_taken_back_names_the_cell_and_speaks_of_undoing() {
    let self_score = |year: &mut OpenYear, now| {
        let change = Change::SelfScore {
            unit: "Q01".into(),
            indicator: "proactive".into(),
            to: Some("8".parse().unwrap()),
            note: String::new(),
        };
        year.record(change, now).unwrap();
    };
    let tester = Tester::year_2023().keys("s9<enter>jj").colleague(self_score).keys("u");
    let said = tester.row_with("! 没有撤销：");
    assert!(said.contains("李四 后来改动过“区发展和改革局”的主动公开信息"), "{said}");
}

//! Ranks, ties, figures of a class.

#![expect(clippy::unwrap_used, reason = "a test may")]

use jiff::Timestamp;
use kaohe_core::*;

/// A class of units with these scores; a `?` is 未复核.
fn ledger(scores: &str, settings: Settings) -> Ledger {
    let measure = Measure::Discretionary { unit: "次".to_owned(), at_least: None, at_most: None };
    let rule = Rule::deducting("late", "逾期", "扣", measure);
    let indicator =
        |id: &str, points: u32| Indicator::plain(id, id, id, Points::whole(points), vec![rule.clone()]);
    let indicators = vec![indicator("a", 60), indicator("b", 40)];
    let points = Points::whole(100);
    let rubric = Rubric::plain("r", "区直", points, vec![Section::plain("1", "全部", points, indicators)]);
    let scores: Vec<&str> = scores.split_whitespace().collect();
    let unit = |idx: usize| Unit {
        id: format!("U{idx}").into(),
        name: format!("单位{idx}"),
        track: "区直".into(),
        short: String::new(),
        pinyin: String::new(),
        tags: Vec::new(),
        note: String::new(),
        retired: String::new(),
    };
    let roster = Roster { note: String::new(), units: (0..scores.len()).map(unit).collect() };
    let mut ledger = Ledger::new(vec![rubric], roster, settings).unwrap();
    let mut n = 0;
    let mut apply = |change| {
        n += 1;
        let stamp = Stamp { n, writer: "w".into() };
        let at = Timestamp::UNIX_EPOCH;
        assert_eq!(ledger.refusal(&change), None);
        ledger.apply(&Record {
            stamp,
            at,
            by: "张三".to_owned(),
            machine: "PC-1".to_owned(),
            kind: RecordKind::Do,
            change,
        });
    };
    for (idx, score) in scores.iter().enumerate() {
        let unit: UnitId = format!("U{idx}").into();
        let lost = Points::whole(100) - score.trim_end_matches('?').parse().unwrap();
        if !lost.is_zero() {
            let mut deduction =
                Deduction::once(unit.clone(), "a".into(), "late".into(), jiff::civil::date(2023, 1, 1));
            deduction.amount = Some(lost);
            deduction.note = "理由".to_owned();
            apply(Change::Deduct(deduction));
        }
        let reviewed = if score.ends_with('?') { vec!["a"] } else { vec!["a", "b"] };
        for indicator in reviewed {
            apply(Change::Review { unit: unit.clone(), indicator: indicator.into(), to: Mark::Reviewed });
        }
    }
    ledger
}

#[track_caller]
fn check(scores: &str, settings: Settings, options: RankOptions, expected: &str) {
    let ledger = ledger(scores, settings);
    let shown: Vec<String> = rank(&ledger, 0, options)
        .iter()
        .map(|it| {
            let rank = it.rank.map_or_else(|| "-".to_owned(), |it| it.to_string());
            format!("{rank}{}:{}", if it.is_tied { "=" } else { "" }, it.unit_idx)
        })
        .collect();
    assert_eq!(shown.join(" "), expected);
}

const DENSE: Settings =
    Settings { ties: Ties::Dense, not_applicable: NotApplicable::FullMarks, events: Events::All };

#[test]
fn equal_scores_share_a_rank_and_the_next_is_skipped() {
    check("90 100 100 95", Settings::default(), RankOptions::default(), "1=:1 1=:2 3:3 4:0");
    check("90 100 100 95", DENSE, RankOptions::default(), "1=:1 1=:2 2:3 3:0");
}

#[test]
fn equals_stand_in_roster_order() {
    check("80 80 80", Settings::default(), RankOptions::default(), "1=:0 1=:1 1=:2");
}

#[test]
fn who_is_not_reviewed_has_no_rank_and_comes_last() {
    check("100? 90 95?", Settings::default(), RankOptions::default(), "1:1 -:0 -:2");
}

#[test]
fn provisional_scores_rank_on_request() {
    check("100? 90 95?", Settings::default(), RankOptions { provisional: true }, "1:0 2:2 3:1");
}

#[test]
fn a_tenth_of_a_tenth_makes_a_difference() {
    check("99.99 100 99.98", Settings::default(), RankOptions::default(), "1:1 2:0 3:2");
}

#[test]
fn figures_count_only_who_may_be_ranked() {
    let ledger = ledger("90 100 50? 95 94.99", Settings::default());
    let [figures] = class_statistics(&ledger, RankOptions::default()).try_into().unwrap();
    let shown = |it: Option<Points>| it.map(|it| it.to_string()).unwrap_or_default();
    assert_eq!((figures.n_units, figures.n_ranked), (5, 4));
    assert_eq!(shown(figures.mean), "95");
    assert_eq!(shown(figures.median), "95");
    assert_eq!(shown(figures.highest), "100");
    assert_eq!(shown(figures.lowest), "90");
}

#[test]
fn a_class_without_reviewed_units_has_no_mean() {
    let ledger = ledger("90? 80?", Settings::default());
    let [figures] = class_statistics(&ledger, RankOptions::default()).try_into().unwrap();
    assert_eq!((figures.n_ranked, figures.mean, figures.median), (0, None, None));
}

/// Marks an indicator of a unit 不涉及.
fn leave_out(ledger: &mut Ledger, unit: &str, indicator: &str) {
    let reason = Some("无此职能".to_owned());
    let change = Change::NotApplicable { unit: unit.into(), indicator: indicator.into(), reason };
    let stamp = Stamp { n: 99, writer: "w".into() };
    let (by, machine) = ("张三".to_owned(), "PC-1".to_owned());
    ledger.apply(&Record { stamp, at: Timestamp::UNIX_EPOCH, by, machine, kind: RecordKind::Do, change });
}

#[test]
fn means_of_a_class_leave_out_who_is_not_concerned() {
    let means = |provisional| {
        let mut ledger = ledger("90 100 95?", Settings::default());
        leave_out(&mut ledger, "U0", "b");
        let means = class_means(&ledger, 0, RankOptions { provisional });
        let all = means.indicators.into_iter().chain([means.total]);
        all.map(|it| it.map_or_else(|| "-".to_owned(), |it| it.to_string())).collect::<Vec<_>>().join(" ")
    };
    // On the first indicator 50, 60 and 55, all reviewed; the third unit's second one is not.
    assert_eq!(means(false), "55 40 95");
    assert_eq!(means(true), "55 40 95");
    let mut nobody = ledger("90", Settings::default());
    leave_out(&mut nobody, "U0", "b");
    assert_eq!(class_means(&nobody, 0, RankOptions::default()).indicators[1], None);
    let thirds = ledger("90 90 91", Settings::default());
    assert_eq!(class_means(&thirds, 0, RankOptions::default()).total, "90.33".parse().ok());
}

#[test]
fn what_does_not_concern_a_unit_is_full_marks_or_left_out() {
    let not_applicable = |settings| {
        let mut ledger = ledger("90", settings);
        leave_out(&mut ledger, "U0", "b");
        assert!(ledger.score(0).is_settled());
        ledger.score(0).score.to_string()
    };
    assert_eq!(not_applicable(Settings::default()), "90");
    // 50 of 60 points, scaled to 100: 83.333…, to two decimals.
    let scaled = Settings { not_applicable: NotApplicable::Scaled, ..Settings::default() };
    assert_eq!(not_applicable(scaled), "83.33");
}

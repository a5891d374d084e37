//! The built-in rubrics against the official text, and the worked checks of their readings.

#![expect(clippy::unwrap_used, reason = "a test may")]

use kaohe_core::{Change, Deduction, Ledger, Measure, Record, RecordKind, Rubric, Settings, Stamp, UnitId};
use kaohe_store::{builtin_roster, builtin_rubrics};

const OFFICIAL: &str = include_str!("../../../rubrics/2023/official.txt");

/// Leaves what the page layout cannot have changed: no white space, no tags, one width of punctuation.
fn plain(text: &str) -> String {
    let text = text.replace("<p>", "").replace("</p>", "");
    let fold = |it: char| match it {
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '．' => '.',
        it => it,
    };
    text.chars().filter(|it| !it.is_whitespace()).map(fold).collect()
}

/// Every text of a rubric that quotes the official one.
fn quotations(rubric: &Rubric) -> Vec<&str> {
    let mut texts = vec![rubric.title.as_str(), rubric.source.as_str()];
    for section in &rubric.sections {
        texts.push(&section.name);
        for indicator in &section.indicators {
            texts.push(&indicator.name);
            texts.push(&indicator.method);
            texts.extend(indicator.items.iter().map(|it| it.text.as_str()));
            texts.extend(indicator.rules.iter().map(|it| it.text.as_str()));
            texts.extend(indicator.caps.iter().map(|it| it.text.as_str()));
        }
    }
    texts
}

#[test]
fn every_text_stands_in_the_official_one() {
    let official = plain(OFFICIAL);
    for rubric in builtin_rubrics() {
        for text in quotations(&rubric) {
            assert!(official.contains(&plain(text)), "{}: {text}", rubric.id);
        }
    }
}

#[test]
#[expect(clippy::string_slice, reason = "a found text begins between characters")]
fn every_clause_of_the_official_text_stands_in_a_rubric() {
    let rubrics = builtin_rubrics();
    let quoted: Vec<String> = rubrics.iter().flat_map(quotations).map(plain).collect();
    // The tables begin where the title of 区直 stands as a heading; the covering letter comes before it.
    let body = &OFFICIAL[OFFICIAL.rfind(&rubrics[0].title).expect("the title of 区直")..];
    let mut n_clauses = 0;
    for cell in body.split(['\t', '\n']).map(plain) {
        // Points in brackets are printed between the texts.
        let cell =
            ["(2分)", "(10分)", "(20分)", "(100分)"].iter().fold(cell, |cell, it| cell.replace(it, ";"));
        for clause in cell.split(['。', ';']) {
            // So are the numbers, and column heads stand on every page.
            let clause =
                clause.trim_start_matches(|it: char| it.is_ascii_digit()).trim_start_matches(['.', '、']);
            if ["", "一级指标", "二级指标", "评分办法", "自评", "复核"].contains(&clause) {
                continue;
            }
            n_clauses += 1;
            assert!(quoted.iter().any(|it| it.contains(clause)), "not in a rubric: {clause}");
        }
    }
    assert!(n_clauses > 60, "only {n_clauses} clauses were compared");
}

#[test]
fn points_are_those_of_the_official_tables() {
    let points: Vec<Vec<String>> = builtin_rubrics()
        .iter()
        .map(|it| it.indicators().map(|it| it.points.to_string()).collect())
        .collect();
    assert_eq!(points[0], ["10", "10", "10", "10", "10", "20", "10", "10", "10"]);
    assert_eq!(points[1], ["20", "20", "20", "20", "20"]);
}

/// Scores a sheet given as `indicator/rule[/level] [item] xN | =amount`, one a line, in words of the rubric file.
#[track_caller]
fn check(unit: &str, entries: &str, total: &str) -> kaohe_core::SheetScore {
    let mut ledger = Ledger::new(builtin_rubrics(), builtin_roster(), Settings::default()).unwrap();
    let unit_idx = ledger.find_unit(unit).unwrap();
    for (n, line) in (1..).zip(entries.split(',').map(str::trim).filter(|it| !it.is_empty())) {
        let mut words = line.split_whitespace();
        let mut path = words.next().unwrap().split('/');
        let (indicator, rule) = (path.next().unwrap(), path.next().unwrap());
        let mut deduction =
            Deduction::once(UnitId::from(unit), indicator.into(), rule.into(), jiff::civil::date(2023, 6, 1));
        deduction.level = path.next().map(str::to_owned);
        for word in words {
            match word.split_at(1) {
                ("x", count) => deduction.count = count.parse().unwrap(),
                ("=", amount) => {
                    deduction.amount = Some(amount.parse().unwrap());
                    deduction.note = "理由".to_owned();
                }
                ("#", item) => deduction.item = Some(item.into()),
                other => panic!("{other:?}"),
            }
        }
        let change = Change::Deduct(deduction);
        assert_eq!(ledger.refusal(&change), None, "{line}");
        let stamp = Stamp { n, writer: "w".into() };
        let at = jiff::Timestamp::UNIX_EPOCH;
        ledger.apply(&Record {
            stamp,
            at,
            by: "张三".to_owned(),
            machine: "PC-1".to_owned(),
            kind: RecordKind::Do,
            change,
        });
    }
    let score = ledger.score(unit_idx).clone();
    assert_eq!(score.score.to_string(), total, "{entries}");
    score
}

const FIRST: &str = "proactive/late x3, window/missing x2, new-media/incident x2, new-media/notice/省级, \
                     new-media/notice/市级 x2, new-media/stale x4, request/unmet";

#[test]
fn worked_check_1() {
    let score = check("Q02", FIRST, "86.2");
    let scores: Vec<String> = score.indicators.iter().map(|it| it.score.to_string()).collect();
    assert_eq!(scores, ["9.7", "9.8", "6.7", "10", "10", "20", "10", "0", "10"]);
}

#[test]
fn worked_check_2_the_cap_leaves_late_updates_alone() {
    let score = check("Q02", &format!("{FIRST}, new-media/incident"), "86.1");
    assert_eq!(score.indicators[2].score.to_string(), "6.6");
    assert_eq!(score.indicators[2].caps[0].before.to_string(), "3.9");
}

#[test]
fn worked_check_3_an_item_loses_at_most_its_points() {
    let score = check("Q02", "basic/late #1 x30, basic/quality #2 =0.5", "97.5");
    assert_eq!(score.indicators[3].score.to_string(), "7.5");
}

#[test]
fn worked_check_4_never_below_zero() {
    check("Z01", "proactive/late x250", "80");
}

#[test]
fn worked_check_5_a_tenth_thirty_times() {
    let score = check("Q02", "annual-report/late x30", "97");
    assert_eq!(score.indicators[8].score.to_string(), "7");
}

#[test]
fn worked_check_6() {
    let score = check("Z01", "new-media/incident x4, new-media/stale x6, request/unmet", "76.4");
    assert_eq!(score.indicators[2].score.to_string(), "16.4");
}

#[test]
fn an_entry_on_the_whole_indicator_is_bounded_by_it_only() {
    let score = check("Q02", "basic/late x30", "97");
    assert_eq!(score.indicators[3].score.to_string(), "7");
}

#[test]
fn caps_stand_over_the_rules_that_reading_r1_names() {
    for rubric in builtin_rubrics() {
        let media = rubric.indicators().find(|it| it.id == *"new-media").unwrap();
        let [cap] = media.caps.as_slice() else { panic!("one cap") };
        assert_eq!(cap.at_most.to_string(), "3");
        let over: Vec<&str> = cap.over.iter().map(|it| it.as_str()).collect();
        assert_eq!(over, ["incident", "notice"]);
        let Measure::ByLevel { levels, .. } = &media.rules[1].measure else { panic!("by level") };
        let levels: Vec<String> = levels.iter().map(|it| format!("{} {}", it.name, it.points)).collect();
        assert_eq!(levels, ["国务院 1", "省级 0.5", "市级 0.2"]);
    }
}

//! `rubric diff`: what another rubric would move, told before it is adopted.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::{Desk, check_in_order};

const DISTRICT: &str = include_str!("../rubrics/2023/district.ron");

const ENTRIES: &str = "\
单位,指标,规则,档次,次数,分值,日期,说明
区教育局,3,更新超期,,4,,2023-07-01,
Q03,3,更新超期,,6,,2023-07-01,
Q04,3,通报批评,省级,2,,2023-07-01,
Q05,1,质量欠缺,,,8,2023-07-01,长期不更新
";

const HEADER: &str = "类别,编号,单位,得分,新得分,变化,名次,新名次";

/// A year with some deductions, and the rubric of 区直 with this edit as `new.ron`.
fn desk(edits: &[(&str, &str)]) -> Desk {
    let desk = Desk::with_year();
    desk.file("entries.csv", ENTRIES);
    desk.ok("import entries entries.csv");
    let mut rubric = DISTRICT.to_owned();
    for (from, to) in edits {
        assert!(rubric.contains(from), "{from}");
        rubric = rubric.replacen(from, to, 1);
    }
    desk.file("new.ron", rubric);
    desk
}

/// The rows of the units that move.
#[track_caller]
fn check_moves(desk: &Desk, options: &str, expected: &[&str]) {
    let before = desk.files();
    let csv = desk.ok(&format!("rubric diff new.ron --format csv {options}"));
    let rows: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(rows[0], HEADER);
    assert_eq!(rows[1..], *expected);
    assert!(desk.files() == before, "files have changed");
}

/// What 更新超期 costs, with its text, so that no other rule is meant.
const STALE: &str = "\
text: \"政务新媒体账号每两周未及时更新1次的，每次扣0.1分\",
                            measure: Count(each: 0.1";
const STALE_DEARER: &str = "\
text: \"政务新媒体账号每两周未及时更新1次的，每次扣0.1分\",
                            measure: Count(each: 0.2";

#[test]
fn a_dearer_rule_moves_those_who_broke_it_and_those_they_fall_behind() {
    let desk = desk(&[(STALE, STALE_DEARER)]);
    let provisional = [
        "区直,Q03,区科技和工业信息化局,99.4,98.8,-0.6,24,25",
        "区直,Q02,区教育局,99.6,99.2,-0.4,23,23",
        "区直,Q04,区公安分局,99,99,0,25,24",
    ];
    check_moves(&desk, "--provisional", &provisional);
    // Nobody is reviewed, so that nobody has a rank yet.
    let unranked = ["区直,Q03,区科技和工业信息化局,99.4,98.8,-0.6,,", "区直,Q02,区教育局,99.6,99.2,-0.4,,"];
    check_moves(&desk, "", &unranked);
    let text = desk.ok("rubric diff new.ron --provisional");
    let edit = "细则的改动\n  3 政务新媒体 规则 更新超期：0.1分/次 → 0.2分/次\n\n";
    check_in_order(&text, &[edit, "新名次", "Q03", "Q02", "Q04", "\n共 3 个单位的得分或名次有变化\n"]);
    // With all reviewed the ranks are those of `rank`, and what is adopted then is what was told.
    desk.ok("review --all");
    check_moves(&desk, "", &provisional);
    let json = desk.ok("rubric diff new.ron --format json");
    assert!(json.contains("\"新得分\"") && json.contains("\"新名次\""), "{json}");
    desk.file("data/2023/rubrics/district.ron", desk.read("new.ron"));
    check_moves(&desk, "", &[]);
    let ranking = desk.ok("rank --format csv");
    assert!(ranking.contains("区直,24,,Q04,") && ranking.contains("区直,25,,Q03,"), "{ranking}");
}

#[test]
fn a_rubric_without_a_difference_that_counts_moves_nobody() {
    let nobody = "没有单位的得分或名次变化\n";
    assert_eq!(desk(&[]).ok("rubric diff new.ron --provisional"), nobody);
    let reworded = desk(&[("title: \"大通湖区2023年", "title: \"大通湖区2024年")]);
    let text = reworded.ok("rubric diff new.ron");
    assert_eq!(text, format!("细则的改动（文字、次序、期限之类）不影响计分\n\n{nobody}"));
    let relabelled = desk(&[("label: \"更新超期\"", "label: \"停更\"")]);
    let text = relabelled.ok("rubric diff new.ron");
    assert_eq!(text, format!("细则的改动\n  3 政务新媒体 规则 更新超期：名称改为“停更”\n\n{nobody}"));
    let outcome = relabelled.run_with("rubric diff -", DISTRICT.as_bytes());
    assert_eq!((outcome.status, outcome.text().as_str()), (0, nobody));
}

/// A rubric that records do not fit: what is said of each, and the rows of who moves without them.
#[track_caller]
fn check_misfits(edits: &[(&str, &str)], misfits: &[&str], moves: &[&str]) {
    let desk = desk(edits);
    let before = desk.files();
    let outcome = desk.run("rubric diff new.ron --format csv");
    assert_eq!(outcome.status, 1, "{}", outcome.err);
    let lines: Vec<&str> = outcome.err.lines().collect();
    let (last, told) = lines.split_last().unwrap();
    assert_eq!(told.len(), misfits.len(), "{}", outcome.err);
    for (line, expected) in told.iter().zip(misfits) {
        // The writer's name is drawn by lot.
        let (number, rest) = line.split_once('@').unwrap();
        let (_, what) = rest.split_once(' ').unwrap();
        assert_eq!(format!("{number} {what}"), *expected);
    }
    let total = format!("共 {} 条记录对不上这份细则", misfits.len());
    assert!(last.starts_with(&total) && last.contains("不能这样换用"), "{last}");
    let csv = outcome.text();
    assert_eq!(csv.lines().skip(1).collect::<Vec<_>>(), moves);
    assert!(desk.files() == before, "files have changed");
}

#[test]
fn a_rule_that_records_use_cannot_vanish() {
    check_misfits(
        &[("id: \"stale\"", "id: \"idle\"")],
        &[
            "记录 2.1 区教育局 政务新媒体：扣 更新超期 4次【对不上：“stale”不是该指标的规则：请填 严重问题、通报批评 或 更新超期】",
            "记录 2.2 区科技和工业信息化局 政务新媒体：扣 更新超期 6次【对不上：“stale”不是该指标的规则：请填 严重问题、通报批评 或 更新超期】",
        ],
        &["区直,Q03,区科技和工业信息化局,99.4,100,0.6,,", "区直,Q02,区教育局,99.6,100,0.4,,"],
    );
}

#[test]
fn what_was_taken_at_discretion_has_to_stay_within_its_bounds() {
    let bounded =
        ("measure: Discretionary(unit: \"次\")", "measure: Discretionary(at_most: 5, unit: \"次\")");
    check_misfits(
        &[bounded],
        &["记录 2.4 区民政局 主动公开信息：扣 质量欠缺 8分【对不上：分值不在范围内：须大于 0，不超过 5】"],
        &["区直,Q05,区民政局,92,100,8,,"],
    );
}

#[test]
fn a_level_that_records_name_cannot_vanish() {
    check_misfits(
        &[("Level(name: \"省级\"", "Level(name: \"全省\"")],
        &[
            "记录 2.3 区公安分局 政务新媒体：扣 通报批评（省级） 2次【对不上：“省级”不是该规则的档次：请填 国务院、全省 或 市级】",
        ],
        &["区直,Q04,区公安分局,99,100,1,,"],
    );
}

#[test]
fn a_rubric_of_no_class_of_the_year_or_with_faults_is_refused() {
    for (edits, status, expected) in [
        (
            &[("track: \"区直\"", "track: \"村居\""), ("id: \"district\"", "id: \"village\"")][..],
            2,
            "new.ron：本年度没有类别“村居”，有的是 区直、乡镇。",
        ),
        (
            &[("track: \"区直\"", "track: \"村居\"")],
            2,
            "new.ron：编号“district”是区直细则的，类别写的却是“村居”",
        ),
        (&[("track: \"区直\"", "track: \"乡镇\"")], 2, "类别写的却是“乡镇”"),
        (&[("points: 100", "points: 101"), ("number: \"1\"", "nummer: \"1\"")], 3, "new.ron:"),
    ] {
        let desk = desk(edits);
        let err = desk.fails(status, "rubric diff new.ron");
        assert!(err.contains(expected), "{err}");
    }
    let faults = desk(&[("points: 100", "points: 101"), ("number: \"1\"", "nummer: \"1\"")]);
    let err = faults.fails(3, "rubric diff new.ron");
    let check = faults.fails(1, "rubric check new.ron");
    let told = |it: &str| it.lines().filter(|it| it.starts_with("new.ron:")).count();
    assert!(told(&err) > 1 && told(&err) == told(&check), "{err}\n{check}");
    assert!(faults.fails(3, "rubric diff no.ron").contains("no.ron"));
    assert!(Desk::empty().fails(4, "rubric diff new.ron").contains("还没有年度"));
}

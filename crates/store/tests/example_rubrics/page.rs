//! What docs/rubric-format.md shows is read, and worth what it says.

use kaohe_core::{NotApplicable, Settings};

use crate::class::{check, faultless, scored};
use crate::fragment::{fenced, wrapped};

/// Returns the blocks of the page that show right rubrics or parts of them, each with its line.
fn blocks() -> Vec<(usize, String)> {
    fenced().into_iter().filter(|it| it.kind == "ron").map(|it| (it.line, it.text)).collect()
}

#[test]
fn every_example_of_the_page_is_read_without_faults() {
    let blocks = blocks();
    assert!(blocks.len() > 30, "{}", blocks.len());
    for (line, block) in blocks {
        faultless(&format!("rubric-format.md:{line}"), &wrapped(&block));
    }
}

#[test]
fn the_whole_rubric_of_the_page_is_scored_as_the_page_says() {
    // 甲：见 rubric-format.md 的表。通报类：网站通报 2×2＝4 先记，通报批评的 1 分退回。
    //   日常 (47+21+19)×60%＝52.2；评估 (51+30)×40%＝32.4；基础 84.6；加 3，末位不加；87.6，良好。
    // 乙（试点）：吃拿卡要两次，办件 0；归集 0；评估 0，不到 30 分，满意率 0；日常 30×60%＝18；不到 80，第 1 名的 2 分不加；18，一般。
    // 丙：归集 20；评估 60；日常 100×60%，评估 100×40%，基础 100；加 7 最多 6，最多 105；被篡改，不高于 60，一般。
    // 丁：不是试点。归集不涉及，评估 60，满意率 40：日常 80×60%＝48，评估 40，88×100÷88＝100；优秀。
    page(
        "id: \"whole\"",
        "甲 [试点]: cases/late x5 @03-05, cases/late @04-05, cases/below ~97.5, site:1/missing #机构职能,
             site:1/missing #机构职能, site:1/missing #财政信息, site:1/stale @01-03, site:1/stale @01-10,
             site/notice #市级 x2, data/done ~190/200, third/score ~80 @06-30, third/score ~90 @12-30,
             satisfaction/low ~85, extra/spread x3, extra/notice #县级, rank/rank ~88
         乙 [试点]: cases/graft =2, cases/graft =2, rank/rank ~92
         丙: data/done ~5/5, third/score ~100, third/hacked, extra/spread x7
         丁: -data, third/score ~100",
        "甲: 47 21 19 51 30 3 0 = 87.6 良好 第2
         乙: 0 30 0 0 0 0 2 = 18 一般 第4
         丙: 50 30 20 60 40 6 · = 60 一般 第3
         丁: 50 30 · 60 40 0 · = 100 优秀 第1",
    );
}

/// Scores what a part of the page says, as [`check`] does.
#[track_caller]
fn page(part: &str, class: &str, expected: &str) {
    let (line, block) = blocks().into_iter().find(|it| it.1.contains(part)).unwrap();
    let rubric = faultless(&format!("rubric-format.md:{line}"), &wrapped(&block));
    check(&rubric, Settings::default(), class, expected);
}

#[test]
fn what_hangs_on_the_class_is_worth_what_the_page_says() {
    page(
        "label: \"低于平均\"",
        "甲: x/more ~5/3, x/mean ~96
         乙: x/more ~5/0, x/mean ~90
         丙: x/more ~5/-1, x/mean ~90",
        "甲: 98 = 98 第1
         乙: 94 = 94 第2
         丙: 93 = 93 第3",
    );
    page(
        "id: \"speed\"",
        "甲: volume/cases ~400, speed/days ~3
         乙: volume/cases ~250, speed/days ~4.5
         丙: volume/cases ~0, speed/days ~9",
        "甲: 10 90 = 100 第1
         乙: 6.25 60 = 66.25 第2
         丙: 0 30 = 30 第3",
    );
    page(
        "id: \"speed\"",
        "甲: volume/cases ~0, speed/days ~0
         乙: volume/cases ~0, speed/days ~4.5",
        "甲: 10 90 = 100 第1
         乙: 10 0 = 10 第2",
    );
}

#[test]
fn idioms_are_worth_what_the_page_says() {
    page(
        "id: \"slope\"",
        "甲 [许可]: slope/low ~88, slope/lower ~88, fall/fall ~-7, done/done ~55, done/poor ~55, permit/late x3
         乙:",
        "甲: 14 18 0 37 = 69 第2
         乙: 20 20 0 37 = 77 第1",
    );
    page("id: \"base\"", "甲: reply/late x3", "甲: 20 77 = 97 第1");
    page("id: \"veto\"", "甲: veto/accident\n乙:", "甲: 50 50 0 = 0 第2\n乙: 50 50 0 = 100 第1");
    page("id: \"open\"", "甲: open/new x30", "甲: 50 50 60 = 160 第1");
}

#[test]
fn measures_are_worth_what_the_page_says() {
    page("each: 0.5, unit: \"次\"", "甲: x/absent x3", "甲: 98.5 = 98.5 第1");
    page("label: \"通报批评\"", "甲: x/notice #省级, x/notice #县级 x2", "甲: 98.6 = 98.6 第1");
    page(
        "label: \"公示缺项\"",
        "甲: x/missing #投诉电话 @01-09, x/missing #投诉电话 @05-09, x/missing #收费标准",
        "甲: 96 = 96 第1",
    );
    page(
        "label: \"村容评定\"",
        "甲: life/grade #较好 @06-01, life/grade #好 @12-01, village:1/grade #A, village:2/grade #B",
        "甲: 15 71 = 86 第1",
    );
    page("label: \"超期三次及以上\"", "甲: x/late x2\n乙: x/late x3", "甲: 96 = 96 第1\n乙: 0 = 0 第2");
    page(
        "label: \"培训不足\"",
        "甲: x/few ~9, x/training ~42/50\n乙: x/few ~15",
        "甲: 96.2 = 96.2 第2\n乙: 100 = 100 第1",
    );
    page("rounding: StepsBegun", "甲: x/below ~95.2, x/days ~4", "甲: 97 = 97 第1");
    page(
        "Band(from: 10, to: 20",
        "甲: x/low ~75, x/trash ~20, x/cases ~10\n乙: x/low ~90, x/trash ~19.9\n丙: x/low ~89.9",
        "甲: 89 = 89 第3\n乙: 99 = 99 第1\n丙: 98 = 98 第2",
    );
    page("label: \"参保率\"", "甲: task/done ~9/12, rate/rate ~90", "甲: 15 75.789474 = 90.789474 第1");
    page("out_of: 5", "甲: third/score ~88, review/score ~4.6", "甲: 26.4 18.4 50 = 94.8 第1");
    page(
        "label: \"禁烧排名\"",
        "甲: income/rank ~40, complaints/rank ~1, harvest/rank ~90
         乙: income/rank ~30, complaints/rank ~2, harvest/rank ~90
         丙: income/rank ~20, complaints/rank ~3, harvest/rank ~80
         丁: income/rank ~10, complaints/rank ~4, harvest/rank ~70",
        "甲: 10 5 85 = 100 第1
         乙: 10 0 85 = 95 第2
         丙: 10 0 81 = 91 第3
         丁: 2 0 79 = 81 第4",
    );
    page(
        "GradeAtMost(\"合格\")",
        "甲: x/report
         乙: x/accident
         丙: x/pollution
         丁: x/standard
         戊: x/petition
         己: x/crime",
        "甲: 100 = 100 不排
         乙: 100 = 0 不合格 第5
         丙: 100 = 80 良好 第3
         丁: 100 = 60 合格 第4
         戊: 100 = 100 良好 第1
         己: 100 = 100 合格 第1",
    );
}

#[test]
fn rules_and_indicators_do_what_the_page_says() {
    page("direction: Award", "甲: x/missing x3, x/made-up x2", "甲: 98 = 98 第1");
    page("combine: Mean),", "甲: x/low ~85, x/low ~75, x/low ~92, x/low ~88", "甲: 97.75 = 97.75 第1");
    page(
        "per: Weeks(2)),",
        "甲: x/stale @01-03, x/stale @01-10, x/stale @01-15, x/few ~0 @01-10, x/few ~1 @01-31, x/few ~0 @03-31",
        "甲: 96.5 = 96.5 第1",
    );
    page("label: \"虚报\"", "甲: reports/sent x24, reports/false", "甲: 10 = 10 第1");
    page(
        "label: \"表述错误\"",
        "甲: wording/error x15\n乙: wording/error x16",
        "甲: -20 = 0 第1\n乙: -20 = 0 第1",
    );
    page(
        "label: \"内容不全\"",
        "甲: board:1/late x21\n乙: board/late x21",
        "甲: 40 = 40 第1\n乙: 37 = 37 第2",
    );
    page(
        "short: \"公众号\"",
        "甲: channel/error x2, channel/notice #县级, channel/reminder x5, channel/absent x5 @02-05, channel/absent @03-05",
        "甲: 94.5 = 94.5 第1",
    );
    page(
        "Gate(indicator: \"plan\"",
        "甲: plan/none\n乙: publicity/few",
        "甲: 0 0 = 0 第2\n乙: 10 85 = 95 第1",
    );
    page(
        "only: [\"许可\"]",
        "甲 [许可]: licence/late\n乙: office/error x2",
        "甲: 99 · = 99 第1\n乙: · 98 = 98 第2",
    );
    page("not_applicable: Rate(90)", "甲: -petition, reply/late", "甲: 18 75 = 93 第1");
}

#[test]
fn totals_are_what_the_page_says() {
    page(
        "label: \"评估得分\", text: \"第三方评估得分，百分制\"",
        "甲: work/absent x3, third/score ~85",
        "甲: 54 85 = 88 第1",
    );
    page("id: \"routine\"", "甲: daily/absent x3, key/undone x2, routine/error", "甲: 94 80 95 = 88.3 第1");
    page(
        "label: \"批评\"",
        "甲: extra/blame #省级 x4
         乙: extra/praise #市级
         丙: a/notice x21, extra/praise #市级
         丁: a/notice x21, extra/blame #市级",
        "甲: 50 50 -10 = 90 第2
         乙: 50 50 1 = 101 第1
         丙: 29 50 1 = 79 第3
         丁: 29 50 -1.5 = 77.5 第4",
    );
    page(
        "label: \"事故\"",
        "甲: safety/accident x3\n乙: safety/accident x6\n丙:",
        "甲: 50 50 -6 = 94 第2\n乙: 50 50 -10 = 90 第3\n丙: 50 50 0 = 100 第1",
    );
    page("times: 0.5", "甲: a/notice x2 *加倍, b/notice x5 *免扣", "甲: 46 50 = 96 第1");
    page("events: HighestOnly,\n", "甲: a/notice !上访, b/notice x2 !上访", "甲: 50 48 = 98 第1");
    page(
        "id: \"notices\", text: \"通报类扣分每季度",
        "甲: a/notice x2, b/notice x2, b/notice @09-01",
        "甲: 48 48 = 96 第1",
    );
    page(
        "Grade(name: \"不合格\"",
        "甲: a/notice x10\n乙: a/notice x11",
        "甲: 40 50 = 90 优秀 第1\n乙: 39 50 = 89 良好 第2",
    );
    page("tie_breakers: [\"a\"", "甲: a/notice\n乙: b/notice", "甲: 49 50 = 99 第2\n乙: 50 49 = 99 第1");
}

#[test]
fn an_indicator_that_does_not_concern_a_unit_is_worth_what_the_page_says() {
    // 甲 20 分不涉及，乙 30 分得 27，丙 50 分得 45；另一个单位甲得 15。
    let indicator = |id: &str, number: &str, points: u32| {
        let rule = "Rule(id: \"r\", label: \"差错\", text: \"每次扣1分\", measure: Count(each: 1))";
        let text = format!(
            "number: \"{number}\", name: \"{id}\", points: {points}, method: \"每次扣1分\", rules: [{rule}]"
        );
        format!("Indicator(id: \"{id}\", {text})")
    };
    let text = format!(
        "Rubric(id: \"table\", track: \"类\", title: \"题\", points: 100, sections: [
            Section(number: \"1\", name: \"一\", points: 50, indicators: [{}, {}]),
            Section(number: \"2\", name: \"二\", points: 50, indicators: [{}]),
        ])",
        indicator("a", "1", 20),
        indicator("b", "2", 30),
        indicator("c", "3", 50),
    );
    let rubric = faultless("table.ron", &text);
    let total = |not_applicable: NotApplicable| {
        let settings = Settings { not_applicable, ..Settings::default() };
        let ledger = scored(rubric.clone(), settings, "甲: -a, b/r x3, c/r x5\n乙: a/r x5");
        ledger.score(0).decided().unwrap().to_string()
    };
    assert_eq!(total(NotApplicable::FullMarks), "92");
    assert_eq!(total(NotApplicable::Scaled), "90");
    assert_eq!(total(NotApplicable::Spread), "90");
    assert_eq!(total(NotApplicable::Rate("90".parse().unwrap())), "90");
    assert_eq!(total(NotApplicable::ClassMean), "87");
}

//! Sheets of units, read back.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jiff::civil::Date;
use kaohe_core::{Change, Ledger, NotApplicable, Points, Quantity, Settings};
use proptest::prelude::*;

use super::*;
use crate::docx::tests::{check_well_formed, part, text_of};
use crate::sample::{deduct, done, import, ledger_under, ledger_with, review, roster, rubrics, with};

#[track_caller]
fn facts(ledger: &Ledger, unit_idx: usize) -> Feedback {
    let made_on = Date::constant(2023, 12, 31);
    feedback_facts(&FeedbackIn { ledger, name: "2023年政务公开考核", mark: "", unit_idx, made_on })
}

/// Returns the lines of an indicator: what, how, points.
fn lines(feedback: &Feedback, indicator_idx: usize) -> Vec<String> {
    let all = feedback.indicators[indicator_idx].lines.iter();
    all.map(|it| format!("{}|{}|{}", it.what, it.how, it.lost)).collect()
}

fn sum(lines: &[LossLine]) -> Points {
    lines.iter().map(|it| it.lost).sum()
}

/// Checks that the sheet adds up: lines to their indicator, indicators and steps to the whole.
#[track_caller]
fn check_sums(feedback: &Feedback) {
    for it in feedback.indicators.iter().filter(|it| it.lost.is_some()) {
        assert_eq!(Some(sum(&it.lines)), it.lost, "{}", it.name);
    }
    let own: Points = feedback.indicators.iter().filter_map(|it| it.lost).sum();
    assert_eq!(Some(own + sum(&feedback.steps)), feedback.lost());
}

/// Returns the cells of the sheet, texts and numbers, row by row, joined by `|`.
fn cells(bytes: &[u8]) -> Vec<String> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = workbook.worksheet_range("失分明细").unwrap();
    let cell = |it: &Data| match it {
        Data::Empty => String::new(),
        Data::DateTime(it) => format!("日{}", it.as_f64()),
        it => it.to_string(),
    };
    range.rows().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
}

/// Returns the formulas by the names of their cells.
fn formulas(bytes: &[u8]) -> Vec<String> {
    let xml = part(bytes, "xl/worksheets/sheet1.xml");
    let cells = xml.split("<c ").skip(1).filter(|it| it.contains("<f>"));
    let between = |text: &str, from: &str, to: &str| {
        text.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned()
    };
    cells
        .map(|it| {
            format!("{}={}→{}", between(it, "r=\"", "\""), between(it, "<f>", "<"), between(it, "<v>", "<"))
        })
        .collect()
}

fn sample() -> Ledger {
    let mut ledger = ledger_with(
        "a01,3,,incident,,4,,=1+1\na01,3,,stale,,2,,\na01,1,,late,,3,,<b>&\na01,4,2,quality,,,0.5,粗略\na01,8,,unmet,,,,",
    );
    review(&mut ledger, 2, &[0]);
    ledger
}

#[test]
fn every_deduction_and_what_gave_back_adds_up() {
    let feedback = facts(&sample(), 0);
    assert_eq!(lines(&feedback, 0), ["逾期未完成|0.1×3次|0.3"]);
    assert_eq!(
        lines(&feedback, 1),
        ["严重问题|1×4次|4", "更新超期|0.1×2次|0.2", "严重问题、通报批评 合计最多扣 3，超出部分退回||-1"]
    );
    assert_eq!(lines(&feedback, 2), ["质量欠缺|0.5×1次（4.2）|0.5"]);
    assert_eq!(lines(&feedback, 3), ["未按要求|不计分|10"]);
    check_sums(&feedback);
    assert_eq!(feedback.lost(), Some("14".parse().unwrap()));
    let entry = &feedback.indicators[1].lines[0];
    assert_eq!((entry.clause.as_str(), entry.note.as_str()), ("每次扣1分", "=1+1"));
    assert_eq!(entry.date, Some(crate::sample::TODAY));
    assert_eq!(feedback.standing, ["第1名，本类2个单位中还有1个没有名次，名次可能变"]);
}

#[test]
fn score_and_place_are_said_as_far_as_they_are_decided() {
    let mut ledger = sample();
    let standing = |ledger: &Ledger, unit_idx: usize| facts(ledger, unit_idx).standing.join("；");
    assert_eq!(standing(&ledger, 2), "还有4个指标未复核，得分为暂计，名次待复核后确定");
    review(&mut ledger, 3, &[2]);
    assert_eq!(standing(&ledger, 0), "第2名，本类共2个单位");
    let mut equal = ledger_with("");
    review(&mut equal, 2, &[1, 3]);
    assert_eq!(standing(&equal, 1), "第1名（并列），本类共2个单位");
    let spotless = facts(&equal, 1);
    assert!(spotless.is_spotless());
    assert_eq!(
        spotless.result(),
        "满分60分；扣0分，得60分；第1名（并列），本类共2个单位；全年没有扣分记录。"
    );
    for text in [text_of(&feedback_docx(&spotless)).join("\n"), cells(&feedback_xlsx(&spotless)).join("\n")] {
        assert!(
            text.contains("全年没有扣分记录")
                && text.contains("2 政务新媒体 未扣分（满分20分，得20分，已复核）")
        );
        assert!(text.contains("整改情况") && text.contains("整改责任人") && text.contains("签字"));
    }
}

#[test]
fn workbook_has_numbers_dates_and_live_sums() {
    let bytes = feedback_xlsx(&facts(&sample(), 0));
    assert_eq!(bytes, feedback_xlsx(&facts(&sample(), 0)), "the same facts make the same bytes");
    let cells = cells(&bytes);
    assert_eq!(cells[0], "2023年政务公开考核失分明细|||||||");
    assert_eq!(cells[4], "指标|扣分事项|细则条款|日期|计算|扣分|说明|依据");
    assert_eq!(cells[5], "1 主动公开信息|逾期未完成|每逾期1次扣0.1分|日45261|0.1×3次|0.3|<b>&|");
    assert_eq!(cells[6], "1 主动公开信息 小计（满分10分，得9.7分，已复核）|||||0.3||");
    assert_eq!(cells[7], "3 政务新媒体|严重问题|每次扣1分|日45261|1×4次|4|=1+1|");
    assert_eq!(
        formulas(&bytes),
        [
            "F7=ROUND(SUM(F6:F6),6)→0.3",
            "F11=ROUND(SUM(F8:F10),6)→3.2",
            "F13=ROUND(SUM(F12:F12),6)→0.5",
            "F15=ROUND(SUM(F14:F14),6)→10",
            "F16=ROUND(F7+F11+F13+F15,6)→14",
            "F17=ROUND(34-F16,6)→20",
        ]
    );
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for setup in
        ["paperSize=\"9\"", "fitToHeight=\"0\"", "customHeight=\"1\"", "<pageSetUpPr fitToPage=\"1\"/>"]
    {
        assert!(sheet.contains(setup), "{setup}");
    }
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn document_says_the_same() {
    let feedback = facts(&sample(), 0);
    let bytes = feedback_docx(&feedback);
    assert_eq!(bytes, feedback_docx(&feedback));
    check_well_formed(&part(&bytes, "word/document.xml"));
    let text = text_of(&bytes);
    assert_eq!(text[1], "单位：区教育局（a01）　类别：区直　制表日期：2023年12月31日");
    assert_eq!(text[2], "满分34分；扣14分，得20分；第1名，本类2个单位中还有1个没有名次，名次可能变。");
    assert_eq!(text[5], "1 主动公开信息|逾期未完成|每逾期1次扣0.1分|2023-12-01|0.1×3次|0.3|<b>&|");
    assert_eq!(text[6], "1 主动公开信息 小计（满分10分，得9.7分，已复核）|0.3|");
    assert!(text.contains(&"扣分合计|14|".to_owned()) && text.contains(&"得分（满分34分）|20|".to_owned()));
}

#[test]
fn weights_and_what_does_not_concern_the_unit_add_up_too() {
    let mut rubrics = rubrics();
    rubrics[0].sections[0].weight = Some("50".parse::<Quantity>().unwrap());
    rubrics[0].points = "17".parse().unwrap();
    let settings = Settings { not_applicable: NotApplicable::Scaled, ..Settings::default() };
    let mut ledger = Ledger::new(rubrics, roster(), settings).unwrap();
    import(&mut ledger, 1, "a01,1,,late,,3,,\na01,3,,incident,,1,,");
    ledger.apply(&done(
        2,
        Change::NotApplicable {
            unit: "a01".into(),
            indicator: "media".into(),
            reason: Some("没有账号".to_owned()),
        },
    ));
    let feedback = facts(&ledger, 0);
    check_sums(&feedback);
    assert!(!feedback.steps.is_empty());
    let media = &feedback.indicators[1];
    assert_eq!((media.state, media.lines.last().unwrap().clause.as_str()), ("不涉及", "没有账号"));
}

#[test]
fn entries_of_one_event_say_which_does_not_count() {
    let settings = Settings { events: kaohe_core::Events::HighestOnly, ..Settings::default() };
    let mut ledger = ledger_under(settings);
    let of_event = |rule: &str, count: u32| {
        with(deduct("a01", "media", rule), |it| {
            it.event = Some("泄密".to_owned());
            it.count = count;
            it.source = "市通报".to_owned();
        })
    };
    ledger.apply(&done(1, of_event("incident", 2)));
    ledger.apply(&done(2, of_event("stale", 1)));
    let feedback = facts(&ledger, 0);
    assert_eq!(lines(&feedback, 1), ["严重问题|1×2次|2", "更新超期|0.1×1次（同一事项就高，不计）|0"]);
    assert_eq!(feedback.indicators[1].lines[0].source, "市通报");
    check_sums(&feedback);
}

#[test]
fn rows_are_as_high_as_their_texts() {
    let long = "很长的说明".repeat(30);
    let ledger = ledger_with(&format!("a01,1,,late,,1,,{long}"));
    let sheet = part(&feedback_xlsx(&facts(&ledger, 0)), "xl/worksheets/sheet1.xml");
    // 150 characters, 11 a line in a column of 24 cells.
    let row = sheet.split("<row ").nth(6).unwrap();
    assert!(row.contains("ht=\"228\""), "{}", row.split('>').next().unwrap());
    // In the fonts of print quotation marks are as wide as other characters: 11 a line, so three lines.
    let quoted = ledger_with(&format!("a01,1,,late,,1,,{}", "“引”".repeat(11)));
    let sheet = part(&feedback_xlsx(&facts(&quoted, 0)), "xl/worksheets/sheet1.xml");
    let row = sheet.split("<row ").nth(6).unwrap();
    assert!(row.contains("ht=\"51.75\""), "{}", row.split('>').next().unwrap());
}

#[test]
fn text_longer_than_a_row_can_be_goes_on_in_the_next() {
    let long = "说明".repeat(600);
    let ledger = ledger_with(&format!("a01,1,,late,,1,,{long}"));
    let bytes = feedback_xlsx(&facts(&ledger, 0));
    let cells = cells(&bytes);
    let notes: Vec<&str> =
        cells[5..].iter().map_while(|it| it.split('|').nth(6).filter(|it| !it.is_empty())).collect();
    assert_eq!((notes.len(), notes.concat()), (5, long));
    assert!(cells[6].starts_with("|||||"), "{}", cells[6]);
    assert_eq!(formulas(&bytes)[0], "F11=ROUND(SUM(F6:F10),6)→0.1");
}

proptest! {
    #[test]
    fn every_sheet_adds_up(
        n_late in 1_u32..60, n_incidents in 1_u32..9, quality in 1_u32..20, is_unmet: bool, is_scaled: bool,
    ) {
        let treatment = if is_scaled { NotApplicable::Scaled } else { NotApplicable::FullMarks };
        let mut ledger = ledger_under(Settings { not_applicable: treatment, ..Settings::default() });
        import(&mut ledger, 1, &format!(
            "a01,4,1,late,,{n_late},,\na01,4,,late,,{n_late},,\na01,3,,incident,,{n_incidents},,\n\
             a01,4,2,quality,,,0.{quality:02},粗略{}",
            if is_unmet { "\na01,8,,unmet,,2,," } else { "" },
        ));
        let reason = Some("无此职能".to_owned());
        ledger.apply(&done(2, Change::NotApplicable { unit: "a01".into(), indicator: "release".into(), reason }));
        check_sums(&facts(&ledger, 0));
    }
}

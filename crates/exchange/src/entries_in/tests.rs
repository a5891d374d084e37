//! The contract of `import entries`, point by point.

use proptest::prelude::*;

use super::*;
use crate::sample::{TODAY, deduct, done, ledger, with};

const HEADER: &str = "单位,指标,评分要点,规则,档次,次数,分值,日期,说明,依据,事项";

fn read(csv: &str) -> Result<EntriesIn, Vec<CellFault>> {
    read_entries(csv.as_bytes(), "扣分.csv", &ledger(), TODAY)
}

/// One row under the full header.
#[track_caller]
fn check(row: &str, expected: Change) {
    match read(&format!("{HEADER}\n{row}\n")) {
        Ok(read) => assert_eq!(read.changes, [expected]),
        Err(faults) => panic!("{}", faults[0]),
    }
}

#[track_caller]
fn check_faults(rows: &str, expected: &[&str]) {
    let faults = read(&format!("{HEADER}\n{rows}\n")).unwrap_err();
    assert_eq!(faults.iter().map(CellFault::sentence).collect::<Vec<_>>(), expected);
}

#[track_caller]
fn check_warnings(rows: &str, expected: &[&str]) {
    let warnings = read(&format!("{HEADER}\n{rows}\n")).unwrap().warnings;
    assert_eq!(warnings.iter().map(CellFault::sentence).collect::<Vec<_>>(), expected);
}

fn item(change: Change, number: &str) -> Change {
    with(change, |it| it.item = Some(number.into()))
}

#[test]
fn only_three_columns_are_required() {
    let read = read("规则,单位,指标\r\n逾期未完成,区教育局,主动公开信息\r\n").unwrap();
    assert_eq!(read.changes, [deduct("a01", "release", "late")]);
    assert_eq!(read.warnings, []);
}

#[test]
fn units_are_named_by_id_or_exact_name() {
    for unit in ["a02", "区财政局（国资办）", "区财政局(国资办)", "ａ０２"] {
        check(&format!("{unit},1,,late,,,,,,,"), deduct("a02", "release", "late"));
    }
    check_faults(
        "财政局,1,,late,,,,,,,",
        &["第 2 行“单位”列：“财政局”不在名录中，最接近的是“区财政局（国资办）”。"],
    );
    check_faults(
        "区教育剧,1,,late,,,,,,,",
        &["第 2 行“单位”列：“区教育剧”不在名录中，最接近的是“区教育局”。"],
    );
    check_faults("某某,1,,late,,,,,,,", &["第 2 行“单位”列：“某某”不在名录中：请填名录里的编号或单位全名。"]);
}

#[test]
fn indicators_are_those_of_the_units_rubric() {
    for indicator in ["3", "３", "政务新媒体", "media"] {
        check(&format!("a01,{indicator},,incident,,,,,,,"), deduct("a01", "media", "incident"));
    }
    check("b01,2,,incident,,,,,,,", deduct("b01", "media", "incident"));
    check_faults(
        "b01,基础信息公开,,late,,,,,,,\nb01,9,,late,,,,,,,\nb01,政务媒体,,stale,,,,,,,\nb01,,,late,,,,,,,",
        &[
            "第 2 行“指标”列：“基础信息公开”不是乡镇的指标：请填 1 主动公开信息、2 政务新媒体 或 3 依申请公开。",
            "第 3 行“指标”列：“9”不是乡镇的指标：请填 1 主动公开信息、2 政务新媒体 或 3 依申请公开。",
            "第 4 行“指标”列：“政务媒体”不是乡镇的指标，最接近的是“政务新媒体”。",
            "第 5 行“指标”列：空着：请填指标的序号或名称。",
        ],
    );
}

#[test]
fn rules_are_named_by_id_label_or_number() {
    for rule in ["stale", "更新超期", "3", "３"] {
        check(&format!("a01,3,,{rule},,,,,,,"), deduct("a01", "media", "stale"));
    }
    check_faults(
        "a01,1,,逾期未完,,,,,,,\na01,1,,3,,,,,,,\na01,1,,,,,,,,,",
        &[
            "第 2 行“规则”列：“逾期未完”不是该指标的规则，最接近的是“逾期未完成”。",
            "第 3 行“规则”列：“3”不是该指标的规则：请填 逾期未完成 或 质量欠缺。",
            "第 4 行“规则”列：空着：请填规则的名称或序号。",
        ],
    );
}

#[test]
fn items_are_written_short_or_long() {
    for number in ["4.2", "2", "４．２"] {
        check(&format!("a01,4,{number},late,,,,,,,"), item(deduct("a01", "basics", "late"), "2"));
    }
    check("a01,4,,late,,,,,,,", deduct("a01", "basics", "late"));
    check_faults(
        "a01,4,5.1,late,,,,,,,",
        &["第 2 行“评分要点”列：“5.1”不是该指标的评分要点：请填 4.1 或 4.2，不能分开时留空。"],
    );
}

#[test]
fn levels_belong_to_rules_by_level() {
    check(
        "a01,3,,notice,省级,2,,,,,",
        with(deduct("a01", "media", "notice"), |it| {
            it.level = Some("省级".to_owned());
            it.count = 2;
        }),
    );
    check_faults(
        "a01,3,,notice,,,,,,,\na01,3,,notice,省,,,,,,\na01,3,,incident,省级,,,,,,",
        &[
            "第 2 行“档次”列：缺少档次：请填 国务院、省级 或 市级。",
            "第 3 行“档次”列：“省”不是该规则的档次：请填 国务院、省级 或 市级，最接近的是“省级”。",
            "第 4 行“档次”列：“省级”无需填写：该规则不分档次，请留空。",
        ],
    );
}

#[test]
fn counts_are_whole_and_from_one() {
    for count in ["3", "３", "3.0", "3次"] {
        check(
            &format!("a01,1,,late,,{count},,,,,"),
            with(deduct("a01", "release", "late"), |it| it.count = 3),
        );
    }
    check_faults(
        "a01,1,,late,,0,,,,,\na01,1,,late,,1.5,,,,,\na01,1,,late,,100001,,,,,",
        &[
            "第 2 行“次数”列：“0”不是 1 到 100000 的整数。",
            "第 3 行“次数”列：“1.5”不是整数：请填不小于 1 的整数。",
            "第 4 行“次数”列：“100001”不是 1 到 100000 的整数。",
        ],
    );
}

#[test]
fn amounts_belong_to_discretionary_rules() {
    for amount in ["0.5", "０．５", "0.5分"] {
        check(
            &format!("a01,1,,quality,,,{amount},,内容简略,,"),
            with(deduct("a01", "release", "quality"), |it| {
                it.amount = Some("0.5".parse().unwrap());
                it.note = "内容简略".to_owned();
            }),
        );
    }
    check_faults(
        "a01,1,,quality,,,,,好,,\na01,1,,quality,,,0,,好,,\na01,1,,quality,,,-1,,好,,\na01,1,,quality,,,11,,好,,\n\
         a01,4,2,quality,,,3,,好,,\na01,1,,late,,,0.1,,,,\na01,1,,quality,,,若干,,好,,\na01,1,,late,,,若干,,好,,",
        &[
            "第 2 行“分值”列：缺少分值：该规则酌情扣分，请填要扣多少分。",
            "第 3 行“分值”列：“0”不在范围内：须大于 0，不超过 10。",
            "第 4 行“分值”列：“-1”不在范围内：须大于 0，不超过 10。",
            "第 5 行“分值”列：“11”不在范围内：须大于 0，不超过 10。",
            "第 6 行“分值”列：“3”不在范围内：须大于 0，不超过 2。",
            "第 7 行“分值”列：“0.1”无需填写：该规则的分值由细则规定，请留空。",
            "第 8 行“分值”列：“若干”不是数：请填 0.5 这样的小数或整数。",
            "第 9 行“分值”列：“若干”不是数：请填 0.5 这样的小数或整数。",
        ],
    );
}

#[test]
fn dates_come_in_many_forms() {
    let on_the_6th = || with(deduct("a01", "release", "late"), |it| it.date = Date::constant(2023, 11, 6));
    for date in ["2023-11-06", "2023/11/6", "2023年11月6日", "20231106", "45236", "2023-11-06 00:00:00"] {
        check(&format!("a01,1,,late,,,,{date},,,"), on_the_6th());
    }
    check_faults(
        "a01,1,,late,,,,2023-13-01,,,\na01,1,,late,,,,上周,,,",
        &[
            "第 2 行“日期”列：“2023-13-01”不是日历上有的日期：请核对年月日。",
            "第 3 行“日期”列：“上周”不是日期：请写成 2023-11-06 的样子。",
        ],
    );
}

#[test]
fn date_outside_the_period_is_a_warning() {
    check_warnings("a01,1,,late,,,,2023-12-31,,,", &[]);
    check_warnings(
        "a01,1,,late,,,,2024/1/2,,,",
        &["第 2 行“日期”列：“2024-01-02”不在考核期 2023-01-01 至 2023-12-31 之内，仍会记入。"],
    );
}

#[test]
fn texts_are_kept_and_cleaned() {
    check(
        "a01,1,,late,,,, , 超期“３”天\u{7}\u{3000},大政办〔2023〕4号,E１",
        with(deduct("a01", "release", "late"), |it| {
            it.note = "超期“３”天".to_owned();
            it.source = "大政办〔2023〕4号".to_owned();
            it.event = Some("E１".to_owned());
        }),
    );
}

#[test]
fn all_faults_of_a_row_are_reported() {
    check_faults(
        "某某,1,,late,,x,,去年,,,\na01,1,7,quality,省级,0,99,2023-02-30,,,\na01,3,,notice,,,1,,,,",
        &[
            "第 2 行“单位”列：“某某”不在名录中：请填名录里的编号或单位全名。",
            "第 2 行“次数”列：“x”不是整数：请填不小于 1 的整数。",
            "第 2 行“日期”列：“去年”不是日期：请写成 2023-11-06 的样子。",
            "第 3 行“评分要点”列：“7”不是该指标的评分要点：请填 1.1，不能分开时留空。",
            "第 3 行“次数”列：“0”不是 1 到 100000 的整数。",
            "第 3 行“日期”列：“2023-02-30”不是日历上有的日期：请核对年月日。",
            "第 3 行“档次”列：“省级”无需填写：该规则不分档次，请留空。",
            "第 3 行“分值”列：“99”不在范围内：须大于 0，不超过 10。",
            "第 3 行“说明”列：缺少说明：按这条规则须写明理由。",
            "第 4 行“分值”列：“1”无需填写：该规则的分值由细则规定，请留空。",
            "第 4 行“档次”列：缺少档次：请填 国务院、省级 或 市级。",
        ],
    );
}

#[test]
fn unknown_column_names_the_nearest() {
    let faults = read("单位,指标,规责\na01,1,late\n").unwrap_err();
    assert_eq!(faults[0].sentence(), "第 1 行：“规责”不是这里的列名，最接近的是“规则”。");
    assert_eq!(faults[1].sentence(), "第 1 行“规则”列：缺少这一列，它必不可少。");
}

#[test]
fn gb18030_and_utf_16_are_read() {
    let csv = "单位,指标,规则,说明\r\n区教育局,主动公开信息,逾期未完成,𠮷\r\n";
    let expected = with(deduct("a01", "release", "late"), |it| it.note = "𠮷".to_owned());
    let gb18030 = encoding_rs::GB18030.encode(csv).0.into_owned();
    let utf_16: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(csv.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [gb18030, utf_16, format!("\u{FEFF}{csv}").into_bytes()] {
        assert_eq!(
            read_entries(&bytes, "扣分.csv", &ledger(), TODAY).unwrap().changes,
            vec![expected.clone()]
        );
    }
}

#[test]
fn rows_that_say_the_same_again_are_named() {
    let csv = "单位,指标,规则,次数,说明\na01,1,late,1,\nb01,1,late,1,\nb01,1,late,2,\nb01,1,late,1,别的\n";
    let mut ledger = ledger();
    ledger.apply(&done(1, deduct("a01", "release", "late")));
    let read = read_entries(csv.as_bytes(), "扣分.csv", &ledger, TODAY).unwrap();
    assert_eq!(read.changes.len(), 4);
    assert_eq!(
        read.duplicates.iter().map(CellFault::to_string).collect::<Vec<_>>(),
        [
            "扣分.csv 第 2 行：与已记入的 1@zhang 单位、规则、评分要点、日期和说明都相同，可能重复。",
            "扣分.csv 第 4 行：与第 3 行单位、规则、评分要点、日期和说明都相同，可能重复。",
        ]
    );
}

#[test]
fn levels_of_a_rule_repeat_nothing() {
    let csv = "单位,指标,规则,档次\na01,3,notice,省级\na01,3,notice,市级\n";
    assert_eq!(read(csv).unwrap().duplicates, []);
}

#[test]
fn withdrawn_rows_of_an_export_are_left_out() {
    let read_state = |state: &str| read(&format!("单位,指标,规则,记录状态\na01,1,late,{state}\n"));
    assert_eq!(read_state("有效").unwrap().changes.len(), 1);
    let withdrawn = read_state("已撤回").unwrap();
    assert_eq!((withdrawn.changes.len(), withdrawn.n_withdrawn), (0, 1));
    assert_eq!(
        read_state("作废").unwrap_err()[0].sentence(),
        "第 2 行“记录状态”列：“作废”不是记录状态：请填 有效、已撤回 或 单位已停用。"
    );
}

proptest! {
    #[test]
    fn arbitrary_rows_never_panic(rows in "[a01,34.２次分省级年月日late\\-\"\n 酌质量欠缺notice=']{0,120}") {
        let _ = read(&format!("{HEADER}\n{rows}"));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_entries(&bytes, "扣分.csv", &ledger(), TODAY);
        let with_header = [HEADER.as_bytes(), b"\n", &bytes].concat();
        let _ = read_entries(&with_header, "扣分.csv", &ledger(), TODAY);
    }
}

//! The way through a year on the command line, as an office goes it.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::{Desk, check_in_order};

const BOM: &str = "\u{feff}";

/// Worked check 1 of the office, for 区教育局.
const WORKED: &str = "\
单位,指标,规则,档次,次数,日期
区教育局,1,逾期未完成,,3,2023-03-01
区教育局,2,缺项,,2,2023年4月1日
Q02,3,incident,,2,20230501
Q02,3,notice,省级,,2023/6/1
Q02,3,2,市级,2,2023-06-02
Q02,政务新媒体,更新超期,,4,2023-07-01
Q02,依申请公开,未按要求,,,2023-08-01
";

/// The value in a column of the only row that begins so.
#[track_caller]
fn cell(csv: &str, row: &str, column: &str) -> String {
    let mut lines = csv.trim_start_matches(BOM).lines();
    let column_idx = lines.next().unwrap().split(',').position(|it| it == column).unwrap();
    let rows: Vec<&str> = lines.filter(|it| it.contains(row)).collect();
    let [only] = rows.as_slice() else { panic!("{row} names {} rows of\n{csv}", rows.len()) };
    only.split(',').nth(column_idx).unwrap().to_owned()
}

#[test]
fn a_year_from_beginning_to_archive() {
    let desk = Desk::empty();
    assert!(desk.ok("init 2023").starts_with("已新建 2023 年"));
    desk.file("entries.csv", WORKED);
    let preview = desk.ok("import entries entries.csv --dry-run");
    check_in_order(&preview, &["扣 逾期未完成 3次", "区教育局：得分 100 → 86.2", "将导入 7 条扣分"]);
    assert_eq!(cell(&desk.ok("rank --format csv"), "区教育局", "得分"), "100");

    assert_eq!(desk.ok("import entries entries.csv"), "导入 7 条扣分，涉及 1 个单位\n");
    let scores = desk.ok("score 区教育局 --format csv");
    assert!(scores.starts_with("\u{feff}类别,编号,单位,指标,指标名称,满分,自评,扣分,得分,状态\r\n"));
    assert_eq!(cell(&scores, ",3,政务新媒体", "得分"), "6.7");
    assert_eq!(cell(&scores, ",8,", "得分"), "0");
    let explained = desk.ok("explain Q02 3");
    check_in_order(&explained, &["满分", "严重问题 1×2次", "省级0.5×1次", "更新超期 0.1×4次", "6.7"]);

    let ranking = desk.ok("rank --format csv");
    assert_eq!(cell(&ranking, "区教育局", "名次"), "");
    assert_eq!(cell(&ranking, "区教育局", "状态"), "未复核");
    assert_eq!(cell(&desk.ok("rank --format csv --provisional"), "区教育局", "名次"), "26");

    let names = ["主动公开信息", "政务公开窗口", "政务新媒体", "基础信息公开", "重点领域信息公开"];
    let mut self_scores = "单位,指标,自评分,说明\n".to_owned();
    for name in names {
        self_scores.push_str(&format!("区教育局,{name},10,\n"));
    }
    self_scores.push_str("Q02,6,20,\nQ02,7,10,\nQ02,8,9.5,有一件超期\nQ02,9,10,\n");
    desk.file("self.csv", self_scores);
    assert_eq!(desk.ok("import self self.csv"), "导入 9 项自评分，涉及 1 个单位\n");
    assert_eq!(desk.ok("import self self.csv"), "没有新的自评分；9 项与已有的相同\n");

    assert!(desk.ok("review --unit 区教育局").starts_with("标为已复核 9 项，涉及 1 个单位"));
    let ranking = desk.ok("rank --track 区直 --format csv");
    for (column, value) in [
        ("名次", "1"),
        ("并列", ""),
        ("自评", "99.5"),
        ("扣分", "13.8"),
        ("得分", "86.2"),
        ("得分率", "86.2"),
    ] {
        assert_eq!(cell(&ranking, "区教育局", column), value, "{column}");
    }
    assert_eq!(cell(&ranking, "区教育局", "已复核"), "9/9");
    assert!(!ranking.contains("乡镇"));

    assert_eq!(desk.ok("check"), "");
    desk.ok("export --format ron -o year.ron");
    assert!(desk.ok("--data copy import year year.ron").starts_with("已读入 2023 年"));
    desk.ok("export --data copy --format ron -o again.ron");
    assert_eq!(desk.read("year.ron"), desk.read("again.ron"));
    assert_eq!(desk.ok("export --format ron").as_bytes(), desk.read("year.ron"));
    let begun = desk.ok("init 2024 --from 2023");
    assert!(
        begun.starts_with(
            "已新建 2024 年：data/2024\n提示：区直细则的考核期限是 2023-01-01 至 2023-12-31，不是 2024 年"
        ),
        "{begun}"
    );
    assert_eq!(cell(&desk.ok("rank --format csv"), "区教育局", "得分"), "100");
    assert_eq!(cell(&desk.ok("rank --format csv --year 2023"), "区教育局", "得分"), "86.2");
}

#[test]
fn undo_and_redo_are_said_in_words() {
    let desk = Desk::with_year();
    desk.file("one.csv", "单位,指标,规则\n区教育局,3,严重问题\n");
    desk.run("import entries one.csv");
    assert_eq!(desk.ok("undo"), "已撤销 导入扣分 one.csv，共 1 项\n");
    assert_eq!(cell(&desk.ok("score Q02 --format csv"), ",3,", "得分"), "10");
    assert_eq!(desk.ok("redo"), "已重做 导入扣分 one.csv，共 1 项\n");
    assert_eq!(cell(&desk.ok("score Q02 --format csv"), ",3,", "得分"), "9");
    assert!(desk.run("redo").err.contains("没有可以重做的操作"));
    assert_eq!(desk.run("undo --by 李四").status, 4);
}

#[test]
fn an_entry_is_withdrawn_and_stays_in_the_log() {
    let desk = Desk::with_year();
    desk.file("one.csv", "单位,指标,规则,日期\n区教育局,1,late,2023-05-01\n");
    desk.ok("import entries one.csv");
    desk.ok("export --format csv -o out");
    let details = String::from_utf8(desk.read("out/扣分明细.csv")).unwrap();
    let id = cell(&details, "区教育局", "记录编号");
    let done = desk.ok(&format!("withdraw {id} --reason 重复记录"));
    assert_eq!(done, "区教育局 主动公开信息：撤回 扣 逾期未完成 1次（重复记录）\n");
    assert_eq!(cell(&desk.ok("score Q02 --format csv"), ",1,", "得分"), "10");
    let again = desk.fails(4, &format!("withdraw {id} --reason 重复记录"));
    assert!(again.contains("已经撤回"), "{again}");
    check_in_order(&desk.ok("log --unit 区教育局"), &["扣 逾期未完成 1次", "撤回 扣 逾期未完成"]);
}

#[test]
fn an_indicator_that_does_not_concern_a_unit_has_full_marks() {
    let desk = Desk::with_year();
    desk.file("one.csv", "单位,指标,规则,日期\n河坝镇,5,未按要求,2023-05-01\n");
    desk.ok("import entries one.csv");
    let done = desk.ok("na --unit Z01 --indicator 依申请公开 --reason 全年没有申请");
    assert_eq!(done, "河坝镇 依申请公开：标为不涉及（全年没有申请）\n");
    let scores = desk.ok("score 河坝镇 --format csv");
    assert_eq!(cell(&scores, ",5,", "得分"), "20");
    assert_eq!(cell(&scores, ",5,", "状态"), "不涉及");
    desk.ok("na --unit Z01 --indicator 5 --undo");
    assert_eq!(cell(&desk.ok("score 河坝镇 --format csv"), ",5,", "得分"), "0");
}

#[test]
fn review_marks_what_is_named_and_skips_what_is_marked() {
    let desk = Desk::with_year();
    // Numbers are per rubric: 5 is another indicator in each class.
    assert_eq!(desk.ok("review --indicator 5"), "标为已复核 31 项，涉及 31 个单位\n");
    assert_eq!(desk.ok("review --indicator 9"), "标为已复核 26 项，涉及 26 个单位\n");
    let done = desk.ok("review --track 乡镇");
    assert_eq!(done, "标为已复核 20 项，涉及 5 个单位；另有 5 项先前已经复核\n");
    assert_eq!(desk.ok("review --track 乡镇"), "没有要改的：所选 25 项先前已经复核\n");
    let done = desk.ok("review --unit 河坝镇 --indicator 1 --indicator 政务新媒体 --undo");
    assert_eq!(done, "改回未复核 2 项，涉及 1 个单位\n");
    assert_eq!(cell(&desk.ok("rank --format csv"), "河坝镇", "已复核"), "3/5");
    desk.ok("review --all");
    assert_eq!(cell(&desk.ok("rank --format csv"), "河坝镇", "名次"), "1");
    // A batch is one undo.
    desk.ok("undo");
    assert_eq!(cell(&desk.ok("rank --format csv"), "河坝镇", "已复核"), "3/5");
}

#[test]
fn the_roster_goes_out_and_in() {
    let desk = Desk::with_year();
    desk.ok("units list -o units.csv");
    let roster = String::from_utf8(desk.read("units.csv")).unwrap();
    desk.file("units.csv", format!("{roster}Z06,新设镇,乡镇,,,,\r\n"));
    assert_eq!(desk.ok("units import units.csv"), "导入名录 32 个单位（区直 26、乡镇 6）\n");
    assert!(desk.ok("units list --format json").contains("\"单位\": \"新设镇\""));
    desk.file("two.csv", "单位,类别,编号\n甲局,区直,A1\n乙镇,乡镇,B1\n");
    desk.ok("--data other init 2023 --units two.csv");
    assert_eq!(desk.ok("--data other units list --format csv").lines().count(), 3);
    let stored = desk.read("other/2023/units.ron");
    desk.file("two.ron", stored);
    desk.ok("--data third init 2023 --units two.ron");
    assert_eq!(desk.read("third/2023/units.ron"), desk.read("other/2023/units.ron"));
}

#[test]
fn files_are_read_from_the_standard_input() {
    let desk = Desk::with_year();
    let outcome = desk.run_with("import entries -", WORKED.as_bytes());
    assert_eq!((outcome.status, outcome.text().as_str()), (0, "导入 7 条扣分，涉及 1 个单位\n"));
    assert!(desk.ok("log").contains("导入扣分 标准输入"));
}

#[test]
fn the_name_of_the_output_decides_its_format() {
    let desk = Desk::with_year();
    for (name, beginning) in [
        ("r.csv", "\u{feff}类别,"),
        ("r.json", "[\n  {\"类别\""),
        ("r.ron", "[\n    {\"类别\""),
        ("r.txt", "类别  名次"),
    ] {
        desk.ok(&format!("rank -o {name}"));
        let content = String::from_utf8(desk.read(name)).unwrap();
        assert!(content.starts_with(beginning), "{name}: {content}");
    }
    desk.ok("rank -o g.csv --encoding gb18030");
    assert!(desk.read("g.csv").starts_with(&[0xc0, 0xe0, 0xb1, 0xf0]), "类别 in GB18030");
    assert!(desk.ok("rank").starts_with("类别"), "a pipe gets what a terminal gets");
}

#[test]
fn the_rubrics_are_shown_with_the_readings_in_force() {
    let desk = Desk::empty();
    assert!(desk.ok("rubric show").starts_with("数据文件夹里还没有年度；以下是内置的 2023 年细则"));
    let desk = Desk::with_year();
    let text = desk.ok("rubric show --track 区直");
    check_in_order(
        &text,
        &[
            "大通湖区2023年政务公开考核细则（区直）",
            "规则 2 通报批评：国务院1分、省级0.5分、市级0.2分  [notice]",
            "评分要点 4.5（2分）",
            "规则 1 未按要求：不计分",
            "R1 ",
            "年度设置",
            "同分：同分名次相同，下一名次跳过（1、1、3）\n",
        ],
    );
    desk.ok("rubric show -o rubric.txt");
    assert!(String::from_utf8(desk.read("rubric.txt")).unwrap().contains("类别：乡镇"));

    let settings = String::from_utf8(desk.read("data/2023/year.ron")).unwrap();
    desk.file("data/2023/year.ron", settings.replace("ties: Skip", "ties: Dense"));
    assert!(desk.ok("rubric show").contains("不跳过（1、1、2）（本年度已改，以此为准）"));
}

#[test]
fn a_sound_rubric_has_no_problem() {
    let desk = Desk::empty();
    desk.file("township.ron", include_str!("../rubrics/2023/township.ron"));
    assert_eq!(desk.ok("rubric check township.ron"), "没有问题\n");
    assert_eq!(desk.ok("rubric check township.ron --format json"), "[]\n");
    desk.file("u.csv", "编号,单位,类别\nB1,乙镇,乡镇\n");
    desk.ok("init 2025 --rubric township.ron --units u.csv");
    assert_eq!(desk.read("data/2025/rubrics/township.ron"), desk.read("township.ron"));
}

#[test]
fn the_classes_stand_side_by_side() {
    let desk = Desk::with_year();
    desk.file(
        "one.csv",
        "单位,指标,规则,次数,日期\n区教育局,1,late,26,2023-05-01\n河坝镇,1,late,50,2023-05-01\n",
    );
    desk.ok("import entries one.csv");
    let table = desk.ok("compare --provisional --format csv");
    assert!(table.contains("项目,区直,乡镇"), "{table}");
    assert!(table.contains("失分率 主动公开信息,1,5\r\n"), "{table}");
}

#[test]
fn paths_completions_and_manual() {
    let desk = Desk::with_year();
    assert!(desk.ok("paths --format csv").contains(&format!("数据文件夹,{}", desk.path("data").display())));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(desk.ok(&format!("completions {shell}")).contains("kaohe"), "{shell}");
    }
    assert!(desk.ok("man").starts_with(".TH KAOHE 1"));
}

#[test]
fn the_export_of_tables_is_a_folder() {
    let desk = Desk::with_year();
    desk.file("entries.csv", WORKED);
    desk.ok("import entries entries.csv");
    assert_eq!(desk.ok("export --format csv -o out"), "已写出 6 个表格：out\n");
    for name in ["排名", "得分", "扣分明细", "自评差异", "名录", "留痕"] {
        let content = String::from_utf8(desk.read(&format!("out/{name}.csv"))).unwrap();
        assert!(content.starts_with(BOM) && content.contains("\r\n"), "{name}");
    }
    // What was exported can be imported elsewhere.
    desk.ok("--data other init 2023");
    assert_eq!(desk.ok("--data other import entries out/扣分明细.csv"), "导入 7 条扣分，涉及 1 个单位\n");
    assert_eq!(desk.ok("--data other score --format csv"), desk.ok("score --format csv"));
}

#[test]
fn measured_values_and_factors_are_imported_and_explained() {
    let desk = Desk::empty();
    desk.file("hall.ron", include_str!("../rubrics/examples/service-hall.ron"));
    desk.file("u.csv", "编号,单位,类别\nC1,一号窗口,窗口\n");
    desk.ok("init 2023 --rubric hall.ron --units u.csv");
    let header = "单位,指标,规则,次数,分值,数值,倍数,日期,说明\n";
    let rows = "C1,办结率,办结率不足,,,93.4,,2023-05-01,\nC1,2,low,,,72%,,2023-05-01,\nC1,3,few,,,9篇,,2023-05-01,\n\
                C1,4,1,3,,,,2023-05-01,\nC1,4,空岗串岗,,,,加倍,2023-05-01,\nC1,4,吃拿卡要,,4,,,2023-05-01,收受烟酒\n\
                C1,5,超期,,,7,,2023-05-01,\nC1,5,超期,,,3,减半,2023-05-01,\n";
    desk.file("e.csv", format!("{header}{rows}"));
    desk.ok("import entries e.csv");
    let scores = desk.ok("score C1 --format csv");
    let scores: Vec<&str> = scores.lines().skip(1).map(|it| it.split(',').nth(8).unwrap()).collect();
    assert_eq!(scores, ["18", "15", "17", "13.5", "16.5"]);
    let explained = desk.ok("explain C1 4");
    assert!(explained.contains("空岗串岗 0.5×3次、1（加倍后）×1次"), "{explained}");
    desk.ok("export --format csv -o out");
    desk.ok("--data again init 2023 --rubric hall.ron --units u.csv");
    desk.ok("--data again import entries out/扣分明细.csv");
    assert_eq!(desk.ok("--data again score C1 --format csv"), desk.ok("score C1 --format csv"));
    desk.file(
        "bad.csv",
        format!("{header}C1,办结率,办结率不足,,,,,,\nC1,4,1,,,3,三倍,,\nC1,3,few,,,很多,,,\n"),
    );
    let err = desk.fails(3, "import entries bad.csv");
    for expected in ["第 2 行“数值”列", "第 3 行“数值”列", "第 3 行“倍数”列", "第 4 行“数值”列"]
    {
        assert!(err.contains(expected), "{expected} in {err}");
    }
}

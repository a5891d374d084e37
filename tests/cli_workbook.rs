//! Workbooks and forms on the command line, and results whose file is held by another program.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fs;

use support::{Desk, check_in_order, part};

/// A year in which 区教育局 lost 0.4.
fn desk() -> Desk {
    let desk = Desk::with_year();
    desk.file("entries.csv", "单位,指标,规则,次数,日期\n区教育局,3,更新超期,4,2023-07-01\n");
    desk.ok("import entries entries.csv");
    desk
}

#[test]
fn a_year_becomes_a_workbook() {
    let desk = desk();
    assert_eq!(desk.ok("export --format xlsx -o 考核.xlsx"), "已写出工作簿：考核.xlsx\n");
    assert!(desk.read("考核.xlsx").starts_with(b"PK"));
}

#[test]
fn a_small_class_has_its_chart_on_the_page_of_its_ranking() {
    let desk = desk();
    desk.ok("export --format xlsx -o 考核.xlsx");
    let has_break = |name: &str| {
        part(&desk.read("考核.xlsx"), &format!("xl/worksheets/{name}.xml")).contains("<rowBreaks")
    };
    // 26 units in the first class, 5 in the second.
    assert!(has_break("sheet1") && !has_break("sheet2"));
    assert!(part(&desk.read("考核.xlsx"), "xl/worksheets/sheet2.xml").contains("<drawing "));
}

#[test]
fn a_workbook_can_be_of_the_past() {
    let desk = desk();
    desk.file("more.csv", "单位,指标,规则,次数,日期\n区教育局,1,逾期未完成,9,2023-07-01\n");
    let log = desk.ok("log --format csv");
    let stamp = log.lines().find(|it| it.contains("导入扣分")).unwrap().split(',').nth(2).unwrap().to_owned();
    desk.ok("import entries more.csv");
    desk.ok(&format!("export --format xlsx -o 当时.xlsx --at {stamp}"));
    desk.ok("export --format xlsx -o 现在.xlsx");
    assert!(desk.read("当时.xlsx") != desk.read("现在.xlsx"));
}

#[test]
fn what_a_workbook_needs_is_said() {
    let desk = desk();
    assert!(desk.fails(2, "export --format xlsx").contains("请用 -o 文件名.xlsx 指定"));
    assert!(desk.fails(2, "export --format xlsx -o 考核.csv").contains("不是 .xlsx"));
    assert!(
        desk.fails(2, "export --format xlsx -o 考核.xlsx --encoding utf8").contains("只用于 --format csv")
    );
    assert!(desk.fails(2, "rank --format xlsx").contains("请用 -o 文件名.xlsx 指定"));
    assert!(desk.fails(2, "rank --format xlsx -o 排名.csv").contains("对不上"));
    assert!(desk.fails(2, "rank --format csv -o 排名.xlsx").contains("对不上"));
    assert!(desk.fails(2, "rank -o 排名.ods").contains("不能写 .ods 文件"));
}

#[test]
fn every_table_can_be_a_workbook() {
    let desk = desk();
    for command in ["rank", "score", "compare", "losses", "log", "units list", "explain 区教育局"] {
        assert_eq!(desk.ok(&format!("{command} -o 表.xlsx")), "", "{command}");
        let sheet = part(&desk.read("表.xlsx"), "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<oddHeader>&amp;C&amp;A</oddHeader>"), "{command}: no title on paper");
    }
}

#[test]
fn every_unit_gets_a_form() {
    let desk = desk();
    assert_eq!(
        desk.ok("forms -o 自评 --due 2023年12月10日"),
        "已写出 31 份自评表，并有 清单.csv 和打包的 2023年自评表.zip：自评\n"
    );
    assert_eq!(fs::read_dir(desk.path("自评")).unwrap().count(), 33);
    let list = String::from_utf8(desk.read("自评/清单.csv")).unwrap();
    check_in_order(&list, &["编号,单位,类别,文件", "Q02,区教育局,区直,Q02-区教育局.xlsx"]);
    assert!(desk.read("自评/Q02-区教育局.xlsx").starts_with(b"PK"));
    let err = desk.fails(4, "forms -o 自评 --unit 区教育局");
    check_in_order(
        &err,
        &["已经有 Q02-区教育局.xlsx、清单.csv、2023年自评表.zip", "不覆盖，没有写出任何文件"],
    );
}

#[test]
fn forms_are_for_whom_one_names() {
    let desk = desk();
    let said = desk.ok("forms -o 甲 --unit 区教育局 --unit Q03");
    assert!(said.contains("已写出 2 份"), "{said}");
    assert!(desk.ok("forms -o 乙 --track 乡镇").contains("已写出 5 份"));
    assert!(desk.fails(2, "forms -o 丙 --unit 区教育").contains("最接近的是“区教育局”"));
    assert!(desk.fails(2, "forms -o 丙 --track 乡镇 --unit 区教育局").contains("没有要出自评表的单位"));
    assert!(desk.fails(2, "forms -o 丙 --due 下周").contains("2023-12-10"));
}

#[test]
fn forms_that_cannot_all_be_written_leave_none() {
    let desk = desk();
    desk.file("文件", "不是文件夹");
    let err = desk.fails(4, "forms -o 文件/自评");
    assert!(err.contains("文件/自评"), "{err}");
}

#[test]
fn a_result_that_may_not_be_written_over_lies_beside_it() {
    let desk = desk();
    for (command, name) in [
        ("rank", "排名.csv"),
        ("rank", "排名.xlsx"),
        ("export --format xlsx", "考核.xlsx"),
        ("export --format ron", "全部.ron"),
        ("report", "通报.docx"),
    ] {
        desk.file(name, "原来的");
        let mut permissions = fs::metadata(desk.path(name)).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(desk.path(name), permissions).unwrap();
        let outcome = desk.run(&format!("{command} -o {name}"));
        assert_eq!(outcome.status, 0, "{}", outcome.err);
        check_in_order(&outcome.err, &["提示：", name, "只读的", "没有动它", "结果写在旁边的"]);
        assert_eq!(desk.read(name), "原来的".as_bytes());
        let (stem, suffix) = name.split_once('.').unwrap();
        let is_beside = |it: &str| {
            let time =
                it.strip_prefix(&format!("{stem}-")).and_then(|it| it.strip_suffix(&format!(".{suffix}")));
            time.is_some_and(|it| it.len() == "20231201-0915".len())
        };
        let names =
            fs::read_dir(desk.path(".")).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        assert_eq!(names.filter(|it| is_beside(it)).count(), 1, "{name}");
    }
}

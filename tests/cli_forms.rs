//! Filled self-evaluation forms on the command line: all of them or none, every reason named, and who has not sent one.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fs;

use support::Desk;

const DISTRICT: &[u8] = include_bytes!("../fuzz/seeds/form/openpyxl.xlsx");
const COPY: &[u8] = include_bytes!("../fuzz/seeds/form/official-copy.xlsx");
const TOWN_XLS: &[u8] = include_bytes!("../fuzz/seeds/form/libreoffice.xls");
const TOWN_ODS: &[u8] = include_bytes!("../fuzz/seeds/form/libreoffice.ods");
const SPOILED: &[u8] = include_bytes!("../fuzz/seeds/form/spoiled.xlsx");

/// A desk with a folder of forms that people have sent, and what else lies there.
fn desk() -> Desk {
    let desk = Desk::with_year();
    fs::create_dir_all(desk.path("in/乡镇")).unwrap();
    desk.file("in/教育局.xlsx", DISTRICT);
    desk.file("in/财政.xlsx", COPY);
    desk.file("in/乡镇/河坝镇.xls", TOWN_XLS);
    for name in ["in/~$教育局.xlsx", "in/.~lock.财政.xlsx#", "in/.DS_Store", "in/说明.docx"] {
        desk.file(name, "x");
    }
    desk
}

fn has_recorded(desk: &Desk) -> bool {
    !desk.ok("score --format csv").lines().skip(1).all(|it| it.split(',').nth(6) == Some(""))
}

#[test]
fn a_folder_of_forms_comes_in_and_who_is_missing_is_said() {
    let desk = desk();
    let outcome = desk.run("import self in");
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert_eq!(outcome.err, "提示：in/说明.docx：不是表格，没有读。\n");
    let text = outcome.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..5],
        [
            "已收 in/乡镇/河坝镇.xls：河坝镇，5 项，合计 97.5",
            "已收 in/教育局.xlsx：区教育局，9 项，合计 96",
            "已收 in/财政.xlsx：区财政局，9 项，合计 98.3；提示 1 条",
            "  提示：表上没有写单位，按文件名或工作表名认作“区财政局”",
            "导入 23 项自评分，涉及 3 个单位",
        ]
    );
    assert!(
        lines[5].starts_with("区直还没有送自评的：24/26 个：区发展和改革局、区科技和工业信息化局、"),
        "{text}"
    );
    assert!(lines[6].starts_with("乡镇还没有送自评的：4/5 个：北洲子镇、"), "{text}");
    let scores = desk.ok("score 区教育局 --format csv");
    let own: Vec<&str> = scores.lines().skip(1).map(|it| it.split(',').nth(6).unwrap()).collect();
    assert_eq!(own, ["9.5", "10", "9.7", "8.4", "10", "18.5", "10", "10", "9.9"]);
    // Sent again, nothing is new; and all of it is one undo.
    assert!(desk.run("import self in").text().contains("没有新的自评分；23 项与已有的相同"));
    desk.ok("undo");
    assert!(!has_recorded(&desk));
}

#[test]
fn one_refused_form_holds_up_all_and_each_reason_is_named() {
    let desk = desk();
    desk.file("in/科工局.xlsx", SPOILED);
    let outcome = desk.run("import self in");
    assert_eq!(outcome.status, 3);
    assert!(outcome.out.is_empty());
    assert!(outcome.err.contains("退回 in/科工局.xlsx：5 处问题\n"), "{}", outcome.err);
    assert!(outcome.err.contains("可收 in/教育局.xlsx：区教育局，9 项，合计 96\n"), "{}", outcome.err);
    for (cell, reason) in [
        ("D3", "这一格的公式没有算出值"),
        ("D4", "“11”不在范围内"),
        ("D5", "“-1”不在范围内"),
        ("D6", "没有填“基础信息公开”的自评分"),
        ("D11", "“#REF!”"),
    ] {
        let line = outcome.err.lines().find(|it| it.contains(&format!("in/科工局.xlsx 自评表!{cell}：")));
        assert!(line.is_some_and(|it| it.contains(reason)), "{cell}\n{}", outcome.err);
    }
    assert!(outcome.err.ends_with("共 5 处问题，没有改动任何内容。请改正后再试。\n"), "{}", outcome.err);
    assert!(!has_recorded(&desk));

    let outcome = desk.run("import self in --skip-refused --dry-run");
    assert_eq!(outcome.status, 1);
    assert!(outcome.text().contains("将导入 23 项自评分，涉及 3 个单位；现在没有导入"), "{}", outcome.text());
    assert!(!has_recorded(&desk));
    let outcome = desk.run("import self in --skip-refused");
    assert_eq!(outcome.status, 1);
    assert!(outcome.text().contains("导入 23 项自评分，涉及 3 个单位\n"), "{}", outcome.text());
    assert!(outcome.err.ends_with("退回 1 个文件，其余照收：请改正退回的再导入。\n"), "{}", outcome.err);
    assert!(has_recorded(&desk));
}

#[test]
fn a_form_that_was_cut_off_was_passed_over() {
    let desk = desk();
    for (name, bytes) in [("in/民政局.xlsx", ""), ("in/司法局.XLS", "<html>"), ("in/水利局.ods", "not a zip")]
    {
        desk.file(name, bytes);
        let refused = format!("{name}：不是表格软件的文件（可能没有传完，或只改了扩展名）：");
        for given in ["in", name] {
            let outcome = desk.run(&format!("import self {given}"));
            assert_eq!(outcome.status, 3, "{given}: {}", outcome.err);
            assert!(outcome.err.contains(&format!("退回 {name}：1 处问题\n")), "{}", outcome.err);
            assert!(outcome.err.contains(&refused), "{}", outcome.err);
        }
        assert!(!has_recorded(&desk));
        fs::remove_file(desk.path(name)).unwrap();
    }
    // Old systems hand out text under a workbook's name: what it says is clear, so it is taken.
    desk.file("in/名单.xls", "单位,指标,自评分\n区民政局,1,9\n");
    assert_eq!(desk.run("import self in").status, 0);
}

#[test]
fn a_unit_s_form_counts_once() {
    let desk = desk();
    // The same in another format.
    desk.file("in/再送.ods", TOWN_ODS);
    let text = desk.run("import self in --dry-run").text();
    assert!(text.contains("可收 in/再送.ods：河坝镇，0 项，合计 97.5；提示 1 条\n  提示：与 in/乡镇/河坝镇.xls 内容相同，只算一份"), "{text}");
    // And another one from a table.
    desk.file("self.csv", "单位,指标,自评分\n河坝镇,1,20\n");
    let err = desk.fails(3, "import self in self.csv");
    assert!(
        err.contains("self.csv：河坝镇 主动公开信息：") && err.contains("里已有这一项，请只留一处。"),
        "{err}"
    );
    assert!(!has_recorded(&desk));
}

#[test]
fn of_two_forms_of_a_unit_that_differ_none_is_taken() {
    let desk = desk();
    desk.file("in/教育局（改）.xlsx", include_bytes!("../fuzz/seeds/form/changed.xlsx"));
    let err = desk.run("import self in").err;
    for (file, other) in
        [("in/教育局.xlsx", "in/教育局（改）.xlsx"), ("in/教育局（改）.xlsx", "in/教育局.xlsx")]
    {
        let fault = format!("{file}：“区教育局”的自评表 {other} 里也有一份，内容不同：请只留一份。");
        assert!(err.contains(&fault), "{err}");
    }
    assert!(!has_recorded(&desk));
    let outcome = desk.run("import self in --skip-refused");
    assert_eq!(outcome.status, 1);
    assert!(outcome.text().contains("导入 14 项自评分，涉及 2 个单位"), "{}", outcome.text());
}

#[test]
fn what_is_no_form_is_said() {
    let desk = Desk::with_year();
    fs::create_dir(desk.path("empty")).unwrap();
    assert!(desk.fails(3, "import self empty").contains("empty：文件夹里没有表格"));
    desk.file("x.xlsx", "PK\u{3}\u{4} damaged");
    assert!(desk.fails(3, "import self x.xlsx").contains("x.xlsx：工作簿已损坏"));
    desk.file("x.xlsx", include_bytes!("../fuzz/seeds/workbook/openpyxl.xlsx"));
    assert!(desk.fails(3, "import self x.xlsx").contains("x.xlsx：不像自评表"));
    desk.file("form.xlsx", DISTRICT);
    desk.ok("init 2024 --from 2023");
    let err = desk.fails(3, "import self form.xlsx");
    assert!(err.contains("form.xlsx 自评表!H1：这是 2023 年的自评表，现在导入的是 2024 年"), "{err}");
}

#[test]
fn rows_that_were_imported_before_are_refused_until_somebody_says_so() {
    let desk = Desk::with_year();
    desk.file("e.csv", "单位,指标,规则,日期\n区教育局,1,late,2023-05-01\n区财政局,1,late,2023-05-01\n");
    desk.ok("import entries e.csv");
    let before = desk.ok("log --format csv");
    desk.file(
        "more.csv",
        "单位,指标,规则,日期\n区民政局,1,late,2023-05-01\n区教育局,1,late,2023-05-01\nQ05,1,late,2023/5/1\n",
    );
    for command in ["import entries more.csv", "import entries more.csv --dry-run"] {
        let err = desk.fails(3, command);
        assert!(
            err.contains("more.csv 第 3 行：与已记入的 ") && err.contains("more.csv 第 4 行：与第 2 行"),
            "{err}"
        );
        assert!(err.ends_with("确要都记，加上 --allow-duplicates。\n"), "{err}");
    }
    assert_eq!(desk.ok("log --format csv"), before);
    assert_eq!(desk.ok("import entries more.csv --allow-duplicates"), "导入 3 条扣分，涉及 2 个单位\n");
}

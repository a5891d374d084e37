//! Reports of a year, and sheets of lost points for units, through the real program.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::{Desk, part};

const ENTRIES: &str = "\
单位,指标,评分要点,规则,档次,次数,分值,日期,说明,依据
区教育局,1,,逾期未完成,,3,,2023-03-01,,
区教育局,3,,严重问题,,4,,2023-05-01,转载有误,市通报
区财政局,4,4.2,质量欠缺,,,0.5,2023-06-01,=1+1,
河坝镇,5,,未按要求,,,,2023-07-01,,
";

fn desk() -> Desk {
    let desk = Desk::with_year();
    desk.file("entries.csv", ENTRIES);
    desk.ok("import entries entries.csv");
    desk
}

#[test]
fn circular_is_a_word_document_of_the_figures_as_they_are() {
    let desk = desk();
    let said = desk.ok("report -o 通报.docx --date 2024-01-10");
    assert_eq!(said, "已写出“关于2023年政务公开考核情况的通报”：通报.docx\n");
    let document = part(&desk.read("通报.docx"), "word/document.xml");
    assert!(document.contains("未复核、不排名的区直单位26个") && document.contains("2024年1月10日"));
    assert!(!document.contains("<w:tbl>"), "nobody is ranked");

    desk.ok("review --all");
    desk.ok("report -o 通报.docx --date 2024-01-10");
    let bytes = desk.read("通报.docx");
    let document = part(&bytes, "word/document.xml");
    for part in [
        "各镇、南湾湖办事处、区直和驻区各单位、区大发集团：",
        "全部复核完毕",
        "最低分96.7分（区教育局）",
        "益阳市大通湖区政务公开领导小组办公室",
        "〔此处由办公室撰写",
    ] {
        assert!(document.contains(part), "{part}");
    }
    assert_eq!(document.matches("<w:tblHeader/>").count(), 4);
    assert!(!document.contains("与上年相比"));
    desk.ok("report --format docx -o again.docx --date 2024-01-10");
    assert!(desk.read("again.docx") == bytes, "two reports of one day differ");

    // As it was: with the last review taken back there is nobody to rank.
    desk.ok("review --all --undo");
    let pending = part(
        &{
            desk.ok("report -o now.docx");
            desk.read("now.docx")
        },
        "word/document.xml",
    );
    assert!(pending.contains("未复核、不排名的区直单位26个"));
    desk.ok("report -o now.docx --provisional --title 考核通报 --office 甲办 --to 各单位：");
    let provisional = part(&desk.read("now.docx"), "word/document.xml");
    for part in ["〔暂计〕有 31 个单位还没有复核完", ">考核通报<", ">甲办<", ">各单位：<", "未复核，暂计"]
    {
        assert!(provisional.contains(part), "{part}");
    }
}

#[test]
fn page_stands_by_itself_and_goes_to_stdout_too() {
    let desk = desk();
    desk.ok("review --all");
    let html = desk.ok("report --format html --date 2024-01-10");
    desk.ok("report -o 通报.html --date 2024-01-10");
    assert!(desk.read("通报.html") == html.as_bytes());
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
    assert!(!html.contains("<script") && !html.contains("http"));
    assert!(html.contains("<dd>96.7（区教育局）</dd>"));
}

#[test]
fn last_year_is_compared_where_there_is_one() {
    let desk = Desk::empty();
    desk.ok("init 2023");
    desk.ok("review --all");
    let begun = desk.run("init 2024 --from 2023");
    assert_eq!(begun.status, 0);
    desk.file("entries.csv", "单位,指标,规则,日期\n区教育局,1,late,2023-03-01\n");
    desk.ok("import entries entries.csv");
    desk.ok("review --all");
    let html = desk.ok("report --format html");
    assert!(html.contains("区直平均分由2023年的100分变为100分，持平。"), "{html}");
    assert!(html.contains("下降最多的是区教育局（25位）"));
    let explicit = desk.fails(2, "report --format html --with 2024");
    assert!(explicit.contains("不能和自己比"), "{explicit}");
    desk.fails(4, "report --format html --with 2020");
}

#[test]
fn a_unit_has_its_sheet_in_word_or_as_a_workbook() {
    let desk = desk();
    desk.ok("review --all");
    assert_eq!(
        desk.ok("export --format xlsx --unit 区教育局"),
        "已写出区教育局的失分明细：失分明细-Q02-区教育局.xlsx\n"
    );
    let sheet = part(&desk.read("失分明细-Q02-区教育局.xlsx"), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<f>ROUND(SUM(F6:F6),6)</f><v>0.3</v>") && sheet.contains("paperSize=\"9\""));
    desk.ok("export --format docx --unit Q02 -o 教育局.docx");
    let document = part(&desk.read("教育局.docx"), "word/document.xml");
    for part in ["满分100分；扣3.3分，得96.7分；第26名，本类共26个单位。", "转载有误", "市通报", "整改责任人"]
    {
        assert!(document.contains(part), "{part}");
    }
    assert_eq!(
        desk.ok("export --format docx --unit 区财政局 --unit Z01 --unit 河坝镇 -o 明细"),
        "已写出 2 个单位的失分明细：明细\n"
    );
    assert!(
        part(&desk.read("明细/失分明细-Z01-河坝镇.docx"), "word/document.xml").contains("未按要求不计分")
    );
    let first = desk.read("明细/失分明细-Q07-区财政局.docx");
    desk.ok("export --format docx --unit Q07 -o again.docx");
    assert!(desk.read("again.docx") == first);
}

#[test]
fn what_cannot_be_written_is_said() {
    let desk = desk();
    for (command, status, expected) in [
        ("report", 2, "不知道写成什么"),
        ("report -o 通报.pdf", 2, "不知道写成什么"),
        ("report --format docx", 2, "Word 文件不能显示在屏幕上"),
        ("report --format html --date 去年", 2, "2023-12-31"),
        ("report -o 没有/通报.docx", 4, "没有/通报.docx"),
        ("export --format csv --unit 区教育局 -o x", 2, "--format xlsx 或 --format docx"),
        ("export --format docx -o x.docx", 2, "--unit"),
        ("export --format docx --unit 区教育 -o x.docx", 2, "最接近的是“区教育局”"),
        ("export --format docx --unit 区教育局 -o 没有/x.docx", 4, "没有/x.docx"),
        ("export --format docx --unit 区教育局 -o x.xlsx", 2, "请用 -o 文件名.docx"),
        ("export --format docx --unit Q01 --unit Q02 -o x.docx", 2, "-o 要写文件夹，x.docx 像是文件名"),
    ] {
        let said = desk.fails(status, command);
        assert!(said.contains(expected), "{command}\n{said}");
    }
}

#[test]
fn results_do_not_stand_where_something_else_does() {
    let desk = desk();
    desk.file("名单", "x");
    for command in
        ["export --format csv -o 名单", "forms -o 名单", "export --format docx --unit Q01 --unit Q02 -o 名单"]
    {
        let said = desk.fails(4, command);
        assert!(said.contains("名单 是已有的文件，而这里要放几个文件，没有动它"), "{command}\n{said}");
    }
    assert_eq!(desk.read("名单"), b"x");
    std::fs::create_dir_all(desk.path("明细")).unwrap();
    assert_eq!(
        desk.ok("export --format docx --unit 区教育局 -o 明细"),
        "已写出区教育局的失分明细：明细/失分明细-Q02-区教育局.docx\n"
    );
    std::fs::create_dir_all(desk.path("结果.xlsx")).unwrap();
    let outcome = desk.run("export --format xlsx -o 结果.xlsx");
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert!(
        outcome.err.contains("结果.xlsx 是已有的文件夹，没有动它：结果写在旁边的 结果-"),
        "{}",
        outcome.err
    );
}

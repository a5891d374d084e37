//! Files that are wrong: every fault at once with its place, the right status, and nothing changed on disk.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::Desk;

const TOWNSHIP: &str = include_str!("../rubrics/2023/township.ron");

/// Imports entries that are wrong; every fault is a line that has all parts of one of `expected`, in its order.
#[track_caller]
fn check_entries(content: impl AsRef<[u8]>, expected: &[&[&str]]) {
    let desk = Desk::with_year();
    desk.file("entries.csv", content);
    check_lines(&desk.fails(3, "import entries entries.csv"), expected);
    check_lines(&desk.fails(3, "import entries entries.csv --dry-run"), expected);
}

/// Says that there is a line for each fault, with all of its parts, and then the number of faults.
#[track_caller]
fn check_lines(err: &str, expected: &[&[&str]]) {
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!(lines.len(), expected.len() + 1, "{err}");
    for (line, parts) in lines.iter().zip(expected) {
        for part in *parts {
            assert!(line.contains(part), "{part} is not in {line}\n{err}");
        }
    }
    let total = format!("共 {} 处问题，没有改动任何内容", expected.len());
    assert!(lines.last().unwrap().starts_with(&total), "{err}");
}

/// Where a text stands in a file, as faults tell it.
fn place(file: &str, content: &str, text: &str) -> String {
    let at = content.find(text).unwrap();
    let (before, _) = content.split_at(at);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{file}:{line}:{column}：")
}

#[test]
fn a_roster_with_duplicate_ids_and_unknown_classes() {
    const ROSTER: &str =
        "编号,单位,类别\nA1,甲局,区直\na1,乙局,区直\nA3,丙局,区值\nA4,甲局,企业\n,丁局,乡镇\n";
    let expected: &[&[&str]] = &[
        &["u.csv 第 3 行“编号”列：“a1”", "第 2 行"],
        &["u.csv 第 4 行“类别”列：“区值”", "区直"],
        &["u.csv 第 5 行“单位”列：“甲局”", "第 2 行"],
        &["u.csv 第 5 行“类别”列：“企业”", "区直 或 乡镇"],
        &["u.csv 第 6 行“编号”列：空着"],
    ];
    let desk = Desk::with_year();
    desk.file("u.csv", ROSTER);
    check_lines(&desk.fails(3, "units import u.csv"), expected);
    check_lines(&desk.fails(3, "init 2024 --units u.csv"), expected);
}

#[test]
fn a_roster_in_ron_is_told_by_line_and_column() {
    const ROSTER: &str = "Roster(units: [\n  Unit(id: \"A1\", name: \"甲局\", track: \"区直\"),\n  Unit(id: \"A1\", nmae: \"乙局\", track: \"区值\"),\n])\n";
    let desk = Desk::empty();
    desk.file("u.ron", ROSTER);
    let err = desk.fails(3, "init 2023 --units u.ron");
    let place = place("u.ron", ROSTER, "nmae");
    let expected: &[&[&str]] = &[
        &["u.ron:3:12：", "“A1”重复"],
        &[&place, "“nmae”", "是否应为 name（名称）", "[E-field]"],
        &["u.ron:3:37：", "“区值”", "“区直”"],
    ];
    check_lines(&err, expected);
}

#[test]
fn a_unit_with_records_cannot_leave_the_roster() {
    let desk = Desk::with_year();
    desk.file("one.csv", "单位,指标,规则,日期\n区教育局,1,late,2023-05-01\n");
    desk.ok("import entries one.csv");
    desk.file("u.csv", "编号,单位,类别\nQ01,甲局,区直\n");
    let err = desk.fails(4, "units import u.csv");
    assert!(err.contains("名录没有替换：1 个单位已有记录") && err.contains("Q02 区教育局"), "{err}");
}

#[test]
fn a_retired_unit_takes_no_new_entries_and_its_old_ones_are_exported_as_such() {
    let desk = Desk::with_year();
    desk.file("one.csv", "单位,指标,规则,日期\n区教育局,1,late,2023-05-01\n");
    desk.ok("import entries one.csv");
    desk.ok("units list --format csv -o u.csv");
    let units = std::fs::read_to_string(desk.path("u.csv")).unwrap();
    let units = units
        .replacen("备注\r\n", "备注,停用\r\n", 1)
        .replace("教育局,,,\r\n", "教育局,,,,并入文旅广体局\r\n");
    desk.file("u.csv", &units);
    desk.ok("units import u.csv");
    desk.ok("check");
    assert!(desk.ok("units list").contains("并入文旅广体局"));
    assert!(!desk.ok("rank --provisional").contains("区教育局"));
    assert!(desk.ok("log").contains("区教育局"));
    let err = desk.fails(3, "import entries one.csv");
    assert!(err.contains("已经停用（并入文旅广体局）"), "{err}");
    desk.ok("export --format csv -o out");
    let entries = std::fs::read_to_string(desk.path("out").join("扣分明细.csv")).unwrap();
    assert!(entries.contains("单位已停用"), "{entries}");
    desk.ok("review --all");
    desk.ok("finalise");
}

#[test]
fn every_row_of_entries_is_told() {
    check_entries(
        "单位,指标,评分要点,规则,档次,次数,分值,日期,说明\n\
         区教育,1,,late,,,,,\n\
         区教育局,政务新媒,,late,,,,,\n\
         区教育局,3,,通报批评,,,,,\n\
         区教育局,3,,通报批评,县级,,,,\n\
         区教育局,1,,逾期未完,,,,,\n\
         区教育局,1,,late,,,0.1,,\n\
         区教育局,1,,quality,,,0.5,,\n\
         区教育局,1,,quality,,,10.5,,太差\n\
         区教育局,4,4.2,quality,,,2.5,,太差\n\
         区教育局,1,,quality,,,,,太差\n\
         区教育局,1,,late,,,,2023-13-01,\n\
         区教育局,1,,late,,0,,,\n\
         区教育局,4,4.6,late,,,,,\n\
         区教育局,1,,late,,1,,2023-05-01,\n",
        &[
            &["entries.csv 第 2 行“单位”列：“区教育”", "最接近的是“区教育局”"],
            &["第 3 行“指标”列：“政务新媒”", "“政务新媒体”"],
            &["第 4 行“档次”列", "国务院、省级 或 市级"],
            &["第 5 行“档次”列：“县级”", "国务院、省级 或 市级"],
            &["第 6 行“规则”列：“逾期未完”", "“逾期未完成”"],
            &["第 7 行“分值”列：“0.1”", "留空"],
            &["第 8 行“说明”列", "理由"],
            &["第 9 行“分值”列：“10.5”", "不超过 10"],
            &["第 10 行“分值”列：“2.5”", "不超过 2"],
            &["第 11 行“分值”列", "酌情"],
            &["第 12 行“日期”列：“2023-13-01”"],
            &["第 13 行“次数”列：“0”"],
            &["第 14 行“评分要点”列：“4.6”"],
        ],
    );
}

#[test]
fn several_faults_of_one_row_are_all_told() {
    check_entries(
        "单位,指标,规则,次数,日期\n区教育,1,late,x,2023-02-30\n",
        &[&["第 2 行“单位”列"], &["第 2 行“次数”列：“x”"], &["第 2 行“日期”列：“2023-02-30”"]],
    );
}

#[test]
fn a_misspelt_header_names_the_nearest() {
    check_entries(
        "单位,指标,规则,次数,档级\n区教育局,1,late,1,\n",
        &[&["entries.csv 第 1 行", "“档级”", "最接近的是“档次”"]],
    );
    check_entries("单位,指标\n区教育局,1\n", &[&["第 1 行“规则”列", "必不可少"]]);
    check_entries("", &[&["entries.csv", "空"]]);
}

#[test]
fn gb18030_is_read_as_it_is() {
    let desk = Desk::with_year();
    // 单位,指标,规则,日期 / 区教育局,1,逾期未完成,2023-05-01
    let mut bytes = Vec::new();
    bytes.extend(b"\xb5\xa5\xce\xbb,\xd6\xb8\xb1\xea,\xb9\xe6\xd4\xf2,\xc8\xd5\xc6\xda\r\n");
    bytes.extend(
        b"\xc7\xf8\xbd\xcc\xd3\xfd\xbe\xd6,1,\xd3\xe2\xc6\xda\xce\xb4\xcd\xea\xb3\xc9,2023-05-01\r\n",
    );
    desk.file("gb.csv", bytes);
    assert_eq!(desk.ok("import entries gb.csv"), "导入 1 条扣分，涉及 1 个单位\n");
    assert!(desk.ok("explain 区教育局 1").contains("逾期未完成 0.1×1次"));
}

#[test]
fn full_width_digits_and_a_byte_order_mark_are_read() {
    let desk = Desk::with_year();
    desk.file("e.csv", "\u{feff}单位,指标,规则,次数,日期\r\n区教育局,１,late,３,２０２３－５－１\r\n");
    desk.ok("import entries e.csv");
    assert!(desk.ok("explain 区教育局 1").contains("逾期未完成 0.1×3次"));
}

#[test]
fn a_date_outside_the_period_is_taken_with_a_warning() {
    let desk = Desk::with_year();
    desk.file("e.csv", "单位,指标,规则,日期\n区教育局,1,late,2024-01-05\n");
    let outcome = desk.run("import entries e.csv");
    assert_eq!((outcome.status, outcome.text().as_str()), (0, "导入 1 条扣分，涉及 1 个单位\n"));
    assert!(outcome.err.starts_with("提示：e.csv 第 2 行“日期”列：“2024-01-05”"), "{}", outcome.err);
}

#[test]
fn self_scores_of_all_files_are_told() {
    let desk = Desk::with_year();
    desk.file("a.csv", "单位,指标,自评分\n区教育局,1,10.5\n区教育局,2,\n区教育局,3,9\n");
    desk.file("b.csv", "单位,指标,自评分\n河坝,1,20\n河坝镇,1,二十\n");
    let err = desk.fails(3, "import self a.csv b.csv");
    let expected: &[&[&str]] = &[
        &["a.csv 第 2 行“自评分”列：“10.5”", "10"],
        &["a.csv 第 3 行“自评分”列"],
        &["b.csv 第 2 行“单位”列：“河坝”", "最接近的是“河坝镇”"],
        &["b.csv 第 3 行“自评分”列：“二十”"],
    ];
    check_lines(&err, expected);
    desk.file("a.csv", "单位,指标,自评分\n区教育局,1,9\n");
    desk.file("b.csv", "单位,指标,自评分\n区教育局,1,8\n");
    check_lines(&desk.fails(3, "import self a.csv b.csv"), &[&["b.csv", "a.csv 里已有这一项"]]);
    check_lines(&desk.fails(3, "import self a.csv a.csv"), &[&["a.csv", "a.csv 里已有这一项"]]);
}

#[test]
fn files_that_cannot_be_read_are_all_told() {
    let desk = Desk::with_year();
    let err = desk.fails(3, "import self no1.csv no2.csv");
    check_lines(&err, &[&["no1.csv", "文件或文件夹不存在"], &["no2.csv"]]);
    check_lines(&desk.fails(3, "import entries data"), &[&["data", "文件夹"]]);
    check_lines(&desk.fails(3, "init 2024 --rubric no.ron --units no.csv"), &[&["no.ron"], &["no.csv"]]);
}

/// A rubric that does not add up, with a misspelt field and a cap over a rule that does not exist.
fn broken_rubric() -> String {
    let (before, after) = TOWNSHIP.split_once("name: \"政务公开专区\"").unwrap();
    let after = after.replacen("points: 20", "points: 25", 1);
    format!("{before}name: \"政务公开专区\"{after}")
        .replacen("label: \"逾期未完成\"", "lable: \"逾期未完成\"", 1)
        .replace("over: [\"incident\", \"notice\"]", "over: [\"incident\", \"notise\"]")
}

#[test]
fn all_faults_of_a_rubric_are_told_at_once() {
    let desk = Desk::with_year();
    let broken = broken_rubric();
    desk.file("bad.ron", &broken);
    let misspelt = place("bad.ron", &broken, "lable");
    let cap = place("bad.ron", &broken, "\"notise\"");
    let indicator = place("bad.ron", &broken, "25,");
    let first_section = place("bad.ron", &broken, "100,\n            indicators");
    let expected: &[&[&str]] = &[
        &[&first_section, "一级指标写的是 100 分，二级指标合计 105 分", "[E-sum]"],
        &[&misspelt, "“lable”", "是否应为 label（规则名称）", "[E-field]"],
        &[&indicator, "二级指标写的是 25 分，评分要点合计 20 分", "[E-sum]"],
        &[&cap, "“notise”", "是否应为“notice”", "[E-rule]"],
    ];
    let err = desk.fails(1, "rubric check bad.ron");
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!(lines.len(), 5, "{err}");
    for (line, parts) in lines.iter().zip(expected) {
        assert!(parts.iter().all(|it| line.contains(it)), "{parts:?} in {line}");
    }
    check_lines(&desk.fails(3, "init 2024 --rubric bad.ron"), expected);
}

#[test]
fn of_two_rules_alike_the_nearer_is_meant() {
    let desk = Desk::empty();
    let rubric = TOWNSHIP.replacen("id: \"stale\"", "id: \"notices\"", 1);
    assert!(rubric.contains("\"notices\"") && rubric.contains("over: [\"incident\", \"notice\"]"));
    desk.file(
        "r.ron",
        rubric.replace("over: [\"incident\", \"notice\"]", "over: [\"incident\", \"noticess\"]"),
    );
    let err = desk.fails(1, "rubric check r.ron");
    assert!(err.contains("“noticess”") && err.contains("是否应为“notices”"), "{err}");
}

#[test]
fn a_rubric_check_goes_through_all_files_and_into_other_programs() {
    let desk = Desk::empty();
    desk.file("good.ron", TOWNSHIP);
    desk.file("bad.ron", broken_rubric());
    let err = desk.fails(1, "rubric check good.ron bad.ron no.ron");
    assert!(err.contains("无法读取 no.ron：文件或文件夹不存在") && err.ends_with("共 5 处错误。\n"), "{err}");
    let outcome = desk.run("rubric check bad.ron no.ron --format json");
    assert_eq!((outcome.status, outcome.err.as_str()), (1, ""));
    assert_eq!(outcome.text().matches("\"程度\": \"错误\"").count(), 5, "{}", outcome.text());
    for code in ["E-sum", "E-field", "E-rule", "E-read"] {
        assert!(outcome.text().contains(&format!("\"代码\": \"{code}\"")), "{code}: {}", outcome.text());
    }
    assert!(!outcome.text().contains("[E-"), "{}", outcome.text());
    // A warning refuses nothing.
    desk.file(
        "warn.ron",
        TOWNSHIP.replacen("text: \"未按时限完成的，每次扣0.1分\"", "text: \"逾期每次扣0.1分\"", 1),
    );
    let outcome = desk.run("rubric check warn.ron");
    assert_eq!((outcome.status, outcome.text().as_str()), (0, "没有问题\n"));
    assert!(outcome.err.contains("提示：") && outcome.err.contains("[W-text]"), "{}", outcome.err);
}

#[test]
fn rubrics_without_a_fitting_roster_ask_for_one() {
    let desk = Desk::empty();
    desk.file("t.ron", TOWNSHIP);
    let err = desk.fails(2, "init 2023 --rubric t.ron");
    assert!(
        err.starts_with("内置的示例名录里有类别“区直”的单位，而给出的细则考核的是 乡镇：请用 --units"),
        "{err}"
    );
}

#[test]
fn a_snapshot_that_is_none_is_refused() {
    let desk = Desk::empty();
    desk.file("year.ron", "Snapshot(format: 1, year: 2023, files: [");
    check_lines(&desk.fails(3, "import year year.ron"), &[&["year.ron:1:", "[E-snapshot]"]]);
    let other = Desk::with_year();
    let good = other.ok("export --format ron");
    desk.file("year.ron", good.replace("points: 100,", "points: 99,"));
    let err = desk.fails(3, "import year year.ron");
    assert!(err.contains("year.ron → rubrics/district.ron:") && err.contains("[E-sum]"), "{err}");
    assert!(!desk.path("data").exists());
}

#[test]
fn damage_is_found_by_check_and_stops_what_would_change_it() {
    let desk = Desk::with_year();
    desk.file("e.csv", "单位,指标,规则,日期\n区教育局,1,late,2023-05-01\n");
    desk.ok("import entries e.csv");
    desk.ok("review --unit 区教育局 --by 李四");
    let files = desk.files();
    let texts = files.iter().filter(|it| it.0.parent().unwrap().ends_with("journal"));
    let texts = texts.map(|(path, content)| (path, String::from_utf8_lossy(content)));
    let (path, text) = texts.into_iter().find(|it| it.1.contains("\"late\"")).unwrap();
    std::fs::write(path, text.replace("late", "Late")).unwrap();
    let err = desk.fails(1, "check");
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(err.contains(&format!("data/2023/journal/{name}:3:")) && err.contains("[E-journal]"), "{err}");
    let err = desk.fails(4, "review --all");
    assert!(err.contains("已存的文件有 1 处问题") && err.contains("[E-journal]"), "{err}");

    let desk = Desk::with_year();
    std::fs::remove_file(desk.path("data/2023/units.ron")).unwrap();
    assert!(desk.fails(1, "check").contains("units.ron：缺少这个文件或文件夹"));
    let desk = Desk::with_year();
    desk.file("data/2023/rubrics/township.ron", broken_rubric());
    assert!(desk.fails(1, "check").contains("data/2023/rubrics/township.ron:"));
}

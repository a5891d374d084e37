//! `repair`, and what a damaged year can still be asked.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::path::PathBuf;

use support::{Desk, check_in_order};

const ENTRIES: &str = "单位,指标,规则,次数,日期\n区教育局,3,更新超期,4,2023-07-01\n";
const LOOKS: [&str; 9] = [
    "score",
    "explain 区教育局",
    "rank --provisional",
    "compare",
    "log",
    "score --at 1@JOURNAL",
    "units list",
    "rubric show",
    "rubric diff data/2023/rubrics/district.ron",
];

/// A year in which 区教育局 lost 0.4 and the next record, a deduction from 发改局, is damaged.
fn damaged() -> Desk {
    let desk = Desk::with_year();
    desk.file("entries.csv", ENTRIES);
    desk.file("more.csv", ENTRIES.replace("区教育局", "区发展和改革局"));
    desk.file("self.csv", "单位,指标,自评分\n区教育局,1,10\n");
    desk.ok("import entries entries.csv");
    desk.ok("import entries more.csv");
    desk.ok("import self self.csv");
    damage(&desk);
    desk
}

/// The one journal that there is, below the desk.
fn journal(desk: &Desk) -> PathBuf {
    let mut files = desk.files().into_keys();
    let is_journal = |it: &PathBuf| {
        it.extension().is_some_and(|it| it == "ron") && it.parent().unwrap().ends_with("journal")
    };
    // Of several that of whom the records are from.
    files.find(|it| is_journal(it) && std::fs::read_to_string(it).unwrap().contains("entries.csv")).unwrap()
}

fn damage(desk: &Desk) {
    let path = journal(desk);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("more.csv"));
    std::fs::write(&path, text.replacen("more.csv", "mere.csv", 1)).unwrap();
}

#[test]
fn a_damaged_year_can_be_looked_at_with_a_warning() {
    let desk = damaged();
    let writer = journal(&desk).file_stem().unwrap().to_string_lossy().into_owned();
    for command in LOOKS {
        let command = command.replace("JOURNAL", &writer);
        let outcome = desk.run(&command);
        assert_eq!(outcome.status, 0, "{command}\n{}", outcome.err);
        check_in_order(&outcome.err, &["提示：留痕有损坏，只读", "kaohe check", "kaohe repair"]);
        assert!(!outcome.text().is_empty(), "{command}");
    }
    assert_eq!(desk.run("export --format csv -o tables").status, 0);
    let rank = desk.run("score --format csv").text();
    check_in_order(&rank, &["Q02,区教育局,3", ",9.6,"]);
    let log = desk.run("log --format csv").text();
    assert!(log.contains("entries.csv") && !log.contains("mere.csv") && log.contains("self.csv"), "{log}");
}

#[test]
fn nothing_that_changes_a_damaged_year_is_taken() {
    let desk = damaged();
    for command in [
        "import entries entries.csv",
        "import self self.csv",
        "review --all",
        "undo",
        "finalise --provisional",
        "reopen --reason 试",
        "export --format ron",
    ] {
        let err = desk.fails(4, command);
        check_in_order(&err, &["已存的文件有", "ron:4:1：", "kaohe repair", "[E-journal]"]);
    }
    let outcome = desk.run("check");
    assert_eq!(outcome.status, 1);
    check_in_order(&outcome.err, &["ron:4:1：这一行与它的校验不符", "[E-journal]"]);
}

#[test]
fn a_repair_that_was_cut_off_before_its_record_is_recorded_by_the_next() {
    let desk = damaged();
    desk.ok("--by li repair --yes");
    let is_theirs = |it: &PathBuf| it.file_name().is_some_and(|it| it.to_string_lossy().starts_with("li-"));
    let theirs =
        desk.files().into_keys().find(|it| is_theirs(it) && it.extension().is_some_and(|it| it == "ron"));
    std::fs::remove_file(theirs.unwrap()).unwrap();
    check_in_order(&desk.ok("repair"), &["没来得及记入留痕", "什么也没有改动", "kaohe repair --yes"]);
    check_in_order(&desk.ok("repair --yes"), &["先前修复过 1 个文件，没来得及记入留痕，已补记。"]);
    check_in_order(&desk.ok("repair --yes"), &["没有损坏，没有改动任何内容"]);
}

#[test]
fn repair_shows_first_and_then_does() {
    let desk = damaged();
    let before = desk.files();
    let scores = desk.run("score --format csv").text();
    let said = desk.ok("repair");
    check_in_order(
        &said,
        &[
            "核验得过的记录 3 条",
            "第 4 行（",
            "字节）要移到 journal/",
            ".bad",
            // The damaged line can still be read: whose score would be another with it.
            "“新得分”是修复后只算核验得过的记录",
            "得分  新得分  变化",
            "区发展和改革局  99.6     100   0.4",
            "什么也没有改动",
            "kaohe repair --yes",
        ],
    );
    assert!(desk.files() == before);
    let line =
        std::fs::read_to_string(journal(&desk)).unwrap().split_inclusive('\n').nth(3).unwrap().to_owned();
    let said = desk.ok("--by 李四 repair --yes");
    check_in_order(
        &said,
        &["第 4 行（", "已移到 journal/", "区发展和改革局  99.6     100   0.4", "2023 年的留痕已修复"],
    );
    let files = desk.files();
    let (_, kept) = files.iter().find(|it| it.0.extension().is_some_and(|it| it == "bad")).unwrap();
    assert_eq!(String::from_utf8_lossy(kept), line);
    let outcome = desk.run("check");
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    check_in_order(&outcome.err, &["ron:4:1：提示：这里修复过：损坏的 1 行移到了 journal/", "[W-repaired]"]);
    assert_eq!(desk.ok("score --format csv"), scores);
    let log = desk.ok("log --kind 修复 --format csv");
    check_in_order(&log, &["李四", "修复 journal/", "损坏的 1 行移到 journal/"]);
    // Once more there is nothing to do, and the year goes on.
    assert!(desk.ok("repair --yes").contains("没有损坏，没有改动任何内容"));
    assert!(desk.files() == files);
    desk.ok("import entries more.csv");
    desk.ok("undo");
}

#[test]
fn repair_says_where_nobody_can_tell_what_a_damaged_line_would_do() {
    let desk = damaged();
    let path = journal(&desk);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replacen("change:Batch(title:\"导入扣分 mere", "change:Patch(title:\"导入扣分 mere", 1),
    )
    .unwrap();
    let said = desk.ok("repair");
    check_in_order(&said, &["记与不记，得分都一样", "另有 1 行读不出", "什么也没有改动"]);
}

#[test]
fn a_sound_year_has_nothing_to_repair() {
    let desk = Desk::with_year();
    let before = desk.files();
    for command in ["repair", "repair --yes"] {
        check_in_order(&desk.ok(command), &["2023 年的留痕没有损坏", "kaohe check"]);
    }
    assert!(desk.files() == before);
    desk.file("data/2023/units.ron", "Roster(");
    for command in ["repair", "repair --yes"] {
        check_in_order(&desk.fails(4, command), &["已存的文件有", "units.ron"]);
    }
}

#[test]
fn a_fixed_year_is_repaired_too_and_check_says_what_differs() {
    let desk = damaged();
    desk.ok("repair --yes");
    desk.ok("finalise --provisional");
    let path = journal(&desk);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("self.csv", "sell.csv", 1)).unwrap();
    check_in_order(&desk.ok("repair --yes"), &["已移到 journal/"]);
    assert!(desk.fails(4, "import entries entries.csv").contains("本年度已定稿"));
    assert!(desk.ok("log --format csv").contains("定稿（"));
    check_in_order(&desk.fails(1, "check"), &["与定稿时的不同", "[E-final]"]);
}

#[test]
fn a_line_lost_from_the_middle_of_a_fixed_year_is_told_by_check_though_it_was_repaired() {
    let desk = Desk::with_year();
    for (name, unit) in [("more.csv", "区发展和改革局"), ("entries.csv", "区教育局")] {
        desk.file(name, ENTRIES.replace("区教育局", unit));
        desk.ok(&format!("import entries {name}"));
    }
    desk.ok("finalise --provisional --by 李四");
    assert_eq!(desk.ok("check"), "");
    damage(&desk);
    desk.ok("repair --yes --by 李四");
    check_in_order(&desk.fails(1, "check"), &["与定稿时的不同", "[E-final]"]);
    // What was repaired before the year is fixed again is as it is.
    desk.ok("reopen --reason 补记 --by 李四");
    desk.ok("finalise --provisional --by 李四");
    assert!(desk.run("check").status == 0);
}

#[test]
fn a_backup_has_what_was_moved() {
    let desk = damaged();
    desk.ok("repair --yes");
    let zips: Vec<PathBuf> =
        desk.files().into_keys().filter(|it| it.extension().is_some_and(|it| it == "zip")).collect();
    for zip in zips {
        std::fs::remove_file(zip).unwrap();
    }
    desk.ok("import entries more.csv");
    let zip = desk.files().into_keys().find(|it| it.extension().is_some_and(|it| it == "zip")).unwrap();
    let name = zip.file_name().unwrap().to_string_lossy().into_owned();
    let outcome = desk.run(&format!("backups restore {name} -o other"));
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert!(outcome.err.is_empty() || !outcome.err.contains("[E-"), "{}", outcome.err);
    let other = desk.path("other");
    let is_bad = |it: &PathBuf| it.starts_with(&other) && it.extension().is_some_and(|it| it == "bad");
    assert_eq!(desk.files().keys().filter(|it| is_bad(it)).count(), 1);
}

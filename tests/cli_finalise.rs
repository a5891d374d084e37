//! `finalise` and `reopen`: a year that is fixed takes in nothing, says why, and can prove what it was.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::{Desk, check_in_order};

const ENTRIES: &str = "单位,指标,规则,次数,日期\n区教育局,3,更新超期,4,2023-07-01\n";
const DISTRICT: &str = include_str!("../rubrics/2023/district.ron");

/// A year that is reviewed whole, in which 区教育局 lost 0.4.
fn reviewed() -> Desk {
    let desk = Desk::with_year();
    desk.file("entries.csv", ENTRIES);
    desk.file("more.csv", ENTRIES.replace("07-01", "08-01"));
    desk.file("self.csv", "单位,指标,自评分\n区教育局,1,10\n");
    desk.file("new.ron", DISTRICT.replacen("each: 0.5", "each: 0.4", 1));
    desk.ok("import entries entries.csv");
    desk.ok("review --all");
    desk
}

fn fixed() -> Desk {
    let desk = reviewed();
    desk.ok("finalise");
    desk
}

/// Returns the paths of the copy's files below its folder.
fn copies(desk: &Desk) -> Vec<String> {
    let files = desk.files();
    let shown = files.keys().map(|it| it.to_string_lossy().into_owned());
    shown.filter_map(|it| it.split_once("/data/final/").map(|it| it.1.to_owned())).collect()
}

#[test]
fn a_year_that_is_fixed_leaves_a_copy_that_is_what_an_export_gives() {
    let desk = reviewed();
    // The first change of a session adopts the files; here all of that has been said.
    desk.ok("export --format ron -o before.ron");
    desk.ok("export --format csv -o before");
    let said = desk.ok("finalise");
    check_in_order(&said, &["2023 年已定稿，摘要 ", "data/final/2023-", "kaohe reopen --reason"]);
    let copies = copies(&desk);
    let folder = copies[0].split('/').next().unwrap();
    assert!(folder.len() == "2023-20261125-0745".len() && folder.is_ascii(), "{folder}");
    assert_eq!(copies.len(), 7);
    assert!(desk.read(&format!("data/final/{folder}/2023.ron")) == desk.read("before.ron"));
    for name in ["排名", "得分", "扣分明细", "自评差异", "名录", "留痕"] {
        let copy = desk.read(&format!("data/final/{folder}/{name}.csv"));
        assert!(copy == desk.read(&format!("before/{name}.csv")), "{name}");
    }
    desk.ok("check");
    let log = desk.ok("log --format csv");
    check_in_order(&log, &["标为已复核", "定稿（摘要 "]);
    assert_eq!(desk.ok("--data other import year before.ron").lines().count(), 1);
}

#[test]
fn everything_else_is_refused_with_the_reason() {
    let desk = fixed();
    desk.ok("units list --format csv -o units.csv");
    for command in [
        "import entries more.csv",
        "import entries more.csv --dry-run",
        "import self self.csv",
        "review --all --undo",
        "na --unit 区教育局 --indicator 1 --reason 无",
        "withdraw 1@x --reason 错",
        "units import units.csv",
        "rubric adopt new.ron",
        "undo",
        "redo",
        "finalise",
        "finalise --provisional",
    ] {
        let err = desk.fails(4, command);
        let what = match command {
            "undo" => "撤销",
            "redo" => "重做",
            _ => "记入",
        };
        check_in_order(&err, &[&format!("没有{what}：本年度已定稿（张三，"), "kaohe reopen --reason"]);
    }
    desk.ok("rank");
}

#[test]
fn reopening_needs_a_reason_and_opens_everything() {
    let desk = fixed();
    assert!(desk.fails(2, "reopen").contains("--reason"));
    check_in_order(&desk.ok("reopen --reason 漏记一项"), &["2023 年已重新打开", "kaohe finalise"]);
    assert!(desk.fails(4, "reopen --reason 再开").contains("没有定稿，无需重新打开"));
    desk.ok("import entries more.csv");
    desk.ok("undo");
    // Neither of the two is undone: the next step back is the review, before them.
    assert!(desk.ok("undo").contains("复核"));
    desk.ok("redo");
    desk.ok("finalise");
    desk.ok("check");
    let log = desk.ok("log --format csv");
    check_in_order(&log, &["定稿（摘要 ", "重新打开（漏记一项）", "定稿（摘要 "]);
}

#[test]
fn a_year_with_units_that_are_not_reviewed_is_fixed_only_when_asked_twice() {
    let desk = reviewed();
    desk.ok("review --unit 区教育局 --indicator 3 --undo");
    let err = desk.fails(4, "finalise");
    check_in_order(&err, &["Q02 区教育局：未复核，已复核 8/9", "没有定稿：1 个单位", "--provisional"]);
    desk.ok("finalise --provisional");
    assert!(desk.ok("log --format csv").contains("定稿（有单位未复核或待定"));
    desk.ok("check");
}

#[test]
fn check_names_what_is_not_as_it_was_fixed() {
    let desk = fixed();
    let units = String::from_utf8(desk.read("data/2023/units.ron")).unwrap();
    desk.file("data/2023/units.ron", units.replacen("发改局", "发改", 1));
    let outcome = desk.run("check");
    assert_eq!(outcome.status, 1, "{}", outcome.err);
    check_in_order(&outcome.err, &["units.ron", "与定稿时的不同", "[E-final]"]);
    // It can be opened all the same, and what was edited is adopted after that.
    desk.ok("reopen --reason 改简称");
    let outcome = desk.run("check");
    assert_eq!(outcome.status, 0, "{}", outcome.err);
}

#[test]
fn what_a_colleague_wrote_without_knowing_counts_and_is_named() {
    let desk = reviewed();
    // The colleague's copy is taken before the year is fixed, and comes back after.
    let copy = desk.path("copy/2023");
    copy_folder(&desk.path("data/2023"), &copy);
    desk.ok("--data copy --by 李四 import entries more.csv");
    desk.ok("finalise");
    let theirs = std::fs::read_dir(copy.join("journal")).unwrap().map(|it| it.unwrap().path());
    for path in theirs.filter(|it| it.extension().is_some_and(|it| it == "ron")) {
        let target = desk.path("data/2023/journal").join(path.file_name().unwrap());
        if !target.exists() {
            std::fs::copy(&path, target).unwrap();
        }
    }
    let outcome = desk.run("check");
    assert_eq!(outcome.status, 1);
    check_in_order(&outcome.err, &["号记录不在定稿之内", "照样计入得分", "[E-late]"]);
    let score = desk.ok("score 区教育局 --format csv");
    assert!(score.contains(",0.8,9.2,"), "{score}");
    desk.fails(4, "undo");
}

#[test]
fn a_copy_of_a_fixed_year_is_fixed_and_proves_the_same() {
    let desk = fixed();
    desk.ok("export --format ron -o all.ron");
    desk.ok("--data other import year all.ron");
    desk.ok("--data other check");
    assert!(desk.fails(4, "--data other import entries more.csv").contains("本年度已定稿"));
}

#[test]
fn records_that_fit_nothing_stand_in_the_way() {
    let desk = reviewed();
    let units = String::from_utf8(desk.read("data/2023/units.ron")).unwrap();
    desk.file("data/2023/units.ron", units.replacen("\"Q02\"", "\"Q92\"", 1));
    let outcome = desk.run("review --unit 区教育局");
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    let err = desk.fails(4, "finalise");
    check_in_order(&err, &["没有定稿：有 ", "条记录对不上", "kaohe check"]);
}

#[test]
fn the_next_year_starts_from_one_that_is_fixed() {
    let desk = fixed();
    desk.ok("init 2024 --from 2023");
    desk.file("entries.csv", ENTRIES.replace("2023", "2024"));
    let outcome = desk.run("--year 2024 import entries entries.csv");
    assert_eq!(outcome.status, 0, "{}", outcome.err);
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in std::fs::read_dir(from).unwrap() {
        let path = item.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, target).unwrap();
        }
    }
}

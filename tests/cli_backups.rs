//! Backups by themselves: made when something was recorded, one an hour, listed, brought back beside what there is.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fs;

use support::{Desk, check_in_order};

const ENTRIES: &str = "单位,指标,规则,次数,日期\n区教育局,3,更新超期,4,2023-07-01\n";

fn desk() -> Desk {
    let desk = Desk::with_year();
    desk.file("entries.csv", ENTRIES);
    desk
}

/// Returns the names of the backups, oldest first.
fn names(desk: &Desk) -> Vec<String> {
    let Ok(items) = fs::read_dir(desk.path("data/backups")) else { return Vec::new() };
    let mut names: Vec<String> = items.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Makes the only backup one of a day long gone.
fn age(desk: &Desk) {
    let [name] = &names(desk)[..] else { panic!("{:?}", names(desk)) };
    let folder = desk.path("data/backups");
    fs::rename(folder.join(name), folder.join("2023-20240102-0304.zip")).unwrap();
}

#[test]
fn whoever_recorded_something_leaves_a_backup_one_an_hour() {
    let desk = desk();
    for command in ["rank", "score", "check", "units list", "import entries entries.csv --dry-run"] {
        desk.ok(command);
    }
    assert_eq!(names(&desk), Vec::<String>::new());
    desk.ok("import entries entries.csv");
    let first = names(&desk);
    assert_eq!(first.len(), 1);
    let is_named = first[0].len() == "2023-20261125-0745.zip".len() && first[0].starts_with("2023-20");
    assert!(is_named, "{first:?}");
    desk.ok("review --all");
    assert_eq!(names(&desk), first);
    age(&desk);
    desk.ok("undo");
    assert_eq!(names(&desk).len(), 2);
}

#[test]
fn the_list_says_what_each_one_holds() {
    let desk = desk();
    check_in_order(&desk.ok("backups list"), &["备份", "记录数", "还没有备份", "data/backups"]);
    // Listing is what is meant where nothing is said.
    assert_eq!(desk.ok("backups"), desk.ok("backups list"));
    desk.ok("import entries entries.csv");
    age(&desk);
    desk.ok("review --all");
    let csv = desk.ok("backups list --format csv");
    let rows: Vec<Vec<&str>> =
        csv.trim_start_matches('\u{feff}').lines().map(|it| it.split(',').collect()).collect();
    assert_eq!(rows[0], ["备份", "年度", "时间", "大小", "记录数"]);
    assert_eq!(rows[1][..3], ["2023-20240102-0304.zip", "2023", "2024-01-02 03:04"]);
    let size = fs::metadata(desk.path("data/backups/2023-20240102-0304.zip")).unwrap().len();
    assert_eq!(rows[1][3..], [size.to_string(), "2".to_owned()]);
    assert_eq!(rows[2][4], "3");
    assert_eq!(rows.len(), 3);
}

#[test]
fn a_backup_comes_back_beside_the_present_year() {
    let desk = desk();
    desk.ok("import entries entries.csv");
    let name = &names(&desk)[0];
    let before = desk.ok("export --format ron");
    desk.ok("undo");
    let present = desk.ok("export --format ron");
    let said = desk.ok(&format!("backups restore {name} -o old"));
    check_in_order(&said, &["已恢复 2023 年：old/2023", "--data old"]);
    assert_eq!(desk.ok("--data old export --format ron"), before);
    assert_eq!(desk.ok("export --format ron"), present);
    // Also by its path, and from anywhere.
    fs::copy(desk.path(&format!("data/backups/{name}")), desk.path("usb.zip")).unwrap();
    fs::create_dir(desk.path("empty")).unwrap();
    desk.ok("backups restore usb.zip -o empty");
    desk.ok("--data empty check");
    desk.ok("--data empty --by 李四 review --all");
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let desk = desk();
    desk.ok("import entries entries.csv");
    let name = &names(&desk)[0];
    for into in ["data", "data/2023", "data/2023/journal"] {
        let err = desk.fails(4, &format!("backups restore {name} -o {into}"));
        check_in_order(&err, &["已有内容，没有恢复", "新的或空的文件夹"]);
    }
    assert!(
        desk.fails(4, "backups restore none.zip -o new").contains("无法读取 none.zip：文件或文件夹不存在")
    );
    assert!(desk.fails(2, &format!("backups restore {name}")).contains("--output"));
}

#[test]
fn a_damaged_backup_is_named_and_leaves_nothing() {
    let desk = desk();
    desk.ok("import entries entries.csv");
    let path = format!("data/backups/{}", names(&desk)[0]);
    let mut bytes = desk.read(&path);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    desk.file(&path, &bytes);
    let err = desk.fails(3, &format!("backups restore {path} -o new"));
    check_in_order(&err, &["备份 data/backups/2023-", "已损坏：里面的 2023/", "backups list"]);
    assert!(!desk.path("new").exists());
    let outcome = desk.run("backups list --format csv");
    assert_eq!(outcome.status, 0);
    check_in_order(&outcome.err, &["提示：备份 ", "已损坏：里面的 2023/"]);
    assert!(outcome.text().trim_end().ends_with(','), "{}", outcome.text());
    desk.file("not.zip", "PK\u{3}\u{4}");
    assert!(desk.fails(3, "backups restore not.zip -o new").contains("不是 zip 文件"));
}

#[test]
fn a_backup_that_fails_is_said_once_and_nothing_else_changes() {
    let desk = desk();
    // A file stands where the folder of the backups would.
    desk.file("data/backups", "");
    let outcome = desk.run("import entries entries.csv");
    assert_eq!(outcome.status, 0);
    assert_eq!(outcome.text(), "导入 1 条扣分，涉及 1 个单位\n");
    assert_eq!(outcome.err.lines().count(), 1);
    check_in_order(&outcome.err, &["提示：这次没有备份成，已记入的不受影响。无法读取 data/backups："]);
    assert!(desk.ok("score 区教育局 --format csv").contains("9.6"));
    desk.ok("check");
}

//! `kaohe doctor`: the page that is sent to whoever helps.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fs;

use support::Desk;

/// Returns the line about something.
#[track_caller]
fn line(page: &str, what: &str) -> String {
    let found = page.lines().find(|it| it.contains(what));
    found.unwrap_or_else(|| panic!("{what} is not on the page:\n{page}")).to_owned()
}

#[test]
fn page_says_how_program_terminal_data_and_settings_are() {
    let desk = Desk::with_year();
    let page = desk.ok("doctor");
    assert!(line(&page, "版本").contains(env!("CARGO_PKG_VERSION")));
    assert!(line(&page, "输入输出").contains("不是终端"));
    assert!(line(&page, "可写").contains('是'));
    assert!(line(&page, "文件锁").contains('有'));
    assert!(line(&page, "2023 年").contains("没有问题"));
    assert!(line(&page, "记录人").contains("张三"));
    assert!(line(&page, "theme").contains("Terminal"));
}

#[test]
fn nothing_is_made_where_nothing_is_yet() {
    let desk = Desk::empty();
    let before = desk.files();
    let page = desk.ok("doctor");
    assert!(line(&page, "还没有").contains("第一次用时新建"));
    assert_eq!(desk.files(), before);
    assert!(!desk.path("data").exists());
}

#[test]
fn what_is_wrong_is_on_the_page_and_no_failure() {
    let desk = Desk::with_year();
    fs::write(desk.path("data/2023/units.ron"), "Roster(").unwrap();
    fs::create_dir_all(desk.path(".config/kaohe")).unwrap();
    desk.file(".config/kaohe/settings.ron", "Settings(theme: Pink)");
    let page = desk.ok("doctor");
    assert!(line(&page, "2023 年").contains("1 处问题"));
    assert!(line(&page, "不合适的设置").contains("settings.ron:1:17"));
}

#[test]
fn page_goes_into_a_file_to_be_sent() {
    let desk = Desk::with_year();
    assert_eq!(desk.ok("doctor -o 体检.csv"), "");
    let text = String::from_utf8(desk.read("体检.csv")).unwrap();
    assert!(text.starts_with("\u{feff}部分,项目,情况,说明\r\n"));
}

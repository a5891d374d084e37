//! What each person may set, changed on the screen and kept.

mod support;

use kaohe_tui::settings::{Ascii, Hints, Theme, read_settings};
use support::Tester;

#[test]
fn a_setting_holds_at_once_and_is_kept() {
    let tester = Tester::demo().keys(",<right><right>");
    assert!(tester.row_with("> 颜色").contains("浅底"), "{}", tester.screen());
    let (kept, faults) = read_settings(tester.settings_file().as_bytes());
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(kept.theme, Theme::Light);
    let tester = tester.keys("<down><enter>");
    assert_eq!(read_settings(tester.settings_file().as_bytes()).0.ascii, Ascii::On);
    assert!(tester.screen().contains("+ 个人设置 -"), "{}", tester.screen());
}

#[test]
fn the_name_is_written_in_its_place() {
    let tester = Tester::demo().keys(",<end><up><enter>王五");
    assert!(tester.drawn().1.is_some(), "the caret does not show");
    let tester = tester.keys("<enter>");
    assert!(tester.row_with("> 姓名").contains("王五"), "{}", tester.screen());
    assert!(tester.settings_file().contains("name: \"王五\""), "{}", tester.settings_file());
    // Esc leaves the name as it was, and then the settings.
    let tester = tester.keys("<enter>六<esc>");
    assert!(tester.row_with("> 姓名").ends_with("王五") || tester.row_with("> 姓名").contains("王五 "));
    assert!(!tester.keys("<esc>").screen().contains("个人设置"));
}

#[test]
fn a_key_is_changed_by_pressing_the_new_one_and_clashes_are_refused() {
    let to_undo = |it: Tester| {
        let mut tester = it.keys(",<end><enter>");
        while !tester.screen().contains("> u ") {
            tester = tester.keys("<down>");
        }
        tester
    };
    let tester = to_undo(Tester::year_2023().keys("1")).keys("<enter>r");
    assert!(tester.row_with("! ").contains("r 键在“总表”里已用来"), "{}", tester.screen());
    let tester = tester.keys("<enter>z");
    assert!(tester.row_with("> u ").contains("-> z"), "{}", tester.screen());
    let tester = tester.keys("<esc><esc>u");
    assert_eq!(tester.score("Q01"), "99.9");
    let tester = tester.keys("z");
    assert_eq!(tester.score("Q01"), "100");
    assert!(tester.screen().contains("z 撤销"), "{}", tester.screen());
    let tester = to_undo(tester).keys("<del><esc><esc>1u");
    assert_eq!(tester.score("Q01"), "100");
}

#[test]
fn what_somebody_wrote_in_the_file_stays_beside_it() {
    let tester = Tester::demo();
    tester.write_settings_file("Settings(theme: Drak) // 我的");
    let tester = tester.keys(",<right>");
    assert!(tester.settings_file().contains("theme: Dark"));
    assert!(tester.settings_backup().contains("我的"));
}

#[test]
fn the_hints_of_the_first_days_go_one_by_one_and_then_for_good() {
    let mut tester = Tester::year_2023();
    tester.settings().hints = Hints::On;
    for (keys, hint) in [
        ("", "入门 1/6：方向键"),
        ("<down>", "入门 2/6：看下方的规则"),
        ("1<right>", "入门 3/6：按 u 撤销"),
        ("u<left>", "入门 4/6：按空格"),
        ("<space><right>", "入门 5/6：按 r 看排名"),
        ("r<esc>", "入门 6/6：按 F2"),
    ] {
        tester = tester.keys(keys);
        assert!(tester.screen().contains(hint), "{hint}\n{}", tester.screen());
    }
    let tester = tester.keys("<f2><esc>");
    assert!(!tester.screen().contains("入门"), "{}", tester.screen());
    assert!(tester.settings_file().contains("hints: Off"), "{}", tester.settings_file());
}

#[test]
fn esc_sends_the_hints_away_once_there_is_nothing_else_to_take_back() {
    let mut tester = Tester::year_2023();
    tester.settings().hints = Hints::On;
    let tester = tester.keys("v<esc>");
    assert!(tester.screen().contains("入门 1/6"), "{}", tester.screen());
    let tester = tester.keys("<esc>");
    assert!(!tester.screen().contains("入门"), "{}", tester.screen());
    assert!(tester.settings_file().contains("hints: Off"));
}

#[test]
fn settings_can_be_changed_before_there_is_a_year() {
    assert!(Tester::empty().keys(",").screen().contains("个人设置"));
}

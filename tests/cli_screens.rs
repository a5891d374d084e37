//! The screens without a terminal: keys from a file, the last picture on standard output.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fs;

use support::Desk;

/// Puts settings where the platform keeps them.
fn with_settings(desk: &Desk, text: &str) {
    fs::create_dir_all(desk.path(".config/kaohe")).unwrap();
    desk.file(".config/kaohe/settings.ron", text);
}

#[test]
fn keys_from_a_file_are_recorded_and_the_last_picture_is_printed() {
    let desk = Desk::with_year();
    desk.file("keys.txt", "# 第一个单位扣一次\n1\n");
    let picture = desk.ok("--keys keys.txt --dump-screen --size 120x40");
    assert_eq!(picture.lines().count(), 40, "{picture}");
    assert!(picture.contains("已记") && picture.contains("按 u 撤销"), "{picture}");
    assert!(desk.ok("log").contains("扣"), "nothing was recorded");
}

#[test]
fn the_picture_in_the_readme_is_the_programs_own() {
    let desk = Desk::empty();
    with_settings(&desk, "Settings(hints: Off)");
    desk.file("keys.txt", "jll");
    let readme = include_str!("../README.md");
    let (_, rest) = readme.split_once("```text\n").unwrap();
    let (picture, _) = rest.split_once("```").unwrap();
    assert_eq!(desk.ok("demo --keys keys.txt --dump-screen"), picture);
}

#[test]
fn what_takes_long_is_done_before_the_next_key() {
    let desk = Desk::with_year();
    desk.file("keys.txt", "y");
    let picture = desk.ok("--keys keys.txt --dump-screen");
    assert!(picture.contains("> 1 2023"), "{picture}");
    desk.file("keys.txt", "<f12><enter><enter>r");
    let picture = desk.ok("--keys keys.txt --dump-screen");
    assert!(picture.contains("失分率"), "{picture}");
    let tables = desk.files().into_keys().filter(|it| it.extension().is_some_and(|it| it == "csv")).count();
    assert_eq!(tables, 6);
}

#[test]
fn a_script_with_keys_that_do_not_exist_plays_none() {
    let desk = Desk::with_year();
    desk.file("keys.txt", "1<entre>\n<f13>");
    let said = desk.fails(3, "--keys keys.txt --dump-screen");
    assert!(said.contains("keys.txt:1") && said.contains("<entre>"), "{said}");
    assert!(said.contains("keys.txt:2") && said.contains("共 2 处"), "{said}");
    desk.file("keys.txt", b"\xff\xfe");
    assert!(desk.fails(3, "--keys keys.txt --dump-screen").contains("UTF-8"));
    assert!(desk.fails(4, "--keys none.txt --dump-screen").contains("none.txt"));
    assert!(desk.fails(2, "--dump-screen --size 80").contains("80x24"));
}

#[test]
fn in_ascii_nothing_shows_but_ascii_and_chinese() {
    let desk = Desk::empty();
    for keys in ["", "<f2>", "2<enter>", "<enter>", "r", "e", "=", "?", "/"] {
        desk.file("keys.txt", keys);
        let picture = desk.ok("demo --ascii --keys keys.txt --dump-screen");
        let is_safe = |it: char| it.is_ascii() || ('\u{2e80}'..='\u{ffe6}').contains(&it);
        assert!(picture.chars().all(is_safe), "{picture}");
    }
}

#[test]
fn what_is_wrong_in_the_settings_is_said_and_the_screens_open() {
    let desk = Desk::empty();
    with_settings(&desk, "Settings(theme: Drak, keys: [(from: \"u\", to: \"z\"), (from: \"r\", to: \"z\")])");
    let picture = desk.ok("demo --dump-screen --size 120x40");
    assert!(picture.contains("settings.ron:1:17") && picture.contains("Drak"), "{picture}");
    assert!(picture.contains("有 2 处不对"), "{picture}");
    assert!(picture.contains("区发展和改革局") || picture.contains("发改局"), "{picture}");
}

#[test]
fn a_key_that_stands_for_another_acts_and_shows_in_its_place() {
    let desk = Desk::with_year();
    with_settings(&desk, "Settings(keys: [(from: \"r\", to: \"z\")])");
    desk.file("keys.txt", "z");
    assert!(desk.ok("--dump-screen --size 120x40").contains("z 排名"));
    assert!(desk.ok("--keys keys.txt --dump-screen").contains("失分率"));
}

#[test]
fn the_name_in_the_settings_is_recorded_where_none_is_given() {
    let desk = Desk::with_year();
    with_settings(&desk, "Settings(name: \"王五\")");
    desk.ok_by("", &["review", "--unit", "Q01"]);
    desk.ok_by("李四", &["review", "--unit", "Q02"]);
    let log = desk.ok("log");
    assert!(log.contains("王五") && log.contains("李四"), "{log}");
    assert!(desk.ok("paths").contains("settings.ron"));
}

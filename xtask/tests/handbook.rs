//! The handbook, followed chapter by chapter from a fresh folder: what it prints is what the program says.

use std::path::PathBuf;

use xtask::book::{self, HOURS_EAST, Program};

fn program() -> Program {
    Program(PathBuf::from(env!("CARGO_BIN_EXE_xtask")))
}

#[test]
fn every_chapter_comes_out_as_printed() {
    book::check(&program(), HOURS_EAST).unwrap();
}

#[test]
fn it_comes_out_as_printed_on_another_day() {
    // Clocks a whole day behind.
    book::check(&program(), HOURS_EAST - 24).unwrap();
}

#[test]
fn every_chapter_shows_a_screen() {
    assert_eq!(book::without_picture().unwrap(), [""; 0]);
}

#[test]
fn a_picture_and_an_answer_that_are_wrong_are_found() {
    let page = "## 开始\n\n<!-- 按键 末2行 <enter>1 -->\n```text\n```\n\n## 记录\n\n```console\n$ kaohe init 2023\n已新建\n```\n";
    let wanted = book::followed(page, &program(), HOURS_EAST).unwrap();
    assert!(
        wanted.contains("……\n 已记 发改局 主动公开信息：扣 逾期未完成 1次（期外），总分 99.9  按 u 撤销\n"),
        "{wanted}"
    );
    assert!(wanted.ends_with("$ kaohe init 2023\n已新建 2023 年：./数据/2023\n```\n"), "{wanted}");
    assert_eq!(book::followed(&wanted, &program(), HOURS_EAST).unwrap(), wanted);
    assert_eq!(book::difference(&wanted, &wanted), None);

    let difference = book::difference(&wanted.replace("总分 99.9", "总分 99.8"), &wanted).unwrap();
    assert!(difference.starts_with("第 6 行（开始）") && difference.contains("99.8"), "{difference}");
    let difference = book::difference(page, &wanted).unwrap();
    assert!(difference.starts_with("第 5 行（开始）写的是“```”，程序是“……”"), "{difference}");
}

#[test]
fn what_cannot_be_followed_is_an_error_with_its_chapter() {
    let error = |page: &str| book::followed(page, &program(), HOURS_EAST).unwrap_err();
    let keys = error("## 开始\n\n<!-- 按键 <entre> -->\n```text\n```\n");
    assert!(keys.contains("手册“开始”第 5 行") && keys.contains("<entre>"), "{keys}");
    assert!(error("## 开始\n\n```console\n$ rm 数据\n```\n").contains("只能运行 kaohe"));
    assert!(error("## 开始\n\n<!-- 填表 a.xlsx 存为 b.xlsx -->\n```text\nD4 9\n```\n").contains("a.xlsx"));
}

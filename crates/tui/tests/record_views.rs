//! Exporting, the journal, the year as it was, other years and the roster, key by key.

#![allow(clippy::unwrap_used, reason = "a test may unwrap")]

mod support;

use std::fs;

use support::Tester;

/// The files below a folder of the person, by name.
fn files(tester: &Tester, folder: &str) -> Vec<String> {
    let items = fs::read_dir(tester.path(folder)).unwrap();
    let mut names: Vec<String> = items.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const TABLES: [&str; 6] = ["名录.csv", "得分.csv", "扣分明细.csv", "排名.csv", "留痕.csv", "自评差异.csv"];

#[test]
fn a_year_is_exported_with_two_keys_and_says_where() {
    let tester = Tester::demo().keys("<f12><enter>");
    let screen = tester.screen();
    assert!(screen.contains("已写出 6 个表格"), "{screen}");
    assert!(screen.contains("2023年考核结果-20231106"), "{screen}");
    assert_eq!(files(&tester, "文档/2023年考核结果-20231106"), TABLES);
    let log = fs::read(tester.path("文档/2023年考核结果-20231106/留痕.csv")).unwrap();
    assert!(log.starts_with("\u{feff}时间".as_bytes()));
    assert!(tester.keys("<enter>").screen().contains("1-9 扣分"));
}

#[test]
fn the_class_that_shows_is_ranked_in_a_file_of_its_own() {
    let tester = Tester::demo().keys("<tab>w2<enter>");
    assert!(tester.screen().contains("已写出排名"), "{}", tester.screen());
    let csv = fs::read_to_string(tester.path("文档/2023年乡镇排名-20231106.csv")).unwrap();
    assert!(csv.contains("河坝镇") && !csv.contains("区教育局"), "{csv}");
}

#[test]
fn everything_in_one_file_can_be_read_back() {
    let tester = Tester::demo().keys("w<right><right><right><enter>");
    let bytes = fs::read(tester.path("文档/2023年全部数据-20231106.ron")).unwrap();
    let other = tempfile::tempdir().unwrap();
    let data = kaohe_store::DataFolder::at(other.path());
    assert_eq!(data.create_from_snapshot("a.ron", &bytes).unwrap(), 2023);
}

#[test]
fn the_encoding_is_a_choice() {
    let tester = Tester::demo().keys("w2<tab><tab>2<enter>");
    let bytes = fs::read(tester.path("文档/2023年区直排名-20231106.csv")).unwrap();
    // 类别 in GB18030.
    assert!(bytes.starts_with(&[0xc0, 0xe0, 0xb1, 0xf0]), "{:?}", &bytes[..8]);
}

#[test]
fn what_is_there_is_never_written_over() {
    let tester = Tester::demo().keys("w2<enter><enter>1w2<enter>");
    assert!(tester.screen().contains("不覆盖"), "{}", tester.screen());
    let before = fs::read(tester.path("文档/2023年区直排名-20231106.csv")).unwrap();
    let tester = tester.keys("<enter>");
    assert!(tester.screen().contains("已写出排名"), "{}", tester.screen());
    assert_eq!(files(&tester, "文档"), ["2023年区直排名-20231106-2.csv", "2023年区直排名-20231106.csv"]);
    assert_eq!(fs::read(tester.path("文档/2023年区直排名-20231106.csv")).unwrap(), before);
}

#[test]
fn an_export_that_fails_says_why_and_stays() {
    let tester = Tester::demo().keys("w<tab><c-u>没有这个/结果<enter>");
    let screen = tester.screen();
    assert!(screen.contains("没有导出") && screen.contains("请核对路径"), "{screen}");
    // The name is still there to be mended.
    let tester = tester.keys("<c-u>结果<enter>");
    assert!(tester.screen().contains("已写出 6 个表格"), "{}", tester.screen());
    assert_eq!(files(&tester, "文档/结果"), TABLES);
}

#[test]
fn an_empty_place_is_asked_for() {
    let tester = Tester::demo().keys("w<tab><c-u><enter>");
    assert!(tester.screen().contains("位置空着"), "{}", tester.screen());
}

#[test]
fn an_export_shows_how_far_it_is_and_can_be_left_off() {
    let tester = Tester::demo().slow().keys("w<enter>");
    assert!(tester.screen().contains("正在写 2/6：得分"), "{}", tester.screen());
    // Keys do nothing meanwhile, and the files go on.
    let tester = tester.keys("1");
    assert!(tester.screen().contains("正在写 3/6"), "{}", tester.screen());
    let tester = tester.keys("<esc>");
    assert!(tester.screen().contains("6 个文件写了 2 个"), "{}", tester.screen());
    assert_eq!(files(&tester, "文档/2023年考核结果-20231106"), ["得分.csv", "排名.csv"]);
    assert!(tester.keys("<esc>").screen().contains("1-9 扣分"));
}

#[test]
fn tables_of_one_folder_tell_of_one_moment() {
    let tester = Tester::year_2023().slow().keys("w<enter>");
    let tester = tester.colleague(|year, now| {
        let ledger = year.ledger();
        let change = kaohe_core::Change::SelfScore {
            unit: "Q01".into(),
            indicator: ledger.rubrics()[0].indicator(0).id.clone(),
            to: Some("1".parse().unwrap()),
            note: String::new(),
        };
        year.record(change, now).unwrap();
    });
    let tester = tester.keys("11111111");
    assert!(tester.screen().contains("已写出 6 个表格"), "{}", tester.screen());
    let scores = fs::read_to_string(tester.path("文档/2023年考核结果-20231106/得分.csv")).unwrap();
    let log = fs::read_to_string(tester.path("文档/2023年考核结果-20231106/留痕.csv")).unwrap();
    assert!(log.contains("自评 1分"), "{log}");
    assert!(scores.lines().nth(1).unwrap().contains(",1,"), "{scores}");
}

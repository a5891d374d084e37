//! Exporting, the journal, the year as it was, other years and the roster, key by key.

#![expect(clippy::unwrap_used, reason = "a test may unwrap")]

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
fn a_workbook_is_made_part_by_part_and_written_whole() {
    let tester = Tester::demo().slow().keys("w5<enter>");
    assert!(tester.screen().contains("正在写 2/"), "{}", tester.screen());
    let tester = tester.keys("11");
    assert!(
        tester.screen().contains("正在写 4/") && tester.screen().contains("得分表"),
        "{}",
        tester.screen()
    );
    assert!(!tester.path("文档/2023年考核结果-20231106.xlsx").exists());
    let tester = tester.keys("11111111111111111111");
    assert!(tester.screen().contains("已写出工作簿"), "{}", tester.screen());
    let bytes = fs::read(tester.path("文档/2023年考核结果-20231106.xlsx")).unwrap();
    assert!(bytes.starts_with(b"PK"));
}

#[test]
fn a_workbook_that_is_left_off_leaves_nothing() {
    let tester = Tester::demo().slow().keys("w5<enter>1<esc>");
    assert!(tester.screen().contains("没有写出任何文件"), "{}", tester.screen());
    assert!(!tester.path("文档/2023年考核结果-20231106.xlsx").exists());
}

#[test]
fn every_unit_gets_a_form_of_its_own() {
    let tester = Tester::demo().keys("w6<enter>");
    assert!(tester.screen().contains("份自评表"), "{}", tester.screen());
    let names = files(&tester, "文档/2023年自评表-20231106");
    assert!(names.contains(&"Q02-区教育局.xlsx".to_owned()), "{names:?}");
    assert!(
        names.contains(&"清单.csv".to_owned()) && names.contains(&"2023年自评表.zip".to_owned()),
        "{names:?}"
    );
    let list = fs::read_to_string(tester.path("文档/2023年自评表-20231106/清单.csv")).unwrap();
    assert_eq!(list.lines().count(), names.len() - 1);
}

#[test]
fn forms_that_cannot_all_be_written_are_taken_back() {
    let mut tester = Tester::demo().slow().keys("w6<enter>11");
    let folder = tester.path("文档/2023年自评表-20231106");
    // A folder stands where the list is to be written.
    fs::create_dir(folder.join("清单.csv")).unwrap();
    while tester.screen().contains("正在写") {
        tester = tester.keys("1");
    }
    assert!(tester.screen().contains("没有导出"), "{}", tester.screen());
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, ["清单.csv"]);
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

#[test]
fn the_log_has_every_record_newest_first_with_who_and_what() {
    let tester = Tester::year_2023().keys("1jl1t");
    let screen = tester.screen();
    let rows: Vec<&str> = screen.lines().filter(|it| it.contains("张三") && it.contains("11-06")).collect();
    assert!(rows[0].contains("教育局") && rows[0].contains("99.9"), "{screen}");
    assert!(rows[1].contains("发改局"), "{screen}");
    assert!(rows[2].contains("自此以这些文件为准"), "{screen}");
    assert!(screen.contains("09:12"), "{screen}");
}

/// How many rows show with these keys pressed on the log of the sample year.
#[track_caller]
fn n_rows(keys: &str) -> String {
    let tester = Tester::demo().keys("t").keys(keys);
    tester.screen().lines().nth(2).unwrap().trim().to_owned()
}

#[test]
fn filters_are_chosen_by_their_numbers() {
    let all = n_rows("");
    assert_eq!(n_rows("21"), all);
    assert!(n_rows("2").ends_with(&all), "{}", n_rows("2"));
    assert_eq!(n_rows("3"), all);
    assert!(n_rows("4").ends_with(&all) && n_rows("44") != n_rows("4"));
    assert_eq!(n_rows("5"), all);
    assert!(Tester::demo().keys("t6").screen().contains("没有第 6 项"));
}

#[test]
fn a_unit_is_found_by_pinyin_in_the_log() {
    let tester = Tester::demo().keys("t<f3>heba<enter>");
    let screen = tester.screen();
    let rows: Vec<&str> = screen.lines().filter(|it| it.contains("张三") && it.contains("11-06")).collect();
    assert!(!rows.is_empty() && rows.iter().all(|it| it.contains("河坝镇")), "{screen}");
    assert!(tester.keys("/zzzz").screen().contains("没有这样的留痕"));
}

#[test]
fn one_record_shows_whole() {
    let tester = Tester::year_2023().keys("20.5<tab>久未更新，多次提醒<enter>t<enter>");
    let screen = tester.screen();
    assert!(screen.contains("第 2 条留痕") && screen.contains("说明 久未更新，多次提醒"), "{screen}");
    assert!(screen.contains("总分 100 -> 99.5"), "{screen}");
    assert!(tester.keys("<esc>").screen().contains("1 全部"));
}

#[test]
fn what_others_record_meanwhile_comes_to_the_top_of_the_log() {
    let tester = Tester::year_2023().keys("1t");
    let tester = tester.colleague(|year, now| {
        let change = kaohe_core::Change::SelfScore {
            unit: "Q02".into(),
            indicator: year.ledger().rubrics()[0].indicator(0).id.clone(),
            to: Some("7".parse().unwrap()),
            note: String::new(),
        };
        year.record(change, now).unwrap();
    });
    let tester = tester.keys("<home>");
    assert!(tester.row_with("> ").contains("李四"), "{}", tester.screen());
}

#[test]
fn the_year_shows_as_it_was_and_takes_nothing() {
    let tester = Tester::year_2023().keys("111t<down><space>");
    let screen = tester.screen();
    assert!(screen.contains("第 3 条之后"), "{screen}");
    assert!(tester.row_with("发改局").contains("99.8"), "{screen}");
    let tester = tester.keys("1");
    assert!(tester.row_with("! ").contains("只读"), "{}", tester.screen());
    // The other views are of then as well.
    let tester = tester.keys("e");
    assert!(tester.screen().contains("99.8"), "{}", tester.screen());
    // The first leads to the matrix of then, the second to the log of now, the third to the matrix of now.
    let tester = tester.keys("<esc><esc>");
    assert!(tester.screen().contains("回到现在"), "{}", tester.screen());
    assert!(tester.screen().contains("1 全部"), "{}", tester.screen());
    let tester = tester.keys("<esc>");
    assert!(!tester.screen().contains("条之后"), "{}", tester.screen());
    assert!(tester.row_with("发改局").contains("99.7"), "{}", tester.screen());
    assert_eq!(tester.score("Q01"), "99.7");
    // And it goes on being taken.
    assert_eq!(tester.keys("1").score("Q01"), "99.6");
}

#[test]
fn what_is_exported_of_the_past_is_of_then() {
    let tester = Tester::year_2023().keys("111t<down><space>w<enter>");
    assert!(tester.screen().contains("已写出"), "{}", tester.screen());
    let folder = "文档/2023年考核结果-第3条时";
    let scores = fs::read_to_string(tester.path(folder).join("得分.csv")).unwrap();
    assert!(scores.lines().nth(1).unwrap().contains(",0.2,9.8,"), "{scores}");
    let tester = tester.keys("<enter>w4<enter>");
    let bytes = fs::read(tester.path("文档/2023年全部数据-第3条时.ron")).unwrap();
    let other = tempfile::tempdir().unwrap();
    let data = kaohe_store::DataFolder::at(other.path());
    data.create_from_snapshot("a.ron", &bytes).unwrap();
    assert_eq!(data.view(2023, None).unwrap().records.len(), 3);
}

#[test]
fn news_do_not_disturb_who_looks_at_the_past() {
    let tester = Tester::year_2023().keys("111t<down><space>");
    let tester = tester.edited("units.ron", "区发展和改革局", "区发改委").keys("j");
    assert!(tester.screen().contains("第 3 条之后"), "{}", tester.screen());
    let tester = tester.keys("<esc>");
    assert!(tester.screen().contains("回到现在"), "{}", tester.screen());
    assert!(tester.keys("<esc><esc>").screen().contains("1-9 扣分"));
}

#[test]
fn another_year_is_opened_and_the_one_before_is_backed_up() {
    let tester = Tester::year_2023().and_year(2022).keys("1y");
    let screen = tester.screen();
    assert!(tester.row_with("2023 ").contains("现在打开的"), "{screen}");
    assert!(tester.row_with("2022 ").contains("0/31"), "{screen}");
    let tester = tester.keys("<down><enter>");
    assert!(tester.screen().contains("已打开 2022年政务公开考核"), "{}", tester.screen());
    assert_eq!(tester.score("Q01"), "100");
    assert_eq!(files(&tester, "backups").len(), 1);
    assert!(files(&tester, "backups")[0].starts_with("2023-"), "{:?}", files(&tester, "backups"));
    // And back, by its digit; what was recorded is there.
    assert_eq!(tester.keys("y1").score("Q01"), "99.9");
}

#[test]
fn a_year_is_begun_from_the_newest_one() {
    let tester = Tester::year_2023().keys("yn<enter>");
    assert!(tester.screen().contains("2024年政务公开考核"), "{}", tester.screen());
    // Its rubrics are those of the year before, and say so.
    assert!(tester.screen().contains("考核期限不是这一年"), "{}", tester.screen());
    assert!(tester.path("2024/units.ron").exists());
    assert!(tester.keys("y").row_with("2024 ").contains("现在打开的"));
}

#[test]
fn a_year_is_begun_from_what_is_built_in() {
    let tester = Tester::year_2023().with_file_edited("units.ron", "区教育局", "区教体局");
    let tester = tester.keys("y<down><enter>2025<tab>2<enter>");
    assert!(tester.screen().contains("2025年"), "{}", tester.screen());
    let units = fs::read_to_string(tester.path("2025/units.ron")).unwrap();
    assert!(units.contains("区教育局"), "{units}");
}

#[test]
fn a_year_that_is_there_or_is_none_is_refused_in_the_box() {
    let tester = Tester::year_2023().keys("yn2023<enter>");
    assert!(tester.screen().contains("2023 年已经有了"), "{}", tester.screen());
    let tester = tester.keys("<c-u>23<enter>");
    assert!(tester.screen().contains("四位数字"), "{}", tester.screen());
    assert!(tester.keys("<c-u>2026<enter>").screen().contains("2026年政务公开考核"));
}

#[test]
fn a_damaged_year_says_why_and_the_present_one_stays() {
    let tester = Tester::year_2023().and_year(2022);
    fs::write(tester.path("2022/units.ron"), "Roster(").unwrap();
    let text = fs::read_to_string(tester.path("2023/year.ron")).unwrap();
    fs::create_dir_all(tester.path("2030")).unwrap();
    fs::write(tester.path("2030/year.ron"), text.replace("format: 1", "format: 99")).unwrap();
    let tester = tester.keys("1y");
    assert!(tester.row_with("2022 ").contains("打不开"), "{}", tester.screen());
    assert!(tester.row_with("2030 ").contains("打不开"), "{}", tester.screen());
    let tester = tester.keys("<end><up><enter>");
    assert!(tester.screen().contains("units.ron"), "{}", tester.screen());
    assert_eq!(tester.keys("<esc>").score("Q01"), "99.9");
}

#[test]
fn a_year_is_left_from_the_past_as_well() {
    let tester = Tester::year_2023().and_year(2022).keys("11t<down><space>y<down><enter>");
    assert!(tester.screen().contains("2022年") && !tester.screen().contains("条之后"), "{}", tester.screen());
    assert_eq!(tester.keys("1").score("Q01"), "99.9");
}

fn roster(tester: &Tester) -> String {
    fs::read_to_string(tester.path("2023/units.ron")).unwrap()
}

#[test]
fn a_unit_is_added_with_a_number_of_its_own() {
    let tester = Tester::year_2023().keys("<tab>m<f7>大通湖管委会<tab>管委会<enter>");
    assert!(tester.screen().contains("已添加 Z06 大通湖管委会"), "{}", tester.screen());
    assert!(tester.row_with("Z06").contains("管委会"), "{}", tester.screen());
    assert!(roster(&tester).contains("id:\"Z06\"") || roster(&tester).contains("id: \"Z06\""));
    assert!(tester.keys("<esc>").row_with("管委会").contains("100"));
}

#[test]
fn a_unit_is_renamed_and_its_records_stay() {
    let tester = Tester::year_2023().keys("1m<enter><c-u>区发改委<tab><c-u>发改委<enter>");
    assert!(tester.screen().contains("已改 Q01 区发改委"), "{}", tester.screen());
    assert!(tester.keys("<esc>").row_with("发改委").contains("99.9"));
}

#[test]
fn faults_of_the_roster_stand_in_the_box_and_nothing_is_lost() {
    let tester = Tester::year_2023().keys("m<enter><c-u>区教育局<tab><c-u>重名<enter>");
    let screen = tester.screen();
    assert!(screen.contains("重名") && screen.contains("Q02 区教育局"), "{screen}");
    assert!(screen.contains("> 单位    区教育局"), "{screen}");
    let tester = tester.keys("<c-u><enter>");
    assert!(tester.screen().contains("请填单位全名"), "{}", tester.screen());
    let tester = tester.keys("区发展改革局<enter>");
    assert!(tester.screen().contains("已改 Q01 区发展改革局"), "{}", tester.screen());
}

#[test]
fn units_change_places_with_the_cursor() {
    let tester = Tester::year_2023().keys("mJJK");
    assert!(tester.row_with(">Q01").contains("区发展和改革局"), "{}", tester.screen());
    let file = roster(&tester);
    assert!(file.find("Q02").unwrap() < file.find("Q01").unwrap(), "{file}");
    assert!(file.find("Q01").unwrap() < file.find("Q03").unwrap(), "{file}");
    assert!(Tester::year_2023().keys("mK").screen().contains("到头了"));
}

#[test]
fn a_unit_is_retired_with_a_reason_and_brought_back() {
    let tester = Tester::year_2023().keys("1m<del><enter>");
    assert!(tester.screen().contains("理由空着"), "{}", tester.screen());
    let tester = tester.keys("机构改革撤销<enter>");
    assert!(tester.row_with("Q01").contains("停用：机构改革撤销"), "{}", tester.screen());
    let tester = tester.keys("<esc>");
    assert!(!tester.screen().contains("发改局"), "{}", tester.screen());
    // Its record is in the log all the same, and looking for it leads nowhere wrong.
    assert!(tester.keys("t").screen().contains("发改局"));
    let tester = Tester::year_2023().keys("1mx撤销<enter>/");
    let tester = tester.keys("<esc>/fgj<enter>");
    assert!(tester.screen().contains("没有这样的单位"), "{}", tester.screen());
    let tester = tester.keys("<esc>m<home><del>");
    assert!(tester.screen().contains("已恢复"), "{}", tester.screen());
    assert!(tester.keys("<esc>").row_with("发改局").contains("99.9"));
}

#[test]
fn a_unit_leaves_the_roster_only_without_records() {
    let tester = Tester::year_2023().keys("1m<del><tab>2<enter>");
    assert!(tester.screen().contains("已有记录"), "{}", tester.screen());
    let tester = tester.keys("<esc><down><del><tab>2<enter>");
    assert!(tester.screen().contains("已从名录里去掉"), "{}", tester.screen());
    assert!(!roster(&tester).contains("区教育局"));
}

#[test]
fn a_roster_that_somebody_else_has_replaced_is_not_overwritten() {
    let tester = Tester::year_2023().keys("m<enter><c-u>甲局");
    let tester = tester.edited("units.ron", "区教育局", "区教体局").keys("<enter>");
    assert!(tester.screen().contains("重新载入"), "{}", tester.screen());
    assert!(roster(&tester).contains("区教体局") && !roster(&tester).contains("甲局"));
}

#[test]
fn the_roster_of_a_fixed_year_or_of_the_past_is_only_looked_at() {
    let tester = Tester::year_2023().keys("1t<space>m<f7>");
    assert!(tester.row_with("! ").contains("只读"), "{}", tester.screen());
    let tester = tester.keys("J");
    assert!(tester.row_with("! ").contains("只读"), "{}", tester.screen());
}

#[test]
fn a_roster_that_was_checked_loses_its_remark() {
    let tester = Tester::year_2023();
    assert!(tester.screen().contains("示例名录，请核对"));
    let tester = tester.keys("m<f12>");
    assert!(tester.screen().contains("名录已核对"), "{}", tester.screen());
    assert!(!tester.keys("<esc>").screen().contains("示例名录，请核对"));
}

#[test]
fn kinds_of_the_journal_are_gone_through_both_ways() {
    let mut tester = Tester::year_2023().keys("1 ut");
    for (keys, kind) in [
        ("<right>", "[4 操作：扣分]"),
        ("<right>", "[4 操作：复核]"),
        ("<left>", "[4 操作：扣分]"),
        ("<left>", "[4 操作：以文件为准]"),
        ("<right>", "[4 操作：扣分]"),
        ("4", "[4 操作：复核]"),
    ] {
        tester = tester.keys(keys);
        assert!(tester.screen().contains(kind), "{keys} {kind}: {}", tester.screen());
    }
}

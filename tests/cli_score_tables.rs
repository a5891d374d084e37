//! `compare --with` and `losses`: a year beside another one, and where points went.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::{Desk, check_in_order};

const BEFORE: &str = "\
单位,指标,规则,档次,次数,分值,日期,说明
区教育局,1,逾期未完成,,5,,2022-03-01,
河坝镇,1,逾期未完成,,8,,2022-03-01,
";

const NOW: &str = "\
单位,指标,规则,档次,次数,分值,日期,说明
区教育局,1,逾期未完成,,3,,2023-03-01,
区教育局,3,严重问题,,4,,2023-03-01,
区财政局,3,严重问题,,1,,2023-03-01,
区财政局,依申请公开,未按要求,,,,2023-03-01,
";

/// Two years, all of both reviewed; the earlier one has 政务新媒体 of 区直 under another name and id.
fn desk() -> Desk {
    let desk = Desk::empty();
    let district = include_str!("../rubrics/2023/district.ron");
    let district = district.replace("id: \"new-media\"", "id: \"media\"").replace("2023-", "2022-");
    desk.file("district.ron", district.replace("name: \"政务新媒体\"", "name: \"新媒体\""));
    desk.file("township.ron", include_str!("../rubrics/2023/township.ron").replace("2023-", "2022-"));
    desk.ok("init 2023");
    let units = desk.ok("units list --format csv").replace("Q03,", "Q99,").replace("区科技", "区原科技");
    desk.file("units.csv", units);
    desk.ok("init 2022 --rubric district.ron --rubric township.ron --units units.csv");
    for (year, entries) in [("2022", BEFORE), ("2023", NOW)] {
        desk.file("entries.csv", entries);
        desk.ok(&format!("import entries entries.csv --year {year}"));
        desk.ok(&format!("review --all --year {year}"));
    }
    desk
}

fn rows(csv: &str) -> Vec<String> {
    csv.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

#[test]
fn units_of_two_years_stand_side_by_side() {
    let desk = desk();
    let rows = rows(&desk.ok("compare --with 2022 --format csv"));
    assert_eq!(
        rows[0],
        "类别,编号,单位,名次,上年名次,名次变化,满分,得分,上年满分,上年得分,得分变化,得分率,上年得分率,得分率变化,备注"
    );
    assert_eq!(rows.len(), 1 + 26 + 5 + 1);
    let row = |unit: &str| rows.iter().find(|it| it.contains(unit)).unwrap().as_str();
    assert_eq!(row("区教育局"), "区直,Q02,区教育局,25,26,1,100,96.7,100,99.5,-2.8,96.7,99.5,-2.8,");
    assert_eq!(row("Q07"), "区直,Q07,区财政局,26,1,-25,100,89,100,100,-11,89,100,-11,");
    assert_eq!(row("河坝镇"), "乡镇,Z01,河坝镇,1,5,4,100,100,100,99.2,0.8,100,99.2,0.8,");
    assert!(row("Q03").ends_with(",新增") && row("Q99").ends_with(",不再考核"), "{rows:#?}");
    // The screens' other formats, and the year as it was.
    assert!(desk.ok("compare --with 2022 --format json").contains("\"名次变化\": -25"));
    assert!(desk.ok("compare --with 2022 --format ron").contains("不再考核"));
    check_in_order(&desk.ok("compare --with 2022"), &["名次变化", "区教育局", "-2.8"]);
    // Which is the earlier one is for the person to say.
    assert!(desk.ok("compare --year 2022 --with 2023 --format csv").contains("区财政局,1,26,25,"));
}

#[test]
fn indicators_of_two_years_are_matched_by_id_name_or_map() {
    let desk = desk();
    let indicators =
        |options: &str| rows(&desk.ok(&format!("compare --with 2022 --indicators --format csv {options}")));
    let all = indicators("");
    assert_eq!(
        all[0],
        "类别,指标,指标名称,上年指标,上年指标名称,满分,上年满分,失分率,上年失分率,失分率变化,对应"
    );
    assert!(all[1].starts_with("区直,1,主动公开信息,1,主动公开信息,10,10,0.1,0.2,-0.1,编号相同"), "{all:#?}");
    assert!(all.iter().any(|it| it.starts_with("区直,3,政务新媒体,,,") && it.ends_with("上年没有")));
    assert!(all.iter().any(|it| it.starts_with("区直,,,3,新媒体,") && it.ends_with("今年没有")));

    desk.file("map.csv", "上年指标,本年指标\n新媒体,政务新媒体\n");
    let mapped = indicators("--map map.csv");
    assert_eq!(mapped[3], "区直,3,政务新媒体,3,新媒体,10,10,1.5,0,1.5,对照表");
    assert_eq!(mapped.len(), all.len() - 1);

    desk.file("map.csv", "上年指标,本年指标\n新煤体,政务新媒体\n1,十\n");
    let said = desk.fails(3, "compare --with 2022 --map map.csv");
    check_in_order(
        &said,
        &["map.csv 第 2 行“上年指标”列：“新煤体”", "最接近的是“新媒体”", "第 3 行“本年指标”列：“十”"],
    );
}

#[test]
fn a_year_that_is_not_there_or_the_year_itself_is_refused() {
    let desk = desk();
    assert!(desk.fails(4, "compare --with 2021").contains("2021"));
    assert!(desk.fails(2, "compare --with 2023").contains("不能和自己比"));
    assert!(desk.fails(2, "compare --map map.csv").contains("--with"));
    desk.fails(3, "compare --with 2022 --map none.csv");
}

#[test]
fn losses_come_rule_by_rule_and_add_up() {
    let desk = desk();
    let csv = rows(&desk.ok("losses --format csv"));
    assert_eq!(csv[0], "类别,指标,指标名称,规则,次数,失分,单位数,占比");
    assert_eq!(csv[1], "区直,8,依申请公开,未按要求,1,10,1,69.9");
    // Four serious problems are capped at 3.
    assert_eq!(csv[2], "区直,3,政务新媒体,严重问题,5,4,2,28");
    assert_eq!(csv[3], "区直,1,主动公开信息,逾期未完成,3,0.3,1,2.1");
    assert_eq!(csv.len(), 4);
    let units = rows(&desk.ok("losses --units --format csv"));
    assert_eq!(units[2], "区直,3,政务新媒体,严重问题,Q02,区教育局,4,3,75");
    assert_eq!(units[3], "区直,3,政务新媒体,严重问题,Q07,区财政局,1,1,25");
    assert_eq!(rows(&desk.ok("losses --track 乡镇 --format csv")).len(), 1);
    assert_eq!(rows(&desk.ok("losses --track 乡镇 --year 2022 --format csv")).len(), 2);
    assert!(desk.fails(2, "losses --track 乡村").contains("最接近的是“乡镇”"));
}

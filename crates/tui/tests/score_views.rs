//! The views of scores: differences, one indicator, losses, an earlier year, how scores lie, the sheet's columns.

mod support;

use support::Tester;

/// The row that the selection stands on.
#[track_caller]
fn chosen(tester: &Tester) -> String {
    let screen = tester.screen();
    let row = screen.lines().find(|it| it.starts_with('>'));
    row.unwrap_or_else(|| panic!("nothing is chosen on\n{screen}")).to_owned()
}

/// Presses keys on the sample year; the chosen row has to hold these texts.
#[track_caller]
fn check(tester: Tester, keys: &str, expected: &[&str]) -> Tester {
    let tester = tester.keys(keys);
    let row = chosen(&tester);
    for text in expected {
        assert!(row.contains(text), "no {text} in {row}\n{}", tester.screen());
    }
    tester
}

#[test]
fn the_largest_difference_comes_first_and_leads_to_its_cell() {
    let tester = check(Tester::demo(), "d", &["卫健局", "8 依申请公开", "9.8", "+9.8", "未按要求"]);
    let tester = tester.keys("<enter>");
    tester.row_with(">卫健局");
    tester.row_with("卫健局  8 依申请公开（10分）  得 0");
}

#[test]
fn a_unit_that_is_harder_on_itself_than_the_office_is_comes_by_the_size_of_its_difference() {
    let tester = Tester::year_2023().keys("s<bs><bs>9.5<enter>js<bs><bs>10<enter>111ls10<enter>d");
    let screen = tester.screen();
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("no {text} in\n{screen}"));
    assert!(at("-0.5") < at("+0.3"), "{screen}");
    tester.row_with("全部类别 3 格：不同 2，未复核 3，合计 -0.2");
}

#[test]
fn tab_goes_through_the_classes_of_the_differences() {
    let tester = check(Tester::demo(), "<tab>d<tab>", &["乡镇", "北洲子镇"]);
    tester.row_with("乡镇 25 格");
    let tester = check(tester, "<tab>", &["区直", "卫健局"]);
    tester.row_with("区直 234 格");
    check(tester, "<tab>", &["区直", "卫健局"]).row_with("全部类别 259 格");
}

#[test]
fn differences_of_whole_units_lead_to_the_unit() {
    let tester = check(Tester::demo(), "d<f6>j", &["商务局", "99.1", "95.6", "+3.5"]);
    let tester = tester.keys("<enter>");
    tester.row_with(">商务局");
    let tester = check(tester, "dt<down>t", &["卫健局", "+9.8"]);
    tester.row_with("全部类别 259 格");
}

#[test]
fn the_sheet_and_the_arithmetic_of_a_difference_are_one_key_away() {
    let tester = Tester::demo().keys("d<f5>");
    tester.row_with("区卫生健康局  得分 86.4");
    let tester = tester.keys("<esc><f11>");
    tester.row_with("区卫生健康局 8.依申请公开（10分）：怎样算来");
}

#[test]
fn a_year_without_self_scores_says_how_to_get_them() {
    Tester::year_2023().keys("d").row_with("kaohe import self");
}

#[test]
fn one_indicator_is_worked_on_as_the_matrix_is() {
    let tester = check(Tester::year_2023(), "li", &["发改局", "10", "未复核"]);
    tester.row_with("区直  2.政务公开窗口（10分）  已复核 0/26  共扣 0");
    tester.row_with("评分办法：缺一项每次扣0.1分");
    let tester = check(tester, "11", &["0.2", "9.8", "缺项"]);
    assert_eq!(tester.score("Q01"), "99.8");
    let tester = check(tester, "<space>", &["发改局", "已复核"]);
    let tester = check(tester, "n", &["教育局", "未复核"]);
    let tester = check(tester, "s<bs><bs>9.5<enter>", &["教育局", "9.5"]);
    let tester = check(tester, "k-", &["发改局", "0.1", "9.9"]);
    let tester = check(tester, "u", &["发改局", "0.2", "9.8"]);
    let tester = tester.keys("<enter>");
    tester.row_with("区发展和改革局 2 政务公开窗口：得 9.8 / 10，共 2 条");
    let tester = check(tester, "<esc>jb没有窗口<enter>", &["教育局", "不涉及"]);
    // Undoing shows the cell that it was about.
    check(tester, "jjjju", &["教育局", "未复核"]);
}

#[test]
fn a_rule_by_level_and_a_long_list_of_rules_ask_there_too() {
    let tester = check(Tester::year_2023(), "lli22", &["0.5", "9.5", "通报批评（省级）"]);
    check(tester, "03", &["0.6", "9.4", "更新超期"]);
}

#[test]
fn left_right_and_tab_change_the_indicator_class_after_class() {
    let tester = Tester::demo().keys("i<right>");
    tester.row_with("区直  2.政务公开窗口");
    let tester = tester.keys("<tab><left>");
    tester.row_with("区直  2.政务公开窗口");
    let tester = tester.keys("<left><left>");
    tester.row_with("乡镇  5.依申请公开");
    tester.keys("<right>").row_with("区直  1.主动公开信息");
}

#[test]
fn an_indicator_that_is_all_reviewed_says_so() {
    Tester::demo().keys("in").row_with("这个指标全部单位都已复核");
}

#[test]
fn what_does_not_concern_a_unit_is_not_scored_there_either() {
    let tester = Tester::college().keys("llllli1");
    tester.row_with("不考核该单位");
}

#[test]
fn a_fixed_or_damaged_year_takes_nothing_there_either() {
    let tester = Tester::demo().with_journal_damaged("示例：自评", "示例：自平");
    tester.keys("i1").row_with("! ");
}

#[test]
fn the_costliest_rule_comes_first_and_leads_to_who_lost_and_to_the_cell() {
    let tester = check(Tester::demo(), "p", &["区直", "8 依申请公开", "未按要求", "10", "13.5"]);
    tester.row_with("全部类别：31 个单位共失 74 分");
    let tester = check(tester, "j<enter>", &["区农业农村局", "1.5"]);
    tester.row_with("区直 5 重点领域信息公开：质量欠缺，13 个单位共失 8.2 分");
    let tester = tester.keys("j<enter>");
    tester.row_with(">大发集团");
    tester.row_with("大发集团  5 重点领域信息公开（10分）");
}

#[test]
fn what_a_cap_swallows_is_nobody_s_loss() {
    let tester = Tester::year_2023().keys("ll1111113p");
    assert!(tester.row_with("严重问题").contains("3 "), "{}", tester.screen());
    tester.row_with("全部类别：31 个单位共失 3.1 分");
    let tester = tester.keys("<tab><tab>");
    tester.row_with("乡镇：5 个单位共失 0 分");
    tester.row_with("还没有失分");
}

#[test]
fn what_belongs_to_no_deduction_is_named() {
    // A veto is a rule, and what was never earned is no rule's.
    let tester = check(
        Tester::websites().keys("2首页被改<enter><space>"),
        "p",
        &["1 安全和表述", "网站被篡改", "80", "66.7"],
    );
    let tester = check(tester, "j", &["5 技术扫描", "没有得满", "40", "33.3"]);
    tester.keys("<enter>").row_with("网站 5 技术扫描：没有得满，2 个单位共失 40 分");
    // What hangs on units that are not scored yet is no loss yet.
    let tester = Tester::hotline().keys("p");
    tester.row_with("0 个单位共失 0 分（3 个单位待定，没有计入）");
    tester.row_with("单位都还待定");
}

#[test]
fn a_rule_that_was_broken_ten_thousand_times_shows_how_often() {
    let tester = Tester::year_2023().keys("1<enter><enter>");
    let tester = tester.keys("<bs>12345<enter><esc>p");
    assert!(tester.row_with("逾期未完成").contains("12345   10 "), "{}", tester.screen());
    assert!(tester.keys("<enter>").row_with("区发展和改革局").contains("12345   10 "));
}

#[test]
fn losses_open_from_the_ranking_by_another_key() {
    Tester::demo().keys("rx").row_with("全部类别：31 个单位共失 74 分");
    Tester::demo().keys("<f2>失分分析<enter>").row_with("全部类别：31 个单位共失 74 分");
}

#[test]
fn an_earlier_year_stands_beside_this_one() {
    let tester =
        check(Tester::demo_after_2022(), "c", &["财政局", "1", "17", "升16", "99.9", "99.3", "+0.6"]);
    tester.row_with("2023 比 2022：区直 26 个单位，新增 1，不再考核 1");
    assert!(tester.row_with("发改局").contains("新增"));
    let tester = check(tester, "<end>", &["粮食局", "不再考核"]);
    tester.keys("<enter>").row_with("今年没有它");
}

#[test]
fn indicators_of_two_years_are_matched_by_id_then_by_name_or_listed_alone() {
    let tester = Tester::demo_after_2022().keys("c<tab><tab>");
    assert!(tester.row_with("3 政务新媒体").contains("名称相同"), "{}", tester.screen());
    assert!(tester.row_with("1 主动公开信息").contains("编号相同"));
    assert!(tester.row_with("9 信息公开工作年报").contains("上年没有"));
    assert!(tester.row_with("9 公开年报").contains("今年没有"));
    let tester = tester.keys("jj<enter>");
    tester.row_with("3 政务新媒体（10分）");
}

#[test]
fn where_there_is_no_earlier_year_it_says_how_to_get_one() {
    let tester = Tester::demo().keys("c");
    tester.row_with("数据文件夹里没有更早的年度");
    tester.row_with("kaohe init 2022");
    let tester = tester.keys("<left><tab>p<enter><esc>");
    tester.row_with("1-9 扣分");
    let tester = tester.keys("<f2>与上年比");
    assert!(tester.row_with("与上年比：").contains("没有更早的年度"), "{}", tester.screen());
    tester.keys("<enter>").row_with("! 数据文件夹里没有更早的年度");
}

#[test]
fn another_year_is_one_key_away_where_there_is_one() {
    let tester = Tester::demo_after_2022().keys("c<left>");
    tester.row_with("没有更早的年度了");
    tester.keys("<right>").row_with("没有更近的年度了");
}

#[test]
fn an_earlier_year_that_cannot_be_read_says_why() {
    let tester = Tester::demo_after_2022().edited_in("2022", "units.ron", "区粮食局", "");
    let tester = tester.keys("c");
    tester.row_with("units.ron");
    tester.keys("<esc>").row_with("1-9 扣分");
}

#[test]
fn how_the_scores_lie_shows_where_there_is_room_and_else_by_tab() {
    let tester = Tester::demo().sized(120, 40).keys("r");
    tester.row_with("得分分布");
    assert!(tester.row_with("96-98").contains(" 8 █"), "{}", tester.screen());
    let tester = Tester::demo().keys("r");
    assert!(!tester.screen().contains("得分分布"));
    let tester = tester.keys("<tab><tab>");
    tester.row_with("得分分布");
    // A part that the window has no more room for, or shows anyway, is left.
    let tester = tester.sized(120, 40).keys("<down>");
    tester.row_with("> 区直");
    Tester::demo().sized(60, 16).keys("r<tab><tab><tab>").row_with("得分分布");
    Tester::year_2023().keys("r<tab><tab>").row_with("还没有单位复核完");
}

#[test]
fn the_official_table_has_what_was_lost_and_the_difference_where_there_is_width() {
    let sheet = |width| Tester::demo().sized(width, 24).keys("e").row_with("一级指标");
    assert!(sheet(120).ends_with("自评   扣分   复核   差额"), "{}", sheet(120));
    assert!(sheet(80).ends_with("自评   扣分   复核"), "{}", sheet(80));
    assert!(sheet(60).ends_with("自评   复核"), "{}", sheet(60));
}

#[test]
fn a_provisional_score_has_its_sign_right_behind_it() {
    let tester = Tester::year_2023().keys("1r");
    assert!(tester.row_with("教育局").contains("100?"), "{}", tester.screen());
    assert!(tester.row_with("发改局").contains("99.9?"), "{}", tester.screen());
}

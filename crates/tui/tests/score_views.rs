//! The views of scores: differences, one indicator, losses, an earlier year, how scores lie, the sheet's columns.

mod support;

use support::Tester;

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

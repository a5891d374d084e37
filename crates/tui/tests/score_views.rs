//! The views of scores: differences, one indicator, losses, an earlier year, how scores lie, the sheet's columns.

mod support;

use support::Tester;

#[test]
fn the_official_table_has_what_was_lost_and_the_difference_where_there_is_width() {
    let sheet = |width| Tester::demo().sized(width, 24).keys("e").row_with("一级指标");
    assert!(sheet(120).ends_with("自评   扣分   复核   差额"), "{}", sheet(120));
    assert!(sheet(80).ends_with("自评   扣分   复核"), "{}", sheet(80));
    assert!(sheet(60).ends_with("自评   复核"), "{}", sheet(60));
}

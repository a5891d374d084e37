//! The mouse: pointing instead of keys.

mod support;

use kaohe_tui::terminal::MouseKind;
use support::Tester;

#[test]
fn a_press_goes_to_a_cell_and_a_second_one_shows_its_entries() {
    let tester = Tester::demo().click("科工局", 14);
    tester.row_with(">科工局");
    tester.row_with("科工局  1 主动公开信息");
    let tester = tester.click(">科工局", 14);
    assert!(tester.screen().contains("逾期未完成"), "{}", tester.screen());
    assert!(tester.screen().contains("回车 修改"), "{}", tester.screen());
}

#[test]
fn a_press_on_a_name_keeps_the_column() {
    let tester = Tester::demo().keys("lll").click("民政局", 1);
    tester.row_with("民政局  4 ");
}

#[test]
fn a_word_of_the_footer_acts_as_its_key() {
    let tester = Tester::year_2023().keys("1");
    assert_eq!(tester.score("Q01"), "99.9");
    let tester = tester.click("空格 复核", 12);
    assert_eq!(tester.score("Q01"), "100");
    assert!(tester.click("F2 命令", 0).screen().contains("找命令"));
}

#[test]
fn the_wheel_goes_down_and_up_and_changes_no_form() {
    let tester = Tester::demo().mouse(MouseKind::WheelDown, 5, 5);
    tester.row_with(">公安分局");
    tester.mouse(MouseKind::WheelUp, 5, 5).row_with(">发改局");
    let tester = Tester::year_2023().keys("2").mouse(MouseKind::WheelDown, 5, 5);
    tester.row_with("> 分值");
}

#[test]
fn choices_commands_and_units_are_pressed() {
    let tester = Tester::year_2023().keys("ll2").click("省级", 0);
    assert_eq!(tester.score("Q01"), "99.5");
    let tester = Tester::demo().keys("<f2>排名").click("排名与比较", 0);
    let tester = tester.click("排名与比较", 0);
    assert!(tester.screen().contains("失分率"), "{}", tester.screen());
    let tester = Tester::demo().keys("/").click("区财政局", 0).click("区财政局", 0);
    tester.row_with(">财政局");
}

#[test]
fn a_columns_edge_is_dragged() {
    let tester = Tester::demo().sized(120, 40);
    let (x, y) = tester.place_of("2政务公开");
    let before = tester.place_of("3政务新媒").0;
    // The edge of a column is the cell right of its head.
    let edge = x - 1;
    let tester = tester.mouse(MouseKind::Press, edge, y).mouse(MouseKind::Drag, edge + 4, y).mouse(
        MouseKind::Release,
        edge + 4,
        y,
    );
    assert_eq!(tester.place_of("3政务新媒").0, before + 4, "{}", tester.screen());
    // Let go, the mouse drags nothing.
    let tester = tester.mouse(MouseKind::Drag, edge + 9, y);
    assert_eq!(tester.place_of("3政务新媒").0, before + 4);
}

#[test]
fn points_beside_everything_do_nothing() {
    for (x, y) in [(0, 0), (79, 0), (79, 23), (500, 500), (40, 22)] {
        for kind in [MouseKind::Press, MouseKind::Drag, MouseKind::Release] {
            let tester = Tester::year_2023().mouse(kind, x, y);
            assert!(tester.screen().contains("[区直]"), "{x} {y}");
        }
    }
}

/// Opens a list by keys, presses on the row with this text, and again, where that opens this.
#[track_caller]
fn check_list(keys: &str, row: &str, opens: &str) {
    let tester = Tester::demo_after_2022().keys(keys).click(row, 0);
    assert!(!tester.screen().contains(opens), "{keys}: {opens} after one press\n{}", tester.screen());
    let tester = tester.click(row, 0);
    assert!(tester.screen().contains(opens), "{keys}: no {opens} after two\n{}", tester.screen());
}

#[test]
fn a_press_chooses_in_every_list_and_a_second_one_opens() {
    check_list("r", "民政局", "1-9 扣分");
    check_list("r", "河坝镇", "1-9 扣分");
    check_list("p", "更新超期", "：更新超期，");
    check_list("c", "民政局", "1-9 扣分");
    check_list("i", "科工局", "区科技和工业信息化局 1 主动公开信息");
    check_list("t", "政策解读：标为已复核", "条留痕");
    check_list("y", "新建年度", "2023 年的细则");
    check_list("m", "区教育局", "F1 帮助");
    check_list(",", "入门提示", "入门提示    显示");
    check_list(",<end><enter>", "F8", "按一个新键");
}

#[test]
fn a_press_on_who_lost_points_goes_to_them() {
    let tester = Tester::year_2023().keys("1j1p<enter>").click("教育局", 0);
    tester.row_with("失分单位");
    tester.click("教育局", 0).row_with(">教育局");
}

#[test]
fn a_press_on_a_difference_goes_to_its_cell() {
    let tester = Tester::year_2023().keys("s8<enter>js9<enter>d").click("教育局", 0);
    tester.row_with("自评复核差异");
    tester.click("教育局", 0).row_with(">教育局");
}

#[test]
fn a_press_on_an_entry_chooses_it() {
    let tester = Tester::year_2023().keys("111<enter>").click("1. 2023", 0);
    tester.row_with(">1. 2023");
    assert!(tester.click(">1. 2023", 1).screen().contains("次数"));
}

#[test]
fn a_press_on_a_choice_of_the_first_screen_chooses_it() {
    let tester = Tester::empty().click("先看示例", 0);
    tester.row_with("> d");
    assert!(tester.click("先看示例", 0).has_quit);
    assert!(Tester::empty().click("开始2023年度", 0).screen().contains("[区直]"));
}

#[test]
fn in_a_year_that_is_only_looked_at_a_press_changes_nothing() {
    // The journal's second record; then its entry is pressed twice.
    let tester = Tester::year_2023().keys("1t ").keys("<enter>").click("1. 2023", 0);
    tester.row_with("! 看的是从前的样子，只读");
}

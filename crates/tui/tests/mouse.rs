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

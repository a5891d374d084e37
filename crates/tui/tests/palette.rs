//! Finding commands, as somebody does who knows no key.

mod support;

use support::Tester;

#[test]
fn a_command_is_found_by_chinese_pinyin_and_key_and_shows_its_key() {
    for query in ["排名与", "pmybj", "F4"] {
        let tester = Tester::demo().keys("<f2>").keys(query);
        let row = tester.row_with("排名与比较");
        assert!(row.contains("> r F4") || row.contains(">r F4"), "{query}: {row}");
        let screen = tester.keys("<enter>").screen();
        assert!(screen.contains("失分率"), "{query}:\n{screen}");
    }
}

#[test]
fn what_is_not_possible_stays_and_says_why() {
    let tester = Tester::year_2023().keys(":撤销");
    assert!(tester.row_with("撤销自己的上一步").contains("没有可撤销的"), "{}", tester.screen());
    let tester = tester.keys("<enter>");
    assert!(tester.row_with("! ").contains("没有可撤销的"), "{}", tester.screen());
    // It stays open, so that something else can be looked for.
    assert!(tester.screen().contains("找命令"));
}

#[test]
fn what_belongs_to_another_screen_says_to_which() {
    let tester = Tester::demo().keys(":暂计");
    assert!(tester.row_with("暂计得分一起排").contains("要在“排名与比较”里"), "{}", tester.screen());
}

#[test]
fn a_command_acts_on_the_screen_below() {
    let tester = Tester::year_2023().keys("<f2>扣一次<enter>");
    assert!(tester.screen().contains("规则"), "{}", tester.screen());
    let tester = tester.keys("1");
    assert_ne!(tester.score("Q01"), "100");
}

#[test]
fn a_half_filled_form_is_still_there_after_looking_for_a_command() {
    let tester = Tester::demo().keys("s<bs><bs><bs>7.5<f2><esc>");
    assert!(tester.screen().contains("7.5"), "{}", tester.screen());
}

#[test]
fn nothing_that_is_like_no_command_is_found() {
    assert!(Tester::demo().keys("<f2>zzzz").screen().contains("没有这样的命令"));
}

#[test]
fn words_that_the_screens_do_not_use_find_commands_too() {
    for (keys, expected) in [
        ("<f2>批量", "标记单位"),
        ("m<f2>新增", "在这一类里添加"),
        ("<f2>谁", "看全部留痕"),
        ("<f2>保存", "退出；一切都已保存"),
        ("<f2>加单位", "在这一类里添加"),
    ] {
        Tester::demo().keys(keys).row_with(expected);
    }
}

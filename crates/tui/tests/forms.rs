//! Forms: sums, what was used before, and leaving with something typed.

mod support;

use kaohe_tui::settings::Confirm;
use support::Tester;

#[test]
fn an_amount_may_be_a_sum_and_shows_what_it_comes_to() {
    let tester = Tester::year_2023().keys("20.1*3+0.5");
    assert!(tester.screen().contains("合计 0.8"), "{}", tester.screen());
    let tester = tester.keys("<tab>三处过期<enter>");
    assert_eq!(tester.score("Q01"), "99.2");
    let tester = tester.keys("s9+0.2*2");
    assert!(tester.screen().contains("合计 9.4"), "{}", tester.screen());
    let tester = tester.keys("<enter>");
    assert!(tester.screen().contains("自评 9.4"), "{}", tester.screen());
}

#[test]
fn a_sum_that_is_none_says_so_and_records_nothing() {
    let tester = Tester::year_2023().keys("20.1*0.2<tab>说明<enter>");
    assert!(tester.screen().contains("0.1*0.2"), "{}", tester.screen());
    assert_eq!(tester.score("Q01"), "100");
}

#[test]
fn what_was_written_with_the_rule_before_is_offered() {
    let tester =
        Tester::year_2023().keys("20.1<tab>网站栏目空白<enter>j20.2<tab>链接打不开<enter>j20.3<tab>");
    assert!(tester.screen().contains("F3 填入用过的：链接打不开"), "{}", tester.screen());
    let tester = tester.keys("<f3><f3>");
    assert!(tester.row_with("> 说明").contains("网站栏目空白"), "{}", tester.screen());
    let tester = tester.keys("<enter>");
    assert_eq!(tester.score("Q03"), "99.7");
}

#[test]
fn esc_asks_only_where_something_was_typed() {
    let tester = Tester::year_2023().keys("2<esc>");
    assert!(!tester.screen().contains("酌情扣分的"), "{}", tester.screen());
    assert!(tester.screen().contains("1-9 扣分"), "{}", tester.screen());
    let tester = tester.keys("20.5<esc>");
    assert!(tester.screen().contains("再按一次 Esc"), "{}", tester.screen());
    // Any other key goes on with the form.
    let tester = tester.keys("<tab>栏目空白<esc>");
    assert!(tester.screen().contains("再按一次 Esc") && tester.screen().contains("栏目空白"));
    let tester = tester.keys("<enter>");
    assert_eq!(tester.score("Q01"), "99.5");
    let tester = tester.keys("20.5<esc><esc>");
    assert!(tester.screen().contains("1-9 扣分"), "{}", tester.screen());
    assert_eq!(tester.score("Q01"), "99.5");
}

#[test]
fn who_wants_to_be_asked_is_asked_before_each_deduction() {
    let mut tester = Tester::year_2023();
    tester.settings().confirm = Confirm::Always;
    let tester = tester.keys("1");
    assert_eq!(tester.score("Q01"), "100");
    let tester = tester.keys("<esc>1<enter>");
    assert_eq!(tester.score("Q01"), "99.9");
}

#[test]
fn a_clause_that_has_no_room_in_a_form_ends_in_an_ellipsis() {
    let screen = Tester::year_2023().keys("lls").screen();
    assert!(screen.contains("最高扣分不超过3分。政务新媒体… "), "{screen}");
}

#[test]
fn a_form_says_which_key_helps_for_the_question_mark_is_text_there() {
    for keys in ["s", "2", "m<f7>", "/", "<f2>"] {
        let screen = Tester::year_2023().keys(keys).screen();
        assert!(screen.lines().last().is_some_and(|it| it.contains("F1 帮助")), "{keys}: {screen}");
    }
}

#[test]
fn a_box_in_which_something_was_typed_asks_before_it_closes() {
    // A unit to add, a year to begin, a place to export to; what only moved about is nothing to lose.
    for (open, title) in [("m<f7>", "添加单位"), ("y<f7>", "新建年度"), ("w<tab>", "位置")] {
        let open = Tester::year_2023().keys(open);
        assert!(open.screen().contains(title), "{}", open.screen());
        let tester = open.keys("9<esc>");
        assert!(tester.screen().contains("再按一次 Esc 就放弃"), "{title}: {}", tester.screen());
        // Any other key goes on, and Esc asks again.
        let tester = tester.keys("<tab><backtab>");
        assert!(!tester.screen().contains("再按一次 Esc 就放弃"), "{title}: {}", tester.screen());
        let tester = tester.keys("<esc><esc>");
        assert!(!tester.screen().contains("再按一次 Esc 就放弃"), "{title}: {}", tester.screen());
        assert!(!tester.screen().contains("F1 帮助"), "{title}: {}", tester.screen());
    }
    for keys in ["m<f7><tab><left><esc>", "y<f7><tab>2<esc>", "w2<esc>", "m<f7>区<bs><esc>"] {
        let screen = Tester::year_2023().keys(keys).screen();
        assert!(!screen.contains("F1 帮助"), "{keys}: {screen}");
    }
}

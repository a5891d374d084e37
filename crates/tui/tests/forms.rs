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

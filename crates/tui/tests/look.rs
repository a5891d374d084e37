//! x
mod support;
use support::Tester;
#[test]
fn look() {
    let mut out = String::new();
    let mut show = |name: &str, t: &Tester| { out.push_str(&format!("=== {name}\n{}\n", t.screen())); };
    show("empty", &Tester::empty());
    show("matrix", &Tester::demo());
    show("matrix120", &Tester::demo().sized(120,40));
    show("matrix60", &Tester::demo().sized(60,16));
    show("media", &Tester::demo().keys("jjll1"));
    show("levels", &Tester::demo().keys("jjll2"));
    show("items", &Tester::demo().keys("lll1"));
    show("form", &Tester::demo().keys("2<enter>"));
    show("entries", &Tester::demo().keys("jj<enter>"));
    show("find", &Tester::demo().keys("/jyj"));
    show("ranking", &Tester::demo().keys("r"));
    show("ranking120", &Tester::demo().sized(120,40).keys("r"));
    show("ranking60", &Tester::demo().sized(60,16).keys("r"));
    show("sheet", &Tester::demo().keys("e"));
    show("help", &Tester::demo().keys("?"));
    show("town", &Tester::demo().keys("<tab>"));
    std::fs::write("/tmp/look.txt", out).unwrap();
}

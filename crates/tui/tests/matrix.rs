//! The matrix as a whole: its fixed columns and lines, sorting, filtering, marking and finding.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::Tester;

/// The names of the units that show, from the top.
fn names(tester: &Tester) -> Vec<String> {
    let screen = tester.screen();
    let rows = screen.lines().skip_while(|it| !it.contains("满=满分") && !it.contains("10分  10分"));
    let rows = rows.skip(1).take_while(|it| !it.contains("平均"));
    rows.map(|it| it.get(1..).unwrap().split_whitespace().next().unwrap().to_owned()).collect()
}

/// The row of the cursor.
#[track_caller]
fn cursor(tester: &Tester) -> String {
    let screen = tester.screen();
    let row = screen.lines().find(|it| it.contains('[') && it.contains(']') && !it.contains("考核"));
    row.unwrap_or_else(|| panic!("no cursor on\n{screen}")).get(1..).unwrap().to_owned()
}

#[test]
fn total_and_rank_stay_in_view_at_any_width() {
    for width in [60, 80, 120, 200] {
        let tester = Tester::demo().sized(width, 24).keys("<right><right><right><right><right><right>");
        let row = tester.row_with("教育局 ");
        assert!(row.contains("99.7   3"), "{width}: {row}");
        tester.row_with("总分 名次");
    }
    // Who is not reviewed has no rank; where there is no room, its progress stands there.
    let tester = Tester::demo().sized(80, 24);
    assert!(tester.row_with("人社局").ends_with("97.2   3/9"));
    assert!(tester.sized(120, 24).row_with("人社局").ends_with("97.2   -    3/9"));
}

#[test]
fn the_mean_of_the_class_stands_below_and_follows_every_deduction() {
    let tester = Tester::year_2023().sized(120, 30);
    assert!(tester.row_with("暂计平均").ends_with("100"));
    // One of 26 units loses a point of ten: 9.96, and 99.96 in total.
    let tester = tester.keys("1111111111");
    let row = tester.row_with("暂计平均");
    assert!(row.starts_with("暂计平均        9.96 ") && row.ends_with("99.96"), "{row}");
    let row = Tester::demo().sized(80, 40).keys("<tab>").row_with("暂计平均");
    assert!(row.ends_with("99.1"), "{row}");
}

#[test]
fn heavy_losses_have_a_sign_besides_their_colour() {
    let tester = Tester::year_2023().keys("1");
    tester.row_with("[ 9.9?]");
    let tester = tester.keys("20.9<tab>迟报<enter>");
    tester.row_with("[  :9?]");
    tester.keys("22<tab>漏报<enter>").row_with("[  !7?]");
}

#[test]
fn rows_are_sorted_by_the_current_column_and_the_cursor_stays_on_its_unit() {
    let tester = Tester::demo().sized(80, 40).keys("jj");
    assert_eq!(names(&tester)[..3], ["发改局", "教育局", "科工局"]);
    let tester = tester.keys("o");
    tester.row_with("排序（本列是 1 主动公开信息）");
    tester.row_with("4 本列扣分，从多到少");
    let tester = tester.keys("4");
    assert_eq!(names(&tester)[..4], ["商务局", "科工局", "卫健局", "行政审批局"]);
    assert!(cursor(&tester).starts_with("科工局"));
    tester.row_with("10分v  10分");
    tester.row_with("排序：1 主动公开信息 扣分，从多到少");
    // A deduction moves the row, and the cursor goes along.
    let tester = tester.keys("11");
    assert_eq!(names(&tester)[..2], ["科工局", "商务局"]);
    assert!(cursor(&tester).starts_with("科工局"));
    let tester = tester.keys("o1");
    assert_eq!(names(&tester)[..3], ["发改局", "教育局", "科工局"]);
    assert!(cursor(&tester).starts_with("科工局"));
}

#[test]
fn every_order_of_the_list() {
    let first = |order: &str, expected: &[&str]| {
        let tester = Tester::demo().sized(80, 40).keys("lll").keys(&format!("o{order}"));
        assert_eq!(names(&tester)[..expected.len()], *expected, "{order}");
    };
    first("1", &["发改局", "教育局", "科工局"]);
    // Equals stay in roster order.
    first("2", &["教育局", "财政局", "自然资源局", "住建局"]);
    first("3", &["公安分局", "生态环境分局", "人社局"]);
    first("4", &["公安分局", "生态环境分局", "人社局"]);
    first("5", &["公安分局"]);
    first("6", &["人社局", "自然资源局", "生态环境分局", "退役军人局"]);
    first("7", &["财政局", "统计局", "教育局"]);
    first("8", &["卫健局", "商务局", "科工局"]);
    first("9", &["财政局", "统计局", "教育局", "住建局", "城管局", "文旅广体局"]);
    // With the arrows, or full-width digits of an input method, as well.
    let tester = Tester::demo().sized(80, 40).keys("<c-o><down><down><down><down><down><down><enter>");
    assert_eq!(names(&tester)[..2], ["财政局", "统计局"]);
    assert_eq!(names(&tester.keys("o８"))[..2], ["卫健局", "商务局"]);
}

#[test]
fn the_sorted_column_shows_its_direction() {
    let tester = Tester::demo().sized(120, 40).keys("lo3");
    tester.row_with("10分     10分^");
    let tester = tester.keys("o9");
    let row = tester.screen().lines().nth(3).unwrap().to_owned();
    assert!(row.trim_end().ends_with("10分          ^"), "{row}");
}

#[test]
fn a_filter_leaves_what_it_says_and_esc_brings_all_back() {
    let tester = Tester::demo().sized(80, 40).keys("lllf4");
    tester.row_with("筛选：4 基础信息公开 未复核的  6/26，Esc 取消");
    tester.row_with("Esc 取消");
    assert_eq!(names(&tester)[..2], ["人社局", "自然资源局"]);
    assert_eq!(names(&tester).len(), 6);
    // The cursor goes to the next unit that shows.
    assert!(cursor(&tester).starts_with("人社局"));
    let tester = tester.keys("<esc>");
    assert_eq!(names(&tester).len(), 26);
    assert!(cursor(&tester).starts_with("人社局"));
    assert!(!tester.screen().contains("筛选："));
    assert_eq!(names(&tester.keys("f5")).len(), 6);
}

#[test]
fn what_was_just_done_stays_in_view_until_the_cursor_goes_on() {
    let tester = Tester::demo().sized(80, 40).keys("lllf4<space>");
    tester.row_with("筛选：4 基础信息公开 未复核的  5/26");
    assert!(cursor(&tester).starts_with("人社局"));
    let tester = tester.keys("u<space>j");
    assert!(cursor(&tester).starts_with("自然资源局"));
    assert_eq!(names(&tester).len(), 5);
    // Taken back, it is there again, and under the cursor.
    let tester = tester.keys("u");
    assert!(cursor(&tester).starts_with("人社局"));
    assert_eq!(names(&tester).len(), 6);
}

#[test]
fn a_filter_that_leaves_nobody_is_not_set() {
    let tester = Tester::year_2023().keys("f2");
    tester.row_with("没有这样的单位，仍显示原来的");
    assert!(!tester.screen().contains("筛选："));
}

#[test]
fn finding_a_unit_that_the_filter_hides_clears_the_filter_and_says_so() {
    let tester = Tester::demo().sized(80, 40).keys("lllf4/jyj<enter>");
    tester.row_with("筛选里没有这个单位，已取消筛选");
    assert!(cursor(&tester).starts_with("教育局"));
    // One that shows leaves it.
    let tester = Tester::demo().sized(80, 40).keys("lllf4/hjfj<enter>");
    tester.row_with("筛选：4 基础信息公开 未复核的");
    assert!(cursor(&tester).starts_with("生态环境分局"));
}

#[test]
fn the_next_pending_cell_is_one_that_the_filter_shows() {
    let tester = Tester::demo().sized(80, 40).keys("lllf4n");
    tester.row_with("自然资源局  4 基础信息公开");
    let tester = tester.keys("nnnnn");
    tester.row_with("人社局  4 基础信息公开");
    let tester = Tester::demo().sized(80, 40).keys("lllf4").keys(&"<space>n".repeat(5)).keys("<space>n");
    tester.row_with("筛选出的单位都已复核");
    // In the order of the rows.
    Tester::demo().sized(80, 40).keys("lllo8/rsj<enter>nnnnnn").row_with("退役军人局  4 基础信息公开");
}

#[test]
fn the_other_class_has_its_own_order_and_filter() {
    let tester = Tester::demo().sized(80, 40).keys("lllf4o3<tab>");
    assert!(!tester.screen().contains("筛选："));
    assert!(!tester.screen().contains("排序："));
    tester.keys("<tab>").row_with("筛选：4 基础信息公开 未复核的");
}

#[test]
fn sorting_and_filtering_go_in_a_year_that_is_fixed() {
    let tester = Tester::demo().sized(80, 40).colleague(|year, now| {
        let local = jiff::civil::date(2023, 12, 29).at(17, 0, 0, 0);
        assert!(year.finalise(true, |_, _| Vec::new(), local, now).is_ok());
    });
    let tester = tester.keys("o7");
    assert_eq!(names(&tester)[..2], ["财政局", "统计局"]);
    tester.keys("f5").row_with("筛选：整个单位还没复核完的  6/26");
}

#[test]
fn marked_units_get_one_deduction_after_a_preview_and_one_undo_takes_it_back() {
    let tester = Tester::year_2023().keys("vjv");
    tester.row_with("+发改局");
    tester.row_with("+科工局");
    tester.row_with("+已标 2 个单位：数字键一起扣分，空格一起复核，Esc 清除");
    let tester = tester.keys("1");
    tester.row_with("先看一看  主动公开信息：扣 逾期未完成 1次");
    tester.row_with("发改局        10     9.9");
    tester.row_with("科工局        10     9.9");
    tester.row_with("记 2 个单位：回车记入，Esc 返回");
    assert_eq!((tester.score("Q01"), tester.score("Q03")), ("100".to_owned(), "100".to_owned()));
    let tester = tester.keys("<enter>");
    tester.row_with("已记 多个单位 主动公开信息：扣 逾期未完成 1次，共 2 项  按 u 撤销");
    for (unit, expected) in [("Q01", "99.9"), ("Q02", "100"), ("Q03", "99.9")] {
        assert_eq!(tester.score(unit), expected, "{unit}");
    }
    // The marks are gone, so the next digit is for one unit again.
    assert!(!tester.screen().contains("已标"));
    let tester = tester.keys("u");
    assert_eq!((tester.score("Q01"), tester.score("Q03")), ("100".to_owned(), "100".to_owned()));
    tester.keys("g1").row_with("发改局 主动公开信息：扣 逾期未完成 1次，总分 99.9");
}

#[test]
fn a_preview_that_is_left_records_nothing_and_keeps_the_marks() {
    let tester = Tester::year_2023().keys("<ins><ins>1<esc>");
    assert_eq!(tester.score("Q01"), "100");
    tester.row_with("已标 2 个单位");
    let tester = tester.keys("<esc>");
    assert!(!tester.screen().contains("已标"));
    // No mark is left to take away, and Esc goes on doing nothing.
    tester.keys("<esc>1").row_with("总分 99.9");
}

#[test]
fn who_is_left_out_is_named_with_the_reason() {
    // The first has nothing left to lose there, the second is marked 不涉及, the fourth is of the other class.
    let tester = Tester::year_2023().keys("llllll1jb无此职能<enter>").keys("kvvv<tab>v<tab>1");
    tester.row_with("发改局    不记：已到上限或已扣完，再扣分数不变");
    tester.row_with("教育局    不记：不涉及：无此职能");
    tester.row_with("河坝镇    不记：不在这一类别");
    tester.row_with("科工局        10       0");
    tester.row_with("记 1 个单位，3 个不记：回车记入，Esc 返回");
    let tester = tester.keys("<enter>");
    assert_eq!(tester.score("Q03"), "90");
    tester.row_with("共 1 项");
    let tester = Tester::year_2023().keys("v<tab>1");
    tester.row_with("已标的单位都不在这一类");
    // By its 标签.
    let tester = Tester::college().keys("llllV1");
    tester.row_with("教务处    不记：不考核这个单位（按标签）");
}

#[test]
fn nothing_is_recorded_where_all_are_left_out() {
    let tester = Tester::year_2023().keys("llllll1v1");
    tester.row_with("没有单位可记，1 个不记：Esc 返回");
    tester.keys("<enter>").row_with("没有一个单位可记");
}

#[test]
fn what_a_rule_asks_is_asked_once_for_all() {
    // A level and a 评分要点, by digits.
    let tester = Tester::year_2023().keys("vvll2");
    tester.row_with("已标的 2 个单位 政务新媒体 通报批评");
    let tester = tester.keys("2");
    tester.row_with("先看一看  政务新媒体：扣 通报批评（省级） 1次");
    tester.row_with("教育局        10     9.5");
    // A step back is the question again.
    tester.keys("<esc>1").row_with("通报批评（国务院） 1次");
    let tester = Tester::year_2023().keys("vvlll13<enter>");
    assert_eq!((tester.score("Q01"), tester.score("Q02")), ("99.9".to_owned(), "99.9".to_owned()));
    // An amount and its reason, in a form; what was typed is there after a step back.
    let tester = Tester::year_2023().keys("vv20.5<tab>材料不全<enter>");
    tester.row_with("先看一看  主动公开信息：扣 质量欠缺 0.5分");
    let tester = tester.keys("<esc>");
    tester.row_with("材料不全");
    let tester = tester.keys("<enter><enter>");
    assert_eq!((tester.score("Q01"), tester.score("Q02")), ("99.5".to_owned(), "99.5".to_owned()));
    assert!(!tester.screen().contains("材料不全（"));
    // By the list of rules.
    let tester = Tester::year_2023().keys("vv0");
    tester.row_with("已标的 2 个单位 1 主动公开信息：按哪条规则扣");
    tester.keys("1").row_with("记 2 个单位");
}

#[test]
fn marked_units_are_reviewed_together_and_pending_again_only_where_all_are() {
    let tester = Tester::year_2023().keys("j<space>kvvv<space>");
    tester.row_with("先看一看  主动公开信息：标为已复核");
    tester.row_with("教育局    不记：已经复核");
    tester.row_with("发改局    未复核  已复核");
    let tester = tester.keys("<enter>gvvv<space>");
    tester.row_with("先看一看  主动公开信息：改回未复核");
    tester.row_with("记 3 个单位");
    let tester = tester.keys("<enter>");
    assert!(tester.row_with("发改局 ").contains("满?"));
    assert!(tester.keys("u").row_with("科工局 ").contains("满 "));
}

#[test]
fn all_that_a_filter_shows_are_marked_at_once() {
    let tester = Tester::demo().sized(80, 40).keys("lllf4V");
    tester.row_with("已标 6 个单位");
    let tester = tester.keys("<esc>");
    assert_eq!(names(&tester).len(), 26);
    tester.row_with("+人社局");
    // Esc has cleared the filter first; the marks can be a filter themselves.
    let tester = tester.keys("f6");
    tester.row_with("筛选：有标记的  6/26");
    assert_eq!(names(&tester).len(), 6);
    let tester = tester.keys("<c-t>");
    assert!(!tester.screen().contains("已标"));
}

#[test]
fn a_filter_of_marked_units_goes_with_the_marks() {
    let tester = Tester::demo().sized(80, 40).keys("vvf61");
    tester.row_with("筛选：有标记的  2/26");
    let tester = tester.keys("<esc>1<enter>");
    assert!(!tester.screen().contains("筛选："));
    assert_eq!(names(&tester).len(), 26);
}

#[test]
fn marks_outlast_a_roster_that_is_replaced() {
    let new = "units: [\n        Unit(id: \"Q00\", name: \"区新局\", track: \"区直\"),";
    let tester = Tester::year_2023().keys("vjv").edited("units.ron", "units: [", new).keys("k");
    tester.row_with("刚被改过，画面已重新载入");
    tester.row_with("+发改局");
    tester.row_with("+科工局");
    let tester = tester.keys("1<enter>");
    for (unit, expected) in [("Q00", "100"), ("Q01", "99.9"), ("Q02", "100"), ("Q03", "99.9")] {
        assert_eq!(tester.score(unit), expected, "{unit}");
    }
}

#[test]
fn a_preview_that_others_have_overtaken_is_shown_again_before_it_is_recorded() {
    let tester = Tester::year_2023().keys("vv1").colleague(|year, now| {
        let date = jiff::civil::date(2023, 11, 6);
        let what = kaohe_core::Deduction::once("Q01".into(), "proactive".into(), "late".into(), date);
        let indicator = year.ledger().rubric_of(0).indicator(0);
        let (indicator, rule) = (indicator.id.clone(), indicator.rules[0].id.clone());
        let what = kaohe_core::Deduction { indicator, rule, ..what };
        year.record(kaohe_core::Change::Deduct(what), now).unwrap();
    });
    let tester = tester.keys("<enter>");
    tester.row_with("预览已更新：请再看一遍");
    tester.row_with("发改局       9.9     9.8");
    assert_eq!(tester.keys("<enter>").score("Q01"), "99.8");
}

#[test]
fn a_year_that_is_fixed_previews_nothing() {
    let tester = Tester::year_2023().keys("vv").colleague(|year, now| {
        let local = jiff::civil::date(2023, 12, 29).at(17, 0, 0, 0);
        assert!(year.finalise(true, |_, _| Vec::new(), local, now).is_ok());
    });
    let tester = tester.keys("1");
    tester.row_with("! 本年度已定稿");
    assert!(!tester.screen().contains("先看一看"));
}

#[test]
fn a_unit_is_found_by_its_row_and_by_its_id() {
    let tester = Tester::year_2023().keys("/12");
    tester.row_with(">Q12    区直 区交通运输局  （第 12 行）");
    assert!(cursor(&tester.keys("<enter>")).starts_with("交通运输局"));
    // Typed with an input method on, and by its id.
    for query in ["１２", "Q12", "q12", "Ｑ１２"] {
        let tester = Tester::year_2023().keys(&format!("/{query}<enter>"));
        assert!(cursor(&tester).starts_with("交通运输局"), "{query}");
    }
    // The row is that of the screen, as it is sorted and of its class.
    let tester = Tester::demo().sized(80, 40).keys("o7/2<enter>");
    assert!(cursor(&tester).starts_with("统计局"));
    let tester = Tester::year_2023().keys("<tab>/5<enter>");
    assert!(cursor(&tester).starts_with("南湾湖"));
    Tester::year_2023().keys("/27").row_with("没有这样的单位");
    Tester::year_2023().keys("/0").row_with("没有这样的单位");
}

#[test]
fn a_unit_is_found_by_any_spelling_of_its_pinyin() {
    for (query, expected) in [
        ("ybj", "医保局"),
        ("yibao", "医保局"),
        ("yibj", "医保局"),
        ("kgj", "科工局"),
        ("renshe", "人社局"),
        ("zrzy", "自然资源局"),
        ("sthj", "生态环境分局"),
        ("dfjt", "大发集团"),
        ("gonganfj", "公安分局"),
        ("wlgt", "文旅广体局"),
    ] {
        let tester = Tester::year_2023().keys(&format!("/{query}"));
        let found = tester.screen();
        assert!(!found.contains("没有这样的单位"), "{query} for {expected}\n{found}");
        let tester = tester.keys("<enter>");
        assert!(cursor(&tester).starts_with(expected), "{query} for {expected}\n{}", tester.screen());
    }
    // 广 is no `an`, and what is found by 安 is.
    let tester = Tester::year_2023().keys("/an");
    assert!(tester.screen().contains("公安") && !tester.screen().contains("广"), "{}", tester.screen());
}

#[test]
fn in_a_narrow_pane_no_word_of_the_heading_is_torn() {
    let tester = Tester::year_2023().sized(60, 16).keys("jl");
    assert_eq!(tester.row_with("教育局  2 "), "教育局  2 政务公开窗口（10分）  得 10  扣 0  自评 未填");
    assert!(tester.screen().lines().any(|it| it.trim() == "未复核"), "{}", tester.screen());
}

#[test]
fn marks_show_and_act_on_one_indicators_units_too() {
    let tester = Tester::year_2023().keys("vjvi");
    tester.row_with("+发改局");
    tester.row_with("+科工局");
    tester.row_with("+已标 2 个单位：数字键一起扣分，空格一起复核；其余只对光标所在的");
    let tester = tester.keys("1");
    tester.row_with("先看一看  主动公开信息：扣 逾期未完成 1次");
    let tester = tester.keys("<enter>");
    // One is where one was, and the marks are gone.
    tester.row_with("区直  1.主动公开信息（10分）");
    assert!(!tester.screen().contains("已标"), "{}", tester.screen());
    let scores = ["Q01", "Q02", "Q03", "Q04"].map(|it| tester.score(it));
    assert_eq!(scores, ["99.9", "100", "99.9", "100"]);
    // What is not for all is for the one of the cursor, and says so before.
    let tester = Tester::year_2023().keys("vvi").keys("s8<enter>");
    tester.row_with("已记 科工局 主动公开信息：自评 8分");
}

//! What people do on the screens, key by key.

mod support;

use jiff::Timestamp;
use kaohe_core::{Change, Deduction};
use kaohe_store::OpenYear;
use support::Tester;

/// Presses keys on a fresh 2023 and looks for a text on the screen.
#[track_caller]
fn check(keys: &str, expected: &str) -> Tester {
    let tester = Tester::year_2023().keys(keys);
    tester.row_with(expected);
    tester
}

#[test]
fn enter_on_the_start_screen_begins_2023() {
    let tester = Tester::empty();
    tester.row_with("开始2023年度");
    let tester = tester.keys("<enter>");
    tester.row_with("[区直]");
    tester.row_with("年度已建立");
    assert_eq!(tester.keys("1").score("Q01"), "99.9");
}

#[test]
fn a_digit_deducts_once_at_once() {
    assert_eq!(check("1", "已记 发改局 主动公开信息：扣 逾期未完成 1次，总分 99.9").score("Q01"), "99.9");
    assert_eq!(check("111", "总分 99.7").score("Q01"), "99.7");
}

#[test]
fn full_width_digits_of_an_input_method_deduct_too() {
    assert_eq!(check("１", "总分 99.9").score("Q01"), "99.9");
}

#[test]
fn a_rule_that_is_not_there_is_refused_in_words() {
    check("9", "这个指标只有 2 条规则，没有第 9 条");
}

#[test]
fn a_rule_by_level_asks_for_the_level() {
    let tester = check("ll2", "省级  0.5分/次").keys("2");
    tester.row_with("扣 通报批评（省级） 1次，总分 99.5");
}

#[test]
fn several_items_ask_which_one() {
    let tester = check("lll1", "4.2 2分 对行政许可").keys("2");
    tester.row_with("（要点 4.2），总分 99.9");
    // 30 times 0.1 on one item of 2 points costs 2.
    let tester = tester.keys(&"12".repeat(29));
    assert_eq!(tester.score("Q01"), "98");
    assert_eq!(tester.keys("10").score("Q01"), "97.9");
}

#[test]
fn a_discretionary_rule_asks_for_amount_and_reason() {
    let tester = check("2", "必填：写明理由").keys("<enter>");
    tester.row_with("分值空着");
    let tester = tester.keys("11<enter>");
    tester.row_with("10");
    assert_eq!(tester.score("Q01"), "100");
    let tester = tester.keys("<c-u>0．5<tab>材料不全<enter>");
    tester.row_with("扣 质量欠缺 0.5分，总分 99.5");
    tester.row_with("材料不全");
}

#[test]
fn not_to_standard_takes_the_indicator_to_nothing() {
    let tester = check("llllll1", "总分 90");
    assert_eq!(tester.keys("1").score("Q01"), "90");
}

#[test]
fn minus_takes_the_last_one_back() {
    let tester = check("11-", "总分 99.9");
    tester.row_with("已撤回 1 条");
    let tester = tester.keys("-");
    assert_eq!(tester.score("Q01"), "100");
    tester.keys("-").row_with("这一格没有可以收回的扣分");
}

#[test]
fn undo_and_redo_say_what_they_did_also_after_a_restart() {
    let tester = check("1", "总分 99.9").restarted().keys("u");
    tester.row_with("已撤销 发改局 主动公开信息：扣 逾期未完成 1次，总分 100");
    let tester = tester.restarted().keys("<c-r>");
    tester.row_with("已重做");
    assert_eq!(tester.score("Q01"), "99.9");
    tester.keys("uu").row_with("没有可撤销");
}

#[test]
fn entries_can_be_amended_withdrawn_and_restored() {
    let tester = check("1<enter>", "1. 2023-11-06 扣 逾期未完成 1次")
        .keys("<enter><c-u>3<tab><c-u>2023年7月1日<tab>漏发<tab>督查通报〔2023〕5号<enter>");
    tester.row_with("2023-07-01 扣 逾期未完成 3次");
    tester.row_with("已改为 发改局 主动公开信息：扣 逾期未完成 3次，总分 99.7");
    tester.row_with("依据：督查通报〔2023〕5号");
    assert_eq!(tester.score("Q01"), "99.7");
    let tester = tester.keys("x<enter>");
    tester.row_with("理由");
    let tester = tester.keys("记错单位<enter>");
    tester.row_with("【已撤回】");
    tester.row_with("撤回：记错单位");
    assert_eq!(tester.score("Q01"), "100");
    assert_eq!(tester.keys("x").score("Q01"), "99.7");
}

#[test]
fn a_wrong_date_is_refused_and_nothing_typed_is_lost() {
    let tester = check("1<enter><enter><tab><c-u>2023-13-01<enter>", "不是日期");
    tester.row_with("2023-13-01");
}

#[test]
fn self_score_proposes_full_marks() {
    let tester = check("s<enter>", "自评 10");
    let tester = tester.keys("s<c-u>9.5<enter>");
    tester.row_with("自评 9.5");
    tester.keys("s<c-u>10.5<enter>").row_with("10");
}

#[test]
fn what_is_typed_takes_the_place_of_a_proposed_number_but_not_of_a_note() {
    check("1<enter><enter>2<enter>", "扣 逾期未完成 2次");
    check("s9.5<enter>", "自评 9.5");
    let tester = check("1<enter><enter><tab><tab>漏发<enter>", "漏发").keys("<enter><tab><tab>两期<enter>");
    tester.row_with("漏发两期");
    // An arrow first, and the number is mended instead.
    check("1<enter><enter><right>2<enter>", "扣 逾期未完成 12次");
}

#[test]
fn a_deduction_after_the_review_shows() {
    let tester = check("<space>", "[  满 ]");
    // The clock of the test stands still; a later hour is what counts.
    tester.later().keys("1").row_with("[ 9.9*]");
}

#[test]
fn a_reason_that_is_missing_is_where_the_caret_goes() {
    let tester = check("20.5<enter>", "缺少说明").keys("材料不全<enter>");
    tester.row_with("扣 质量欠缺 0.5分，总分 99.5");
}

#[test]
fn a_withdrawn_entry_cannot_be_changed() {
    check("1-<enter><enter>2<enter>", "已经撤回：要用它，先恢复");
}

#[test]
fn a_key_that_does_nothing_says_so() {
    check("Z", "这里没有这个键");
}

#[test]
fn undo_shows_what_it_undid() {
    let tester = check("1<tab>jjll", "金盆镇  3 政务新媒体").keys("u");
    tester.row_with("[区直]");
    tester.row_with("发改局  1 主动公开信息");
}

#[test]
fn a_measured_value_shows_its_points_before_it_is_confirmed() {
    let tester = Tester::service_hall().keys("1");
    tester.row_with("量得的数，单位：%");
    tester.row_with("可不填：加倍、减半、免扣");
    let tester = tester.keys("93.4");
    tester.row_with("照此扣 2 分");
    let tester = tester.keys("<tab><tab>加倍");
    tester.row_with("照此扣 4 分");
    let tester = tester.keys("<enter>");
    tester.row_with("办结率：记 办结率不足 93.4%（加倍），总分 96");
    let tester = tester.keys("<enter><enter>");
    tester.row_with("93.4");
    let tester = tester.keys("97<enter>");
    assert_eq!(tester.score("C1"), "99");
}

#[test]
fn a_value_that_is_missing_or_no_number_is_asked_for_again() {
    let tester = Tester::service_hall().keys("1<enter>");
    tester.row_with("数值空着");
    let tester = tester.keys("很低<enter>");
    tester.row_with("不是数");
    assert_eq!(tester.score("C1"), "100");
}

#[test]
fn an_amount_outside_of_what_a_case_may_cost_is_refused() {
    let tester = Tester::service_hall().keys("lll2");
    tester.row_with("不小于 2，不超过 5");
    let tester = tester.keys("1<tab>理由<enter>");
    tester.row_with("每次须不小于 2，不超过 5");
}

#[test]
fn a_roster_replaced_meanwhile_never_moves_a_deduction_to_another_unit() {
    // The form is about the second unit; a new one then comes before it.
    let tester = Tester::year_2023().keys("j20.5<tab>理由");
    let new = "units: [\n        Unit(id: \"Q00\", name: \"区新局\", track: \"区直\"),";
    let tester = tester.edited("units.ron", "units: [", new).keys("<enter>");
    tester.row_with("画面已重新载入");
    // What is still being typed into the form that is no more acts on nothing.
    let tester = tester.keys("1112<enter>3<tab>1");
    for unit in ["Q00", "Q01", "Q02"] {
        assert_eq!(tester.score(unit), "100");
    }
    let tester = tester.keys("<esc>");
    tester.row_with(">教育局");
    assert_eq!(tester.keys("1").score("Q02"), "99.9");
}

#[test]
fn a_remark_written_into_a_file_leaves_a_half_filled_form_alone() {
    let tester =
        Tester::year_2023().keys("j20.5<tab>理由").edited("units.ron", "units: [", "// 看过\n    units: [");
    let tester = tester.keys("充分<enter>");
    tester.row_with("已记");
    assert_eq!(tester.score("Q02"), "99.5");
}

#[test]
fn a_rubric_put_to_use_meanwhile_leaves_the_cursor_on_its_cell() {
    // 政务新媒体 of the third township; then the first two indicators change places.
    let tester = Tester::year_2023().keys("<tab>jjll").keys("s").colleague(|year, now| {
        let path = year.folder().join("rubrics/township.ron");
        let text = std::fs::read_to_string(path).unwrap();
        let new = text.replace("年政务公开考核细则", "年政务公开考核细则（修订）");
        assert_ne!(text, new);
        year.replace_rubric("new.ron", new.as_bytes(), now).unwrap();
    });
    let tester = tester.keys("9");
    tester.row_with("画面已重新载入");
    let tester = tester.keys("<esc>");
    tester.row_with("[乡镇]");
    tester.row_with("  3 政务新媒体（");
    let tester = tester.keys("1");
    tester.row_with("政务新媒体：扣");
    assert_eq!((tester.score("Z01"), tester.score("Z02")), ("100".to_owned(), "100".to_owned()));
    assert_ne!(tester.score("Z03"), "100");
}

#[test]
fn an_indicator_that_moved_takes_the_cursor_with_it() {
    // What the cursor stands on is found by its id, though a column comes before it.
    let tester = Tester::service_hall().keys("lll");
    tester.row_with("4 窗口纪律（20分）");
    let rubric = "rubrics/service-hall.ron";
    let first = "indicators: [\n                Indicator(\n                    id: \"discipline\"";
    let new = "indicators: [\n                Indicator(id: \"new\", number: \"9\", name: \"新指标\", points: 20, \
               method: \"每次扣1分\", rules: [Rule(id: \"r\", label: \"差错\", text: \"每次扣1分\", \
               measure: Count(each: 1))]),\n                Indicator(\n                    id: \"discipline\"";
    let tester = tester.edited(rubric, first, new).edited(rubric, "points: 100", "points: 120");
    let tester = tester.edited(
        rubric,
        "name: \"服务规范\",\n            points: 40",
        "name: \"服务规范\",\n            points: 60",
    );
    let tester = tester.keys("1");
    tester.row_with("刚被改过，画面已重新载入");
    tester.row_with("4 窗口纪律（20分）");
    tester.keys("1").row_with("窗口纪律：扣 空岗串岗 1次");
}

#[test]
fn a_class_that_goes_while_it_shows_breaks_nothing() {
    let tester = Tester::year_2023().keys("<tab>jl");
    let path = "year.ron";
    let tester = tester.edited(path, "        \"township\",\n", "").keys("1");
    // Units of the class are left without a rubric: that is a damaged year, and said so; nothing was recorded.
    tester.row_with("处问题");
    let tester =
        tester.edited(path, "        \"district\",\n", "        \"district\",\n        \"township\",\n");
    assert_eq!(tester.score("Z02"), "100");
    assert_eq!(tester.keys("1").score("Z02"), "99.9");
}

#[test]
fn space_marks_reviewed_and_takes_the_mark_back() {
    let tester = check("<space>", "已复核（张三）");
    tester.row_with("1/9");
    tester.keys("<space>").row_with("自评 未填  未复核");
}

#[test]
fn next_pending_goes_round_both_classes() {
    let tester = check("a", "整行复核").keys("n");
    tester.row_with("教育局  1 主动公开信息");
    // The last pending cell of the last unit is followed by the first of the first.
    let tester = Tester::year_2023().keys("<tab><end>llll<space>n");
    tester.row_with("发改局  1 主动公开信息");
}

#[test]
fn not_applicable_needs_a_reason_and_keeps_full_marks() {
    let tester = check("1b<enter>", "理由").keys("无此职能<enter>");
    tester.row_with("不涉及：无此职能");
    assert_eq!(tester.score("Q01"), "100");
    assert_eq!(tester.keys("b").score("Q01"), "99.9");
}

#[test]
fn find_goes_to_a_unit_by_initials_pinyin_and_name() {
    for query in ["jyj", "jiaoyu", "教育", "jiaoyj", "Q02", "ｊｙｊ"] {
        check(&format!("/{query}<enter>"), "教育局  1 主动公开信息");
    }
    check("/hbz<enter>", "[乡镇]").row_with("河坝镇  1 主动公开信息");
    check("/qqqq", "没有这样的单位").keys("<enter><esc>").row_with("[区直]");
}

#[test]
fn ranking_shows_both_classes_ties_and_who_is_not_reviewed() {
    let tester = Tester::year_2023().keys("aj").keys("aj1a<tab>ar");
    let screen = tester.screen();
    assert!(screen.contains(" 1并 发改局"), "{screen}");
    assert!(screen.contains(" 1并 教育局"), "{screen}");
    assert!(screen.contains(" 3   科工局"), "{screen}");
    assert!(screen.contains("0/9"), "{screen}");
    assert!(screen.contains("> 1   河坝镇"), "{screen}");
}

#[test]
fn provisional_ranking_is_said_to_be_one() {
    let tester = check("rp", "含暂计");
    tester.row_with("100?");
}

#[test]
fn enter_on_the_ranking_goes_to_that_unit() {
    check("1rp<end><enter>", "发改局  1 主动公开信息");
}

#[test]
fn the_sheet_has_the_official_columns_and_the_arithmetic() {
    let tester = check("jllll1100<esc>e", "一级指标 二级指标");
    let tester = tester.keys("<pgdn><pgdn>");
    assert!(
        tester.screen().contains("要点")
            || tester.screen().contains("评估")
            || tester.screen().contains("分")
    );
    tester.keys("<end>").row_with("合计");
}

#[test]
fn left_and_right_turn_the_sheets() {
    check("e<right>", "Q02 区教育局").keys("<left><left>").row_with("Q26 区大发集团");
    check("e<tab>", "Z01 河坝镇");
}

#[test]
fn quitting_is_one_key_from_everywhere_and_letters_in_a_form_are_text() {
    assert!(Tester::year_2023().keys("q").has_quit);
    let tester = Tester::year_2023().keys("2<tab>q");
    assert!(!tester.has_quit);
    assert!(tester.keys("<f10>").has_quit);
}

#[test]
fn escape_leads_back_to_the_matrix_from_anywhere() {
    for keys in ["1<enter><enter>", "2", "ll2", "lll1", "/x", "r?", "re?", "?", "s", "b", "rere"] {
        let tester = Tester::year_2023().keys(keys).keys(&"<esc>".repeat(10));
        tester.row_with("1-9 扣分");
    }
}

#[test]
fn a_pasted_line_end_does_not_submit_the_form() {
    let tester = Tester::year_2023().keys("20.5<tab>").paste("第一行\r\n第二行\u{1b}[31m");
    tester.row_with("第一行 第二行");
    assert_eq!(tester.score("Q01"), "100");
}

#[test]
fn control_characters_in_a_note_never_reach_the_terminal() {
    let tester = Tester::year_2023().keys("20.5<tab>").paste("红\u{1b}[31m\u{202e}色").keys("<enter>");
    tester.row_with("红[31m色");
}

#[test]
fn help_is_that_of_the_screen_below() {
    check("?", "总表的按键");
    check("r?", "排名与比较的按键");
    check("2<f1>", "填写的按键");
}

#[test]
fn a_terminal_that_is_too_small_says_so_and_comes_back() {
    let tester = Tester::year_2023().keys("1").sized(59, 20);
    assert!(tester.screen().contains("窗口太小"));
    let tester = tester.sized(60, 16);
    tester.row_with("[区直]");
    Tester::year_2023().sized(3, 2).screen();
    Tester::year_2023().sized(0, 0).screen();
}

#[test]
fn the_caret_stands_in_the_focused_field_and_nowhere_else() {
    assert_eq!(Tester::year_2023().drawn().1, None);
    let (buffer, caret) = Tester::year_2023().keys("2<tab>扣分").drawn();
    let caret = caret.unwrap();
    // Two wide characters after the label's nine cells and the border.
    assert_eq!(buffer[(caret.x - 4, caret.y)].symbol(), "扣");
}

#[test]
fn going_to_the_shell_where_there_is_none_leaves_a_form_as_it_is() {
    let tester = check("20.5<tab>漏报<c-z>", "这个窗口里没有命令行可回");
    tester.row_with("漏报");
}

#[test]
fn the_last_line_of_the_help_can_be_reached() {
    for (width, height) in [(80, 24), (60, 16), (120, 40)] {
        for keys in ["?", "r?", "2<f1>", "e?"] {
            let tester = Tester::year_2023().sized(width, height).keys(keys);
            tester.keys("<end>").row_with("Ctrl-c Ctrl-q");
        }
        Tester::year_2023()
            .sized(width, height)
            .keys(&format!("?{}", "j".repeat(60)))
            .row_with("Ctrl-c Ctrl-q");
    }
}

#[test]
fn what_was_typed_stays_in_the_form_when_it_cannot_be_recorded() {
    let tester = Tester::year_2023().keys("20.5<tab>材料不全").with_full_disk(true).keys("<enter>");
    tester.row_with("材料不全");
    tester.row_with("磁盘已满");
    tester.row_with("回车 确定");
    assert_eq!(tester.score("Q01"), "100");
    let tester = tester.with_full_disk(false).keys("<enter>");
    tester.row_with("已记 发改局 主动公开信息：扣 质量欠缺 0.5分");
    tester.row_with("1-9 扣分");
    assert_eq!(tester.score("Q01"), "99.5");
}

#[test]
fn a_level_can_be_chosen_again_when_it_cannot_be_recorded() {
    let tester = Tester::year_2023().keys("ll2").with_full_disk(true).keys("2");
    tester.row_with("磁盘已满");
    assert_eq!(tester.with_full_disk(false).keys("2").keys("u1").score("Q01"), "99");
}

#[test]
fn no_key_acts_while_the_window_is_too_small() {
    let tester = Tester::year_2023().sized(59, 20).keys("1a<enter>").paste("1").sized(80, 24);
    assert_eq!(tester.score("Q01"), "100");
    tester.row_with("1-9 扣分");
    let tester = Tester::year_2023().keys("20.5<tab>").sized(80, 15).keys("扣<esc>").sized(80, 24);
    tester.row_with("必填：写明理由");
    assert!(Tester::year_2023().sized(59, 20).keys("q").has_quit);
}

/// The 2023 year whose first indicator has twelve rules.
fn twelve_rules() -> Tester {
    let rule = "rules: [
                        Rule(
                            id: \"late\",";
    let further: Vec<String> = (3..=12)
        .map(|it| {
            format!(
                "Rule(id: \"r{it}\", label: \"第{it}条\", text: \"每次扣0.1分\", \
                 measure: Count(each: 0.{it}, unit: \"次\"))"
            )
        })
        .collect();
    let text = format!("rules: [{}, Rule(id: \"late\",", further.join(", "));
    Tester::year_2023().with_file_edited("rubrics/district.ron", rule, &text)
}

#[test]
fn rules_past_the_ninth_are_chosen_from_a_list() {
    let tester = twelve_rules();
    tester.row_with("0 全部规则");
    let tester = tester.keys("0");
    tester.row_with("按哪条规则扣");
    let tester = tester.keys("<end><up><up>");
    tester.row_with(">10 第12条（0.12分/次）每次扣0.1分");
    let tester = tester.keys("<enter>");
    tester.row_with("已记 发改局 主动公开信息：扣 第12条 1次");
    tester.row_with("1-9 扣分");
    assert_eq!(tester.keys("03").score("Q01"), "99.38");
}

#[test]
fn the_list_of_rules_asks_on_like_the_digit() {
    check("ll02", "省级  0.5分/次").keys("2").row_with("扣 通报批评（省级） 1次，总分 99.5");
    check("00", "没有第 0 项").keys("2").row_with("必填：写明理由");
}

#[test]
fn the_years_mark_shows_beside_a_long_note_of_the_roster() {
    let note = "名录由各单位二〇二三年三月填报，四月由政务公开办汇总核对，五月又改过两处，请以纸质件为准";
    let mut tester = Tester::demo().with_file_edited("units.ron", "示例名录，请核对", note);
    for width in [60, 80, 120] {
        tester = tester.sized(width, 24);
        tester.row_with(" 示例 ");
        tester.row_with("名录由");
    }
}

#[test]
fn records_that_fit_no_unit_are_marked_in_the_title() {
    let tester = Tester::year_2023().keys("1").with_file_edited("units.ron", "\"Q01\"", "\"Q99\"");
    tester.row_with("1条记录对不上");
    tester.sized(60, 16).row_with("1条记录对不上");
    assert!(!Tester::year_2023().screen().contains("对不上"));
}

#[test]
fn a_count_is_amended_with_what_is_counted_as_in_a_table() {
    let tester = check("l1<enter><enter>", "项次").keys("<c-u>２项次<enter>");
    tester.row_with("已改为");
    assert_eq!(tester.score("Q01"), "99.8");
}

#[test]
fn an_entry_that_a_colleague_has_changed_is_not_overwritten() {
    let tester = Tester::year_2023().keys("1<enter><enter>").colleague(|year, now| {
        let unit_idx = year.ledger().find_unit("Q01").unwrap();
        let entry = year.ledger().sheet(unit_idx).cells[0].entries[0].clone();
        let to = Deduction { count: 5, ..*entry.deduction };
        year.record(Change::Amend { entry: entry.id, to }, now).unwrap();
    });
    let tester = tester.keys("<c-u>2<enter>");
    tester.row_with("这条记录刚被别人改过：按 Esc 重新打开");
    assert_eq!(tester.score("Q01"), "99.5");
    assert_eq!(tester.keys("<esc><enter><c-u>3<enter>").score("Q01"), "99.7");
}

#[test]
fn completion_asks_for_what_was_to_be_done_and_says_the_points_first() {
    let tester = Tester::college().keys("19<tab>10");
    tester.row_with("照此得 90 分");
    let tester = tester.keys("<enter>");
    tester.row_with("重点任务：记 任务完成 9/10项（期外），总分");
    tester.row_with("1 任务完成（完成任务数得100分，按完成比例，已得 90）");
    // What is stated anew takes the place of what was stated before.
    let tester = tester.keys("110<tab>10<enter>");
    tester.row_with("已得 100");
    let tester = tester.keys("110<enter>");
    tester.row_with("任务数空着");
}

#[test]
fn what_does_not_concern_a_unit_says_so_and_takes_nothing() {
    let tester = Tester::college().keys("llll1");
    tester.row_with("细则规定这个指标不考核该单位");
    tester.row_with("不考核这个单位（按标签）");
    for key in ["s", "<space>", "b", "0"] {
        tester_of(key).row_with("细则规定这个指标不考核该单位");
    }
    fn tester_of(key: &str) -> Tester {
        Tester::college().keys("llll").keys(key)
    }
}

#[test]
fn a_place_in_the_class_is_undecided_until_all_have_a_value_and_are_reviewed() {
    let tester = Tester::college().keys("llllll13<enter>");
    tester.row_with("待定");
    let tester = tester.keys("<space>j11<enter><space>jj12<enter>");
    tester.row_with("待定");
    tester.keys("=").row_with("名次待定：还要填数值或复核 财务处");
    // The lowest rate is the first of three: not within 30 percent of them, but within 60.
    let tester = Tester::college().keys("llllll13<enter><space>j11<enter><space>jj12<enter><space>kk");
    tester.row_with("满意度排名（4分，权重 50%）  得 2");
    // 18 by the first section, 20 by the second, and half of 2.
    assert_eq!(tester.score("C2"), "39");
    tester.keys("=").row_with("投诉率排名 1‰，3 个单位中第 1 名");
}

#[test]
fn a_value_beside_those_of_the_class_is_undecided_until_all_have_one() {
    let tester = Tester::hotline().keys("l1");
    tester.row_with("（最大的得10分，其余按与它的比");
    let tester = tester.keys("400");
    tester.row_with("同类单位都填好、复核以后，按与第 1 名的比例计分");
    let tester = tester.keys("<enter><space>j1250<enter><space>j10<enter>");
    tester.row_with("待定");
    tester.keys("=").row_with("办件量 比例待定：还要填数值或复核 水务局");
    let tester = Tester::hotline().keys("l1400<enter><space>j1250<enter><space>j10<enter><space>k");
    tester.row_with("办件量（15分）  得 6.25");
    tester.keys("=").row_with("办件量 250件，3 个单位中第 1 名是 400件");
    let tester = Tester::hotline().keys("lll196<enter><space>j190.5<enter><space>j190<enter>");
    tester.keys("=").row_with("满意率 均值待定：还要填数值或复核 水务局");
    let tester = Tester::hotline().keys("lll196<enter><space>j190.5<enter><space>j190<enter><space>k");
    tester.row_with("满意率（25分）");
    tester.keys("=").row_with("低于平均 90.5%，3 个单位平均 92.166667%");
}

#[test]
fn an_entry_may_state_what_its_value_is_held_against_and_that_may_be_nothing() {
    let tester = Tester::hotline().keys("llll1");
    tester.row_with("任务数  与多少比（如上年的数），单位：件");
    let tester = tester.keys("1<tab>0<enter>");
    tester.row_with("重复投诉和退单（20分）  得 19");
}

#[test]
fn nothing_is_recorded_where_there_are_no_rules() {
    for key in ["1", "0"] {
        Tester::hotline().keys(key).row_with("这个指标没有扣分规则，不用记");
    }
}

#[test]
fn grades_are_chosen_and_the_last_one_counts() {
    let tester = Tester::villages().keys("l1");
    tester.row_with("2 较好  12分");
    let tester = tester.keys("2");
    tester.row_with("党员教育：记 党员教育评定（较好）（期外），总分");
    let tester = tester.keys("11");
    tester.row_with("党员教育（15分）  得 15  自评");
    let tester = tester.keys("l1");
    tester.row_with("3.1 8分 庭院整洁");
    let tester = tester.keys("12");
    tester.row_with("3.1 已得 4.8 / 8");
}

#[test]
fn a_checklist_counts_each_item_once() {
    let tester = Tester::websites().keys("ll1");
    tester.row_with("2 通知公告  2分");
    let tester = tester.keys("21214");
    tester.row_with("共4个，缺1个扣2分，每季度各算各的，已扣 4");
}

#[test]
fn a_veto_asks_for_the_reason_and_waits_for_the_review() {
    let tester = Tester::websites().keys("2<enter>");
    tester.row_with("须写明理由");
    let tester = tester.keys("首页被改");
    tester.row_with("复核以后：总分记0分");
    let tester = tester.keys("<enter>");
    tester.row_with("记 网站被篡改（一票否决：总分…，总分待定  按 u 撤销");
    let tester = tester.keys("=<tab>");
    tester.row_with("否决待定：安全和表述“网站被篡改”还没有复核");
    let tester = tester.keys("<esc><space>");
    assert_eq!(tester.score("C1"), "0");
    tester.keys("=<tab>").row_with("网站被篡改：总分记0分");
}

#[test]
fn the_arithmetic_of_a_score_adds_up_on_the_screen() {
    let tester = Tester::year_2023().keys("111=");
    tester.row_with("1.主动公开信息（10分）：怎样算来");
    tester.row_with("-0.3 逾期未完成 0.1×3次");
    tester.row_with("9.7 得分（以上各行之和；未复核，暂计）");
    let tester = tester.keys("<tab>");
    tester.row_with("99.7 总分（以上各行之和；未复核完，暂计）");
    // From the 考核表 the whole unit is explained.
    tester.keys("<esc>e=").row_with("总分怎样算来");
}

/// A colleague fixes the year although nothing is reviewed.
fn fix(year: &mut OpenYear, now: Timestamp) {
    let local = jiff::civil::date(2023, 12, 29).at(17, 0, 0, 0);
    let fixed = year.finalise(true, |_, _| Vec::new(), local, now);
    assert!(fixed.is_ok(), "{fixed:?}");
}

#[test]
fn a_year_that_is_fixed_says_so_to_every_key_that_would_change_it() {
    for keys in ["1", "-", "<space>", "s", "a", "b", "u", "<c-r>", "2", "01"] {
        let tester = Tester::year_2023().keys("1").colleague(fix).keys(keys);
        tester.row_with("! 本年度已定稿（李四），不能改动");
        assert_eq!(tester.score("Q01"), "99.9", "{keys}");
    }
    let tester = Tester::year_2023().keys("1").colleague(fix).keys("j");
    tester.row_with("2023年政务公开考核  [区直] 乡镇    已定稿");
    let reopen = |year: &mut OpenYear, now| {
        assert!(year.record(Change::Reopen { reason: "漏记".to_owned() }, now).is_ok());
    };
    assert_eq!(tester.colleague(reopen).keys("k1").score("Q01"), "99.8");
}

#[test]
fn a_damaged_year_can_be_looked_at_and_says_so_to_every_key_that_would_change_it() {
    for keys in ["1", "-", "<space>", "s", "a", "b", "u", "<c-r>", "2", "01"] {
        let tester = Tester::year_2023().keys("1j1").with_journal_damaged("Q02", "Q92").keys(keys);
        let title = tester.row_with("有损坏，只读，请用 kaohe repair");
        assert!(title.contains("[区直] 乡镇"), "{title}");
        tester.row_with("! 没有记入：留痕有损坏，只读");
        assert_eq!(
            (tester.score("Q01"), tester.score("Q02")),
            ("99.9".to_owned(), "100".to_owned()),
            "{keys}"
        );
    }
    let tester = Tester::year_2023().keys("1j1").with_journal_damaged("Q02", "Q92").repaired().keys("g");
    assert!(!tester.screen().contains("有损坏"), "{}", tester.screen());
    assert_eq!(tester.keys("1").score("Q01"), "99.8");
}

#[test]
fn what_is_half_typed_stays_when_the_year_is_fixed_meanwhile() {
    let tester = Tester::year_2023().keys("20.5<tab>材料不全").colleague(fix).keys("<enter>");
    tester.row_with("材料不全");
    tester.row_with("本年度已定稿（李四）");
    assert_eq!(tester.score("Q01"), "100");
}

#[test]
fn what_is_marked_not_applicable_says_what_that_does_and_what_is_recorded_later() {
    let tester = check("11b", "怎样计：计满分。本格 2 条记录不再计分。").keys("无此职能<enter>");
    let tester = tester.keys("1");
    tester.row_with("扣 逾期未完成 1次，该指标不涉及，暂不计分  按 u 撤销");
    assert_eq!(tester.score("Q01"), "100");
    assert_eq!(tester.keys("b").score("Q01"), "99.7");
    // Nothing recorded, another treatment, and what lies outside of the whole.
    Tester::service_hall().keys("b").row_with("怎样计：按分值的 90% 计。");
    Tester::villages().keys("b").row_with("怎样计：分摊，分值摊给同一一级指标的其他");
    Tester::villages().keys("llllllb").row_with("怎样计：总分之外的，不计。");
}

#[test]
fn what_a_message_says_of_the_key_that_undoes_shows_whole() {
    let tester = check("ll2", "省级").keys("2<enter><enter><tab><tab><c-u>2022-06-01<enter>");
    // There is room for the total and for 按 u 撤销, not for the remark about the date.
    tester.row_with("已改为 发改局 政务新媒体：扣 通报批评（省级） 1次，总分 99.5  按 u 撤销");
    let tester = check("1<enter><enter><tab><c-u>2022-06-01<enter>", "1次（期外），总分 99.9  按 u 撤销");
    let tester = tester.sized(120, 40);
    tester.row_with("1次（日期不在考核期），总分 99.9  按 u 撤销");
    tester.sized(60, 16).row_with("…，总分 99.9  按 u 撤销");
    let tester = Tester::websites().keys("2首页被改，改成了别的内容，两小时以后才恢复正常<enter>");
    tester.sized(60, 16).row_with("，总分待定  按 u 撤销");
}

#[test]
fn a_date_without_a_year_is_one_of_the_period() {
    for (typed, shown) in
        [("12-31", "2023-12-31"), ("6月1日", "2023-06-01"), ("３/5", "2023-03-05"), ("6.1", "2023-06-01")]
    {
        check(&format!("1<enter><enter><tab>{typed}<enter>"), shown);
    }
    check("1<enter><enter><tab>2月30日<enter>", "“2月30日”不是日期");
    // A rubric without a period: this year.
    let tester = Tester::service_hall().keys("lll1<enter><enter>").keys("<tab><tab>1月5日<enter>");
    tester.row_with("2023-01-05");
}

#[test]
fn a_measured_value_may_carry_its_unit() {
    Tester::service_hall().keys("193.4%").row_with("照此扣 2 分（封顶和扣完为止另计）");
    Tester::service_hall().keys("ll19篇").row_with("照此扣 3 分（几条以最后一条为准；封顶和扣完为止另计）");
    Tester::service_hall().keys("l188").row_with("（几条取平均；");
    Tester::college().keys("19 项<tab>１０项").row_with("照此得 90 分");
    Tester::college().keys("llllll13‰<enter>").row_with("投诉率排名 3‰");
}

#[test]
fn fields_are_called_what_the_rule_calls_them() {
    Tester::villages().keys("l12<enter><enter>").row_with("> 等级");
    Tester::websites().keys("ll11<enter><enter>").row_with("> 缺项");
    check("ll22<enter><enter>", "> 档次");
    Tester::websites().keys("s").keys("<bs>").row_with("-20 到 20；空着就是清除");
    check("2<tab><bs>", "必填：写明理由");
}

#[test]
fn the_footer_offers_what_is_possible_now() {
    let row = check("1<enter>", "回车 修改").row_with("x 撤回");
    assert!(!row.contains("恢复"), "{row}");
    let row = check("1-<enter>", "x 恢复").row_with("x 恢复");
    assert!(!row.contains("修改"), "{row}");
    let row = check("<enter>", "没有扣分记录").row_with("Esc 返回");
    assert!(!row.contains("修改") && !row.contains("撤回"), "{row}");
    check("=", "Tab 全部指标").keys("<tab>").row_with("Tab 本指标");
    let row = check("e=", "总分怎样算来").row_with("Esc 返回");
    assert!(!row.contains("Tab"), "{row}");
    let wide = Tester::year_2023().sized(120, 40);
    wide.row_with("Tab 换类");
    wide.keys("e").row_with("Tab 换类");
    for keys in ["", "e", "?"] {
        let screen = Tester::villages().keys(keys).screen();
        assert!(!screen.contains("换类") && !screen.contains("乡镇"), "{screen}");
    }
}

#[test]
fn the_pane_says_what_the_cells_do_not_show() {
    // Weights, a place that is not decided, and why.
    Tester::college().row_with("（100分，权重 70%×60%）");
    Tester::college().keys("lll").row_with("（30分，权重 40%）");
    let tester = Tester::college().sized(120, 40).keys("llllll13<enter>");
    tester.row_with("，名次待定）");
    tester.row_with("满意度排名 名次待定：还要填数值或复核");
    // Total and cell are two things: another cell of the unit tells why the total waits.
    tester.keys("hh").row_with("满意度排名 名次待定");
    // A veto takes from the total what no cell shows.
    let tester = Tester::websites().keys("2首页被改<enter><space>l");
    tester.row_with("总分另有：网站被篡改：总分记0分 -");
    // A rule that counts by itself.
    Tester::service_hall().sized(120, 40).keys("lll").row_with("不计分）（自动数，一般不用另记）");
}

#[test]
fn caps_per_stretch_of_time_and_over_indicators_say_what_they_leave() {
    let tester = Tester::service_hall().keys("lll11");
    tester.row_with("1 每月上限 3：已扣 1");
    tester.keys("1111111").row_with("1 每月上限 3：应扣 4.5，实扣 3");
    let tester = Tester::streets().keys("lll21l31");
    tester.row_with("跨指标：信访通报、安全通报 每季度合计最多扣 3，超出部分退回 +1");
}

#[test]
fn an_indicator_of_no_concern_shows_no_points() {
    let tester = Tester::college().keys("llll");
    let row = tester.row_with("5 办文办会（30分");
    assert!(row.ends_with("不考核这个单位（按标签）") && !row.contains("得 "), "{row}");
    let tester = tester.sized(120, 40).keys("e");
    let row = tester.row_with("5.办文办会");
    assert!(row.ends_with(" /") && !row.contains("30/"), "{row}");
}

#[test]
fn a_grade_of_what_is_not_reviewed_is_provisional() {
    let tester = Tester::villages().keys("llll150<enter><space>j140<enter><space>k=<tab><end>");
    tester.row_with("等次：后进村（暂计）");
    let tester = tester.keys("<esc>rp");
    tester.row_with("扣分   等次");
    tester.row_with("几/几=复核进度");
    let tester = tester.keys("<esc><esc>a=<tab><end>");
    let row = tester.row_with("等次：后进村");
    assert!(!row.contains("暂计"), "{row}");
}

#[test]
fn who_is_out_of_the_ranking_is_marked_beside_the_total() {
    let tester = Tester::streets().keys("llll5瞒报<enter>k");
    tester.row_with("待定=要等别的单位或复核");
    let tester = tester.keys("<space>");
    tester.row_with("待定x  -    1/8");
    let tester = tester.keys("k");
    tester.row_with("x=取消资格");
    assert!(tester.keys("r").screen().contains("取消资格"));
}

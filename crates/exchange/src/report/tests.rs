//! Reports of small years.

use jiff::civil::Date;
use kaohe_core::{Grade, Ledger, RankOptions, Rubric, Settings};

use super::*;
use crate::docx::tests::{check_well_formed, part, text_of};
use crate::sample::{import, ledger, ledger_with, review, roster, rubrics};

const DAY: Date = Date::constant(2023, 12, 31);

fn input(ledger: &Ledger) -> ReportIn<'_> {
    ReportIn {
        ledger,
        year: 2023,
        name: "2023年政务公开考核",
        mark: "",
        before: None,
        options: RankOptions::default(),
        made_on: DAY,
        title: None,
        office: None,
        addressees: None,
    }
}

/// 区教育局 loses 2.5, 区财政局 0.1; of the townships one loses an indicator, and the other is not reviewed.
fn sample() -> Ledger {
    let mut ledger = ledger_with(
        "a01,3,,incident,,2,,\na01,1,,late,,5,,\na02,1,,late,,1,,\nb01,3,,unmet,,,,\nb02,1,,late,,4,,",
    );
    review(&mut ledger, 2, &[0, 1, 2]);
    ledger
}

/// Returns the lines of the circular, those between these two left out.
#[track_caller]
fn circular_of(input: &ReportIn<'_>) -> Vec<String> {
    let bytes = circular(&report_facts(input));
    assert_eq!(bytes, circular(&report_facts(input)), "the same facts make the same bytes");
    check_well_formed(&part(&bytes, "word/document.xml"));
    text_of(&bytes)
}

#[track_caller]
fn page_of(input: &ReportIn<'_>) -> String {
    let html = page(&report_facts(input));
    check_well_formed(&html);
    for foreign in ["<script", "http", "src=", "href=", "url("] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    assert!(html.contains("<html lang=\"zh-CN\">") && html.contains("name=\"viewport\""));
    assert_eq!(html.matches("<svg ").count(), html.matches("role=\"img\"").count());
    html
}

#[test]
fn circular_has_every_figure() {
    let ledger = sample();
    assert_eq!(
        circular_of(&input(&ledger)),
        [
            "关于2023年政务公开考核情况的通报",
            "各镇、南湾湖办事处、区直和驻区各单位、区大发集团：",
            "根据《区直考核细则》、《乡镇考核细则》（大政公办发〔2023〕4号），对4个单位进行了考核。现将考核情况通报如下：",
            "一、总体情况",
            "纳入考核的单位共4个，其中区直2个、乡镇2个；复核完毕3个，未复核完1个。考核期限为2023年1月1日至2023年12月31日。",
            "区直单位满分34分，2个单位参加排名。平均分32.7分，中位数32.7分；最高分33.9分（区财政局（国资办）），最低分31.5分（区教育局），相差2.4分。",
            "乡镇单位满分60分，2个单位中1个参加排名，得分为40分（河坝镇）。",
            "各类共有指标的失分率为：主动公开信息（区直3%、乡镇0%）、政务新媒体（区直10%、乡镇0%）、依申请公开（区直0%、乡镇100%）。",
            "二、排名情况",
            "（一）区直单位",
            "区直单位考核排名（满分34分）",
            "名次|单位|得分|扣分|得分率",
            "1|区财政局（国资办）|33.9|0.1|99.7%",
            "2|区教育局|31.5|2.5|92.6%",
            "（二）乡镇单位",
            "乡镇单位考核排名（满分60分）",
            "名次|单位|得分|扣分|得分率",
            "1|河坝镇|40|20|66.7%",
            "未复核、不排名的乡镇单位1个：北洲子镇（已复核0/3）。",
            "三、存在的主要问题",
            "（一）区直单位",
            "参加排名的2个区直单位合计失分2.6分，失分较多的是：政务新媒体“严重问题”（2次，涉及1个单位，失分2分）；主动公开信息“逾期未完成”（6次，涉及2个单位，失分0.6分）。",
            "区直单位失分情况",
            "序号|指标|问题|细则条款|次数|单位数|失分",
            "1|3 政务新媒体|严重问题|每次扣1分|2|1|2",
            "2|1 主动公开信息|逾期未完成|每逾期1次扣0.1分|6|2|0.6",
            "（二）乡镇单位",
            "参加排名的1个乡镇单位合计失分20分，失分在于：依申请公开“未按要求”（1次，涉及1个单位，失分20分）。",
            "乡镇单位失分情况",
            "序号|指标|问题|细则条款|次数|单位数|失分",
            "1|3 依申请公开|未按要求|未按要求不计分|1|1|20",
            "四、下一步工作要求",
            prose::REQUIREMENTS,
            "",
            "益阳市大通湖区政务公开领导小组办公室",
            "2023年12月31日",
        ]
    );
}

#[test]
fn unreviewed_units_are_ranked_only_where_asked_and_then_marked() {
    let ledger = sample();
    let provisional = ReportIn { options: RankOptions { provisional: true }, ..input(&ledger) };
    let lines = circular_of(&provisional);
    assert!(lines[0].starts_with("〔暂计〕有 1 个单位还没有复核完"), "{}", lines[0]);
    assert!(lines.contains(&"乡镇单位考核排名（暂计）（满分60分）".to_owned()));
    assert!(lines.contains(&"1|北洲子镇|59.6|0.4|99.3%|未复核，暂计".to_owned()));
    assert!(lines.iter().all(|it| !it.contains("不排名")));
    let html = page_of(&provisional);
    assert!(html.contains("class=\"remark\"") && html.contains("class=\"c1 pending\""));
}

#[test]
fn nobody_reviewed_is_no_figure_at_all() {
    let ledger = ledger_with("a01,1,,late,,3,,");
    let lines = circular_of(&input(&ledger));
    let has = |part: &str| assert!(lines.iter().any(|it| it.contains(part)), "{part}\n{lines:#?}");
    has("2个单位都还没有可以排名的得分，不计平均分、中位数和最高、最低分");
    has("未复核、不排名的区直单位2个：区教育局（已复核0/4）、区财政局（国资办）（已复核0/4）。");
    has("区直没有参加排名的单位，不统计失分。");
    assert!(lines.iter().all(|it| !it.contains('|')), "a table of nobody");
    let html = page_of(&input(&ledger));
    assert!(!html.contains("<svg") && html.contains("还没有可以排名的得分"));
}

#[test]
fn equal_scores_are_said_once_and_share_the_place() {
    let mut ledger = ledger_with("");
    review(&mut ledger, 2, &[0, 1, 2, 3]);
    let lines = circular_of(&input(&ledger));
    let has = |part: &str| assert!(lines.iter().any(|it| it.contains(part)), "{part}\n{lines:#?}");
    has("全部复核完毕");
    has("区直单位满分34分，2个单位参加排名，得分都是34分（区教育局、区财政局（国资办））。");
    has("1（并列）|区教育局|34|0|100%");
    has("参加排名的2个区直单位没有失分。");
    assert!(page_of(&input(&ledger)).contains("<svg"));
}

#[test]
fn last_year_is_compared_by_points_or_by_rates() {
    let mut before = ledger_with("a01,1,,late,,1,,\na02,1,,late,,2,,\nb01,1,,late,,5,,");
    review(&mut before, 2, &[0, 1, 2, 3]);
    let mut now = sample();
    review(&mut now, 3, &[3]);
    let lines = circular_of(&ReportIn { before: Some((2022, &before)), ..input(&now) });
    let has = |part: &str| assert!(lines.iter().any(|it| it.contains(part)), "{part}\n{lines:#?}");
    has("四、与上年相比");
    has(
        "区直平均分由2022年的33.85分变为32.7分，下降1.15分。两年都有名次的单位2个，名次上升1个、下降1个、不变0个；\
         上升最多的是区财政局（国资办）（1位）；下降最多的是区教育局（1位）。",
    );
    has("名次|单位|得分|扣分|得分率|上年名次");
    has("1|区财政局（国资办）|33.9|0.1|99.7%|2");

    let mut other = rubrics();
    other[0].points = "44".parse().unwrap();
    other.remove(1);
    let mut units = roster();
    units.units.retain(|it| it.track.as_str() == "区直");
    units.units[1].name = "区粮食局".to_owned();
    units.units[1].id = "a09".into();
    let mut before = Ledger::new(other, units, Settings::default()).unwrap();
    review(&mut before, 1, &[0, 1]);
    let lines = circular_of(&ReportIn { before: Some((2022, &before)), ..input(&now) });
    let has = |part: &str| assert!(lines.iter().any(|it| it.contains(part)), "{part}\n{lines:#?}");
    has("区直平均得分率由2022年的");
    has("新纳入的单位1个：区财政局（国资办）。不再纳入的单位1个：区粮食局。");
    has("2022年没有乡镇这一类别，不作比较。");
}

/// A class of one unit whose names have markup in them, with grades, a veto and a weight.
fn odd() -> Ledger {
    let mut rubric: Rubric = rubrics().remove(0);
    rubric.source = "某办发〔2023〕1号".to_owned();
    rubric.title = "A&B<细则>".to_owned();
    let grade =
        |name: &str, from: &str| Grade { name: name.to_owned(), from: from.parse().unwrap(), to: None };
    rubric.grades = vec![grade("优秀", "30"), grade("良好", "20")];
    rubric.sections[0].indicators[0].rules[0].text = "每次<扣>\"0.1\"分&".to_owned();
    let mut units = roster();
    units.units.retain(|it| it.id.as_str() == "a01");
    units.units[0].name = "<b>教育\"局&".to_owned();
    let mut ledger = Ledger::new(vec![rubric], units, Settings::default()).unwrap();
    import(&mut ledger, 1, "a01,1,,late,,50,,\na01,1,,late,,55,,\na01,3,,incident,,1,,");
    review(&mut ledger, 2, &[0]);
    ledger
}

#[test]
fn grades_are_listed_and_names_cannot_become_markup() {
    let ledger = odd();
    let lines = circular_of(&ReportIn { title: Some("标题<&>"), mark: "示例", ..input(&ledger) });
    let has = |part: &str| assert!(lines.iter().any(|it| it.contains(part)), "{part}\n{lines:#?}");
    has("〔示例〕本稿由标为“示例”的数据生成，不是真实的考核结果。");
    has("标题<&>");
    has("〔主送单位〕：");
    has("〔发文机关〕");
    has("名次|单位|得分|扣分|得分率|等次");
    has("1|<b>教育\"局&|23|11|67.6%|良好");
    has("优秀（30分及以上）：没有单位。");
    has("良好（20分及以上）1个：<b>教育\"局&。");
    has("1|1 主动公开信息|逾期未完成|每次<扣>\"0.1\"分&|105|1|10");
    let html = page_of(&ReportIn { title: Some("标题<&>"), ..input(&ledger) });
    assert!(html.contains("<h1>标题&lt;&amp;&gt;</h1>") && html.contains("&lt;b&gt;教育&quot;局&amp;"));
    assert!(!html.contains("<b>"));
}

#[test]
fn page_says_everything_in_tables_and_draws_it() {
    let ledger = sample();
    let html = page_of(&input(&ledger));
    for part in [
        "<dt>平均分</dt>\n<dd>32.7</dd>",
        "<dd>33.9（区财政局（国资办））</dd>",
        "<th scope=\"row\" class=\"name\">区教育局</th>\n<td class=\"n\">31.5</td>",
        "<td class=\"n\">76.9%</td>\n<td class=\"wide\">每次扣1分</td>",
        "未复核、不排名的乡镇单位1个：北洲子镇（已复核0/3）。",
        "依据：《区直考核细则》（大政公办发〔2023〕4号）",
        "2023年12月31日",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    // Two distributions, what is shared, two rankings and two of costly rules.
    assert_eq!(html.matches("<svg ").count(), 7);
    let with_shared_office =
        ReportIn { office: Some("区政务公开办"), addressees: Some("各单位："), ..input(&ledger) };
    let facts = report_facts(&with_shared_office);
    assert_eq!(
        (facts.office.as_deref(), facts.addressees.as_deref()),
        (Some("区政务公开办"), Some("各单位"))
    );
}

#[test]
fn years_without_records_have_a_report() {
    let ledger = ledger();
    assert!(circular_of(&input(&ledger)).len() > 10);
    assert!(page_of(&input(&ledger)).contains("未复核完4个"));
}

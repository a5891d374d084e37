//! The example rubrics, each scored for a small class and compared with what was computed by hand.
//!
//! [`class`] turns a few lines into a scored class; [`page`] holds docs/rubric-format.md to its word; [`language`] sees
//! that the examples leave nothing of the rubric language out.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod class;
mod fragment;
mod language;
mod page;

use kaohe_core::{Events, NotApplicable, Rubric, Settings, Ties};

use class::{check, faultless};

const EXAMPLES: [(&str, &str); 7] = [
    ("college", include_str!("../../../../rubrics/examples/college.ron")),
    ("hotline", include_str!("../../../../rubrics/examples/hotline.ron")),
    ("river-chief", include_str!("../../../../rubrics/examples/river-chief.ron")),
    ("safety", include_str!("../../../../rubrics/examples/safety.ron")),
    ("service-hall", include_str!("../../../../rubrics/examples/service-hall.ron")),
    ("village-year", include_str!("../../../../rubrics/examples/village-year.ron")),
    ("website", include_str!("../../../../rubrics/examples/website.ron")),
];

/// Reads an example; there must be nothing to remark.
#[track_caller]
fn example(name: &str) -> Rubric {
    let (_, text) = EXAMPLES.iter().find(|it| it.0 == name).unwrap();
    let rubric = faultless(name, text);
    assert_eq!(rubric.id.as_str(), name);
    rubric
}

#[test]
fn every_example_is_without_faults_and_quotes_its_method() {
    for (name, _) in EXAMPLES {
        let rubric = example(name);
        let n_rules = rubric.indicators().map(|it| it.rules.len()).sum::<usize>();
        assert!((8..=25).contains(&n_rules), "{name}: {n_rules}");
        for indicator in rubric.indicators() {
            let texts =
                indicator.rules.iter().map(|it| &it.text).chain(indicator.caps.iter().map(|it| &it.text));
            for text in texts {
                assert!(indicator.method.contains(text.as_str()), "{name} {}: {text}", indicator.id);
            }
        }
    }
}

#[test]
fn service_hall() {
    // 甲：办结率 93.4，比 98 低 4.6，整 4 个百分点，扣 2，得 18。
    //   四个季度 88、75、95、65 扣 2、5、0、10，平均 17÷4＝4.25，得 15.75。
    //   6月、12月各报一次，以后一次为准：12月30日先报 7 篇、同日改报 9 篇，少 3 篇扣 3，得 17。
    //   二月空岗 5 次 2.5、加倍一次 1，合计 3.5，当月最多 3；三月 0.5；吃拿卡要一次 4；着装两次 0.4；
    //   得 20−3−0.5−4−0.4＝12.1。
    //   超期 7 日，不足 3 日按 3 日计，3 档扣 3；另一件 3 日 1 分减半扣 0.5；得 16.5。合计 79.35。
    // 乙：吃拿卡要两次，纪律 0 分；超期不涉及，按 90% 得 18。20+20+20+0+18＝78。
    // 丙：80 比 98 低 18，扣 9，得 11；满意率 60 扣 10，得 10；报 11 篇扣 1，得 19；吃拿卡要一次 2，
    //   免扣的一次不算次数，得 18；11+10+19+18+20＝78。
    // 乙、丙同分，先比满意度：20 比 10 高，乙在前。
    check(
        &example("service-hall"),
        Settings::default(),
        "甲: completion/below ~93.4, satisfaction/low ~88, satisfaction/low ~75, satisfaction/low ~95,
             satisfaction/low ~65, reports/few ~3 @06-30, reports/few ~7 @12-30, reports/few ~9 @12-30,
             discipline/absent x5 @02-05, discipline/absent *加倍 @02-20, discipline/absent @03-01, discipline/graft =4,
             discipline/manners x2, overdue/days ~7, overdue/days ~3 *减半
         乙: discipline/graft =2, discipline/graft =3, -overdue
         丙: completion/below ~80, satisfaction/low ~60, reports/few ~11, discipline/graft =2,
             discipline/graft =3 *免扣",
        "甲: 18 15.75 17 12.1 16.5 = 79.35 第1
         乙: 20 20 20 0 18 = 78 第2
         丙: 11 10 19 18 20 = 78 第3",
    );
}

#[test]
fn service_hall_what_is_good_enough_costs_nothing_and_nothing_falls_below_zero() {
    // 乙：58 个百分点扣 29，扣完为止；12 篇全少扣 12；7 日超期免扣。
    check(
        &example("service-hall"),
        Settings::default(),
        "甲: completion/below ~98, satisfaction/low ~90, reports/few ~30, overdue/days ~0
         乙: completion/below ~40, reports/few ~0, overdue/days ~7 *免扣",
        "甲: 20 20 20 20 20 = 100 第1
         乙: 0 20 8 20 20 = 68 第2",
    );
}

const RIVERS: &str = "
    甲 [沿湖]: patrol/missed @01-03, patrol/missed @01-10, patrol/missed @01-15, patrol/log #记录不全 x2,
        rectify/done ~18/20, rectify/late, water/class #Ⅲ类 @03-31, water/class #Ⅱ类及以上 @06-30,
        water/class #Ⅲ类 @09-30, water/class #Ⅳ类 @12-31, trash/area ~20, lake/rank ~95, extra/praise #市级
    乙 [沿湖]: rectify/done ~5/5, water/class #Ⅲ类, water/pollution, lake/rank ~90, extra/blame #省级 x4
    丙 [沿湖]: -water, lake/rank ~80
    丁: rectify/done ~10/10, water/class #Ⅱ类及以上, water/national, trash/area ~4.9, inspection/score ~19 @02-20,
        inspection/score ~18 @04-10, inspection/score ~20 @06-01, inspection/score ~17.5 @08-15,
        inspection/score ~18 @10-30, extra/blame #省级";

#[test]
fn river_chief() {
    // 甲：少巡三次，1月3日、10日同在一个两周，扣 1，15日另扣 1；日志 2×0.5＝1；得 57。
    //   整改 40×18÷20＝36，逾期一件扣 2，得 34。水质 (80+100+80+50)÷4＝77.5。漂浮物 20 平方米扣 15，得 85。
    //   清退率 95、90、80 中第 1，得 100。市级表扬加 1。
    //   (57+34)×40%＝36.4；(77.5×60%＋85×40%)×40%＝(46.5+34)×40%＝32.2；100×20%＝20；36.4+32.2+20＝88.6；＋1＝89.6，良好。
    // 乙：(60+40)×40%＝40；(80×60%＋100×40%)×40%＝88×40%＝35.2；第 2 名 75×20%＝15；基础 90.2。
    //   省级批评 4 次扣 12，最多扣 10：80.2；重大水污染扣 20：60.2，合格。
    // 丙：(60+0)×40%＝24；水质不涉及，(100×40%)×40%＝16；最后 1 名 25×20%＝5；合计 45。水质占 100×60%×40%＝24，
    //   其余占 100−24＝76：45×100÷76＝59.2105…，取 59.21，不合格。
    // 丁：40；(60+40)×40%＝40；暗访 19+18+20+17.5+18＝92.5，92.5×20%＝18.5；98.5−3＝95.5；国考断面不达标，不高于 60，合格。
    check(
        &example("river-chief"),
        Settings::default(),
        RIVERS,
        "甲: 57 34 77.5 85 100 · 1 = 89.6 良好 第1
         乙: 60 40 80 100 75 · -10 = 60.2 合格 第2
         丙: 60 0 · 100 25 · 0 = 59.21 不合格 第4
         丁: 60 40 100 100 · 92.5 -3 = 60 合格 第3",
    );
}

#[test]
fn river_chief_while_values_are_missing_or_vetoes_are_not_reviewed() {
    // 丙的清退率还没有：三个沿湖乡镇的名次都待定。丁的否决没有复核：不生效，总分待定；它自己的指标照算。
    let class = RIVERS.replace(", lake/rank ~80", "").replace("water/national,", "water/national, ?water,");
    check(
        &example("river-chief"),
        Settings::default(),
        &class,
        "甲: 57 34 77.5 85 ? · 1 = 待定 不排
         乙: 60 40 80 100 ? · -10 = 待定 不排
         丙: 60 0 · 100 ? · 0 = 待定 不排
         丁: 60 40 100 100 · 92.5 -3 = 待定 不排",
    );
    // 有数值、没有复核，也是待定；河道暗访不按名次，丁照排。
    let class = RIVERS.replace("-water, lake/rank ~80", "-water, lake/rank ~80, ?lake");
    check(
        &example("river-chief"),
        Settings::default(),
        &class,
        "甲: 57 34 77.5 85 ? · 1 = 待定 不排
         乙: 60 40 80 100 ? · -10 = 待定 不排
         丙: 60 0 · 100 ? · 0 = 待定 不排
         丁: 60 40 100 100 · 92.5 -3 = 60 合格 第1",
    );
}

#[test]
fn village_year() {
    // 甲：支部大会少 5 次 10 分，只有 8 分，得 0；主题党日少 1 次，得 5；共 5。党员教育以后一次为准，15。
    //   庭院评过好和中，取低，8×60%＝4.8；道路 7；公厕 0；共 11.8。调解 24 件 12，最多 10；
    //   成功率 10×90÷95＝9.473684；共 19.473684。收入 50 并列第 1，20。财务 10−3+1＝8。
    //   荣誉取最高 3；上半年推广 3 次最多 2，下半年 1；共 6。基础 5+15+11.8+19.473684+20+8＝79.273684，
    //   不到 80，不予加分；合格村。
    // 乙：调解不涉及，20 分摊给同一级指标的人居环境：20×(20+20)÷20＝40。补公开不能超过 10。
    //   基础 30+40+30＝100；加 5+2+2＝9，109，最多 105；本是先进村，资金被挪用，良好村。
    // 丙：主题党日弄虚作假得 0，支部大会 8；15；20；10+10；第 3 名 20−2×2＝16；10；基础 89；加 1，90，
    //   本是先进村，立案，合格村。
    check(
        &example("village-year"),
        Settings::default(),
        "甲: meetings:1/missed x5, meetings:2/missed, education/grade #较好 @06-30, education/grade #好 @12-20,
             environment:1/grade #好 @06-30, environment:1/grade #中 @12-20, environment:2/grade #好,
             environment:3/grade #差, disputes/settled x24, disputes/rate ~90, income/rank ~50, accounts/missing x3,
             accounts/made-up x2, honours/honour #县级, honours/honour #市级, honours/spread x3 @03-01,
             honours/spread @07-01
         乙: education/grade #好, environment:1/grade #好, environment:2/grade #好, environment:3/grade #好, -disputes,
             income/rank ~50, accounts/made-up, accounts/misuse, honours/honour #省级, honours/spread x2 @01-01,
             honours/spread x2 @12-01
         丙: meetings:2/fake, education/grade #好, environment:1/grade #好, environment:2/grade #好,
             environment:3/grade #好, disputes/settled x20, disputes/rate ~97, income/rank ~30, accounts/filed,
             honours/honour #县级",
        "甲: 5 15 11.8 19.473684 20 8 6 = 79.273684 合格村 第3
         乙: 15 15 20 · 20 10 9 = 105 良好村 第1
         丙: 8 15 20 20 16 10 1 = 90 合格村 第2",
    );
}

#[test]
fn village_year_where_a_whole_section_is_not_concerned() {
    // 乡村治理两个指标都不涉及，没有可分摊的，40 分由其余的折算：(30+20+7)×100÷60＝95。
    check(
        &example("village-year"),
        Settings::default(),
        "甲: education/grade #好, -environment, -disputes, income/rank ~1, accounts/missing x3",
        "甲: 15 15 · · 20 7 0 = 95 先进村 第1",
    );
}

#[test]
fn safety() {
    // 甲：无方案 0；研究 2 次少 2 次，3；知晓率 94.5 扣 0.5×0.3＝0.15，但方案不满 5 分，宣传 0。
    //   上访 3+2×1＝5；一季度通报：信访 2 先记，安全 2 后记，合计最多 3，后者只扣 1；二季度安全通报 1。
    //   信访 25−5−2＝18。隐患 3 处 6，一季度只有 2 处；安全 25−6−1−1＝17。万人 20 起扣 6，14。
    //   安全感 88、92、95、90、90，五个的后 30% 是 1 个：甲扣 4，6。0+3+0+18+17+14+6＝58。
    // 乙：二季度隐患 3 处（加倍的一条算 2 处，扣 8；另一条扣 2），风险防控 0；20+0+30＝50。
    // 丙：同一事项：到市上访 1、市级通报 2，只扣 2，安全 23；98 加 6，104，最多 103。
    // 丁：瞒报，取消资格，不排。戊：否决不参加就高，进京上访照扣 3（22）；总分 0。
    check(
        &example("safety"),
        Settings::default(),
        "甲: plan/none, study/few ~2, awareness/below ~94.5, petition/visit #进京, petition/visit #到市 x2,
             petition/notice #市级 @02-10, hazard/overdue x2 @02-01, hazard/notice #市级 @03-01,
             hazard/notice #区级 @04-02, hazard/overdue @04-01, crime/rate ~20, sense/rank ~88
         乙: study/few ~4, awareness/below ~95, hazard/overdue x2 *加倍 @05-01, hazard/overdue @06-30, crime/rate ~9.9,
             sense/rank ~92
         丙: petition/visit #到市 !上访, hazard/notice #市级 !上访, sense/rank ~95, bonus/model #省级 x2
         丁: hazard/hidden, sense/rank ~90
         戊: hazard/deaths !事故, petition/visit #进京 !事故, sense/rank ~90",
        "甲: 0 3 0 18 17 14 6 0 = 58 第2
         乙: 5 5 10 25 15 20 10 0 = 50 第3
         丙: 5 5 10 25 23 20 10 6 = 103 第1
         丁: 5 5 10 25 25 20 10 0 = 100 不排
         戊: 5 5 10 22 25 20 10 0 = 0 第4",
    );
}

const OFFICES: &str = "
    甲 [教学]: tasks/done ~9/12, tasks/unreported x2, budget/below ~82, review/score ~4.5 @06-20,
        review/score ~4.2 @12-20, teaching/accident x2 @03-01, teaching/accident @04-01, teaching/accident @09-01,
        satisfaction/rank ~0.5
    乙: tasks/done ~10/10, -budget, review/score ~4, office/error x3, office/quality =2, satisfaction/rank ~1.2
    丙 [涉密]: tasks/done ~3/4, review/score ~5, secrecy/breach x3, satisfaction/rank ~0.8
    丁: satisfaction/rank ~2
    戊 [新设]: tasks/done ~2/2, budget/below ~90, review/score ~4.8";

#[test]
fn college() {
    // 投诉率 0.5、1.2、0.8、2（戊新设，不参加），四个：甲第 1，100≤30×4，4 分；丙第 2，200≤60×4，2 分；乙、丁 0。
    // 甲：任务 100×9÷12−2＝73；执行率低 13，整 2 个 5，扣 8，92；评议 (45+42)÷2＝43.5；
    //   上半年教学事故一条 10、一条 5，扣重的 10，下半年 5，得 15；不是涉密部门，保密满 20。
    //   (73×70%＋92×30%)×60%＝(51.1+27.6)×60%＝47.22；(43.5+15+20)×40%＝31.4；78.62＋4×50%＝80.62。
    // 乙：预算不涉及，取其余的平均 (92+100+100+96)÷4＝97。(70+29.1)×60%＝59.46；(40+30−3−2+20)×40%＝34；93.46。
    // 丙：(52.5+30)×60%＝49.5；保密 3 次，0；(50+30+0)×40%＝32；81.5＋2×50%＝82.5。
    // 丁：(0+30)×60%＝18；(0+30+20)×40%＝20；38。
    // 戊：执行率低 5，扣 4，96；(70+28.8)×60%＝59.28；(48+30+20)×40%＝39.2；98.48。
    // 保留两位小数：这里都不用舍。
    check(
        &example("college"),
        Settings::default(),
        OFFICES,
        "甲: 73 92 43.5 15 · 20 4 = 80.62 第4
         乙: 100 97 40 · 25 20 0 = 93.46 第2
         丙: 75 100 50 · 30 0 2 = 82.5 第3
         丁: 0 100 0 · 30 20 0 = 38 第5
         戊: 100 96 48 · 30 20 · = 98.48 第1",
    );
}

#[test]
fn college_rounds_each_score_and_the_total() {
    // 甲：任务 100×1÷3＝33.333333，取 33.33；(33.33×70%＋100×30%)×60%＝(23.331+30)×60%＝31.9986；
    //   (0+30+20)×40%＝20；合计 51.9986，取 52。
    check(
        &example("college"),
        Settings::default(),
        "甲 [新设]: tasks/done ~1/3",
        "甲: 33.33 100 0 · 30 20 · = 52 第1",
    );
}

#[test]
fn college_while_others_are_not_reviewed() {
    // 丁的预算没有复核：乙的平均待定；丁自己只是暂计。
    check(
        &example("college"),
        Settings::default(),
        &OFFICES.replace("丁: ", "丁: ?budget, "),
        "甲: 73 92 43.5 15 · 20 4 = 80.62 第3
         乙: 100 ? 40 · 25 20 0 = 待定 不排
         丙: 75 100 50 · 30 0 2 = 82.5 第2
         丁: 0 100 0 · 30 20 0 = 38 不排
         戊: 100 96 48 · 30 20 · = 98.48 第1",
    );
    // 谁都不涉及预算：没有可平均的。
    check(
        &example("college"),
        Settings::default(),
        "甲 [新设]: -budget
         乙 [新设]: -budget",
        "甲: 0 ? 0 · 30 20 · = 待定 不排
         乙: 0 ? 0 · 30 20 · = 待定 不排",
    );
}

const SITES: &str = "
    甲: security/wording x6, access/down ~2.25, access/down ~1.5, access/link x12, columns/stale #动态要闻 @01-10,
        columns/stale #动态要闻 @02-10, columns/stale #动态要闻 @04-10, columns/stale #政策文件 @01-11,
        columns/few ~45/50, interaction/unanswered x2, interaction/poor =1.5, interaction/good =2, scan/score ~95,
        scan/score ~88, scan/slow ~6
    乙: interaction/unanswered x3, interaction/unanswered x2, interaction/good =2, scan/score ~100
    丙: security/hacked
    丁: -columns, scan/score ~90";

const HOTLINE: &str = "
    甲: volume/cases ~400, volume/articles x4, speed/days ~3, speed/late x5, satisfaction/below ~96, repeat/more ~8/10,
        repeat/fewer ~8/10, repeat/returned x3
    乙: volume/cases ~250, speed/days ~4.5, satisfaction/below ~99 @06-30, satisfaction/below ~90.5 @12-30,
        repeat/more ~7/3
    丙: volume/cases ~0, speed/days ~9, satisfaction/below ~92.3, satisfaction/fake, repeat/more ~1/0, veto/hidden
    丁: -volume, speed/days ~6, satisfaction/below ~88, veto/storm";

#[test]
fn hotline() {
    // 基础工作没有扣分办法，都是 20。
    // 办件量：第 1 名 400 件。甲 10+4×0.5＝12；乙 10×250÷400＝6.25；丙 0；丁不涉及。
    // 办理时长：最短 3 日。甲 20−5×0.2＝19；乙 20×3÷4.5＝13.333333；丙 20×3÷9＝6.666667；丁 20×3÷6＝10。
    // 满意率：乙以 12 月的为准，平均 (96+90.5+92.3+88)÷4＝91.7。甲、丙不低；乙低 1.2，扣 0.6，24.4；
    //   丁低 3.7，扣 1.85，23.15；丙弄虚作假，0。
    // 重复投诉：甲比上年少 2 件，补 1，退单 3 件扣 1.5，19.5；乙多 4 件，16；丙上年没有，今年 1 件，19。
    // 甲 20+12+19+25+19.5＝95.5；乙 20+6.25+13.333333+24.4+16＝79.983333；
    // 丙 20+0+6.666667+0+19＝45.666667，瞒报，不排；
    // 丁 20+10+23.15+20＝73.15，办件量 15 分折算，73.15×100÷85＝86.06；重大舆情，60。
    check(
        &example("hotline"),
        Settings::default(),
        HOTLINE,
        "甲: 20 12 19 25 19.5 0 = 95.5 第1
         乙: 20 6.25 13.333333 24.4 16 0 = 79.983333 第2
         丙: 20 0 6.666667 0 19 0 = 45.666667 不排
         丁: 20 · 10 23.15 20 0 = 60 第3",
    );
}

#[test]
fn hotline_while_values_of_others_are_missing() {
    // 丁没有满意率，丙的办件量没有复核：谁的平均数、第 1 名都还不知道；丁不涉及办件量，照算。
    let class = HOTLINE.replace(", satisfaction/below ~88", "").replace("丙: ", "丙: ?volume, ");
    check(
        &example("hotline"),
        Settings::default(),
        &class,
        "甲: 20 ? 19 ? 19.5 0 = 待定 不排
         乙: 20 ? 13.333333 ? 16 0 = 待定 不排
         丙: 20 ? 6.666667 ? 19 0 = 待定 不排
         丁: 20 · 10 ? 20 0 = 待定 不排",
    );
}

#[test]
fn website() {
    // 甲：表述错误 6 处 48，20−48＝−28，最低 −20。打不开超 1.25 扣 2.5、超 0.5 扣 1，取重的 2.5；链接 12 个 1.2；16.3。
    //   动态要闻一季度两条算一次、二季度一次，政策文件一次，3×2＝6；少 5 条扣 1；13。
    //   互动 20−2−1.5+2＝18.5。扫描 19、17.6 取低，响应 6 秒扣 2，15.6。−20+16.3+13+18.5+15.6＝43.4。
    // 乙：留言 5 条，互动 0；20+20+20+0+20＝80。丙：被篡改，0。
    // 丁：栏目不涉及，其余 20+20+20+18＝78。计满分 98；折算 78×100÷80＝97.5；分摊同；按 50% 计 88；
    //   取同类平均 (13+20+20)÷3＝17.67，95.67。
    let settings = |not_applicable| Settings { not_applicable, ..Settings::default() };
    let expected = |column: &str, total: &str| {
        format!(
            "甲: -20 16.3 13 18.5 15.6 = 43.4 第3
             乙: 20 20 20 0 20 = 80 第2
             丙: 20 20 20 20 0 = 0 第4
             丁: 20 20 {column} 20 18 = {total} 第1"
        )
    };
    check(&example("website"), settings(NotApplicable::FullMarks), SITES, &expected("20", "98"));
    check(&example("website"), settings(NotApplicable::Scaled), SITES, &expected("·", "97.5"));
    check(&example("website"), settings(NotApplicable::Spread), SITES, &expected("·", "97.5"));
    check(
        &example("website"),
        settings(NotApplicable::Rate("50".parse().unwrap())),
        SITES,
        &expected("10", "88"),
    );
    check(&example("website"), settings(NotApplicable::ClassMean), SITES, &expected("17.67", "95.67"));
}

#[test]
fn website_events_add_whatever_the_year_says() {
    // 细则写明 events: All：同一事项的两条都扣，年度设置的就高不起作用。
    check(
        &example("website"),
        Settings { events: Events::HighestOnly, ties: Ties::Dense, ..Settings::default() },
        "甲: interaction/unanswered !一, interaction/poor =3 !一
         乙: interaction/unanswered x4",
        "甲: 20 20 20 16 0 = 76 第1
         乙: 20 20 20 16 0 = 76 第1",
    );
}

//! The example rubrics, scored and compared with what was computed by hand.

#![expect(clippy::unwrap_used, reason = "a test may")]

use kaohe_core::{Change, Deduction, Ledger, Record, RecordKind, Roster, Settings, Stamp, Unit};
use kaohe_store::read_rubric;

const SERVICE_HALL: &str = include_str!("../../../rubrics/examples/service-hall.ron");

/// Records entries given as `indicator/rule xCOUNT =AMOUNT ~VALUE *FACTOR`; returns the indicators' scores.
#[track_caller]
fn scores(entries: &str) -> Vec<String> {
    let (rubric, warnings) = read_rubric("service-hall.ron", SERVICE_HALL.as_bytes()).unwrap();
    assert_eq!(warnings, []);
    let unit = Unit {
        id: "C1".into(),
        name: "一号窗口".to_owned(),
        track: "窗口".into(),
        short: String::new(),
        pinyin: String::new(),
        tags: Vec::new(),
        note: String::new(),
    };
    let roster = Roster { note: String::new(), units: vec![unit] };
    let mut ledger = Ledger::new(vec![rubric], roster, Settings::default()).unwrap();
    for (n, line) in (1..).zip(entries.split(',').map(str::trim).filter(|it| !it.is_empty())) {
        let mut words = line.split_whitespace();
        let (indicator, rule) = words.next().unwrap().split_once('/').unwrap();
        let day = jiff::civil::date(2023, 6, 1);
        let mut deduction = Deduction::once("C1".into(), indicator.into(), rule.into(), day);
        for word in words {
            match word.split_at(1) {
                ("x", count) => deduction.count = count.parse().unwrap(),
                ("~", value) => deduction.value = Some(value.parse().unwrap()),
                ("*", factor) => deduction.modifier = Some(factor.to_owned()),
                ("=", amount) => {
                    deduction.amount = Some(amount.parse().unwrap());
                    deduction.note = "理由".to_owned();
                }
                other => panic!("{other:?}"),
            }
        }
        let change = Change::Deduct(deduction);
        assert_eq!(ledger.refusal(&change), None, "{line}");
        let (by, machine) = ("张三".to_owned(), "PC-1".to_owned());
        let stamp = Stamp { n, writer: "w".into() };
        let at = jiff::Timestamp::UNIX_EPOCH;
        ledger.apply(&Record { stamp, at, by, machine, kind: RecordKind::Do, change });
    }
    ledger.score(0).indicators.iter().map(|it| it.score.to_string()).collect()
}

#[test]
fn the_service_hall_by_hand() {
    // 办结率 93.4：比 98 低 4.6，整 4 个百分点，扣 2，得 18。
    // 满意率 72：到了 80 一档，没到 70 一档，扣 5，得 15。
    // 报送 9 篇：少 3 篇，扣 3，得 17。
    // 空岗 3 次扣 1.5，其中不含的一次加倍扣 1，合计 2.5；吃拿卡要一次酌情 4，得 13.5。
    // 超期 7 日：不足 3 日按 3 日计，3 档扣 3；另一件 3 日减半扣 0.5，得 16.5。
    let entries = "completion/below ~93.4, satisfaction/low ~72, reports/few ~9, discipline/absent x3, \
                   discipline/absent *加倍, discipline/graft =4, overdue/days ~7, overdue/days ~3 *减半";
    assert_eq!(scores(entries), ["18", "15", "17", "13.5", "16.5"]);
}

#[test]
fn the_second_strike_takes_the_indicator_and_the_first_does_not() {
    assert_eq!(scores("discipline/graft-again")[3], "20");
    assert_eq!(scores("discipline/graft-again x2")[3], "0");
    assert_eq!(scores("discipline/graft-again, discipline/graft-again")[3], "0");
    // 免扣的不算一次。
    assert_eq!(scores("discipline/graft-again, discipline/graft-again *免扣")[3], "20");
}

#[test]
fn what_is_good_enough_costs_nothing_and_nothing_falls_below_zero() {
    assert_eq!(
        scores("completion/below ~98, satisfaction/low ~90, reports/few ~30, overdue/days ~0"),
        ["20"; 5]
    );
    // 58 个百分点扣 29，扣完为止；12 篇全少扣 12。
    assert_eq!(scores("completion/below ~40, reports/few ~0")[..3], ["0", "20", "8"]);
    assert_eq!(scores("overdue/days ~7 *免扣")[4], "20");
}

//! A small year for tests: two classes, every kind of rule.

use jiff::Timestamp;
use jiff::civil::Date;
use kaohe_core::{
    Cap, Change, CheckItem, Deduction, Indicator, Ledger, Level, Mark, Measure, Period, Points, Record,
    RecordKind, Roster, Rubric, Rule, Scope, Section, Settings, Stamp, Unit,
};

use crate::entries_in::read_entries;

/// The day of every import in tests.
pub const TODAY: Date = Date::constant(2023, 12, 1);

fn points(text: &str) -> Points {
    text.parse().unwrap()
}

fn rule(id: &str, label: &str, text: &str, measure: Measure) -> Rule {
    Rule::deducting(id, label, text, measure)
}

fn count(each: &str) -> Measure {
    Measure::Count { each: points(each), unit: "次".to_owned() }
}

fn late() -> Rule {
    rule("late", "逾期未完成", "每逾期1次扣0.1分", count("0.1"))
}

fn quality() -> Rule {
    let measure = Measure::Discretionary { unit: "次".to_owned(), at_least: None, at_most: None };
    rule("quality", "质量欠缺", "视情况酌情扣分", measure)
}

fn unmet() -> Rule {
    rule(
        "unmet",
        "未按要求",
        "未按要求不计分",
        Measure::Forfeit { strikes: 1, over: Vec::new(), scope: Scope::Indicator },
    )
}

fn notice() -> Rule {
    let level = |name: &str, each: &str| Level { name: name.to_owned(), points: points(each) };
    let levels = vec![level("国务院", "1"), level("省级", "0.5"), level("市级", "0.2")];
    rule("notice", "通报批评", "被通报批评的按级扣分", Measure::ByLevel { levels, unit: "次".to_owned() })
}

fn media_rules() -> Vec<Rule> {
    let incident = rule("incident", "严重问题", "每次扣1分", count("1"));
    vec![incident, notice(), rule("stale", "更新超期", "超过两周未更新的每次扣0.1分", count("0.1"))]
}

fn indicator(id: &str, number: &str, name: &str, items: &[&str], rules: Vec<Rule>) -> Indicator {
    let item = |(idx, text): (usize, &&str)| CheckItem {
        number: (idx + 1).to_string().into(),
        text: format!("{name}要点{}", idx + 1),
        points: points(text),
    };
    let items: Vec<CheckItem> = items.iter().enumerate().map(item).collect();
    let cap = Cap {
        id: "cap".into(),
        text: "最高扣分不超过3分".to_owned(),
        at_most: points("3"),
        over: vec!["incident".into(), "notice".into()],
        per: None,
    };
    let points = items.iter().map(|it| it.points).sum();
    let caps = if id == "media" { vec![cap] } else { Vec::new() };
    Indicator { caps, items, ..Indicator::plain(id, number, name, points, rules) }
}

fn rubric(id: &str, track: &str, indicators: Vec<Indicator>) -> Rubric {
    let sum: Points = indicators.iter().map(|it| it.points).sum();
    Rubric {
        title: format!("{track}考核细则"),
        source: "大政公办发〔2023〕4号".to_owned(),
        period: Some(Period { from: Date::constant(2023, 1, 1), to: Date::constant(2023, 12, 31) }),
        ..Rubric::plain(id, track, sum, vec![Section::plain("1", "政务公开", sum, indicators)])
    }
}

pub fn rubrics() -> Vec<Rubric> {
    let district = vec![
        indicator("release", "1", "主动公开信息", &["10"], vec![late(), quality()]),
        indicator("media", "3", "政务新媒体", &["10"], media_rules()),
        indicator("basics", "4", "基础信息公开", &["2", "2"], vec![late(), quality()]),
        indicator("request", "8", "依申请公开", &["10"], vec![unmet()]),
    ];
    let township = vec![
        indicator("release", "1", "主动公开信息", &["20"], vec![late(), quality()]),
        indicator("media", "2", "政务新媒体", &["20"], media_rules()),
        indicator("request", "3", "依申请公开", &["20"], vec![unmet()]),
    ];
    vec![rubric("district", "区直", district), rubric("township", "乡镇", township)]
}

pub fn roster() -> Roster {
    let unit = |id: &str, name: &str, track: &str, short: &str| Unit {
        id: id.into(),
        name: name.to_owned(),
        track: track.into(),
        short: short.to_owned(),
        pinyin: String::new(),
        tags: Vec::new(),
        note: String::new(),
        retired: String::new(),
    };
    let mut units = vec![
        unit("a01", "区教育局", "区直", "教育局"),
        unit("b01", "河坝镇", "乡镇", ""),
        unit("a02", "区财政局（国资办）", "区直", "财政局"),
        unit("b02", "北洲子镇", "乡镇", "北洲子"),
    ];
    units[1].tags = vec!["重点".to_owned(), "沿湖".to_owned()];
    units[1].note = "=含集镇".to_owned();
    Roster { note: String::new(), units }
}

pub fn ledger() -> Ledger {
    ledger_under(Settings::default())
}

pub fn ledger_under(settings: Settings) -> Ledger {
    Ledger::new(rubrics(), roster(), settings).unwrap()
}

/// Returns the year after an import of lines `单位,指标,评分要点,规则,档次,次数,分值,说明`.
#[track_caller]
pub fn ledger_with(entries: &str) -> Ledger {
    let mut ledger = ledger();
    import(&mut ledger, 1, entries);
    ledger
}

#[track_caller]
pub fn import(ledger: &mut Ledger, n: u64, entries: &str) {
    let csv = format!("单位,指标,评分要点,规则,档次,次数,分值,说明\n{entries}\n");
    let read = read_entries(csv.as_bytes(), "扣分.csv", ledger, TODAY).unwrap();
    ledger.apply(&done(n, Change::Batch { title: "导入扣分 扣分.csv".to_owned(), changes: read.changes }));
}

/// Marks all indicators of the units as reviewed.
pub fn review(ledger: &mut Ledger, n: u64, unit_idxs: &[usize]) {
    let mut changes = Vec::new();
    for &unit_idx in unit_idxs {
        changes.extend(ledger.rubric_of(unit_idx).indicators().map(|indicator| Change::Review {
            unit: ledger.unit(unit_idx).id.clone(),
            indicator: indicator.id.clone(),
            to: Mark::Reviewed,
        }));
    }
    ledger.apply(&done(n, Change::Batch { title: "复核".to_owned(), changes }));
}

pub fn self_score(unit: &str, indicator: &str, to: &str) -> Change {
    Change::SelfScore {
        unit: unit.into(),
        indicator: indicator.into(),
        to: Some(points(to)),
        note: String::new(),
    }
}

pub fn deduct(unit: &str, indicator: &str, rule: &str) -> Change {
    Change::Deduct(Deduction::once(unit.into(), indicator.into(), rule.into(), TODAY))
}

pub fn with(change: Change, edit: impl FnOnce(&mut Deduction)) -> Change {
    let Change::Deduct(mut deduction) = change else { panic!("not a deduction") };
    edit(&mut deduction);
    Change::Deduct(deduction)
}

pub fn done(n: u64, change: Change) -> Record {
    record(n, RecordKind::Do, change)
}

pub fn undone(n: u64, of: u64, change: Change) -> Record {
    record(n, RecordKind::Undo(Stamp { n: of, writer: "zhang".into() }), change)
}

fn record(n: u64, kind: RecordKind, change: Change) -> Record {
    let at = Timestamp::from_second(1_700_000_000 + i64::try_from(n).unwrap()).unwrap();
    Record {
        stamp: Stamp { n, writer: "zhang".into() },
        at,
        by: "张三".to_owned(),
        machine: "PC-1".to_owned(),
        kind,
        change,
    }
}

pub fn to_local(at: Timestamp) -> String {
    format!("时刻{}", at.as_second() - 1_700_000_000)
}

/// Returns a table as lines of cells joined by `|`, the header first.
pub fn lines(table: &crate::table::Table) -> Vec<String> {
    use crate::table::Value;
    let cell = |it: &Value| match it {
        Value::Empty => String::new(),
        Value::Text(text) => text.clone(),
        Value::Number(points) => points.to_string(),
        Value::Count(count) => count.to_string(),
    };
    let header = table.columns.iter().map(|it| it.name.to_string()).collect::<Vec<_>>().join("|");
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|"));
    std::iter::once(header).chain(rows).collect()
}

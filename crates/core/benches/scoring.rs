//! Scoring and ranking in memory, beside the same arithmetic on bare decimals.

#[path = "../../../benches/ratio.rs"]
mod ratio;

use std::cmp::Reverse;
use std::hint::black_box;
use std::iter;
use std::sync::LazyLock;
use std::time::Duration;

use divan::Bencher;
use jiff::Timestamp;
use jiff::civil::date;
use kaohe_core::{
    Cap, Change, CheckItem, Deduction, Indicator, Ledger, Level, Mark, Measure, Points, RankOptions, Record,
    RecordKind, Roster, Rubric, Rule, Scope, Section, Settings, Stamp, Unit, check_rubric, rank,
};
use rust_decimal::Decimal;

use ratio::{Comparison, compare, timed};

/// 60 units, 9 indicators, 20 entries in each cell.
static OFFICE: LazyLock<Year> = LazyLock::new(|| Year::new(60, 20));
/// 10,000 units with 90 entries each.
static HUGE: LazyLock<Year> = LazyLock::new(|| Year::new(10_000, 10));

fn main() {
    if ratio::is_wanted() {
        ratios();
    }
    divan::main();
}

fn ratios() {
    for (year, what, limit, n_rounds) in [
        (&OFFICE, "re-score and rank 60 x 9 x 20 entries", Some(Duration::from_millis(1)), 301),
        (&HUGE, "re-score and rank 10,000 x 90 entries", None, 9),
    ] {
        let mut ledger = year.ledger.clone();
        let floor = Floor::of(&ledger);
        floor.assert_agrees_with(&ledger);
        compare(
            &Comparison { what, n_bytes: 0, limit, at_most: Some(1.5) },
            n_rounds,
            || timed(|| rescore_and_rank(&mut ledger)),
            || timed(|| floor.rank()),
        );
    }

    let floor = Floor::of(&OFFICE.ledger);
    let mut totals = floor.totals();
    compare(
        &Comparison {
            what: "a key in each of 60 units: Ledger::apply and rank (60 x 9 x 20 entries)",
            n_bytes: 0,
            limit: None,
            at_most: Some(1.5),
        },
        51,
        || {
            let mut ledger = OFFICE.ledger.clone();
            timed(|| OFFICE.keys.iter().map(|it| press(&mut ledger, it)).sum::<usize>())
        },
        || timed(|| (0..60).map(|it| floor.press(&mut totals, it)).sum::<usize>()),
    );
}

/// Nothing is taken in, and every score is computed anew.
fn rescore_and_rank(ledger: &mut Ledger) -> usize {
    ledger.extend(iter::empty::<&Record>());
    rank(ledger, 0, RankOptions::default()).len()
}

fn press(ledger: &mut Ledger, record: &Record) -> usize {
    ledger.apply(record);
    rank(ledger, 0, RankOptions::default()).len()
}

#[divan::bench(sample_count = 200)]
fn office_rescore_and_rank(bencher: Bencher) {
    let mut ledger = OFFICE.ledger.clone();
    bencher.bench_local(|| rescore_and_rank(&mut ledger));
}

#[divan::bench(sample_count = 200)]
fn office_rank_only(bencher: Bencher) {
    bencher.bench(|| rank(&OFFICE.ledger, 0, RankOptions::default()));
}

/// One key at a time, on a ledger that was copied outside of the time.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn office_one_key(bencher: Bencher) {
    bencher.with_inputs(|| OFFICE.ledger.clone()).bench_local_refs(|it| press(it, &OFFICE.keys[0]));
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn office_fold_all_records(bencher: Bencher) {
    bencher.with_inputs(|| OFFICE.ledger.emptied()).bench_refs(|it| it.extend(&OFFICE.records));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn huge_rescore_and_rank(bencher: Bencher) {
    let mut ledger = HUGE.ledger.clone();
    bencher.bench_local(|| rescore_and_rank(&mut ledger));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn huge_fold_all_records(bencher: Bencher) {
    bencher.with_inputs(|| HUGE.ledger.emptied()).bench_refs(|it| it.extend(&HUGE.records));
}

/// The least that gives the same totals: flat arrays and bare decimals, nothing kept on the way.
struct Floor {
    n_indicators: usize,
    indicators: Vec<FloorIndicator>,
    /// Those of a cell lie together, cells row by row.
    entries: Vec<FloorEntry>,
    /// One more than there are cells.
    cell_starts: Vec<usize>,
}

struct FloorIndicator {
    points: Decimal,
    items: Vec<Decimal>,
    cap: Option<Decimal>,
}

struct FloorEntry {
    count: u32,
    each: Decimal,
    item_idx: usize,
    is_capped: bool,
    is_forfeit: bool,
}

impl Floor {
    fn of(ledger: &Ledger) -> Floor {
        let rubric = &ledger.rubrics()[0];
        let indicator = |it: &Indicator| FloorIndicator {
            points: decimal(it.points),
            items: it.items.iter().map(|it| decimal(it.points)).collect(),
            cap: it.caps.first().map(|it| decimal(it.at_most)),
        };
        let indicators: Vec<FloorIndicator> = rubric.indicators().map(indicator).collect();
        let mut entries = Vec::new();
        let mut cell_starts = vec![0];
        for unit_idx in 0..ledger.roster().units.len() {
            for (indicator, cell) in rubric.indicators().zip(&ledger.sheet(unit_idx).cells) {
                for entry in &cell.entries {
                    let rule = &indicator.rules[entry.rule_idx];
                    entries.push(FloorEntry {
                        count: entry.deduction.count,
                        each: decimal(entry.each),
                        item_idx: entry.item_idx.expect("every entry of this year names its item"),
                        is_capped: indicator.caps.iter().any(|it| it.over.contains(&rule.id)),
                        is_forfeit: matches!(rule.measure, Measure::Forfeit { .. }),
                    });
                }
                cell_starts.push(entries.len());
            }
        }
        Floor { n_indicators: indicators.len(), indicators, entries, cell_starts }
    }

    fn cell(&self, indicator: &FloorIndicator, entries: &[FloorEntry]) -> Decimal {
        let mut items = [Decimal::ZERO; 8];
        let mut capped = Decimal::ZERO;
        let mut is_forfeited = false;
        for entry in entries {
            let lost = entry.each * Decimal::from(entry.count);
            if entry.is_capped {
                capped += lost;
            } else {
                items[entry.item_idx] += lost;
            }
            is_forfeited |= entry.is_forfeit;
        }
        if is_forfeited {
            return Decimal::ZERO;
        }
        if let Some(cap) = indicator.cap {
            items[0] += capped.min(cap);
        }
        let lost: Decimal = indicator.items.iter().zip(items).map(|(most, it)| it.min(*most)).sum();
        indicator.points - lost.min(indicator.points)
    }

    fn unit(&self, unit_idx: usize) -> Decimal {
        let cells = self.indicators.iter().zip(unit_idx * self.n_indicators..);
        cells
            .map(|(indicator, cell_idx)| {
                let range = self.cell_starts[cell_idx]..self.cell_starts[cell_idx + 1];
                self.cell(indicator, &self.entries[range])
            })
            .sum()
    }

    fn totals(&self) -> Vec<Decimal> {
        let n_units = (self.cell_starts.len() - 1) / self.n_indicators;
        (0..n_units).map(|it| self.unit(it)).collect()
    }

    fn rank(&self) -> Vec<usize> {
        sorted(&self.totals())
    }

    fn press(&self, totals: &mut [Decimal], unit_idx: usize) -> usize {
        totals[unit_idx] = self.unit(black_box(unit_idx));
        sorted(totals).len()
    }

    fn assert_agrees_with(&self, ledger: &Ledger) {
        for (unit_idx, total) in self.totals().into_iter().enumerate() {
            assert_eq!(total, decimal(ledger.score(unit_idx).score), "the floor computes something else");
        }
    }
}

fn sorted(totals: &[Decimal]) -> Vec<usize> {
    let mut units: Vec<usize> = (0..totals.len()).collect();
    units.sort_by_key(|&it| Reverse(totals[it]));
    units
}

fn decimal(points: Points) -> Decimal {
    points.to_string().parse().expect("points are written as a plain decimal")
}

/// A year with its records, and one more record for each unit.
struct Year {
    ledger: Ledger,
    records: Vec<Record>,
    keys: Vec<Record>,
}

impl Year {
    fn new(n_units: usize, n_entries_per_cell: usize) -> Year {
        let rubric = rubric();
        assert_eq!(check_rubric(&rubric), []);
        let unit = |idx: usize| Unit {
            id: format!("U{idx:05}").into(),
            name: format!("区第{idx}测试局"),
            track: rubric.track.clone(),
            short: String::new(),
            pinyin: String::new(),
            tags: Vec::new(),
            note: String::new(),
            retired: String::new(),
        };
        let units: Vec<Unit> = (1..=n_units).map(unit).collect();
        let mut changes = Vec::new();
        for (unit_idx, unit) in units.iter().enumerate() {
            for indicator in rubric.indicators() {
                for nth in 0..n_entries_per_cell {
                    changes.push(Change::Deduct(deduction(unit, indicator, nth + unit_idx)));
                }
            }
            let review = |it: &Indicator| Change::Review {
                unit: unit.id.clone(),
                indicator: it.id.clone(),
                to: Mark::Reviewed,
            };
            let reviews = rubric.indicators().map(review).collect();
            changes.push(Change::Batch { title: "复核本单位".to_owned(), changes: reviews });
        }
        let first = rubric.indicators().next().expect("it has nine");
        let keys: Vec<Change> = units.iter().map(|it| Change::Deduct(deduction(it, first, 0))).collect();
        let n_records = changes.len();
        let records: Vec<Record> = changes.into_iter().zip(1..).map(record).collect();
        let keys = keys.into_iter().zip(n_records as u64 + 1..).map(record).collect();
        let roster = Roster { note: String::new(), units };
        let mut ledger = Ledger::new(vec![rubric], roster, Settings::default()).expect("a sound roster");
        ledger.extend(&records);
        assert_eq!(ledger.unresolved(), []);
        Year { ledger, records, keys }
    }
}

fn record((change, n): (Change, u64)) -> Record {
    Record {
        stamp: Stamp { n, writer: "zhang-1".into() },
        at: Timestamp::from_second(1_699_233_153).expect("a time of 2023"),
        by: "张三".to_owned(),
        machine: "PC-1".to_owned(),
        kind: RecordKind::Do,
        change,
    }
}

/// Returns a deduction under this indicator; `nth` varies it.
fn deduction(unit: &Unit, indicator: &Indicator, nth: usize) -> Deduction {
    let rule = &indicator.rules[nth % indicator.rules.len()];
    let happened = date(2023, 11, 6);
    let mut deduction = Deduction::once(unit.id.clone(), indicator.id.clone(), rule.id.clone(), happened);
    deduction.item = Some(indicator.items[nth % indicator.items.len()].number.clone());
    deduction.note = "季度抽查发现".to_owned();
    match &rule.measure {
        Measure::Count { .. } => deduction.count = if nth.is_multiple_of(3) { 2 } else { 1 },
        Measure::ByLevel { levels, .. } => {
            deduction.level = Some(levels[nth % levels.len()].name.clone());
        }
        Measure::Discretionary { .. } => deduction.amount = Some(points("0.3")),
        _ => {}
    }
    deduction
}

/// Returns a rubric of the shape of the departments' one of 2023: nine indicators, 100 points, one cap.
fn rubric() -> Rubric {
    let late = || rule("late", Measure::Count { each: points("0.1"), unit: "次".to_owned() });
    let quality =
        || rule("quality", Measure::Discretionary { unit: "次".to_owned(), at_least: None, at_most: None });
    let unmet =
        || vec![rule("unmet", Measure::Forfeit { strikes: 1, over: Vec::new(), scope: Scope::Indicator })];
    let usual = || vec![late(), quality()];
    let mut media = indicator(
        "3",
        &["10"],
        vec![
            rule("incident", Measure::Count { each: points("1"), unit: "次".to_owned() }),
            rule("notice", Measure::ByLevel { levels: levels(), unit: "次".to_owned() }),
            rule("stale", Measure::Count { each: points("0.1"), unit: "次".to_owned() }),
        ],
    );
    media.caps = vec![Cap {
        id: "media".into(),
        text: "最高扣分不超过3分".to_owned(),
        at_most: points("3"),
        over: vec!["incident".into(), "notice".into()],
        per: None,
    }];
    let indicators = vec![
        indicator("1", &["10"], usual()),
        indicator("2", &["10"], vec![late()]),
        media,
        indicator("4", &["2"; 5], usual()),
        indicator("5", &["2"; 5], usual()),
        indicator("6", &["20"], usual()),
        indicator("7", &["10"], unmet()),
        indicator("8", &["10"], unmet()),
        indicator("9", &["10"], usual()),
    ];
    let section = Section::plain("1", "政务公开", points("100"), indicators);
    Rubric::plain("district", "区直", points("100"), vec![section])
}

fn indicator(number: &str, items: &[&str], rules: Vec<Rule>) -> Indicator {
    let item = |(item, number): (&&str, usize)| CheckItem {
        number: number.to_string().into(),
        text: "评分要点".to_owned(),
        points: points(item),
    };
    let of = items.iter().map(|it| points(it)).sum();
    let (id, name) = (format!("indicator-{number}"), format!("指标{number}"));
    Indicator {
        items: items.iter().zip(1..).map(item).collect(),
        ..Indicator::plain(&id, number, &name, of, rules)
    }
}

fn rule(id: &str, measure: Measure) -> Rule {
    Rule::deducting(id, id, &format!("规则{id}"), measure)
}

fn levels() -> Vec<Level> {
    let level = |(name, text): (&str, &str)| Level { name: name.to_owned(), points: points(text) };
    [("国务院", "1"), ("省级", "0.5"), ("市级", "0.2")].map(level).into()
}

fn points(text: &str) -> Points {
    text.parse().expect("a plain decimal")
}

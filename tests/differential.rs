//! The engine against a second scorer, written apart from it and as plainly as the official text reads: whole
//! numbers, millionths of a point, one loop per rule of the text. The two meet only on the command line.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fmt::Write;

use support::Desk;

/// Millionths of a point.
type Micro = u64;
const POINT: Micro = 1_000_000;

/// How a rule takes points.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// So much each.
    Each(Micro),
    /// 国务院 1, 省级 0.5, 市级 0.2.
    Notice,
    /// As the reviewer says.
    Quality,
    /// 不计分.
    Unmet,
}

struct Rule {
    id: &'static str,
    label: &'static str,
    kind: Kind,
    /// Whether 「最高扣分不超过3分」 speaks of it.
    is_capped: bool,
}

struct Indicator {
    name: &'static str,
    points: Micro,
    /// Points of each 评分要点.
    items: Vec<Micro>,
    rules: Vec<Rule>,
}

fn rule(id: &'static str, label: &'static str, kind: Kind) -> Rule {
    Rule { id, label, kind, is_capped: false }
}

fn late_and_quality() -> Vec<Rule> {
    vec![rule("late", "逾期未完成", Kind::Each(POINT / 10)), rule("quality", "质量欠缺", Kind::Quality)]
}

fn media() -> Vec<Rule> {
    vec![
        Rule { is_capped: true, ..rule("incident", "严重问题", Kind::Each(POINT)) },
        Rule { is_capped: true, ..rule("notice", "通报批评", Kind::Notice) },
        rule("stale", "更新超期", Kind::Each(POINT / 10)),
    ]
}

fn unmet() -> Vec<Rule> {
    vec![rule("unmet", "未按要求", Kind::Unmet)]
}

fn missing() -> Vec<Rule> {
    vec![rule("missing", "缺项", Kind::Each(POINT / 10))]
}

/// 区直.
fn district() -> Vec<Indicator> {
    let of = |name, points, items: usize, rules| Indicator {
        name,
        points: points * POINT,
        items: vec![points * POINT / items as u64; items],
        rules,
    };
    vec![
        of("主动公开信息", 10, 1, late_and_quality()),
        of("政务公开窗口", 10, 1, missing()),
        of("政务新媒体", 10, 1, media()),
        of("基础信息公开", 10, 5, late_and_quality()),
        of("重点领域信息公开", 10, 5, late_and_quality()),
        of("政策解读", 20, 1, late_and_quality()),
        of("政务舆情回应", 10, 1, unmet()),
        of("依申请公开", 10, 1, unmet()),
        of("信息公开工作年报", 10, 1, late_and_quality()),
    ]
}

/// 乡镇.
fn township() -> Vec<Indicator> {
    let of = |name, rules| Indicator { name, points: 20 * POINT, items: vec![20 * POINT], rules };
    vec![
        of("主动公开信息", late_and_quality()),
        of("政务公开专区", missing()),
        of("政务新媒体", media()),
        of("政务舆情回应", unmet()),
        of("依申请公开", unmet()),
    ]
}

struct Unit {
    id: String,
    name: String,
    is_township: bool,
    cells: Vec<Cell>,
}

/// What is recorded of one indicator.
#[derive(Default)]
struct Cell {
    entries: Vec<Entry>,
    self_score: Option<Micro>,
    is_reviewed: bool,
    is_not_applicable: bool,
}

struct Entry {
    rule_idx: usize,
    /// None for the indicator as a whole.
    item_idx: Option<usize>,
    /// What one occurrence costs.
    each: Micro,
    count: u64,
}

/// What an indicator scores, straight from the text.
fn score(indicator: &Indicator, cell: &Cell) -> Micro {
    if cell.is_not_applicable {
        return indicator.points;
    }
    if cell.entries.iter().any(|it| indicator.rules[it.rule_idx].kind == Kind::Unmet) {
        return 0;
    }
    let mut lost = 0;
    let mut capped = 0;
    for (item_idx, item_points) in indicator.items.iter().enumerate() {
        let mut lost_here = 0;
        for entry in &cell.entries {
            // The only 评分要点 need not be named.
            let is_here = entry.item_idx == Some(item_idx) || indicator.items.len() == 1;
            if is_here && indicator.rules[entry.rule_idx].is_capped {
                capped += entry.each * entry.count;
            } else if is_here {
                lost_here += entry.each * entry.count;
            }
        }
        if indicator.items.len() == 1 {
            lost_here += capped.min(3 * POINT);
        }
        lost += lost_here.min(*item_points);
    }
    for entry in &cell.entries {
        if entry.item_idx.is_none() && indicator.items.len() > 1 {
            lost += entry.each * entry.count;
        }
    }
    indicator.points - lost.min(indicator.points)
}

/// Writes millionths as a plain decimal.
fn plain(micro: Micro) -> String {
    let text = format!("{}.{:06}", micro / POINT, micro % POINT);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A year, and the office's rubrics as this test understands them.
struct Year {
    rubrics: [Vec<Indicator>; 2],
    units: Vec<Unit>,
}

impl Year {
    fn rubric(&self, unit: &Unit) -> &[Indicator] {
        &self.rubrics[usize::from(unit.is_township)]
    }

    fn track(unit: &Unit) -> &'static str {
        if unit.is_township { "乡镇" } else { "区直" }
    }

    fn total(&self, unit: &Unit) -> Micro {
        self.rubric(unit).iter().zip(&unit.cells).map(|(indicator, cell)| score(indicator, cell)).sum()
    }

    fn n_settled(unit: &Unit) -> usize {
        unit.cells.iter().filter(|it| it.is_reviewed || it.is_not_applicable).count()
    }

    /// What `score --format csv` has to print.
    fn score_csv(&self) -> String {
        let mut csv = "\u{feff}类别,编号,单位,指标,指标名称,满分,自评,扣分,得分,状态\r\n".to_owned();
        for is_township in [false, true] {
            for unit in self.units.iter().filter(|it| it.is_township == is_township) {
                for (idx, (indicator, cell)) in self.rubric(unit).iter().zip(&unit.cells).enumerate() {
                    let score = score(indicator, cell);
                    let state = match (cell.is_not_applicable, cell.is_reviewed) {
                        (true, _) => "不涉及",
                        (false, true) => "已复核",
                        (false, false) => "未复核",
                    };
                    let cells = [
                        Year::track(unit).to_owned(),
                        unit.id.clone(),
                        unit.name.clone(),
                        (idx + 1).to_string(),
                        indicator.name.to_owned(),
                        plain(indicator.points),
                        cell.self_score.map(plain).unwrap_or_default(),
                        plain(indicator.points - score),
                        plain(score),
                        state.to_owned(),
                    ];
                    write!(csv, "{}\r\n", cells.join(",")).unwrap();
                }
            }
        }
        csv
    }

    /// What `rank --format csv` has to print.
    fn rank_csv(&self, is_provisional: bool) -> String {
        let header = "类别,名次,并列,编号,单位,满分,自评,扣分,得分,得分率,状态,已复核";
        let mut csv = format!("\u{feff}{header}\r\n");
        for is_township in [false, true] {
            let units: Vec<&Unit> = self.units.iter().filter(|it| it.is_township == is_township).collect();
            let is_settled = |it: &Unit| Year::n_settled(it) == it.cells.len();
            let may_rank = |it: &Unit| is_provisional || is_settled(it);
            let mut ranked: Vec<&Unit> = units.iter().copied().filter(|it| may_rank(it)).collect();
            ranked.sort_by_key(|it| std::cmp::Reverse(self.total(it)));
            let unranked = units.iter().copied().filter(|it| !may_rank(it));
            for unit in ranked.iter().copied().chain(unranked) {
                let total = self.total(unit);
                let equals = ranked.iter().filter(|it| self.total(it) == total).count();
                let better = ranked.iter().filter(|it| self.total(it) > total).count();
                let is_ranked = may_rank(unit);
                let self_scores: Option<Vec<Micro>> = unit.cells.iter().map(|it| it.self_score).collect();
                let cells = [
                    Year::track(unit).to_owned(),
                    if is_ranked { (better + 1).to_string() } else { String::new() },
                    if is_ranked && equals > 1 { "是" } else { "" }.to_owned(),
                    unit.id.clone(),
                    unit.name.clone(),
                    "100".to_owned(),
                    self_scores.map(|it| plain(it.iter().sum())).unwrap_or_default(),
                    plain(100 * POINT - total),
                    plain(total),
                    // Of 100 points, a point is a percent; half away from zero, to a tenth.
                    plain((total + POINT / 20) / (POINT / 10) * (POINT / 10)),
                    if is_settled(unit) { "已复核" } else { "未复核" }.to_owned(),
                    format!("{}/{}", Year::n_settled(unit), unit.cells.len()),
                ];
                write!(csv, "{}\r\n", cells.join(",")).unwrap();
            }
        }
        csv
    }
}

/// Numbers that look random and are the same every time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap()
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick(&mut self, ways: &[String]) -> String {
        ways[self.index(ways.len())].clone()
    }
}

fn roster(chance: &mut Chance, rubrics: [Vec<Indicator>; 2]) -> Year {
    let n_units = 10 + chance.index(31);
    let units = (0..n_units).map(|idx| {
        // Both classes have somebody, in no order.
        let is_township = idx == 1 || (idx > 1 && chance.one_in(3));
        let n_indicators = rubrics[usize::from(is_township)].len();
        Unit {
            id: format!("U{:03}", (idx * 37 + 11) % 1000),
            name: format!("第{idx}单位"),
            is_township,
            cells: (0..n_indicators).map(|_| Cell::default()).collect(),
        }
    });
    let units = units.collect();
    Year { rubrics, units }
}

fn roster_csv(year: &Year) -> String {
    let mut csv = "单位,编号,类别\n".to_owned();
    for unit in &year.units {
        writeln!(csv, "{},{},{}", unit.name, unit.id, Year::track(unit)).unwrap();
    }
    csv
}

/// One row of an import, and the place and entry that it makes.
fn entry(chance: &mut Chance, year: &Year, unit_idx: usize) -> (String, usize, Entry) {
    let unit = &year.units[unit_idx];
    let rubric = year.rubric(unit);
    let mut indicator_idx = chance.index(rubric.len());
    if rubric[indicator_idx].rules[0].kind == Kind::Unmet && !chance.one_in(4) {
        indicator_idx = chance.index(rubric.len());
    }
    let indicator = &rubric[indicator_idx];
    let rule_idx = chance.index(indicator.rules.len());
    let rule = &indicator.rules[rule_idx];
    let item_idx = if chance.one_in(4) { None } else { Some(chance.index(indicator.items.len())) };
    let at_most = item_idx.map_or(indicator.points, |it| indicator.items[it]);
    let count = if chance.one_in(25) { 1 + chance.below(300) } else { 1 + chance.below(4) };
    let (level, each) = match rule.kind {
        Kind::Each(each) => ("", each),
        Kind::Notice => [("国务院", POINT), ("省级", POINT / 2), ("市级", POINT / 5)][chance.index(3)],
        Kind::Quality => {
            let largest = if chance.one_in(6) { at_most } else { at_most.min(POINT) };
            let step = if chance.one_in(2) { POINT / 10 } else { POINT / 100 };
            ("", step * (1 + chance.below(largest / step)))
        }
        Kind::Unmet => ("", 0),
    };
    let (amount, note) =
        if rule.kind == Kind::Quality { (plain(each), "抽查，“不全”") } else { (String::new(), "") };
    let number = (indicator_idx + 1).to_string();
    let item = match item_idx {
        None => String::new(),
        Some(it) => chance.pick(&[format!("{number}.{}", it + 1), (it + 1).to_string()]),
    };
    let (month, day) = (1 + chance.below(12), 1 + chance.below(28));
    let cells = [
        chance.pick(&[unit.id.clone(), unit.name.clone()]),
        chance.pick(&[number, indicator.name.to_owned()]),
        item,
        chance.pick(&[rule.id.to_owned(), rule.label.to_owned(), (rule_idx + 1).to_string()]),
        level.to_owned(),
        if count == 1 && chance.one_in(2) { String::new() } else { count.to_string() },
        amount,
        chance.pick(&[
            format!("2023-{month:02}-{day:02}"),
            format!("2023/{month}/{day}"),
            format!("2023年{month}月{day}日"),
            format!("2023{month:02}{day:02}"),
        ]),
        note.to_owned(),
    ];
    (cells.join(","), indicator_idx, Entry { rule_idx, item_idx, each, count })
}

const ENTRIES: &str = "单位,指标,评分要点,规则,档次,次数,分值,日期,说明\n";

fn record_entries(chance: &mut Chance, desk: &Desk, year: &mut Year) {
    let mut csv = ENTRIES.to_owned();
    let n_entries = year.units.len() * (1 + chance.index(12));
    for _ in 0..n_entries {
        let unit_idx = chance.index(year.units.len());
        let (row, indicator_idx, entry) = entry(chance, year, unit_idx);
        writeln!(csv, "{row}").unwrap();
        year.units[unit_idx].cells[indicator_idx].entries.push(entry);
    }
    desk.file("entries.csv", csv);
    assert!(
        desk.ok("import entries entries.csv --allow-duplicates")
            .starts_with(&format!("导入 {n_entries} 条扣分"))
    );
    if chance.one_in(3) {
        // What is undone leaves no trace in the scores.
        let (row, ..) = entry(chance, year, 0);
        desk.file("undone.csv", format!("{ENTRIES}{row}\n"));
        desk.run("import entries undone.csv --allow-duplicates");
        desk.ok("undo");
    }
}

fn record_self_scores(chance: &mut Chance, desk: &Desk, year: &mut Year) {
    let mut csv = "单位,指标,自评分\n".to_owned();
    let rubrics = &year.rubrics;
    for unit in &mut year.units {
        if chance.one_in(5) {
            continue;
        }
        let is_whole = !chance.one_in(4);
        for (idx, indicator) in rubrics[usize::from(unit.is_township)].iter().enumerate() {
            if is_whole || chance.one_in(2) {
                let less = if chance.one_in(3) { chance.below(200) * POINT / 100 } else { 0 };
                unit.cells[idx].self_score = Some(indicator.points - less);
                writeln!(csv, "{},{},{}", unit.id, idx + 1, plain(indicator.points - less)).unwrap();
            }
        }
    }
    desk.file("self.csv", csv);
    desk.ok("import self self.csv");
}

fn record_reviews(chance: &mut Chance, desk: &Desk, year: &mut Year) {
    let mut command = "review".to_owned();
    for unit in &mut year.units {
        if !chance.one_in(3) {
            write!(command, " --unit {}", chance.pick(&[unit.id.clone(), unit.name.clone()])).unwrap();
            unit.cells.iter_mut().for_each(|it| it.is_reviewed = true);
        }
    }
    if command != "review" {
        desk.ok(&command);
    }
    // The fifth indicator is another one in each class.
    desk.ok("review --indicator 5");
    year.units.iter_mut().for_each(|it| it.cells[4].is_reviewed = true);
    desk.ok("review --track 乡镇 --indicator 政务新媒体 --undo");
    year.units.iter_mut().filter(|it| it.is_township).for_each(|it| it.cells[2].is_reviewed = false);
    let unit_idx = chance.index(year.units.len());
    let unit = &mut year.units[unit_idx];
    let indicator_idx = chance.index(unit.cells.len());
    desk.ok(&format!("na --unit {} --indicator {} --reason 没有", unit.name, indicator_idx + 1));
    unit.cells[indicator_idx].is_not_applicable = true;
}

#[track_caller]
fn check_csv(command: &str, seed: u64, found: &str, expected: &str) {
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected, "{command}, seed {seed}");
    }
    assert_eq!(found, expected, "{command}, seed {seed}");
}

fn check_year(seed: u64) {
    let mut chance = Chance(seed);
    let desk = Desk::empty();
    let mut year = roster(&mut chance, [district(), township()]);
    desk.file("units.csv", roster_csv(&year));
    desk.ok("init 2023 --units units.csv");
    record_entries(&mut chance, &desk, &mut year);
    record_self_scores(&mut chance, &desk, &mut year);
    record_reviews(&mut chance, &desk, &mut year);

    check_csv("score", seed, &desk.ok("score --format csv"), &year.score_csv());
    check_csv("rank", seed, &desk.ok("rank --format csv"), &year.rank_csv(false));
    let provisional = desk.ok("rank --format csv --provisional");
    check_csv("rank --provisional", seed, &provisional, &year.rank_csv(true));

    desk.ok("export --format ron -o year.ron");
    desk.ok("--data copy import year year.ron");
    desk.ok("--data copy export --format ron -o again.ron");
    assert!(desk.read("year.ron") == desk.read("again.ron"), "seed {seed}");
    assert_eq!(desk.ok("check") + &desk.ok("check --data copy"), "", "seed {seed}");
}

// In parts, so that the parts run beside each other.

#[test]
fn years_1_to_7() {
    (1..=7).for_each(check_year);
}

#[test]
fn years_8_to_13() {
    (8..=13).for_each(check_year);
}

#[test]
fn years_14_to_19() {
    (14..=19).for_each(check_year);
}

#[test]
fn years_20_to_25() {
    (20..=25).for_each(check_year);
}

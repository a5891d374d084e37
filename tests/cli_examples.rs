//! The example rubrics on the command line: every rule recorded from a table, explained, ranked, exported and read back.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::collections::BTreeSet;

use kaohe_core::{Measure, Points, Rubric};
use kaohe_store::read_rubric;
use support::{Desk, part};

const EXAMPLES: [(&str, &str); 6] = [
    ("college", include_str!("../rubrics/examples/college.ron")),
    ("river-chief", include_str!("../rubrics/examples/river-chief.ron")),
    ("safety", include_str!("../rubrics/examples/safety.ron")),
    ("service-hall", include_str!("../rubrics/examples/service-hall.ron")),
    ("village-year", include_str!("../rubrics/examples/village-year.ron")),
    ("website", include_str!("../rubrics/examples/website.ron")),
];

/// All 标签 that a rubric mentions.
fn tags(rubric: &Rubric) -> BTreeSet<&str> {
    let sections = rubric.sections.iter().map(|it| &it.applies);
    let indicators = rubric.indicators().map(|it| &it.applies);
    sections.chain(indicators).flat_map(|it| it.only.iter().chain(&it.except)).map(String::as_str).collect()
}

/// A roster of one unit without tags, one with each of them, and one with all.
fn roster(rubric: &Rubric) -> String {
    let tags: Vec<&str> = tags(rubric).into_iter().collect();
    let mut csv = "编号,单位,类别,标签\n".to_owned();
    let each = tags.iter().map(|it| (*it).to_owned());
    let all = std::iter::once(String::new()).chain(each).chain([tags.join("、")]);
    for (number, tags) in all.enumerate() {
        csv.push_str(&format!("U{number},单位{number},{},{tags}\n", rubric.track));
    }
    csv
}

/// A row for every rule and unit; `n` varies what the rows say.
fn entries(rubric: &Rubric, n_units: usize, n: usize) -> String {
    let mut csv = "单位,指标,评分要点,规则,档次,次数,分值,日期,说明,事项,数值,倍数,任务数\n".to_owned();
    for unit in 0..n_units {
        for indicator in rubric.indicators() {
            for (idx, rule) in indicator.rules.iter().enumerate() {
                let turn = n + unit + idx;
                let levels = rule.measure.level_names();
                let level = levels.get(turn % levels.len().max(1)).copied().unwrap_or_default();
                let item = if indicator.items.len() > 1 && !turn.is_multiple_of(3) {
                    indicator.items[turn % indicator.items.len()].number.to_string()
                } else {
                    String::new()
                };
                let amount = match &rule.measure {
                    Measure::Discretionary { at_least, .. } => {
                        at_least.unwrap_or_else(|| "0.3".parse::<Points>().unwrap()).to_string()
                    }
                    _ => String::new(),
                };
                let value = if rule.measure.is_measured() { (turn % 5).to_string() } else { String::new() };
                let target = if rule.measure.asks_target() { "7" } else { "" };
                let is_modified =
                    !rule.measure.hangs_on_class() && !matches!(rule.measure, Measure::Veto { .. });
                let modifier = rubric.modifiers.get(turn % 4).filter(|_| is_modified);
                let modifier = modifier.map_or("", |it| it.name.as_str());
                let count = if rule.measure.is_repeatable() { 1 + turn % 3 } else { 1 };
                let (month, event) = (1 + turn % 12, if turn.is_multiple_of(4) { "一件事" } else { "" });
                csv.push_str(&format!(
                    "U{unit},{},{item},{},{level},{count},{amount},2024-{month:02}-15,原因,{event},{value},{modifier},{target}\n",
                    indicator.name, rule.id
                ));
            }
        }
    }
    csv
}

/// Returns the cells of a CSV, the header left out.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|it| it.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Leaves out the rows that concern nobody, as the program names them, until it takes the rest.
fn import(desk: &Desk, csv: &str) {
    let mut lines: Vec<&str> = csv.lines().collect();
    desk.file("entries.csv", lines.join("\n"));
    let outcome = desk.run("import entries entries.csv");
    if outcome.status == 3 {
        let row = |line: &str| line.strip_prefix("entries.csv 第 ")?.split_once(' ')?.0.parse::<usize>().ok();
        let rows: BTreeSet<usize> = outcome.err.lines().filter_map(row).collect();
        let refused = outcome.err.lines().filter(|it| it.starts_with("entries.csv"));
        refused.for_each(|it| assert!(it.contains("不考核该单位"), "{it}"));
        let mut number = 0;
        lines.retain(|_| {
            number += 1;
            !rows.contains(&number)
        });
        desk.file("entries.csv", lines.join("\n"));
        desk.ok("import entries entries.csv");
    } else {
        assert_eq!(outcome.status, 0, "{}", outcome.err);
    }
}

#[test]
fn every_line_of_every_total_adds_up() {
    for (name, text) in EXAMPLES {
        let (rubric, warnings) = read_rubric(name, text.as_bytes()).unwrap();
        assert_eq!(warnings, [], "{name}");
        let desk = Desk::empty();
        desk.file("rubric.ron", text);
        desk.file("units.csv", roster(&rubric));
        desk.ok("init 2024 --rubric rubric.ron --units units.csv");
        let n_units = desk.ok("units list --format csv").lines().count() - 1;
        for n in 0..3 {
            import(&desk, &entries(&rubric, n_units, n));
            if n == 1 {
                desk.ok("review --all");
            }
            check_arithmetic(&desk, name);
        }
        check_sheets(&desk, name);
        desk.ok("report -o report.docx");
        assert!(part(&desk.read("report.docx"), "word/document.xml").contains("〔发文机关〕"), "{name}");
        let html = desk.ok("report --format html --provisional");
        assert!(html.ends_with("</html>\n") && !html.contains("<script"), "{name}");
        desk.ok("check");
        desk.ok("compare");
        desk.ok("rubric show");
        desk.ok("log");
        desk.ok("export --format csv -o tables");
        desk.ok("export --format ron -o all.ron");
        desk.ok("--data other import year all.ron");
        desk.ok("--data other export --format ron -o again.ron");
        assert!(desk.read("all.ron") == desk.read("again.ron"), "{name}");
        // What an export lists can be recorded anew, and makes the same scores.
        let before = desk.ok("score --format csv");
        desk.ok("undo");
        assert!(before != desk.ok("score --format csv"), "{name}: undoing the import changed nothing");
        desk.ok("redo");
        assert_eq!(before, desk.ok("score --format csv"), "{name}");
    }
}

/// For every unit whose total is decided, the lines that are no sums add up to it.
#[track_caller]
fn check_arithmetic(desk: &Desk, name: &str) {
    let ranks = cells(&desk.ok("rank --provisional --format csv"));
    assert!(!ranks.is_empty());
    for rank in ranks {
        let (unit, total) = (&rank[3], &rank[8]);
        let lines = cells(&desk.ok(&format!("explain {unit} --format csv")));
        let is_undecided = lines.iter().any(|it| it[2].starts_with("合计（待定"));
        assert_eq!(is_undecided, total.is_empty(), "{name} {unit}");
        if is_undecided {
            continue;
        }
        let sum = |counts: &dyn Fn(&str) -> bool| -> Points {
            let points = lines.iter().filter(|it| counts(&it[2]) && !it[4].is_empty());
            points.map(|it| it[4].parse::<Points>().unwrap()).sum()
        };
        let is_sum = |it: &str| it.starts_with("小计") || it.starts_with("合计");
        assert_eq!(sum(&|it| !is_sum(it)).to_string(), *total, "{name} {unit}");
        assert_eq!(sum(&|it| it.starts_with("合计")).to_string(), *total, "{name} {unit}");
    }
}

/// For every unit, each sum on its sheet is what the formula beside it comes to, and the last one is its total.
#[track_caller]
fn check_sheets(desk: &Desk, name: &str) {
    desk.ok("export --format docx --unit U0 -o sheet.docx");
    assert!(part(&desk.read("sheet.docx"), "word/document.xml").contains("整改责任人"), "{name}");
    for rank in cells(&desk.ok("rank --provisional --format csv")) {
        let (unit, total) = (&rank[3], &rank[8]);
        desk.ok(&format!("export --format xlsx --unit {unit} -o sheet.xlsx"));
        let sheet = part(&desk.read("sheet.xlsx"), "xl/worksheets/sheet1.xml");
        let mut numbers: Vec<(u32, Points)> = Vec::new();
        let mut sums: Vec<(u32, Points)> = Vec::new();
        for cell in sheet.split("<c r=\"F").skip(1) {
            let cell = cell.split("</c>").next().unwrap();
            let row: u32 = cell.split('"').next().unwrap().parse().unwrap();
            let Some((before, value)) = cell.split_once("<v>") else { continue };
            if before.contains("t=\"s\"") {
                continue;
            }
            let value: Points = value.split('<').next().unwrap().parse().unwrap();
            match before.split_once("<f>") {
                None => numbers.push((row, value)),
                Some((_, formula)) => {
                    let computed = compute(formula.trim_end_matches("</f>"), &numbers, &sums);
                    assert_eq!(computed, value, "{name} {unit} F{row}={formula}");
                    sums.push((row, value));
                }
            }
        }
        let last = if total.is_empty() { None } else { sums.last().map(|it| it.1.to_string()) };
        assert_eq!(last.unwrap_or_default(), *total, "{name} {unit}");
    }
}

/// Returns what a formula of a sheet comes to: `ROUND(SUM(F6:F9),6)` of points, or `ROUND(100-F20,6)`, `ROUND(F10+F15,6)` of
/// sums before it.
#[track_caller]
fn compute(formula: &str, numbers: &[(u32, Points)], sums: &[(u32, Points)]) -> Points {
    let inner = formula.strip_prefix("ROUND(").and_then(|it| it.strip_suffix(",6)"));
    let inner = inner.unwrap_or_else(|| panic!("{formula} is not rounded"));
    if let Some(range) = inner.strip_prefix("SUM(F").and_then(|it| it.strip_suffix(')')) {
        let (first, last) = range.split_once(":F").unwrap();
        let rows = first.parse::<u32>().unwrap()..=last.parse::<u32>().unwrap();
        assert!(!sums.iter().any(|it| rows.contains(&it.0)), "{formula} counts a sum twice");
        return numbers.iter().filter(|it| rows.contains(&it.0)).map(|it| it.1).sum();
    }
    let mut total = Points::ZERO;
    for term in inner.replace('-', "+-").split('+').filter(|it| !it.is_empty()) {
        let (is_less, term) = term.strip_prefix('-').map_or((false, term), |it| (true, it));
        let value = match term.strip_prefix('F') {
            Some(row) => {
                let found = sums.iter().chain(numbers).find(|it| it.0 == row.parse::<u32>().unwrap());
                found.unwrap_or_else(|| panic!("{formula} names a cell without a number")).1
            }
            None => term.parse().unwrap(),
        };
        total = if is_less { total - value } else { total + value };
    }
    total
}

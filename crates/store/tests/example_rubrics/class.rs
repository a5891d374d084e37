//! From a few lines to a scored class.

use kaohe_core::{
    Change, Deduction, Ledger, Mark, RankOptions, Record, RecordKind, Roster, Rubric, Settings, Share, Stamp,
    Unit, UnitId, rank,
};
use kaohe_store::read_rubric;

/// Scores a class and compares it with what is expected.
///
/// A line of `class` is a unit: `名称 [标签 标签]: entry, entry`; after a comma it may go on in the next. An entry is `indicator/rule` or
/// `indicator:要点/rule`, then `x次数`, `=分值`, `~数值`, `~数值/任务数`, `#档次`, `*倍数`, `@月-日`, `!事项`.
/// `-indicator` marks it 不涉及, `?indicator` leaves it 未复核; everything else is reviewed.
///
/// A line of `expected` is a unit: the indicators' scores (`·` left out, `?` undecided), `=` the total, the grade and
/// the rank.
#[track_caller]
pub fn check(rubric: &Rubric, settings: Settings, class: &str, expected: &str) {
    let ledger = scored(rubric.clone(), settings, class);
    let shown: Vec<String> = (0..ledger.roster().units.len()).map(|it| show(&ledger, it)).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    assert_eq!(shown, expected);
}

/// Records what `class` says, as [`check`] explains.
#[track_caller]
pub fn scored(rubric: Rubric, settings: Settings, class: &str) -> Ledger {
    // A line that ends in a comma goes on in the next.
    let class = class.replace(",\n", ",");
    let lines =
        || class.lines().map(str::trim).filter(|it| !it.is_empty()).map(|it| it.split_once(':').unwrap());
    let units = (1..).zip(lines()).map(|(n, (head, _))| unit(&rubric, n, head)).collect();
    let roster = Roster { note: String::new(), units };
    let mut ledger = Ledger::new(vec![rubric.clone()], roster, settings).unwrap();
    for (unit_idx, (_, does)) in lines().enumerate() {
        let mut pending = Vec::new();
        for what in does.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            let unit = ledger.unit(unit_idx).id.clone();
            if let Some(indicator) = what.strip_prefix('?') {
                pending.push(indicator);
            } else if let Some(indicator) = what.strip_prefix('-') {
                let reason = Some("没有这项工作".to_owned());
                apply(&mut ledger, Change::NotApplicable { unit, indicator: indicator.into(), reason });
            } else {
                let deduction = entry(unit, what);
                apply(&mut ledger, Change::Deduct(deduction));
            }
        }
        for (indicator_idx, indicator) in rubric.indicators().enumerate() {
            let is_concerned = ledger.sheet(unit_idx).cells[indicator_idx].is_concerned();
            if is_concerned && !pending.contains(&indicator.id.as_str()) {
                let unit = ledger.unit(unit_idx).id.clone();
                let indicator = indicator.id.clone();
                apply(&mut ledger, Change::Review { unit, indicator, to: Mark::Reviewed });
            }
        }
    }
    ledger
}

/// Makes the unit of `名称 [标签 标签]`.
fn unit(rubric: &Rubric, n: usize, head: &str) -> Unit {
    let (name, tags) = head.split_once('[').unwrap_or((head, ""));
    Unit {
        id: format!("U{n}").as_str().into(),
        name: name.trim().to_owned(),
        track: rubric.track.clone(),
        short: String::new(),
        pinyin: String::new(),
        tags: tags.trim().trim_end_matches(']').split_whitespace().map(str::to_owned).collect(),
        note: String::new(),
        retired: String::new(),
    }
}

/// Makes the entry of `indicator:要点/rule x次数 …`.
#[track_caller]
fn entry(unit: UnitId, text: &str) -> Deduction {
    let mut words = text.split_whitespace();
    let (place, rule) = words.next().unwrap().split_once('/').unwrap();
    let (indicator, item) = place.split_once(':').map_or((place, None), |it| (it.0, Some(it.1)));
    let day = jiff::civil::date(2024, 6, 1);
    let mut deduction = Deduction::once(unit, indicator.into(), rule.into(), day);
    deduction.item = item.map(Into::into);
    deduction.note = "理由".to_owned();
    for word in words {
        match word.split_at(1) {
            ("x", count) => deduction.count = count.parse().unwrap(),
            ("=", amount) => deduction.amount = Some(amount.parse().unwrap()),
            ("#", level) => deduction.level = Some(level.to_owned()),
            ("*", factor) => deduction.modifier = Some(factor.to_owned()),
            ("!", event) => deduction.event = Some(event.to_owned()),
            ("@", day) => deduction.date = format!("2024-{day}").parse().unwrap(),
            ("~", value) => {
                let (value, target) = value.split_once('/').map_or((value, None), |it| (it.0, Some(it.1)));
                deduction.value = Some(value.parse().unwrap());
                deduction.target = target.map(|it| it.parse().unwrap());
            }
            other => panic!("{other:?}"),
        }
    }
    deduction
}

/// Makes the change, which must be possible.
#[track_caller]
fn apply(ledger: &mut Ledger, change: Change) {
    assert_eq!(ledger.refusal(&change), None, "{change:?}");
    let n = ledger.last().map_or(1, |it| it.n + 1);
    let stamp = Stamp { n, writer: "w".into() };
    let (by, machine) = ("张三".to_owned(), "PC-1".to_owned());
    let at = jiff::Timestamp::UNIX_EPOCH;
    ledger.apply(&Record { stamp, at, by, machine, kind: RecordKind::Do, change });
}

/// Shows a unit's scores as `check` expects them.
fn show(ledger: &Ledger, unit_idx: usize) -> String {
    let score = ledger.score(unit_idx);
    let indicators = score.indicators.iter().map(|it| match (it.share, it.decided()) {
        (Share::Scaled | Share::Spread | Share::Absent, _) => "·".to_owned(),
        (Share::Counted, Some(points)) => points.to_string(),
        (Share::Counted, None) => "?".to_owned(),
    });
    let mut words = vec![format!("{}:", ledger.unit(unit_idx).name)];
    words.extend(indicators);
    words.push("=".to_owned());
    words.push(score.decided().map_or("待定".to_owned(), |it| it.to_string()));
    words.extend(score.grade.map(|it| ledger.rubrics()[0].grades[it].name.clone()));
    let standings = rank(ledger, 0, RankOptions { provisional: false });
    let standing = standings.iter().find(|it| it.unit_idx == unit_idx).unwrap();
    words.push(standing.rank.map_or("不排".to_owned(), |it| format!("第{it}")));
    words.join(" ")
}

/// Reads a rubric; there must be nothing to remark.
#[track_caller]
pub fn faultless(name: &str, text: &str) -> Rubric {
    match read_rubric(name, text.as_bytes()) {
        Ok((rubric, warnings)) if warnings.is_empty() => rubric,
        Ok((_, faults)) | Err(faults) => panic!("{name}: {faults:#?}"),
    }
}

//! Laws of scoring, over made-up rubrics and entries.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::date;
use kaohe_core::*;
use proptest::prelude::*;

/// An indicator's shape: points of its items, and its rules.
#[derive(Clone, Debug)]
struct Shape {
    items: Vec<u32>,
    rules: Vec<Kind>,
    /// Of an indicator with one item: the cap's points in tenths, and over how many of the first rules.
    cap: Option<(u32, usize)>,
    inner_cap: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Tenths of a point each.
    Count(u32),
    ByLevel,
    Discretionary,
    /// From how many strikes on.
    Forfeit(u32),
    /// Of a target of twenty.
    Shortfall(u32),
    Steps(Side, Rounding),
    Bands(Side),
}

/// A deduction by numbers that are wrapped round to what the rubric has.
#[derive(Clone, Debug)]
struct Blow {
    unit: usize,
    indicator: usize,
    item: Option<usize>,
    rule: usize,
    level: usize,
    count: u32,
    tenths: u32,
    event: Option<u8>,
    /// Which of the rubric's factors.
    modifier: Option<usize>,
    is_withdrawn: bool,
}

fn tenths(n: u32) -> Points {
    "0.1".parse::<Points>().expect("a plain decimal").times(n)
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        4 => (1..25u32).prop_map(Kind::Count),
        2 => Just(Kind::ByLevel),
        2 => Just(Kind::Discretionary),
        1 => (1..4u32).prop_map(Kind::Forfeit),
        1 => (1..9u32).prop_map(Kind::Shortfall),
        1 => (side(), rounding()).prop_map(|(side, rounding)| Kind::Steps(side, rounding)),
        1 => side().prop_map(Kind::Bands),
    ]
}

fn side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Below), Just(Side::Above)]
}

fn rounding() -> impl Strategy<Value = Rounding> {
    prop_oneof![Just(Rounding::WholeSteps), Just(Rounding::StepsBegun), Just(Rounding::Exact)]
}

fn shape() -> impl Strategy<Value = Shape> {
    let items = prop_oneof![(1..21u32).prop_map(|it| vec![it]), prop::collection::vec(1..6u32, 2..5)];
    let cap = prop::option::of((1..60u32, 1..4usize));
    let inner_cap = prop::option::of(1..30u32);
    (items, prop::collection::vec(kind(), 1..5), cap, inner_cap).prop_map(|(items, rules, cap, inner_cap)| {
        // A cap stands only where there is one item; the inner one lies within the outer.
        let cap = cap.filter(|_| items.len() == 1).map(|(at_most, n)| (at_most, n.min(rules.len())));
        let inner_cap = inner_cap.filter(|_| cap.is_some_and(|it| it.1 > 1));
        Shape { items, rules, cap, inner_cap }
    })
}

fn blow() -> impl Strategy<Value = Blow> {
    (
        0..3usize,
        0..4usize,
        prop::option::of(0..4usize),
        0..4usize,
        0..3usize,
        1..40u32,
        1..200u32,
        prop::option::weighted(0.2, 0..3u8),
        prop::option::weighted(0.2, 0..MODIFIERS.len()),
        prop::bool::weighted(0.1),
    )
        .prop_map(
            |(unit, indicator, item, rule, level, count, tenths, event, modifier, is_withdrawn)| Blow {
                unit,
                indicator,
                item,
                rule,
                level,
                count,
                tenths,
                event,
                modifier,
                is_withdrawn,
            },
        )
}

fn rubric(shapes: &[Shape]) -> Rubric {
    let indicator = |(idx, shape): (usize, &Shape)| {
        let rule = |(idx, kind): (usize, &Kind)| {
            let measure = match kind {
                Kind::Count(each) => Measure::Count { each: tenths(*each), unit: "次".to_owned() },
                Kind::ByLevel => Measure::ByLevel {
                    levels: [("国务院", 10), ("省级", 5), ("市级", 2)]
                        .map(|(name, points)| Level { name: name.to_owned(), points: tenths(points) })
                        .to_vec(),
                    unit: "次".to_owned(),
                },
                Kind::Discretionary => {
                    Measure::Discretionary { unit: "次".to_owned(), at_least: None, at_most: None }
                }
                Kind::Forfeit(strikes) => {
                    Measure::Forfeit { strikes: *strikes, over: Vec::new(), scope: Scope::Indicator }
                }
                Kind::Shortfall(each) => Measure::Shortfall {
                    target: Some(Quantity::whole(20)),
                    each: tenths(*each),
                    unit: "篇".to_owned(),
                },
                Kind::Steps(side, rounding) => Measure::Steps {
                    reference: Reference::Fixed(Quantity::whole(10)),
                    side: *side,
                    step: "0.7".parse().expect("a plain decimal"),
                    each: tenths(3),
                    rounding: *rounding,
                    unit: "百分点".to_owned(),
                },
                Kind::Bands(side) => {
                    Measure::Bands { side: *side, bands: bands(*side), unit: "%".to_owned() }
                }
            };
            Rule::deducting(&format!("rule{idx}"), &format!("规则{idx}"), "扣分", measure)
        };
        let item = |(idx, points): (usize, &u32)| CheckItem {
            number: (idx + 1).to_string().into(),
            text: format!("要点{idx}"),
            points: Points::whole(*points),
        };
        let cap = |id: &str, at_most: u32, n: usize| Cap {
            id: id.into(),
            text: "最高".to_owned(),
            at_most: tenths(at_most),
            over: (0..n).map(|it| format!("rule{it}").into()).collect(),
            per: None,
        };
        let mut caps = Vec::new();
        caps.extend(shape.cap.map(|(at_most, n)| cap("outer", at_most, n)));
        caps.extend(shape.inner_cap.map(|at_most| cap("inner", at_most, 1)));
        let points = shape.items.iter().map(|it| Points::whole(*it)).sum();
        let rules = shape.rules.iter().enumerate().map(rule).collect();
        let (id, number, name) = (format!("indicator{idx}"), (idx + 1).to_string(), format!("指标{idx}"));
        Indicator {
            items: shape.items.iter().enumerate().map(item).collect(),
            caps,
            ..Indicator::plain(&id, &number, &name, points, rules)
        }
    };
    let indicators: Vec<Indicator> = shapes.iter().enumerate().map(indicator).collect();
    let points = indicators.iter().map(|it| it.points).sum();
    Rubric {
        modifiers: MODIFIERS
            .map(|(name, times)| Modifier {
                name: name.to_owned(),
                text: "可以".to_owned(),
                times: times.parse().expect("a plain decimal"),
            })
            .to_vec(),
        ..Rubric::plain("made-up", "区直", points, vec![Section::plain("1", "全部", points, indicators)])
    }
}

fn empty(shapes: &[Shape], settings: Settings) -> Ledger {
    let rubric = rubric(shapes);
    let errors = check_rubric(&rubric).into_iter().filter(|it| it.severity == Severity::Error);
    assert_eq!(errors.collect::<Vec<_>>(), []);
    let unit = |idx: usize| Unit {
        id: format!("U{idx}").into(),
        name: format!("单位{idx}"),
        track: "区直".into(),
        short: String::new(),
        pinyin: String::new(),
        tags: Vec::new(),
        note: String::new(),
        retired: String::new(),
    };
    let roster = Roster { note: String::new(), units: (0..3).map(unit).collect() };
    Ledger::new(vec![rubric], roster, settings).expect("a sound roster")
}

/// The factors of every made-up rubric.
const MODIFIERS: [(&str, &str); 3] = [("加倍", "2"), ("减半", "0.5"), ("免扣", "0")];

fn bands(side: Side) -> Vec<Band> {
    let limits = match side {
        Side::Below => [9, 6, 3],
        Side::Above => [6, 9, 15],
    };
    let band = |(limit, points): (u32, u32)| Band {
        limit: Limit::Beyond(Quantity::whole(limit)),
        to: None,
        points: Points::whole(points),
    };
    limits.into_iter().zip(1..).map(band).collect()
}

fn deduction(ledger: &Ledger, blow: &Blow) -> Deduction {
    let rubric = &ledger.rubrics()[0];
    let indicator = rubric.indicator(blow.indicator % rubric.n_indicators());
    let rule = &indicator.rules[blow.rule % indicator.rules.len()];
    let unit = ledger.unit(blow.unit).id.clone();
    let mut deduction = Deduction::once(unit, indicator.id.clone(), rule.id.clone(), date(2023, 6, 1));
    let item = blow.item.map(|it| &indicator.items[it % indicator.items.len()]);
    deduction.item = item.map(|it| it.number.clone());
    deduction.count = blow.count;
    deduction.event = blow.event.map(|it| format!("事{it}"));
    deduction.modifier = blow.modifier.map(|it| MODIFIERS[it].0.to_owned());
    if rule.measure.is_measured() {
        deduction.value = Some(tenths(blow.tenths).to_string().parse().expect("a plain decimal"));
    }
    match &rule.measure {
        Measure::ByLevel { levels, .. } => deduction.level = Some(levels[blow.level].name.clone()),
        Measure::Discretionary { .. } => {
            let at_most = item.map_or(indicator.points, |it| it.points);
            deduction.amount = Some(tenths(blow.tenths).min(at_most));
            deduction.note = "理由".to_owned();
        }
        _ => {}
    }
    deduction
}

fn record(n: u64, change: Change) -> Record {
    let stamp = Stamp { n, writer: "w".into() };
    Record {
        stamp,
        at: Timestamp::UNIX_EPOCH,
        by: "张三".to_owned(),
        machine: "PC-1".to_owned(),
        kind: RecordKind::Do,
        change,
    }
}

/// Records the blows in their order; every tenth or so is withdrawn again.
fn fold(shapes: &[Shape], blows: &[Blow], settings: Settings) -> Ledger {
    let mut ledger = empty(shapes, settings);
    let mut n = 0;
    for blow in blows {
        n += 1;
        let change = Change::Deduct(deduction(&ledger, blow));
        assert_eq!(ledger.refusal(&change), None);
        ledger.apply(&record(n, change));
        if blow.is_withdrawn {
            let entry = EntryId { stamp: Stamp { n, writer: "w".into() }, part: 0 };
            n += 1;
            ledger.apply(&record(n, Change::Withdraw { entry, reason: "收回".to_owned() }));
        }
    }
    assert_eq!(ledger.unresolved(), []);
    ledger
}

fn scores(ledger: &Ledger) -> Vec<SheetScore> {
    (0..ledger.roster().units.len()).map(|it| ledger.score(it).clone()).collect()
}

fn totals(ledger: &Ledger) -> Vec<Points> {
    scores(ledger).iter().map(|it| it.score).collect()
}

fn settings() -> impl Strategy<Value = Settings> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(dense, scaled, highest)| Settings {
        ties: if dense { Ties::Dense } else { Ties::Skip },
        not_applicable: if scaled { NotApplicable::Scaled } else { NotApplicable::FullMarks },
        events: if highest { Events::HighestOnly } else { Events::All },
    })
}

fn year() -> impl Strategy<Value = (Vec<Shape>, Vec<Blow>)> {
    (prop::collection::vec(shape(), 1..5), prop::collection::vec(blow(), 0..60))
}

fn finalise() -> Change {
    Change::Finalise { files: Vec::new(), digest: "0".to_owned(), provisional: true }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A year that is fixed refuses every change and every step back or forth, and takes in what was written without
    /// knowing of it; a year that is opened again is as it was.
    #[test]
    fn a_fixed_year_refuses_all_and_a_reopened_one_is_as_before(
        (shapes, blows) in year(),
        settings in settings(),
    ) {
        let before = fold(&shapes, &blows, settings);
        let n = before.last().map_or(0, |it| it.n);
        let changes: Vec<Change> = blows
            .iter()
            .map(|it| Change::Deduct(deduction(&before, it)))
            .chain([finalise(), Change::Adopt { files: Vec::new() }])
            .collect();
        let mut fixed = before.clone();
        fixed.apply(&record(n + 1, finalise()));
        let refusal = Refusal::Finalised { by: "张三".to_owned(), at: Timestamp::UNIX_EPOCH };
        for change in &changes {
            prop_assert_eq!(fixed.refusal(change), Some(refusal.clone()));
        }
        prop_assert_eq!(fixed.next_undo("张三", "PC-1"), Err(refusal.clone()));
        prop_assert_eq!(fixed.next_redo("张三", "PC-1"), Err(refusal));
        prop_assert_eq!(scores(&fixed), scores(&before));
        let unstated = Change::Reopen { reason: " ".to_owned() };
        prop_assert_eq!(fixed.refusal(&unstated), Some(Refusal::ReasonMissing));
        let reopen = Change::Reopen { reason: "漏记".to_owned() };
        prop_assert_eq!(before.refusal(&reopen), Some(Refusal::NotFinalised));
        prop_assert_eq!(fixed.refusal(&reopen), None);

        let mut opened = fixed.clone();
        opened.apply(&record(n + 2, reopen));
        for change in &changes {
            prop_assert_eq!(opened.refusal(change), before.refusal(change));
        }
        prop_assert_eq!(opened.next_undo("张三", "PC-1"), before.next_undo("张三", "PC-1"));
        prop_assert_eq!(scores(&opened), scores(&before));

        // Of those who did not know nothing is lost.
        let (mut open, mut late) = (before.clone(), fixed);
        for (change, n) in changes.iter().take(blows.len()).zip(n + 2..) {
            open.apply(&record(n, change.clone()));
            late.apply(&record(n, change.clone()));
        }
        prop_assert_eq!(scores(&late), scores(&open));
        prop_assert!(late.finalised().is_some());
    }

    #[test]
    fn every_score_lies_between_nothing_and_its_points((shapes, blows) in year(), settings in settings()) {
        let ledger = fold(&shapes, &blows, settings);
        for sheet in scores(&ledger) {
            prop_assert!(Points::ZERO <= sheet.score && sheet.score <= sheet.points);
            let indicators = ledger.rubrics()[0].indicators();
            for (score, indicator) in sheet.indicators.iter().zip(indicators) {
                prop_assert!(Points::ZERO <= score.score && score.score <= indicator.points);
                for (tally, item) in score.items.iter().zip(&indicator.items) {
                    prop_assert!(Points::ZERO <= tally.lost && tally.lost <= item.points);
                    prop_assert!(tally.lost <= -tally.change);
                }
            }
        }
    }

    #[test]
    fn one_more_entry_never_raises_a_score((shapes, blows) in year(), more in blow()) {
        let mut ledger = fold(&shapes, &blows, Settings::default());
        let before = scores(&ledger);
        let change = Change::Deduct(deduction(&ledger, &more));
        ledger.apply(&record(10_000, change));
        for (unit_idx, (before, after)) in before.iter().zip(scores(&ledger)).enumerate() {
            prop_assert!(after.score <= before.score);
            prop_assert!(unit_idx == more.unit || *before == after, "another unit's score moved");
            let moved = before.indicators.iter().zip(&after.indicators).filter(|it| it.0 != it.1).count();
            prop_assert!(moved <= 1, "more than one indicator moved");
        }
    }

    #[test]
    fn the_order_of_entries_never_matters((shapes, blows) in year(), settings in settings(), seed in any::<u64>()) {
        // Of equally dear entries of one event the first one counts, which may be another one in another order;
        // the sum of what is lost is the same only where that tie does not fall under different caps.
        let settings = Settings { events: Events::All, ..settings };
        let mut shuffled = blows.clone();
        let n = shuffled.len() as u64;
        for idx in 0..shuffled.len() {
            let other = (seed.rotate_left((idx % 60) as u32) % n.max(1)) as usize;
            shuffled.swap(idx, other);
        }
        let (one, two) = (fold(&shapes, &blows, settings), fold(&shapes, &shuffled, settings));
        prop_assert_eq!(totals(&one), totals(&two));
    }

    #[test]
    fn withdrawing_restores_exactly_and_so_does_undoing((shapes, blows) in year(), more in blow(), settings in settings()) {
        let mut ledger = fold(&shapes, &blows, settings);
        let before = scores(&ledger);
        let change = Change::Deduct(deduction(&ledger, &more));
        ledger.apply(&record(10_000, change));
        let after = scores(&ledger);
        let undo = ledger.next_undo("张三", "PC-1").expect("something was done");
        ledger.apply(&Record { kind: RecordKind::Undo(undo.of), ..record(10_001, undo.change) });
        prop_assert_eq!(&before, &scores(&ledger));
        let redo = ledger.next_redo("张三", "PC-1").expect("something was undone");
        ledger.apply(&Record { kind: RecordKind::Redo(redo.of), ..record(10_002, redo.change) });
        prop_assert_eq!(&after, &scores(&ledger));
    }

    #[test]
    fn caps_bound_exactly_the_named_rules((shapes, blows) in year()) {
        let ledger = fold(&shapes, &blows, Settings::default());
        for sheet in scores(&ledger) {
            for (score, indicator) in sheet.indicators.iter().zip(ledger.rubrics()[0].indicators()) {
                let Some(outer) = indicator.caps.iter().find(|it| it.id == *"outer") else { continue };
                let lost = |idx: usize| score.rules[idx].amount;
                let inner = indicator.caps.iter().find(|it| it.id == *"inner");
                let first = inner.map_or(lost(0), |it| lost(0).min(it.at_most));
                let named: Points = first + (1..outer.over.len()).map(lost).sum();
                let others: Points = (outer.over.len()..indicator.rules.len()).map(lost).sum();
                let expected = named.min(outer.at_most) + others;
                prop_assert_eq!(-score.items[0].change, expected);
            }
        }
    }

    #[test]
    fn explanations_add_up((shapes, blows) in year(), settings in settings(), not_applicable in 0..5usize) {
        let mut ledger = fold(&shapes, &blows, settings);
        let indicators: Vec<IndicatorId> = ledger.rubrics()[0].indicators().map(|it| it.id.clone()).collect();
        if let Some(indicator) = indicators.get(not_applicable) {
            let reason = Some("无此职能".to_owned());
            let change = Change::NotApplicable { unit: "U1".into(), indicator: indicator.clone(), reason };
            ledger.apply(&record(10_000, change));
        }
        for (unit_idx, sheet) in scores(&ledger).into_iter().enumerate() {
            let total: Points = explain_total(&ledger, unit_idx).iter().map(|it| it.points).sum();
            prop_assert_eq!(total, sheet.score);
            for (indicator_idx, score) in sheet.indicators.iter().enumerate() {
                let lines = explain_indicator(&ledger, unit_idx, indicator_idx);
                prop_assert_eq!(lines.iter().map(|it| it.points).sum::<Points>(), score.score);
            }
        }
    }

    /// Where nothing but rules takes points, every point that was lost is told of the rule that took it; what a cap or a
    /// bound swallowed is told of nobody.
    #[test]
    fn lost_points_are_told_rule_by_rule((shapes, blows) in year()) {
        let ledger = fold(&shapes, &blows, Settings::default());
        let class = losses(&ledger).remove(0);
        let scores = scores(&ledger);
        prop_assert_eq!(class.lost, scores.iter().map(SheetScore::lost).sum::<Points>());
        prop_assert_eq!(class.lines.iter().map(|it| it.points).sum::<Points>(), class.lost);
        for line in &class.lines {
            let Cause::Rule { indicator_idx, rule_idx } = line.cause else {
                panic!("{:?} in {shapes:?}", line.cause);
            };
            let measure = &ledger.rubrics()[0].indicator(indicator_idx).rules[rule_idx].measure;
            let is_forfeit = matches!(measure, Measure::Forfeit { .. });
            for unit in &line.units {
                let tally = scores[unit.unit_idx].indicators[indicator_idx].rules[rule_idx];
                prop_assert_eq!(unit.n_occurrences, tally.n_occurrences);
                prop_assert!(Points::ZERO <= unit.points);
                prop_assert!(is_forfeit || unit.points <= tally.amount);
            }
        }
        for (unit_idx, score) in scores.iter().enumerate() {
            let own = class.lines.iter().flat_map(|it| &it.units).filter(|it| it.unit_idx == unit_idx);
            prop_assert_eq!(own.map(|it| it.points).sum::<Points>(), score.lost());
        }
    }

    /// Each stretch is as wide as the next, and every unit that may be ranked is counted once, where its score lies.
    #[test]
    fn a_distribution_counts_every_ranked_unit_once((shapes, blows) in year(), settings in settings()) {
        let ledger = fold(&shapes, &blows, settings);
        let scores = totals(&ledger);
        let bins = distribution(&ledger, 0, RankOptions { provisional: true });
        prop_assert_eq!(bins.iter().map(|it| it.n_units).sum::<usize>(), scores.len());
        for (nth, bin) in bins.iter().enumerate() {
            let is_in = |it: &&Points| bin.from <= **it && (**it < bin.to || (nth == 0 && **it == bin.to));
            prop_assert_eq!(scores.iter().filter(is_in).count(), bin.n_units);
            prop_assert_eq!(bins.get(nth + 1).map_or(bin.from, |it| it.to), bin.from);
            prop_assert_eq!(bin.to - bin.from, bins[0].to - bins[0].from);
        }
        prop_assert!(bins.len() <= 8 && bins[0].n_units > 0 && bins[bins.len() - 1].n_units > 0);
        prop_assert_eq!(distribution(&ledger, 0, RankOptions::default()), vec![]);
    }

    /// A year beside itself: everybody is there, nobody has moved, and every indicator is its own.
    #[test]
    fn nothing_moves_from_a_year_to_itself((shapes, blows) in year(), settings in settings()) {
        let ledger = fold(&shapes, &blows, settings);
        let change = year_change(&ledger, &ledger, &[], RankOptions { provisional: true });
        prop_assert_eq!(change.units.len(), ledger.roster().units.len());
        for unit in &change.units {
            prop_assert_eq!((&unit.now, unit.places_up(), unit.score_up()), (&unit.before, Some(0), Some(Points::ZERO)));
        }
        prop_assert_eq!(change.indicators.len(), ledger.rubrics()[0].n_indicators());
        for indicator in &change.indicators {
            prop_assert_eq!((&indicator.now, indicator.by), (&indicator.before, Some(MatchedBy::Id)));
        }
    }

    /// From one year to another and back: what rose falls by as much, and who is new one way is gone the other.
    #[test]
    fn two_years_move_both_ways_alike((shapes, blows) in year(), others in prop::collection::vec(blow(), 0..60)) {
        let (one, two) = (fold(&shapes, &blows, Settings::default()), fold(&shapes, &others, Settings::default()));
        let options = RankOptions { provisional: true };
        let (there, back) = (year_change(&two, &one, &[], options), year_change(&one, &two, &[], options));
        for unit in &there.units {
            let same = back.units.iter().find(|it| it.now == unit.before && it.before == unit.now);
            let same = same.expect("each unit is in both");
            prop_assert_eq!(unit.places_up(), same.places_up().map(|it| -it));
            prop_assert_eq!(unit.score_up(), same.score_up().map(|it| -it));
        }
        for indicator in &there.indicators {
            let same = back.indicators.iter().find(|it| it.now == indicator.before && it.before == indicator.now);
            prop_assert_eq!(same.and_then(|it| it.loss_rate_up()), indicator.loss_rate_up().map(|it| -it));
        }
    }

    /// Differences come largest first, and what units add up to is what their indicators do.
    #[test]
    fn differences_come_largest_first_and_add_up(
        (shapes, blows) in year(),
        claims in prop::collection::vec((0..3usize, 0..5usize, 0..60u32), 0..20),
    ) {
        let mut ledger = fold(&shapes, &blows, Settings::default());
        for ((unit_idx, indicator, points), n) in claims.into_iter().zip(10_000..) {
            let indicator = ledger.rubrics()[0].indicator(indicator % shapes.len()).id.clone();
            let (unit, to) = (ledger.unit(unit_idx).id.clone(), Some(tenths(points)));
            ledger.apply(&record(n, Change::SelfScore { unit, indicator, to, note: String::new() }));
        }
        let cells = differences(&ledger, None);
        let n_claimed = scores(&ledger).iter().flat_map(|it| &it.indicators).filter(|it| it.self_score.is_some()).count();
        prop_assert_eq!(cells.len(), n_claimed);
        let sizes: Vec<_> = cells.iter().map(|it| it.points().map(Points::abs)).collect();
        prop_assert!(sizes.is_sorted_by(|one, next| one >= next));
        let units = unit_differences(&ledger, None);
        prop_assert!(units.is_sorted_by(|one, next| one.points().abs() >= next.points().abs()));
        for unit in &units {
            let own = || cells.iter().filter(|it| it.unit_idx == unit.unit_idx);
            prop_assert_eq!(own().count(), unit.n_cells);
            prop_assert_eq!(own().filter_map(Difference::points).sum::<Points>(), unit.points());
        }
        prop_assert_eq!(units.iter().map(|it| it.n_cells).sum::<usize>(), cells.len());
    }

    #[test]
    fn an_event_counts_once_at_its_dearest((shapes, blows) in year()) {
        let settings = Settings { events: Events::HighestOnly, ..Settings::default() };
        let highest = fold(&shapes, &blows, settings);
        let all = fold(&shapes, &blows, Settings::default());
        for (unit_idx, (some, all)) in scores(&highest).iter().zip(scores(&all)).enumerate() {
            prop_assert!(some.score >= all.score);
            // Each event counts one entry, and untied entries all count.
            let entries = highest.sheet(unit_idx).cells.iter().flat_map(|it| &it.entries);
            let active: Vec<&Entry> = entries.filter(|it| it.withdrawn.is_none()).collect();
            let events: BTreeSet<_> = active.iter().filter_map(|it| it.deduction.event.as_ref()).collect();
            let n_free = active.iter().filter(|it| it.deduction.event.is_none()).count();
            let n_counted: usize = some.indicators.iter().flat_map(|it| &it.rules).map(|it| it.n_entries).sum();
            prop_assert_eq!(n_counted, n_free + events.len());
        }
    }

    #[test]
    fn taking_records_in_at_once_or_one_by_one_is_the_same((shapes, blows) in year(), settings in settings()) {
        let one_by_one = fold(&shapes, &blows, settings);
        let empty = empty(&shapes, settings);
        let mut records = Vec::new();
        let mut n = 0;
        for blow in &blows {
            n += 1;
            records.push(record(n, Change::Deduct(deduction(&empty, blow))));
            if blow.is_withdrawn {
                let entry = EntryId { stamp: Stamp { n, writer: "w".into() }, part: 0 };
                n += 1;
                records.push(record(n, Change::Withdraw { entry, reason: "收回".to_owned() }));
            }
        }
        let mut at_once = empty;
        records.reverse();
        at_once.extend(&records);
        prop_assert_eq!(scores(&one_by_one), scores(&at_once));
    }
}

/// Returns the records of the blows, some amended or withdrawn, the last of them in one batch.
fn records(empty: &Ledger, blows: &[Blow], n_single: usize) -> Vec<Record> {
    let (single, batched) = blows.split_at(n_single.min(blows.len()));
    let deduct = |blow: &Blow| Change::Deduct(deduction(empty, blow));
    let mut records = Vec::new();
    for blow in single {
        let n = records.len() as u64 + 1;
        records.push(record(n, deduct(blow)));
        if blow.is_withdrawn {
            let entry = EntryId { stamp: Stamp { n, writer: "w".into() }, part: 0 };
            records.push(record(n + 1, Change::Withdraw { entry, reason: "收回".to_owned() }));
        } else if blow.count % 2 == 0 {
            let entry = EntryId { stamp: Stamp { n, writer: "w".into() }, part: 0 };
            let to = deduction(empty, &Blow { rule: blow.rule + 1, ..blow.clone() });
            records.push(record(n + 1, Change::Amend { entry, to }));
        }
    }
    let mut changes: Vec<Change> = batched.iter().map(deduct).collect();
    changes.extend((0..empty.roster().units.len()).map(|it| Change::Review {
        unit: empty.unit(it).id.clone(),
        indicator: empty.rubrics()[0].indicator(it % empty.rubrics()[0].n_indicators()).id.clone(),
        to: Mark::Reviewed,
    }));
    records.push(record(records.len() as u64 + 1, Change::Batch { title: "一批".to_owned(), changes }));
    records
}

proptest! {
    #[test]
    fn the_same_rubric_moves_nobody((shapes, blows) in year(), settings in settings(), n_single in 0..60usize) {
        let mut ledger = empty(&shapes, settings);
        let records = records(&ledger, &blows, n_single);
        ledger.extend(&records);
        let change = rubric_change(&ledger, &records, rubric(&shapes), RankOptions { provisional: true });
        let change = change.expect("the class is there");
        prop_assert_eq!((change.moved, change.misfits), (Vec::new(), Vec::new()));
        prop_assert_eq!(rubric_edits(&ledger.rubrics()[0], &change.after.rubrics()[0]), []);
    }

    #[test]
    fn another_rubric_gives_what_a_year_built_with_it_gives(
        (shapes, blows) in year(),
        others in prop::collection::vec(shape(), 1..5),
        n_kept in 0..5usize,
        settings in settings(),
        n_single in 0..60usize,
        provisional in any::<bool>(),
    ) {
        let mut before = empty(&shapes, settings);
        let records = records(&before, &blows, n_single);
        before.extend(&records);
        let kept = shapes.iter().take(n_kept);
        let new: Vec<Shape> = kept.chain(others.iter().skip(n_kept)).cloned().collect();
        prop_assume!(!new.is_empty());
        let mut anew = empty(&new, settings);
        anew.extend(&records);

        let options = RankOptions { provisional };
        let change = rubric_change(&before, &records, rubric(&new), options).expect("the class is there");
        prop_assert_eq!(scores(&change.after), scores(&anew));
        // Everything fitted before; so each refusal is told once, in its order, of a change of that record.
        let told: Vec<(Stamp, Refusal)> =
            change.misfits.iter().map(|it| (it.record.stamp.clone(), it.refusal.clone())).collect();
        prop_assert_eq!(told.as_slice(), anew.unresolved());
        for it in &change.misfits {
            prop_assert!(!matches!(it.change, Change::Deduct(deduction) if anew.cost(deduction).is_ok()));
        }

        let rank_of = |ledger: &Ledger, unit_idx: usize| {
            rank(ledger, 0, options).into_iter().find(|it| it.unit_idx == unit_idx).and_then(|it| it.rank)
        };
        for unit_idx in 0..before.roster().units.len() {
            let (from, to) = (before.score(unit_idx).score, anew.score(unit_idx).score);
            let ranks = (rank_of(&before, unit_idx), rank_of(&anew, unit_idx));
            let moved = change.moved.iter().find(|it| it.unit_idx == unit_idx);
            prop_assert_eq!(moved.is_some(), from != to || ranks.0 != ranks.1);
            if let Some(moved) = moved {
                prop_assert_eq!((moved.score_before, moved.score_after), (Some(from), Some(to)));
                prop_assert_eq!((moved.rank_before, moved.rank_after), ranks);
            }
        }
        prop_assert!(change.moved.is_empty() || !rubric_edits(&before.rubrics()[0], &anew.rubrics()[0]).is_empty());
    }
}

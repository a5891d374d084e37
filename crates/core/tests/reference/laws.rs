//! Laws of scoring where rubrics use the whole language.

use kaohe_core::*;
use proptest::prelude::*;

use crate::differ::differences as differing;
use crate::generate::{Case, case, record};
use crate::recorded::{nodes, share};

fn scores(ledger: &Ledger) -> Vec<SheetScore> {
    (0..ledger.roster().units.len()).map(|it| ledger.score(it).clone()).collect()
}

/// Returns the year with one record after the other taken in, each of which a person could have made.
fn one_by_one(case: &Case) -> Ledger {
    let mut ledger = case.empty();
    for record in case.records() {
        // Leaving out what has a veto is refused to a person, and taken in all the same where it is recorded.
        let refusal = ledger.refusal(&record.change);
        assert!(matches!(refusal, None | Some(Refusal::VetoStands)), "{refusal:?} {:?}", record.change);
        ledger.apply(&record);
    }
    ledger
}

/// Returns the changes ordered by their indicators, those of one indicator as they were.
fn by_indicator(changes: &[Change]) -> Vec<Change> {
    let mut keys: Vec<IndicatorId> = Vec::new();
    for change in changes {
        let of_entry = |entry: &EntryId| keys[entry.stamp.n as usize - 1].clone();
        let key = match change {
            Change::Amend { entry, .. } | Change::Withdraw { entry, .. } | Change::Restore { entry } => {
                of_entry(entry)
            }
            Change::Batch { changes, .. } => indicator_of(&changes[0]),
            change => indicator_of(change),
        };
        keys.push(key);
    }
    let mut order: Vec<usize> = (0..changes.len()).collect();
    order.sort_by_key(|&it| &keys[it]);
    let renamed = |id: &EntryId| {
        let before = id.stamp.n as usize - 1;
        let after = order.iter().position(|it| *it == before).expect("each change is there");
        let stamp = Stamp { n: after as u64 + 1, writer: id.stamp.writer.clone() };
        EntryId { stamp, part: id.part }
    };
    let moved = |&idx: &usize| match changes[idx].clone() {
        Change::Amend { entry, to } => Change::Amend { entry: renamed(&entry), to },
        Change::Withdraw { entry, reason } => Change::Withdraw { entry: renamed(&entry), reason },
        Change::Restore { entry } => Change::Restore { entry: renamed(&entry) },
        change => change,
    };
    order.iter().map(moved).collect()
}

fn indicator_of(change: &Change) -> IndicatorId {
    match change {
        Change::Deduct(deduction) => deduction.indicator.clone(),
        Change::SelfScore { indicator, .. }
        | Change::Review { indicator, .. }
        | Change::NotApplicable { indicator, .. } => indicator.clone(),
        other => panic!("of no indicator: {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn the_engine_says_what_the_scorer_says(case in case()) {
        let ledger = case.ledger();
        prop_assert_eq!(differing(&case, &ledger), Vec::<String>::new());
    }

    #[test]
    fn lost_points_add_up_unit_by_unit(case in case()) {
        let ledger = case.ledger();
        for class in losses(&ledger) {
            prop_assert_eq!(class.lines.iter().map(|it| it.points).sum::<Points>(), class.lost);
            for unit_idx in ledger.units_of(class.rubric_idx) {
                let own = class.lines.iter().flat_map(|it| &it.units).filter(|it| it.unit_idx == unit_idx);
                let lost = ledger.score(unit_idx).decided().map_or(Points::ZERO, |_| ledger.score(unit_idx).lost());
                prop_assert_eq!(own.map(|it| it.points).sum::<Points>(), lost);
            }
            for line in &class.lines {
                prop_assert_eq!(line.units.iter().map(|it| it.points).sum::<Points>(), line.points);
                prop_assert_eq!(line.units.iter().map(|it| it.n_occurrences).sum::<u64>(), line.n_occurrences);
            }
        }
    }

    #[test]
    fn one_by_one_is_the_same_as_at_once(case in case()) {
        let (one_by_one, at_once) = (one_by_one(&case), case.ledger());
        prop_assert_eq!(scores(&one_by_one), scores(&at_once));
    }

    #[test]
    fn explanations_add_up(case in case()) {
        let ledger = case.ledger();
        for (unit_idx, sheet) in scores(&ledger).into_iter().enumerate() {
            let total: Points = explain_total(&ledger, unit_idx).iter().map(|it| it.points).sum();
            prop_assert_eq!(total, sheet.score);
            for (indicator_idx, score) in sheet.indicators.iter().enumerate() {
                let lines = explain_indicator(&ledger, unit_idx, indicator_idx);
                prop_assert_eq!(lines.iter().map(|it| it.points).sum::<Points>(), score.score);
            }
        }
    }

    #[test]
    fn scores_lie_within_their_bounds(case in case()) {
        let ledger = case.ledger();
        for (unit_idx, sheet) in scores(&ledger).into_iter().enumerate() {
            let rubric = ledger.rubric_of(unit_idx);
            for (score, (_, indicator)) in sheet.indicators.iter().zip(nodes(rubric)) {
                prop_assert!(indicator.at_least.min(Points::ZERO) <= score.score);
                prop_assert!(score.score <= indicator.points);
                for (tally, item) in score.items.iter().zip(&indicator.items) {
                    let is_one_of_several = indicator.items.len() > 1;
                    prop_assert!(!is_one_of_several || Points::ZERO <= tally.score && tally.score <= item.points);
                }
            }
            let outside = rubric.sections.iter().filter(|it| it.is_outside);
            let outside: rust_decimal::Decimal =
                outside.map(|it| crate::recorded::decimal(it.points) * share(it.weight)).sum();
            let most = crate::recorded::decimal(rubric.points) + outside;
            prop_assert!(Points::ZERO <= sheet.score && crate::recorded::decimal(sheet.score) <= most);
            prop_assert!(rubric.at_most.is_none_or(|it| sheet.score <= it));
        }
    }

    #[test]
    fn undoing_leaves_no_trace(case in case(), act in prop::collection::vec(any::<u32>(), 24)) {
        let mut ledger = case.ledger();
        let before = scores(&ledger);
        let Some(change) = case.clone().act(&mut crate::draw::Draw::new(&act)) else { return Ok(()) };
        let n = case.changes.len() as u64 + 1;
        ledger.apply(&record(n, change));
        let after = scores(&ledger);
        let undo = ledger.next_undo("张三", "PC-1").expect("something was done");
        ledger.apply(&Record { kind: RecordKind::Undo(undo.of), ..record(n + 1, undo.change) });
        prop_assert_eq!(&before, &scores(&ledger));
        let redo = ledger.next_redo("张三", "PC-1").expect("something was undone");
        ledger.apply(&Record { kind: RecordKind::Redo(redo.of), ..record(n + 2, redo.change) });
        prop_assert_eq!(&after, &scores(&ledger));
    }

    #[test]
    fn the_order_among_indicators_does_not_matter(mut case in case()) {
        // Of one event the first recorded counts, and a cap over several indicators takes from the last recorded.
        case.settings.events = Events::All;
        for rubric in &mut case.rubrics {
            rubric.events = None;
            rubric.caps.clear();
        }
        let before = case.ledger();
        case.changes = by_indicator(&case.changes);
        let after = case.ledger();
        let shown = |ledger: &Ledger| -> Vec<_> {
            let of_unit = |it: &SheetScore| {
                let of_indicators: Vec<_> = it.indicators.iter().map(|it| (it.score, it.undecided.clone())).collect();
                (it.score, it.grade, it.undecided.clone(), it.self_score, of_indicators)
            };
            scores(ledger).iter().map(of_unit).collect()
        };
        prop_assert_eq!(shown(&before), shown(&after));
    }
}

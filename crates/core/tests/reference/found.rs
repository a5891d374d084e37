//! What the comparison found once, each as small as it can be.

use jiff::civil::{Date, date};
use kaohe_core::*;

use crate::differ::differences;
use crate::draw::{points, quantity};
use crate::generate::Case;
use crate::recorded::{Recorded, Said};

/// A year of one class with one section, and units U0, U1, …, each with its 标签.
fn year(indicators: Vec<Indicator>, tags: &[&str]) -> Case {
    let whole = indicators.iter().map(|it| it.points).sum();
    let rubric = Rubric::plain("r", "区直", whole, vec![Section::plain("1", "全部", whole, indicators)]);
    let unit = |(idx, tag): (usize, &&str)| Unit {
        id: format!("U{idx}").into(),
        name: format!("单位{idx}"),
        track: "区直".into(),
        short: String::new(),
        pinyin: String::new(),
        tags: tag.split_whitespace().map(str::to_owned).collect(),
        note: String::new(),
        retired: String::new(),
    };
    Case {
        rubrics: vec![rubric],
        roster: Roster { note: String::new(), units: tags.iter().enumerate().map(unit).collect() },
        settings: Settings::default(),
        changes: Vec::new(),
        focus: 0,
        recorded: Recorded::default(),
    }
}

fn indicator(id: &str, measure: Measure) -> Indicator {
    Indicator::plain(id, id, id, points("10"), vec![Rule::deducting("r", "规则", "扣", measure)])
}

fn count(each: &str) -> Measure {
    Measure::Count { each: points(each), unit: "次".to_owned() }
}

fn by_rank() -> Measure {
    let places = Places::Descending { first: points("4"), each: points("1") };
    Measure::ByRank { best: Best::Highest, places, unit: "次".to_owned() }
}

impl Case {
    fn say(&mut self, unit: &str, indicator: &str, day: Date, say: impl FnOnce(&mut Deduction)) {
        let mut deduction = Deduction::once(unit.into(), indicator.into(), "r".into(), day);
        deduction.note = "理由".to_owned();
        say(&mut deduction);
        let order = self.recorded.entries.len();
        self.recorded.entries.push(Said { order, is_withdrawn: false, deduction: deduction.clone() });
        self.changes.push(Change::Deduct(deduction));
    }

    /// Marks every indicator of every unit.
    fn review_all(&mut self) {
        for (unit_idx, unit) in self.roster.units.iter().enumerate() {
            for (indicator_idx, indicator) in self.rubrics[0].indicators().enumerate() {
                let (unit, indicator) = (unit.id.clone(), indicator.id.clone());
                self.recorded.reviewed.insert((unit_idx, indicator_idx));
                self.changes.push(Change::Review { unit, indicator, to: Mark::Reviewed });
            }
        }
    }

    fn mark(&mut self, unit_idx: usize, indicator_idx: usize) {
        self.recorded.not_applicable.insert((unit_idx, indicator_idx));
        let unit = self.roster.units[unit_idx].id.clone();
        let indicator = self.rubrics[0].indicators().nth(indicator_idx).map(|it| it.id.clone());
        let indicator = indicator.expect("a known indicator");
        let reason = Some("无此职能".to_owned());
        self.changes.push(Change::NotApplicable { unit, indicator, reason });
    }
}

/// Compares with the scorer, and with the totals as a person adds them up; `?` is an undecided one.
#[track_caller]
fn check(case: &Case, expected: &str) {
    let ledger = case.ledger();
    assert_eq!(differences(case, &ledger), Vec::<String>::new());
    let shown = |it: usize| ledger.score(it).decided().map_or_else(|| "?".to_owned(), |it| it.to_string());
    let totals: Vec<String> = (0..case.roster.units.len()).map(shown).collect();
    assert_eq!(totals.join(" "), expected);
}

const DAY: Date = date(2023, 3, 1);

#[test]
fn first_weeks_of_two_years_were_one() {
    let mut case = year(vec![indicator("a", count("1"))], &[""]);
    let rule = &mut case.rubrics[0].sections[0].indicators[0].rules[0];
    (rule.per, rule.combine) = (Some(Window::Weeks(2)), Combine::Last);
    case.say("U0", "a", date(2023, 1, 3), |_| {});
    case.say("U0", "a", date(2024, 1, 3), |_| {});
    check(&case, "8");
}

#[test]
fn highest_of_a_checklist_was_taken_item_by_item() {
    let items = vec!["职能".to_owned(), "机构".to_owned()];
    let measure = Measure::Checklist { items, each: points("1"), unit: "项".to_owned() };
    let mut case = year(vec![indicator("a", measure)], &[""]);
    case.say("U0", "a", DAY, |it| it.level = Some("职能".to_owned()));
    case.say("U0", "a", DAY, |it| it.level = Some("机构".to_owned()));
    check(&case, "8");
    case.rubrics[0].sections[0].indicators[0].rules[0].combine = Combine::Highest;
    check(&case, "9");
}

#[test]
fn indicator_that_is_left_out_shut_a_gate() {
    let mut gate = indicator("a", count("1"));
    gate.start = Start::Zero;
    gate.applies.only = vec!["窗口".to_owned()];
    let mut gated = indicator("b", count("1"));
    gated.gate = Some(Gate { indicator: "a".into(), at_least: points("5"), text: "前提".to_owned() });
    let case = year(vec![gate, gated], &["窗口", ""]);
    check(&case, "0 10");
}

#[test]
fn gate_of_a_gate_was_asked_for_what_is_undecided() {
    let gated = |id: &str, by: &str| {
        let mut indicator = indicator(id, count("1"));
        indicator.gate =
            Some(Gate { indicator: by.into(), at_least: points("5"), text: "前提".to_owned() });
        indicator
    };
    let case = year(vec![indicator("a", by_rank()), gated("b", "a"), gated("c", "b")], &[""]);
    let ledger = case.ledger();
    let is_undecided: Vec<bool> =
        ledger.score(0).indicators.iter().map(|it| it.undecided.is_some()).collect();
    assert_eq!(is_undecided, [true, true, false]);
    check(&case, "?");
}

#[test]
fn mean_that_hung_on_a_mean_stayed_undecided() {
    let mut gated = indicator("b", count("1"));
    gated.gate = Some(Gate { indicator: "a".into(), at_least: points("5"), text: "前提".to_owned() });
    let mut case = year(vec![indicator("a", count("1")), gated], &["", "", ""]);
    case.settings.not_applicable = NotApplicable::ClassMean;
    case.review_all();
    case.say("U1", "a", DAY, |it| it.count = 2);
    case.say("U2", "b", DAY, |it| it.count = 3);
    // The first one's b is the mean of the others'; the last one's b asks for its a, which is a mean itself.
    case.mark(0, 1);
    case.mark(2, 0);
    check(&case, "18.5 18 16");
}

#[test]
fn value_that_an_event_left_out_still_had_a_place() {
    let mut case = year(vec![indicator("a", by_rank()), indicator("b", count("1"))], &["", ""]);
    case.settings.events = Events::HighestOnly;
    case.review_all();
    for unit in ["U0", "U1"] {
        case.say(unit, "a", DAY, |it| {
            (it.value, it.event) = (Some(quantity("3")), Some("甲".to_owned()));
        });
    }
    check(&case, "16 16");
    case.say("U0", "b", DAY, |it| it.event = Some("甲".to_owned()));
    check(&case, "? ?");
}

#[test]
fn veto_and_deduction_of_one_event_drove_each_other_out() {
    let veto = Measure::Veto { effect: VetoEffect::Zero };
    let mut case = year(vec![indicator("a", veto), indicator("b", count("600"))], &[""]);
    case.settings.events = Events::HighestOnly;
    case.review_all();
    case.say("U0", "a", DAY, |it| it.event = Some("甲".to_owned()));
    case.say("U0", "b", DAY, |it| (it.count, it.event) = (MAX_COUNT, Some("甲".to_owned())));
    check(&case, "0");
    assert_eq!(case.ledger().score(0).indicators[1].score, points("0"));
}

#[test]
fn place_of_a_rule_that_adds_was_worth_nothing() {
    let mut case = year(vec![indicator("a", by_rank())], &["", ""]);
    let rule = &mut case.rubrics[0].sections[0].indicators[0].rules[0];
    (rule.combine, rule.per) = (Combine::Add, Some(Window::Month));
    case.review_all();
    for (unit, day, value) in [("U0", DAY, "3"), ("U1", DAY, "2"), ("U0", date(2023, 5, 1), "1")] {
        case.say(unit, "a", day, |it| it.value = Some(quantity(value)));
    }
    check(&case, "7 6");
}

#[test]
fn values_of_nothing_stand_beside_those_of_the_class() {
    let relative = |best| Measure::Relative { best, points: points("6"), unit: "件".to_owned() };
    let with_values = |measure: Measure, values: &[&str]| {
        let mut indicator = indicator("a", measure);
        (indicator.start, indicator.rules[0].direction) = (Start::Zero, Direction::Award);
        let mut case = year(vec![indicator], &vec![""; values.len()]);
        case.review_all();
        for (unit_idx, value) in values.iter().enumerate() {
            case.say(&format!("U{unit_idx}"), "a", DAY, |it| it.value = Some(quantity(value)));
        }
        case
    };
    check(&with_values(relative(Best::Highest), &["9", "7", "0"]), "6 4.666667 0");
    check(&with_values(relative(Best::Highest), &["0", "0"]), "6 6");
    check(&with_values(relative(Best::Lowest), &["2", "3", "7"]), "6 4 1.714286");
    check(&with_values(relative(Best::Lowest), &["0", "3", "0"]), "6 0 6");
    let steps = |side| Measure::Steps {
        reference: Reference::ClassMean,
        side,
        step: quantity("1"),
        each: points("0.5"),
        rounding: Rounding::Exact,
        unit: "分".to_owned(),
    };
    // The mean of 1, 2 and 2 is 1.666667.
    check(&with_values(steps(Side::Above), &["1", "2", "2"]), "0 0.166667 0.166667");
    check(&with_values(steps(Side::Below), &["1", "-2", "2"]), "0 1.166667 0");
    // A last value takes the place of the first, and who has none keeps all waiting.
    let mut case = with_values(steps(Side::Above), &["4", "2"]);
    case.say("U0", "a", DAY, |it| it.value = Some(quantity("6")));
    check(&case, "1 0");
    case.mark(1, 0);
    check(&case, "0 10");
    let mut case = with_values(steps(Side::Above), &["4", "2"]);
    case.recorded.entries.pop();
    case.changes.pop();
    check(&case, "? ?");
}

#[test]
fn self_scores_of_what_is_left_out_were_added() {
    let mut case = year(vec![indicator("a", count("1"))], &[""]);
    let mut outside = Section::plain("2", "附加", points("10"), vec![indicator("b", count("1"))]);
    outside.is_outside = true;
    case.rubrics[0].sections.push(outside);
    for (indicator_idx, id) in [(0, "a"), (1, "b")] {
        let to = Some(points("9"));
        case.recorded.self_scores.insert((0, indicator_idx), points("9"));
        case.changes.push(Change::SelfScore {
            unit: "U0".into(),
            indicator: id.into(),
            to,
            note: String::new(),
        });
    }
    case.mark(0, 1);
    check(&case, "10");
    assert_eq!(case.ledger().score(0).self_score, Some(points("9")));
}

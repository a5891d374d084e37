//! Every fault of a rubric by the smallest text that has it: where it is, and its code.

use kaohe_store::read_rubric;

use crate::text::faults::{code, file_fault};

/// Reads `before`, `piece` on lines of its own and `after`, and lists `line:column code` with lines counted from the
/// piece: those of what stands before it are 0 or less.
#[track_caller]
fn check_within(before: &str, piece: &str, after: &str, expected: &str) {
    let text = format!("{before}\n{piece}\n{after}");
    let n_before = i64::try_from(before.matches('\n').count()).unwrap() + 1;
    let faults = match read_rubric("r.ron", text.as_bytes()) {
        Ok((_, warnings)) => warnings,
        Err(faults) => faults,
    };
    let shown = |it: &kaohe_store::FileFault| {
        let position = it.position.unwrap();
        format!("{}:{} {}", i64::from(position.line) - n_before, position.column, code(it))
    };
    let found: Vec<String> = faults.iter().map(shown).collect();
    let sentences: Vec<String> = faults.iter().map(file_fault).collect();
    assert_eq!(found.join(", "), expected, "{piece}\n{}", sentences.join("\n"));
}

const TOP: &str = "Rubric(id: \"r\", track: \"t\", title: \"t\", points: 10,";
const PERIOD: &str = "period: Period(from: \"2024-01-01\", to: \"2024-12-31\"),";
const SECTION: &str = "sections: [Section(number: 1, name: \"s\", points: 10,";
const INDICATOR: &str =
    "indicators: [Indicator(id: \"i\", number: 1, name: \"i\", points: 10, method: \"m\",";
const RULE: &str = "Rule(id: \"a\", label: \"a\", text: \"m\",";
const COUNT: &str = "measure: Count(each: 1)";

/// Checks fields of a rubric of one section, one indicator and one rule.
#[track_caller]
fn top(piece: &str, expected: &str) {
    check_within(TOP, piece, &format!("{SECTION}{INDICATOR}rules: [{RULE}{COUNT})])])])"), expected);
}

/// Checks the sections of a rubric of 10 points.
#[track_caller]
fn sections(piece: &str, expected: &str) {
    check_within(&format!("{TOP}sections: ["), &filled(piece), "])", expected);
}

/// Checks fields of the only section.
#[track_caller]
fn section(piece: &str, expected: &str) {
    let after = format!("{INDICATOR}rules: [{RULE}{COUNT})])])])");
    check_within(&format!("{TOP}{SECTION}"), piece, &after, expected);
}

/// Checks fields of the only indicator, whose rule `a` takes a point each time.
#[track_caller]
fn indicator(piece: &str, expected: &str) {
    let before = format!("{TOP}{PERIOD}{SECTION}{INDICATOR}");
    check_within(&before, piece, &format!("rules: [{RULE}{COUNT})])])])"), expected);
}

/// Checks fields of the only indicator, with its rules.
#[track_caller]
fn rules(piece: &str, expected: &str) {
    check_within(&format!("{TOP}{PERIOD}{SECTION}{INDICATOR}"), &filled(piece), ")])])", expected);
}

/// Checks fields of the only rule, beside its name and text.
#[track_caller]
fn rule(piece: &str, expected: &str) {
    let before = format!("{TOP}{PERIOD}{SECTION}{INDICATOR}rules: [{RULE}");
    check_within(&before, piece, ")])])])", expected);
}

/// Checks how a rule measures.
#[track_caller]
fn measure(piece: &str, expected: &str) {
    let before = format!("{TOP}{PERIOD}{SECTION}{INDICATOR}rules: [{RULE}measure:");
    check_within(&before, piece, ")])])])", expected);
}

/// Fills in what the test is not about, on the same line: `S1<10>` a section with its number and points, `I1<10>` an
/// indicator, `R<a>` a rule, each to be continued and closed.
fn filled(piece: &str) -> String {
    let mut text = piece.to_owned();
    for n in ["1", "2", "3"] {
        text = text.replace(&format!("S{n}<"), &format!("Section(number: {n}, name: \"s\", points: <"));
        let indicator = format!("Indicator(id: \"i{n}\", number: {n}, name: \"i{n}\", method: \"m\", ");
        text = text.replace(&format!("I{n}<"), &format!("{indicator}rules: [{RULE}{COUNT})], points: <"));
    }
    for id in ["a", "b", "c"] {
        text = text.replace(&format!("R<{id}>"), &format!("Rule(id: \"{id}\", label: \"{id}\", text: \"m\""));
    }
    text.replace(['<', '>'], "")
}

#[test]
fn nothing_is_wrong_with_the_smallest_rubric() {
    top("", "");
    indicator("", "");
    sections("S1<10>, indicators: [I1<10>)])", "");
    rules("rules: [R<a>, measure: Count(each: 1))]", "");
}

#[test]
fn points_add_up() {
    sections("S1<10>, indicators: [I1<9>)])", "1:39 E-sum");
    sections("S1<9>, indicators: [I1<9>)])", "0:49 E-sum");
    indicator("items: [CheckItem(number: 1, points: 9, text: \"t\")],", "0:219 E-sum");
    sections("S1<10>, indicators: [I1<6>), I2<4>)]), S2<5>, outside: true, indicators: [I3<5>)])", "");
    sections("S1<10>, indicators: [I1<10>)]), S2<5>, outside: true, indicators: [I2<3>)])", "1:236 W-reach");
    sections("S1<10>, indicators: [I1<10>)]), S2<5>, outside: true, indicators: [I2<9>)])", "");
}

#[test]
fn weights_add_up_to_all_of_it() {
    sections("S1<10>, indicators: [I1<10>, weight: 30), I2<10>, weight: 70)])", "");
    sections("S1<10>, indicators: [I1<10>, weight: 30), I2<10>, weight: 60)])", "1:55 E-weight");
    sections("S1<10>, indicators: [I1<10>, weight: 30), I2<9>, weight: 70)])", "1:39 E-sum");
    sections("S1<10>, indicators: [I1<10>, weight: 30), I2<10>)])", "1:208 E-weight");
    sections("S1<10>, weight: 40, indicators: [I1<10>)]), S2<10>, weight: 60, indicators: [I2<10>)])", "");
    sections(
        "S1<10>, weight: 40, indicators: [I1<10>)]), S2<10>, weight: 50, indicators: [I2<10>)])",
        "0:62 E-weight",
    );
    sections("S1<10>, indicators: [I1<10>, weight: 0), I2<10>, weight: 100)])", "1:203 E-points");
    sections("S1<10>, weight: 100, indicators: [I1<10>)]), S2<5>, outside: true, indicators: [I2<5>)])", "");
}

#[test]
fn points_add_up_for_units_of_every_tag() {
    let either = "S1<10>, indicators: [I1<4>), I2<6>, only: [\"x\"]), I3<6>, except: [\"x\"])])";
    sections(either, "");
    sections(&either.replace("I2<6>", "I2<5>"), "1:39 E-sum");
    sections("S1<10>, indicators: [I1<4>), I2<6>, except: [\"x\"], not_applicable: Scaled)])", "");
    sections("S1<10>, only: [\"x\"], indicators: [I1<10>)])", "0:49 E-sum");
    sections(
        "S1<10>, only: [\"x\"], indicators: [I1<4>), I2<6>, only: [\"x\"])]), S2<10>, except: [\"x\"], indicators: [I3<10>)])",
        "",
    );
    sections("S1<10>, indicators: [I1<10>), I2<10>, weight: 100, only: [\"x\"])])", "1:56 E-weight");
    sections(
        "S1<10>, indicators: [I1<10>, weight: 100, except: [\"x\"]), I2<10>, weight: 90, only: [\"x\"])])",
        "1:55 E-weight",
    );
    indicator("only: [\"x\", \"\"], not_applicable: FullMarks,", "1:13 E-empty");
    indicator("only: [\"x\", \"x\"], not_applicable: FullMarks,", "1:13 E-twice");
    indicator("only: [\"x\"], except: [\"x\"], not_applicable: FullMarks,", "1:23 E-tag");
    // More of them than combinations are looked at.
    let many: Vec<String> = (0..12).map(|it| format!("\"x{it}\"")).collect();
    let many = many.join(", ");
    sections(&format!("S1<10>, indicators: [I1<4>), I2<6>, only: [{many}]), I3<6>, except: [{many}])])"), "");
    sections(
        &format!("S1<10>, indicators: [I1<4>), I2<6>, only: [{many}]), I3<6>, except: [{many}, \"y\"])])"),
        "1:39 E-sum",
    );
}

#[test]
fn bounds_and_gates_stand_where_they_act() {
    indicator("at_least: 1,", "1:11 E-floor");
    indicator("at_least: -5,", "");
    section("at_least: -5,", "1:11 E-floor");
    section("gate: Gate(at_least: 8, text: \"t\"),", "1:7 E-gate");
    let outside = |it: &str| {
        format!("S1<10>, indicators: [I1<10>)]), S2<5>, outside: true, {it} indicators: [I2<5>)])")
    };
    sections(&outside("at_least: -5, gate: Gate(at_least: 8, text: \"t\"),"), "");
    sections(&outside("gate: Gate(at_least: 11, text: \"t\"),"), "1:275 E-gate");
    sections(&outside("gate: Gate(at_least: 0, text: \"\"),"), "1:275 W-gate, 1:284 E-empty");
    let gate = |it: &str| format!("S1<10>, indicators: [I1<6>), I2<4>, gate: Gate({it}))])");
    sections(&gate("indicator: \"i1\", at_least: 5, text: \"t\""), "");
    sections(&gate("indicator: \"i1\", at_least: 7, text: \"t\""), "1:371 E-gate");
    sections(&gate("indicator: \"i1\", at_least: 0, text: \"t\""), "1:371 W-gate");
    sections(&gate("indicator: \"i2\", at_least: 1, text: \"t\""), "1:355 E-gate");
    let ring = |it: &str| format!("gate: Gate(indicator: \"{it}\", at_least: 1, text: \"t\")");
    let ring = format!("S1<10>, indicators: [I1<6>, {}), I2<4>, {})])", ring("i2"), ring("i1"));
    sections(&ring, "1:216 E-gate, 1:408 E-gate");
    sections(&gate("indicator: \"i11\", at_least: 1, text: \"t\""), "1:355 E-indicator");
}

#[test]
fn a_node_without_points_has_only_something_to_lose() {
    let outside = |it: &str| {
        format!(
            "S1<10>, indicators: [I1<10>)]), S2<0>, outside: true, at_least: -5, indicators: [I2<0>, {it})])"
        )
    };
    sections(&outside("at_least: -5"), "");
    sections(&outside("at_least: -5, items: [CheckItem(number: 1, points: 0, text: \"t\")]"), "");
    sections(&outside(""), "1:416 E-points");
    sections(&outside("at_least: -5").replace("at_least: -5, indicators", "indicators"), "1:236 E-points");
    sections("S1<10>, indicators: [I1<10>), I2<0>, at_least: -5)])", "1:331 E-points");
    sections(&outside("not_applicable: ClassMean, at_least: -5"), "1:435 W-idle");
    // What only acts on what is scored elsewhere has nothing to lose.
    let acting = |it: &str| {
        outside("").replace("at_least: -5, indicators", "indicators").replace(
            "I2<",
            &format!(
                "Indicator(id: \"i2\", number: 2, name: \"i2\", method: \"m\", rules: [{it}], points: <"
            ),
        )
    };
    sections(&acting("R<a>, measure: Veto(effect: Zero)), R<b>, measure: Forfeit)"), "");
    sections(
        &acting("R<a>, measure: Veto(effect: Zero)), R<b>, measure: Count(each: 1))"),
        "1:236 E-points, 1:470 E-points",
    );
    sections(&acting(""), "1:236 E-points, 1:342 E-points");
    let inside = "S1<10>, indicators: [I1<10>), Indicator(id: \"v\", number: 2, name: \"v\", method: \"m\", points: 0, \
                  rules: [R<a>, measure: Veto(effect: Zero))])])";
    sections(inside, "1:258 E-points");
}

#[test]
fn what_may_fall_below_nothing_has_room_for_discretion() {
    let before = format!("{TOP}sections: [");
    let outside = "S1<10>, indicators: [I1<10>)]), S2<0>, outside: true, at_least: -5, indicators: [I2<0>, at_least: -5)])";
    let (fixed, discretionary) = outside.split_at(outside.find("I2").unwrap());
    let discretionary = filled(discretionary).replace("Count(each: 1)", "\nDiscretionary");
    check_within(&before, &format!("{}{discretionary}", filled(fixed)), "])", "");
}

#[test]
fn names_are_given_once_and_not_empty() {
    sections("S1<5>, indicators: [I1<5>)]), S1<5>, indicators: [I2<5>)])", "1:212 E-twice");
    sections("S1<10>, indicators: [I1<5>), I1<5>)])", "1:209 E-twice, 1:223 E-twice, 1:232 E-twice");
    rules("rules: [R<a>, measure: Forfeit), R<a>, measure: Forfeit)]", "1:74 E-twice, 1:86 E-twice");
    indicator(
        "items: [CheckItem(number: 1, points: 5, text: \"\"), CheckItem(number: 1, points: 5, text: \"t\")],",
        "1:47 E-empty, 1:70 E-twice",
    );
    rules("start: Zero, rules: []", "1:21 E-empty");
    rules("rules: []", "");
    rules("", "0:170 E-field");
    indicator("items: [],", "1:8 E-empty");
    sections("", "0:62 E-empty");
    top(
        "modifiers: [Modifier(name: \"m\", times: -1), Modifier(name: \"m\", times: 2)],",
        "1:40 E-points, 1:60 E-twice",
    );
    top("period: Period(from: \"2024-02-01\", to: \"2024-01-01\"),", "1:9 E-period");
    top("source: \"s\", not_applicable: Rate(101),", "1:30 E-percent");
    indicator("not_applicable: Rate(-1),", "1:17 E-percent");
    indicator("not_applicable: Spread,", "");
    rule("label: \"b\", measure: Forfeit", "1:1 E-field");
    rules("rules: [Rule(id: \"-a\", label: \"a\", text: \"n\", measure: Forfeit)]", "1:18 E-id, 1:42 W-text");
}

#[test]
fn measures() {
    measure("Count(each: 0, unit: \"\")", "1:13 E-points, 1:22 E-empty");
    measure("ByLevel(levels: [\"x\", \"y\"], points: [2, 1])", "");
    measure("ByLevel(levels: [Level(name: \"x\", points: 2), Level(name: \"y\", points: 1)])", "");
    measure("ByLevel(levels: [\"x\", \"y\"], points: [2])", "1:37 E-lengths");
    measure("ByLevel(levels: [\"x\", \"y\"])", "1:1 E-field");
    measure("ByLevel(levels: [\"x\", \"x\"], points: [2, 0])", "1:23 E-twice, 1:41 E-points");
    measure("ByLevel(levels: [])", "1:17 E-empty");
    measure("ByLevel(levels: [Level(name: \"x\", points: 2)], points: [1])", "1:18 E-type");
    measure("Checklist(items: [\"x\", \"y\"], each: 1)", "");
    measure("Checklist(items: [], each: 0)", "1:18 E-empty, 1:28 E-points");
    measure("Checklist(items: [\"x\", \"x\", \"\"], each: 1)", "1:24 E-twice, 1:29 E-empty");
    measure("Graded(levels: [\"x\", \"y\"], points: [2, 0])", "");
    measure("Graded(levels: [\"x\", \"y\"], percents: [100, 50])", "");
    measure("Graded(levels: [Level(name: \"x\", points: 2), Level(name: \"y\", percent: 10)])", "");
    measure("Graded(levels: [Level(name: \"x\")])", "1:17 E-oneof");
    measure("Graded(levels: [Level(name: \"x\", points: 2, percent: 10)])", "1:17 E-oneof");
    measure("Graded(levels: [\"x\"])", "1:1 E-oneof");
    measure("Graded(levels: [\"x\"], points: [1], percents: [1])", "1:1 E-oneof");
    measure("Graded(levels: [\"x\", \"y\"], percents: [101, 50, 1])", "1:38 E-lengths, 1:39 E-percent");
    measure(
        "Graded(levels: [\"x\", \"x\", \"\"], points: [11, -1, 0])",
        "1:22 E-twice, 1:27 E-empty, 1:41 W-worth, 1:45 E-points",
    );
    measure("Discretionary(at_least: 2, at_most: 1)", "1:25 E-bounds");
    measure("Discretionary(at_least: 11, at_most: 0)", "1:25 E-bounds, 1:25 E-bounds, 1:38 E-points");
    measure("Forfeit(strikes: 0)", "1:18 E-points");
    measure("Forfeit(strikes: 2, over: [\"a\"], scope: Section)", "1:28 E-rule");
    measure("Shortfall(each: 1)", "");
    measure("Shortfall(target: 0, each: 1)", "1:19 E-points");
    measure(
        "Steps(reference: 90, side: Below, step: 0, each: 0, rounding: Exact)",
        "1:41 E-points, 1:50 E-points",
    );
    measure("Steps(side: Below, step: 1, each: 1, rounding: Exact)", "");
    measure("Steps(reference: ClassMean, side: Below, step: 1, each: 1, rounding: Exact)", "");
    measure("Steps(reference: Mean, side: Below, step: 1, each: 1, rounding: Exact)", "1:18 E-choice");
    let earned = |it: &str, expected: &str| {
        rules(&format!("start: Zero, rules: [R<a>, measure: {it})]"), expected);
    };
    earned("Ratio(points: 11)", "1:82 W-worth");
    earned("Ratio(target: 0, points: 0)", "1:82 E-points, 1:93 E-points");
    earned("Imported(factor: 0.1)", "");
    earned("Imported(factor: 0.2)", "1:85 W-worth");
    earned("Imported(factor: 0, out_of: 0)", "1:85 E-points, 1:96 E-points");
    earned("Relative(best: Highest, points: 10, unit: \"%\")", "");
    earned("Relative(best: Highest, points: 11, unit: \"\")", "1:100 W-worth, 1:110 E-empty");
    earned("Relative(best: Most, points: 0)", "1:83 E-choice, 1:97 E-points");
    earned("Relative(points: 1)", "1:68 E-field");
    measure("Cuont(each: 1)", "1:1 E-choice");
    measure("Veto(effect: Lsoe(1))", "1:14 E-choice");
    measure("Veto(effect: Lose)", "1:14 E-type");
    measure("Steps(reference: 90, side: Below, step: 1, each: 1)", "1:1 E-field");
}

#[test]
fn bands_follow_one_another() {
    measure("Bands(side: Below, beyond: [90, 80], points: [2, 5])", "");
    measure("Bands(side: Above, from: [80, 90], points: [2, 5])", "");
    measure(
        "Bands(side: Below, bands: [Band(beyond: 90, to: 80, points: 2), Band(from: 80, points: 5)])",
        "",
    );
    measure("Bands(side: Below, beyond: [90, 80], points: [2])", "1:46 E-lengths");
    measure("Bands(side: Below, beyond: [90], from: [90], points: [2])", "1:1 E-oneof");
    measure("Bands(side: Below, points: [2])", "1:1 E-oneof");
    measure("Bands(side: Below, bands: [], points: [2])", "1:1 E-oneof, 1:27 E-empty");
    measure("Bands(side: Below, bands: [Band(points: 2)])", "1:28 E-oneof");
    measure("Bands(side: Below, bands: [Band(beyond: 90, from: 90, points: 2)])", "1:28 E-oneof");
    measure("Bands(side: Below, beyond: [80, 90], points: [5, 5])", "1:33 E-bands, 1:50 E-bands");
    measure(
        "Bands(side: Below, bands: [Band(from: 89, to: 70, points: 2), Band(from: 69, points: 5)])",
        "1:47 E-gap",
    );
    measure(
        "Bands(side: Above, bands: [Band(from: 10, to: 20, points: 2), Band(from: 19, points: 5)])",
        "1:47 E-overlap",
    );
    measure("Bands(side: Above, bands: [Band(from: 10, to: 5, points: 0)])", "1:47 E-bounds, 1:58 E-points");
}

#[test]
fn places_in_the_class_are_taken_once() {
    let places = |it: &str| format!("ByRank(best: Highest, places: [{it}])");
    measure("ByRank(best: Highest, first: 10, each: 0.5)", "");
    measure("ByRank(best: Highest, first: 11, each: 0)", "1:30 W-worth, 1:40 E-points");
    measure("ByRank(best: Highest)", "1:1 E-oneof");
    measure("ByRank(best: Highest, first: 1)", "1:1 E-field");
    measure("ByRank(best: Highest, places: [], first: 1, each: 1)", "1:1 E-oneof");
    measure(&places(""), "1:31 E-empty");
    measure(
        &places(
            "Place(from: 1, to: 3, points: 5), Place(from: -3, to: -1, points: 1), Place(percent: 30, points: 2)",
        ),
        "",
    );
    measure(&places("Place(from: 1, to: 3, points: 5), Place(from: 3, to: 4, points: 4)"), "1:78 E-overlap");
    measure(
        &places("Place(from: -3, to: -1, points: 5), Place(from: -9, to: -2, points: 4)"),
        "1:80 E-overlap",
    );
    measure(&places("Place(from: 0, to: 3, points: 11)"), "1:44 E-place, 1:62 W-worth");
    measure(&places("Place(from: 3, to: 1, points: -1)"), "1:44 E-bounds, 1:62 E-points");
    measure(&places("Place(from: 1.5, to: 3, points: 1)"), "1:44 E-number");
    measure(&places("Place(points: 1)"), "1:32 E-oneof");
    measure(&places("Place(from: 1, to: 2, percent: 3, points: 1)"), "1:32 E-oneof");
    measure(&places("Place(from: 1, points: 1)"), "1:32 E-field");
    measure(&places("Place(percent: 30, points: 5), Place(percent: 20, points: 1)"), "1:78 E-place");
    measure(
        &places(
            "Place(percent: 101, points: 5), Place(percent: 0, points: 1), Place(percent: -20, points: 1)",
        ),
        "1:47 E-percent, 1:79 E-percent",
    );
}

#[test]
fn a_rule_says_how_its_entries_go_together() {
    rule("measure: Count(each: 1), per: Month, combine: Highest", "");
    rule("measure: Count(each: 1), per: Month", "1:31 W-idle");
    rule("measure: Checklist(items: [\"x\"], each: 1), per: Weeks(2)", "");
    rule("measure: Forfeit(strikes: 2), per: Quarter", "");
    rule("measure: Forfeit, combine: Last", "1:28 W-idle");
    rule("measure: Veto(effect: Zero), per: HalfYear", "1:35 W-idle");
    rule("measure: Checklist(items: [\"x\"], each: 1), per: Weeks(0)", "1:49 E-points");
    rule("measure: Count(each: 1), per: Week(2), combine: Last", "1:31 E-choice");
    rule("measure: Count(each: 1), per: Weeks, combine: Last", "1:31 E-type");
    rule("measure: ByRank(best: Lowest, first: 5, each: 1), combine: Mean, per: Month", "1:60 E-rank");
    rule("measure: ByRank(best: Lowest, first: 5, each: 1), per: Month", "1:56 E-rank");
    rule("measure: Relative(best: Lowest, points: 5), combine: Add, per: Month", "1:10 W-start, 1:54 E-rank");
    let steps = "measure: Steps(reference: ClassMean, side: Below, step: 1, each: 1, rounding: Exact)";
    rule(&format!("{steps}, combine: Highest"), "1:96 E-rank");
    rule(&format!("{}, combine: Highest", steps.replace("ClassMean", "9")), "");
    check_within(
        &format!("{TOP}{SECTION}{INDICATOR}rules: [{RULE}"),
        "measure: Forfeit(strikes: 2), per: Weeks(2)",
        ")])])])",
        "1:36 W-period",
    );
}

#[test]
fn rules_give_points_where_there_are_none() {
    rule("measure: Count(each: 1), direction: Award", "1:37 W-award");
    rules("rules: [R<a>, measure: Count(each: 1), direction: Award), R<b>, measure: Count(each: 1))]", "");
    rules("start: Zero, rules: [R<a>, measure: Count(each: 1))]", "");
    rules("start: Zero, rules: [R<a>, measure: Count(each: 1), direction: Deduct)]", "1:8 E-award");
    rules(
        "start: Zero, at_least: -5, rules: [R<a>, measure: Count(each: 1), direction: Deduct)]",
        "1:8 W-award",
    );
    rule("measure: Ratio(points: 5)", "1:10 W-start");
    rule("measure: Imported(factor: 0.1)", "1:10 W-start");
    rule("measure: Relative(best: Highest, points: 5)", "1:10 W-start");
    rule("measure: Ratio(points: 5), direction: Award", "1:39 W-award");
    rules("start: Zero, rules: [R<a>, measure: Ratio(points: 5))]", "");
    rules("start: Zreo, rules: [R<a>, measure: Count(each: 1))]", "1:8 E-choice");
    rules("start: Zero, rules: [R<a>, measure: Cuont(each: 1))]", "1:68 E-choice");
}

#[test]
fn a_discretionary_rule_fits_everything_that_it_can_be_recorded_on() {
    let items = "items: [CheckItem(number: 1, points: 8, text: \"t\"), CheckItem(number: 2, points: 2, text: \"t\")],";
    rules(&format!("{items} rules: [R<a>, measure: Discretionary(at_least: 2))]"), "");
    rules(&format!("{items} rules: [R<a>, measure: Discretionary(at_least: 3))]"), "1:176 E-bounds");
}

#[test]
fn caps_bound_what_they_name() {
    let caps = |it: &str| {
        format!(
            "rules: [R<a>, measure: Count(each: 1)), R<b>, measure: Count(each: 1)), \
             R<c>, measure: Count(each: 1))], caps: [{it}]"
        )
    };
    let cap = |id: &str, more: &str| format!("Cap(id: \"{id}\", text: \"t\", {more})");
    rules(&caps(&cap("x", "at_most: 3, over: [\"a\", \"b\"], per: Month")), "");
    rules(&caps(&cap("x", "at_most: 10, over: [\"a\"]")), "1:239 W-cap");
    rules(&caps(&cap("x", "at_most: 0, over: []")), "1:239 E-points, 1:248 E-empty");
    rules(&caps(&cap("x", "at_most: 3, over: [\"aa\", \"b\", \"b\"]")), "1:249 E-rule, 1:260 E-twice");
    let crossing =
        [cap("x", "at_most: 3, over: [\"a\", \"b\"]"), cap("y", "at_most: 3, over: [\"b\", \"c\"]")];
    rules(&caps(&crossing.join(", ")), "1:303 E-caps");
    let nested = [cap("x", "at_most: 3, over: [\"b\"]"), cap("y", "at_most: 4, over: [\"b\", \"c\"]")];
    rules(&caps(&nested.join(", ")), "");
    rules(&caps(&[nested[0].as_str(), nested[0].as_str()].join(", ")), "1:264 E-twice");
    let mixed = caps(&cap("x", "at_most: 3, over: [\"a\", \"b\"]")).replacen(
        "each: 1)",
        "each: 1), direction: Award",
        1,
    );
    rules(&mixed, "1:266 E-caps");
    let costless =
        caps(&cap("x", "at_most: 3, over: [\"a\", \"b\"]")).replacen("Count(each: 1)", "Forfeit", 1);
    rules(&costless, "1:242 W-cap");
    let few = caps(&cap("x", "at_most: 3, over: [\"a\"]")).replacen(
        "Count(each: 1)",
        "Checklist(items: [\"x\", \"y\"], each: 1)",
        1,
    );
    rules(&few, "1:262 W-cap");
    rules(&few.replace("at_most: 3", "at_most: 1"), "");
    // Several 评分要点 are no obstacle.
    let items = "items: [CheckItem(number: 1, points: 8, text: \"t\"), CheckItem(number: 2, points: 2, text: \"t\")],";
    rules(&format!("{items} {}", few), "");
}

/// Checks fields of a cap over rules of the indicators `i1` and `i2`.
#[track_caller]
fn shared_cap(piece: &str, expected: &str) {
    let sections = filled("sections: [S1<10>, indicators: [I1<6>), I2<4>)])])");
    let before = format!("{TOP}caps: [Cap(id: \"x\", text: \"t\",");
    check_within(&before, piece, &format!(")],{sections}"), expected);
}

#[test]
fn caps_over_several_indicators_name_rules_of_any() {
    shared_cap("at_most: 3, over: [\"i1.a\", \"i2.a\"]", "");
    shared_cap("at_most: 10, over: [\"i1.a\", \"i2.a\"]", "1:10 W-cap");
    shared_cap("at_most: 3, over: [\"i1.a\", \"i2.a\", \"i1.a\"]", "1:36 E-twice");
    shared_cap("at_most: 3, over: [\"i1.b\", \"i3.a\"]", "1:20 E-rule, 1:28 E-indicator");
    shared_cap("at_most: 3, over: [\"i1\"]", "1:20 E-ref");
    shared_cap("at_most: 0, over: []", "1:10 E-points, 1:19 E-empty");
}

#[test]
fn grades_reach_from_the_top_to_the_bottom() {
    let grades = |it: &str| format!("grades: [{it}],");
    top(
        &grades(
            "Grade(name: \"x\", from: 9, to: 10), Grade(name: \"y\", from: 6, to: 9), Grade(name: \"z\", from: 0)",
        ),
        "",
    );
    top(&grades("Grade(name: \"x\", from: 9), Grade(name: \"y\", from: 6)"), "1:60 W-grades");
    top(&grades("Grade(name: \"x\", from: 9), Grade(name: \"y\", from: 0, to: 8)"), "1:67 E-gap");
    top(&grades("Grade(name: \"x\", from: 8), Grade(name: \"y\", from: 0, to: 9)"), "1:67 E-overlap");
    top(
        &grades("Grade(name: \"x\", from: 9), Grade(name: \"x\", from: 9), Grade(name: \"\", from: 0)"),
        "1:49 E-twice, 1:60 E-grades, 1:76 E-empty",
    );
    top(&grades("Grade(name: \"x\", from: 11), Grade(name: \"y\", from: 0)"), "1:33 E-grades");
    top(
        &grades("Grade(name: \"x\", from: 5, to: 4), Grade(name: \"y\", from: -1)"),
        "1:40 E-bounds, 1:67 E-points",
    );
    top("at_most: 8, grades: [Grade(name: \"x\", from: 9), Grade(name: \"y\", from: 0)],", "1:45 E-grades");
    top("decimals: 2,", "");
    top("decimals: 7,", "1:11 E-decimals");
    let rules = format!("rules: [{RULE}{COUNT})])])])");
    check_within(
        &format!("{TOP}decimals: 1,{PERIOD}{SECTION}{INDICATOR}"),
        "at_least: -0.25,",
        &rules,
        "1:11 E-decimals",
    );
    top("at_most: 10,", "");
    top("at_most: 11,", "1:10 W-cap");
    top("at_most: 0,", "1:10 E-points");
}

/// Checks the effect of a veto where the rubric has grades.
#[track_caller]
fn veto(effect: &str, expected: &str) {
    let grades = "grades: [Grade(name: \"xx\", from: 9), Grade(name: \"yy\", from: 0)],";
    let before = format!("{TOP}{grades}{SECTION}{INDICATOR}rules: [{RULE}measure:");
    check_within(&before, &format!("Veto(effect: {effect})"), ")])])])", expected);
}

#[test]
fn vetoes_name_grades_that_there_are() {
    veto("NoTopGrade", "");
    veto("GradeAtMost(\"yy\")", "");
    veto("GradeAtMost(\"xx\")", "1:14 W-idle");
    veto("GradeAtMost(\"yyy\")", "1:14 E-grades");
    veto("Lose(0)", "1:14 E-points");
    veto("AtMost(6)", "");
    veto("AtMost(10)", "1:14 W-cap");
    veto("AtMost(-1)", "1:14 E-points");
    measure("Veto(effect: NoTopGrade)", "1:14 E-grades");
    measure("Veto(effect: GradeAtMost(\"xx\"))", "1:14 E-grades");
    measure("Veto(effect: Disqualified)", "");
}

#[test]
fn ties_are_broken_by_indicators_that_there_are() {
    top("tie_breakers: [\"i\"],", "");
    top("tie_breakers: [\"i\", \"i\", \"ii\"],", "1:21 E-twice, 1:26 E-indicator");
}

#[test]
fn misspelt_words_name_the_nearest() {
    top("evnets: All,", "1:1 E-field");
    top("events: Al,", "1:9 E-choice");
    section("outside: yes,", "1:10 E-type");
    indicator("not_applicable: Rate,", "1:17 E-type");
    indicator("weigth: 100,", "1:1 E-field");
}

#[test]
fn what_could_not_be_read_brings_no_faults_that_nobody_made() {
    let outside = "S1<10>, indicators: [I1<10>)]), S2<5>, outside: yes, at_least: -5, gate: Gate(at_least: 8, text: \"t\"), indicators: [I2<9>)])";
    sections(outside, "1:248 E-type");
    let before =
        format!("{TOP}{SECTION}{INDICATOR}").replace("name: \"i\", points: 10", "name: \"i\", points: x");
    let rules_and_cap = "rules: [R<a>, measure: Discretionary(at_least: 2)), R<b>, measure: Ratio(points: 2))], \
         caps: [Cap(id: \"c\", text: \"t\", at_most: 3, over: [\"a\"])]";
    check_within(&before, &filled(rules_and_cap), ")])])", "0:166 E-type, 1:130 W-start");
    sections("S1<10>, indicators: [I1<10>, weight: x), I2<10>, weight: 70)])", "1:203 E-type");
    sections("S1<10>, indicators: [5, I1<6>)])", "1:56 E-type");
    rules("start: Zero, rules: [R<a>, measure: 5)]", "1:68 E-type");
    rules("start: Zreo, rules: [R<a>, measure: Ratio(points: 5))]", "1:8 E-choice");
    rule("measure: Ratio(points: 5), direction: Awrad", "1:39 E-choice");
}

#[test]
fn of_very_many_faults_the_first_are_listed() {
    let rules: Vec<String> = (0..1000)
        .map(|it| format!("Rule(id: \"é{it}\", label: \"l{it}\", text: \"m\", measure: Forfeit)"))
        .collect();
    let text = format!("{TOP}{SECTION}{INDICATOR}rules: [{}])])])", rules.join(", "));
    let faults = read_rubric("r.ron", text.as_bytes()).unwrap_err();
    assert_eq!(faults.len(), 501);
    assert_eq!(code(faults.last().unwrap()), "E-more");
}

#[test]
fn sentences_say_what_to_do() {
    let first = |text: String| {
        let faults = read_rubric("r.ron", text.as_bytes()).unwrap_err();
        file_fault(&faults[0])
    };
    let tags = filled("[S1<10>, indicators: [I1<4>), I2<6>, only: [\"许可\"]), I3<6>)])])");
    let expected = "r.ron:1:101：分值对不上：一级指标写的是 10 分，二级指标对有标签“许可”的单位合计 16 分，请改正其中一处。[E-sum]";
    assert_eq!(first(format!("{TOP}sections: {tags}")), expected);
    let grades = "grades: [Grade(name: \"优秀\", from: 9), Grade(name: \"合格\", from: 0, to: 8)],";
    let expected = "r.ron:1:120：与相邻的一档之间有空当：例如 8.5 哪一档都不是，请让两档首尾相接。[E-gap]";
    assert_eq!(first(format!("{TOP}{grades}{SECTION}{INDICATOR}rules: [{RULE}{COUNT})])])])")), expected);
}

//! What a rubric's file may say, and what is meant where it says nothing.

#![expect(clippy::unwrap_used, reason = "a test may")]

use kaohe_core::{
    Combine, Direction, Indicator, Limit, Measure, NotApplicable, Places, Rubric, Rule, Scope, Severity,
    Span, Start, Window,
};
use kaohe_store::{read_rubric, read_year};

#[track_caller]
fn read(text: &str) -> Rubric {
    match read_rubric("r.ron", text.as_bytes()) {
        Ok((rubric, _)) => rubric,
        Err(faults) => {
            let errors = faults.iter().filter(|it| it.severity == Severity::Error);
            panic!("{:?}", errors.collect::<Vec<_>>())
        }
    }
}

/// Reads an indicator given from its points on.
#[track_caller]
fn indicator(fields: &str) -> Indicator {
    let indicator =
        format!("Indicator(id: \"i\", number: 1, name: \"i\", method: \"m\", points: 10, {fields})");
    let section = format!("Section(number: 1, name: \"s\", points: 10, indicators: [{indicator}])");
    let rubric = read(&format!(
        "Rubric(id: \"r\", track: \"t\", title: \"t\", points: 10, \
         grades: [Grade(name: \"x\", from: 5), Grade(name: \"y\", from: 0)], sections: [{section}])"
    ));
    rubric.indicators().next().unwrap().clone()
}

/// Reads a rule given from its measure on.
#[track_caller]
fn rule(fields: &str) -> Rule {
    let rules = format!("rules: [Rule(id: \"a\", label: \"a\", text: \"m\", measure: {fields})]");
    indicator(&rules).rules.remove(0)
}

#[track_caller]
fn check_same(one: &str, other: &str) {
    assert_eq!(rule(one), rule(other));
}

#[test]
fn what_is_not_said_is_the_usual() {
    let indicator = indicator("rules: [Rule(id: \"a\", label: \"a\", text: \"m\", measure: Count(each: 1))]");
    let usual = Indicator {
        method: "m".to_owned(),
        ..Indicator::plain("i", "1", "i", "10".parse().unwrap(), indicator.rules.clone())
    };
    assert_eq!(indicator, usual);
    let unit = "次".to_owned();
    let count = Measure::Count { each: "1".parse().unwrap(), unit };
    assert_eq!(indicator.rules, [Rule::deducting("a", "a", "m", count)]);
}

#[test]
fn entries_go_together_as_is_usual_for_the_measure() {
    for (measure, combine) in [
        ("Count(each: 1)", Combine::Add),
        ("ByLevel(levels: [\"x\"], points: [1])", Combine::Add),
        ("Checklist(items: [\"x\"], each: 1)", Combine::Add),
        ("Graded(levels: [\"x\"], points: [1])", Combine::Last),
        ("Discretionary", Combine::Add),
        ("Forfeit", Combine::Add),
        ("Shortfall(target: 1, each: 1)", Combine::Add),
        ("Steps(reference: 1, side: Above, step: 1, each: 1, rounding: Exact)", Combine::Add),
        ("Bands(side: Above, beyond: [1], points: [1])", Combine::Add),
        ("Ratio(points: 1)", Combine::Last),
        ("Imported(factor: 0.1)", Combine::Last),
        ("ByRank(best: Highest, first: 10, each: 1)", Combine::Last),
        ("Steps(side: Above, step: 1, each: 1, rounding: Exact)", Combine::Add),
        ("Steps(reference: ClassMean, side: Above, step: 1, each: 1, rounding: Exact)", Combine::Last),
        ("Relative(best: Highest, points: 10)", Combine::Last),
        ("Veto(effect: Zero)", Combine::Add),
    ] {
        assert_eq!(rule(measure).combine, combine, "{measure}");
        assert_eq!(rule(measure).direction, Direction::Deduct, "{measure}");
    }
}

#[test]
fn lists_side_by_side_mean_what_a_list_of_structs_means() {
    check_same(
        "ByLevel(levels: [\"x\", \"y\"], points: [1, 0.5])",
        "ByLevel(levels: [Level(name: \"x\", points: 1), Level(name: \"y\", points: 0.5)])",
    );
    check_same(
        "Graded(levels: [\"x\", \"y\"], points: [5, 0])",
        "Graded(levels: [Level(name: \"x\", points: 5), Level(name: \"y\", points: 0)])",
    );
    check_same(
        "Graded(levels: [\"x\", \"y\"], percents: [100, 50])",
        "Graded(levels: [Level(name: \"x\", percent: 100), Level(name: \"y\", percent: 50)])",
    );
    check_same(
        "Bands(side: Below, beyond: [90, 80], points: [2, 5])",
        "Bands(side: Below, bands: [Band(beyond: 90, points: 2), Band(beyond: 80, points: 5)])",
    );
    check_same(
        "Bands(side: Above, from: [80, 90], points: [2, 5])",
        "Bands(side: Above, bands: [Band(from: 80, points: 2), Band(from: 90, points: 5)])",
    );
}

#[test]
fn a_fault_in_lists_side_by_side_stands_at_the_number() {
    for (measure, at) in [
        ("ByLevel(levels: [\"x\", \"y\"], points: [1, 0])", " 0]"),
        ("Graded(levels: [\"x\", \"y\"], percents: [1, 101])", " 101]"),
        ("Bands(side: Below, from: [9, 99], points: [1, 2])", " 99]"),
        ("ByLevel(levels: [\"x\", \"\"], points: [1, 2])", " \"\"]"),
    ] {
        let rule = format!("Rule(id: \"a\", label: \"a\", text: \"m\", measure: {measure})");
        let indicator = format!(
            "Indicator(id: \"i\", number: 1, name: \"i\", method: \"m\", points: 10, rules: [{rule}])"
        );
        let section = format!("Section(number: 1, name: \"s\", points: 10, indicators: [{indicator}])");
        let text =
            format!("Rubric(id: \"r\", track: \"t\", title: \"t\", points: 10, sections: [{section}])");
        let faults = read_rubric("r.ron", text.as_bytes()).unwrap_err();
        let columns: Vec<usize> = faults.iter().map(|it| it.position.unwrap().column as usize).collect();
        assert_eq!(columns, [text.find(at).unwrap() + 2], "{measure}");
    }
}

#[test]
fn limits_and_places_are_as_written() {
    let Measure::Bands { bands, .. } =
        rule("Bands(side: Below, bands: [Band(beyond: 90, to: 80, points: 2), Band(from: 80, points: 5)])")
            .measure
    else {
        panic!("bands");
    };
    assert_eq!(bands[0].limit, Limit::Beyond("90".parse().unwrap()));
    assert_eq!(bands[0].to, Some("80".parse().unwrap()));
    assert_eq!(bands[1].limit, Limit::From("80".parse().unwrap()));
    let places =
        "Place(from: 1, to: 3, points: 5), Place(from: -3, to: -1, points: 1), Place(percent: 30, points: 2)";
    let Measure::ByRank { places: Places::Named(places), .. } =
        rule(&format!("ByRank(best: Lowest, places: [{places}])")).measure
    else {
        panic!("places");
    };
    let spans: Vec<Span> = places.iter().map(|it| it.span).collect();
    assert_eq!(spans, [Span::Between(1, 3), Span::Between(-3, -1), Span::Percent("30".parse().unwrap())]);
}

#[test]
fn every_stretch_scope_treatment_and_veto_is_read() {
    for (written, window) in [
        ("Month", Window::Month),
        ("Quarter", Window::Quarter),
        ("HalfYear", Window::HalfYear),
        ("Weeks(2)", Window::Weeks(2)),
    ] {
        assert_eq!(rule(&format!("Forfeit(strikes: 2), per: {written}")).per, Some(window));
    }
    for (written, scope) in
        [("CheckItem", Scope::CheckItem), ("Indicator", Scope::Indicator), ("Section", Scope::Section)]
    {
        let read = rule(&format!("Forfeit(scope: {written})")).measure;
        assert_eq!(read, Measure::Forfeit { strikes: 1, over: Vec::new(), scope });
    }
    let rules = "rules: [Rule(id: \"a\", label: \"a\", text: \"m\", measure: Count(each: 1))]";
    for (written, treatment) in [
        ("FullMarks", NotApplicable::FullMarks),
        ("Scaled", NotApplicable::Scaled),
        ("Spread", NotApplicable::Spread),
        ("Rate(90)", NotApplicable::Rate("90".parse().unwrap())),
        ("ClassMean", NotApplicable::ClassMean),
    ] {
        let read = indicator(&format!("not_applicable: {written}, {rules}"));
        assert_eq!(read.not_applicable, Some(treatment));
        let year = format!(
            "Year(format: 1, year: 2024, title: \"t\", rubrics: [], settings: Settings(not_applicable: {written}))"
        );
        assert_eq!(read_year("year.ron", year.as_bytes()).unwrap().settings.not_applicable, treatment);
    }
    for effect in ["Disqualified", "Zero", "Lose(1)", "AtMost(6)", "NoTopGrade", "GradeAtMost(\"y\")"] {
        assert!(matches!(rule(&format!("Veto(effect: {effect})")).measure, Measure::Veto { .. }));
    }
}

#[test]
fn an_indicator_that_starts_from_nothing_has_rules_that_give() {
    let read = indicator(
        "start: Zero, rules: [Rule(id: \"a\", label: \"a\", text: \"m\", measure: Count(each: 1)), \
         Rule(id: \"b\", label: \"b\", text: \"m\", measure: Count(each: 1), direction: Deduct, combine: Mean)]",
    );
    assert_eq!(read.start, Start::Zero);
    let directions: Vec<Direction> = read.rules.iter().map(|it| it.direction).collect();
    assert_eq!(directions, [Direction::Award, Direction::Deduct]);
    assert_eq!(read.rules[1].combine, Combine::Mean);
}

#[test]
fn a_rubric_with_everything_is_read() {
    let rubric = read(include_str!("everything.ron"));
    assert_eq!(rubric.at_most, Some("110".parse().unwrap()));
    assert_eq!(rubric.caps[0].over[1].to_string(), "media.stale");
    assert_eq!(rubric.grades.len(), 3);
    let outside = &rubric.sections[2];
    assert!(outside.is_outside && outside.at_least.is_negative() && outside.gate.is_some());
    assert_eq!(rubric.sections[0].indicators[0].applies.only, ["许可"]);
    assert_eq!(rubric.sections[0].indicators[2].gate.as_ref().unwrap().indicator, *"media");
}

#[test]
fn a_rate_in_year_ron_is_a_percentage() {
    let year = "Year(format: 1, year: 2024, title: \"t\", rubrics: [], settings: Settings(not_applicable: Rate(101)))";
    let faults = read_year("year.ron", year.as_bytes()).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
}

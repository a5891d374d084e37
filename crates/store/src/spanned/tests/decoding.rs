//! Decoding: every fault of a file at once, misspelt names repaired, places found.

use kaohe_core::Step;

use super::listed;
use crate::spanned::{Fault, Faults, Fields, Node, Variant, each, list, locate, parse, text, whole, word};

/// Has one of everything that a rubric has.
#[derive(Debug)]
#[expect(dead_code, reason = "tests look at its Debug form")]
struct Rule {
    id: String,
    points: String,
    year: u32,
    column: &'static str,
    kind: Kind,
    note: Option<String>,
    labels: Vec<String>,
}

#[derive(Debug)]
#[expect(dead_code, reason = "tests look at its Debug form")]
enum Kind {
    Count { each: String },
    Forfeit,
}

fn kind(variant: Variant<'_, '_>, faults: &mut Faults) -> Option<Kind> {
    match variant.name {
        "Count" => {
            let fields = variant.fields(&["each"], faults)?;
            Some(Kind::Count { each: fields.number("each", faults)?.to_owned() })
        }
        "Forfeit" => variant.bare(faults).map(|()| Kind::Forfeit),
        unknown => unreachable!("{unknown} is not among the choices"),
    }
}

fn rule(node: &Node<'_>, faults: &mut Faults) -> Option<Rule> {
    const FIELDS: &[&str] = &["id", "points", "year", "column", "kind", "note", "labels"];
    let fields = Fields::of(node, "Rule", FIELDS, faults)?;
    let id = fields.text("id", faults);
    let points = fields.number("points", faults);
    let year = fields.whole("year", faults);
    let column = fields.required("column", faults).and_then(|it| word(it, &["SelfScore", "Review"], faults));
    let variant = fields.variant("kind", &["Count", "Forfeit"], faults);
    let kind = variant.and_then(|variant| kind(variant, faults));
    let note = fields.optional("note").and_then(|node| text(node, faults));
    let labels = fields.each("labels", faults, text);
    Some(Rule {
        id: id?,
        points: points?.to_owned(),
        year: year?,
        column: column?,
        kind: kind?,
        note,
        labels: labels?,
    })
}

fn read(text: &str) -> Result<Rule, Vec<Fault>> {
    let node = parse(text)?;
    let mut faults = Faults::default();
    let rule = rule(&node, &mut faults);
    faults.finish(rule)
}

const GOOD: &str = "Rule(id: \"a\", points: 0.10, year: 2_023, column: Review, kind: Count(each: \"0.1\"), note: None, labels: [])";

/// Reads the good rule with one part replaced.
#[track_caller]
fn check(part: &str, replacement: &str, expected: &[&str]) {
    assert!(GOOD.contains(part), "{part}");
    let text = GOOD.replacen(part, &format!("\n{replacement}"), 1);
    let found = match read(&text) {
        Ok(_) => String::new(),
        Err(faults) => listed(&faults),
    };
    let matches = found.lines().count() == expected.len()
        && found.lines().zip(expected).all(|(found, expected)| found.starts_with(expected));
    assert!(matches, "found:\n{found}\nexpected:\n{}", expected.join("\n"));
}

#[test]
fn well_formed_rule_is_read() {
    let expected = r#"Rule { id: "a", points: "0.10", year: 2023, column: "Review", kind: Count { each: "0.1" }, note: None, labels: [] }"#;
    assert_eq!(format!("{:?}", read(GOOD).unwrap()), expected);
    check("Rule(", "(", &[]);
    check("note: None, ", "", &[]);
    check("note: None", "note: Some(\"x\")", &[]);
    check("note: None", "note: \"x\"", &[]);
    check("Count(each: \"0.1\")", "Forfeit", &[]);
}

#[test]
fn misspelt_field_is_named_and_read_all_the_same() {
    check(
        "points:",
        "pionts:",
        &["2:1 UnknownField { found: \"pionts\", within: \"Rule\", nearest: Some(\"points\")"],
    );
    check(
        "points:",
        "Points:",
        &["2:1 UnknownField { found: \"Points\", within: \"Rule\", nearest: Some(\"points\")"],
    );
    check(
        "labels:",
        "lab:",
        &["2:1 UnknownField { found: \"lab\", within: \"Rule\", nearest: Some(\"labels\")"],
    );
    // What was read in its stead is checked like the field itself.
    check(
        "points: 0.10",
        "point: x",
        &["2:1 UnknownField", "2:8 WrongType { expected: Number, found: Word }"],
    );
}

#[test]
fn unknown_field_does_not_replace_what_is_there() {
    check(
        "note: None",
        "point: 1",
        &["2:1 UnknownField { found: \"point\", within: \"Rule\", nearest: None"],
    );
    check(
        "id: \"a\"",
        "姓名: \"a\"",
        &["1:1 MissingField { name: \"id\"", "2:1 UnknownField { found: \"姓名\""],
    );
}

#[test]
fn every_decoding_fault_is_placed() {
    check("year: 2_023, ", "", &["1:1 MissingField { name: \"year\", within: \"Rule\" }"]);
    check(
        "year: 2_023",
        "year: 2_023, id: 1",
        &["2:14 DuplicateField { name: \"id\", first: Position { line: 1, column: 6 } }"],
    );
    check("Rule(", "Rul(", &["2:1 WrongName { expected: \"Rule\", found: \"Rul\" }"]);
    check("\"a\"", "扣", &["2:1 WrongType { expected: Text, found: Word }"]);
    check("0.10", "\"0,10\"", &["2:1 BadNumber { found: \"0,10\" }"]);
    check("2_023", "-1", &["2:1 WrongType { expected: Whole, found: Number }"]);
    check("2_023", "99999999999", &["2:1 BadNumber"]);
    check("2_023", "true", &["2:1 WrongType { expected: Whole, found: Boolean }"]);
    check("Review", "Reveiw", &["2:1 UnknownVariant { found: \"Reveiw\", nearest: Some(\"Review\")"]);
    check("Review", "Other", &["2:1 UnknownVariant { found: \"Other\", nearest: None"]);
    check("Count(", "Cuont(", &["2:1 UnknownVariant { found: \"Cuont\", nearest: Some(\"Count\")"]);
    check("Count(each: \"0.1\")", "Count", &["2:1 MissingField { name: \"each\", within: \"Count\" }"]);
    check("Count(each: \"0.1\")", "Forfeit(1)", &["2:1 WrongType { expected: Word, found: Tuple }"]);
    check("Count(each: \"0.1\")", "(1)", &["2:1 WrongType { expected: Variant, found: Tuple }"]);
    check("[]", "[1, \"a\", 2]", &["2:2 WrongType { expected: Text", "2:10 WrongType { expected: Text"]);
    check("[]", "()", &["2:1 WrongType { expected: List, found: Struct }"]);
    check("None", "Some(1)", &["2:6 WrongType { expected: Text, found: Number }"]);
}

#[test]
fn all_faults_of_a_file_are_listed_in_its_order() {
    let text = "Rule(id: 1, pionts: 0.1,\n year: x, kind: Count(each: [],\n every: 2), labels: [a, b])";
    let expected = [
        "1:1 MissingField",
        "1:10 WrongType",
        "1:13 UnknownField",
        "2:8 WrongType",
        "2:29 WrongType",
        "3:2 UnknownField",
        "3:22 WrongType",
        "3:25 WrongType",
    ];
    let found = listed(&read(text).unwrap_err());
    assert_eq!(found.lines().map(|line| line.split(" {").next().unwrap()).collect::<Vec<_>>(), expected);
}

#[test]
fn lists_report_every_item() {
    let node = parse("[[1, x], 2]").unwrap();
    let mut faults = Faults::default();
    for value in list(&node, &mut faults).unwrap() {
        if let Some(items) = list(value, &mut faults) {
            assert_eq!(each(items, &mut faults, whole), None);
        }
    }
    assert_eq!(listed(&faults.into_sorted()).lines().count(), 2);
}

#[test]
fn position_of_a_field_is_that_of_its_value() {
    let node = parse(" (a: 1)").unwrap();
    let fields = Fields::of(&node, "A", &["a", "b"], &mut Faults::default()).unwrap();
    assert_eq!((fields.position("a").column, fields.position("b").column), (6, 2));
}

#[track_caller]
fn check_locate(path: &[Step], column: u32) {
    let text = "R(a: [1, B(c: 2)], d: Some((e: 扣)), g: {f: 3})";
    let node = parse(text).unwrap();
    assert_eq!(locate(&node, path).column, column, "{path:?} in {text}");
}

#[test]
fn locate_goes_as_deep_as_the_path_leads() {
    use Step::{Field, Index};
    check_locate(&[], 1);
    check_locate(&[Field("a")], 6);
    check_locate(&[Field("a"), Index(1)], 10);
    check_locate(&[Field("a"), Index(1), Field("c")], 15);
    check_locate(&[Field("a"), Index(2), Field("c")], 6);
    check_locate(&[Field("a"), Field("c")], 6);
    check_locate(&[Field("d")], 28);
    check_locate(&[Field("d"), Field("e")], 32);
    check_locate(&[Field("g"), Field("f")], 44);
    check_locate(&[Field("g"), Index(0)], 44);
    check_locate(&[Field("x"), Field("e")], 1);
}

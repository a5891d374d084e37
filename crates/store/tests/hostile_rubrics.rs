//! Rubrics that nobody would write: they are refused, or their faults listed, without taking the machine with them.
//!
//! How long each took is printed: `cargo test --release -p kaohe-store --test hostile_rubrics -- --nocapture`.

#![expect(clippy::print_stderr, reason = "a test may")]

use std::time::Instant;

use kaohe_store::spanned::{MAX_BYTES, MAX_VALUES};
use kaohe_store::{FileFault, read_rubric};

/// More than a fault list is long.
const MOST: usize = 501;

/// Reads a text, says how long that took, and returns the faults.
#[track_caller]
fn faults(name: &str, text: &str) -> Vec<FileFault> {
    let start = Instant::now();
    let faults = match read_rubric("r.ron", text.as_bytes()) {
        Ok((_, warnings)) => warnings,
        Err(faults) => {
            assert!(!faults.is_empty(), "{name}");
            faults
        }
    };
    let ms = start.elapsed().as_millis();
    eprintln!("{ms:>6} ms {:>8} KB {:>4} faults  {name}", text.len() / 1024, faults.len());
    assert!(faults.len() <= MOST, "{name}: {}", faults.len());
    faults
}

/// Reads a text and looks for a fault of this name.
#[track_caller]
fn refused(name: &str, text: &str, fault: &str) {
    let faults = faults(name, text);
    let found = faults.iter().any(|it| format!("{:?}", it.kind).contains(fault));
    assert!(found, "{name}: {:?}", faults.iter().take(3).collect::<Vec<_>>());
}

/// Returns so many pieces with commas between them; `#` becomes the number.
fn many(n: usize, piece: &str) -> String {
    let mut text = String::new();
    for idx in 0..n {
        text.push_str(&piece.replace('#', &idx.to_string()));
        text.push(',');
    }
    text
}

/// Returns as many pieces as a file may hold.
fn full(piece: &str) -> String {
    // Without optimization an eighth of it is long enough.
    let n_bytes = if cfg!(debug_assertions) { MAX_BYTES / 8 } else { MAX_BYTES - 4096 };
    let n_pieces = n_bytes / (piece.len() + 1 + 6 * piece.matches('#').count());
    let n_values =
        1 + piece.matches(':').count() + piece.matches('"').count() / 2 + piece.matches('[').count();
    many(n_pieces.min((MAX_VALUES - 1000) / n_values), piece)
}

fn rubric(fields: &str) -> String {
    format!("Rubric(id: \"r\", track: \"t\", title: \"t\", points: 10, {fields})")
}

fn one_section(fields: &str) -> String {
    rubric(&format!("sections: [Section(number: 1, name: \"s\", points: 10, {fields})]"))
}

fn one_indicator(fields: &str) -> String {
    one_section(&format!(
        "indicators: [Indicator(id: \"i\", number: 1, name: \"i\", points: 10, method: \"m\", {fields})]"
    ))
}

fn one_measure(measure: &str) -> String {
    one_indicator(&format!("rules: [Rule(id: \"a\", label: \"a\", text: \"m\", measure: {measure})]"))
}

const RULES: &str = "rules: [Rule(id: \"a\", label: \"a\", text: \"m\", measure: Count(each: 1))]";

#[test]
fn brackets_within_brackets() {
    for (opener, closer) in ["()", "[]", "{}"].map(|it| it.split_at(1)) {
        let deep = opener.repeat(100_000);
        refused("deep and open", &deep, "TooDeep");
        refused("deep and closed", &format!("{deep}{}", closer.repeat(100_000)), "TooDeep");
        refused("deep in a rubric", &rubric(&format!("sections: {deep}")), "TooDeep");
    }
    refused("deep names", &"A(".repeat(100_000), "TooDeep");
    refused("deep comments", &"/*".repeat(100_000), "UnterminatedComment");
}

#[test]
fn huge_and_strange_numbers() {
    let digits = "9".repeat(1_000_000);
    for number in [
        digits.as_str(),
        &format!("0.{digits}"),
        &format!("-{digits}"),
        &format!("{digits}.{digits}"),
        "1e999",
        "0x7fffffffffffffff",
        "1_000_001",
        "-1_000_001",
        "NaN",
        "inf",
        "0.0000001",
    ] {
        let text = one_measure(&format!("Count(each: {number})"));
        assert!(!faults("a number of points", &text).is_empty());
        let text = one_measure(&format!("Forfeit(strikes: {number})"));
        faults("a whole number", &text);
        let text =
            one_measure(&format!("ByRank(best: Highest, places: [Place(from: {number}, to: 9, points: 1)])"));
        faults("a place", &text);
    }
    // As large as they may be, everything still adds up without an overflow.
    let large = "Imported(factor: 1_000_000, out_of: 1_000_000)";
    faults("the largest factors", &one_measure(large));
    faults("the largest place", &one_measure("ByRank(best: Lowest, first: 1_000_000, each: 1_000_000)"));
    let weights = many(
        1000,
        "Indicator(id: \"i#\", number: #, name: \"#\", points: 1_000_000, weight: 1_000_000, method: \"m\", rules: [])",
    );
    refused("the largest weights", &one_section(&format!("indicators: [{weights}]")), "WeightsDiffer");
    refused("the most weeks", &one_measure("Count(each: 1), combine: Last, per: Weeks(4294967295)"), "Weeks");
    refused(
        "the furthest place",
        &one_measure("ByRank(best: Lowest, places: [Place(from: -2147483648, to: 2147483647, points: 0)])"),
        "Reversed",
    );
}

#[test]
fn control_characters() {
    for letter in ['\0', '\u{1b}', '\u{9b}', '\u{202e}', '\u{feff}'] {
        refused("between values", &rubric(&letter.to_string().repeat(100_000)), "ControlCharacter");
    }
    let escaped = "\\u{1b}".repeat(100_000);
    refused(
        "escaped in a text",
        &rubric(&format!("source: \"{escaped}\", sections: []")),
        "ControlCharacter",
    );
    let named = format!("{}: 1,", "x\u{202e}".repeat(10)).repeat(10_000);
    assert!(!faults("in names", &rubric(&named)).is_empty());
}

#[test]
fn files_beyond_any_size() {
    refused(
        "60 MB of levels",
        &one_measure(&format!(
            "ByLevel(levels: [{}])",
            many(1_000_000, "Level(name: \"level#\", points: 1, more: \"0123456789\")")
        )),
        "TooLarge",
    );
    refused("ones", &rubric(&format!("sections: [{}]", "1,".repeat(4_000_000))), "TooMany");
    refused("empty structs", &rubric(&format!("sections: [{}]", "(),".repeat(2_000_000))), "TooMany");
    refused("spaces", &" ".repeat(60_000_000), "TooLarge");
}

#[test]
fn lists_as_long_as_a_file_holds() {
    let names = full("\"#\"");
    faults("names of levels", &one_measure(&format!("ByLevel(levels: [{names}])")));
    let n = names.matches(',').count() / 2;
    let (names, ones) = (many(n, "\"#\""), "1,".repeat(n));
    faults("levels side by side", &one_measure(&format!("ByLevel(levels: [{names}], points: [{ones}])")));
    faults("grades side by side", &one_measure(&format!("Graded(levels: [{names}], percents: [{ones}])")));
    faults("a checklist", &one_measure(&format!("Checklist(items: [{}], each: 1)", full("\"#\""))));
    refused(
        "the same in a checklist",
        &one_measure(&format!("Checklist(items: [{}], each: 1)", full("\"a\""))),
        "Duplicate",
    );
    faults("levels", &one_measure(&format!("ByLevel(levels: [{}])", full("Level(name: \"#\", points: 1)"))));
    refused("ones", &rubric(&format!("sections: [{}]", full("1"))), "WrongType");
    refused("empty structs", &rubric(&format!("sections: [{}]", full("()"))), "MissingField");
    refused("empty lists", &rubric(&format!("sections: [{}]", full("[]"))), "WrongType");
    refused(
        "bands in one place",
        &one_measure(&format!("Bands(side: Below, bands: [{}])", full("Band(beyond: 1, points: 1)"))),
        "BandsNotInOrder",
    );
    refused(
        "bands side by side",
        &one_measure(&format!("Bands(side: Below, beyond: [{}], points: [{}])", full("1"), "1")),
        "LengthsDiffer",
    );
    refused(
        "places",
        &one_measure(&format!(
            "ByRank(best: Highest, places: [{}])",
            full("Place(from: 1, to: 9, points: 1)")
        )),
        "Overlap",
    );
    faults(
        "places in order",
        &one_measure(&format!(
            "ByRank(best: Highest, places: [{}])",
            full("Place(from: 1#, to: 1#, points: 1)")
        )),
    );
    refused(
        "sections",
        &rubric(&format!(
            "sections: [{}]",
            full("Section(number: #, name: \"s\", points: 1, indicators: [])")
        )),
        "EmptyList",
    );
    let indicator =
        format!("Indicator(id: \"i#\", number: #, name: \"i#\", points: 1, method: \"m\", {RULES})");
    refused("indicators", &one_section(&format!("indicators: [{}]", full(&indicator))), "SumDiffers");
    refused(
        "items",
        &one_indicator(&format!(
            "items: [{}], {RULES}",
            full("CheckItem(number: #, points: 1, text: \"t\")")
        )),
        "SumDiffers",
    );
    refused(
        "modifiers",
        &rubric(&format!("modifiers: [{}], sections: []", full("Modifier(name: \"#\", times: 1)"))),
        "EmptyList",
    );
    refused(
        "grades",
        &rubric(&format!("grades: [{}], sections: []", full("Grade(name: \"#\", from: 1, to: 2)"))),
        "GradesNotFalling",
    );
    refused("maps", &rubric(&format!("sections: {{{}}}", full("1: 2"))), "WrongType");
}

#[test]
fn fields_without_end() {
    refused("unknown fields", &rubric(&full("field#: 1")), "UnknownField");
    refused("nearly known fields", &rubric(&full("pionts: 1")), "UnknownField");
    refused("one field again and again", &rubric(&full("points: 1")), "DuplicateField");
    refused("long names", &rubric(&full(&format!("{}: 1", "points".repeat(1000)))), "UnknownField");
    refused("one long name", &rubric(&format!("{}: 1", "p".repeat(8_000_000))), "UnknownField");
    refused(
        "unknown words",
        &one_indicator(&format!(
            "rules: [{}]",
            full("Rule(id: \"r\", label: \"l\", text: \"m\", measure: Cuont)")
        )),
        "UnknownVariant",
    );
}

#[test]
fn thousands_of_broken_lines() {
    let mut text = "Rubric(\n".to_owned();
    for n in 0..5000 {
        let line = ["    points： 10，", "    \"id\": 1;", "    = 3 ) ]", "    name \"x\"", "    # note"];
        text.push_str(line[n % line.len()]);
        text.push('\n');
    }
    assert!(!faults("broken lines", &text).is_empty());
    let quotes = "\"".repeat(100_001);
    assert!(!faults("quotes", &quotes).is_empty());
    assert!(!faults("commas", &rubric(&",".repeat(1_000_000))).is_empty());
}

#[test]
fn names_again_and_again_and_names_of_nothing() {
    let rule = "Rule(id: \"r\", label: \"l\", text: \"m\", measure: Forfeit)";
    refused("the same rule", &one_indicator(&format!("rules: [{}]", full(rule))), "Duplicate");
    let rules = many(20_000, "Rule(id: \"r#\", label: \"l#\", text: \"m\", measure: Count(each: 1))");
    let unknown = many(50_000, "\"x#\"");
    let cap = format!("Cap(id: \"c\", text: \"t\", at_most: 3, over: [{unknown}])");
    refused("rules of a cap", &one_indicator(&format!("rules: [{rules}], caps: [{cap}]")), "UnknownRule");
    let over = "\"r1\",".repeat(20_000);
    let caps = many(10, &format!("Cap(id: \"c#\", text: \"t\", at_most: 3, over: [{over}])"));
    refused("the same in a cap", &one_indicator(&format!("rules: [{rules}], caps: [{caps}]")), "Duplicate");
    let caps = many(20_000, "Cap(id: \"c#\", text: \"t\", at_most: 3, over: [\"r#\", \"r0\"])");
    refused("caps", &one_indicator(&format!("rules: [{rules}], caps: [{caps}]")), "CapsCross");
    let long = format!("\"{}\"", "x".repeat(2_000_000));
    let cap = format!("Cap(id: \"c\", text: \"t\", at_most: 3, over: [{long}, {long}])");
    let rule = format!("Rule(id: {long}, label: \"a\", text: \"m\", measure: Count(each: 1))");
    refused("long names", &one_indicator(&format!("rules: [{rule}], caps: [{cap}]")), "BadId");
    let long = many(
        13,
        &format!("Rule(id: \"{}#\", label: \"l#\", text: \"m\", measure: Forfeit)", "x".repeat(500_000)),
    );
    let cap = format!("Cap(id: \"c\", text: \"t\", at_most: 3, over: [{unknown}])");
    refused(
        "long names to choose from",
        &one_indicator(&format!("rules: [{long}], caps: [{cap}]")),
        "UnknownRule",
    );
    let forfeit = format!(
        "Rule(id: \"f\", label: \"f\", text: \"m\", measure: Forfeit(strikes: 2, over: [{unknown}]))"
    );
    refused("rules of strikes", &one_indicator(&format!("rules: [{rules} {forfeit}]")), "UnknownRule");
    let text = "长".repeat(1_000_000);
    let rules = many(50_000, "Rule(id: \"r#\", label: \"l#\", text: \"长短\", measure: Forfeit)");
    let indicator = format!(
        "Indicator(id: \"i\", number: 1, name: \"i\", points: 10, method: \"{text}\", rules: [{rules}])"
    );
    faults("a long method", &one_section(&format!("indicators: [{indicator}]")));
}

#[test]
fn indicators_that_speak_of_one_another() {
    let indicator = format!(
        "Indicator(id: \"i#\", number: #, name: \"i#\", points: 1, method: \"m\", {RULES}, gate: Gate(indicator: \"j#\", at_least: 1, text: \"t\"))"
    );
    refused("gates", &one_section(&format!("indicators: [{}]", full(&indicator))), "UnknownIndicator");
    let indicators = format!(
        "indicators: [{}]",
        many(
            5000,
            &format!("Indicator(id: \"i#\", number: #, name: \"i#\", points: 1, method: \"m\", {RULES})")
        )
    );
    let section = format!("sections: [Section(number: 1, name: \"s\", points: 10, {indicators})]");
    refused(
        "tie breakers",
        &rubric(&format!("{section}, tie_breakers: [{}]", many(100_000, "\"x#\""))),
        "UnknownIndicator",
    );
    let shared =
        |over: &str| format!("{section}, caps: [Cap(id: \"c\", text: \"t\", at_most: 3, over: [{over}])]");
    refused("a shared cap", &rubric(&shared(&many(100_000, "\"x#.a\""))), "UnknownIndicator");
    refused("other rules of a shared cap", &rubric(&shared(&many(100_000, "\"i1.x#\""))), "UnknownRule");
    refused("no rules of a shared cap", &rubric(&shared(&many(100_000, "\"x#\""))), "BadRuleRef");
    let caps = many(50_000, "Cap(id: \"c#\", text: \"t\", at_most: 3, over: [\"i1.a\"])");
    assert!(!faults("shared caps", &rubric(&format!("{section}, caps: [{caps}]"))).is_empty());
}

#[test]
fn tags_without_end() {
    let with = |tags: &str| {
        format!("Indicator(id: \"i#\", number: #, name: \"i#\", points: 1, {tags}, method: \"m\", {RULES})")
    };
    let one = full(&with("only: [\"t#\"]"));
    refused("one each", &one_section(&format!("indicators: [{one}]")), "SumDiffers");
    let eight = many(8, "\"t#\"");
    let few = full(
        &with(&format!("only: [{eight}], except: [{eight}]").replace('#', "x"))
            .replace("number: x", "number: #"),
    );
    refused("the same", &one_section(&format!("indicators: [{few}]")), "SumDiffers");
    let all = many(200_000, "\"t#\"");
    let two = many(2, &with("only: [TAGS]")).replace("TAGS", &all);
    refused("all", &one_section(&format!("indicators: [{two}]")), "SumDiffers");
    let section = format!(
        "only: [{all}], indicators: [{}]",
        with("except: [\"t1\"]").replace("i#", "i").replace("#", "1")
    );
    assert!(!faults("all of a section", &one_section(&section)).is_empty());
    // Every combination of eight tags, in every way that they can be said.
    let mut indicators = String::new();
    for n in 0..20_000_usize {
        let tags = |mask: usize| {
            (0..8).filter(|it| mask >> it & 1 == 1).map(|it| format!("\"t{it}\",")).collect::<String>()
        };
        let piece = with(&format!("only: [{}], except: [{}]", tags(n % 251 + 1), tags(n % 241)));
        indicators.push_str(&piece.replace('#', &n.to_string()));
        indicators.push(',');
    }
    refused("combinations", &one_section(&format!("indicators: [{indicators}]")), "SumDiffers");
}

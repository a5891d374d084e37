//! Syntax: what is read, and where each fault of a text is placed.

use super::{listed, written};
use crate::spanned::{MAX_BYTES, MAX_DEPTH, MAX_FAULTS, parse};

#[track_caller]
fn check(text: &str, expected: &str) {
    let node = parse(text).map_err(|faults| listed(&faults)).unwrap();
    assert_eq!(written(&node, false), expected);
}

#[track_caller]
fn check_places(text: &str, expected: &str) {
    let node = parse(text).map_err(|faults| listed(&faults)).unwrap();
    assert_eq!(written(&node, true), expected);
}

/// `expected`: the faults, one a line, each as far as the test wants to say.
#[track_caller]
fn check_faults(text: &str, expected: &[&str]) {
    let faults = parse(text).map(|node| written(&node, false)).unwrap_err();
    let found = listed(&faults);
    let matches = found.lines().count() == expected.len()
        && found.lines().zip(expected).all(|(found, expected)| found.starts_with(expected));
    assert!(matches, "found:\n{found}\nexpected:\n{}", expected.join("\n"));
}

#[test]
fn every_kind_of_value_is_read() {
    check("()", "()");
    check("Unit", "Unit");
    check("Empty()", "Empty()");
    check("(1, -2.50, +3, 1_000)", "(1,-2.50,+3,1_000)");
    check("[true, false, None, Some(1)]", "[true,false,None,Some(1)]");
    check("{\"a\": 1, 2: [],}", "{\"a\":1,2:[]}");
    check("A(b: C(d: (e: 1,),), f: G(1,),)", "A(b:C(d:(e:1)),f:G(1))");
    check("指标(名称: \"公开\", 分值_1: 2)", "指标(名称:\"公开\",分值_1:2)");
    check("Rule (r: r1, raw: r\"x\")", "Rule(r:r1,raw:\"x\")");
}

#[test]
fn texts_resolve_their_escapes() {
    check(r#""a\n\t\\\"\'\r\0\x41\u{6263}""#, r#""a\n\t\\\"'\r\0A扣""#);
    check(r##"r#"a"b\n"#"##, r#""a\"b\\n""#);
    check("\"a\nb\"", r#""a\nb""#);
    check("\"a\\\n   b\"", r#""ab""#);
}

#[test]
fn text_over_two_lines_is_the_same_from_notepad() {
    check("\"一\r\n二\"", r#""一\n二""#);
    check("\"一\r\n\\t二\r\n三\"", r#""一\n\t二\n三""#);
    check("r\"一\r\n二\"", r#""一\n二""#);
    check("\"一\\\r\n  二\"", r#""一二""#);
}

#[test]
fn single_characters_are_texts() {
    check(r"['x', '\'', '\u{6263}']", r#"["x","'","扣"]"#);
}

#[test]
fn what_is_not_data_is_skipped() {
    check(
        "\u{feff}// x\r\n#![enable(implicit_some, unwrap_newtypes)]\r\n/* a /* b */ */(a: 1) // end",
        "(a:1)",
    );
}

#[test]
fn places_count_characters_from_one() {
    check_places(
        "\u{feff}指标(\r\n  // 扣分\r\n  名: \"扣分\", n: [1, Some(2)],\r\n)",
        "1:1 指标(3:3 名:3:6 \"扣分\",3:12 n:3:15 [3:16 1,3:19 Some(3:24 2)])",
    );
}

#[test]
fn syntax_faults_are_placed_in_characters() {
    check_faults("", &["1:1 ExpectedValue { found: None }"]);
    check_faults("(名: \"扣\", b: )", &["1:13 ExpectedValue { found: Some(')') }"]);
    check_faults("(名: \"扣\", b: 1e3)", &["1:13 BadNumber { found: \"1e3\" }"]);
    check_faults("(名: \"扣\", b: \"分)\n", &["1:13 UnterminatedText"]);
    check_faults("(名: \"扣\", b: r#\"分\")\n", &["1:13 UnterminatedText"]);
    check_faults("(名: \"扣\" /* /* */)\n", &["1:9 UnterminatedComment"]);
    check_faults("(名: \"扣\\d分\")", &["1:7 BadEscape { found: \"\\\\d\" }"]);
    check_faults("(名: \"扣\\u{110000}\\x\")", &["1:7 BadEscape", "1:17 BadEscape { found: \"\\\\x\" }"]);
    check_faults(
        "(名: \"扣\u{7}\", b: 1\0\0)",
        &["1:7 ControlCharacter { code: 7 }", "1:15 ControlCharacter"],
    );
    check_faults("#![enable(a) ； ]\n()", &["1:14 UnexpectedCharacter { found: '；' }"]);
    check_faults("[\"扣\", \u{202e}1]", &["1:7 ControlCharacter { code: 8238 }"]);
    check_faults("(名: \"扣\") (", &["1:10 TrailingText { found: '(' }"]);
    check_faults(
        "(名: [\"扣\"",
        &["1:9 ExpectedClosing { opener: '[', opened: Position { line: 1, column: 5 } }"],
    );
    check_faults("(名: [\"扣\")", &["1:9 ExpectedCommaOrClosing { found: ')', opener: '['"]);
    check_faults(
        "(名: \"扣\",\n\"分\")",
        &["2:1 MixedFieldsAndItems { opened: Position { line: 1, column: 1 } }"],
    );
    check_faults("(\"扣\", 名: 1)", &["1:7 MixedFieldsAndItems"]);
    check_faults("{\"扣\" 1}", &["1:6 ExpectedColon { found: Some('1') }"]);
    check_faults("[1,, 2]", &["1:4 ExpectedValue { found: Some(',') }"]);
    check_faults("[1 2]", &["1:3 MissingComma"]);
}

#[test]
fn numbers_are_written_plainly() {
    for bad in
        ["1e3", "0x1F", "-inf", "NaN", "inf", ".5", "5.", "1u8", "1__.", "5%", "--1", "2023-01-05", "1分"]
    {
        check_faults(&format!("[{bad}]"), &[&format!("1:2 BadNumber {{ found: {bad:?} }}")]);
    }
}

#[test]
fn full_width_punctuation_is_named_and_reading_goes_on() {
    check_faults(
        "（名： “扣”，\n b: ［1、 ０．5］） ／／ 完",
        &[
            "1:1 FullWidthPunctuation { found: '（', instead: '(' }",
            "1:3 FullWidthPunctuation { found: '：', instead: ':' }",
            "1:5 FullWidthPunctuation { found: '“', instead: '\"' }",
            "1:7 FullWidthPunctuation { found: '”', instead: '\"' }",
            "1:8 FullWidthPunctuation { found: '，', instead: ',' }",
            "2:5 FullWidthPunctuation { found: '［', instead: '[' }",
            "2:7 FullWidthPunctuation { found: '、', instead: ',' }",
            "2:9 FullWidthPunctuation { found: '０', instead: '0' }",
            "2:12 FullWidthPunctuation { found: '］', instead: ']' }",
            "2:13 FullWidthPunctuation { found: '）', instead: ')' }",
            "2:15 FullWidthPunctuation { found: '／', instead: '/' }",
        ],
    );
    check_faults("(a:\u{3000}1)", &["1:4 FullWidthPunctuation { found: '\\u{3000}', instead: ' ' }"]);
    check("\"（名：，“”）\u{3000}\"", "\"（名：，“”）\\u{3000}\"");
}

#[test]
fn several_faults_are_listed_at_once() {
    check_faults(
        "(\n  a: 1\n  b = 2,\n  c 3,\n  # 注释 a b\n  \"d\": @@ 4; \n  e: 1e5,\n  f: 'xy',\n)",
        &[
            "2:7 MissingComma",
            "3:5 UnexpectedCharacter { found: '=' }",
            "4:5 ExpectedColon { found: Some('3') }",
            "5:3 UnexpectedCharacter { found: '#' }",
            "6:3 FieldNameInQuotes",
            "6:8 UnexpectedCharacter { found: '@' }",
            "6:12 UnexpectedCharacter { found: ';' }",
            "7:6 BadNumber { found: \"1e5\" }",
            "8:6 UnexpectedCharacter { found: '\\'' }",
        ],
    );
    let many = format!("[{}]", "@ 1, ".repeat(MAX_FAULTS + 1));
    assert_eq!(parse(&many).unwrap_err().len(), MAX_FAULTS);
}

#[test]
fn forgotten_quote_is_reported_where_it_was_forgotten() {
    check_faults("(a: \"一\",\n b: \"二,\n c: \"三\")", &["2:5 UnterminatedText"]);
    check_faults("(b: \"二”,\n c: \"三\")", &["1:7 FullWidthPunctuation { found: '”', instead: '\"' }"]);
    check_faults("(b: \"“二”,\n c: \"三\")", &["1:5 UnterminatedText"]);
    check_faults("(b: “二,\n c: \"三\")", &["1:5 FullWidthPunctuation", "1:5 UnterminatedText"]);
    check_faults("(a: \"说\"好\"了\")", &["1:7 QuoteInText"]);
    // A text of several lines that ends where it should is no suspect.
    check_faults("(a: \"一\n二\"\n b: 1 c: 2)", &["2:3 MissingComma", "3:6 MissingComma"]);
    check_faults("(a: [\"一\n二\"))", &["2:3 ExpectedCommaOrClosing { found: ')', opener: '['"]);
    check_faults("{\"说\"好\"了\": 1}", &["1:4 QuoteInText"]);
}

#[test]
fn forgotten_bracket_makes_one_fault() {
    check_faults("[(a: 1,\n (a: 2)]", &["2:2 MixedFieldsAndItems"]);
    check_faults("[(a: 1\n (a: 2)]", &["1:7 MissingComma"]);
    check_faults("(a: [1, b: 2)", &["1:10 ExpectedCommaOrClosing { found: ':', opener: '['"]);
}

#[test]
fn size_and_depth_are_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(parse(&nested(MAX_DEPTH)).is_ok());
    check_faults(&nested(MAX_DEPTH + 1), &["1:65 TooDeep"]);
    check_faults(&" ".repeat(MAX_BYTES + 1), &["1:1 TooLarge"]);
}

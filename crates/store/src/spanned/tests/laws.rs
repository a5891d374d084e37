//! Laws of reading: what the `ron` crate writes is read the same, and no text is too odd or too long to be survived.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use ron::ser::PrettyConfig;
use serde::Serialize;

use super::{listed, written};
use crate::spanned::{MAX_FAULTS, Node, Value, parse};

/// Every shape that the `ron` crate can write and this reader can read.
#[derive(Clone, Debug, PartialEq, Serialize)]
enum Tree {
    Unit,
    Flag(bool),
    Whole(i64),
    Decimal(Thousandths),
    Text(String),
    Letter(char),
    List(Vec<Tree>),
    Maybe(Option<Box<Tree>>),
    Pair(Box<Tree>, Box<Tree>),
    Map(BTreeMap<String, Tree>),
    Named { text: String, inner: Box<Tree>, none: Option<i64> },
}

/// Written by `ron` as a float, and small enough to be written without an exponent.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Thousandths(i32);

impl Thousandths {
    fn float(self) -> f64 {
        format!("{}e-3", self.0).parse().unwrap()
    }

    fn written(self) -> String {
        format!("{:?}", self.float())
    }
}

impl Serialize for Thousandths {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.float())
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(
        "扣分“”，\"\\'#\n\r\t\0\u{7}\u{85}\u{200b}\u{301}r{}()//*".chars().collect::<Vec<_>>(),
    );
    vec(prop_oneof![special, any::<char>()], 0..12).prop_map(String::from_iter)
}

fn any_tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        Just(Tree::Unit),
        any::<bool>().prop_map(Tree::Flag),
        any::<i64>().prop_map(Tree::Whole),
        (-1_000_000..1_000_000)
            .prop_filter("no exponent", |n: &i32| n.abs() >= 1)
            .prop_map(|n| Tree::Decimal(Thousandths(n))),
        any_text().prop_map(Tree::Text),
        // `ron` writes a letter as it is, and a control character is refused here.
        any::<char>().prop_filter("visible", |letter| !letter.is_control()).prop_map(Tree::Letter),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Tree::List),
            prop::option::of(boxed.clone()).prop_map(Tree::Maybe),
            (boxed.clone(), boxed.clone()).prop_map(|(left, right)| Tree::Pair(left, right)),
            btree_map(any_text(), inner, 0..4).prop_map(Tree::Map),
            (any_text(), boxed, prop::option::of(any::<i64>())).prop_map(|(text, inner, none)| Tree::Named {
                text,
                inner,
                none
            }),
        ]
    })
}

/// Says whether the node is what `tree` is written as.
fn same(node: &Node<'_>, tree: &Tree) -> bool {
    let is_number =
        |node: &Node<'_>, n: i64| matches!(node.value, Value::Number(found) if found == n.to_string());
    let is_text = |node: &Node<'_>, text: &str| matches!(&node.value, Value::Text(found) if found == text);
    let (name, items): (&str, &[Node<'_>]) = match &node.value {
        Value::Word(name) => (name, &[]),
        Value::Tuple { name: Some(name), items } => (name, items),
        Value::Struct { name: Some(name), .. } => (name, &[]),
        _ => return false,
    };
    match (tree, name, items) {
        (Tree::Unit, "Unit", []) => true,
        (Tree::Flag(flag), "Flag", [item]) => item.value == Value::Bool(*flag),
        (Tree::Whole(n), "Whole", [item]) => is_number(item, *n),
        (Tree::Decimal(n), "Decimal", [item]) => item.value == Value::Number(&n.written()),
        (Tree::Text(text), "Text", [item]) => is_text(item, text),
        (Tree::Letter(letter), "Letter", [item]) => is_text(item, &letter.to_string()),
        (Tree::List(trees), "List", [item]) => {
            let Value::List(items) = &item.value else { return false };
            items.len() == trees.len() && items.iter().zip(trees).all(|(item, tree)| same(item, tree))
        }
        (Tree::Maybe(None), "Maybe", [item]) => item.value == Value::Word("None"),
        (Tree::Maybe(Some(tree)), "Maybe", [item]) => {
            matches!(&item.value, Value::Tuple { name: Some("Some"), items } if same(&items[0], tree))
        }
        (Tree::Pair(left, right), "Pair", [first, second]) => same(first, left) && same(second, right),
        (Tree::Map(trees), "Map", [item]) => {
            let Value::Map(entries) = &item.value else { return false };
            entries.len() == trees.len()
                && entries
                    .iter()
                    .zip(trees)
                    .all(|((key, value), (name, tree))| is_text(key, name) && same(value, tree))
        }
        (Tree::Named { text, inner, none }, "Named", []) => {
            let Value::Struct { fields, .. } = &node.value else { return false };
            let [first, second, third] = fields.as_slice() else { return false };
            let names = [first.name, second.name, third.name] == ["text", "inner", "none"];
            let third = match (none, &third.value.value) {
                (None, value) => *value == Value::Word("None"),
                (Some(n), Value::Tuple { name: Some("Some"), items }) => is_number(&items[0], *n),
                (Some(_), _) => false,
            };
            names && is_text(&first.value, text) && same(&second.value, inner) && third
        }
        _ => false,
    }
}

/// Whatever the text, the answer is a value or well-placed faults.
#[track_caller]
fn check_robust(text: &str) {
    let Err(faults) = parse(text) else { return };
    assert!((1..=MAX_FAULTS).contains(&faults.len()), "{text:?}");
    let lines: Vec<&str> = text.split('\n').collect();
    for fault in &faults {
        let line = lines.get(fault.position.line as usize - 1).expect("the line exists");
        assert!(fault.position.column as usize <= line.chars().count() + 1, "{text:?}: {}", listed(&faults));
    }
    assert!(faults.is_sorted_by_key(|fault| fault.position));
}

fn mutated(text: &str, edits: &[(prop::sample::Index, char, bool)]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (index, letter, is_removal) in edits {
        let at = index.index(letters.len() + 1);
        if *is_removal && at < letters.len() {
            letters.remove(at);
        } else {
            letters.insert(at, *letter);
        }
    }
    letters.into_iter().collect()
}

const PUNCTUATION: &str = "()[]{}:,\"'\\/*#=-+.1ra_ \n\r\t（）：，“”‘。\u{3000}\u{7}扣@!";

fn marks(count: Range<usize>) -> impl Strategy<Value = String> {
    let mark = prop::sample::select(PUNCTUATION.chars().collect::<Vec<_>>());
    vec(mark, count).prop_map(String::from_iter)
}

/// A place, the mark to put there, and whether to remove what is there instead.
fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, char, bool)>> {
    let mark = prop::sample::select(PUNCTUATION.chars().collect::<Vec<_>>());
    vec((any::<prop::sample::Index>(), mark, any::<bool>()), 1..4)
}

fn dense(tree: &Tree) -> String {
    ron::to_string(tree).unwrap()
}

fn pretty(tree: &Tree) -> String {
    ron::ser::to_string_pretty(tree, PrettyConfig::new().struct_names(true)).unwrap()
}

proptest! {
    #[test]
    fn reads_what_the_ron_crate_writes(tree in any_tree()) {
        for text in [dense(&tree), pretty(&tree)] {
            let node = parse(&text);
            let node = node.map_err(|faults| TestCaseError::fail(format!("{text}\n{}", listed(&faults))))?;
            prop_assert!(same(&node, &tree), "{text}\n{node:?}");
        }
    }

    #[test]
    fn reads_raw_texts_the_ron_crate_writes(text in "[^\\p{Cc}]{0,12}") {
        let config = PrettyConfig::new().escape_strings(false);
        let raw = ron::ser::to_string_pretty(&text, config).unwrap();
        prop_assert_eq!(&parse(&raw).unwrap().value, &Value::Text(text.as_str().into()));
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), marks in marks(0..60)) {
        check_robust(&text);
        check_robust(&marks);
    }

    #[test]
    fn slips_in_good_text_are_survived(tree in any_tree(), edits in edits()) {
        check_robust(&mutated(&pretty(&tree), &edits));
    }

    #[test]
    fn space_and_comments_change_nothing(tree in any_tree()) {
        let dense = dense(&tree);
        let spaced = format!("\u{feff}// 注\r\n{} /* 注 */", pretty(&tree));
        prop_assert_eq!(written(&parse(&dense).unwrap(), false), written(&parse(&spaced).unwrap(), false));
    }
}

#[test]
fn long_texts_take_time_in_proportion() {
    const LENGTH: usize = 1 << 20;
    let start = Instant::now();
    for part in [
        "[", "(", "a(", "\"", "\\", "\"\\", "“", "'", "r#", "r", "#", "@ ", "/*", "/", "1", "-", "\"a\",",
        "a:", "a\n", "\"\n", "\0", "\u{3000}", ",", "\"\"\n",
    ] {
        let repeated = part.repeat(LENGTH / part.len());
        for text in
            [repeated.clone(), format!("[{repeated}"), format!("(a: {repeated}"), format!("\"{repeated}")]
        {
            check_robust(&text);
        }
    }
    // A hundred texts of a megabyte, without optimisation; anything quadratic would take days.
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

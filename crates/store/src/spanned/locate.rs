//! From a path within a document to the place where that value was written.

use kaohe_core::Step;

use super::{Node, Position, Value, decode::some};

/// Walks down the path as far as it goes and returns the deepest place it reached.
///
/// `Some(…)` takes no step of its own. A step that leads nowhere ends the walk: a fault may speak of something
/// that is missing, and then its surroundings are the place.
pub fn locate(node: &Node<'_>, path: &[Step]) -> Position {
    let mut here = some(node).unwrap_or(node);
    for (idx, &step) in path.iter().enumerate() {
        if let Some(beside) = path.get(idx..idx + 3).and_then(|it| side_by_side(here, it)) {
            return beside.position;
        }
        let Some(next) = follow(here, step) else { break };
        here = some(next).unwrap_or(next);
    }
    here.position
}

/// Finds `levels[1].points` where levels stand as lists side by side: it is `points[1]` there.
fn side_by_side<'n, 'a>(node: &'n Node<'a>, path: &[Step]) -> Option<&'n Node<'a>> {
    let &[list, Step::Index(idx), Step::Field(name)] = path else { return None };
    let element = follow(node, list).and_then(|it| follow(it, Step::Index(idx)));
    if element.is_some_and(|it| matches!(it.value, Value::Struct { .. })) {
        return None;
    }
    let Value::Struct { fields, .. } = &node.value else { return None };
    // Several of a `percent` are `percents`.
    let beside =
        fields.iter().find(|it| it.name.strip_suffix('s').unwrap_or(it.name) == name.trim_end_matches('s'));
    follow(&beside?.value, Step::Index(idx))
}

fn follow<'n, 'a>(node: &'n Node<'a>, step: Step) -> Option<&'n Node<'a>> {
    match (&node.value, step) {
        (Value::Struct { fields, .. }, Step::Field(name)) => {
            fields.iter().find(|field| field.name == name).map(|field| &field.value)
        }
        (Value::Map(entries), Step::Field(name)) => {
            entries.iter().find(|(key, _)| is_key(key, name)).map(|(_, value)| value)
        }
        (Value::Map(entries), Step::Index(index)) => entries.get(index).map(|(_, value)| value),
        (Value::List(items) | Value::Tuple { items, .. }, Step::Index(index)) => items.get(index),
        (Value::Struct { .. }, Step::Index(_)) | (Value::List(_) | Value::Tuple { .. }, Step::Field(_)) => {
            None
        }
        (Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Word(_), _) => None,
    }
}

fn is_key(key: &Node<'_>, name: &str) -> bool {
    match &key.value {
        Value::Text(text) => text == name,
        Value::Word(word) => *word == name,
        Value::Struct { .. }
        | Value::Tuple { .. }
        | Value::List(_)
        | Value::Map(_)
        | Value::Number(_)
        | Value::Bool(_) => false,
    }
}

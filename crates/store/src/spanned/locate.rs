//! From a path within a document to the place where that value was written.

use kaohe_core::Step;

use super::{Node, Position, Value, decode::some};

/// Walks down the path as far as it goes and returns the deepest place it reached.
///
/// `Some(…)` takes no step of its own. A step that leads nowhere ends the walk: a fault may speak of something
/// that is missing, and then its surroundings are the place.
pub fn locate(node: &Node<'_>, path: &[Step]) -> Position {
    let mut here = some(node).unwrap_or(node);
    for &step in path {
        let Some(next) = follow(here, step) else { break };
        here = some(next).unwrap_or(next);
    }
    here.position
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

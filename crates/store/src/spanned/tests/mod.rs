//! What a person gets to see of the faults in a file they wrote, as data.

mod decoding;
mod laws;
mod syntax;

use super::{Fault, Node, Value};

/// One line for each fault: its place and what it says.
fn listed(faults: &[Fault]) -> String {
    let lines = faults
        .iter()
        .map(|fault| format!("{}:{} {:?}", fault.position.line, fault.position.column, fault.kind));
    lines.collect::<Vec<_>>().join("\n")
}

/// The value as compact RON, each node with its place when `places` says so.
fn written(node: &Node<'_>, places: bool) -> String {
    let all =
        |items: &[Node<'_>]| items.iter().map(|item| written(item, places)).collect::<Vec<_>>().join(",");
    let place =
        if places { format!("{}:{} ", node.position.line, node.position.column) } else { String::new() };
    let value = match &node.value {
        Value::Struct { name, fields } => {
            let fields = fields.iter().map(|field| {
                let place = if places {
                    format!("{}:{} ", field.position.line, field.position.column)
                } else {
                    String::new()
                };
                format!("{place}{}:{}", field.name, written(&field.value, places))
            });
            format!("{}({})", name.unwrap_or_default(), fields.collect::<Vec<_>>().join(","))
        }
        Value::Tuple { name, items } => format!("{}({})", name.unwrap_or_default(), all(items)),
        Value::List(items) => format!("[{}]", all(items)),
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{}:{}", written(key, places), written(value, places)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
        Value::Text(text) => format!("{text:?}"),
        Value::Number(number) => (*number).to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Word(word) => (*word).to_owned(),
    };
    place + &value
}

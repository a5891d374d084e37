//! Nodes to the caller's types, noting faults instead of stopping at the first.
//!
//! Every function returns `None` exactly when it has noted why (the optional ones also when nothing is there).

use super::cursor::{excerpt, is_plain_number};
use super::fields::Variant;
use super::nearest::nearest;
use super::{Expected, Fault, FaultKind, Found, Node, Position, Value};

/// Collects the faults of a file.
#[derive(Debug, Default)]
pub struct Faults {
    faults: Vec<Fault>,
}

impl Faults {
    /// How many are kept.
    const MOST: usize = 10_000;

    /// Notes a fault, unless there are more than anyone will read.
    pub fn push(&mut self, position: Position, kind: FaultKind) {
        if !self.is_full() {
            self.faults.push(Fault { position, kind });
        }
    }

    /// Says whether further faults are dropped, so that reading on brings nothing.
    pub fn is_full(&self) -> bool {
        self.faults.len() >= Faults::MOST
    }

    /// Says whether nothing has been noted.
    pub fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// Returns what was noted, in the order of the file.
    pub fn into_sorted(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|fault| fault.position);
        self.faults
    }

    /// Hands over what was read if nothing was wrong.
    ///
    /// # Errors
    ///
    /// Returns the faults in the order of the file.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Vec<Fault>> {
        match read {
            Some(read) if self.is_empty() => Ok(read),
            Some(_) | None => {
                debug_assert!(!self.is_empty(), "a decoder gave up without saying why");
                Err(self.into_sorted())
            }
        }
    }

    pub(super) fn wrong_type(&mut self, node: &Node<'_>, expected: Expected) {
        self.push(node.position, FaultKind::WrongType { expected, found: Found::of(&node.value) });
    }
}

/// Looks through `Some(x)`; `None` is nothing, and anything else is itself.
pub fn some<'n, 'a>(node: &'n Node<'a>) -> Option<&'n Node<'a>> {
    match &node.value {
        Value::Word("None") => None,
        Value::Tuple { name: Some("Some"), items } if items.len() == 1 => items.first(),
        _ => Some(node),
    }
}

/// Reads a text.
pub fn text(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let Value::Text(text) = &node.value else {
        faults.wrong_type(node, Expected::Text);
        return None;
    };
    // An escape such as `\u{1b}` would bring in what the file itself may not hold.
    if let Some(found) = text.chars().find(|it| it.is_control() && *it != '\n') {
        faults.push(node.position, FaultKind::ControlCharacter { code: u32::from(found) });
        return None;
    }
    Some(text.clone().into_owned())
}

/// Reads a number, which may stand in quotes. Its text is plain: a sign or none, digits with `_` between
/// them, perhaps a point with digits.
pub fn number<'n>(node: &'n Node<'_>, faults: &mut Faults) -> Option<&'n str> {
    plain_number(node, Expected::Number, faults)
}

/// Reads `true` or `false`.
pub fn truth(node: &Node<'_>, faults: &mut Faults) -> Option<bool> {
    if let Value::Bool(value) = node.value {
        return Some(value);
    }
    faults.wrong_type(node, Expected::Truth);
    None
}

/// Reads a number without sign and fraction.
pub fn whole(node: &Node<'_>, faults: &mut Faults) -> Option<u32> {
    let written = plain_number(node, Expected::Whole, faults)?;
    if written.starts_with(['+', '-']) || written.contains('.') {
        faults.wrong_type(node, Expected::Whole);
        return None;
    }
    let read = written.replace('_', "").parse().ok();
    if read.is_none() {
        faults.push(node.position, FaultKind::BadNumber { found: excerpt(written) });
    }
    read
}

fn plain_number<'n>(node: &'n Node<'_>, expected: Expected, faults: &mut Faults) -> Option<&'n str> {
    let written = match &node.value {
        Value::Number(written) => *written,
        Value::Text(text) => text.trim(),
        _ => {
            faults.wrong_type(node, expected);
            return None;
        }
    };
    if !is_plain_number(written) {
        faults.push(node.position, FaultKind::BadNumber { found: excerpt(written) });
        return None;
    }
    Some(written)
}

/// Returns the items of a list.
pub fn list<'n, 'a>(node: &'n Node<'a>, faults: &mut Faults) -> Option<&'n [Node<'a>]> {
    if let Value::List(items) = &node.value {
        return Some(items);
    }
    faults.wrong_type(node, Expected::List);
    None
}

/// Decodes every item, also after one that failed (which collecting into an `Option` would not).
pub fn each<'n, 'a, T>(
    items: &'n [Node<'a>],
    faults: &mut Faults,
    mut decode: impl FnMut(&'n Node<'a>, &mut Faults) -> Option<T>,
) -> Option<Vec<T>> {
    let decoded: Vec<Option<T>> = items.iter().map(|item| decode(item, faults)).collect();
    decoded.into_iter().collect()
}

/// Reads one of several bare words. A misspelt one is noted and read as the one that was meant.
pub fn word(node: &Node<'_>, known: &'static [&'static str], faults: &mut Faults) -> Option<&'static str> {
    if let Value::Word(found) = node.value {
        return choose(node.position, found, known, faults);
    }
    faults.wrong_type(node, Expected::Word);
    None
}

/// Reads the name of `Name`, `Name(…)` or `Name(field: …)` and leaves the rest to the [`Variant`]. A misspelt
/// name is noted and read as the one that was meant.
pub fn variant<'n, 'a>(
    node: &'n Node<'a>,
    known: &'static [&'static str],
    faults: &mut Faults,
) -> Option<Variant<'n, 'a>> {
    let found = match &node.value {
        Value::Word(found) => found,
        Value::Struct { name: Some(found), .. } | Value::Tuple { name: Some(found), .. } => found,
        _ => {
            faults.wrong_type(node, Expected::Variant);
            return None;
        }
    };
    let name = choose(node.position, found, known, faults)?;
    Some(Variant { name, node })
}

fn choose(
    position: Position,
    found: &str,
    known: &'static [&'static str],
    faults: &mut Faults,
) -> Option<&'static str> {
    if let Some(name) = known.iter().find(|name| **name == found) {
        return Some(name);
    }
    let nearest = nearest(found, known.iter().map(|name| (*name, *name)));
    faults.push(position, FaultKind::UnknownVariant { found: excerpt(found), nearest, known });
    nearest
}

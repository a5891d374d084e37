//! Reads RON that people write, keeps the place of every value and reports all faults of a file at once.
//!
//! The `ron` crate stops at the first fault and does not say where a value stood. That is enough for the
//! files the program writes itself, and it stays in use for them. A rubric or a roster comes from an
//! editor: whoever wrote it wants every fault, with line and column, in one go.
//!
//! Reading takes two steps. [`parse()`] turns text into a tree of [`Node`]s that borrow from it, or gives the
//! syntax faults. [`Fields`], [`text`], [`number`], [`variant()`] and their neighbours turn the tree into the caller's
//! types and note what is wrong in a [`Faults`]. Deliberately absent: serde, floats (a number stays the text
//! it was written as, so `0.1` is exact) and sentences (a [`FaultKind`] carries data only).
//!
//! A decoder asks for everything first and gives up last, so that one fault does not hide the next:
//!
//! ```
//! use kaohe_store::spanned::{Faults, Fields, Node, parse};
//!
//! struct Indicator {
//!     id: String,
//!     number: String,
//!     items: Vec<String>,
//! }
//!
//! fn indicator(node: &Node<'_>, faults: &mut Faults) -> Option<Indicator> {
//!     let fields = Fields::of(node, "Indicator", &["id", "number", "items"], faults)?;
//!     let id = fields.text("id", faults);
//!     let number = fields.text("number", faults);
//!     let items = fields.each("items", faults, kaohe_store::spanned::text);
//!     Some(Indicator { id: id?, number: number?, items: items? })
//! }
//!
//! let node = parse(r#"Indicator(id: "open", nubmer: "1.1", items: ["a", 2])"#).unwrap();
//! let mut faults = Faults::default();
//! let read = indicator(&node, &mut faults);
//! // The misspelt name and the number that should be a text; no follow-up "number is missing".
//! assert_eq!(faults.finish(read).err().unwrap().len(), 2);
//! ```

mod cursor;
mod decode;
mod fault;
mod fields;
mod locate;
mod nearest;
mod parse;
mod text;
mod tokens;

use std::borrow::Cow;

pub use cursor::excerpt;
pub use decode::{Faults, each, list, number, some, text, truth, variant, whole, word};
pub use fault::{Expected, Fault, FaultKind, Found};
pub use fields::{Fields, Variant};
pub use locate::locate;
pub use parse::{MAX_BYTES, MAX_DEPTH, MAX_FAULTS, MAX_VALUES, parse};

/// Line and column, both from 1; the column counts characters (not bytes, not cells).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The character within the line, from 1.
    pub column: u32,
}

/// One value and where its first character stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'a> {
    /// Where the value begins; for `Name(…)` that is the name.
    pub position: Position,
    /// What was written there.
    pub value: Value<'a>,
}

/// A value as it was written, before anyone decides what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `Name(field: value, …)` or `(field: value, …)`; also `Name()` and `()`, which have no fields.
    Struct {
        /// The name before the parenthesis.
        name: Option<&'a str>,
        /// The fields in the order of the file, duplicates included.
        fields: Vec<Field<'a>>,
    },
    /// `Name(a, b)` or `(a, b)`; `Some(x)` is one of these.
    Tuple {
        /// The name before the parenthesis.
        name: Option<&'a str>,
        /// The values; never empty.
        items: Vec<Node<'a>>,
    },
    /// `[a, b]`
    List(Vec<Node<'a>>),
    /// `{key: value, …}` in the order of the file, duplicates included.
    Map(Vec<(Node<'a>, Node<'a>)>),
    /// `"…"`, `r#"…"#` or `'x'`, with escapes resolved.
    Text(Cow<'a, str>),
    /// A plain decimal number as it was written: a sign or none, digits with `_`, perhaps a fraction.
    Number(&'a str),
    /// `true` or `false`
    Bool(bool),
    /// A bare word: unit struct, unit variant, `None`.
    Word(&'a str),
}

/// One `name: value` of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// The field's name as it was written.
    pub name: &'a str,
    /// Where the name begins; the value knows its own place.
    pub position: Position,
    /// What stands after the colon.
    pub value: Node<'a>,
}

#[cfg(test)]
mod tests;

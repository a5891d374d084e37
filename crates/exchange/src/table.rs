//! A table: what every writer writes and every list of the program is.

use std::borrow::Cow;

use kaohe_core::Points;

/// Columns and rows; every row has one value per column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows, in order.
    pub rows: Vec<Vec<Value>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its header, in Chinese. Most are fixed; a comparison has one named after each class.
    pub name: Cow<'static, str>,
    /// How it stands in a table for people.
    pub align: Align,
}

/// To which side the values of a column are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text; never empty where it was made by [`Value::text`].
    Text(String),
    /// Points or a percentage, exact.
    Number(Points),
    /// A whole number.
    Count(u64),
}

impl Table {
    /// Returns a table without rows.
    pub fn new(columns: Vec<Column>) -> Table {
        Table { columns, rows: Vec::new() }
    }
}

impl Column {
    /// Returns a column of texts.
    pub fn text(name: impl Into<Cow<'static, str>>) -> Column {
        Column { name: name.into(), align: Align::Left }
    }

    /// Returns a column of numbers.
    pub fn number(name: impl Into<Cow<'static, str>>) -> Column {
        Column { name: name.into(), align: Align::Right }
    }
}

impl Value {
    /// Returns a text, or [`Value::Empty`] for an empty one.
    pub fn text(text: impl Into<String>) -> Value {
        let text = text.into();
        if text.is_empty() { Value::Empty } else { Value::Text(text) }
    }

    /// Returns a whole number.
    pub fn count(count: usize) -> Value {
        // No platform has larger counts than 64 bits.
        Value::Count(count as u64)
    }
}

impl From<Points> for Value {
    fn from(points: Points) -> Value {
        Value::Number(points)
    }
}

impl From<Option<Points>> for Value {
    fn from(points: Option<Points>) -> Value {
        points.map_or(Value::Empty, Value::Number)
    }
}

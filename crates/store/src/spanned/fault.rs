//! What can be wrong with a file: the place, and the facts from which a sentence can be made.

use super::{Position, Value};

/// One fault with its place. `kind` carries data; sentences are made elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where the reader should look.
    pub position: Position,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// What is wrong. No string in here holds a control character, so it can be shown as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    // Syntax, found by `parse`.
    /// The file is longer than any rubric; nothing of it was read.
    TooLarge {
        /// Its length.
        bytes: usize,
        /// What is read at most.
        limit: usize,
    },
    /// More values than any rubric has.
    TooMany {
        /// How many are read at most.
        limit: usize,
    },
    /// Brackets within brackets beyond any purpose.
    TooDeep {
        /// How many are followed at most.
        limit: usize,
    },
    /// A character that means nothing outside a text; `#` is how other formats begin a comment.
    UnexpectedCharacter {
        /// The character.
        found: char,
    },
    /// An invisible character; only its code can be named.
    ControlCharacter {
        /// Its code point.
        code: u32,
    },
    /// Chinese punctuation (or a full-width digit or space) outside a text.
    FullWidthPunctuation {
        /// The character that stands there.
        found: char,
        /// The ASCII character that belongs there.
        instead: char,
    },
    /// A text without its closing quote; the place is the opening one.
    UnterminatedText,
    /// A `/*` without its `*/`; the place is the `/*`.
    UnterminatedComment,
    /// A `"` in the middle of a text, where `\"` or `“` was meant.
    QuoteInText,
    /// A backslash sequence that does not exist.
    BadEscape {
        /// The sequence with its backslash.
        found: String,
    },
    /// Something that starts as a number but is not plainly written (`1e3`, `0x1f`, `.5`, `5%`, `NaN`), or does
    /// not fit. Also found when decoding.
    BadNumber {
        /// As it was written.
        found: String,
    },
    /// Nothing stands where a value belongs.
    ExpectedValue {
        /// What stands there; `None` at the end of the file.
        found: Option<char>,
    },
    /// No colon between a name or key and its value.
    ExpectedColon {
        /// What stands there; `None` at the end of the file.
        found: Option<char>,
    },
    /// Two values in a row; the place is just after the first, where the comma belongs.
    MissingComma,
    /// Something after a value that is neither a comma nor the matching closing bracket.
    ExpectedCommaOrClosing {
        /// What stands there.
        found: char,
        /// The bracket that is open.
        opener: char,
        /// Where it was opened.
        opened: Position,
    },
    /// The file ends inside a bracket.
    ExpectedClosing {
        /// The bracket that is open.
        opener: char,
        /// Where it was opened.
        opened: Position,
    },
    /// A field among items or an item among fields: a name is missing, or an earlier `)`.
    MixedFieldsAndItems {
        /// Where the parenthesis was opened.
        opened: Position,
    },
    /// `"name": …` in a struct, as JSON would have it.
    FieldNameInQuotes,
    /// Something after the end of the document.
    TrailingText {
        /// Its first character.
        found: char,
    },

    // Meaning, found by a decoder.
    /// A field that this struct does not have.
    UnknownField {
        /// The name in the file.
        found: String,
        /// The struct.
        within: &'static str,
        /// The missing field that was probably meant, and was read from here.
        nearest: Option<&'static str>,
        /// Every field of the struct.
        known: &'static [&'static str],
    },
    /// A word or name that is none of the choices.
    UnknownVariant {
        /// The name in the file.
        found: String,
        /// The choice that was probably meant.
        nearest: Option<&'static str>,
        /// All choices.
        known: &'static [&'static str],
    },
    /// A field that must be there and is not; the place is the struct.
    MissingField {
        /// The field.
        name: &'static str,
        /// The struct.
        within: &'static str,
    },
    /// A field for the second time; the place is the second, and the first counts.
    DuplicateField {
        /// The field.
        name: &'static str,
        /// Where it stood first.
        first: Position,
    },
    /// A value of another kind than belongs there.
    WrongType {
        /// What belongs there.
        expected: Expected,
        /// What stands there.
        found: Found,
    },
    /// A number with more decimals than points have.
    NumberTooFine {
        /// As it was written.
        found: String,
        /// Decimals that it may have.
        decimals: usize,
    },
    /// A number larger than points can be.
    NumberTooLarge {
        /// As it was written.
        found: String,
        /// The largest one.
        limit: u32,
    },
    /// A text that is not a date such as `2023-11-06`.
    BadDate {
        /// As it was written.
        found: String,
    },
    /// A text that cannot be the name of a file everywhere.
    BadName {
        /// As it was written.
        found: String,
    },
    /// A percentage below 0 or above 100.
    BadPercent {
        /// As it was written.
        found: String,
    },
    /// Two lists that belong side by side are of different lengths; the place is the second.
    LengthsDiffer {
        /// The one list.
        first: &'static str,
        /// How many it has.
        n_first: usize,
        /// The other list.
        second: &'static str,
        /// How many it has.
        n_second: usize,
    },
    /// Of several groups of fields exactly one must be given; the place is the struct.
    OneOf {
        /// The struct.
        within: &'static str,
        /// The groups.
        choices: &'static [&'static [&'static str]],
        /// Whether several are given, and not none.
        is_given: bool,
    },
    /// A rule of another indicator that is not written `indicator.rule`.
    BadRuleRef {
        /// As it was written.
        found: String,
    },
    /// A struct under another name.
    WrongName {
        /// The name that belongs there.
        expected: &'static str,
        /// The name in the file.
        found: String,
    },
}

/// What a decoder asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `(field: value, …)`
    Struct,
    /// `[…]`
    List,
    /// `"…"`
    Text,
    /// A decimal number.
    Number,
    /// A number without sign and fraction.
    Whole,
    /// A bare word.
    Word,
    /// A bare word or `Name(…)`.
    Variant,
    /// `true` or `false`
    Truth,
    /// `Name(value)`
    OneValue,
}

/// What stands in the file instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// `(field: value, …)` or `()`
    Struct,
    /// `(a, b)`
    Tuple,
    /// `[…]`
    List,
    /// `{…}`
    Map,
    /// `"…"`
    Text,
    /// A number.
    Number,
    /// `true` or `false`
    Boolean,
    /// A bare word, often a text without its quotes.
    Word,
}

impl Found {
    /// Says what kind of value it is.
    pub fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Struct { .. } => Self::Struct,
            Value::Tuple { .. } => Self::Tuple,
            Value::List(_) => Self::List,
            Value::Map(_) => Self::Map,
            Value::Text(_) => Self::Text,
            Value::Number(_) => Self::Number,
            Value::Bool(_) => Self::Boolean,
            Value::Word(_) => Self::Word,
        }
    }
}

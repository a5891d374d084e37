//! A place in a text that moves forward and counts lines and columns, and what it knows of characters.

use std::str::Chars;

use kaohe_core::half_width_char;

use super::Position;

#[derive(Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    rest: Chars<'a>,
    pub(super) position: Position,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        // Notepad puts a byte-order mark in front; it is no column of the first line.
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text).chars();
        Self { text, rest, position: Position { line: 1, column: 1 } }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let found = self.rest.next()?;
        if found == '\n' {
            self.position.line += 1;
            self.position.column = 1;
        } else {
            self.position.column += 1;
        }
        Some(found)
    }

    /// Moves on while the characters fit and returns them.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let start = self.offset();
        while self.peek().is_some_and(&fits) {
            self.bump();
        }
        self.since(start)
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest.as_str()
    }

    pub(super) fn offset(&self) -> usize {
        self.text.len() - self.rest().len()
    }

    /// Returns the text from an earlier offset of this cursor to here.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.offset()).expect("offsets of a cursor lie between characters, in order")
    }
}

/// Returns the ASCII character that was meant by one that an input method puts in its stead.
pub(super) fn ascii_for(found: char) -> Option<char> {
    let instead = match found {
        '、' | '；' => ',',
        '【' => '[',
        '】' => ']',
        '“' | '”' | '„' | '‘' | '’' => '"',
        '。' => '.',
        '−' => '-',
        '\u{a0}' => ' ',
        found => half_width_char(found),
    };
    // Full-width letters and signs of no meaning here stay what they are.
    let has_meaning = instead.is_ascii_digit() || ",:=()[]{}\".-+/% ".contains(instead);
    (instead != found && has_meaning).then_some(instead)
}

pub(super) fn is_space(found: char) -> bool {
    matches!(found, ' ' | '\t' | '\r' | '\n')
}

/// What cannot be seen between values: also the breaks that are no space of RON, and the joiners, which join nothing
/// outside a text.
pub(super) fn is_invisible(found: char) -> bool {
    let is_joiner = matches!(found, '\u{200c}' | '\u{200d}');
    is_joiner || kaohe_core::is_invisible(found) || kaohe_core::is_break(found) && !is_space(found)
}

pub(super) fn starts_word(found: char) -> bool {
    found == '_' || found.is_alphabetic()
}

pub(super) fn continues_word(found: char) -> bool {
    found == '_' || found.is_alphanumeric()
}

pub(super) fn starts_number(found: char) -> bool {
    found.is_ascii_digit() || matches!(found, '+' | '-' | '.')
}

/// What belongs to a number and what people write right behind one, so that a bad one is reported whole.
pub(super) fn continues_number(found: char) -> bool {
    continues_word(found) || matches!(ascii_for(found).unwrap_or(found), '+' | '-' | '.' | '%')
}

pub(super) fn starts_value(found: char) -> bool {
    starts_word(found) || starts_number(found) || matches!(found, '"' | '\'' | '(' | '[' | '{')
}

/// A character that has no business outside a text or a comment.
pub(super) fn is_stray(found: char) -> bool {
    !starts_value(found) && !matches!(found, ',' | ':' | '=' | ')' | ']' | '}')
}

/// A sign or none, digits, and a point with digits or none; `_` may stand between digits.
pub(super) fn is_plain_number(text: &str) -> bool {
    let is_digits = |digits: &str| {
        !digits.is_empty()
            && !digits.starts_with('_')
            && !digits.ends_with('_')
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
    };
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
        None => is_digits(unsigned),
    }
}

/// Returns the beginning of a text for a message, with invisible characters made visible.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let is_hidden = |found: char| is_invisible(found) || matches!(found, '\t' | '\r' | '\n');
    let mut shown: String =
        text.chars().take(LONGEST).map(|found| if is_hidden(found) { '\u{fffd}' } else { found }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

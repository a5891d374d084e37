//! Texts: plain, raw, a single character, and those in quotes that no RON knows.

use std::borrow::Cow;

use super::cursor::{ascii_for, excerpt, is_space};
use super::parse::{LastText, Parser, Stop};
use super::{FaultKind, Position, Value};

impl<'a> Parser<'a> {
    /// Reads `"…"`; the cursor is at the opening quote, of whatever shape.
    pub(super) fn text(&mut self) -> Result<Value<'a>, Stop> {
        let opened = self.cursor.position;
        if self.cursor.peek() != Some('"') {
            return self.text_in_wrong_quotes();
        }
        self.cursor.bump();
        let first = self.cursor.offset();
        let mut start = first; // of what is not yet in `resolved`
        let mut resolved: Option<String> = None;
        loop {
            match self.cursor.peek() {
                Some('"') => break,
                Some('\\') => {
                    let so_far = self.cursor.since(start);
                    let character = self.escape()?;
                    let resolved = resolved.get_or_insert_default();
                    resolved.push_str(&plain_line_ends(so_far));
                    resolved.extend(character);
                    start = self.cursor.offset();
                }
                Some(_) => self.character_of_text()?,
                None => return Err(self.unterminated(opened, self.cursor.since(first))),
            }
        }
        let written = self.cursor.since(first);
        let remaining = plain_line_ends(self.cursor.since(start));
        let closed = self.cursor.position;
        self.cursor.bump();
        self.ended(Some(LastText { opened, closed, written }));
        Ok(Value::Text(match resolved {
            Some(resolved) => Cow::Owned(resolved + &remaining),
            None => remaining,
        }))
    }

    /// Says whether the word that begins here is the `r` of a raw text.
    pub(super) fn at_raw_text(&self) -> bool {
        let after = self.cursor.rest().strip_prefix('r');
        after.is_some_and(|after| after.trim_start_matches('#').starts_with('"'))
    }

    /// Reads `r"…"` or `r#"…"#`; the cursor is at the `r`.
    pub(super) fn raw_text(&mut self) -> Result<Value<'a>, Stop> {
        let opened = self.cursor.position;
        self.cursor.bump();
        let hashes = self.cursor.take_while(|found| found == '#');
        self.cursor.bump();
        let start = self.cursor.offset();
        let end = format!("\"{hashes}");
        let Some((written, _)) = self.cursor.rest().split_once(&end) else {
            return Err(self.stop(opened, FaultKind::UnterminatedText));
        };
        while self.cursor.offset() < start + written.len() {
            self.character_of_text()?;
        }
        for _ in end.chars() {
            self.cursor.bump();
        }
        self.ended(None);
        Ok(Value::Text(plain_line_ends(written)))
    }

    /// Reads `'x'`. A longer text in such quotes is a fault.
    pub(super) fn character(&mut self) -> Result<Value<'a>, Stop> {
        let opened = self.cursor.position;
        self.cursor.bump();
        let start = self.cursor.offset();
        let text = match self.cursor.peek() {
            Some('\\') => self.escape()?.map(|character| Cow::Owned(character.to_string())),
            Some(found) if !matches!(found, '\'' | '\n') => {
                self.character_of_text()?;
                Some(Cow::Borrowed(self.cursor.since(start)))
            }
            Some(_) | None => None,
        };
        let is_closed = self.cursor.peek() == Some('\'');
        if let (Some(text), true) = (text, is_closed) {
            self.cursor.bump();
            self.ended(None);
            return Ok(Value::Text(text));
        }
        self.note(opened, FaultKind::UnexpectedCharacter { found: '\'' })?;
        self.cursor.take_while(|found| !matches!(found, '\'' | '\n'));
        if self.cursor.bump() != Some('\'') {
            return Err(Stop);
        }
        self.ended(None);
        Ok(Value::Text(Cow::Borrowed("")))
    }

    /// Reads `“…”` to the end of the line at most, and reports both quotes, for both must be changed.
    fn text_in_wrong_quotes(&mut self) -> Result<Value<'a>, Stop> {
        let opened = self.cursor.position;
        self.take()?;
        loop {
            let found = self.cursor.peek();
            if found.is_none_or(|found| found == '\n') {
                return Err(self.stop(opened, FaultKind::UnterminatedText));
            }
            if found.is_some_and(|found| ascii_for(found).unwrap_or(found) == '"') {
                self.take()?;
                self.ended(None);
                return Ok(Value::Text(Cow::Borrowed("")));
            }
            self.cursor.bump();
        }
    }

    /// Reports a text without end. A `”` on its first line that closes no `“` was typed for the quote.
    pub(super) fn unterminated(&mut self, opened: Position, written: &str) -> Stop {
        let mut at = Position { line: opened.line, column: opened.column + 1 };
        let mut open_count = 0_usize;
        for found in written.chars().take_while(|&found| found != '\n') {
            match found {
                '“' => open_count += 1,
                '”' if open_count > 0 => open_count -= 1,
                '”' | '＂' => {
                    return self.stop(at, FaultKind::FullWidthPunctuation { found, instead: '"' });
                }
                _ => (),
            }
            at.column += 1;
        }
        self.stop(opened, FaultKind::UnterminatedText)
    }

    /// Moves over one character inside quotes. Of a run of control characters the first is reported.
    fn character_of_text(&mut self) -> Result<(), Stop> {
        let is_refused = |found: char| found.is_control() && !is_space(found);
        let position = self.cursor.position;
        let Some(found) = self.cursor.bump() else { return Ok(()) };
        if is_refused(found) {
            self.note(position, FaultKind::ControlCharacter { code: u32::from(found) })?;
            self.cursor.take_while(is_refused);
        }
        Ok(())
    }

    /// Resolves the escape at the cursor; nothing for a line end that is escaped away, and for a bad one.
    fn escape(&mut self) -> Result<Option<char>, Stop> {
        let position = self.cursor.position;
        let start = self.cursor.offset();
        self.cursor.bump();
        if self.cursor.rest().starts_with('\n') || self.cursor.rest().starts_with("\r\n") {
            self.cursor.take_while(is_space);
            return Ok(None);
        }
        let character = match self.cursor.peek() {
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('0') => Some('\0'),
            Some(quoted @ ('\\' | '"' | '\'')) => Some(quoted),
            Some('x') => self.hexadecimal(2).filter(char::is_ascii),
            Some('u') => self.hexadecimal(6),
            Some(_) => None,
            None => return Ok(None), // the text has no end, which is what will be reported
        };
        // What follows is the last character of the escape, or the one that spoils it.
        if character.is_some() || self.cursor.peek() != Some('"') {
            self.cursor.bump();
        }
        if character.is_none() {
            self.note(position, FaultKind::BadEscape { found: excerpt(self.cursor.since(start)) })?;
        }
        Ok(character)
    }

    /// Reads `xNN` or `u{N…}` up to its last character.
    fn hexadecimal(&mut self, n_digits: usize) -> Option<char> {
        let is_braced = self.cursor.bump() == Some('u');
        if is_braced && self.cursor.peek() != Some('{') {
            return None;
        }
        if is_braced {
            self.cursor.bump();
        }
        let mut code = 0_u32;
        for count in 0..=n_digits {
            let found = self.cursor.peek()?;
            if is_braced && found == '}' && count > 0 {
                return char::from_u32(code);
            }
            code = (code << 4) | found.to_digit(16)?;
            if !is_braced && count + 1 == n_digits {
                return char::from_u32(code);
            }
            self.cursor.bump();
        }
        None
    }
}

/// Returns what was written with the line ends that every system has; Notepad writes `\r\n`.
fn plain_line_ends(written: &str) -> Cow<'_, str> {
    if written.contains("\r\n") { Cow::Owned(written.replace("\r\n", "\n")) } else { Cow::Borrowed(written) }
}

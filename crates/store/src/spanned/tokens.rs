//! Between the values: space, comments, stray characters, and the noting of faults.

use super::cursor::{ascii_for, is_invisible, is_space, is_stray, starts_value};
use super::parse::{Last, LastText, MAX_FAULTS, Parser, Stop};
use super::{Fault, FaultKind, Position};

impl<'a> Parser<'a> {
    /// Moves to the next token and returns its first character, full-width punctuation as the ASCII one.
    pub(super) fn token(&mut self) -> Result<Option<char>, Stop> {
        loop {
            let position = self.cursor.position;
            let Some(found) = self.cursor.peek() else { return Ok(None) };
            if is_space(found) {
                self.cursor.take_while(is_space);
            } else if ascii_for(found) == Some(' ') {
                self.note(position, FaultKind::FullWidthPunctuation { found, instead: ' ' })?;
                self.cursor.take_while(|found| ascii_for(found) == Some(' '));
            } else if is_invisible(found) {
                self.note(position, FaultKind::ControlCharacter { code: u32::from(found) })?;
                self.cursor.take_while(is_invisible);
            } else if self.cursor.rest().starts_with("//") {
                self.skip_line();
            } else if self.cursor.rest().starts_with("／／") {
                self.note(position, FaultKind::FullWidthPunctuation { found, instead: '/' })?;
                self.skip_line();
            } else if self.cursor.rest().starts_with("/*") {
                self.block_comment()?;
            } else {
                return Ok(Some(ascii_for(found).unwrap_or(found)));
            }
        }
    }

    pub(super) fn skip_line(&mut self) {
        self.cursor.take_while(|found| found != '\n');
    }

    pub(super) fn block_comment(&mut self) -> Result<(), Stop> {
        let position = self.cursor.position;
        let mut depth = 0_usize;
        loop {
            let rest = self.cursor.rest();
            let is_start = rest.starts_with("/*");
            let is_end = rest.starts_with("*/");
            if is_start || is_end {
                self.cursor.bump();
                depth = if is_start { depth + 1 } else { depth - 1 };
            }
            if self.cursor.bump().is_none() {
                return Err(self.stop(position, FaultKind::UnterminatedComment));
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// Takes the token's one character and reports it when it is not the ASCII one.
    pub(super) fn take(&mut self) -> Result<(), Stop> {
        let position = self.cursor.position;
        let Some(found) = self.cursor.bump() else { return Ok(()) };
        let Some(instead) = ascii_for(found) else { return Ok(()) };
        self.note(position, FaultKind::FullWidthPunctuation { found, instead })
    }

    /// Reports a character that means nothing here and skips it and its like.
    pub(super) fn skip_stray(&mut self) -> Result<(), Stop> {
        let position = self.cursor.position;
        let Some(found) = self.cursor.bump() else { return Ok(()) };
        self.note(position, FaultKind::UnexpectedCharacter { found })?;
        if matches!(found, '#' | '＃') {
            self.skip_line(); // meant as a comment
        }
        self.cursor.take_while(|found| {
            ascii_for(found).is_none()
                && is_stray(found)
                && !is_space(found)
                && !is_invisible(found)
                && found != '/'
        });
        Ok(())
    }

    /// Returns the character a token really begins with.
    pub(super) fn peeked(&self, token: char) -> char {
        self.cursor.peek().unwrap_or(token)
    }

    /// Notes a fault after which reading can go on, unless there are enough.
    pub(super) fn note(&mut self, position: Position, kind: FaultKind) -> Result<(), Stop> {
        self.faults.push(Fault { position, kind });
        if self.faults.len() < MAX_FAULTS { Ok(()) } else { Err(Stop) }
    }

    /// Notes a fault after which reading ends.
    pub(super) fn stop(&mut self, position: Position, kind: FaultKind) -> Stop {
        self.faults.push(Fault { position, kind });
        Stop
    }

    /// Something stands after a value that cannot follow it. When that is a text which ends on the same line,
    /// its quotes are the likelier culprit: one that began lines above swallowed what follows a forgotten
    /// quote, and one that ends right before a value was cut short by a quote inside.
    pub(super) fn misfit(&mut self, otherwise: FaultKind) -> Stop {
        let next = self.cursor.peek().map(|found| ascii_for(found).unwrap_or(found));
        let is_bracket = matches!(next, Some(')' | ']' | '}'));
        let is_adjacent = self.last.offset == self.cursor.offset() && next.is_some_and(starts_value);
        let at = if otherwise == FaultKind::MissingComma { self.last.position } else { self.cursor.position };
        match self.last.text {
            Some(text) if self.is_on_last_line() && text.written.contains('\n') && !is_bracket => {
                self.unterminated(text.opened, text.written)
            }
            Some(text) if is_adjacent => self.stop(text.closed, FaultKind::QuoteInText),
            Some(_) | None => self.stop(at, otherwise),
        }
    }

    /// Says whether the cursor is still on the line where the last value ended.
    pub(super) fn is_on_last_line(&self) -> bool {
        self.cursor.position.line == self.last.position.line
    }

    /// Remembers that a value ends here.
    pub(super) fn ended(&mut self, text: Option<LastText<'a>>) {
        self.last = Last { position: self.cursor.position, offset: self.cursor.offset(), text };
    }
}

//! Text to nodes: a descent of bounded depth over one cursor.
//!
//! After a fault the parser goes on only where the next step is beyond doubt: full-width punctuation counts
//! as the ASCII one, a stray character is skipped, a comma may be missing at the end of a line. Anywhere else it
//! stops, for a made-up follow-up fault costs the reader more than a second run.

use super::cursor::{
    Cursor, ascii_for, continues_number, continues_word, excerpt, is_plain_number, is_space, is_stray,
    starts_number, starts_value, starts_word,
};
use super::{Fault, FaultKind, Field, Node, Position, Value};

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// How many values are read; each takes some room, and a text of the longest kind could hold millions.
pub const MAX_VALUES: usize = 1_000_000;
/// How many brackets may be open at once.
pub const MAX_DEPTH: usize = 64;
/// How many syntax faults are listed; a list of this length may be incomplete.
pub const MAX_FAULTS: usize = 50;

/// Reads one document.
///
/// # Errors
///
/// Returns the syntax faults in the order of the file, at least one and at most [`MAX_FAULTS`].
pub fn parse(text: &str) -> Result<Node<'_>, Vec<Fault>> {
    let mut parser = Parser::new(text);
    let read = if text.len() > MAX_BYTES {
        let kind = FaultKind::TooLarge { bytes: text.len(), limit: MAX_BYTES };
        Err(parser.stop(parser.cursor.position, kind))
    } else {
        parser.document()
    };
    let mut faults = parser.faults;
    match read {
        Ok(node) if faults.is_empty() => Ok(node),
        Ok(_) | Err(Stop) => {
            faults.sort_by_key(|fault| fault.position);
            Err(faults)
        }
    }
}

/// Reading ends here; the reason has been noted.
pub(super) struct Stop;

pub(super) struct Parser<'a> {
    pub(super) cursor: Cursor<'a>,
    pub(super) faults: Vec<Fault>,
    pub(super) last: Last<'a>,
    open: Vec<Bracket>,
    n_values: usize,
}

#[derive(Clone, Copy)]
struct Bracket {
    opener: char,
    closer: char,
    opened: Position,
}

/// Where the last value ended, to say what is amiss when the next token does not fit.
pub(super) struct Last<'a> {
    pub(super) position: Position,
    pub(super) offset: usize,
    pub(super) text: Option<LastText<'a>>,
}

/// A text in plain quotes that has just been read.
#[derive(Clone, Copy)]
pub(super) struct LastText<'a> {
    pub(super) opened: Position,
    pub(super) closed: Position,
    pub(super) written: &'a str,
}

enum Element<'a> {
    Field(Field<'a>),
    Item(Node<'a>),
}

enum Separator {
    Comma,
    Closing,
    Missing,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let cursor = Cursor::new(text);
        let last = Last { position: cursor.position, offset: 0, text: None };
        Self { cursor, faults: Vec::new(), open: Vec::new(), n_values: 0, last }
    }

    fn document(&mut self) -> Result<Node<'a>, Stop> {
        self.token()?;
        while self.cursor.rest().starts_with("#![") {
            self.attribute()?;
        }
        let node = self.value()?;
        loop {
            let Some(token) = self.token()? else { return Ok(node) };
            if !is_stray(token) {
                return Err(self.misfit(FaultKind::TrailingText { found: self.peeked(token) }));
            }
            self.skip_stray()?;
        }
    }

    /// Skips `#![enable(…)]`. What it could enable is allowed anyway.
    fn attribute(&mut self) -> Result<(), Stop> {
        let fits = |found| continues_word(found) || is_space(found) || "#![(),".contains(found);
        self.cursor.take_while(fits);
        if let Some(token) = self.token()?
            && token != ']'
        {
            let found = self.peeked(token);
            return Err(self.stop(self.cursor.position, FaultKind::UnexpectedCharacter { found }));
        }
        self.cursor.bump();
        self.token()?;
        Ok(())
    }

    fn value(&mut self) -> Result<Node<'a>, Stop> {
        let token = loop {
            match self.token()? {
                Some(token) if is_stray(token) => self.skip_stray()?,
                token => break token,
            }
        };
        let position = self.cursor.position;
        self.n_values += 1;
        if self.n_values > MAX_VALUES {
            return Err(self.stop(position, FaultKind::TooMany { limit: MAX_VALUES }));
        }
        let value = match token {
            Some('"') => self.text()?,
            Some('r') if self.at_raw_text() => self.raw_text()?,
            Some('\'') => self.character()?,
            Some('(') => self.parentheses(None)?,
            Some('[') => self.list()?,
            Some('{') => self.map()?,
            Some(token) if starts_number(token) => self.number()?,
            Some(token) if starts_word(token) => {
                let word = self.word();
                return self.after_word(word, position);
            }
            Some(token) => {
                let found = Some(self.peeked(token));
                self.note(position, FaultKind::ExpectedValue { found })?;
                let is_left_out = self.open.last().is_some_and(|open| token == ',' || token == open.closer);
                if !is_left_out {
                    return Err(Stop);
                }
                Value::Word("") // never seen: there is a fault now
            }
            None => return Err(self.stop(position, FaultKind::ExpectedValue { found: None })),
        };
        Ok(Node { position, value })
    }

    fn word(&mut self) -> &'a str {
        let word = self.cursor.take_while(continues_word);
        self.ended(None);
        word
    }

    /// Decides what a word is, now that it is known not to be a field's name.
    fn after_word(&mut self, word: &'a str, position: Position) -> Result<Node<'a>, Stop> {
        let value = match (word, self.token()?) {
            (_, Some('(')) => self.parentheses(Some(word))?,
            ("true", _) => Value::Bool(true),
            ("false", _) => Value::Bool(false),
            ("inf" | "NaN", _) => {
                self.note(position, FaultKind::BadNumber { found: word.to_owned() })?;
                Value::Word(word)
            }
            _ => Value::Word(word),
        };
        Ok(Node { position, value })
    }

    fn number(&mut self) -> Result<Value<'a>, Stop> {
        let position = self.cursor.position;
        let written = self.cursor.take_while(continues_number);
        self.ended(None);
        if is_plain_number(written) {
            return Ok(Value::Number(written));
        }
        let meant: String = written.chars().map(|found| ascii_for(found).unwrap_or(found)).collect();
        let mut at = position;
        for found in written.chars() {
            if let Some(instead) = ascii_for(found)
                && is_plain_number(&meant)
            {
                self.note(at, FaultKind::FullWidthPunctuation { found, instead })?;
                return Ok(Value::Number(written));
            }
            at.column += 1;
        }
        self.note(position, FaultKind::BadNumber { found: excerpt(written) })?;
        Ok(Value::Number(written))
    }

    fn list(&mut self) -> Result<Value<'a>, Stop> {
        self.open('[', ']')?;
        let mut items = Vec::new();
        while !self.close()? {
            items.push(self.value()?);
            self.separator()?;
        }
        Ok(Value::List(items))
    }

    fn map(&mut self) -> Result<Value<'a>, Stop> {
        self.open('{', '}')?;
        let mut entries = Vec::new();
        while !self.close()? {
            let key = self.value()?;
            match self.token()? {
                Some(':' | '=') => self.colon()?,
                token => {
                    let found = token.map(|token| self.peeked(token));
                    return Err(self.misfit(FaultKind::ExpectedColon { found }));
                }
            }
            entries.push((key, self.value()?));
            self.separator()?;
        }
        Ok(Value::Map(entries))
    }

    fn parentheses(&mut self, name: Option<&'a str>) -> Result<Value<'a>, Stop> {
        let opened = self.open('(', ')')?;
        let (mut fields, mut items) = (Vec::new(), Vec::new());
        let mut is_comma_missing = false;
        while !self.close()? {
            let position = self.cursor.position;
            match self.element(!fields.is_empty())? {
                Element::Field(field) if items.is_empty() => fields.push(field),
                Element::Item(item) if fields.is_empty() => items.push(item),
                // Then it was more than a comma that is missing, and that place has been reported.
                Element::Field(_) | Element::Item(_) if is_comma_missing => return Err(Stop),
                Element::Field(_) | Element::Item(_) => {
                    return Err(self.stop(position, FaultKind::MixedFieldsAndItems { opened }));
                }
            }
            is_comma_missing = matches!(self.separator()?, Separator::Missing);
        }
        if items.is_empty() { Ok(Value::Struct { name, fields }) } else { Ok(Value::Tuple { name, items }) }
    }

    fn element(&mut self, is_among_fields: bool) -> Result<Element<'a>, Stop> {
        let position = self.cursor.position;
        let is_name = self.cursor.peek().is_some_and(starts_word) && !self.at_raw_text();
        if !is_name {
            let node = self.value()?;
            let Value::Text(_) = node.value else { return Ok(Element::Item(node)) };
            let Some(':') = self.token()? else { return Ok(Element::Item(node)) };
            self.note(position, FaultKind::FieldNameInQuotes)?;
            self.colon()?;
            return Ok(Element::Field(Field { name: "", position, value: self.value()? }));
        }
        let name = self.word();
        match self.token()? {
            Some(':' | '=') => self.colon()?,
            Some(token) if is_among_fields && token != '(' && starts_value(token) => {
                let found = Some(self.peeked(token));
                self.note(self.cursor.position, FaultKind::ExpectedColon { found })?;
                if !self.is_on_last_line() {
                    return Err(Stop);
                }
            }
            Some(_) | None => return Ok(Element::Item(self.after_word(name, position)?)),
        }
        Ok(Element::Field(Field { name, position, value: self.value()? }))
    }

    /// Takes the `:` that is next, or a `=` in its place.
    fn colon(&mut self) -> Result<(), Stop> {
        if let Some(found @ ('=' | '＝')) = self.cursor.peek() {
            self.note(self.cursor.position, FaultKind::UnexpectedCharacter { found })?;
            self.cursor.bump();
            return Ok(());
        }
        self.take()
    }

    fn open(&mut self, opener: char, closer: char) -> Result<Position, Stop> {
        let opened = self.cursor.position;
        if self.open.len() == MAX_DEPTH {
            return Err(self.stop(opened, FaultKind::TooDeep { limit: MAX_DEPTH }));
        }
        self.take()?;
        self.open.push(Bracket { opener, closer, opened });
        Ok(opened)
    }

    /// Closes the innermost bracket, or leaves the cursor at the beginning of an element.
    fn close(&mut self) -> Result<bool, Stop> {
        loop {
            let bracket = *self.open.last().expect("every caller has opened a bracket");
            match self.token()? {
                Some(token) if token == bracket.closer => {
                    self.take()?;
                    self.open.pop();
                    self.ended(None);
                    return Ok(true);
                }
                Some(token) if is_stray(token) => self.skip_stray()?,
                Some(',') => {
                    let found = Some(self.peeked(','));
                    self.note(self.cursor.position, FaultKind::ExpectedValue { found })?;
                    self.cursor.bump();
                }
                Some(_) => return Ok(false),
                None => return Err(self.unclosed(bracket)),
            }
        }
    }

    fn separator(&mut self) -> Result<Separator, Stop> {
        let bracket = *self.open.last().expect("every caller has opened a bracket");
        let Bracket { opener, closer, opened } = bracket;
        loop {
            match self.token()? {
                Some(',') => {
                    self.take()?;
                    return Ok(Separator::Comma);
                }
                Some(token) if token == closer => return Ok(Separator::Closing),
                // Some languages end a line with it.
                Some(found @ ';') => {
                    self.note(self.cursor.position, FaultKind::UnexpectedCharacter { found })?;
                    self.cursor.bump();
                    return Ok(Separator::Comma);
                }
                Some(token) if is_stray(token) => self.skip_stray()?,
                Some(token) if starts_value(token) => {
                    if self.is_on_last_line() {
                        return Err(self.misfit(FaultKind::MissingComma));
                    }
                    self.note(self.last.position, FaultKind::MissingComma)?;
                    return Ok(Separator::Missing);
                }
                Some(token) => {
                    let found = self.peeked(token);
                    return Err(self.misfit(FaultKind::ExpectedCommaOrClosing { found, opener, opened }));
                }
                None => return Err(self.unclosed(bracket)),
            }
        }
    }

    fn unclosed(&mut self, Bracket { opener, opened, .. }: Bracket) -> Stop {
        self.stop(self.cursor.position, FaultKind::ExpectedClosing { opener, opened })
    }
}

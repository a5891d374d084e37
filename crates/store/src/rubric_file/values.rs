//! The reader's steps for single values and lists; what cannot be read has a stand-in.

use std::str::FromStr;

use kaohe_core::{Points, PointsError, Quantity};

use super::{Reader, UNIT};
use crate::decimal::decimal;
use crate::spanned::{self, FaultKind, Fields, Node, Value};
use crate::text::stand_in;

impl Reader {
    /// What is counted; 次 where the rule does not say.
    pub(super) fn unit(&mut self, fields: &Fields<'_, '_>) -> String {
        self.unit_or(fields, UNIT)
    }

    pub(super) fn unit_or(&mut self, fields: &Fields<'_, '_>, usual: &str) -> String {
        match fields.optional("unit") {
            Some(node) => spanned::text(node, &mut self.faults).unwrap_or_else(|| stand_in(node.position)),
            None => usual.to_owned(),
        }
    }

    /// Reads a text; a number such as that of an indicator may stand without quotes.
    pub(super) fn text(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> String {
        let read = fields.required(name, &mut self.faults).and_then(|node| match node.value {
            Value::Number(number) if name == "number" => Some(number.to_owned()),
            _ => spanned::text(node, &mut self.faults),
        });
        read.unwrap_or_else(|| stand_in(fields.position(name)))
    }

    pub(super) fn optional_text(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> String {
        fields.optional(name).and_then(|it| spanned::text(it, &mut self.faults)).unwrap_or_default()
    }

    /// Reads a text that stands by itself in a list.
    pub(super) fn one_text(&mut self, node: &Node<'_>) -> Option<String> {
        Some(spanned::text(node, &mut self.faults).unwrap_or_else(|| stand_in(node.position)))
    }

    pub(super) fn points(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> Points {
        let read = fields.required(name, &mut self.faults).and_then(|it| decimal(it, &mut self.faults));
        self.unread.is_number |= read.is_none();
        read.unwrap_or_default()
    }

    pub(super) fn quantity(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> Quantity {
        let read = fields.required(name, &mut self.faults).and_then(|it| decimal(it, &mut self.faults));
        // The stand-in is one that no check objects to.
        read.unwrap_or(Quantity::whole(1))
    }

    /// Reads points or a quantity that may be absent.
    pub(super) fn optional_number<T: FromStr<Err = PointsError>>(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
    ) -> Option<T> {
        let node = fields.optional(name)?;
        let read = decimal(node, &mut self.faults);
        self.unread.is_number |= read.is_none();
        read
    }

    /// Reads a place from either end: a number without fraction.
    pub(super) fn rank(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> i32 {
        let read = fields.required(name, &mut self.faults).and_then(|node| {
            let given = spanned::number(node, &mut self.faults)?;
            let rank = given.replace('_', "").parse().ok();
            if rank.is_none() {
                let found = spanned::excerpt(given);
                self.faults.push(node.position, FaultKind::BadNumber { found });
            }
            rank
        });
        read.unwrap_or(1)
    }

    pub(super) fn flag(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> bool {
        let Some(node) = fields.optional(name) else { return false };
        let read = spanned::truth(node, &mut self.faults);
        self.unread.is_number |= read.is_none();
        read.unwrap_or_default()
    }

    pub(super) fn date(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> Option<jiff::civil::Date> {
        let given = fields.text(name, &mut self.faults)?;
        let date = given.parse().ok();
        if date.is_none() {
            let found = spanned::excerpt(&given);
            self.faults.push(fields.position(name), FaultKind::BadDate { found });
        }
        date
    }

    /// Reads one of several words; the first where it is missing.
    pub(super) fn word<T: Copy>(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
        words: &'static [&'static str],
        values: &[T],
    ) -> T {
        let node = fields.required(name, &mut self.faults);
        let word = node.and_then(|it| spanned::word(it, words, &mut self.faults));
        chosen(word, words, values).unwrap_or(values[0])
    }

    /// Reads one of several words, or nothing.
    pub(super) fn optional_word<T: Copy>(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
        words: &'static [&'static str],
        values: &[T],
    ) -> Option<T> {
        let word = spanned::word(fields.optional(name)?, words, &mut self.faults);
        chosen(word, words, values)
    }

    /// Returns which of several groups of fields is given, of which there must be exactly one.
    pub(super) fn one_of(
        &mut self,
        fields: &Fields<'_, '_>,
        choices: &'static [&'static [&'static str]],
    ) -> Option<usize> {
        let is_given = |names: &&[&'static str]| names.iter().any(|it| fields.optional(it).is_some());
        let mut given = (0..choices.len()).filter(|it| choices.get(*it).is_some_and(is_given));
        let first = given.next();
        if first.is_some() && given.next().is_none() {
            return first;
        }
        let kind = FaultKind::OneOf { within: fields.within(), choices, is_given: first.is_some() };
        self.faults.push(fields.start(), kind);
        None
    }

    pub(super) fn list<T>(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
        read: fn(&mut Reader, &Node<'_>) -> Option<T>,
    ) -> Vec<T> {
        let nodes = fields.list(name, &mut self.faults).unwrap_or_default();
        self.elements(nodes, read)
    }

    pub(super) fn optional_list<T>(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
        read: fn(&mut Reader, &Node<'_>) -> Option<T>,
    ) -> Vec<T> {
        let node = fields.optional(name);
        let nodes = node.and_then(|it| spanned::list(it, &mut self.faults)).unwrap_or_default();
        self.elements(nodes, read)
    }

    fn elements<T>(&mut self, nodes: &[Node<'_>], read: fn(&mut Reader, &Node<'_>) -> Option<T>) -> Vec<T> {
        let mut elements = Vec::new();
        for node in nodes {
            if self.faults.is_full() {
                self.unread.is_element = true;
                break;
            }
            match read(self, node) {
                Some(element) => elements.push(element),
                None => self.unread.is_element = true,
            }
        }
        elements
    }
}

fn chosen<T: Copy>(word: Option<&str>, words: &[&str], values: &[T]) -> Option<T> {
    let word = word?;
    words.iter().zip(values).find(|it| *it.0 == word).map(|it| *it.1)
}

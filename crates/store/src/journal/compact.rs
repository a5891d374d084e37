//! Reads RON as this program writes it into a journal, without a space and every name in its place, several times as
//! fast as RON at large can be read.
//!
//! Nothing is told of a text that is written otherwise: the `ron` crate reads that, and says what is wrong with it. So
//! this has to agree with the crate on what it accepts, and may refuse whatever it likes.

use std::fmt;

use serde::Deserialize;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

/// How deep brackets may stand in one another; a batch of entries has five.
const MAX_DEPTH: u32 = 32;

/// Returns the value that a text says; none where it is written in another way than ours.
pub(super) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    let mut reader = Reader { rest: text, depth: 0 };
    let value = T::deserialize(&mut reader).ok()?;
    reader.rest.is_empty().then_some(value)
}

/// What is left of the text.
struct Reader<'de> {
    rest: &'de str,
    depth: u32,
}

/// The text is written in another way.
#[derive(Debug)]
struct Otherwise;

impl fmt::Display for Otherwise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not written by this program")
    }
}

impl std::error::Error for Otherwise {}

impl de::Error for Otherwise {
    fn custom<T: fmt::Display>(_: T) -> Otherwise {
        Otherwise
    }

    // The sentences that serde would make of these cost time, and nobody reads them.
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Otherwise {
        Otherwise
    }
}

type Read<T> = Result<T, Otherwise>;

impl<'de> Reader<'de> {
    /// Takes this, if the rest begins with it.
    fn takes(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, text: &str) -> Read<()> {
        if self.takes(text) { Ok(()) } else { Err(Otherwise) }
    }

    /// Takes what is up to the first byte, an ASCII one, that is not such.
    fn take_while(&mut self, is_such: impl Fn(u8) -> bool) -> Read<&'de str> {
        let len = self.rest.bytes().position(|it| !is_such(it)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(Otherwise)?;
        self.rest = rest;
        if taken.is_empty() { Err(Otherwise) } else { Ok(taken) }
    }

    fn identifier(&mut self) -> Read<&'de str> {
        let name = self.take_while(|it| it.is_ascii_alphanumeric() || it == b'_')?;
        if name.starts_with(|it: char| it.is_ascii_digit()) { Err(Otherwise) } else { Ok(name) }
    }

    fn whole_number(&mut self) -> Read<u64> {
        let digits = self.take_while(|it| it.is_ascii_digit())?;
        if digits.len() > 1 && digits.starts_with('0') {
            return Err(Otherwise);
        }
        digits.parse().map_err(|_| Otherwise)
    }

    /// Takes a text without its quotes, if there is nothing in it to unescape; leaves it otherwise.
    fn plain_text(&mut self) -> Read<Option<&'de str>> {
        let inside = self.rest.strip_prefix('"').ok_or(Otherwise)?;
        let end = inside.bytes().position(|it| it == b'"' || it == b'\\').ok_or(Otherwise)?;
        let (text, rest) = inside.split_at_checked(end).ok_or(Otherwise)?;
        Ok(rest.strip_prefix('"').map(|rest| {
            self.rest = rest;
            text
        }))
    }

    fn escaped_text(&mut self) -> Read<String> {
        self.expect("\"")?;
        let mut text = String::new();
        loop {
            let end = self.rest.bytes().position(|it| it == b'"' || it == b'\\').ok_or(Otherwise)?;
            let (plain, rest) = self.rest.split_at_checked(end).ok_or(Otherwise)?;
            text.push_str(plain);
            self.rest = rest;
            if self.takes("\"") {
                return Ok(text);
            }
            // The escapes that are written most; the others are rare enough to be read by the crate.
            let escape = [("\\\"", '"'), ("\\\\", '\\'), ("\\'", '\''), ("\\n", '\n'), ("\\t", '\t')];
            let (_, plain) = escape.into_iter().find(|it| self.takes(it.0)).ok_or(Otherwise)?;
            text.push(plain);
        }
    }

    /// Reads what stands between these brackets.
    fn within<T>(&mut self, open: &str, close: &str, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.expect(open)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Otherwise);
        }
        let value = read(self)?;
        self.depth -= 1;
        self.expect(close)?;
        Ok(value)
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Otherwise;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(Otherwise)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.identifier()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Otherwise),
        }
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.whole_number()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.whole_number()?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.whole_number()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.plain_text()? {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_string(self.escaped_text()?),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    /// What is there stands by itself, without a `Some`.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.takes("None") {
            return if self.rest.starts_with([',', ')', ']']) {
                visitor.visit_none()
            } else {
                Err(Otherwise)
            };
        }
        if self.rest.starts_with("Some") { Err(Otherwise) } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.within("[", "]", |it| visitor.visit_seq(Items { reader: it, is_first: true }))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.within("(", ")", |it| visitor.visit_map(Items { reader: it, is_first: true }))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_enum(self)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_str(self.identifier()?)
    }

    // Nothing else stands in a journal.
    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct map
        ignored_any
    }
}

/// What stands in brackets, one after another.
struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    is_first: bool,
}

impl Items<'_, '_> {
    /// Says whether another one follows before this bracket.
    fn has_next(&mut self, close: char) -> Read<bool> {
        if self.reader.rest.starts_with(close) {
            return Ok(false);
        }
        if !std::mem::take(&mut self.is_first) {
            self.reader.expect(",")?;
        }
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Otherwise;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        if self.has_next(']')? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Otherwise;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        if !self.has_next(')')? {
            return Ok(None);
        }
        let name = self.reader.identifier()?;
        self.reader.expect(":")?;
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<S::Value> {
        seed.deserialize(&mut *self.reader)
    }
}

impl<'de> EnumAccess<'de> for &mut Reader<'de> {
    type Error = Otherwise;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Read<(S::Value, Self)> {
        let name = self.identifier()?;
        Ok((seed.deserialize(IntoDeserializer::<Otherwise>::into_deserializer(name))?, self))
    }
}

impl<'de> VariantAccess<'de> for &mut Reader<'de> {
    type Error = Otherwise;

    fn unit_variant(self) -> Read<()> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Read<S::Value> {
        self.within("(", ")", |it| seed.deserialize(it))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Read<V::Value> {
        Err(Otherwise)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.within("(", ")", |it| visitor.visit_map(Items { reader: it, is_first: true }))
    }
}

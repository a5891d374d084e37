//! XML as workbooks have it: tags, their ends and texts, one after the other, without recursion.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::parts::damaged;

/// What comes next in a document.
pub(super) enum Node<'x> {
    Open(Tag<'x>),
    /// The end of an element, by its name without prefix.
    Close(String),
    Text(Cow<'x, str>),
}

/// The beginning of an element.
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// Says whether this is its name, whatever the prefix.
    pub fn is(&self, name: &str) -> bool {
        self.0.local_name().into_inner() == name
    }

    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Returns an attribute by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        // Looking for attributes that stand there twice takes the square of their number.
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false).flatten();
        let found = attributes.into_iter().find(|it| it.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// Returns an attribute by its name with prefix, where two differ by that alone.
    pub fn own_attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false).flatten();
        let found = attributes.into_iter().find(|it| it.key.into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// Returns an attribute that is a number.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Says whether an attribute says yes.
    pub fn says(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|it| it == "1" || it == "true")
    }
}

/// Returns the text of a part.
pub(super) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let utf_16 = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((rest, UTF_16LE)),
        [0xFE, 0xFF, rest @ ..] => Some((rest, UTF_16BE)),
        _ => None,
    };
    if let Some((rest, encoding)) = utf_16 {
        return encoding.decode_without_bom_handling_and_without_replacement(rest).ok_or_else(damaged);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| damaged())
}

/// A document, read on and on.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    n_open: usize,
}

impl<'x> Xml<'x> {
    pub fn new(text: &'x str) -> Xml<'x> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, n_open: 0 }
    }

    /// Returns what comes next; nothing at the end.
    pub fn next(&mut self) -> Result<Option<Node<'x>>, String> {
        loop {
            match self.reader.read_event().map_err(|_| damaged())? {
                Event::Start(tag) | Event::Empty(tag) => {
                    self.n_open += 1;
                    return Ok(Some(Node::Open(Tag(tag))));
                }
                Event::End(tag) => {
                    self.n_open = self.n_open.saturating_sub(1);
                    return Ok(Some(Node::Close(tag.local_name().into_inner().to_owned())));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::GeneralRef(entity) => {
                    let letter = match entity.resolve_char_ref().map_err(|_| damaged())? {
                        Some(letter) => letter,
                        None => predefined(&entity.into_inner())?,
                    };
                    return Ok(Some(Node::Text(Cow::Owned(letter.to_string()))));
                }
                // It could define entities that grow, or name files to be read.
                Event::DocType(_) => return Err("工作簿里有不该有的文档类型声明（DTD），没有读入".to_owned()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                // A document that breaks off is not taken for what is there of it.
                Event::Eof if self.n_open > 0 => return Err(damaged()),
                Event::Eof => return Ok(None),
            }
        }
    }

    /// Goes past the end of the element whose beginning was just read.
    pub fn skip(&mut self) -> Result<(), String> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Some(Node::Open(_)) => depth += 1,
                Some(Node::Close(_)) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => return Err(damaged()),
            }
        }
        Ok(())
    }
}

fn predefined(entity: &str) -> Result<char, String> {
    match entity {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(damaged()),
    }
}

//! Texts of `.xls` workbooks, which may go on in the next record in the middle of themselves.

use std::sync::Arc;

use super::super::MAX_CELLS;
use super::super::cfb::{u16_at, u32_at};
use super::super::parts::damaged;
use super::super::shared_text::append;
use super::Record;

/// Reads a text whose length takes one byte.
pub(super) fn short_text(data: &[u8]) -> Option<String> {
    let len = usize::from(*data.first()?);
    letters(len, *data.get(1)?, data.get(2..)?)
}

/// Reads a text whose length takes two bytes.
pub(super) fn long_text(data: &[u8]) -> Option<String> {
    letters(usize::from(u16_at(data, 0)?), *data.get(2)?, data.get(3..)?)
}

/// Reads so many letters: of one byte each, or of two.
fn letters(len: usize, flags: u8, data: &[u8]) -> Option<String> {
    if flags & 1 == 0 {
        return Some(data.get(..len)?.iter().map(|it| char::from(*it)).collect());
    }
    let units: Vec<u16> =
        data.get(..len.checked_mul(2)?)?.chunks_exact(2).filter_map(|it| u16_at(it, 0)).collect();
    Some(String::from_utf16_lossy(&units))
}

/// Reads the list of texts that cells refer to; what it says of its length is not believed.
pub(super) fn shared_texts(record: &Record<'_>) -> Result<Vec<Arc<str>>, String> {
    let mut pieces = Pieces { current: record.data.get(8..).ok_or_else(damaged)?, more: record.more.iter() };
    let mut texts: Vec<Arc<str>> = Vec::new();
    while !pieces.is_at_end() {
        if texts.len() == MAX_CELLS {
            return Err(format!("文字多于 {MAX_CELLS} 条，没有读入"));
        }
        texts.push(pieces.rich_text().ok_or_else(damaged)?.into());
    }
    Ok(texts)
}

/// The bytes of a record and of those that go on behind it.
struct Pieces<'r, 'b> {
    current: &'b [u8],
    more: std::slice::Iter<'r, &'b [u8]>,
}

impl Pieces<'_, '_> {
    fn is_at_end(&mut self) -> bool {
        while self.current.is_empty() {
            let Some(next) = self.more.next() else { return true };
            self.current = next;
        }
        false
    }

    /// Takes bytes that never go over the end of a record.
    fn take(&mut self, len: usize) -> Option<&[u8]> {
        if self.is_at_end() {
            return None;
        }
        let (taken, rest) = self.current.split_at_checked(len)?;
        self.current = rest;
        Some(taken)
    }

    /// Skips bytes that may go on in the next record.
    fn skip(&mut self, mut len: usize) -> Option<()> {
        while len > 0 {
            if self.is_at_end() {
                return None;
            }
            let here = len.min(self.current.len());
            self.current = self.current.get(here..)?;
            len -= here;
        }
        Some(())
    }

    /// Reads a text with what is said of its looks, which is skipped (MS-XLS 2.5.293).
    fn rich_text(&mut self) -> Option<String> {
        let head = self.take(3)?;
        let (mut left, mut flags) = (usize::from(u16_at(head, 0)?), *head.get(2)?);
        let n_runs = if flags & 8 != 0 { u16_at(self.take(2)?, 0)? } else { 0 };
        let n_extra = if flags & 4 != 0 { u32_at(self.take(4)?, 0)? } else { 0 };
        let mut text = String::new();
        while left > 0 {
            if self.current.is_empty() {
                // Where a text goes on, the next record says again how wide its letters are.
                flags = *self.take(1)?.first()?;
            }
            let width = if flags & 1 != 0 { 2 } else { 1 };
            let here = left.min(self.current.len() / width);
            if here == 0 {
                return None;
            }
            append(&mut text, &letters(here, flags, self.current)?).ok()?;
            self.current = self.current.get(here * width..)?;
            left -= here;
        }
        self.skip(usize::from(n_runs) * 4)?;
        self.skip(usize::try_from(n_extra).ok()?)?;
        Some(text)
    }
}

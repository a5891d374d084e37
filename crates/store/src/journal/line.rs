//! One line of a journal: one RON record, chained to the line before it.
//!
//! `(n:17,at:"2023-11-06T01:12:33Z",change:Deduct(…),prev:"<hash of the line before>",hash:"<hash of this line>")`.
//! The hash covers everything before `,hash:`, so a flipped byte shows in the line itself, and an edited,
//! missing or reordered line shows in the next one's `prev`.

use std::fmt;

use jiff::Timestamp;
use kaohe_core::{Change, Record, RecordKind, Stamp, WriterId};
use ron::Options;
use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The version of the year folder's format that this program writes. It reads this one and all before it.
pub const FORMAT: u32 = 1;

/// First 128 bits of a SHA-256, in hexadecimal where written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hash([u8; 16]);

impl Hash {
    pub(crate) fn of(bytes: &[u8]) -> Hash {
        let digest = Sha256::digest(bytes);
        let mut first = [0; 16];
        first.copy_from_slice(&digest[..16]);
        Hash(first)
    }

    /// Returns the hash as it is written. Every line is compared with this when a year is opened.
    fn hex(self) -> [u8; 32] {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [0; 32];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        hex
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.hex()).expect("digits are ASCII"))
    }
}

/// What the first line of a journal says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Format version, [`FORMAT`] at most.
    pub format: u32,
    /// The year whose journal it is.
    pub year: u16,
    /// The writer; also the file's name.
    pub writer: WriterId,
    /// The person.
    pub by: String,
    /// The machine.
    pub machine: String,
}

#[derive(Serialize)]
struct LineOut<'r> {
    n: u64,
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    undo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redo: Option<String>,
    change: &'r Change,
    prev: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineIn<'t> {
    n: u64,
    at: Timestamp,
    #[serde(default)]
    undo: Option<String>,
    #[serde(default)]
    redo: Option<String>,
    change: Change,
    // Borrowed, since a hash has nothing to unescape; another text there is a fault all the same.
    prev: &'t str,
    #[serde(rename = "hash")]
    _hash: &'t str,
}

#[derive(Deserialize)]
struct HeaderIn {
    format: u32,
    year: u16,
    writer: WriterId,
    by: String,
    machine: String,
    #[serde(rename = "hash")]
    _hash: String,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// Not UTF-8.
    NotUtf8,
    /// The line does not end in `,hash:"…")`.
    NoHash,
    /// The line's content is not what its hash was made of.
    HashDiffers,
    /// The line before is not the one that this line was written after.
    ChainBroken,
    /// The hash is right and the RON is not.
    BadRecord {
        /// What the parser says, in English.
        message: String,
    },
    /// The number is not larger than the one before.
    NumberNotRising,
    /// The first line is not a header.
    BadHeader,
    /// The file is shorter than it was when it was read before.
    Shortened,
    /// The header names another year or writer than the file's place.
    HeaderMisplaced,
    /// The journal was written by a newer program.
    NewerFormat {
        /// Its version.
        found: u32,
    },
}

fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Closes a line: everything so far is hashed.
fn sealed(mut body: String) -> (String, Hash) {
    debug_assert!(body.ends_with(')'), "a record is written in brackets");
    body.pop();
    let hash = Hash::of(body.as_bytes());
    body.push_str(&format!(",hash:\"{hash}\")\n"));
    (body, hash)
}

/// Returns the first line of a journal, line end included, and its hash.
pub(crate) fn header_line(header: &Header) -> (String, Hash) {
    sealed(options().to_string(header).expect("a header has no value that RON cannot write"))
}

/// Returns a record's line, line end included, and its hash.
pub(crate) fn record_line(record: &Record, prev: Hash) -> (String, Hash) {
    let (undo, redo) = match &record.kind {
        RecordKind::Do => (None, None),
        RecordKind::Undo(of) => (Some(of.to_string()), None),
        RecordKind::Redo(of) => (None, Some(of.to_string())),
    };
    let line = LineOut {
        n: record.stamp.n,
        at: record.at,
        undo,
        redo,
        change: &record.change,
        prev: prev.to_string(),
    };
    sealed(options().to_string(&line).expect("a record has no value that RON cannot write"))
}

/// Checks a line (without its line end) against its own hash; returns its text and hash.
fn verified(line: &[u8]) -> Result<(&str, Hash), LineFault> {
    const BEFORE: &[u8] = b",hash:\"";
    let sealed_at = line.len().checked_sub(BEFORE.len() + 32 + 2).ok_or(LineFault::NoHash)?;
    let (body, seal) = line.split_at(sealed_at);
    let hex = seal.strip_prefix(BEFORE).and_then(|it| it.strip_suffix(b"\")")).ok_or(LineFault::NoHash)?;
    let hash = Hash::of(body);
    if hash.hex() != hex {
        return Err(LineFault::HashDiffers);
    }
    let text = std::str::from_utf8(line).map_err(|_| LineFault::NotUtf8)?;
    Ok((text, hash))
}

/// Reads the first line of a journal, without its line end.
pub(crate) fn read_header(line: &[u8]) -> Result<(Header, Hash), LineFault> {
    #[derive(Deserialize)]
    struct FormatOnly {
        format: u32,
    }
    let (text, hash) = verified(line)?;
    let format: FormatOnly = options().from_str(text).map_err(|_| LineFault::BadHeader)?;
    if format.format > FORMAT {
        return Err(LineFault::NewerFormat { found: format.format });
    }
    let header: HeaderIn = options().from_str(text).map_err(|_| LineFault::BadHeader)?;
    let HeaderIn { format, year, writer, by, machine, _hash } = header;
    Ok((Header { format, year, writer, by, machine }, hash))
}

/// Reads a record's line, without its line end.
pub(crate) fn read_record(line: &[u8], header: &Header, prev: Hash) -> Result<(Record, Hash), LineFault> {
    let (text, hash) = verified(line)?;
    let line: LineIn<'_> =
        options().from_str(text).map_err(|it| LineFault::BadRecord { message: it.code.to_string() })?;
    if line.prev.as_bytes() != prev.hex() {
        return Err(LineFault::ChainBroken);
    }
    let bad = |message: &str| LineFault::BadRecord { message: message.to_owned() };
    let of = |text: &str| text.parse().map_err(|()| bad("undo or redo of no record"));
    let kind = match (&line.undo, &line.redo) {
        (None, None) => RecordKind::Do,
        (Some(undo), None) => RecordKind::Undo(of(undo)?),
        (None, Some(redo)) => RecordKind::Redo(of(redo)?),
        (Some(_), Some(_)) => return Err(bad("both undo and redo")),
    };
    let stamp = Stamp { n: line.n, writer: header.writer.clone() };
    let (by, machine) = (header.by.clone(), header.machine.clone());
    Ok((Record { stamp, at: line.at, by, machine, kind, change: line.change }, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> (Header, String, Hash) {
        let header = Header {
            format: FORMAT,
            year: 2023,
            writer: "zhang-1".into(),
            by: "张三".into(),
            machine: "PC-1".into(),
        };
        let (line, hash) = header_line(&header);
        (header, line, hash)
    }

    fn record() -> Record {
        let mut deduction = kaohe_core::Deduction::once(
            "Q01".into(),
            "new-media".into(),
            "notice".into(),
            jiff::civil::date(2023, 11, 6),
        );
        deduction.level = Some("省级".to_owned());
        deduction.amount = Some("0.5".parse().unwrap());
        deduction.note = "引号\" 反斜杠\\ 换行\n 完".to_owned();
        Record {
            stamp: Stamp { n: 17, writer: "zhang-1".into() },
            at: "2023-11-06T01:12:33Z".parse().unwrap(),
            by: "张三".to_owned(),
            machine: "PC-1".to_owned(),
            kind: RecordKind::Do,
            change: Change::Deduct(deduction),
        }
    }

    #[test]
    fn a_record_is_one_line_and_reads_back() {
        let (header, first, header_hash) = header();
        assert_eq!(read_header(first.trim_end().as_bytes()), Ok((header.clone(), header_hash)));
        let (line, hash) = record_line(&record(), header_hash);
        assert_eq!(line.matches('\n').count(), 1);
        assert_eq!(read_record(line.trim_end().as_bytes(), &header, header_hash), Ok((record(), hash)));
        let body = line.split(",prev:").next().unwrap();
        insta::assert_snapshot!(body);
    }

    #[test]
    fn every_flipped_bit_is_seen() {
        let (header, _, header_hash) = header();
        let (line, _) = record_line(&record(), header_hash);
        let line = line.trim_end().as_bytes();
        for idx in 0..line.len() {
            for bit in 0..8 {
                let mut flipped = line.to_vec();
                flipped[idx] ^= 1 << bit;
                assert!(read_record(&flipped, &header, header_hash).is_err(), "byte {idx} bit {bit}");
            }
        }
    }

    #[test]
    fn a_line_after_another_line_is_seen() {
        let (header, _, header_hash) = header();
        let (line, _) = record_line(&record(), Hash::of(b"another"));
        assert_eq!(
            read_record(line.trim_end().as_bytes(), &header, header_hash),
            Err(LineFault::ChainBroken)
        );
    }
}

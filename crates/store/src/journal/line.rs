//! One line of a journal: one RON record, chained to the line before it.
//!
//! `(n:17,at:"2023-11-06T01:12:33Z",change:Deduct(…),prev:"<hash of the line before>",hash:"<hash of this line>")`.
//! The hash covers everything before `,hash:`, so a flipped byte shows in the line itself, and an edited,
//! missing or reordered line shows in the next one's `prev`. Where damaged lines were moved into quarantine a gap line
//! says what the next sound line goes on from: `(gap:(n:17,lines:1,bytes:130,file:"…",next:"…"),prev:"…",hash:"…")`.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use kaohe_core::{Change, Record, RecordKind, Stamp, WriterId};
use ron::Options;
use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::compact;

/// The version of the year folder's format that this program writes. It reads this one and all before it.
pub const FORMAT: u32 = 1;

/// The largest number of a record. Nobody gets there by recording; a larger one would leave none for the next.
pub const MAX_NUMBER: u64 = 1 << 53;

/// What every gap line begins with, and no other.
const GAP: &[u8] = b"(gap:";

/// First 128 bits of a SHA-256, in hexadecimal where written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

impl FromStr for Hash {
    type Err = ();

    fn from_str(text: &str) -> Result<Hash, ()> {
        let mut hash = [0; 16];
        let pairs = text.as_bytes().chunks_exact(2);
        if text.len() != 32 {
            return Err(());
        }
        for (byte, pair) in hash.iter_mut().zip(pairs) {
            let digits = std::str::from_utf8(pair).map_err(|_| ())?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| ())?;
        }
        // Only as it is written, so that one hash has one text.
        if Hash(hash).hex() == text.as_bytes() { Ok(Hash(hash)) } else { Err(()) }
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

/// What stands in the place of lines that were moved into quarantine, or are missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Gap {
    /// Number of the record before it; 0 after the header.
    pub n: u64,
    /// How many lines were moved.
    pub lines: u32,
    /// How many bytes that were.
    pub bytes: u64,
    /// The digest of these bytes, which is also the name of their file; none where there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What the next line says is before it; none where no line was left, so that the next one follows the gap itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

#[derive(Serialize)]
struct GapOut<'g> {
    gap: &'g Gap,
    prev: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GapIn<'t> {
    gap: Gap,
    prev: &'t str,
    #[serde(rename = "hash")]
    _hash: &'t str,
}

/// A line that is sound by itself, and what it says of its place.
pub(crate) struct Alone<T> {
    pub what: T,
    /// What it says is before it.
    pub prev: Hash,
    /// Its own.
    pub hash: Hash,
    /// What the line after it has to say is before it.
    pub next: Hash,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// Not UTF-8.
    NotUtf8,
    /// Not UTF-8, and very likely saved in a Chinese encoding instead.
    OtherEncoding,
    /// The file begins with a byte order mark, as some editors put there; the line is sound but for that.
    ByteOrderMark,
    /// The line ends in a carriage return, as in files saved on Windows; it is sound but for that.
    CarriageReturn,
    /// There are NUL bytes in the line, as a cut of the power or a failing disk leaves them.
    NulBytes,
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
    /// Another line stands where the last one was that was read before.
    Replaced,
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

/// Bytes of what [`end_of`] returns.
pub(crate) const END_LEN: usize = 32 + 3;

/// Returns what the line with this hash ends with.
pub(crate) fn end_of(hash: Hash) -> [u8; END_LEN] {
    let mut end = [0; END_LEN];
    end[..32].copy_from_slice(&hash.hex());
    end[32..].copy_from_slice(b"\")\n");
    end
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

/// Returns a gap's line, line end included.
pub(crate) fn gap_line(gap: &Gap, prev: Hash) -> String {
    let line = GapOut { gap, prev: prev.to_string() };
    sealed(options().to_string(&line).expect("a gap has no value that RON cannot write")).0
}

/// Says whether a line is a gap's, sound or not.
pub(crate) fn is_gap(line: &[u8]) -> bool {
    line.starts_with(GAP)
}

/// Returns the hash of a line, without its line end, that is as it was written.
pub(crate) fn sound_hash(line: &[u8]) -> Option<Hash> {
    own_hash(line).ok()
}

/// Checks a line, without its line end, against its own hash only; returns that.
pub(crate) fn own_hash(line: &[u8]) -> Result<Hash, LineFault> {
    verified(line).map(|it| it.1)
}

/// Checks a line (without its line end) against its own hash; returns its text and hash.
fn verified(line: &[u8]) -> Result<(&str, Hash), LineFault> {
    sealed_line(line).map_err(|fault| told_apart(line, fault))
}

/// Says what an editor, a sync program or the disk has done to a line that does not fit its hash, where that shows.
fn told_apart(line: &[u8], fault: LineFault) -> LineFault {
    let is_sound_without = |it: Option<&[u8]>| it.is_some_and(|it| sealed_line(it).is_ok());
    if is_sound_without(line.strip_suffix(b"\r")) {
        return LineFault::CarriageReturn;
    }
    let unmarked = line.strip_prefix(b"\xef\xbb\xbf");
    if is_sound_without(unmarked) || is_sound_without(unmarked.and_then(|it| it.strip_suffix(b"\r"))) {
        return LineFault::ByteOrderMark;
    }
    if line.contains(&0) {
        return LineFault::NulBytes;
    }
    match std::str::from_utf8(line) {
        Ok(_) => fault,
        Err(_) if is_of_other_encoding(line) => LineFault::OtherEncoding,
        Err(_) => LineFault::NotUtf8,
    }
}

/// Says whether hardly any character beyond ASCII is UTF-8: a flipped byte spoils one of them, another encoding all.
fn is_of_other_encoding(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    let n_spoilt = text.chars().filter(|it| *it == char::REPLACEMENT_CHARACTER).count();
    let n_sound = text.chars().filter(|it| !it.is_ascii() && *it != char::REPLACEMENT_CHARACTER).count();
    n_spoilt >= 2 && n_sound < n_spoilt
}

fn sealed_line(line: &[u8]) -> Result<(&str, Hash), LineFault> {
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

/// Reads a record's line, without its line end, whatever stands before it.
pub(crate) fn read_record_alone(line: &[u8], header: &Header) -> Result<Alone<Record>, LineFault> {
    let (text, hash) = verified(line)?;
    let (what, prev) = parsed(text, header)?;
    Ok(Alone { what, prev, hash, next: hash })
}

/// Reads what a damaged line says, where it can still be read: nobody knows whether it is what was recorded.
pub(crate) fn read_unverified(line: &[u8], header: &Header) -> Option<Record> {
    parsed(std::str::from_utf8(line).ok()?.trim_end(), header).ok().map(|it| it.0)
}

/// Returns a record and what its line says is before it.
fn parsed(text: &str, header: &Header) -> Result<(Record, Hash), LineFault> {
    let line = match compact::read::<LineIn<'_>>(text) {
        Some(line) => line,
        None => {
            options().from_str(text).map_err(|it| LineFault::BadRecord { message: it.code.to_string() })?
        }
    };
    let bad = |message: &str| LineFault::BadRecord { message: message.to_owned() };
    if line.n > MAX_NUMBER {
        return Err(bad("n is too large"));
    }
    let prev = line.prev.parse().map_err(|()| bad("prev is no hash"))?;
    let of = |text: &str| text.parse().map_err(|()| bad("undo or redo of no record"));
    let kind = match (&line.undo, &line.redo) {
        (None, None) => RecordKind::Do,
        (Some(undo), None) => RecordKind::Undo(of(undo)?),
        (None, Some(redo)) => RecordKind::Redo(of(redo)?),
        (Some(_), Some(_)) => return Err(bad("both undo and redo")),
    };
    let stamp = Stamp { n: line.n, writer: header.writer.clone() };
    let (by, machine) = (header.by.clone(), header.machine.clone());
    Ok((Record { stamp, at: line.at, by, machine, kind, change: line.change }, prev))
}

/// Reads a gap's line, without its line end, whatever stands before it.
pub(crate) fn read_gap_alone(line: &[u8]) -> Result<Alone<Gap>, LineFault> {
    let (text, hash) = verified(line)?;
    let line: GapIn<'_> =
        options().from_str(text).map_err(|it| LineFault::BadRecord { message: it.code.to_string() })?;
    let bad = |()| LineFault::BadRecord { message: "no hash".to_owned() };
    let prev = line.prev.parse().map_err(bad)?;
    let next = line.gap.next.as_ref().map_or(Ok(hash), |it| it.parse()).map_err(bad)?;
    if let Some(file) = &line.gap.file {
        let _: Hash = file.parse().map_err(bad)?;
    }
    Ok(Alone { what: line.gap, prev, hash, next })
}

/// Returns the name and the machine of whom a damaged header names, as far as they can be read.
pub(crate) fn guess_person(line: &[u8]) -> Option<(String, String)> {
    let text = String::from_utf8_lossy(line);
    let value = |before: &str| {
        let (_, from_value) = text.split_once(before)?;
        from_value.split_once('"').map(|it| it.0.to_owned())
    };
    value("by:\"").zip(value("machine:\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_record(line: &[u8], header: &Header, prev: Hash) -> Result<(Record, Hash), LineFault> {
        let line = read_record_alone(line, header)?;
        if line.prev == prev { Ok((line.what, line.hash)) } else { Err(LineFault::ChainBroken) }
    }

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
    fn a_number_that_leaves_none_for_the_next_is_no_record() {
        let (header, _, header_hash) = header();
        for (n, is_read) in [(MAX_NUMBER, true), (MAX_NUMBER + 1, false), (u64::MAX, false)] {
            let mut record = record();
            record.stamp.n = n;
            let (line, _) = record_line(&record, header_hash);
            let read = read_record(line.trim_end().as_bytes(), &header, header_hash);
            assert_eq!(read.is_ok(), is_read, "{n}");
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

//! A second, plain reader of journals, by docs/file-format.md and the `ron` crate: no lines are skipped, none is read
//! in any shorter way, and nothing is shared with the program's own reader.

use std::str::FromStr;

use jiff::Timestamp;
use kaohe_core::{Change, Record, RecordKind, Stamp, WriterId};
use ron::Options;
use ron::extensions::Extensions;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What stands before a line's hash.
pub const SEAL: &str = ",hash:\"";
/// Characters of a hash.
const HASH: usize = 32;

/// What the complete lines of a journal are.
#[derive(Default)]
pub struct Read {
    /// The records that follow from each other, in order.
    pub records: Vec<Record>,
    /// All records whose own hashes are right, wherever they stand.
    pub sound: Vec<Record>,
    /// The numbers of the lines that are faulty.
    pub faulty: Vec<u32>,
    /// How many gap lines there are in the chain.
    pub n_gaps: usize,
}

#[derive(Deserialize)]
struct Header {
    format: u32,
    year: u16,
    writer: WriterId,
    by: String,
    machine: String,
    #[serde(rename = "hash")]
    _hash: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'t> {
    n: u64,
    at: Timestamp,
    #[serde(default)]
    undo: Option<String>,
    #[serde(default)]
    redo: Option<String>,
    change: Change,
    prev: &'t str,
    #[serde(rename = "hash")]
    _hash: &'t str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GapLine<'t> {
    gap: Gap,
    prev: &'t str,
    #[serde(rename = "hash")]
    _hash: &'t str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gap {
    #[serde(rename = "n")]
    _n: u64,
    #[serde(rename = "lines")]
    _lines: u32,
    #[serde(rename = "bytes")]
    _bytes: u64,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    next: Option<String>,
}

/// Returns the hash of the bytes before a line's seal, as it is written.
pub fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(HASH / 2).map(|it| format!("{it:02x}")).collect()
}

/// Reads the complete lines of the journal of this writer.
pub fn read(bytes: &[u8], year: u16, writer: &str) -> Read {
    let mut read = Read::default();
    let mut header: Option<Header> = None;
    let (mut prev, mut last_n) = (String::new(), 0);
    // In the chain is what follows from the first line without a break; a fault is only where a break is.
    let (mut is_chained_so_far, mut is_before_broken) = (true, false);
    let whole = bytes.iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
    for (number, line) in (1..).zip(bytes.get(..whole).unwrap_or_default().split_inclusive(|it| *it == b'\n'))
    {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let (mut is_sound, mut is_in_place) = (false, false);
        if let Some((text, hash)) = sealed(line) {
            match &header {
                None if number > 1 => (is_sound, is_in_place) = (true, true),
                None => {
                    header = parsed(text).filter(|it: &Header| {
                        it.format <= kaohe_store::FORMAT && it.year == year && it.writer.as_str() == writer
                    });
                    (is_sound, is_in_place) = (header.is_some(), header.is_some());
                    prev = hash;
                }
                Some(_) if text.starts_with("(gap:") => {
                    if let Some(gap) = gap(text) {
                        (is_sound, is_in_place) = (true, is_before_broken || gap.prev == prev);
                        is_chained_so_far &= gap.prev == prev;
                        prev = gap.gap.next.unwrap_or(hash);
                        read.n_gaps += usize::from(is_chained_so_far);
                    }
                }
                Some(header) => {
                    if let Some((record, before)) = record(text, header) {
                        let is_rising = record.stamp.n > last_n;
                        let is_after_it = is_before_broken || before == prev;
                        (is_sound, is_in_place) = (true, is_after_it && is_rising);
                        is_chained_so_far &= before == prev && is_rising;
                        read.sound.push(record.clone());
                        prev = hash;
                        if is_in_place {
                            last_n = record.stamp.n;
                        }
                        if is_chained_so_far {
                            read.records.push(record);
                        }
                    }
                }
            }
        }
        is_chained_so_far &= is_sound;
        is_before_broken = !is_sound;
        if !is_in_place {
            read.faulty.push(number);
        }
    }
    read
}

/// Returns the text and the hash of a line whose hash is that of what stands before it.
fn sealed(line: &[u8]) -> Option<(&str, String)> {
    let text = std::str::from_utf8(line).ok()?;
    let (body, seal) = text.rsplit_once(SEAL)?;
    let hash = seal.strip_suffix("\")")?;
    (hash_of(body.as_bytes()) == hash).then(|| (text, hash.to_owned()))
}

fn record<'t>(text: &'t str, header: &Header) -> Option<(Record, &'t str)> {
    let line: Line<'_> = parsed(text).filter(|it: &Line<'_>| it.n <= kaohe_store::MAX_NUMBER)?;
    let kind = match (line.undo, line.redo) {
        (None, None) => RecordKind::Do,
        (Some(undo), None) => RecordKind::Undo(Stamp::from_str(&undo).ok()?),
        (None, Some(redo)) => RecordKind::Redo(Stamp::from_str(&redo).ok()?),
        (Some(_), Some(_)) => return None,
    };
    let stamp = Stamp { n: line.n, writer: header.writer.clone() };
    let (by, machine) = (header.by.clone(), header.machine.clone());
    is_hash(line.prev)
        .then_some((Record { stamp, at: line.at, by, machine, kind, change: line.change }, line.prev))
}

fn gap(text: &str) -> Option<GapLine<'_>> {
    let gap: GapLine<'_> = parsed(text)?;
    let is_hash_or_none = |it: &Option<String>| it.as_ref().is_none_or(|it| is_hash(it));
    (is_hash_or_none(&gap.gap.file) && is_hash_or_none(&gap.gap.next)).then_some(gap)
}

fn parsed<'t, T: Deserialize<'t>>(text: &'t str) -> Option<T> {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME).from_str(text).ok()
}

fn is_hash(text: &str) -> bool {
    text.len() == HASH && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

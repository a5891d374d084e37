//! How far a journal has been read, and reading on from there.

use jiff::Timestamp;
use kaohe_core::{Record, Severity, WriterId};

use super::line::{
    Alone, Gap, Hash, Header, LineFault, is_gap, own_hash, read_gap_alone, read_header, read_record_alone,
};
use crate::fault::{FaultKind, FileFault};
use crate::spanned::Position;

/// How far a journal has been read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tail {
    /// Its first line, once there is one.
    pub header: Option<Header>,
    /// Bytes of the complete lines.
    pub offset: u64,
    /// Hash of the last complete line, or what a gap says in its place; none before the header.
    pub hash: Option<Hash>,
    /// The hash that the last complete line ends with; that of a gap is not what the next line goes on from.
    pub seal: Option<Hash>,
    /// Time of the last record.
    pub last_at: Option<Timestamp>,
    /// The gaps, each with its line.
    pub gaps: Vec<(u32, Gap)>,
    n_lines: u32,
    last_n: u64,
    /// Whether the line before is none that anything could be chained to.
    is_before_broken: bool,
}

impl Tail {
    /// Takes the complete lines of `bytes`, which begin where the last look ended. A broken line is a fault, and what
    /// the line after it says is before it cannot be judged; further lines are chained to that one.
    pub(crate) fn take(
        &mut self,
        bytes: &[u8],
        writer: &WriterId,
        year: u16,
        records: &mut Vec<Record>,
        faults: &mut Vec<FileFault>,
    ) {
        for line in bytes.split_inclusive(|it| *it == b'\n') {
            let Some(line) = line.strip_suffix(b"\n") else { return };
            self.n_lines += 1;
            self.offset += line.len() as u64 + 1;
            let taken = self.take_line(line, writer, year, records);
            let is_broken =
                !matches!(taken, Ok(()) | Err(LineFault::ChainBroken | LineFault::NumberNotRising));
            self.is_before_broken = is_broken;
            if let Err(fault) = taken {
                faults.push(FileFault {
                    file: super::file_name(writer),
                    position: Some(Position { line: self.n_lines, column: 1 }),
                    severity: Severity::Error,
                    kind: FaultKind::Journal(fault),
                });
            }
        }
    }

    fn take_line(
        &mut self,
        line: &[u8],
        writer: &WriterId,
        year: u16,
        records: &mut Vec<Record>,
    ) -> Result<(), LineFault> {
        let Some((header, prev)) = self.header.as_ref().zip(self.hash) else {
            // Below a first line that is broken nobody knows whose records these are.
            if self.n_lines > 1 {
                return own_hash(line).map(drop);
            }
            let (header, hash) = read_header(line)?;
            if header.year != year || header.writer != *writer {
                return Err(LineFault::HeaderMisplaced);
            }
            self.header = Some(header);
            (self.hash, self.seal) = (Some(hash), Some(hash));
            return Ok(());
        };
        if is_gap(line) {
            let gap = read_gap_alone(line)?;
            (self.hash, self.seal) = (Some(gap.next), Some(gap.hash));
            self.gaps.push((self.n_lines, gap.what));
            return self.is_chained(gap.prev, prev);
        }
        let Alone { what: record, prev: said, hash, .. } = read_record_alone(line, header)?;
        (self.hash, self.seal) = (Some(hash), Some(hash));
        self.is_chained(said, prev)?;
        if record.stamp.n <= self.last_n {
            return Err(LineFault::NumberNotRising);
        }
        self.last_n = record.stamp.n;
        self.last_at = Some(record.at);
        records.push(record);
        Ok(())
    }

    /// Says whether a line that says this of the line before it may stand after that one.
    fn is_chained(&self, said: Hash, prev: Hash) -> Result<(), LineFault> {
        if self.is_before_broken || said == prev { Ok(()) } else { Err(LineFault::ChainBroken) }
    }

    /// Takes note of a line that was appended by ourselves.
    pub(crate) fn appended(&mut self, len: usize, hash: Hash, record: Option<&Record>) {
        self.n_lines += 1;
        self.offset += len as u64;
        (self.hash, self.seal) = (Some(hash), Some(hash));
        if let Some(record) = record {
            self.last_n = record.stamp.n;
            self.last_at = Some(record.at);
        }
    }
}

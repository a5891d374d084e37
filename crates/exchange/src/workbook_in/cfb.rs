//! Compound files (MS-CFB): the little file system that an `.xls` workbook is a stream of.
//!
//! Every chain of sectors is followed for no more steps than the file has sectors, so that one that bites its own tail
//! ends.

use super::parts::damaged;

/// What every compound file begins with.
pub(super) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Sector numbers from here on are marks: free, end of chain, part of the table.
const MARKS: u32 = 0xFFFF_FFFA;
const MINI_SECTOR: usize = 64;

/// A compound file.
pub(super) struct Compound<'b> {
    sectors: Vec<&'b [u8]>,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_below: usize,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    len: usize,
}

impl<'b> Compound<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Compound<'b>, String> {
        Compound::try_open(bytes).ok_or_else(damaged)
    }

    fn try_open(bytes: &'b [u8]) -> Option<Compound<'b>> {
        let sector_size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let sectors: Vec<&[u8]> = bytes.get(sector_size..)?.chunks(sector_size).collect();
        let mut file = Compound {
            sectors,
            table: Vec::new(),
            mini_table: Vec::new(),
            mini_stream: Vec::new(),
            mini_below: usize::try_from(u32_at(bytes, 56)?).ok()?,
            entries: Vec::new(),
        };
        file.table = file.sector_table(bytes)?;
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        file.entries = directory.chunks_exact(128).filter_map(entry).collect();
        file.mini_table = numbers(&file.chain(u32_at(bytes, 60)?, usize::MAX).unwrap_or_default());
        // The first entry is the root, whose stream holds the small ones.
        let (start, len) = file.entries.first().map(|it| (it.start, it.len))?;
        file.mini_stream = file.chain(start, len).unwrap_or_default();
        Some(file)
    }

    /// Returns the table that says of each sector which one follows; it is in sectors that the header and further
    /// sectors list.
    fn sector_table(&self, bytes: &[u8]) -> Option<Vec<u32>> {
        let mut listed = numbers(bytes.get(76..512)?);
        let mut next = u32_at(bytes, 68)?;
        for _ in 0..self.sectors.len() {
            let Some(sector) = self.sector(next) else { break };
            let mut more = numbers(sector);
            next = more.pop()?;
            listed.extend(more);
        }
        let mut table = Vec::new();
        for sector in listed.into_iter().filter_map(|it| self.sector(it)).take(self.sectors.len()) {
            table.extend(numbers(sector));
        }
        Some(table)
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        self.sectors.get(usize::try_from(number).ok().filter(|_| number < MARKS)?).copied()
    }

    /// Returns the bytes of a chain, `len` at most; nothing where it leads nowhere.
    fn chain(&self, start: u32, len: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut number = start;
        for _ in 0..=self.sectors.len() {
            if number >= MARKS || bytes.len() >= len {
                bytes.truncate(len);
                return Some(bytes);
            }
            bytes.extend_from_slice(self.sector(number)?);
            number = *self.table.get(usize::try_from(number).ok()?)?;
        }
        None
    }

    fn mini_chain(&self, start: u32, len: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut number = start;
        for _ in 0..=self.mini_table.len() {
            if number >= MARKS || bytes.len() >= len {
                bytes.truncate(len);
                return Some(bytes);
            }
            let idx = usize::try_from(number).ok()?;
            let from = idx.checked_mul(MINI_SECTOR)?;
            let to = from.saturating_add(MINI_SECTOR).min(self.mini_stream.len());
            bytes.extend_from_slice(self.mini_stream.get(from..to)?);
            number = *self.mini_table.get(idx)?;
        }
        None
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|it| it.name.eq_ignore_ascii_case(name))
    }

    /// Returns a stream; nothing where there is none of this name.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(entry) = self.entries.iter().find(|it| it.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let is_small = entry.len < self.mini_below;
        let bytes = if is_small {
            self.mini_chain(entry.start, entry.len)
        } else {
            self.chain(entry.start, entry.len)
        };
        bytes.map(Some).ok_or_else(damaged)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let letters: Vec<u16> = bytes.get(..64)?.chunks_exact(2).filter_map(|it| u16_at(it, 0)).collect();
    let name = String::from_utf16_lossy(letters.split(|it| *it == 0).next()?);
    (!name.is_empty()).then_some(())?;
    Some(Entry { name, start: u32_at(bytes, 116)?, len: usize::try_from(u32_at(bytes, 120)?).ok()? })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|it| u32_at(it, 0)).collect()
}

/// Returns the number of two bytes at a place, where there are such.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// Returns the number of four bytes at a place, where there are such.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

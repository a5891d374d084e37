//! What a damaged journal is to become: its sound lines in their order, and gap lines in the place of the rest.
//!
//! Sound is a line that its own hash proves. The numbers of a journal rise, so its lines have one order, whatever
//! somebody did to it; the chain says which of two lines with one number belongs there.

use std::collections::{BTreeMap, BTreeSet};

use kaohe_core::WriterId;

use super::line::{
    FORMAT, Gap, Hash, Header, LineFault, gap_line, guess_person, header_line, is_gap, read_gap_alone,
    read_header, read_record_alone, sound_hash,
};
use super::own::is_writer_of;
use super::{Person, whole_lines};

/// A journal as it is to become.
pub(crate) struct Mended {
    pub bytes: Vec<u8>,
    pub gaps: Vec<MendedGap>,
    /// How many sound records it keeps.
    pub n_records: usize,
}

/// A new gap line of it.
pub(crate) struct MendedGap {
    /// The lines, by their numbers in the damaged journal, that are moved; none where lines are missing.
    pub lines: Vec<u32>,
    /// Their bytes, line ends included.
    pub bytes: Vec<u8>,
    /// The name of the file that these are moved to.
    pub digest: Option<String>,
}

/// The header, as it was or made anew.
struct First {
    /// Its line in the damaged journal; none where it is lost.
    number: Option<u32>,
    header: Header,
    text: Vec<u8>,
    hash: Hash,
}

/// A sound line after the header.
struct Node<'b> {
    /// Without its line end.
    line: &'b [u8],
    /// Its line in the damaged journal.
    number: u32,
    n: u64,
    is_gap: bool,
    prev: Hash,
    next: Hash,
}

impl Node<'_> {
    /// Says whether this line can stand anywhere below the one with this number.
    fn is_after(&self, n: u64) -> bool {
        self.n > n || (self.is_gap && self.n == n)
    }
}

/// Returns what a journal is to become. `people` may have written it, should its header be lost; a line that is in
/// `elsewhere` belongs to another journal.
///
/// # Errors
///
/// It is not damaged but something else: another journal under this name, or lines of a newer program; where.
pub(crate) fn mend(
    writer: &WriterId,
    bytes: &[u8],
    year: u16,
    people: &[Person],
    elsewhere: &BTreeSet<Hash>,
) -> Result<Mended, (u32, LineFault)> {
    let damaged_lines: Vec<(u32, &[u8])> =
        (1..).zip(whole_lines(bytes).split_inclusive(|it| *it == b'\n')).collect();
    let lines: Vec<(u32, &[u8])> = damaged_lines.iter().map(|it| (it.0, as_written(it.1))).collect();
    let First { number: header_number, header, text: header_text, hash: header_hash } =
        first(writer, &lines, year, people)?;
    let mut nodes = Vec::new();
    let mut seen = BTreeSet::new();
    for &(number, line) in lines.iter().filter(|it| Some(it.0) != header_number) {
        let Some((node, hash)) = node(number, line, &header)? else { continue };
        if !elsewhere.contains(&hash) && seen.insert(hash) {
            nodes.push(node);
        }
    }
    nodes.sort_by_key(|it| (it.n, it.is_gap));
    let kept = chained(&nodes, header_hash);

    // Damaged lines stand after the last sound line that is before them.
    let mut kept_numbers: BTreeMap<u32, usize> =
        kept.iter().enumerate().map(|(place, it)| (it.number, place + 1)).collect();
    kept_numbers.extend(header_number.map(|it| (it, 0)));
    let mut damaged: BTreeMap<usize, Vec<(u32, &[u8])>> = BTreeMap::new();
    for (&(number, line), &(_, text)) in damaged_lines.iter().zip(&lines) {
        let place = if !kept_numbers.contains_key(&number) {
            kept_numbers.range(..number).next_back().map_or(0, |it| *it.1)
        } else if text.len() + 1 < line.len() {
            // As it was before another program put bytes around it; all such are kept together.
            0
        } else {
            continue;
        };
        damaged.entry(place).or_default().push((number, line));
    }

    let mut text = header_text;
    let mut gaps = Vec::new();
    let (mut expected, mut n) = (header_hash, 0);
    for place in 0..=kept.len() {
        if let Some(before) = place.checked_sub(1).and_then(|it| kept.get(it)) {
            text.extend_from_slice(before.line);
            text.push(b'\n');
            (expected, n) = (before.next, before.n);
        }
        let after = kept.get(place);
        let removed = damaged.remove(&place).unwrap_or_default();
        if removed.is_empty() && after.is_none_or(|it| it.prev == expected) {
            continue;
        }
        let bytes: Vec<u8> = removed.iter().flat_map(|it| it.1).copied().collect();
        let digest = (!bytes.is_empty()).then(|| Hash::of(&bytes).to_string());
        let gap = Gap {
            n,
            lines: u32::try_from(removed.len()).unwrap_or(u32::MAX),
            bytes: bytes.len() as u64,
            file: digest.clone(),
            next: after.map(|it| it.prev.to_string()),
        };
        text.extend_from_slice(gap_line(&gap, expected).as_bytes());
        gaps.push(MendedGap { lines: removed.iter().map(|it| it.0).collect(), bytes, digest });
    }
    let n_records = kept.iter().filter(|it| !it.is_gap).count();
    Ok(Mended { bytes: text, gaps, n_records })
}

/// Returns the header. One that is lost is made anew: of what it said only the
/// person is not known from elsewhere, and the journal's name has a digest of that.
fn first(
    writer: &WriterId,
    lines: &[(u32, &[u8])],
    year: u16,
    people: &[Person],
) -> Result<First, (u32, LineFault)> {
    for &(number, line) in lines {
        match read_header(line) {
            Ok((header, hash)) if header.year == year && header.writer == *writer => {
                return Ok(First { number: Some(number), header, text: [line, b"\n"].concat(), hash });
            }
            Ok(_) if number == 1 => return Err((1, LineFault::HeaderMisplaced)),
            Err(fault @ LineFault::NewerFormat { .. }) => return Err((number, fault)),
            Ok(_) | Err(_) => {}
        }
    }
    let guessed =
        lines.iter().filter_map(|it| guess_person(it.1)).map(|(by, machine)| Person { by, machine });
    let person = guessed.chain(people.iter().cloned()).find(|it| is_writer_of(writer.as_str(), it));
    let (by, machine) = person.map_or_else(|| (writer.to_string(), String::new()), |it| (it.by, it.machine));
    let header = Header { format: FORMAT, year, writer: writer.clone(), by, machine };
    let (text, hash) = header_line(&header);
    Ok(First { number: None, header, text: text.into_bytes(), hash })
}

/// Reads a line after the header; nothing where it is damaged.
fn node<'b>(
    number: u32,
    line: &'b [u8],
    header: &Header,
) -> Result<Option<(Node<'b>, Hash)>, (u32, LineFault)> {
    let read = if is_gap(line) {
        read_gap_alone(line).map(|it| (it.what.n, it.prev, it.hash, it.next))
    } else {
        read_record_alone(line, header).map(|it| (it.what.stamp.n, it.prev, it.hash, it.next))
    };
    match read {
        Ok((n, prev, hash, next)) => {
            Ok(Some((Node { line, number, n, is_gap: is_gap(line), prev, next }, hash)))
        }
        // A second header.
        Err(LineFault::BadRecord { .. }) if read_header(line).is_ok() => Ok(None),
        // As it was written, by a program that knows more.
        Err(fault @ LineFault::BadRecord { .. }) => Err((number, fault)),
        Err(_) => Ok(None),
    }
}

/// Returns the lines that belong to the journal, in their order: the chain that begins at the header, and further
/// pieces of it where their numbers go on.
fn chained<'n, 'b>(nodes: &'n [Node<'b>], header_hash: Hash) -> Vec<&'n Node<'b>> {
    let mut followers: BTreeMap<Hash, Vec<usize>> = BTreeMap::new();
    for (idx, node) in nodes.iter().enumerate() {
        followers.entry(node.prev).or_default().push(idx);
    }
    // From the back: how long the chain is that begins with a line, and with which line it goes on.
    let mut lens = vec![0_usize; nodes.len()];
    let mut nexts: Vec<Option<usize>> = vec![None; nodes.len()];
    let longest = |lens: &[usize], hash: Hash, n: u64, from: usize| -> Option<usize> {
        let candidates = followers.get(&hash)?.iter().copied();
        // The first of the longest ones.
        candidates.filter(|&it| it >= from && nodes[it].is_after(n)).rev().max_by_key(|&it| lens[it])
    };
    for idx in (0..nodes.len()).rev() {
        nexts[idx] = longest(&lens, nodes[idx].next, nodes[idx].n, idx + 1);
        lens[idx] = 1 + nexts[idx].map_or(0, |it| lens[it]);
    }
    let mut kept: Vec<&Node<'b>> = Vec::new();
    let mut from = 0;
    let mut start = longest(&lens, header_hash, 0, 0);
    loop {
        let last_n = kept.last().map_or(0, |it| it.n);
        let piece = start.take().or_else(|| (from..nodes.len()).find(|&it| nodes[it].is_after(last_n)));
        let Some(first) = piece else { return kept };
        let mut next = Some(first);
        while let Some(idx) = next {
            kept.push(&nodes[idx]);
            from = idx + 1;
            next = nexts[idx];
        }
    }
}

/// Returns a line without its line end, and without what editors put around lines: a mark of the byte order, and the
/// line ends of Windows; but only where the line is sound then.
fn as_written(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let bare = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let bare = bare.strip_suffix(b"\r").unwrap_or(bare);
    if sound_hash(bare).is_some() { bare } else { line }
}

#[cfg(test)]
mod tests {
    use kaohe_core::{Change, Record, RecordKind, Stamp};

    use super::super::line::record_line;
    use super::super::read_all;
    use super::*;

    const N_RECORDS: u64 = 5;

    fn journal() -> (WriterId, Vec<u8>) {
        let person = Person { by: "zhang".to_owned(), machine: "PC-1".to_owned() };
        let writer = WriterId::from(super::super::own::writer_name(&person).as_str());
        let Person { by, machine } = person;
        let header = Header {
            format: FORMAT,
            year: 2023,
            writer: writer.clone(),
            by: by.clone(),
            machine: machine.clone(),
        };
        let (mut text, mut prev) = header_line(&header);
        for n in 1..=N_RECORDS {
            let record = Record {
                stamp: Stamp { n, writer: writer.clone() },
                at: "2023-11-06T01:12:33Z".parse().unwrap(),
                by: by.clone(),
                machine: machine.clone(),
                kind: RecordKind::Do,
                change: Change::Reopen { reason: format!("漏记 {n}") },
            };
            let (line, hash) = record_line(&record, prev);
            text.push_str(&line);
            prev = hash;
        }
        (writer, text.into_bytes())
    }

    /// Mends a journal that is damaged so; says what holds of all damage, and returns the numbers of the records left.
    fn check(writer: &WriterId, whole: &[u8], damaged: &[u8], what: &str) -> Vec<u64> {
        let (mut records, mut faults) = (Vec::new(), Vec::new());
        read_all(writer, damaged, 2023, &mut records, &mut faults);
        let is_seen = !faults.is_empty();
        assert!(is_seen || whole.starts_with(whole_lines(damaged)), "{what}: neither seen nor harmless");
        let mended = mend(writer, damaged, 2023, &[], &BTreeSet::new()).map_err(|it| it.1).expect(what);
        let (mut records, mut faults) = (Vec::new(), Vec::new());
        read_all(writer, &mended.bytes, 2023, &mut records, &mut faults);
        assert_eq!(faults, [], "{what}");
        // Where the header does not say any more who it was, the journal's name stands for them.
        let is_known = |it: &Record| (it.by.as_str(), it.machine.as_str()) == ("zhang", "PC-1");
        let is_nameless = |it: &Record| it.by == writer.as_str() && it.machine.is_empty();
        assert!(records.iter().all(|it| is_known(it) || is_nameless(it)), "{what}");
        if damaged.starts_with(&whole[..80]) {
            assert!(records.iter().all(is_known), "{what}");
        }
        let is_left = |it: &&[u8]| damaged.split_inclusive(|it| *it == b'\n').any(|line| line == *it);
        let n_sound = whole.split_inclusive(|it| *it == b'\n').skip(1).filter(is_left).count();
        assert_eq!(records.len(), n_sound, "{what}");
        records.iter().map(|it| it.stamp.n).collect()
    }

    #[test]
    fn every_flipped_byte_costs_no_line_but_its_own() {
        let (writer, whole) = journal();
        for idx in 0..whole.len() {
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[idx] ^= 1 << bit;
                let numbers = check(&writer, &whole, &damaged, &format!("byte {idx} bit {bit}"));
                // A line end that is lost costs two lines.
                assert!(numbers.len() as u64 + 2 >= N_RECORDS, "byte {idx} bit {bit}: {numbers:?}");
            }
        }
    }

    #[test]
    fn every_prefix_and_every_piece_cut_out_leaves_the_rest() {
        let (writer, whole) = journal();
        for end in 0..whole.len() {
            if end > 0 {
                check(&writer, &whole, &whole[..end], &format!("up to {end}"));
            }
            for len in [1, 2, 50, 300] {
                let rest = whole.get(end + len..).unwrap_or_default();
                let damaged = [&whole[..end], rest].concat();
                check(&writer, &whole, &damaged, &format!("{len} bytes at {end}"));
            }
        }
    }

    #[test]
    fn a_lost_header_is_made_anew_as_it_was() {
        let (writer, whole) = journal();
        let person = Person { by: "zhang".to_owned(), machine: "PC-1".to_owned() };
        let start = whole.iter().position(|it| *it == b'\n').unwrap() + 1;
        let mended = mend(&writer, &whole[start..], 2023, &[person], &BTreeSet::new()).map_err(|it| it.1);
        assert!(mended.unwrap().bytes == whole);
    }
}

//! The journals (留痕) of a year: one append-only file per writer, and nobody writes to another's.
//!
//! Three things can be asked of them: append this, what is new since the last look, and who wrote. A database
//! server could answer the same three one day.

mod compact;
mod line;
mod longer;
mod mend;
mod own;
mod tail;

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kaohe_core::{Change, Record, RecordKind, Severity, Stamp, WriterId};

use line::{END_LEN, end_of};
pub use line::{FORMAT, LineFault, MAX_NUMBER};
pub(crate) use line::{Hash, is_gap, read_unverified, sound_hash};
pub(crate) use longer::{Held, Longer};
pub(crate) use mend::{MendedGap, mend};
pub(crate) use own::{lock, open_whole_lines};
pub(crate) use tail::Tail;

use crate::bounded::{self, MAX_BYTES};
use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};
use own::Own;

/// What the path of every journal below the year folder begins with.
pub(crate) const FOLDER_PREFIX: &str = "journal/";

/// The ending of the files that hold damaged lines, named by the digest of what they hold.
pub(crate) const QUARANTINE: &str = "bad";

/// Who writes: recorded with every change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's name.
    pub by: String,
    /// The machine's name; the same person on another machine writes another journal.
    pub machine: String,
}

impl Person {
    /// Returns the person of this name on this machine.
    pub fn here(by: &str) -> Person {
        let machine = gethostname::gethostname().to_string_lossy().into_owned();
        Person { by: by.to_owned(), machine }
    }
}

/// The journals of one year folder, and how far each has been read.
#[derive(Debug)]
pub(crate) struct Journals {
    folder: PathBuf,
    year: u16,
    person: Person,
    tails: BTreeMap<WriterId, Tail>,
    own: Option<Own>,
}

impl Journals {
    /// `tails` says what has been read already.
    pub(crate) fn new(
        folder: PathBuf,
        year: u16,
        person: Person,
        tails: BTreeMap<WriterId, Tail>,
    ) -> Journals {
        Journals { folder, year, person, tails, own: None }
    }

    /// Returns the records that were appended by anyone since the last look, in no particular order. Where one journal
    /// is damaged nothing is taken from any, so that the next look finds all of them again.
    ///
    /// A last line that is not complete is left for the next look: somebody may be writing it.
    pub(crate) fn since_last_look(&mut self) -> Result<Vec<Record>, StoreError> {
        let mut records = Vec::new();
        let mut faults = Vec::new();
        let mut tails = BTreeMap::new();
        let files = files(&self.folder)?;
        let is_there = |it: &WriterId| files.iter().any(|(writer, _)| writer == it);
        for (writer, _) in self.tails.iter().filter(|it| it.1.offset > 0 && !is_there(it.0)) {
            faults.push(whole_fault(writer, FaultKind::FileMissing));
        }
        for (writer, path) in files {
            let known = self.tails.get(&writer);
            match bytes_after(&path, known).map_err(StoreError::read(&path))? {
                News::None => {}
                News::Changed(fault) => faults.push(whole_fault(&writer, FaultKind::Journal(fault))),
                News::TooLarge(bytes) => faults.push(whole_fault(&writer, bounded::too_large(bytes))),
                News::Bytes(bytes) => {
                    let mut tail = known.cloned().unwrap_or_default();
                    tail.take(&bytes, &writer, self.year, &mut records, &mut faults);
                    tails.insert(writer, tail);
                }
            }
        }
        if !faults.is_empty() {
            return Err(StoreError::Damaged(faults));
        }
        self.tails.extend(tails);
        Ok(records)
    }

    /// Takes a journal of our own where none is taken yet. What was appended to it before it was ours is read at the
    /// next look, which the caller takes before it appends.
    ///
    /// Says whether one was taken just now.
    pub(crate) fn take(&mut self) -> Result<bool, StoreError> {
        if self.own.is_some() {
            return Ok(false);
        }
        self.own = Some(Own::take(&self.folder, &self.person)?);
        Ok(true)
    }

    /// Says whether a journal was taken that could not be locked.
    pub(crate) fn is_unlocked(&self) -> bool {
        self.own.as_ref().is_some_and(|it| !it.is_locked())
    }

    /// Appends one change to our own journal, which was taken, and syncs it; only then is it said to be done.
    pub(crate) fn append(
        &mut self,
        n: u64,
        at: Timestamp,
        kind: RecordKind,
        change: Change,
    ) -> Result<Record, StoreError> {
        let mut own = match self.own.take() {
            Some(own) => own,
            None => Own::take(&self.folder, &self.person)?,
        };
        let tail = self.tails.entry(own.writer().clone()).or_default();
        // Finer than people can read it, and the clock may go back; in one journal time does not.
        let at = Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        let at = tail.last_at.map_or(at, |it| it.max(at));
        let stamp = Stamp { n, writer: own.writer().clone() };
        let Person { by, machine } = self.person.clone();
        let record = Record { stamp, at, by, machine, kind, change };
        // After a failed write or sync nothing is known of the file: it is then not ours any more, and opened, and
        // read, anew.
        own.append(tail, &record, self.year)?;
        self.own = Some(own);
        Ok(record)
    }

    /// Returns our own journal's path, and how it looks now; none where it holds more than what we know of.
    pub(crate) fn own_file(&self) -> Option<(PathBuf, Metadata)> {
        let own = self.own.as_ref()?;
        let (path, metadata) = own.file()?;
        let known = self.tails.get(own.writer())?.offset;
        (metadata.len() == known).then_some((path, metadata))
    }

    /// Keeps the journal of our own, and its lock, that another look at the same folder took.
    pub(crate) fn keep_own_of(&mut self, other: &mut Journals) {
        self.own = other.own.take();
    }

    /// Returns how far each has been read.
    pub(crate) fn tails(&self) -> &BTreeMap<WriterId, Tail> {
        &self.tails
    }

    /// Returns who writes here.
    pub(crate) fn person(&self) -> &Person {
        &self.person
    }
}

/// Returns the journal files of a folder with their writers; other files are none.
pub(crate) fn files(folder: &Path) -> Result<Vec<(WriterId, PathBuf)>, StoreError> {
    let mut files = Vec::new();
    for item in fs::read_dir(folder).map_err(StoreError::read(folder))? {
        let path = item.map_err(StoreError::read(folder))?.path();
        let is_ron = path.extension().is_some_and(|it| it == "ron");
        let Some(stem) = path.file_stem().and_then(|it| it.to_str()) else { continue };
        if is_ron && kaohe_core::is_plain_id(stem) {
            files.push((WriterId::from(stem), path));
        }
    }
    files.sort();
    Ok(files)
}

/// What there is to read of a journal.
enum News {
    None,
    /// It is shorter than what was read of it, or another line stands at its end.
    Changed(LineFault),
    /// It holds so many bytes, more than is read of it.
    TooLarge(u64),
    Bytes(Vec<u8>),
}

/// Returns what stands in the file behind what was read of it.
fn bytes_after(path: &Path, known: Option<&Tail>) -> io::Result<News> {
    let mut file = File::open(path)?;
    let len = file.metadata()?.len();
    if len > MAX_BYTES {
        return Ok(News::TooLarge(len));
    }
    let offset = known.map_or(0, |it| it.offset);
    if len < offset {
        return Ok(News::Changed(LineFault::Shortened));
    }
    if let Some(known) = known
        && !ends_as_read(&mut file, known)?
    {
        return Ok(News::Changed(LineFault::Replaced));
    }
    if len == offset {
        return Ok(News::None);
    }
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::with_capacity(usize::try_from(len - offset).unwrap_or(0) + 1);
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(News::Bytes(bytes))
}

/// Says whether the last line that was read still stands where it was: one that could not be synced is cut off again,
/// and another may have come in its place. Its hash stands for all lines before it.
fn ends_as_read(mut file: impl Read + Seek, known: &Tail) -> io::Result<bool> {
    let start = known.offset.checked_sub(END_LEN as u64);
    let Some((hash, start)) = known.seal.zip(start) else { return Ok(true) };
    file.seek(SeekFrom::Start(start))?;
    let mut end = [0; END_LEN];
    match file.read_exact(&mut end) {
        Ok(()) => Ok(end == end_of(hash)),
        // It was cut off just now.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Returns a fault of a journal as a whole.
fn whole_fault(writer: &WriterId, kind: FaultKind) -> FileFault {
    FileFault { file: file_name(writer), position: None, severity: Severity::Error, kind }
}

/// Returns the name under which a journal's faults are told.
pub(crate) fn file_name(writer: &WriterId) -> String {
    format!("journal/{writer}.ron")
}

/// Returns the complete lines of a journal: what a cut left behind them, or somebody is just writing, is left out.
pub(crate) fn whole_lines(bytes: &[u8]) -> &[u8] {
    let len = bytes.iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
    bytes.get(..len).unwrap_or_default()
}

/// Reads a whole journal: what a [`Tail`] takes from its start.
pub(crate) fn read_all(
    writer: &WriterId,
    bytes: &[u8],
    year: u16,
    records: &mut Vec<Record>,
    faults: &mut Vec<FileFault>,
) -> Tail {
    let mut tail = Tail::default();
    tail.take(bytes, writer, year, records, faults);
    tail
}

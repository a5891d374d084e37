//! The journals (留痕) of a year: one append-only file per writer, and nobody writes to another's.
//!
//! Three things can be asked of them: append this, what is new since the last look, and who wrote. A database
//! server could answer the same three one day.

mod line;
mod own;
mod tail;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kaohe_core::{Record, RecordKind, Stamp, WriterId};

pub use line::{FORMAT, Header, LineFault};
pub(crate) use tail::Tail;

use crate::error::StoreError;
use crate::fault::FileFault;
use own::Own;
pub(crate) use own::has_torn_line;

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

    /// Returns the records that were appended by anyone since the last look, in no particular order.
    ///
    /// A last line that is not complete is left for the next look: somebody may be writing it.
    pub(crate) fn since_last_look(&mut self) -> Result<Vec<Record>, StoreError> {
        let mut records = Vec::new();
        let mut faults = Vec::new();
        for (writer, path) in files(&self.folder)? {
            let tail = self.tails.entry(writer.clone()).or_default();
            let Some(bytes) = bytes_from(&path, tail.offset).map_err(StoreError::read(&path))? else {
                continue;
            };
            tail.take(&bytes, &writer, self.year, &mut records, &mut faults);
        }
        if faults.is_empty() { Ok(records) } else { Err(StoreError::Damaged(faults)) }
    }

    /// Returns our own writer, taking a journal for it first where none is taken yet.
    pub(crate) fn writer(&mut self) -> Result<WriterId, StoreError> {
        if let Some(own) = &self.own {
            return Ok(own.writer().clone());
        }
        let own = Own::take(&self.folder, &self.person)?;
        let writer = own.writer().clone();
        self.own = Some(own);
        Ok(writer)
    }

    /// Appends one change to our own journal and syncs it; only then is it said to be done.
    pub(crate) fn append(
        &mut self,
        n: u64,
        at: Timestamp,
        kind: RecordKind,
        change: kaohe_core::Change,
    ) -> Result<Record, StoreError> {
        let writer = self.writer()?;
        let Some(own) = self.own.as_mut() else { unreachable!("a writer was taken just now") };
        let tail = self.tails.entry(writer.clone()).or_default();
        // Finer than people can read it, and the clock may go back; in one journal time does not.
        let at = Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        let at = tail.last_at.map_or(at, |it| it.max(at));
        let record = Record { stamp: Stamp { n, writer }, at, by: self.person.by.clone(), kind, change };
        let result = own.append(tail, &record, self.year, &self.person);
        if result.is_err() {
            // After a failed write or sync nothing is known of the file: it is opened, and read, anew.
            self.own = None;
        }
        result.map(|()| record)
    }

    /// Returns the journals that this person has written on this machine, in whichever window.
    pub(crate) fn writers_of_person(&self) -> impl Iterator<Item = &WriterId> {
        let is_theirs = |it: &&Header| it.by == self.person.by && it.machine == self.person.machine;
        self.writers().filter(is_theirs).map(|it| &it.writer)
    }

    /// Returns who has written so far.
    pub(crate) fn writers(&self) -> impl Iterator<Item = &Header> {
        self.tails.values().filter_map(|it| it.header.as_ref())
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

/// Returns what stands in the file from `offset` on; none where there is nothing.
fn bytes_from(path: &Path, offset: u64) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() <= offset {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Returns the name under which a journal's faults are told.
pub(crate) fn file_name(writer: &WriterId) -> String {
    format!("journal/{writer}.ron")
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

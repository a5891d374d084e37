//! Our own journal: the one file that this process appends to.

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use kaohe_core::{Record, WriterId};
use sha2::{Digest, Sha256};

use super::line::{FORMAT, Header, header_line, record_line};
use super::{Person, Tail, ends_as_read};
use crate::atomic::sync_folder;
use crate::bounded::MAX_BYTES;
use crate::error::StoreError;

/// Windows of one person on one machine that can be open at once.
const MAX_WINDOWS: usize = 99;

/// A journal that we hold the lock of.
#[derive(Debug)]
pub(super) struct Own {
    writer: WriterId,
    path: PathBuf,
    file: File,
    /// Held as long as the journal is ours. The lock stands on a file beside the journal, since on Windows nobody
    /// could read a locked one; that file is never deleted, or two could come to hold it. None where the file system
    /// knows no locks.
    lock: Option<File>,
}

impl Own {
    pub(super) fn writer(&self) -> &WriterId {
        &self.writer
    }

    /// Says whether nobody else can take this journal while it is ours.
    pub(super) fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// Returns its path, and how it looks now.
    pub(super) fn file(&self) -> Option<(PathBuf, Metadata)> {
        Some((self.path.clone(), self.file.metadata().ok()?))
    }

    /// Takes the person's journal, or a further one where another window of theirs has that.
    pub(super) fn take(folder: &Path, person: &Person) -> Result<Own, StoreError> {
        Own::take_by(folder, person, lock)
    }

    fn take_by(
        folder: &Path,
        person: &Person,
        lock: impl Fn(&Path, &str) -> Result<Option<Option<File>>, StoreError>,
    ) -> Result<Own, StoreError> {
        let name = writer_name(person);
        for window in 1..=MAX_WINDOWS {
            let writer = if window == 1 { name.clone() } else { format!("{name}-{window}") };
            let Some(lock) = lock(folder, &writer)? else { continue };
            let path = folder.join(format!("{writer}.ron"));
            let file = match &lock {
                Some(_) => open_whole_lines(&path).map(Some),
                // Nobody knows whether somebody else is just writing the line that has no end.
                None => open_untorn(&path),
            };
            let Some(file) = file.map_err(StoreError::write(&path))? else { continue };
            // Whoever made the file may have ended before its name was durable.
            sync_folder(Some(folder)).map_err(StoreError::write(&path))?;
            return Ok(Own { writer: writer.into(), path, file, lock });
        }
        Err(StoreError::TooManyWriters { writer: name })
    }

    /// Appends the record's line, after the header where the file is new, with one write, and syncs.
    pub(super) fn append(&mut self, tail: &mut Tail, record: &Record, year: u16) -> Result<(), StoreError> {
        let failed = |source| StoreError::Write { path: self.path.clone(), source };
        // Where the file system knows no locks, somebody else may have come to write here.
        let metadata = self.file.metadata().map_err(failed)?;
        // With the lock the look before this record has said that the last line stands; reading from the file between its
        // syncs costs a tenth of them.
        let is_as_read = metadata.len() == tail.offset
            && !is_replaced(&metadata)
            && (self.is_locked() || ends_as_read(&self.file, tail).map_err(failed)?);
        if !is_as_read {
            return Err(failed(io::ErrorKind::ResourceBusy.into()));
        }
        let is_new = tail.hash.is_none();
        let (mut text, mut header_hash) = (String::new(), tail.hash);
        if is_new {
            let (by, machine) = (record.by.clone(), record.machine.clone());
            let header = Header { format: FORMAT, year, writer: self.writer.clone(), by, machine };
            let (line, hash) = header_line(&header);
            tail.header = Some(header);
            header_hash = Some(hash);
            text = line;
        }
        let header_len = text.len();
        let prev = header_hash.expect("a journal with lines has the hash of the last one");
        let (line, hash) = record_line(record, prev);
        text.push_str(&line);
        // With this line the year could not be opened any more.
        if tail.offset + text.len() as u64 > MAX_BYTES {
            return Err(failed(io::ErrorKind::FileTooLarge.into()));
        }
        if let Err(source) = self.write(text.as_bytes()) {
            // What may have been written of it does not count; take it back where the file still lets us.
            let _ = match ends_so(&self.path, tail.offset, text.as_bytes()) {
                Ok(false) => Ok(()),
                // Where it cannot be read, the lock says that nobody else writes.
                Err(error) if !self.is_locked() => Err(error),
                Ok(true) | Err(_) => cut(&self.path, tail.offset),
            };
            return Err(StoreError::Write { path: self.path.clone(), source });
        }
        if is_new {
            tail.appended(header_len, prev, None);
        }
        tail.appended(line.len(), hash, Some(record));
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_data()
    }
}

/// Says whether a writer's name is one that this person writes under.
pub(super) fn is_writer_of(writer: &str, person: &Person) -> bool {
    let windows = writer.strip_prefix(&writer_name(person));
    windows.is_some_and(|it| it.is_empty() || it.starts_with('-'))
}

/// Returns the journal's name: what is ASCII of the person's name, and a digest of person and machine.
pub(super) fn writer_name(person: &Person) -> String {
    let ascii: String = person.by.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    let digest = Sha256::digest(format!("{}\0{}", person.by, person.machine));
    let stem = if ascii.is_empty() { "w".to_owned() } else { ascii.to_ascii_lowercase() };
    format!("{stem}-{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2])
}

/// Returns the held lock; `Some(None)` where the file system knows no locks; `None` where another process has it.
pub(crate) fn lock(folder: &Path, writer: &str) -> Result<Option<Option<File>>, StoreError> {
    let path = folder.join(format!("{writer}.lock"));
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(StoreError::write(&path))?;
    let tried = file.try_lock();
    Ok(held(tried, file))
}

/// Returns what trying to lock a file has come to, as [`lock`] does. Some shares have no locks, and say so with errors
/// of all kinds: work goes on there, and what is appended is still checked against what was read ([`Own::append`]).
fn held(tried: Result<(), TryLockError>, file: File) -> Option<Option<File>> {
    match tried {
        Ok(()) => Some(Some(file)),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(_)) => Some(None),
    }
}

/// Says whether another file stands under the journal's name now: what we append would be lost with ours. Only where
/// the file system knows no locks, or somebody copies files about, can that be.
#[cfg(unix)]
fn is_replaced(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() == 0
}

#[cfg(not(unix))]
fn is_replaced(_metadata: &Metadata) -> bool {
    false
}

/// Opens a journal for appending. A last line without its end was torn by a cut: it was never said to be done, is
/// moved into a file beside the journal, and work goes on.
pub(crate) fn open_whole_lines(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let mut bytes = Vec::new();
    (&file).take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    // What was read says nothing of where its last line ends.
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let whole = bytes.iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
    if whole < bytes.len() {
        let aside = path.with_extension("torn");
        let mut torn = OpenOptions::new().append(true).create(true).open(&aside)?;
        torn.write_all(&bytes[whole..])?;
        torn.write_all(b"\n")?;
        torn.sync_all()?;
        sync_folder(path.parent())?;
        cut(path, whole as u64)?;
    }
    Ok(file)
}

/// Opens a journal for appending, unless its last line has no end.
fn open_untorn(path: &Path) -> io::Result<Option<File>> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let mut last = [b'\n'];
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    Ok((last == [b'\n']).then_some(file))
}

/// Says whether nothing stands behind `offset` but what was written of these bytes. Without locks it may be another's
/// line, which was said to be done.
fn ends_so(path: &Path, offset: u64, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(offset))?;
    let mut written = Vec::new();
    file.take(bytes.len() as u64 + 1).read_to_end(&mut written)?;
    Ok(bytes.starts_with(&written))
}

/// Cuts a file off. On Windows a handle for appending cannot do that.
fn cut(path: &Path, len: u64) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(len)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kaohe_core::{Change, RecordKind, Stamp};

    #[test]
    fn where_there_are_no_locks_work_goes_on_without_one() {
        let told = |tried| held(tried, tempfile::tempfile().unwrap()).map(|it| it.is_some());
        assert_eq!(told(Ok(())), Some(true));
        assert_eq!(told(Err(TryLockError::WouldBlock)), None);
        for error in [io::ErrorKind::Unsupported.into(), io::Error::from_raw_os_error(37)] {
            assert_eq!(told(Err(TryLockError::Error(error))), Some(false));
        }
    }

    #[test]
    fn only_what_was_written_of_ones_own_line_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.ron");
        let (before, ours) = ("before\n", "ours, all of it\n");
        for (behind, is_taken_back) in [
            ("", true),
            ("ours,", true),
            (ours, true),
            ("theirs\n", false),
            ("ours,theirs\n", false),
            ("ours, all of it\ntheirs\n", false),
        ] {
            std::fs::write(&path, format!("{before}{behind}")).unwrap();
            let ends = ends_so(&path, before.len() as u64, ours.as_bytes()).unwrap();
            assert_eq!(ends, is_taken_back, "{behind}");
        }
    }

    #[test]
    fn without_locks_a_line_without_an_end_is_left_to_whoever_writes_it() {
        let folder = tempfile::tempdir().unwrap();
        let person = Person { by: "zhang".to_owned(), machine: "PC-1".to_owned() };
        let name = writer_name(&person);
        let path = folder.path().join(format!("{name}.ron"));
        std::fs::write(&path, "(n:7,at:").unwrap();
        let own = Own::take_by(folder.path(), &person, |_, _| Ok(Some(None))).unwrap();
        assert_eq!((own.writer.to_string(), own.is_locked()), (format!("{name}-2"), false));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "(n:7,at:");
        // With one it is torn: its writer is gone.
        let own = Own::take(folder.path(), &person).unwrap();
        assert_eq!((own.writer.to_string(), own.is_locked()), (name, true));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "");
    }

    #[test]
    fn a_journal_does_not_grow_until_nobody_can_open_it() {
        let folder = tempfile::tempdir().unwrap();
        let person = Person { by: "张三".to_owned(), machine: "PC-1".to_owned() };
        let mut own = Own::take(folder.path(), &person).unwrap();
        let record = Record {
            stamp: Stamp { n: 1, writer: own.writer.clone() },
            at: "2023-11-06T01:12:33Z".parse().unwrap(),
            by: person.by,
            machine: person.machine,
            kind: RecordKind::Do,
            change: Change::Adopt { files: Vec::new() },
        };
        let mut tail = Tail::default();
        own.append(&mut tail, &record, 2023).unwrap();
        let first = tail.offset;
        own.append(&mut tail, &record, 2023).unwrap();
        let line = tail.offset - first;
        // Where there is no room, nothing is written; where there is just enough, the line is.
        for (room, len) in [(0, MAX_BYTES), (line - 1, MAX_BYTES - line + 1), (line, MAX_BYTES)] {
            own.file.set_len(MAX_BYTES - room).unwrap();
            // What fills it up is no line.
            (tail.offset, tail.seal) = (MAX_BYTES - room, None);
            let appended = own.append(&mut tail, &record, 2023);
            let is_refused = matches!(appended, Err(StoreError::Write { source, .. })
                if source.kind() == io::ErrorKind::FileTooLarge);
            assert_eq!((is_refused, own.file.metadata().unwrap().len()), (room < line, len), "{room}");
        }
    }
}

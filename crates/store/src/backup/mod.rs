//! Backups: the year folder, byte for byte, in a zip file beside the years. At most one an hour, and never in the way.

mod archive;
mod name;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan};

pub use archive::ArchiveFault;
use archive::{Contents, MAX_BYTES, as_paths, pack, read_folder, unpack};
pub use name::BackupName;
use name::{is_due, superfluous};

use crate::atomic::{create_folder, remove_left, write_file, write_folder};
use crate::error::StoreError;
use crate::fault::FileFault;
use crate::files::JOURNAL;
use crate::folder::DataFolder;
use crate::journal::{self, is_gap};

/// The folder beside the years that holds the backups.
const BACKUPS: &str = "backups";

/// A backup that lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its name.
    pub name: BackupName,
    /// Its path.
    pub path: PathBuf,
    /// Its size in bytes.
    pub n_bytes: u64,
    /// How many records it holds, or what is wrong with it.
    pub n_records: Result<usize, ArchiveFault>,
}

/// A backup that was unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Of which year.
    pub year: u16,
    /// The year's folder.
    pub folder: PathBuf,
    /// What is wrong with the year as it was backed up; nothing where it is sound.
    pub faults: Vec<FileFault>,
}

impl DataFolder {
    /// Returns the folder of the backups.
    pub fn backups_path(&self) -> PathBuf {
        self.path().join(BACKUPS)
    }

    /// Copies a year into a backup, unless there is one from within the hour, or the last one has the same; returns the
    /// new one's path. `local` is the time on the wall. Whether the year can be read as a year is not asked.
    ///
    /// # Errors
    ///
    /// A file cannot be read or written; what was there is as it was.
    pub fn back_up(&self, year: u16, local: DateTime) -> Result<Option<PathBuf>, StoreError> {
        let mut names: Vec<BackupName> = self.backup_names()?;
        names.retain(|it| it.year == year);
        let name = BackupName::new(year, local);
        if !is_due(&names, name.at) {
            return Ok(None);
        }
        let contents = read_folder(&self.year_path(year))?;
        let last = names.iter().filter(|it| it.at <= name.at).max();
        if last.is_some_and(|it| self.has_same(it, &contents)) {
            return Ok(None);
        }
        let folder = self.backups_path();
        create_folder(&folder).map_err(StoreError::write(&folder))?;
        let path = folder.join(name.to_string());
        let zip = pack(year, &contents, name.at).map_err(StoreError::write(&path))?;
        write_file(&path, &zip)?;
        remove_left(&folder, |it| BackupName::read(it).is_some());
        names.push(name);
        for old in superfluous(&names, name.at) {
            // One that cannot be removed is too many, which harms nobody.
            let _ = fs::remove_file(folder.join(old.to_string()));
        }
        Ok(Some(path))
    }

    /// Backs up what an earlier session has left without a backup, as one does that ends with its window: where nobody has
    /// recorded anything within the hour before `now`. Who is at it now makes a backup on closing.
    ///
    /// # Errors
    ///
    /// As [`DataFolder::back_up`].
    pub fn back_up_left(
        &self,
        year: u16,
        now: Timestamp,
        local: DateTime,
    ) -> Result<Option<PathBuf>, StoreError> {
        let journals = self.year_path(year).join(JOURNAL);
        let files = journal::files(&journals)?;
        let times = files.iter().filter_map(|(_, path)| fs::metadata(path).ok()?.modified().ok());
        let Some(last) = times.filter_map(|it| Timestamp::try_from(it).ok()).max() else { return Ok(None) };
        if last.checked_add(1.hour()).is_ok_and(|it| it > now) {
            return Ok(None);
        }
        self.back_up(year, local)
    }

    /// Backs up a year in which anything at all was recorded: what a window left that was closed or killed.
    ///
    /// # Errors
    ///
    /// As [`DataFolder::back_up`].
    pub fn back_up_if_recorded(&self, year: u16, local: DateTime) -> Result<Option<PathBuf>, StoreError> {
        if journal::files(&self.year_path(year).join(JOURNAL))?.is_empty() {
            return Ok(None);
        }
        self.back_up(year, local)
    }

    fn has_same(&self, name: &BackupName, contents: &Contents) -> bool {
        let bytes = read_bounded(&self.backups_path().join(name.to_string()));
        bytes.is_ok_and(|it| it.is_some_and(|it| unpack(&it).is_ok_and(|it| it.1 == *contents)))
    }

    fn backup_names(&self) -> Result<Vec<BackupName>, StoreError> {
        let folder = self.backups_path();
        let items = match fs::read_dir(&folder) {
            Ok(items) => items,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(StoreError::Read { path: folder, source }),
        };
        let mut names = Vec::new();
        for item in items {
            let item = item.map_err(StoreError::read(&folder))?;
            names.extend(item.file_name().to_str().and_then(BackupName::read));
        }
        names.sort();
        Ok(names)
    }

    /// Returns the backups that there are, oldest first, each read whole.
    ///
    /// # Errors
    ///
    /// The folder or a file in it cannot be read at all.
    pub fn backups(&self) -> Result<Vec<Backup>, StoreError> {
        let mut backups = Vec::new();
        for name in self.backup_names()? {
            let path = self.backups_path().join(name.to_string());
            let n_bytes = fs::metadata(&path).map_err(StoreError::read(&path))?.len();
            let bytes = read_bounded(&path).map_err(StoreError::read(&path))?;
            let read = bytes.ok_or(ArchiveFault::TooLarge).and_then(|it| unpack(&it));
            let n_records = read.map(|(_, contents)| n_records(&contents));
            backups.push(Backup { name, path, n_bytes, n_records });
        }
        Ok(backups)
    }
}

/// Unpacks a backup into a folder that is new or empty, which then is a data folder with this one year, and checks what
/// is there afterwards.
///
/// # Errors
///
/// There is something in the folder, the backup is damaged or strange, or files cannot be read or written. Then there
/// is no year in the folder.
pub fn restore(backup: &Path, into: &Path) -> Result<Restored, StoreError> {
    match fs::read_dir(into) {
        Ok(mut items) => {
            if items.next().is_some() {
                return Err(StoreError::NotEmpty { path: into.to_owned() });
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(StoreError::Read { path: into.to_owned(), source }),
    }
    let damaged = |fault| StoreError::BackupDamaged { path: backup.to_owned(), fault };
    let bytes = read_bounded(backup).map_err(StoreError::read(backup))?;
    let bytes = bytes.ok_or_else(|| damaged(ArchiveFault::TooLarge))?;
    let (year, contents) = unpack(&bytes).map_err(damaged)?;
    let data = DataFolder::at(into);
    let folder = data.year_path(year);
    write_folder(&folder, &as_paths(contents.clone()))?;
    if read_folder(&folder)? != contents {
        let source = io::Error::from(io::ErrorKind::InvalidData);
        return Err(StoreError::Write { path: folder, source });
    }
    Ok(Restored { year, faults: data.check(year)?, folder })
}

/// Reads a file; nothing where it is larger than any backup.
fn read_bounded(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MAX_BYTES).then_some(bytes))
}

/// Counts the lines of the journals that are whole, their first lines left out.
fn n_records(contents: &Contents) -> usize {
    let is_journal = |it: &&String| it.starts_with(JOURNAL) && it.ends_with(".ron");
    let journals = contents.keys().filter(is_journal).map(|it| &contents[it]);
    let is_record = |it: &&[u8]| it.ends_with(b"\n") && !is_gap(it);
    let n_lines = |it: &Vec<u8>| it.split_inclusive(|it| *it == b'\n').filter(is_record).count();
    journals.map(|it| n_lines(it).saturating_sub(1)).sum()
}

//! Journals that another copy of the year has longer, or alone.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use kaohe_core::{Severity, WriterId};

use super::own::{lock, open_whole_lines};
use super::{file_name, whole_lines};
use crate::atomic::{sync_folder, write_file};
use crate::bounded;
use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};

/// A journal's complete lines here, and what is to stand in their place.
pub(crate) struct Longer<'b> {
    /// None where the journal is not here yet.
    pub before: Option<&'b [u8]>,
    /// Begins with what was before.
    pub after: &'b [u8],
}

/// Journals to which nobody writes as long as we hold them.
pub(crate) struct Held<'b> {
    folder: PathBuf,
    journals: BTreeMap<WriterId, Longer<'b>>,
    locks: Vec<Option<File>>,
}

impl<'b> Held<'b> {
    /// Takes the locks of all journals that are to become longer.
    ///
    /// # Errors
    ///
    /// Somebody is writing to one of them, or has since they were read (all such); or a lock cannot be had at all.
    pub(crate) fn take(
        folder: PathBuf,
        journals: BTreeMap<WriterId, Longer<'b>>,
    ) -> Result<Held<'b>, StoreError> {
        // Where no lock was ever taken nobody writes. Those are locked last, so that a refusal leaves no new file.
        let (locked, free): (Vec<&WriterId>, Vec<&WriterId>) =
            journals.keys().partition(|it| folder.join(format!("{it}.lock")).exists());
        let mut locks = Vec::new();
        let mut busy = Vec::new();
        for writers in [locked, free] {
            for writer in writers {
                match lock(&folder, writer.as_str())? {
                    Some(lock) => locks.push(lock),
                    None => busy.push(writer),
                }
            }
            if !busy.is_empty() {
                return Err(in_use(&busy));
            }
        }
        for (writer, longer) in &journals {
            if now(&path(&folder, writer))?.as_deref().map(whole_lines) != longer.before {
                busy.push(writer);
            }
        }
        if !busy.is_empty() {
            return Err(in_use(&busy));
        }
        Ok(Held { folder, journals, locks })
    }

    /// Says whether the file system knows no locks, so that nothing is held but the hope that nobody else writes.
    pub(crate) fn is_unlocked(&self) -> bool {
        self.locks.iter().any(Option::is_none)
    }

    /// Puts each journal's longer form in its place, each whole or not at all.
    ///
    /// # Errors
    ///
    /// A file cannot be written; those before it are longer already. Or the names of new ones cannot be made durable,
    /// which is tried whenever this is done.
    pub(crate) fn lengthen(self) -> Result<(), StoreError> {
        for (writer, longer) in &self.journals {
            let path = path(&self.folder, writer);
            if longer.before.is_some() {
                // A torn last line is set aside as ever.
                drop(open_whole_lines(&path).map_err(StoreError::write(&path))?);
            }
            write_file(&path, longer.after)?;
        }
        let folder = &self.folder;
        sync_folder(Some(folder)).map_err(|source| StoreError::Unconfirmed { path: folder.clone(), source })
    }
}

fn path(folder: &Path, writer: &WriterId) -> PathBuf {
    folder.join(format!("{writer}.ron"))
}

fn now(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match bounded::bytes(path) {
        Ok(Ok(bytes)) => Ok(Some(bytes)),
        Ok(Err(_)) => {
            Err(StoreError::Read { path: path.to_owned(), source: io::ErrorKind::FileTooLarge.into() })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StoreError::Read { path: path.to_owned(), source }),
    }
}

fn in_use(writers: &[&WriterId]) -> StoreError {
    let fault = |it: &&WriterId| FileFault {
        file: file_name(it),
        position: None,
        severity: Severity::Error,
        kind: FaultKind::InUse,
    };
    StoreError::Unmergeable(writers.iter().map(fault).collect())
}

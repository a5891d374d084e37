//! Whether a data folder can be worked in, found by trying.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::atomic::sync_folder;
use crate::folder::DataFolder;

/// What a data folder lets us do. The errors are the system's.
#[derive(Debug)]
pub struct Probe {
    /// Where it was tried: the folder, or the nearest one above that there is, where it is still to be made.
    pub tried_in: PathBuf,
    /// Whether a file can be written there and made durable.
    pub write: io::Result<()>,
    /// Whether a second lock on a locked file is refused; nothing where no file could be written.
    pub lock: Option<io::Result<bool>>,
}

impl DataFolder {
    /// Tries to write and to lock in the folder; what was written is removed again.
    pub fn probe(&self) -> Probe {
        let absolute = std::path::absolute(self.path()).unwrap_or_else(|_| self.path().to_owned());
        let there = absolute.ancestors().find(|it| it.is_dir());
        let tried_in = there.unwrap_or(&absolute).to_owned();
        let file = tried_in.join(format!("kaohe-probe-{}.tmp", std::process::id()));
        let write = written(&file);
        let lock = write.is_ok().then(|| refuses_second_lock(&file));
        let removed = if write.is_ok() { fs::remove_file(&file) } else { Ok(()) };
        Probe { tried_in, write: write.and(removed), lock }
    }
}

fn written(path: &Path) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(b"kaohe\n")?;
    file.sync_all()?;
    sync_folder(path.parent())
}

fn refuses_second_lock(path: &Path) -> io::Result<bool> {
    let open = || OpenOptions::new().write(true).open(path);
    let first = open()?;
    first.try_lock().map_err(io::Error::from)?;
    match open()?.try_lock() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let probe = DataFolder::at(folder.path()).probe();
        assert!(probe.write.is_ok());
        assert!(probe.lock.unwrap().unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn folder_that_is_not_there_is_tried_above_and_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let probe = DataFolder::at(folder.path().join("a/b")).probe();
        assert_eq!(probe.tried_in, folder.path());
        assert!(probe.write.is_ok());
        assert!(!folder.path().join("a").exists());
    }

    #[test]
    fn file_in_the_way_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("kaohe-probe-{}.tmp", std::process::id()));
        fs::write(&file, "not ours").unwrap();
        let probe = DataFolder::at(folder.path()).probe();
        assert_eq!(probe.write.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert!(probe.lock.is_none());
        assert_eq!(fs::read(&file).unwrap(), b"not ours");
    }
}

//! The temporary folder of the sample year.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use kaohe_store::StoreError;

/// What the folders of sample years are called, before the process's number.
const NAME: &str = "kaohe-demo-";

/// A folder for the sample year that goes when the program does.
///
/// A program that is killed cannot remove its folder; the next sample year does. Which folders are still in use shows
/// by a lock beside each.
#[derive(Debug)]
pub(crate) struct DemoFolder {
    path: PathBuf,
    lock: PathBuf,
    _held: File,
}

impl DemoFolder {
    pub(crate) fn new() -> Result<DemoFolder, StoreError> {
        let within = std::env::temp_dir();
        remove_abandoned(&within);
        let path = within.join(format!("{NAME}{}", std::process::id()));
        let lock = lock_of(&path);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| StoreError::Write { path, source }
        };
        let held = File::create_new(&lock).map_err(failed(&lock))?;
        // Where the file system knows no locks, nothing is ever taken for abandoned either.
        let _ = held.try_lock();
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&path)(error)),
            _ => Ok(DemoFolder { path, lock, _held: held }),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for DemoFolder {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's temporary folder, which the system empties.
        let _ = fs::remove_dir_all(&self.path);
        let _ = fs::remove_file(&self.lock);
    }
}

fn lock_of(path: &Path) -> PathBuf {
    path.with_extension("lock")
}

fn remove_abandoned(within: &Path) {
    let Ok(items) = fs::read_dir(within) else { return };
    for lock in items.flatten().map(|it| it.path()) {
        let name = lock.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        let number = name.strip_prefix(NAME).and_then(|it| it.strip_suffix(".lock"));
        if number.is_none_or(|it| it.is_empty() || !it.bytes().all(|b| b.is_ascii_digit())) {
            continue;
        }
        let Ok(file) = File::options().write(true).open(&lock) else { continue };
        if file.try_lock().is_ok() {
            let _ = fs::remove_dir_all(lock.with_extension(""));
            let _ = fs::remove_file(&lock);
        }
    }
}

//! Files and folders that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// Writes a file so that a reader, or a power cut, finds the old content or the new one, never half.
///
/// The temporary file lies beside the target, with the default permissions or those of the file that it
/// replaces (a private one would lock colleagues out), and a link is followed to the file that it names.
///
/// # Errors
///
/// The file cannot be written; the temporary one is removed.
pub fn write_file(path: &Path, content: &[u8]) -> Result<(), StoreError> {
    let Some(target) = replaceable(path) else {
        let write = || File::create(path)?.write_all(content);
        return write().map_err(StoreError::write(path));
    };
    let temporary = beside(&target);
    let result = write_temporary(&temporary, &target, content);
    if result.is_err() {
        // The first error is the one to tell of.
        let _ = fs::remove_file(&temporary);
    }
    result.map_err(StoreError::write(path))
}

/// Returns the regular file, there or still to come, that a path leads to. A pipe, a device or a link to nothing is
/// written to as it is: a file renamed over it would take its place.
fn replaceable(path: &Path) -> Option<PathBuf> {
    match fs::canonicalize(path) {
        Ok(target) => target.is_file().then_some(target),
        Err(_) => fs::symlink_metadata(path).is_err().then(|| path.to_owned()),
    }
}

fn write_temporary(temporary: &Path, target: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create(temporary)?;
    file.write_all(content)?;
    if let Ok(old) = fs::metadata(target) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()?;
    drop(file);
    rename(temporary, target)?;
    sync_folder(target.parent());
    Ok(())
}

fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    target.with_file_name(format!(".{name}.tmp-{}", std::process::id()))
}

/// Creates the folder `path` with these files (path below it, content), whole or not at all.
pub(crate) fn write_folder(path: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), StoreError> {
    let temporary = beside(path);
    let result = write_temporary_folder(&temporary, path, files);
    if result.is_err() {
        let _ = fs::remove_dir_all(&temporary);
    }
    result.map_err(StoreError::write(path))
}

fn write_temporary_folder(temporary: &Path, path: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        create_folder(parent)?;
    }
    // Left by a process that died half-way and had the same number.
    let _ = fs::remove_dir_all(temporary);
    fs::create_dir(temporary)?;
    for (name, content) in files {
        let file_path = temporary.join(name);
        if let Some(folder) = file_path.parent() {
            create_folder(folder)?;
        }
        let mut file = File::create(&file_path)?;
        file.write_all(content)?;
        file.sync_all()?;
        drop(file);
        sync_folder(file_path.parent());
    }
    sync_folder(Some(temporary));
    rename(temporary, path)?;
    sync_folder(path.parent());
    Ok(())
}

/// Renames, on Windows again a few times while a scanner or an indexer holds one of the two.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    const SHARING: [i32; 4] = [5, 32, 33, 1175];
    let mut n_tries = 0;
    loop {
        let result = fs::rename(from, to);
        let is_busy =
            |it: &io::Error| cfg!(windows) && it.raw_os_error().is_some_and(|it| SHARING.contains(&it));
        match result {
            Err(error) if is_busy(&error) && n_tries < 10 => {
                n_tries += 1;
                std::thread::sleep(std::time::Duration::from_millis(20 * n_tries));
            }
            result => return result,
        }
    }
}

/// Creates a folder and those above it that are missing, each durable; one that is there already is left as it is.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        create_folder(parent)?;
    }
    match fs::create_dir(path) {
        Err(_) if path.is_dir() => Ok(()),
        result => result.map(|()| sync_folder(path.parent())),
    }
}

/// Makes a new directory entry durable, where folders can be synced at all.
pub(crate) fn sync_folder(folder: Option<&Path>) {
    let Some(folder) = folder else { return };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // Where this fails the data is saved but its name is not confirmed; some shares never confirm.
    if let Ok(handle) = File::open(folder) {
        let _ = handle.sync_all();
    }
}

//! Files and folders that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::StoreError;

/// Writes a file so that a reader, or a power cut, finds the old content or the new one, never half.
///
/// The temporary file lies beside the target, with the default permissions or those of the file that it
/// replaces (a private one would lock colleagues out), and a link is followed to the file that it names.
///
/// # Errors
///
/// The file cannot be written; the temporary one is removed. Or it is there, and the system fails to make its name
/// durable ([`StoreError::Unconfirmed`]).
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
    result.map_err(StoreError::write(path))?;
    sync_folder(target.parent()).map_err(|source| StoreError::Unconfirmed { path: path.to_owned(), source })
}

/// Returns the regular file, there or still to come, that a path leads to. A pipe, a device or a link to nothing is
/// written to as it is: a file renamed over it would take its place.
fn replaceable(path: &Path) -> Option<PathBuf> {
    target_of(path, fs::canonicalize(path))
}

/// `resolved` is what the system says the path leads to.
fn target_of(path: &Path, resolved: io::Result<PathBuf>) -> Option<PathBuf> {
    match resolved {
        Ok(target) => target.is_file().then_some(target),
        // Some shares cannot say it.
        Err(_) => fs::symlink_metadata(path).map_or(true, |it| it.is_file()).then(|| path.to_owned()),
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
    rename(temporary, target)
}

fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    target.with_file_name(format!(".{name}.tmp-{}", std::process::id()))
}

/// Removes what programs have left in a folder that died while they wrote files or folders there: what is called as
/// [`beside`] calls it, for targets that `is_target` knows, and has not changed for an hour.
pub(crate) fn remove_left(folder: &Path, is_target: impl Fn(&str) -> bool) {
    const LEFT_FOR: Duration = Duration::from_secs(3600);
    let Ok(items) = fs::read_dir(folder) else { return };
    for path in items.flatten().map(|it| it.path()) {
        let name = path.file_name().and_then(|it| it.to_str()).and_then(|it| it.strip_prefix('.'));
        let Some((target, process)) = name.and_then(|it| it.rsplit_once(".tmp-")) else { continue };
        let is_number = !process.is_empty() && process.bytes().all(|it| it.is_ascii_digit());
        // Of a link it is the link that counts, and that is never ours.
        let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
        let age = metadata.modified().ok().and_then(|it| it.elapsed().ok());
        if !is_number || !is_target(target) || age.is_none_or(|it| it < LEFT_FOR) {
            continue;
        }
        // One that cannot be removed is in nobody's way.
        if metadata.is_dir() {
            let _ = fs::remove_dir_all(&path);
        } else if metadata.is_file() {
            let _ = fs::remove_file(&path);
        }
    }
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
        sync_folder(file_path.parent())?;
    }
    sync_folder(Some(temporary))?;
    rename(temporary, path)?;
    if let Err(error) = sync_folder(path.parent()) {
        // Not said to be done, so it is not to be there.
        let _ = rename(path, temporary);
        return Err(error);
    }
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
        Err(_) if path.is_dir() => return Ok(()),
        result => result?,
    }
    let synced = sync_folder(path.parent());
    if synced.is_err() {
        // It is made anew the next time, and synced.
        let _ = fs::remove_dir(path);
    }
    synced
}

/// Makes new names in a folder durable. Some shares never confirm that, and some systems do not sync folders at all:
/// then what is written is as safe as it can be there.
pub(crate) fn sync_folder(folder: Option<&Path>) -> io::Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder).and_then(|it| it.sync_all()) {
        Err(error) if !is_unknown_here(&error) => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Says whether an error only means that folders cannot be synced here.
fn is_unknown_here(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    // EBADF has no kind of its own.
    const BAD_DESCRIPTOR: i32 = 9;
    let is_unknown = matches!(error.kind(), Kind::InvalidInput | Kind::Unsupported | Kind::PermissionDenied);
    is_unknown || cfg!(windows) || error.raw_os_error() == Some(BAD_DESCRIPTOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_file_is_replaced_whole_where_the_system_cannot_say_what_its_path_leads_to() {
        let keep = tempfile::tempdir().unwrap();
        let [file, new, link] = ["file", "new", "link"].map(|it| keep.path().join(it));
        fs::write(&file, "x").unwrap();
        std::os::unix::fs::symlink(keep.path().join("gone"), &link).unwrap();
        for (path, is_replaced) in [(&file, true), (&new, true), (&link, false)] {
            let unknown = Err(io::ErrorKind::Unsupported.into());
            assert_eq!(target_of(path, unknown), is_replaced.then(|| path.clone()), "{}", path.display());
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_what_was_left_for_an_hour_is_removed() {
        let keep = tempfile::tempdir().unwrap();
        let left = |name: &str, minutes: u64| {
            let path = keep.path().join(name);
            if name.contains("folder") {
                fs::create_dir(&path).unwrap();
                fs::write(path.join("file"), "x").unwrap();
            } else {
                fs::write(&path, "x").unwrap();
            }
            let time = std::time::SystemTime::now() - Duration::from_secs(minutes * 60);
            File::open(&path).unwrap().set_modified(time).unwrap();
        };
        for name in [".a.tmp-7", ".folder.tmp-12", "a", ".a.tmp-", ".a.tmp-x", "a.tmp-7", ".other.tmp-7"] {
            left(name, 61);
        }
        left(".a.tmp-8", 59);
        std::os::unix::fs::symlink("a", keep.path().join(".a.tmp-9")).unwrap();
        remove_left(keep.path(), |it| it == "a" || it == "folder");
        let mut names: Vec<String> = fs::read_dir(keep.path())
            .unwrap()
            .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names, [".a.tmp-", ".a.tmp-8", ".a.tmp-9", ".a.tmp-x", ".other.tmp-7", "a", "a.tmp-7"]);
    }

    #[cfg(unix)]
    #[test]
    fn only_what_means_that_folders_cannot_be_synced_is_passed_over() {
        // EPERM, EBADF, EACCES, EINVAL, EOPNOTSUPP; EIO, ENOSPC, EMFILE, ESTALE.
        for (code, is_unknown) in [
            (1, true),
            (9, true),
            (13, true),
            (22, true),
            (95, true),
            (5, false),
            (28, false),
            (24, false),
            (116, false),
        ] {
            let error = io::Error::from_raw_os_error(code);
            assert_eq!(is_unknown_here(&error), is_unknown, "{error}");
        }
        let keep = tempfile::tempdir().unwrap();
        assert!(sync_folder(Some(keep.path())).is_ok());
        assert!(sync_folder(Some(&keep.path().join("gone"))).is_err());
    }
}

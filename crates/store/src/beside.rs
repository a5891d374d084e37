//! Results for people: a file that another program holds, or that somebody made read-only, keeps what it has, and the
//! result is written beside it under a name with the time.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use crate::atomic::write_file;
use crate::error::StoreError;

/// Writes a file as [`write_file`] does. Where the target is held by another program or read-only, it is left as it is, and
/// the content goes beside it, as `排名-20231201-0915.csv` for `排名.csv`; returns where to then. `local` is the time on the
/// wall.
///
/// # Errors
///
/// Neither of the two can be written; what is said is why the target itself cannot.
pub fn write_file_or_beside(
    path: &Path,
    content: &[u8],
    local: DateTime,
) -> Result<Option<PathBuf>, StoreError> {
    let error = if is_kept(path) {
        StoreError::Write { path: path.to_owned(), source: io::ErrorKind::PermissionDenied.into() }
    } else {
        match write_file(path, content) {
            Err(error) if is_held(&error) && fs::symlink_metadata(path).is_ok() => error,
            result => return result.map(|()| None),
        }
    };
    let free = (1..=MAX_TRIES).map(|n| dated(path, local, n)).find(|it| fs::symlink_metadata(it).is_err());
    let Some(free) = free else { return Err(error) };
    match write_file(&free, content) {
        Ok(()) | Err(StoreError::Unconfirmed { .. }) => Ok(Some(free)),
        Err(_) => Err(error),
    }
}

/// How many results of one minute get a name of their own.
const MAX_TRIES: u32 = 99;

/// Says whether a file must not be written over: it is read-only, or a folder stands in its place. Putting a new file in the
/// place of a read-only one would work, and is not what whoever made it so wants.
fn is_kept(path: &Path) -> bool {
    let is_named_as_file = path.extension().is_some();
    fs::metadata(path)
        .is_ok_and(|it| (it.is_file() && it.permissions().readonly()) || (it.is_dir() && is_named_as_file))
}

/// Says whether an error means that another program holds the file, or that it cannot be replaced, while there may be room
/// beside it.
fn is_held(error: &StoreError) -> bool {
    let StoreError::Write { source, .. } = error else { return false };
    is_holding(source.kind(), source.raw_os_error(), cfg!(windows))
}

fn is_holding(kind: io::ErrorKind, code: Option<i32>, is_windows: bool) -> bool {
    // A sharing violation, a lock, a section that is mapped, what cannot be replaced; and access that is denied, as it is for
    // a file that is open or read-only.
    const WINDOWS: [i32; 6] = [5, 32, 33, 1175, 1176, 1224];
    // What is being run cannot be written; some shares answer so for files that are open, or with "busy".
    const UNIX: [i32; 2] = [16, 26];
    let codes: &[i32] = if is_windows { &WINDOWS } else { &UNIX };
    kind == io::ErrorKind::PermissionDenied || code.is_some_and(|it| codes.contains(&it))
}

/// Returns `排名-20231201-0915.csv` for `排名.csv`; a further one of the same minute has its number.
fn dated(path: &Path, local: DateTime, n: u32) -> PathBuf {
    let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let suffix = path.extension().map(|it| format!(".{}", it.to_string_lossy())).unwrap_or_default();
    let number = if n == 1 { String::new() } else { format!("-{n}") };
    path.with_file_name(format!("{stem}-{}{number}{suffix}", local.strftime("%Y%m%d-%H%M")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn nine_fifteen() -> DateTime {
        date(2023, 12, 1).at(9, 15, 7, 0)
    }

    /// Writes twice to a target that `hold` has made unwritable, and gives the names beside it.
    #[track_caller]
    fn names_beside(hold: impl FnOnce(&Path)) -> Vec<String> {
        let keep = tempfile::tempdir().unwrap();
        let path = keep.path().join("排名.csv");
        hold(&path);
        for content in ["甲", "乙"] {
            let beside = write_file_or_beside(&path, content.as_bytes(), nine_fifteen()).unwrap().unwrap();
            assert_eq!(fs::read_to_string(beside).unwrap(), content);
        }
        let mut names: Vec<String> = fs::read_dir(keep.path())
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .filter(|it| it != "排名.csv")
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_read_only_stays_and_the_result_lies_beside_it() {
        let names = names_beside(|path| {
            fs::write(path, "原来的").unwrap();
            let mut permissions = fs::metadata(path).unwrap().permissions();
            permissions.set_readonly(true);
            fs::set_permissions(path, permissions).unwrap();
        });
        assert_eq!(names, ["排名-20231201-0915-2.csv", "排名-20231201-0915.csv"]);
    }

    #[test]
    fn a_folder_of_that_name_stays() {
        let names = names_beside(|path| fs::create_dir(path).unwrap());
        assert_eq!(names, ["排名-20231201-0915-2.csv", "排名-20231201-0915.csv"]);
    }

    #[test]
    fn what_can_be_written_is_written_over() {
        let keep = tempfile::tempdir().unwrap();
        let path = keep.path().join("排名.csv");
        for content in ["甲", "乙"] {
            assert_eq!(write_file_or_beside(&path, content.as_bytes(), nine_fifteen()).unwrap(), None);
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
    }

    #[test]
    fn no_folder_is_an_error_as_ever() {
        let keep = tempfile::tempdir().unwrap();
        let path = keep.path().join("没有").join("排名.csv");
        assert!(write_file_or_beside(&path, b"", nine_fifteen()).is_err());
    }

    #[test]
    fn only_what_means_that_the_file_is_held_leads_beside_it() {
        use io::ErrorKind as Kind;
        let cases = [
            (Kind::PermissionDenied, Some(13), false, true),
            (Kind::PermissionDenied, Some(5), true, true),
            (Kind::ResourceBusy, Some(16), false, true),
            (Kind::Other, Some(32), true, true),
            (Kind::Other, Some(1224), true, true),
            (Kind::StorageFull, Some(28), false, false),
            (Kind::StorageFull, Some(112), true, false),
            (Kind::NotFound, Some(2), false, false),
            (Kind::ReadOnlyFilesystem, Some(30), false, false),
            (Kind::Other, Some(5), false, false),
        ];
        for (kind, code, is_windows, expected) in cases {
            assert_eq!(is_holding(kind, code, is_windows), expected, "{kind:?} {code:?} {is_windows}");
        }
    }
}

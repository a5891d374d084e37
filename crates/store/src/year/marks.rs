//! How the files of a year look from outside, so that what has not changed is not read again at every key.

use std::collections::BTreeMap;
use std::fs::{DirEntry, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::files::{JOURNAL, RUBRICS, UNITS, VERSIONS, YEAR};

/// Seconds within which a file may change twice and look the same: two on the coarsest file systems, and one more.
const COARSEST: i64 = 3;

/// How one file looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    len: u64,
    modified: Option<SystemTime>,
    /// Which file it is, and when the system saw it change: nobody can set that. Nothing where there is no such time.
    changed: Option<(u64, i64, i64)>,
}

impl Mark {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Mark {
        use std::os::unix::fs::MetadataExt;
        let changed = Some((metadata.ino(), metadata.ctime(), metadata.ctime_nsec()));
        Mark { len: metadata.len(), modified: metadata.modified().ok(), changed }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Mark {
        Mark { len: metadata.len(), modified: metadata.modified().ok(), changed: None }
    }
}

/// How each file of a year looks, by its path; nothing where the folder cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(BTreeMap<PathBuf, Mark>);

impl Marks {
    /// Looks at the files of the year in this folder.
    pub(super) fn of(folder: &Path) -> Marks {
        let mut marks = BTreeMap::new();
        for path in [YEAR, UNITS].map(|it| folder.join(it)) {
            if let Ok(metadata) = std::fs::metadata(&path) {
                marks.insert(path, Mark::of(&metadata));
            }
        }
        for within in [RUBRICS, VERSIONS, JOURNAL] {
            let Ok(items) = std::fs::read_dir(folder.join(within)) else { continue };
            // Locks, and what was set aside, say nothing of the year.
            let is_read = |it: &DirEntry| it.file_name().as_encoded_bytes().ends_with(b".ron");
            for item in items.flatten().filter(is_read) {
                let path = item.path();
                // Of a link, the file that it leads to: that is what is read.
                let metadata = match item.metadata() {
                    Ok(it) if it.is_symlink() => std::fs::metadata(&path),
                    metadata => metadata,
                };
                if let Some(metadata) = metadata.ok().filter(Metadata::is_file) {
                    marks.insert(path, Mark::of(&metadata));
                }
            }
        }
        Marks(marks)
    }

    /// Takes note of a file that was written by ourselves just now.
    pub(super) fn note(&mut self, path: PathBuf, metadata: &Metadata) {
        self.0.insert(path, Mark::of(metadata));
    }

    /// Says whether whatever looks the same later is the same: every file but the journals last changed so long before
    /// the newest of all that a further change would have had another time. Journals become longer whenever they
    /// change. Both times are the file system's own, whatever the clock here shows.
    pub(super) fn are_settled(&self, folder: &Path) -> bool {
        let journals = folder.join(JOURNAL);
        let second = |it: &Mark| it.changed.map(|it| it.1);
        let Some(newest) = self.0.values().filter_map(second).max() else { return false };
        let mut ground = self.0.iter().filter(|it| !it.0.starts_with(&journals));
        ground.all(|it| second(it.1).is_some_and(|it| it + COARSEST <= newest))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn mark(second: i64) -> Mark {
        Mark { len: 1, modified: None, changed: Some((1, second, 0)) }
    }

    #[test]
    fn what_was_changed_just_now_may_change_again_unseen() {
        let folder = Path::new("/data/2023");
        let marks = |of: &[(&str, i64)]| Marks(of.iter().map(|it| (folder.join(it.0), mark(it.1))).collect());
        for (of, are_settled) in [
            (&[("year.ron", 100), ("journal/w.ron", 103)][..], true),
            (&[("year.ron", 101), ("journal/w.ron", 103)], false),
            (&[("year.ron", 100), ("units.ron", 103)], false),
            // A clock that was put back.
            (&[("year.ron", 200), ("journal/w.ron", 100)], false),
            (&[], false),
        ] {
            assert_eq!(marks(of).are_settled(folder), are_settled, "{of:?}");
        }
    }

    #[test]
    fn another_file_with_the_same_length_and_time_looks_otherwise() {
        let keep = tempfile::tempdir().unwrap();
        let (path, other) = (keep.path().join("year.ron"), keep.path().join("other"));
        std::fs::write(&path, "one").unwrap();
        let before = Marks::of(keep.path());
        std::fs::write(&other, "two").unwrap();
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        std::fs::File::options().write(true).open(&other).unwrap().set_modified(time).unwrap();
        std::fs::rename(&other, &path).unwrap();
        assert_ne!(Marks::of(keep.path()), before);
    }

    #[test]
    fn every_file_that_a_year_is_read_from_shows() {
        let keep = tempfile::tempdir().unwrap();
        for path in ["year.ron", "units.ron", "rubrics/r.ron", "versions/0.ron", "journal/w.ron"] {
            let before = Marks::of(keep.path());
            let path = keep.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, "x").unwrap();
            assert_ne!(Marks::of(keep.path()), before, "{}", path.display());
        }
    }

    #[test]
    fn a_file_behind_a_link_shows_when_it_changes() {
        let keep = tempfile::tempdir().unwrap();
        let year = keep.path().join("2023");
        for path in ["year.ron", "units.ron", "rubrics/r.ron", "versions/0.ron", "journal/w.ron"] {
            let (target, link) = (keep.path().join(path.replace('/', "-")), year.join(path));
            std::fs::create_dir_all(link.parent().unwrap()).unwrap();
            std::fs::write(&target, "x").unwrap();
            std::os::unix::fs::symlink(&target, &link).unwrap();
            let before = Marks::of(&year);
            std::fs::write(&target, "xx").unwrap();
            assert_ne!(Marks::of(&year), before, "{path}");
        }
    }
}

//! Backups: what is unpacked stays in its folder, and packs to the same again; what is refused leaves no year.

use std::fs;
use std::path::{Component, Path};

use jiff::civil::date;
use kaohe_store::{DataFolder, StoreError, restore};
use kaohe_tui::text::faults;

use super::desk::{files_below, in_empty_folder};
use super::faults::check_sentences;

const NAME: &str = "2023-20231106-0912.zip";

/// Lists and restores a backup of these bytes.
pub fn backup(bytes: &[u8]) {
    in_empty_folder(|folder| {
        let data = DataFolder::at(folder.join("data"));
        let path = data.backups_path().join(NAME);
        fs::create_dir_all(data.backups_path()).expect("a folder can be made");
        fs::write(&path, bytes).expect("a file can be written");
        let listed = data.backups().expect("the folder can be read");
        let [listed] = listed.as_slice() else { panic!("{} backups of one are listed", listed.len()) };

        let into = folder.join("into");
        let before = files_below(folder);
        match restore(&path, &into) {
            Ok(restored) => {
                assert!(listed.n_records.is_ok());
                check_sentences(&restored.faults);
                check_same_again(folder, &into, restored.year);
                let mut after = files_below(folder);
                after.retain(|it| !it.0.starts_with("into") && !it.0.starts_with("again"));
                assert_eq!(after, before, "something was written elsewhere");
            }
            Err(error) => {
                check_refused(&error, listed.n_records.is_err());
                if listed.n_records.is_err() {
                    assert_eq!(files_below(folder), before, "a refused backup left something");
                }
            }
        }
    });
}

/// A restored year that is backed up and restored again is the same.
fn check_same_again(folder: &Path, into: &Path, year: u16) {
    let first = files_below(into);
    let data = DataFolder::at(into);
    for (path, _) in &first {
        assert!(path.components().all(|it| matches!(it, Component::Normal(_))));
    }
    let local = date(2023, 11, 7).at(9, 12, 0, 0);
    let backup = data.back_up(year, local).expect("what was restored can be backed up");
    let backup = backup.expect("there was no backup yet");
    let again = restore(&backup, &folder.join("again")).expect("a backup of our own can be restored");
    assert_eq!(again.year, year);
    assert_eq!(files_below(&folder.join("again")), first);
}

/// A backup is refused for what is the matter with it, or since what is in it cannot be looked at as a year.
fn check_refused(error: &StoreError, is_listed_as_damaged: bool) {
    let sentence = faults::store_error(error);
    assert!(sentence.ends_with('。') && !sentence.contains(char::is_control), "{sentence:?}");
    let is_damaged = matches!(error, StoreError::BackupDamaged { .. });
    assert_eq!(is_damaged, is_listed_as_damaged, "{sentence}");
}

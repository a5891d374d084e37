//! Snapshots: what is read back is the year that was exported, and exporting it again gives the same bytes.

use kaohe_store::{DataFolder, StoreError};
use kaohe_tui::text::faults;

use super::desk::{files_below, in_empty_folder};
use super::faults::{check_errors, check_places, check_sentences};
use super::using::look;

const FILE: &str = "2023.ron";

/// Creates a year from a snapshot of these bytes.
pub fn snapshot(bytes: &[u8]) {
    in_empty_folder(|folder| {
        let data = DataFolder::at(folder.join("data"));
        let year = match data.create_from_snapshot(FILE, bytes) {
            Ok(year) => year,
            Err(StoreError::Input(found)) => {
                check_errors(&found);
                check_places(FILE, bytes, &found);
                assert!(found.iter().all(|it| it.file.starts_with(FILE)));
                assert_eq!(files_below(folder), [], "a refused snapshot left something");
                return;
            }
            Err(error) => panic!("{}", faults::store_error(&error)),
        };
        check_sentences(&data.check(year).expect("the folder can be read"));
        look(&data.view(year, None).expect("what was checked can be viewed").ledger);

        let text = data.snapshot(year).expect("what was checked can be exported");
        let other = DataFolder::at(folder.join("other"));
        assert_eq!(other.create_from_snapshot(FILE, text.as_bytes()).expect("it reads back"), year);
        assert_eq!(files_below(other.path()), files_below(data.path()));
        assert_eq!(other.snapshot(year).expect("it can be exported again"), text);
    });
}

//! Folders for readers that read folders, and a small year to read in.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kaohe_store::{DataFolder, Person};

/// The year of all that is made here.
pub const YEAR: u16 = 2023;
const RUBRIC: &[u8] = include_bytes!("../ground/district.ron");
const UNITS: &[u8] = include_bytes!("../ground/units.ron");
const YEAR_FILE: &[u8] = include_bytes!("../ground/year.ron");

/// Calls `with` with an empty folder, the same one each time: making one takes longer than reading in it.
pub fn in_empty_folder(with: impl FnOnce(&Path)) {
    thread_local! {
        static FOLDER: RefCell<tempfile::TempDir> = RefCell::new(new_folder());
    }
    FOLDER.with_borrow(|folder| {
        let path = folder.path().join("it");
        // What a call that panicked has left is of no interest.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).expect("a folder that was removed can be made");
        with(&path);
    });
}

/// Returns a folder in memory where there is such a thing: what is written there is synced at once.
fn new_folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a temporary folder can be made")
}

/// Writes a small year with this journal, and returns the data folder and the journal's path.
pub fn small_year(folder: &Path, journal_name: &str, journal: &[u8]) -> (DataFolder, PathBuf) {
    let data = DataFolder::at(folder.join("data"));
    let year = data.year_path(YEAR);
    let write = |name: &str, bytes: &[u8]| fs::write(year.join(name), bytes).expect("a file can be written");
    for name in ["rubrics", "journal"] {
        fs::create_dir_all(year.join(name)).expect("a folder can be made");
    }
    write("year.ron", YEAR_FILE);
    write("units.ron", UNITS);
    write("rubrics/district.ron", RUBRIC);
    write(journal_name, journal);
    (data, year.join(journal_name))
}

/// Returns all files below a folder, by their paths below it, in order.
pub fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files);
    files.sort();
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for item in fs::read_dir(folder).expect("a folder of our own can be read") {
        let path = item.expect("a folder of our own can be read").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let bytes = fs::read(&path).expect("a file of our own can be read");
            files.push((path.strip_prefix(root).expect("it lies below").to_owned(), bytes));
        }
    }
}

/// Returns whoever repairs and opens years here.
pub fn person() -> Person {
    Person { by: "复核人".to_owned(), machine: "PC-9".to_owned() }
}

/// Returns the time of all that is recorded here.
pub fn now() -> Timestamp {
    Timestamp::from_second(1_700_000_000).expect("a time of our own")
}

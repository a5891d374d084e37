//! What the fuzz targets do: each gives bytes to one reader, as the program would, and asserts the laws of it.
//!
//! `tests/fuzz_seeds.rs` replays all seeds through the same functions. docs/fuzzing.md says how to run the targets.

mod backup;
mod desk;
mod faults;
mod journal;
mod reference;
mod rubric;
mod snapshot;
mod tables;
mod texts;
mod using;
mod workbooks;
mod year;

pub use backup::backup;
pub use journal::{journal, journal_sealed};
pub use rubric::rubric;
pub use snapshot::snapshot;
pub use tables::{entries_csv, self_csv, units_csv};
pub use texts::texts;
pub use workbooks::{form, workbook};
pub use year::{roster, year};

/// A reader under test: it gets bytes, and panics where a law is broken.
pub type Reader = fn(&[u8]);

/// Every target by its name, which is also that of its file and of the folder of its seeds.
pub const READERS: [(&str, Reader); 13] = [
    ("rubric", rubric),
    ("roster", roster),
    ("year", year),
    ("journal", journal),
    ("journal_sealed", journal_sealed),
    ("snapshot", snapshot),
    ("entries_csv", entries_csv),
    ("self_csv", self_csv),
    ("units_csv", units_csv),
    ("workbook", workbook),
    ("form", form),
    ("backup", backup),
    ("texts", texts),
];

//! Where it is kept: year folders of RON files, and the journal that is the truth about scores.
//!
//! Every byte that is read is validated, every fault names file, line and column, and nothing is dropped in silence.
//! This crate knows files and formats and never adds up points. It has two readers of RON: [`spanned`] for what people
//! write (all faults at once, with places), and the `ron` crate for what the program itself wrote.

mod as_of;
mod atomic;
mod backup;
mod beside;
mod bounded;
mod builtin;
mod decimal;
mod demo;
mod error;
mod fault;
mod files;
mod finalise;
mod folder;
mod journal;
mod merge;
mod new_year;
mod probe;
mod repair;
mod roster_file;
mod rubric_file;
mod snapshot;
pub mod spanned;
mod strays;
mod text;
mod year;
mod year_file;

pub use as_of::{AsOf, AsOfError, View};
pub use atomic::write_file;
pub use backup::{ArchiveFault, Backup, BackupName, Restored, restore};
pub use beside::write_file_or_beside;
pub use builtin::{BUILTIN_YEAR, builtin_roster, builtin_rubrics};
pub use demo::{DEMO_MARK, create_demo, demo_changes};
pub use error::{RecordError, StoreError};
pub use fault::{FaultKind, FileFault};
pub use finalise::Fixed;
pub use folder::DataFolder;
pub use journal::{FORMAT, LineFault, MAX_NUMBER, Person};
pub use merge::{Arrived, Merge, YearCopy};
pub use new_year::NewYear;
pub use probe::Probe;
pub use repair::{JournalRepair, RepairEffect, RepairGap, Repaired};
pub use roster_file::{read_roster, write_roster};
pub use rubric_file::read_rubric;
pub use snapshot::snapshot_digest;
pub use year::{News, OpenYear};
pub use year_file::{Year, read_year, write_year};

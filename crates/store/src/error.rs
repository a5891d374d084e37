//! What can go wrong with files, as data; the sentences are made where people read them.

use std::io;
use std::path::{Path, PathBuf};

use kaohe_core::{EntryId, Refusal};

use crate::backup::ArchiveFault;
use crate::fault::FileFault;

/// Why the store refuses or fails.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder holds no year yet.
    #[error("no year in {}", data.display())]
    NoYears {
        /// The data folder.
        data: PathBuf,
    },
    /// The data folder does not hold this year.
    #[error("no year {year} in {}", data.display())]
    NoSuchYear {
        /// As asked for.
        year: u16,
        /// The data folder.
        data: PathBuf,
        /// The years that it holds, oldest first.
        known: Vec<u16>,
    },
    /// There is something where a new year was to be.
    #[error("{} exists", path.display())]
    YearExists {
        /// The year.
        year: u16,
        /// Its folder.
        path: PathBuf,
    },
    /// A file or folder cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file was written, and the system fails to make its name durable.
    #[error("cannot sync the folder of {}", path.display())]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Stored files are wrong; nothing was changed.
    #[error("{} faults in stored files", .0.len())]
    Damaged(Vec<FileFault>),
    /// Files that were given are wrong; nothing was changed.
    #[error("{} faults in given files", .0.len())]
    Input(Vec<FileFault>),
    /// The new roster leaves out units that have records, or moves them to another class.
    #[error("units with records would vanish")]
    UnitsInUse {
        /// Their ids and names.
        units: Vec<(String, String)>,
    },
    /// A rubric is to replace another one whose id it does not have.
    #[error("no rubric {id} is in force")]
    RubricNotInForce {
        /// The id of the new one.
        id: String,
        /// The ids in force.
        known: Vec<String>,
    },
    /// A rubric was edited by something else after it was put in place, so that going back would lose that.
    #[error("{path} was edited since")]
    RubricEditedSince {
        /// The rubric's path below the year folder.
        path: String,
    },
    /// A version of a rubric that was in force is not there any more.
    #[error("{path} is missing")]
    VersionMissing {
        /// Its path below the year folder.
        path: String,
    },
    /// What was given is no copy of the year.
    #[error("{} is no copy of {year}", path.display())]
    NotACopy {
        /// As given.
        path: PathBuf,
        /// The year that is wanted.
        year: u16,
    },
    /// Two copies of a year cannot become one: everything in which they contradict each other. Nothing was changed.
    #[error("{} contradictions between two copies", .0.len())]
    Unmergeable(Vec<FileFault>),
    /// A year holds more than can be backed up.
    #[error("{} is too large", path.display())]
    TooLarge {
        /// The file with which it was too much.
        path: PathBuf,
    },
    /// A backup is to be unpacked where there is something already.
    #[error("{} is not empty", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A backup is damaged, or is none.
    #[error("{} is damaged", path.display())]
    BackupDamaged {
        /// The backup.
        path: PathBuf,
        /// What is wrong.
        fault: ArchiveFault,
    },
    /// Somebody is writing to a damaged journal, or has since it was read.
    #[error("{file} is being written")]
    JournalInUse {
        /// The journal, below the year folder.
        file: String,
    },
    /// A record has the largest number that there is, so that none can come after it.
    #[error("the numbers are used up")]
    NumbersUsedUp,
    /// The same person has too many windows open at once.
    #[error("too many writers named {writer}")]
    TooManyWriters {
        /// The name that all of them have.
        writer: String,
    },
}

impl StoreError {
    pub(crate) fn read(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
        |source| StoreError::Read { path: path.to_owned(), source }
    }

    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
        |source| StoreError::Write { path: path.to_owned(), source }
    }
}

/// Why a change was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The ledger says that it is not possible.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Another rubric would leave out what records use; which, and why.
    #[error("{} records would not fit", .0.len())]
    Misfits(Vec<(EntryId, Refusal)>),
    /// Journals are damaged: the year can be looked at, and takes nothing until it is repaired.
    #[error("journals are damaged")]
    Damaged,
    /// It could not be made durable. It does not count and is not shown.
    #[error(transparent)]
    Store(#[from] StoreError),
}

//! Why a command did not do what it was asked to.

use std::process::ExitCode;

use kaohe_exchange::CellFault;
use kaohe_store::{RecordError, StoreError};
use kaohe_tui::text::faults;

/// A failure: what the program ends with, and what it says on stderr.
#[derive(Debug)]
pub(crate) struct Failure {
    pub status: Status,
    /// Complete sentences in Chinese; empty where everything was said already.
    pub message: String,
}

/// How the program ends where it does not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// A check found problems.
    Found = 1,
    /// Wrong usage.
    Usage = 2,
    /// An input file is wrong; nothing was changed.
    Input = 3,
    /// The store refuses or fails.
    Store = 4,
}

impl Failure {
    /// A check found problems, and has said which.
    pub fn found(message: impl Into<String>) -> Failure {
        Failure { status: Status::Found, message: message.into() }
    }

    /// The command line is wrong.
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure { status: Status::Usage, message: message.into() }
    }

    /// Files that were given are wrong; a line for each fault.
    pub fn input(mut lines: Vec<String>) -> Failure {
        let total = format!("共 {} 处问题，没有改动任何内容。请改正后再试。", lines.len());
        lines.push(total);
        Failure { status: Status::Input, message: lines.join("\n") }
    }

    /// The store refuses, or a file cannot be written.
    pub fn store(message: impl Into<String>) -> Failure {
        Failure { status: Status::Store, message: message.into() }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        match &error {
            StoreError::NotACopy { .. } => Failure::input(vec![faults::store_error(&error)]),
            StoreError::Input(faults) => Failure::input(faults.iter().map(faults::file_fault).collect()),
            // A backup is a file that is given.
            StoreError::BackupDamaged { .. } => {
                Failure { status: Status::Input, message: faults::store_error(&error) }
            }
            StoreError::NoYears { .. }
            | StoreError::NoSuchYear { .. }
            | StoreError::YearExists { .. }
            | StoreError::Read { .. }
            | StoreError::Write { .. }
            | StoreError::Unconfirmed { .. }
            | StoreError::Damaged(_)
            | StoreError::UnitsInUse { .. }
            | StoreError::RubricNotInForce { .. }
            | StoreError::RubricEditedSince { .. }
            | StoreError::VersionMissing { .. }
            | StoreError::Unmergeable(_)
            | StoreError::TooLarge { .. }
            | StoreError::NotEmpty { .. }
            | StoreError::JournalInUse { .. }
            | StoreError::NumbersUsedUp
            | StoreError::TooManyWriters { .. } => Failure::store(faults::store_error(&error)),
        }
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Failure {
        match error {
            RecordError::Store(error) => error.into(),
            RecordError::Refused(_) | RecordError::Misfits(_) | RecordError::Damaged => {
                Failure::store(faults::record_error(&error))
            }
        }
    }
}

impl From<Vec<CellFault>> for Failure {
    fn from(faults: Vec<CellFault>) -> Failure {
        Failure::input(faults.iter().map(CellFault::to_string).collect())
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status as u8)
    }
}

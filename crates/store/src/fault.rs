//! A fault in a file, with its place.

use kaohe_core::{Refusal, RosterFault, RubricFault, Severity, Stamp, Track};

use crate::journal::LineFault;
use crate::spanned::{self, Position};

/// A fault in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The file, as the person named it or below the year folder.
    pub file: String,
    /// Where in it; none where the whole file is meant.
    pub position: Option<Position>,
    /// Whether it stops the work.
    pub severity: Severity,
    /// What it is.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The text is not UTF-8.
    NotUtf8 {
        /// Whether it reads like the national encoding (GB18030).
        is_gb18030: bool,
    },
    /// The text is not RON, or not of the right shape.
    Ron(spanned::FaultKind),
    /// There are more faults than are listed.
    MoreFaults,
    /// The rubric contradicts itself.
    Rubric(RubricFault),
    /// The roster contradicts itself or the rubrics.
    Roster(RosterFault),
    /// A line of a journal is broken.
    Journal(LineFault),
    /// A record does not fit the rubrics and roster.
    Unresolved {
        /// Which record.
        stamp: Stamp,
        /// Why.
        refusal: Refusal,
    },
    /// The folder was written by a newer program.
    NewerFormat {
        /// Its version.
        found: u32,
    },
    /// `year.ron` is about another year than its folder.
    OtherYear {
        /// As given.
        found: u32,
    },
    /// A rubric that `year.ron` names, or another file that must be there, is not.
    FileMissing,
    /// A rubric's file has another name than its id.
    RubricMisnamed {
        /// Its id.
        id: String,
    },
    /// Two rubrics score the same class, or have the same id.
    TwoRubrics {
        /// The class.
        track: Track,
    },
    /// The text is not a snapshot.
    NotASnapshot {
        /// What the parser says, in English.
        message: String,
    },
    /// The last line of a journal was torn by a cut; it was never said to be done.
    TornLine,
    /// A torn line was set aside here.
    SetAside,
    /// Damaged lines were moved away from here, or lines were missing; the chain goes on.
    Repaired {
        /// How many lines were moved.
        n_lines: u32,
        /// The file that holds them; none where there were none.
        quarantine: Option<String>,
    },
    /// A gap line says that this file holds damaged lines, and it is not there.
    QuarantineMissing,
    /// A file with damaged lines is not what its name says.
    QuarantineDamaged,
    /// No gap line says of this file that it holds damaged lines.
    QuarantineUnnamed,
    /// The year is fixed, and this file is not what was fixed.
    NotAsFixed,
    /// The year is fixed, and this was recorded without knowing of it. It counts.
    AfterFinalise {
        /// Which record.
        stamp: Stamp,
    },
    /// A kept version of a rubric is not what its name says.
    VersionDamaged,
    /// Nothing reads this file.
    StrayFile,
    /// The file was changed by hand after records came to rest on it.
    ChangedSince,
    /// A snapshot holds a file that has no place in a year folder.
    StrangeFile,
    /// Both copies of a journal went on from here, each its own way.
    Parted,
    /// The two copies of a file that scores rest on differ from here on.
    CopiesDiffer,
    /// Only one of the two copies has this file, which scores rest on.
    InOneCopy {
        /// Whether it is the copy that is merged into.
        is_here: bool,
    },
    /// Somebody is writing to this journal, so that it cannot be replaced by a longer one.
    InUse,
    /// Not a file, or a link that leads out of the folder.
    LeadsOut,
    /// The file is larger than any file of a year; it was not read.
    TooLarge {
        /// How large it is, at least.
        bytes: u64,
        /// How large it may be.
        limit: u64,
    },
}

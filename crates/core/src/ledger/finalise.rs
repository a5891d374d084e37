//! Whether the year is fixed (定稿).

use jiff::Timestamp;

use super::Ledger;
use crate::change::Record;
use crate::id::Stamp;

/// That a year is fixed, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finalised {
    /// The record that fixed it.
    pub stamp: Stamp,
    /// Who did.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What stands for all that was fixed.
    pub digest: String,
}

impl Finalised {
    pub(super) fn by(record: &Record, digest: &str) -> Finalised {
        let Record { stamp, by, at, .. } = record.clone();
        Finalised { stamp, by, at, digest: digest.to_owned() }
    }
}

impl Ledger {
    /// Returns by whom and when the year was fixed; nothing where it is open.
    pub fn finalised(&self) -> Option<&Finalised> {
        self.finalised.as_ref()
    }

    /// Returns the places in the roster of the units whose score is not reviewed whole, or not decided; who is retired
    /// is not waited for.
    pub fn unfinished(&self) -> Vec<usize> {
        let is_unfinished = |it: &usize| {
            let score = self.score(*it);
            !self.unit(*it).is_retired() && (!score.is_settled() || !score.undecided.is_empty())
        };
        (0..self.sheets.len()).filter(is_unfinished).collect()
    }
}

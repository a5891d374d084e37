//! Merging: what a colleague's copy of the year has comes in, and nothing is lost.
//!
//! Nobody writes to another's journal, so two copies of a year become one by taking each writer's longer journal. That
//! is the same in whatever order copies are merged, and merging a copy twice brings nothing.

mod copy;
mod union;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use kaohe_core::{Clash, Ledger, Record, Refusal, Stamp, clashes};

pub use copy::YearCopy;

use crate::atomic::{create_folder, write_file};
use crate::error::{RecordError, StoreError};
use crate::files::{JOURNAL, VERSIONS};
use crate::folder::{DataFolder, versions_damaged};
use crate::journal::{Held, Longer, whole_lines};

/// What a merge has brought.
#[derive(Debug)]
pub struct Merge {
    /// Whose records came in, and how many.
    pub arrived: Vec<Arrived>,
    /// How many kept versions of rubrics came in.
    pub n_versions: usize,
    /// The other copy's journals whose torn last line was left out.
    pub torn: Vec<PathBuf>,
    /// What both copies say differently of the same thing.
    pub clashes: Vec<Clash>,
    /// Whether the year was open here and is fixed now, since the other copy was.
    pub is_fixed_now: bool,
    /// Whether the folder has a file system without locks: nothing keeps two programs from writing there at once.
    pub is_unlocked: bool,
    /// The year as it is now.
    pub ledger: Ledger,
}

/// What came in of one person at one machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// The person.
    pub by: String,
    /// Their machine.
    pub machine: String,
    /// How many records.
    pub n_records: usize,
}

impl DataFolder {
    /// Takes in what another copy of a year has and this one has not.
    ///
    /// # Errors
    ///
    /// This year is fixed (定稿), either copy is damaged (all faults), the two contradict each other (everything in which they do), or somebody is
    /// writing to a journal that the other copy has longer; then nothing is changed. Or a file cannot be written: what
    /// was taken in until then is sound, and merging again brings the rest.
    pub fn merge(&self, copy: &YearCopy) -> Result<Merge, RecordError> {
        let year = self.pick_year(Some(copy.year()))?;
        let ours = self.files(year)?;
        let here = ours.load(Some(year)).map_err(StoreError::Damaged)?;
        let damaged = versions_damaged(&ours);
        if !damaged.is_empty() {
            return Err(StoreError::Damaged(damaged).into());
        }
        if let Some(it) = here.ledger.finalised() {
            let (by, at) = (it.by.clone(), it.at);
            return Err(RecordError::Refused(Refusal::Finalised { by, at }));
        }
        let (theirs, torn) = copy.read()?;
        let there = theirs.load(Some(year)).map_err(|faults| copy.faulty(faults))?;
        let union = union::union(&ours, &theirs).map_err(StoreError::Unmergeable)?;
        let merged = union.load(Some(year)).map_err(StoreError::Unmergeable)?;

        let folder = self.year_path(year);
        let mut longer = BTreeMap::new();
        for (writer, after) in &union.journals {
            let before = ours.journals.get(writer).map(|it| whole_lines(it));
            if before.is_none_or(|it| it.len() < after.len()) {
                longer.insert(writer.clone(), Longer { before, after });
            }
        }
        let held = Held::take(folder.join(JOURNAL), longer)?;
        let new_versions = union.versions.iter().filter(|it| !ours.versions.contains_key(it.0));
        let new_versions: Vec<(&String, &Vec<u8>)> = new_versions.collect();
        if !new_versions.is_empty() {
            let versions = folder.join(VERSIONS);
            create_folder(&versions).map_err(StoreError::write(&versions))?;
            // Before the journals, so that no record is there without what undoing it needs.
            for (digest, bytes) in &new_versions {
                write_file(&versions.join(format!("{digest}.ron")), bytes)?;
            }
        }
        let is_unlocked = held.is_unlocked();
        held.lengthen()?;

        let (only_ours, only_theirs) =
            (only_first(&here.records, &there.records), only_first(&there.records, &here.records));
        Ok(Merge {
            arrived: arrived(&only_theirs),
            n_versions: new_versions.len(),
            torn,
            clashes: clashes(&merged.ledger, &only_ours, &only_theirs),
            is_fixed_now: here.ledger.finalised().is_none() && merged.ledger.finalised().is_some(),
            is_unlocked,
            ledger: merged.ledger,
        })
    }
}

/// Returns the records that only the first copy has.
fn only_first<'r>(first: &'r [Record], second: &[Record]) -> Vec<&'r Record> {
    let known: BTreeSet<&Stamp> = second.iter().map(|it| &it.stamp).collect();
    first.iter().filter(|it| !known.contains(&it.stamp)).collect()
}

fn arrived(records: &[&Record]) -> Vec<Arrived> {
    let mut n_records: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for record in records {
        *n_records.entry((&record.by, &record.machine)).or_default() += 1;
    }
    let arrived = n_records.into_iter().map(|((by, machine), n_records)| Arrived {
        by: by.to_owned(),
        machine: machine.to_owned(),
        n_records,
    });
    arrived.collect()
}

//! A year as it was: the one place that goes back in time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kaohe_core::{Ledger, Record, RubricId, Stamp, WriterId, is_plain_id};

use crate::error::StoreError;
use crate::fault::FileFault;
use crate::files::{Loaded, RUBRICS, YearFiles};
use crate::folder::{DataFolder, version_name, version_of};
use crate::journal::is_gap;
use crate::year_file::Year;

/// A moment in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// Just after this record, in the order of all.
    Record(Stamp),
    /// Just before this time, by the clock of whoever recorded.
    Before(Timestamp),
}

/// A year to look at, as it is or was.
#[derive(Debug)]
pub struct View {
    /// What `year.ron` says.
    pub year: Year,
    /// Everything known of it at that moment.
    pub ledger: Ledger,
    /// The records until then, in their order.
    pub records: Vec<Record>,
    /// Files that were other ones then, and were not kept; those of today stand in their place.
    pub lost: Vec<String>,
    /// What is damaged of the journals; the records are those of the lines that verify.
    pub damage: Vec<FileFault>,
}

/// Why a year cannot be shown as it was.
#[derive(Debug, thiserror::Error)]
pub enum AsOfError {
    /// There is no such record.
    #[error("no record {0}")]
    UnknownRecord(Stamp),
    /// Nothing was recorded yet.
    #[error("nothing was recorded yet")]
    NothingYet {
        /// When the first record was made, where there is one.
        first: Option<Timestamp>,
    },
    /// The year cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DataFolder {
    /// Returns a year as it is, or as it was. Where journals are damaged it is what their sound lines say.
    ///
    /// # Errors
    ///
    /// The year cannot be read, something else of it is damaged, or there is no such moment in it.
    pub fn view(&self, year: u16, as_of: Option<&AsOf>) -> Result<View, AsOfError> {
        let year = self.pick_year(Some(year))?;
        let (files, today, damage) = self.files(year)?.looked_at(year, &[]).map_err(StoreError::Damaged)?;
        let (loaded, lost) = match as_of {
            Some(as_of) => {
                let (files, lost) = past(&files, &today, as_of)?;
                (files.load(Some(year)).map_err(StoreError::Damaged)?, lost)
            }
            None => (today, Vec::new()),
        };
        Ok(View { year: loaded.year, ledger: loaded.ledger, records: loaded.records, lost, damage })
    }
}

/// Returns the files as they were: the journals as far as they went, with the rubrics that were in force then. Of what
/// was not kept the paths are returned; it is as it is today.
pub(crate) fn past(
    files: &YearFiles,
    today: &Loaded,
    as_of: &AsOf,
) -> Result<(YearFiles, Vec<String>), AsOfError> {
    if let AsOf::Record(stamp) = as_of
        && !today.records.iter().any(|it| it.stamp == *stamp)
    {
        return Err(AsOfError::UnknownRecord(stamp.clone()));
    }
    let records = until(&today.records, as_of);
    if records.is_empty() {
        let first = today.records.iter().map(|it| it.at).min();
        return Err(AsOfError::NothingYet { first });
    }
    let mut past = files.clone();
    cut(&mut past.journals, &records);
    let mut then = today.ledger.emptied();
    then.extend(records);
    let mut lost = Vec::new();
    let digests = files.digests();
    for (path, digest) in then.adopted() {
        if digests.get(path) == Some(digest) {
            continue;
        }
        match (rubric_id(path), files.versions.get(version_of(digest))) {
            (Some(id), Some(bytes)) if version_name(bytes) == version_of(digest) => {
                past.rubrics.insert(id, bytes.clone());
            }
            _ => lost.push(path.clone()),
        }
    }
    Ok((past, lost))
}

/// Returns the records up to a moment: of each journal its beginning, since a line rests on those before it.
fn until<'r>(records: &'r [Record], as_of: &AsOf) -> Vec<&'r Record> {
    let is_before = |record: &Record| match as_of {
        AsOf::Record(stamp) => record.stamp <= *stamp,
        AsOf::Before(end) => record.at < *end,
    };
    let mut ended: BTreeSet<&WriterId> = BTreeSet::new();
    let mut kept = Vec::new();
    for record in records {
        let writer = &record.stamp.writer;
        if !ended.contains(writer) && is_before(record) {
            kept.push(record);
        } else {
            ended.insert(writer);
        }
    }
    kept
}

/// Cuts each journal off after those of its records that are kept; one of which none is kept is left out.
fn cut(journals: &mut BTreeMap<WriterId, Vec<u8>>, kept: &[&Record]) {
    let mut n_kept: BTreeMap<&WriterId, usize> = BTreeMap::new();
    for record in kept {
        *n_kept.entry(&record.stamp.writer).or_default() += 1;
    }
    journals.retain(|writer, _| n_kept.contains_key(writer));
    for (writer, bytes) in journals {
        let mut n_left = 1 + n_kept[writer];
        let is_kept = |line: &&[u8]| {
            let is_kept = n_left > 0;
            n_left -= usize::from(is_kept && !is_gap(line));
            is_kept
        };
        let len = bytes.split_inclusive(|it| *it == b'\n').take_while(is_kept).map(<[u8]>::len).sum();
        bytes.truncate(len);
    }
}

fn rubric_id(path: &str) -> Option<RubricId> {
    let stem = path.strip_prefix(RUBRICS)?.strip_prefix('/')?.strip_suffix(".ron")?;
    is_plain_id(stem).then(|| RubricId::from(stem))
}

//! Looking at what others have written: reading on, and reading anew where that does not fit.

use std::collections::{BTreeMap, BTreeSet};

use kaohe_core::{Change, Ledger, Record, Stamp, WriterId};

use super::OpenYear;
use super::marks::Marks;
use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};
use crate::journal::LineFault;

/// What others wrote since it was told last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// How many records that were.
    pub n_records: usize,
    /// Those of them by others that put something else in the place of what we were the last to set.
    pub overwriting: Vec<Record>,
    /// What others recorded, and what is not there any more: a line that could not be made durable is taken back.
    pub withdrawn: Vec<Record>,
}

impl News {
    /// Says whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == News::default()
    }

    /// Adds what came later.
    pub fn extend(&mut self, later: News) {
        self.n_records += later.n_records;
        self.overwriting.extend(later.overwriting);
        self.withdrawn.extend(later.withdrawn);
    }
}

impl OpenYear {
    /// Says whether anything in the year's folder is not as it was at the last look, or was not told yet: cheap enough to
    /// be asked every second. Where the folder cannot be read, the next look says why.
    pub fn may_have_news(&self) -> bool {
        !self.untold.is_empty() || Marks::of(&self.folder) != self.seen
    }

    /// Takes in what others have appended since the last look, and what they changed of the roster, the rubrics and
    /// the settings; returns what that was, with what was taken in by [`OpenYear::look`] and by recording.
    ///
    /// # Errors
    ///
    /// A file cannot be read or is damaged; the ledger is as it was.
    pub fn refresh(&mut self) -> Result<News, StoreError> {
        self.look()?;
        Ok(std::mem::take(&mut self.untold))
    }

    /// Takes in what [`OpenYear::refresh`] does, which tells of it later.
    ///
    /// # Errors
    ///
    /// As for [`OpenYear::refresh`].
    pub fn look(&mut self) -> Result<(), StoreError> {
        let news = self.news()?;
        self.untold.extend(news);
        Ok(())
    }

    pub(super) fn news(&mut self) -> Result<News, StoreError> {
        if !self.damage.is_empty() {
            return self.look_anew();
        }
        let seen = Marks::of(&self.folder);
        if seen == self.seen && seen.are_settled(&self.folder) {
            return Ok(News::default());
        }
        self.read_on(seen)
    }

    /// Takes in what there is now, whatever the files look like.
    pub(super) fn look_through(&mut self) -> Result<(), StoreError> {
        let news = self.read_on(Marks::of(&self.folder))?;
        self.untold.extend(news);
        Ok(())
    }

    /// Reads what there is to read; what comes meanwhile is seen at the next look, after which files looked like that.
    pub(super) fn read_on(&mut self, seen: Marks) -> Result<News, StoreError> {
        let number = self.year.year;
        let ground = self.data.files_but_journals(number)?;
        let anew = if ground == self.ground {
            None
        } else {
            Some(ground.ground(Some(number)).map_err(StoreError::Damaged)?)
        };
        let mut news = match self.journals.since_last_look() {
            // A journal that was repaired, or whose last line was taken back, is not the one that we read.
            Err(StoreError::Damaged(faults)) => return self.look_after_change(faults),
            news => news?,
        };
        news.sort_by(|a, b| a.stamp.cmp(&b.stamp));
        self.seen = seen;
        let by = &self.journals.person().by;
        let is_overwriting = |it: &&Record| it.by != *by && self.ledger.overwrites(&it.change, by);
        let overwriting = news.iter().filter(is_overwriting).cloned().collect();
        let told = News { n_records: news.len(), overwriting, withdrawn: Vec::new() };
        // What was written at the same time as ours may belong before some of what was taken in.
        let in_order = self.ledger.last().zip(news.first()).is_none_or(|(last, first)| *last < first.stamp);
        if let (None, true) = (&anew, in_order) {
            news.iter().for_each(|it| self.ledger.apply(it));
            self.records.extend(news);
            return Ok(told);
        }
        self.records.extend(news);
        self.records.sort_by(|a, b| a.stamp.cmp(&b.stamp));
        let mut ledger = match anew {
            Some((year, ledger)) => {
                // A remark that somebody wrote into a file moves nothing.
                let means_the_same = year == self.year && has_same_places(&ledger, &self.ledger);
                self.generation += u64::from(!means_the_same);
                self.year = year;
                self.digests = ground.digests();
                self.ground = ground;
                ledger
            }
            None => self.ledger.emptied(),
        };
        ledger.extend(&self.records);
        self.ledger = ledger;
        Ok(told)
    }

    /// Reads a damaged year anew where anything has changed: it may have been repaired.
    pub(super) fn look_anew(&mut self) -> Result<News, StoreError> {
        if Marks::of(&self.folder) == self.seen {
            return Ok(News::default());
        }
        let person = self.journals.person().clone();
        Ok(self.replace(OpenYear::open_to_look(&self.data, self.year.year, person)?))
    }

    /// Reads a year anew in which what came since the last look does not fit what was there.
    pub(super) fn look_after_change(&mut self, faults: Vec<FileFault>) -> Result<News, StoreError> {
        let person = self.journals.person().clone();
        let now = match OpenYear::open(&self.data, self.year.year, person) {
            Ok(now) => now,
            Err(StoreError::Damaged(_)) => return Err(StoreError::Damaged(faults)),
            Err(error) => return Err(error),
        };
        if n_repairs(&now.records) > n_repairs(&self.records) {
            return Ok(self.replace(now));
        }
        match taken_back(&self.records, &now.records) {
            Some(withdrawn) if faults.iter().all(|it| is_end_changed(&it.kind)) => {
                let news = self.replace(now);
                Ok(News { withdrawn, ..news })
            }
            // More is gone than anybody takes back.
            Some(_) | None => Err(StoreError::Damaged(faults)),
        }
    }

    /// Puts what was read anew in the place of what was known.
    pub(super) fn replace(&mut self, mut now: OpenYear) -> News {
        now.journals.keep_own_of(&mut self.journals);
        let known: BTreeSet<&Stamp> = self.records.iter().map(|it| &it.stamp).collect();
        let n_records = now.records.iter().filter(|it| !known.contains(&it.stamp)).count();
        let means_the_same = now.year == self.year && has_same_places(&now.ledger, &self.ledger);
        let generation = self.generation + u64::from(!means_the_same);
        let untold = std::mem::take(&mut self.untold);
        *self = OpenYear { generation, has_recorded: self.has_recorded, untold, ..now };
        News { n_records, ..News::default() }
    }
}

/// Says whether places in one's roster and rubrics mean the same in the other's.
fn has_same_places(one: &Ledger, other: &Ledger) -> bool {
    one.roster() == other.roster() && one.rubrics() == other.rubrics()
}

/// Says whether a journal only ends otherwise than it did.
fn is_end_changed(kind: &FaultKind) -> bool {
    matches!(kind, FaultKind::Journal(LineFault::Shortened | LineFault::Replaced))
}

/// Returns what is not there any more, where that is of no journal more than its last record.
fn taken_back(before: &[Record], now: &[Record]) -> Option<Vec<Record>> {
    let there: BTreeMap<&Stamp, &Record> = now.iter().map(|it| (&it.stamp, it)).collect();
    let mut last: BTreeMap<&WriterId, &Stamp> = BTreeMap::new();
    last.extend(before.iter().map(|it| (&it.stamp.writer, &it.stamp)));
    let gone: Vec<&Record> = before.iter().filter(|it| there.get(&it.stamp) != Some(it)).collect();
    let is_last = |it: &&Record| last.get(&it.stamp.writer) == Some(&&it.stamp);
    gone.iter().all(is_last).then(|| gone.into_iter().cloned().collect())
}

fn n_repairs(records: &[Record]) -> usize {
    records.iter().filter(|it| matches!(it.change, Change::Repair { .. })).count()
}

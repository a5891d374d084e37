//! A year that is open: its ledger, and the way changes take into it.

use std::path::PathBuf;

use jiff::Timestamp;
use kaohe_core::{Change, Ledger, Record, RecordKind, Refusal, Roster, Track, WriterId, check_roster};

use crate::atomic::write_file;
use crate::error::{RecordError, StoreError};
use crate::fault::{FaultKind, FileFault};
use crate::files::{JOURNAL, UNITS};
use crate::folder::DataFolder;
use crate::journal::{self, Journals, Person};
use crate::roster_file::write_roster;
use crate::year_file::Year;

/// A year that is open.
#[derive(Debug)]
pub struct OpenYear {
    folder: PathBuf,
    year: Year,
    ledger: Ledger,
    records: Vec<Record>,
    journals: Journals,
}

impl OpenYear {
    /// Opens a year and verifies everything that it holds.
    ///
    /// # Errors
    ///
    /// There is no such year, a file cannot be read, or files are damaged: then all faults.
    pub fn open(data: &DataFolder, year: u16, person: Person) -> Result<OpenYear, StoreError> {
        let year = data.pick_year(Some(year))?;
        let loaded = data.files(year)?.load(Some(year)).map_err(StoreError::Damaged)?;
        let folder = data.year_path(year);
        let journals = Journals::new(folder.join(JOURNAL), year, person, loaded.tails);
        Ok(OpenYear { folder, year: loaded.year, ledger: loaded.ledger, records: loaded.records, journals })
    }

    /// Returns what `year.ron` says.
    pub fn year(&self) -> &Year {
        &self.year
    }

    /// Returns everything known of the year.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns all records, in their order.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Returns the year's folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Returns who has written in this year.
    pub fn writers(&self) -> Vec<Person> {
        let person = |it: &journal::Header| Person { by: it.by.clone(), machine: it.machine.clone() };
        self.journals.writers().map(person).collect()
    }

    /// Returns the writers whose journals had a torn last line, set aside beside the journal.
    pub fn torn_journals(&self) -> Vec<WriterId> {
        let writers = self.journals.writers().map(|it| it.writer.clone());
        writers.filter(|it| journal::has_torn_line(&self.folder.join(JOURNAL), it)).collect()
    }

    /// Records a change: judged, appended, synced, and only then taken into the ledger.
    ///
    /// # Errors
    ///
    /// The ledger refuses it, or it could not be made durable; the ledger is as it was.
    pub fn record(&mut self, change: Change, now: Timestamp) -> Result<&Record, RecordError> {
        self.refresh()?;
        if let Some(refusal) = self.ledger.refusal(&change) {
            return Err(RecordError::Refused(refusal));
        }
        self.append(RecordKind::Do, change, now)
    }

    /// Takes back what this writer did last; also after a restart.
    ///
    /// # Errors
    ///
    /// There is nothing to undo, or it could not be made durable.
    pub fn undo(&mut self, now: Timestamp) -> Result<&Record, RecordError> {
        self.refresh()?;
        self.look_first(|ledger, writer| ledger.next_undo(writer).is_some())?;
        let writer = self.journals.writer()?;
        let next = self.ledger.next_undo(&writer).ok_or(RecordError::Refused(Refusal::NothingToUndo))?;
        let (of, change) = (next.of, next.change.clone());
        self.append(RecordKind::Undo(of), change, now)
    }

    /// Does again what this writer undid last.
    ///
    /// # Errors
    ///
    /// There is nothing to redo, or it could not be made durable.
    pub fn redo(&mut self, now: Timestamp) -> Result<&Record, RecordError> {
        self.refresh()?;
        self.look_first(|ledger, writer| ledger.next_redo(writer).is_some())?;
        let writer = self.journals.writer()?;
        let next = self.ledger.next_redo(&writer).ok_or(RecordError::Refused(Refusal::NothingToUndo))?;
        let (of, change) = (next.of, next.change.clone());
        self.append(RecordKind::Redo(of), change, now)
    }

    /// Refuses where none of this person's journals has anything, before a journal is taken in vain.
    fn look_first(&self, has: impl Fn(&Ledger, &WriterId) -> bool) -> Result<(), RecordError> {
        let any = self.journals.writers_of_person().any(|it| has(&self.ledger, it));
        if any { Ok(()) } else { Err(RecordError::Refused(Refusal::NothingToUndo)) }
    }

    fn append(&mut self, kind: RecordKind, change: Change, now: Timestamp) -> Result<&Record, RecordError> {
        let n = self.ledger.last().map_or(0, |it| it.n) + 1;
        let record = self.journals.append(n, now, kind, change)?;
        self.ledger.apply(&record);
        self.records.push(record);
        Ok(self.records.last().expect("it was pushed just now"))
    }

    /// Takes in what others have appended since the last look; returns how many records that were.
    ///
    /// # Errors
    ///
    /// A journal cannot be read or is damaged; the ledger is as it was.
    pub fn refresh(&mut self) -> Result<usize, StoreError> {
        let mut news = self.journals.since_last_look()?;
        if news.is_empty() {
            return Ok(0);
        }
        let n_news = news.len();
        news.sort_by(|a, b| a.stamp.cmp(&b.stamp));
        let in_order = self.ledger.last().is_none_or(|last| *last < news[0].stamp);
        if in_order {
            news.iter().for_each(|it| self.ledger.apply(it));
            self.records.extend(news);
        } else {
            // Written at the same time as ours: they belong before some of what was taken in.
            self.records.extend(news);
            self.records.sort_by(|a, b| a.stamp.cmp(&b.stamp));
            let mut ledger = self.ledger.emptied();
            ledger.extend(&self.records);
            self.ledger = ledger;
        }
        Ok(n_news)
    }

    /// Replaces the roster.
    ///
    /// # Errors
    ///
    /// It is faulty, or units that have records would vanish from it or change their class.
    pub fn replace_roster(&mut self, roster: Roster) -> Result<(), StoreError> {
        self.refresh()?;
        let tracks: Vec<Track> = self.ledger.rubrics().iter().map(|it| it.track.clone()).collect();
        let text = write_roster(&roster);
        let problems = check_roster(&roster, &tracks);
        if !problems.is_empty() {
            let fault = |it: kaohe_core::Problem<_>| FileFault {
                file: UNITS.to_owned(),
                position: None,
                severity: it.severity,
                kind: FaultKind::Roster(it.fault),
            };
            return Err(StoreError::Input(problems.into_iter().map(fault).collect()));
        }
        let in_use = self.units_in_use_not_in(&roster);
        if !in_use.is_empty() {
            return Err(StoreError::UnitsInUse { units: in_use });
        }
        write_file(&self.folder.join(UNITS), text.as_bytes())?;
        let rubrics = self.ledger.rubrics().to_vec();
        let mut ledger =
            Ledger::new(rubrics, roster, self.ledger.settings()).expect("the roster was checked");
        ledger.extend(&self.records);
        self.ledger = ledger;
        Ok(())
    }

    fn units_in_use_not_in(&self, roster: &Roster) -> Vec<(String, String)> {
        let mut in_use = Vec::new();
        for (unit_idx, unit) in self.ledger.roster().units.iter().enumerate() {
            let stays = roster.units.iter().any(|it| it.id == unit.id && it.track == unit.track);
            let untouched = kaohe_core::Cell::default();
            let is_used = self.ledger.sheet(unit_idx).cells.iter().any(|it| *it != untouched);
            if is_used && !stays {
                in_use.push((unit.id.to_string(), unit.name.clone()));
            }
        }
        in_use
    }
}

//! A year that is open: its ledger, and the way changes take into it.

mod look;
mod marks;
mod roster;
mod rubric;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kaohe_core::{AdoptedFile, Change, Ledger, Record, RecordKind, Refusal, Undoable, WriterId};

use crate::error::{RecordError, StoreError};
use crate::fault::FileFault;
use crate::files::{JOURNAL, YearFiles};
use crate::folder::DataFolder;
use crate::journal::{Journals, MAX_NUMBER, Person, Tail};
use crate::year_file::Year;
pub use look::News;
use marks::Marks;

/// A year that is open.
#[derive(Debug)]
pub struct OpenYear {
    data: DataFolder,
    folder: PathBuf,
    year: Year,
    /// What the ledger rests on, as it was read; without journals.
    ground: YearFiles,
    /// The digests of its files, by path: asked for at every record, and they change with the ground only.
    digests: BTreeMap<String, String>,
    /// How often the ground was replaced since the year was opened.
    generation: u64,
    has_recorded: bool,
    ledger: Ledger,
    records: Vec<Record>,
    journals: Journals,
    /// How the folder's files looked at the last look.
    seen: Marks,
    /// What others wrote and nobody was told of yet.
    untold: News,
    /// What is damaged of the journals. Then nothing is recorded.
    damage: Vec<FileFault>,
    /// The years before it in its data folder.
    earlier_years: Vec<u16>,
}

impl OpenYear {
    /// Opens a year and verifies everything that it holds.
    ///
    /// # Errors
    ///
    /// There is no such year, a file cannot be read, or files are damaged: then all faults.
    pub fn open(data: &DataFolder, year: u16, person: Person) -> Result<OpenYear, StoreError> {
        let year = OpenYear::open_to_look(data, year, person)?;
        if year.damage.is_empty() { Ok(year) } else { Err(StoreError::Damaged(year.damage)) }
    }

    /// Opens a year as [`OpenYear::open`] does; where journals are damaged, with the lines that verify. Then it can be
    /// looked at, and takes nothing ([`OpenYear::damage`]).
    ///
    /// # Errors
    ///
    /// There is no such year, a file cannot be read, or other files than journals are damaged: then all faults.
    pub fn open_to_look(data: &DataFolder, year: u16, person: Person) -> Result<OpenYear, StoreError> {
        let year = data.pick_year(Some(year))?;
        let earlier_years = data.years()?.into_iter().filter(|it| *it < year).collect();
        // Before anything is read, so that what comes meanwhile is seen at the next look.
        let seen = Marks::of(&data.year_path(year));
        let files = data.files(year)?;
        let (files, loaded, damage) = files.looked_at(year, &[]).map_err(StoreError::Damaged)?;
        let folder = data.year_path(year);
        let journals = Journals::new(folder.join(JOURNAL), year, person, loaded.tails);
        Ok(OpenYear {
            data: data.clone(),
            folder,
            year: loaded.year,
            digests: files.digests(),
            ground: YearFiles { journals: BTreeMap::new(), ..files },
            generation: 0,
            has_recorded: false,
            ledger: loaded.ledger,
            records: loaded.records,
            journals,
            seen,
            untold: News::default(),
            damage,
            earlier_years,
        })
    }

    /// Returns what is damaged of the journals. Where anything is, nothing is recorded, and what is shown is what the
    /// sound lines say.
    pub fn damage(&self) -> &[FileFault] {
        &self.damage
    }

    /// Returns the years before it that its data folder had when it was opened, the oldest first.
    pub fn earlier_years(&self) -> &[u16] {
        &self.earlier_years
    }

    /// Says whether anything was recorded here since the year was opened.
    pub fn has_recorded(&self) -> bool {
        self.has_recorded
    }

    /// Says whether we write to a journal that could not be locked, since the file system knows no locks: two windows
    /// of one person could then write to it at once. That is known once something was recorded.
    pub fn is_unlocked(&self) -> bool {
        self.journals.is_unlocked()
    }

    /// Returns what `year.ron` says.
    pub fn year(&self) -> &Year {
        &self.year
    }

    /// Returns everything known of the year.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns how often settings, roster or rubrics were replaced since the year was opened. Places in the roster and
    /// in the rubrics hold for one generation only.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns the data folder.
    pub(crate) fn data(&self) -> &DataFolder {
        &self.data
    }

    /// Returns how far each journal was read.
    pub(crate) fn tails(&self) -> &BTreeMap<WriterId, Tail> {
        self.journals.tails()
    }

    /// Returns all records, in their order.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Returns the year's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Records a change: judged, appended, synced, and only then taken into the ledger.
    ///
    /// # Errors
    ///
    /// The ledger refuses it, or it could not be made durable; the ledger is as it was.
    pub fn record(&mut self, change: Change, now: Timestamp) -> Result<&Record, RecordError> {
        let judged = |ledger: &Ledger| match ledger.refusal(&change) {
            Some(refusal) => Err(RecordError::Refused(refusal)),
            None => Ok((RecordKind::Do, change.clone())),
        };
        self.write(judged, now)
    }

    /// Takes back what this person did last, in whichever window; also after a restart.
    ///
    /// # Errors
    ///
    /// There is nothing to undo, somebody else has changed it since, or it could not be made durable.
    pub fn undo(&mut self, now: Timestamp) -> Result<&Record, RecordError> {
        let Person { by, machine } = self.journals.person().clone();
        let next = |ledger: &Ledger| match ledger.next_undo(&by, &machine) {
            Ok(Undoable { of, change }) => Ok((RecordKind::Undo(of), change)),
            Err(refusal) => Err(RecordError::Refused(refusal)),
        };
        self.write(next, now)
    }

    /// Does again what this person undid last.
    ///
    /// # Errors
    ///
    /// There is nothing to redo, somebody else has changed it since, or it could not be made durable.
    pub fn redo(&mut self, now: Timestamp) -> Result<&Record, RecordError> {
        let Person { by, machine } = self.journals.person().clone();
        let next = |ledger: &Ledger| match ledger.next_redo(&by, &machine) {
            Ok(Undoable { of, change }) => Ok((RecordKind::Redo(of), change)),
            Err(refusal) => Err(RecordError::Refused(refusal)),
        };
        self.write(next, now)
    }

    /// Writes what `decide` makes of the ledger. It is asked before a journal is taken, so that a refusal leaves no
    /// trace, and again when everything that came before is known.
    fn write(
        &mut self,
        decide: impl Fn(&Ledger) -> Result<(RecordKind, Change), RecordError>,
        now: Timestamp,
    ) -> Result<&Record, RecordError> {
        self.look()?;
        self.is_sound()?;
        let (mut kind, mut change) = decide(&self.ledger)?;
        if self.journals.take()? {
            self.look()?;
            (kind, change) = decide(&self.ledger)?;
        }
        // A year that is fixed takes in nothing but that it is opened; what was edited meanwhile is adopted after it.
        if self.ledger.finalised().is_none() {
            self.adopt(now)?;
        }
        let Change::ReplaceRubric { path, from, to } = &change else {
            return self.append(kind, change, now);
        };
        let (path, after) = (path.clone(), self.version(path, from, to)?);
        self.put_rubric(&path, &after, (kind, change), now)
    }

    /// Records which files the scores rest on, where the records do not say so yet.
    fn adopt(&mut self, now: Timestamp) -> Result<(), RecordError> {
        let adopted = self.ledger.adopted();
        let news = self.digests.iter().filter(|(path, digest)| adopted.get(*path) != Some(*digest));
        let adopted =
            |(path, digest): (&String, &String)| AdoptedFile { path: path.clone(), digest: digest.clone() };
        let files: Vec<AdoptedFile> = news.map(adopted).collect();
        if !files.is_empty() {
            self.append(RecordKind::Do, Change::Adopt { files }, now)?;
        }
        Ok(())
    }

    /// Takes a journal, reads everything that came before, and adopts the files as they are.
    pub(crate) fn prepare(&mut self, now: Timestamp) -> Result<(), RecordError> {
        self.is_sound()?;
        self.journals.take()?;
        self.look()?;
        self.is_open()?;
        self.adopt(now)
    }

    /// Refuses where journals are damaged.
    fn is_sound(&self) -> Result<(), RecordError> {
        if self.damage.is_empty() { Ok(()) } else { Err(RecordError::Damaged) }
    }

    /// Refuses where the year is fixed or damaged.
    fn is_open(&self) -> Result<(), RecordError> {
        self.is_sound()?;
        match self.ledger.finalised() {
            Some(it) => {
                let (by, at) = (it.by.clone(), it.at);
                Err(RecordError::Refused(Refusal::Finalised { by, at }))
            }
            None => Ok(()),
        }
    }

    pub(crate) fn append(
        &mut self,
        kind: RecordKind,
        change: Change,
        now: Timestamp,
    ) -> Result<&Record, RecordError> {
        let n = self.ledger.last().map_or(0, |it| it.n) + 1;
        if n > MAX_NUMBER {
            return Err(StoreError::NumbersUsedUp.into());
        }
        let record = self.journals.append(n, now, kind, change)?;
        if let Some((path, metadata)) = self.journals.own_file() {
            self.seen.note(path, &metadata);
        }
        self.has_recorded = true;
        self.ledger.apply(&record);
        self.records.push(record);
        Ok(self.records.last().expect("it was pushed just now"))
    }
}

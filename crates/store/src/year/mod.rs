//! A year that is open: its ledger, and the way changes take into it.

mod marks;
mod rubric;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kaohe_core::{
    AdoptedFile, Change, Ledger, Record, RecordKind, Refusal, Roster, Stamp, Track, Undoable, UnitId,
    WriterId, check_roster,
};

use crate::atomic::write_file;
use crate::error::{RecordError, StoreError};
use crate::fault::{FaultKind, FileFault};
use crate::files::{JOURNAL, UNITS, YearFiles};
use crate::folder::DataFolder;
use crate::journal::{Journals, LineFault, MAX_NUMBER, Person, Tail};
use crate::roster_file::write_roster;
use crate::year_file::Year;
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

    fn news(&mut self) -> Result<News, StoreError> {
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
    fn look_through(&mut self) -> Result<(), StoreError> {
        let news = self.read_on(Marks::of(&self.folder))?;
        self.untold.extend(news);
        Ok(())
    }

    /// Reads what there is to read; what comes meanwhile is seen at the next look, after which files looked like that.
    fn read_on(&mut self, seen: Marks) -> Result<News, StoreError> {
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
    fn look_anew(&mut self) -> Result<News, StoreError> {
        if Marks::of(&self.folder) == self.seen {
            return Ok(News::default());
        }
        let person = self.journals.person().clone();
        Ok(self.replace(OpenYear::open_to_look(&self.data, self.year.year, person)?))
    }

    /// Reads a year anew in which what came since the last look does not fit what was there.
    fn look_after_change(&mut self, faults: Vec<FileFault>) -> Result<News, StoreError> {
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
    fn replace(&mut self, mut now: OpenYear) -> News {
        now.journals.keep_own_of(&mut self.journals);
        let known: BTreeSet<&Stamp> = self.records.iter().map(|it| &it.stamp).collect();
        let n_records = now.records.iter().filter(|it| !known.contains(&it.stamp)).count();
        let means_the_same = now.year == self.year && has_same_places(&now.ledger, &self.ledger);
        let generation = self.generation + u64::from(!means_the_same);
        let untold = std::mem::take(&mut self.untold);
        *self = OpenYear { generation, has_recorded: self.has_recorded, untold, ..now };
        News { n_records, ..News::default() }
    }

    /// Replaces the roster; the journal says so.
    ///
    /// # Errors
    ///
    /// It is faulty, or units that have records would vanish from it or change their class.
    pub fn replace_roster(&mut self, roster: &Roster, now: Timestamp) -> Result<(), RecordError> {
        self.look()?;
        self.is_open()?;
        let tracks: Vec<Track> = self.ledger.rubrics().iter().map(|it| it.track.clone()).collect();
        let problems = check_roster(roster, &tracks);
        if !problems.is_empty() {
            let fault = |it: kaohe_core::Problem<_>| FileFault {
                file: UNITS.to_owned(),
                position: None,
                severity: it.severity,
                kind: FaultKind::Roster(it.fault),
            };
            return Err(StoreError::Input(problems.into_iter().map(fault).collect()).into());
        }
        let in_use = self.units_in_use_not_in(roster);
        if !in_use.is_empty() {
            return Err(StoreError::UnitsInUse { units: in_use }.into());
        }
        self.journals.take()?;
        self.look()?;
        self.is_open()?;
        write_file(&self.folder.join(UNITS), write_roster(roster).as_bytes())?;
        self.look()?;
        self.adopt(now)
    }

    fn units_in_use_not_in(&self, roster: &Roster) -> Vec<(String, String)> {
        let in_use = units_named(&self.records);
        let stays = |unit: &kaohe_core::Unit| {
            roster.units.iter().any(|it| it.id == unit.id && it.track == unit.track)
        };
        let units = self.ledger.roster().units.iter();
        let leaving = units.filter(|it| in_use.contains(&it.id) && !stays(it));
        leaving.map(|it| (it.id.to_string(), it.name.clone())).collect()
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

/// Returns every unit that any record is about, undone or not: without it the record would be about nothing.
fn units_named(records: &[Record]) -> BTreeSet<&UnitId> {
    fn add<'r>(change: &'r Change, units: &mut BTreeSet<&'r UnitId>) {
        match change {
            Change::Deduct(deduction) | Change::Amend { to: deduction, .. } => {
                units.insert(&deduction.unit);
            }
            Change::SelfScore { unit, .. }
            | Change::Review { unit, .. }
            | Change::NotApplicable { unit, .. } => {
                units.insert(unit);
            }
            // An entry was made by a deduction, which names its unit.
            Change::Withdraw { .. }
            | Change::Restore { .. }
            | Change::Adopt { .. }
            | Change::ReplaceRubric { .. }
            | Change::Finalise { .. }
            | Change::Repair { .. }
            | Change::Reopen { .. } => {}
            Change::Batch { changes, .. } => changes.iter().for_each(|it| add(it, units)),
        }
    }
    let mut units = BTreeSet::new();
    records.iter().for_each(|it| add(&it.change, &mut units));
    units
}

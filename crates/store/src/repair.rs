//! Repairing (修复): damaged lines of journals are moved into quarantine, gap lines stand in their place, and sound
//! lines stay as they are. A damaged year is looked at as it would be after that.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use kaohe_core::{Change, Ledger, Record, Severity, Stamp, WriterId};

use crate::atomic::{sync_folder, write_file};
use crate::error::{RecordError, StoreError};
use crate::fault::{FaultKind, FileFault};
use crate::files::{JOURNAL, Loaded, YearFiles};
use crate::folder::DataFolder;
use crate::journal::{self, Hash, MendedGap, Person, QUARANTINE, Tail};
use crate::spanned::Position;
use crate::year::OpenYear;

/// What repairing does to one damaged journal.
#[derive(Debug)]
pub struct JournalRepair {
    /// The journal, below the year folder.
    pub file: String,
    /// How many sound records it has, all of which count.
    pub n_records: usize,
    /// Where lines are moved away or missing; nothing where sound lines only stand out of their order.
    pub gaps: Vec<RepairGap>,
    writer: WriterId,
    after: Vec<u8>,
}

/// A place where lines are moved away from, or missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairGap {
    /// The lines that are moved, by their numbers in the damaged journal; none where lines are missing.
    pub lines: Vec<u32>,
    /// Their bytes, line ends included.
    pub bytes: Vec<u8>,
    /// The file, below the year folder, that they are moved to; none where there are none.
    pub quarantine: Option<String>,
}

/// What repairing a year has done.
#[derive(Debug)]
pub struct Repaired {
    /// The journals that were damaged.
    pub journals: Vec<JournalRepair>,
    /// How many journals were repaired by somebody whose program ended before it could record that; now it is.
    pub n_late: usize,
    /// Whether the folder has a file system without locks: nothing keeps others from writing there meanwhile.
    pub is_unlocked: bool,
}

/// What damage does to the scores of a year.
#[derive(Debug)]
pub struct RepairEffect {
    /// The year with what damaged lines say as well, where they can still be read.
    pub before: Ledger,
    /// The year as it is repaired: with the sound lines only.
    pub after: Ledger,
    /// How many damaged lines cannot be read at all, so that nobody can say what they would do.
    pub n_unreadable: usize,
}

impl JournalRepair {
    /// Returns how many lines are moved.
    pub fn n_lines(&self) -> usize {
        self.gaps.iter().map(|it| it.lines.len()).sum()
    }

    fn change(&self) -> Change {
        Change::Repair {
            file: self.file.clone(),
            lines: u32::try_from(self.n_lines()).unwrap_or(u32::MAX),
            bytes: self.gaps.iter().map(|it| it.bytes.len() as u64).sum(),
            quarantine: self.gaps.iter().filter_map(|it| it.quarantine.clone()).collect(),
        }
    }
}

impl YearFiles {
    /// Returns the files as they are to be looked at, what they say, and what is damaged of the journals: these are then
    /// as repairing would leave them.
    ///
    /// # Errors
    ///
    /// All faults, where other files are damaged, or a journal so that it cannot be repaired.
    pub(crate) fn looked_at(
        self,
        year: u16,
        people: &[Person],
    ) -> Result<(YearFiles, Loaded, Vec<FileFault>), Vec<FileFault>> {
        let faults = match self.load(Some(year)) {
            Ok(loaded) => return Ok((self, loaded, Vec::new())),
            Err(faults) => faults,
        };
        self.ground(Some(year)).map_err(|_| faults.clone())?;
        let repairs = self.repairs(year, people)?;
        let mut mended = self;
        mended.journals.extend(repairs.into_iter().map(|it| (it.writer, it.after)));
        // Nothing is taken on trust.
        let loaded = mended.load(Some(year)).map_err(|_| faults.clone())?;
        Ok((mended, loaded, faults))
    }

    /// Returns what repairing does to each damaged journal. `people` may have written one whose header is lost.
    fn repairs(&self, year: u16, people: &[Person]) -> Result<Vec<JournalRepair>, Vec<FileFault>> {
        let mut people = people.to_vec();
        let mut damaged = Vec::new();
        let mut elsewhere = BTreeSet::new();
        for (writer, bytes) in &self.journals {
            let mut faults = Vec::new();
            let tail = journal::read_all(writer, bytes, year, &mut Vec::new(), &mut faults);
            people.extend(tail.header.map(|it| Person { by: it.by, machine: it.machine }));
            if faults.is_empty() {
                let lines = journal::whole_lines(bytes).split(|it| *it == b'\n');
                elsewhere.extend(lines.filter_map(journal::sound_hash));
            } else {
                damaged.push((writer, bytes));
            }
        }
        let mut repairs = Vec::new();
        let mut unmendable = Vec::new();
        for (writer, bytes) in damaged {
            let file = journal::file_name(writer);
            match journal::mend(writer, bytes, year, &people, &elsewhere) {
                Ok(mended) => repairs.push(JournalRepair {
                    file,
                    n_records: mended.n_records,
                    gaps: mended.gaps.into_iter().map(gap).collect(),
                    writer: writer.clone(),
                    after: mended.bytes,
                }),
                Err((line, fault)) => unmendable.push(FileFault {
                    file,
                    position: Some(Position { line, column: 1 }),
                    severity: Severity::Error,
                    kind: FaultKind::Journal(fault),
                }),
            }
        }
        if unmendable.is_empty() { Ok(repairs) } else { Err(unmendable) }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a slice is split by reference")]
fn is_end(byte: &u8) -> bool {
    *byte == b'\n'
}

fn gap(gap: MendedGap) -> RepairGap {
    let MendedGap { lines, bytes, digest } = gap;
    RepairGap { lines, bytes, quarantine: digest.map(|it| quarantine(&it)) }
}

/// Returns the path below the year folder of the file with damaged lines of this digest.
fn quarantine(digest: &str) -> String {
    format!("{JOURNAL}/{digest}.{QUARANTINE}")
}

impl DataFolder {
    /// Returns what repairing a year would do: nothing where its journals are sound.
    ///
    /// # Errors
    ///
    /// The year cannot be read, other files than journals are damaged, or a journal so that it cannot be repaired.
    pub fn repairs(&self, year: u16, person: &Person) -> Result<Vec<JournalRepair>, StoreError> {
        let files = self.files(year)?;
        files.ground(Some(year)).map_err(StoreError::Damaged)?;
        let repairs = files.repairs(year, std::slice::from_ref(person)).map_err(StoreError::Damaged)?;
        files.looked_at(year, std::slice::from_ref(person)).map_err(StoreError::Damaged)?;
        Ok(repairs)
    }

    /// Returns what these repairs mean for the scores, before they are done or after.
    ///
    /// # Errors
    ///
    /// The year cannot be read, or other files than journals are damaged.
    pub fn repair_effect(&self, year: u16, repairs: &[JournalRepair]) -> Result<RepairEffect, StoreError> {
        let mut files = self.files(year)?;
        files.journals.extend(repairs.iter().map(|it| (it.writer.clone(), it.after.clone())));
        let Loaded { ledger: after, records, tails, .. } =
            files.load(Some(year)).map_err(StoreError::Damaged)?;
        let mut readable: BTreeMap<Stamp, Record> = BTreeMap::new();
        let mut n_unreadable = 0;
        for repair in repairs {
            let header = tails.get(&repair.writer).and_then(|it| it.header.as_ref());
            let lines =
                repair.gaps.iter().flat_map(|it| journal::whole_lines(&it.bytes).split_inclusive(is_end));
            for line in lines {
                match header.and_then(|it| journal::read_unverified(line, it)) {
                    Some(record) => drop(readable.insert(record.stamp.clone(), record)),
                    None => n_unreadable += 1,
                }
            }
        }
        // A line that is proved counts before one that is not.
        readable.extend(records.into_iter().map(|it| (it.stamp.clone(), it)));
        let mut before = after.emptied();
        before.extend(readable.values());
        Ok(RepairEffect { before, after, n_unreadable })
    }

    /// Returns how many journals were repaired without a record of it: whoever did that was interrupted.
    ///
    /// # Errors
    ///
    /// The year cannot be read, or is damaged.
    pub fn unrecorded_repairs(&self, year: u16) -> Result<usize, StoreError> {
        let Loaded { tails, records, .. } =
            self.files(year)?.load(Some(year)).map_err(StoreError::Damaged)?;
        Ok(unrecorded(&tails, &records).len())
    }

    /// Repairs the journals of a year, and records that this person did; returns what was done. What was repaired before
    /// by somebody who could not record it any more is recorded too; only where lines were merely put into their order
    /// again nothing is left that would tell.
    ///
    /// # Errors
    ///
    /// As for [`DataFolder::repairs`]; or somebody is writing to a damaged journal: then nothing is changed. Or a file
    /// cannot be written: what was repaired until then is sound, and repairing again does the rest.
    pub fn repair(&self, year: u16, person: &Person, now: Timestamp) -> Result<Repaired, RecordError> {
        let folder = self.year_path(year);
        let journals = folder.join(JOURNAL);
        let mut locks = BTreeMap::new();
        for repair in self.repairs(year, person)? {
            match journal::lock(&journals, repair.writer.as_str())? {
                Some(lock) => drop(locks.insert(repair.writer, lock)),
                None => return Err(StoreError::JournalInUse { file: repair.file }.into()),
            }
        }
        // What was written until we held the locks is read now.
        let repairs = self.repairs(year, person)?;
        if let Some(it) = repairs.iter().find(|it| !locks.contains_key(&it.writer)) {
            return Err(StoreError::JournalInUse { file: it.file.clone() }.into());
        }
        for repair in &repairs {
            for gap in &repair.gaps {
                if let Some(file) = &gap.quarantine {
                    keep(&folder.join(file), &gap.bytes)?;
                }
            }
            let path = folder.join(&repair.file);
            // A torn last line is set aside as ever.
            drop(journal::open_whole_lines(&path).map_err(StoreError::write(&path))?);
            write_file(&path, &repair.after)?;
        }
        let mut is_unlocked = locks.values().any(Option::is_none);
        drop(locks);
        let is_late = repairs.is_empty() && self.unrecorded_repairs(year)? > 0;
        let mut n_late = 0;
        if is_late || !repairs.is_empty() {
            let mut open = OpenYear::open(self, year, person.clone())?;
            for repair in &repairs {
                open.record(repair.change(), now)?;
            }
            for change in unrecorded(open.tails(), open.records()) {
                open.record(change, now)?;
                n_late += 1;
            }
            is_unlocked |= open.is_unlocked();
        }
        Ok(Repaired { journals: repairs, n_late, is_unlocked })
    }
}

/// Returns a record of the repair of every journal with gaps that no record tells of.
fn unrecorded(tails: &BTreeMap<WriterId, Tail>, records: &[Record]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (writer, tail) in tails {
        let journal = journal::file_name(writer);
        let mut named: BTreeSet<&str> = BTreeSet::new();
        let mut is_named = false;
        for record in records {
            if let Change::Repair { file, quarantine, .. } = &record.change
                && *file == journal
            {
                is_named = true;
                named.extend(quarantine.iter().map(String::as_str));
            }
        }
        let mut gaps =
            tail.gaps.iter().map(|it| (&it.1, it.1.file.as_deref().map(quarantine))).collect::<Vec<_>>();
        // Of a gap without lines no record says which it is.
        gaps.retain(|it| it.1.as_deref().map_or(!is_named, |file| !named.contains(file)));
        if !gaps.is_empty() {
            changes.push(Change::Repair {
                file: journal,
                lines: gaps.iter().fold(0, |sum, it| sum.saturating_add(it.0.lines)),
                bytes: gaps.iter().fold(0, |sum, it| sum.saturating_add(it.0.bytes)),
                quarantine: gaps.into_iter().filter_map(|it| it.1).collect(),
            });
        }
    }
    changes
}

/// Puts damaged lines into their file, which is named by their digest: whatever else stands there is left of a repair
/// that was interrupted, or damaged.
fn keep(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    if fs::read(path).is_ok_and(|it| it == bytes) {
        // Whoever wrote it may have ended before it was durable.
        let sync = || fs::File::options().write(true).open(path)?.sync_all();
        sync().and_then(|()| sync_folder(path.parent())).map_err(StoreError::write(path))
    } else {
        write_file(path, bytes)
    }
}

/// Returns a warning for every gap, and what is wrong with the files that hold damaged lines.
pub(crate) fn quarantines(folder: &Path, loaded: &Loaded) -> Result<Vec<FileFault>, StoreError> {
    let fault = |file: String, severity, kind| FileFault { file, position: None, severity, kind };
    let mut faults = Vec::new();
    let mut named = BTreeSet::new();
    for (writer, tail) in &loaded.tails {
        for (line, gap) in &tail.gaps {
            let quarantine = gap.file.as_deref().map(quarantine);
            let kind = FaultKind::Repaired { n_lines: gap.lines, quarantine: quarantine.clone() };
            let position = Some(Position { line: *line, column: 1 });
            let file = journal::file_name(writer);
            faults.push(FileFault { position, ..fault(file, Severity::Warning, kind) });
            named.extend(quarantine);
        }
    }
    for file in &named {
        let path = folder.join(file);
        match fs::read(&path) {
            Ok(bytes) if quarantine(&Hash::of(&bytes).to_string()) == *file => {}
            Ok(_) => faults.push(fault(file.clone(), Severity::Error, FaultKind::QuarantineDamaged)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                faults.push(fault(file.clone(), Severity::Warning, FaultKind::QuarantineMissing));
            }
            Err(source) => return Err(StoreError::Read { path, source }),
        }
    }
    let journals = folder.join(JOURNAL);
    let mut unnamed = Vec::new();
    for item in fs::read_dir(&journals).map_err(StoreError::read(&journals))? {
        let name = item.map_err(StoreError::read(&journals))?.file_name();
        let file = format!("{JOURNAL}/{}", name.to_string_lossy());
        if file.ends_with(&format!(".{QUARANTINE}")) && !named.contains(&file) {
            unnamed.push(fault(file, Severity::Error, FaultKind::QuarantineUnnamed));
        }
    }
    unnamed.sort_by(|a, b| a.file.cmp(&b.file));
    faults.extend(unnamed);
    Ok(faults)
}

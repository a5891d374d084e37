//! Fixing a year (定稿): what it rests on is named by digests, a copy of everything is laid beside it, and the record
//! comes last.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use kaohe_core::{AdoptedFile, Change, Ledger, Record, RecordKind, Severity, Stamp, WriterId};

use crate::atomic::{remove_left, write_folder};
use crate::backup::BackupName;
use crate::error::{RecordError, StoreError};
use crate::fault::{FaultKind, FileFault};
use crate::files::{Loaded, YearFiles};
use crate::folder::DataFolder;
use crate::journal::{self, Hash};
use crate::year::OpenYear;

/// The folder beside the years that holds what was fixed.
pub(crate) const FINAL: &str = "final";

/// What fixing a year has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The folder with the copy.
    pub folder: PathBuf,
    /// The digest of everything that was fixed.
    pub digest: String,
}

impl OpenYear {
    /// Fixes the year. `tables` makes the tables of the copy (file name, content); `local` is the time on the wall, which
    /// names its folder.
    ///
    /// # Errors
    ///
    /// The ledger refuses it, what is stored is damaged, or it could not be made durable; then there is no copy either.
    pub fn finalise(
        &mut self,
        provisional: bool,
        tables: impl FnOnce(&Ledger, &[Record]) -> Vec<(String, Vec<u8>)>,
        local: DateTime,
        now: Timestamp,
    ) -> Result<Fixed, RecordError> {
        let change = |files, digest| Change::Finalise { files, digest, provisional };
        let refuse = |ledger: &Ledger, change: &Change| match ledger.refusal(change) {
            Some(refusal) => Err(RecordError::Refused(refusal)),
            None => Ok(()),
        };
        // Asked before a journal is taken, so that a refusal leaves no trace.
        self.look()?;
        if !self.damage().is_empty() {
            return Err(RecordError::Damaged);
        }
        refuse(self.ledger(), &change(Vec::new(), String::new()))?;
        let year = self.year().year;
        let (files, loaded) = self.all_there_is(now, DataFolder::whole_files)?;
        let fixed = fixed_files(&files, &loaded);
        let digest = digest_of(&fixed);
        let change = change(fixed, digest.clone());
        refuse(&loaded.ledger, &change)?;
        let mut copy: Vec<(PathBuf, Vec<u8>)> =
            vec![(format!("{year:04}.ron").into(), files.snapshot_text(year)?.into_bytes())];
        let tables = tables(&loaded.ledger, &loaded.records).into_iter();
        copy.extend(tables.map(|(name, content)| (name.into(), content)));
        remove_left(&self.data().path().join(FINAL), is_folder_of_copy);
        let folder = free_folder(self.data().path(), year, local);
        write_folder(&folder, &copy)?;
        if let Err(error) = self.append(RecordKind::Do, change, now) {
            // A copy without its record would be of nothing; the first error is the one to tell of.
            let _ = fs::remove_dir_all(&folder);
            return Err(error);
        }
        // What a colleague wrote in between may belong before it. Where that cannot be read now, the next look says so:
        // this year is fixed.
        let _ = self.look();
        Ok(Fixed { folder, digest })
    }

    /// Returns the files, and what they say, once that is what the ledger knows: a record that we do not know of could
    /// have the number of ours, and come after it.
    fn all_there_is(
        &mut self,
        now: Timestamp,
        mut read: impl FnMut(&DataFolder, u16) -> Result<YearFiles, StoreError>,
    ) -> Result<(YearFiles, Loaded), RecordError> {
        const MAX_TRIES: usize = 50;
        let year = self.year().year;
        for _ in 0..MAX_TRIES {
            self.prepare(now)?;
            let files = read(self.data(), year)?;
            let loaded = files.load(Some(year)).map_err(StoreError::Damaged)?;
            if loaded.records == self.records() {
                return Ok((files, loaded));
            }
        }
        // Colleagues write without a pause.
        let source = io::ErrorKind::ResourceBusy.into();
        Err(StoreError::Read { path: self.folder().to_owned(), source }.into())
    }
}

/// Returns a folder for the copy that is not there yet: `final/2023-20261125-0745`.
fn free_folder(data: &Path, year: u16, local: DateTime) -> PathBuf {
    let name = format!("{year:04}-{}", local.strftime("%Y%m%d-%H%M"));
    let named = |n: u32| match n {
        1 => data.join(FINAL).join(&name),
        n => data.join(FINAL).join(format!("{name}-{n}")),
    };
    (1..).map(named).find(|it| !it.exists()).expect("some number is free")
}

/// Says whether a folder is called as [`free_folder`] calls it.
fn is_folder_of_copy(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let is_time = |it: &[&str]| BackupName::read(&format!("{}.zip", it.join("-"))).is_some();
    match parts.as_slice() {
        [time @ .., n] if time.len() == 3 => is_time(time) && n.bytes().all(|it| it.is_ascii_digit()),
        time => is_time(time),
    }
}

/// Returns what counts of a year, each file with the digest of its content, each journal with the hash of its last line,
/// which stands for all lines before it.
fn fixed_files(files: &YearFiles, loaded: &Loaded) -> Vec<AdoptedFile> {
    let ground = files.digests().into_iter();
    let tips = loaded
        .tails
        .iter()
        .filter_map(|(writer, tail)| tail.hash.map(|it| (journal::file_name(writer), it.to_string())));
    ground.chain(tips).map(|(path, digest)| AdoptedFile { path, digest }).collect()
}

fn digest_of(files: &[AdoptedFile]) -> String {
    let mut text = String::new();
    files.iter().for_each(|it| text.push_str(&format!("{} {}\n", it.path, it.digest)));
    Hash::of(text.as_bytes()).to_string()
}

/// Returns how a year that is fixed differs from what was fixed: files that changed, journals that lost lines, and
/// records that came after it, which count all the same.
pub(crate) fn differences(files: &YearFiles, loaded: &Loaded) -> Vec<FileFault> {
    let Some(finalised) = loaded.ledger.finalised() else { return Vec::new() };
    let record = loaded.records.iter().find(|it| it.stamp == finalised.stamp);
    let Some(Change::Finalise { files: fixed, digest, .. }) = record.map(|it| &it.change) else {
        return Vec::new();
    };
    let fault = |file: String, kind| FileFault { file, position: None, severity: Severity::Error, kind };
    let mut faults = Vec::new();
    if digest_of(fixed) != *digest {
        faults.push(fault(journal::file_name(&finalised.stamp.writer), FaultKind::NotAsFixed));
    }
    let now = files.digests();
    let fixed: BTreeMap<&str, &str> = fixed.iter().map(|it| (it.path.as_str(), it.digest.as_str())).collect();
    for (path, digest) in &fixed {
        let is_journal = path.starts_with(journal::FOLDER_PREFIX);
        if !is_journal && now.get(*path).map(String::as_str) != Some(*digest) {
            faults.push(fault((*path).to_owned(), FaultKind::NotAsFixed));
        }
    }
    let mut late: Vec<&Stamp> = Vec::new();
    for (writer, bytes) in &files.journals {
        let file = journal::file_name(writer);
        let n_after = match fixed.get(file.as_str()) {
            // It did not exist then, or nobody here knew of it.
            None => usize::MAX,
            Some(tip) => match n_lines_after(bytes, tip) {
                Some(n_after) => {
                    // Its last line is as it was, and says nothing of a line before it that was lost since.
                    if was_repaired_since(loaded, writer, &finalised.stamp) {
                        faults.push(fault(file, FaultKind::NotAsFixed));
                    }
                    n_after
                }
                None => {
                    faults.push(fault(file, FaultKind::NotAsFixed));
                    continue;
                }
            },
        };
        let own: Vec<&Record> = loaded.records.iter().filter(|it| it.stamp.writer == *writer).collect();
        let after = own.iter().skip(own.len().saturating_sub(n_after));
        late.extend(after.filter(|it| counts(&it.change)).map(|it| &it.stamp));
    }
    for path in fixed.keys().filter(|it| it.starts_with(journal::FOLDER_PREFIX)) {
        if !files.journals.keys().any(|it| journal::file_name(it) == **path) {
            faults.push(fault((*path).to_owned(), FaultKind::NotAsFixed));
        }
    }
    late.sort();
    faults.extend(
        late.into_iter()
            .map(|it| fault(journal::file_name(&it.writer), FaultKind::AfterFinalise { stamp: it.clone() })),
    );
    faults
}

/// Returns how many complete lines with a record follow the one with this hash; nothing where no line has it.
fn n_lines_after(journal: &[u8], tip: &str) -> Option<usize> {
    let seal = format!(",hash:\"{tip}\")\n");
    let lines: Vec<&[u8]> = journal.split_inclusive(|it| *it == b'\n').collect();
    let at = lines.iter().rposition(|it| it.ends_with(seal.as_bytes()))?;
    Some(lines[at + 1..].iter().filter(|it| it.ends_with(b"\n") && !journal::is_gap(it)).count())
}

/// Says whether a record is about what was fixed, not about its being fixed.
fn counts(change: &Change) -> bool {
    match change {
        Change::Finalise { .. } | Change::Reopen { .. } | Change::Repair { .. } => false,
        Change::Deduct(_)
        | Change::Amend { .. }
        | Change::Withdraw { .. }
        | Change::Restore { .. }
        | Change::SelfScore { .. }
        | Change::Review { .. }
        | Change::NotApplicable { .. }
        | Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Batch { .. } => true,
    }
}

/// Says whether lines of a journal were moved into quarantine after the record with this stamp: a later record says so,
/// or more stand there than the earlier ones say.
fn was_repaired_since(loaded: &Loaded, writer: &WriterId, stamp: &Stamp) -> bool {
    let journal = journal::file_name(writer);
    let mut n_before = 0;
    for record in &loaded.records {
        match &record.change {
            Change::Repair { file, .. } if *file == journal && record.stamp > *stamp => return true,
            Change::Repair { file, lines, .. } if *file == journal => n_before += u64::from(*lines),
            Change::Repair { .. }
            | Change::Deduct(_)
            | Change::Amend { .. }
            | Change::Withdraw { .. }
            | Change::Restore { .. }
            | Change::SelfScore { .. }
            | Change::Review { .. }
            | Change::NotApplicable { .. }
            | Change::Adopt { .. }
            | Change::ReplaceRubric { .. }
            | Change::Finalise { .. }
            | Change::Reopen { .. }
            | Change::Batch { .. } => {}
        }
    }
    let gaps = loaded.tails.get(writer).into_iter().flat_map(|it| &it.gaps);
    gaps.map(|it| u64::from(it.1.lines)).sum::<u64>() > n_before
}

impl DataFolder {
    /// Returns the files of a year without a line that a colleague is writing just now, or that was torn by a cut.
    pub(crate) fn whole_files(&self, year: u16) -> Result<YearFiles, StoreError> {
        let mut files = self.files(year)?;
        for journal in files.journals.values_mut() {
            journal.truncate(journal::whole_lines(journal).len());
        }
        files.journals.retain(|_, journal| !journal.is_empty());
        Ok(files)
    }
}

#[cfg(test)]
mod tests {
    use kaohe_core::Deduction;

    use super::*;
    use crate::journal::Person;
    use crate::new_year::NewYear;

    #[test]
    fn the_folders_of_copies_are_known_by_their_names() {
        for name in ["2023-20261125-0745", "2023-20261125-0745-2"] {
            assert!(is_folder_of_copy(name), "{name}");
        }
        for name in ["2023", "2023-20261125", "2023-20261125-0745-x", "2023-20261125-0745-2-3", "x"] {
            assert!(!is_folder_of_copy(name), "{name}");
        }
    }

    #[test]
    fn what_a_colleague_records_meanwhile_comes_before_the_year_is_fixed() {
        let keep = tempfile::tempdir().unwrap();
        let data = DataFolder::at(keep.path());
        NewYear::builtin(2023).create(&data).unwrap();
        let now: Timestamp = "2023-11-06T01:12:33Z".parse().unwrap();
        let open = |by: &str| {
            OpenYear::open(&data, 2023, Person { by: by.to_owned(), machine: "PC-1".to_owned() }).unwrap()
        };
        let late =
            Deduction::once("Q02".into(), "proactive".into(), "late".into(), jiff::civil::date(2023, 11, 6));
        let (mut year, mut colleague) = (open("a"), open("z"));
        let mut n_reads = 0;
        let read = |data: &DataFolder, year| {
            n_reads += 1;
            if n_reads == 1 {
                colleague.record(Change::Deduct(late.clone()), now).unwrap();
            }
            data.whole_files(year)
        };
        let (_, loaded) = year.all_there_is(now, read).unwrap();
        assert_eq!(n_reads, 2);
        assert_eq!(loaded.records, year.records());
        assert!(loaded.records.iter().any(|it| it.by == "z"));
    }
}

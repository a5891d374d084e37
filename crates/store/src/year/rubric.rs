//! Putting another rubric in the place of one in force: the file first, then its record.

use jiff::Timestamp;
use kaohe_core::{Change, EntryId, RankOptions, Record, RecordKind, RubricId, rubric_change};

use super::OpenYear;
use crate::atomic::{create_folder, write_file};
use crate::error::{RecordError, StoreError};
use crate::files::{RUBRICS, VERSIONS};
use crate::folder::{version_name, version_of};
use crate::journal::Hash;
use crate::rubric_file::read_rubric;

impl OpenYear {
    /// Puts the rubric at `path` in place, and records the change.
    pub(super) fn put_rubric(
        &mut self,
        path: &str,
        after: &[u8],
        (kind, change): (RecordKind, Change),
        now: Timestamp,
    ) -> Result<&Record, RecordError> {
        self.fits(path, after)?;
        // The rubric is replaced first: of a record without its file nobody could say what the scores rest on, while a
        // file without its record is found and adopted.
        let target = self.folder.join(path);
        let before = std::fs::read(&target).map_err(StoreError::read(&target))?;
        // Somebody may have saved it in an editor since it was looked at: that must not be written over.
        if let Change::ReplaceRubric { from, .. } = &change
            && Hash::of(&before).to_string() != *from
        {
            return Err(StoreError::RubricEditedSince { path: path.to_owned() }.into());
        }
        let written = write_file(&target, after).map_err(|error| match error {
            // It does not stay there.
            StoreError::Unconfirmed { path, source } => StoreError::Write { path, source }.into(),
            error => RecordError::from(error),
        });
        if let Err(error) = written.and_then(|()| self.append(kind, change, now).map(drop)) {
            write_file(&target, &before)?;
            return Err(error);
        }
        // It is done, whether or not the files can be read again now; if not, the next look says so.
        // The files are read whatever they look like: this one was written just now.
        let _ = self.look_through();
        Ok(self.records.last().expect("it was pushed just now"))
    }

    /// Returns the version of a rubric with digest `to`, to be put in the place of the one with digest `from`.
    pub(super) fn version(&self, path: &str, from: &str, to: &str) -> Result<Vec<u8>, StoreError> {
        if self.digests.get(path).map(String::as_str) != Some(from) {
            return Err(StoreError::RubricEditedSince { path: path.to_owned() });
        }
        let version = self.ground.versions.get(version_of(to)).cloned();
        // What is not what its name says must not come to be scored by.
        version
            .filter(|it| Hash::of(it).to_string() == to)
            .ok_or_else(|| StoreError::VersionMissing { path: format!("{VERSIONS}/{}.ron", version_of(to)) })
    }

    /// Makes sure that the year can be opened with a rubric in the place of the one at `path`, and that no record would
    /// fit it no longer.
    fn fits(&self, path: &str, bytes: &[u8]) -> Result<(), RecordError> {
        let (rubric, _) = read_rubric(path, bytes).map_err(StoreError::Input)?;
        let id = rubric.id.clone();
        // A journal names the file; no line of one may put a rubric in the place of anything else.
        if path != rubric_file(&id) {
            return Err(StoreError::VersionMissing { path: path.to_owned() }.into());
        }
        let mut ground = self.ground.clone();
        ground.rubrics.insert(id.clone(), bytes.to_vec());
        ground.ground(Some(self.year.year)).map_err(StoreError::Input)?;
        let change = rubric_change(&self.ledger, &self.records, rubric, RankOptions::default());
        let Some(change) = change else {
            let known = self.ledger.rubrics().iter().map(|it| it.id.to_string()).collect();
            return Err(StoreError::RubricNotInForce { id: id.to_string(), known }.into());
        };
        if change.misfits.is_empty() {
            return Ok(());
        }
        let misfits = change.misfits.into_iter().map(|it| {
            let id = EntryId { stamp: it.record.stamp.clone(), part: it.part };
            (id, it.refusal)
        });
        Err(RecordError::Misfits(misfits.collect()))
    }

    /// Puts another rubric in the place of the one of its class with the same id; one recorded step, which undo takes
    /// back. The bytes are kept as they are. What else it would move, [`kaohe_core::rubric_change`] says beforehand.
    ///
    /// # Errors
    ///
    /// It is faulty (all faults), none with its id is in force, records would not fit it any more (all of them), or it
    /// could not be made durable.
    pub fn replace_rubric(
        &mut self,
        file: &str,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<&Record, RecordError> {
        self.look()?;
        self.is_open()?;
        let (rubric, _) = read_rubric(file, bytes).map_err(StoreError::Input)?;
        let id = rubric.id.clone();
        let Some(current) = self.ground.rubrics.get(&id).cloned().filter(|_| self.year.rubrics.contains(&id))
        else {
            let known = self.ledger.rubrics().iter().map(|it| it.id.to_string()).collect();
            return Err(StoreError::RubricNotInForce { id: id.to_string(), known }.into());
        };
        self.fits(&rubric_file(&id), bytes)?;
        let versions = self.folder.join(VERSIONS);
        create_folder(&versions).map_err(StoreError::write(&versions))?;
        for version in [current.as_slice(), bytes] {
            let path = versions.join(format!("{}.ron", version_name(version)));
            // A damaged one is written anew.
            if std::fs::read(&path).ok().as_deref() != Some(version) {
                write_file(&path, version)?;
            }
        }
        let digest = |bytes: &[u8]| Hash::of(bytes).to_string();
        let path = rubric_file(&id);
        self.record(Change::ReplaceRubric { path, from: digest(&current), to: digest(bytes) }, now)
    }
}

/// Returns where a rubric stands below the year folder.
fn rubric_file(id: &RubricId) -> String {
    format!("{RUBRICS}/{id}.ron")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::DataFolder;
    use crate::journal::Person;
    use crate::new_year::NewYear;

    #[test]
    fn a_rubric_that_was_saved_in_an_editor_just_before_is_not_written_over() {
        let keep = tempfile::tempdir().unwrap();
        let data = DataFolder::at(keep.path());
        NewYear::builtin(2023).create(&data).unwrap();
        let person = Person { by: "zhang".to_owned(), machine: "PC-1".to_owned() };
        let mut year = OpenYear::open(&data, 2023, person).unwrap();
        let now: Timestamp = "2023-11-06T01:12:33Z".parse().unwrap();
        let path = "rubrics/district.ron";
        let target = year.folder.join(path);
        let before = std::fs::read_to_string(&target).unwrap();
        let (edited, after) = (format!("{before}// edited\n"), format!("{before}// adopted\n"));
        std::fs::write(&target, &edited).unwrap();
        let digest = |text: &str| Hash::of(text.as_bytes()).to_string();
        let change =
            Change::ReplaceRubric { path: path.to_owned(), from: digest(&before), to: digest(&after) };
        let refused = year.put_rubric(path, after.as_bytes(), (RecordKind::Do, change), now);
        assert!(matches!(refused, Err(RecordError::Store(StoreError::RubricEditedSince { .. }))));
        assert!(std::fs::read_to_string(&target).unwrap() == edited);
        assert_eq!(year.records().len(), 0);
    }
}

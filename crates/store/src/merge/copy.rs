//! A colleague's copy of a year, as it lies on a stick or in a folder that was sent.

use std::fs;
use std::path::{Path, PathBuf};

use kaohe_core::{Severity, is_plain_id};

use crate::bounded;
use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};
use crate::files::{JOURNAL, RUBRICS, UNITS, VERSIONS, YEAR, YearFiles};
use crate::folder::{read_files, versions_damaged};
use crate::journal::{file_name, whole_lines};
use crate::year_file::read_year;

/// A colleague's copy of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearCopy {
    folder: PathBuf,
    year: u16,
}

impl YearCopy {
    /// Returns the copy at this path: a year folder, whatever its name, or a data folder that holds the year. A year
    /// folder says itself of which year it is, where none is wanted; of a data folder it is `default` then.
    ///
    /// # Errors
    ///
    /// There is none, or it is of another year.
    pub fn find(path: &Path, wanted: Option<u16>, default: u16) -> Result<YearCopy, StoreError> {
        let year_file = path.join(YEAR);
        if !year_file.exists() {
            let year = wanted.unwrap_or(default);
            let folder = path.join(format!("{year:04}"));
            if !folder.join(YEAR).exists() {
                return Err(StoreError::NotACopy { path: path.to_owned(), year });
            }
            return Ok(YearCopy { folder, year });
        }
        let copy = YearCopy { folder: path.to_owned(), year: wanted.unwrap_or(default) };
        copy.check_files()?;
        let mut faults = Vec::new();
        let bytes = bounded::within(path, YEAR, &mut faults)?;
        if !faults.is_empty() {
            return Err(copy.faulty(faults));
        }
        let year = read_year(YEAR, &bytes).map_err(|faults| copy.faulty(faults))?.year;
        match wanted {
            Some(wanted) if wanted != year => {
                Err(StoreError::NotACopy { path: path.to_owned(), year: wanted })
            }
            Some(_) | None => Ok(YearCopy { year, ..copy }),
        }
    }

    /// Returns of which year it is.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// Returns its files, complete lines of journals only, and the journals whose torn last line was left out.
    ///
    /// # Errors
    ///
    /// A file cannot be read or leads out of the folder, or a kept rubric is not what its name says.
    pub(super) fn read(&self) -> Result<(YearFiles, Vec<PathBuf>), StoreError> {
        self.check_files()?;
        let mut files = read_files(&self.folder).map_err(|error| match error {
            StoreError::Damaged(faults) => self.faulty(faults),
            other => other,
        })?;
        let mut torn = Vec::new();
        for (writer, bytes) in &mut files.journals {
            let n_whole = whole_lines(bytes).len();
            if n_whole < bytes.len() {
                torn.push(self.folder.join(file_name(writer)));
                bytes.truncate(n_whole);
            }
        }
        let damaged = versions_damaged(&files);
        if damaged.is_empty() { Ok((files, torn)) } else { Err(self.faulty(damaged)) }
    }

    /// Returns faults of the copy as the person sees them, who named its folder.
    pub(super) fn faulty(&self, faults: Vec<FileFault>) -> StoreError {
        let within = |it: FileFault| {
            let file = self.folder.join(&it.file).display().to_string();
            FileFault { file, ..it }
        };
        StoreError::Input(faults.into_iter().map(within).collect())
    }

    /// Looks at every file before it is read: a copy that was sent may hold links to anything, or a pipe on which
    /// reading would wait for ever.
    fn check_files(&self) -> Result<(), StoreError> {
        let root = fs::canonicalize(&self.folder).map_err(StoreError::read(&self.folder))?;
        let mut names = vec![YEAR.to_owned(), UNITS.to_owned()];
        let mut faults = Vec::new();
        let leads_out = |file: String| FileFault {
            file,
            position: None,
            severity: Severity::Error,
            kind: FaultKind::LeadsOut,
        };
        for name in [RUBRICS, VERSIONS, JOURNAL] {
            let folder = self.folder.join(name);
            if !folder.exists() {
                continue;
            }
            let is_inside = fs::canonicalize(&folder).is_ok_and(|it| it.starts_with(&root));
            if !is_inside || !folder.is_dir() {
                faults.push(leads_out(name.to_owned()));
                continue;
            }
            for item in fs::read_dir(&folder).map_err(StoreError::read(&folder))? {
                let item = item.map_err(StoreError::read(&folder))?.file_name();
                let stem = item.to_str().and_then(|it| it.strip_suffix(".ron"));
                names.extend(stem.filter(|it| is_plain_id(it)).map(|it| format!("{name}/{it}.ron")));
            }
        }
        for name in names {
            let path = self.folder.join(&name);
            // One that is missing is told as such, with what else is missing.
            if fs::symlink_metadata(&path).is_err() {
                continue;
            }
            let is_inside = fs::canonicalize(&path).is_ok_and(|it| it.starts_with(&root));
            if !is_inside || !path.is_file() {
                faults.push(leads_out(name));
            }
        }
        faults.sort_by(|a, b| a.file.cmp(&b.file));
        if faults.is_empty() { Ok(()) } else { Err(self.faulty(faults)) }
    }
}

//! The data folder: one folder a year.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kaohe_core::{Ledger, Refusal, RubricId, Severity, Stamp, is_plain_id};

use crate::atomic::write_folder;
use crate::bounded;
use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};
use crate::files::{JOURNAL, RUBRICS, UNITS, VERSIONS, YEAR, YearFiles};
use crate::journal::{self, Hash};

/// The folder that holds a folder for each year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFolder {
    path: PathBuf,
}

impl DataFolder {
    /// Returns the data folder at this path, which need not exist yet.
    pub fn at(path: impl Into<PathBuf>) -> DataFolder {
        DataFolder { path: path.into() }
    }

    /// Returns its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the folder of a year.
    pub fn year_path(&self, year: u16) -> PathBuf {
        self.path.join(format!("{year:04}"))
    }

    /// Returns the years that there are, oldest first.
    ///
    /// # Errors
    ///
    /// The folder exists and cannot be read.
    pub fn years(&self) -> Result<Vec<u16>, StoreError> {
        let items = match fs::read_dir(&self.path) {
            Ok(items) => items,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(StoreError::Read { path: self.path.clone(), source }),
        };
        let mut years = Vec::new();
        for item in items {
            let item = item.map_err(StoreError::read(&self.path))?;
            let name = item.file_name();
            let digits = name.to_str().filter(|it| it.len() == 4 && it.bytes().all(|b| b.is_ascii_digit()));
            let year: Option<u16> = digits.and_then(|it| it.parse().ok());
            // A year that has lost one of its files is a damaged year, not none.
            let is_year = || [YEAR, UNITS, JOURNAL].iter().any(|it| item.path().join(it).exists());
            years.extend(year.filter(|_| is_year()));
        }
        years.sort_unstable();
        Ok(years)
    }

    /// Returns `wanted`, or the newest year.
    ///
    /// # Errors
    ///
    /// There is no such year, or none at all.
    pub fn pick_year(&self, wanted: Option<u16>) -> Result<u16, StoreError> {
        let known = self.years()?;
        match wanted {
            Some(year) if known.contains(&year) => Ok(year),
            Some(year) => Err(StoreError::NoSuchYear { year, data: self.path.clone(), known }),
            None => known.last().copied().ok_or_else(|| StoreError::NoYears { data: self.path.clone() }),
        }
    }

    /// Returns all faults of what is stored of a year, and what is worth a look as warnings: nothing where everything is
    /// sound.
    ///
    /// # Errors
    ///
    /// Files cannot be read at all.
    pub fn check(&self, year: u16) -> Result<Vec<FileFault>, StoreError> {
        let files = match self.files(year) {
            Ok(files) => files,
            Err(StoreError::Damaged(faults)) => return Ok(faults),
            Err(error) => return Err(error),
        };
        let mut faults = match files.load(Some(year)) {
            Ok(loaded) => {
                let mut faults = unresolved(&loaded.ledger);
                faults.extend(changed_since_adopted(&loaded.ledger, &files));
                faults.extend(versions_damaged(&files));
                faults.extend(crate::finalise::differences(&files, &loaded));
                faults.extend(crate::repair::quarantines(&self.year_path(year), &loaded)?);
                faults
            }
            Err(faults) => faults,
        };
        faults.extend(crate::strays::look(&self.year_path(year), &files)?);
        Ok(faults)
    }

    /// Returns all files of a year.
    pub(crate) fn files(&self, year: u16) -> Result<YearFiles, StoreError> {
        read_files(&self.year_path(year))
    }

    /// Returns the files that scores rest on.
    pub(crate) fn files_but_journals(&self, year: u16) -> Result<YearFiles, StoreError> {
        read_files_but_journals(&self.year_path(year))
    }

    /// Writes a new year's folder, whole or not at all.
    pub(crate) fn create(&self, year: u16, files: &YearFiles) -> Result<(), StoreError> {
        let path = self.year_path(year);
        if path.exists() {
            return Err(StoreError::YearExists { year, path });
        }
        let mut contents: Vec<(PathBuf, Vec<u8>)> =
            files.paths().into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
        // A folder cannot be empty here and must be there: the first person to write finds it.
        contents.push((PathBuf::from(JOURNAL).join("README.txt"), JOURNAL_README.as_bytes().to_vec()));
        write_folder(&path, &contents)
    }
}

/// Returns all files of the year in this folder.
pub(crate) fn read_files(folder: &Path) -> Result<YearFiles, StoreError> {
    let mut faults = Vec::new();
    let mut files = read_ground(folder, &mut faults)?;
    for (writer, _) in journal::files(&folder.join(JOURNAL))? {
        let bytes = bounded::within(folder, &journal::file_name(&writer), &mut faults)?;
        files.journals.insert(writer, bytes);
    }
    if faults.is_empty() { Ok(files) } else { Err(StoreError::Damaged(faults)) }
}

fn read_files_but_journals(folder: &Path) -> Result<YearFiles, StoreError> {
    let mut faults = Vec::new();
    let files = read_ground(folder, &mut faults)?;
    if faults.is_empty() { Ok(files) } else { Err(StoreError::Damaged(faults)) }
}

/// Reads all but the journals; what is too large, or no file, is a fault.
fn read_ground(folder: &Path, faults: &mut Vec<FileFault>) -> Result<YearFiles, StoreError> {
    let missing = [YEAR, UNITS, RUBRICS, JOURNAL].into_iter().filter(|it| !folder.join(it).exists());
    let fault = |it: &str| FileFault {
        file: it.to_owned(),
        position: None,
        severity: Severity::Error,
        kind: FaultKind::FileMissing,
    };
    let missing: Vec<FileFault> = missing.map(fault).collect();
    if !missing.is_empty() {
        return Err(StoreError::Damaged(missing));
    }
    let mut read = |file: &str| bounded::within(folder, file, faults);
    let mut files = YearFiles { year: read(YEAR)?, units: read(UNITS)?, ..YearFiles::default() };
    for (id, _) in rubric_files(&folder.join(RUBRICS))? {
        let bytes = read(&format!("{RUBRICS}/{id}.ron"))?;
        files.rubrics.insert(id, bytes);
    }
    // Years of before the first replacement have no such folder.
    let versions = folder.join(VERSIONS);
    if versions.exists() {
        for (digest, _) in rubric_files(&versions)? {
            let bytes = read(&format!("{VERSIONS}/{digest}.ron"))?;
            files.versions.insert(digest.to_string(), bytes);
        }
    }
    Ok(files)
}

const JOURNAL_README: &str = "\
留痕：每人每机一个文件，一行一条记录，只增不改。\r\n\
请不要用编辑器改动这里的 .ron 文件：每行都带校验，改动会被 kaohe check 指出。\r\n";

pub(crate) fn rubric_files(folder: &Path) -> Result<Vec<(RubricId, PathBuf)>, StoreError> {
    let mut files = Vec::new();
    for item in fs::read_dir(folder).map_err(StoreError::read(folder))? {
        let path = item.map_err(StoreError::read(folder))?.path();
        let Some(stem) = path.file_stem().and_then(|it| it.to_str()) else { continue };
        if path.extension().is_some_and(|it| it == "ron") && is_plain_id(stem) {
            files.push((RubricId::from(stem), path));
        }
    }
    files.sort();
    Ok(files)
}

/// Returns the records that do not fit the rubrics and the roster, as faults of their journals.
fn unresolved(ledger: &Ledger) -> Vec<FileFault> {
    let fault = |(stamp, refusal): &(Stamp, Refusal)| FileFault {
        file: journal::file_name(&stamp.writer),
        position: None,
        severity: Severity::Error,
        kind: FaultKind::Unresolved { stamp: stamp.clone(), refusal: refusal.clone() },
    };
    ledger.unresolved().iter().map(fault).collect()
}

/// Returns the kept versions of rubrics that are not what their names say.
pub(crate) fn versions_damaged(files: &YearFiles) -> Vec<FileFault> {
    let is_damaged = |it: &(&String, &Vec<u8>)| version_name(it.1) != *it.0;
    let fault = |(name, _): (&String, &Vec<u8>)| FileFault {
        file: format!("{VERSIONS}/{name}.ron"),
        position: None,
        severity: Severity::Error,
        kind: FaultKind::VersionDamaged,
    };
    files.versions.iter().filter(is_damaged).map(fault).collect()
}

/// Returns the name under which a version of a rubric is kept: the beginning of its digest, which is enough to tell
/// versions apart and short enough for a name everywhere.
pub(crate) fn version_name(bytes: &[u8]) -> String {
    version_of(&Hash::of(bytes).to_string()).to_owned()
}

/// Returns the name under which the version with this digest is kept.
pub(crate) fn version_of(digest: &str) -> &str {
    digest.get(..32).unwrap_or(digest)
}

/// Returns the files that were changed by something else than this program after the records came to rest on them.
fn changed_since_adopted(ledger: &Ledger, files: &YearFiles) -> Vec<FileFault> {
    let now = files.digests();
    let is_changed = |it: &(&String, &String)| now.get(it.0).is_some_and(|now| now != it.1);
    let fault = |(path, _): (&String, &String)| FileFault {
        file: path.clone(),
        position: None,
        severity: Severity::Warning,
        kind: FaultKind::ChangedSince,
    };
    ledger.adopted().iter().filter(is_changed).map(fault).collect()
}

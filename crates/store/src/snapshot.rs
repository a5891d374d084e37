//! A whole year as one RON text: every file of it, word for word.
//!
//! Rubrics keep their comments, journals their chain, so what is read back is the same year, and exporting it again
//! gives the same bytes.

use std::path::Path;

use kaohe_core::{RubricId, Severity, WriterId, is_plain_id};
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::as_of::{AsOf, AsOfError, past};
use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};
use crate::files::{JOURNAL, RUBRICS, UNITS, VERSIONS, YEAR, YearFiles};
use crate::folder::DataFolder;
use crate::journal::FORMAT;
use crate::spanned::Position;
use crate::text::utf8;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Snapshot {
    format: u32,
    year: u16,
    files: Vec<File>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: String,
    text: String,
}

/// Returns the SHA-256 digest of a snapshot, as `sha256sum` writes that of its file.
pub fn snapshot_digest(snapshot: &str) -> String {
    Sha256::digest(snapshot.as_bytes()).iter().map(|it| format!("{it:02x}")).collect()
}

impl DataFolder {
    /// Returns a snapshot of a year, which is checked first.
    ///
    /// # Errors
    ///
    /// The year is not there, cannot be read or is damaged.
    pub fn snapshot(&self, year: u16) -> Result<String, StoreError> {
        let year = self.pick_year(Some(year))?;
        let files = self.whole_files(year)?;
        files.load(Some(year)).map_err(StoreError::Damaged)?;
        files.snapshot_text(year)
    }

    /// Returns the digest of a year's snapshot, of the files as they stand: who shows it beside scores has read the year,
    /// and knows whether it is sound.
    ///
    /// # Errors
    ///
    /// The year is not there, or its files cannot be read as text.
    pub fn digest(&self, year: u16) -> Result<String, StoreError> {
        let year = self.pick_year(Some(year))?;
        Ok(snapshot_digest(&self.whole_files(year)?.snapshot_text(year)?))
    }

    /// Returns a snapshot of a year as it was, and the files that were not kept, which are as they are today.
    ///
    /// # Errors
    ///
    /// As for [`DataFolder::snapshot`], or there is no such moment in the year.
    pub fn snapshot_as_of(&self, year: u16, as_of: &AsOf) -> Result<(String, Vec<String>), AsOfError> {
        let year = self.pick_year(Some(year))?;
        let files = self.whole_files(year)?;
        let today = files.load(Some(year)).map_err(StoreError::Damaged)?;
        let (files, lost) = past(&files, &today, as_of)?;
        files.load(Some(year)).map_err(StoreError::Damaged)?;
        Ok((files.snapshot_text(year)?, lost))
    }

    /// Creates a year from a snapshot; returns which year it is. `file` is how faults name the snapshot.
    ///
    /// # Errors
    ///
    /// The snapshot is faulty (all faults of what it holds), or that year exists already.
    pub fn create_from_snapshot(&self, file: &str, bytes: &[u8]) -> Result<u16, StoreError> {
        let (year, files) = read_snapshot(file, bytes).map_err(StoreError::Input)?;
        files.load(Some(year)).map_err(|faults| {
            let within = |it: FileFault| FileFault { file: format!("{file} → {}", it.file), ..it };
            StoreError::Input(faults.into_iter().map(within).collect())
        })?;
        self.create(year, &files)?;
        Ok(year)
    }
}

impl YearFiles {
    /// Returns all files as the text of a snapshot.
    pub(crate) fn snapshot_text(&self, year: u16) -> Result<String, StoreError> {
        // A rubric that is not in force was not read until now.
        let utf8 = |(path, bytes): (std::path::PathBuf, &[u8])| {
            utf8(&slashed(&path), bytes).err().unwrap_or_default()
        };
        let faults: Vec<FileFault> = self.paths().into_iter().flat_map(utf8).collect();
        if !faults.is_empty() {
            return Err(StoreError::Damaged(faults));
        }
        let file = |(path, bytes): (std::path::PathBuf, &[u8])| File {
            path: slashed(&path),
            text: String::from_utf8_lossy(bytes).into_owned(),
        };
        let snapshot = Snapshot { format: FORMAT, year, files: self.paths().into_iter().map(file).collect() };
        let config = PrettyConfig::new().struct_names(true).escape_strings(false).new_line("\n");
        let text =
            ron::ser::to_string_pretty(&snapshot, config).expect("a snapshot has only texts and numbers");
        Ok(format!("// {year}年全部数据：kaohe import year 可原样读回\n{text}\n"))
    }
}

fn read_snapshot(file: &str, bytes: &[u8]) -> Result<(u16, YearFiles), Vec<FileFault>> {
    let text = utf8(file, bytes)?;
    let fault =
        |position, kind| FileFault { file: file.to_owned(), position, severity: Severity::Error, kind };
    let snapshot: Snapshot = ron::from_str(text).map_err(|error| {
        let end = error.span.end;
        let line = u32::try_from(end.line).unwrap_or(u32::MAX);
        let column = u32::try_from(end.col).unwrap_or(u32::MAX);
        let message = error.code.to_string();
        vec![fault(Some(Position { line, column }), FaultKind::NotASnapshot { message })]
    })?;
    if snapshot.format > FORMAT {
        return Err(vec![fault(None, FaultKind::NewerFormat { found: snapshot.format })]);
    }
    let mut files = YearFiles::default();
    let mut faults = Vec::new();
    for File { path, text } in snapshot.files {
        let is_placed = place(&mut files, &path, text.into_bytes());
        if !is_placed {
            let strange = FaultKind::StrangeFile;
            faults.push(FileFault { file: format!("{file} → {path}"), ..fault(None, strange) });
        }
    }
    if faults.is_empty() { Ok((snapshot.year, files)) } else { Err(faults) }
}

/// Puts a file where it belongs; says so where it belongs nowhere. No name leads out of the year folder.
fn place(files: &mut YearFiles, path: &str, bytes: Vec<u8>) -> bool {
    match path {
        YEAR => files.year = bytes,
        UNITS => files.units = bytes,
        _ => {
            let Some((folder, name)) = path.split_once('/') else { return false };
            let Some(stem) = name.strip_suffix(".ron").filter(|it| is_plain_id(it)) else { return false };
            let earlier = match folder {
                RUBRICS => files.rubrics.insert(RubricId::from(stem), bytes),
                VERSIONS => files.versions.insert(stem.to_owned(), bytes),
                JOURNAL => files.journals.insert(WriterId::from(stem), bytes),
                _ => return false,
            };
            return earlier.is_none();
        }
    }
    true
}

fn slashed(path: &Path) -> String {
    path.iter().map(|it| it.to_string_lossy()).collect::<Vec<_>>().join("/")
}

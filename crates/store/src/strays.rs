//! What lies in a year folder and does not belong there, or is left of a cut.

use std::fs;
use std::path::Path;

use kaohe_core::{Severity, is_plain_id};

use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};
use crate::files::{JOURNAL, RUBRICS, UNITS, VERSIONS, YEAR, YearFiles};
use crate::journal;

/// Returns a warning for every torn last line, for every line set aside, and for every file that nothing reads.
pub(crate) fn look(folder: &Path, files: &YearFiles) -> Result<Vec<FileFault>, StoreError> {
    let mut faults = Vec::new();
    let mut warn = |file: String, kind| {
        faults.push(FileFault { file, position: None, severity: Severity::Warning, kind });
    };
    for (writer, bytes) in &files.journals {
        if bytes.last().is_some_and(|it| *it != b'\n') {
            warn(journal::file_name(writer), FaultKind::TornLine);
        }
    }
    for name in names(folder)? {
        if ![YEAR, UNITS, RUBRICS, VERSIONS, JOURNAL].contains(&name.as_str()) {
            warn(name, FaultKind::StrayFile);
        }
    }
    for name in names(&folder.join(RUBRICS))? {
        if !is_named(&name, &[".ron"]) {
            warn(format!("{RUBRICS}/{name}"), FaultKind::StrayFile);
        }
    }
    for name in names(&folder.join(JOURNAL))? {
        if is_named(&name, &[".torn"]) {
            warn(format!("{JOURNAL}/{name}"), FaultKind::SetAside);
        } else if !is_named(&name, &[".ron", ".lock", ".bad"]) && name != "README.txt" {
            warn(format!("{JOURNAL}/{name}"), FaultKind::StrayFile);
        }
    }
    Ok(faults)
}

fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    for item in fs::read_dir(folder).map_err(StoreError::read(folder))? {
        let item = item.map_err(StoreError::read(folder))?;
        names.push(item.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn is_named(name: &str, endings: &[&str]) -> bool {
    endings.iter().any(|it| name.strip_suffix(it).is_some_and(is_plain_id))
}

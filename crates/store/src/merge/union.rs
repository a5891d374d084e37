//! Two copies of a year as one, or everything in which they contradict each other.

use std::collections::BTreeMap;

use kaohe_core::Severity;

use crate::fault::{FaultKind, FileFault};
use crate::files::{RUBRICS, UNITS, YEAR, YearFiles};
use crate::journal::{file_name, whole_lines};
use crate::spanned::Position;

/// Returns what both have: the same ground, all versions, and of each writer the longer journal. Only complete lines
/// count.
pub(super) fn union(ours: &YearFiles, theirs: &YearFiles) -> Result<YearFiles, Vec<FileFault>> {
    let mut faults = differing_ground(ours, theirs);
    let mut union = YearFiles { journals: BTreeMap::new(), ..ours.clone() };
    // Each is named by its digest, which was checked.
    union.versions.extend(theirs.versions.clone());
    for (writer, bytes) in ours.journals.iter().chain(&theirs.journals) {
        let lines = whole_lines(bytes);
        match union.journals.get_mut(writer) {
            None => {
                union.journals.insert(writer.clone(), lines.to_vec());
            }
            Some(known) if known.starts_with(lines) => {}
            Some(known) if lines.starts_with(known) => *known = lines.to_vec(),
            Some(known) => {
                let position = Some(Position { line: first_difference(known, lines), column: 1 });
                faults.push(fault(file_name(writer), position, FaultKind::Parted));
            }
        }
    }
    // A journal of nothing but a torn line has no line to take.
    union.journals.retain(|_, it| !it.is_empty());
    if faults.is_empty() { Ok(union) } else { Err(faults) }
}

/// Returns the files that scores rest on and that are not the same, byte for byte.
fn differing_ground(ours: &YearFiles, theirs: &YearFiles) -> Vec<FileFault> {
    let (here, there) = (ground(ours), ground(theirs));
    let mut faults = Vec::new();
    for (file, bytes) in &here {
        match there.get(file) {
            None => faults.push(fault(file.clone(), None, FaultKind::InOneCopy { is_here: true })),
            Some(other) if other == bytes => {}
            Some(other) => {
                let position = Some(Position { line: first_difference(bytes, other), column: 1 });
                faults.push(fault(file.clone(), position, FaultKind::CopiesDiffer));
            }
        }
    }
    let only_there = there.keys().filter(|it| !here.contains_key(*it));
    faults.extend(only_there.map(|it| fault(it.clone(), None, FaultKind::InOneCopy { is_here: false })));
    faults
}

fn ground(files: &YearFiles) -> BTreeMap<String, &[u8]> {
    let mut ground = BTreeMap::from([
        (YEAR.to_owned(), files.year.as_slice()),
        (UNITS.to_owned(), files.units.as_slice()),
    ]);
    ground.extend(files.rubrics.iter().map(|(id, it)| (format!("{RUBRICS}/{id}.ron"), it.as_slice())));
    ground
}

fn fault(file: String, position: Option<Position>, kind: FaultKind) -> FileFault {
    FileFault { file, position, severity: Severity::Error, kind }
}

/// Returns the number of the first line that differs.
fn first_difference(one: &[u8], other: &[u8]) -> u32 {
    let is_line = |it: &u8| *it == b'\n';
    let lines = one.split(is_line).zip(other.split(is_line));
    let n_same = lines.take_while(|(one, other)| one == other).count();
    u32::try_from(n_same).unwrap_or(u32::MAX).saturating_add(1)
}

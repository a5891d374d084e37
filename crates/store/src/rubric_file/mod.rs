//! Reading a rubric's file: every fault of it at once, with line and column.

mod measure;
mod parallel;
mod rule;
mod tree;
mod values;

use std::collections::HashSet;

use kaohe_core::{Rubric, RubricFault, Severity, Start, check_rubric};

use crate::fault::{FaultKind, FileFault};
use crate::spanned::{self, Faults};
use crate::text::utf8;

/// How many faults of a file are listed; nobody reads more at once, and a file of a million faults is no rubric.
const MAX_LISTED: usize = 500;

/// What is counted or measured where a rule does not say.
const UNIT: &str = "次";
/// What a checklist counts.
const CHECKLIST_UNIT: &str = "项";
/// What an imported score is measured in.
const SCORE_UNIT: &str = "分";

/// Reads and checks a rubric. `file` is how faults name it.
///
/// # Errors
///
/// All faults, in the order of the text, warnings among them; of very many only the first.
pub fn read_rubric(file: &str, bytes: &[u8]) -> Result<(Rubric, Vec<FileFault>), Vec<FileFault>> {
    let text = utf8(file, bytes)?;
    let name = |position, severity, kind| FileFault {
        file: file.to_owned(),
        position: Some(position),
        severity,
        kind,
    };
    let ron = |it: spanned::Fault| name(it.position, Severity::Error, FaultKind::Ron(it.kind));
    let root = spanned::parse(text).map_err(|it| it.into_iter().map(ron).collect::<Vec<_>>())?;

    let mut reader = Reader::default();
    let rubric = reader.rubric(&root);
    let unread = reader.unread;
    let shape = reader.faults.into_sorted();
    let mut faults: Vec<FileFault> = Vec::new();
    // Where an element is no struct at all, those after it are not where a check would think.
    if let Some(rubric) = rubric.as_ref().filter(|_| !unread.is_element) {
        let known: HashSet<spanned::Position> = shape.iter().map(|it| it.position).collect();
        for problem in check_rubric(rubric) {
            let position = spanned::locate(&root, &problem.place.0);
            // What is already reported as missing or misshapen has only a stand-in value.
            if !known.contains(&position) && !unread.is_behind(&problem.fault) {
                faults.push(name(position, problem.severity, FaultKind::Rubric(problem.fault)));
            }
        }
    }
    faults.extend(shape.into_iter().map(ron));
    faults.sort_by_key(|it| it.position);
    match rubric {
        Some(rubric) if faults.iter().all(|it| it.severity == Severity::Warning) => {
            Ok((rubric, listed(faults, file)))
        }
        _ => Err(listed(faults, file)),
    }
}

/// Leaves as many faults as somebody may want to read, errors before warnings.
fn listed(mut faults: Vec<FileFault>, file: &str) -> Vec<FileFault> {
    let n_more = faults.len().saturating_sub(MAX_LISTED);
    if n_more == 0 {
        return faults;
    }
    faults.sort_by_key(|it| it.severity);
    faults.truncate(MAX_LISTED);
    let severity = faults.first().map_or(Severity::Error, |it| it.severity);
    faults.sort_by_key(|it| it.position);
    faults.push(FileFault { file: file.to_owned(), position: None, severity, kind: FaultKind::MoreFaults });
    faults
}

/// Reads on after a fault with a stand-in value, so that one fault does not hide the others.
#[derive(Default)]
struct Reader {
    faults: Faults,
    unread: Unread,
    /// Where the indicator that is being read starts from: its rules' direction follows.
    start: Start,
}

/// What could not be read, and has stand-ins whose consequences are nobody's fault.
#[derive(Clone, Copy, Default)]
struct Unread {
    /// Points or weights, or whether they count in the whole: what adds up, and what bounds what.
    is_number: bool,
    /// What a rule does, or which way it goes.
    is_rule: bool,
    /// A whole element of a list.
    is_element: bool,
}

impl Unread {
    /// Says whether a fault may only follow from a stand-in.
    fn is_behind(self, fault: &RubricFault) -> bool {
        match fault {
            RubricFault::SumDiffers { .. }
            | RubricFault::WeightsDiffer { .. }
            | RubricFault::WeightMissing { .. }
            | RubricFault::NeverFull { .. }
            | RubricFault::NothingToLose
            | RubricFault::FloorInside
            | RubricFault::GateInside
            | RubricFault::CapNeverBinds { .. }
            | RubricFault::MoreThanThereIs { .. }
            | RubricFault::WorthTooMuch { .. }
            | RubricFault::GateUnreachable { .. }
            | RubricFault::GradeUnreachable { .. } => self.is_number,
            RubricFault::NothingAwarded | RubricFault::AwardNeverGives | RubricFault::ScoreIsTaken => {
                self.is_rule
            }
            _ => false,
        }
    }
}

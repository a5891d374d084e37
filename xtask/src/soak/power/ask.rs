//! What is recorded on the disk, one command after the other.

use std::fs;

use super::super::desk::Desk;
use super::super::random::Random;
use super::super::unreadable;

/// Reviews are of these: each unit and indicator once, so that there is always something to record.
const N_REVIEWS: u32 = 40;

/// A command, and what it is to leave.
pub(super) struct Asked {
    pub by: String,
    pub arguments: Vec<String>,
    /// What the line of its record holds.
    pub needle: String,
    pub kind: Kind,
}

/// What a command does beside its record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It makes the year's folder, and no record.
    Begins,
    /// It appends a line.
    Adds,
    /// It replaces a rubric first.
    Replaces,
    /// It writes a folder first; no change is taken afterwards.
    Fixes,
    /// It appends a line, and changes are taken again.
    Reopens,
}

/// What has been asked for in a year so far.
#[derive(Default)]
pub(super) struct Plan {
    n_asked: u32,
    n_people: u32,
    n_reviewed: u32,
    n_undoable: u32,
    n_rubrics: u32,
    is_fixed: bool,
}

impl Plan {
    /// Returns the next command.
    pub(super) fn next(&mut self, desk: &Desk, random: &mut Random) -> Result<Asked, String> {
        self.n_asked += 1;
        if self.n_asked == 1 {
            return Ok(asked("张三", &["init", "2023"], "", Kind::Begins));
        }
        if self.is_fixed {
            self.is_fixed = false;
            return Ok(asked("wang", &["reopen", "--reason", "漏记一条"], "Reopen(", Kind::Reopens));
        }
        Ok(match random.below(12) {
            0 | 1 => {
                let file = self.rubric(desk)?;
                asked("李四", &["rubric", "adopt", &file], "ReplaceRubric(", Kind::Replaces)
            }
            2 => {
                self.is_fixed = true;
                asked("wang", &["finalise", "--provisional"], "Finalise(", Kind::Fixes)
            }
            3 if self.n_undoable > 0 => {
                self.n_undoable -= 1;
                asked("张三", &["undo"], "undo:\"", Kind::Adds)
            }
            4 | 5 if self.n_reviewed < N_REVIEWS => {
                let (unit, indicator) = (self.n_reviewed / 8 + 1, self.n_reviewed % 8 + 1);
                self.n_reviewed += 1;
                self.n_undoable += 1;
                let (unit, indicator) = (format!("Q{unit:02}"), indicator.to_string());
                let arguments = ["review", "--unit", &unit, "--indicator", &indicator];
                asked("张三", &arguments, "Review(", Kind::Adds)
            }
            6..=8 => {
                self.n_people += 1;
                self.import(desk, &format!("第{}位", self.n_people))?
            }
            _ => {
                self.n_undoable += 1;
                self.import(desk, "张三")?
            }
        })
    }

    fn import(&self, desk: &Desk, by: &str) -> Result<Asked, String> {
        let note = format!("note-{}.", self.n_asked);
        let file = rows(desk, &note)?;
        Ok(asked(by, &["import", "entries", &file], &note, Kind::Adds))
    }

    /// Writes a rubric that differs from the one in force.
    fn rubric(&mut self, desk: &Desk) -> Result<String, String> {
        self.n_rubrics += 1;
        let path = desk.data().join("2023").join("rubrics").join("district.ron");
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let is_lighter = text.contains("each: 0.05");
        let (from, to) = if is_lighter { ("each: 0.05", "each: 0.1") } else { ("each: 0.1", "each: 0.05") };
        desk.file("rubric.ron", &format!("{}// {}\n", text.replacen(from, to, 1), self.n_rubrics))
    }
}

/// Returns what is recorded on a copy after the cut, to see that it can be.
pub(super) fn afterwards(desk: &Desk, by: &str, is_fixed: bool) -> Result<Asked, String> {
    if is_fixed {
        return Ok(asked(by, &["reopen", "--reason", "断电之后"], "Reopen(", Kind::Reopens));
    }
    let file = rows(desk, "note-afterwards.")?;
    Ok(asked(by, &["import", "entries", &file], "note-afterwards.", Kind::Adds))
}

/// Writes three deductions to a file, which are recorded all or none; returns its name.
fn rows(desk: &Desk, note: &str) -> Result<String, String> {
    let row = format!("区教育局,1,逾期未完成,2023-05-09,{note}\n");
    desk.file("rows.csv", &format!("单位,指标,规则,日期,说明\n{}", row.repeat(3)))
}

fn asked(by: &str, arguments: &[&str], needle: &str, kind: Kind) -> Asked {
    let arguments = arguments.iter().map(|it| (*it).to_owned()).collect();
    Asked { by: by.to_owned(), arguments, needle: needle.to_owned(), kind }
}

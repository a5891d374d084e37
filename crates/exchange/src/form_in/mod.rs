//! Filled self-evaluation forms (自评表), as units send them back.
//!
//! A form is known by what it holds, not by where it stands: columns by what their headings say, indicators by their
//! names, the unit by the hidden mark, its visible name and the name of the file, all of which have to agree. People
//! move columns, merge cells, add cover sheets, copy the official table instead of using the form; what can be read
//! without doubt is taken, what is odd is taken with a remark, and what would have to be guessed is refused, with every
//! reason and the cell named. Nothing of a refused form is taken.

mod grid;
mod headings;
mod indicators;
mod scores;
#[cfg(test)]
mod tests;
mod whose;

use std::fmt;

use kaohe_core::{Change, Ledger, Points, Refusal, UnitId};

use crate::self_in::{SelfIn, read_self_scores};
use crate::workbook_in::{Workbook, is_workbook, read_workbook};
use crate::{CellFault, words};
use grid::Grid;
use headings::Heads;
use scores::Scores;

/// The most cells of a form that are looked at; the official table has some sixty.
const MAX_FORM_CELLS: usize = 20_000;
/// The most merged areas of a form.
const MAX_FORM_MERGED: usize = 2_000;
/// The longest 说明 that is taken over, in characters.
const MAX_NOTE: usize = 2_000;

/// A remark about a form, or a reason to refuse it: where, what stands there, what about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormNote {
    /// The cell, with its sheet: `自评表!D7`; nothing where it is about the whole.
    pub place: Option<String>,
    /// What stands there; empty where nothing does.
    pub value: String,
    /// What about it, read after the value.
    pub reason: String,
}

impl FormNote {
    /// A note about the whole form.
    fn whole(reason: impl Into<String>) -> FormNote {
        FormNote { place: None, value: String::new(), reason: reason.into() }
    }

    /// Returns the row it is about, as people count: the 7 of `自评表!D7`. What is about the whole comes last.
    fn row(&self) -> u32 {
        let cell = self.place.as_ref().and_then(|it| it.rsplit('!').next()).unwrap_or_default();
        cell.trim_start_matches(|it: char| it.is_ascii_alphabetic()).parse().unwrap_or(u32::MAX)
    }

    /// Returns the note as a sentence that names the file.
    pub fn sentence(&self, file: &str) -> String {
        let gap = if self.place.is_some() { " " } else { "：" };
        format!("{file}{gap}{self}。")
    }
}

impl fmt::Display for FormNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{}：", crate::clean(place))?;
        }
        if !self.value.is_empty() {
            let is_long = self.value.chars().count() > 40;
            let shown: String = self.value.chars().take(40).collect();
            write!(f, "“{}{}”", crate::clean(&shown), if is_long { "…" } else { "" })?;
        }
        write!(f, "{}", self.reason)
    }
}

/// A form that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormIn {
    /// Whose it is.
    pub unit: UnitId,
    /// One [`Change::SelfScore`] per indicator that says something new.
    pub changes: Vec<Change>,
    /// Indicators whose self-score and 说明 are recorded already.
    pub n_unchanged: usize,
    /// The sum of all self-scores of the form.
    pub total: Points,
    /// What is worth a look and refuses nothing.
    pub remarks: Vec<FormNote>,
}

/// A file of self-scores that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelfFile {
    /// A table of many units: a row for each self-score.
    Table(SelfIn),
    /// The form of one unit.
    Form(FormIn),
}

/// How forms are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormOptions {
    /// Whether a form may leave indicators open; what it does say is then taken.
    pub allow_missing: bool,
}

/// Reads a file of self-scores: a CSV file, a workbook with such a table, or a filled form. `file` is its name, of which
/// a form's has to suit the unit; `year` is the year that is assessed.
///
/// # Errors
///
/// Every reason to refuse it, each a sentence that names the file and the place.
pub fn read_self_file(
    bytes: &[u8],
    file: &str,
    ledger: &Ledger,
    year: u16,
    options: FormOptions,
) -> Result<SelfFile, Vec<String>> {
    let table = || match read_self_scores(bytes, file, ledger) {
        Ok(read) => Ok(SelfFile::Table(read)),
        Err(faults) => Err(faults.iter().map(CellFault::to_string).collect()),
    };
    if !is_workbook(bytes) {
        return table();
    }
    let read = read_workbook(bytes).map_err(|it| vec![FormNote::whole(it)]);
    if read.as_ref().is_ok_and(headings::is_table) {
        return table();
    }
    let form = read.and_then(|it| read_form(&it, file, ledger, year, options));
    form.map(SelfFile::Form).map_err(|faults| faults.iter().map(|it| it.sentence(file)).collect())
}

/// Says whether a file that is no workbook is a table of self-scores: its headings have 自评分.
pub fn is_self_table(bytes: &[u8]) -> bool {
    let text = crate::decode::decode(bytes);
    let is_filled = |it: &&str| !crate::fold::is_blank(it);
    text.is_ok_and(|it| it.lines().find(is_filled).is_some_and(|it| it.contains("自评分")))
}

/// Reads a filled form.
fn read_form(
    workbook: &Workbook,
    file: &str,
    ledger: &Ledger,
    year: u16,
    options: FormOptions,
) -> Result<FormIn, Vec<FormNote>> {
    let n_cells: usize = workbook.sheets.iter().map(|it| it.cells.len()).sum();
    let n_merged: usize = workbook.sheets.iter().map(|it| it.merged.len()).sum();
    if n_cells == 0 {
        return Err(vec![FormNote::whole("工作簿是空的：请填好自评表再送")]);
    }
    if n_cells > MAX_FORM_CELLS || n_merged > MAX_FORM_MERGED {
        let reason =
            format!("内容太多，不像自评表：多于 {MAX_FORM_CELLS} 格，或多于 {MAX_FORM_MERGED} 处合并");
        return Err(vec![FormNote::whole(reason)]);
    }
    let grids: Vec<Grid> = workbook.sheets.iter().map(Grid::of).collect();
    let mut notes = Notes::default();
    let heads: Vec<Option<Heads>> = grids.iter().map(|it| Heads::find(it, ledger)).collect();
    let unit_idx = whose::find(&grids, &heads, file, ledger, year, &mut notes);
    let Some(unit_idx) = unit_idx else { return Err(notes.faults) };
    let unit = ledger.unit(unit_idx);
    if let Some(refusal) = retired(ledger, unit_idx) {
        notes.faults.push(refusal);
        return Err(notes.faults);
    }
    let scores = Scores::read(&grids, &heads, ledger, unit_idx, options, &mut notes);
    let mut form = FormIn {
        unit: unit.id.clone(),
        changes: Vec::new(),
        n_unchanged: 0,
        total: scores.found.iter().map(|it| it.points).sum(),
        remarks: Vec::new(),
    };
    for score in &scores.found {
        let indicator = ledger.rubric_of(unit_idx).indicator(score.indicator_idx);
        let recorded = ledger.sheet(unit_idx).cells[score.indicator_idx].self_score.as_ref();
        let note = match recorded {
            Some(recorded) if recorded.points == score.points && score.note.is_empty() => {
                recorded.note.clone()
            }
            Some(_) | None => score.note.clone(),
        };
        let change = Change::SelfScore {
            unit: unit.id.clone(),
            indicator: indicator.id.clone(),
            to: Some(score.points),
            note,
        };
        match ledger.refusal(&change) {
            None => {
                if let Some(recorded) = recorded.filter(|it| it.points != score.points) {
                    let reason = format!("已记的自评是 {}，改为 {}", recorded.points, score.points);
                    notes.remarks.push(FormNote { value: String::new(), reason, ..score.note_here() });
                }
                form.changes.push(change);
            }
            Some(Refusal::NothingChanges) => form.n_unchanged += 1,
            Some(refusal) => {
                let reason = words::refusal_parts(&refusal).1;
                notes.faults.push(FormNote { reason, ..score.note_here() });
            }
        }
    }
    if workbook.has_macros {
        notes.remarks.push(FormNote::whole("含有宏：宏没有读，也没有运行"));
    }
    if notes.faults.is_empty() {
        form.remarks = notes.remarks;
        return Ok(form);
    }
    // What the ledger refuses was found last; whoever mends the form goes down the column.
    notes.faults.sort_by_key(FormNote::row);
    Err(notes.faults)
}

/// Returns why nothing is taken of a unit that is no longer assessed.
fn retired(ledger: &Ledger, unit_idx: usize) -> Option<FormNote> {
    let unit = ledger.unit(unit_idx);
    let (name, reason) = (&unit.name, &unit.retired);
    unit.is_retired().then(|| {
        let reason = format!("“{name}”已经停用（{reason}），不收自评：确要收，先在名录里恢复它");
        FormNote::whole(reason)
    })
}

/// What was found about a form while it was read.
#[derive(Debug, Default)]
struct Notes {
    faults: Vec<FormNote>,
    remarks: Vec<FormNote>,
}

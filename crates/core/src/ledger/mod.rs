//! The ledger (台账): everything known of a year, folded from its records.
//!
//! It says whether a change is possible and why not ([`Ledger::refusal`]), takes a record in ([`Ledger::apply`])
//! and knows what undoing means. Nothing else changes a score.

mod apply;
mod cost;
mod lookup;
mod refuse;
mod undo;

use std::collections::{BTreeMap, HashMap};

pub use lookup::nearest;
pub use refuse::Refusal;
pub use undo::Undoable;

use crate::change::Record;
use crate::id::{EntryId, Stamp, Track, UnitId};
use crate::problem::Problem;
use crate::roster::{Roster, RosterFault, Unit, check_roster};
use crate::rubric::Rubric;
use crate::score::{SheetScore, score_sheet};
use crate::settings::Settings;
use crate::sheet::{Cell, Entry, Sheet};

/// Everything known of a year.
#[derive(Clone, Debug)]
pub struct Ledger {
    rubrics: Vec<Rubric>,
    roster: Roster,
    settings: Settings,
    /// One per unit of the roster, in its order, each with one cell per indicator of its rubric.
    sheets: Vec<Sheet>,
    /// One per sheet; always the scores of the sheets as they are.
    scores: Vec<SheetScore>,
    unit_idxs: HashMap<UnitId, usize>,
    entries: HashMap<EntryId, EntryAt>,
    /// One per person and machine.
    stacks: BTreeMap<(String, String), undo::Stacks>,
    /// Who changed something last; entries that nobody touched since they were made are left out.
    touched: HashMap<undo::Target, undo::Touch>,
    adopted: BTreeMap<String, String>,
    last: Option<Stamp>,
    unresolved: Vec<(Stamp, Refusal)>,
}

#[derive(Clone, Copy, Debug)]
struct EntryAt {
    unit_idx: usize,
    indicator_idx: usize,
    entry_idx: usize,
}

impl Ledger {
    /// Returns a year in which nothing has been recorded yet.
    ///
    /// # Errors
    ///
    /// All faults of the roster, so that every unit of a ledger has a rubric.
    pub fn new(
        rubrics: Vec<Rubric>,
        roster: Roster,
        settings: Settings,
    ) -> Result<Ledger, Vec<Problem<RosterFault>>> {
        let tracks: Vec<Track> = rubrics.iter().map(|it| it.track.clone()).collect();
        let problems = check_roster(&roster, &tracks);
        if !problems.is_empty() {
            return Err(problems);
        }
        let rubric_idx = |unit: &Unit| tracks.iter().position(|it| *it == unit.track);
        let sheets: Vec<Sheet> = roster
            .units
            .iter()
            .filter_map(rubric_idx)
            .map(|rubric_idx| Sheet {
                rubric_idx,
                cells: vec![Cell::default(); rubrics[rubric_idx].n_indicators()],
            })
            .collect();
        let scores = sheets.iter().map(|it| score_sheet(&rubrics[it.rubric_idx], it, settings)).collect();
        let unit_idxs = roster.units.iter().enumerate().map(|(idx, it)| (it.id.clone(), idx)).collect();
        Ok(Ledger {
            rubrics,
            roster,
            settings,
            sheets,
            scores,
            unit_idxs,
            entries: HashMap::new(),
            stacks: BTreeMap::new(),
            touched: HashMap::new(),
            adopted: BTreeMap::new(),
            last: None,
            unresolved: Vec::new(),
        })
    }

    /// Returns the same year before anything was recorded.
    pub fn emptied(&self) -> Ledger {
        Ledger::new(self.rubrics.clone(), self.roster.clone(), self.settings)
            .expect("rubrics and roster were accepted once")
    }

    /// Takes in many records at once, in any order; scores are computed once, at the end.
    ///
    /// Where one belongs before a record already taken in, the caller folds anew instead (see `last`).
    pub fn extend<'r>(&mut self, records: impl IntoIterator<Item = &'r Record>) {
        let mut records: Vec<&Record> = records.into_iter().collect();
        records.sort_by(|a, b| a.stamp.cmp(&b.stamp));
        for record in records {
            self.take_in(record);
        }
        for unit_idx in 0..self.sheets.len() {
            self.rescore(unit_idx);
        }
    }

    /// Takes in one record. It never fails: a record that does not fit this ledger's rubrics or roster is kept
    /// aside in [`Ledger::unresolved`].
    pub fn apply(&mut self, record: &Record) {
        for unit_idx in self.take_in(record) {
            self.rescore(unit_idx);
        }
    }

    fn rescore(&mut self, unit_idx: usize) {
        let sheet = &self.sheets[unit_idx];
        self.scores[unit_idx] = score_sheet(&self.rubrics[sheet.rubric_idx], sheet, self.settings);
    }

    /// Returns the rubrics, in the order of the classes.
    pub fn rubrics(&self) -> &[Rubric] {
        &self.rubrics
    }

    /// Returns the roster.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Returns the year's settings.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// Returns a unit by its place in the roster.
    pub fn unit(&self, unit_idx: usize) -> &Unit {
        &self.roster.units[unit_idx]
    }

    /// Returns a unit's sheet by its place in the roster.
    pub fn sheet(&self, unit_idx: usize) -> &Sheet {
        &self.sheets[unit_idx]
    }

    /// Returns the rubric that scores a unit.
    pub fn rubric_of(&self, unit_idx: usize) -> &Rubric {
        &self.rubrics[self.sheets[unit_idx].rubric_idx]
    }

    /// Returns a unit's scores by its place in the roster.
    pub fn score(&self, unit_idx: usize) -> &SheetScore {
        &self.scores[unit_idx]
    }

    /// Returns the places in the roster of a class's units, in roster order.
    pub fn units_of(&self, rubric_idx: usize) -> Vec<usize> {
        (0..self.sheets.len()).filter(|&it| self.sheets[it].rubric_idx == rubric_idx).collect()
    }

    /// Returns an entry by its name.
    pub fn entry(&self, id: &EntryId) -> Option<&Entry> {
        let at = self.entries.get(id)?;
        self.sheets[at.unit_idx].cells[at.indicator_idx].entries.get(at.entry_idx)
    }

    /// Returns how many entries there are, withdrawn ones included.
    pub fn n_entries(&self) -> usize {
        self.entries.len()
    }

    /// Returns the files that the records say the scores rest on, by path, each with its digest.
    pub fn adopted(&self) -> &BTreeMap<String, String> {
        &self.adopted
    }

    /// Returns the stamp of the last record taken in.
    pub fn last(&self) -> Option<&Stamp> {
        self.last.as_ref()
    }

    /// Returns the records that do not fit, each with the reason.
    pub fn unresolved(&self) -> &[(Stamp, Refusal)] {
        &self.unresolved
    }
}

//! The ledger (台账): everything known of a year, folded from its records.
//!
//! It says whether a change is possible and why not ([`Ledger::refusal`]), takes a record in ([`Ledger::apply`])
//! and knows what undoing means. Nothing else changes a score.

mod apply;
pub(crate) mod cost;
mod finalise;
mod lookup;
mod refuse;
mod undo;

use std::collections::{BTreeMap, HashMap};

pub use finalise::Finalised;
pub use lookup::nearest;
pub use refuse::Refusal;
pub use undo::Undoable;

use crate::change::Record;
use crate::id::{EntryId, Stamp, Track, UnitId};
use crate::problem::Problem;
use crate::roster::{Roster, RosterFault, Unit, check_roster};
use crate::rubric::Rubric;
use crate::score::{Cohort, Mean, RankTable, SheetScore, has_cohort, score_sheet};
use crate::settings::Settings;
use crate::sheet::{Entry, Sheet};

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
    /// One per rubric: what its scores have of other units; empty where they have nothing.
    cohorts: Vec<Cohort>,
    /// One per rubric: whether any of its scores hangs on other units.
    has_cohort: Vec<bool>,
    unit_idxs: HashMap<UnitId, usize>,
    entries: HashMap<EntryId, EntryAt>,
    people: undo::People,
    /// Who changed something last; entries that nobody touched since they were made are left out.
    touched: HashMap<undo::Target, undo::Touch>,
    adopted: BTreeMap<String, String>,
    finalised: Option<Finalised>,
    last: Option<Stamp>,
    unresolved: Vec<(Stamp, Refusal)>,
}

#[derive(Clone, Copy, Debug)]
struct EntryAt {
    unit_idx: usize,
    indicator_idx: usize,
    entry_idx: usize,
    /// Who made it.
    person_idx: usize,
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
            .filter_map(|unit| rubric_idx(unit).map(|idx| Sheet::blank(idx, &rubrics[idx], &unit.tags)))
            .collect();
        let unit_idxs = roster.units.iter().enumerate().map(|(idx, it)| (it.id.clone(), idx)).collect();
        let has_cohort = rubrics.iter().map(|it| has_cohort(it, settings)).collect();
        let mut ledger = Ledger {
            rubrics,
            roster,
            settings,
            sheets,
            scores: Vec::new(),
            cohorts: vec![Cohort::default(); tracks.len()],
            has_cohort,
            unit_idxs,
            entries: HashMap::new(),
            people: undo::People::default(),
            touched: HashMap::new(),
            adopted: BTreeMap::new(),
            finalised: None,
            last: None,
            unresolved: Vec::new(),
        };
        ledger.scores = (0..ledger.sheets.len()).map(|it| ledger.score_one(it)).collect();
        ledger.rescore_classes((0..tracks.len()).collect());
        Ok(ledger)
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
        self.entries.reserve(records.len());
        for record in records {
            self.take_in(record);
        }
        self.rescore((0..self.sheets.len()).collect());
    }

    /// Takes in one record. It never fails: a record that does not fit this ledger's rubrics or roster is kept
    /// aside in [`Ledger::unresolved`].
    pub fn apply(&mut self, record: &Record) {
        let touched = self.take_in(record);
        self.rescore(touched);
    }

    /// Scores the touched units anew, and with them their classes where scores hang on others.
    fn rescore(&mut self, touched: Vec<usize>) {
        let mut classes = Vec::new();
        for unit_idx in touched {
            let rubric_idx = self.sheets[unit_idx].rubric_idx;
            if !self.has_cohort[rubric_idx] {
                self.scores[unit_idx] = self.score_one(unit_idx);
            } else if !classes.contains(&rubric_idx) {
                classes.push(rubric_idx);
            }
        }
        self.rescore_classes(classes);
    }

    /// Scores whole classes: what is a unit's own and its place first, then what hangs on the others' scores.
    fn rescore_classes(&mut self, rubric_idxs: Vec<usize>) {
        for rubric_idx in rubric_idxs {
            if !self.has_cohort[rubric_idx] {
                continue;
            }
            let rubric = &self.rubrics[rubric_idx];
            let unit_idxs = self.units_of(rubric_idx);
            let units: Vec<(usize, &Sheet)> = unit_idxs.iter().map(|&it| (it, &self.sheets[it])).collect();
            let mut cohort = Cohort::of_values(rubric, &units, self.settings);
            let score = |cohort: &Cohort| -> Vec<SheetScore> {
                let units = units.iter();
                units.map(|&(idx, sheet)| score_sheet(rubric, idx, sheet, self.settings, cohort)).collect()
            };
            let mut scores = score(&cohort);
            // A mean may hang on another one by way of a gate; each round settles one more of such a row.
            for _ in 0..rubric.n_indicators() {
                let means = Cohort::means(rubric, &units, &scores, self.settings);
                if means == cohort.means {
                    break;
                }
                cohort.means = means;
                scores = score(&cohort);
            }
            for (unit_idx, score) in unit_idxs.into_iter().zip(scores) {
                self.scores[unit_idx] = score;
            }
            self.cohorts[rubric_idx] = cohort;
            // Who is retired is none of those that the others are held against, but is held against them.
            for unit_idx in self.retired_of(rubric_idx) {
                self.scores[unit_idx] = self.score_one(unit_idx);
            }
        }
    }

    fn score_one(&self, unit_idx: usize) -> SheetScore {
        let sheet = &self.sheets[unit_idx];
        let rubric = &self.rubrics[sheet.rubric_idx];
        score_sheet(rubric, unit_idx, sheet, self.settings, &self.cohorts[sheet.rubric_idx])
    }

    /// Returns the values that a class stated for a rule whose points hang on them.
    pub fn rank_table(&self, rubric_idx: usize, indicator_idx: usize, rule_idx: usize) -> Option<&RankTable> {
        let ranks = self.cohorts[rubric_idx].ranks.iter();
        ranks.into_iter().find(|it| (it.indicator_idx, it.rule_idx) == (indicator_idx, rule_idx))
    }

    /// Returns what a class scored on an indicator whose mean some of its units take.
    pub fn class_mean(&self, rubric_idx: usize, indicator_idx: usize) -> Option<&Mean> {
        self.cohorts[rubric_idx].means.iter().find(|it| it.indicator_idx == indicator_idx)
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

    /// Returns the places in the roster of a class's units, in roster order, without those that are retired (停用).
    pub fn units_of(&self, rubric_idx: usize) -> Vec<usize> {
        self.all_of(rubric_idx).filter(|&it| !self.unit(it).is_retired()).collect()
    }

    /// Returns the places in the roster of a class's retired units, in roster order: they have records, and no part in
    /// what looks across the class.
    pub fn retired_of(&self, rubric_idx: usize) -> Vec<usize> {
        self.all_of(rubric_idx).filter(|&it| self.unit(it).is_retired()).collect()
    }

    fn all_of(&self, rubric_idx: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.sheets.len()).filter(move |&it| self.sheets[it].rubric_idx == rubric_idx)
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

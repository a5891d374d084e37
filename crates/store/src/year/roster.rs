//! Putting another roster in the place of the one in force.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kaohe_core::{Change, Record, Roster, Track, UnitId, check_roster};

use super::OpenYear;
use crate::atomic::write_file;
use crate::error::{RecordError, StoreError};
use crate::fault::{FaultKind, FileFault};
use crate::files::UNITS;
use crate::roster_file::write_roster;

impl OpenYear {
    /// Replaces the roster; the journal says so.
    ///
    /// # Errors
    ///
    /// It is faulty, or units that have records would vanish from it or change their class.
    pub fn replace_roster(&mut self, roster: &Roster, now: Timestamp) -> Result<(), RecordError> {
        self.look()?;
        self.is_open()?;
        let tracks: Vec<Track> = self.ledger.rubrics().iter().map(|it| it.track.clone()).collect();
        let problems = check_roster(roster, &tracks);
        if !problems.is_empty() {
            let fault = |it: kaohe_core::Problem<_>| FileFault {
                file: UNITS.to_owned(),
                position: None,
                severity: it.severity,
                kind: FaultKind::Roster(it.fault),
            };
            return Err(StoreError::Input(problems.into_iter().map(fault).collect()).into());
        }
        let in_use = self.units_in_use_not_in(roster);
        if !in_use.is_empty() {
            return Err(StoreError::UnitsInUse { units: in_use }.into());
        }
        self.journals.take()?;
        self.look()?;
        self.is_open()?;
        write_file(&self.folder.join(UNITS), write_roster(roster).as_bytes())?;
        self.look()?;
        self.adopt(now)
    }

    fn units_in_use_not_in(&self, roster: &Roster) -> Vec<(String, String)> {
        let in_use = units_named(&self.records);
        let stays = |unit: &kaohe_core::Unit| {
            roster.units.iter().any(|it| it.id == unit.id && it.track == unit.track)
        };
        let units = self.ledger.roster().units.iter();
        let leaving = units.filter(|it| in_use.contains(&it.id) && !stays(it));
        leaving.map(|it| (it.id.to_string(), it.name.clone())).collect()
    }
}

/// Returns every unit that any record is about, undone or not: without it the record would be about nothing.
fn units_named(records: &[Record]) -> BTreeSet<&UnitId> {
    fn add<'r>(change: &'r Change, units: &mut BTreeSet<&'r UnitId>) {
        match change {
            Change::Deduct(deduction) | Change::Amend { to: deduction, .. } => {
                units.insert(&deduction.unit);
            }
            Change::SelfScore { unit, .. }
            | Change::Review { unit, .. }
            | Change::NotApplicable { unit, .. } => {
                units.insert(unit);
            }
            // An entry was made by a deduction, which names its unit.
            Change::Withdraw { .. }
            | Change::Restore { .. }
            | Change::Adopt { .. }
            | Change::ReplaceRubric { .. }
            | Change::Finalise { .. }
            | Change::Repair { .. }
            | Change::Reopen { .. } => {}
            Change::Batch { changes, .. } => changes.iter().for_each(|it| add(it, units)),
        }
    }
    let mut units = BTreeSet::new();
    records.iter().for_each(|it| add(&it.change, &mut units));
    units
}

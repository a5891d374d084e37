//! Putting another roster in place.

use kaohe_core::{Roster, UnitId};
use kaohe_store::RecordError;

use crate::world::World;

/// A roster to be put in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRoster {
    /// All units.
    pub roster: Roster,
    /// The one that the change is about.
    pub unit: UnitId,
    /// What to say once it is done.
    pub done: String,
    /// Of which generation the roster is that it was made of.
    pub generation: u64,
}

/// Why a roster was not put in place.
#[derive(Debug)]
pub enum RosterError {
    /// Somebody else has replaced it meanwhile; their changes must not be lost.
    Changed,
    /// It is faulty, or cannot be recorded.
    Record(RecordError),
}

/// Puts it in place of the one that it was made of.
pub(super) fn replace(world: &mut World, new: &NewRoster) -> Option<Result<(UnitId, String), RosterError>> {
    let now = (world.now)();
    let year = world.year.as_mut()?;
    if let Err(error) = year.refresh() {
        return Some(Err(RosterError::Record(error.into())));
    }
    if year.generation() != new.generation {
        return Some(Err(RosterError::Changed));
    }
    let result = year.replace_roster(&new.roster, now).map_err(RosterError::Record);
    Some(result.map(|()| (new.unit.clone(), new.done.clone())))
}

//! Looking through the years of the data folder, opening another one, beginning one.

use kaohe_store::{NewYear, OpenYear, StoreError};

use crate::world::World;

/// What the list of years says of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearSummary {
    /// What it is called.
    pub title: String,
    /// Units that are reviewed whole.
    pub n_settled: usize,
    /// Units.
    pub n_units: usize,
    /// Records.
    pub n_records: usize,
    /// Whether it is fixed (定稿).
    pub is_finalised: bool,
    /// Whether journals of it are damaged.
    pub is_damaged: bool,
}

/// Looks at a year, the one that is open or another.
pub(super) fn look_at(world: &World, number: u16) -> Result<YearSummary, StoreError> {
    if let Some(year) = world.year.as_ref().filter(|it| it.year().year == number) {
        return Ok(summary(year));
    }
    OpenYear::open_to_look(&world.data, number, world.person.clone()).map(|it| summary(&it))
}

fn summary(year: &OpenYear) -> YearSummary {
    let ledger = year.ledger();
    let units: Vec<usize> = (0..ledger.rubrics().len()).flat_map(|it| ledger.units_of(it)).collect();
    YearSummary {
        title: year.year().title.clone(),
        n_settled: units.iter().filter(|it| ledger.score(**it).is_settled()).count(),
        n_units: units.len(),
        n_records: year.records().len(),
        is_finalised: ledger.finalised().is_some(),
        is_damaged: !year.damage().is_empty(),
    }
}

/// Opens a year in the place of the one that is open, which is backed up where something was recorded in it, as on
/// leaving; returns why it was not, where that failed. Where the year cannot be opened, the other one stays.
pub(super) fn open(world: &mut World, number: u16) -> Result<Option<StoreError>, StoreError> {
    if world.year.as_ref().is_some_and(|it| it.year().year == number) {
        world.past = None;
        return Ok(None);
    }
    let year = OpenYear::open_to_look(&world.data, number, world.person.clone())?;
    let now = (world.now)();
    let local = (world.local)(now);
    // What an earlier session has left without a backup; why not is told on leaving, where it still matters then.
    let _ = world.data.back_up_left(number, now, local);
    world.past = None;
    let before = world.year.replace(year);
    let recorded_in = before.filter(OpenYear::has_recorded).map(|it| it.year().year);
    Ok(recorded_in.and_then(|it| world.data.back_up(it, local).err()))
}

/// Begins a year, from an earlier one or from what is built in.
pub(super) fn create(world: &World, year: u16, from: Option<u16>) -> Result<u16, StoreError> {
    let new = match from {
        Some(from) => NewYear::from_year(year, &world.data, from)?,
        None => NewYear::builtin(year),
    };
    new.create(&world.data).map(|()| year)
}

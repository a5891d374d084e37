//! The one place where the screens' decisions touch the disk.

mod export;
mod past;
mod roster;
mod years;

use kaohe_core::{Change, Deduction, EntryId, Record, Stamp};
use kaohe_store::{AsOfError, BUILTIN_YEAR, NewYear, OpenYear, RecordError, StoreError};

pub use export::{Export, ExportError, ExportWhat};
pub use roster::{NewRoster, RosterError};
pub use years::YearSummary;

use crate::app::{App, Earlier, Msg, NoEarlier};
use crate::settings::Settings;
use crate::world::World;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Record a change.
    Record(Box<Change>),
    /// Record a change of an entry, unless the entry is no longer the one that was shown.
    RecordOver {
        /// The entry.
        entry: EntryId,
        /// What the person saw.
        shown: Box<Deduction>,
        /// The change.
        change: Box<Change>,
    },
    /// Take the last one back.
    Undo,
    /// Do it again.
    Redo,
    /// Write the next file of an export.
    Export(Box<Export>),
    /// Show the year as it was right after this record.
    LookBack(Stamp),
    /// Show it as it is.
    LookAtNow,
    /// Read which years there are.
    ListYears,
    /// Read what there is to say of one.
    SeeYear(u16),
    /// Open this year instead.
    OpenYear(u16),
    /// Begin a year.
    CreateYear {
        /// Which.
        year: u16,
        /// With the rubrics, roster and settings of this one, or the built-in ones.
        from: Option<u16>,
    },
    /// Put another roster in place.
    ReplaceRoster(Box<NewRoster>),
    /// Begin the built-in year.
    BeginYear,
    /// Show the sample year instead.
    Demo,
    /// Take and keep new settings.
    SaveSettings(Box<Settings>),
    /// Read what others wrote.
    Refresh,
    /// Draw everything anew and read what others wrote.
    Redraw,
    /// Read an earlier year to hold this one against; the newest of them where none is named.
    LookAtYear(Option<u16>),
    /// Go to the shell for a while.
    Suspend,
    /// End the program.
    Quit,
}

impl Effect {
    /// Returns the effect that records a change.
    pub fn record(change: Change) -> Effect {
        Effect::Record(Box::new(change))
    }
}

/// Does it. What concerns the terminal or the whole program ([`Effect::Suspend`], [`Effect::Quit`],
/// [`Effect::Demo`]) is the caller's.
pub fn act(world: &mut World, effect: Effect) -> Option<Msg> {
    match effect {
        // The screens say so before; what is shown is not what would be changed.
        Effect::Record(_)
        | Effect::RecordOver { .. }
        | Effect::Undo
        | Effect::Redo
        | Effect::ReplaceRoster(_)
            if world.past.is_some() =>
        {
            Some(Msg::OnlyLooking)
        }
        Effect::Record(change) => {
            let now = (world.now)();
            Some(Msg::Recorded(write(world, |year| year.record(*change, now))))
        }
        Effect::RecordOver { entry, shown, change } => {
            let now = (world.now)();
            let year = world.year.as_mut()?;
            // Others may have written since the last look; what they did to the entry must not be lost unseen.
            if let Err(error) = year.look() {
                return Some(Msg::Recorded(Err(error.into())));
            }
            if year.ledger().entry(&entry).is_none_or(|it| it.deduction != shown) {
                return Some(Msg::EntryChanged);
            }
            Some(Msg::Recorded(write(world, |year| year.record(*change, now))))
        }
        Effect::Undo => {
            let now = (world.now)();
            Some(Msg::Undone(write(world, |year| year.undo(now))))
        }
        Effect::Redo => {
            let now = (world.now)();
            Some(Msg::Redone(write(world, |year| year.redo(now))))
        }
        Effect::Export(export) => Some(Msg::Exported(export::step(world, *export))),
        Effect::LookBack(stamp) => past::look_back(world, stamp).map(Msg::LookedBack),
        Effect::LookAtNow => {
            world.past = None;
            Some(Msg::LookingAtNow)
        }
        Effect::ListYears => Some(Msg::YearsListed(world.data.years())),
        Effect::SeeYear(year) => Some(Msg::YearSeen(year, years::look_at(world, year))),
        Effect::OpenYear(year) => Some(Msg::YearOpened(years::open(world, year))),
        Effect::CreateYear { year, from } => Some(Msg::YearCreated(years::create(world, year, from))),
        Effect::ReplaceRoster(new) => roster::replace(world, &new).map(Msg::RosterReplaced),
        Effect::BeginYear => Some(Msg::Opened(begin(world))),
        Effect::SaveSettings(settings) => Some(Msg::SettingsSaved(world.kept.save(*settings))),
        Effect::Refresh | Effect::Redraw => {
            let year = world.year.as_mut()?;
            Some(Msg::Refreshed(year.refresh()))
        }
        Effect::LookAtYear(year) => Some(Msg::Earlier(Box::new(look_at(world, year)))),
        Effect::Demo | Effect::Suspend | Effect::Quit => None,
    }
}

/// Takes in what others wrote, before keys that were pressed are acted on; says whether the screens that the keys were
/// meant for are still there.
pub fn refresh(app: &mut App) -> bool {
    let generation = app.generation();
    if let Some(msg) = act(&mut app.world, Effect::Refresh) {
        app.update(msg);
    }
    app.generation() == generation
}

fn write(
    world: &mut World,
    record: impl FnOnce(&mut OpenYear) -> Result<&Record, RecordError>,
) -> Result<Change, RecordError> {
    let Some(year) = world.year.as_mut() else {
        return Err(StoreError::NoYears { data: world.data.path().to_owned() }.into());
    };
    record(year).map(|it| it.change.clone())
}

fn begin(world: &mut World) -> Result<(), StoreError> {
    NewYear::builtin(BUILTIN_YEAR).create(&world.data)?;
    world.year = Some(OpenYear::open(&world.data, BUILTIN_YEAR, world.person.clone())?);
    Ok(())
}

/// Reads an earlier year, only to look at it.
fn look_at(world: &World, year: Option<u16>) -> Result<Option<Earlier>, NoEarlier> {
    let this_year = world.year.as_ref().map_or(0, |it| it.year().year);
    let mut years = match world.data.years() {
        Ok(years) => years,
        Err(error) => return Err(NoEarlier { year, years: Vec::new(), error }),
    };
    years.retain(|it| *it < this_year);
    years.reverse();
    let Some(year) = year.or(years.first().copied()) else { return Ok(None) };
    match world.data.view(year, None) {
        Ok(view) => {
            Ok(Some(Earlier { year, years, ledger: view.ledger, is_damaged: !view.damage.is_empty() }))
        }
        Err(AsOfError::Store(error)) => Err(NoEarlier { year: Some(year), years, error }),
        // No moment in it was asked for.
        Err(AsOfError::UnknownRecord(_) | AsOfError::NothingYet { .. }) => Ok(None),
    }
}

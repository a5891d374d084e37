//! What a screen stands on, and the views that open about it.

use kaohe_core::Ledger;

use super::{
    Dialog, Differences, Explain, IndicatorScreen, LastYear, Log, Losses, Ranking, RosterScreen, Screen,
    SettingsScreen, SheetScreen, Years,
};
use crate::keys::View;
use crate::world::World;

/// A class, and within it a unit and an indicator, as far as the screen is about one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The place of the class's rubric.
    pub rubric_idx: usize,
    /// The unit's place in the roster.
    pub unit_idx: Option<usize>,
    /// The indicator's place in the rubric.
    pub indicator_idx: Option<usize>,
}

impl Screen {
    /// Returns what the screen stands on; nothing where it is about none of it.
    fn spot(&self, ledger: &Ledger) -> Option<Spot> {
        match self {
            Screen::Matrix(screen) => Some(screen.spot()),
            Screen::Ranking(screen) => screen.spot(),
            Screen::Sheet(screen) => Some(screen.spot(ledger)),
            Screen::Differences(screen) => screen.spot(ledger),
            Screen::Indicator(screen) => Some(screen.spot()),
            Screen::Losses(screen) => screen.spot(),
            Screen::LossUnits(screen) => screen.spot(),
            Screen::LastYear(screen) => screen.spot(ledger),
            Screen::Log(screen) => screen.spot(ledger),
            Screen::Roster(screen) => Some(screen.spot(ledger)),
            Screen::Start(_)
            | Screen::Entries(_)
            | Screen::Form(_)
            | Screen::Dialog(_)
            | Screen::Choose(_)
            | Screen::Preview(_)
            | Screen::Find(_)
            | Screen::Palette(_)
            | Screen::Explain(_)
            | Screen::Settings(_)
            | Screen::KeyList(_)
            | Screen::Notice(_)
            | Screen::Record(_)
            | Screen::Years(_)
            | Screen::Help(_) => None,
        }
    }
}

/// Returns what the screens stand on: the one in front, or where it is about nothing, the one below it.
pub(crate) fn spot(screens: &[Screen], world: &World) -> Spot {
    let Some(ledger) = world.ledger() else { return Spot::default() };
    screens.iter().rev().find_map(|it| it.spot(ledger)).unwrap_or_default()
}

/// Opens a view; nothing where there is nothing that it could be about.
pub(crate) fn open(view: View, world: &World, spot: Spot) -> Option<Screen> {
    if view == View::Settings {
        return Some(Screen::Settings(SettingsScreen::default()));
    }
    let ledger = world.ledger()?;
    Some(match view {
        View::Settings => return None,
        View::Roster => Screen::Roster(RosterScreen::new(ledger, spot)),
        View::Years => Screen::Years(Years::new()),
        View::Log => Screen::Log(Box::new(Log::new(world, spot)?)),
        View::Export => Screen::Dialog(Dialog::export(world, spot)?),
        View::Ranking => Screen::Ranking(Ranking::new(ledger, spot.rubric_idx)),
        View::Sheet => Screen::Sheet(SheetScreen::new(spot.unit_idx?)),
        View::Explain => {
            let unit_idx = spot.unit_idx?;
            Screen::Explain(match spot.indicator_idx {
                Some(indicator_idx) => Explain::cell(unit_idx, indicator_idx),
                None => Explain::unit(unit_idx),
            })
        }
        View::Differences => Screen::Differences(Differences::new(spot.rubric_idx)),
        View::Indicator => Screen::Indicator(IndicatorScreen::new(ledger, spot)),
        View::Losses => Screen::Losses(Losses::new(spot.rubric_idx)),
        View::LastYear => Screen::LastYear(LastYear::new(spot.rubric_idx)),
    })
}

//! How much of its points a cell has lost, as a sign that reads without colour, and as a shade.

use kaohe_core::{Indicator, IndicatorScore, State};
use ratatui::style::Style;

use crate::theme;

/// The share of the points that is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heat {
    /// None, or it is no loss: what starts from nothing has lost nothing.
    Nothing,
    /// Less than a tenth.
    Little,
    /// A tenth or more.
    Much,
    /// Three tenths or more.
    Most,
}

impl Heat {
    pub(super) fn of(indicator: &Indicator, score: &IndicatorScore) -> Heat {
        let lost = score.lost();
        let is_loss = score.state != State::NotApplicable
            && score.decided().is_some()
            && !lost.is_negative()
            && !lost.is_zero()
            && !indicator.start_points().is_zero();
        if !is_loss {
            Heat::Nothing
        } else if lost.times(10) < score.points {
            Heat::Little
        } else if lost.times(10) < score.points.times(3) {
            Heat::Much
        } else {
            Heat::Most
        }
    }

    /// Returns the sign before the number.
    pub(super) fn sign(self) -> &'static str {
        match self {
            // That it is a number, and not 满, says enough.
            Heat::Nothing | Heat::Little => "",
            Heat::Much => ":",
            Heat::Most => "!",
        }
    }

    pub(super) fn style(self) -> Style {
        match self {
            Heat::Nothing => theme::PLAIN,
            Heat::Little => theme::LOST,
            Heat::Much => theme::LOST_MUCH,
            Heat::Most => theme::LOST_MOST,
        }
    }
}

#[cfg(test)]
mod tests {
    use kaohe_core::Start;

    use super::*;
    use crate::screens::matrix::testing::class;

    /// Says how an indicator of ten points looks that has lost so many.
    #[track_caller]
    fn check(lost: &str, start: Start, expected: Heat) {
        let ledger = class(lost, start);
        let indicator = ledger.rubric_of(0).indicator(0);
        assert_eq!(Heat::of(indicator, &ledger.score(0).indicators[0]), expected, "{lost}");
    }

    #[test]
    fn the_more_of_its_points_are_lost_the_hotter() {
        check("0", Start::Full, Heat::Nothing);
        check("0.99", Start::Full, Heat::Little);
        check("1", Start::Full, Heat::Much);
        check("2.99", Start::Full, Heat::Much);
        check("3", Start::Full, Heat::Most);
        check("10", Start::Full, Heat::Most);
        check("5/", Start::Full, Heat::Nothing);
    }

    #[test]
    fn what_starts_from_nothing_has_lost_nothing() {
        check("0", Start::Zero, Heat::Nothing);
    }
}

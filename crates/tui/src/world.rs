//! What the screens read: the open year, who sits here, and what day it is.

use jiff::Timestamp;
use jiff::civil::Date;
use kaohe_core::{Ledger, Points, Rubric, Stamp};
use kaohe_store::{DataFolder, OpenYear, Person};

use crate::look::Look;
use crate::settings::{Kept, TerminalKind};

/// Everything outside the screens themselves.
#[derive(Debug)]
pub struct World {
    /// Where the years lie.
    pub data: DataFolder,
    /// The year that is open; none before there is one.
    pub year: Option<OpenYear>,
    /// Who sits here.
    pub person: Person,
    /// The clock.
    pub now: fn() -> Timestamp,
    /// The calendar.
    pub today: fn() -> Date,
    /// What the person has set.
    pub kept: Kept,
    /// What the terminal is.
    pub terminal: TerminalKind,
}

impl World {
    /// Returns how pictures are made to suit the terminal.
    pub(crate) fn look(&self) -> Look {
        self.kept.look(&self.terminal)
    }

    /// Returns which generation of roster and rubrics the screens' places are of.
    pub(crate) fn generation(&self) -> u64 {
        self.year.as_ref().map_or(0, OpenYear::generation)
    }

    /// Returns which state the year is in: what is computed from it holds as long as this is the same.
    pub(crate) fn version(&self) -> Version {
        self.year.as_ref().map_or_else(Version::default, |it| Version {
            generation: it.generation(),
            n_records: it.records().len(),
            last: it.ledger().last().cloned(),
        })
    }

    /// Returns everything known of the open year.
    pub(crate) fn ledger(&self) -> Option<&Ledger> {
        self.year.as_ref().map(OpenYear::ledger)
    }
}

/// Which state of the open year something was computed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Version {
    generation: u64,
    n_records: usize,
    last: Option<Stamp>,
}

/// Returns a unit's name as a narrow column has it.
pub(crate) fn short_name(ledger: &Ledger, unit_idx: usize) -> &str {
    let unit = ledger.unit(unit_idx);
    if unit.short.is_empty() { &unit.name } else { &unit.short }
}

/// Returns the class's name after this one, in a ring.
pub(crate) fn next_class(ledger: &Ledger, rubric_idx: usize) -> usize {
    (rubric_idx + 1) % ledger.rubrics().len().max(1)
}

/// Returns how many characters a number takes.
pub(crate) fn n_digits(points: Points) -> usize {
    points.n_characters().0
}

/// Returns how many decimals the finest of these numbers has.
pub(crate) fn n_decimals(points: impl Iterator<Item = Points>) -> usize {
    points.map(|it| it.n_characters().1).max().unwrap_or(0)
}

/// Returns a number filled up with blanks, so that in a column the decimal points stand below each other.
pub(crate) fn aligned(points: Points, n_decimals: usize) -> String {
    let text = points.to_string();
    let n_missing = match text.split_once('.') {
        Some((_, decimals)) => n_decimals.saturating_sub(decimals.len()),
        None if n_decimals > 0 => n_decimals + 1,
        None => 0,
    };
    format!("{text}{}", " ".repeat(n_missing))
}

/// Returns a signed number of points: `-0.3`, `+1`, `0`.
pub(crate) fn signed(points: Points) -> String {
    if points > Points::ZERO { format!("+{points}") } else { points.to_string() }
}

/// Returns which of the rubric's sections holds an indicator.
pub(crate) fn section_idx(rubric: &Rubric, indicator_idx: usize) -> usize {
    let mut n_before = 0;
    for (section_idx, section) in rubric.sections.iter().enumerate() {
        n_before += section.indicators.len();
        if indicator_idx < n_before {
            return section_idx;
        }
    }
    rubric.sections.len().saturating_sub(1)
}

//! What the screens read: the open year, who sits here, and what day it is.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use kaohe_core::{Ledger, Points, Record, Rubric, Stamp};
use kaohe_store::{AsOf, AsOfError, DataFolder, OpenYear, Person, StoreError};

use crate::text;

use crate::look::Look;
use crate::settings::{Kept, TerminalKind};

/// Everything outside the screens themselves.
#[derive(Debug)]
pub struct World {
    /// Where the years lie.
    pub data: DataFolder,
    /// The year that is open; none before there is one.
    pub year: Option<OpenYear>,
    /// The year as it was, while somebody looks at that.
    pub past: Option<Past>,
    /// Who sits here.
    pub person: Person,
    /// The clock.
    pub now: fn() -> Timestamp,
    /// The calendar.
    pub today: fn() -> Date,
    /// The clock on the wall at a moment.
    pub local: fn(Timestamp) -> DateTime,
    /// Where exports go unless somebody says otherwise.
    pub export_to: PathBuf,
    /// What the person has set.
    pub kept: Kept,
    /// What the terminal is.
    pub terminal: TerminalKind,
}

/// The year as it was right after a record.
#[derive(Debug)]
pub struct Past {
    /// The record.
    pub(crate) stamp: Stamp,
    /// When it was made.
    pub(crate) at: Timestamp,
    pub(crate) ledger: Ledger,
    /// Until then.
    pub(crate) records: Vec<Record>,
    /// Of which generation the present was.
    pub(crate) generation: u64,
}

impl Past {
    /// Returns what marks the screens, in about so many cells.
    pub(crate) fn banner(&self, world: &World, width: usize) -> String {
        text::log::banner(&self.stamp, &world.local_text(self.at), width)
    }
}

impl World {
    /// Returns how pictures are made to suit the terminal.
    pub(crate) fn look(&self) -> Look {
        self.kept.look(&self.terminal)
    }

    /// Returns which generation of roster and rubrics the screens' places are of.
    pub(crate) fn generation(&self) -> u64 {
        match &self.past {
            // It stays as it was, whatever becomes of the present meanwhile.
            Some(past) => past.generation,
            None => self.year.as_ref().map_or(0, OpenYear::generation),
        }
    }

    /// Returns which state the year is in: what is computed from it holds as long as this is the same.
    pub(crate) fn version(&self) -> Version {
        let Some(ledger) = self.ledger() else { return Version::default() };
        Version {
            generation: self.generation(),
            n_records: self.records().len(),
            last: ledger.last().cloned(),
        }
    }

    /// Returns everything known of the open year, or of what it was where somebody looks at that.
    pub(crate) fn ledger(&self) -> Option<&Ledger> {
        match &self.past {
            Some(past) => Some(&past.ledger),
            None => self.year.as_ref().map(OpenYear::ledger),
        }
    }

    /// Returns its records, in their order.
    pub(crate) fn records(&self) -> &[Record] {
        match &self.past {
            Some(past) => &past.records,
            None => self.year.as_ref().map_or(&[], OpenYear::records),
        }
    }

    /// Returns a moment as the clock on the wall showed it: `2023-11-06 09:12`.
    pub(crate) fn local_text(&self, at: Timestamp) -> String {
        (self.local)(at).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// Returns everything that is stored of it, as one text.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is damaged.
    pub(crate) fn snapshot(&self) -> Result<String, StoreError> {
        let Some(year) = &self.year else {
            return Err(StoreError::NoYears { data: self.data.path().to_owned() });
        };
        let number = year.year().year;
        let Some(past) = &self.past else { return self.data.snapshot(number) };
        match self.data.snapshot_as_of(number, &AsOf::Record(past.stamp.clone())) {
            Ok((snapshot, _)) => Ok(snapshot),
            Err(AsOfError::Store(error)) => Err(error),
            // It was there when somebody went back to it.
            Err(AsOfError::UnknownRecord(_) | AsOfError::NothingYet { .. }) => self.data.snapshot(number),
        }
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

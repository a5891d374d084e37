//! What was recorded, as a plain list; and the few conversions that everything here needs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use kaohe_core::{Applies, Deduction, Indicator, NotApplicable, Points, Roster, Rubric, Section, Settings};
use rust_decimal::{Decimal, RoundingStrategy};

/// One entry as it stands now.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its place among all entries, in the order of their records.
    pub order: usize,
    /// Whether it was taken back.
    pub is_withdrawn: bool,
    /// What it says.
    pub deduction: Deduction,
}

/// A unit's place in the roster, and an indicator's in its rubric.
pub type At = (usize, usize);

/// Everything that was recorded.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// Entries, in the order of their records.
    pub entries: Vec<Said>,
    /// 自评.
    pub self_scores: BTreeMap<At, Points>,
    /// 已复核.
    pub reviewed: BTreeSet<At>,
    /// 不涉及, as marked by the office.
    pub not_applicable: BTreeSet<At>,
}

/// All that scores follow from.
#[derive(Clone, Copy, Debug)]
pub struct Year<'y> {
    /// One per class.
    pub rubrics: &'y [Rubric],
    /// The units.
    pub roster: &'y Roster,
    /// What the year decides.
    pub settings: Settings,
    /// What was recorded.
    pub recorded: &'y Recorded,
}

/// What stands in the place of an indicator that does not concern a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// As one of the treatments says.
    Treated(NotApplicable),
    /// Nothing at all.
    Absent,
}

impl<'y> Year<'y> {
    /// Returns the rubric of a unit.
    pub fn rubric_of(&self, unit_idx: usize) -> &'y Rubric {
        let track = &self.roster.units[unit_idx].track;
        self.rubrics.iter().find(|it| it.track == *track).expect("each class has a rubric")
    }

    /// Returns the other units of a unit's class.
    pub fn others(&self, unit_idx: usize) -> Vec<usize> {
        let units = &self.roster.units;
        (0..units.len()).filter(|&it| it != unit_idx && units[it].track == units[unit_idx].track).collect()
    }

    /// Returns the section and the indicator at an index of a unit's rubric.
    pub fn node(&self, unit_idx: usize, indicator_idx: usize) -> (&'y Section, &'y Indicator) {
        nodes(self.rubric_of(unit_idx))[indicator_idx]
    }

    /// Returns what stands in the place of an indicator; none where it concerns the unit.
    pub fn instead(&self, unit_idx: usize, indicator_idx: usize) -> Option<Instead> {
        let (section, indicator) = self.node(unit_idx, indicator_idx);
        let tags = &self.roster.units[unit_idx].tags;
        let by_section = !concerns(&section.applies, tags);
        let by_tags = !concerns(&indicator.applies, tags);
        let by_mark = self.recorded.not_applicable.contains(&(unit_idx, indicator_idx));
        if !by_section && !by_tags && !by_mark {
            return None;
        }
        if section.is_outside || by_section {
            return Some(Instead::Absent);
        }
        if by_tags {
            return Some(indicator.not_applicable.map_or(Instead::Absent, Instead::Treated));
        }
        let rubric = self.rubric_of(unit_idx);
        let written = indicator.not_applicable.or(rubric.not_applicable);
        Some(Instead::Treated(written.unwrap_or(self.settings.not_applicable)))
    }

    /// Says whether an indicator concerns a unit.
    pub fn is_concerned(&self, unit_idx: usize, indicator_idx: usize) -> bool {
        self.instead(unit_idx, indicator_idx).is_none()
    }
}

/// Returns all indicators of a rubric, each with its section.
pub fn nodes(rubric: &Rubric) -> Vec<(&Section, &Indicator)> {
    let mut nodes = Vec::new();
    for section in &rubric.sections {
        for indicator in &section.indicators {
            nodes.push((section, indicator));
        }
    }
    nodes
}

fn concerns(applies: &Applies, tags: &[String]) -> bool {
    let has_one = applies.only.is_empty() || applies.only.iter().any(|it| tags.contains(it));
    has_one && !applies.except.iter().any(|it| tags.contains(it))
}

/// Returns points or a quantity as a decimal.
pub fn decimal(number: impl Display) -> Decimal {
    number.to_string().parse().expect("a plain decimal")
}

/// Rounds, half away from zero.
pub fn rounded(number: Decimal, decimals: u32) -> Decimal {
    number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// Returns the share that so many percent are; all where nothing is said.
pub fn share(weight: Option<impl Display>) -> Decimal {
    weight.map_or(Decimal::ONE, |it| decimal(it) / Decimal::ONE_HUNDRED)
}

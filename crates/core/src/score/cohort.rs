//! What looks across the units of a class: what stated values are worth beside the others', and means of what others
//! scored.
//!
//! Computed after what is a unit's own; the result says which units it came from.

use super::entries::{Highest, counts_of_event};
use super::{SheetScore, State, Undecided, highest_of_events, scaled_decimals};
use crate::ledger::cost;
use crate::points::Points;
use crate::quantity::Quantity;
use crate::rubric::{Best, Measure, Places, Reference, Rubric, Rule, Span};
use crate::settings::{NotApplicable, Settings};
use crate::sheet::{Cell, Exclusion, Sheet};

/// What the units of one class have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cohort {
    pub ranks: Vec<RankTable>,
    pub means: Vec<Mean>,
}

/// The values that units of a class stated for one rule whose points hang on them: places, and the best value or the
/// mean that others are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankTable {
    /// Which indicator.
    pub indicator_idx: usize,
    /// Which of its rules.
    pub rule_idx: usize,
    /// Units by their places in the roster, each with its value.
    pub values: Vec<(usize, Quantity)>,
    /// Units that are assessed there and have no value yet, or are not reviewed.
    pub open: Vec<usize>,
}

/// What the units of a class scored on one indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mean {
    /// Which indicator.
    pub indicator_idx: usize,
    /// Units by their places in the roster, each with its score.
    pub members: Vec<(usize, Points)>,
    /// Those of them whose sheets are not reviewed, or whose scores are not decided yet.
    pub open: Vec<usize>,
}

/// Says whether any score under a rubric hangs on other units.
pub(crate) fn has_cohort(rubric: &Rubric, settings: Settings) -> bool {
    let mut indicators = rubric.indicators();
    indicators.any(|it| {
        rubric.treatment(it, settings.not_applicable) == NotApplicable::ClassMean
            || it.rules.iter().any(|it| it.measure.hangs_on_class())
    })
}

impl Cohort {
    /// Gathers the values of a class for the rules whose points hang on them. `units` are its units by their places in the roster.
    pub fn of_values(rubric: &Rubric, units: &[(usize, &Sheet)], settings: Settings) -> Cohort {
        let mut ranks = Vec::new();
        let events: Vec<Option<Highest<'_>>> =
            units.iter().map(|it| highest_of_events(rubric, it.1, settings)).collect();
        for (indicator_idx, indicator) in rubric.indicators().enumerate() {
            for (rule_idx, rule) in indicator.rules.iter().enumerate() {
                if !rule.measure.hangs_on_class() {
                    continue;
                }
                let mut table = RankTable { indicator_idx, rule_idx, values: Vec::new(), open: Vec::new() };
                for (&(unit_idx, sheet), events) in units.iter().zip(&events) {
                    let cell = &sheet.cells[indicator_idx];
                    if !cell.is_concerned() {
                        continue;
                    }
                    let value = last_value(cell, (rule_idx, rule), events.as_ref());
                    if value.is_none() || cell.reviewed.is_none() {
                        table.open.push(unit_idx);
                    }
                    table.values.extend(value.map(|it| (unit_idx, it)));
                }
                ranks.push(table);
            }
        }
        Cohort { ranks, means: Vec::new() }
    }

    /// Gathers the scores of a class for the indicators whose mean somebody takes.
    pub fn means(
        rubric: &Rubric,
        units: &[(usize, &Sheet)],
        scores: &[SheetScore],
        settings: Settings,
    ) -> Vec<Mean> {
        let mut means = Vec::new();
        for (indicator_idx, indicator) in rubric.indicators().enumerate() {
            let by_mark = rubric.treatment(indicator, settings.not_applicable) == NotApplicable::ClassMean;
            let by_tag = |it: &(usize, &Sheet)| {
                it.1.cells[indicator_idx].exclusion == Some(Exclusion::Treated(NotApplicable::ClassMean))
            };
            if !by_mark && !units.iter().any(by_tag) {
                continue;
            }
            let mut mean = Mean { indicator_idx, members: Vec::new(), open: Vec::new() };
            for (&(unit_idx, sheet), score) in units.iter().zip(scores) {
                let score = &score.indicators[indicator_idx];
                match score.state {
                    State::NotApplicable => continue,
                    // A score may rest on other cells of the sheet: by gates, caps and events.
                    State::Pending | State::Reviewed if score.undecided.is_some() || !is_reviewed(sheet) => {
                        mean.open.push(unit_idx);
                    }
                    State::Pending | State::Reviewed => {}
                }
                mean.members.push((unit_idx, score.score));
            }
            means.push(mean);
        }
        means
    }

    fn rank_table(&self, indicator_idx: usize, rule_idx: usize) -> Option<&RankTable> {
        self.ranks.iter().find(|it| (it.indicator_idx, it.rule_idx) == (indicator_idx, rule_idx))
    }

    /// Returns the units that a rule waits for whose points hang on the class.
    pub fn open_ranks(&self, indicator_idx: usize, rule_idx: usize) -> Vec<usize> {
        self.rank_table(indicator_idx, rule_idx).map(|it| it.open.clone()).unwrap_or_default()
    }

    /// Returns what a unit's value is worth beside those of the class; nothing where it has none.
    pub fn points(&self, rubric: &Rubric, unit_idx: usize, indicator_idx: usize, rule_idx: usize) -> Points {
        let measure = &rubric.indicator(indicator_idx).rules[rule_idx].measure;
        let table = self.rank_table(indicator_idx, rule_idx);
        table.and_then(|it| it.points(unit_idx, measure)).unwrap_or_default()
    }

    /// Returns the mean of the other units on an indicator, or why there is none yet.
    pub fn mean(
        &self,
        rubric: &Rubric,
        indicator_idx: usize,
        unit_idx: usize,
    ) -> (Option<Points>, Option<Undecided>) {
        let Some(mean) = self.means.iter().find(|it| it.indicator_idx == indicator_idx) else {
            return (None, Some(Undecided::MeanOfNobody { indicator_idx }));
        };
        let others: Vec<Points> = mean.members.iter().filter(|it| it.0 != unit_idx).map(|it| it.1).collect();
        let value = others.iter().copied().sum::<Points>().divided(others.len(), scaled_decimals(rubric));
        let undecided = if others.is_empty() {
            Some(Undecided::MeanOfNobody { indicator_idx })
        } else if mean.open.is_empty() {
            None
        } else {
            Some(Undecided::MeanOpen { indicator_idx, units: mean.open.clone() })
        };
        (value, undecided)
    }
}

/// Where a unit stands among those of its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceInClass {
    /// From the front, from 1.
    pub from_first: usize,
    /// From the end, from 1.
    pub from_last: usize,
    /// How many units have a value.
    pub n_units: usize,
}

impl RankTable {
    /// Returns what a unit's value is worth by a measure that hangs on the class; none where it has no value.
    fn points(&self, unit_idx: usize, measure: &Measure) -> Option<Points> {
        match measure {
            Measure::ByRank { best, places, .. } => self.place(unit_idx, *best).map(|it| it.points(places)),
            Measure::Relative { best, points, .. } => {
                let (value, first) = (self.value(unit_idx)?, self.first(*best)?);
                // Of the first nothing is asked but to be the first: so it has its points where it has 0, too.
                Some(match best {
                    _ if value == first => *points,
                    Best::Highest => cost::ratio(value, first, *points),
                    Best::Lowest => cost::ratio(first, value, *points),
                })
            }
            Measure::Steps { reference: Reference::ClassMean, side, step, each, rounding, .. } => {
                let distance = cost::beyond(*side, self.value(unit_idx)?, self.mean()?);
                Some(cost::steps(distance, *step, *each, *rounding))
            }
            Measure::Steps { reference: Reference::Fixed(_) | Reference::Own, .. }
            | Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Checklist { .. }
            | Measure::Graded { .. }
            | Measure::Discretionary { .. }
            | Measure::Forfeit { .. }
            | Measure::Shortfall { .. }
            | Measure::Bands { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::Veto { .. } => None,
        }
    }

    fn value(&self, unit_idx: usize) -> Option<Quantity> {
        self.values.iter().find(|it| it.0 == unit_idx).map(|it| it.1)
    }

    /// Returns the value that comes first.
    pub fn first(&self, best: Best) -> Option<Quantity> {
        let values = self.values.iter().map(|it| it.1);
        match best {
            Best::Highest => values.max(),
            Best::Lowest => values.min(),
        }
    }

    /// Returns the mean of the values, to six decimals.
    pub fn mean(&self) -> Option<Quantity> {
        Quantity::mean(self.values.iter().map(|it| it.1))
    }

    /// Returns where a unit stands; equal values share a place.
    pub fn place(&self, unit_idx: usize, best: Best) -> Option<PlaceInClass> {
        let value = self.value(unit_idx)?;
        let is_better = |it: Quantity| match best {
            Best::Highest => it > value,
            Best::Lowest => it < value,
        };
        let n_better = self.values.iter().filter(|it| is_better(it.1)).count();
        let n_worse = self.values.iter().filter(|it| it.1 != value && !is_better(it.1)).count();
        Some(PlaceInClass { from_first: n_better + 1, from_last: n_worse + 1, n_units: self.values.len() })
    }
}

impl PlaceInClass {
    /// Returns what the place is worth.
    pub fn points(self, places: &Places) -> Points {
        match places {
            Places::Named(places) => {
                let place = places.iter().find(|it| self.lies_in(it.span));
                place.map(|it| it.points).unwrap_or_default()
            }
            Places::Descending { first, each } => {
                let n_after = u32::try_from(self.from_first - 1).unwrap_or(u32::MAX);
                (*first - each.times(n_after)).max(Points::ZERO)
            }
        }
    }

    fn lies_in(self, span: Span) -> bool {
        let at = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
        match span {
            Span::Between(from, to) => {
                let (from, to) = (i64::from(from), i64::from(to));
                let is_after =
                    if from > 0 { at(self.from_first) >= from } else { at(self.from_last) <= -from };
                let is_before = if to > 0 { at(self.from_first) <= to } else { at(self.from_last) >= -to };
                is_after && is_before
            }
            Span::Percent(percent) => {
                let share = |place: usize| Quantity::share(place, self.n_units);
                if percent < Quantity::ZERO {
                    share(self.from_last) <= Quantity::ZERO.above(percent)
                } else {
                    share(self.from_first) <= percent
                }
            }
        }
    }
}

/// Says whether all of a sheet that concerns its unit is 已复核.
fn is_reviewed(sheet: &Sheet) -> bool {
    sheet.cells.iter().all(|it| !it.is_concerned() || it.reviewed.is_some())
}

/// Returns the value that counts of a cell's entries under a rule: the last by date, then by record.
fn last_value(
    cell: &Cell,
    (rule_idx, rule): (usize, &Rule),
    events: Option<&Highest<'_>>,
) -> Option<Quantity> {
    let ours = cell
        .entries
        .iter()
        .filter(|it| it.rule_idx == rule_idx && it.withdrawn.is_none() && counts_of_event(it, rule, events));
    let (_, last) = ours.enumerate().max_by_key(|(idx, it)| (it.deduction.date, *idx))?;
    last.deduction.value
}

//! The way to the next cell that is 未复核.

use kaohe_core::{Ledger, State};

use super::{Filter, Matrix};

impl Matrix {
    /// Returns the next cell that is 未复核: row by row as they show, then class by class, in a ring. Where a filter is in
    /// force, only what it shows; and only its column where it is about that.
    pub(super) fn next_pending(&self, ledger: &Ledger) -> Option<(usize, usize)> {
        let place = self.place();
        let (unit_idx, indicator_idx) = self.selected()?;
        let is_pending = |unit_idx: usize, idx: usize| {
            ledger.score(unit_idx).indicators[idx].state == State::Pending
                && (place.filter.indicator_idx().is_none_or(|it| it == idx)
                    || !matches!(place.filter, Filter::Pending(_)))
        };
        let (before, after) = self.rows.split_at(place.row.min(self.rows.len()));
        let mut units: Vec<usize> = after.get(1..).unwrap_or_default().to_vec();
        if place.filter == Filter::All {
            let n_classes = ledger.rubrics().len();
            let others = (1..n_classes).map(|it| (self.rubric_idx + it) % n_classes);
            units.extend(others.flat_map(|it| ledger.units_of(it)));
        }
        units.extend(before);
        let n_indicators = |it: usize| ledger.score(it).indicators.len();
        let here_after = (indicator_idx + 1..n_indicators(unit_idx)).map(|it| (unit_idx, it));
        let here_before = (0..=indicator_idx).map(|it| (unit_idx, it));
        let others = units.iter().flat_map(|&unit| (0..n_indicators(unit)).map(move |it| (unit, it)));
        here_after.chain(others).chain(here_before).find(|it| is_pending(it.0, it.1))
    }
}

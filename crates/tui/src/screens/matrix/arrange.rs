//! Which rows show and in which order, and how the cursor goes along.

use kaohe_core::Ledger;

use super::facts::Facts;
use super::{Filter, Matrix, Order};
use crate::app::Message;
use crate::screens::Step;
use crate::text::arrange as text;
use crate::world::{Version, World};

/// How the matrix is to show.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arrange {
    Order(Order),
    Filter(Filter),
}

/// What it hangs on which facts and rows there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Basis {
    version: Version,
    rubric_idx: usize,
    order: Order,
    filter: Filter,
    /// The unit of the cursor, where it shows although the filter leaves it out: what has just been done to it is still
    /// to be seen, until the cursor goes on.
    held: Option<usize>,
    /// Of the marks, where the filter looks at them.
    marks: u64,
}

impl Matrix {
    /// Computes anew what shows where the year, or what is to show of it, is no longer what it was. Every update ends
    /// with this, so that drawing only reads.
    pub(crate) fn catch_up(&mut self, world: &World) {
        let Some(ledger) = world.ledger() else { return };
        let place = self.place();
        let held = place.unit_idx.filter(|it| !place.filter.keeps(*it, ledger, &self.marks));
        let version = world.version();
        let rubric_idx = self.rubric_idx;
        let marks = if place.filter == Filter::Marked { self.marks.version() } else { 0 };
        let basis = Basis { version, rubric_idx, order: place.order, filter: place.filter, held, marks };
        if self.basis.as_ref() != Some(&basis) {
            let is_of_now = |it: &Basis| (&it.version, it.rubric_idx) == (&basis.version, basis.rubric_idx);
            if !self.basis.as_ref().is_some_and(is_of_now) {
                self.facts = Facts::of(ledger, rubric_idx);
            }
            self.rows = self.arranged(ledger, place.filter, held);
            self.basis = Some(basis);
        }
        self.follow_unit();
    }

    /// Returns the units that a filter keeps, and the one that is held, in the order of the class.
    fn arranged(&self, ledger: &Ledger, filter: Filter, held: Option<usize>) -> Vec<usize> {
        let shows = |it: &usize| Some(*it) == held || filter.keeps(*it, ledger, &self.marks);
        let mut rows: Vec<usize> = self.facts.units.iter().copied().filter(shows).collect();
        self.place().order.sort(&mut rows, ledger, &self.facts);
        rows
    }

    /// Puts the cursor on the row of its unit; where that does not show, it stays in its place.
    fn follow_unit(&mut self) {
        let place = &mut self.places[self.rubric_idx];
        if place.unit_idx.is_none() || self.rows.get(place.row).copied() != place.unit_idx {
            let row = self.rows.iter().position(|it| Some(*it) == place.unit_idx);
            place.row = row.unwrap_or(place.row.min(self.rows.len().saturating_sub(1)));
            place.unit_idx = self.rows.get(place.row).copied();
        }
    }

    /// Sorts or filters the class that shows, and returns what there is to say of it.
    pub(crate) fn arrange(&mut self, arrange: Arrange, ledger: &Ledger) -> Option<Message> {
        match arrange {
            Arrange::Order(order) => self.places[self.rubric_idx].order = order,
            Arrange::Filter(filter) => {
                let row = self.row_for(filter, ledger);
                if row.is_none() && !self.rows.is_empty() {
                    return Some(Message::hint(text::NOBODY_SHOWS.to_owned()));
                }
                let place = &mut self.places[self.rubric_idx];
                place.filter = filter;
                place.unit_idx = row;
            }
        }
        None
    }

    /// Returns the unit for the cursor under a filter: its own, the next that shows, or else the last.
    fn row_for(&self, filter: Filter, ledger: &Ledger) -> Option<usize> {
        let kept = self.arranged(ledger, filter, None);
        // Where the cursor's unit would stand among all of the class.
        let place = self.place();
        let all = self.arranged(ledger, Filter::All, None);
        let here = all.iter().position(|it| Some(*it) == place.unit_idx).unwrap_or(0);
        let following = all.iter().skip(here).find(|it| filter.keeps(**it, ledger, &self.marks));
        following.or(kept.last()).copied()
    }

    /// Shows the whole class of a unit again where the filter hides that unit; says whether it did.
    pub(crate) fn reveal(&mut self, ledger: &Ledger, unit_idx: usize) -> bool {
        let place = &mut self.places[ledger.sheet(unit_idx).rubric_idx];
        let is_hidden = !place.filter.keeps(unit_idx, ledger, &self.marks);
        if is_hidden {
            place.filter = Filter::All;
        }
        is_hidden
    }

    pub(super) fn has_filter(&self) -> bool {
        self.place().filter != Filter::All
    }

    /// Says whether Esc has anything to do here.
    pub(crate) fn has_to_clear(&self) -> bool {
        self.has_filter() || !self.marks.is_empty()
    }

    /// Leaves what shows besides the class as it is, one after the other; then the matrix.
    pub(crate) fn leave(&mut self) -> Step {
        if !self.has_to_clear() {
            return Step::Back;
        }
        self.clear();
        Step::Stay
    }

    /// Takes a step back: all units show again, or where they do, no unit is marked any more.
    pub(super) fn clear(&mut self) {
        if self.has_filter() {
            self.places[self.rubric_idx].filter = Filter::All;
        } else {
            self.clear_marks();
        }
    }

    /// Says how the rows are sorted, where they do not stand as in the roster.
    pub(crate) fn says_order(&self, ledger: &Ledger) -> Option<String> {
        let order = self.place().order;
        let rubric = &ledger.rubrics()[self.rubric_idx];
        let indicator = order.indicator_idx().and_then(|it| rubric.indicators().nth(it));
        (order != Order::Roster).then(|| text::sorted(order, indicator))
    }

    /// Says which units show, where not all do: what for, and then how many and how to see all.
    pub(super) fn says_filter(&self, ledger: &Ledger) -> Option<(String, String)> {
        let filter = self.place().filter;
        let rubric = &ledger.rubrics()[self.rubric_idx];
        let indicator = filter.indicator_idx().and_then(|it| rubric.indicators().nth(it));
        let n_held = usize::from(self.basis.as_ref().is_some_and(|it| it.held.is_some()));
        let (n_shown, n_all) = (self.n_rows() - n_held, self.facts.units.len());
        (filter != Filter::All).then(|| text::filtered(filter, indicator, n_shown, n_all))
    }
}

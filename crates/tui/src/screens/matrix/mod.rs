//! The matrix, the program's home: units × indicators of a class, a cell is a score.

mod act;
mod arrange;
mod cells;
mod columns;
mod draw;
mod facts;
mod filter;
mod heat;
mod marks;
mod order;
mod pending;
mod several;
#[cfg(test)]
mod testing;
mod widened;

pub(crate) use arrange::Arrange;
use arrange::Basis;
use facts::Facts;
pub(crate) use filter::Filter;
use kaohe_core::{IndicatorId, Ledger, Track, UnitId};
pub(crate) use marks::Marks;
pub(crate) use order::Order;
use ratatui::layout::Size;
use widened::Widened;

use super::{Find, Screen, Spot, Step, moved, pane};
use crate::keys::Command;
use crate::widgets::table::kept;
use crate::world::{World, next_class};

/// Which class shows, and where the selection stands in each.
#[derive(Debug)]
pub(crate) struct Matrix {
    rubric_idx: usize,
    /// One per class.
    places: Vec<Place>,
    marks: Marks,
    /// Of the class that shows; they are those of `basis`.
    facts: Facts,
    /// The units that show, from the top to the bottom.
    rows: Vec<usize>,
    /// What facts and rows were computed from.
    basis: Option<Basis>,
    widened: Box<Widened>,
}

/// A place in one class's matrix.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// The unit of the cursor, which follows it wherever its row goes. None until the class has shown once, and where
    /// it has no units.
    unit_idx: Option<usize>,
    /// The row that the unit stands in.
    row: usize,
    indicator_idx: usize,
    /// The first row that showed.
    first_row: usize,
    order: Order,
    filter: Filter,
}

/// A cell by its names, which last where roster or rubric are replaced.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    track: Track,
    /// None where the class has no units.
    unit: Option<UnitId>,
    indicator: Option<IndicatorId>,
}

impl Matrix {
    pub(crate) fn new(ledger: &Ledger) -> Matrix {
        Matrix {
            rubric_idx: 0,
            places: vec![Place::default(); ledger.rubrics().len()],
            marks: Marks::default(),
            facts: Facts::default(),
            rows: Vec::new(),
            basis: None,
            widened: Box::default(),
        }
    }

    /// Goes to a unit's row, and to an indicator's column where one is named.
    pub(crate) fn go_to(&mut self, ledger: &Ledger, unit_idx: usize, indicator_idx: Option<usize>) {
        self.rubric_idx = ledger.sheet(unit_idx).rubric_idx;
        let place = &mut self.places[self.rubric_idx];
        place.unit_idx = Some(unit_idx);
        place.indicator_idx = indicator_idx.unwrap_or(place.indicator_idx);
    }

    /// Returns the names of what the cursor stands on.
    pub(crate) fn named(&self, ledger: &Ledger) -> Named {
        let rubric = &ledger.rubrics()[self.rubric_idx];
        let place = self.place();
        Named {
            track: rubric.track.clone(),
            unit: place.unit_idx.map(|it| ledger.unit(it).id.clone()),
            indicator: rubric.indicators().nth(place.indicator_idx).map(|it| it.id.clone()),
        }
    }

    /// Returns a matrix whose cursor stands on what has these names, as far as it is still there.
    pub(crate) fn at(ledger: &Ledger, named: &Named) -> Matrix {
        let mut matrix = Matrix::new(ledger);
        let Some(rubric_idx) = ledger.rubrics().iter().position(|it| it.track == named.track) else {
            return matrix;
        };
        matrix.rubric_idx = rubric_idx;
        let units = ledger.units_of(rubric_idx);
        let unit_idx = units.into_iter().find(|it| Some(&ledger.unit(*it).id) == named.unit.as_ref());
        let indicators = &mut ledger.rubrics()[rubric_idx].indicators();
        let indicator_idx = indicators.position(|it| Some(&it.id) == named.indicator.as_ref());
        let place = &mut matrix.places[rubric_idx];
        place.unit_idx = unit_idx;
        place.indicator_idx = indicator_idx.unwrap_or(0);
        matrix
    }

    /// Returns which class shows.
    pub(crate) fn rubric_idx(&self) -> usize {
        self.rubric_idx
    }

    /// Says whether scores of the class wait for something.
    pub(crate) fn is_undecided(&self) -> bool {
        self.facts.is_undecided
    }

    /// Says whether a unit of the class is out of its ranking.
    pub(crate) fn has_disqualified(&self) -> bool {
        self.facts.has_disqualified
    }

    fn place(&self) -> Place {
        self.places[self.rubric_idx]
    }

    fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Returns the selected cell: the unit's place in the roster, and the indicator's in the rubric. None where the
    /// class has no units.
    fn selected(&self) -> Option<(usize, usize)> {
        let place = self.place();
        place.unit_idx.map(|it| (it, place.indicator_idx))
    }

    /// Returns what the cursor stands on.
    pub(crate) fn spot(&self) -> Spot {
        let selected = self.selected();
        Spot {
            rubric_idx: self.rubric_idx,
            unit_idx: selected.map(|it| it.0),
            indicator_idx: selected.map(|it| it.1),
        }
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Stay };
        if self.moves(command, ledger, size) {
            return Step::Stay;
        }
        match (command, self.selected()) {
            (Command::NextClass, _) => {
                self.rubric_idx = next_class(ledger, self.rubric_idx);
                Step::Stay
            }
            (Command::Mark, _) => {
                self.mark(ledger);
                Step::Stay
            }
            (Command::MarkAll, _) => {
                self.mark_all(ledger);
                Step::Stay
            }
            (Command::Digit(_) | Command::Rules | Command::Review, Some((_, indicator_idx)))
                if !self.marks.is_empty() =>
            {
                self.marks.act(command, self.rubric_idx, indicator_idx, world)
            }
            (Command::Find, _) => Step::Open(Screen::Find(Find::new(ledger, self.rows.clone()))),
            (command, Some((unit_idx, indicator_idx))) => {
                self.act(command, unit_idx, indicator_idx, ledger, world)
            }
            (_, None) => Step::Stay,
        }
    }

    /// Moves the selection; says whether the command does that.
    fn moves(&mut self, command: Command, ledger: &Ledger, size: Size) -> bool {
        let n_rows = self.n_rows();
        let n_indicators = ledger.rubrics()[self.rubric_idx].n_indicators();
        let page = self.page(size);
        let place = &mut self.places[self.rubric_idx];
        // What shows now stays where it is as long as it can.
        place.first_row = kept(place.first_row, place.row, page, n_rows);
        match command {
            Command::Left => place.indicator_idx = place.indicator_idx.saturating_sub(1),
            Command::Right => {
                place.indicator_idx = (place.indicator_idx + 1).min(n_indicators.saturating_sub(1))
            }
            command => match moved(command, place.row, n_rows, page) {
                Some(row) => place.row = row,
                None => return false,
            },
        }
        place.unit_idx = self.rows.get(place.row).copied();
        place.first_row = kept(place.first_row, place.row, page, n_rows);
        true
    }
}

//! Self-scores against the office's, largest difference first: cell by cell, or the sums of units.

use kaohe_core::{Difference, Ledger, Points, State, UnitDifference, differences, unit_differences};
use kaohe_exchange::words;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::computed::Computed;
use super::list::{Place, below, headline, line, page};
use super::press::ListRows;
use super::{Spot, Step};
use crate::keys::Command;
use crate::text::differences as text;
use crate::text::labels;
use crate::theme;
use crate::view::body;
use crate::widgets::cells;
use crate::widgets::fit::Field;
use crate::widgets::table::Cell;
use crate::world::{World, aligned, n_decimals as decimals_of, n_digits, short_name};

/// Which classes, cells or units, and which of them is chosen.
#[derive(Debug)]
pub(crate) struct Differences {
    /// The class that was come from, which `Tab` goes to first.
    home_idx: usize,
    /// None for all classes.
    rubric_idx: Option<usize>,
    is_by_unit: bool,
    place: Place,
    shown: Computed<(Option<usize>, bool), Shown>,
}

/// What shows of the classes.
#[derive(Debug, Default)]
struct Shown {
    rows: Listed,
    n_differing: usize,
    n_pending: usize,
    sum: Points,
    numbers: Numbers,
    unit_width: usize,
}

/// The rows.
#[derive(Debug)]
enum Listed {
    Cells(Vec<Difference>),
    Units(Vec<UnitDifference>),
}

impl Default for Listed {
    fn default() -> Listed {
        Listed::Cells(Vec::new())
    }
}

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Class,
    Unit,
    Indicator,
    NCells,
    NPending,
    SelfScore,
    Score,
    Difference,
    Why,
}

/// Lines above the columns' heads.
const N_ABOVE: u16 = 1;

impl Differences {
    pub(crate) fn new(rubric_idx: usize) -> Differences {
        Differences {
            home_idx: rubric_idx,
            rubric_idx: None,
            is_by_unit: false,
            place: Place::default(),
            shown: Computed::default(),
        }
    }

    /// Returns the chosen cell, or the chosen unit.
    pub(crate) fn spot(&self, ledger: &Ledger) -> Option<Spot> {
        let row = self.place.row(self.n_rows());
        let (unit_idx, indicator_idx) = match &self.shown.get().rows {
            Listed::Units(units) => (units.get(row)?.unit_idx, None),
            Listed::Cells(cells) => {
                let cell = cells.get(row)?;
                (cell.unit_idx, Some(cell.indicator_idx))
            }
        };
        let rubric_idx = ledger.sheet(unit_idx).rubric_idx;
        Some(Spot { rubric_idx, unit_idx: Some(unit_idx), indicator_idx })
    }

    fn n_rows(&self) -> usize {
        match &self.shown.get().rows {
            Listed::Cells(cells) => cells.len(),
            Listed::Units(units) => units.len(),
        }
    }

    /// Computes anew what shows, where the year or the choice of it has changed.
    pub(super) fn catch_up(&mut self, world: &World) {
        let (rubric_idx, is_by_unit) = (self.rubric_idx, self.is_by_unit);
        self.shown.catch_up(world, (rubric_idx, is_by_unit), |ledger| {
            if is_by_unit { Shown::units(ledger, rubric_idx) } else { Shown::cells(ledger, rubric_idx) }
        });
    }

    /// Returns the rows for the mouse.
    pub(super) fn rows(&mut self, area: Rect) -> ListRows<'_> {
        let n_rows = self.n_rows();
        self.place.rows(below(area, N_ABOVE), n_rows)
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let page = page(body(Rect::new(0, 0, size.width, size.height)), N_ABOVE);
        if self.place.moves(command, self.n_rows(), page) {
            return Step::Stay;
        }
        match command {
            Command::NextClass => {
                self.rubric_idx = next_of_classes(ledger, self.home_idx, self.rubric_idx);
                self.place = Place::default();
            }
            Command::Totals => {
                self.is_by_unit = !self.is_by_unit;
                self.place = Place::default();
            }
            Command::Confirm => {
                if let Some(Spot { unit_idx: Some(unit_idx), indicator_idx, .. }) = self.spot(ledger) {
                    return Step::Home { unit_idx, indicator_idx };
                }
            }
            _ => {}
        }
        Step::Stay
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        match &self.shown.get().rows {
            Listed::Units(units) => self.view_units(ledger, units, area, buf),
            Listed::Cells(cells) => self.view_cells(ledger, cells, area, buf),
        }
    }

    fn view_cells(&self, ledger: &Ledger, all: &[Difference], area: Rect, buf: &mut Buffer) {
        let Shown { n_differing, n_pending, sum, numbers, unit_width, .. } = self.shown.get();
        let scope = scope(ledger, self.rubric_idx);
        let said = text::cells(&scope, all.len(), *n_differing, *n_pending, *sum);
        headline(&said, self.place, all.len(), area, buf);
        let indicator = |it: &Difference| ledger.rubric_of(it.unit_idx).indicator(it.indicator_idx);
        let rubrics = ledger.rubrics().iter().enumerate();
        let shown = rubrics.filter(|it| self.rubric_idx.is_none_or(|only| only == it.0));
        let names = shown.flat_map(|it| it.1.indicators()).map(|it| cells::width(&labels::numbered(it)));
        let name_width = names.max().unwrap_or(0).min(24);
        let fields = [
            Field::text(Shows::Class, class_width(ledger), 0, 3),
            Field::text(Shows::Unit, 8, *unit_width, 0),
            Field::text(Shows::Indicator, 10, name_width, 1),
            Field::number(Shows::SelfScore, numbers.self_score.width.max(4), 0),
            Field::number(Shows::Score, numbers.score.width.max(4) + 1, 0),
            Field::number(Shows::Difference, numbers.difference.width.max(4), 0),
            Field::text(Shows::Why, 10, 200, 2),
        ];
        let cell = |row: usize, shows: Shows, width: usize| -> Cell<'_> {
            let it = &all[row];
            let style = style(it.points(), it.state == State::Pending);
            match shows {
                Shows::Indicator => Cell::new(labels::numbered_within(indicator(it), width), style),
                Shows::SelfScore => Cell::new(numbers.self_score.text(it.self_score), style),
                Shows::Score => Cell::new(
                    match it.score {
                        Some(points) => numbers.score.with_sign(points, text::sign(it.state)),
                        None => words::UNDECIDED.to_owned(),
                    },
                    style,
                ),
                Shows::Difference => {
                    Cell::new(it.points().map_or_else(String::new, |it| numbers.difference.signed(it)), style)
                }
                Shows::Why => Cell::new(words::losses(ledger, it.unit_idx, it.indicator_idx), theme::PLAIN),
                shows => of_unit(ledger, it.unit_idx, shows),
            }
        };
        self.place.draw(&fields, all.len(), below(area, N_ABOVE), buf, head, cell);
        if all.is_empty() {
            line(text::NOTHING, theme::FAINT, area.y + 3, area, buf);
        }
    }

    fn view_units(&self, ledger: &Ledger, all: &[UnitDifference], area: Rect, buf: &mut Buffer) {
        let Shown { n_differing, sum, numbers, unit_width, .. } = self.shown.get();
        let scope = scope(ledger, self.rubric_idx);
        headline(&text::units(&scope, all.len(), *n_differing, *sum), self.place, all.len(), area, buf);
        let fields = [
            Field::text(Shows::Class, class_width(ledger), 0, 2),
            Field::text(Shows::Unit, 8, *unit_width, 0),
            Field::number(Shows::SelfScore, numbers.self_score.width.max(8), 0),
            Field::number(Shows::Score, numbers.score.width.max(8) + 1, 0),
            Field::number(Shows::Difference, numbers.difference.width.max(6), 0),
            Field::number(Shows::NCells, 8, 1),
            Field::number(Shows::NPending, 8, 1),
        ];
        let cell = |row: usize, shows: Shows, _: usize| -> Cell<'_> {
            let it = &all[row];
            let is_pending = it.n_pending > 0;
            let style = style(Some(it.points()), is_pending);
            match shows {
                Shows::SelfScore => Cell::new(numbers.self_score.text(it.self_score), style),
                Shows::Score => {
                    let sign = if is_pending { "?" } else { " " };
                    Cell::new(numbers.score.with_sign(it.score, sign), style)
                }
                Shows::Difference => Cell::new(numbers.difference.signed(it.points()), style),
                Shows::NCells => Cell::new(it.n_cells.to_string(), theme::PLAIN),
                Shows::NPending => Cell::new(it.n_pending.to_string(), theme::PLAIN),
                shows => of_unit(ledger, it.unit_idx, shows),
            }
        };
        self.place.draw(&fields, all.len(), below(area, N_ABOVE), buf, head, cell);
        if all.is_empty() {
            line(text::NOTHING, theme::FAINT, area.y + 3, area, buf);
        }
    }
}

impl Shown {
    fn cells(ledger: &Ledger, rubric_idx: Option<usize>) -> Shown {
        let all = differences(ledger, rubric_idx);
        Shown {
            n_differing: all.iter().filter(|it| it.points().is_some_and(|it| !it.is_zero())).count(),
            n_pending: all.iter().filter(|it| it.state == State::Pending).count(),
            sum: all.iter().filter_map(Difference::points).sum(),
            numbers: Numbers::of(
                all.iter().map(|it| it.self_score),
                all.iter().filter_map(|it| it.score),
                all.iter().filter_map(Difference::points),
            ),
            unit_width: unit_width(ledger, all.iter().map(|it| it.unit_idx)),
            rows: Listed::Cells(all),
        }
    }

    fn units(ledger: &Ledger, rubric_idx: Option<usize>) -> Shown {
        let all = unit_differences(ledger, rubric_idx);
        Shown {
            n_differing: all.iter().filter(|it| !it.points().is_zero()).count(),
            n_pending: 0,
            sum: all.iter().map(UnitDifference::points).sum(),
            numbers: Numbers::of(
                all.iter().map(|it| it.self_score),
                all.iter().map(|it| it.score),
                all.iter().map(UnitDifference::points),
            ),
            unit_width: unit_width(ledger, all.iter().map(|it| it.unit_idx)),
            rows: Listed::Units(all),
        }
    }
}

/// Returns what `Tab` goes to: from all classes to the one that was come from, to the others, and back to all.
pub(super) fn next_of_classes(ledger: &Ledger, home_idx: usize, shown: Option<usize>) -> Option<usize> {
    let n_classes = ledger.rubrics().len();
    match shown {
        None => Some(home_idx),
        Some(class) => Some((class + 1) % n_classes.max(1)).filter(|it| *it != home_idx),
    }
}

/// Returns what the classes that show are called.
pub(super) fn scope(ledger: &Ledger, rubric_idx: Option<usize>) -> String {
    match rubric_idx {
        Some(rubric_idx) => ledger.rubrics()[rubric_idx].track.to_string(),
        None => labels::ALL_CLASSES.to_owned(),
    }
}

/// Returns how wide the longest of the classes' names is.
pub(super) fn class_width(ledger: &Ledger) -> usize {
    ledger.rubrics().iter().map(|it| cells::width(it.track.as_str())).max().unwrap_or(0).clamp(4, 10)
}

/// Returns how wide the longest of these units' names is.
pub(super) fn unit_width(ledger: &Ledger, units: impl Iterator<Item = usize>) -> usize {
    units.map(|it| cells::width(short_name(ledger, it))).max().unwrap_or(0).min(24)
}

fn of_unit(ledger: &Ledger, unit_idx: usize, shows: Shows) -> Cell<'_> {
    match shows {
        Shows::Class => Cell::new(ledger.unit(unit_idx).track.as_str(), theme::PLAIN),
        _ => Cell::new(short_name(ledger, unit_idx), theme::PLAIN),
    }
}

fn head(shows: Shows) -> &'static str {
    match shows {
        Shows::Class => labels::CLASS,
        Shows::Unit => labels::UNIT,
        Shows::Indicator => labels::INDICATOR,
        Shows::NCells => text::N_CELLS,
        Shows::NPending => text::N_PENDING,
        Shows::SelfScore => labels::SELF_SCORE,
        Shows::Score => labels::REVIEW,
        Shows::Difference => labels::DIFFERENCE,
        Shows::Why => text::WHY,
    }
}

fn style(difference: Option<Points>, is_pending: bool) -> ratatui::style::Style {
    match difference {
        _ if is_pending => theme::PENDING,
        Some(points) if points > Points::ZERO => theme::LOST,
        Some(_) | None => theme::PLAIN,
    }
}

/// How the numbers of a column stand below each other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Aligned {
    n_decimals: usize,
    /// Cells of the widest.
    pub(super) width: usize,
}

impl Aligned {
    pub(super) fn of(points: impl Iterator<Item = Points> + Clone, is_signed: bool) -> Aligned {
        let n_decimals = decimals_of(points.clone());
        // Counted, not written: there may be a hundred thousand.
        let width = |it: Points| {
            let own = decimals_of(std::iter::once(it));
            let whole = n_digits(it) - own - usize::from(own > 0);
            let decimals = n_decimals + usize::from(n_decimals > 0);
            whole + decimals + usize::from(is_signed && it > Points::ZERO)
        };
        Aligned { n_decimals, width: points.map(width).max().unwrap_or(0) }
    }

    pub(super) fn text(self, points: Points) -> String {
        aligned(points, self.n_decimals)
    }

    /// Returns a number with a sign of one cell right behind it.
    pub(super) fn with_sign(self, points: Points, sign: &str) -> String {
        let text = self.text(points);
        let number = text.trim_end();
        format!("{number}{sign}{}", " ".repeat(text.len() - number.len()))
    }

    pub(super) fn signed(self, points: Points) -> String {
        let sign = if points > Points::ZERO { "+" } else { "" };
        format!("{sign}{}", self.text(points))
    }
}

#[derive(Debug, Default)]
struct Numbers {
    self_score: Aligned,
    score: Aligned,
    difference: Aligned,
}

impl Numbers {
    fn of(
        self_score: impl Iterator<Item = Points> + Clone,
        score: impl Iterator<Item = Points> + Clone,
        difference: impl Iterator<Item = Points> + Clone,
    ) -> Numbers {
        Numbers {
            self_score: Aligned::of(self_score, false),
            score: Aligned::of(score, false),
            difference: Aligned::of(difference, true),
        }
    }
}

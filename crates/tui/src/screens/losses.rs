//! Where points were lost, rule by rule, the most costly first; and who lost them there.

use kaohe_core::{Cause, ClassLosses, Ledger, Loss, Points, Rubric, UnitLoss, losses};
use kaohe_exchange::words;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::computed::Computed;
use super::differences::{Aligned, class_width, next_of_classes, scope, unit_width};
use super::list::{Place, below, headline, line, page};
use super::press::ListRows;
use super::{Screen, Spot, Step};
use crate::keys::Command;
use crate::text::labels;
use crate::text::losses as text;
use crate::theme;
use crate::view::body;
use crate::widgets::bar::bar;
use crate::widgets::cells;
use crate::widgets::fit::Field;
use crate::widgets::table::Cell;
use crate::world::{World, aligned, short_name};

/// Which classes, and which line is chosen.
#[derive(Debug)]
pub(crate) struct Losses {
    /// The class that was come from, which `Tab` goes to first.
    home_idx: usize,
    /// None for all classes.
    rubric_idx: Option<usize>,
    place: Place,
    shown: Computed<Option<usize>, Shown>,
}

/// Who lost points by one cause, and which of them is chosen.
#[derive(Debug)]
pub(crate) struct LossUnits {
    rubric_idx: usize,
    cause: Cause,
    place: Place,
    shown: Computed<(), Losers>,
}

/// The units, and how wide their columns are.
#[derive(Debug, Default)]
struct Losers {
    units: Vec<UnitLoss>,
    lost: Points,
    points: Aligned,
    short_width: usize,
    name_width: usize,
    count_width: usize,
}

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Class,
    Unit,
    Indicator,
    Cause,
    Count,
    Points,
    NUnits,
    Share,
    Bar,
}

/// Lines above the columns' heads.
const N_ABOVE: u16 = 1;

/// The lines of the classes that show.
#[derive(Debug, Default)]
struct Shown {
    classes: Vec<ClassLosses>,
    /// Which class, which line of it; the most costly first.
    lines: Vec<(usize, usize)>,
    lost: Points,
}

impl Shown {
    fn of(ledger: &Ledger, rubric_idx: Option<usize>) -> Shown {
        let mut classes = losses(ledger);
        classes.retain(|it| rubric_idx.is_none_or(|only| only == it.rubric_idx));
        let of_class = |(class, it): (usize, &ClassLosses)| (0..it.lines.len()).map(move |it| (class, it));
        let mut lines: Vec<(usize, usize)> = classes.iter().enumerate().flat_map(of_class).collect();
        lines.sort_by_key(|it| std::cmp::Reverse(classes[it.0].lines[it.1].points));
        let lost = classes.iter().map(|it| it.lost).sum();
        Shown { classes, lines, lost }
    }

    fn get(&self, row: usize) -> Option<(usize, &Loss)> {
        let &(class, idx) = self.lines.get(row)?;
        Some((self.classes[class].rubric_idx, &self.classes[class].lines[idx]))
    }
}

impl Losses {
    pub(crate) fn new(rubric_idx: usize) -> Losses {
        let place = Place::default();
        Losses { home_idx: rubric_idx, rubric_idx: None, place, shown: Computed::default() }
    }

    /// Computes anew what shows, where the year or the choice of classes has changed.
    pub(super) fn catch_up(&mut self, world: &World) {
        let rubric_idx = self.rubric_idx;
        self.shown.catch_up(world, rubric_idx, |ledger| Shown::of(ledger, rubric_idx));
    }

    /// Returns the class and the indicator of the chosen line.
    pub(crate) fn spot(&self) -> Option<Spot> {
        let shown = self.shown.get();
        let (rubric_idx, loss) = shown.get(self.place.row(shown.lines.len()))?;
        Some(Spot { rubric_idx, unit_idx: None, indicator_idx: loss.cause.indicator_idx() })
    }

    /// Returns the rows for the mouse.
    pub(super) fn rows(&mut self, area: Rect) -> ListRows<'_> {
        let n_rows = self.shown.get().lines.len();
        self.place.rows(below(area, N_ABOVE), n_rows)
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let shown = self.shown.get();
        let page = page(body(Rect::new(0, 0, size.width, size.height)), N_ABOVE);
        if self.place.moves(command, shown.lines.len(), page) {
            return Step::Stay;
        }
        match (command, shown.get(self.place.row(shown.lines.len()))) {
            (Command::NextClass, _) => {
                self.rubric_idx = next_of_classes(ledger, self.home_idx, self.rubric_idx);
                self.place = Place::default();
                Step::Stay
            }
            (Command::Confirm, Some((rubric_idx, loss))) => Step::Open(Screen::LossUnits(LossUnits {
                rubric_idx,
                cause: loss.cause,
                place: Place::default(),
                shown: Computed::default(),
            })),
            _ => Step::Stay,
        }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let shown = self.shown.get();
        let n_units: usize = shown.classes.iter().map(|it| it.n_units).sum();
        let n_undecided: usize = shown.classes.iter().map(|it| it.n_undecided).sum();
        let head = text::head(&scope(ledger, self.rubric_idx), n_units, n_undecided, shown.lost);
        headline(&head, self.place, shown.lines.len(), area, buf);
        if shown.lines.is_empty() {
            let why = if n_units == 0 && n_undecided > 0 { text::ALL_UNDECIDED } else { text::NOTHING };
            line(why, theme::FAINT, area.y + 1, area, buf);
            return;
        }
        let rows: Vec<(&Rubric, &Loss)> = (0..shown.lines.len())
            .filter_map(|it| shown.get(it))
            .map(|(rubric_idx, loss)| (&ledger.rubrics()[rubric_idx], loss))
            .collect();
        let points = Aligned::of(rows.iter().map(|it| it.1.points), false);
        let largest = rows.first().map_or(Points::ZERO, |it| it.1.points);
        let name = |it: &(&Rubric, &Loss)| {
            it.1.cause.indicator_idx().map_or(0, |idx| cells::width(&labels::numbered(it.0.indicator(idx))))
        };
        let cause_width = rows.iter().map(|it| cells::width(&words::cause(it.0, it.1.cause))).max();
        let fields = [
            Field::text(Shows::Class, class_width(ledger), 0, 3),
            Field::text(Shows::Indicator, 10, rows.iter().map(name).max().unwrap_or(0).min(24), 1),
            Field::text(Shows::Cause, 10, cause_width.unwrap_or(0).min(30), 0),
            Field::number(Shows::Count, count_width(rows.iter().map(|it| it.1.n_occurrences)), 2),
            Field::number(Shows::Points, points.width.max(4), 0),
            Field::number(Shows::NUnits, 6, 2),
            Field::number(Shows::Share, 5, 1),
            Field::text(Shows::Bar, 6, 40, 4),
        ];
        let cell = |row: usize, shows: Shows, width: usize| -> Cell<'_> {
            let (rubric, loss) = rows[row];
            let cause = loss.cause;
            match shows {
                Shows::Class => Cell::new(rubric.track.as_str(), theme::PLAIN),
                Shows::Indicator => {
                    let indicator = cause.indicator_idx().map(|it| rubric.indicator(it));
                    let name = indicator.map_or_else(String::new, |it| labels::numbered_within(it, width));
                    Cell::new(name, theme::PLAIN)
                }
                Shows::Cause => Cell::new(words::cause(rubric, cause), theme::PLAIN),
                Shows::Count => Cell::new(text::count(loss.n_occurrences), theme::PLAIN),
                Shows::Points => Cell::new(points.text(loss.points), theme::LOST),
                Shows::NUnits => Cell::new(loss.units.len().to_string(), theme::PLAIN),
                Shows::Share => Cell::new(share(loss.points, shown.lost), theme::PLAIN),
                Shows::Bar => {
                    let n_cells = u16::try_from(width).unwrap_or(0);
                    Cell::new(bar(steps(loss.points), steps(largest), n_cells), theme::LOST)
                }
                Shows::Unit => Cell::default(),
            }
        };
        self.place.draw(&fields, rows.len(), below(area, N_ABOVE), buf, head_of, cell);
    }
}

impl LossUnits {
    /// Computes anew who lost there, where the year has changed.
    pub(super) fn catch_up(&mut self, world: &World) {
        let (rubric_idx, cause) = (self.rubric_idx, self.cause);
        self.shown.catch_up(world, (), |ledger| Losers::of(ledger, rubric_idx, cause));
    }

    /// Returns the chosen unit, on the indicator where it lost.
    pub(crate) fn spot(&self) -> Option<Spot> {
        let units = &self.shown.get().units;
        let unit = units.get(self.place.row(units.len()))?;
        Some(Spot {
            rubric_idx: self.rubric_idx,
            unit_idx: Some(unit.unit_idx),
            indicator_idx: self.cause.indicator_idx(),
        })
    }

    /// Returns the rows for the mouse.
    pub(super) fn rows(&mut self, area: Rect) -> ListRows<'_> {
        let n_rows = self.shown.get().units.len();
        self.place.rows(below(area, N_ABOVE), n_rows)
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        if world.ledger().is_none() {
            return Step::Back;
        }
        let page = page(body(Rect::new(0, 0, size.width, size.height)), N_ABOVE);
        if self.place.moves(command, self.shown.get().units.len(), page) {
            return Step::Stay;
        }
        match (command, self.spot()) {
            (Command::Confirm, Some(Spot { unit_idx: Some(unit_idx), indicator_idx, .. })) => {
                Step::Home { unit_idx, indicator_idx }
            }
            _ => Step::Stay,
        }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let rubric = &ledger.rubrics()[self.rubric_idx];
        let Losers { units, lost, points, short_width, name_width, count_width } = self.shown.get();
        headline(
            &text::units_head(rubric, self.cause, units.len(), *lost),
            self.place,
            units.len(),
            area,
            buf,
        );
        let largest = units.first().map_or(Points::ZERO, |it| it.points);
        let fields = [
            Field::text(Shows::Unit, *short_width, *name_width, 0),
            Field::number(Shows::Count, *count_width, 1),
            Field::number(Shows::Points, points.width.max(4), 0),
            Field::number(Shows::Share, 5, 1),
            Field::text(Shows::Bar, 6, 40, 2),
        ];
        let cell = |row: usize, shows: Shows, width: usize| -> Cell<'_> {
            let unit = units[row];
            match shows {
                Shows::Unit => {
                    let name = &ledger.unit(unit.unit_idx).name;
                    let fits = cells::width(name) <= width;
                    Cell::new(if fits { name } else { short_name(ledger, unit.unit_idx) }, theme::PLAIN)
                }
                Shows::Count => Cell::new(text::count(unit.n_occurrences), theme::PLAIN),
                Shows::Points => Cell::new(points.text(unit.points), theme::LOST),
                Shows::Share => Cell::new(share(unit.points, *lost), theme::PLAIN),
                Shows::Bar => {
                    let n_cells = u16::try_from(width).unwrap_or(0);
                    Cell::new(bar(steps(unit.points), steps(largest), n_cells), theme::LOST)
                }
                Shows::Class | Shows::Indicator | Shows::Cause | Shows::NUnits => Cell::default(),
            }
        };
        self.place.draw(&fields, units.len(), below(area, N_ABOVE), buf, head_of, cell);
    }
}

impl Losers {
    fn of(ledger: &Ledger, rubric_idx: usize, cause: Cause) -> Losers {
        let class = losses(ledger).swap_remove(rubric_idx);
        let line = class.lines.into_iter().find(|it| it.cause == cause);
        let units = line.map_or_else(Vec::new, |it| it.units);
        let names = units.iter().map(|it| cells::width(&ledger.unit(it.unit_idx).name));
        Losers {
            lost: units.iter().map(|it| it.points).sum(),
            points: Aligned::of(units.iter().map(|it| it.points), false),
            short_width: unit_width(ledger, units.iter().map(|it| it.unit_idx)).max(8),
            name_width: names.max().unwrap_or(0).min(40),
            count_width: count_width(units.iter().map(|it| it.n_occurrences)),
            units,
        }
    }
}

fn head_of(shows: Shows) -> &'static str {
    match shows {
        Shows::Class => labels::CLASS,
        Shows::Unit => labels::UNIT,
        Shows::Indicator => labels::INDICATOR,
        Shows::Cause => text::CAUSE,
        Shows::Count => labels::COUNT,
        Shows::Points => text::LOST,
        Shows::NUnits => text::N_UNITS,
        Shows::Share => text::SHARE,
        Shows::Bar => "",
    }
}

/// Returns how wide the largest of these counts is, below a head of two characters.
fn count_width(counts: impl Iterator<Item = u64>) -> usize {
    counts.max().unwrap_or(0).to_string().len().max(4)
}

/// Returns a share in percent; nothing of nothing.
fn share(points: Points, of: Points) -> String {
    points.percent_of(of).map_or_else(String::new, |it| aligned(it, 1))
}

/// Returns points as a length: a bar has no exact ends, and none where nothing was lost.
fn steps(points: Points) -> u64 {
    let hundredths = points.scaled(Points::whole(100), Points::whole(1), 0);
    hundredths.and_then(|it| it.to_string().parse().ok()).unwrap_or(0)
}

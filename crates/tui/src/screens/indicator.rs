//! All units of a class on one indicator, for whoever scores just that one: everything that a cell of the matrix
//! takes, it takes here too.

use kaohe_core::{Entry, Indicator, Ledger, Points, Share, State};
use kaohe_exchange::words;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::computed::Computed;
use super::differences::{Aligned, unit_width};
use super::list::{Place, below, headline, line, page};
use super::matrix::Marks;
use super::press::ListRows;
use super::{Spot, Step, cell_command, pane};
use crate::app::Message;
use crate::keys::Command;
use crate::text::indicator as text;
use crate::text::{labels, several};
use crate::theme;
use crate::view::body;
use crate::widgets::cells;
use crate::widgets::fit::Field;
use crate::widgets::table::Cell;
use crate::world::{World, short_name};

/// Which indicator of which class, and which unit is chosen.
#[derive(Debug)]
pub(crate) struct IndicatorScreen {
    rubric_idx: usize,
    indicator_idx: usize,
    place: Place,
    shown: Computed<(usize, usize), Shown>,
    /// Those of the matrix below, as they are now.
    marks: Marks,
}

/// The units of the class, and what hangs on all of them.
#[derive(Debug, Default)]
struct Shown {
    units: Vec<usize>,
    n_pending: usize,
    lost: Points,
    self_scores: Aligned,
    decided: Aligned,
    losses: Aligned,
    unit_width: usize,
}

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Unit,
    SelfScore,
    Lost,
    Score,
    State,
    LastEntry,
}

impl IndicatorScreen {
    pub(crate) fn new(ledger: &Ledger, spot: Spot) -> IndicatorScreen {
        let units = ledger.units_of(spot.rubric_idx);
        let row = units.iter().position(|it| Some(*it) == spot.unit_idx).unwrap_or(0);
        let indicator_idx = spot.indicator_idx.unwrap_or(0);
        let (rubric_idx, place) = (spot.rubric_idx, Place::at(row));
        let (shown, marks) = (Computed::default(), Marks::default());
        IndicatorScreen { rubric_idx, indicator_idx, place, shown, marks }
    }

    /// Goes to a unit's row of an indicator.
    pub(crate) fn go_to(&mut self, ledger: &Ledger, unit_idx: usize, indicator_idx: usize) {
        let rubric_idx = ledger.sheet(unit_idx).rubric_idx;
        let row = ledger.units_of(rubric_idx).iter().position(|it| *it == unit_idx).unwrap_or(0);
        if rubric_idx == self.rubric_idx {
            self.place.choose(row);
        } else {
            self.place = Place::at(row);
        }
        (self.rubric_idx, self.indicator_idx) = (rubric_idx, indicator_idx);
    }

    /// Computes anew what shows, where the year, the class or the indicator has changed.
    pub(super) fn catch_up(&mut self, world: &World) {
        let (rubric_idx, indicator_idx) = (self.rubric_idx, self.indicator_idx);
        self.shown.catch_up(world, (rubric_idx, indicator_idx), |ledger| {
            Shown::of(ledger, rubric_idx, indicator_idx)
        });
    }

    /// Takes over the marks of the matrix below.
    pub(crate) fn take_marks(&mut self, marks: &Marks) {
        if self.marks != *marks {
            self.marks = marks.clone();
        }
    }

    /// Says how many units are marked and what for, where any is.
    pub(crate) fn says_marks(&self) -> Option<String> {
        (!self.marks.is_empty()).then(|| several::marked_here(self.marks.len()))
    }

    fn units(&self) -> &[usize] {
        &self.shown.get().units
    }

    fn selected(&self) -> Option<usize> {
        self.units().get(self.place.row(self.units().len())).copied()
    }

    /// Returns the chosen cell.
    pub(crate) fn spot(&self) -> Spot {
        Spot {
            rubric_idx: self.rubric_idx,
            unit_idx: self.selected(),
            indicator_idx: Some(self.indicator_idx),
        }
    }

    /// Returns the rows for the mouse.
    pub(super) fn rows(&mut self, world: &World, area: Rect) -> Option<ListRows<'_>> {
        let ledger = world.ledger()?;
        let area = self.areas(ledger, area).list;
        let n_rows = self.units().len();
        Some(self.place.rows(area, n_rows))
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let areas = self.areas(ledger, body(Rect::new(0, 0, size.width, size.height)));
        let page = page(areas.list, 0);
        let n_units = self.units().len();
        if self.place.moves(command, n_units, page) {
            return Step::Stay;
        }
        match (command, self.selected()) {
            (Command::Left, _) => self.turn(ledger, -1),
            (Command::Right, _) => self.turn(ledger, 1),
            (Command::NextPending, Some(_)) => {
                let is_pending = |row: &usize| {
                    ledger.score(self.units()[*row]).indicators[self.indicator_idx].state == State::Pending
                };
                let here = self.place.row(n_units);
                let mut others = (here + 1..n_units).chain(0..=here);
                match others.find(is_pending) {
                    Some(row) => self.place.go_to(row, n_units, page),
                    None => return Step::Say(Message::hint(text::ALL_REVIEWED.to_owned())),
                }
            }
            (Command::Digit(_) | Command::Rules | Command::Review, Some(_)) if !self.marks.is_empty() => {
                return self.marks.act(command, self.rubric_idx, self.indicator_idx, world);
            }
            (command, Some(unit_idx)) => {
                return cell_command::act(command, unit_idx, self.indicator_idx, world);
            }
            (_, None) => {}
        }
        Step::Stay
    }

    /// Turns to the next indicator or the one before, class after class, in a ring.
    fn turn(&mut self, ledger: &Ledger, by: isize) {
        let classes = ledger.rubrics().iter().enumerate();
        let all: Vec<(usize, usize)> =
            classes.flat_map(|(class, it)| (0..it.n_indicators()).map(move |it| (class, it))).collect();
        let here = all.iter().position(|it| *it == (self.rubric_idx, self.indicator_idx)).unwrap_or(0);
        let n = all.len();
        let next = if by < 0 { here + n - 1 } else { here + 1 } % n.max(1);
        let (rubric_idx, indicator_idx) = all[next];
        if rubric_idx != self.rubric_idx {
            self.place = Place::default();
        }
        (self.rubric_idx, self.indicator_idx) = (rubric_idx, indicator_idx);
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let rubric = &ledger.rubrics()[self.rubric_idx];
        let indicator = rubric.indicator(self.indicator_idx);
        let areas = self.areas(ledger, area);
        self.draw_head(ledger, indicator, areas.head, buf);
        self.draw_list(ledger, indicator, areas.list, buf);
        if let Some(unit_idx) = self.selected() {
            pane::draw_rules(ledger, unit_idx, self.indicator_idx, areas.pane, buf);
        }
    }

    /// Draws what the indicator is, how far it is, and its clause.
    fn draw_head(&self, ledger: &Ledger, indicator: &Indicator, area: Rect, buf: &mut Buffer) {
        let track = &ledger.rubrics()[self.rubric_idx].track;
        let Shown { units, n_pending, lost, .. } = self.shown.get();
        let head = text::head(track, indicator, units.len() - n_pending, units.len(), *lost);
        headline(&head, self.place, units.len(), area, buf);
        let lines = clause(indicator, area.width, usize::from(area.height.saturating_sub(1)));
        for (text, y) in lines.iter().zip(area.y + 1..) {
            line(text, theme::PLAIN, y, area, buf);
        }
    }

    fn draw_list(&self, ledger: &Ledger, indicator: &Indicator, area: Rect, buf: &mut Buffer) {
        let Shown { units, self_scores, decided, losses, unit_width, .. } = self.shown.get();
        let has_losses = !indicator.start_points().is_zero();
        let mut fields = vec![
            Field::text(Shows::Unit, 8, *unit_width, 0),
            Field::number(Shows::SelfScore, self_scores.width.max(4), 1),
            Field::number(Shows::Lost, losses.width.max(4), 0),
            Field::number(Shows::Score, decided.width.max(4) + 1, 0),
            Field::text(Shows::State, 6, 6, 0),
            Field::text(Shows::LastEntry, 12, 200, 2),
        ];
        // What starts from nothing has lost nothing.
        fields.retain(|it| has_losses || it.what != Shows::Lost);
        let cell = |row: usize, shows: Shows, _: usize| -> Cell<'_> {
            let score = &ledger.score(units[row]).indicators[self.indicator_idx];
            let style = match score.state {
                State::Pending => theme::PENDING,
                State::Reviewed if score.lost().is_zero() => theme::PLAIN,
                State::Reviewed => theme::LOST,
                State::NotApplicable => theme::FAINT,
            };
            match shows {
                Shows::Unit => {
                    let is_marked = self.marks.contains(&ledger.unit(units[row]).id);
                    let sign = is_marked.then_some(labels::MARK_SIGN);
                    Cell { sign, ..Cell::new(short_name(ledger, units[row]), theme::PLAIN) }
                }
                Shows::SelfScore => {
                    let text = score.self_score.map_or_else(|| "-".to_owned(), |it| self_scores.text(it));
                    Cell::new(text, theme::PLAIN)
                }
                Shows::Lost | Shows::Score if score.share == Share::Absent => Cell::new("/ ", style),
                Shows::Lost if score.undecided.is_some() => Cell::new("", style),
                Shows::Lost => Cell::new(losses.text(score.lost()), style),
                Shows::Score => match score.decided() {
                    Some(points) => {
                        let sign = crate::text::differences::sign(score.state);
                        Cell::new(decided.with_sign(points, sign), style)
                    }
                    None => Cell::new(words::UNDECIDED, style),
                },
                Shows::State => Cell::new(words::indicator_state(score), style),
                Shows::LastEntry => {
                    let entries = &ledger.sheet(units[row]).cells[self.indicator_idx].entries;
                    Cell::new(last_entry(ledger, entries), theme::PLAIN)
                }
            }
        };
        let head = |shows| match shows {
            Shows::Unit => labels::UNIT,
            Shows::SelfScore => labels::SELF_SCORE,
            Shows::Lost => labels::LOST,
            Shows::Score => labels::SCORE,
            Shows::State => labels::STATE,
            Shows::LastEntry => text::LAST_ENTRY,
        };
        self.place.draw(&fields, units.len(), area, buf, head, cell);
    }
}

impl Shown {
    fn of(ledger: &Ledger, rubric_idx: usize, indicator_idx: usize) -> Shown {
        let units = ledger.units_of(rubric_idx);
        let scores = || units.iter().map(|&it| &ledger.score(it).indicators[indicator_idx]);
        let lost = scores()
            .filter(|it| it.share == Share::Counted)
            .filter_map(|it| it.decided().map(|score| it.points - score));
        Shown {
            n_pending: scores().filter(|it| it.state == State::Pending).count(),
            lost: lost.sum(),
            self_scores: Aligned::of(scores().filter_map(|it| it.self_score), false),
            decided: Aligned::of(scores().filter_map(|it| it.decided()), false),
            losses: Aligned::of(scores().map(|it| it.lost()), false),
            unit_width: unit_width(ledger, units.iter().copied()),
            units,
        }
    }
}

/// Returns the entry that was recorded last and stands; nothing where none does.
fn last_entry(ledger: &Ledger, entries: &[Entry]) -> String {
    let standing = entries.iter().rev().find(|it| it.withdrawn.is_none());
    standing.map_or_else(String::new, |it| text::entry(ledger, it))
}

/// The indicator with its clause, the units, and the rules with what was recorded of the chosen unit.
struct Areas {
    head: Rect,
    list: Rect,
    pane: Rect,
}

impl IndicatorScreen {
    fn areas(&self, ledger: &Ledger, area: Rect) -> Areas {
        let indicator = ledger.rubrics()[self.rubric_idx].indicator(self.indicator_idx);
        let most = usize::from((area.height / 6).clamp(2, 8));
        let head_height = u16::try_from(1 + clause(indicator, area.width, most).len()).unwrap_or(u16::MAX);
        let head = Rect { height: head_height.min(area.height), ..area };
        let left = below(area, head.height);
        let pane_height = (area.height * 3 / 8).clamp(5, 10).min(left.height);
        let list = Rect { height: left.height - pane_height, ..left };
        Areas { head, list, pane: Rect { y: list.bottom(), height: pane_height, ..left } }
    }
}

/// Returns the clause and its 评分要点 in no more than so many lines; where they go on, the last one ends in an ellipsis.
fn clause(indicator: &Indicator, width: u16, most: usize) -> Vec<String> {
    let width = usize::from(width.saturating_sub(2)).max(2);
    let mut lines = cells::wrap_first(&crate::text::cell::method(indicator), width, most + 1);
    for item in indicator.printed_items() {
        let room = (most + 1).saturating_sub(lines.len());
        lines.extend(cells::wrap_first(&labels::item(indicator, item), width, room));
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = format!("{}{}", cells::take(last, width.saturating_sub(2)), cells::ELLIPSIS);
        }
    }
    lines
}

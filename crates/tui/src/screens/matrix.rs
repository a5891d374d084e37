//! The matrix, the program's home: units × indicators of a class, a cell is a score.

use kaohe_core::{Change, Indicator, IndicatorId, Ledger, Mark, State, Track, UnitId};
use kaohe_exchange::words;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use super::{Choose, Deducting, Entries, Find, Form, Screen, Spot, Step, moved, pane};
use crate::app::Message;
use crate::effect::Effect;
use crate::keys::Command;
use crate::text::{self, labels};
use crate::theme;
use crate::widgets::cells;
use crate::widgets::table::{Align, Cell, Column, Line, Table, kept};
use crate::world::{World, aligned, n_decimals, n_digits, next_class, short_name};

/// Columns at the left that stay in view: the unit, its total, how much of it is reviewed.
const N_FROZEN: usize = 3;
/// Lines of the header.
const N_HEADER: usize = 3;
/// Cells of an indicator's column at least.
const MIN_COLUMN: usize = 5;
/// Cells of the unit's column.
const NAME_WIDTH: (u16, u16) = (8, 24);

/// Which class shows, and where the selection stands in each.
#[derive(Debug)]
pub(crate) struct Matrix {
    rubric_idx: usize,
    /// One per class.
    places: Vec<Place>,
}

/// A place in one class's matrix.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    row: usize,
    indicator_idx: usize,
    /// The first row that showed.
    first_row: usize,
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
        Matrix { rubric_idx: 0, places: vec![Place::default(); ledger.rubrics().len()] }
    }

    /// Goes to a unit's row, and to an indicator's column where one is named.
    pub(crate) fn go_to(&mut self, ledger: &Ledger, unit_idx: usize, indicator_idx: Option<usize>) {
        self.rubric_idx = ledger.sheet(unit_idx).rubric_idx;
        let row = ledger.units_of(self.rubric_idx).iter().position(|it| *it == unit_idx);
        let place = &mut self.places[self.rubric_idx];
        place.row = row.unwrap_or(0);
        place.indicator_idx = indicator_idx.unwrap_or(place.indicator_idx);
    }

    /// Returns the names of what the cursor stands on.
    pub(crate) fn named(&self, ledger: &Ledger) -> Named {
        let rubric = &ledger.rubrics()[self.rubric_idx];
        let indicator_idx = self.places[self.rubric_idx].indicator_idx;
        Named {
            track: rubric.track.clone(),
            unit: self.selected(ledger).map(|it| ledger.unit(it.0).id.clone()),
            indicator: rubric.indicators().nth(indicator_idx).map(|it| it.id.clone()),
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
        let row = units.iter().position(|it| Some(&ledger.unit(*it).id) == named.unit.as_ref());
        let indicators = &mut ledger.rubrics()[rubric_idx].indicators();
        let indicator_idx = indicators.position(|it| Some(&it.id) == named.indicator.as_ref());
        let place = &mut matrix.places[rubric_idx];
        place.row = row.unwrap_or(0);
        place.indicator_idx = indicator_idx.unwrap_or(0);
        matrix
    }

    /// Returns which class shows.
    pub(crate) fn rubric_idx(&self) -> usize {
        self.rubric_idx
    }

    /// Returns the selected cell: the unit's place in the roster, and the indicator's in the rubric. None where the
    /// class has no units.
    fn selected(&self, ledger: &Ledger) -> Option<(usize, usize)> {
        let place = self.places[self.rubric_idx];
        let units = ledger.units_of(self.rubric_idx);
        let unit_idx = units.get(place.row.min(units.len().saturating_sub(1)))?;
        Some((*unit_idx, place.indicator_idx))
    }

    /// Returns what the cursor stands on.
    pub(crate) fn spot(&self, ledger: &Ledger) -> Spot {
        let selected = self.selected(ledger);
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
        match (command, self.selected(ledger)) {
            (Command::NextClass, _) => {
                self.rubric_idx = next_class(ledger, self.rubric_idx);
                Step::Stay
            }
            (Command::Find, _) => Step::Open(Screen::Find(Find::new(ledger))),
            (command, Some((unit_idx, indicator_idx))) => {
                self.act(command, unit_idx, indicator_idx, ledger, world)
            }
            (_, None) => Step::Stay,
        }
    }

    /// Does what a command does to the selected cell.
    fn act(
        &mut self,
        command: Command,
        unit_idx: usize,
        indicator_idx: usize,
        ledger: &Ledger,
        world: &World,
    ) -> Step {
        let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
        let is_recording = matches!(
            command,
            Command::Digit(_)
                | Command::Rules
                | Command::SelfScore
                | Command::Review
                | Command::NotApplicable
        );
        if is_recording && ledger.sheet(unit_idx).cells[indicator_idx].exclusion.is_some() {
            return Step::Say(Message::refused(text::NOT_CONCERNED.to_owned()));
        }
        match command {
            Command::Digit(_) | Command::Rules if indicator.rules.is_empty() => {
                Step::Say(Message::refused(text::NO_RULES.to_owned()))
            }
            Command::Digit(number) => {
                match usize::from(number).checked_sub(1).filter(|it| *it < indicator.rules.len()) {
                    Some(rule_idx) => Deducting::new(unit_idx, indicator_idx, rule_idx).next(world, true),
                    None => Step::Say(Message::refused(text::no_such_rule(number, indicator.rules.len()))),
                }
            }
            Command::Rules => Step::Open(Screen::Choose(Choose::rule(ledger, unit_idx, indicator_idx))),
            Command::TakeBack => take_back(ledger, unit_idx, indicator_idx),
            Command::Entries => Step::Open(Screen::Entries(Entries::new(ledger, unit_idx, indicator_idx))),
            Command::SelfScore => Step::Open(Screen::Form(Form::self_score(ledger, unit_idx, indicator_idx))),
            Command::Review => Step::Act(Effect::record(review(ledger, unit_idx, indicator_idx))),
            Command::ReviewUnit => review_unit(ledger, unit_idx),
            Command::NotApplicable => not_applicable(ledger, unit_idx, indicator_idx),
            Command::NextPending => match next_pending(ledger, unit_idx, indicator_idx) {
                Some((unit_idx, indicator_idx)) => {
                    self.go_to(ledger, unit_idx, Some(indicator_idx));
                    Step::Stay
                }
                None => Step::Say(Message::hint(text::ALL_REVIEWED.to_owned())),
            },
            // Moves and what is about the class are done; the rest belongs to other screens, or to all.
            Command::Up
            | Command::Down
            | Command::Left
            | Command::Right
            | Command::PageUp
            | Command::PageDown
            | Command::First
            | Command::Last
            | Command::Find
            | Command::NextClass
            | Command::Show(_)
            | Command::LookBack
            | Command::NewYear
            | Command::Add
            | Command::Checked
            | Command::MoveUp
            | Command::MoveDown
            | Command::Palette
            | Command::WholeUnit
            | Command::Provisional
            | Command::Undo
            | Command::Redo
            | Command::Edit
            | Command::Withdraw
            | Command::Confirm
            | Command::NextField
            | Command::PreviousField
            | Command::Back
            | Command::Demo
            | Command::Help
            | Command::Redraw
            | Command::Suspend
            | Command::Quit => Step::Stay,
        }
    }

    /// Moves the selection; says whether the command does that.
    fn moves(&mut self, command: Command, ledger: &Ledger, size: Size) -> bool {
        let n_rows = ledger.units_of(self.rubric_idx).len();
        let n_indicators = ledger.rubrics()[self.rubric_idx].n_indicators();
        let page = self.page(ledger, size);
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
        place.first_row = kept(place.first_row, place.row, page, n_rows);
        true
    }

    fn page(&self, ledger: &Ledger, size: Size) -> usize {
        let area = crate::view::body(Rect::new(0, 0, size.width, size.height));
        let n_rows = ledger.units_of(self.rubric_idx).len();
        let (table_area, _) = split(area, n_rows);
        Table { n_header: N_HEADER, n_rows, ..Table::default() }.n_visible_rows(table_area.height)
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let (table_area, pane_area) = split(area, ledger.units_of(self.rubric_idx).len());
        self.draw_table(ledger, table_area, buf);
        if let Some((unit_idx, indicator_idx)) = self.selected(ledger) {
            pane::draw(ledger, unit_idx, indicator_idx, pane_area, buf);
        }
    }

    fn draw_table(&self, ledger: &Ledger, area: Rect, buf: &mut Buffer) {
        let units = ledger.units_of(self.rubric_idx);
        let indicators: Vec<&Indicator> = ledger.rubrics()[self.rubric_idx].indicators().collect();
        let n_decimals = n_decimals(units.iter().map(|&it| ledger.score(it).score));
        let columns = columns(ledger, &units, indicators.len(), n_decimals, area.width);
        let has_marks = has_disqualified(ledger, &units);
        let place = self.places[self.rubric_idx];
        let table = Table {
            columns: &columns,
            n_frozen: N_FROZEN,
            n_header: N_HEADER,
            n_rows: units.len(),
            first_row: place.first_row,
            selected_row: Some(place.row.min(units.len().saturating_sub(1))),
            selected_column: Some(N_FROZEN + place.indicator_idx),
        };
        table.draw(area, buf, |line, column| match (line, column.checked_sub(N_FROZEN)) {
            (Line::Row(row), Some(indicator_idx)) => score_cell(ledger, units[row], indicator_idx),
            (Line::Row(row), None) => unit_cell(ledger, units[row], column, n_decimals, has_marks),
            (Line::Header(line_idx), Some(indicator_idx)) => {
                let width = usize::from(columns[column].width);
                Cell::new(head(indicators[indicator_idx], line_idx, width), theme::HEAD)
            }
            (Line::Header(0), None) => Cell::new(labels::MATRIX_HEADS[column], theme::HEAD),
            // Which of how many, since not all of them may show.
            (Line::Header(1), None) if column == 0 => {
                Cell::new(labels::nth(place.row + 1, units.len()), theme::FAINT)
            }
            (Line::Header(_), None) => Cell::default(),
        });
    }
}

/// Splits the body into the table and the pane: below it, or beside it where the terminal is wide.
fn split(area: Rect, n_rows: usize) -> (Rect, Rect) {
    if area.width >= 140 {
        let pane_width = 58;
        let table = Rect { width: area.width - pane_width, ..area };
        return (table, Rect { x: table.right(), width: pane_width, ..area });
    }
    // The table takes what it needs, but leaves the pane two fifths, or eight lines where that is more than enough.
    let needed = u16::try_from(N_HEADER + n_rows).unwrap_or(u16::MAX);
    let least = (area.height * 2 / 5).min(8);
    let pane_height = area.height.saturating_sub(needed).clamp(least, 16.max(least)).min(area.height);
    let table = Rect { height: area.height - pane_height, ..area };
    (table, Rect { y: table.bottom(), height: pane_height, ..area })
}

/// Returns the columns, each as wide as its widest cell in any row, so that none jumps while rows scroll.
fn columns(
    ledger: &Ledger,
    units: &[usize],
    n_indicators: usize,
    n_decimals: usize,
    width: u16,
) -> Vec<Column> {
    let number =
        |width: usize| Column { width: u16::try_from(width).unwrap_or(u16::MAX), align: Align::Right };
    // The scores of all units stand on one point, so the largest is the widest.
    let largest = units.iter().map(|&it| ledger.score(it).score).max().unwrap_or_default();
    let mark_width = usize::from(has_disqualified(ledger, units));
    let total = number(aligned(largest, n_decimals).len().max(4) + mark_width);
    let progress = number((2 * n_indicators.to_string().len() + 1).max(4));
    let mut columns = vec![total, progress];
    let score_width = |unit_idx: usize, indicator_idx: usize| {
        let score = &ledger.score(unit_idx).indicators[indicator_idx];
        // 满 and the sign for 不涉及 are narrower than any column.
        let is_number = score.state != State::NotApplicable && !score.lost().is_zero();
        if is_number { n_digits(score.score) + 1 } else { 0 }
    };
    columns.extend((0..n_indicators).map(|indicator_idx| {
        let widest = units.iter().map(|&it| score_width(it, indicator_idx)).max().unwrap_or(0);
        number(widest.max(MIN_COLUMN))
    }));
    // What is left goes to the unit's name first, and then to the indicators' heads, evenly.
    let taken = |columns: &[Column]| columns.iter().map(|it| it.width + 1).sum::<u16>() + 1;
    let longest = units.iter().map(|&it| cells::width(short_name(ledger, it))).max().unwrap_or(0);
    let wanted = u16::try_from(longest).unwrap_or(u16::MAX).clamp(NAME_WIDTH.0, NAME_WIDTH.1);
    let name_width = width.saturating_sub(taken(&columns) + 1).clamp(NAME_WIDTH.0, wanted);
    let spare = width.saturating_sub(taken(&columns) + name_width + 1)
        / u16::try_from(n_indicators.max(1)).unwrap_or(1);
    for column in &mut columns[N_FROZEN - 1..] {
        column.width += spare.min(7);
    }
    columns.insert(0, Column { width: name_width, align: Align::Left });
    columns
}

/// Returns a line of an indicator's head: number and name, over two lines; then its points.
fn head(indicator: &Indicator, line_idx: usize, width: usize) -> String {
    let is_roomy = cells::width(&indicator.number) + cells::width(&indicator.name) <= 2 * width;
    let name = if is_roomy { &indicator.name } else { indicator.short_name() };
    let named = format!("{}{name}", indicator.number);
    let first = cells::take(&named, width);
    let rest = named.strip_prefix(first).unwrap_or_default();
    match line_idx {
        0 => first.to_owned(),
        1 => cells::take(rest, width).to_owned(),
        _ => labels::points(indicator.points),
    }
}

fn progress(ledger: &Ledger, unit_idx: usize) -> String {
    let score = ledger.score(unit_idx);
    format!("{}/{}", score.n_settled, score.indicators.len())
}

fn has_disqualified(ledger: &Ledger, units: &[usize]) -> bool {
    units.iter().any(|&it| ledger.score(it).is_disqualified)
}

fn unit_cell(
    ledger: &Ledger,
    unit_idx: usize,
    column: usize,
    n_decimals: usize,
    has_marks: bool,
) -> Cell<'_> {
    let score = ledger.score(unit_idx);
    let settled = if score.is_settled() { theme::PLAIN } else { theme::PENDING };
    match column {
        0 => Cell::new(short_name(ledger, unit_idx), theme::PLAIN),
        1 => {
            let total = score.decided().map(|it| aligned(it, n_decimals));
            let total = total.unwrap_or_else(|| words::UNDECIDED.to_owned());
            match (has_marks, score.is_disqualified) {
                (true, true) => Cell::new(format!("{total}!"), theme::LOST),
                (true, false) => Cell::new(format!("{total} "), settled),
                (false, _) => Cell::new(total, settled),
            }
        }
        _ => Cell::new(progress(ledger, unit_idx), settled),
    }
}

fn score_cell(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Cell<'static> {
    let (text, style) = score_text(ledger, unit_idx, indicator_idx);
    Cell::new(text, style)
}

/// Returns a score with its sign, so that lost points and what is not settled read without colour: 满 where nothing
/// was lost, the score where something was; `?` 未复核, `*` changed after the review, `/` 不涉及.
fn score_text(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> (String, Style) {
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let is_full = score.lost().is_zero() && !score.points.is_zero();
    if score.undecided.is_some() {
        return (format!("{} ", words::UNDECIDED), theme::PENDING);
    }
    let (shown, style) = if is_full {
        (labels::FULL_MARKS.to_owned(), theme::PLAIN)
    } else {
        (score.score.to_string(), theme::LOST)
    };
    match score.state {
        State::Pending => (format!("{shown}?"), if is_full { theme::FAINT } else { style }),
        State::Reviewed => {
            let is_changed = is_changed_since_review(&ledger.sheet(unit_idx).cells[indicator_idx]);
            (format!("{shown}{}", if is_changed { "*" } else { " " }), style)
        }
        State::NotApplicable => ("/ ".to_owned(), theme::FAINT),
    }
}

/// Says whether a deduction came, or went, after the cell was marked 已复核. The mark stands all the same: whether to
/// look again is for people to say.
fn is_changed_since_review(cell: &kaohe_core::Cell) -> bool {
    let Some(review) = &cell.reviewed else { return false };
    let is_later = |it: &kaohe_core::Author| it.at > review.at;
    cell.entries
        .iter()
        .any(|it| is_later(&it.author) || it.withdrawn.as_ref().is_some_and(|it| is_later(&it.author)))
}

fn take_back(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Step {
    let entries = &ledger.sheet(unit_idx).cells[indicator_idx].entries;
    match entries.iter().rev().find(|it| it.withdrawn.is_none()) {
        Some(entry) => {
            let change = Change::Withdraw { entry: entry.id.clone(), reason: text::TAKEN_BACK.to_owned() };
            Step::Act(Effect::record(change))
        }
        None => Step::Say(Message::refused(text::NOTHING_TO_TAKE_BACK.to_owned())),
    }
}

fn review(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Change {
    let is_reviewed = ledger.sheet(unit_idx).cells[indicator_idx].reviewed.is_some();
    Change::Review {
        unit: ledger.unit(unit_idx).id.clone(),
        indicator: ledger.rubric_of(unit_idx).indicator(indicator_idx).id.clone(),
        to: if is_reviewed { Mark::Pending } else { Mark::Reviewed },
    }
}

fn review_unit(ledger: &Ledger, unit_idx: usize) -> Step {
    let cells = &ledger.sheet(unit_idx).cells;
    let pending = (0..cells.len()).filter(|&it| cells[it].reviewed.is_none() && cells[it].is_concerned());
    let changes: Vec<Change> = pending.map(|it| review(ledger, unit_idx, it)).collect();
    if changes.is_empty() {
        return Step::Say(Message::hint(text::UNIT_REVIEWED.to_owned()));
    }
    Step::Act(Effect::record(Change::Batch {
        title: text::review_unit(short_name(ledger, unit_idx)),
        changes,
    }))
}

fn not_applicable(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Step {
    if ledger.sheet(unit_idx).cells[indicator_idx].not_applicable.is_none() {
        return Step::Open(Screen::Form(Form::not_applicable(ledger, unit_idx, indicator_idx)));
    }
    let change = Change::NotApplicable {
        unit: ledger.unit(unit_idx).id.clone(),
        indicator: ledger.rubric_of(unit_idx).indicator(indicator_idx).id.clone(),
        reason: None,
    };
    Step::Act(Effect::record(change))
}

/// Returns the next cell that is 未复核, row by row and class by class, in a ring.
fn next_pending(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Option<(usize, usize)> {
    let units: Vec<usize> = (0..ledger.rubrics().len()).flat_map(|it| ledger.units_of(it)).collect();
    let cells: Vec<(usize, usize)> = units
        .iter()
        .flat_map(|&unit_idx| (0..ledger.sheet(unit_idx).cells.len()).map(move |it| (unit_idx, it)))
        .collect();
    let here = cells.iter().position(|it| *it == (unit_idx, indicator_idx))?;
    let is_pending = |it: &&(usize, usize)| ledger.score(it.0).indicators[it.1].state == State::Pending;
    cells.iter().cycle().skip(here + 1).take(cells.len()).find(is_pending).copied()
}

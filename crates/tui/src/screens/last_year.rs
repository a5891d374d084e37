//! The year beside an earlier one of the same data folder: units class by class, then indicators.

use kaohe_core::{
    InYear, IndicatorChange, Ledger, Points, RankOptions, Track, UnitChange, YearChange, year_change,
};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::computed::Computed;
use super::differences::{Aligned, class_width};
use super::list::{Place, below, headline, line, page};
use super::press::ListRows;
use super::{Spot, Step};
use crate::app::{Earlier, Message, NoEarlier};
use crate::effect::Effect;
use crate::keys::Command;
use crate::text::last_year as text;
use crate::text::{faults, labels};
use crate::theme;
use crate::view::body;
use crate::widgets::cells;
use crate::widgets::fit::Field;
use crate::widgets::table::Cell;
use crate::world::{World, short_name};

/// What was read of the earlier year, which part shows, and what of it is chosen.
#[derive(Debug)]
pub(crate) struct LastYear {
    looked: Looked,
    /// Which class, or past the last one the indicators.
    part: usize,
    /// One per part.
    places: Vec<Place>,
    options: RankOptions,
    /// Of the earlier year that was read with this number, and of these options.
    shown: Computed<(usize, RankOptions), Option<Shown>>,
    /// How often an earlier year was read.
    n_read: usize,
}

/// The comparison, and what shows of it.
#[derive(Debug)]
struct Shown {
    change: YearChange,
    /// The classes of this year, then those that only the earlier one has.
    classes: Vec<ClassShown>,
    /// Whether nobody of this year has a rank, which is why nothing can be held against the earlier one.
    is_without_ranks: bool,
}

/// A class: which of the units that changed, and how wide their columns are.
#[derive(Debug)]
struct ClassShown {
    track: Track,
    rows: Vec<usize>,
    /// Where full marks differ, points are nothing to compare.
    is_by_rate: bool,
    values: Aligned,
    ups: Aligned,
    name_width: usize,
    places_width: usize,
    remark_width: usize,
}

/// What the look at the earlier year came to.
#[derive(Debug)]
enum Looked {
    /// It is on its way.
    NotYet,
    /// There is none.
    None,
    /// It cannot be read, for this reason; other years may.
    Failed {
        why: String,
        years: Vec<u16>,
        year: Option<u16>,
    },
    At(Box<Earlier>),
}

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Class,
    Unit,
    Rank,
    RankBefore,
    Places,
    Score,
    ScoreBefore,
    Up,
    Remark,
    Indicator,
    IndicatorBefore,
    By,
}

/// Lines above the columns' heads.
const N_ABOVE: u16 = 1;

impl LastYear {
    pub(crate) fn new(rubric_idx: usize) -> LastYear {
        LastYear {
            looked: Looked::NotYet,
            part: rubric_idx,
            places: Vec::new(),
            options: RankOptions::default(),
            shown: Computed::default(),
            n_read: 0,
        }
    }

    /// Takes in what the look at the earlier year came to.
    pub(crate) fn take_in(&mut self, earlier: Result<Option<Earlier>, NoEarlier>) {
        self.looked = match earlier {
            Ok(Some(earlier)) => Looked::At(Box::new(earlier)),
            Ok(None) => Looked::None,
            Err(NoEarlier { year, years, error }) => {
                Looked::Failed { why: faults::store_error(&error), years, year }
            }
        };
        self.places = Vec::new();
        self.n_read += 1;
    }

    /// Computes the comparison anew, where either year or who is ranked has changed.
    pub(super) fn catch_up(&mut self, world: &World) {
        let LastYear { looked, options, shown, n_read, .. } = self;
        shown.catch_up(world, (*n_read, *options), |ledger| match looked {
            Looked::At(earlier) => Some(Shown::of(ledger, earlier, *options)),
            Looked::NotYet | Looked::None | Looked::Failed { .. } => None,
        });
    }

    fn compared(&self) -> Option<(&Earlier, &Shown)> {
        match (&self.looked, self.shown.get()) {
            (Looked::At(earlier), Some(shown)) => Some((earlier, shown)),
            (_, _) => None,
        }
    }

    /// Returns the footer's word: empty where there is no other year, or none at all.
    pub(crate) fn footer_label(&self, command: Command, label: &'static str) -> &'static str {
        let is_shown = match (command, &self.looked) {
            (Command::Left | Command::Right, _) => self.year_beside(command == Command::Left).is_some(),
            (Command::NextClass | Command::Provisional | Command::Confirm, Looked::At(_)) => true,
            (Command::NextClass | Command::Provisional | Command::Confirm, _) => false,
            _ => true,
        };
        if is_shown { label } else { "" }
    }

    /// Returns what the signs mean, where there are any; and that nobody has a rank.
    pub(crate) fn signs(&self) -> &'static [&'static str] {
        match &self.looked {
            Looked::At(_) if self.compared().is_some_and(|it| it.1.is_without_ranks) => text::NOBODY_RANKED,
            Looked::At(earlier) if earlier.years.len() > 1 => text::SIGNS,
            Looked::At(_) => text::SIGNS_OF_ONE,
            Looked::NotYet | Looked::None | Looked::Failed { .. } => &[],
        }
    }

    /// Returns the chosen unit or indicator, as far as this year has it.
    pub(crate) fn spot(&self, ledger: &Ledger) -> Option<Spot> {
        let (_, shown) = self.compared()?;
        let row = self.place().row(shown.n_rows(self.part));
        match shown.classes.get(self.part) {
            Some(class) => {
                let unit = &shown.change.units[*class.rows.get(row)?];
                let unit_idx = unit.now.as_ref()?.idx;
                let rubric_idx = ledger.sheet(unit_idx).rubric_idx;
                Some(Spot { rubric_idx, unit_idx: Some(unit_idx), indicator_idx: None })
            }
            None => {
                let indicator = shown.change.indicators.get(row)?;
                let rubric_idx = indicator.rubric_idx?;
                let unit_idx = ledger.units_of(rubric_idx).first().copied();
                Some(Spot { rubric_idx, unit_idx, indicator_idx: Some(indicator.now.as_ref()?.idx) })
            }
        }
    }

    fn place(&self) -> Place {
        self.places.get(self.part).copied().unwrap_or_default()
    }

    /// Returns the rows for the mouse; none before an earlier year was read.
    pub(super) fn rows(&mut self, area: Rect) -> Option<ListRows<'_>> {
        let shown = self.compared()?.1;
        let (n_parts, n_rows) = (shown.classes.len() + 1, shown.n_rows(self.part));
        self.places.resize(n_parts, Place::default());
        self.places.get_mut(self.part).map(|it| it.rows(below(area, N_ABOVE), n_rows))
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        if matches!(command, Command::Left | Command::Right) {
            return self.other_year(command == Command::Left);
        }
        let Some((_, shown)) = self.compared() else { return Step::Stay };
        let n_parts = shown.classes.len() + 1;
        let n_rows = shown.n_rows(self.part);
        self.places.resize(n_parts, Place::default());
        let page = page(body(Rect::new(0, 0, size.width, size.height)), N_ABOVE);
        if self.places[self.part].moves(command, n_rows, page) {
            return Step::Stay;
        }
        match command {
            Command::NextClass => self.part = (self.part + 1) % n_parts,
            Command::Provisional => self.options.provisional = !self.options.provisional,
            Command::Confirm => {
                return match self.spot(ledger) {
                    Some(Spot { unit_idx: Some(unit_idx), indicator_idx, .. }) => {
                        Step::Home { unit_idx, indicator_idx }
                    }
                    _ => Step::Say(Message::hint(text::GONE_HERE.to_owned())),
                };
            }
            _ => {}
        }
        Step::Stay
    }

    /// Returns the year before the one that shows, or the one after it.
    fn year_beside(&self, is_earlier: bool) -> Option<u16> {
        let (years, year) = match &self.looked {
            Looked::At(earlier) => (&earlier.years, Some(earlier.year)),
            Looked::Failed { years, year, .. } => (years, *year),
            Looked::NotYet | Looked::None => return None,
        };
        // The newest comes first.
        let at = years.iter().position(|it| Some(*it) == year)?;
        let beside = if is_earlier { Some(at + 1) } else { at.checked_sub(1) };
        beside.and_then(|it| years.get(it)).copied()
    }

    fn other_year(&self, is_earlier: bool) -> Step {
        match self.year_beside(is_earlier) {
            Some(year) => Step::Act(Effect::LookAtYear(Some(year))),
            None => Step::Say(Message::hint(text::no_other(is_earlier))),
        }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let this_year = world.year.as_ref().map_or(0, |it| it.year().year);
        let paragraph = |text: &str, buf: &mut Buffer| {
            let width = usize::from(area.width.saturating_sub(2)).max(2);
            for (text, y) in cells::wrap(text, width).iter().zip(area.y..area.bottom()) {
                line(text, theme::PLAIN, y, area, buf);
            }
        };
        match &self.looked {
            Looked::NotYet => paragraph(text::LOOKING, buf),
            Looked::None => paragraph(&text::how_to_get_one(this_year, world.data.path()), buf),
            Looked::Failed { why, .. } => paragraph(why, buf),
            Looked::At(_) => {}
        }
        let Some((earlier, shown)) = self.compared() else { return };
        let n_rows = shown.n_rows(self.part);
        match shown.classes.get(self.part) {
            Some(class) => {
                let head = text::class(this_year, earlier, &class.track, &class.units(&shown.change));
                headline(&head, self.place(), n_rows, area, buf);
                self.draw_units(ledger, earlier, (class, &shown.change), below(area, N_ABOVE), buf);
            }
            None => {
                headline(&text::indicators(this_year, earlier), self.place(), n_rows, area, buf);
                self.draw_indicators(ledger, earlier, &shown.change.indicators, below(area, N_ABOVE), buf);
            }
        }
    }

    fn draw_units(
        &self,
        ledger: &Ledger,
        earlier: &Earlier,
        (class, change): (&ClassShown, &YearChange),
        area: Rect,
        buf: &mut Buffer,
    ) {
        let ClassShown { rows, is_by_rate, values, ups, name_width, places_width, remark_width, .. } = class;
        let (is_by_rate, remark_width) = (*is_by_rate, *remark_width);
        let rank_width = rows.len().to_string().len().max(4);
        let fields = [
            Field::text(Shows::Unit, 8, *name_width, 0),
            Field::number(Shows::Rank, rank_width, 0),
            Field::number(Shows::RankBefore, rank_width, 1),
            Field::number(Shows::Places, (*places_width).max(4), 0),
            Field::number(Shows::Score, values.width.max(6) + 1, 0),
            Field::number(Shows::ScoreBefore, values.width.max(6), 1),
            Field::number(Shows::Up, ups.width.max(6), 0),
            Field::text(Shows::Remark, 8, remark_width, 2),
        ];
        let cell = |row: usize, shows: Shows, _: usize| -> Cell<'_> {
            let it = &change.units[rows[row]];
            let rank = |it: &Option<InYear>| match it.as_ref().map(|it| it.rank) {
                Some(Some(rank)) => rank.to_string(),
                Some(None) => "-".to_owned(),
                None => String::new(),
            };
            let score =
                |it: &Option<InYear>| value(it, is_by_rate).map_or_else(String::new, |it| values.text(it));
            match shows {
                Shows::Unit => Cell::new(name(ledger, earlier, it), theme::PLAIN),
                Shows::Rank => Cell::new(rank(&it.now), theme::PLAIN),
                Shows::RankBefore => Cell::new(rank(&it.before), theme::PLAIN),
                Shows::Places => Cell::new(text::places(it.places_up()), theme::PLAIN),
                Shows::Score => {
                    let is_settled = it.now.as_ref().is_none_or(|it| ledger.score(it.idx).is_settled());
                    let (sign, style) = if is_settled { (" ", theme::PLAIN) } else { ("?", theme::PENDING) };
                    let score = value(&it.now, is_by_rate);
                    let score = score.map_or_else(String::new, |it| values.with_sign(it, sign));
                    Cell::new(score, style)
                }
                Shows::ScoreBefore => Cell::new(score(&it.before), theme::PLAIN),
                Shows::Up => {
                    let up = up(it, is_by_rate);
                    let style =
                        if up.is_some_and(|it| it.is_negative()) { theme::LOST } else { theme::PLAIN };
                    Cell::new(up.map_or_else(String::new, |it| ups.signed(it)), style)
                }
                Shows::Remark => Cell::new(text::remark(it, &earlier.ledger), theme::PLAIN),
                Shows::Class | Shows::Indicator | Shows::IndicatorBefore | Shows::By => Cell::default(),
            }
        };
        let head = |shows| match shows {
            Shows::Score if is_by_rate => text::RATE,
            shows => head_of(shows),
        };
        self.place().draw(&fields, rows.len(), area, buf, head, cell);
    }

    fn draw_indicators(
        &self,
        ledger: &Ledger,
        earlier: &Earlier,
        rows: &[IndicatorChange],
        area: Rect,
        buf: &mut Buffer,
    ) {
        let name = |ledger: &Ledger, rubric_idx: Option<usize>, it: &Option<InYear>| {
            let rubric = rubric_idx.map(|it| &ledger.rubrics()[it]);
            rubric
                .zip(it.as_ref())
                .map_or_else(String::new, |(rubric, it)| labels::numbered(rubric.indicator(it.idx)))
        };
        let names: Vec<(String, String)> = rows
            .iter()
            .map(|it| {
                let now = name(ledger, it.rubric_idx, &it.now);
                (now, name(&earlier.ledger, it.before_rubric_idx, &it.before))
            })
            .collect();
        let rate = |it: &Option<InYear>| it.as_ref().and_then(InYear::loss_rate);
        let rates: Vec<_> = rows.iter().flat_map(|it| [rate(&it.now), rate(&it.before)]).flatten().collect();
        let rates = Aligned::of(rates.into_iter(), false);
        let ups = Aligned::of(rows.iter().filter_map(|it| it.loss_rate_up()), true);
        let widest = |of: fn(&(String, String)) -> &String| {
            names.iter().map(|it| cells::width(of(it))).max().unwrap_or(0).min(24)
        };
        let fields = [
            Field::text(Shows::Class, class_width(ledger), 0, 2),
            Field::text(Shows::Indicator, 14, widest(|it| &it.0), 0),
            Field::number(Shows::Score, rates.width.max(6), 0),
            Field::number(Shows::ScoreBefore, rates.width.max(6), 0),
            Field::number(Shows::Up, ups.width.max(6), 0),
            Field::text(Shows::By, 8, 8, 1),
            Field::text(Shows::IndicatorBefore, 14, widest(|it| &it.1), 3),
        ];
        let cell = |row: usize, shows: Shows, _: usize| -> Cell<'_> {
            let it = &rows[row];
            let percent = |it: &Option<InYear>| match (it, rate(it)) {
                (_, Some(rate)) => rates.text(rate),
                (Some(_), None) => "-".to_owned(),
                (None, None) => String::new(),
            };
            match shows {
                Shows::Class => Cell::new(it.track.as_str(), theme::PLAIN),
                // What is gone is named where it would stand.
                Shows::Indicator if it.now.is_none() => Cell::new(names[row].1.clone(), theme::FAINT),
                Shows::Indicator => Cell::new(names[row].0.clone(), theme::PLAIN),
                Shows::IndicatorBefore => Cell::new(names[row].1.clone(), theme::PLAIN),
                Shows::Score => Cell::new(percent(&it.now), theme::PLAIN),
                Shows::ScoreBefore => Cell::new(percent(&it.before), theme::PLAIN),
                Shows::Up => {
                    let up = it.loss_rate_up();
                    let style =
                        if up.is_some_and(|it| it > Points::ZERO) { theme::LOST } else { theme::PLAIN };
                    Cell::new(up.map_or_else(String::new, |it| ups.signed(it)), style)
                }
                Shows::By => Cell::new(text::by(it), theme::PLAIN),
                Shows::Unit | Shows::Rank | Shows::RankBefore | Shows::Places | Shows::Remark => {
                    Cell::default()
                }
            }
        };
        let head = |shows| match shows {
            Shows::Score => text::LOSS_RATE,
            shows => head_of(shows),
        };
        self.place().draw(&fields, rows.len(), area, buf, head, cell);
    }
}

impl Shown {
    fn of(ledger: &Ledger, earlier: &Earlier, options: RankOptions) -> Shown {
        let change = year_change(ledger, &earlier.ledger, &[], options);
        let is_ranked = |it: &UnitChange| it.now.as_ref().is_some_and(|it| it.rank.is_some());
        let tracks = tracks(ledger, &change).into_iter();
        Shown {
            classes: tracks.map(|it| ClassShown::of(ledger, earlier, it, &change)).collect(),
            is_without_ranks: !change.units.iter().any(is_ranked),
            change,
        }
    }

    /// Returns how many rows a part has: a class, or past the last one the indicators.
    fn n_rows(&self, part: usize) -> usize {
        self.classes.get(part).map_or(self.change.indicators.len(), |it| it.rows.len())
    }
}

impl ClassShown {
    fn of(ledger: &Ledger, earlier: &Earlier, track: Track, change: &YearChange) -> ClassShown {
        let all = change.units.iter().enumerate();
        let rows: Vec<usize> = all.filter(|it| it.1.track == track).map(|it| it.0).collect();
        let units = || rows.iter().map(|it| &change.units[*it]);
        let full_marks = |it: &Option<InYear>| it.as_ref().map(|it| it.full_marks);
        let mut marks: Vec<_> =
            units().flat_map(|it| [full_marks(&it.now), full_marks(&it.before)]).collect();
        marks.retain(Option::is_some);
        marks.dedup();
        let is_by_rate = marks.len() > 1;
        let values = units().flat_map(|it| [value(&it.now, is_by_rate), value(&it.before, is_by_rate)]);
        let values: Vec<Points> = values.flatten().collect();
        ClassShown {
            values: Aligned::of(values.into_iter(), false),
            ups: Aligned::of(units().filter_map(|it| up(it, is_by_rate)), true),
            name_width: widest(units().map(|it| name(ledger, earlier, it))).min(24),
            places_width: widest(units().map(|it| text::places(it.places_up()))),
            remark_width: widest(units().map(|it| text::remark(it, &earlier.ledger))),
            is_by_rate,
            track,
            rows,
        }
    }

    fn units<'c>(&self, change: &'c YearChange) -> Vec<&'c UnitChange> {
        self.rows.iter().map(|it| &change.units[*it]).collect()
    }
}

/// Returns a unit's score, or where full marks differ its share of them.
fn value(it: &Option<InYear>, is_by_rate: bool) -> Option<Points> {
    it.as_ref().and_then(|it| if is_by_rate { it.rate() } else { it.score })
}

fn up(it: &UnitChange, is_by_rate: bool) -> Option<Points> {
    if is_by_rate { it.rate_up() } else { it.score_up() }
}

fn name(ledger: &Ledger, earlier: &Earlier, it: &UnitChange) -> String {
    match (&it.now, &it.before) {
        (Some(now), _) => short_name(ledger, now.idx).to_owned(),
        (None, Some(before)) => short_name(&earlier.ledger, before.idx).to_owned(),
        (None, None) => String::new(),
    }
}

fn widest(texts: impl Iterator<Item = String>) -> usize {
    texts.map(|it| cells::width(&it)).max().unwrap_or(0)
}

/// Returns the classes of this year, then those that only the earlier one has.
fn tracks(ledger: &Ledger, change: &YearChange) -> Vec<Track> {
    let mut tracks: Vec<Track> = ledger.rubrics().iter().map(|it| it.track.clone()).collect();
    for unit in &change.units {
        if !tracks.contains(&unit.track) {
            tracks.push(unit.track.clone());
        }
    }
    tracks
}

fn head_of(shows: Shows) -> &'static str {
    match shows {
        Shows::Class => labels::CLASS,
        Shows::Unit => labels::UNIT,
        Shows::Rank => text::RANK,
        Shows::RankBefore | Shows::ScoreBefore => text::BEFORE,
        Shows::Places => text::PLACES,
        Shows::Score => labels::SCORE,
        Shows::Up => text::CHANGE,
        Shows::Remark => text::REMARK,
        Shows::Indicator => labels::INDICATOR,
        Shows::IndicatorBefore => text::INDICATOR_BEFORE,
        Shows::By => text::BY,
    }
}

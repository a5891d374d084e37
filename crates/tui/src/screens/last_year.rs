//! The year beside an earlier one of the same data folder: units class by class, then indicators.

use kaohe_core::{InYear, IndicatorChange, Ledger, RankOptions, Track, UnitChange, YearChange, year_change};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::differences::{Aligned, class_width};
use super::list::{Place, below, headline, line, page};
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
    }

    fn change(&self, ledger: &Ledger) -> Option<(&Earlier, YearChange)> {
        match &self.looked {
            Looked::At(earlier) => Some((earlier, year_change(ledger, &earlier.ledger, &[], self.options))),
            Looked::NotYet | Looked::None | Looked::Failed { .. } => None,
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
    pub(crate) fn signs(&self, ledger: &Ledger) -> &'static [&'static str] {
        match &self.looked {
            Looked::At(_) if self.is_without_ranks(ledger) => text::NOBODY_RANKED,
            Looked::At(earlier) if earlier.years.len() > 1 => text::SIGNS,
            Looked::At(_) => text::SIGNS_OF_ONE,
            Looked::NotYet | Looked::None | Looked::Failed { .. } => &[],
        }
    }

    /// Says whether nobody of this year has a rank, which is why nothing can be held against the earlier one.
    fn is_without_ranks(&self, ledger: &Ledger) -> bool {
        let change = self.change(ledger);
        change.is_some_and(|(_, it)| {
            it.units.iter().all(|it| it.now.as_ref().is_none_or(|it| it.rank.is_none()))
        })
    }

    /// Returns the chosen unit or indicator, as far as this year has it.
    pub(crate) fn spot(&self, ledger: &Ledger) -> Option<Spot> {
        let (_, change) = self.change(ledger)?;
        match self.shown(ledger, &change) {
            Part::Class { rows, .. } => {
                let unit = rows.get(self.place().row(rows.len()))?;
                let unit_idx = unit.now.as_ref()?.idx;
                let rubric_idx = ledger.sheet(unit_idx).rubric_idx;
                Some(Spot { rubric_idx, unit_idx: Some(unit_idx), indicator_idx: None })
            }
            Part::Indicators { rows } => {
                let indicator = rows.get(self.place().row(rows.len()))?;
                let rubric_idx = indicator.rubric_idx?;
                let unit_idx = ledger.units_of(rubric_idx).first().copied();
                Some(Spot { rubric_idx, unit_idx, indicator_idx: Some(indicator.now.as_ref()?.idx) })
            }
        }
    }

    fn place(&self) -> Place {
        self.places.get(self.part).copied().unwrap_or_default()
    }

    /// Returns the rows of the part that shows.
    fn shown<'c>(&self, ledger: &Ledger, change: &'c YearChange) -> Part<'c> {
        let tracks = tracks(ledger, change);
        match tracks.into_iter().nth(self.part) {
            Some(track) => {
                Part::Class { rows: change.units.iter().filter(|it| it.track == track).collect(), track }
            }
            None => Part::Indicators { rows: change.indicators.iter().collect() },
        }
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        if matches!(command, Command::Left | Command::Right) {
            return self.other_year(command == Command::Left);
        }
        let Some((_, change)) = self.change(ledger) else { return Step::Stay };
        let n_parts = tracks(ledger, &change).len() + 1;
        let n_rows = match self.shown(ledger, &change) {
            Part::Class { rows, .. } => rows.len(),
            Part::Indicators { rows } => rows.len(),
        };
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
        let Some((earlier, change)) = self.change(ledger) else { return };
        match self.shown(ledger, &change) {
            Part::Class { track, rows } => {
                let head = text::class(this_year, earlier, &track, &rows);
                headline(&head, self.place(), rows.len(), area, buf);
                self.draw_units(ledger, earlier, &rows, below(area, N_ABOVE), buf);
            }
            Part::Indicators { rows } => {
                headline(&text::indicators(this_year, earlier), self.place(), rows.len(), area, buf);
                self.draw_indicators(ledger, earlier, &rows, below(area, N_ABOVE), buf);
            }
        }
    }

    fn draw_units(
        &self,
        ledger: &Ledger,
        earlier: &Earlier,
        rows: &[&UnitChange],
        area: Rect,
        buf: &mut Buffer,
    ) {
        // Where full marks differ, points are nothing to compare.
        let full_marks = |it: &Option<InYear>| it.as_ref().map(|it| it.full_marks);
        let mut marks: Vec<_> =
            rows.iter().flat_map(|it| [full_marks(&it.now), full_marks(&it.before)]).collect();
        marks.retain(Option::is_some);
        marks.dedup();
        let is_by_rate = marks.len() > 1;
        let value =
            |it: &Option<InYear>| it.as_ref().and_then(|it| if is_by_rate { it.rate() } else { it.score });
        let up = |it: &UnitChange| if is_by_rate { it.rate_up() } else { it.score_up() };
        let values = rows.iter().flat_map(|it| [value(&it.now), value(&it.before)]).flatten();
        let values = Aligned::of(values.collect::<Vec<_>>().into_iter(), false);
        let ups = Aligned::of(rows.iter().filter_map(|it| up(it)), true);
        let name = |it: &UnitChange| match (&it.now, &it.before) {
            (Some(now), _) => short_name(ledger, now.idx).to_owned(),
            (None, Some(before)) => short_name(&earlier.ledger, before.idx).to_owned(),
            (None, None) => String::new(),
        };
        let name_width = rows.iter().map(|it| cells::width(&name(it))).max().unwrap_or(0).min(24);
        let rank_width = rows.len().to_string().len().max(4);
        let places = rows.iter().map(|it| cells::width(&text::places(it.places_up())));
        let places_width = places.max().unwrap_or(0);
        let remarks: Vec<String> = rows.iter().map(|it| text::remark(it, &earlier.ledger)).collect();
        let remark_width = remarks.iter().map(|it| cells::width(it)).max().unwrap_or(0);
        let fields = [
            Field::text(Shows::Unit, 8, name_width, 0),
            Field::number(Shows::Rank, rank_width, 0),
            Field::number(Shows::RankBefore, rank_width, 1),
            Field::number(Shows::Places, places_width.max(4), 0),
            Field::number(Shows::Score, values.width.max(6) + 1, 0),
            Field::number(Shows::ScoreBefore, values.width.max(6), 1),
            Field::number(Shows::Up, ups.width.max(6), 0),
            Field::text(Shows::Remark, 8, remark_width, 2),
        ];
        let cell = |row: usize, shows: Shows, _: usize| -> Cell<'_> {
            let it = rows[row];
            let rank = |it: &Option<InYear>| match it.as_ref().map(|it| it.rank) {
                Some(Some(rank)) => rank.to_string(),
                Some(None) => "-".to_owned(),
                None => String::new(),
            };
            let score = |it: &Option<InYear>| value(it).map_or_else(String::new, |it| values.text(it));
            match shows {
                Shows::Unit => Cell::new(name(it), theme::PLAIN),
                Shows::Rank => Cell::new(rank(&it.now), theme::PLAIN),
                Shows::RankBefore => Cell::new(rank(&it.before), theme::PLAIN),
                Shows::Places => Cell::new(text::places(it.places_up()), theme::PLAIN),
                Shows::Score => {
                    let is_settled = it.now.as_ref().is_none_or(|it| ledger.score(it.idx).is_settled());
                    let (sign, style) = if is_settled { (" ", theme::PLAIN) } else { ("?", theme::PENDING) };
                    let score = value(&it.now).map_or_else(String::new, |it| values.with_sign(it, sign));
                    Cell::new(score, style)
                }
                Shows::ScoreBefore => Cell::new(score(&it.before), theme::PLAIN),
                Shows::Up => {
                    let style =
                        if up(it).is_some_and(|it| it.is_negative()) { theme::LOST } else { theme::PLAIN };
                    Cell::new(up(it).map_or_else(String::new, |it| ups.signed(it)), style)
                }
                Shows::Remark => Cell::new(remarks[row].clone(), theme::PLAIN),
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
        rows: &[&IndicatorChange],
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
            let it = rows[row];
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
                    let style = if up.is_some_and(|it| it > kaohe_core::Points::ZERO) {
                        theme::LOST
                    } else {
                        theme::PLAIN
                    };
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

/// What shows of the comparison.
enum Part<'c> {
    Class { track: Track, rows: Vec<&'c UnitChange> },
    Indicators { rows: Vec<&'c IndicatorChange> },
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

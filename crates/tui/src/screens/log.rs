//! 留痕: every record, newest first, with filters; the rows are made once, when it opens.

mod record;
mod rows;

use std::collections::HashSet;

use crossterm::event::KeyEvent;
use kaohe_core::{Ledger, Record};
use kaohe_exchange::words::Kind;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::form::edit;
use super::list::below;
use super::press::ListRows;
use super::{Screen, Spot, Step, moved};
use crate::app::Message;
use crate::effect::Effect;
use crate::find::{Haystack, Item};
use crate::keys::{Command, Context};
use crate::text::{labels, log as text};
use crate::theme;
use crate::view::body;
use crate::widgets::cells;
use crate::widgets::input::Input;
use crate::widgets::table::{Align, Cell, Column, Line, Table, kept};
use crate::world::{World, short_name};

pub(crate) use record::RecordScreen;
use rows::{Row, Rows};

/// The rows, which of them show, and which is chosen.
#[derive(Debug)]
pub(crate) struct Log {
    rows: Rows,
    /// The unit that the screen below stood on.
    unit_idx: Option<usize>,
    filter: Filter,
    /// A unit or a person, or words of what was done.
    query: Input,
    /// Whether the query is being typed.
    is_typing: bool,
    haystack: Haystack,
    /// People who have recorded something, after the units in the haystack.
    people: Vec<String>,
    /// Places in the rows, the newest record first.
    shown: Vec<usize>,
    selected: usize,
    first_row: usize,
}

/// Which records show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    All,
    Unit,
    Mine,
    Kind(Kind),
    Today,
}

/// Lines above the table: the filters, and what is looked for.
const N_ABOVE: u16 = 2;
/// A window narrower than this shows the total after, not the one before.
const WIDE: u16 = 76;
/// A window wider than this shows the year of each record, and the indicator's name.
const ROOMY: u16 = 100;

impl Log {
    pub(crate) fn new(world: &World, spot: Spot) -> Option<Log> {
        let ledger = world.ledger()?;
        let mut log = Log {
            rows: Rows::new(ledger),
            unit_idx: spot.unit_idx,
            filter: Filter::All,
            query: Input::new(""),
            is_typing: false,
            haystack: Haystack::default(),
            people: Vec::new(),
            shown: Vec::new(),
            selected: 0,
            first_row: 0,
        };
        log.renew(world);
        Some(log)
    }

    pub(crate) fn context(&self) -> Context {
        if self.is_typing { Context::LogFind } else { Context::Log }
    }

    /// Takes in what was recorded since the rows were made.
    pub(crate) fn renew(&mut self, world: &World) {
        let Some(ledger) = world.ledger() else { return };
        let chosen = self.chosen_row().filter(|_| self.selected > 0);
        let is_extended = self.rows.extend(ledger, world.records());
        let names: HashSet<&str> = world.records().iter().map(|it| it.by.as_str()).collect();
        let mut people: Vec<String> = names.into_iter().map(str::to_owned).collect();
        people.sort();
        let units = ledger.roster().units.iter();
        let item =
            |it: &kaohe_core::Unit| [it.id.to_string(), it.name.clone(), it.short.clone(), it.pinyin.clone()];
        let units: Vec<[String; 4]> = units.map(item).collect();
        let units = units.iter().map(|[id, name, short_name, alias]| Item { id, name, short_name, alias });
        let by = people.iter().map(|it| Item { id: "", name: it, short_name: "", alias: "" });
        self.haystack = Haystack::new(units.chain(by));
        self.people = people;
        self.sift(world);
        // Who reads an older record goes on reading it; the top shows what is new.
        let at = chosen.filter(|_| is_extended).and_then(|it| self.shown.iter().position(|row| *row == it));
        self.selected = at.unwrap_or(0);
    }

    fn chosen_row(&self) -> Option<usize> {
        self.shown.get(self.selected).copied()
    }

    fn chosen<'l>(&'l self, world: &'l World) -> Option<(&'l Row, &'l Record)> {
        let row = &self.rows.all[self.chosen_row()?];
        Some((row, world.records().get(row.record_idx)?))
    }

    /// Finds the rows that are wanted.
    fn sift(&mut self, world: &World) {
        let records = world.records();
        let today = (world.today)();
        let query = self.query.value().trim().to_owned();
        let Some(ledger) = world.ledger() else { return };
        let n_units = ledger.roster().units.len();
        let found = self.haystack.matches(&query);
        let (mut units, mut people) = (HashSet::new(), HashSet::new());
        for idx in found {
            match idx.checked_sub(n_units) {
                None => {
                    units.insert(idx);
                }
                Some(person_idx) => {
                    people.extend(self.people.get(person_idx).map(String::as_str));
                }
            }
        }
        let is_wanted = |row: &Row| {
            let record = &records[row.record_idx];
            let is_of_filter = match self.filter {
                Filter::All => true,
                Filter::Unit => row.done.place.is_some_and(|it| Some(it.0) == self.unit_idx),
                Filter::Mine => record.by == world.person.by,
                Filter::Kind(kind) => row.done.kinds.contains(&kind),
                Filter::Today => (world.local)(record.at).date() == today,
            };
            let has_query = || {
                row.done.place.is_some_and(|it| units.contains(&it.0))
                    || people.contains(record.by.as_str())
                    || row.done.text(record).contains(&query)
            };
            is_of_filter && (query.is_empty() || has_query())
        };
        self.shown = self.rows.newest_first().filter(|it| is_wanted(&self.rows.all[*it])).collect();
        self.selected = 0;
        self.first_row = 0;
    }

    /// Returns the unit and the indicator of the record that is chosen.
    pub(crate) fn spot(&self, ledger: &Ledger) -> Option<Spot> {
        let (unit_idx, indicator_idx) = self.rows.all[self.chosen_row()?].done.place?;
        let rubric_idx = ledger.sheet(unit_idx).rubric_idx;
        Some(Spot { rubric_idx, unit_idx: Some(unit_idx), indicator_idx: Some(indicator_idx) })
    }

    /// Returns the rows for the mouse.
    pub(super) fn rows(&mut self, area: Rect) -> ListRows<'_> {
        let n_rows = self.shown.len();
        // The columns' heads stand above them.
        let area = below(area, N_ABOVE + 1);
        let first = kept(self.first_row, self.selected, usize::from(area.height), n_rows);
        self.first_row = first;
        ListRows { area, n_lines: 1, first, n_rows, selected: &mut self.selected, is_focused: true }
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let area = body(Rect::new(0, 0, size.width, size.height));
        let page = usize::from(area.height.saturating_sub(N_ABOVE + 1)).max(1);
        if let Some(selected) = moved(command, self.selected, self.shown.len(), page) {
            let first = kept(self.first_row, self.selected, page, self.shown.len());
            self.selected = selected;
            self.first_row = kept(first, selected, page, self.shown.len());
            return Step::Stay;
        }
        match command {
            Command::Confirm if self.is_typing => self.is_typing = false,
            Command::Find => self.is_typing = true,
            Command::Digit(number) => return self.filtered(number, world),
            Command::Left | Command::Right => return self.turn(command == Command::Right, world),
            Command::Confirm => {
                let opened = self.chosen(world).map(|(_, record)| {
                    let rows = self.rows.of_record(self.rows.all[self.shown[self.selected]].record_idx);
                    RecordScreen::new(world, record, rows)
                });
                return opened.map_or(Step::Stay, |it| Step::Open(Screen::Record(it)));
            }
            Command::LookBack => {
                let stamp = self.chosen(world).map(|it| it.1.stamp.clone());
                return stamp.map_or(Step::Stay, |it| Step::Act(Effect::LookBack(it)));
            }
            _ => {}
        }
        Step::Stay
    }

    /// Chooses a filter by its number; the one of kinds goes on to the next kind.
    fn filtered(&mut self, number: u8, world: &World) -> Step {
        self.filter = match number {
            1 => Filter::All,
            2 if self.unit_idx.is_none() => return Step::Say(Message::hint(text::NO_UNIT.to_owned())),
            2 => Filter::Unit,
            3 => Filter::Mine,
            4 => match self.kind_beside(true) {
                Some(kind) => Filter::Kind(kind),
                None => return Step::Say(Message::hint(text::NOTHING_YET.to_owned())),
            },
            5 => Filter::Today,
            _ => return Step::Say(Message::refused(crate::text::no_such_choice(number))),
        };
        self.sift(world);
        Step::Stay
    }

    /// Shows the next kind, or the one before.
    fn turn(&mut self, is_forward: bool, world: &World) -> Step {
        let Some(kind) = self.kind_beside(is_forward) else {
            return Step::Say(Message::hint(text::NOTHING_YET.to_owned()));
        };
        self.filter = Filter::Kind(kind);
        self.sift(world);
        Step::Stay
    }

    /// Returns the kind after the one that shows, or before it, of those that there are, in a ring.
    fn kind_beside(&self, is_forward: bool) -> Option<Kind> {
        let known: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|kind| self.rows.all.iter().any(|it| it.done.kinds.contains(kind)))
            .collect();
        let here = match self.filter {
            Filter::Kind(kind) => known.iter().position(|it| *it == kind),
            Filter::All | Filter::Unit | Filter::Mine | Filter::Today => None,
        };
        let last = known.len().checked_sub(1)?;
        let at = match (here, is_forward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(here), true) => {
                if here == last {
                    0
                } else {
                    here + 1
                }
            }
            (Some(here), false) => here.checked_sub(1).unwrap_or(last),
        };
        known.get(at).copied()
    }

    /// Leaves the field, with what is looked for in it, or else the screen.
    pub(crate) fn leave(&mut self) -> Step {
        if std::mem::take(&mut self.is_typing) { Step::Stay } else { Step::Back }
    }

    pub(crate) fn edit(&mut self, key: KeyEvent, world: &World) -> Step {
        edit(&mut self.query, key);
        self.sift(world);
        Step::Stay
    }

    pub(crate) fn paste(&mut self, text: &str, world: &World) {
        if self.is_typing {
            self.query.insert(text);
            self.sift(world);
        }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let ledger = world.ledger()?;
        self.draw_filters(ledger, Rect { height: 1, ..area }, buf);
        let caret = self.draw_query(Rect { y: area.y + 1, height: 1, ..area }, buf);
        let table_area = Rect { y: area.y + N_ABOVE, height: area.height.saturating_sub(N_ABOVE), ..area };
        self.draw_table(ledger, world, table_area, buf);
        if self.is_typing { caret } else { None }
    }

    fn draw_filters(&self, ledger: &Ledger, area: Rect, buf: &mut Buffer) {
        let unit = self.unit_idx.map_or("", |it| short_name(ledger, it));
        let kind = match self.filter {
            Filter::Kind(kind) => kind.word(),
            Filter::All | Filter::Unit | Filter::Mine | Filter::Today => "",
        };
        let chosen = match self.filter {
            Filter::All => 0,
            Filter::Unit => 1,
            Filter::Mine => 2,
            Filter::Kind(_) => 3,
            Filter::Today => 4,
        };
        let mut x = area.x + 1;
        for (idx, filter) in text::filters(unit, kind).iter().enumerate() {
            let (filter, style) = if idx == chosen {
                (format!("[{filter}]"), theme::HEAD)
            } else {
                (format!(" {filter} "), theme::PLAIN)
            };
            let room = usize::from(area.right().saturating_sub(x));
            x = buf.set_stringn(x, area.y, cells::cut(&filter, room), room, style).0;
        }
    }

    fn draw_query(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let count = format!(" {}", text::count(self.shown.len(), self.rows.all.len()));
        let width = usize::from(area.width.saturating_sub(1));
        let (x, _) = buf.set_stringn(area.x + 1, area.y, count, width, theme::FAINT);
        if !self.is_typing && self.query.is_empty() {
            return None;
        }
        let label = format!("   {} ", text::FIND);
        let room = usize::from(area.right().saturating_sub(x));
        let (x, _) = buf.set_stringn(x, area.y, label, room, theme::HEAD);
        let field = Rect { x, width: area.right().saturating_sub(x + 1).min(30), ..area };
        let style = if self.is_typing { theme::CHOSEN } else { theme::HEAD };
        self.query.draw(field, buf, style)
    }

    fn draw_table(&self, ledger: &Ledger, world: &World, area: Rect, buf: &mut Buffer) {
        let records = world.records();
        let column = |width: u16, align| Column { width, align };
        let is_wide = area.width >= WIDE;
        let is_roomy = area.width >= ROOMY;
        let n_width = records.last().map_or(4, |it| it.stamp.n.to_string().len()).max(4);
        let fixed = [
            column(u16::try_from(n_width).unwrap_or(8), Align::Right),
            column(if is_roomy { 16 } else { 11 }, Align::Left),
            column(if is_roomy { 10 } else { 6 }, Align::Left),
            column(if is_wide { 12 } else { 8 }, Align::Left),
        ];
        let score = column(6, Align::Right);
        let scores: &[Column] = if is_wide { &[score, score] } else { &[score] };
        let taken: u16 = fixed.iter().chain(scores).map(|it| it.width + 1).sum::<u16>() + 2;
        let what = column(area.width.saturating_sub(taken).max(8), Align::Left);
        let columns: Vec<Column> = fixed.into_iter().chain([what]).chain(scores.iter().copied()).collect();
        let table = Table {
            columns: &columns,
            n_frozen: columns.len(),
            n_header: 1,
            n_rows: self.shown.len(),
            first_row: self.first_row,
            selected_row: (!self.shown.is_empty()).then_some(self.selected),
            selected_column: None,
            ..Table::default()
        };
        table.draw(area, buf, |line, column| {
            let Line::Row(row_idx) = line else {
                let heads = if is_wide { labels::LOG_HEADS.as_slice() } else { &labels::LOG_HEADS_NARROW };
                return Cell::new(heads[column], theme::HEAD);
            };
            let row = &self.rows.all[self.shown[row_idx]];
            let Some(record) = records.get(row.record_idx) else { return Cell::default() };
            let points = |it: Option<kaohe_core::Points>| it.map_or_else(String::new, |it| it.to_string());
            let text = match column {
                0 => record.stamp.n.to_string(),
                1 => {
                    let at = world.local_text(record.at);
                    if is_roomy { at } else { at.chars().skip(5).collect() }
                }
                2 => record.by.clone(),
                3 => row.done.place.map_or_else(String::new, |it| short_name(ledger, it.0).to_owned()),
                4 => {
                    let indicator = row.done.place.map(|it| ledger.rubric_of(it.0).indicator(it.1));
                    let name = |it: &kaohe_core::Indicator| {
                        if is_roomy { it.name.clone() } else { it.short_name().to_owned() }
                    };
                    text::placed(indicator.map(name), &row.done.brief(record))
                }
                5 if is_wide => points(row.done.before),
                _ => points(row.done.after),
            };
            Cell::new(text, if row.done.failed.is_empty() { theme::PLAIN } else { theme::BAD })
        });
        if self.shown.is_empty() {
            let said = if self.rows.all.is_empty() { text::NOTHING_YET } else { text::NONE_SUCH };
            let width = usize::from(area.width.saturating_sub(2));
            buf.set_stringn(area.x + 1, area.y + 1, said, width, theme::FAINT);
        }
    }
}

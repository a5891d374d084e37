//! 年度: the years of the data folder, to open one or to begin one.

use kaohe_store::StoreError;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::list::below;
use super::press::ListRows;
use super::{Dialog, Screen, Step, moved};
use crate::app::Message;
use crate::effect::{Effect, YearSummary};
use crate::keys::Command;
use crate::text::{faults, years as text};
use crate::theme;
use crate::view::body;
use crate::widgets::cells;
use crate::widgets::table::window;
use crate::world::World;

/// The years, as far as they were looked at, and which is chosen.
#[derive(Debug)]
pub(crate) struct Years {
    /// Newest first; none before the folder was read.
    years: Option<Vec<(u16, Seen)>>,
    /// A year, or past the last one to begin one.
    selected: usize,
}

/// What is known of a year.
#[derive(Debug)]
enum Seen {
    NotYet,
    Sound(Box<YearSummary>),
    /// Why it cannot be opened.
    Unfit(String),
}

/// Cells of the year, and of its state.
const YEAR: usize = 6;
const STATE: usize = 20;
/// Lines above the years: the folder, and an empty one.
const N_ABOVE: u16 = 2;

impl Years {
    pub(crate) fn new() -> Years {
        Years { years: None, selected: 0 }
    }

    fn years(&self) -> &[(u16, Seen)] {
        self.years.as_deref().unwrap_or_default()
    }

    /// Returns what is to be read next.
    pub(crate) fn work(&self) -> Option<Effect> {
        let Some(years) = &self.years else { return Some(Effect::ListYears) };
        let next = years.iter().find(|it| matches!(it.1, Seen::NotYet));
        next.map(|it| Effect::SeeYear(it.0))
    }

    /// Takes in which years there are, oldest first.
    pub(crate) fn listed(&mut self, result: Result<Vec<u16>, StoreError>, world: &World) -> Option<Message> {
        let (years, said) = match result {
            Ok(years) => (years, None),
            Err(error) => (Vec::new(), Some(Message::refused(faults::store_error(&error)))),
        };
        let years: Vec<(u16, Seen)> = years.into_iter().rev().map(|it| (it, Seen::NotYet)).collect();
        let open = world.year.as_ref().map(|it| it.year().year);
        self.selected = years.iter().position(|it| Some(it.0) == open).unwrap_or(0);
        self.years = Some(years);
        said
    }

    /// Takes in what was seen of a year.
    pub(crate) fn seen(&mut self, number: u16, result: Result<YearSummary, StoreError>) {
        let seen = match result {
            Ok(summary) => Seen::Sound(Box::new(summary)),
            Err(error) => Seen::Unfit(faults::store_error(&error)),
        };
        if let Some(year) = self.years.iter_mut().flatten().find(|it| it.0 == number) {
            year.1 = seen;
        }
    }

    /// Returns the rows for the mouse.
    pub(super) fn rows(&mut self, area: Rect) -> ListRows<'_> {
        let n_rows = self.years().len() + 1;
        let area = below(area, N_ABOVE);
        let first = window(self.selected, usize::from(area.height), n_rows);
        ListRows { area, n_lines: 1, first, n_rows, selected: &mut self.selected, is_focused: true }
    }

    pub(crate) fn update(&mut self, command: Command, size: Size) -> Step {
        let area = body(Rect::new(0, 0, size.width, size.height));
        let page = usize::from(area.height.saturating_sub(N_ABOVE)).max(1);
        if let Some(selected) = moved(command, self.selected, self.years().len() + 1, page) {
            self.selected = selected;
            return Step::Stay;
        }
        match command {
            Command::Confirm => self.open(self.selected),
            Command::Digit(number) => {
                match usize::from(number).checked_sub(1).filter(|it| *it <= self.years().len()) {
                    Some(idx) => self.open(idx),
                    None => Step::Say(Message::refused(crate::text::no_such_choice(number))),
                }
            }
            Command::NewYear => self.begin(),
            _ => Step::Stay,
        }
    }

    fn open(&mut self, idx: usize) -> Step {
        self.selected = idx;
        match self.years().get(idx) {
            Some((_, Seen::Unfit(why))) => Step::Say(Message::refused(why.clone())),
            Some((number, _)) => Step::Act(Effect::OpenYear(*number)),
            None => self.begin(),
        }
    }

    fn begin(&self) -> Step {
        let newest = self.years().iter().map(|it| it.0).max();
        Step::Open(Screen::Dialog(Dialog::new_year(newest)))
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let width = usize::from(area.width.saturating_sub(2));
        let folder = text::folder(world.data.path());
        buf.set_string(area.x + 1, area.y, cells::cut(&folder, width), theme::FAINT);
        let open = world.year.as_ref().map(|it| it.year().year);
        let n_visible = usize::from(area.height.saturating_sub(N_ABOVE));
        let n_rows = self.years().len() + 1;
        let first = window(self.selected, n_visible, n_rows);
        for (idx, y) in (first..n_rows).zip(area.y + N_ABOVE..area.bottom()) {
            let sign = if idx == self.selected { ">" } else { " " };
            let key = if idx < 9 { (idx + 1).to_string() } else { " ".to_owned() };
            let (line, style) = match self.years().get(idx) {
                None => (text::BEGIN.to_owned(), theme::PLAIN),
                Some((number, seen)) => {
                    let year = cells::pad_right(&number.to_string(), YEAR);
                    let mark = if Some(*number) == open { text::IS_OPEN } else { "" };
                    match seen {
                        Seen::NotYet => (format!("{year}{}", text::LOOKING), theme::FAINT),
                        Seen::Unfit(why) => (format!("{year}{}", text::unfit(why)), theme::BAD),
                        Seen::Sound(summary) => {
                            let state = cells::pad_right(&text::state(summary), STATE);
                            let n_records = text::n_records(summary.n_records);
                            let n_records = cells::pad_left(&n_records, 10);
                            (format!("{year}{state}{n_records}  {mark}{}", summary.title), theme::PLAIN)
                        }
                    }
                }
            };
            let line = format!("{sign} {key} {line}");
            let style = if idx == self.selected { theme::CHOSEN } else { style };
            buf.set_string(area.x, y, cells::pad_right(&line, usize::from(area.width)), style);
        }
    }
}

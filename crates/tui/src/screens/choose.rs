//! Choosing one of a few by its digit.

use kaohe_core::{Indicator, Ledger, UnitId};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::deduct::whose;
use super::{Arrange, Deducting, Filter, Order, Step, moved};
use crate::app::Message;
use crate::keys::Command;
use crate::terminal::Mouse;
use crate::text;
use crate::theme;
use crate::widgets::table::window;
use crate::widgets::{cells, popup};
use crate::world::World;

/// A question with a few answers.
#[derive(Debug)]
pub(crate) struct Choose {
    what: What,
    title: String,
    /// Chosen by 1, 2, …
    options: Vec<String>,
    /// Chosen by 0, and last in the list.
    zero: Option<String>,
    selected: usize,
}

/// What is chosen, and for what.
#[derive(Clone, Debug)]
enum What {
    /// For one unit, or for all that are marked.
    Rule {
        unit_idx: usize,
        indicator_idx: usize,
        marked: Vec<UnitId>,
    },
    Item(Deducting),
    Level(Deducting),
    /// Nothing is left to choose; the person wants to be asked all the same.
    Confirm(Deducting),
    Order {
        indicator_idx: usize,
    },
    Filter {
        indicator_idx: usize,
    },
}

impl Choose {
    /// Lists all rules of an indicator, with their clauses; also those past the ninth, which have no digit.
    pub(crate) fn rule(
        ledger: &Ledger,
        unit_idx: usize,
        indicator_idx: usize,
        marked: Vec<UnitId>,
    ) -> Choose {
        let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
        let whose = whose(ledger, unit_idx, &marked);
        Choose {
            what: What::Rule { unit_idx, indicator_idx, marked },
            title: text::cell::rules_title(&whose, indicator),
            options: indicator.rules.iter().map(text::cell::rule_choice).collect(),
            zero: None,
            selected: 0,
        }
    }

    pub(crate) fn item(deducting: Deducting, title: String, options: Vec<String>, whole: String) -> Choose {
        Choose { what: What::Item(deducting), title, options, zero: Some(whole), selected: 0 }
    }

    pub(crate) fn level(deducting: Deducting, title: String, options: Vec<String>) -> Choose {
        Choose { what: What::Level(deducting), title, options, zero: None, selected: 0 }
    }

    pub(crate) fn confirm(deducting: Deducting, title: String, option: String) -> Choose {
        Choose { what: What::Confirm(deducting), title, options: vec![option], zero: None, selected: 0 }
    }

    /// Asks by what the matrix is to be sorted; `now` is what it is sorted by.
    pub(crate) fn order(indicator: &Indicator, indicator_idx: usize, now: Order) -> Choose {
        let choices = Order::choices(indicator_idx);
        Choose {
            what: What::Order { indicator_idx },
            title: text::arrange::order_title(indicator),
            options: choices.iter().map(|it| text::arrange::order(*it).to_owned()).collect(),
            zero: None,
            selected: choices.iter().position(|it| *it == now).unwrap_or(0),
        }
    }

    /// Asks which units the matrix is to show; `now` is which it shows.
    pub(crate) fn filter(indicator: &Indicator, indicator_idx: usize, now: Filter) -> Choose {
        let choices = Filter::choices(indicator_idx);
        Choose {
            what: What::Filter { indicator_idx },
            title: text::arrange::filter_title(indicator),
            options: choices.iter().map(|it| text::arrange::filter(*it).to_owned()).collect(),
            zero: None,
            selected: choices.iter().position(|it| *it == now).unwrap_or(0),
        }
    }

    /// Says whether what is chosen is on its way into the record; how the matrix shows is not.
    pub(crate) fn is_recording(&self) -> bool {
        match self.what {
            What::Rule { .. } | What::Item(_) | What::Level(_) | What::Confirm(_) => true,
            What::Order { .. } | What::Filter { .. } => false,
        }
    }

    fn n_choices(&self) -> usize {
        self.options.len() + usize::from(self.zero.is_some())
    }

    pub(crate) fn update(&mut self, command: Command, world: &World) -> Step {
        if let Some(selected) = moved(command, self.selected, self.n_choices(), 5) {
            self.selected = selected;
            return Step::Stay;
        }
        let Some(ledger) = world.ledger() else { return Step::Back };
        match command {
            Command::Digit(0) if self.zero.is_some() => self.chosen(self.options.len(), ledger, world),
            Command::Digit(number) => {
                match usize::from(number).checked_sub(1).filter(|it| *it < self.options.len()) {
                    Some(idx) => self.chosen(idx, ledger, world),
                    None => Step::Say(Message::refused(text::no_such_choice(number))),
                }
            }
            Command::Confirm => self.chosen(self.selected, ledger, world),
            _ => Step::Stay,
        }
    }

    fn chosen(&self, idx: usize, ledger: &Ledger, world: &World) -> Step {
        let deducting = match self.what.clone() {
            What::Rule { unit_idx, indicator_idx, marked } => {
                Deducting::new(unit_idx, indicator_idx, idx).for_all(marked)
            }
            What::Item(deducting) => {
                let item = deducting.items(ledger).get(idx).cloned();
                deducting.with_item(item)
            }
            What::Level(deducting) => match deducting.levels(ledger).get(idx) {
                Some(level) => deducting.with_level(level.clone()),
                None => return Step::Stay,
            },
            What::Confirm(deducting) => deducting,
            What::Order { indicator_idx } => {
                return Step::Arrange(Arrange::Order(Order::choices(indicator_idx)[idx]));
            }
            What::Filter { indicator_idx } => {
                return Step::Arrange(Arrange::Filter(Filter::choices(indicator_idx)[idx]));
            }
        };
        deducting.next(world, false)
    }

    /// Returns how many lines one choice takes at most. Rules are listed to be read.
    fn most_lines(&self) -> usize {
        match self.what {
            What::Rule { .. } => 5,
            What::Item(_) | What::Level(_) | What::Confirm(_) | What::Order { .. } | What::Filter { .. } => 2,
        }
    }

    /// Lays the choices out within the body.
    fn layout(&self, area: Rect) -> Layout {
        let width = area.width.saturating_sub(4).min(86);
        // Numbers past 9 are two cells wide.
        let key_width = self.options.len().to_string().len();
        let room = usize::from(width).saturating_sub(6 + key_width).max(2);
        let options = self.options.iter().enumerate().map(|(idx, it)| ((idx + 1).to_string(), it));
        let zero = self.zero.iter().map(|it| ("0".to_owned(), it));
        let choices: Vec<(String, Vec<String>)> =
            options.chain(zero).map(|(key, it)| (key, cells::wrap(it, room))).collect();
        let most = self.most_lines();
        let n_lines: usize = choices.iter().map(|it| it.1.len().min(most)).sum();
        let longest = choices.iter().map(|it| it.1.len().min(most)).max().unwrap_or(1);
        let height = u16::try_from(n_lines + 2).unwrap_or(u16::MAX);
        let outline = popup::popup(area, width, height);
        let n_visible = usize::from(popup::inner(outline).height) / longest.max(1);
        let first = window(self.selected, n_visible, choices.len());
        Layout { outline, key_width, room, choices, first }
    }

    /// Takes a press: it is as if the digit of what stands there were pressed.
    pub(crate) fn point(&mut self, mouse: Mouse, area: Rect) -> Option<Command> {
        let layout = self.layout(area);
        let inner = popup::inner(layout.outline);
        if !inner.contains(Position::new(mouse.x, mouse.y)) {
            return None;
        }
        let mut y = inner.y;
        for (idx, (_, lines)) in layout.choices.iter().enumerate().skip(layout.first) {
            y += u16::try_from(lines.len().min(self.most_lines())).unwrap_or(u16::MAX);
            if mouse.y < y {
                self.selected = idx;
                return Some(Command::Confirm);
            }
        }
        None
    }

    pub(crate) fn view(&self, area: Rect, buf: &mut Buffer) {
        let Layout { outline, key_width, room, choices, first } = self.layout(area);
        let most = self.most_lines();
        let inner = popup::frame(outline, buf, &self.title, theme::PLAIN);
        let mut y = inner.y;
        for (idx, (key, lines)) in choices.iter().enumerate().skip(first) {
            for (line_idx, line) in lines.iter().take(most).enumerate() {
                if y >= inner.bottom() {
                    return;
                }
                // What is left after the last line that shows, shows as an ellipsis at its end.
                let rest = lines.get(most).filter(|_| line_idx + 1 == most).map_or("", String::as_str);
                let line = cells::cut(&format!("{line}{rest}"), room).into_owned();
                let sign = if idx == self.selected && line_idx == 0 { ">" } else { " " };
                let key = cells::pad_left(if line_idx == 0 { key } else { "" }, key_width);
                let style = if idx == self.selected { theme::CHOSEN } else { theme::PLAIN };
                let row = format!("{sign}{key} {}", cells::pad_right(&line, room + 1));
                buf.set_stringn(inner.x, y, row, usize::from(inner.width), style);
                y += 1;
            }
        }
    }
}

/// Where the choices stand.
struct Layout {
    outline: Rect,
    key_width: usize,
    /// Cells of a choice's text.
    room: usize,
    /// Each with its key and its lines.
    choices: Vec<(String, Vec<String>)>,
    /// The first that shows.
    first: usize,
}

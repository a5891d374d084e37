//! The settings: what each person may set, changed at once and kept in the settings file.

mod keys;

use crossterm::event::KeyEvent;
use kaohe_exchange::clean;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub(crate) use keys::KeyList;

use super::form::edit;
use super::press::ListRows;
use super::{Screen, Step, moved};
use crate::effect::Effect;
use crate::keys::{Command, Context};
use crate::settings::{Ascii, Confirm, Hints, Mouse, Settings, Theme};
use crate::text::settings as text;
use crate::theme;
use crate::widgets::input::Input;
use crate::widgets::{cells, popup};
use crate::world::World;

/// Which setting is chosen, and the name while it is written.
#[derive(Debug, Default)]
pub(crate) struct SettingsScreen {
    selected: usize,
    name: Option<Input>,
}

/// The settings in their order on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Theme,
    Ascii,
    Mouse,
    Confirm,
    Hints,
    Name,
    Keys,
}

const ITEMS: [Item; 7] =
    [Item::Theme, Item::Ascii, Item::Mouse, Item::Confirm, Item::Hints, Item::Name, Item::Keys];
/// Cells of the column of what is set.
const LABEL: usize = 12;

impl SettingsScreen {
    pub(crate) fn context(&self) -> Context {
        if self.name.is_some() { Context::Field } else { Context::Settings }
    }

    /// Returns the rows for the mouse; none while the name is written.
    pub(in crate::screens) fn rows(&mut self, world: &World, area: Rect) -> Option<ListRows<'_>> {
        if self.name.is_some() {
            return None;
        }
        let area = popup::inner(self.layout(world, area).0);
        let (first, n_rows) = (0, ITEMS.len());
        Some(ListRows { area, n_lines: 1, first, n_rows, selected: &mut self.selected, is_focused: true })
    }

    pub(crate) fn update(&mut self, command: Command, world: &World) -> Step {
        if let Some(input) = &self.name {
            if command != Command::Confirm {
                return Step::Stay;
            }
            let name = clean(input.value()).trim().to_owned();
            self.name = None;
            return save(Settings { name, ..world.kept.settings.clone() });
        }
        if let Some(selected) = moved(command, self.selected, ITEMS.len(), ITEMS.len()) {
            self.selected = selected;
            return Step::Stay;
        }
        let item = ITEMS[self.selected];
        match (command, item) {
            (Command::Confirm, Item::Name) => {
                self.name = Some(Input::new(&world.kept.settings.name));
                Step::Stay
            }
            (Command::Confirm, Item::Keys) => Step::Open(Screen::KeyList(KeyList::default())),
            (Command::Confirm | Command::Right, _) => turned(item, world, 1).map_or(Step::Stay, save),
            (Command::Left, _) => turned(item, world, -1).map_or(Step::Stay, save),
            _ => Step::Stay,
        }
    }

    /// Leaves the name as it was, or the screen.
    pub(crate) fn leave(&mut self) -> Step {
        if self.name.take().is_some() { Step::Stay } else { Step::Back }
    }

    pub(crate) fn edit(&mut self, key: KeyEvent) -> Step {
        if let Some(input) = &mut self.name {
            edit(input, key);
        }
        Step::Stay
    }

    pub(crate) fn paste(&mut self, text: &str) {
        if let Some(input) = &mut self.name {
            input.insert(text);
        }
    }

    /// Returns the box, how wide its lines are, and what stands below the settings.
    fn layout(&self, world: &World, area: Rect) -> (Rect, usize, Vec<String>) {
        let width = area.width.saturating_sub(4).min(84);
        let room = usize::from(width.saturating_sub(4)).max(2);
        let place = text::kept_at(world.kept.path.as_deref());
        let explained = cells::wrap(text::explained(ITEMS[self.selected]), room);
        let below: Vec<String> =
            explained.into_iter().chain([String::new()]).chain(cells::wrap(&place, room)).collect();
        let height = u16::try_from(ITEMS.len() + below.len() + 3).unwrap_or(u16::MAX);
        (popup::popup(area, width, height), room, below)
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let (outline, room, below) = self.layout(world, area);
        let inner = popup::frame(outline, buf, text::TITLE, theme::PLAIN);
        let mut caret = None;
        for ((idx, item), y) in ITEMS.into_iter().enumerate().zip(inner.y..inner.bottom()) {
            let is_selected = idx == self.selected;
            let style = if is_selected { theme::CHOSEN } else { theme::PLAIN };
            let sign = if is_selected { ">" } else { " " };
            let label = cells::pad_right(text::label(item), LABEL);
            let row = format!("{sign} {label}{}", text::value(item, world));
            buf.set_string(inner.x + 1, y, cells::pad_right(&cells::cut(&row, room), room), style);
            if let (Item::Name, Some(input)) = (item, &self.name) {
                let x = inner.x + 3 + u16::try_from(LABEL).unwrap_or(0);
                let field = Rect { x, y, width: inner.right().saturating_sub(x + 1), height: 1 };
                caret = input.draw(field, buf, theme::CHOSEN);
            }
        }
        let first = inner.y + u16::try_from(ITEMS.len()).unwrap_or(0) + 1;
        for (line, y) in below.iter().zip(first..inner.bottom()) {
            buf.set_stringn(inner.x + 1, y, line, room, theme::FAINT);
        }
        caret
    }
}

fn save(settings: Settings) -> Step {
    Step::Act(Effect::SaveSettings(Box::new(settings)))
}

/// Returns the settings with one turned to its next value, or the one before; none for what is not turned.
fn turned(item: Item, world: &World, by: isize) -> Option<Settings> {
    let mut settings = world.kept.settings.clone();
    match item {
        Item::Theme => {
            let all = [Theme::Terminal, Theme::Dark, Theme::Light, Theme::Plain];
            settings.theme = next(&all, world.kept.theme(), by);
        }
        Item::Ascii => settings.ascii = next(&[Ascii::Auto, Ascii::On, Ascii::Off], world.kept.ascii(), by),
        Item::Mouse => settings.mouse = next(&[Mouse::On, Mouse::Off], settings.mouse, by),
        Item::Confirm => settings.confirm = next(&[Confirm::Usual, Confirm::Always], settings.confirm, by),
        Item::Hints => settings.hints = next(&[Hints::On, Hints::Off], settings.hints, by),
        Item::Name | Item::Keys => return None,
    }
    Some(settings)
}

fn next<T: Copy + PartialEq>(all: &[T], now: T, by: isize) -> T {
    let at = all.iter().position(|it| *it == now).unwrap_or(0);
    all[(at + all.len()).wrapping_add_signed(by) % all.len()]
}

//! The screens. Each is one struct with what it remembers, what a command does on it, and how it is drawn.

mod cell_command;
mod choose;
mod computed;
mod deduct;
mod dialog;
mod differences;
mod entries;
mod explain;
mod find;
mod form;
mod help;
mod indicator;
mod last_year;
mod list;
mod log;
mod losses;
mod matrix;
mod notice;
mod palette;
mod pane;
mod picker;
mod press;
mod preview;
mod ranking;
mod roster;
mod settings;
mod sheet;
mod spot;
mod start;
mod years;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

pub(crate) use choose::Choose;
pub(crate) use deduct::Deducting;
pub(crate) use dialog::Dialog;
pub(crate) use differences::Differences;
pub(crate) use entries::Entries;
pub(crate) use explain::Explain;
pub(crate) use find::Find;
pub(crate) use form::Form;
pub(crate) use help::Help;
pub(crate) use indicator::IndicatorScreen;
pub(crate) use last_year::LastYear;
pub(crate) use log::{Log, RecordScreen};
pub(crate) use losses::{LossUnits, Losses};
pub(crate) use matrix::{Arrange, Filter, Marks, Matrix, Named, Order};
pub(crate) use notice::Notice;
pub(crate) use palette::Palette;
pub(crate) use preview::Preview;
pub(crate) use ranking::Ranking;
pub(crate) use roster::RosterScreen;
pub(crate) use settings::{Item as SettingsItem, KeyList, SettingsScreen};
pub(crate) use sheet::SheetScreen;
pub(crate) use spot::{Spot, open, spot};
pub(crate) use start::StartScreen;
pub(crate) use years::Years;

use crate::app::Message;
use crate::effect::Effect;
use crate::keys::{Command, Context};
use crate::world::World;

/// A screen with what it remembers.
#[derive(Debug)]
pub(crate) enum Screen {
    Start(StartScreen),
    Matrix(Matrix),
    Entries(Entries),
    Form(Form),
    Dialog(Dialog),
    Choose(Choose),
    Preview(Preview),
    Find(Find),
    Palette(Palette),
    Ranking(Ranking),
    Sheet(SheetScreen),
    Explain(Explain),
    Differences(Differences),
    Indicator(IndicatorScreen),
    Losses(Losses),
    LossUnits(LossUnits),
    LastYear(LastYear),
    Settings(SettingsScreen),
    KeyList(KeyList),
    Notice(Notice),
    Log(Box<Log>),
    Record(RecordScreen),
    Years(Years),
    Roster(RosterScreen),
    Help(Help),
}

/// What a screen asks for.
#[derive(Debug)]
pub(crate) enum Step {
    /// Nothing.
    Stay,
    /// To say something.
    Say(Message),
    /// To go.
    Back,
    /// To show another on top.
    Open(Screen),
    /// To show another instead.
    Replace(Screen),
    /// To go back to the matrix, at this cell; the indicator stays where none is named.
    Home { unit_idx: usize, indicator_idx: Option<usize> },
    /// To go, and to do on the screen below what this command does there.
    Run(Command),
    /// To go back to the matrix, and to show it so.
    Arrange(Arrange),
    /// To do something.
    Act(Effect),
    /// To record something, and to go once that is done; where it fails, what was typed is still there.
    ActAndBack(Effect),
}

impl Screen {
    pub(crate) fn context(&self) -> Context {
        match self {
            Screen::Start(_) => Context::Start,
            Screen::Matrix(_) => Context::Matrix,
            Screen::Entries(_) => Context::Entries,
            Screen::Form(_) => Context::Form,
            Screen::Dialog(_) => Context::Dialog,
            Screen::Choose(_) => Context::Choose,
            Screen::Preview(_) => Context::Preview,
            Screen::Find(_) => Context::Find,
            Screen::Palette(_) => Context::Palette,
            Screen::Ranking(_) => Context::Ranking,
            Screen::Sheet(_) => Context::Sheet,
            Screen::Explain(_) => Context::Explain,
            Screen::Differences(_) => Context::Differences,
            Screen::Indicator(_) => Context::Indicator,
            Screen::Losses(_) => Context::Losses,
            Screen::LossUnits(_) => Context::LossUnits,
            Screen::LastYear(_) => Context::LastYear,
            Screen::Settings(screen) => screen.context(),
            Screen::KeyList(screen) => screen.context(),
            Screen::Notice(_) => Context::Notice,
            Screen::Log(screen) => screen.context(),
            Screen::Record(_) => Context::Record,
            Screen::Years(_) => Context::Years,
            Screen::Roster(_) => Context::Roster,
            Screen::Help(_) => Context::Help,
        }
    }

    /// Says whether the screen is a box over the one below it.
    pub(crate) fn is_popup(&self) -> bool {
        match self {
            Screen::Entries(_)
            | Screen::Form(_)
            | Screen::Dialog(_)
            | Screen::Choose(_)
            | Screen::Preview(_)
            | Screen::Find(_)
            | Screen::Palette(_)
            | Screen::Explain(_)
            | Screen::Settings(_)
            | Screen::KeyList(_)
            | Screen::Notice(_)
            | Screen::Record(_)
            | Screen::Help(_) => true,
            Screen::Start(_)
            | Screen::Matrix(_)
            | Screen::Ranking(_)
            | Screen::Sheet(_)
            | Screen::Differences(_)
            | Screen::Indicator(_)
            | Screen::Losses(_)
            | Screen::LossUnits(_)
            | Screen::LastYear(_)
            | Screen::Log(_)
            | Screen::Years(_)
            | Screen::Roster(_) => false,
        }
    }

    /// Returns the footer's word for a command as things stand; empty where it would do nothing.
    pub(crate) fn footer_label(
        &self,
        command: Command,
        label: &'static str,
        world: &World,
        size: Size,
    ) -> &'static str {
        let n_classes = world.ledger().map_or(0, |it| it.rubrics().len());
        match self {
            Screen::Matrix(_) | Screen::Sheet(_) | Screen::Differences(_) | Screen::Losses(_)
                if command == Command::NextClass && n_classes < 2 =>
            {
                ""
            }
            Screen::Ranking(screen) if command == Command::NextClass && screen.n_parts(size) < 2 => "",
            Screen::Matrix(screen)
                if command == Command::Back && !screen.has_to_clear() && world.past.is_none() =>
            {
                ""
            }
            Screen::Dialog(screen) => screen.footer_label(command, label),
            Screen::Entries(screen) => screen.footer_label(command, label, world),
            Screen::Roster(screen) => screen.footer_label(command, label, world),
            Screen::Explain(screen) => screen.footer_label(command, label),
            Screen::Form(screen) if command == Command::Offer && !screen.has_offers() => "",
            Screen::LastYear(screen) => screen.footer_label(command, label),
            Screen::Start(_)
            | Screen::Matrix(_)
            | Screen::Form(_)
            | Screen::Choose(_)
            | Screen::Preview(_)
            | Screen::Find(_)
            | Screen::Palette(_)
            | Screen::Ranking(_)
            | Screen::Sheet(_)
            | Screen::Settings(_)
            | Screen::KeyList(_)
            | Screen::Notice(_)
            | Screen::Differences(_)
            | Screen::Indicator(_)
            | Screen::Losses(_)
            | Screen::LossUnits(_)
            | Screen::Log(_)
            | Screen::Record(_)
            | Screen::Years(_)
            | Screen::Help(_) => label,
        }
    }

    /// Says whether a command of [`Command::changes`] changes something here.
    pub(crate) fn is_recording(&self) -> bool {
        match self {
            Screen::Choose(screen) => screen.is_recording(),
            Screen::Start(_)
            | Screen::Matrix(_)
            | Screen::Entries(_)
            | Screen::Form(_)
            | Screen::Preview(_)
            | Screen::Find(_)
            | Screen::Ranking(_)
            | Screen::Sheet(_)
            | Screen::Palette(_)
            | Screen::Differences(_)
            | Screen::Indicator(_)
            | Screen::Losses(_)
            | Screen::LossUnits(_)
            | Screen::LastYear(_)
            | Screen::Dialog(_)
            | Screen::Log(_)
            | Screen::Record(_)
            | Screen::Years(_)
            | Screen::Roster(_)
            | Screen::Explain(_)
            | Screen::Settings(_)
            | Screen::KeyList(_)
            | Screen::Notice(_)
            | Screen::Help(_) => true,
        }
    }

    /// Computes anew what shows of many units, where it is no longer of now; every update ends with this.
    pub(crate) fn catch_up(&mut self, world: &World) {
        match self {
            Screen::Matrix(screen) => screen.catch_up(world),
            Screen::Ranking(screen) => screen.catch_up(world),
            Screen::Differences(screen) => screen.catch_up(world),
            Screen::Indicator(screen) => screen.catch_up(world),
            Screen::Losses(screen) => screen.catch_up(world),
            Screen::LossUnits(screen) => screen.catch_up(world),
            Screen::LastYear(screen) => screen.catch_up(world),
            Screen::Start(_)
            | Screen::Entries(_)
            | Screen::Form(_)
            | Screen::Dialog(_)
            | Screen::Choose(_)
            | Screen::Preview(_)
            | Screen::Find(_)
            | Screen::Palette(_)
            | Screen::Sheet(_)
            | Screen::Explain(_)
            | Screen::Settings(_)
            | Screen::KeyList(_)
            | Screen::Notice(_)
            | Screen::Log(_)
            | Screen::Record(_)
            | Screen::Years(_)
            | Screen::Roster(_)
            | Screen::Help(_) => {}
        }
    }

    /// Returns what has to be read before the screen can show anything.
    pub(crate) fn on_open(&self) -> Option<Effect> {
        matches!(self, Screen::LastYear(_)).then_some(Effect::LookAtYear(None))
    }

    /// Returns the screen that waits for an earlier year, where this is it.
    pub(crate) fn last_year(&mut self) -> Option<&mut LastYear> {
        match self {
            Screen::LastYear(screen) => Some(screen),
            _ => None,
        }
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        match self {
            Screen::Start(screen) => screen.update(command),
            Screen::Matrix(screen) => screen.update(command, world, size),
            Screen::Entries(screen) => screen.update(command, world),
            Screen::Form(screen) => screen.update(command, world),
            Screen::Dialog(screen) => screen.update(command, world),
            Screen::Choose(screen) => screen.update(command, world),
            Screen::Preview(screen) => screen.update(command, world, size),
            Screen::Find(screen) => screen.update(command, world),
            Screen::Palette(screen) => screen.update(command),
            Screen::Ranking(screen) => screen.update(command, world, size),
            Screen::Sheet(screen) => screen.update(command, world, size),
            Screen::Explain(screen) => screen.update(command, world, size),
            Screen::Differences(screen) => screen.update(command, world, size),
            Screen::Indicator(screen) => screen.update(command, world, size),
            Screen::Losses(screen) => screen.update(command, world, size),
            Screen::LossUnits(screen) => screen.update(command, world, size),
            Screen::LastYear(screen) => screen.update(command, world, size),
            Screen::Settings(screen) => screen.update(command, world),
            Screen::KeyList(screen) => screen.update(command, world),
            Screen::Notice(_) => Step::Stay,
            Screen::Log(screen) => screen.update(command, world, size),
            Screen::Record(screen) => screen.update(command, size),
            Screen::Years(screen) => screen.update(command, size),
            Screen::Roster(screen) => screen.update(command, world, size),
            Screen::Help(screen) => screen.update(command, size),
        }
    }

    /// Goes a step back; a screen on which something is under way leaves that off instead.
    pub(crate) fn leave(&mut self) -> Step {
        match self {
            Screen::Matrix(screen) => screen.leave(),
            Screen::Form(screen) => screen.leave(),
            Screen::Dialog(screen) => screen.leave(),
            Screen::Log(screen) => screen.leave(),
            Screen::Settings(screen) => screen.leave(),
            Screen::KeyList(screen) => screen.leave(),
            _ => Step::Back,
        }
    }

    /// Returns what the screen has to be done while nobody presses a key, a small part at a time.
    pub(crate) fn work(&self) -> Option<Effect> {
        match self {
            Screen::Dialog(screen) => screen.work(),
            Screen::Years(screen) => screen.work(),
            _ => None,
        }
    }

    /// Takes a key that is no command: text, where the screen has a field.
    pub(crate) fn edit(&mut self, key: KeyEvent, world: &World) -> Step {
        match self {
            Screen::Form(screen) => screen.edit(key),
            Screen::Dialog(screen) => screen.edit(key, world),
            Screen::Find(screen) => screen.edit(key, world),
            Screen::Palette(screen) => screen.edit(key),
            Screen::Settings(screen) => screen.edit(key),
            Screen::KeyList(screen) => screen.edit(key, world),
            Screen::Log(screen) => screen.edit(key, world),
            Screen::Start(_)
            | Screen::Matrix(_)
            | Screen::Entries(_)
            | Screen::Choose(_)
            | Screen::Preview(_)
            | Screen::Ranking(_)
            | Screen::Sheet(_)
            | Screen::Explain(_)
            | Screen::Notice(_)
            | Screen::Differences(_)
            | Screen::Indicator(_)
            | Screen::Losses(_)
            | Screen::LossUnits(_)
            | Screen::LastYear(_)
            | Screen::Record(_)
            | Screen::Years(_)
            | Screen::Roster(_)
            | Screen::Help(_) => Step::Stay,
        }
    }

    pub(crate) fn paste(&mut self, text: &str, world: &World) {
        match self {
            Screen::Form(screen) => screen.paste(text),
            Screen::Dialog(screen) => screen.paste(text, world),
            Screen::Find(screen) => screen.paste(text, world),
            Screen::Palette(screen) => screen.paste(text),
            Screen::Settings(screen) => screen.paste(text),
            Screen::Log(screen) => screen.paste(text, world),
            Screen::Start(_)
            | Screen::Matrix(_)
            | Screen::Entries(_)
            | Screen::Choose(_)
            | Screen::Preview(_)
            | Screen::Ranking(_)
            | Screen::Sheet(_)
            | Screen::Explain(_)
            | Screen::KeyList(_)
            | Screen::Notice(_)
            | Screen::Differences(_)
            | Screen::Indicator(_)
            | Screen::Losses(_)
            | Screen::LossUnits(_)
            | Screen::LastYear(_)
            | Screen::Record(_)
            | Screen::Years(_)
            | Screen::Roster(_)
            | Screen::Help(_) => {}
        }
    }

    /// Draws the screen; returns where the caret of its focused field is.
    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) -> Option<Position> {
        match self {
            Screen::Start(screen) => screen.view(world, area, buf),
            Screen::Matrix(screen) => screen.view(world, area, buf),
            Screen::Entries(screen) => screen.view(world, area, buf),
            Screen::Form(screen) => return screen.view(world, area, buf),
            Screen::Dialog(screen) => return screen.view(area, buf),
            Screen::Choose(screen) => screen.view(area, buf),
            Screen::Preview(screen) => screen.view(area, buf),
            Screen::Find(screen) => return screen.view(world, area, buf),
            Screen::Palette(screen) => return screen.view(area, buf),
            Screen::Ranking(screen) => screen.view(world, area, buf),
            Screen::Sheet(screen) => screen.view(world, area, buf),
            Screen::Explain(screen) => screen.view(world, area, buf),
            Screen::Differences(screen) => screen.view(world, area, buf),
            Screen::Indicator(screen) => screen.view(world, area, buf),
            Screen::Losses(screen) => screen.view(world, area, buf),
            Screen::LossUnits(screen) => screen.view(world, area, buf),
            Screen::LastYear(screen) => screen.view(world, area, buf),
            Screen::Settings(screen) => return screen.view(world, area, buf),
            Screen::KeyList(screen) => screen.view(world, area, buf),
            Screen::Notice(screen) => screen.view(area, buf),
            Screen::Log(screen) => return screen.view(world, area, buf),
            Screen::Record(screen) => screen.view(area, buf),
            Screen::Years(screen) => screen.view(world, area, buf),
            Screen::Roster(screen) => screen.view(world, area, buf),
            Screen::Help(screen) => screen.view(area, buf),
        }
        None
    }
}

/// Moves a selection within a list; returns nothing for a command that does not move.
pub(crate) fn moved(command: Command, selected: usize, n_items: usize, page: usize) -> Option<usize> {
    let last = n_items.saturating_sub(1);
    let page = page.max(1);
    Some(match command {
        Command::Up => selected.saturating_sub(1),
        Command::Down => (selected + 1).min(last),
        Command::PageUp => selected.saturating_sub(page),
        Command::PageDown => (selected + page).min(last),
        Command::First => 0,
        Command::Last => last,
        _ => return None,
    })
}

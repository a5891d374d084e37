//! The screens. Each is one struct with what it remembers, what a command does on it, and how it is drawn.

mod choose;
mod deduct;
mod dialog;
mod entries;
mod explain;
mod find;
mod form;
mod help;
mod log;
mod matrix;
mod palette;
mod pane;
mod ranking;
mod roster;
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
pub(crate) use entries::Entries;
pub(crate) use explain::Explain;
pub(crate) use find::Find;
pub(crate) use form::Form;
pub(crate) use help::Help;
pub(crate) use log::{Log, RecordScreen};
pub(crate) use matrix::{Matrix, Named};
pub(crate) use palette::Palette;
pub(crate) use ranking::Ranking;
pub(crate) use roster::RosterScreen;
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
    Find(Find),
    Palette(Palette),
    Ranking(Ranking),
    Sheet(SheetScreen),
    Explain(Explain),
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
            Screen::Find(_) => Context::Find,
            Screen::Palette(_) => Context::Palette,
            Screen::Ranking(_) => Context::Ranking,
            Screen::Sheet(_) => Context::Sheet,
            Screen::Explain(_) => Context::Explain,
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
            | Screen::Find(_)
            | Screen::Palette(_)
            | Screen::Explain(_)
            | Screen::Record(_)
            | Screen::Help(_) => true,
            Screen::Start(_)
            | Screen::Matrix(_)
            | Screen::Ranking(_)
            | Screen::Sheet(_)
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
            Screen::Matrix(_) | Screen::Sheet(_) if command == Command::NextClass && n_classes < 2 => "",
            Screen::Ranking(screen) if command == Command::NextClass && screen.n_parts(size) < 2 => "",
            Screen::Matrix(_) if command == Command::Back && world.past.is_none() => "",
            Screen::Dialog(screen) => screen.footer_label(command, label),
            Screen::Entries(screen) => screen.footer_label(command, label, world),
            Screen::Roster(screen) => screen.footer_label(command, label, world),
            Screen::Explain(screen) => screen.footer_label(command, label),
            Screen::Start(_)
            | Screen::Matrix(_)
            | Screen::Form(_)
            | Screen::Choose(_)
            | Screen::Find(_)
            | Screen::Palette(_)
            | Screen::Ranking(_)
            | Screen::Sheet(_)
            | Screen::Log(_)
            | Screen::Record(_)
            | Screen::Years(_)
            | Screen::Help(_) => label,
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
            Screen::Find(screen) => screen.update(command, world),
            Screen::Palette(screen) => screen.update(command),
            Screen::Ranking(screen) => screen.update(command, world, size),
            Screen::Sheet(screen) => screen.update(command, world, size),
            Screen::Explain(screen) => screen.update(command, world, size),
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
            Screen::Dialog(screen) => screen.leave(),
            Screen::Log(screen) => screen.leave(),
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
            Screen::Log(screen) => screen.edit(key, world),
            Screen::Start(_)
            | Screen::Matrix(_)
            | Screen::Entries(_)
            | Screen::Choose(_)
            | Screen::Ranking(_)
            | Screen::Sheet(_)
            | Screen::Explain(_)
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
            Screen::Log(screen) => screen.paste(text, world),
            Screen::Start(_)
            | Screen::Matrix(_)
            | Screen::Entries(_)
            | Screen::Choose(_)
            | Screen::Ranking(_)
            | Screen::Sheet(_)
            | Screen::Explain(_)
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
            Screen::Find(screen) => return screen.view(world, area, buf),
            Screen::Palette(screen) => return screen.view(area, buf),
            Screen::Ranking(screen) => screen.view(world, area, buf),
            Screen::Sheet(screen) => screen.view(world, area, buf),
            Screen::Explain(screen) => screen.view(world, area, buf),
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

//! A key or the mouse becomes a command, and a command a step of the screen in front.

use crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::{App, Message};
use crate::effect::Effect;
use crate::keys::{self, Command};
use crate::possible::{takes_nothing, why_not};
use crate::screens::{Help, Palette, Screen, Step, open, spot};
use crate::settings::{Hints, Settings};
use crate::terminal::{Mouse, MouseKind, fold_key};
use crate::text;
use crate::view::{footer_command, is_too_small};

/// Lines that one turn of the wheel goes.
const WHEEL_STEPS: usize = 3;

impl App {
    pub(super) fn key(&mut self, key: KeyEvent) -> Option<Effect> {
        let context = self.context();
        let folded = if context.is_typing() { key } else { fold_key(key) };
        let command = keys::command(context, folded, &self.world.kept.settings.keys);
        let is_about_the_terminal =
            matches!(command, Some(Command::Quit | Command::Suspend | Command::Redraw));
        if is_too_small(self.size) && !is_about_the_terminal {
            return None;
        }
        self.message = None;
        self.notice.take_if(|it| it.is_shown);
        match command {
            Some(command) => self.run(command),
            None if context.is_typing() => {
                let front = self.screens.last_mut().expect("there is always a screen");
                let step = front.edit(folded, &self.world);
                self.take(step)
            }
            None => self.take(Step::Say(Message::hint(text::NO_SUCH_KEY.to_owned()))),
        }
    }

    /// Takes the wheel as steps up and down, a press on a footer's word as its key, and the rest as a point on the
    /// screen in front.
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Option<Effect> {
        let wheel = match mouse.kind {
            MouseKind::WheelUp => Some(Command::Up),
            MouseKind::WheelDown => Some(Command::Down),
            MouseKind::Press | MouseKind::Drag | MouseKind::Release => None,
        };
        if let Some(command) = wheel {
            if keys::has(self.context(), command) {
                for _ in 0..WHEEL_STEPS {
                    self.run(command);
                }
            }
            return None;
        }
        if mouse.kind == MouseKind::Press {
            self.message = None;
            match footer_command(self, Position::new(mouse.x, mouse.y)) {
                // Which rule is meant, the list of rules asks.
                Some(Command::Digit(_)) => return self.run(Command::Rules),
                Some(command) => return self.run(command),
                None => {}
            }
        }
        let front = self.screens.last_mut().expect("there is always a screen");
        let command = front.point(mouse, &self.world, self.size)?;
        self.run(command)
    }

    /// Does what a command does on the screen in front.
    pub(super) fn run(&mut self, command: Command) -> Option<Effect> {
        let context = self.context();
        // Said before a form opens, so that nothing is typed in vain.
        if command.changes(context)
            && self.front().is_recording()
            && let Some(said) = takes_nothing(&self.world)
        {
            self.message = Some(Message::refused(said));
            return None;
        }
        // Esc on the matrix takes back what shows there first, and then the hints.
        let is_sent_away = match self.screens.as_slice() {
            [Screen::Matrix(matrix)] => {
                command == Command::Back && !matrix.has_to_clear() && self.world.past.is_none()
            }
            _ => false,
        };
        let step = match command {
            Command::Quit => Step::Act(Effect::Quit),
            Command::Suspend => Step::Act(Effect::Suspend),
            Command::Redraw => Step::Act(Effect::Redraw),
            Command::Undo => Step::Act(Effect::Undo),
            Command::Redo => Step::Act(Effect::Redo),
            Command::Help => Step::Open(Screen::Help(Help::of(context, &self.world.kept.settings.keys))),
            Command::Palette => Step::Open(Screen::Palette(self.palette())),
            Command::Show(view) => {
                open(view, &self.world, spot(&self.screens, &self.world)).map_or(Step::Stay, Step::Open)
            }
            Command::Back => match self.screens.last_mut().expect("there is always a screen").leave() {
                Step::Back if self.screens.len() == 1 && self.world.past.is_some() => {
                    Step::Act(Effect::LookAtNow)
                }
                step => step,
            },
            command => {
                let front = self.screens.last_mut().expect("there is always a screen");
                front.update(command, &self.world, self.size)
            }
        };
        let ends_hints = self.tour.followed(command, context) || is_sent_away;
        let effect = self.take(step);
        if ends_hints && effect.is_none() { self.without_hints() } else { effect }
    }

    /// Returns what keeps that the hints of the first days are not wanted any more.
    pub(super) fn without_hints(&self) -> Option<Effect> {
        let settings = &self.world.kept.settings;
        let is_on = settings.hints == Hints::On;
        is_on.then(|| Effect::SaveSettings(Box::new(Settings { hints: Hints::Off, ..settings.clone() })))
    }

    /// Returns the list of all commands, each with why it is not possible on the screen in front, where it is not.
    pub(super) fn palette(&self) -> Palette {
        let spot = spot(&self.screens, &self.world);
        let keymap = &self.world.kept.settings.keys;
        Palette::of(self.context(), keymap, |it| why_not(it, self.front(), &self.world, spot, self.size))
    }

    pub(super) fn take(&mut self, step: Step) -> Option<Effect> {
        match step {
            Step::Stay => None,
            Step::Say(message) => {
                self.message = Some(message);
                None
            }
            Step::Back => {
                if self.screens.len() > 1 {
                    self.screens.pop();
                }
                None
            }
            Step::Open(screen) => {
                // Two screens of one kind on top of each other would only make Esc take longer.
                let is_open = self.screens.iter().position(|it| it.context() == screen.context());
                match is_open {
                    Some(at) if at > 0 => self.screens.truncate(at),
                    _ => {}
                }
                self.screens.push(screen);
                self.front().on_open()
            }
            Step::Replace(screen) => {
                self.screens.pop();
                self.screens.push(screen);
                None
            }
            Step::Home { unit_idx, indicator_idx } => {
                self.screens.truncate(1);
                if let (Some(Screen::Matrix(matrix)), Some(ledger)) =
                    (self.screens.first_mut(), self.world.ledger())
                {
                    if matrix.reveal(ledger, unit_idx) {
                        self.message = Some(Message::hint(text::arrange::FILTER_CLEARED.to_owned()));
                    }
                    matrix.go_to(ledger, unit_idx, indicator_idx);
                }
                None
            }
            Step::Run(command) => {
                self.screens.pop();
                self.run(command)
            }
            Step::Arrange(arrange) => {
                self.screens.truncate(1);
                if let (Some(Screen::Matrix(matrix)), Some(ledger)) =
                    (self.screens.first_mut(), self.world.ledger())
                {
                    self.message = matrix.arrange(arrange, ledger);
                }
                None
            }
            Step::Act(effect) => Some(effect),
            Step::ActAndBack(effect) => {
                self.goes_when_recorded = true;
                Some(effect)
            }
        }
    }
}

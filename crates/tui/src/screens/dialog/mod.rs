//! A box of questions with proposed answers: texts to fill in, and choices by digit or arrow.

mod export;
mod new_year;
mod unit;
mod view;

use crossterm::event::KeyEvent;
use kaohe_core::half_width_char;

use super::form::edit;
use super::{Step, moved};
use crate::effect::Effect;
use crate::keys::Command;
use crate::widgets::input::Input;
use crate::world::World;

pub(crate) use export::Exporting;
use unit::UnitDeed;

/// Questions, and what the answers are for.
#[derive(Debug)]
pub(crate) struct Dialog {
    purpose: Purpose,
    title: String,
    /// What the questions are about.
    about: String,
    fields: Vec<Field>,
    focus: usize,
    said: Option<Said>,
}

/// What follows from the answers.
#[derive(Debug)]
enum Purpose {
    Export(Exporting),
    /// From the newest year, where there is one.
    NewYear {
        newest: Option<u16>,
    },
    /// On the roster of this generation.
    Unit {
        deed: UnitDeed,
        generation: u64,
    },
}

/// A question.
#[derive(Debug)]
struct Field {
    name: Name,
    label: &'static str,
    answer: Answer,
}

/// What the questions are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    What,
    Path,
    Encoding,
    Year,
    From,
    Id,
    Unit,
    Short,
    Pinyin,
    Tags,
    Note,
    Reason,
    How,
}

#[derive(Debug)]
enum Answer {
    Text {
        input: Input,
        hint: String,
        /// What was proposed last.
        proposed: String,
        /// Whether it is the proposed one, untouched.
        is_proposed: bool,
    },
    Choice {
        options: Vec<String>,
        chosen: usize,
    },
}

/// What the box says below the questions.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    /// What follows from the answers, or how far it is.
    Note(String),
    /// It was done.
    Done(String),
    /// It was not, and why.
    Refused(String),
    /// That Esc, pressed again, gives up what was typed.
    Leaving,
}

impl Field {
    fn text(name: Name, label: &'static str, value: &str, hint: &str) -> Field {
        let (input, proposed) = (Input::new(value), value.to_owned());
        let answer = Answer::Text { input, hint: hint.to_owned(), proposed, is_proposed: true };
        Field { name, label, answer }
    }

    fn choice(name: Name, label: &'static str, options: Vec<String>) -> Field {
        Field { name, label, answer: Answer::Choice { options, chosen: 0 } }
    }
}

impl Dialog {
    fn answer(&self, name: Name) -> Option<&Answer> {
        self.fields.iter().find(|it| it.name == name).map(|it| &it.answer)
    }

    /// Returns what was filled in, without blanks around it.
    fn text_of(&self, name: Name) -> &str {
        match self.answer(name) {
            Some(Answer::Text { input, .. }) => input.value().trim(),
            Some(Answer::Choice { .. }) | None => "",
        }
    }

    /// Returns which option is chosen.
    fn choice_of(&self, name: Name) -> usize {
        match self.answer(name) {
            Some(Answer::Choice { chosen, .. }) => *chosen,
            Some(Answer::Text { .. }) | None => 0,
        }
    }

    /// Puts a proposal into a field.
    fn propose(&mut self, name: Name, value: &str) {
        if let Some(Answer::Text { input, proposed, is_proposed, .. }) =
            self.fields.iter_mut().find(|it| it.name == name).map(|it| &mut it.answer)
        {
            *input = Input::new(value);
            *proposed = value.to_owned();
            *is_proposed = true;
        }
    }

    /// Says whether something was typed that is not what was proposed.
    fn is_typed(&self) -> bool {
        self.fields.iter().any(|it| match &it.answer {
            Answer::Text { input, proposed, .. } => input.value() != proposed,
            Answer::Choice { .. } => false,
        })
    }

    fn is_proposed(&self, name: Name) -> bool {
        matches!(self.answer(name), Some(Answer::Text { is_proposed: true, .. }))
    }

    fn focus_on(&mut self, name: Name) {
        self.focus = self.fields.iter().position(|it| it.name == name).unwrap_or(self.focus);
    }

    pub(crate) fn update(&mut self, command: Command, world: &World) -> Step {
        // What is under way, or done, takes no other answers.
        if self.is_under_way() {
            return Step::Stay;
        }
        if self.is_over() {
            return if command == Command::Confirm { Step::Back } else { Step::Stay };
        }
        self.said.take_if(|it| *it == Said::Leaving);
        match command {
            Command::Confirm => return self.submit(world),
            Command::NextField => self.focus = (self.focus + 1) % self.fields.len().max(1),
            Command::PreviousField => {
                self.focus = (self.focus + self.fields.len().saturating_sub(1)) % self.fields.len().max(1)
            }
            Command::Left | Command::Right => self.step_aside(command, world),
            _ => {}
        }
        Step::Stay
    }

    /// Moves to another option, or within the text.
    fn step_aside(&mut self, command: Command, world: &World) {
        let Some(field) = self.fields.get_mut(self.focus) else { return };
        match &mut field.answer {
            Answer::Text { input, is_proposed, .. } => {
                *is_proposed = false;
                if command == Command::Left { input.left() } else { input.right() }
            }
            Answer::Choice { options, chosen } => {
                let to = if command == Command::Left { Command::Up } else { Command::Down };
                *chosen = moved(to, *chosen, options.len(), 1).unwrap_or(*chosen);
                self.answered(world);
            }
        }
    }

    pub(crate) fn edit(&mut self, key: KeyEvent, world: &World) -> Step {
        if self.is_under_way() || self.is_over() {
            return Step::Stay;
        }
        self.said = None;
        let Some(field) = self.fields.get_mut(self.focus) else { return Step::Stay };
        match &mut field.answer {
            Answer::Text { input, is_proposed, .. } => {
                // A short answer is typed anew rather than mended.
                let is_typed = key.code.as_char().is_some() && key.modifiers.is_empty();
                if std::mem::take(is_proposed) && is_typed && field.name == Name::Year {
                    *input = Input::new("");
                }
                edit(input, key);
            }
            Answer::Choice { options, chosen } => {
                let digit = key.code.as_char().map(half_width_char).and_then(|it| it.to_digit(10));
                let option = digit.and_then(|it| usize::try_from(it).ok()?.checked_sub(1));
                *chosen = option.filter(|it| *it < options.len()).unwrap_or(*chosen);
            }
        }
        self.answered(world);
        Step::Stay
    }

    pub(crate) fn paste(&mut self, text: &str, world: &World) {
        if self.is_under_way() || self.is_over() {
            return;
        }
        self.said = None;
        if let Some(Field { answer: Answer::Text { input, is_proposed, .. }, .. }) =
            self.fields.get_mut(self.focus)
        {
            *is_proposed = false;
            input.insert(text);
        }
        self.answered(world);
    }

    /// Lets what was answered change what is proposed.
    fn answered(&mut self, world: &World) {
        match &self.purpose {
            Purpose::Export(_) => self.propose_path(world),
            Purpose::NewYear { .. } | Purpose::Unit { .. } => {}
        }
    }

    fn submit(&mut self, world: &World) -> Step {
        match &self.purpose {
            Purpose::Export(_) => self.begin_export(world),
            Purpose::NewYear { newest } => self.begin_year(*newest),
            Purpose::Unit { deed, generation } => self.change_unit(deed.clone(), *generation, world),
        }
    }

    /// Returns the footer's word: where nothing is chosen, there is no other option.
    pub(crate) fn footer_label(&self, command: Command, label: &'static str) -> &'static str {
        let is_choice = |it: &Field| matches!(it.answer, Answer::Choice { .. });
        if command == Command::Right && !self.fields.iter().any(is_choice) { "" } else { label }
    }

    /// Says whether something is being done, step by step.
    fn is_under_way(&self) -> bool {
        self.work().is_some()
    }

    /// Says whether it is done, so that only the result is to be read.
    fn is_over(&self) -> bool {
        match &self.purpose {
            Purpose::Export(exporting) => exporting.is_over,
            Purpose::NewYear { .. } | Purpose::Unit { .. } => false,
        }
    }

    /// Returns what is to be done next while nobody presses a key.
    pub(crate) fn work(&self) -> Option<Effect> {
        match &self.purpose {
            Purpose::Export(exporting) => exporting.work(),
            Purpose::NewYear { .. } | Purpose::Unit { .. } => None,
        }
    }

    /// Goes a step back: leaves off what is under way, or closes the box; where something was typed, the second time
    /// only.
    pub(crate) fn leave(&mut self) -> Step {
        if self.is_under_way() {
            return self.leave_off();
        }
        if self.is_over() || !self.is_typed() || self.said == Some(Said::Leaving) {
            return Step::Back;
        }
        self.said = Some(Said::Leaving);
        Step::Stay
    }
}

//! What came of an effect: which screen shows next, and what is said.

use kaohe_core::{Change, UnitId};
use kaohe_store::RecordError;

use super::{App, Message, Tone, find, home};
use crate::effect::RosterError;
use crate::keys::Context;
use crate::screens::{Dialog, Marks, Matrix, Screen};
use crate::text::{self, Said};

impl App {
    pub(super) fn dialog(&mut self) -> Option<&mut Dialog> {
        match find(&mut self.screens, Context::Dialog) {
            Some(Screen::Dialog(dialog)) => Some(dialog),
            _ => None,
        }
    }

    /// Shows the roster as it is now, with the cursor on the unit that was changed.
    pub(super) fn roster_replaced(&mut self, result: Result<(UnitId, String), RosterError>) {
        let (unit, done) = match result {
            Ok(done) => done,
            Err(RosterError::Changed) => {
                self.message = Some(Message::refused(text::roster::CHANGED.to_owned()));
                return;
            }
            Err(RosterError::Record(error)) => {
                let said = text::faults::record_error(&error);
                match self.dialog() {
                    Some(dialog) => dialog.not_replaced(said),
                    None => self.message = Some(Message::refused(said)),
                }
                return;
            }
        };
        self.of_generation = self.world.generation();
        self.left_log = None;
        let before = self.screens.iter().find_map(|it| match it {
            Screen::Roster(roster) => Some(roster.clone()),
            _ => None,
        });
        self.screens = vec![self.home_at_cursor()];
        if let (Some(ledger), Some(before)) = (self.world.ledger(), before) {
            self.screens.push(Screen::Roster(before.on(ledger, &unit)));
        }
        self.message = Some(Message::done(done));
    }

    /// Starts from the matrix of another year.
    pub(super) fn year_opened(&mut self, no_backup: Option<&kaohe_store::StoreError>) {
        self.of_generation = self.world.generation();
        self.left_log = None;
        self.screens = vec![home(&self.world)];
        let Some(year) = &self.world.year else { return };
        let number = i16::try_from(year.year().year).unwrap_or(i16::MAX);
        let periods = year.ledger().rubrics().iter().filter_map(|it| it.period);
        let is_other = |it: kaohe_core::Period| it.from.year().max(it.to.year()) != number;
        let has_other_period = periods.into_iter().any(is_other);
        let said = text::years::opened(&year.year().title, no_backup, has_other_period);
        self.message = Some(if no_backup.is_some() { Message::refused(said) } else { Message::done(said) });
    }

    /// Starts from the matrix of the year as it was, at the cell that the record is about.
    pub(super) fn look_back(&mut self, lost: &[String]) {
        let generation = self.of_generation;
        for screen in std::mem::take(&mut self.screens) {
            if let Screen::Log(log) = screen
                && self.left_log.is_none()
            {
                self.left_log = Some((generation, log));
            }
        }
        self.of_generation = self.world.generation();
        self.screens = vec![self.home_at_cursor()];
        let change = self.world.records().last().map(|it| it.change.clone());
        if let Some(change) = change {
            self.go_to_changed(&Ok(change));
        }
        self.message = Some(Message::hint(text::log::looked_back(lost)));
    }

    /// Goes back to where somebody looked back from.
    pub(super) fn look_at_now(&mut self) {
        self.of_generation = self.world.generation();
        self.screens = vec![self.home_at_cursor()];
        if let Some((generation, mut log)) = self.left_log.take()
            && generation == self.of_generation
        {
            log.renew(&self.world);
            self.screens.push(Screen::Log(log));
        }
        self.message = Some(Message::hint(text::log::NOW.to_owned()));
    }

    /// Returns the first screen, with the cursor on what it stood on, as far as that is there.
    pub(super) fn home_at_cursor(&mut self) -> Screen {
        let marks = match self.screens.first_mut() {
            Some(Screen::Matrix(matrix)) => matrix.take_marks(),
            _ => Marks::default(),
        };
        match (self.world.ledger(), &self.cursor) {
            (Some(ledger), Some(named)) => {
                Screen::Matrix(Matrix::at(ledger, named).with_marks(marks, ledger))
            }
            (_, _) => home(&self.world),
        }
    }

    pub(super) fn recorded(&mut self, result: Result<Change, RecordError>) {
        if let Err(error) = &result {
            return self.not_recorded(text::faults::record_error(error));
        }
        if std::mem::take(&mut self.goes_when_recorded) {
            let was_preview = matches!(self.screens.pop(), Some(Screen::Preview(_)));
            if was_preview {
                self.done_with_marked();
            }
        }
        self.settle(result, text::recorded);
    }

    /// Goes back to the screen with the units once all that were marked have got what they were marked for.
    pub(super) fn done_with_marked(&mut self) {
        let at = self.screens.iter().rposition(|it| !it.is_popup()).unwrap_or(0);
        self.screens.truncate(at + 1);
        if let Some(Screen::Matrix(matrix)) = self.screens.first_mut() {
            matrix.clear_marks();
        }
    }

    /// Says why a change was not recorded: in the form that asked for it, else below the screen.
    pub(super) fn not_recorded(&mut self, reason: String) {
        let is_asked_by_front = std::mem::take(&mut self.goes_when_recorded);
        if let Some(Screen::Form(form)) = self.screens.last_mut()
            && is_asked_by_front
        {
            return form.refuse(reason);
        }
        self.message = Some(Message::refused(reason));
    }

    /// Shows the cell that was undone or redone, wherever the person is.
    pub(super) fn go_to_changed(&mut self, result: &Result<Change, RecordError>) {
        let Some(ledger) = self.world.ledger() else { return };
        let place = result.as_ref().ok().and_then(|it| text::place_of(ledger, it));
        let Some((unit_idx, indicator_idx)) = place else { return };
        for screen in &mut self.screens {
            match screen {
                Screen::Matrix(matrix) => matrix.go_to(ledger, unit_idx, Some(indicator_idx)),
                Screen::Indicator(screen) => screen.go_to(ledger, unit_idx, indicator_idx),
                _ => {}
            }
        }
    }

    /// Says what was taken back or done again, or why not; `what` is what that is called.
    pub(super) fn stepped(
        &mut self,
        result: Result<Change, RecordError>,
        say: fn(&kaohe_core::Ledger, &Change) -> Said,
        what: &str,
    ) {
        match &result {
            Ok(_) => self.settle(result, say),
            Err(error) => self.message = Some(Message::refused(text::faults::step_error(error, what))),
        }
    }

    pub(super) fn settle(
        &mut self,
        result: Result<Change, RecordError>,
        say: fn(&kaohe_core::Ledger, &Change) -> Said,
    ) {
        self.message = match (&result, self.world.ledger()) {
            (Ok(change), Some(ledger)) => Some(Message { said: say(ledger, change), tone: Tone::Done }),
            (Err(error), _) => Some(Message::refused(text::faults::record_error(error))),
            (Ok(_), None) => None,
        };
    }
}

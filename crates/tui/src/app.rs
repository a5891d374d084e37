//! The model, and how a message changes it. No input or output happens here.

use crossterm::event::KeyEvent;
use kaohe_core::{Change, Ledger, UnitId};
use kaohe_store::{AsOfError, News, RecordError};
use ratatui::layout::{Position, Size};

use crate::effect::{Effect, Export, ExportError, RosterError, YearSummary};
use crate::keys::{self, Command, Context};
use crate::possible::{takes_nothing, why_not};
use crate::screens::{
    Dialog, Help, Log, Marks, Matrix, Named, Notice, Palette, Screen, StartScreen, Step, open, spot,
};
use crate::settings::{Hints, Settings};
use crate::terminal::{Mouse, MouseKind, fold_key};
use crate::text::{self, Said};
use crate::tour::Tour;
use crate::view::{footer_command, is_too_small};
use crate::world::World;

/// The whole model.
#[derive(Debug)]
pub struct App {
    /// What the screens read; only effects change it.
    pub world: World,
    /// From the home screen to the one in front. Never empty.
    pub(crate) screens: Vec<Screen>,
    /// What was done last, or why not.
    pub(crate) message: Option<Message>,
    /// What others did to what one had recorded: it stays until a key is pressed after it was shown.
    pub(crate) notice: Option<Unseen>,
    /// The terminal, in cells.
    pub(crate) size: Size,
    /// Whether the screen in front goes once the change that it asked for is recorded.
    goes_when_recorded: bool,
    /// Of which generation of roster and rubrics the screens' places are.
    of_generation: u64,
    /// How often the screens were started over since somebody else has replaced one of those.
    n_reloads: u64,
    /// The log from which somebody went back to how the year was, and of which generation its places are.
    left_log: Option<(u64, Box<Log>)>,
    /// How far the hints of the first days are.
    pub(crate) tour: Tour,
    /// What the cursor of the matrix stands on, by its names: they last when the places mean others.
    cursor: Option<Named>,
}

/// Lines that one turn of the wheel goes.
const WHEEL_STEPS: usize = 3;

/// What the line above the footer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub said: Said,
    pub tone: Tone,
}

/// What has to be seen by somebody who is typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unseen {
    pub said: String,
    /// What it tells of.
    news: News,
    is_shown: bool,
}

/// How it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Done,
    Refused,
    Hint,
}

impl Message {
    pub(crate) fn done(text: String) -> Message {
        Message { said: text.into(), tone: Tone::Done }
    }

    pub(crate) fn refused(text: String) -> Message {
        Message { said: text.into(), tone: Tone::Refused }
    }

    pub(crate) fn hint(text: String) -> Message {
        Message { said: text.into(), tone: Tone::Hint }
    }
}

/// What happened.
#[derive(Debug)]
pub enum Msg {
    /// A key.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has this size now.
    Resize(Size),
    /// A change was recorded, or why not.
    Recorded(Result<Change, RecordError>),
    /// It was not: somebody else has changed the entry since it was shown.
    EntryChanged,
    /// The last change was taken back.
    Undone(Result<Change, RecordError>),
    /// It was done again.
    Redone(Result<Change, RecordError>),
    /// A year was begun and opened.
    Opened(Result<(), kaohe_store::StoreError>),
    /// So many records of others were read.
    Refreshed(Result<News, kaohe_store::StoreError>),
    /// New settings hold, and were written or not.
    SettingsSaved(Result<(), kaohe_store::StoreError>),
    /// An earlier year was read, or there is none, or why not.
    Earlier(Box<Result<Option<Earlier>, NoEarlier>>),
    /// The year shows as it was, or why not; these files of then were not kept.
    LookedBack(Result<Vec<String>, AsOfError>),
    /// It shows as it is.
    LookingAtNow,
    /// Nothing was recorded, for what shows is the year as it was.
    OnlyLooking,
    /// These years there are.
    YearsListed(Result<Vec<u16>, kaohe_store::StoreError>),
    /// This is to be said of a year.
    YearSeen(u16, Result<YearSummary, kaohe_store::StoreError>),
    /// Another year is open, or why not; and why the one before was not backed up.
    YearOpened(Result<Option<kaohe_store::StoreError>, kaohe_store::StoreError>),
    /// A year was begun, to be opened.
    YearCreated(Result<u16, kaohe_store::StoreError>),
    /// Another roster is in place, with this to say of a unit of it; or why not.
    RosterReplaced(Result<(UnitId, String), RosterError>),
    /// Another file of an export is written, or why not.
    Exported(Result<Export, ExportError>),
    /// There is no shell to go to for a while.
    NoShell,
}

/// An earlier year to hold the open one against.
#[derive(Debug)]
pub struct Earlier {
    /// Which it is.
    pub year: u16,
    /// All earlier ones that there are, the newest first.
    pub years: Vec<u16>,
    /// Everything known of it.
    pub ledger: Ledger,
    /// Whether only the sound lines of its journals count.
    pub is_damaged: bool,
}

/// That an earlier year cannot be read.
#[derive(Debug)]
pub struct NoEarlier {
    /// Which was asked for.
    pub year: Option<u16>,
    /// All earlier ones that there are, the newest first.
    pub years: Vec<u16>,
    /// Why.
    pub error: kaohe_store::StoreError,
}

impl App {
    /// Returns the model at the beginning: the matrix, or the start screen where there is no year.
    pub fn new(world: World, size: Size) -> App {
        let home = home(&world);
        let generation = world.generation();
        let goes_when_recorded = false;
        let mut app = App {
            world,
            screens: vec![home],
            message: None,
            notice: None,
            size,
            goes_when_recorded,
            of_generation: generation,
            n_reloads: 0,
            left_log: None,
            cursor: None,
            tour: Tour::default(),
        };
        app.catch_up();
        let kept = &app.world.kept;
        if let (Some(path), false) = (&kept.path, kept.faults.is_empty()) {
            app.message = Some(Message::refused(text::settings::faults_at_start(path, &kept.faults)));
        }
        app
    }

    /// Returns of which generation the screens are: how often they were started over. Where it changes, keys that are
    /// still on their way were meant for screens that are no more, and must not act.
    pub fn generation(&self) -> u64 {
        self.n_reloads
    }

    /// Starts over from the matrix where somebody has replaced the roster, a rubric or the settings: units and
    /// indicators are held by place, and the places mean others now. The cursor goes to the cell that it stood on, as
    /// far as that is still there. Says whether that was so.
    fn reload(&mut self) -> bool {
        let generation = self.world.generation();
        if std::mem::replace(&mut self.of_generation, generation) == generation {
            return false;
        }
        self.n_reloads += 1;
        // Keys that are still typed into a form which is no more must not act on what is below it.
        let was_over_another = self.front().is_popup();
        self.screens = vec![self.home_at_cursor()];
        self.goes_when_recorded = false;
        if was_over_another {
            self.screens.push(Screen::Notice(Notice::new(text::REPLACED_UNDER_FORM)));
        } else {
            self.message = Some(Message::hint(text::REPLACED.to_owned()));
        }
        true
    }

    /// Lets the matrix take in what has changed, and notes what its cursor stands on, while its places mean what they say.
    fn catch_up(&mut self) {
        if let (Some(ledger), Some(Screen::Matrix(matrix))) = (self.world.ledger(), self.screens.first_mut())
        {
            matrix.catch_up(&self.world);
            self.cursor = Some(matrix.named(ledger));
        }
    }

    /// Returns where keys go.
    pub(crate) fn context(&self) -> Context {
        self.front().context()
    }

    pub(crate) fn front(&self) -> &Screen {
        self.screens.last().expect("there is always a screen")
    }

    /// Returns what is to be done while nobody presses a key, a small part at a time; a frame is drawn after each.
    pub fn work(&self) -> Option<Effect> {
        self.screens.iter().rev().find_map(Screen::work)
    }

    /// Decides what a message changes and what is to be done about it.
    pub fn update(&mut self, msg: Msg) -> Option<Effect> {
        // What we have replaced ourselves is no surprise, and leads back to where it was done.
        let is_ours = matches!(msg, Msg::RosterReplaced(Ok(_)));
        let is_reloaded = !is_ours && self.reload();
        let effect = self.take_in(msg, is_reloaded);
        self.catch_up();
        effect
    }

    /// Takes note that the model was drawn as it is.
    pub fn shown(&mut self) {
        if let Some(notice) = &mut self.notice {
            notice.is_shown = true;
        }
    }

    /// Tells what others did to what one had recorded, with what was not shown of that before.
    fn give_notice(&mut self, news: &News) {
        let mut all = self.notice.take_if(|it| !it.is_shown).map(|it| it.news).unwrap_or_default();
        all.extend(news.clone());
        let said = self.world.ledger().and_then(|it| text::notice(it, &all));
        if let Some(said) = said {
            self.notice = Some(Unseen { said, news: all, is_shown: false });
        }
    }

    fn take_in(&mut self, msg: Msg, is_reloaded: bool) -> Option<Effect> {
        if let Msg::Refreshed(Ok(news)) = &msg {
            self.give_notice(news);
        }
        match msg {
            Msg::Key(_) | Msg::Paste(_) | Msg::Mouse(_) | Msg::Refreshed(Ok(_)) if is_reloaded => {}
            Msg::Key(key) => return self.key(key),
            Msg::Paste(_) if is_too_small(self.size) => {}
            Msg::Paste(text) => {
                let front = self.screens.last_mut().expect("there is always a screen");
                front.paste(&text, &self.world);
            }
            Msg::Mouse(_) if is_too_small(self.size) => {}
            Msg::Mouse(mouse) => return self.mouse(mouse),
            Msg::Resize(size) => self.size = size,
            Msg::Recorded(result) => self.recorded(result),
            Msg::EntryChanged => {
                self.not_recorded(text::form::ENTRY_CHANGED.to_owned());
                if let Some(Screen::Form(form)) = self.screens.last_mut() {
                    form.lapse();
                }
            }
            Msg::Undone(result) => {
                self.go_to_changed(&result);
                self.settle(result, text::undone);
            }
            Msg::Redone(result) => {
                self.go_to_changed(&result);
                self.settle(result, text::redone);
            }
            Msg::Opened(Ok(())) => {
                self.of_generation = self.world.generation();
                self.screens = vec![home(&self.world)];
                self.message = Some(Message::hint(text::FIRST_HINT.to_owned()));
            }
            Msg::Opened(Err(error)) => {
                self.message = Some(Message::refused(text::faults::store_error(&error)))
            }
            Msg::Refreshed(Ok(news)) if news.n_records == 0 => {}
            Msg::Refreshed(Ok(news)) => {
                self.message = Some(Message::done(text::refreshed(news.n_records)));
                for screen in &mut self.screens {
                    if let Screen::Log(log) = screen {
                        log.renew(&self.world);
                    }
                }
            }
            Msg::Refreshed(Err(error)) => {
                self.message = Some(Message::refused(text::faults::store_error(&error)))
            }
            // That the hints are not wanted any more is kept without a word.
            Msg::SettingsSaved(Ok(()))
                if !matches!(self.front(), Screen::Settings(_) | Screen::KeyList(_)) => {}
            Msg::SettingsSaved(Ok(())) => {
                self.message = Some(Message::done(text::settings::saved(self.world.kept.path.is_some())));
            }
            Msg::SettingsSaved(Err(error)) => {
                let said = text::settings::not_saved(&text::faults::store_error(&error));
                self.message = Some(Message::refused(said));
            }
            Msg::Earlier(earlier) => {
                let screens = self.screens.iter_mut().rev();
                if let Some(screen) = screens.filter_map(Screen::last_year).next() {
                    screen.take_in(*earlier);
                }
            }
            Msg::Exported(result) => {
                if let Some(dialog) = self.dialog() {
                    dialog.exported(result);
                }
            }
            Msg::YearsListed(result) => {
                if let Some(Screen::Years(years)) = find(&mut self.screens, Context::Years) {
                    self.message = years.listed(result, &self.world).or(self.message.take());
                }
            }
            Msg::YearSeen(number, result) => {
                if let Some(Screen::Years(years)) = find(&mut self.screens, Context::Years) {
                    years.seen(number, result);
                }
            }
            Msg::YearOpened(Ok(no_backup)) => self.year_opened(no_backup.as_ref()),
            Msg::YearOpened(Err(error)) => {
                self.message = Some(Message::refused(text::faults::store_error(&error)))
            }
            Msg::YearCreated(Ok(year)) => return Some(Effect::OpenYear(year)),
            Msg::YearCreated(Err(error)) => match self.dialog() {
                Some(dialog) => dialog.not_begun(&error),
                None => self.message = Some(Message::refused(text::faults::store_error(&error))),
            },
            Msg::RosterReplaced(result) => self.roster_replaced(result),
            Msg::LookedBack(Ok(lost)) => self.look_back(&lost),
            Msg::LookedBack(Err(error)) => {
                self.message = Some(Message::refused(text::log::not_looked_back(&error)))
            }
            Msg::LookingAtNow => self.look_at_now(),
            Msg::OnlyLooking => self.message = Some(Message::refused(text::log::PAST.to_owned())),
            Msg::NoShell => self.message = Some(Message::hint(text::NO_SHELL.to_owned())),
        }
        None
    }

    fn dialog(&mut self) -> Option<&mut Dialog> {
        match find(&mut self.screens, Context::Dialog) {
            Some(Screen::Dialog(dialog)) => Some(dialog),
            _ => None,
        }
    }

    /// Shows the roster as it is now, with the cursor on the unit that was changed.
    fn roster_replaced(&mut self, result: Result<(UnitId, String), RosterError>) {
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
    fn year_opened(&mut self, no_backup: Option<&kaohe_store::StoreError>) {
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
    fn look_back(&mut self, lost: &[String]) {
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
    fn look_at_now(&mut self) {
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
    fn home_at_cursor(&mut self) -> Screen {
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

    fn recorded(&mut self, result: Result<Change, RecordError>) {
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

    /// Goes back to the matrix once all that were marked have got what they were marked for.
    fn done_with_marked(&mut self) {
        self.screens.truncate(1);
        if let Some(Screen::Matrix(matrix)) = self.screens.first_mut() {
            matrix.clear_marks();
        }
    }

    /// Says why a change was not recorded: in the form that asked for it, else below the screen.
    fn not_recorded(&mut self, reason: String) {
        let is_asked_by_front = std::mem::take(&mut self.goes_when_recorded);
        if let Some(Screen::Form(form)) = self.screens.last_mut()
            && is_asked_by_front
        {
            return form.refuse(reason);
        }
        self.message = Some(Message::refused(reason));
    }

    /// Shows the cell that was undone or redone, wherever the person is.
    fn go_to_changed(&mut self, result: &Result<Change, RecordError>) {
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

    fn settle(&mut self, result: Result<Change, RecordError>, say: fn(&kaohe_core::Ledger, &Change) -> Said) {
        self.message = match (&result, self.world.ledger()) {
            (Ok(change), Some(ledger)) => Some(Message { said: say(ledger, change), tone: Tone::Done }),
            (Err(error), _) => Some(Message::refused(text::faults::record_error(error))),
            (Ok(_), None) => None,
        };
    }

    fn key(&mut self, key: KeyEvent) -> Option<Effect> {
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
    fn mouse(&mut self, mouse: Mouse) -> Option<Effect> {
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
        let step = front.point(mouse, &self.world, self.size);
        self.take(step)
    }

    /// Does what a command does on the screen in front.
    fn run(&mut self, command: Command) -> Option<Effect> {
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
    fn without_hints(&self) -> Option<Effect> {
        let settings = &self.world.kept.settings;
        let is_on = settings.hints == Hints::On;
        is_on.then(|| Effect::SaveSettings(Box::new(Settings { hints: Hints::Off, ..settings.clone() })))
    }

    /// Returns the list of all commands, each with why it is not possible on the screen in front, where it is not.
    fn palette(&self) -> Palette {
        let spot = spot(&self.screens, &self.world);
        let keymap = &self.world.kept.settings.keys;
        Palette::of(self.context(), keymap, |it| why_not(it, self.front(), &self.world, spot, self.size))
    }

    fn take(&mut self, step: Step) -> Option<Effect> {
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

/// Finds the screen of a context that is nearest to the front.
fn find(screens: &mut [Screen], context: Context) -> Option<&mut Screen> {
    screens.iter_mut().rev().find(|it| it.context() == context)
}

fn home(world: &World) -> Screen {
    match world.ledger() {
        Some(ledger) => Screen::Matrix(Matrix::new(ledger)),
        None => Screen::Start(StartScreen::new()),
    }
}

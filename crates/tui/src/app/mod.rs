//! The model, and how a message changes it. No input or output happens here.

mod message;
mod outcome;
mod press;

use kaohe_store::News;
pub use message::{Earlier, Msg, NoEarlier};
pub(crate) use message::{Message, Tone, Unseen};
use ratatui::layout::Size;

use crate::effect::Effect;
use crate::keys::Context;
use crate::screens::{Log, Matrix, Named, Notice, Screen, StartScreen};
use crate::text;
use crate::tour::Tour;
use crate::view::is_too_small;
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

    /// Lets the screens take in what has changed, and notes what the matrix's cursor stands on, while its places mean
    /// what they say.
    fn catch_up(&mut self) {
        for screen in &mut self.screens {
            screen.catch_up(&self.world);
        }
        let [Screen::Matrix(matrix), above @ ..] = self.screens.as_mut_slice() else { return };
        if let Some(ledger) = self.world.ledger() {
            self.cursor = Some(matrix.named(ledger));
        }
        for screen in above {
            if let Screen::Indicator(screen) = screen {
                screen.take_marks(matrix.marks());
            }
        }
    }

    /// Returns where keys go.
    pub(crate) fn context(&self) -> Context {
        self.front().context()
    }

    /// Says whether keys are text now.
    pub fn is_typing(&self) -> bool {
        self.context().is_typing()
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
                self.stepped(result, text::undone, text::UNDO);
            }
            Msg::Redone(result) => {
                self.go_to_changed(&result);
                self.stepped(result, text::redone, text::REDO);
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

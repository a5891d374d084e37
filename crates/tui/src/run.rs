//! The loop: events in, frames out. It sleeps while nobody presses a key, and looks once a second whether somebody
//! else has written.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossterm::event::KeyEvent;
use kaohe_store::{DEMO_MARK, DataFolder, OpenYear, Person, StoreError, create_demo};
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use crate::app::{App, Msg};
use crate::demo_folder::DemoFolder;
use crate::effect::{Effect, act, refresh};
use crate::replay::play;
use crate::settings::{self, Kept, TerminalKind};
use crate::terminal::{Event, Terminal};
use crate::text;
use crate::view::view;
use crate::world::World;

/// What the interface starts with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the years lie.
    pub data: DataFolder,
    /// Which year to open; the newest where none is named.
    pub year: Option<u16>,
    /// Who sits here.
    pub by: String,
    /// What to show first.
    pub start: Start,
    /// What the person has set.
    pub kept: Kept,
    /// Keys that are played before the person's own; whatever the person presses meanwhile ends that.
    pub keys: Vec<KeyEvent>,
    /// Where exports go unless somebody says otherwise.
    pub export_to: PathBuf,
}

/// What to show first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The year, or the start screen where there is none.
    Year,
    /// The sample year, in a temporary folder.
    Demo,
}

/// Why the interface ended early.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal fails.
    #[error("the terminal fails")]
    Terminal(#[from] io::Error),
    /// The year cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs the interface until the person leaves it. The terminal is given back whatever happens. Returns why no backup
/// was made, where one was due.
///
/// # Errors
///
/// The year cannot be opened (told before the terminal is taken), or the terminal fails.
pub fn run(options: &Options) -> Result<Option<StoreError>, RunError> {
    let mut start = options.start;
    let mut no_backup = None;
    let mut keys: VecDeque<KeyEvent> = options.keys.iter().copied().collect();
    loop {
        match start {
            Start::Year => {
                let mut before = None;
                // What it reads, the first picture would wait for.
                let begin = || before = back_up_before(options);
                let ended =
                    open(options).map_err(RunError::from).and_then(|it| session(it, &mut keys, begin));
                // Also where the year cannot be opened, what was recorded before is backed up.
                let before = before.or_else(|| back_up_before(options));
                // It failed for a reason that the one on closing meets too, or nobody needs it: then nothing is said.
                let _ = before.map(JoinHandle::join);
                let (ending, recorded_in) = ended?;
                match recorded_in {
                    Some(year) => no_backup = options.data.back_up(year, local()).err(),
                    // What a window recorded that was closed or killed; whoever only looked owes nobody a backup.
                    None => {
                        let year = options.data.pick_year(options.year);
                        drop(year.map(|it| options.data.back_up_if_recorded(it, local())));
                    }
                }
                match ending {
                    Ending::Quit => return Ok(no_backup),
                    Ending::Demo => start = Start::Demo,
                }
            }
            Start::Demo => {
                let folder = DemoFolder::new()?;
                session(demo(&folder, options)?, &mut keys, || {})?;
                // Whoever came from the start screen goes back to it.
                if options.start == Start::Demo {
                    return Ok(None);
                }
                start = Start::Year;
            }
        }
    }
}

/// Plays the keys without a terminal, and returns the last picture; [`crate::replay::text`] has its characters.
///
/// # Errors
///
/// The year cannot be opened, or the sample year not created.
pub fn dump(options: &Options, size: Size) -> Result<Buffer, StoreError> {
    match options.start {
        Start::Year => Ok(play(open(options)?, size, &options.keys)),
        Start::Demo => {
            let folder = DemoFolder::new()?;
            Ok(play(demo(&folder, options)?, size, &options.keys))
        }
    }
}

/// Opens the sample year in a folder of its own.
fn demo(folder: &DemoFolder, options: &Options) -> Result<World, StoreError> {
    let by = DEMO_MARK.to_owned();
    let person = Person { by: by.clone(), machine: by };
    let data = DataFolder::at(folder.path());
    let year = Some(create_demo(&data, person.clone(), now())?);
    let (kept, terminal) = (options.kept.clone(), TerminalKind::here());
    let (past, export_to) = (None, options.export_to.clone());
    Ok(World { data, year, past, person, now, today, local: local_at, export_to, kept, terminal })
}

fn open(options: &Options) -> Result<World, StoreError> {
    let person = Person::here(&options.by);
    let year = match options.data.pick_year(options.year) {
        Ok(year) => Some(OpenYear::open_to_look(&options.data, year, person.clone())?),
        Err(StoreError::NoYears { .. }) => None,
        Err(error) => return Err(error),
    };
    let (data, export_to) = (options.data.clone(), options.export_to.clone());
    let (kept, terminal) = (options.kept.clone(), TerminalKind::here());
    let past = None;
    Ok(World { data, year, past, person, now, today, local: local_at, export_to, kept, terminal })
}

fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

fn local_at(at: jiff::Timestamp) -> jiff::civil::DateTime {
    jiff::tz::TimeZone::system().to_datetime(at)
}

/// Returns the time on the wall.
fn local() -> jiff::civil::DateTime {
    jiff::ZonedDateTime::now().datetime()
}

/// Begins to back up what was recorded before: whoever closes the window instead of leaving makes no backup then. It
/// goes on beside the screens, and also where the year cannot be opened.
fn back_up_before(options: &Options) -> Option<JoinHandle<Result<Option<PathBuf>, StoreError>>> {
    let (data, year) = (options.data.clone(), options.year);
    // Even which time zone this is takes longer to find than the first picture takes to draw.
    let back_up = move || match data.pick_year(year) {
        Ok(year) => data.back_up_left(year, now(), local()),
        Err(_) => Ok(None),
    };
    thread::Builder::new().name("backup".to_owned()).spawn(back_up).ok()
}

enum Ending {
    Quit,
    Demo,
}

/// Shows the first picture, begins what goes on beside the screens, plays the keys, and then takes the person's. Also
/// returns which year something was recorded in, if any.
fn session(
    world: World,
    keys: &mut VecDeque<KeyEvent>,
    begin: impl FnOnce(),
) -> Result<(Ending, Option<u16>), RunError> {
    let has_mouse = |it: &World| it.kept.settings.mouse == settings::Mouse::On;
    let mut terminal = Terminal::enter(text::SUSPENDED, has_mouse(&world))?;
    let size = terminal.size()?;
    let mut app = App::new(world, size);
    let mut begin = Some(begin);
    loop {
        terminal.set_mouse(has_mouse(&app.world))?;
        terminal.draw(|frame| view(&app, frame))?;
        app.shown();
        if let Some(begin) = begin.take() {
            begin();
            let size = terminal.listen()?;
            if size != app.size {
                app.update(Msg::Resize(size));
                continue;
            }
        }
        let events = next_events(&mut terminal, &app, keys)?;
        let generation = app.generation();
        // What is decided now is decided on what everybody has written so far.
        refresh(&mut app);
        for event in events {
            let is_stale = app.generation() != generation;
            if is_stale && !matches!(event, Event::Resize { .. }) {
                continue;
            }
            let msg = match event {
                Event::Key(key) => Msg::Key(key),
                Event::Paste(text) => Msg::Paste(text),
                Event::Mouse(mouse) => Msg::Mouse(mouse),
                Event::Resize { width, height } => Msg::Resize(Size { width, height }),
            };
            let mut next = app.update(msg);
            while let Some(effect) = next.take() {
                match effect {
                    Effect::Quit => return Ok((Ending::Quit, recorded_in(&app.world))),
                    Effect::Demo => return Ok((Ending::Demo, recorded_in(&app.world))),
                    Effect::Suspend if terminal.suspend() => {}
                    Effect::Suspend => next = app.update(Msg::NoShell),
                    effect => {
                        if effect == Effect::Redraw {
                            terminal.redraw()?;
                        }
                        next = act(&mut app.world, effect).and_then(|msg| app.update(msg));
                    }
                }
            }
        }
        if let Some(msg) = app.work().and_then(|it| act(&mut app.world, it)) {
            app.update(msg);
        }
    }
}

/// How often to look whether somebody else has written.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How long a played key's picture stays.
const PLAY_EVERY: Duration = Duration::from_millis(400);

/// Waits for events; returns none where others have written meanwhile. While keys are played each is an event, until
/// the person does something.
fn next_events(terminal: &mut Terminal, app: &App, keys: &mut VecDeque<KeyEvent>) -> io::Result<Vec<Event>> {
    loop {
        let is_at_work = app.work().is_some();
        let wait = match keys.is_empty() {
            _ if is_at_work => Duration::ZERO,
            true => LOOK_EVERY,
            false => PLAY_EVERY,
        };
        let events = terminal.batch(wait, app.is_typing())?;
        if events.iter().any(|it| !matches!(it, Event::Resize { .. })) {
            keys.clear();
        }
        if events.is_empty()
            && !is_at_work
            && let Some(key) = keys.pop_front()
        {
            return Ok(vec![Event::Key(key)]);
        }
        let has_news = || app.world.year.as_ref().is_some_and(OpenYear::may_have_news);
        if !events.is_empty() || is_at_work || has_news() {
            return Ok(events);
        }
    }
}

fn recorded_in(world: &World) -> Option<u16> {
    world.year.as_ref().filter(|it| it.has_recorded()).map(|it| it.year().year)
}

//! The loop: events in, frames out. It sleeps while nobody presses a key, and looks once a second whether somebody
//! else has written.

use std::io;
use std::time::Duration;

use kaohe_store::{DEMO_MARK, DataFolder, OpenYear, Person, StoreError, create_demo};

use crate::app::{App, Msg};
use crate::demo_folder::DemoFolder;
use crate::effect::{Effect, act, refresh};
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

/// Runs the interface until the person leaves it. The terminal is given back whatever happens.
///
/// # Errors
///
/// The year cannot be opened (told before the terminal is taken), or the terminal fails.
pub fn run(options: &Options) -> Result<(), RunError> {
    let mut start = options.start;
    loop {
        match start {
            Start::Year => {
                let world = open(options)?;
                match session(world)? {
                    Ending::Quit => return Ok(()),
                    Ending::Demo => start = Start::Demo,
                }
            }
            Start::Demo => {
                let folder = DemoFolder::new()?;
                let by = DEMO_MARK.to_owned();
                let person = Person { by: by.clone(), machine: by };
                let data = DataFolder::at(folder.path());
                let year = create_demo(&data, person.clone(), now())?;
                session(World { data, year: Some(year), person, now, today })?;
                // Whoever came from the start screen goes back to it.
                if options.start == Start::Demo {
                    return Ok(());
                }
                start = Start::Year;
            }
        }
    }
}

fn open(options: &Options) -> Result<World, StoreError> {
    let person = Person::here(&options.by);
    let year = match options.data.pick_year(options.year) {
        Ok(year) => Some(OpenYear::open(&options.data, year, person.clone())?),
        Err(StoreError::NoYears { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(World { data: options.data.clone(), year, person, now, today })
}

fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

enum Ending {
    Quit,
    Demo,
}

fn session(world: World) -> Result<Ending, RunError> {
    let mut terminal = Terminal::enter()?;
    let size = terminal.size()?;
    let mut app = App::new(world, size);
    loop {
        terminal.draw(|frame| view(&app, frame))?;
        let events = next_events(&mut terminal, &app)?;
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
                Event::Resize { width, height } => Msg::Resize(ratatui::layout::Size { width, height }),
            };
            let mut next = app.update(msg);
            while let Some(effect) = next.take() {
                match effect {
                    Effect::Quit => return Ok(Ending::Quit),
                    Effect::Demo => return Ok(Ending::Demo),
                    Effect::Suspend => terminal.suspend(text::SUSPENDED)?,
                    effect => {
                        if effect == Effect::Redraw {
                            terminal.redraw()?;
                        }
                        next = act(&mut app.world, effect).and_then(|msg| app.update(msg));
                    }
                }
            }
        }
    }
}

/// How often to look whether somebody else has written.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Waits for events; returns none where others have written meanwhile.
fn next_events(terminal: &mut Terminal, app: &App) -> io::Result<Vec<Event>> {
    loop {
        let events = terminal.batch(LOOK_EVERY)?;
        let has_news = || app.world.year.as_ref().is_some_and(OpenYear::may_have_news);
        if !events.is_empty() || has_news() {
            return Ok(events);
        }
    }
}

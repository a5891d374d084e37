//! The terminal: taking it over, drawing whole frames, reading keys, giving it back.
//!
//! It is given back however the program ends: by leaving, a panic, a signal, or because the
//! window was closed; and for a while where the program is stopped. Whatever the person did is on disk by then, for a key is recorded before
//! its effect shows, so ending at once loses nothing.

use std::cell::RefCell;
use std::io::{self, IsTerminal as _, Write};
use std::rc::Rc;
use std::sync::Once;
use std::time::{Duration, Instant};

use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use crossterm::{event, queue};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;

use self::events::translate;
pub use self::events::{Event, Mouse, MouseKind, fold_key};
pub use self::measure::measure;

mod events;
mod holder;
mod measure;
mod pasted;
#[cfg_attr(unix, path = "terminal/unix.rs")]
#[cfg_attr(not(unix), path = "terminal/other.rs")]
mod system;

/// Most events taken before a frame is drawn, so that an endless stream still shows something.
const MAX_BATCH: usize = 4096;

/// Tells whether a person sits at the other end: both input and output are a terminal.
#[must_use]
pub fn is_tty() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Returns the size of the window in cells.
///
/// # Errors
///
/// There is no terminal.
pub fn size() -> io::Result<Size> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(Size { width, height })
}

/// Returns how many colours the terminal says it has; [`u16::MAX`] for all that there are.
#[must_use]
pub fn colours() -> u16 {
    crossterm::style::available_color_count()
}

/// The terminal while the program has it; dropping it gives it back.
#[derive(Debug)]
pub struct Terminal {
    screen: ratatui::Terminal<CrosstermBackend<FrameBytes>>,
    frame: FrameBytes,
}

impl Terminal {
    /// Takes the terminal over. A panic, a signal and a closed window are seen to from here on.
    ///
    /// `has_mouse` says whether the mouse acts. `farewell` stands in the shell while that has the terminal for a while ([`Terminal::suspend`]).
    pub fn enter(farewell: &'static str, has_mouse: bool) -> io::Result<Terminal> {
        static WATCH: Once = Once::new();
        WATCH.call_once(|| {
            holder::set_farewell(farewell);
            holder::restore_on_panic();
            system::watch();
        });
        holder::set_mouse(has_mouse)?;
        holder::take()?;
        let frame = FrameBytes::default();
        let screen = blank_screen(&frame).inspect_err(|_| holder::restore())?;
        Ok(Terminal { screen, frame })
    }

    /// Lets the mouse act, or leaves it to the terminal, which then marks text with it.
    pub fn set_mouse(&mut self, is_ours: bool) -> io::Result<()> {
        holder::set_mouse(is_ours)
    }

    /// Begins to listen for events, which takes as long as a first picture; returns the size that the window has then,
    /// for a change before that goes unheard.
    pub fn listen(&self) -> io::Result<Size> {
        event::poll(Duration::ZERO)?;
        self.size()
    }

    /// Returns the size of the window in cells.
    pub fn size(&self) -> io::Result<Size> {
        self.screen.size()
    }

    /// Draws a frame and sends what changed in one write.
    ///
    /// The cursor shows only where `view` sets it.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if holder::was_emptied() {
            self.screen = blank_screen(&self.frame)?;
        }
        queue!(self.frame, BeginSynchronizedUpdate)?;
        self.screen.draw(view)?;
        queue!(self.frame, EndSynchronizedUpdate)?;
        self.frame.send()
    }

    /// Waits for the next event, at most for `timeout`; without one, as long as it takes.
    pub fn next(&mut self, timeout: Option<Duration>) -> io::Result<Option<Event>> {
        let deadline = timeout.map(|it| Instant::now() + it);
        loop {
            if !is_pending()?
                && let Some(deadline) = deadline
                && !event::poll(deadline.saturating_duration_since(Instant::now()))?
            {
                return Ok(None);
            }
            if let Some(event) = translate(event::read()?) {
                return Ok(Some(event));
            }
        }
    }

    /// Waits for an event, at most for `timeout`, and returns it with all that are pending, so that a held key costs one
    /// frame for all its repeats and a dragged window edge one for all its sizes. Nothing where none came.
    ///
    /// `is_text` says whether keys are text now: then a paste that arrives as keys is one, where the system has them so.
    pub fn batch(&mut self, timeout: Duration, is_text: bool) -> io::Result<Vec<Event>> {
        let Some(first) = self.next(Some(timeout))? else { return Ok(Vec::new()) };
        let has_pastes_as_keys = is_text && system::PASTES_ARE_KEYS;
        let pause = if has_pastes_as_keys { pasted::PAUSE } else { Duration::ZERO };
        let mut events = vec![first];
        while events.len() < MAX_BATCH
            && let Some(event) = self.next(Some(pause))?
        {
            let is_resize = |it: &Event| matches!(it, Event::Resize { .. });
            if is_resize(&event) && events.last().is_some_and(is_resize) {
                events.pop();
            }
            events.push(event);
        }
        Ok(if has_pastes_as_keys { pasted::joined(events) } else { events })
    }

    /// Makes the next frame be sent whole, over whatever another program has left on the screen.
    pub fn redraw(&mut self) -> io::Result<()> {
        self.screen = blank_screen(&self.frame)?;
        queue!(self.frame, Clear(ClearType::All))?;
        Ok(())
    }

    /// Gives the terminal back and stops the program until the shell continues it. The same happens by itself where
    /// another process asks for it (SIGTSTP).
    ///
    /// Afterwards comes an [`Event::Resize`] with the size that the window has then, and the next frame is sent whole.
    ///
    /// Where there is no shell to go back to, nothing happens; says whether there is one.
    pub fn suspend(&mut self) -> bool {
        let has_jobs = system::has_jobs();
        if has_jobs {
            holder::lend_until_back(system::stop_job);
        }
        has_jobs
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        holder::restore();
    }
}

fn is_pending() -> io::Result<bool> {
    Ok(event::poll(Duration::ZERO)? || system::wake_for_rest() && event::poll(Duration::ZERO)?)
}

/// Returns a screen of which ratatui knows nothing. Its own `clear` asks the terminal where the cursor is and waits for
/// the answer.
fn blank_screen(frame: &FrameBytes) -> io::Result<ratatui::Terminal<CrosstermBackend<FrameBytes>>> {
    ratatui::Terminal::new(CrosstermBackend::new(frame.clone()))
}

/// Collects a frame. Flushing does nothing, for ratatui flushes several times a frame.
#[derive(Clone, Debug, Default)]
struct FrameBytes(Rc<RefCell<Vec<u8>>>);

impl FrameBytes {
    fn send(&self) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        let sent = holder::send_frame(&bytes);
        bytes.clear();
        sent
    }
}

impl Write for FrameBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frame_is_kept_until_it_is_sent() {
        let frame = FrameBytes::default();
        let mut writer = frame.clone();
        writer.write_all("扣".as_bytes()).unwrap();
        writer.flush().unwrap();
        assert_eq!(*frame.0.borrow(), "扣".as_bytes());
    }
}

//! The terminal: taking it over, drawing whole frames, reading keys, giving it back.
//!
//! It is given back however the program ends: by leaving, a panic, a signal, or because the
//! window was closed. Whatever the person did is on disk by then, for a key is recorded before
//! its effect shows, so ending at once loses nothing.

use std::cell::RefCell;
use std::io::{self, IsTerminal as _, Write};
use std::panic;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, queue};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;

use self::events::translate;
pub use self::events::{Event, fold_key};

mod events;
#[cfg_attr(unix, path = "terminal/unix.rs")]
#[cfg_attr(not(unix), path = "terminal/other.rs")]
mod system;

/// Most events taken before a frame is drawn, so that an endless stream still shows something.
const MAX_BATCH: usize = 4096;

/// Whether the terminal is ours and has to be given back.
static IS_OURS: AtomicBool = AtomicBool::new(false);

/// Held while writing to the terminal, so that nothing follows what gives it back.
static OUTPUT: Mutex<()> = Mutex::new(());

/// Tells whether a person sits at the other end: both input and output are a terminal.
#[must_use]
pub fn is_tty() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The terminal while the program has it; dropping it gives it back.
#[derive(Debug)]
pub struct Terminal {
    screen: ratatui::Terminal<CrosstermBackend<FrameBytes>>,
    frame: FrameBytes,
}

impl Terminal {
    /// Takes the terminal over. A panic, a signal and a closed window are seen to from here on.
    pub fn enter() -> io::Result<Terminal> {
        static WATCH: Once = Once::new();
        WATCH.call_once(|| {
            restore_on_panic();
            system::watch();
        });
        take()?;
        // crossterm begins to listen at the first look for events; a resize before that would go unheard.
        event::poll(Duration::ZERO).inspect_err(|_| restore())?;
        let frame = FrameBytes::default();
        let screen = blank_screen(&frame).inspect_err(|_| restore())?;
        Ok(Terminal { screen, frame })
    }

    /// Returns the size of the window in cells.
    pub fn size(&self) -> io::Result<Size> {
        self.screen.size()
    }

    /// Draws a frame and sends what changed in one write.
    ///
    /// The cursor shows only where `view` sets it.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
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
    pub fn batch(&mut self, timeout: Duration) -> io::Result<Vec<Event>> {
        let Some(first) = self.next(Some(timeout))? else { return Ok(Vec::new()) };
        let mut events = vec![first];
        while events.len() < MAX_BATCH
            && let Some(event) = self.next(Some(Duration::ZERO))?
        {
            let is_resize = |it: &Event| matches!(it, Event::Resize { .. });
            if is_resize(&event) && events.last().is_some_and(is_resize) {
                events.pop();
            }
            events.push(event);
        }
        Ok(events)
    }

    /// Makes the next frame be sent whole, over whatever another program has left on the screen.
    pub fn redraw(&mut self) -> io::Result<()> {
        // Not `clear`, which asks the terminal where the cursor is and waits for the answer.
        self.screen = blank_screen(&self.frame)?;
        queue!(self.frame, Clear(ClearType::All))?;
        Ok(())
    }

    /// Gives the terminal back and stops the program until the shell continues it.
    ///
    /// Draw a frame afterwards; it is sent whole. Where there are no jobs, nothing happens.
    ///
    /// `farewell` stands in the shell meanwhile.
    pub fn suspend(&mut self, farewell: &str) -> io::Result<()> {
        if !cfg!(unix) {
            return Ok(());
        }
        restore();
        send(farewell.as_bytes())?;
        system::stop_job();
        take()?;
        // Not `clear`, which asks the terminal where the cursor is and waits for the answer.
        self.screen = blank_screen(&self.frame)?;
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

fn is_pending() -> io::Result<bool> {
    Ok(event::poll(Duration::ZERO)? || system::wake_for_rest() && event::poll(Duration::ZERO)?)
}

fn blank_screen(frame: &FrameBytes) -> io::Result<ratatui::Terminal<CrosstermBackend<FrameBytes>>> {
    ratatui::Terminal::new(CrosstermBackend::new(frame.clone()))
}

/// Collects a frame. Flushing does nothing, for ratatui flushes several times a frame.
#[derive(Clone, Debug, Default)]
struct FrameBytes(Rc<RefCell<Vec<u8>>>);

impl FrameBytes {
    fn send(&self) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        let _lock = lock_output();
        let sent = send(&bytes);
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

fn send(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

fn lock_output() -> MutexGuard<'static, ()> {
    OUTPUT.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take() -> io::Result<()> {
    let _lock = lock_output();
    enable_raw_mode()?;
    IS_OURS.store(true, Ordering::SeqCst);
    let mut bytes = Vec::new();
    // A program that was killed may have left its last screen there.
    queue!(bytes, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, cursor::Hide)?;
    send(&bytes)
}

/// Gives the terminal back if it is ours. Errors have nowhere to go: it may be gone.
fn restore() {
    let _lock = lock_output();
    restore_locked();
}

fn restore_locked() {
    if !IS_OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    let _written =
        queue!(bytes, EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _sent = send(&bytes);
    let _raw_mode = disable_raw_mode();
}

/// Gives the terminal back at an end that cannot wait, and keeps the output locked, if possible.
///
/// A write to a stalled terminal may never end and holds the lock meanwhile. Then nothing can be
/// written here either, but keys show again.
fn restore_at_once() -> Option<MutexGuard<'static, ()>> {
    let deadline = Instant::now() + Duration::from_millis(200);
    loop {
        match OUTPUT.try_lock() {
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => {
                let _raw_mode = disable_raw_mode();
                return None;
            }
            Ok(lock) => {
                restore_locked();
                return Some(lock);
            }
            Err(TryLockError::Poisoned(lock)) => {
                restore_locked();
                return Some(lock.into_inner());
            }
        }
    }
}

fn restore_on_panic() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        drop(restore_at_once());
        report(info);
    }));
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

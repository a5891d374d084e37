//! Who has the terminal: the program, the shell for a while, or whoever started the program. One lock stands before all
//! writing, so that nothing follows what gives the terminal back.

use std::cell::Cell;
use std::io::{self, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
#[cfg(windows)]
use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, queue};

/// Who has the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// Whoever started the program: it has not begun yet, or has given the terminal back.
    Others,
    /// The program.
    Us,
    /// The shell, until it continues the program.
    Shell,
}

/// Who has it; held while writing.
static HOLDER: Mutex<Holder> = Mutex::new(Holder::Others);

/// Told when the shell has given the terminal back.
static BACK: Condvar = Condvar::new();

/// Whether the screen is empty since it was taken anew: the next frame has to be sent whole.
static IS_EMPTY: AtomicBool = AtomicBool::new(false);

/// Whether the mouse is ours.
static HAS_MOUSE: AtomicBool = AtomicBool::new(false);

/// What stands in the shell meanwhile.
static FAREWELL: OnceLock<&'static str> = OnceLock::new();

thread_local! {
    /// Whether this thread is the one that took the terminal.
    static IS_TAKER: Cell<bool> = const { Cell::new(false) };
}

/// Whoever has this is the only one who writes to the terminal.
pub(super) type Hold = MutexGuard<'static, Holder>;

/// Sets what stands in the shell while it has the terminal.
pub(super) fn set_farewell(farewell: &'static str) {
    let _is_first = FAREWELL.set(farewell);
}

/// Takes the terminal for this thread.
pub(super) fn take() -> io::Result<()> {
    IS_TAKER.set(true);
    take_held(&mut hold())
}

/// Takes the mouse, or leaves it to the terminal.
pub(super) fn set_mouse(is_ours: bool) -> io::Result<()> {
    let holder = hold();
    if HAS_MOUSE.swap(is_ours, Ordering::SeqCst) == is_ours || *holder != Holder::Us {
        return Ok(());
    }
    let mut bytes = Vec::new();
    queue_mouse(&mut bytes, is_ours)?;
    send(&bytes)
}

/// Asks for presses, drags and the wheel, or for none of it. Mere motion is not asked for, where the terminal lets
/// one choose: it would wake the program at every move.
#[cfg(not(windows))]
fn queue_mouse(bytes: &mut Vec<u8>, is_ours: bool) -> io::Result<()> {
    let end = if is_ours { 'h' } else { 'l' };
    write!(bytes, "\x1b[?1000{end}\x1b[?1002{end}\x1b[?1006{end}")
}

#[cfg(windows)]
fn queue_mouse(bytes: &mut Vec<u8>, is_ours: bool) -> io::Result<()> {
    if is_ours { queue!(bytes, EnableMouseCapture) } else { queue!(bytes, DisableMouseCapture) }
}

/// Writes a frame. Where the terminal is not ours it is dropped: what was taken anew is drawn whole.
pub(super) fn send_frame(bytes: &[u8]) -> io::Result<()> {
    let holder = hold();
    if *holder == Holder::Us { send(bytes) } else { Ok(()) }
}

/// Tells once, whether the screen has been emptied since the last time that this was asked.
pub(super) fn was_emptied() -> bool {
    IS_EMPTY.swap(false, Ordering::SeqCst)
}

/// Gives the terminal back if it is ours. Errors have nowhere to go: it may be gone.
pub(super) fn restore() {
    restore_held(&mut hold());
}

/// Gives the terminal back at an end that cannot wait, and keeps the output locked, if possible.
pub(super) fn restore_at_once() -> Option<Hold> {
    let mut holder = hold_at_once();
    match &mut holder {
        Some(holder) => restore_held(holder),
        // Nothing can be written then, but keys show again.
        None => drop(disable_raw_mode()),
    }
    holder
}

/// Leaves the terminal to the shell for a while, and keeps the output locked, if possible.
#[cfg(unix)]
pub(super) fn lend() -> Option<Hold> {
    let mut holder = hold_at_once();
    match &mut holder {
        Some(holder) => lend_held(holder),
        None => drop(disable_raw_mode()),
    }
    holder
}

/// Leaves the terminal to the shell, as `stop` brings the shell to the fore; returns when it is ours again.
pub(super) fn lend_until_back(stop: impl FnOnce() -> bool) {
    let mut holder = hold();
    lend_held(&mut holder);
    if !stop() {
        return come_back(Some(holder));
    }
    let is_lent = |holder: &mut Holder| *holder == Holder::Shell;
    drop(BACK.wait_while(holder, is_lent).unwrap_or_else(PoisonError::into_inner));
}

/// Takes the terminal anew from the shell. Whatever was lent, or stopped without a word, is as the program had it.
pub(super) fn come_back(holder: Option<Hold>) {
    let mut holder = holder.unwrap_or_else(hold);
    if *holder == Holder::Others {
        return;
    }
    // Where we were stopped without a word, the shell has set modes of its own, unknown to crossterm.
    let _raw_mode = disable_raw_mode();
    // A terminal that is gone is seen to elsewhere.
    let _taken = take_held(&mut holder);
    IS_EMPTY.store(true, Ordering::SeqCst);
    BACK.notify_all();
}

/// Gives the terminal back before a panic of the thread that has it is told. Where another thread breaks, the screens
/// go on, and have to be seen.
pub(super) fn restore_on_panic() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if IS_TAKER.get() {
            drop(restore_at_once());
        }
        report(info);
    }));
}

fn take_held(holder: &mut Holder) -> io::Result<()> {
    enable_raw_mode()?;
    *holder = Holder::Us;
    let mut bytes = Vec::new();
    // A program that was killed may have left its last screen there.
    queue!(bytes, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, cursor::Hide)?;
    if HAS_MOUSE.load(Ordering::SeqCst) {
        queue_mouse(&mut bytes, true)?;
    }
    send(&bytes)
}

fn restore_held(holder: &mut Holder) {
    if std::mem::replace(holder, Holder::Others) != Holder::Us {
        return;
    }
    let mut bytes = Vec::new();
    if HAS_MOUSE.load(Ordering::SeqCst) {
        let _written = queue_mouse(&mut bytes, false);
    }
    let _written =
        queue!(bytes, EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _sent = send(&bytes);
    let _raw_mode = disable_raw_mode();
}

fn lend_held(holder: &mut Holder) {
    if *holder != Holder::Us {
        return;
    }
    restore_held(holder);
    *holder = Holder::Shell;
    let _sent = send(FAREWELL.get().copied().unwrap_or_default().as_bytes());
}

fn hold() -> Hold {
    HOLDER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks the output unless that takes long: a write to a stalled terminal may never end and holds the lock meanwhile.
fn hold_at_once() -> Option<Hold> {
    let deadline = Instant::now() + Duration::from_millis(200);
    loop {
        match HOLDER.try_lock() {
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => return None,
            Ok(holder) => return Some(holder),
            Err(TryLockError::Poisoned(holder)) => return Some(holder.into_inner()),
        }
    }
}

fn send(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

//! What the terminal needs of a Unix system.
//!
//! Two threads end the program when nobody is there any more, and one of them lends the terminal to the shell. They
//! sleep until then.

use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::holder::{self, Hold};

/// Whether signals are attended to.
static IS_ATTENDED: AtomicBool = AtomicBool::new(false);

/// Terminals say where a paste begins and ends (bracketed paste).
pub(super) const PASTES_ARE_KEYS: bool = false;

/// Watches for signals and for the end of the window.
pub(super) fn watch() {
    // Without threads the program still works; it only ends less well.
    let name = |it: &str| thread::Builder::new().name(it.to_owned());
    if let Ok(signals) = Signals::new([SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGCONT]) {
        let thread = name("signals").spawn(|| attend(signals));
        IS_ATTENDED.store(thread.is_ok(), Ordering::SeqCst);
    }
    if io::stdin().is_terminal() {
        let _thread = name("hang-up").spawn(|| {
            wait_for_hang_up();
            end(SIGHUP, None);
        });
    }
}

/// Does what signals ask for, one after the other.
fn attend(mut signals: Signals) {
    // While the shell has the terminal the output stays locked, so that no frame comes between.
    let mut lent: Option<Hold> = None;
    for signal in signals.forever() {
        match signal {
            SIGTSTP if has_jobs() => {
                lent = lent.or_else(holder::lend);
                // Our handler stands in the place of the default one, which would have stopped us.
                let _stopped = low_level::emulate_default_handler(SIGTSTP);
            }
            // Without a shell that could continue it, a program is not stopped elsewhere either.
            SIGTSTP => {}
            SIGCONT => {
                holder::come_back(lent.take());
                // The window may have another size by now, and whoever waits for keys has to draw.
                let _raised = low_level::raise(SIGWINCH);
            }
            signal => end(signal, lent),
        }
    }
}

/// Returns when the window is gone.
///
/// SIGHUP says so too, unless it was ignored when the program started. Reading keys would
/// then spin without end (crossterm issue 793).
fn wait_for_hang_up() {
    let stdin = io::stdin();
    loop {
        // Asked for nothing, poll returns for hang-up and errors alone.
        let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut fds, None) {
            Ok(_) if !fds[0].revents().is_empty() => return,
            Ok(_) | Err(Errno::INTR | Errno::AGAIN) => {}
            // Then nothing can be watched, which is no reason to end.
            Err(_) => thread::park(),
        }
    }
}

/// Ends the program; `lent` is the output's lock where the terminal is given back already.
fn end(signal: i32, lent: Option<Hold>) -> ! {
    // Stays locked, so that no frame follows before the program is gone.
    let _lock = lent.or_else(holder::restore_at_once);
    low_level::exit(128 + signal)
}

/// Says whether a shell started the program as one of its jobs, and can continue it.
///
/// A program that has its window to itself leads its session, or is in the group of the one that does.
pub(super) fn has_jobs() -> bool {
    IS_ATTENDED.load(Ordering::SeqCst) && getsid(None).is_ok_and(|it| it != getpgrp())
}

/// Asks for the job to be stopped, with a script around us, if there is one; says whether that worked.
pub(super) fn stop_job() -> bool {
    kill_current_process_group(Signal::TSTP).is_ok()
}

/// Makes crossterm notice keys that it left in the system's buffer, and tells whether there are any.
///
/// It reads 1024 bytes at a time and is told of new ones only, so the rest of a long burst, such as
/// a paste into a terminal without bracketed paste, would wait for the next key (crossterm pull
/// request 1057). Setting the terminal's modes, even to what they are, makes the system tell again.
pub(super) fn wake_for_rest() -> bool {
    let stdin = io::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    let is_pending = poll(&mut fds, Some(&Timespec::default())).is_ok_and(|it| it > 0);
    is_pending && tcgetattr(&stdin).and_then(|it| tcsetattr(&stdin, OptionalActions::Now, &it)).is_ok()
}

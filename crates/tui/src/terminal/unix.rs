//! What the terminal needs of a Unix system.
//!
//! Two threads end the program when nobody is there any more. They sleep until then.

use std::io::{self, IsTerminal as _};
use std::thread;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, kill_current_process_group};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

/// Watches for signals and for the end of the window.
pub(super) fn watch() {
    // Without threads the program still works; it only ends less well.
    let name = |it: &str| thread::Builder::new().name(it.to_owned());
    if let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) {
        let _thread = name("signals").spawn(move || {
            if let Some(signal) = signals.forever().next() {
                end(signal);
            }
        });
    }
    if io::stdin().is_terminal() {
        let _thread = name("hang-up").spawn(|| {
            wait_for_hang_up();
            end(SIGHUP);
        });
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

fn end(signal: i32) -> ! {
    // Stays locked, so that no frame follows before the program is gone.
    let _lock = super::restore_at_once();
    low_level::exit(128 + signal)
}

/// Stops the job as Ctrl-Z does elsewhere: with a script around it, if there is one.
pub(super) fn stop_job() {
    let _sent = kill_current_process_group(Signal::TSTP);
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

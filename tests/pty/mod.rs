//! The real binary in a pseudo-terminal: keys in, the screen out, waiting for text and never for time.

#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its part, and a test may unwrap")]

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a text may take to appear on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// A terminal with the program in it.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    shared: Arc<(Mutex<Shown>, Condvar)>,
}

struct Shown {
    parser: vt100::Parser,
    is_closed: bool,
}

impl Terminal {
    /// Starts the program with these arguments on this data folder.
    pub fn start(data: &Path, arguments: &[&str]) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kaohe"));
        command.args(arguments);
        Terminal::run(command, data)
    }

    /// Starts a shell command, with the program as `$KAOHE`.
    pub fn shell(data: &Path, script: &str) -> Terminal {
        Terminal::run(shell_command(script), data)
    }

    fn run(command: CommandBuilder, data: &Path) -> Terminal {
        let (master, child) = spawn(command, data);
        let shown = Shown { parser: vt100::Parser::new(cells(24), cells(80), 0), is_closed: false };
        let shared = Arc::new((Mutex::new(shown), Condvar::new()));
        let mut reader = master.try_clone_reader().unwrap();
        let writer = master.take_writer().unwrap();
        let fill = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            let mut pending = Vec::new();
            loop {
                let n = reader.read(&mut bytes).unwrap_or(0);
                pending.extend_from_slice(&bytes[..n]);
                let (shown, changed) = &*fill;
                let mut shown = shown.lock().unwrap();
                let n_whole = whole_frames(&pending);
                shown.parser.process(&pending[..n_whole]);
                pending.drain(..n_whole);
                shown.is_closed = n == 0;
                changed.notify_all();
                if n == 0 {
                    return;
                }
            }
        });
        Terminal { master, writer, child, shared }
    }

    /// Types these bytes.
    pub fn send(&mut self, keys: &str) {
        // A program that has just ended takes no keys; the test sees that at its next wait.
        let _ = self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush());
    }

    /// Returns the screen as text.
    pub fn screen(&self) -> String {
        self.shared.0.lock().unwrap().parser.screen().contents()
    }

    /// Waits until the screen holds this text; then returns the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        self.wait_until(&format!("{text:?} on the screen"), |shown| {
            shown.parser.screen().contents().contains(text)
        })
    }

    /// Waits until the screen holds all of these texts.
    #[track_caller]
    pub fn wait_for_all(&self, texts: &[&str]) {
        self.wait_until(&format!("{texts:?} on the screen"), |shown| {
            let screen = shown.parser.screen().contents();
            texts.iter().all(|it| screen.contains(it))
        });
    }

    /// Waits until the screen is another one.
    #[track_caller]
    pub fn wait_for_other_than(&self, before: &str) {
        self.wait_until("other screen", |shown| shown.parser.screen().contents() != before);
    }

    /// Says whether the program hears of the mouse.
    pub fn has_mouse(&self) -> bool {
        self.shared.0.lock().unwrap().parser.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    }

    /// Presses the left button where this text stands, so many cells behind its beginning, and lets it go.
    #[track_caller]
    pub fn click(&mut self, text: &str, behind: u16) {
        let at = {
            let shown = self.shared.0.lock().unwrap();
            let screen = shown.parser.screen();
            let (n_rows, n_columns) = (screen.size().0.get(), screen.size().1.get());
            let begins = |y, x| screen.contents_between(y, x, y, n_columns).starts_with(text);
            (0..n_rows).flat_map(|y| (0..n_columns).map(move |x| (y, x))).find(|it| begins(it.0, it.1))
        };
        let (y, x) = at.unwrap_or_else(|| panic!("no {text:?} on the screen\n{}", self.screen()));
        // The terminal counts from one.
        let (x, y) = (x + behind + 1, y + 1);
        self.send(&format!("\u{1b}[<0;{x};{y}M\u{1b}[<0;{x};{y}m"));
    }

    /// Turns the wheel down by one notch.
    pub fn wheel_down(&mut self) {
        self.send("\u{1b}[<65;5;8M");
    }

    #[track_caller]
    fn wait_until(&self, what: &str, is_done: impl Fn(&Shown) -> bool) -> String {
        let deadline = Instant::now() + DEADLINE;
        let (shown, changed) = &*self.shared;
        let mut shown = shown.lock().unwrap();
        loop {
            let screen = shown.parser.screen().contents();
            if is_done(&shown) {
                return screen;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !shown.is_closed, "no {what} in time; the screen is\n{screen}");
            shown = changed.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// Waits for the program's end; returns its exit code.
    #[track_caller]
    pub fn wait_for_end(&mut self) -> u32 {
        let code = end_of(&mut *self.child);
        code.unwrap_or_else(|| panic!("the program does not end; the screen is\n{}", self.screen()))
    }

    /// Kills the program at once, as a power cut would.
    pub fn kill(&mut self) {
        self.signal("KILL");
        self.child.wait().unwrap();
    }

    /// Sends a signal to the program.
    pub fn signal(&self, name: &str) {
        signal(name, self.child.process_id().expect("the program runs"));
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.shared.0.lock().unwrap().parser.screen_mut().set_size(cells(rows), cells(cols));
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap();
    }

    /// Waits until the screen holds this text, and the terminal is as a shell needs it; then returns the screen.
    #[track_caller]
    pub fn wait_for_in_shell(&self, text: &str) -> String {
        self.wait_until(&format!("{text:?} in a restored terminal"), |shown| {
            is_restored(&shown.parser) && shown.parser.screen().contents().contains(text)
        })
    }

    /// Says whether the terminal is as a shell needs it: the main screen, and the cursor to be seen.
    #[track_caller]
    pub fn wait_until_restored(&self) {
        self.wait_for_in_shell("");
    }
}

/// Sends a signal to the process of this number.
pub fn signal(name: &str, id: u32) {
    let kill = format!("kill -s {name} {id}");
    let status = std::process::Command::new("sh").args(["-c", &kill]).status().unwrap();
    assert!(status.success());
}

/// Waits for a process to end; returns its exit code, none where it does not end.
pub fn end_of(child: &mut (dyn Child + Send + Sync)) -> Option<u32> {
    let deadline = Instant::now() + DEADLINE;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status.exit_code());
        }
        std::thread::yield_now();
    }
    None
}

fn shell_command(script: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script]);
    command.env("KAOHE", env!("CARGO_BIN_EXE_kaohe"));
    command
}

/// Returns how many of these bytes a terminal would show by now: a frame that has begun shows when it has ended.
fn whole_frames(bytes: &[u8]) -> usize {
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|it| it == mark);
    match (last(b"\x1b[?2026h"), last(b"\x1b[?2026l")) {
        (Some(begin), end) if end.is_none_or(|end| end < begin) => begin,
        _ => bytes.len(),
    }
}

fn spawn(
    mut command: CommandBuilder,
    data: &Path,
) -> (Box<dyn MasterPty + Send>, Box<dyn Child + Send + Sync>) {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    command.env("KAOHE_DATA", data);
    command.env("KAOHE_BY", "张三");
    // Whoever runs the tests has settings of their own, and keeps them.
    command.env("KAOHE_SETTINGS", data.with_file_name("settings.ron"));
    command.env("TERM", "xterm-256color");
    command.cwd(data.parent().unwrap());
    let child = pair.slave.spawn_command(command).unwrap();
    (pair.master, child)
}

/// Starts a shell command as [`Terminal::shell`] does, types each of these keys once the text before it shows, and
/// closes the terminal once the last text does.
pub fn closed_after(data: &Path, script: &str, steps: &[(&str, &str)]) -> Box<dyn Child + Send + Sync> {
    let (master, child) = spawn(shell_command(script), data);
    let mut reader = master.try_clone_reader().unwrap();
    let mut writer = master.take_writer().unwrap();
    let mut parser = vt100::Parser::new(cells(24), cells(80), 0);
    for (keys, text) in steps {
        writer.write_all(keys.as_bytes()).unwrap();
        while !parser.screen().contents().contains(text) {
            let mut bytes = [0; 8192];
            let n = reader.read(&mut bytes).unwrap();
            assert!(n > 0, "the program ended early; the screen is\n{}", parser.screen().contents());
            parser.process(&bytes[..n]);
        }
    }
    child
}

/// The main screen, a cursor that can be seen, and keys, pastes and the mouse as a shell knows them.
fn is_restored(parser: &vt100::Parser) -> bool {
    let screen = parser.screen();
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && !screen.application_cursor()
        && !screen.application_keypad()
        && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
}

fn cells(n: u16) -> NonZero<u16> {
    NonZero::new(n).expect("a terminal has a size")
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

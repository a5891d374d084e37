//! The screens in a pseudo-terminal, killed in the middle of many keys.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::desk::Desk;
use super::random::Random;

/// How long the program may take to show itself on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);
/// Each round has a unit of its own, so that no indicator runs out of points: this many rounds a year.
pub(super) const N_UNITS: u32 = 12;
/// How often the key is pressed that takes a tenth of a point.
const N_KEYS: usize = 60;
/// The end of a frame.
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// What the program has written, up to the last whole frame of it.
type Shown = Arc<(Mutex<State>, Condvar)>;

#[derive(Default)]
struct State {
    bytes: Vec<u8>,
    is_closed: bool,
}

/// Kills the screens this many times; returns figures.
pub(super) fn run(program: &Path, n_kills: u32, random: &mut Random) -> Result<Vec<String>, String> {
    let (mut n_done, mut n_shown, mut n_recorded) = (0, 0, 0);
    while n_done < n_kills {
        let desk = Desk::with_year(program, &format!("screens{n_done}"))?;
        for unit_idx in 0..N_UNITS.min(n_kills - n_done) {
            let before = desk.journals()?;
            let shown = round(&desk, program, unit_idx, random)?;
            desk.check(true)?;
            let added = desk.added(&before)?.records;
            let is_asked = added.iter().all(|it| it.contains("change:Deduct("));
            if !is_asked || added.len() < shown || added.len() > N_KEYS {
                return Err(
                    desk.wrong(&format!("画面上已扣 {shown} 次，留痕里是 {} 次：{added:?}", added.len()))
                );
            }
            n_done += 1;
            n_shown += shown;
            n_recorded += added.len();
        }
        if desk.entries()?.len() != desk.added(&super::desk::Journals::new())?.records.len() {
            return Err(desk.wrong("扣分明细与留痕的条数不同"));
        }
        desk.remove()?;
    }
    Ok(vec![format!("画面上 SIGKILL {n_done} 次：显示过 {n_shown} 次扣分，全都在；留痕共 {n_recorded} 条")])
}

/// Starts the program, presses the key many times and kills it somewhere in between; returns how many deductions the
/// screen had shown.
fn round(desk: &Desk, program: &Path, unit_idx: u32, random: &mut Random) -> Result<usize, String> {
    let failed = |error: &dyn std::fmt::Display| desk.wrong(&format!("伪终端：{error}"));
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).map_err(|it| failed(&it))?;
    let mut command = CommandBuilder::new(program);
    command.env("KAOHE_DATA", desk.data());
    command.env("KAOHE_BY", "张三");
    command.env("TERM", "xterm-256color");
    command.cwd(&desk.folder);
    let mut child = pair.slave.spawn_command(command).map_err(|it| failed(&it))?;
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().map_err(|it| failed(&it))?;
    let mut keys = pair.master.take_writer().map_err(|it| failed(&it))?;
    let shown = Shown::default();
    let fill = Arc::clone(&shown);
    thread::spawn(move || {
        let mut bytes = [0; 8192];
        loop {
            let n = reader.read(&mut bytes).unwrap_or(0);
            let mut state = fill.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.bytes.extend_from_slice(bytes.get(..n).unwrap_or_default());
            state.is_closed = n == 0;
            fill.1.notify_all();
            if n == 0 {
                return;
            }
        }
    });
    let n_pressed = 1 + random.below(N_KEYS as u64) as usize;
    let result = wait_for(&shown, "[区直]").and_then(|()| {
        keys.write_all("j".repeat(unit_idx as usize).as_bytes()).map_err(|it| it.to_string())?;
        // Singly and in bunches, which the program takes together.
        for _ in 0..n_pressed {
            keys.write_all(b"1").map_err(|it| it.to_string())?;
            thread::sleep(Duration::from_micros(random.below(6000).saturating_sub(3000)));
        }
        Ok(())
    });
    // Whatever the screen shows now was said to be done.
    let screen = screen(&shown.0.lock().unwrap_or_else(PoisonError::into_inner).bytes);
    let id = child.process_id().map_or(String::new(), |it| it.to_string());
    let killed = Command::new("kill").args(["-s", "KILL", &id]).status().map_err(|it| failed(&it))?;
    child.wait().map_err(|it| failed(&it))?;
    result.map_err(|it| failed(&it))?;
    if !killed.success() {
        return Err(desk.wrong("程序自己结束了"));
    }
    Ok(n_deducted(&screen).unwrap_or(0))
}

fn wait_for(shown: &Shown, text: &str) -> Result<(), String> {
    let deadline = Instant::now() + DEADLINE;
    let mut state = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let screen = screen(&state.bytes);
        if screen.contains(text) {
            return Ok(());
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if state.is_closed || left.is_zero() {
            return Err(format!("没有等到“{text}”，画面是\n{screen}"));
        }
        state = shown.1.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// Returns the screen as text: a frame that has begun shows when it has ended.
pub(super) fn screen(bytes: &[u8]) -> String {
    let end = bytes.windows(FRAME_END.len()).rposition(|it| it == FRAME_END);
    let whole = bytes.get(..end.map_or(0, |it| it + FRAME_END.len())).unwrap_or_default();
    let mut parser = terminal();
    parser.process(whole);
    parser.screen().contents()
}

/// Returns an empty terminal of the size that the program is shown.
pub(super) fn terminal() -> vt100::Parser {
    let cells = |n| std::num::NonZero::new(n).expect("a terminal has a size");
    vt100::Parser::new(cells(24), cells(80), 0)
}

/// Returns how many tenths of a point the message on the screen says are gone; none where there is no message yet.
pub(super) fn n_deducted(screen: &str) -> Option<usize> {
    let (_, after) = screen.lines().rev().find_map(|it| it.split_once("，总分 "))?;
    let number = after.split(|it: char| !it.is_ascii_digit() && it != '.').next()?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let tenths = whole.parse::<usize>().ok()? * 10 + fraction.parse::<usize>().ok()?;
    1000_usize.checked_sub(tenths)
}

//! The screens ended in every way but by their own key: how long the program takes to be gone, whether what it had
//! shown is recorded, and whether the terminal is as it was.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::desk::Desk;
use super::random::Random;
use super::screens::{self, N_UNITS};

/// How long the program may take to be gone.
const LIMIT: Duration = Duration::from_secs(1);
/// How long it may take before it is called one that does not end at all.
const DEADLINE: Duration = Duration::from_secs(30);
/// How often the key is pressed at most that takes a tenth of a point.
const N_KEYS: u64 = 40;

/// A way to end the screens.
struct Way {
    name: &'static str,
    /// None where the window is closed.
    signal: Option<&'static str>,
    /// Whether whoever started the program has it ignore SIGHUP, as `nohup` does.
    ignores_hang_up: bool,
}

const WAYS: [Way; 5] = [
    Way { name: "关闭窗口", signal: None, ignores_hang_up: false },
    Way { name: "关闭窗口，而 SIGHUP 被忽略", signal: None, ignores_hang_up: true },
    Way { name: "SIGHUP", signal: Some("HUP"), ignores_hang_up: false },
    Way { name: "SIGTERM", signal: Some("TERM"), ignores_hang_up: false },
    Way { name: "SIGINT", signal: Some("INT"), ignores_hang_up: false },
];

/// Ends the screens this many times in each way; returns figures.
pub(super) fn run(program: &Path, n_ends: u32, random: &mut Random) -> Result<Vec<String>, String> {
    let mut told = Vec::new();
    for way in &WAYS {
        let (mut slowest, mut n_shown, mut n_recorded, mut n_done) = (Duration::ZERO, 0, 0, 0);
        while n_done < n_ends {
            let desk = Desk::with_year(program, &format!("ends{n_done}"))?;
            for unit_idx in 0..N_UNITS.min(n_ends - n_done) {
                let before = desk.journals()?;
                let (shown, took) = round(&desk, program, way, unit_idx, random)?;
                desk.check(true)?;
                let recorded = desk.added(&before)?.records.len();
                if recorded < shown {
                    return Err(
                        desk.wrong(&format!("{}：画面上已扣 {shown} 次，留痕里是 {recorded} 次", way.name))
                    );
                }
                slowest = slowest.max(took);
                n_shown += shown;
                n_recorded += recorded;
                n_done += 1;
            }
            desk.remove()?;
        }
        told.push(format!(
            "{} {n_done} 次：最慢 {} 毫秒后退出（限 {} 毫秒）；显示过 {n_shown} 次扣分，全都在，留痕共 {n_recorded} 条",
            way.name,
            slowest.as_millis(),
            LIMIT.as_millis()
        ));
    }
    Ok(told)
}

/// Starts the screens, presses keys and ends them somewhere in between; returns how many deductions were shown, and how
/// long the end took.
fn round(
    desk: &Desk,
    program: &Path,
    way: &Way,
    unit_idx: u32,
    random: &mut Random,
) -> Result<(usize, Duration), String> {
    let wrong = |error: &dyn std::fmt::Display| desk.wrong(&format!("{}：{error}", way.name));
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).map_err(|it| wrong(&it))?;
    let modes_before = modes(&*pair.master);
    let mut command = if way.ignores_hang_up {
        let mut shell = CommandBuilder::new("sh");
        shell.args(["-c", "trap '' HUP; exec \"$0\""]);
        shell.arg(program);
        shell
    } else {
        CommandBuilder::new(program)
    };
    command.env("KAOHE_DATA", desk.data());
    command.env("KAOHE_BY", "张三");
    command.env("TERM", "xterm-256color");
    command.cwd(&desk.folder);
    let mut child = pair.slave.spawn_command(command).map_err(|it| wrong(&it))?;
    drop(pair.slave);
    let mut output = pair.master.try_clone_reader().map_err(|it| wrong(&it))?;
    let mut keys = pair.master.take_writer().map_err(|it| wrong(&it))?;
    let mut bytes = Vec::new();
    let pressed = (|| {
        read_until(&mut *output, &mut bytes, "[区直]")?;
        keys.write_all("j".repeat(unit_idx as usize).as_bytes())?;
        keys.write_all(b"1")?;
        read_until(&mut *output, &mut bytes, "，总分 ")?;
        keys.write_all("1".repeat(random.below(N_KEYS) as usize).as_bytes())
    })();
    pressed.map_err(|it| wrong(&it))?;
    thread::sleep(Duration::from_micros(random.below(20_000)));

    let struck = Instant::now();
    let took = match way.signal {
        None => {
            drop((output, keys, pair.master));
            gone(&mut *child, struck).ok_or_else(|| wrong(&"没有退出"))?
        }
        Some(signal) => {
            let id = child.process_id().map_or(String::new(), |it| it.to_string());
            let sent = Command::new("kill").args(["-s", signal, &id]).status().map_err(|it| wrong(&it))?;
            if !sent.success() {
                return Err(wrong(&"程序自己结束了"));
            }
            let took = gone(&mut *child, struck).ok_or_else(|| wrong(&"没有退出"))?;
            // What was on its way when the program ended; then the terminal says that nobody is there.
            let _ = output.read_to_end(&mut bytes);
            if !is_given_back(&bytes) || modes(&*pair.master) != modes_before {
                return Err(wrong(&"终端没有恢复原样"));
            }
            took
        }
    };
    if took > LIMIT {
        return Err(wrong(&format!("{} 毫秒后才退出", took.as_millis())));
    }
    Ok((screens::n_deducted(&screens::screen(&bytes)).unwrap_or(0), took))
}

/// Waits for the program's end; returns how long that took since it was struck.
fn gone(child: &mut dyn Child, struck: Instant) -> Option<Duration> {
    while struck.elapsed() < DEADLINE {
        if child.try_wait().ok()?.is_some() {
            return Some(struck.elapsed());
        }
        thread::sleep(Duration::from_micros(200));
    }
    // It is our own child.
    let _ = child.kill();
    None
}

/// Reads until a whole frame shows this text.
fn read_until(output: &mut dyn Read, bytes: &mut Vec<u8>, text: &str) -> std::io::Result<()> {
    let mut more = [0; 8192];
    while !screens::screen(bytes).contains(text) {
        let n = output.read(&mut more)?;
        if n == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(more.get(..n).unwrap_or_default());
    }
    Ok(())
}

/// Says whether the terminal shows its main screen, with a cursor, and takes keys and pastes as ever.
fn is_given_back(bytes: &[u8]) -> bool {
    let mut parser = screens::terminal();
    parser.process(bytes);
    let screen = parser.screen();
    let is_plain =
        !screen.bracketed_paste() && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None;
    is_plain && !screen.alternate_screen() && !screen.hide_cursor()
}

#[cfg(unix)]
fn modes(master: &(dyn MasterPty + Send)) -> String {
    master.get_termios().map_or(String::new(), |it| format!("{it:?}"))
}

#[cfg(not(unix))]
fn modes(_: &(dyn MasterPty + Send)) -> String {
    String::new()
}

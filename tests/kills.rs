//! The real binary killed while it records, at moments that are all over the place and the same every time they are
//! drawn. After each kill: what was shown or said as done is there, nothing that was not asked for is, `check` finds no
//! error, and the next start opens.
//!
//! `cargo xtask soak kills screens` does the same a thousand times.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may")]

mod pty;
mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use pty::Terminal;
use support::Desk;

/// How often the screens are killed right after a key has shown its effect.
const N_AFTER_A_KEY: usize = 8;
/// How often they are killed while many keys are on their way: each time at a unit of its own.
const N_AMID_KEYS: usize = 24;
/// How often a command is killed.
const N_AMID_COMMANDS: usize = 40;

// Those at random moments alone.
const _: () = assert!(N_AMID_KEYS + N_AMID_COMMANDS >= 50);

/// Most keys of one round: six points of the ten of the indicator.
const MAX_KEYS: usize = 60;
/// How many rows an import brings, recorded all or none.
const N_ROWS: usize = 3;

/// Numbers that are all over the place, and the same in every run: xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % end.max(1)
    }
}

/// Returns the whole lines of all journals that record what a person asked for; a last line without its end is none.
fn records(desk: &Desk) -> BTreeMap<PathBuf, Vec<String>> {
    let is_journal = |path: &PathBuf| {
        path.parent().unwrap().ends_with("2023/journal") && path.extension().is_some_and(|it| it == "ron")
    };
    let journals = desk.files().into_iter().filter(|it| is_journal(&it.0));
    let lines = journals.map(|(path, bytes)| {
        let text = String::from_utf8(bytes).unwrap();
        let whole = text.rsplit_once('\n').map_or("", |it| it.0).lines();
        let asked = whole.filter(|it| !it.starts_with("(format:") && !it.contains("change:Adopt("));
        (path, asked.map(str::to_owned).collect())
    });
    lines.collect()
}

/// Returns what was recorded since; all that was recorded before has to be there still.
#[track_caller]
fn added(desk: &Desk, before: &BTreeMap<PathBuf, Vec<String>>) -> Vec<String> {
    let after = records(desk);
    for (path, lines) in before {
        assert!(after[path].starts_with(lines), "{} has lost records", path.display());
    }
    let new = after.iter().flat_map(|(path, lines)| lines.iter().skip(before.get(path).map_or(0, Vec::len)));
    new.cloned().collect()
}

/// Says that `check` finds no error, and remarks at most on the line that a kill has torn.
#[track_caller]
fn check_is_sound(desk: &Desk) {
    let outcome = desk.run("check");
    assert_eq!((outcome.status, outcome.text().as_str()), (0, ""), "{}", outcome.err);
    let is_torn = |it: &str| it.ends_with("[W-torn]") || it.ends_with("[W-aside]");
    assert!(outcome.err.lines().all(is_torn), "{}", outcome.err);
}

/// Returns a unit's score, in tenths of a point, as the command line tells it.
fn tenths_of(desk: &Desk, unit: &str) -> usize {
    let rank = desk.run("rank --format csv").text();
    let row = rank.lines().find(|it| it.split(',').nth(3) == Some(unit)).unwrap();
    tenths(row.split(',').nth(8).unwrap())
}

fn tenths(score: &str) -> usize {
    let (whole, fraction) = score.split_once('.').unwrap_or((score, "0"));
    whole.parse::<usize>().unwrap() * 10 + fraction.parse::<usize>().unwrap()
}

/// Returns how many tenths of a point the last message on the screen says are gone.
fn n_shown(screen: &str) -> usize {
    let Some((_, after)) = screen.lines().rev().find_map(|it| it.split_once("，总分 ")) else { return 0 };
    1000 - tenths(after.split(|it: char| !it.is_ascii_digit() && it != '.').next().unwrap())
}

#[test]
fn screens_killed_after_a_key_have_recorded_it() {
    let desk = Desk::with_year();
    let mut n_expected = 0;
    for round in 0..N_AFTER_A_KEY {
        let mut terminal = Terminal::start(&desk.path("data"), &[]);
        terminal.wait_for("[区直]");
        for _ in 0..3 + round {
            terminal.send("1");
            n_expected += 1;
            let shown = format!("{}.{}", (1000 - n_expected) / 10, (1000 - n_expected) % 10);
            terminal.wait_for(&format!("，总分 {}", shown.trim_end_matches(".0")));
        }
        terminal.kill();
        assert_eq!(1000 - tenths_of(&desk, "Q01"), n_expected);
        check_is_sound(&desk);
    }
    // And the next person sees it on the screen, and on the ranking.
    let mut terminal = Terminal::start(&desk.path("data"), &[]);
    terminal.wait_for(&format!("{}.{}", (1000 - n_expected) / 10, (1000 - n_expected) % 10));
    terminal.send("ar");
    terminal.wait_for("> 1   发改局");
}

#[test]
fn screens_killed_amid_many_keys_lose_nothing_that_was_shown() {
    let desk = Desk::with_year();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..N_AMID_KEYS {
        let before = records(&desk);
        let mut terminal = Terminal::start(&desk.path("data"), &[]);
        terminal.wait_for("[区直]");
        terminal.send(&"j".repeat(round));
        // Singly and in bunches, which the program takes together.
        let n_pressed = 1 + random.below(MAX_KEYS as u64) as usize;
        for _ in 0..n_pressed {
            terminal.send("1");
            thread::sleep(Duration::from_micros(random.below(8000).saturating_sub(4000)));
        }
        // Whatever the screen shows now was said to be done.
        let n_shown = n_shown(&terminal.screen());
        terminal.kill();
        let added = added(&desk, &before);
        assert!(added.iter().all(|it| it.contains("change:Deduct(")), "{added:?}");
        assert!(n_shown <= added.len(), "{n_shown} were shown, {} are there", added.len());
        assert!(added.len() <= n_pressed, "{n_pressed} were pressed, {} are there", added.len());
        assert_eq!(1000 - tenths_of(&desk, &format!("Q{:02}", round + 1)), added.len());
        check_is_sound(&desk);
    }
}

/// Starts a command, and returns it with what its record has to contain, where it makes one.
fn begin(desk: &Desk, round: usize) -> (Child, String) {
    if round % 4 == 3 {
        let (unit, indicator) = (format!("Q{:02}", round / 32 + 1), (round / 4 % 8 + 1).to_string());
        let command = ["review", "--unit", &unit, "--indicator", &indicator];
        return (desk.spawn("张三", &command), "Review(".to_owned());
    }
    let note = |row: usize| format!("note-{round}-{row}.");
    let rows = (0..N_ROWS).map(|row| format!("区教育局,1,逾期未完成,2023-05-09,{}\n", note(row)));
    desk.file("rows.csv", format!("单位,指标,规则,日期,说明\n{}", rows.collect::<String>()));
    (desk.spawn("张三", &["import", "entries", "rows.csv"]), note(N_ROWS - 1))
}

#[test]
fn commands_killed_while_they_record_have_recorded_all_or_nothing() {
    let desk = Desk::with_year();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let (mut n_killed, mut n_recorded) = (0, 0);
    let mut longest = Duration::ZERO;
    for round in 0.. {
        if n_killed == N_AMID_COMMANDS {
            break;
        }
        let before = records(&desk);
        let start = Instant::now();
        let (mut child, needle) = begin(&desk, round);
        // The first ones say how long a command takes.
        if round > 2 {
            thread::sleep(Duration::from_micros(random.below(longest.as_micros() as u64)));
            // One that has ended already cannot be killed, which is seen by its status.
            let _ = child.kill();
        }
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            None => n_killed += 1,
            code => assert_eq!((code, &*err), (Some(0), "")),
        }
        if round <= 2 {
            longest = longest.max(start.elapsed());
        }
        let added = added(&desk, &before);
        assert!(added.len() <= 1 && added.iter().all(|it| it.contains(&needle)), "{added:?}");
        let is_said = output.status.success() || !output.stdout.is_empty();
        assert!(!is_said || added.len() == 1, "{needle} was said to be recorded");
        let is_import = added.iter().any(|it| it.contains("note-"));
        n_recorded += if is_import { N_ROWS } else { 0 };
        check_is_sound(&desk);
    }
    // And the program tells the same.
    assert_eq!(desk.run("export --format csv -o tables").status, 0);
    let entries = String::from_utf8(desk.read("tables/扣分明细.csv")).unwrap();
    assert_eq!(entries.lines().skip(1).filter(|it| it.contains("note-")).count(), n_recorded);
}

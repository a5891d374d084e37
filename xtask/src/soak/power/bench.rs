//! A command run on the disk, and the power going off meanwhile and right after it.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use super::super::desk::Desk;
use super::super::random::Random;
use super::super::unreadable;
use super::disk::Disk;
use super::judge::Cut;

/// How many times the power goes off in a command, before it has ended.
const CUTS_IN_A_COMMAND: usize = 8;

/// Runs a command that has to succeed; returns the disk at random moments of it, each up to half its usual length
/// after the one before, and as soon as it has ended.
pub(super) fn run(
    desk: &Desk,
    disk: &Disk,
    command: &mut Command,
    length: Duration,
    random: &mut Random,
) -> Result<Vec<Cut>, String> {
    let told = desk.folder.join("told");
    let remarks = desk.folder.join("remarks");
    command.stdout(created(&told)?).stderr(created(&remarks)?);
    let shown = format!("{command:?}");
    let failed = |error: io::Error| format!("{shown}：{error}");
    disk.get_ready()?;
    let mut child = command.spawn().map_err(failed)?;
    let mut cuts = Vec::new();
    while cuts.len() < CUTS_IN_A_COMMAND {
        let wait = Duration::from_micros(random.below(length.as_micros() as u64 / 2));
        if ends_within(&mut child, wait).map_err(failed)? {
            break;
        }
        // Looked at first: what is said later need not be on the disk yet.
        let is_said = !read(&told)?.is_empty();
        cuts.push(cut(disk, &cuts, is_said)?);
    }
    let status = child.wait().map_err(failed)?;
    cuts.push(cut(disk, &cuts, true)?);
    let remarks = read(&remarks)?;
    if status.success() && remarks.is_empty() {
        return Ok(cuts);
    }
    Err(desk.wrong(&format!("{shown}：{status}\n{remarks}")))
}

fn cut(disk: &Disk, before: &[Cut], is_said: bool) -> Result<Cut, String> {
    let image = disk.cut()?;
    let is_same = before.last().is_some_and(|it| it.image == image);
    Ok(Cut { image, is_said, is_same })
}

/// Returns how long a command usually takes.
pub(super) fn length(desk: &Desk) -> Result<Duration, String> {
    let mut lengths = Vec::new();
    for undo in [&[][..], &["--undo"]].repeat(3) {
        let start = Instant::now();
        desk.ok("李四", &[&["review", "--unit", "Q01", "--indicator", "9"], undo].concat())?;
        lengths.push(start.elapsed());
    }
    lengths.sort();
    Ok(lengths[lengths.len() / 2])
}

/// Waits as long, or until the program has ended, which is the answer.
fn ends_within(child: &mut Child, wait: Duration) -> io::Result<bool> {
    let end = Instant::now() + wait;
    loop {
        if child.try_wait()?.is_some() {
            return Ok(true);
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(false);
        }
        thread::sleep(left.min(Duration::from_micros(200)));
    }
}

fn created(path: &Path) -> Result<File, String> {
    File::create(path).map_err(|error| unreadable(path, &error))
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

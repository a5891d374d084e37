//! What a disk holds after a power cut, and what it has to.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::super::desk::{Desk, Journals, shown};
use super::super::kills::left;
use super::super::unreadable;
use super::ask::{Asked, Kind, afterwards};
use super::disk::{Mount, run};

/// A disk as the power cut left it.
pub(super) struct Cut {
    pub image: Vec<u8>,
    /// Whether the command had said before that it was done.
    pub is_said: bool,
    /// Whether nothing had come to the disk since the cut before.
    pub is_same: bool,
}

/// What the program had been asked for, and what it shows with the power on.
pub(super) struct Context<'a> {
    pub asked: &'a Asked,
    /// The journals before the command, and after it.
    pub before: &'a Journals,
    pub after: &'a Journals,
    /// The whole year after it, as exported.
    pub exported: &'a str,
}

/// What was found on a disk that is as it has to be.
pub(super) struct Found {
    /// Whether the command's change is there.
    pub is_done: bool,
    pub is_torn: bool,
    /// Whether a rubric is in its place before its record.
    pub is_in_place: bool,
    /// How many temporary files are.
    pub n_left: usize,
}

/// What is not as it has to be.
pub(super) enum Fault {
    /// What was said to be done is gone.
    Lost(String),
    Other(String),
}

impl From<String> for Fault {
    fn from(what: String) -> Fault {
        Fault::Other(what)
    }
}

/// Judges a cut: its image is mounted below the folder and worked on.
pub(super) fn judge(live: &Desk, cut: &Cut, context: &Context) -> Result<Found, Fault> {
    let image = live.folder.join("copies").join("cut.img");
    fs::write(&image, &cut.image).map_err(|error| unreadable(&image, &error))?;
    // The kernel replays the file system's own journal.
    let mount = Mount::image(&image, &live.folder.join("cut"), "noatime")?;
    let desk = live.with_data(mount.path.join("data"));
    let found = look(&desk, cut, context)?;
    mount.end()?;
    // A copy that is not of one moment would not be a sound file system.
    run(Command::new("e2fsck").arg("-fn").arg(&image))?;
    Ok(found)
}

fn look(desk: &Desk, cut: &Cut, context: &Context) -> Result<Found, Fault> {
    let asked = context.asked;
    if asked.kind == Kind::Begins && !desk.data().join("2023").exists() {
        if cut.is_said {
            return Err(Fault::Lost("说了已新建，年度却不在".to_owned()));
        }
        let n_left = if desk.data().exists() { left(&desk.data())? } else { 0 };
        desk.ok("张三", &["init", "2023"])?;
        desk.check(false)?;
        return Ok(Found { is_done: false, is_torn: false, is_in_place: false, n_left });
    }
    let n_new = compare(&desk.journals()?, context)?;
    let n_asked = added(context.before, context.after);
    if cut.is_said && n_new < n_asked {
        return Err(Fault::Lost(format!("说了已记，{} 行里却只有 {n_new} 行", n_asked)));
    }
    let is_done = n_new == n_asked;
    let n_left = left(&desk.data())?;
    let remarks = remarks(desk)?;
    let is_torn = |it: &str| it.ends_with("[W-torn]");
    let is_in_place = |it: &str| it.ends_with("[W-changed]") && asked.kind == Kind::Replaces && !is_done;
    let is_left = |it: &str| it.contains(".tmp-") && it.ends_with("[W-stray]");
    let is_expected = |it: &str| !cut.is_said && (is_torn(it) || is_in_place(it) || is_left(it));
    if let Some(remark) = remarks.iter().find(|it| !is_expected(it)) {
        return Err(Fault::Other(format!("check：{remark}")));
    }
    if cut.is_said && desk.ok("张三", &["export", "--format", "ron"])? != context.exported {
        return Err(Fault::Lost("说了已记，导出的却与断电前不同".to_owned()));
    }
    desk.ok("张三", &["backups", "list"])?;
    let found = Found {
        is_done,
        is_torn: remarks.iter().any(|it| is_torn(it)),
        is_in_place: remarks.iter().any(|it| is_in_place(it)),
        n_left,
    };
    go_on(desk, asked, is_done)?;
    Ok(found)
}

/// Says that the journals are those of before and the beginning of what the command added, nothing else; returns how many
/// of its lines are there.
fn compare(there: &Journals, context: &Context) -> Result<usize, Fault> {
    let (there, before, after) = (by_name(there), by_name(context.before), by_name(context.after));
    for (name, lines) in &before {
        if !there.get(name).is_some_and(|it| it.starts_with(lines)) {
            return Err(Fault::Lost(format!("{} 里早已记下的不见了", name.display())));
        }
    }
    let mut n_new = 0;
    for (name, lines) in &there {
        if !after.get(name).is_some_and(|it| it.starts_with(lines)) {
            return Err(Fault::Other(format!("{} 里多出了记录：{lines:?}", name.display())));
        }
        n_new += lines.len() - before.get(name).map_or(0, |it| it.len());
    }
    Ok(n_new)
}

/// Goes on with work on the disk: what is recorded now is there, and the year is sound.
fn go_on(desk: &Desk, asked: &Asked, is_done: bool) -> Result<(), String> {
    let is_fixed = if is_done { asked.kind == Kind::Fixes } else { asked.kind == Kind::Reopens };
    let next = afterwards(desk, &asked.by, is_fixed)?;
    let before = desk.journals()?;
    let arguments: Vec<&str> = next.arguments.iter().map(String::as_str).collect();
    desk.ok(&next.by, &arguments)?;
    let records = desk.added(&before)?.records;
    if records.len() != 1 || !records.iter().all(|it| it.contains(&next.needle)) {
        return Err(format!("断电之后再记一次，留痕里是 {records:?}"));
    }
    let is_expected = |it: &String| it.ends_with("[W-aside]") || it.contains(".tmp-");
    match remarks(desk)?.iter().find(|it| !is_expected(it)) {
        None => Ok(()),
        Some(remark) => Err(format!("断电之后再记一次，check：{remark}")),
    }
}

/// Returns what `check` remarks on; it may not call anything an error.
fn remarks(desk: &Desk) -> Result<Vec<String>, String> {
    let output = desk.command("张三", &["check"]).output().map_err(|it| it.to_string())?;
    if !output.status.success() || !output.stdout.is_empty() {
        return Err(format!("check：{}", shown(&output)));
    }
    Ok(String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned).collect())
}

/// Counts the lines that a command has added.
fn added(before: &Journals, after: &Journals) -> usize {
    let n_lines = |it: &Journals| it.values().map(Vec::len).sum::<usize>();
    n_lines(after) - n_lines(before)
}

/// The copy is mounted elsewhere: journals are the same by their names.
fn by_name(journals: &Journals) -> BTreeMap<OsString, &Vec<String>> {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_owned();
    journals.iter().map(|(path, lines)| (name(path), lines)).collect()
}

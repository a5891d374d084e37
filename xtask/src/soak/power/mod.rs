//! Power cuts: the disk that the program records on, copied at random moments, is what would be found afterwards.
//!
//! That the copies can lose anything at all is shown by a second run, in which the program's syncs do nothing.

mod ask;
mod bench;
mod disk;
mod figures;
mod judge;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};

use super::desk::{Desk, Journals};
use super::random::Random;
use super::unreadable;
use ask::{Kind, Plan};
use disk::{Disk, Mount};
use figures::Figures;
use judge::{Context, judge};

/// After so many commands a new disk is begun.
const COMMANDS_OF_A_DISK: u32 = 30;
/// How many times the power goes off where nothing is synced.
const CUTS_WITHOUT_SYNCS: u32 = 40;
/// The calls that sync; the second run takes them out, all of them and each alone.
const SYNCS: [&str; 3] = ["fsync,fdatasync", "fdatasync", "fsync"];
/// How long beginning a year may take, so that a cut may come anywhere in it.
const BEGINNING: Duration = Duration::from_millis(20);
/// How the disks are mounted, in turn. The file system is not to guess that a renamed file wants to be synced; it
/// writes hardly ever by itself, or every second; and a file's length may come to the disk before its content.
const MOUNTS: [&str; 3] =
    ["noauto_da_alloc,commit=300", "noauto_da_alloc,commit=1", "noauto_da_alloc,commit=1,data=writeback"];
/// What is needed.
const TOOLS: [&str; 6] = ["mkfs.ext4", "mount", "umount", "fsfreeze", "e2fsck", "strace"];

/// Cuts the power this many times; returns figures.
pub(super) fn run(program: &Path, n_cuts: u32, random: &mut Random) -> Result<Vec<String>, String> {
    able()?;
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        let registered = signal_hook::flag::register(signal, Arc::clone(&stop));
        registered.map_err(|error| format!("没能接管信号：{error}"))?;
    }
    let synced = cuts(program, None, n_cuts, random, &stop)?;
    let mut lines = synced.told();
    for calls in SYNCS {
        let figures = cuts(program, Some(calls), CUTS_WITHOUT_SYNCS, random, &stop)?;
        lines.push(figures.told_without(calls)?);
    }
    Ok(lines)
}

/// Cuts the power this many times, on as many disks as that takes; some syncs may be taken out.
fn cuts(
    program: &Path,
    without: Option<&str>,
    n_cuts: u32,
    random: &mut Random,
    stop: &AtomicBool,
) -> Result<Figures, String> {
    let mut figures = Figures::default();
    while figures.n_cuts < n_cuts {
        figures.n_disks += 1;
        let desk = Desk::bare(program, &format!("power{}", figures.n_disks), "disk/data")?;
        let result = work(&desk, without, n_cuts, random, &mut figures, stop);
        if stop.load(Ordering::Relaxed) {
            desk.remove()?;
            return Err("断电的检验中断了：已全部卸载，没有留下什么".to_owned());
        }
        result?;
        desk.remove()?;
    }
    Ok(figures)
}

/// Says what is missing; what cannot be done is not passed over.
fn able() -> Result<(), String> {
    let not_done = |what: &str| format!("{what}，断电的检验没有做");
    for tool in TOOLS {
        let found = Command::new(tool).arg("-V").output();
        found.map_err(|error| not_done(&format!("没有 {tool}（{error}）：请先安装它")))?;
    }
    let id =
        Command::new("id").arg("-u").output().map_err(|error| not_done(&format!("id 没能运行：{error}")))?;
    if id.stdout.trim_ascii() != b"0" {
        return Err(not_done("要挂载映像，只有 root 能做"));
    }
    Ok(())
}

/// Works on a disk of its own; it is unmounted in the end, whatever the end.
fn work(
    desk: &Desk,
    without: Option<&str>,
    n_cuts: u32,
    random: &mut Random,
    figures: &mut Figures,
    stop: &AtomicBool,
) -> Result<(), String> {
    let disk = Disk::new(&desk.folder, MOUNTS[figures.n_disks % MOUNTS.len()])?;
    let _copies = Mount::memory(&desk.folder.join("copies"))?;
    let mut plan = Plan::default();
    let mut length = BEGINNING;
    for n in 0..COMMANDS_OF_A_DISK {
        let asked = plan.next(desk, random)?;
        let arguments: Vec<&str> = asked.arguments.iter().map(String::as_str).collect();
        let is_beginning = asked.kind == Kind::Begins;
        let before = if is_beginning { Journals::new() } else { desk.journals()? };
        let mut command = desk.command(&asked.by, &arguments);
        if let Some(calls) = without.filter(|_| !is_beginning) {
            command = Command::new("strace");
            command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
            command.args(["-e", &format!("inject={calls}:retval=0")]);
            desk.under(&mut command, &asked.by, &arguments);
        }
        let mut cuts = bench::run(desk, &disk, &mut command, length, random)?;
        let after = desk.journals()?;
        let new = desk.added(&before)?.records;
        if new.len() != usize::from(!is_beginning) || !new.iter().all(|it| it.contains(&asked.needle)) {
            return Err(desk.wrong(&format!("{arguments:?} 多出了记录 {new:?}")));
        }
        let exported = desk.ok("张三", &["export", "--format", "ron"])?;
        let context = Context { asked: &asked, before: &before, after: &after, exported: &exported };
        if without.is_some() {
            // Only what was said to be done can be lost; and the year was begun with all syncs.
            cuts.retain(|it| it.is_said && !is_beginning);
        }
        for cut in cuts {
            if figures.n_cuts == n_cuts || stop.load(Ordering::Relaxed) {
                return Ok(());
            }
            let judged = judge(desk, &cut, &context);
            let bad = figures.take(&cut, judged);
            if let Some(what) = bad.filter(|_| without.is_none()) {
                // The disk as it was then, without what judging it has done to it.
                let image = desk.folder.join("cut.img");
                fs::write(&image, &cut.image).map_err(|error| unreadable(&image, &error))?;
                return Err(desk.wrong(&format!(
                    "第 {} 条 {arguments:?} 时断电，{what}\n磁盘：{}",
                    n + 1,
                    image.display()
                )));
            }
        }
        if is_beginning {
            length = bench::length(desk)?;
        }
    }
    Ok(())
}

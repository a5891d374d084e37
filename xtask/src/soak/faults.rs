//! Every call of the file system that a recording command makes, failing in turn, or the last thing it does.

use std::path::Path;
use std::process::Command;

use super::calls::{Blow, CALLS, CASES, Case, REPAIR, Struck, desk, journals_before, reset, run as strike};
use super::desk::{Desk, Journals, shown};
use super::kills::left;

/// What has happened so far.
#[derive(Default)]
struct Figures {
    n_runs: usize,
    /// The command said that it had not been done.
    n_refused: usize,
    /// It had been done all the same: what failed did not matter to it.
    n_done: usize,
    /// It was recorded, and only the sentence about it could not be printed.
    n_untold: usize,
    /// It had been done, and the command said that the system could not confirm it.
    n_unconfirmed: usize,
    n_killed: usize,
    /// Before the program's first own instruction.
    n_loader: usize,
    n_torn: usize,
    n_left: usize,
}

/// Strikes every call of every case, or of one, by its place from 1; returns figures.
pub(super) fn run(program: &Path, only: Option<usize>) -> Result<Vec<String>, String> {
    // What cannot be done is said, and not passed over.
    let version = Command::new("strace").arg("--version").output();
    version.map_err(|error| format!("没有 strace，逐个调用出错的检验没有做：请先安装它（{error}）"))?;
    let desk = desk(program)?;
    let mut told = Vec::new();
    for (_, case) in (1..).zip(&CASES).filter(|(n, _)| only.is_none_or(|it| it == *n)) {
        let mut figures = Figures::default();
        for (call, errors) in CALLS {
            reset(&desk, case)?;
            let untouched = strike(&desk, case, call, None)?;
            judge_success(&desk, case, &untouched)?;
            let mut blows: Vec<Blow> = errors.iter().map(|it| Blow::Fails(it)).collect();
            if ["write", "fsync", "fdatasync"].contains(&call) {
                blows.push(Blow::FailsFromThen("ENOSPC"));
            }
            blows.push(Blow::Kills);
            for blow in blows {
                // The program may make more calls once one has failed: until there is no such call any more.
                for n in 1.. {
                    reset(&desk, case)?;
                    let before = journals_before(&desk)?;
                    let struck = strike(&desk, case, call, Some((blow, n)))?;
                    if struck.call.is_none() {
                        if n <= untouched.n_calls {
                            return Err(
                                desk.wrong(&format!("{call} 只有 {n} 次，不是 {}", untouched.n_calls))
                            );
                        }
                        break;
                    }
                    figures.n_runs += 1;
                    judge(&desk, case, blow, &struck, &before, &mut figures)?;
                }
            }
        }
        told.push(figures.told(case.name));
    }
    desk.remove()?;
    if told.is_empty() {
        return Err(format!("--case 只有 1 到 {}", CASES.len()));
    }
    Ok(told)
}

impl Figures {
    fn told(&self, name: &str) -> String {
        let Figures {
            n_runs,
            n_refused,
            n_done,
            n_untold,
            n_unconfirmed,
            n_killed,
            n_loader,
            n_torn,
            n_left,
        } = self;
        format!(
            "{name}：{n_runs} 次，说没有做成 {n_refused}，照样做成 {n_done}，做成而没能显示 {n_untold}，做成而没能确认 \
             {n_unconfirmed}，被杀 {n_killed}（断行 {n_torn}，临时文件 {n_left}），程序还没开始 {n_loader}"
        )
    }
}

/// The untouched run has to succeed, or nothing that follows says anything.
fn judge_success(desk: &Desk, case: &Case, struck: &Struck) -> Result<(), String> {
    if struck.output.status.success() {
        return desk.check(case.by == "wang");
    }
    Err(desk.wrong(&format!("{}：{}", case.name, shown(&struck.output))))
}

fn judge(
    desk: &Desk,
    case: &Case,
    blow: Blow,
    struck: &Struck,
    before: &Journals,
    figures: &mut Figures,
) -> Result<(), String> {
    let output = &struck.output;
    let call = struck.call.as_deref().unwrap_or_default();
    let wrong = |what: &str| desk.wrong(&format!("{} {blow:?} {call}\n{what}：{}", case.name, shown(output)));
    let err = String::from_utf8_lossy(&output.stderr);
    let added = desk.added(before)?.records;
    let n_records = case.records.len();
    let is_all =
        added.len() == n_records && case.records.iter().zip(&added).all(|(it, line)| line.contains(it));
    if !added.is_empty() && !is_all {
        return Err(wrong(&format!("记了一部分，或多出了记录 {added:?}")));
    }
    let is_killed = output.status.code().is_none_or(|it| it == 137);
    let is_from_then = matches!(blow, Blow::FailsFromThen(_));
    let is_kill = matches!(blow, Blow::Kills);
    if is_killed != is_kill {
        return Err(wrong("没有这样结束的道理"));
    }
    if err.contains("程序内部出错") || err.contains("panicked") {
        return Err(wrong("程序内部出错"));
    }
    let is_said = err.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it)) && err.contains('。');
    // A sentence cannot be printed where printing is what fails.
    let is_mute = call.contains("write(2<") || is_from_then && call.contains("write(");
    match output.status.code() {
        _ if is_kill => {
            figures.n_killed += 1;
            if !output.stdout.is_empty() && !is_all {
                return Err(wrong("说了已记，却不在"));
            }
        }
        // After a torn line a further journal is taken, which has its lock.
        Some(0) if call.contains("flock(") && case.by != "wang" && !err.contains("不支持文件锁") => {
            return Err(wrong("没有锁，却没有说"));
        }
        Some(0) if is_all => figures.n_done += 1,
        Some(0) => return Err(wrong("说了已记，却不在")),
        Some(127) if err.contains("shared librar") && added.is_empty() => figures.n_loader += 1,
        _ if !is_said && !is_mute => return Err(wrong("没有说明白")),
        _ if is_all && call.contains("write(1<") => figures.n_untold += 1,
        _ if is_all && is_from_then && call.contains("write(") => figures.n_untold += 1,
        _ if is_all && err.contains("没能确认它已落盘") => figures.n_unconfirmed += 1,
        _ if is_all => return Err(wrong("说没有做成，却记了")),
        _ => figures.n_refused += 1,
    }
    afterwards(desk, case, blow, is_all, figures).map_err(|it| wrong(&it))
}

/// The year is sound, and where nothing was recorded the command can simply be given again.
fn afterwards(
    desk: &Desk,
    case: &Case,
    blow: Blow,
    is_all: bool,
    figures: &mut Figures,
) -> Result<(), String> {
    let n_left = left(&desk.data())?;
    let is_kill = matches!(blow, Blow::Kills);
    figures.n_left += n_left;
    if case.name == REPAIR && !is_all {
        return repaired_again(desk, case);
    }
    let output = desk.command("张三", &["check"]).output().map_err(|it| it.to_string())?;
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    // A cut may leave a torn line, one set aside, a temporary file, or a rubric that is in place before its record.
    let is_cut = is_kill || matches!(blow, Blow::FailsFromThen(_)) || case.by == "wang";
    let is_torn = |it: &str| it.ends_with("[W-torn]") || it.ends_with("[W-aside]");
    let is_left = |it: &str| it.contains(".tmp-") && it.ends_with("[W-stray]");
    // Where the disk fills up just then, the rubric of before cannot be put back either.
    let is_in_place = |it: &str| it.ends_with("[W-changed]") && !matches!(blow, Blow::Fails(_));
    let is_repaired = |it: &str| case.name == REPAIR && it.ends_with("[W-repaired]");
    let is_expected =
        |it: &str| is_cut && is_torn(it) || is_kill && is_left(it) || is_in_place(it) || is_repaired(it);
    if !output.status.success() || !err.lines().all(is_expected) {
        return Err(format!("之后 check：{}", shown(&output)));
    }
    figures.n_torn += usize::from(err.lines().any(|it| it.ends_with("[W-torn]")));
    if is_all {
        return Ok(());
    }
    let again = desk.command(case.by, case.arguments).output().map_err(|it| it.to_string())?;
    // A rubric in its place before its record is adopted at the next change; there is nothing left to replace.
    let is_done = err.lines().any(is_in_place) && shown(&again).contains("已经如此");
    if !again.status.success() && !is_done {
        return Err(format!("再做一次：{}", shown(&again)));
    }
    Ok(())
}

/// A repair that was interrupted, wherever that was, is done by the next, and recorded once.
fn repaired_again(desk: &Desk, case: &Case) -> Result<(), String> {
    let again = desk.command(case.by, case.arguments).output().map_err(|it| it.to_string())?;
    if !again.status.success() {
        return Err(format!("再修复一次：{}", shown(&again)));
    }
    let n_repairs = |it: &Vec<String>| it.iter().filter(|it| it.contains("change:Repair(")).count();
    if desk.journals()?.values().map(n_repairs).sum::<usize>() != 1 {
        return Err(format!("再修复一次，留痕里却不是一条修复：{}", shown(&again)));
    }
    let output = desk.command("张三", &["check"]).output().map_err(|it| it.to_string())?;
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    let is_expected =
        |it: &str| it.ends_with("[W-repaired]") || it.contains(".tmp-") && it.ends_with("[W-stray]");
    if output.status.success() && err.lines().all(is_expected) {
        return Ok(());
    }
    Err(format!("再修复以后 check：{}", shown(&output)))
}

//! The program killed at a random moment while it records, again and again.

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::desk::{Desk, shown};
use super::random::Random;
use super::unreadable;

/// After so many rounds a new year is begun, so that opening it stays quick.
const ROUNDS_OF_A_YEAR: u32 = 60;
/// How many rows an import brings, recorded all or none.
const N_ROWS: usize = 3;

/// What has happened so far.
#[derive(Default)]
struct Figures {
    n_killed: u32,
    n_ended: u32,
    /// Killed, and yet recorded: the kill came after it.
    n_recorded: u32,
    n_torn: u32,
    n_left: usize,
}

/// What a command of this round is to record.
enum Asked {
    Import(Vec<String>),
    Review,
    Undo,
}

/// Kills the program this many times; returns figures.
pub(super) fn run(program: &Path, n_kills: u32, random: &mut Random) -> Result<Vec<String>, String> {
    let mut figures = Figures::default();
    let mut n_years = 0;
    while figures.n_killed < n_kills {
        n_years += 1;
        year(program, n_kills, random, &mut figures, n_years)?;
    }
    let Figures { n_killed, n_ended, n_recorded, n_torn, n_left } = figures;
    Ok(vec![
        format!("SIGKILL {n_killed} 次（另有 {n_ended} 次来得太晚，命令已经结束），{n_years} 个年度"),
        format!("其中 {n_recorded} 次被杀时已经记入；说过已记的全都在，没有多出来的，check 没有错误"),
        format!("没写完的行 {n_torn} 处，留下的临时文件 {n_left} 个"),
    ])
}

fn year(
    program: &Path,
    n_kills: u32,
    random: &mut Random,
    figures: &mut Figures,
    n_year: u32,
) -> Result<(), String> {
    let desk = Desk::with_year(program, &format!("kill{n_year}"))?;
    let longest = longest(&desk)?;
    // What is recorded and not undone, oldest first: the notes of an import, or none of a review.
    let mut done: Vec<Vec<String>> = Vec::new();
    let mut n_reviewed = 0;
    for round in 0..ROUNDS_OF_A_YEAR {
        if figures.n_killed == n_kills {
            break;
        }
        let (asked, arguments, needle) = ask(&desk, random, round, n_reviewed, !done.is_empty())?;
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let before = desk.journals()?;
        let mut child = desk.command("张三", &arguments).spawn().map_err(|it| unreadable(program, &it))?;
        thread::sleep(Duration::from_micros(random.below(longest.as_micros() as u64)));
        // One that has ended already cannot be killed, which is seen by its status.
        let _ = child.kill();
        let output = child.wait_with_output().map_err(|it| unreadable(program, &it))?;
        let wrong = |what: &str| desk.wrong(&format!("{arguments:?} {what}：{}", shown(&output)));
        match output.status.code() {
            None => figures.n_killed += 1,
            Some(0) => figures.n_ended += 1,
            Some(_) => return Err(wrong("没有做成")),
        }
        figures.n_torn += u32::from(is_torn(&desk)?);
        desk.check(true)?;
        let added = desk.added(&before)?.records;
        if added.len() > 1 || !added.iter().all(|it| it.contains(&needle)) {
            return Err(wrong(&format!("多出了记录 {added:?}")));
        }
        // What was said to be done counts as soon as it was said.
        if (output.status.success() || !output.stdout.is_empty()) && added.is_empty() {
            return Err(wrong("说了已记，却不在"));
        }
        if added.is_empty() {
            continue;
        }
        figures.n_recorded += u32::from(output.status.code().is_none());
        match asked {
            Asked::Import(notes) => done.push(notes),
            Asked::Review => {
                n_reviewed += 1;
                done.push(Vec::new());
            }
            Asked::Undo => {
                done.pop();
            }
        }
    }
    check_entries(&desk, &done)?;
    figures.n_left += left(&desk.data())?;
    desk.remove()
}

/// How long a command takes at most, or a little longer, so that a kill may come anywhere in it.
fn longest(desk: &Desk) -> Result<Duration, String> {
    let mut longest = Duration::ZERO;
    for _ in 0..3 {
        let start = Instant::now();
        desk.ok("李四", &["review", "--unit", "Q01", "--indicator", "9"])?;
        desk.ok("李四", &["review", "--unit", "Q01", "--indicator", "9", "--undo"])?;
        longest = longest.max(start.elapsed() / 2);
    }
    Ok(longest * 5 / 4)
}

fn ask(
    desk: &Desk,
    random: &mut Random,
    round: u32,
    n_reviewed: usize,
    can_undo: bool,
) -> Result<(Asked, Vec<String>, String), String> {
    let words = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    Ok(match random.below(5) {
        0 if can_undo => (Asked::Undo, words(&["undo"]), "undo:\"".to_owned()),
        // Each place is reviewed once, so that there is always something to record.
        1 if n_reviewed < 5 * 8 => {
            let (unit, indicator) = (format!("Q{:02}", n_reviewed / 8 + 1), (n_reviewed % 8 + 1).to_string());
            let arguments = words(&["review", "--unit", &unit, "--indicator", &indicator]);
            (Asked::Review, arguments, "Review(".to_owned())
        }
        _ => {
            let notes: Vec<String> = (0..N_ROWS).map(|row| format!("note-{round}-{row}.")).collect();
            let rows = notes.iter().map(|it| format!("区教育局,1,逾期未完成,2023-05-09,{it}\n"));
            let text = format!("单位,指标,规则,日期,说明\n{}", rows.collect::<String>());
            let file = desk.file("rows.csv", &text)?;
            let needle = notes[N_ROWS - 1].clone();
            (Asked::Import(notes), words(&["import", "entries", &file]), needle)
        }
    })
}

/// Says that the entries in force, as the program tells them, are those of what was recorded and not undone.
fn check_entries(desk: &Desk, done: &[Vec<String>]) -> Result<(), String> {
    let expected: BTreeSet<&str> = done.iter().flatten().map(String::as_str).collect();
    let entries = desk.entries()?;
    let in_force = entries.iter().filter(|it| it.contains("有效"));
    let found: Vec<&str> =
        in_force.filter_map(|it| it.split(',').find(|it| it.starts_with("note-"))).collect();
    if found.len() == expected.len() && found.iter().all(|it| expected.contains(it)) {
        return Ok(());
    }
    Err(desk.wrong(&format!("有效的扣分不对：应为 {expected:?}，有 {found:?}")))
}

fn is_torn(desk: &Desk) -> Result<bool, String> {
    for path in desk.journals()?.keys() {
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        if bytes.last().is_some_and(|it| *it != b'\n') {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Counts the temporary files below a folder.
pub(super) fn left(folder: &Path) -> Result<usize, String> {
    let mut n_left = 0;
    for item in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = item.map_err(|error| unreadable(folder, &error))?.path();
        n_left += usize::from(path.display().to_string().contains(".tmp-"));
        if path.is_dir() {
            n_left += left(&path)?;
        }
    }
    Ok(n_left)
}

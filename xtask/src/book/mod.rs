//! The handbook, held to the program: each chapter is followed from a fresh folder, command by command and key by key.

mod desk;
mod form;
mod parse;
mod settle;

use std::fs;
use std::path::PathBuf;
use std::thread;

use desk::Desk;
pub use desk::Program;
use parse::{Block, Chapter, Kind, chapters};

/// The first argument by which the chores' own program acts as `kaohe`.
pub const AS_KAOHE: &str = "--as-kaohe";

/// Clocks of the handbook's office, in hours ahead of Greenwich.
pub const HOURS_EAST: i8 = 8;

/// Returns where the handbook is.
pub fn path() -> PathBuf {
    crate::root().join("docs/手册.md")
}

fn read() -> Result<String, String> {
    fs::read_to_string(path()).map_err(|it| format!("读不了 {}：{it}", path().display()))
}

/// Writes the handbook with what the program says now.
///
/// # Errors
///
/// The handbook cannot be read, followed or written.
pub fn write(program: &Program) -> Result<(), String> {
    let page = read()?;
    let wanted = followed(&page, program, HOURS_EAST)?;
    if page == wanted {
        return Ok(());
    }
    fs::write(path(), wanted).map_err(|it| format!("写不了 {}：{it}", path().display()))
}

/// Checks that the handbook says what the program says, where clocks are so many hours ahead.
///
/// # Errors
///
/// The first line that differs, with its chapter.
pub fn check(program: &Program, hours_east: i8) -> Result<(), String> {
    let page = read()?;
    match difference(&page, &followed(&page, program, hours_east)?) {
        Some(difference) => Err(format!("docs/手册.md {difference}\n运行 cargo xtask docs 换成程序现在的")),
        None => Ok(()),
    }
}

/// Returns a page with all of its blocks as the program has them now.
///
/// # Errors
///
/// The page says what the reader does not know, or what the program cannot do.
pub fn followed(page: &str, program: &Program, hours_east: i8) -> Result<String, String> {
    let chapters = chapters(page)?;
    let answers = thread::scope(|scope| {
        let walk = |it| scope.spawn(move || walked(it, program, hours_east));
        let threads: Vec<_> = chapters.iter().map(walk).collect();
        let join = |it: thread::ScopedJoinHandle<'_, _>| it.join().map_err(|_| "走这一章时出错".to_owned());
        threads.into_iter().map(|it| join(it).flatten()).collect::<Result<Vec<_>, String>>()
    })?;
    let mut lines: Vec<&str> = page.split_inclusive('\n').collect();
    // From the end, so that places before it stay.
    for (block, answer) in answers.iter().flatten().rev() {
        let start = block.line - 1;
        lines.splice(start..start + block.text.lines().count(), [answer.as_str()]);
    }
    Ok(lines.concat())
}

/// Follows a chapter and returns its blocks, each with what has to stand there.
fn walked<'a>(
    chapter: &'a Chapter,
    program: &Program,
    hours_east: i8,
) -> Result<Vec<(&'a Block, String)>, String> {
    let mut desk = Desk::fresh(program, hours_east)?;
    let mut answers = Vec::new();
    for block in &chapter.blocks {
        let place = |it: String| format!("手册“{}”第 {} 行：{it}", chapter.title, block.line);
        answers.push((block, desk.follow(block).map_err(place)?));
    }
    Ok(answers)
}

/// Returns which line of a page first differs from what it should be, with its chapter.
#[must_use]
pub fn difference(page: &str, wanted: &str) -> Option<String> {
    let mut title = "";
    let mut wanted = wanted.lines();
    for (number, line) in (1..).zip(page.lines()) {
        title = line.strip_prefix("## ").unwrap_or(title);
        let now = wanted.next();
        if now != Some(line) {
            let now = now.unwrap_or_default();
            return Some(format!("第 {number} 行（{title}）写的是“{line}”，程序是“{now}”"));
        }
    }
    wanted.next().map(|it| format!("（{title}）少了“{it}”"))
}

/// Returns the titles of chapters without a screen.
///
/// # Errors
///
/// The handbook cannot be read.
pub fn without_picture() -> Result<Vec<String>, String> {
    let has_picture = |it: &Chapter| it.blocks.iter().any(|it| matches!(it.kind, Kind::Picture(_)));
    Ok(chapters(&read()?)?.into_iter().filter(|it| !has_picture(it)).map(|it| it.title).collect())
}

//! `cargo xtask soak`: what takes too long for the server. The real binary, built for release, is written to by four
//! people at once, killed at random moments and at every call of the file system, and every such call fails in turn;
//! and where root asks for it, the power goes off.
//!
//! After each blow the year is opened again: what was said to be done is there, nothing else is, and `check` is silent.

mod calls;
mod desk;
mod ends;
mod faults;
mod kills;
mod many;
mod power;
mod random;
mod screens;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use random::Random;

/// How much is done.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// How many changes each of the four makes.
    pub changes: u32,
    /// How many times the program is killed at a random moment.
    pub kills: u32,
    /// How many times the screens are.
    pub screens: u32,
    /// How many times the screens are ended, in each way.
    pub ends: u32,
    /// How many times the power goes off.
    pub cuts: u32,
    /// Where the random moments begin.
    pub seed: u64,
    /// The only command whose calls are struck, by its place from 1; none for all.
    pub case: Option<usize>,
    /// The parts that are run.
    pub parts: Vec<&'static str>,
}

/// The parts that are run where none is named, in their order.
const PARTS: [&str; 5] = ["many", "kills", "screens", "ends", "faults"];
/// The part that only root can run, and that is run where it is named.
const POWER: &str = "power";

impl Options {
    /// Reads the arguments after `soak`; none where they are no such.
    pub(crate) fn read(arguments: &[&str]) -> Option<Options> {
        let mut options = Options {
            changes: 500,
            kills: 1200,
            screens: 240,
            ends: 50,
            cuts: 1000,
            seed: 1,
            case: None,
            parts: Vec::new(),
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match *argument {
                "--changes" => options.changes = arguments.next()?.parse().ok()?,
                "--kills" => options.kills = arguments.next()?.parse().ok()?,
                "--screens" => options.screens = arguments.next()?.parse().ok()?,
                "--ends" => options.ends = arguments.next()?.parse().ok()?,
                "--cuts" => options.cuts = arguments.next()?.parse().ok()?,
                "--seed" => options.seed = arguments.next()?.parse().ok()?,
                "--case" => options.case = Some(arguments.next()?.parse().ok()?),
                POWER => options.parts.push(POWER),
                part => options.parts.push(PARTS.into_iter().find(|it| *it == part)?),
            }
        }
        if options.parts.is_empty() {
            options.parts = PARTS.to_vec();
        }
        // It takes Ctrl-C over, and does not give it back.
        options.parts.sort_by_key(|it| *it == POWER);
        Some(options)
    }
}

/// Runs everything.
///
/// # Errors
///
/// The first thing that is not as it has to be; what lies on the disk then is kept and named.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let program = built()?;
    for part in &options.parts {
        let start = Instant::now();
        let told = match *part {
            "many" => many::run(&program, options.changes)?,
            "kills" => kills::run(&program, options.kills, &mut Random::new(options.seed))?,
            "screens" => screens::run(&program, options.screens, &mut Random::new(options.seed))?,
            "ends" => ends::run(&program, options.ends, &mut Random::new(options.seed))?,
            POWER => power::run(&program, options.cuts, &mut Random::new(options.seed))?,
            _ => faults::run(&program, options.case)?,
        };
        say(&format!("{part}，{} 秒：", start.elapsed().as_secs()));
        told.iter().for_each(|it| say(&format!("  {it}")));
    }
    Ok(())
}

/// Builds the program as people get it; returns its path.
fn built() -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["build", "--release", "--package", "kaohe"];
    let status = Command::new(cargo).args(arguments).current_dir(xtask::root()).status();
    if !status.map_err(|error| format!("cargo 没能运行：{error}"))?.success() {
        return Err("没有编译成：cargo build --release".to_owned());
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| xtask::root().join("target"), PathBuf::from);
    let program = target.join("release").join("kaohe");
    std::path::absolute(&program).map_err(|error| unreadable(&program, &error))
}

/// Prints a line of figures.
fn say(line: &str) {
    // Where standard output is closed nobody reads it.
    let _ = writeln!(io::stdout(), "{line}");
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("{}：{error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_power_goes_off_only_where_that_is_asked_for() {
        let parts = |arguments: &[&str]| Options::read(arguments).map(|it| it.parts);
        assert_eq!(parts(&["--cuts", "7"]), Some(vec!["many", "kills", "screens", "ends", "faults"]));
        assert_eq!(parts(&["power", "many"]), Some(vec!["many", "power"]));
        assert_eq!(parts(&["lightning"]), None);
    }
}

//! What a script says: arguments → one function per command; with no command, the screens.
//!
//! The rules are core's, the files store's and the spreadsheets exchange's; here they are only asked. Whatever goes
//! wrong is a `Failure` with a status and a sentence, printed once, in [`main`].

mod args;
mod at;
mod commands;
mod failure;
mod handbook;
mod help;
mod input;
mod manual;
mod names;
mod opened;
mod output;
mod progress;
mod rubric_text;
mod session;
mod time;
mod usage;

use std::ffi::OsString;
use std::io::Write;
use std::panic::{self, UnwindSafe};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches};

use args::{Args, Bare, Global};
use failure::{Failure, Status};
pub use handbook::handbook;
pub use manual::manual;

/// The version with the commit and the day it was made, such as `0.1.0（提交 6dee1ba4c2，2026-11-30）`.
pub const VERSION: &str = env!("KAOHE_VERSION");

/// Returns the definition of the command line, all in Chinese; the man page and the completions are made from it.
pub fn command() -> clap::Command {
    help::in_chinese(Args::command())
}

/// Where the program broke; told once the terminal is given back, since the screens would swallow it.
static BROKEN_AT: Mutex<String> = Mutex::new(String::new());

/// Runs the program with these arguments, the program's name first.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    match told_if_broken(|| run(args)) {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(failure)) => {
            complain(&failure.message);
            failure.status.into()
        }
        None => Status::Store.into(),
    }
}

/// Runs this; where it breaks (a panic), that is told in a sentence, and nothing is returned.
pub fn told_if_broken<T>(run: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or(String::new(), |it| format!("（{}:{}）", it.file(), it.line()));
        *BROKEN_AT.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
    let done = panic::catch_unwind(run);
    if done.is_err() {
        let place = BROKEN_AT.lock().unwrap_or_else(PoisonError::into_inner).clone();
        complain(&format!("程序内部出错{place}，已停止；已记入的内容不受影响。请把这句话告诉维护人员。"));
    }
    done.ok()
}

/// Reads a command line that names no command, as most do that open the screens; nothing where it is another.
fn bare(args: &[OsString]) -> Option<Args> {
    let matches = Bare::command().try_get_matches_from(args).ok()?;
    let Bare { global, screens } = Bare::from_arg_matches(&matches).ok()?;
    Some(Args { global: with_source(global, &matches), screens, command: None })
}

/// Reads any command line.
fn full(args: &[OsString]) -> Result<Args, clap::Error> {
    // What is understood needs no help, and help in Chinese takes as long as opening a year.
    let plain = Args::command().try_get_matches_from(args);
    let matches = plain.or_else(|_| command().try_get_matches_from(args))?;
    let args = Args::from_arg_matches(&matches)?;
    Ok(Args { global: with_source(args.global, &matches), ..args })
}

/// Notes whether the name stands on the command line itself.
fn with_source(global: Global, matches: &ArgMatches) -> Global {
    Global { is_by_given: matches.value_source("by") == Some(ValueSource::CommandLine), ..global }
}

fn run(args: Vec<OsString>) -> Result<(), Failure> {
    let parsed = bare(&args).map_or_else(|| full(&args), Ok);
    match parsed {
        Ok(args) => commands::run(args),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            output::to_stdout(error.render().to_string().as_bytes())
        }
        Err(error) => Err(Failure::usage(usage::message(&error))),
    }
}

/// Prints to stderr; where even that fails, nobody is left to tell.
fn complain(message: &str) {
    if !message.is_empty() {
        let _ = writeln!(std::io::stderr(), "{message}");
    }
}

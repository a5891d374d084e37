//! One function per command, one file per group.

pub(crate) mod backups;
pub(crate) mod check;
pub(crate) mod doctor;
pub(crate) mod entries;
pub(crate) mod export;
pub(crate) mod feedback;
pub(crate) mod finalise;
pub(crate) mod forms;
pub(crate) mod help;
pub(crate) mod import;
mod import_self;
pub(crate) mod init;
pub(crate) mod interface;
pub(crate) mod log;
pub(crate) mod merge;
pub(crate) mod paths;
pub(crate) mod rank;
pub(crate) mod repair;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod rubric;
pub(crate) mod score;
pub(crate) mod shell;
pub(crate) mod undo;
pub(crate) mod units;

use crate::args::{Args, Command};
use crate::failure::Failure;
use crate::session::Session;

/// Does what the command line says.
pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let session = Session::new(args.global)?;
    let screens = args.screens;
    let Some(command) = args.command else { return interface::open(&session, &screens) };
    match command {
        Command::Demo { screens } => interface::demo(&session, &screens),
        Command::Init(args) => init::init(&session, &args),
        Command::Units(command) => units::run(&session, command),
        Command::Rubric(command) => rubric::run(&session, command),
        Command::Import(command) => import::run(&session, command),
        Command::Review(args) => review::review(&session, &args),
        Command::Na(args) => review::not_applicable(&session, &args),
        Command::Withdraw(args) => entries::withdraw(&session, &args),
        Command::Undo => undo::undo(&session),
        Command::Redo => undo::redo(&session),
        Command::Score(args) => score::score(&session, &args),
        Command::Explain(args) => score::explain(&session, &args),
        Command::Rank(args) => rank::rank(&session, &args),
        Command::Compare(args) => rank::compare(&session, &args),
        Command::Losses(args) => rank::losses(&session, &args),
        Command::Export(args) => export::export(&session, &args),
        Command::Report(args) => report::report(&session, &args),
        Command::Forms(args) => forms::forms(&session, &args),
        Command::Finalise(args) => finalise::finalise(&session, &args),
        Command::Reopen(args) => finalise::reopen(&session, &args),
        Command::Log(args) => log::log(&session, &args),
        Command::Merge(args) => merge::merge(&session, &args),
        Command::Check => check::check(&session),
        Command::Repair(args) => repair::repair(&session, &args),
        Command::Backups { command } => backups::run(&session, command),
        Command::Doctor { output } => doctor::doctor(&session, &output),
        Command::Help(args) => help::help(&args),
        Command::Paths { output } => paths::paths(&session, &output),
        Command::Completions { shell, output } => shell::completions(shell, &output),
        Command::Man { output } => shell::man(&output),
    }
}

//! `kaohe rank` and `kaohe compare`: the units of a class, and the classes.

use kaohe_core::RankOptions;
use kaohe_exchange::tables;

use crate::at::AtArg;
use crate::failure::Failure;
use crate::names;
use crate::output::TableOutput;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct RankArgs {
    #[arg(long, value_name = "类别", help = "只排这个类别，如 区直")]
    track: Option<String>,
    #[arg(long, help = "未复核完的单位也按暂计得分排名")]
    provisional: bool,
    #[command(flatten)]
    at: AtArg,
    #[command(flatten)]
    output: TableOutput,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CompareArgs {
    #[arg(long, help = "未复核完的单位也按暂计得分计入")]
    provisional: bool,
    #[command(flatten)]
    at: AtArg,
    #[command(flatten)]
    output: TableOutput,
}

/// Prints the ranking.
pub(crate) fn rank(session: &Session, args: &RankArgs) -> Result<(), Failure> {
    let view = session.view(&args.at)?;
    let ledger = &view.ledger;
    let rubric_idx = args.track.as_deref().map(|it| names::track(ledger, it)).transpose()?;
    let options = RankOptions { provisional: args.provisional };
    args.output.table(&tables::rank_table(ledger, rubric_idx, options))
}

/// Prints the classes side by side.
pub(crate) fn compare(session: &Session, args: &CompareArgs) -> Result<(), Failure> {
    let view = session.view(&args.at)?;
    let options = RankOptions { provisional: args.provisional };
    args.output.table(&tables::compare_table(&view.ledger, options))
}

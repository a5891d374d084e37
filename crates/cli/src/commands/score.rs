//! `kaohe score` and `kaohe explain`: what a unit has, and how it comes about.

use kaohe_exchange::tables;

use crate::at::AtArg;
use crate::failure::Failure;
use crate::names;
use crate::output::TableOutput;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct ScoreArgs {
    #[arg(value_name = "单位", help = "编号或全名；不写就是全部单位")]
    unit: Option<String>,
    #[command(flatten)]
    at: AtArg,
    #[command(flatten)]
    output: TableOutput,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    #[arg(value_name = "单位", help = "编号或全名")]
    unit: String,
    #[arg(value_name = "指标", help = "序号或名称；不写就是全部指标和总分")]
    indicator: Option<String>,
    #[command(flatten)]
    at: AtArg,
    #[command(flatten)]
    output: TableOutput,
}

/// Prints the scores, indicator by indicator.
pub(crate) fn score(session: &Session, args: &ScoreArgs) -> Result<(), Failure> {
    let view = session.view(&args.at)?;
    let ledger = &view.ledger;
    let unit_idx = args.unit.as_deref().map(|it| names::unit(ledger, it)).transpose()?;
    args.output.table(&tables::score_table(ledger, unit_idx))
}

/// Prints the arithmetic of a unit's scores.
pub(crate) fn explain(session: &Session, args: &ExplainArgs) -> Result<(), Failure> {
    let view = session.view(&args.at)?;
    let ledger = &view.ledger;
    let unit_idx = names::unit(ledger, &args.unit)?;
    let rubric = ledger.rubric_of(unit_idx);
    let indicator_idx = args.indicator.as_deref().map(|it| names::indicator(rubric, it)).transpose()?;
    args.output.table(&tables::explain_table(ledger, unit_idx, indicator_idx))
}

//! `kaohe log`: every change that was recorded.

use kaohe_exchange::tables;

use crate::failure::Failure;
use crate::names;
use crate::output::TableOutput;
use crate::session::Session;
use crate::time::local;

#[derive(Debug, clap::Args)]
pub(crate) struct LogArgs {
    #[arg(long, value_name = "单位", help = "只看这个单位；编号或全名")]
    unit: Option<String>,
    #[command(flatten)]
    output: TableOutput,
}

/// Prints the journal of a year, or what of it concerns a unit.
pub(crate) fn log(session: &Session, args: &LogArgs) -> Result<(), Failure> {
    let year = session.open()?;
    let ledger = year.ledger();
    let unit_idx = args.unit.as_deref().map(|it| names::unit(ledger, it)).transpose()?;
    args.output.table(&tables::log_table(ledger.emptied(), year.records(), unit_idx, &local))
}

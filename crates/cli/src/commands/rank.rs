//! `kaohe rank`, `kaohe compare` and `kaohe losses`: the units of a class, the classes, the years, and where points went.

use std::path::PathBuf;

use kaohe_core::{Ledger, RankOptions, year_change};
use kaohe_exchange::{CellFault, read_map, tables};

use crate::args::year;
use crate::at::AtArg;
use crate::failure::Failure;
use crate::input;
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
    #[arg(
        long,
        value_name = "上年",
        value_parser = year,
        help = "与数据文件夹里的另一年比：各单位名次、得分的变化"
    )]
    with: Option<u16>,
    #[arg(long, requires = "with", help = "与另一年比时，列各指标的失分率")]
    indicators: bool,
    #[arg(
        long,
        requires = "with",
        value_name = "文件",
        help = "改了名的指标怎样对应：CSV 或工作簿，\n两列“上年指标”“本年指标”"
    )]
    map: Option<PathBuf>,
    #[command(flatten)]
    at: AtArg,
    #[command(flatten)]
    output: TableOutput,
}

#[derive(Debug, clap::Args)]
pub(crate) struct LossesArgs {
    #[arg(long, value_name = "类别", help = "只看这个类别，如 区直")]
    track: Option<String>,
    #[arg(long, help = "每条下面逐个单位列出")]
    units: bool,
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

/// Prints the classes side by side, or the year beside another one.
pub(crate) fn compare(session: &Session, args: &CompareArgs) -> Result<(), Failure> {
    let view = session.view(&args.at)?;
    let options = RankOptions { provisional: args.provisional };
    if let Some(other) = args.with {
        return compare_years(session, args, &view.ledger, other, options);
    }
    args.output.table(&tables::compare_table(&view.ledger, options))
}

/// Prints what moved from another year to this one.
fn compare_years(
    session: &Session,
    args: &CompareArgs,
    now: &Ledger,
    other: u16,
    options: RankOptions,
) -> Result<(), Failure> {
    if session.data.pick_year(session.year)? == other {
        let message = format!("{other} 年不能和自己比：--with 请写另一年，或用 --year 指定要看的年度。");
        return Err(Failure::usage(message));
    }
    let before = session.look_at(other)?.ledger;
    let map = match &args.map {
        Some(path) => {
            let given = input::read(path)?;
            read_map(&given.bytes, &given.name, now, &before)
                .map_err(|faults| Failure::input(faults.iter().map(CellFault::to_string).collect()))?
        }
        None => Vec::new(),
    };
    let change = year_change(now, &before, &map, options);
    args.output.table(&if args.indicators {
        tables::indicator_change_table(now, &before, &change)
    } else {
        tables::unit_change_table(now, &before, &change)
    })
}

/// Prints where points were lost, rule by rule.
pub(crate) fn losses(session: &Session, args: &LossesArgs) -> Result<(), Failure> {
    let view = session.view(&args.at)?;
    let ledger = &view.ledger;
    let rubric_idx = args.track.as_deref().map(|it| names::track(ledger, it)).transpose()?;
    args.output.table(&if args.units {
        tables::loss_units_table(ledger, rubric_idx)
    } else {
        tables::losses_table(ledger, rubric_idx)
    })
}

//! `kaohe log`: every change that was recorded, or those that are asked for.

use jiff::civil::Date;
use kaohe_core::{Record, nearest};
use kaohe_exchange::tables::{self, LogFilter};
use kaohe_exchange::words::Kind;
use kaohe_exchange::{clean, read_date};

use crate::failure::Failure;
use crate::names;
use crate::output::TableOutput;
use crate::session::Session;
use crate::time::{end_of, local, start_of};

#[derive(Debug, clap::Args)]
pub(crate) struct LogArgs {
    #[arg(long, value_name = "单位", help = "只看这个单位；编号或全名")]
    unit: Option<String>,
    #[arg(long, value_name = "姓名", help = "只看这个人做的")]
    by: Option<String>,
    #[arg(long, value_name = "日期", value_parser = day, help = "从这一天起记的，如 2023-11-06")]
    since: Option<Date>,
    #[arg(long, value_name = "日期", value_parser = day, help = "到这一天为止记的")]
    until: Option<Date>,
    #[arg(
        long,
        value_name = "操作",
        help = "只看这种操作：扣分（加分也算）、修改、撤回、恢复、\n自评、复核、不涉及、撤销、重做、换用细则、以文件为准、\n定稿、重新打开、修复；\n几种用顿号隔开，或写几次"
    )]
    kind: Vec<String>,
    #[command(flatten)]
    output: TableOutput,
}

/// Prints the journal of a year, or those of its rows that are asked for.
pub(crate) fn log(session: &Session, args: &LogArgs) -> Result<(), Failure> {
    let kinds = kinds(&args.kind)?;
    if let (Some(since), Some(until)) = (args.since, args.until)
        && until < since
    {
        return Err(Failure::usage(format!("--until {until} 早于 --since {since}：请调换过来。")));
    }
    let view = session.look()?;
    let ledger = &view.ledger;
    // The name in the environment says who records, not whose records are wanted.
    let by = args.by.as_deref().filter(|_| session.is_by_given);
    let filter = LogFilter {
        unit_idx: args.unit.as_deref().map(|it| names::unit(ledger, it)).transpose()?,
        by: by.map(|it| person(&view.records, it)).transpose()?,
        since: args.since.map(start_of),
        before: args.until.map(end_of),
        kinds,
    };
    args.output.table(&tables::log_table(ledger.emptied(), &view.records, &filter, &local))
}

fn day(text: &str) -> Result<Date, String> {
    read_date(text).map_err(|_| "请写日历上有的日期，如 2023-11-06".to_owned())
}

/// Returns the name of somebody who has recorded something.
fn person(records: &[Record], given: &str) -> Result<String, Failure> {
    let given = clean(given);
    let people = || records.iter().map(|it| it.by.as_str());
    if people().any(|it| it == given) {
        return Ok(given);
    }
    let nearest = nearest(&given, people()).map_or(String::new(), |it| format!("，最接近的是“{it}”"));
    Err(Failure::usage(clean(&format!("没有“{given}”的留痕：请填记录人的姓名{nearest}。"))))
}

fn kinds(given: &[String]) -> Result<Vec<Kind>, Failure> {
    let words = given.iter().flat_map(|it| it.split(['、', ',', '，'])).map(str::trim);
    let find = |word: &str| {
        Kind::find(word).map_err(|nearest| {
            let known: Vec<&str> = Kind::ALL.into_iter().map(Kind::word).collect();
            let nearest = nearest.map_or(String::new(), |it| format!("，最接近的是“{it}”"));
            Failure::usage(clean(&format!("没有操作“{word}”：请填{}{nearest}。", known.join("、"))))
        })
    };
    words.map(find).collect()
}

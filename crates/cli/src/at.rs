//! `--at`: which moment of the year is asked about.

use jiff::civil::Date;
use kaohe_core::{EntryId, Stamp, half_width};
use kaohe_exchange::{clean, read_date};
use kaohe_store::{AsOf, AsOfError};

use crate::failure::Failure;
use crate::time::{end_of, local};

#[derive(Debug, clap::Args)]
pub(crate) struct AtArg {
    #[arg(
        long,
        value_name = "编号或日期",
        value_parser = at,
        help = "看当时的：到这条留痕为止（照抄 kaohe log 的编号），\n或到这一天结束（如 2023-11-06）"
    )]
    at: Option<At>,
}

#[derive(Clone, Debug)]
enum At {
    Record(Stamp),
    Day(Date),
}

impl AtArg {
    /// Returns the moment that was asked for; none is now.
    pub fn as_of(&self) -> Option<AsOf> {
        self.at.as_ref().map(|at| match at {
            At::Record(stamp) => AsOf::Record(stamp.clone()),
            At::Day(day) => AsOf::Before(end_of(*day)),
        })
    }
}

impl AtArg {
    /// Returns that moment in words; nothing where it is now.
    pub fn words(&self) -> String {
        match &self.at {
            None => String::new(),
            Some(At::Record(stamp)) => format!("留痕 {}@{}", stamp.n, stamp.writer),
            Some(At::Day(day)) => format!("{day}（含当天）"),
        }
    }
}

fn at(text: &str) -> Result<At, String> {
    let folded = half_width(text);
    let folded = folded.trim();
    if folded.contains('@') {
        // An entry is named after its record.
        let id: Option<EntryId> = folded.parse().ok();
        return id.map(|it| At::Record(it.stamp)).ok_or_else(wanted);
    }
    read_date(folded).map(At::Day).map_err(|_| wanted())
}

fn wanted() -> String {
    "请写留痕的编号（kaohe log 的“编号”一列，如 12@zhang-b143d7），或日期（如 2023-11-06）".to_owned()
}

impl From<AsOfError> for Failure {
    fn from(error: AsOfError) -> Failure {
        match error {
            AsOfError::Store(error) => error.into(),
            AsOfError::UnknownRecord(stamp) => Failure::usage(clean(&format!(
                "没有编号是“{stamp}”的留痕：请照抄 kaohe log 的“编号”一列，或改用日期。"
            ))),
            AsOfError::NothingYet { first: Some(first) } => Failure::usage(format!(
                "那时还没有留痕：最早的一条是 {} 记的，请给那一天或以后的日期。",
                local(first)
            )),
            AsOfError::NothingYet { first: None } => {
                Failure::usage("这一年还没有留痕：请去掉 --at。".to_owned())
            }
        }
    }
}

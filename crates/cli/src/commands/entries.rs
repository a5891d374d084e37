//! `kaohe withdraw`: a deduction is taken back, and stays readable.

use kaohe_core::{Change, EntryId};
use kaohe_exchange::{clean, words};

use crate::failure::Failure;
use crate::output::say;
use crate::session::Session;
use crate::time::now;

#[derive(Debug, clap::Args)]
pub(crate) struct WithdrawArgs {
    #[arg(value_name = "记录编号", help = "导出的“扣分明细”里的记录编号")]
    entry: String,
    #[arg(long, value_name = "原因", help = "为什么撤回")]
    reason: String,
}

/// Withdraws one entry.
pub(crate) fn withdraw(session: &Session, args: &WithdrawArgs) -> Result<(), Failure> {
    let reason = clean(&args.reason);
    if reason.is_empty() {
        return Err(Failure::usage("--reason 是空的：请写明为什么撤回。"));
    }
    let mut year = session.open_to_change()?;
    let ledger = year.ledger();
    let known = args.entry.trim().parse::<EntryId>().ok().filter(|it| ledger.entry(it).is_some());
    let entry = known.ok_or_else(|| {
        let given = clean(&args.entry);
        let advice = "请用 kaohe export --format csv 写出扣分明细，照抄其中的记录编号";
        Failure::usage(format!("没有扣分记录“{given}”：{advice}。"))
    })?;
    let change = Change::Withdraw { entry, reason };
    let done = words::change(ledger, &change);
    year.record(change, now())?;
    say(&done)
}

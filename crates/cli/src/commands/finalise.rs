//! `kaohe finalise` and `kaohe reopen`: fixing a year, and opening it again.

use kaohe_core::{Change, Ledger, Record};
use kaohe_exchange::tables::YearTable;
use kaohe_exchange::{Encoding, clean, to_csv, words};

use crate::failure::Failure;
use crate::output::say;
use crate::session::Session;
use crate::time::{local, local_now, now};

#[derive(Debug, clap::Args)]
pub(crate) struct FinaliseArgs {
    #[arg(long, help = "还有单位未复核完或待定，也照样定稿")]
    provisional: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReopenArgs {
    #[arg(long, value_name = "理由", help = "为什么重新打开；记入留痕")]
    reason: String,
}

/// Fixes the year, with a copy of everything beside it.
pub(crate) fn finalise(session: &Session, args: &FinaliseArgs) -> Result<(), Failure> {
    let mut year = session.open_to_change()?;
    let unfinished = year.ledger().unfinished();
    if !args.provisional && !unfinished.is_empty() {
        return Err(Failure::store(not_finished(year.ledger(), &unfinished)));
    }
    let n_unresolved = year.ledger().unresolved().len();
    if !args.provisional && n_unresolved > 0 {
        return Err(Failure::store(format!(
            "没有定稿：有 {n_unresolved} 条记录对不上现在的细则和名录，没有计入得分。请用 kaohe check 逐条看过并改好，或用 --provisional 照样定稿。"
        )));
    }
    let tables = |ledger: &Ledger, records: &[Record]| {
        let csv = |it: YearTable| to_csv(&it.of(ledger, records, &local), Encoding::Utf8);
        YearTable::ALL.into_iter().map(|it| (format!("{}.csv", it.name()), csv(it))).collect()
    };
    let fixed = year.finalise(args.provisional, tables, local_now(), now())?;
    let number = year.year().year;
    say(&format!(
        "{number} 年已定稿，摘要 {}\n定稿时的全部数据和表格：{}\n此后的改动一律不收；确要改，用 kaohe reopen --reason",
        fixed.digest,
        fixed.folder.display()
    ))
}

/// Names every unit that stands in the way, and what it waits for.
fn not_finished(ledger: &Ledger, unfinished: &[usize]) -> String {
    let mut lines = Vec::new();
    for &unit_idx in unfinished {
        let (unit, score) = (ledger.unit(unit_idx), ledger.score(unit_idx));
        let state = words::total_state(score);
        let (n_settled, n_all) = (score.n_settled, score.indicators.len());
        lines.push(clean(&format!("{} {}：{state}，已复核 {n_settled}/{n_all}", unit.id, unit.name)));
    }
    lines.push(format!(
        "没有定稿：{} 个单位未复核完或待定。请先复核完，或用 --provisional 照样定稿。",
        unfinished.len()
    ));
    lines.join("\n")
}

/// Opens a year that was fixed.
pub(crate) fn reopen(session: &Session, args: &ReopenArgs) -> Result<(), Failure> {
    let mut year = session.open()?;
    year.record(Change::Reopen { reason: clean(&args.reason) }, now())?;
    let number = year.year().year;
    say(&format!("{number} 年已重新打开，可以改动；改完请重新定稿：kaohe finalise"))
}

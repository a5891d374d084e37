//! `kaohe merge`: what a colleague's copy of the year has comes in.

use std::path::PathBuf;

use kaohe_core::Counts;
use kaohe_exchange::{clean, words};
use kaohe_store::{Merge, YearCopy};
use kaohe_tui::text::faults;

use crate::failure::Failure;
use crate::opened::back_up;
use crate::output::{say, warn};
use crate::session::{Session, warn_of_unresolved};

#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    #[arg(value_name = "文件夹", help = "同事的年度文件夹，或放着它的数据文件夹；只读，不改它")]
    copy: PathBuf,
}

/// Merges one copy, and says what came in and what clashes.
pub(crate) fn merge(session: &Session, args: &MergeArgs) -> Result<(), Failure> {
    let default = session.data.pick_year(session.year)?;
    let copy = YearCopy::find(&args.copy, session.year, default)?;
    let merge = session.data.merge(&copy)?;
    if merge.is_unlocked {
        warn(faults::UNLOCKED);
    }
    back_up(&session.data, copy.year());
    for file in &merge.torn {
        warn(&clean(&format!("提示：{} 的最后一行没有写完，没有合并那一行。", file.display())));
    }
    warn_of_unresolved(&merge.ledger);
    say(&lines(copy.year(), &merge).join("\n"))
}

fn lines(year: u16, merge: &Merge) -> Vec<String> {
    let n_records: usize = merge.arrived.iter().map(|it| it.n_records).sum();
    let mut lines = Vec::new();
    if n_records == 0 && merge.n_versions == 0 {
        lines.push(format!("{year} 年没有新的内容：那一份里的，这里都有"));
    }
    if n_records > 0 {
        lines.push(format!("合并进 {year} 年的留痕 {n_records} 条："));
        let arrived = merge.arrived.iter();
        let told = arrived.map(|it| format!("{}（{}）{} 条", it.by, it.machine, it.n_records));
        lines.extend(told.map(|it| format!("  {}", clean(&it))));
    }
    if let Some(fixed) = merge.ledger.finalised().filter(|_| merge.is_fixed_now) {
        let by = clean(&fixed.by);
        lines.push(format!(
            "那一份已由 {by} 定稿：这里也就定稿了，不再收改动。定稿以外的记录 kaohe check 会列出；要接着改，先 kaohe reopen --reason 理由"
        ));
    }
    if merge.n_versions > 0 {
        lines.push(format!("合并进留存的细则 {} 份", merge.n_versions));
    }
    let (twice, set): (Vec<_>, Vec<_>) = merge.clashes.iter().partition(|it| it.counts == Counts::Twice);
    for (clashes, what) in [(set, "两边都改过的"), (twice, "两边都记了的")] {
        if !clashes.is_empty() {
            lines.push(format!("{what} {} 处，都在留痕里：", clashes.len()));
            let told = clashes.into_iter().map(|it| words::clash(&merge.ledger, it));
            lines.extend(told.map(|it| format!("  {}", clean(&it))));
        }
    }
    lines
}

//! All tables of a year, one by one: each takes its time, and who writes them shows how far it is.

use kaohe_core::{Ledger, RankOptions, Record};

use super::{
    LogFilter, ToLocal, difference_table, entries_table, log_table, rank_table, score_table, units_table,
};
use crate::table::Table;

/// One of the tables of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearTable {
    /// 排名.
    Ranking,
    /// 得分.
    Scores,
    /// 扣分明细.
    Entries,
    /// 自评差异.
    Differences,
    /// 名录.
    Roster,
    /// 留痕.
    Log,
}

impl YearTable {
    /// All of them, in the order in which they are written.
    pub const ALL: [YearTable; 6] = [
        YearTable::Ranking,
        YearTable::Scores,
        YearTable::Entries,
        YearTable::Differences,
        YearTable::Roster,
        YearTable::Log,
    ];

    /// Returns what its file is called, without a suffix.
    pub fn name(self) -> &'static str {
        match self {
            YearTable::Ranking => "排名",
            YearTable::Scores => "得分",
            YearTable::Entries => "扣分明细",
            YearTable::Differences => "自评差异",
            YearTable::Roster => "名录",
            YearTable::Log => "留痕",
        }
    }

    /// Makes it.
    pub fn of(self, ledger: &Ledger, records: &[Record], to_local: ToLocal<'_>) -> Table {
        match self {
            YearTable::Ranking => rank_table(ledger, None, RankOptions::default()),
            YearTable::Scores => score_table(ledger, None),
            YearTable::Entries => entries_table(ledger, None, to_local),
            YearTable::Differences => difference_table(ledger, None),
            YearTable::Roster => units_table(ledger.roster()),
            YearTable::Log => log_table(ledger.emptied(), records, &LogFilter::default(), to_local),
        }
    }
}

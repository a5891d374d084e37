//! The rows of the log, and the fold that makes them.

use std::ops::Range;

use kaohe_core::{Ledger, Record, Stamp};
use kaohe_exchange::tables::{LogFold, LogRow};

/// What a record did in one place.
#[derive(Debug)]
pub(super) struct Row {
    /// The record's place among the year's.
    pub record_idx: usize,
    pub done: LogRow,
}

/// All rows, oldest first.
#[derive(Debug)]
pub(super) struct Rows {
    fold: LogFold,
    pub all: Vec<Row>,
    n_records: usize,
    /// The last record that was taken in.
    last: Option<Stamp>,
}

impl Rows {
    pub(super) fn new(ledger: &Ledger) -> Rows {
        Rows { fold: LogFold::new(ledger.emptied()), all: Vec::new(), n_records: 0, last: None }
    }

    /// Takes in the records that came since; says whether the rows that there were still stand where they stood. Where
    /// a record came that belongs before the last one, all are made anew.
    pub(super) fn extend(&mut self, ledger: &Ledger, records: &[Record]) -> bool {
        let before = self.n_records.checked_sub(1).and_then(|it| records.get(it)).map(|it| &it.stamp);
        let is_extended = before == self.last.as_ref();
        if !is_extended {
            *self = Rows::new(ledger);
        }
        for (record_idx, record) in records.iter().enumerate().skip(self.n_records) {
            let rows = self.fold.take_in(record).into_iter();
            self.all.extend(rows.map(|done| Row { record_idx, done }));
        }
        self.n_records = records.len();
        self.last = records.last().map(|it| it.stamp.clone());
        is_extended
    }

    /// Returns the places of the rows, the newest record first; those of one record in their order.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = usize> + '_ {
        let groups = self.all.chunk_by(|a, b| a.record_idx == b.record_idx);
        let mut end = self.all.len();
        groups.rev().flat_map(move |group| {
            let start = end - group.len();
            end = start;
            start..start + group.len()
        })
    }

    /// Returns the rows of a record.
    pub(super) fn of_record(&self, record_idx: usize) -> &[Row] {
        let start = self.all.partition_point(|it| it.record_idx < record_idx);
        let end = self.all.partition_point(|it| it.record_idx <= record_idx);
        self.all.get(Range { start, end }).unwrap_or_default()
    }
}

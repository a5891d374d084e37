//! Rows that likely say once more what is recorded, or what an earlier row says.

use std::collections::HashMap;

use jiff::civil::Date;
use kaohe_core::{Change, Deduction, ItemNo, Ledger, RuleId};

use super::{EntryIn, RECORD};
use crate::fault::CellFault;
use crate::sheet_in::RowIn;

/// What two rows have in common where the second likely repeats the first: unit, indicator, rule, 评分要点, day and 说明;
/// and what says which of a rule's amounts is meant, for the notices of two levels on one day are two.
///
/// Rows of an export are told apart by the numbers of their records too: what was recorded twice was meant twice.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Gist {
    unit_idx: usize,
    indicator_idx: usize,
    rule: RuleId,
    item: Option<ItemNo>,
    date: Date,
    note: String,
    level: Option<String>,
    value: Option<String>,
    modifier: Option<String>,
    record: String,
}

impl Gist {
    fn of(unit_idx: usize, indicator_idx: usize, deduction: &Deduction, record: &str) -> Gist {
        let Deduction { rule, item, date, note, level, value, modifier, .. } = deduction.clone();
        let value = value.map(|it| it.to_string());
        Gist {
            unit_idx,
            indicator_idx,
            rule,
            item,
            date,
            note,
            level,
            value,
            modifier,
            record: record.to_owned(),
        }
    }
}

/// The row that first says something.
pub(super) type FirstRows = HashMap<Gist, usize>;

/// Returns what the row likely repeats.
pub(super) fn duplicate(
    entry: &EntryIn,
    row: RowIn<'_>,
    ledger: &Ledger,
    file: &str,
    first_rows: &mut FirstRows,
) -> Option<CellFault> {
    let Change::Deduct(deduction) = &entry.change else { return None };
    let gist = |it: &Deduction, record: &str| Gist::of(entry.unit_idx, entry.indicator_idx, it, record);
    let first = *first_rows.entry(gist(deduction, row.cell(RECORD))).or_insert(row.row);
    let own = gist(deduction, "");
    let cells = &ledger.sheet(entry.unit_idx).cells;
    let mut recorded = cells.get(entry.indicator_idx)?.entries.iter().filter(|it| it.withdrawn.is_none());
    let what = "单位、规则、评分要点、日期和说明都相同，可能重复";
    // Few have the day in common; only those are looked at whole, for a cell may have thousands.
    let is_same = |it: &Deduction| (it.date, &it.rule) == (own.date, &own.rule) && gist(it, "") == own;
    let reason = match recorded.find(|it| is_same(&it.deduction)) {
        Some(it) => format!("与已记入的 {} {what}", it.id),
        None if first != row.row => format!("与第 {first} 行{what}"),
        None => return None,
    };
    Some(CellFault::of_file(file, reason).in_row(row.row))
}

//! `compare --map`: which indicators of two years are the same under other names.

use kaohe_core::{Ledger, Rubric, nearest};

use crate::fault::{CellFault, Faults};
use crate::names::{find_indicator, likely};
use crate::sheet_in::read_table;

const BEFORE: &str = "上年指标";
const NOW: &str = "本年指标";

/// The columns of a map of indicators; both are required.
pub const MAP_COLUMNS: [&str; 2] = [BEFORE, NOW];

/// Reads which indicators of an earlier year are which of this one, each by number, name or id, as [`year_change`] takes
/// them.
///
/// [`year_change`]: kaohe_core::year_change
///
/// # Errors
///
/// All faults of all rows: what neither class of its year has.
pub fn read_map(
    bytes: &[u8],
    file: &str,
    now: &Ledger,
    before: &Ledger,
) -> Result<Vec<(String, String)>, Vec<CellFault>> {
    let sheet = read_table(bytes, file, &MAP_COLUMNS, &MAP_COLUMNS)?;
    let mut faults = Faults::new(file);
    let mut map = Vec::new();
    for row in sheet.rows() {
        let mut id = |column: &str, ledger: &Ledger| -> Option<String> {
            let given = row.cell(column);
            let found = ledger.rubrics().iter().find_map(|it| Some((it, find_indicator(it, given)?)));
            if let Some((rubric, indicator_idx)) = found {
                return Some(name_for(rubric, indicator_idx, given));
            }
            let names = ledger.rubrics().iter().flat_map(Rubric::indicators).map(|it| it.name.as_str());
            let near = likely(given).and_then(|it| nearest(it, names));
            let reason = "不是那一年的指标：请填序号、名称或编号";
            faults.add(|it| {
                CellFault { reason: reason.to_owned(), ..it }.in_cell(row.row, column, given).near(near)
            });
            None
        };
        if let (Some(from), Some(to)) = (id(BEFORE, before), id(NOW, now)) {
            map.push((from, to));
        }
    }
    faults.finish()?;
    Ok(map)
}

/// Returns what finds an indicator in every class that has it under this name: a number means another one in each class.
fn name_for(rubric: &Rubric, indicator_idx: usize, given: &str) -> String {
    let indicator = rubric.indicator(indicator_idx);
    let is_name = indicator.name == given || indicator.id.as_str() == given || indicator.number == given;
    if is_name { given.to_owned() } else { indicator.name.clone() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample::ledger;

    fn read(rows: &str) -> Result<Vec<(String, String)>, Vec<CellFault>> {
        let ledger = ledger();
        read_map(format!("上年指标,本年指标\n{rows}\n").as_bytes(), "对照.csv", &ledger, &ledger)
    }

    #[test]
    fn reads_numbers_names_and_ids() {
        let map = read("3,依申请公开\nmedia,８").unwrap();
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(map, [pair("3", "依申请公开"), pair("media", "依申请公开")]);
    }

    #[test]
    fn says_what_neither_year_has_and_what_was_likely_meant() {
        let faults = read("政务媒体,1\n1,九").unwrap_err();
        assert_eq!(
            faults.iter().map(CellFault::sentence).collect::<Vec<_>>(),
            [
                "第 2 行“上年指标”列：“政务媒体”不是那一年的指标：请填序号、名称或编号，最接近的是“政务新媒体”。",
                "第 3 行“本年指标”列：“九”不是那一年的指标：请填序号、名称或编号。",
            ]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn arbitrary_rows_are_read_or_refused_whole(rows in "[\\PC\n,\"]{0,60}") {
            if let Ok(map) = read(&rows) {
                prop_assert!(map.len() <= rows.lines().count());
            }
        }
    }
}

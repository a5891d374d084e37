//! The two columns that every import of scores has: whose, and under which indicator.

use kaohe_core::{Indicator, Ledger, half_width, nearest};

use crate::fault::{CellFault, Faults};
use crate::names::{Units, choice, find_indicator, likely};
use crate::sheet_in::RowIn;

pub(crate) const UNIT: &str = "单位";
pub(crate) const INDICATOR: &str = "指标";

/// Finds the units and indicators that rows name.
pub(crate) struct Places<'l> {
    pub ledger: &'l Ledger,
    units: Units,
}

impl<'l> Places<'l> {
    pub fn of(ledger: &'l Ledger) -> Places<'l> {
        Places { ledger, units: Units::of(ledger) }
    }

    /// Returns the place in the roster of the unit that a row names, or reports why there is none.
    pub fn unit(&self, row: RowIn<'_>, faults: &mut Faults) -> Option<usize> {
        let given = row.cell(UNIT);
        let unit_idx = self.units.find(given);
        if given.is_empty() {
            faults.cell(row.row, UNIT, "", "空着：请填单位的编号或全名");
        } else if unit_idx.is_none() {
            faults.add(|it| {
                let nearest =
                    likely(given).and_then(|it| self.ledger.nearest_unit(&half_width(it)).map(str::to_owned));
                let what_to_do =
                    if nearest.is_some() { "" } else { "：请填名录里的编号或单位全名" };
                let reason = format!("不在名录中{what_to_do}");
                CellFault { reason, nearest, ..it.in_cell(row.row, UNIT, given) }
            });
        }
        unit_idx
    }

    /// Returns the indicator that a row names, of the rubric that scores the unit, or reports why there is none.
    pub fn indicator(
        &self,
        row: RowIn<'_>,
        unit_idx: usize,
        faults: &mut Faults,
    ) -> Option<(usize, &'l Indicator)> {
        let given = row.cell(INDICATOR);
        let rubric = self.ledger.rubric_of(unit_idx);
        if given.is_empty() {
            faults.cell(row.row, INDICATOR, "", "空着：请填指标的序号或名称");
            return None;
        }
        let Some(indicator_idx) = find_indicator(rubric, given) else {
            faults.add(|it| {
                let names = rubric.indicators().map(|it| it.name.as_str());
                let nearest = likely(given).and_then(|it| nearest(&half_width(it), names)).map(str::to_owned);
                let known: Vec<String> =
                    rubric.indicators().map(|it| format!("{} {}", it.number, it.name)).collect();
                let known =
                    if nearest.is_some() { String::new() } else { format!("：请填 {}", choice(&known)) };
                let reason = format!("不是{}的指标{known}", rubric.track);
                CellFault { reason, nearest, ..it.in_cell(row.row, INDICATOR, given) }
            });
            return None;
        };
        Some((indicator_idx, rubric.indicator(indicator_idx)))
    }
}

//! The score of one indicator: one number for all of it, or one for each of its 评分要点.

use kaohe_core::{Indicator, Points};

use super::super::FormNote;
use super::super::grid::Grid;
use super::Reader;
use super::blocks::{Block, Page};
use super::cells::read_score;
use crate::workbook_in::Spot;

impl Reader<'_> {
    /// Returns the score of a block and where it stands; notes why there is none.
    pub(super) fn points(
        &mut self,
        grid: &Grid<'_>,
        page: &Page,
        block: &Block,
        indicator: &Indicator,
    ) -> Option<(Points, Spot)> {
        let cells = page.cells_of(grid, block);
        let is_concerned = block.indicator_idx.is_some_and(|it| {
            self.ledger.sheet(self.unit_idx).cells.get(it).is_some_and(kaohe_core::Cell::is_concerned)
        });
        let Some(first) = cells.first().copied() else {
            let at = Spot { row: block.first_row, column: page.column };
            // Of an indicator that another page or sheet has too, one is enough.
            if is_concerned && !self.is_elsewhere(block) {
                self.missing(grid.note(at, format!("没有填“{}”的自评分", indicator.name)));
            }
            return None;
        };
        let mut read = Vec::new();
        for at in cells {
            let Some(value) = grid.value(at.row, at.column) else { continue };
            match read_score(value) {
                Ok(points) => read.push((at, points)),
                // Forms of units that an indicator does not concern have a dash there.
                Err(_) if !is_concerned => {}
                Err(reason) => self.notes.faults.push(grid.note(at, reason)),
            }
        }
        match read.as_slice() {
            [] => None,
            [(at, points)] => {
                let n_rows = block.last_row - block.first_row + 1;
                let has_rows = indicator.items.len() > 1 && n_rows as usize >= indicator.items.len();
                let is_merged = grid.area(*at).last.row > at.row;
                let is_small = indicator.items.iter().all(|it| *points <= it.points);
                if has_rows && !is_merged && is_small {
                    let reason = format!(
                        "“{}”有 {} 个评分要点，只填了这一格：分不清是一个要点的分还是整个指标的分",
                        indicator.name,
                        indicator.items.len()
                    );
                    self.notes.faults.push(grid.note(*at, reason));
                    return None;
                }
                Some((*points, *at))
            }
            several if several.len() == indicator.items.len() => self.sum(grid, several, indicator),
            several => {
                let all: Vec<String> = several.iter().map(|it| it.0.name()).collect();
                let reason = format!(
                    "“{}”有 {} 个自评分（{}）：请每个指标填一个，或每个评分要点各填一个",
                    indicator.name,
                    several.len(),
                    all.join("、")
                );
                let at = several.get(1).map_or(first, |it| it.0);
                self.notes.faults.push(grid.note(at, reason));
                None
            }
        }
    }

    /// Adds up the scores of all 评分要点 of an indicator.
    fn sum(
        &mut self,
        grid: &Grid<'_>,
        scores: &[(Spot, Points)],
        indicator: &Indicator,
    ) -> Option<(Points, Spot)> {
        let mut is_sound = true;
        for ((at, points), item) in scores.iter().zip(&indicator.items) {
            if *points > item.points || points.is_negative() {
                let reason = format!(
                    "不在范围内：评分要点 {}.{} 须不小于 0，不超过 {}",
                    indicator.number, item.number, item.points
                );
                self.notes.faults.push(grid.note(*at, reason));
                is_sound = false;
            }
        }
        let (at, _) = *scores.first().filter(|_| is_sound)?;
        let sum: Points = scores.iter().map(|it| it.1).sum();
        let reason = format!("“{}”按评分要点分填，合计 {sum}", indicator.name);
        self.notes.remarks.push(FormNote { value: String::new(), ..grid.note(at, reason) });
        Some((sum, at))
    }
}

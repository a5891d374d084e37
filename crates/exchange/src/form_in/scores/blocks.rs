//! Where on a sheet each indicator has its rows, and in which column its score stands.

use std::collections::{BTreeMap, HashSet};

use kaohe_core::{Ledger, Points, Rubric};

use super::super::grid::{Grid, key, key_of};
use super::super::headings::{Head, Heads, is_total};
use super::super::indicators::Named;
use super::cells::read_score;
use crate::workbook_in::{CellValue, Spot};

/// The rows below one row of headings.
pub(super) struct Page {
    pub head_row: u32,
    /// The column of 自评.
    pub column: u32,
    /// Columns of which each could be it.
    pub rivals: Option<Vec<u32>>,
    pub reviews: Vec<u32>,
    pub notes: Vec<u32>,
    pub blocks: Vec<Block>,
    first_row: u32,
    last_row: u32,
    totals: Vec<u32>,
}

/// The rows of one indicator.
pub(super) struct Block {
    /// The cell that names it.
    pub at: Spot,
    pub named: Named,
    /// Which it is; nothing where the rubric has none like it.
    pub indicator_idx: Option<usize>,
    /// Whether its name is not quite that of the rubric.
    pub is_near: bool,
    pub first_row: u32,
    pub last_row: u32,
    /// By how many columns the row has slipped to the left, as two rows of the official table have.
    slip: u32,
}

/// Returns the rubric that suits the form better than the unit's own does.
pub(super) fn best_rubric<'l>(
    sheets: &[(&Grid<'_>, &Heads)],
    ledger: &'l Ledger,
    own: &Rubric,
) -> Option<&'l Rubric> {
    let n_like = |rubric: &Rubric| -> usize {
        let cells = sheets.iter().flat_map(|(grid, heads)| grid.cells(heads.first_row() + 1, u32::MAX));
        let is_like = |it: &Named| {
            it.find(rubric).is_some_and(|idx| it.points.is_none_or(|it| it == rubric.indicator(idx).points))
        };
        cells.filter_map(|it| Named::of(&it.value)).filter(is_like).count()
    };
    let best = ledger.rubrics().iter().filter(|it| it.track != own.track).max_by_key(|it| n_like(it))?;
    (n_like(best) > n_like(own)).then_some(best)
}

/// Returns the pages of a sheet.
pub(super) fn pages(grid: &Grid<'_>, heads: &Heads, rubric: &Rubric) -> Vec<Page> {
    heads.0.iter().map(|it| page(grid, it, heads, rubric)).collect()
}

fn page(grid: &Grid<'_>, head: &Head, heads: &Heads, rubric: &Rubric) -> Page {
    let totals: Vec<u32> = grid
        .cells(head.row + 1, head.last_row)
        .filter(|it| !head.self_scores.contains(&it.at.column) && is_total(&key(&it.value)))
        .map(|it| it.at.row)
        .collect();
    let mut blocks = named_cells(grid, head, heads, rubric, &totals);
    set_rows(grid, head, &mut blocks, &totals);
    let in_blocks = blocks.iter().flat_map(|it| grid.cells(it.first_row, it.last_row));
    let filled: HashSet<u32> =
        in_blocks.filter(|it| read_score(&it.value).is_ok()).map(|it| it.at.column).collect();
    let rivals: Vec<u32> = head.self_scores.iter().copied().filter(|it| filled.contains(it)).collect();
    let column = rivals.first().or(head.self_scores.first()).copied().unwrap_or_default();
    let shift = u32::from(is_shifted(grid, &blocks, column, rubric));
    set_slips(grid, &mut blocks, rubric, column + shift);
    let moved =
        |columns: &[u32]| columns.iter().map(|it| if *it >= column { it + shift } else { *it }).collect();
    Page {
        head_row: head.row,
        column: column + shift,
        rivals: (rivals.len() > 1).then_some(rivals),
        reviews: moved(&head.reviews),
        notes: moved(&head.notes),
        blocks,
        first_row: head.row + 1,
        last_row: head.last_row,
        totals,
    }
}

/// Returns the cells that name indicators, or something that looks like one.
fn named_cells(grid: &Grid<'_>, head: &Head, heads: &Heads, rubric: &Rubric, totals: &[u32]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let candidates = || {
        let cells = grid.cells(head.row + 1, head.last_row);
        cells.filter(|it| !head.self_scores.contains(&it.at.column) && !totals.contains(&it.at.row))
    };
    let block = |at: Spot, named: Named, indicator_idx: Option<usize>, is_near: bool| {
        let (first_row, last_row) = (at.row, at.row);
        Block { at, named, indicator_idx, is_near, first_row, last_row, slip: 0 }
    };
    for cell in candidates() {
        let Some(named) = Named::of(&cell.value) else { continue };
        let Some(idx) = named.find(rubric) else { continue };
        // A name may stand twice in a row, as in a column of short titles.
        if !blocks.iter().any(|it| it.at.row == cell.at.row && it.indicator_idx == Some(idx)) {
            blocks.push(block(cell.at, named, Some(idx), false));
        }
    }
    let usual = usual(blocks.iter().map(|it| it.at.column)).or(head.indicator);
    let is_section = |named: &Named| rubric.sections.iter().any(|it| key_of(&it.name) == named.name);
    for cell in candidates().filter(|it| Some(it.at.column) == usual || Some(it.at.column) == head.indicator)
    {
        let Some(named) = Named::of(&cell.value) else { continue };
        let is_known = blocks.iter().any(|it| it.at.row == cell.at.row) || is_section(&named);
        let is_head = heads.0.iter().any(|it| it.row == cell.at.row);
        if is_known || is_head || !named.looks_like_one() {
            continue;
        }
        let near =
            named.find_near(rubric).filter(|idx| !blocks.iter().any(|it| it.indicator_idx == Some(*idx)));
        blocks.push(block(cell.at, named, near, near.is_some()));
    }
    blocks.sort_by_key(|it| it.at);
    blocks
}

/// Says how far down each block goes: to the next one, to the sum, or to an empty row; a merged cell says itself.
fn set_rows(grid: &Grid<'_>, head: &Head, blocks: &mut [Block], totals: &[u32]) {
    let starts: Vec<u32> = blocks.iter().map(|it| it.first_row).collect();
    for block in blocks {
        let next = starts.iter().chain(totals).copied().filter(|it| *it > block.first_row).min();
        let end = next.map_or(head.last_row, |it| it - 1);
        let merged = grid.area(block.at).last.row;
        block.last_row = if merged > block.first_row {
            merged.min(end)
        } else {
            let is_filled = |row: &u32| grid.cells(*row, *row).next().is_some();
            (block.first_row + 1..=end).take_while(is_filled).last().unwrap_or(block.first_row)
        };
    }
}

/// Says whether the rule texts stand below the heading 自评, and the scores one to the right, as in the official table.
fn is_shifted(grid: &Grid<'_>, blocks: &[Block], column: u32, rubric: &Rubric) -> bool {
    let is_method_there = |block: &&Block| method_columns(grid, block, rubric).contains(&column);
    let n_known = blocks.iter().filter(|it| it.indicator_idx.is_some()).count();
    let n_shifted = blocks.iter().filter(is_method_there).count();
    n_shifted > 0 && n_shifted * 2 >= n_known
}

/// Says which blocks have slipped to the left: their rule text stands left of where those of the others do.
fn set_slips(grid: &Grid<'_>, blocks: &mut [Block], rubric: &Rubric, column: u32) {
    let methods: Vec<Option<u32>> =
        blocks.iter().map(|it| method_columns(grid, it, rubric).into_iter().max()).collect();
    let Some(usual) = usual(methods.iter().flatten().copied()) else { return };
    for (block, method) in blocks.iter_mut().zip(methods) {
        let slip = method.map_or(0, |it| usual.saturating_sub(it));
        // It never goes so far that a rule would be taken for a score.
        block.slip = if method.is_some_and(|it| column.saturating_sub(slip) > it) { slip } else { 0 };
    }
}

/// Returns the columns in which a block has the text of its rules.
fn method_columns(grid: &Grid<'_>, block: &Block, rubric: &Rubric) -> Vec<u32> {
    let Some(idx) = block.indicator_idx else { return Vec::new() };
    let method = letters(&key_of(&rubric.indicator(idx).method));
    let is_method = |value: &CellValue| {
        let key = key(value);
        let looks_like_one = key.chars().count() >= 7 && (key.contains('扣') || key.contains("不计分"));
        looks_like_one && (letters(&key) == method || key.chars().count() >= 10 || key.contains("不计分"))
    };
    let cells = grid.cells(block.first_row, block.last_row);
    cells.filter(|it| is_method(&it.value)).map(|it| it.at.column).collect()
}

/// Returns a text without its punctuation, which differs from copy to copy.
fn letters(key: &str) -> String {
    key.chars().filter(|it| it.is_alphanumeric()).collect()
}

/// Returns what there is most of; of equals the least.
fn usual(columns: impl Iterator<Item = u32>) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for column in columns {
        *counts.entry(column).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|it| it.1 == most).map(|it| it.0)
}

impl Page {
    /// Returns the cells of a block in which scores stand.
    pub fn cells_of(&self, grid: &Grid<'_>, block: &Block) -> Vec<Spot> {
        let columns = self.column - block.slip..=self.column;
        let cells = || grid.cells(block.first_row, block.last_row).map(|it| it.at);
        let Some(column) = cells().map(|it| it.column).filter(|it| columns.contains(it)).min() else {
            return Vec::new();
        };
        cells().filter(|it| it.column == column).collect()
    }

    /// Returns cells with a score in rows of no indicator.
    pub fn strays(&self, grid: &Grid<'_>) -> Vec<Spot> {
        let is_in_block = |row: u32| self.blocks.iter().any(|it| (it.first_row..=it.last_row).contains(&row));
        let is_number = |it: &Spot| matches!(grid.value(it.row, it.column), Some(CellValue::Number(_)));
        let filled = grid.cells(self.first_row, self.last_row).map(|it| it.at);
        let numbers = filled.filter(|it| it.column == self.column).filter(is_number);
        numbers.filter(|it| !is_in_block(it.row) && !self.totals.contains(&it.row)).collect()
    }

    /// Returns the sums that the form has, each with its cell; those that no program has computed yet are none.
    pub fn totals(&self, grid: &Grid<'_>) -> Vec<(Spot, Result<Points, String>)> {
        let mut totals = Vec::new();
        for row in &self.totals {
            let at = Spot { row: *row, column: self.column };
            match grid.value(at.row, at.column) {
                Some(CellValue::Missing) | None => {}
                Some(value) => totals.push((at, read_score(value))),
            }
        }
        totals
    }
}

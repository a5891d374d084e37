//! The columns of the matrix: the unit, its indicators, and what stays in view at the right.

use kaohe_core::Indicator;

use super::facts::Facts;
use crate::text::labels;
use crate::widgets::cells;
use crate::widgets::table::{Align, Column};

/// Columns at the left that stay in view: the unit.
pub(super) const N_LEFT: usize = 1;
/// Cells of the unit's column.
const NAME_WIDTH: (u16, u16) = (8, 24);
/// Cells that the unit's name keeps where columns scroll anyway.
const ENOUGH_NAME: u16 = 12;
/// Cells that an indicator's column gets at most of what is left.
const MOST_SPARE: u16 = 7;

/// Cells of a column whose edge was dragged, at least and at most.
const LEAST: u16 = 4;
const MOST: u16 = 60;

/// A column at the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    Total,
    Rank,
    Progress,
    /// The rank, and until there is one how much is reviewed: who is not reviewed has none (R8).
    RankOrProgress,
}

const APART: &[Right] = &[Right::Total, Right::Rank, Right::Progress];
const TOGETHER: &[Right] = &[Right::Total, Right::RankOrProgress];

/// All columns, from the left to the right.
#[derive(Debug)]
pub(super) struct Columns {
    pub all: Vec<Column>,
    pub right: &'static [Right],
}

impl Columns {
    /// Lays the columns out; what does not fit scrolls. Rank and progress share a column where that makes room.
    pub(super) fn of(facts: &Facts, width: u16, widened: impl Fn(usize) -> i16) -> Columns {
        let widths = &facts.widths;
        let number = |width: usize| Column { width: cut(width), align: Align::Right };
        let mut indicators: Vec<Column> = widths.indicators.iter().map(|it| number(*it)).collect();
        let right = |right: &[Right]| -> Vec<Column> {
            let width = |it: &Right| match it {
                Right::Total => widths.total,
                Right::Rank => widths.rank,
                Right::Progress => widths.progress,
                Right::RankOrProgress => widths.rank.max(widths.progress),
            };
            right.iter().map(|it| number(width(it))).collect()
        };
        let taken =
            |columns: &[Column]| columns.iter().fold(0, |sum: u16, it| sum.saturating_add(it.width + 1));
        let wanted = cut(widths.name).clamp(NAME_WIDTH.0, NAME_WIDTH.1);
        // A gap before the name, and one after the last column.
        let room = width.saturating_sub(taken(&indicators)).saturating_sub(2);
        let fits = room >= wanted.saturating_add(taken(&right(APART)));
        let shown = if fits { APART } else { TOGETHER };
        let right = right(shown);
        let room = room.saturating_sub(taken(&right));
        // What is left goes to the unit's name first, and then to the indicators' heads, evenly.
        let name = if room < NAME_WIDTH.0 { wanted.min(ENOUGH_NAME) } else { room.min(wanted) };
        let spare = room.saturating_sub(name) / cut(indicators.len().max(1));
        for column in &mut indicators {
            column.width += spare.min(MOST_SPARE);
        }
        let mut all = vec![Column { width: name, align: Align::Left }];
        all.append(&mut indicators);
        all.extend(right);
        for (idx, column) in all.iter_mut().enumerate() {
            column.width = column.width.saturating_add_signed(widened(idx)).clamp(LEAST, MOST);
        }
        Columns { all, right: shown }
    }
}

fn cut(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX / 4)
}

/// Returns a line of an indicator's head: number and name, over two lines; then its points, and the sign of the order
/// where the rows are sorted by it.
pub(super) fn head(indicator: &Indicator, line_idx: usize, width: usize, sign: &str) -> String {
    let is_roomy = cells::width(&indicator.number) + cells::width(&indicator.name) <= 2 * width;
    let name = if is_roomy { &indicator.name } else { indicator.short_name() };
    let named = format!("{}{name}", indicator.number);
    let first = cells::take(&named, width);
    let rest = named.strip_prefix(first).unwrap_or_default();
    match line_idx {
        0 => first.to_owned(),
        1 => cells::take(rest, width).to_owned(),
        _ => {
            let points = labels::points(indicator.points);
            // The sign matters more where there is no room for both.
            let has_room = cells::width(&points) + sign.len() <= width;
            if has_room || sign.is_empty() { format!("{points}{sign}") } else { sign.to_owned() }
        }
    }
}

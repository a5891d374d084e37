//! What stands in each cell of the matrix.

use kaohe_core::{Ledger, State};
use kaohe_exchange::words;
use ratatui::style::Style;

use super::columns::Right;
use super::facts::Facts;
use super::heat::Heat;
use crate::text::labels;
use crate::theme;
use crate::widgets::table::Cell;
use crate::world::aligned;

/// Returns what stands at the right of a unit's row.
pub(super) fn right_cell(ledger: &Ledger, facts: &Facts, unit_idx: usize, column: Right) -> Cell<'static> {
    let score = ledger.score(unit_idx);
    let settled = if score.is_settled() { theme::PLAIN } else { theme::PENDING };
    let standing = facts.standing(unit_idx);
    let rank = standing.and_then(|it| it.rank.map(|rank| (rank, it.is_tied)));
    match column {
        Right::Total => {
            let total = score.decided().map(|it| aligned(it, facts.n_decimals));
            let total = total.unwrap_or_else(|| words::UNDECIDED.to_owned());
            match (facts.has_disqualified, score.is_disqualified) {
                (true, true) => Cell::new(format!("{total}{}", labels::DISQUALIFIED_SIGN), theme::LOST),
                (true, false) => Cell::new(format!("{total} "), settled),
                (false, _) => Cell::new(total, settled),
            }
        }
        // As on the ranking, with room for the sign of those who share a place.
        Right::Rank | Right::RankOrProgress if rank.is_some() || score.is_settled() => match rank {
            Some((rank, true)) => Cell::new(labels::tied(rank), settled),
            Some((rank, false)) => Cell::new(format!("{rank}  "), settled),
            None => Cell::new("-  ", settled),
        },
        Right::Rank => Cell::new("-  ", settled),
        Right::Progress | Right::RankOrProgress => {
            Cell::new(labels::nth(score.n_settled, score.indicators.len()), settled)
        }
    }
}

/// Returns what stands below the rows: the means of the class, in a column of this width.
pub(super) fn mean_cell(facts: &Facts, column: MeanOf, width: usize) -> Cell<'static> {
    let style = if facts.is_settled { theme::HEAD } else { theme::HEAD.patch(theme::PENDING) };
    match column {
        MeanOf::Name => Cell::new(labels::means(facts.is_settled), style),
        MeanOf::Indicator(indicator_idx) => {
            let mean = facts.means.indicators.get(indicator_idx).copied().flatten();
            let mut mean = mean.map_or_else(|| "-".to_owned(), |it| it.to_string());
            // Where there is room, the figures stand below those of the rows, which have a sign behind them.
            if mean.len() < width {
                mean.push(' ');
            }
            Cell::new(mean, style)
        }
        MeanOf::Right(Right::Total) => {
            let mean = facts.means.total.map(|it| aligned(it, facts.n_decimals));
            let gap = if facts.has_disqualified { " " } else { "" };
            Cell::new(mean.map_or_else(|| "-".to_owned(), |it| format!("{it}{gap}")), style)
        }
        MeanOf::Right(Right::Rank | Right::Progress | Right::RankOrProgress) => Cell::default(),
    }
}

/// A column, by what its mean is of.
#[derive(Clone, Copy, Debug)]
pub(super) enum MeanOf {
    Name,
    Indicator(usize),
    Right(Right),
}

/// Returns a score with its signs, so that lost points and what is not settled read without colour: 满 where nothing
/// was lost, the score where something was, with a sign before it where that is much; `?` 未复核, `*` changed after the
/// review, `/` 不涉及.
pub(super) fn score_cell(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Cell<'static> {
    let (text, style) = score_text(ledger, unit_idx, indicator_idx);
    Cell::new(text, style)
}

fn score_text(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> (String, Style) {
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let is_full = score.lost().is_zero() && !score.points.is_zero();
    if score.undecided.is_some() {
        return (format!("{} ", words::UNDECIDED), theme::PENDING);
    }
    let (shown, style) = if is_full {
        (labels::FULL_MARKS.to_owned(), theme::PLAIN)
    } else {
        let heat = Heat::of(ledger.rubric_of(unit_idx).indicator(indicator_idx), score);
        (format!("{}{}", heat.sign(), score.score), heat.style())
    };
    match score.state {
        State::Pending => (format!("{shown}?"), if is_full { theme::FAINT } else { style }),
        State::Reviewed => {
            let is_changed = is_changed_since_review(&ledger.sheet(unit_idx).cells[indicator_idx]);
            (format!("{shown}{}", if is_changed { "*" } else { " " }), style)
        }
        State::NotApplicable => ("/ ".to_owned(), theme::FAINT),
    }
}

/// Says whether a deduction came, or went, after the cell was marked 已复核. The mark stands all the same: whether to
/// look again is for people to say.
fn is_changed_since_review(cell: &kaohe_core::Cell) -> bool {
    let Some(review) = &cell.reviewed else { return false };
    let is_later = |it: &kaohe_core::Author| it.at > review.at;
    cell.entries
        .iter()
        .any(|it| is_later(&it.author) || it.withdrawn.as_ref().is_some_and(|it| is_later(&it.author)))
}

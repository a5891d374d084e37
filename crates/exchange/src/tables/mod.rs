//! The tables that the program prints and exports, each from a ledger.

mod compare;
mod difference;
mod entries;
mod explain;
mod log;
mod losses;
mod moves;
mod rank;
mod score;
mod units;
mod year;
mod year_change;

use jiff::Timestamp;
use kaohe_core::Ledger;

pub use compare::compare_table;
pub(crate) use compare::shared_name;
pub use difference::difference_table;
pub use entries::entries_table;
pub(crate) use entries::{EXPORT_ONLY, IN_FORCE, RETIRED, STATE, WITHDRAWN};
pub use explain::explain_table;
pub(crate) use explain::total_lines;
pub use log::{LogFilter, LogFold, LogRow, log_table};
pub use losses::{loss_units_table, losses_table};
pub use moves::moves_table;
pub use rank::rank_table;
pub use score::score_table;
pub use units::{TAG_SEPARATOR, units_table};
pub use year::YearTable;
pub use year_change::{indicator_change_table, unit_change_table};

/// Turns a point in time into what the reader's clock showed; the caller knows the time zone.
pub type ToLocal<'f> = &'f dyn Fn(Timestamp) -> String;

/// Returns the places in the roster of the unit, or of all: class in rubric order, then roster order.
fn units_in_order(ledger: &Ledger, unit_idx: Option<usize>) -> Vec<usize> {
    match unit_idx {
        Some(unit_idx) => vec![unit_idx],
        None => (0..ledger.rubrics().len()).flat_map(|it| ledger.units_of(it)).collect(),
    }
}

/// Returns what [`units_in_order`] does, and after the units of each class those that are retired.
fn units_and_retired(ledger: &Ledger, unit_idx: Option<usize>) -> Vec<usize> {
    let of_class = |it: usize| ledger.units_of(it).into_iter().chain(ledger.retired_of(it));
    match unit_idx {
        Some(unit_idx) => vec![unit_idx],
        None => (0..ledger.rubrics().len()).flat_map(of_class).collect(),
    }
}

//! Step 2: what one occurrence costs.

use kaohe_core::{Deduction, Indicator, Limit, Measure, Reference, Rounding, Side, Worth};
use rust_decimal::Decimal;

use crate::recorded::{decimal, rounded};

/// Returns the points of one occurrence (step 2).
pub fn one_occurrence(
    indicator: &Indicator,
    measure: &Measure,
    item_idx: Option<usize>,
    deduction: &Deduction,
) -> Decimal {
    let value = || decimal(deduction.value.expect("a measured value"));
    let is_named = |name: &str| deduction.level.as_deref() == Some(name);
    match measure {
        Measure::Count { each, .. } | Measure::Checklist { each, .. } => decimal(each),
        Measure::ByLevel { levels, .. } => {
            decimal(levels.iter().find(|it| is_named(&it.name)).expect("a known level").points)
        }
        Measure::Graded { grades } => {
            match grades.iter().find(|it| is_named(&it.name)).expect("a known grade").worth {
                Worth::Points(points) => decimal(points),
                Worth::Percent(percent) => {
                    let whole = item_idx.map_or(indicator.points, |it| indicator.items[it].points);
                    rounded(decimal(whole) * decimal(percent) / Decimal::ONE_HUNDRED, 6)
                }
            }
        }
        Measure::Discretionary { .. } => decimal(deduction.amount.expect("an amount")),
        Measure::Shortfall { target, each, .. } => {
            let target = decimal(target.or(deduction.target).expect("a target"));
            rounded((target - value()).max(Decimal::ZERO) * decimal(each), 6)
        }
        Measure::Steps { reference, side, step, each, rounding, .. } => {
            let reference = match reference {
                Reference::Fixed(reference) => decimal(reference),
                Reference::Own => decimal(deduction.target.expect("a reference")),
                Reference::ClassMean => return Decimal::ZERO,
            };
            away(reference, value(), *side, decimal(step), decimal(each), *rounding)
        }
        Measure::Bands { side, bands, .. } => {
            let mut points = Decimal::ZERO;
            for band in bands {
                let is_reached = match (side, band.limit) {
                    (Side::Below, Limit::Beyond(limit)) => value() < decimal(limit),
                    (Side::Below, Limit::From(limit)) => value() <= decimal(limit),
                    (Side::Above, Limit::Beyond(limit)) => value() > decimal(limit),
                    (Side::Above, Limit::From(limit)) => value() >= decimal(limit),
                };
                if is_reached {
                    points = decimal(band.points);
                }
            }
            points
        }
        Measure::Ratio { target, points, .. } => {
            let target = decimal(target.or(deduction.target).expect("a target"));
            rounded(decimal(points) * value().min(target) / target, 6)
        }
        Measure::Imported { factor, .. } => rounded(value() * decimal(factor), 6),
        Measure::Forfeit { .. }
        | Measure::ByRank { .. }
        | Measure::Relative { .. }
        | Measure::Veto { .. } => Decimal::ZERO,
    }
}

/// Returns the points of a value that lies away from a reference on one side of it.
pub fn away(
    reference: Decimal,
    value: Decimal,
    side: Side,
    step: Decimal,
    each: Decimal,
    rounding: Rounding,
) -> Decimal {
    let distance = match side {
        Side::Below => reference - value,
        Side::Above => value - reference,
    };
    let distance = distance.max(Decimal::ZERO);
    match rounding {
        Rounding::WholeSteps => (distance / step).floor() * each,
        Rounding::StepsBegun => (distance / step).ceil() * each,
        Rounding::Exact => rounded(each * distance / step, 6),
    }
}

//! Step 8: from the indicators' scores to the total before vetoes; and what the units' own scores come to.

use kaohe_core::{NotApplicable, Quantity};
use rust_decimal::Decimal;

use crate::recorded::{Instead, Year, decimal, nodes, rounded, share};
use crate::scorer::{Forfeited, Scored, forfeits, own};

/// Returns the total before vetoes (step 8).
pub fn total(year: &Year<'_>, unit_idx: usize, indicators: &[Scored]) -> Decimal {
    let rubric = year.rubric_of(unit_idx);
    let scaled_decimals = if rubric.decimals.is_some() { 6 } else { 2 };
    let (mut base, mut of, mut left_out) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    let mut outside = Vec::new();
    let mut first_idx = 0;
    for section in &rubric.sections {
        let idxs: Vec<usize> = (first_idx..first_idx + section.indicators.len()).collect();
        first_idx += section.indicators.len();
        let (mut score, mut counted, mut spread, mut scaled) =
            (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for (&idx, indicator) in idxs.iter().zip(&section.indicators) {
            let points = of_weight(decimal(indicator.points), indicator.weight);
            match (indicators[idx].points, year.instead(unit_idx, idx)) {
                (Some(own), _) => {
                    score += of_weight(own, indicator.weight);
                    counted += points;
                }
                (None, Some(Instead::Treated(NotApplicable::Spread))) => spread += points,
                (None, Some(Instead::Treated(_))) => scaled += of_weight(points, section.weight),
                (None, Some(Instead::Absent) | None) => {}
            }
        }
        if counted.is_zero() {
            scaled += of_weight(spread, section.weight);
        } else if !spread.is_zero() {
            score = rounded(score * (counted + spread) / counted, scaled_decimals);
            counted += spread;
        }
        if idxs.iter().any(|&it| forfeits(year, unit_idx, it).contains(&Forfeited::Section)) {
            score = score.min(Decimal::ZERO);
        }
        score = score.max(decimal(section.at_least));
        if section.is_outside {
            let score = of_weight(score.min(decimal(section.points)), section.weight);
            let mut taken = Decimal::ZERO;
            for (&idx, indicator) in idxs.iter().zip(&section.indicators) {
                if year.is_concerned(unit_idx, idx) {
                    let left = own(year, unit_idx, idx, false).points.expect("it concerns the unit");
                    let left = rubric.decimals.map_or(left, |it| rounded(left, it));
                    taken += of_weight(left.min(Decimal::ZERO), indicator.weight);
                }
            }
            let barred = of_weight(taken.max(decimal(section.at_least)), section.weight);
            outside.push((section, score, barred));
        } else {
            base += of_weight(score, section.weight);
            of += of_weight(counted, section.weight);
            left_out += scaled;
        }
    }
    if of.is_zero() {
        base = left_out;
    } else if !left_out.is_zero() {
        base = rounded(base * (of + left_out) / of, scaled_decimals);
    }
    let mut total = base;
    for (section, score, barred) in outside {
        let is_shut = section.gate.as_ref().is_some_and(|it| base < decimal(it.at_least));
        // A gate bars what would be given; what is taken stays taken.
        total += if is_shut { score.min(barred) } else { score };
    }
    if let Some(at_most) = rubric.at_most {
        total = total.min(decimal(at_most));
    }
    rubric.decimals.map_or(total.max(Decimal::ZERO), |it| rounded(total.max(Decimal::ZERO), it))
}

fn of_weight(points: Decimal, weight: Option<Quantity>) -> Decimal {
    rounded(points * share(weight), 6)
}

/// Returns what a unit's own scores come to; none while one inside the whole is missing. What does not concern the unit
/// is not asked for: it is worth what it is worth.
pub fn self_total(year: &Year<'_>, unit_idx: usize, indicators: &[Scored]) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    for (idx, (section, indicator)) in nodes(year.rubric_of(unit_idx)).into_iter().enumerate() {
        if year.instead(unit_idx, idx) == Some(Instead::Absent) {
            continue;
        }
        match year.recorded.self_scores.get(&(unit_idx, idx)) {
            Some(points) => {
                total += of_weight(of_weight(decimal(points), indicator.weight), section.weight);
            }
            None if !year.is_concerned(unit_idx, idx) && indicators[idx].points.is_none() => {}
            None if !year.is_concerned(unit_idx, idx) && !indicators[idx].is_undecided => {
                let points = indicators[idx].points.expect("it was looked at just now");
                total += of_weight(of_weight(points, indicator.weight), section.weight);
            }
            None if section.is_outside => {}
            None => return None,
        }
    }
    Some(total)
}

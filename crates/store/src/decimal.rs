//! Exact numbers, and what is made of them, in files that people write.

use std::str::FromStr;

use kaohe_core::{NotApplicable, Points, PointsError};

use crate::spanned::{self, FaultKind, Faults, Node};

/// Reads points or a quantity.
pub(crate) fn decimal<T: FromStr<Err = PointsError>>(node: &Node<'_>, faults: &mut Faults) -> Option<T> {
    let given = spanned::number(node, faults)?;
    let kind = match given.replace('_', "").parse::<T>() {
        Ok(number) => return Some(number),
        Err(PointsError::NotANumber) => FaultKind::BadNumber { found: spanned::excerpt(given) },
        Err(PointsError::TooFine) => {
            FaultKind::NumberTooFine { found: spanned::excerpt(given), decimals: Points::MAX_DECIMALS }
        }
        Err(PointsError::TooLarge) => {
            FaultKind::NumberTooLarge { found: spanned::excerpt(given), limit: Points::MAX_WHOLE }
        }
    };
    faults.push(node.position, kind);
    None
}

/// Reads what not concerning a unit does.
pub(crate) fn not_applicable(node: &Node<'_>, faults: &mut Faults) -> Option<NotApplicable> {
    const KINDS: &[&str] = &["FullMarks", "Scaled", "Spread", "Rate", "ClassMean"];
    let variant = spanned::variant(node, KINDS, faults)?;
    let treatment = match variant.name {
        "FullMarks" => NotApplicable::FullMarks,
        "Scaled" => NotApplicable::Scaled,
        "Spread" => NotApplicable::Spread,
        "ClassMean" => NotApplicable::ClassMean,
        "Rate" => return Some(NotApplicable::Rate(decimal(variant.only(faults)?, faults)?)),
        other => unreachable!("{other} is none of the kinds asked for"),
    };
    variant.bare(faults)?;
    Some(treatment)
}

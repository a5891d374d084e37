//! Measured values: exact decimals that are not points.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::points::{Points, PointsError};

/// A measured value, such as a percentage, a number of articles or a factor. Written and bounded like [`Points`], and
/// never added to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(Points);

impl Quantity {
    /// Nothing.
    pub const ZERO: Quantity = Quantity(Points::ZERO);

    /// Returns a whole quantity.
    pub fn whole(n: u32) -> Quantity {
        Quantity(Points::whole(n))
    }

    /// Returns so many percent as a whole quantity is of another.
    pub(crate) fn share(part: usize, whole: usize) -> Quantity {
        Quantity(Points::from_decimal(
            Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole.max(1)),
        ))
    }

    /// Returns the mean of some, to as many decimals as they have, half away from zero; none of none.
    pub(crate) fn mean(all: impl IntoIterator<Item = Quantity>) -> Option<Quantity> {
        let all: Vec<Points> = all.into_iter().map(|it| it.0).collect();
        all.iter().copied().sum::<Points>().divided(all.len(), Points::DECIMALS).map(Quantity)
    }

    /// Returns how much this lies above the other one; negative where it lies below.
    pub fn above(self, other: Quantity) -> Quantity {
        Quantity(self.0 - other.0)
    }

    /// Says whether it is more than nothing.
    pub fn is_positive(self) -> bool {
        self.0 > Points::ZERO
    }

    pub(crate) fn decimal(self) -> Decimal {
        self.0.decimal()
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Quantity {
    type Err = PointsError;

    fn from_str(text: &str) -> Result<Quantity, PointsError> {
        text.parse().map(Quantity)
    }
}

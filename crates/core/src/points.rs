//! Points: exact decimals, never a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::quantity::Quantity;

/// An exact number of points (分): 0.1 thirty times is 3.
///
/// Signed, since a line of an explanation may give points back; what the rubric and the people state is never
/// negative and checked where it enters. Files carry points as text (`"0.1"`), so that no reader turns them
/// into a float on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(Decimal);

/// Why a text is not a number of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PointsError {
    /// Not a plain decimal such as `3`, `0.5` or `-0.1`.
    #[error("not a plain decimal number")]
    NotANumber,
    /// More than six digits after the decimal point.
    #[error("more than {} decimal places", Points::MAX_DECIMALS)]
    TooFine,
    /// Larger than a million points.
    #[error("larger than {}", Points::MAX_WHOLE)]
    TooLarge,
}

impl Points {
    /// Nothing.
    pub const ZERO: Points = Points(Decimal::ZERO);
    /// Digits after the decimal point that a number may have; published rubrics go down to 0.02.
    pub const MAX_DECIMALS: usize = 6;
    /// The largest number that is accepted, so that sums of any length stay exact.
    pub const MAX_WHOLE: u32 = 1_000_000;

    /// Returns so many whole points.
    pub fn whole(points: u32) -> Points {
        Points(Decimal::from(points))
    }

    /// Returns this amount for each of `count` occurrences.
    pub fn times(self, count: u32) -> Points {
        Points(self.0 * Decimal::from(count))
    }

    /// Returns this amount for so much of something, to as many decimals as points have; no more than a million points,
    /// beyond which it makes no difference any more.
    pub fn of(self, quantity: Quantity) -> Points {
        let most = Decimal::from(Points::MAX_WHOLE);
        Points(self.0.checked_mul(quantity.decimal()).unwrap_or(most).min(most)).rounded(Points::DECIMALS)
    }

    pub(crate) fn decimal(self) -> Decimal {
        self.0
    }

    /// Returns so many points; no more than a million, as with [`Points::of`].
    pub(crate) fn from_decimal(decimal: Decimal) -> Points {
        Points(decimal.min(Decimal::from(Points::MAX_WHOLE)))
    }

    /// Says whether this is exactly nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Says whether this is less than nothing.
    pub fn is_negative(self) -> bool {
        self < Points::ZERO
    }

    /// Returns how much this is, whichever way it goes.
    pub fn abs(self) -> Points {
        Points(self.0.abs())
    }

    /// Returns `self ÷ of` in percent, rounded to one decimal place, half away from zero (R10);
    /// `None` where `of` is nothing.
    pub fn percent_of(self, of: Points) -> Option<Points> {
        if of.is_zero() {
            return None;
        }
        Some(Points(self.0 * Decimal::ONE_HUNDRED / of.0).rounded(1))
    }

    /// Digits after the decimal point as [`Points::divided`] counts them.
    pub(crate) const DECIMALS: u32 = 6;

    /// Returns so many percent of this, to as many decimals as points have.
    pub fn percent(self, percent: Quantity) -> Points {
        Points(self.0 * percent.decimal() / Decimal::ONE_HUNDRED).rounded(Points::DECIMALS)
    }

    /// Returns `self × by ÷ of`, rounded to `decimals` places, half away from zero.
    pub fn scaled(self, by: Points, of: Points, decimals: u32) -> Option<Points> {
        if of.is_zero() {
            return None;
        }
        Some(Points(self.0 * by.0 / of.0).rounded(decimals))
    }

    /// Returns `self ÷ n`, rounded to `decimals` places, half away from zero; `None` for no parts.
    pub fn divided(self, n: usize, decimals: u32) -> Option<Points> {
        self.scaled(Points::whole(1), Points(Decimal::from(n)), decimals)
    }

    /// Returns how many characters it takes as it is written, and how many of them stand after the point; much sooner
    /// than writing it.
    pub fn n_characters(self) -> (usize, usize) {
        let mut mantissa = self.0.mantissa().unsigned_abs();
        let mut n_decimals = self.0.scale() as usize;
        // Needless zeros are not written.
        while n_decimals > 0 && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            n_decimals -= 1;
        }
        let n_sign = usize::from(self.is_negative());
        let n_digits = mantissa.checked_ilog10().map_or(1, |it| it as usize + 1);
        let n_whole = n_digits.saturating_sub(n_decimals).max(1);
        let n_point = usize::from(n_decimals > 0);
        (n_sign + n_whole + n_point + n_decimals, n_decimals)
    }

    /// Returns the largest multiple of `step` that is not above this; `step` is more than nothing.
    pub(crate) fn floored(self, step: Points) -> Points {
        Points((self.0 / step.0).floor() * step.0)
    }

    /// Returns this rounded to so many decimals, half away from zero (R10).
    pub fn rounded(self, decimals: u32) -> Points {
        Points(self.0.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
    }
}

impl fmt::Display for Points {
    /// Writes the plain decimal without needless zeros: `9.9`, `100`, `-0.1`; never an exponent.
    /// Honours width and alignment.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.normalize(), f)
    }
}

impl FromStr for Points {
    type Err = PointsError;

    fn from_str(text: &str) -> Result<Points, PointsError> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(fraction) {
            return Err(PointsError::NotANumber);
        }
        if fraction.trim_end_matches('0').len() > Points::MAX_DECIMALS {
            return Err(PointsError::TooFine);
        }
        if whole.trim_start_matches('0').len() > 7 {
            return Err(PointsError::TooLarge);
        }
        let fraction = fraction.trim_end_matches('0');
        let number = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
        let value: Decimal = number.parse().map_err(|_| PointsError::NotANumber)?;
        if value > Decimal::from(Points::MAX_WHOLE) {
            return Err(PointsError::TooLarge);
        }
        Ok(Points(if text.starts_with('-') { -value } else { value }))
    }
}

impl Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0 + other.0)
    }
}

impl Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0 - other.0)
    }
}

impl Neg for Points {
    type Output = Points;
    fn neg(self) -> Points {
        Points(-self.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        self.0 += other.0;
    }
}

impl SubAssign for Points {
    fn sub_assign(&mut self, other: Points) {
        self.0 -= other.0;
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(iter: I) -> Points {
        iter.fold(Points::ZERO, Add::add)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Points, D::Error> {
        struct FromText;
        impl Visitor<'_> for FromText {
            type Value = Points;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("points as text, such as \"0.1\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Points, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(FromText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str) -> Points {
        text.parse().unwrap()
    }

    #[test]
    fn reads_plain_decimals_only() {
        for (text, shown) in [("0.1", "0.1"), ("10", "10"), ("9.90", "9.9"), ("-0.1", "-0.1"), ("007", "7")] {
            assert_eq!(points(text).to_string(), shown);
        }
        for text in ["", ".", "1.", ".5", "1e3", "NaN", "inf", "1_000", "０.１", "1,5", "--1", " 1"] {
            assert_eq!(text.parse::<Points>(), Err(PointsError::NotANumber), "{text}");
        }
        assert_eq!("0.0000001".parse::<Points>(), Err(PointsError::TooFine));
        assert_eq!("1000001".parse::<Points>(), Err(PointsError::TooLarge));
        assert_eq!("99999999999999999999999999999999".parse::<Points>(), Err(PointsError::TooLarge));
    }

    #[test]
    fn characters_are_those_that_are_written() {
        for text in ["0", "0.1", "-0.1", "9.9", "10", "9.90", "0.000001", "-12.5", "99.99", "1000000", "100"]
        {
            let points = points(text);
            let shown = points.to_string();
            let n_decimals = shown.split_once('.').map_or(0, |it| it.1.len());
            assert_eq!(points.n_characters(), (shown.len(), n_decimals), "{text}");
        }
        assert_eq!((-Points::ZERO).n_characters(), ((-Points::ZERO).to_string().len(), 0));
    }

    #[test]
    fn thirty_times_a_tenth_from_ten_is_exactly_seven() {
        let lost: Points = std::iter::repeat_n(points("0.1"), 30).sum();
        assert_eq!((points("10") - lost).to_string(), "7");
        assert_eq!(points("0.1").times(30), lost);
    }

    #[test]
    fn percent_rounds_half_away_from_zero() {
        for (lost, of, percent) in
            [("86.25", "100", "86.3"), ("-86.25", "100", "-86.3"), ("1", "3", "33.3"), ("2", "3", "66.7")]
        {
            assert_eq!(points(lost).percent_of(points(of)), Some(points(percent)));
        }
        assert_eq!(points("1").percent_of(Points::ZERO), None);
    }
}

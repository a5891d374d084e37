//! Numbers as people type them: full-width digits, a unit behind, a zero fraction from a spreadsheet.

use kaohe_core::{MAX_COUNT, Points, PointsError, Quantity, half_width};

/// Why a text is not a count (次数).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountFault {
    /// Not a whole number.
    NotWhole,
    /// 0, or more than [`MAX_COUNT`].
    OutOfRange,
}

/// Reads a number of points: `0.5`, `０．５`, `0.5分`.
///
/// # Errors
///
/// What core says of the number.
pub fn read_points(text: &str) -> Result<Points, PointsError> {
    // An input method for Chinese types 。 for the decimal point.
    let text = half_width(text).replace('。', ".");
    let text = text.trim();
    text.strip_suffix('分').unwrap_or(text).trim_end().parse()
}

/// Reads a number of points, or a sum of such: `0.1*3+0.5`, `1-0.2`, `0.1×3`. A product is of points and of counts.
///
/// # Errors
///
/// What core says of the first number that is none.
pub fn read_points_sum(text: &str) -> Result<Points, PointsError> {
    let text = half_width(text).replace('。', ".").replace(['×', 'x', 'X'], "*").replace('−', "-");
    let text = text.trim();
    let mut sum = Points::ZERO;
    let mut start = 0;
    for (at, _) in text.match_indices(['+', '-']).filter(|it| it.0 > 0) {
        sum += read_product(text.get(start..at).unwrap_or_default())?;
        start = at;
    }
    sum += read_product(text.get(start..).unwrap_or_default())?;
    Ok(sum)
}

/// Reads `+0.1*3`: one number of points, the rest counts.
fn read_product(text: &str) -> Result<Points, PointsError> {
    let (sign, text) = match text.strip_prefix(['+', '-']) {
        Some(rest) if text.starts_with('-') => (-1, rest),
        Some(rest) => (1, rest),
        None => (1, text),
    };
    let mut points = None;
    let mut times: u32 = 1;
    for factor in text.split('*').map(str::trim) {
        let read = read_points(factor)?;
        if read.is_negative() {
            return Err(PointsError::NotANumber);
        }
        match (factor.parse::<u32>(), points) {
            (Ok(count), _) if text.contains('*') => {
                times =
                    times.checked_mul(count).filter(|it| *it <= MAX_COUNT).ok_or(PointsError::NotANumber)?;
            }
            (_, None) => points = Some(read),
            (_, Some(_)) => return Err(PointsError::NotANumber),
        }
    }
    let product = points.unwrap_or(Points::whole(1)).times(times);
    Ok(if sign < 0 { -product } else { product })
}

/// Reads a count: `3`, `３`, `3.0` as spreadsheets have it, `3次` with what is counted.
///
/// # Errors
///
/// Why it is none.
pub fn read_count(text: &str, unit: &str) -> Result<u32, CountFault> {
    let text = half_width(text);
    let text = text.trim();
    let counted = if unit.is_empty() { "次" } else { unit };
    let text = text.strip_suffix(counted).or_else(|| text.strip_suffix('次')).unwrap_or(text).trim_end();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_plain = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    if !is_plain(whole) || !is_plain(fraction) || fraction.bytes().any(|b| b != b'0') {
        return Err(CountFault::NotWhole);
    }
    let count: u32 = whole.parse().map_err(|_| CountFault::OutOfRange)?;
    if (1..=MAX_COUNT).contains(&count) { Ok(count) } else { Err(CountFault::OutOfRange) }
}

/// Reads a measured value: `92.5`, `92.5%`, `12篇`; `unit` is what the rule measures in.
///
/// # Errors
///
/// Why it is none.
pub fn read_quantity(text: &str, unit: &str) -> Result<Quantity, PointsError> {
    let text = half_width(text).replace('。', ".");
    let text = text.trim();
    let text = text.strip_suffix('%').unwrap_or(text);
    let text = if unit.is_empty() { text } else { text.strip_suffix(unit).unwrap_or(text) };
    text.trim_end().parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_points() {
        for (text, shown) in
            [("9.5", "9.5"), ("９．５分", "9.5"), (" 0。3 分", "0.3"), ("10", "10"), ("-1", "-1")]
        {
            assert_eq!(read_points(text).unwrap().to_string(), shown);
        }
        for text in ["", "分", "约9", "9,5", "1e1"] {
            assert_eq!(read_points(text), Err(PointsError::NotANumber), "{text}");
        }
    }

    #[test]
    fn reads_sums_of_points() {
        for (text, shown) in [
            ("0.1*3+0.5", "0.8"),
            ("０．１×３＋０。５", "0.8"),
            ("3*0.1", "0.3"),
            ("2*3", "6"),
            ("10 - 0.2 - 0.3*2", "9.2"),
            ("-1", "-1"),
            ("9.5分", "9.5"),
            ("0.5分 + 0.2分", "0.7"),
        ] {
            assert_eq!(read_points_sum(text).map(|it| it.to_string()), Ok(shown.to_owned()), "{text}");
        }
        for text in [
            "",
            "+",
            "0.1*",
            "*3",
            "0.1*0.2",
            "0.1+",
            "1/2",
            "(1)",
            "0.1**3",
            "--1",
            "0.1*-3",
            "1+-0.5",
            "1e2",
            "0.1*999999999",
        ] {
            assert!(read_points_sum(text).is_err(), "{text}");
        }
    }

    #[test]
    fn reads_counts() {
        for (text, count) in
            [("3", 3), ("３", 3), ("3.0", 3), ("3次", 3), ("2 项次", 2), ("100000", MAX_COUNT)]
        {
            assert_eq!(read_count(text, "项次"), Ok(count));
        }
        for text in ["", "1.5", "三", "-1", "次", "3.", "1e2"] {
            assert_eq!(read_count(text, "次"), Err(CountFault::NotWhole), "{text}");
        }
        for text in ["0", "100001", "99999999999"] {
            assert_eq!(read_count(text, ""), Err(CountFault::OutOfRange), "{text}");
        }
    }
}

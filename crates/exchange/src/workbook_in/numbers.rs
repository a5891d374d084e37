//! Numbers as somebody typed them, out of what a file keeps of them; and days out of day numbers.

use jiff::ToSpan;
use jiff::civil::Date;

/// Digits that a spreadsheet keeps of a number; what a file has beyond them is noise of binary fractions.
const N_DIGITS: usize = 15;
/// Places beyond which a number is written with an exponent, for nobody typed its zeros.
const MAX_PLACES: usize = 30;

/// The last day that a spreadsheet knows, of the year 9999.
const MAX_DAY: i32 = 2_958_465;

/// Returns a number as it was typed: `9.9` for 9.9000000000000004.
pub(super) fn typed(number: f64) -> Option<Box<str>> {
    if !number.is_finite() {
        return None;
    }
    let scientific = format!("{number:.*e}", N_DIGITS - 1);
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |it| ("-", it));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".into());
    }
    let places = usize::try_from(exponent.unsigned_abs()).ok()?;
    if places > MAX_PLACES {
        return Some(format!("{sign}{digits}e{}", exponent - i32::try_from(digits.len() - 1).ok()?).into());
    }
    let plain = if exponent < 0 {
        format!("0.{}{digits}", "0".repeat(places - 1))
    } else if digits.len() <= places + 1 {
        format!("{digits}{}", "0".repeat(places + 1 - digits.len()))
    } else {
        let (whole, fraction) = digits.split_at_checked(places + 1)?;
        format!("{whole}.{fraction}")
    };
    Some(format!("{sign}{plain}").into())
}

/// Reads the number that a file has as text.
pub(super) fn typed_text(text: &str) -> Option<Box<str>> {
    typed(text.trim().parse().ok()?)
}

/// Returns the day with this number, as typed; nothing for a mere time of day.
///
/// Spreadsheets take 1900 for a leap year, so its days up to 28 February count from another day than those after it;
/// those that Apple's first ones wrote count from 1904.
pub(super) fn day(number: &str, is_1904: bool) -> Option<Date> {
    let whole = number.split_once('.').map_or(number, |it| it.0);
    let days: i32 = whole.parse().ok()?;
    if !(1..=MAX_DAY).contains(&days) {
        return None;
    }
    let from = match (is_1904, days < 60) {
        (true, _) => Date::constant(1904, 1, 1),
        (false, true) => Date::constant(1899, 12, 31),
        (false, false) => Date::constant(1899, 12, 30),
    };
    from.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_read_as_they_were_typed() {
        for (number, expected) in [
            ("9.9", "9.9"),
            ("9.9000000000000004", "9.9"),
            ("0.30000000000000004", "0.3"),
            ("100", "100"),
            ("-0.1", "-0.1"),
            ("0", "0"),
            ("-0.0", "0"),
            ("1E2", "100"),
            ("9.4999999999999996", "9.5"),
            ("8.6999999999999993", "8.7"),
            ("0.02", "0.02"),
            ("1e-7", "0.0000001"),
            ("123456789012345678", "123456789012346000"),
            ("45236.5", "45236.5"),
        ] {
            assert_eq!(typed_text(number).as_deref(), Some(expected), "{number}");
        }
        assert_eq!(typed_text("1e300").as_deref(), Some("1e300"));
        assert_eq!(typed_text("1.5e-40").as_deref(), Some("15e-41"));
        for number in ["", "nan", "inf", "abc", "1e999"] {
            assert_eq!(typed_text(number), None, "{number}");
        }
    }

    #[test]
    fn days_count_from_where_the_workbook_says() {
        let days = |number| (day(number, false).unwrap().to_string(), day(number, true).unwrap().to_string());
        assert_eq!(days("45236"), ("2023-11-06".to_owned(), "2027-11-07".to_owned()));
        assert_eq!(days("43774.75").1, "2023-11-06");
        assert_eq!(days("1").0, "1900-01-01");
        assert_eq!(days("61").0, "1900-03-01");
        for number in ["0.5", "-3", "99999999", "x"] {
            assert_eq!(day(number, false), None, "{number}");
        }
    }

    proptest! {
        #[test]
        fn tenths_survive_binary_fractions(tenths in -100_000i32..100_000) {
            let text = format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
            let expected = text.strip_suffix(".0").unwrap_or(&text);
            let kept = typed_text(&format!("{:.17}", text.parse::<f64>().unwrap()));
            prop_assert_eq!(kept.as_deref(), Some(expected));
        }

        #[test]
        fn never_panics(number in any::<f64>(), text in "\\PC{0,20}") {
            let _ = (typed(number), typed_text(&text), day(&text, true), day(&text, false));
        }
    }
}

//! Dates as people type them and spreadsheets export them.

use std::ops::RangeInclusive;

use jiff::civil::{Date, Time};
use kaohe_core::half_width;

/// Days that a spreadsheet counts from, the day before its day 1. It takes 1900 for a leap year, so this holds
/// from March 1900 on; what is read here starts later.
const SPREADSHEET_EPOCH: Date = Date::constant(1899, 12, 30);

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// Not written like a date.
    NotADate,
    /// Written like one, but the calendar has no such day.
    NoSuchDay,
}

/// Reads a date: `2023-11-06`, `2023/11/6`, `2023.11.6`, `2023年11月6日`, `20231106`, a spreadsheet's day number of
/// five digits (`45236`), each also with a time of day behind it, which is dropped.
///
/// # Errors
///
/// Why it is none.
pub fn read_date(text: &str) -> Result<Date, DateFault> {
    let text = half_width(text);
    let text = without_time(text.trim());
    let is_number = text.bytes().all(|it| it.is_ascii_digit());
    // Those of fewer digits are days before 1927, and no spreadsheet writes zeros in front.
    if is_number && text.len() == 5 && !text.starts_with('0') {
        let days: i64 = text.parse().map_err(|_| DateFault::NotADate)?;
        return SPREADSHEET_EPOCH.checked_add(jiff::Span::new().days(days)).map_err(|_| DateFault::NoSuchDay);
    }
    if is_number && text.len() == 8 {
        let number: u32 = text.parse().map_err(|_| DateFault::NotADate)?;
        return day(number / 10_000, number / 100 % 100, number % 100);
    }
    let [year, month, day_of_month] = parts(text).ok_or(DateFault::NotADate)?;
    match (digits(year, 4..=4), digits(month, 1..=2), digits(day_of_month, 1..=2)) {
        (Some(year), Some(month), Some(day_of_month)) => day(year, month, day_of_month),
        _ => Err(DateFault::NotADate),
    }
}

/// Returns the number that the text is, where it has so many digits.
fn digits(text: &str, lengths: RangeInclusive<usize>) -> Option<u32> {
    let text = text.trim();
    let is_plain = lengths.contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

/// Returns year, month and day as written.
fn parts(text: &str) -> Option<[&str; 3]> {
    if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        return Some([year, month, day.strip_suffix(['日', '号']).unwrap_or(day)]);
    }
    let mut parts = ['-', '/', '.'].into_iter().find_map(|it| text.contains(it).then(|| text.split(it)))?;
    let date = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(date)
}

/// Returns the text without ` 00:00:00`, `T08:30` or the fraction of a day number.
fn without_time(text: &str) -> &str {
    if let Some((date, time)) = text.rsplit_once([' ', 'T'])
        && time.contains(':')
        && is_time(time)
    {
        return date.trim_end();
    }
    match text.split_once('.') {
        Some((days, fraction)) if days.len() == 5 && fraction.bytes().all(|it| it.is_ascii_digit()) => days,
        _ => text,
    }
}

fn is_time(time: &str) -> bool {
    // Spreadsheets leave the hour with one digit: 8:30.
    let padded = if time.find(':') == Some(1) { format!("0{time}") } else { time.to_owned() };
    padded.parse::<Time>().is_ok()
}

fn day(year: u32, month: u32, day: u32) -> Result<Date, DateFault> {
    let small = |it: u32| i8::try_from(it).map_err(|_| DateFault::NoSuchDay);
    let year = i16::try_from(year).map_err(|_| DateFault::NoSuchDay)?;
    if year < 1900 {
        return Err(DateFault::NoSuchDay);
    }
    Date::new(year, small(month)?, small(day)?).map_err(|_| DateFault::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_every_usual_form() {
        for text in [
            "2023-11-06",
            "2023/11/6",
            "2023.11.6",
            "2023年11月6日",
            "2023 年 11 月 6 日",
            "20231106",
            "２０２３－１１－０６",
            "45236",
            "45236.5",
            "45236.0",
            "2023-11-06 00:00:00",
            "2023/11/6 8:30",
            "2023-11-06T00:00:00.000",
            "2023年11月6号",
        ] {
            assert_eq!(read_date(text), Ok(Date::constant(2023, 11, 6)), "{text}");
        }
    }

    #[test]
    fn says_why_it_is_no_date() {
        for text in ["2023-13-01", "2023-02-29", "20231301", "2023年11月31日", "2023-0-1", "00010101"] {
            assert_eq!(read_date(text), Err(DateFault::NoSuchDay), "{text}");
        }
        for text in [
            "",
            "2023",
            "11月6日",
            "23-11-06",
            "去年",
            "2023-11",
            "2023-11-06-1",
            "1106",
            "00001",
            "2023-+1-1",
            "T:",
        ] {
            assert_eq!(read_date(text), Err(DateFault::NotADate), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>(), like in "[0-9年月日/.: T-]{0,20}") {
            let _ = (read_date(&text), read_date(&like));
        }
    }
}

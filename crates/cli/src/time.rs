//! The clock, as the reader's wall shows it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Returns this moment.
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Returns the moment that the clock on the wall shows.
pub(crate) fn local_now() -> DateTime {
    TimeZone::system().to_datetime(now())
}

/// Returns the day that the calendar on the wall shows.
pub(crate) fn today() -> Date {
    TimeZone::system().to_datetime(now()).date()
}

/// Returns a moment as the clock on the wall showed it: `2023-11-06 09:12`.
pub(crate) fn local(at: Timestamp) -> String {
    TimeZone::system().to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Returns the moment at which a day begins here.
pub(crate) fn start_of(day: Date) -> Timestamp {
    // Only days at the end of the calendar have none.
    TimeZone::system().to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}

/// Returns the moment at which a day is over here.
pub(crate) fn end_of(day: Date) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, start_of)
}

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

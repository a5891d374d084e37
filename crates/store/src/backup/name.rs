//! What backups are called, which are due and which are superfluous. Pure: the time is given.

use std::collections::BTreeSet;
use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// How many backups of a year are kept whatever their age.
const KEPT: usize = 30;

/// The name of a backup: `2023-20261125-0745.zip`, the year and the time on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupName {
    /// Of which year.
    pub year: u16,
    /// When, to the minute.
    pub at: DateTime,
}

impl BackupName {
    pub(crate) fn new(year: u16, at: DateTime) -> BackupName {
        let time = Time::new(at.hour(), at.minute(), 0, 0).unwrap_or_default();
        BackupName { year, at: at.date().to_datetime(time) }
    }

    /// Reads a file's name; nothing for any other file.
    pub(crate) fn read(name: &str) -> Option<BackupName> {
        let mut parts = name.strip_suffix(".zip")?.split('-');
        let (year, day, time) =
            (digits(parts.next()?, 4)?, digits(parts.next()?, 8)?, digits(parts.next()?, 4)?);
        let small = |it: u32| i8::try_from(it % 100).ok();
        let date = Date::new(i16::try_from(day / 10_000).ok()?, small(day / 100)?, small(day)?).ok()?;
        let time = Time::new(small(time / 100)?, small(time)?, 0, 0).ok()?;
        let is_whole = parts.next().is_none();
        is_whole.then_some(BackupName { year: u16::try_from(year).ok()?, at: date.to_datetime(time) })
    }
}

fn digits(text: &str, n: usize) -> Option<u32> {
    let is_plain = text.len() == n && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}

impl fmt::Display for BackupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{}.zip", self.year, self.at.strftime("%Y%m%d-%H%M"))
    }
}

/// Says whether an hour has gone by since the last backup. One from a time to come, of a clock that was wrong, says
/// nothing.
pub(crate) fn is_due(names: &[BackupName], at: DateTime) -> bool {
    let last = names.iter().map(|it| it.at).filter(|it| *it <= at).max();
    last.is_none_or(|it| it.checked_add(1.hour()).is_ok_and(|it| it <= at))
}

/// Returns the backups of a year that may go: all but the newest thirty and the newest of every week before those. Those
/// from a time to come, of a clock that was wrong, take no place of one from before: of them the newest of every week
/// stays.
pub(crate) fn superfluous(names: &[BackupName], now: DateTime) -> Vec<BackupName> {
    let mut names = names.to_vec();
    names.sort_by(|one, other| other.cmp(one));
    let (future, past): (Vec<BackupName>, Vec<BackupName>) = names.into_iter().partition(|it| it.at > now);
    let mut superfluous = all_but_one_a_week(future);
    superfluous.extend(all_but_one_a_week(past.into_iter().skip(KEPT)));
    superfluous
}

fn all_but_one_a_week(newest_first: impl IntoIterator<Item = BackupName>) -> Vec<BackupName> {
    let mut weeks = BTreeSet::new();
    let week = |it: &BackupName| {
        let week = it.at.date().iso_week_date();
        (week.year(), week.week())
    };
    newest_first.into_iter().filter(|it| !weeks.insert(week(it))).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(day: i8, hour: i8, minute: i8) -> BackupName {
        BackupName::new(2023, date(2026, 11, day).at(hour, minute, 59, 7))
    }

    #[test]
    fn a_name_reads_back_and_nothing_else_is_one() {
        assert_eq!(at(25, 7, 45).to_string(), "2023-20261125-0745.zip");
        assert_eq!(BackupName::read("2023-20261125-0745.zip"), Some(at(25, 7, 45)));
        for other in [
            "2023-20261125-0745",
            "2023-20261125-0745-2.zip",
            "2023-20261325-0745.zip",
            "2023-20261125-2445.zip",
            "2023-20261125-+745.zip",
            ".2023-20261125-0745.zip.tmp-7",
            "2023-２0261125-0745.zip",
        ] {
            assert_eq!(BackupName::read(other), None, "{other}");
        }
    }

    #[test]
    fn one_an_hour_whatever_the_clock_did() {
        let due = |names: &[BackupName], hour, minute| is_due(names, at(25, hour, minute).at);
        assert!(due(&[], 8, 0));
        assert!(!due(&[at(25, 8, 0)], 8, 59));
        assert!(due(&[at(25, 8, 0)], 9, 0));
        // The clock was wrong on the 30th, or went back from 12: work goes on, and neither stops the backups.
        assert!(due(&[at(25, 8, 0), at(30, 8, 0)], 9, 0));
        assert!(!due(&[at(25, 11, 0), at(25, 12, 0)], 11, 30));
        assert!(due(&[at(25, 10, 0), at(25, 12, 0)], 11, 30));
    }

    #[test]
    fn the_last_thirty_stay_and_one_a_week_before_them() {
        // Two a day through 28 days, of which the first Monday is the 2nd.
        let names: Vec<BackupName> = (1..=28).flat_map(|day| [at(day, 9, 0), at(day, 17, 0)]).collect();
        let gone = superfluous(&names, at(28, 17, 0).at);
        let kept: Vec<&BackupName> = names.iter().filter(|it| !gone.contains(it)).collect();
        // The last 15 days whole, before them the last of each of three weeks: 1st, 8th and 13th.
        assert_eq!(kept[..3], [&at(1, 17, 0), &at(8, 17, 0), &at(13, 17, 0)]);
        assert_eq!(kept.len(), 33);
        let left: Vec<BackupName> = kept.into_iter().copied().collect();
        assert_eq!(superfluous(&left, at(28, 17, 0).at), []);
    }

    #[test]
    fn backups_of_a_clock_that_ran_ahead_displace_none() {
        // Thirty from the 20th on, made while the clock was wrong; it is the 3rd now.
        let ahead: Vec<BackupName> = (0..30).map(|it| at(20 + it / 10, it % 10, 0)).collect();
        let now = at(3, 12, 0);
        let names = [&ahead[..], &[at(1, 9, 0), at(2, 9, 0), now]].concat();
        let gone = superfluous(&names, now.at);
        assert!(!gone.contains(&now) && !gone.contains(&at(1, 9, 0)) && !gone.contains(&at(2, 9, 0)));
        // All of them are of one week.
        assert_eq!(gone.len(), 29);
        assert!(!gone.contains(&ahead[29]));
    }
}

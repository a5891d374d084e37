//! `units.ron` and `year.ron`: what reads can be used, and written as the same again.

use kaohe_core::{Ledger, Settings};
use kaohe_store::{read_roster, read_year, write_roster, write_year};

use super::faults::{check_errors, check_places};
use super::tables::LEDGER;
use super::using::look;

const ROSTER: &str = "units.ron";
const YEAR: &str = "year.ron";

/// Reads a roster, and scores its units by the built-in rubrics.
pub fn roster(bytes: &[u8]) {
    let tracks: Vec<_> = LEDGER.rubrics().iter().map(|it| it.track.clone()).collect();
    let roster = match read_roster(ROSTER, bytes, &tracks) {
        Ok(roster) => roster,
        Err(faults) => {
            check_errors(&faults);
            check_places(ROSTER, bytes, &faults);
            return;
        }
    };
    let written = write_roster(&roster);
    assert_eq!(read_roster(ROSTER, written.as_bytes(), &tracks), Ok(roster.clone()));
    for unit in &roster.units {
        assert!(roster.units.iter().filter(|it| it.id == unit.id).count() == 1);
    }
    let ledger = Ledger::new(LEDGER.rubrics().to_vec(), roster, Settings::default());
    look(&ledger.expect("a roster without faults fits its classes"));
}

/// Reads what a year is.
pub fn year(bytes: &[u8]) {
    match read_year(YEAR, bytes) {
        Ok(year) => {
            assert!(year.year <= 9999);
            let written = write_year(&year);
            assert_eq!(read_year(YEAR, written.as_bytes()), Ok(year));
        }
        Err(faults) => {
            check_errors(&faults);
            check_places(YEAR, bytes, &faults);
        }
    }
}

//! `kaohe check`: verifies everything that is stored.

use std::io;

use kaohe_core::Severity;
use kaohe_store::{FileFault, StoreError};
use kaohe_tui::text::faults;

use crate::failure::Failure;
use crate::output::warn;
use crate::session::Session;

/// Checks the year that was asked for, or every year; says nothing where all is sound.
pub(crate) fn check(session: &Session) -> Result<(), Failure> {
    let newest = session.data.pick_year(session.year)?;
    let years = match session.year {
        Some(_) => vec![newest],
        None => session.data.years()?,
    };
    let mut n_errors = 0;
    for year in years {
        let faults = match session.data.check(year) {
            Ok(faults) => faults,
            // A file that is not there is what a check is for.
            Err(error @ StoreError::Read { .. }) if is_missing(&error) => {
                warn(&faults::store_error(&error));
                n_errors += 1;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        for fault in faults {
            n_errors += usize::from(fault.severity == Severity::Error);
            let file = session.data.year_path(year).join(&fault.file).display().to_string();
            warn(&faults::file_fault(&FileFault { file, ..fault }));
        }
    }
    if n_errors == 0 { Ok(()) } else { Err(Failure::found(format!("共 {n_errors} 处问题。"))) }
}

fn is_missing(error: &StoreError) -> bool {
    matches!(error, StoreError::Read { source, .. } if source.kind() == io::ErrorKind::NotFound)
}

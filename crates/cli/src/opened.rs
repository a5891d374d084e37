//! A year that a command has opened. When the command is done with it, what it recorded is backed up; and it is said
//! where it was recorded without a lock.

use std::ops::{Deref, DerefMut};
use std::thread;

use kaohe_store::{DataFolder, OpenYear};
use kaohe_tui::text::faults;

use crate::output::warn;
use crate::time::local_now;

/// An open year, which is backed up on closing where something was recorded.
pub(crate) struct Opened {
    year: OpenYear,
    data: DataFolder,
}

impl Opened {
    pub fn new(year: OpenYear, data: DataFolder) -> Opened {
        Opened { year, data }
    }
}

impl Deref for Opened {
    type Target = OpenYear;

    fn deref(&self) -> &OpenYear {
        &self.year
    }
}

impl DerefMut for Opened {
    fn deref_mut(&mut self) -> &mut OpenYear {
        &mut self.year
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if !self.year.has_recorded() || thread::panicking() {
            return;
        }
        if self.year.is_unlocked() {
            warn(faults::UNLOCKED);
        }
        back_up(&self.data, self.year.year().year);
    }
}

/// Backs a year up. What was recorded is recorded; the command has succeeded whether or not this does.
pub(crate) fn back_up(data: &DataFolder, year: u16) {
    if let Err(error) = data.back_up(year, local_now()) {
        warn(&faults::no_backup(&error));
    }
}

//! Beginning a year.

use kaohe_core::{Roster, Rubric, Severity};

use crate::builtin::{BUILTIN_RUBRICS, builtin_roster, builtin_rubrics};
use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};
use crate::files::YearFiles;
use crate::folder::DataFolder;
use crate::roster_file::write_roster;
use crate::rubric_file::read_rubric;
use crate::year_file::{Year, write_year};

/// What a new year starts from.
#[derive(Clone, Debug)]
pub struct NewYear {
    year: Year,
    /// Each with its file, byte for byte.
    rubrics: Vec<(Rubric, Vec<u8>)>,
    roster: Roster,
}

impl NewYear {
    /// Returns a year with the built-in rubrics and sample roster.
    pub fn builtin(year: u16) -> NewYear {
        let texts = BUILTIN_RUBRICS.iter().map(|it| it.1.as_bytes().to_vec());
        let rubrics: Vec<(Rubric, Vec<u8>)> = builtin_rubrics().into_iter().zip(texts).collect();
        let ids = rubrics.iter().map(|it| it.0.id.clone()).collect();
        NewYear { year: Year::new(year, ids), rubrics, roster: builtin_roster() }
    }

    /// Returns a year with the rubrics, roster and settings of an earlier one.
    ///
    /// # Errors
    ///
    /// The earlier year is not there, cannot be read or is damaged.
    pub fn from_year(year: u16, data: &DataFolder, earlier: u16) -> Result<NewYear, StoreError> {
        let earlier = data.pick_year(Some(earlier))?;
        let files = data.files(earlier)?;
        let loaded = files.load(Some(earlier)).map_err(StoreError::Damaged)?;
        let ids = loaded.year.rubrics.clone();
        let text = |it: &Rubric| files.rubrics.get(&it.id).map(|text| (it.clone(), text.clone()));
        let rubrics = loaded.ledger.rubrics().iter().filter_map(text).collect();
        let settings = loaded.year.settings;
        let roster = loaded.ledger.roster().clone();
        Ok(NewYear { year: Year { settings, ..Year::new(year, ids) }, rubrics, roster })
    }

    /// Replaces the rubrics by these files (name as faults tell it, content); their order is that of the classes.
    /// They are kept byte for byte.
    ///
    /// # Errors
    ///
    /// All faults of all files.
    pub fn with_rubrics(mut self, files: &[(String, Vec<u8>)]) -> Result<NewYear, StoreError> {
        let mut faults = Vec::new();
        let mut rubrics: Vec<(Rubric, Vec<u8>)> = Vec::new();
        for (file, bytes) in files {
            match read_rubric(file, bytes) {
                Ok((rubric, _)) => {
                    let same = |it: &(Rubric, Vec<u8>)| it.0.track == rubric.track || it.0.id == rubric.id;
                    if rubrics.iter().any(same) {
                        let kind = FaultKind::TwoRubrics { track: rubric.track };
                        let file = file.clone();
                        faults.push(FileFault { file, position: None, severity: Severity::Error, kind });
                    } else {
                        rubrics.push((rubric, bytes.clone()));
                    }
                }
                Err(more) => faults.extend(more),
            }
        }
        if !faults.is_empty() {
            return Err(StoreError::Input(faults));
        }
        self.year.rubrics = rubrics.iter().map(|it| it.0.id.clone()).collect();
        self.rubrics = rubrics;
        Ok(self)
    }

    /// Replaces the roster.
    #[must_use]
    pub fn with_roster(mut self, roster: Roster) -> NewYear {
        self.roster = roster;
        self
    }

    /// Marks the year on every screen, such as 示例 for made-up data.
    #[must_use]
    pub fn with_mark(mut self, mark: &str) -> NewYear {
        mark.clone_into(&mut self.year.mark);
        self
    }

    /// Returns the rubrics, in the order of the classes.
    pub fn rubrics(&self) -> impl Iterator<Item = &Rubric> {
        self.rubrics.iter().map(|it| &it.0)
    }

    /// Returns the roster.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Creates the year's folder, whole or not at all.
    ///
    /// # Errors
    ///
    /// The year exists, what it starts from does not fit together, or it cannot be written.
    pub fn create(&self, data: &DataFolder) -> Result<(), StoreError> {
        let files = YearFiles {
            year: write_year(&self.year).into_bytes(),
            units: write_roster(&self.roster).into_bytes(),
            rubrics: self.rubrics.iter().map(|(rubric, text)| (rubric.id.clone(), text.clone())).collect(),
            ..YearFiles::default()
        };
        files.load(Some(self.year.year)).map_err(StoreError::Input)?;
        data.create(self.year.year, &files)
    }
}

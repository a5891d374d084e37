//! Beginning a year.

use kaohe_core::{Roster, Rubric, Severity};

use crate::builtin::{BUILTIN_RUBRICS, builtin_roster, builtin_rubrics};
use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};
use crate::files::YearFiles;
use crate::folder::DataFolder;
use crate::roster_file::write_roster;
use crate::rubric_file::read_rubric;
use crate::year_file::{Year, plain_title, write_year};

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
        let title = loaded.year.title.replace(&earlier.to_string(), &year.to_string());
        let roster = loaded.ledger.roster().clone();
        Ok(NewYear { year: Year { settings, title, ..Year::new(year, ids) }, rubrics, roster })
    }

    /// Replaces the rubrics by these files (name as faults tell it, content); their order is that of the classes.
    /// They are kept byte for byte. The year is called what its only rubric is called; where there are several, none of
    /// their titles is that of the year.
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
        self.year.title = match rubrics.as_slice() {
            [(only, _)] => only.title.clone(),
            _ => plain_title(self.year.year),
        };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_ones_own_rubrics_is_not_called_after_the_built_in_ones() {
        let sample = include_bytes!("../../../rubrics/examples/village-year.ron").to_vec();
        let other = String::from_utf8(sample.clone()).unwrap();
        let other =
            other.replace("id: \"village-year\"", "id: \"b\"").replace("track: \"村\"", "track: \"社区\"");
        let one = ("a.ron".to_owned(), sample);
        let two = [one.clone(), ("b.ron".to_owned(), other.into_bytes())];
        let title = |new: NewYear| new.year.title;
        assert_eq!(title(NewYear::builtin(2023)), "2023年政务公开考核");
        let new = NewYear::builtin(2024).with_rubrics(&[one]).unwrap();
        assert_eq!(title(new), "某镇2024年村级综合考核细则（样例）");
        assert_eq!(title(NewYear::builtin(2024).with_rubrics(&two).unwrap()), "2024年考核");
    }

    #[test]
    fn a_year_from_an_earlier_one_is_called_like_it() {
        let keep = tempfile::tempdir().unwrap();
        let data = DataFolder::at(keep.path());
        let sample = include_bytes!("../../../rubrics/examples/village-year.ron").to_vec();
        let new = NewYear::builtin(2024).with_rubrics(&[("a.ron".to_owned(), sample)]).unwrap();
        let unit = kaohe_core::Unit {
            id: "C1".into(),
            name: "河东村".to_owned(),
            track: "村".into(),
            short: String::new(),
            pinyin: String::new(),
            tags: Vec::new(),
            note: String::new(),
            retired: String::new(),
        };
        let roster = Roster { note: String::new(), units: vec![unit] };
        new.with_roster(roster).create(&data).unwrap();
        let next = NewYear::from_year(2025, &data, 2024).unwrap();
        assert_eq!(next.year.title, "某镇2025年村级综合考核细则（样例）");
    }
}

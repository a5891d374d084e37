//! A year as the files that hold it, and what they say together. Folders, snapshots and new years all pass here.

use std::collections::BTreeMap;
use std::path::PathBuf;

use kaohe_core::{Ledger, Record, Rubric, RubricId, Severity, Track, WriterId};

use crate::fault::{FaultKind, FileFault};
use crate::journal::{self, Hash, Tail};
use crate::roster_file::read_roster;
use crate::rubric_file::read_rubric;
use crate::year_file::{Year, read_year};

/// The name of the file that says what a year is.
pub(crate) const YEAR: &str = "year.ron";
/// The name of the roster's file.
pub(crate) const UNITS: &str = "units.ron";
/// The folder of the rubrics.
pub(crate) const RUBRICS: &str = "rubrics";
/// The folder of every rubric that was ever replaced or put in place, by digest.
pub(crate) const VERSIONS: &str = "versions";
/// The folder of the journals.
pub(crate) const JOURNAL: &str = "journal";

/// The bytes of a year's files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct YearFiles {
    pub year: Vec<u8>,
    pub units: Vec<u8>,
    /// By id. All that there are, in force or not.
    pub rubrics: BTreeMap<RubricId, Vec<u8>>,
    /// By digest: rubrics as they were and are, so that replacing one can be undone.
    pub versions: BTreeMap<String, Vec<u8>>,
    /// By writer.
    pub journals: BTreeMap<WriterId, Vec<u8>>,
}

/// A year read from its files.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub year: Year,
    pub ledger: Ledger,
    /// In their order.
    pub records: Vec<Record>,
    pub tails: BTreeMap<WriterId, Tail>,
}

impl YearFiles {
    /// Returns each file with its path below the year folder, in a fixed order.
    pub(crate) fn paths(&self) -> Vec<(PathBuf, &[u8])> {
        let mut files: Vec<(PathBuf, &[u8])> = vec![(YEAR.into(), &self.year)];
        let within = |folder: &str, stem: &str| PathBuf::from(folder).join(format!("{stem}.ron"));
        files.extend(self.rubrics.iter().map(|(id, it)| (within(RUBRICS, id.as_str()), it.as_slice())));
        files.push((UNITS.into(), &self.units));
        files.extend(self.versions.iter().map(|(digest, it)| (within(VERSIONS, digest), it.as_slice())));
        files.extend(self.journals.iter().map(|(id, it)| (within(JOURNAL, id.as_str()), it.as_slice())));
        files
    }

    /// Returns the digest of each file that scores rest on, by path: all but the journals and what was replaced.
    pub(crate) fn digests(&self) -> BTreeMap<String, String> {
        let mut digests = BTreeMap::new();
        let mut add = |path: String, bytes: &[u8]| digests.insert(path, Hash::of(bytes).to_string());
        add(YEAR.to_owned(), &self.year);
        add(UNITS.to_owned(), &self.units);
        for (id, bytes) in &self.rubrics {
            add(format!("{RUBRICS}/{id}.ron"), bytes);
        }
        digests
    }

    /// Reads and folds everything.
    ///
    /// # Errors
    ///
    /// All faults of all files. `number` is the year that the place of the files stands for.
    pub(crate) fn load(&self, number: Option<u16>) -> Result<Loaded, Vec<FileFault>> {
        let ground = self.ground(number);
        let mut records = Vec::new();
        let mut tails = BTreeMap::new();
        let mut faults = Vec::new();
        // Without `year.ron` nobody knows which year the journals should be of.
        let year = ground.as_ref().map(|it| it.0.year).ok().or(number);
        for (writer, bytes) in &self.journals {
            let Some(year) = year else { break };
            let tail = journal::read_all(writer, bytes, year, &mut records, &mut faults);
            tails.insert(writer.clone(), tail);
        }
        let (year, mut ledger) = match ground {
            Ok(ground) if faults.is_empty() => ground,
            Ok(_) => return Err(faults),
            Err(mut first) => {
                first.extend(faults);
                return Err(first);
            }
        };
        records.sort_by(|a, b| a.stamp.cmp(&b.stamp));
        ledger.extend(&records);
        Ok(Loaded { year, ledger, records, tails })
    }

    /// Reads what the scores rest on: settings, rubrics and roster. The ledger has no records yet.
    pub(crate) fn ground(&self, number: Option<u16>) -> Result<(Year, Ledger), Vec<FileFault>> {
        let year = read_year(YEAR, &self.year)?;
        let mut faults = Vec::new();
        if number.is_some_and(|it| it != year.year) {
            let kind = FaultKind::OtherYear { found: u32::from(year.year) };
            let file = YEAR.to_owned();
            faults.push(FileFault { file, position: None, severity: Severity::Error, kind });
        }
        let rubrics = self.rubrics_in_force(&year, &mut faults);
        if !faults.is_empty() {
            // Without all rubrics, units of a missing class would each be called a fault too.
            return Err(faults);
        }
        let tracks: Vec<Track> = rubrics.iter().map(|it| it.track.clone()).collect();
        let roster = read_roster(UNITS, &self.units, &tracks)?;
        let ledger = Ledger::new(rubrics, roster, year.settings).expect("the roster was checked");
        Ok((year, ledger))
    }

    fn rubrics_in_force(&self, year: &Year, faults: &mut Vec<FileFault>) -> Vec<Rubric> {
        let mut rubrics: Vec<Rubric> = Vec::new();
        for id in &year.rubrics {
            let file = format!("{RUBRICS}/{id}.ron");
            let whole =
                |kind| FileFault { file: file.clone(), position: None, severity: Severity::Error, kind };
            let Some(bytes) = self.rubrics.get(id) else {
                faults.push(whole(FaultKind::FileMissing));
                continue;
            };
            match read_rubric(&file, bytes) {
                Ok((rubric, _)) if rubric.id != *id => {
                    faults.push(whole(FaultKind::RubricMisnamed { id: rubric.id.to_string() }));
                }
                Ok((rubric, _)) if rubrics.iter().any(|it| it.track == rubric.track) => {
                    faults.push(whole(FaultKind::TwoRubrics { track: rubric.track }));
                }
                Ok((rubric, _)) => rubrics.push(rubric),
                Err(more) => faults.extend(more),
            }
        }
        rubrics
    }
}

//! The roster (名录): who is scored, and in which class.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::id::{Track, UnitId};
use crate::problem::{Place, Problem, Severity};
use crate::rubric::is_plain_id;

/// All units of a year, in the order in which tables list them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// A remark that every screen and table of the roster shows; the sample roster asks here to be checked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The units.
    pub units: Vec<Unit>,
}

/// A unit (被考核单位).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// 编号: 1–32 ASCII letters, digits, `-` and `_`.
    pub id: UnitId,
    /// 单位: the full name.
    pub name: String,
    /// 类别: the class, which a rubric must know.
    pub track: Track,
    /// 简称.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub short: String,
    /// 拼音: how to find the unit where its characters' usual readings do not do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pinyin: String,
    /// 标签: free marks, for filters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// 备注.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// 停用: why the unit is no longer assessed; empty while it is. What is recorded of it stays.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub retired: String,
}

impl Unit {
    /// Says whether the unit is no longer assessed (停用).
    pub fn is_retired(&self) -> bool {
        !self.retired.is_empty()
    }
}

/// What can be wrong with a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterFault {
    /// The roster lists nobody.
    Empty,
    /// An id has other characters than allowed, or is too long.
    BadId {
        /// As given.
        given: String,
    },
    /// Two units with one id; `first` is the earlier one's index.
    DuplicateId {
        /// As given.
        given: String,
        /// Index of the earlier unit, from 0.
        first: usize,
    },
    /// Two units with one name.
    DuplicateName {
        /// As given.
        given: String,
        /// Index of the earlier unit, from 0.
        first: usize,
    },
    /// A text that must not be empty is.
    EmptyText,
    /// No rubric scores this class.
    UnknownTrack {
        /// As given.
        given: String,
        /// The classes that there are.
        known: Vec<Track>,
    },
}

/// Returns all faults of a roster against the classes that rubrics score. Places are `units[i].field`.
pub fn check_roster(roster: &Roster, tracks: &[Track]) -> Vec<Problem<RosterFault>> {
    let mut problems = Vec::new();
    let mut report = |place, fault| problems.push(Problem { place, severity: Severity::Error, fault });
    let top = Place::default();
    if roster.units.is_empty() {
        report(top.field("units"), RosterFault::Empty);
    }
    let mut ids = HashMap::new();
    let mut names = HashMap::new();
    for (idx, unit) in roster.units.iter().enumerate() {
        let place = top.element("units", idx);
        let given = unit.id.to_string();
        if !is_plain_id(&given) {
            report(place.field("id"), RosterFault::BadId { given: given.clone() });
        }
        // Compared without case: ids may become file names, and some file systems ignore case.
        if let Some(&first) = ids.get(&given.to_ascii_lowercase()) {
            report(place.field("id"), RosterFault::DuplicateId { given, first });
        } else {
            ids.insert(given.to_ascii_lowercase(), idx);
        }
        let name = unit.name.trim();
        if name.is_empty() {
            report(place.field("name"), RosterFault::EmptyText);
        } else if let Some(&first) = names.get(name) {
            report(place.field("name"), RosterFault::DuplicateName { given: name.to_owned(), first });
        } else {
            names.insert(name, idx);
        }
        if !tracks.contains(&unit.track) {
            let fault = RosterFault::UnknownTrack { given: unit.track.to_string(), known: tracks.to_vec() };
            report(place.field("track"), fault);
        }
    }
    problems
}

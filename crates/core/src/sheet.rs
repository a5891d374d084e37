//! One unit's 考核表: what is recorded of each of its indicators.

use jiff::Timestamp;

use crate::change::Deduction;
use crate::id::EntryId;
use crate::points::Points;
use crate::rubric::Rubric;
use crate::settings::NotApplicable;

/// One unit's 考核表 of the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Which of the ledger's rubrics scores it.
    pub rubric_idx: usize,
    /// One per indicator of that rubric, in its order.
    pub cells: Vec<Cell>,
}

/// What is recorded of one indicator of one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The deductions, withdrawn ones included, in the order of their records.
    pub entries: Vec<Entry>,
    /// 自评.
    pub self_score: Option<SelfScore>,
    /// Who marked it 已复核, and when; none while it is 未复核.
    pub reviewed: Option<Author>,
    /// Why the indicator does not concern the unit (不涉及).
    pub not_applicable: Option<String>,
    /// Set where the rubric says that the indicator does not concern a unit with its 标签.
    pub exclusion: Option<Exclusion>,
}

/// What a rubric does where an indicator does not concern a unit by its 标签.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exclusion {
    /// Its points are none of the unit's: others stand in its place.
    Absent,
    /// As with 不涉及, this way.
    Treated(NotApplicable),
}

impl Cell {
    /// Says whether the indicator concerns the unit.
    pub fn is_concerned(&self) -> bool {
        self.exclusion.is_none() && self.not_applicable.is_none()
    }
}

impl Sheet {
    /// Returns a unit's sheet before anything is recorded, by its rubric and its 标签.
    pub(crate) fn blank(rubric_idx: usize, rubric: &Rubric, tags: &[String]) -> Sheet {
        let mut cells = Vec::with_capacity(rubric.n_indicators());
        for section in &rubric.sections {
            for indicator in &section.indicators {
                let treated = || indicator.not_applicable.map_or(Exclusion::Absent, Exclusion::Treated);
                let exclusion = if !section.applies.to(tags) {
                    Some(Exclusion::Absent)
                } else if !indicator.applies.to(tags) {
                    Some(treated())
                } else {
                    None
                };
                cells.push(Cell { exclusion, ..Cell::default() });
            }
        }
        Sheet { rubric_idx, cells }
    }
}

/// A unit's own score of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfScore {
    /// Points, from 0 to the indicator's.
    pub points: Points,
    /// What the unit says about it.
    pub note: String,
}

/// A recorded deduction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name for ever.
    pub id: EntryId,
    /// What it says now.
    pub deduction: Box<Deduction>,
    /// Which rule of the indicator, resolved from the deduction.
    pub rule_idx: usize,
    /// Which 评分要点; none for the indicator as a whole.
    pub item_idx: Option<usize>,
    /// Points for each occurrence; nothing for 不计分.
    pub each: Points,
    /// How many occurrences count: those that it states, and none where its factor exempts it (免扣).
    pub count: u32,
    /// Points for all of its occurrences, before caps and limits.
    pub cost: Points,
    /// Who recorded it, and when.
    pub author: Author,
    /// Set once it was taken back.
    pub withdrawn: Option<Withdrawal>,
}

/// Who, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The person's name.
    pub by: String,
    /// By their clock.
    pub at: Timestamp,
}

/// That an entry was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Why; empty where it was undone.
    pub reason: String,
    /// Who and when.
    pub author: Author,
}

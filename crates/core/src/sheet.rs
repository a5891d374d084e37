//! One unit's 考核表: what is recorded of each of its indicators.

use jiff::Timestamp;

use crate::change::Deduction;
use crate::id::EntryId;
use crate::points::Points;

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

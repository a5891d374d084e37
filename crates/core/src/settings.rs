//! What an office decides once a year and the rubric's text leaves open.

use serde::{Deserialize, Serialize};

use crate::quantity::Quantity;

/// Settings of a year (readings R6, R7, R9); they stand in `year.ron`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Which place follows a tie.
    pub ties: Ties,
    /// What an indicator that does not concern a unit is worth.
    pub not_applicable: NotApplicable,
    /// Which deductions of one event count.
    pub events: Events,
}

/// Which rank follows equal scores (R9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ties {
    /// 1, 1, 3.
    #[default]
    Skip,
    /// 1, 1, 2.
    Dense,
}

/// How 不涉及 is treated (R7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotApplicable {
    /// Full marks: the method only deducts.
    #[default]
    FullMarks,
    /// 折算: left out, and the rest scaled to the rubric's points, rounded to two decimals.
    Scaled,
    /// 分摊: its points are spread over the other indicators of its section, which is scaled, rounded to two decimals.
    Spread,
    /// So many percent of its points.
    Rate(Quantity),
    /// The mean of what the other units of the class scored there, rounded to two decimals.
    ClassMean,
}

/// Which of the deductions tied to one event count (R6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Events {
    /// All of them add.
    #[default]
    All,
    /// 就高: only the largest one.
    HighestOnly,
}

//! What can be wrong with a rubric, as data.

use crate::points::Points;
use crate::problem::Part;

/// What can be wrong with a rubric.
///
/// Where a name is unknown, `nearest` is the known one that it resembles, and `known` lists some of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RubricFault {
    /// The parts' points, times their weights, do not add up to the whole's.
    SumDiffers {
        /// What the whole is.
        whole: Part,
        /// What the parts are.
        parts: Part,
        /// The whole's points.
        stated: Points,
        /// The parts' points added up.
        sum: Points,
        /// The tags (标签) of the units for which that is so, none for those without any; for all where it is `None`.
        group: Option<Vec<String>>,
    },
    /// The parts' weights do not add up to 100 %.
    WeightsDiffer {
        /// What the parts are.
        parts: Part,
        /// The weights added up.
        sum: Points,
        /// As with [`RubricFault::SumDiffers`].
        group: Option<Vec<String>>,
    },
    /// A part has no weight while others beside it have, and they do not add up as they stand.
    WeightMissing {
        /// What the parts are.
        parts: Part,
        /// The whole's points.
        stated: Points,
        /// The parts' points, times the weights of those that have any, added up.
        sum: Points,
        /// As with [`RubricFault::SumDiffers`].
        group: Option<Vec<String>>,
    },
    /// The parts of a section outside of the whole cannot reach its points.
    NeverFull {
        /// The parts' points added up.
        sum: Points,
    },
    /// Two parts of one parent have the same id, number or label.
    Duplicate {
        /// What they are.
        part: Part,
        /// The repeated text.
        given: String,
    },
    /// An id is none by [`super::is_plain_id`].
    BadId {
        /// As given.
        given: String,
    },
    /// A text that must not be empty is.
    EmptyText,
    /// A list that must not be empty is.
    EmptyList,
    /// A number must be larger than nothing.
    NotPositive,
    /// A node outside of the whole has no points, and there is nothing to lose either.
    NothingToLose,
    /// A number is less than nothing.
    Negative,
    /// A percentage is below 0 or above 100.
    PercentOutOfRange,
    /// The last day lies before the first.
    PeriodReversed,
    /// The least is more than the most.
    BoundsReversed,
    /// Something scores at least more than nothing.
    FloorAboveZero,
    /// A section of the whole may fall below nothing, which only one outside of it can.
    FloorInside,
    /// A section of the whole has a gate, which only one outside of it can.
    GateInside,
    /// A gate asks for more than there is to reach.
    GateUnreachable {
        /// The most that can be reached.
        most: Points,
    },
    /// A gate asks for no more than what is always there.
    GateAlwaysOpen,
    /// An indicator's gate asks for its own score.
    GateOnItself,
    /// Indicators' gates ask for each other in a ring.
    GatesInRing,
    /// A score is rounded to fewer decimals than these points have, so that full marks could not be scored.
    FinerThanRounded {
        /// To how many decimals scores are rounded.
        decimals: u32,
    },
    /// A score is to be rounded to more decimals than points have.
    TooManyDecimals {
        /// How many they have.
        most: usize,
    },
    /// No indicator of the rubric has this id.
    UnknownIndicator {
        /// As given.
        given: String,
        /// The nearest one.
        nearest: Option<String>,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A tag stands among those that must be there and among those that must not.
    TagInBoth {
        /// The tag.
        tag: String,
    },
    /// A cap, or 不计分, names a rule that the indicator does not have.
    UnknownRule {
        /// As given.
        given: String,
        /// The nearest one.
        nearest: Option<String>,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A rule of 不计分 counts itself a second time.
    ForfeitOverItself,
    /// Two caps share some rules, and neither lies within the other.
    CapsCross {
        /// The other cap's id.
        other: String,
    },
    /// A cap bounds rules that take points and rules that give them.
    CapMixesDirections,
    /// A cap names a rule that has no points of its own.
    CapOverNoPoints,
    /// A cap, or another bound from above, can never bind.
    CapNeverBinds {
        /// There can be no more than this.
        points: Points,
    },
    /// A rule's text does not stand in the method.
    TextNotInMethod,
    /// The least that a case may cost is more than what it can be recorded on has.
    MoreThanThereIs {
        /// The points of the 评分要点 or the indicator.
        points: Points,
    },
    /// One entry can be worth more than the indicator can lose or gain.
    WorthTooMuch {
        /// What the indicator can lose or gain.
        points: Points,
    },
    /// A rule gives points in an indicator that is full already and loses none.
    AwardNeverGives,
    /// An indicator starts from nothing, and no rule gives any points.
    NothingAwarded,
    /// What says how much is scored takes points in an indicator that starts from full marks.
    ScoreIsTaken,
    /// Something is stated where it has no effect.
    NoEffect {
        /// What it is.
        what: Idle,
    },
    /// A rule whose points hang on the class (按名次) has its own way to put entries together.
    RankStandsAlone,
    /// Weeks are counted, and the rubric does not say from which day on.
    WeeksWithoutPeriod,
    /// A band does not lie further out than the one before.
    BandsNotInOrder,
    /// A band does not cost more than the one before.
    BandsNotDearer,
    /// Something lies between two neighbours, in neither of them.
    Gap {
        /// Such a number.
        at: Points,
    },
    /// Something lies in two neighbours at once.
    Overlap {
        /// Such a number.
        at: Points,
    },
    /// There is no place 0.
    PlaceZero,
    /// A place that others before it cover.
    PlaceNeverApplies,
    /// A grade does not begin below the one before.
    GradesNotFalling,
    /// A grade begins above everything that can be scored.
    GradeUnreachable {
        /// The most that can be scored.
        most: Points,
    },
    /// The lowest grade begins above nothing, so that what lies below has none.
    LowestGradeAboveZero {
        /// Where it begins.
        from: Points,
    },
    /// Something is about grades, and the rubric has none.
    NoGrades,
    /// The rubric has no such grade.
    UnknownGrade {
        /// As given.
        given: String,
        /// The nearest one.
        nearest: Option<String>,
        /// Those that there are.
        known: Vec<String>,
    },
}

/// What has no effect where it is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// A stretch of time for entries that add up anyway.
    Window,
    /// How entries go together, of a rule without points of its own.
    Combine,
    /// What 不涉及 does outside of the whole, where it is left out anyway.
    NotApplicable,
    /// That a grade is at most the best one.
    TopGrade,
}

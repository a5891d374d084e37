//! What the rubric says, and what follows from the record.
//!
//! Pure: no files, no clock, no environment, no terminal and no language of the interface. A year is
//! [`Ledger`]: rubrics, roster and settings, with every [`Record`] folded over them. Scores, explanations,
//! ranks and comparisons are computed from it and nowhere else.

mod change;
mod clash;
mod compare;
mod difference;
mod explain;
mod id;
mod ledger;
mod losses;
mod points;
mod problem;
mod quantity;
mod rank;
mod roster;
mod rubric;
mod rubric_change;
mod score;
mod settings;
mod sheet;
mod text;
mod year_change;

pub use change::{AdoptedFile, Change, Deduction, MAX_COUNT, Mark, Record, RecordKind};
pub use clash::{Clash, Counts, Said, clashes};
pub use compare::{
    Bin, ClassMeans, ClassStatistics, LossRate, SharedIndicator, class_means, class_statistics, distribution,
    shared_indicators,
};
pub use difference::{Difference, UnitDifference, differences, unit_differences};
pub use explain::{Line, LineKind, explain_indicator, explain_total};
pub use id::{CapId, EntryId, IndicatorId, ItemNo, RubricId, RuleId, Stamp, Track, UnitId, WriterId};
pub use ledger::{Finalised, Ledger, Refusal, Undoable, nearest};
pub use losses::{Cause, ClassLosses, Loss, UnitLoss, losses};
pub use points::{Points, PointsError};
pub use problem::{Part, Place, Problem, Severity, Step};
pub use quantity::Quantity;
pub use rank::{RankOptions, Standing, rank};
pub use roster::{Roster, RosterFault, Unit, check_roster};
pub use rubric::{
    Applies, Band, Best, Cap, CheckItem, Combine, Direction, Gate, Grade, GradeLevel, Idle, Indicator, Level,
    Limit, Measure, Modifier, Period, Place as ClassPlace, Places, Reading, Reference, Rounding, Rubric,
    RubricFault, Rule, RuleRef, Scope, Section, SectionGate, SharedCap, Side, Span, Start, VetoEffect,
    Window, Worth, check_rubric, is_plain_id,
};
pub use rubric_change::{
    Misfit, Move, Pair, RubricChange, RubricEdit, Versions, moved, rubric_change, rubric_edits,
};
pub use score::{
    CapTally, EntryTally, Forfeit, Forfeited, IndicatorScore, ItemTally, Mean, PlaceInClass, RankTable,
    Reason, RuleTally, Share, SheetScore, State, Superseded, TotalStep, TotalStepKind, Undecided,
};
pub use settings::{Events, NotApplicable, Settings, Ties};
pub use sheet::{Author, Cell, Entry, Exclusion, SelfScore, Sheet, Withdrawal};
pub use text::{half_width, half_width_char, is_break, is_invisible};
pub use year_change::{InYear, IndicatorChange, MatchedBy, UnitChange, YearChange, year_change};

//! Scoring one unit: the order of evaluation, from its entries to its total.
//!
//! entries → event ties (R6) and factors → each rule's amount ([`entries`]) → caps, innermost first ([`cap`]) →
//! 评分要点: at most its points → 不计分 → indicator: between its bounds → 不涉及 (R7) ([`indicator`]) → sections,
//! weights, what lies outside of the whole, vetoes, grade ([`total`]). What looks across the units of a class, ranks
//! and means, comes from [`cohort`]. Every step's result is kept, so that an explanation only reads.

mod cap;
mod cohort;
mod entries;
mod indicator;
mod total;

pub(crate) use cohort::{Cohort, has_cohort};
pub use cohort::{Mean, PlaceInClass, RankTable};
pub use total::{TotalStep, TotalStepKind};

use crate::points::Points;
use crate::rubric::Rubric;
use crate::settings::{Events, NotApplicable, Settings};
use crate::sheet::Sheet;

/// Returns the decimal places of a score that was scaled, spread or averaged (R7). Where the rubric says to how many it
/// rounds, it is rounded there, and only once.
fn scaled_decimals(rubric: &Rubric) -> u32 {
    if rubric.decimals.is_some() { Points::DECIMALS } else { 2 }
}

/// A unit's scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetScore {
    /// Points of the rubric (满分).
    pub points: Points,
    /// 得分; provisional until every indicator is settled, and no score at all while something is undecided.
    pub score: Points,
    /// Sum of the self-scores; none until every indicator has one.
    pub self_score: Option<Points>,
    /// How many indicators are 已复核 or 不涉及.
    pub n_settled: usize,
    /// One per indicator of the rubric.
    pub indicators: Vec<IndicatorScore>,
    /// What comes on top of the sum of the indicators' scores, in the order of evaluation.
    pub steps: Vec<TotalStep>,
    /// 等次: which of the rubric's grades the score earns; none where it earns none, or while it is undecided.
    pub grade: Option<usize>,
    /// 取消资格: a veto takes it out of the ranking.
    pub is_disqualified: bool,
    /// What is not decided yet; the score is then no number to show.
    pub undecided: Vec<Undecided>,
}

/// Why there is no score yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// 名次待定, 比例待定, 均值待定: units of the class have no value yet, or it is not reviewed.
    RankOpen {
        /// Which indicator.
        indicator_idx: usize,
        /// Which of its rules.
        rule_idx: usize,
        /// Units that are waited for, by their places in the roster.
        units: Vec<usize>,
    },
    /// 平均分待定: units whose mean it takes are not reviewed yet.
    MeanOpen {
        /// Which indicator.
        indicator_idx: usize,
        /// Units that are waited for, by their places in the roster.
        units: Vec<usize>,
    },
    /// 没有可平均的单位: nobody else in the class is assessed there.
    MeanOfNobody {
        /// Which indicator.
        indicator_idx: usize,
    },
    /// 否决待复核: a veto is recorded and its indicator not reviewed.
    VetoPending {
        /// Which indicator.
        indicator_idx: usize,
        /// Which of its rules.
        rule_idx: usize,
    },
}

/// Whether an indicator's score stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 未复核: provisional, neither 0 nor full marks nor the self-score (R8).
    Pending,
    /// 已复核.
    Reviewed,
    /// 不涉及 (R7), marked by the office or by the unit's 标签.
    NotApplicable,
}

/// Whether an indicator goes into the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// It does.
    Counted,
    /// 不涉及 and scaled: the others of the rubric take its points.
    Scaled,
    /// 不涉及 and spread: the others of its section take its points.
    Spread,
    /// Its points are none of this unit's, or lie outside of the whole.
    Absent,
}

/// The score of one indicator, with every step on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorScore {
    /// Points of the indicator (满分).
    pub points: Points,
    /// 得分.
    pub score: Points,
    /// The unit's own score.
    pub self_score: Option<Points>,
    /// Whether it stands.
    pub state: State,
    /// Whether it goes into the total.
    pub share: Share,
    /// What the score is where it does not concern the unit; none where it does.
    pub treatment: Option<NotApplicable>,
    /// The entries that count, in the order of their records.
    pub entries: Vec<EntryTally>,
    /// The entries that stand and do not count, those of events first.
    pub superseded: Vec<Superseded>,
    /// One per rule: what it would take or give by itself.
    pub rules: Vec<RuleTally>,
    /// One per cap, innermost first.
    pub caps: Vec<CapTally>,
    /// What caps over several indicators take away here: which of the rubric's, and points; only those that do.
    pub shared_caps: Vec<(usize, Points)>,
    /// One per 评分要点.
    pub items: Vec<ItemTally>,
    /// What entries on the indicator as a whole give, or take where negative.
    pub whole: Points,
    /// What rules of 不计分 take to 0 (R3).
    pub forfeits: Vec<Forfeit>,
    /// Score if nothing that gives points counted; only where a gate may bar the section's.
    pub without_awards: Option<Points>,
    /// Score once 不计分 was applied.
    pub after_forfeit: Points,
    /// Score within the indicator's bounds (R4).
    pub after_bounds: Points,
    /// Score once the indicator's gate was asked.
    pub after_gate: Points,
    /// Why it is no score yet.
    pub undecided: Option<Undecided>,
}

/// An entry that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryTally {
    /// Which entry of the cell.
    pub entry_idx: usize,
    /// Points that it takes or gives, before caps.
    pub amount: Points,
    /// Points that caps leave of them.
    pub left: Points,
}

/// An entry that stands and does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Superseded {
    /// Which entry of the cell.
    pub entry_idx: usize,
    /// Why.
    pub by: Reason,
}

/// Why an entry that stands does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A dearer one of its event does (R6, 就高).
    Event,
    /// By how its rule combines entries another one does.
    Combine,
}

/// What a rule of 不计分 takes to 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forfeit {
    /// Which rule of the indicator.
    pub rule_idx: usize,
    /// What.
    pub what: Forfeited,
}

/// What 不计分 can take to 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forfeited {
    /// One of several 评分要点.
    Item(usize),
    /// The indicator.
    Indicator,
    /// Its section.
    Section,
}

/// What one rule takes or gives before caps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleTally {
    /// Points.
    pub amount: Points,
    /// How many entries count.
    pub n_entries: usize,
    /// How many occurrences they say.
    pub n_occurrences: u64,
}

/// What a cap does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapTally {
    /// Which of the indicator's caps.
    pub cap_idx: usize,
    /// Points of the capped rules, inner caps applied.
    pub before: Points,
    /// Points of them under this cap.
    pub after: Points,
}

/// What a 评分要点 scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemTally {
    /// What its entries give, or take where negative, caps applied.
    pub change: Points,
    /// Its score: between 0 and its points (R2). The only 评分要点 of an indicator has the indicator's bounds instead.
    pub score: Points,
    /// What it has lost of its points.
    pub lost: Points,
}

impl SheetScore {
    /// Returns 扣分: full marks less the score; negative where the score is above full marks.
    pub fn lost(&self) -> Points {
        self.points - self.score
    }

    /// Says whether every indicator is settled and nothing is undecided, so that the unit may be ranked (R8).
    pub fn is_settled(&self) -> bool {
        self.n_settled == self.indicators.len() && self.undecided.is_empty()
    }

    /// Returns the score where it is decided.
    pub fn decided(&self) -> Option<Points> {
        self.undecided.is_empty().then_some(self.score)
    }
}

impl IndicatorScore {
    /// Says whether a rule of 不计分 takes this to 0.
    pub fn is_forfeited(&self, what: Forfeited) -> bool {
        self.forfeits.iter().any(|it| it.what == what)
    }

    /// Returns 扣分: points less the score.
    pub fn lost(&self) -> Points {
        self.points - self.score
    }

    /// Returns the score where it is decided.
    pub fn decided(&self) -> Option<Points> {
        self.undecided.is_none().then_some(self.score)
    }
}

/// Returns of each event the entry that counts, where only one does (R6).
fn highest_of_events<'s>(
    rubric: &Rubric,
    sheet: &'s Sheet,
    settings: Settings,
) -> Option<entries::Highest<'s>> {
    match rubric.events.unwrap_or(settings.events) {
        Events::All => None,
        Events::HighestOnly => Some(entries::highest_of_events(rubric, sheet)),
    }
}

/// Computes the scores of the unit at `unit_idx` of the roster.
pub(crate) fn score_sheet(
    rubric: &Rubric,
    unit_idx: usize,
    sheet: &Sheet,
    settings: Settings,
    cohort: &Cohort,
) -> SheetScore {
    let events = highest_of_events(rubric, sheet, settings);
    let mut counted: Vec<entries::Counted> = Vec::with_capacity(sheet.cells.len());
    for (indicator_idx, (indicator, cell)) in rubric.indicators().zip(&sheet.cells).enumerate() {
        let in_class = |rule_idx| cohort.points(rubric, unit_idx, indicator_idx, rule_idx);
        let mut of_indicator = entries::count(rubric, indicator, cell, events.as_ref(), &in_class);
        of_indicator.caps = cap::apply(rubric, indicator, cell, &mut of_indicator.entries);
        counted.push(of_indicator);
    }
    cap::apply_shared(rubric, sheet, &mut counted);

    let mut indicators: Vec<IndicatorScore> = Vec::with_capacity(counted.len());
    for (((indicator_idx, indicator), cell), counted) in
        rubric.indicators().enumerate().zip(&sheet.cells).zip(counted)
    {
        let at = (indicator_idx, indicator);
        indicators.push(indicator::score(rubric, at, cell, settings, cohort, counted));
    }
    indicator::means_and_gates(rubric, unit_idx, cohort, &mut indicators);
    total::total(rubric, sheet, indicators)
}

//! The rubric (考核细则): a tree of nodes with points, and the rules that take points away.
//!
//! Rubric → section (一级指标) → indicator (二级指标) → 评分要点. Rules and caps stand at the indicator; an entry
//! names the 评分要点 that it concerns. A further kind of rule is a further [`Measure`].

mod check;

pub use check::{RubricFault, check_rubric, is_plain_id};

use jiff::civil::Date;

use crate::id::{CapId, IndicatorId, ItemNo, RubricId, RuleId, Track};
use crate::points::Points;
use crate::quantity::Quantity;

/// One class's rubric for one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rubric {
    /// Its name in files: `district`.
    pub id: RubricId,
    /// The class that it scores.
    pub track: Track,
    /// Its full title.
    pub title: String,
    /// The document that issued it.
    pub source: String,
    /// Days on which a recorded event may lie without a warning (R12).
    pub period: Option<Period>,
    /// Points of the whole; the sections' points add up to it.
    pub points: Points,
    /// Factors that entries may carry.
    pub modifiers: Vec<Modifier>,
    /// How the office reads what the text leaves open.
    pub readings: Vec<Reading>,
    /// The 一级指标.
    pub sections: Vec<Section>,
}

/// First and last day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// Says whether the day lies within.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// What the text leaves open, and how it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// `R1` …
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer in force.
    pub answer: String,
}

/// A 一级指标.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// As printed: `1`.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Points; the indicators' points add up to it.
    pub points: Points,
    /// The 二级指标.
    pub indicators: Vec<Indicator>,
}

/// A 二级指标: one column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Stable over the years; equal in two rubrics where it means the same.
    pub id: IndicatorId,
    /// As printed: `3`. Numbers are per rubric.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Four characters or so for the head of a narrow column; empty where the name will do.
    pub short: String,
    /// Points; never less than 0 nor more than this is scored here (R4).
    pub points: Points,
    /// The 评分要点, whose points add up to the indicator's.
    pub items: Vec<CheckItem>,
    /// 评分办法: how points are lost, verbatim.
    pub method: String,
    /// The rules, in the order of their numbers on the screen.
    pub rules: Vec<Rule>,
    /// Caps over some of the rules.
    pub caps: Vec<Cap>,
}

/// A 评分要点. Deductions recorded against it never cost more than its points (R2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckItem {
    /// Number within the indicator: `2` of `4.2`.
    pub number: ItemNo,
    /// Verbatim.
    pub text: String,
    /// Points.
    pub points: Points,
}

/// A 扣分规则.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Identifier within the indicator.
    pub id: RuleId,
    /// What staff see and type: 逾期未完成.
    pub label: String,
    /// Its part of the method, verbatim.
    pub text: String,
    /// How the amount comes about.
    pub measure: Measure,
}

/// How the points that one entry costs come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// So much for each occurrence.
    Count {
        /// Points for each.
        each: Points,
        /// What is counted: 次, 项次, 件.
        unit: String,
    },
    /// So much for each occurrence, by who found fault.
    ByLevel {
        /// The levels, highest first.
        levels: Vec<Level>,
        /// What is counted.
        unit: String,
    },
    /// 酌情: the reviewer states the amount and the reason; the program never proposes one (R5).
    Discretionary {
        /// What is counted.
        unit: String,
        /// Points of one case at least; more than nothing where not stated.
        at_least: Option<Points>,
        /// Points of one case at most; those of the node where not stated.
        at_most: Option<Points>,
    },
    /// 不计分: the indicator scores 0.
    Forfeit {
        /// From how many occurrences on (发现两次及以上的不得分); 1 where one breach is enough (R3).
        strikes: u32,
    },
    /// 少于规定数: so much for each that is missing from a target.
    Shortfall {
        /// How many there must be.
        target: Quantity,
        /// Points for each that is missing.
        each: Points,
        /// What is counted: 篇, 次.
        unit: String,
    },
    /// 每低（高）一个百分点: so much for each step away from a reference, on one side of it.
    Steps {
        /// The reference.
        reference: Quantity,
        /// On which side of it points are lost.
        side: Side,
        /// How large a step is.
        step: Quantity,
        /// Points for each step.
        each: Points,
        /// What a part of a step costs.
        rounding: Rounding,
        /// What is measured: 百分点, 天.
        unit: String,
    },
    /// 分档: the deepest band that the value reaches says how much.
    Bands {
        /// On which side of their limits the bands lie.
        side: Side,
        /// The bands, from the mildest to the deepest.
        bands: Vec<Band>,
        /// What is measured.
        unit: String,
    },
}

/// On which side of a limit points are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// 低于.
    Below,
    /// 高于.
    Above,
}

/// What a part of a step costs; a rubric has to say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Only whole steps count.
    WholeSteps,
    /// Every step begun counts.
    StepsBegun,
    /// Exactly its part, to as many decimals as points have.
    Exact,
}

/// A band of a rule by bands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Reached beyond this value.
    pub beyond: Quantity,
    /// Points.
    pub points: Points,
}

/// 倍数: a named factor that an entry may carry: 加倍, 减半, 免扣.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modifier {
    /// As staff type it.
    pub name: String,
    /// The clause that allows it, verbatim.
    pub text: String,
    /// By how much an entry's cost is multiplied; nothing for 免扣.
    pub times: Quantity,
}

/// A level of a rule by level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// As staff type it: 省级.
    pub name: String,
    /// Points for each occurrence.
    pub points: Points,
}

/// 最高扣分: what the named rules cost together at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// Identifier within the indicator.
    pub id: CapId,
    /// The sentence that sets it, verbatim.
    pub text: String,
    /// Points.
    pub at_most: Points,
    /// The rules that it bounds; a cap whose rules all lie under another one is applied first.
    pub over: Vec<RuleId>,
}

impl Rubric {
    /// Returns all indicators, in order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.sections.iter().flat_map(|it| &it.indicators)
    }

    /// Returns how many indicators there are.
    pub fn n_indicators(&self) -> usize {
        self.sections.iter().map(|it| it.indicators.len()).sum()
    }
}

impl Indicator {
    /// Returns the name for the head of a narrow column.
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }

    /// Returns the index of the rule with this id.
    pub fn rule_idx(&self, id: &str) -> Option<usize> {
        self.rules.iter().position(|it| it.id.as_str() == id)
    }

    /// Returns the index of the 评分要点 with this number.
    pub fn item_idx(&self, number: &str) -> Option<usize> {
        self.items.iter().position(|it| it.number.as_str() == number)
    }

    /// Returns the caps with the indices of their rules, innermost first: fewer rules, then as written.
    pub fn caps_innermost_first(&self) -> Vec<(usize, Vec<usize>)> {
        let with_rules = |(idx, cap): (usize, &Cap)| {
            (idx, cap.over.iter().filter_map(|it| self.rule_idx(it.as_str())).collect())
        };
        let mut caps: Vec<(usize, Vec<usize>)> = self.caps.iter().enumerate().map(with_rules).collect();
        caps.sort_by_key(|(_, rules)| rules.len());
        caps
    }
}

impl Measure {
    /// Says whether an entry states a measured value (数值) rather than a bare occurrence.
    pub fn is_measured(&self) -> bool {
        match self {
            Measure::Shortfall { .. } | Measure::Steps { .. } | Measure::Bands { .. } => true,
            Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Discretionary { .. }
            | Measure::Forfeit { .. } => false,
        }
    }

    /// Returns what is counted: 次, 项次; nothing for 不计分.
    pub fn unit(&self) -> &str {
        match self {
            Measure::Count { unit, .. }
            | Measure::ByLevel { unit, .. }
            | Measure::Discretionary { unit, .. }
            | Measure::Shortfall { unit, .. }
            | Measure::Steps { unit, .. }
            | Measure::Bands { unit, .. } => unit,
            Measure::Forfeit { .. } => "",
        }
    }
}

//! The rubric (考核细则): a tree of nodes with points, and the rules that take points away or give them.
//!
//! Rubric → section (一级指标) → indicator (二级指标) → 评分要点. Rules and caps stand at the indicator; an entry
//! names the 评分要点 that it concerns. A further kind of rule is a further [`Measure`]; [`Direction`], [`Combine`],
//! [`Window`], [`Cap`] and [`Modifier`] go with every kind.

mod check;
mod measure;
mod result;

pub use check::{Idle, RubricFault, check_rubric, is_plain_id};
pub use measure::{
    Band, Best, GradeLevel, Level, Limit, Measure, Place, Places, Reference, Rounding, Scope, Side, Span,
    VetoEffect, Worth,
};
pub use result::{Applies, Gate, Grade, SectionGate, Window};

use jiff::civil::Date;

use crate::id::{CapId, IndicatorId, ItemNo, RubricId, RuleId, Track};
use crate::points::Points;
use crate::quantity::Quantity;
use crate::settings::{Events, NotApplicable};

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
    /// Points of the whole; the sections' points, times their weights, add up to it. Those outside of it do not count.
    pub points: Points,
    /// What the total is at most, points outside of the whole included; nothing bounds it where not stated.
    pub at_most: Option<Points>,
    /// To how many decimals each indicator's score and the total are rounded; not at all where not stated (R10).
    pub decimals: Option<u32>,
    /// Which deductions of one event count here; as the year says where not stated (R6).
    pub events: Option<Events>,
    /// What 不涉及 does here; as the year says where not stated (R7).
    pub not_applicable: Option<NotApplicable>,
    /// Factors that entries may carry.
    pub modifiers: Vec<Modifier>,
    /// How the office reads what the text leaves open.
    pub readings: Vec<Reading>,
    /// The 一级指标.
    pub sections: Vec<Section>,
    /// Caps over rules of several indicators.
    pub caps: Vec<SharedCap>,
    /// 等次, the best first; none where the rubric has none (R11).
    pub grades: Vec<Grade>,
    /// Indicators whose scores decide in turn between equal totals; equals stay tied where there are none (R9).
    pub tie_breakers: Vec<IndicatorId>,
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
    /// Points; the indicators' points, times their weights, add up to it. Outside of the whole it bounds their sum.
    pub points: Points,
    /// In percent, how much of its score goes into the total; all of it where not stated.
    pub weight: Option<Quantity>,
    /// 总分之外: whether its points come on top of the rubric's.
    pub is_outside: bool,
    /// What it scores at least; below 0 only outside of the whole, where deductions may exceed it.
    pub at_least: Points,
    /// From which score of the whole on it counts; it always does where not stated.
    pub gate: Option<SectionGate>,
    /// Which units it concerns.
    pub applies: Applies,
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
    /// Points; never more than this is scored here.
    pub points: Points,
    /// Never less than this is scored here: 0 (R4), unless the rubric says that it may fall below.
    pub at_least: Points,
    /// Where it starts from: full marks, or nothing (有得、无扣).
    pub start: Start,
    /// In percent, how much of its score goes into its section's; all of it where not stated.
    pub weight: Option<Quantity>,
    /// Which units it concerns.
    pub applies: Applies,
    /// What 不涉及 does here; as the rubric says where not stated (R7).
    pub not_applicable: Option<NotApplicable>,
    /// What must be reached elsewhere, or it scores 0.
    pub gate: Option<Gate>,
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
    /// Whether it takes points or gives them.
    pub direction: Direction,
    /// How several entries go together.
    pub combine: Combine,
    /// Within which stretch of time they do; the whole year where not stated.
    pub per: Option<Window>,
}

/// Whether a rule takes points or gives them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 扣分.
    #[default]
    Deduct,
    /// 加分, 得分.
    Award,
}

/// How several entries of one rule go together. Those of different 评分要点 are always kept apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Combine {
    /// 累计.
    #[default]
    Add,
    /// 以最后一条为准: by date, and of one date the one recorded last.
    Last,
    /// 取最高.
    Highest,
    /// 取最低.
    Lowest,
    /// 取平均, to as many decimals as points have.
    Mean,
}

/// Where an indicator starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// From full marks.
    #[default]
    Full,
    /// From nothing.
    Zero,
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

/// 最高扣分, 最高加分: what the named rules take, or give, together at most.
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
    /// Within which stretch of time; the whole year where not stated.
    pub per: Option<Window>,
}

/// 跨指标的最高扣分: what rules of several indicators take, or give, together at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedCap {
    /// Identifier within the rubric.
    pub id: CapId,
    /// The sentence that sets it, verbatim.
    pub text: String,
    /// Points.
    pub at_most: Points,
    /// The rules that it bounds.
    pub over: Vec<RuleRef>,
    /// Within which stretch of time; the whole year where not stated.
    pub per: Option<Window>,
}

/// A rule of an indicator, written `media.notice`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleRef {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The rule.
    pub rule: RuleId,
}

impl Rubric {
    /// Returns a rubric of these sections, everything else as it is where a file does not say otherwise.
    pub fn plain(id: &str, track: &str, points: Points, sections: Vec<Section>) -> Rubric {
        Rubric {
            id: id.into(),
            track: track.into(),
            title: track.to_owned(),
            source: String::new(),
            period: None,
            points,
            at_most: None,
            decimals: None,
            events: None,
            not_applicable: None,
            modifiers: Vec::new(),
            readings: Vec::new(),
            sections,
            caps: Vec::new(),
            grades: Vec::new(),
            tie_breakers: Vec::new(),
        }
    }

    /// Returns all indicators, in order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.sections.iter().flat_map(|it| &it.indicators)
    }

    /// Returns the section of the indicator at this index, and the section's index.
    pub fn section_of(&self, indicator_idx: usize) -> (usize, &Section) {
        let mut n_before = 0;
        for (section_idx, section) in self.sections.iter().enumerate() {
            n_before += section.indicators.len();
            if indicator_idx < n_before {
                return (section_idx, section);
            }
        }
        unreachable!("an index that this rubric gave out")
    }

    /// Returns what 不涉及 does to an indicator (R7): what it says, or else its rubric, or else the year.
    pub fn treatment(&self, indicator: &Indicator, year: NotApplicable) -> NotApplicable {
        indicator.not_applicable.or(self.not_applicable).unwrap_or(year)
    }

    /// Returns how many indicators there are.
    pub fn n_indicators(&self) -> usize {
        self.sections.iter().map(|it| it.indicators.len()).sum()
    }
}

impl Rule {
    /// Returns a rule that deducts, entries adding up where its measure does not say otherwise.
    pub fn deducting(id: &str, label: &str, text: &str, measure: Measure) -> Rule {
        Rule {
            id: id.into(),
            label: label.to_owned(),
            text: text.to_owned(),
            combine: measure.usual_combine(),
            measure,
            direction: Direction::Deduct,
            per: None,
        }
    }
}

impl Section {
    /// Returns a section of these indicators, everything else as it is where a file does not say otherwise.
    pub fn plain(number: &str, name: &str, points: Points, indicators: Vec<Indicator>) -> Section {
        Section {
            number: number.to_owned(),
            name: name.to_owned(),
            points,
            weight: None,
            is_outside: false,
            at_least: Points::ZERO,
            gate: None,
            applies: Applies::default(),
            indicators,
        }
    }
}

impl RuleRef {
    /// Reads `media.notice`.
    pub fn parse(text: &str) -> Option<RuleRef> {
        let (indicator, rule) = text.split_once('.')?;
        Some(RuleRef { indicator: indicator.into(), rule: rule.into() })
    }
}

impl std::fmt::Display for RuleRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.indicator, self.rule)
    }
}

impl Indicator {
    /// Returns an indicator of these rules with one 评分要点, everything else as it is where a file does not say
    /// otherwise. Its method is what the rules quote.
    pub fn plain(id: &str, number: &str, name: &str, points: Points, rules: Vec<Rule>) -> Indicator {
        let texts: Vec<&str> = rules.iter().map(|it| it.text.as_str()).collect();
        Indicator {
            id: id.into(),
            number: number.to_owned(),
            name: name.to_owned(),
            short: String::new(),
            points,
            at_least: Points::ZERO,
            start: Start::Full,
            weight: None,
            applies: Applies::default(),
            not_applicable: None,
            gate: None,
            items: vec![CheckItem { number: "1".into(), text: name.to_owned(), points }],
            method: texts.join("；"),
            rules,
            caps: Vec::new(),
        }
    }

    /// Returns the 评分要点 that are printed: none where the indicator as a whole stands for its only one.
    pub fn printed_items(&self) -> &[CheckItem] {
        match self.items.as_slice() {
            [only] if only.text == self.name => &[],
            items => items,
        }
    }

    /// Returns what one of its 评分要点 starts from.
    pub fn start_of(&self, item: &CheckItem) -> Points {
        match self.start {
            Start::Full => item.points,
            Start::Zero => Points::ZERO,
        }
    }

    /// Returns how much one case can take or give at most: the points of the 评分要点 where one of several is named, or else
    /// from the indicator's points down to its least.
    pub fn room(&self, item_idx: Option<usize>) -> Points {
        match item_idx {
            Some(item_idx) if self.items.len() > 1 => self.items[item_idx].points,
            Some(_) | None => self.points - self.at_least,
        }
    }

    /// Returns what it starts from, in points.
    pub fn start_points(&self) -> Points {
        match self.start {
            Start::Full => self.points,
            Start::Zero => Points::ZERO,
        }
    }

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

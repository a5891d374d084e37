//! How the points of an entry come about: the kinds of rule.

use crate::points::Points;
use crate::quantity::Quantity;

/// How the points that one entry takes or gives come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// 按次: so much for each occurrence.
    Count {
        /// Points for each.
        each: Points,
        /// What is counted: 次, 项次, 件.
        unit: String,
    },
    /// 按档次: so much for each occurrence, by a level that the reviewer names.
    ByLevel {
        /// The levels, highest first.
        levels: Vec<Level>,
        /// What is counted.
        unit: String,
    },
    /// 缺项: so much for each item of a list that is missing; an item counts once, however often it is recorded.
    Checklist {
        /// What must be there.
        items: Vec<String>,
        /// Points for each that is missing.
        each: Points,
        /// What is counted: 项.
        unit: String,
    },
    /// 按等级: a grade, and what it is worth. Of several records of one rule the last counts.
    Graded {
        /// The grades, best first.
        grades: Vec<GradeLevel>,
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
    /// 不计分: the check item, the indicator or the section scores 0.
    Forfeit {
        /// From how many occurrences on (发现两次及以上的不得分); 1 where one breach is enough (R3).
        strikes: u32,
        /// Rules of the indicator whose occurrences are strikes too, by id.
        over: Vec<crate::id::RuleId>,
        /// What scores 0.
        scope: Scope,
    },
    /// 少于规定数: so much for each that is missing from a target.
    Shortfall {
        /// How many there must be; none where each entry states its own (任务数).
        target: Option<Quantity>,
        /// Points for each that is missing.
        each: Points,
        /// What is counted: 篇, 次.
        unit: String,
    },
    /// 每低（高）一个百分点: so much for each step away from a reference, on one side of it.
    Steps {
        /// What values are held against.
        reference: Reference,
        /// On which side of it points are lost or given.
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
    /// 分档: the band that the value lies in says how much.
    Bands {
        /// On which side of their limits the bands lie.
        side: Side,
        /// The bands; of those that a value reaches the one furthest out applies.
        bands: Vec<Band>,
        /// What is measured.
        unit: String,
    },
    /// 按完成比例: the points times value ÷ target, no more than the points.
    Ratio {
        /// What is to be reached; none where each entry states its own (任务数).
        target: Option<Quantity>,
        /// Points of full completion.
        points: Points,
        /// What is measured.
        unit: String,
    },
    /// 引用别处的得分: the value, from 0 to `out_of`, times a factor.
    Imported {
        /// By how much the value is multiplied.
        factor: Quantity,
        /// The largest value that there is.
        out_of: Quantity,
        /// What is measured: 分.
        unit: String,
    },
    /// 按名次: the place among the units of the class by the stated values.
    ByRank {
        /// Which values come first.
        best: Best,
        /// What the places are worth.
        places: Places,
        /// What is measured.
        unit: String,
    },
    /// 按与第1名的比例: the points for the best value of the class, and of the others the part that theirs come to.
    Relative {
        /// Which value is the best.
        best: Best,
        /// Points of the best value.
        points: Points,
        /// What is measured.
        unit: String,
    },
    /// 一票否决: what happens to the whole.
    Veto {
        /// What happens.
        effect: VetoEffect,
    },
}

/// What 不计分 takes to 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The 评分要点 that the entry names; the indicator where it names none.
    CheckItem,
    /// The indicator.
    #[default]
    Indicator,
    /// The whole section.
    Section,
}

/// What a measured value is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// This value.
    Fixed(Quantity),
    /// What each entry states as its 任务数.
    Own,
    /// The mean of the values that the units of the class stated, the unit's own among them.
    ClassMean,
}

/// On which side of a limit a value has to lie.
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

/// A level of a rule by level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// As staff type it: 省级.
    pub name: String,
    /// Points for each occurrence.
    pub points: Points,
}

/// A grade of a rule by grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeLevel {
    /// As staff type it: 较好.
    pub name: String,
    /// What it is worth.
    pub worth: Worth,
}

/// What a grade is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// So many points; may be none.
    Points(Points),
    /// So many percent of the points of the 评分要点 or the indicator.
    Percent(Quantity),
}

/// A band of a rule by bands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Where it begins.
    pub limit: Limit,
    /// Where it ends; said only to be checked, for the next band begins there.
    pub to: Option<Quantity>,
    /// Points.
    pub points: Points,
}

/// Where a band begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Beyond this value, which itself is not in (低于、高于).
    Beyond(Quantity),
    /// From this value on, which itself is in (及以下、及以上).
    From(Quantity),
}

impl Limit {
    /// Returns the value at the limit.
    pub fn value(self) -> Quantity {
        match self {
            Limit::Beyond(value) | Limit::From(value) => value,
        }
    }
}

/// Which values come first in a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Best {
    /// The largest.
    Highest,
    /// The smallest.
    Lowest,
}

/// What the places in a class are worth. Equal values share a place and its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    /// Named places; the first of them that a unit's place lies in applies, and none gives nothing.
    Named(Vec<Place>),
    /// So many points for the first, and so many less for each place after it, never below nothing.
    Descending {
        /// Points of the first place.
        first: Points,
        /// How many less for each further place.
        each: Points,
    },
}

/// Named places of a class and their points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which places.
    pub span: Span,
    /// Points.
    pub points: Points,
}

/// Which places of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// From one place to another, both included; 1 is the first, −1 the last of as many units as have a value.
    Between(i32, i32),
    /// Places not beyond so many percent of the units that have a value (前30%).
    Percent(Quantity),
}

/// What a veto does to a unit's result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VetoEffect {
    /// 取消资格: it is not ranked and gets no grade.
    Disqualified,
    /// 总分记0.
    Zero,
    /// 总分扣 so many points.
    Lose(Points),
    /// 总分不高于.
    AtMost(Points),
    /// 不得评为最高等次.
    NoTopGrade,
    /// 等次不高于 this one.
    GradeAtMost(String),
}

impl Measure {
    /// Says whether an entry states a measured value (数值) rather than a bare occurrence.
    pub fn is_measured(&self) -> bool {
        match self {
            Measure::Shortfall { .. }
            | Measure::Steps { .. }
            | Measure::Bands { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. } => true,
            Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Checklist { .. }
            | Measure::Graded { .. }
            | Measure::Discretionary { .. }
            | Measure::Forfeit { .. }
            | Measure::Veto { .. } => false,
        }
    }

    /// Says whether an entry states its own target (任务数).
    pub fn asks_target(&self) -> bool {
        matches!(
            self,
            Measure::Shortfall { target: None, .. }
                | Measure::Ratio { target: None, .. }
                | Measure::Steps { reference: Reference::Own, .. }
        )
    }

    /// Says whether what a value is worth hangs on the values of the other units of the class. A unit then has one
    /// value, whatever a rule says of several entries.
    pub fn hangs_on_class(&self) -> bool {
        match self {
            Measure::ByRank { .. }
            | Measure::Relative { .. }
            | Measure::Steps { reference: Reference::ClassMean, .. } => true,
            Measure::Steps { reference: Reference::Fixed(_) | Reference::Own, .. }
            | Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Checklist { .. }
            | Measure::Graded { .. }
            | Measure::Discretionary { .. }
            | Measure::Forfeit { .. }
            | Measure::Shortfall { .. }
            | Measure::Bands { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::Veto { .. } => false,
        }
    }

    /// Says whether an entry may stand for several occurrences (次数).
    pub fn is_repeatable(&self) -> bool {
        match self {
            Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Discretionary { .. }
            | Measure::Forfeit { .. }
            | Measure::Shortfall { .. }
            | Measure::Steps { reference: Reference::Fixed(_) | Reference::Own, .. }
            | Measure::Bands { .. } => true,
            Measure::Checklist { .. }
            | Measure::Graded { .. }
            | Measure::Steps { reference: Reference::ClassMean, .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. }
            | Measure::Veto { .. } => false,
        }
    }

    /// Returns the names that an entry chooses from (档次): of levels, grades, or items of a checklist.
    pub fn level_names(&self) -> Vec<&str> {
        match self {
            Measure::ByLevel { levels, .. } => levels.iter().map(|it| it.name.as_str()).collect(),
            Measure::Checklist { items, .. } => items.iter().map(String::as_str).collect(),
            Measure::Graded { grades } => grades.iter().map(|it| it.name.as_str()).collect(),
            Measure::Count { .. }
            | Measure::Discretionary { .. }
            | Measure::Forfeit { .. }
            | Measure::Shortfall { .. }
            | Measure::Steps { .. }
            | Measure::Bands { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. }
            | Measure::Veto { .. } => Vec::new(),
        }
    }

    /// Says whether the reason must be given with each entry: where the amount is the reviewer's, and with a veto.
    pub fn needs_note(&self) -> bool {
        matches!(self, Measure::Discretionary { .. } | Measure::Veto { .. })
    }

    /// Returns what is counted or measured: 次, 项次, 百分点; nothing where an entry states neither.
    pub fn unit(&self) -> &str {
        match self {
            Measure::Count { unit, .. }
            | Measure::ByLevel { unit, .. }
            | Measure::Checklist { unit, .. }
            | Measure::Discretionary { unit, .. }
            | Measure::Shortfall { unit, .. }
            | Measure::Steps { unit, .. }
            | Measure::Bands { unit, .. }
            | Measure::Ratio { unit, .. }
            | Measure::Imported { unit, .. }
            | Measure::ByRank { unit, .. }
            | Measure::Relative { unit, .. } => unit,
            Measure::Graded { .. } | Measure::Forfeit { .. } | Measure::Veto { .. } => "",
        }
    }

    /// Returns how several entries of a rule of this kind go together where the rule does not say: what is stated
    /// anew takes the place of what was stated before; what happened once more adds.
    pub fn usual_combine(&self) -> super::Combine {
        match self {
            Measure::Graded { .. }
            | Measure::Steps { reference: Reference::ClassMean, .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. } => super::Combine::Last,
            Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Checklist { .. }
            | Measure::Discretionary { .. }
            | Measure::Forfeit { .. }
            | Measure::Shortfall { .. }
            | Measure::Steps { reference: Reference::Fixed(_) | Reference::Own, .. }
            | Measure::Bands { .. }
            | Measure::Veto { .. } => super::Combine::Add,
        }
    }
}

//! A fault in what was given: where it is, and what it is, without a word of prose.

/// One step towards a place in a nested document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into the field of this name.
    Field(&'static str),
    /// Into the element of a list, from 0.
    Index(usize),
}

/// The way from the top of a document to the value in question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place(pub Vec<Step>);

impl Place {
    /// Returns the place one field further in.
    pub fn field(&self, name: &'static str) -> Place {
        self.then(Step::Field(name))
    }

    /// Returns the place of element `idx` (from 0) of the list in field `name`.
    pub fn element(&self, name: &'static str, idx: usize) -> Place {
        self.then(Step::Field(name)).then(Step::Index(idx))
    }

    fn then(&self, step: Step) -> Place {
        let mut steps = self.0.clone();
        steps.push(step);
        Place(steps)
    }
}

/// Whether a fault stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Scores cannot be trusted until it is mended.
    Error,
    /// Worth a look, nothing is refused.
    Warning,
}

/// What a repeated or missing name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The rubric itself.
    Rubric,
    /// A 一级指标.
    Section,
    /// A 二级指标.
    Indicator,
    /// A 评分要点.
    CheckItem,
    /// A rule.
    Rule,
    /// A level of a rule by level.
    Level,
    /// A cap.
    Cap,
    /// A unit of the roster.
    Unit,
    /// A factor that entries may carry.
    Modifier,
    /// A grade of the total.
    Grade,
    /// A tag of units.
    Tag,
}

/// A fault with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem<F> {
    /// Where it is.
    pub place: Place,
    /// Whether it stops the work.
    pub severity: Severity,
    /// What it is.
    pub fault: F,
}

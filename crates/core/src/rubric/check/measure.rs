//! The kinds of rule, one by one.

use rust_decimal::Decimal;

use super::report::{At, Check, Seen, excerpt};
use super::{Idle, RubricFault};
use crate::points::Points;
use crate::problem::Part;
use crate::quantity::Quantity;
use crate::rubric::{
    Band, Direction, GradeLevel, Indicator, Level, Limit, Measure, Rubric, Rule, Side, Start, VetoEffect,
    Worth,
};

/// Returns what an indicator can lose, or gain.
pub(super) fn reach(indicator: &Indicator, direction: Direction) -> Points {
    let lost = indicator.points - indicator.at_least;
    match (indicator.start, direction) {
        // Where it starts from nothing, what is given is at most its points; a fall may still begin at the top.
        (Start::Zero, Direction::Award) => indicator.points,
        (Start::Zero | Start::Full, Direction::Deduct | Direction::Award) => lost,
    }
}

/// Returns the number in the middle.
pub(super) fn between(one: Decimal, other: Decimal) -> Points {
    Points::from_decimal((one + other) / Decimal::TWO)
}

impl Check {
    pub(super) fn measure(&mut self, at: &At<'_>, rubric: &Rubric, indicator: &Indicator, rule: &Rule) {
        let reach = reach(indicator, rule.direction);
        match &rule.measure {
            Measure::Count { each, unit } => self.measured(at, unit, *each),
            Measure::ByLevel { levels, unit } => {
                self.text(&at.field("unit"), unit);
                self.levels(at, levels);
            }
            Measure::Checklist { items, each, unit } => {
                self.measured(at, unit, *each);
                self.not_empty(&at.field("items"), items.len());
                let mut seen = Seen::new(Part::Level);
                for (idx, item) in items.iter().enumerate() {
                    let at = at.element("items", idx);
                    self.text(&at, item);
                    seen.see(self, &at, item);
                }
            }
            Measure::Graded { grades } => self.grade_levels(at, grades, reach),
            Measure::Discretionary { unit, at_least, at_most } => {
                self.text(&at.field("unit"), unit);
                self.discretionary(at, indicator, *at_least, *at_most);
            }
            Measure::Forfeit { strikes, over: _, scope: _ } => {
                if *strikes == 0 {
                    self.error(&at.field("strikes"), RubricFault::NotPositive);
                }
            }
            Measure::Shortfall { target, each, unit } => {
                self.measured(at, unit, *each);
                self.target(at, *target);
            }
            Measure::Steps { step, each, unit, reference: _, side: _, rounding: _ } => {
                self.measured(at, unit, *each);
                self.quantity(&at.field("step"), *step);
            }
            Measure::Bands { side, bands, unit } => {
                self.text(&at.field("unit"), unit);
                self.not_empty(&at.field("bands"), bands.len());
                self.bands(at, *side, bands);
            }
            Measure::Ratio { target, points, unit } => {
                self.text(&at.field("unit"), unit);
                self.target(at, *target);
                self.positive(&at.field("points"), *points);
                self.worth(&at.field("points"), *points, reach);
            }
            Measure::Imported { factor, out_of, unit } => {
                self.text(&at.field("unit"), unit);
                self.quantity(&at.field("factor"), *factor);
                self.quantity(&at.field("out_of"), *out_of);
                let full = Points::from_decimal(out_of.decimal()).of(*factor);
                self.worth(&at.field("factor"), full, reach);
            }
            Measure::ByRank { places, unit, best: _ } => {
                self.text(&at.field("unit"), unit);
                self.by_rank(at, places, reach);
            }
            Measure::Relative { points, unit, best: _ } => {
                self.text(&at.field("unit"), unit);
                self.positive(&at.field("points"), *points);
                self.worth(&at.field("points"), *points, reach);
            }
            Measure::Veto { effect } => self.veto(&at.field("effect"), rubric, effect),
        }
    }

    fn measured(&mut self, at: &At<'_>, unit: &str, each: Points) {
        self.text(&at.field("unit"), unit);
        self.positive(&at.field("each"), each);
    }

    fn target(&mut self, at: &At<'_>, target: Option<Quantity>) {
        if let Some(target) = target {
            self.quantity(&at.field("target"), target);
        }
    }

    pub(super) fn worth(&mut self, at: &At<'_>, points: Points, reach: Points) {
        if points > reach {
            self.warn(at, RubricFault::WorthTooMuch { points: reach });
        }
    }

    fn levels(&mut self, at: &At<'_>, levels: &[Level]) {
        self.not_empty(&at.field("levels"), levels.len());
        let mut names = Seen::new(Part::Level);
        for (idx, level) in levels.iter().enumerate() {
            let at = at.element("levels", idx);
            self.text(&at.field("name"), &level.name);
            names.see(self, &at.field("name"), &level.name);
            self.positive(&at.field("points"), level.points);
        }
    }

    fn grade_levels(&mut self, at: &At<'_>, grades: &[GradeLevel], reach: Points) {
        self.not_empty(&at.field("levels"), grades.len());
        let mut names = Seen::new(Part::Level);
        for (idx, grade) in grades.iter().enumerate() {
            let at = at.element("levels", idx);
            self.text(&at.field("name"), &grade.name);
            names.see(self, &at.field("name"), &grade.name);
            match grade.worth {
                Worth::Points(points) => {
                    self.not_negative(&at.field("points"), points);
                    self.worth(&at.field("points"), points, reach);
                }
                Worth::Percent(percent) => self.percent(&at.field("percent"), percent),
            }
        }
    }

    fn discretionary(
        &mut self,
        at: &At<'_>,
        indicator: &Indicator,
        at_least: Option<Points>,
        at_most: Option<Points>,
    ) {
        for (name, bound) in [("at_least", at_least), ("at_most", at_most)] {
            if let Some(bound) = bound {
                self.positive(&at.field(name), bound);
            }
        }
        // It may be recorded on each of them.
        let rooms = (0..indicator.items.len()).map(|it| indicator.room(Some(it)));
        let points = rooms.min().unwrap_or_else(|| indicator.room(None));
        if at_least.is_some_and(|it| it > points) {
            self.error(&at.field("at_least"), RubricFault::MoreThanThereIs { points });
        }
        if at_least.zip(at_most).is_some_and(|(least, most)| least > most) {
            self.error(&at.field("at_least"), RubricFault::BoundsReversed);
        }
    }

    /// Bands go from the mildest to the deepest: each further out than the one before, and dearer.
    fn bands(&mut self, at: &At<'_>, side: Side, bands: &[Band]) {
        let is_further = |it: Quantity, than: Quantity| match side {
            Side::Below => it < than,
            Side::Above => it > than,
        };
        for (idx, band) in bands.iter().enumerate() {
            let at = at.element("bands", idx);
            self.positive(&at.field("points"), band.points);
            let limit = band.limit.value();
            let to = band.to.filter(|it| {
                let is_right = is_further(*it, limit);
                if !is_right {
                    self.error(&at.field("to"), RubricFault::BoundsReversed);
                }
                is_right
            });
            if let Some((to, next)) = to.zip(bands.get(idx + 1)) {
                let next = next.limit.value();
                let between = between(to.decimal(), next.decimal());
                if is_further(next, to) {
                    self.error(&at.field("to"), RubricFault::Gap { at: between });
                } else if is_further(to, next) {
                    self.error(&at.field("to"), RubricFault::Overlap { at: between });
                }
            }
            let Some(before) = idx.checked_sub(1).and_then(|it| bands.get(it)) else { continue };
            if !is_further(limit, before.limit.value()) {
                let field = match band.limit {
                    Limit::Beyond(_) => "beyond",
                    Limit::From(_) => "from",
                };
                self.error(&at.field(field), RubricFault::BandsNotInOrder);
            }
            if band.points <= before.points {
                self.error(&at.field("points"), RubricFault::BandsNotDearer);
            }
        }
    }

    fn veto(&mut self, at: &At<'_>, rubric: &Rubric, effect: &VetoEffect) {
        match effect {
            VetoEffect::Disqualified | VetoEffect::Zero => {}
            VetoEffect::Lose(points) => self.positive(at, *points),
            VetoEffect::AtMost(points) => {
                self.not_negative(at, *points);
                let most = super::tree::most(rubric);
                if *points >= most {
                    self.warn(at, RubricFault::CapNeverBinds { points: most });
                }
            }
            VetoEffect::NoTopGrade | VetoEffect::GradeAtMost(_) if rubric.grades.is_empty() => {
                self.error(at, RubricFault::NoGrades);
            }
            VetoEffect::NoTopGrade => {}
            VetoEffect::GradeAtMost(name) => match rubric.grades.iter().position(|it| it.name == *name) {
                Some(0) => self.warn(at, RubricFault::NoEffect { what: Idle::TopGrade }),
                Some(_) => {}
                None => {
                    let names = rubric.grades.iter().map(|it| it.name.as_str());
                    let (nearest, known) = self.guess(name, names);
                    self.error(at, RubricFault::UnknownGrade { given: excerpt(name), nearest, known });
                }
            },
        }
    }
}

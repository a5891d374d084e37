//! What follows from the total: grades, and what decides between equals.

use std::collections::HashMap;

use super::RubricFault;
use super::measure::between;
use super::report::{At, Check, Seen};
use crate::points::Points;
use crate::problem::Part;
use crate::rubric::{Indicator, Rubric};

impl Check {
    pub(super) fn grades(&mut self, rubric: &Rubric) {
        let most = super::tree::most(rubric);
        let mut names = Seen::new(Part::Grade);
        for (idx, grade) in rubric.grades.iter().enumerate() {
            let at = At::TOP.element("grades", idx);
            self.text(&at.field("name"), &grade.name);
            names.see(self, &at.field("name"), &grade.name);
            self.not_negative(&at.field("from"), grade.from);
            if grade.from > most {
                self.error(&at.field("from"), RubricFault::GradeUnreachable { most });
            }
            if grade.to.is_some_and(|it| it < grade.from) {
                self.error(&at.field("to"), RubricFault::BoundsReversed);
                continue;
            }
            let Some(above) = idx.checked_sub(1).and_then(|it| rubric.grades.get(it)) else { continue };
            if grade.from >= above.from {
                self.error(&at.field("from"), RubricFault::GradesNotFalling);
            } else if let Some(to) = grade.to {
                let between = between(to.decimal(), above.from.decimal());
                if to < above.from {
                    self.error(&at.field("to"), RubricFault::Gap { at: between });
                } else if to > above.from {
                    self.error(&at.field("to"), RubricFault::Overlap { at: between });
                }
            }
        }
        if let Some((idx, lowest)) = rubric.grades.iter().enumerate().next_back()
            && lowest.from > Points::ZERO
        {
            let at = At::TOP.element("grades", idx);
            self.warn(&at.field("from"), RubricFault::LowestGradeAboveZero { from: lowest.from });
        }
    }

    pub(super) fn tie_breakers(&mut self, rubric: &Rubric, known: &HashMap<&str, &Indicator>) {
        let mut seen = Seen::new(Part::Indicator);
        for (idx, id) in rubric.tie_breakers.iter().enumerate() {
            let at = At::TOP.element("tie_breakers", idx);
            seen.see(self, &at, id.as_str());
            if !known.contains_key(id.as_str()) {
                self.unknown_indicator(&at, id.as_str(), rubric.indicators().map(|it| it.id.as_str()));
            }
        }
    }
}

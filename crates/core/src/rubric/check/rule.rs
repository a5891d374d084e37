//! What a rule says beside its measure, and stretches of time.

use std::collections::HashSet;

use super::report::{At, Check, Seen};
use super::{Idle, RubricFault};
use crate::problem::Part;
use crate::rubric::{Combine, Indicator, Measure, Rule, Window};

impl Check {
    pub(super) fn rule(&mut self, at: &At<'_>, rule: &Rule) {
        self.window(&at.field("per"), rule.per);
        match &rule.measure {
            measure if measure.hangs_on_class() => {
                if rule.combine != Combine::Last {
                    self.error(&at.field("combine"), RubricFault::RankStandsAlone);
                } else if rule.per.is_some() {
                    self.error(&at.field("per"), RubricFault::RankStandsAlone);
                }
            }
            Measure::Forfeit { .. } | Measure::Veto { .. } => {
                if rule.combine != Combine::Add {
                    self.warn(&at.field("combine"), RubricFault::NoEffect { what: Idle::Combine });
                }
                if rule.per.is_some() && matches!(rule.measure, Measure::Veto { .. }) {
                    self.warn(&at.field("per"), RubricFault::NoEffect { what: Idle::Window });
                }
            }
            // Each item of it counts once in a stretch.
            Measure::Checklist { .. } => {}
            Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Graded { .. }
            | Measure::Discretionary { .. }
            | Measure::Shortfall { .. }
            | Measure::Steps { .. }
            | Measure::Bands { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. } => {
                if rule.per.is_some() && rule.combine == Combine::Add {
                    self.warn(&at.field("per"), RubricFault::NoEffect { what: Idle::Window });
                }
            }
        }
    }

    pub(super) fn window(&mut self, at: &At<'_>, window: Option<Window>) {
        match window {
            Some(Window::Weeks(0)) => self.error(at, RubricFault::NotPositive),
            Some(Window::Weeks(_)) if !self.has_period => self.warn(at, RubricFault::WeeksWithoutPeriod),
            Some(Window::Weeks(_) | Window::Month | Window::Quarter | Window::HalfYear) | None => {}
        }
    }

    /// Checks the rules whose occurrences a rule of 不计分 counts too.
    pub(super) fn forfeit_over(
        &mut self,
        at: &At<'_>,
        indicator: &Indicator,
        rule: &Rule,
        known: &HashSet<&str>,
    ) {
        let Measure::Forfeit { over, .. } = &rule.measure else { return };
        let mut seen = Seen::new(Part::Rule);
        for (idx, other) in over.iter().enumerate() {
            let at = at.element("over", idx);
            seen.see(self, &at, other.as_str());
            if *other == rule.id {
                self.error(&at, RubricFault::ForfeitOverItself);
            } else if !known.contains(other.as_str()) {
                self.unknown_rule(&at, other.as_str(), indicator.rules.iter().map(|it| it.id.as_str()));
            }
        }
    }
}

//! Everything that can be wrong with a rubric once it could be read, all at once.

use std::collections::HashSet;

use super::{Band, Cap, Indicator, Measure, Rubric, Side};
use crate::ledger::nearest;
use crate::points::Points;
use crate::problem::{Part, Place, Problem, Severity};
use crate::quantity::Quantity;

/// What can be wrong with a rubric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RubricFault {
    /// The parts' points do not add up to the whole's.
    SumDiffers {
        /// What the whole is.
        whole: Part,
        /// What the parts are.
        parts: Part,
        /// The whole's points.
        stated: Points,
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
    /// An id is none by [`is_plain_id`].
    BadId {
        /// As given.
        given: String,
    },
    /// A text that must not be empty is.
    EmptyText,
    /// A list that must not be empty is.
    EmptyList,
    /// A number of points must be larger than nothing.
    NotPositive,
    /// A cap names a rule that the indicator does not have.
    UnknownRule {
        /// As given.
        given: String,
        /// The nearest rule of the indicator.
        nearest: Option<String>,
        /// All rules of the indicator.
        known: Vec<String>,
    },
    /// Two caps share some rules, and neither lies within the other.
    CapsCross {
        /// The other cap's id.
        other: String,
    },
    /// A cap stands in an indicator with several 评分要点, where it is not stated which of them it relieves.
    CapOverItems,
    /// A cap can never bind: the indicator has no more points than it allows to lose.
    CapNeverBinds {
        /// The indicator's points.
        points: Points,
    },
    /// A rule's text does not stand in the method.
    TextNotInMethod,
    /// The last day lies before the first.
    PeriodReversed,
    /// The least that a case may cost is more than the most.
    BoundsReversed,
    /// The least that a case may cost is more than the indicator has, so that nothing can be recorded.
    MoreThanThereIs {
        /// The indicator's points.
        points: Points,
    },
    /// A factor is less than nothing.
    Negative,
    /// A band does not lie further out than the one before.
    BandsNotInOrder,
    /// A band does not cost more than the one before.
    BandsNotDearer,
}

/// Says whether `text` can be an id and a file name everywhere: 1–32 ASCII letters, digits, `-`, `_`, the first a
/// letter or digit (a leading `-` reads as an option), and not a name that Windows keeps for a device.
pub fn is_plain_id(text: &str) -> bool {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let lower = text.to_ascii_lowercase();
    let port = lower.strip_prefix("com").or_else(|| lower.strip_prefix("lpt"));
    let is_port = port.is_some_and(|it| it.len() == 1 && it.bytes().all(|b| b.is_ascii_digit()));
    (1..=32).contains(&text.len())
        && text.starts_with(|it: char| it.is_ascii_alphanumeric())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && !DEVICES.contains(&lower.as_str())
        && !is_port
}

/// Returns all faults of a rubric, in the order of its text.
pub fn check_rubric(rubric: &Rubric) -> Vec<Problem<RubricFault>> {
    let mut check = Check::default();
    check.rubric(rubric);
    check.problems
}

#[derive(Default)]
struct Check {
    problems: Vec<Problem<RubricFault>>,
}

impl Check {
    fn error(&mut self, place: Place, fault: RubricFault) {
        self.problems.push(Problem { place, severity: Severity::Error, fault });
    }

    fn warn(&mut self, place: Place, fault: RubricFault) {
        self.problems.push(Problem { place, severity: Severity::Warning, fault });
    }

    fn rubric(&mut self, rubric: &Rubric) {
        let top = Place::default();
        self.id(&top.field("id"), rubric.id.as_str());
        self.text(&top.field("track"), rubric.track.as_str());
        self.text(&top.field("title"), &rubric.title);
        if rubric.period.is_some_and(|it| it.to < it.from) {
            self.error(top.field("period"), RubricFault::PeriodReversed);
        }
        self.positive(&top.field("points"), rubric.points);
        if self.not_empty(&top.field("sections"), rubric.sections.len()) {
            let sum = rubric.sections.iter().map(|it| it.points).sum();
            self.sum(&top, Part::Rubric, Part::Section, rubric.points, sum);
        }
        self.modifiers(rubric);
        let mut section_numbers = Seen::new(Part::Section);
        let mut numbers = Seen::new(Part::Indicator);
        let mut ids = Seen::new(Part::Indicator);
        let mut names = Seen::new(Part::Indicator);
        for (section_idx, section) in rubric.sections.iter().enumerate() {
            let place = top.element("sections", section_idx);
            section_numbers.see(self, place.field("number"), &section.number);
            self.text(&place.field("name"), &section.name);
            self.positive(&place.field("points"), section.points);
            if self.not_empty(&place.field("indicators"), section.indicators.len()) {
                let sum = section.indicators.iter().map(|it| it.points).sum();
                self.sum(&place, Part::Section, Part::Indicator, section.points, sum);
            }
            for (idx, indicator) in section.indicators.iter().enumerate() {
                let place = place.element("indicators", idx);
                self.id(&place.field("id"), indicator.id.as_str());
                ids.see(self, place.field("id"), indicator.id.as_str());
                numbers.see(self, place.field("number"), &indicator.number);
                names.see(self, place.field("name"), &indicator.name);
                self.indicator(&place, indicator);
            }
        }
    }

    fn indicator(&mut self, place: &Place, indicator: &Indicator) {
        self.text(&place.field("name"), &indicator.name);
        self.positive(&place.field("points"), indicator.points);
        if self.not_empty(&place.field("items"), indicator.items.len()) {
            let sum = indicator.items.iter().map(|it| it.points).sum();
            self.sum(place, Part::Indicator, Part::CheckItem, indicator.points, sum);
        }
        let mut item_numbers = Seen::new(Part::CheckItem);
        for (idx, item) in indicator.items.iter().enumerate() {
            let place = place.element("items", idx);
            item_numbers.see(self, place.field("number"), item.number.as_str());
            self.text(&place.field("text"), &item.text);
            self.positive(&place.field("points"), item.points);
        }
        self.text(&place.field("method"), &indicator.method);
        self.not_empty(&place.field("rules"), indicator.rules.len());
        let mut rule_ids = Seen::new(Part::Rule);
        let mut labels = Seen::new(Part::Rule);
        for (idx, rule) in indicator.rules.iter().enumerate() {
            let place = place.element("rules", idx);
            self.id(&place.field("id"), rule.id.as_str());
            rule_ids.see(self, place.field("id"), rule.id.as_str());
            labels.see(self, place.field("label"), &rule.label);
            self.text(&place.field("label"), &rule.label);
            self.text(&place.field("text"), &rule.text);
            if !indicator.method.contains(rule.text.trim()) {
                self.warn(place.field("text"), RubricFault::TextNotInMethod);
            }
            self.measure(&place.field("measure"), &rule.measure, indicator.points);
        }
        let mut cap_ids = Seen::new(Part::Cap);
        for (idx, cap) in indicator.caps.iter().enumerate() {
            let place = place.element("caps", idx);
            self.id(&place.field("id"), cap.id.as_str());
            cap_ids.see(self, place.field("id"), cap.id.as_str());
            self.cap(&place, indicator, idx, cap);
        }
    }

    fn measure(&mut self, place: &Place, measure: &Measure, points: Points) {
        match measure {
            Measure::Count { each, unit } => {
                self.positive(&place.field("each"), *each);
                self.text(&place.field("unit"), unit);
            }
            Measure::ByLevel { levels, unit } => {
                self.not_empty(&place.field("levels"), levels.len());
                let mut names = Seen::new(Part::Level);
                for (idx, level) in levels.iter().enumerate() {
                    let place = place.element("levels", idx);
                    self.text(&place.field("name"), &level.name);
                    names.see(self, place.field("name"), &level.name);
                    self.positive(&place.field("points"), level.points);
                }
                self.text(&place.field("unit"), unit);
            }
            Measure::Discretionary { unit, at_least, at_most } => {
                self.text(&place.field("unit"), unit);
                for (name, bound) in [("at_least", at_least), ("at_most", at_most)] {
                    if let Some(bound) = bound {
                        self.positive(&place.field(name), *bound);
                    }
                }
                if at_least.is_some_and(|it| it > points) {
                    self.error(place.field("at_least"), RubricFault::MoreThanThereIs { points });
                }
                if at_least.zip(*at_most).is_some_and(|(least, most)| least > most) {
                    self.error(place.field("at_least"), RubricFault::BoundsReversed);
                }
            }
            Measure::Forfeit { strikes } => {
                if *strikes == 0 {
                    self.error(place.field("strikes"), RubricFault::NotPositive);
                }
            }
            Measure::Shortfall { target, each, unit } => {
                self.measured(place, unit, *each);
                self.quantity(&place.field("target"), *target);
            }
            Measure::Steps { step, each, unit, reference: _, side: _, rounding: _ } => {
                self.measured(place, unit, *each);
                self.quantity(&place.field("step"), *step);
            }
            Measure::Bands { side, bands, unit } => {
                self.text(&place.field("unit"), unit);
                self.not_empty(&place.field("bands"), bands.len());
                self.bands(place, *side, bands);
            }
        }
    }

    fn measured(&mut self, place: &Place, unit: &str, each: Points) {
        self.text(&place.field("unit"), unit);
        self.positive(&place.field("each"), each);
    }

    fn quantity(&mut self, place: &Place, quantity: Quantity) {
        if !quantity.is_positive() {
            self.error(place.clone(), RubricFault::NotPositive);
        }
    }

    /// Bands go from the mildest to the deepest: each further out than the one before, and dearer.
    fn bands(&mut self, place: &Place, side: Side, bands: &[Band]) {
        for (idx, band) in bands.iter().enumerate() {
            let place = place.element("bands", idx);
            self.positive(&place.field("points"), band.points);
            let Some(before) = idx.checked_sub(1).and_then(|it| bands.get(it)) else { continue };
            let is_further = match side {
                Side::Below => band.beyond < before.beyond,
                Side::Above => band.beyond > before.beyond,
            };
            if !is_further {
                self.error(place.field("beyond"), RubricFault::BandsNotInOrder);
            }
            if band.points <= before.points {
                self.error(place.field("points"), RubricFault::BandsNotDearer);
            }
        }
    }

    fn modifiers(&mut self, rubric: &Rubric) {
        let mut names = Seen::new(Part::Modifier);
        for (idx, modifier) in rubric.modifiers.iter().enumerate() {
            let place = Place::default().element("modifiers", idx);
            self.text(&place.field("name"), &modifier.name);
            names.see(self, place.field("name"), &modifier.name);
            if modifier.times < Quantity::ZERO {
                self.error(place.field("times"), RubricFault::Negative);
            }
        }
    }

    fn cap(&mut self, place: &Place, indicator: &Indicator, idx: usize, cap: &Cap) {
        self.text(&place.field("text"), &cap.text);
        self.positive(&place.field("at_most"), cap.at_most);
        self.not_empty(&place.field("over"), cap.over.len());
        if indicator.items.len() > 1 {
            self.error(place.clone(), RubricFault::CapOverItems);
        }
        if cap.at_most >= indicator.points && indicator.points > Points::ZERO {
            let fault = RubricFault::CapNeverBinds { points: indicator.points };
            self.warn(place.field("at_most"), fault);
        }
        let mut rules = Seen::new(Part::Rule);
        for (rule_idx, rule) in cap.over.iter().enumerate() {
            let place = place.element("over", rule_idx);
            rules.see(self, place.clone(), rule.as_str());
            if indicator.rule_idx(rule.as_str()).is_none() {
                let known: Vec<String> = indicator.rules.iter().map(|it| it.id.to_string()).collect();
                let nearest = nearest(rule.as_str(), known.iter().map(String::as_str)).map(str::to_owned);
                self.error(place, RubricFault::UnknownRule { given: rule.to_string(), nearest, known });
            }
        }
        for other in indicator.caps.iter().take(idx) {
            // A name that is no rule's is a fault of its own.
            let is_known = |cap: &Cap| cap.over.iter().all(|it| indicator.rule_idx(it.as_str()).is_some());
            if !is_known(cap) || !is_known(other) {
                continue;
            }
            let n_shared = cap.over.iter().filter(|it| other.over.contains(it)).count();
            let is_nested = n_shared == cap.over.len() || n_shared == other.over.len();
            if n_shared > 0 && !is_nested {
                self.error(place.field("over"), RubricFault::CapsCross { other: other.id.to_string() });
            }
        }
    }

    fn id(&mut self, place: &Place, given: &str) {
        if !is_plain_id(given) {
            self.error(place.clone(), RubricFault::BadId { given: given.to_owned() });
        }
    }

    fn text(&mut self, place: &Place, text: &str) {
        if text.trim().is_empty() {
            self.error(place.clone(), RubricFault::EmptyText);
        }
    }

    fn positive(&mut self, place: &Place, points: Points) {
        if points <= Points::ZERO {
            self.error(place.clone(), RubricFault::NotPositive);
        }
    }

    fn not_empty(&mut self, place: &Place, len: usize) -> bool {
        if len == 0 {
            self.error(place.clone(), RubricFault::EmptyList);
        }
        len > 0
    }

    fn sum(&mut self, place: &Place, whole: Part, parts: Part, stated: Points, sum: Points) {
        if stated != sum {
            self.error(place.field("points"), RubricFault::SumDiffers { whole, parts, stated, sum });
        }
    }
}

/// Texts that may stand only once among their siblings.
struct Seen {
    part: Part,
    texts: HashSet<String>,
}

impl Seen {
    fn new(part: Part) -> Seen {
        Seen { part, texts: HashSet::new() }
    }

    fn see(&mut self, check: &mut Check, place: Place, text: &str) {
        if !self.texts.insert(text.trim().to_owned()) {
            check.error(place, RubricFault::Duplicate { part: self.part, given: text.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_begins_with_a_letter_or_a_digit() {
        for id in ["a", "4", "Q01", "social-media", "late_2", &"x".repeat(32)] {
            assert!(is_plain_id(id), "{id}");
        }
        for id in ["", "-rf", "_a", "a.b", "局", "con", "COM1", "a b", &"x".repeat(33)] {
            assert!(!is_plain_id(id), "{id}");
        }
    }
}

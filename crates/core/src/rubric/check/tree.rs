//! The rubric's nodes: names, points, bounds, gates and whom they concern.

use std::collections::{HashMap, HashSet};

use super::group::{Member, Whole};
use super::report::{At, Check, Seen, excerpt};
use super::{Idle, RubricFault};
use crate::points::Points;
use crate::problem::Part;
use crate::quantity::Quantity;
use crate::rubric::{Applies, Direction, Gate, Indicator, Measure, Rubric, Rule, Section, Start};
use crate::settings::NotApplicable;

/// How many bytes of methods are searched for rules' texts; only a file that is no rubric has more.
const SEARCHED: usize = 200_000_000;

impl Check {
    pub(super) fn rubric(&mut self, rubric: &Rubric) {
        let top = At::TOP;
        self.has_period = rubric.period.is_some();
        self.id(&top.field("id"), rubric.id.as_str());
        self.text(&top.field("track"), rubric.track.as_str());
        self.text(&top.field("title"), &rubric.title);
        if rubric.period.is_some_and(|it| it.to < it.from) {
            self.error(&top.field("period"), RubricFault::PeriodReversed);
        }
        self.positive(&top.field("points"), rubric.points);
        let most = Points::MAX_DECIMALS;
        if rubric.decimals.is_some_and(|it| usize::try_from(it).unwrap_or(usize::MAX) > most) {
            self.error(&top.field("decimals"), RubricFault::TooManyDecimals { most });
        }
        if let Some(at_most) = rubric.at_most {
            self.positive(&top.field("at_most"), at_most);
            let points = most_without_bound(rubric);
            // What is printed anyway, and just enough, is no slip.
            if at_most > points {
                self.warn(&top.field("at_most"), RubricFault::CapNeverBinds { points });
            }
        }
        self.treatment(&top, rubric.not_applicable);
        self.modifiers(rubric);
        if self.not_empty(&top.field("sections"), rubric.sections.len()) {
            self.section_sum(rubric);
        }
        let indicators: HashMap<&str, &Indicator> =
            rubric.indicators().map(|it| (it.id.as_str(), it)).collect();
        let mut section_numbers = Seen::new(Part::Section);
        let mut numbers = Seen::new(Part::Indicator);
        let mut ids = Seen::new(Part::Indicator);
        let mut names = Seen::new(Part::Indicator);
        for (section_idx, section) in rubric.sections.iter().enumerate() {
            let at = top.element("sections", section_idx);
            section_numbers.see(self, &at.field("number"), &section.number);
            self.section(&at, rubric, section);
            for (idx, indicator) in section.indicators.iter().enumerate() {
                let at = at.element("indicators", idx);
                self.id(&at.field("id"), indicator.id.as_str());
                ids.see(self, &at.field("id"), indicator.id.as_str());
                numbers.see(self, &at.field("number"), &indicator.number);
                names.see(self, &at.field("name"), &indicator.name);
                self.indicator(&at, rubric, section, indicator);
                if let Some(gate) = &indicator.gate {
                    self.gate(&at.field("gate"), rubric, indicator, gate, &indicators);
                }
            }
        }
        self.shared_caps(rubric);
        self.grades(rubric);
        self.tie_breakers(rubric, &indicators);
    }

    /// Adds up the sections of the whole.
    fn section_sum(&mut self, rubric: &Rubric) {
        let inside = rubric.sections.iter().enumerate().filter(|it| !it.1.is_outside);
        let inside: Vec<Member<'_>> = inside.map(Member::of_section).collect();
        let all = Applies::default();
        let parts = (Part::Section, "sections");
        let whole = Whole { part: Part::Rubric, points: rubric.points, applies: &all, parts };
        self.sum(&At::TOP, &whole, &inside);
    }

    fn section(&mut self, at: &At<'_>, rubric: &Rubric, section: &Section) {
        self.text(&at.field("name"), &section.name);
        let may_be_none = Zero::of(section.is_outside, section.indicators.iter().all(only_acts));
        self.node_points(&at.field("points"), section.points, may_be_none, section.at_least);
        self.floor(&at.field("at_least"), section.at_least);
        if section.at_least.is_negative() && !section.is_outside {
            self.error(&at.field("at_least"), RubricFault::FloorInside);
        }
        self.weight(&at.field("weight"), section.weight);
        self.applies(at, &section.applies);
        if let Some(gate) = &section.gate {
            let at = at.field("gate");
            self.text(&at.field("text"), &gate.text);
            if !section.is_outside {
                self.error(&at, RubricFault::GateInside);
            }
            if gate.at_least > rubric.points {
                self.error(&at.field("at_least"), RubricFault::GateUnreachable { most: rubric.points });
            } else if gate.at_least <= Points::ZERO {
                self.warn(&at.field("at_least"), RubricFault::GateAlwaysOpen);
            }
        }
        if !self.not_empty(&at.field("indicators"), section.indicators.len()) {
            return;
        }
        let members: Vec<Member<'_>> =
            section.indicators.iter().enumerate().map(Member::of_indicator).collect();
        if section.is_outside {
            let sum: Points = members.iter().map(Member::weighted).sum();
            if sum < section.points {
                self.warn(&at.field("points"), RubricFault::NeverFull { sum });
            }
            return;
        }
        let parts = (Part::Indicator, "indicators");
        let whole = Whole { part: Part::Section, points: section.points, applies: &section.applies, parts };
        self.sum(at, &whole, &members);
    }

    fn indicator(&mut self, at: &At<'_>, rubric: &Rubric, section: &Section, indicator: &Indicator) {
        let may_be_none = Zero::of(section.is_outside, only_acts(indicator));
        self.text(&at.field("name"), &indicator.name);
        self.node_points(&at.field("points"), indicator.points, may_be_none, indicator.at_least);
        self.floor(&at.field("at_least"), indicator.at_least);
        if let Some(decimals) = rubric.decimals {
            for (name, points) in [("points", indicator.points), ("at_least", indicator.at_least)] {
                if points.rounded(decimals) != points {
                    self.error(&at.field(name), RubricFault::FinerThanRounded { decimals });
                }
            }
        }
        self.weight(&at.field("weight"), indicator.weight);
        self.applies(at, &indicator.applies);
        self.treatment(at, indicator.not_applicable);
        if section.is_outside && indicator.not_applicable.is_some() {
            let fault = RubricFault::NoEffect { what: Idle::NotApplicable };
            self.warn(&at.field("not_applicable"), fault);
        }
        if self.not_empty(&at.field("items"), indicator.items.len()) {
            let sum: Points = indicator.items.iter().map(|it| it.points).sum();
            if sum != indicator.points {
                let (whole, parts) = (Part::Indicator, Part::CheckItem);
                let stated = indicator.points;
                let fault = RubricFault::SumDiffers { whole, parts, stated, sum, group: None };
                self.error(&at.field("points"), fault);
            }
        }
        let mut item_numbers = Seen::new(Part::CheckItem);
        for (idx, item) in indicator.items.iter().enumerate() {
            let at = at.element("items", idx);
            item_numbers.see(self, &at.field("number"), item.number.as_str());
            self.text(&at.field("text"), &item.text);
            let may_be_none = if indicator.points.is_zero() { may_be_none } else { Zero::Never };
            // The only one has the indicator's points, about which everything has been said.
            if indicator.items.len() == 1 && item.points == indicator.points {
                continue;
            }
            self.node_points(&at.field("points"), item.points, may_be_none, indicator.at_least);
        }
        self.text(&at.field("method"), &indicator.method);
        // 基础分, which nothing takes, has no rules; what starts from nothing needs some to get anywhere.
        if indicator.start == Start::Zero {
            self.not_empty(&at.field("rules"), indicator.rules.len());
        }
        self.rules(at, rubric, indicator);
        self.start(at, indicator);
        self.caps(at, rubric, indicator);
    }

    /// Points are more than nothing, but may be nothing where there is only something to lose.
    fn node_points(&mut self, at: &At<'_>, points: Points, may_be_none: Zero, at_least: Points) {
        match may_be_none {
            Zero::Always if points.is_zero() => {}
            Zero::WhereLost if points.is_zero() && at_least.is_negative() => {}
            Zero::WhereLost if points.is_zero() => self.error(at, RubricFault::NothingToLose),
            Zero::Always | Zero::WhereLost | Zero::Never => self.positive(at, points),
        }
    }

    fn floor(&mut self, at: &At<'_>, at_least: Points) {
        if at_least > Points::ZERO {
            self.error(at, RubricFault::FloorAboveZero);
        }
    }

    fn weight(&mut self, at: &At<'_>, weight: Option<Quantity>) {
        if let Some(weight) = weight {
            self.quantity(at, weight);
        }
    }

    fn treatment(&mut self, at: &At<'_>, treatment: Option<NotApplicable>) {
        if let Some(NotApplicable::Rate(rate)) = treatment {
            self.percent(&at.field("not_applicable"), rate);
        }
    }

    fn applies(&mut self, at: &At<'_>, applies: &Applies) {
        let mut only = HashSet::new();
        for (name, list) in [("only", &applies.only), ("except", &applies.except)] {
            let mut seen = Seen::new(Part::Tag);
            for (idx, tag) in list.iter().enumerate() {
                let at = at.element(name, idx);
                self.text(&at, tag);
                seen.see(self, &at, tag);
                if name == "only" {
                    only.insert(tag);
                } else if only.contains(tag) {
                    self.error(&at, RubricFault::TagInBoth { tag: excerpt(tag) });
                }
            }
        }
    }

    fn gate(
        &mut self,
        at: &At<'_>,
        rubric: &Rubric,
        indicator: &Indicator,
        gate: &Gate,
        known: &HashMap<&str, &Indicator>,
    ) {
        self.text(&at.field("text"), &gate.text);
        if gate.indicator == indicator.id {
            self.error(&at.field("indicator"), RubricFault::GateOnItself);
            return;
        }
        let Some(other) = known.get(gate.indicator.as_str()) else {
            let others = rubric.indicators().map(|it| it.id.as_str());
            let others = others.filter(|it| *it != indicator.id.as_str());
            self.unknown_indicator(&at.field("indicator"), gate.indicator.as_str(), others);
            return;
        };
        if is_in_ring(indicator, known) {
            self.error(&at.field("indicator"), RubricFault::GatesInRing);
        }
        if gate.at_least > other.points {
            self.error(&at.field("at_least"), RubricFault::GateUnreachable { most: other.points });
        } else if gate.at_least <= other.at_least {
            self.warn(&at.field("at_least"), RubricFault::GateAlwaysOpen);
        }
    }

    fn rules(&mut self, at: &At<'_>, rubric: &Rubric, indicator: &Indicator) {
        let known: HashSet<&str> = indicator.rules.iter().map(|it| it.id.as_str()).collect();
        let mut rule_ids = Seen::new(Part::Rule);
        let mut labels = Seen::new(Part::Rule);
        for (idx, rule) in indicator.rules.iter().enumerate() {
            let at = at.element("rules", idx);
            self.id(&at.field("id"), rule.id.as_str());
            rule_ids.see(self, &at.field("id"), rule.id.as_str());
            labels.see(self, &at.field("label"), &rule.label);
            self.text(&at.field("label"), &rule.label);
            self.text(&at.field("text"), &rule.text);
            self.n_searched += indicator.method.len();
            if self.n_searched <= SEARCHED && !indicator.method.contains(rule.text.trim()) {
                self.warn(&at.field("text"), RubricFault::TextNotInMethod);
            }
            self.measure(&at.field("measure"), rubric, indicator, rule);
            let says_a_score = matches!(
                rule.measure,
                Measure::Ratio { .. } | Measure::Imported { .. } | Measure::Relative { .. }
            );
            if says_a_score && indicator.start == Start::Full && rule.direction == Direction::Deduct {
                self.warn(&at.field("measure"), RubricFault::ScoreIsTaken);
            }
            self.forfeit_over(&at.field("measure"), indicator, rule, &known);
            self.rule(&at, rule);
        }
    }

    /// Makes sure that rules give points where there are none, and none where there are all.
    fn start(&mut self, at: &At<'_>, indicator: &Indicator) {
        let has =
            |direction| indicator.rules.iter().any(|it| it.direction == direction && has_points(&it.measure));
        let (deducts, awards) = (has(Direction::Deduct), has(Direction::Award));
        match indicator.start {
            Start::Zero if !awards && indicator.points > Points::ZERO && !indicator.rules.is_empty() => {
                if indicator.at_least.is_negative() {
                    self.warn(&at.field("start"), RubricFault::NothingAwarded);
                } else {
                    self.error(&at.field("start"), RubricFault::NothingAwarded);
                }
            }
            Start::Full if awards && !deducts => {
                let is_award = |it: &&(usize, &Rule)| it.1.direction == Direction::Award;
                let rules = indicator.rules.iter().enumerate();
                let rules = rules.filter(|it| is_award(&it) && has_points(&it.1.measure));
                for (idx, _) in rules {
                    let at = at.element("rules", idx);
                    self.warn(&at.field("direction"), RubricFault::AwardNeverGives);
                }
            }
            Start::Zero | Start::Full => {}
        }
    }

    fn modifiers(&mut self, rubric: &Rubric) {
        let mut names = Seen::new(Part::Modifier);
        for (idx, modifier) in rubric.modifiers.iter().enumerate() {
            let at = At::TOP.element("modifiers", idx);
            self.text(&at.field("name"), &modifier.name);
            names.see(self, &at.field("name"), &modifier.name);
            if modifier.times < Quantity::ZERO {
                self.error(&at.field("times"), RubricFault::Negative);
            }
        }
    }
}

/// Where a node may have no points.
#[derive(Clone, Copy)]
enum Zero {
    Never,
    /// Outside of the whole, where it can fall below nothing.
    WhereLost,
    /// Outside of the whole, where no rule gives or takes anything.
    Always,
}

impl Zero {
    fn of(is_outside: bool, only_acts: bool) -> Zero {
        match (is_outside, only_acts) {
            (false, _) => Zero::Never,
            (true, false) => Zero::WhereLost,
            (true, true) => Zero::Always,
        }
    }
}

/// Says whether all that an indicator's rules do is to act on what is scored elsewhere, or on its own nothing.
fn only_acts(indicator: &Indicator) -> bool {
    !indicator.rules.is_empty() && !indicator.rules.iter().any(|it| has_points(&it.measure))
}

/// Says whether a rule of this kind gives or takes points of its own.
fn has_points(measure: &Measure) -> bool {
    !matches!(measure, Measure::Forfeit { .. } | Measure::Veto { .. })
}

/// Returns the most that can be scored if nothing bounded the total.
fn most_without_bound(rubric: &Rubric) -> Points {
    let outside = rubric.sections.iter().enumerate().filter(|it| it.1.is_outside);
    rubric.points + outside.map(|it| Member::of_section(it).weighted()).sum()
}

/// Returns the most that can be scored.
pub(super) fn most(rubric: &Rubric) -> Points {
    let most = most_without_bound(rubric);
    rubric.at_most.map_or(most, |it| it.min(most))
}

/// How far a ring of gates is followed.
const LONGEST_RING: usize = 1000;

/// Says whether an indicator's gate leads back to it by way of the gates of others.
fn is_in_ring(indicator: &Indicator, known: &HashMap<&str, &Indicator>) -> bool {
    let mut here = indicator;
    // A ring that the indicator itself is not in is found at those that are; a longer one is no rubric of people.
    for _ in 0..known.len().min(LONGEST_RING) {
        let next = here.gate.as_ref().and_then(|it| known.get(it.indicator.as_str()));
        match next {
            Some(next) if next.id == indicator.id => return true,
            Some(next) => here = next,
            None => return false,
        }
    }
    false
}

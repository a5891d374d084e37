//! What bounds the rules together, within an indicator and across several.

use std::collections::{BTreeSet, HashMap};

use super::RubricFault;
use super::measure::reach;
use super::report::{At, Check, Seen, excerpt};
use crate::points::Points;
use crate::problem::Part;
use crate::quantity::Quantity;
use crate::rubric::{Cap, Combine, Direction, Indicator, Measure, Places, Rubric, Rule, SharedCap, Worth};

impl Check {
    pub(super) fn caps(&mut self, at: &At<'_>, rubric: &Rubric, indicator: &Indicator) {
        if indicator.caps.is_empty() {
            return;
        }
        let by_id: HashMap<&str, usize> =
            indicator.rules.iter().enumerate().map(|(idx, it)| (it.id.as_str(), idx)).collect();
        let mut ids = Seen::new(Part::Cap);
        for (idx, cap) in indicator.caps.iter().enumerate() {
            let at = at.element("caps", idx);
            self.id(&at.field("id"), cap.id.as_str());
            ids.see(self, &at.field("id"), cap.id.as_str());
            self.text(&at.field("text"), &cap.text);
            self.positive(&at.field("at_most"), cap.at_most);
            self.window(&at.field("per"), cap.per);
            self.not_empty(&at.field("over"), cap.over.len());
            let mut seen = Seen::new(Part::Rule);
            let mut rules = Vec::new();
            for (rule_idx, id) in cap.over.iter().enumerate() {
                let at = at.element("over", rule_idx);
                seen.see(self, &at, id.as_str());
                match by_id.get(id.as_str()) {
                    Some(idx) => {
                        let rule = &indicator.rules[*idx];
                        self.capped(&at, rule);
                        rules.push(rule);
                    }
                    None => {
                        let known = indicator.rules.iter().map(|it| it.id.as_str());
                        self.unknown_rule(&at, id.as_str(), known);
                    }
                }
            }
            self.directions(&at, &rules);
            if rules.len() == cap.over.len() {
                let most = most(rubric, indicator, cap, &rules);
                self.binds(&at.field("at_most"), cap.at_most, most);
            }
        }
        self.crossing(at, &indicator.caps, &by_id);
    }

    /// Two caps lie one within the other, or have nothing in common: of the larger ones first, each lies within the
    /// one that was last to take all of its rules.
    fn crossing(&mut self, at: &At<'_>, caps: &[Cap], by_id: &HashMap<&str, usize>) {
        let with_rules = |(idx, cap): (usize, &Cap)| {
            let rules: Option<BTreeSet<usize>> =
                cap.over.iter().map(|it| by_id.get(it.as_str()).copied()).collect();
            // A name that is no rule's is a fault of its own.
            Some((idx, rules?))
        };
        let mut caps_with_rules: Vec<_> = caps.iter().enumerate().filter_map(with_rules).collect();
        caps_with_rules.sort_by_key(|(idx, rules)| (std::cmp::Reverse(rules.len()), *idx));
        let mut innermost: HashMap<usize, usize> = HashMap::new();
        for (idx, rules) in caps_with_rules {
            let around: BTreeSet<Option<usize>> = rules.iter().map(|it| innermost.get(it).copied()).collect();
            if around.len() > 1
                && let Some(other) = around.into_iter().flatten().next()
            {
                let (first, second) = (idx.min(other), idx.max(other));
                let fault = RubricFault::CapsCross { other: excerpt(caps[first].id.as_str()) };
                self.error(&at.element("caps", second).field("over"), fault);
            }
            innermost.extend(rules.into_iter().map(|it| (it, idx)));
        }
    }

    pub(super) fn shared_caps(&mut self, rubric: &Rubric) {
        if rubric.caps.is_empty() {
            return;
        }
        let mut by_name: HashMap<&str, HashMap<&str, (&Indicator, &Rule)>> = HashMap::new();
        for indicator in rubric.indicators() {
            let rules = by_name.entry(indicator.id.as_str()).or_default();
            rules.extend(indicator.rules.iter().map(|it| (it.id.as_str(), (indicator, it))));
        }
        let mut ids = Seen::new(Part::Cap);
        for (idx, cap) in rubric.caps.iter().enumerate() {
            let at = At::TOP.element("caps", idx);
            self.id(&at.field("id"), cap.id.as_str());
            ids.see(self, &at.field("id"), cap.id.as_str());
            self.text(&at.field("text"), &cap.text);
            self.positive(&at.field("at_most"), cap.at_most);
            self.window(&at.field("per"), cap.per);
            self.not_empty(&at.field("over"), cap.over.len());
            self.shared_cap(&at, rubric, cap, &by_name);
        }
    }

    fn shared_cap(
        &mut self,
        at: &At<'_>,
        rubric: &Rubric,
        cap: &SharedCap,
        by_name: &HashMap<&str, HashMap<&str, (&Indicator, &Rule)>>,
    ) {
        // A rule and its indicator apart: `a.b` can only be read in one way.
        let mut seen = std::collections::HashSet::new();
        let mut rules = Vec::new();
        let mut reaches: HashMap<&str, Option<Points>> = HashMap::new();
        for (idx, name) in cap.over.iter().enumerate() {
            let at = at.element("over", idx);
            if !seen.insert(name) {
                self.error(
                    &at,
                    RubricFault::Duplicate { part: Part::Rule, given: excerpt(&name.to_string()) },
                );
            }
            let (of, id) = (name.indicator.as_str(), name.rule.as_str());
            let Some(known) = by_name.get(of) else {
                self.unknown_indicator(&at, of, rubric.indicators().map(|it| it.id.as_str()));
                continue;
            };
            let Some((indicator, rule)) = known.get(id) else {
                let any = known.values().next().map_or(&[][..], |it| &it.0.rules);
                self.unknown_rule(&at, id, any.iter().map(|it| it.id.as_str()));
                continue;
            };
            self.capped(&at, rule);
            rules.push(*rule);
            reaches.entry(of).or_insert_with(|| whole_reach(indicator, rule.direction));
        }
        self.directions(at, &rules);
        if rules.len() == cap.over.len() {
            self.binds(&at.field("at_most"), cap.at_most, reaches.into_values().sum());
        }
    }

    fn capped(&mut self, at: &At<'_>, rule: &Rule) {
        if matches!(rule.measure, Measure::Forfeit { .. } | Measure::Veto { .. }) {
            self.warn(at, RubricFault::CapOverNoPoints);
        }
    }

    fn directions(&mut self, at: &At<'_>, rules: &[&Rule]) {
        let Some(first) = rules.first() else { return };
        if rules.iter().any(|it| it.direction != first.direction) {
            self.error(&at.field("over"), RubricFault::CapMixesDirections);
        }
    }

    fn binds(&mut self, at: &At<'_>, at_most: Points, most: Option<Points>) {
        if let Some(points) = most
            && points > Points::ZERO
            && at_most >= points
        {
            self.warn(at, RubricFault::CapNeverBinds { points });
        }
    }
}

/// Returns what the rules can come to at most, where anything bounds it.
fn most(rubric: &Rubric, indicator: &Indicator, cap: &Cap, rules: &[&Rule]) -> Option<Points> {
    let direction = rules.first()?.direction;
    let whole = whole_reach(indicator, direction);
    // A factor, a second 评分要点 or a second stretch of time makes more of them.
    let is_plain = indicator.items.len() == 1
        && cap.per.is_none()
        && rubric.modifiers.iter().all(|it| it.times <= Quantity::whole(1));
    let sum: Option<Points> = rules.iter().map(|it| largest(it, indicator).filter(|_| is_plain)).sum();
    match (whole, sum) {
        (Some(whole), Some(sum)) => Some(whole.min(sum)),
        (whole, sum) => whole.or(sum),
    }
}

/// Returns what an indicator can lose or gain in all, if the bound is not moved by rules that do the opposite.
fn whole_reach(indicator: &Indicator, direction: Direction) -> Option<Points> {
    let is_one_way = indicator.rules.iter().all(|it| it.direction == direction);
    is_one_way.then(|| reach(indicator, direction))
}

/// Returns the largest amount of a rule whose entries do not add up without end.
fn largest(rule: &Rule, indicator: &Indicator) -> Option<Points> {
    if rule.per.is_some() {
        return None;
    }
    if let Measure::Checklist { items, each, .. } = &rule.measure {
        return Some(each.times(u32::try_from(items.len()).ok()?));
    }
    if rule.combine == Combine::Add {
        return None;
    }
    match &rule.measure {
        Measure::Graded { grades } => {
            let worth = |it: Worth| match it {
                Worth::Points(points) => points,
                Worth::Percent(percent) => indicator.points.percent(percent),
            };
            grades.iter().map(|it| worth(it.worth)).max()
        }
        Measure::Ratio { points, .. } | Measure::Relative { points, .. } => Some(*points),
        Measure::Imported { factor, out_of, .. } => Some(Points::from_decimal(out_of.decimal()).of(*factor)),
        Measure::ByRank { places: Places::Named(places), .. } => places.iter().map(|it| it.points).max(),
        Measure::ByRank { places: Places::Descending { first, .. }, .. } => Some(*first),
        // An entry of these may stand for several.
        Measure::Count { .. }
        | Measure::ByLevel { .. }
        | Measure::Discretionary { .. }
        | Measure::Shortfall { .. }
        | Measure::Steps { .. }
        | Measure::Bands { .. } => None,
        Measure::Checklist { .. } | Measure::Forfeit { .. } | Measure::Veto { .. } => None,
    }
}

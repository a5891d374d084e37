//! Steps 5 to 11: an indicator, the whole, grades and ranks. Written from the meaning of the language alone, with plain
//! loops and without a thought for speed, to be compared with what the engine says.

use kaohe_core::{Direction, Measure, NotApplicable, Scope, Start, VetoEffect};
use rust_decimal::Decimal;

use crate::entries::{Live, Stretch, amounts, live_entries, stretch};
use crate::places::{is_decided, is_in_class};
use crate::recorded::{Instead, Year, decimal, nodes, rounded, share};
use crate::total::{self_total, total};

/// What a unit scores on one indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Its points; none where it is left out.
    pub points: Option<Decimal>,
    /// Whether it cannot be said yet.
    pub is_undecided: bool,
}

/// What a unit scores.
#[derive(Clone, Debug)]
pub struct UnitScored {
    /// One per indicator.
    pub indicators: Vec<Scored>,
    /// Whether the total cannot be said yet.
    pub is_undecided: bool,
    /// Whether every indicator that concerns the unit is 已复核.
    pub is_reviewed: bool,
    /// The total; means nothing while it is undecided.
    pub total: Decimal,
    /// 等次.
    pub grade: Option<String>,
    /// 取消资格.
    pub is_disqualified: bool,
    /// The unit's own scores, added up.
    pub self_total: Option<Decimal>,
}

/// Returns what a unit scores.
pub fn score_unit(year: &Year<'_>, unit_idx: usize) -> UnitScored {
    let rubric = year.rubric_of(unit_idx);
    let n_indicators = nodes(rubric).len();
    let indicators: Vec<Scored> = (0..n_indicators).map(|it| behind_gate(year, unit_idx, it)).collect();
    let is_reviewed = |it: usize| year.recorded.reviewed.contains(&(unit_idx, it));
    let mut scored = UnitScored {
        is_undecided: indicators.iter().any(|it| it.is_undecided),
        is_reviewed: (0..n_indicators).all(|it| is_reviewed(it) || !year.is_concerned(unit_idx, it)),
        total: total(year, unit_idx, &indicators),
        self_total: self_total(year, unit_idx, &indicators),
        indicators,
        grade: None,
        is_disqualified: false,
    };
    let mut best_grade = 0;
    let live = live_entries(year, unit_idx);
    for (indicator_idx, (_, indicator)) in nodes(rubric).into_iter().enumerate() {
        for (rule_idx, rule) in indicator.rules.iter().enumerate() {
            let Measure::Veto { effect } = &rule.measure else { continue };
            let is_of_rule = |it: &Live| (it.indicator_idx, it.rule_idx) == (indicator_idx, rule_idx);
            if !live.iter().any(|it| is_of_rule(it) && it.count > 0) {
                continue;
            }
            if !is_reviewed(indicator_idx) {
                scored.is_undecided = true;
                continue;
            }
            match effect {
                VetoEffect::Disqualified => scored.is_disqualified = true,
                VetoEffect::Zero => scored.total = Decimal::ZERO,
                VetoEffect::Lose(points) => {
                    scored.total = (scored.total - decimal(points)).max(Decimal::ZERO);
                }
                VetoEffect::AtMost(points) => scored.total = scored.total.min(decimal(points)),
                VetoEffect::NoTopGrade => best_grade = best_grade.max(1),
                VetoEffect::GradeAtMost(name) => {
                    let at = rubric.grades.iter().position(|it| it.name == *name).expect("a known grade");
                    best_grade = best_grade.max(at);
                }
            }
        }
    }
    let earned = rubric.grades.iter().position(|it| decimal(it.from) <= scored.total);
    if let Some(earned) = earned.filter(|_| !scored.is_disqualified) {
        scored.grade = rubric.grades.get(earned.max(best_grade)).map(|it| it.name.clone());
    }
    scored
}

/// Returns an indicator's score, rounded where the rubric says so.
fn behind_gate(year: &Year<'_>, unit_idx: usize, indicator_idx: usize) -> Scored {
    let mut scored = gated(year, unit_idx, indicator_idx);
    if let Some(decimals) = year.rubric_of(unit_idx).decimals {
        scored.points = scored.points.map(|it| rounded(it, decimals));
    }
    scored
}

/// Returns an indicator's score behind its gate (step 6).
fn gated(year: &Year<'_>, unit_idx: usize, indicator_idx: usize) -> Scored {
    let mut scored = before_gate(year, unit_idx, indicator_idx);
    if !year.is_concerned(unit_idx, indicator_idx) {
        return scored;
    }
    let Some(gate) = &year.node(unit_idx, indicator_idx).1.gate else { return scored };
    let nodes = nodes(year.rubric_of(unit_idx));
    let other = nodes.iter().position(|it| it.1.id == gate.indicator).expect("a known indicator");
    let other = before_gate(year, unit_idx, other);
    scored.is_undecided |= other.is_undecided;
    if other.points.is_some_and(|it| it < decimal(gate.at_least)) {
        scored.points = scored.points.map(|it| it.min(Decimal::ZERO));
    }
    scored
}

/// Returns an indicator's score before its own gate, or what stands in its place (steps 5 to 7).
fn before_gate(year: &Year<'_>, unit_idx: usize, indicator_idx: usize) -> Scored {
    let indicator = year.node(unit_idx, indicator_idx).1;
    let points = decimal(indicator.points);
    let said = |points| Scored { points, is_undecided: false };
    match year.instead(unit_idx, indicator_idx) {
        None => own(year, unit_idx, indicator_idx, true),
        Some(Instead::Treated(NotApplicable::FullMarks)) => said(Some(points)),
        Some(Instead::Treated(NotApplicable::Rate(percent))) => {
            said(Some(rounded(points * share(Some(percent)), 6)))
        }
        Some(Instead::Treated(NotApplicable::ClassMean)) => class_mean(year, unit_idx, indicator_idx),
        Some(Instead::Treated(NotApplicable::Scaled | NotApplicable::Spread) | Instead::Absent) => said(None),
    }
}

fn class_mean(year: &Year<'_>, unit_idx: usize, indicator_idx: usize) -> Scored {
    let mut others = year.others(unit_idx);
    others.retain(|&it| year.is_concerned(it, indicator_idx));
    let mut sum = Decimal::ZERO;
    let mut is_undecided = others.is_empty();
    for &other in &others {
        let scored = behind_gate(year, other, indicator_idx);
        let n_indicators = nodes(year.rubric_of(other)).len();
        let is_open =
            |it: usize| year.is_concerned(other, it) && !year.recorded.reviewed.contains(&(other, it));
        is_undecided |= scored.is_undecided || (0..n_indicators).any(is_open);
        sum += scored.points.expect("it concerns the unit");
    }
    let decimals = if year.rubric_of(unit_idx).decimals.is_some() { 6 } else { 2 };
    let mean = rounded(sum / Decimal::from(others.len().max(1)), decimals);
    Scored { points: Some(mean), is_undecided }
}

/// Returns the score of an indicator that concerns the unit, before its gate (steps 5 and 6); without what gives points
/// where that does not count.
pub fn own(year: &Year<'_>, unit_idx: usize, indicator_idx: usize, counts_awards: bool) -> Scored {
    let indicator = year.node(unit_idx, indicator_idx).1;
    let mut amounts = amounts(year, unit_idx);
    amounts.retain(|it| it.0.indicator_idx == indicator_idx);
    let change = |item_idx: Option<usize>| {
        let mut change = Decimal::ZERO;
        for (entry, amount) in &amounts {
            if entry.item_idx == item_idx {
                match indicator.rules[entry.rule_idx].direction {
                    Direction::Deduct => change -= *amount,
                    Direction::Award if counts_awards => change += *amount,
                    Direction::Award => {}
                }
            }
        }
        change
    };
    let mut score = change(None);
    for (item_idx, item) in indicator.items.iter().enumerate() {
        let start = match indicator.start {
            Start::Full => decimal(item.points),
            Start::Zero => Decimal::ZERO,
        };
        let mut item_score = start + change(Some(item_idx));
        if indicator.items.len() > 1 {
            item_score = item_score.max(Decimal::ZERO).min(decimal(item.points));
            if is_forfeited(year, unit_idx, indicator_idx, Some(item_idx)) {
                item_score = item_score.min(Decimal::ZERO);
            }
        }
        score += item_score;
    }
    if is_forfeited(year, unit_idx, indicator_idx, None) {
        score = score.min(Decimal::ZERO);
    }
    let mut is_undecided = false;
    for (rule_idx, rule) in indicator.rules.iter().enumerate() {
        is_undecided |= is_in_class(&rule.measure) && !is_decided(year, unit_idx, indicator_idx, rule_idx);
    }
    let score = score.max(decimal(indicator.at_least)).min(decimal(indicator.points));
    Scored { points: Some(score), is_undecided }
}

/// What 不计分 took to 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forfeited {
    /// One of several 评分要点.
    Item(usize),
    /// The indicator.
    Indicator,
    /// The section.
    Section,
}

fn is_forfeited(year: &Year<'_>, unit_idx: usize, indicator_idx: usize, item_idx: Option<usize>) -> bool {
    let what = item_idx.map_or(Forfeited::Indicator, Forfeited::Item);
    forfeits(year, unit_idx, indicator_idx).contains(&what)
}

/// Returns everything that an indicator's rules of 不计分 take to 0.
pub fn forfeits(year: &Year<'_>, unit_idx: usize, indicator_idx: usize) -> Vec<Forfeited> {
    let rubric = year.rubric_of(unit_idx);
    let indicator = year.node(unit_idx, indicator_idx).1;
    let live = live_entries(year, unit_idx);
    let mut forfeited = Vec::new();
    for rule in &indicator.rules {
        let Measure::Forfeit { strikes, over, scope } = &rule.measure else { continue };
        let mut groups: Vec<((Forfeited, Stretch), u32)> = Vec::new();
        for entry in live.iter().filter(|it| it.indicator_idx == indicator_idx) {
            let id = &indicator.rules[entry.rule_idx].id;
            let counts = *id == rule.id || (over.contains(id) && entry.is_breach);
            if !counts {
                continue;
            }
            let named = entry.item_idx.filter(|_| indicator.items.len() > 1);
            let what = match (scope, named) {
                (Scope::CheckItem, Some(item_idx)) => Forfeited::Item(item_idx),
                (Scope::CheckItem, None) | (Scope::Indicator, _) => Forfeited::Indicator,
                (Scope::Section, _) => Forfeited::Section,
            };
            let group = (what, stretch(rubric, rule.per, entry.said.deduction.date));
            groups.push((group, entry.count));
        }
        for (group, _) in &groups {
            let n_strikes: u32 = groups.iter().filter(|it| it.0 == *group).map(|it| it.1).sum();
            if n_strikes >= *strikes {
                forfeited.push(group.0);
            }
        }
    }
    forfeited
}

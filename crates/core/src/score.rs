//! Scoring one unit: the order of evaluation, from its entries to its total.
//!
//! entries → event ties (R6) → each rule's amount → caps, innermost first → 评分要点: at most its points →
//! 不计分 → indicator: between 0 and its points → 不涉及 (R7) → sum. Every step's result is kept, so that an
//! explanation only reads.

use std::collections::HashMap;

use crate::id::EntryId;
use crate::points::Points;
use crate::rubric::{Indicator, Measure, Rubric, Rule};
use crate::settings::{Events, NotApplicable, Settings};
use crate::sheet::{Cell, Entry, Sheet};

/// Decimal places of a score that 折算 has scaled (R7); everything else is exact.
const SCALED_DECIMALS: u32 = 2;

/// A unit's scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetScore {
    /// Points of the rubric (满分).
    pub points: Points,
    /// 得分; provisional until every indicator is settled.
    pub score: Points,
    /// Sum of the self-scores; none until every indicator has one.
    pub self_score: Option<Points>,
    /// How many indicators are 已复核 or 不涉及.
    pub n_settled: usize,
    /// One per indicator of the rubric.
    pub indicators: Vec<IndicatorScore>,
}

/// Whether an indicator's score stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 未复核: provisional, neither 0 nor full marks nor the self-score (R8).
    Pending,
    /// 已复核.
    Reviewed,
    /// 不涉及 (R7).
    NotApplicable,
}

/// The score of one indicator, with every step on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorScore {
    /// Points of the indicator (满分).
    pub points: Points,
    /// 得分.
    pub score: Points,
    /// The unit's own score.
    pub self_score: Option<Points>,
    /// Whether it stands.
    pub state: State,
    /// One per rule: what it would cost by itself.
    pub rules: Vec<RuleTally>,
    /// One per cap, innermost first.
    pub caps: Vec<CapTally>,
    /// One per 评分要点.
    pub items: Vec<ItemTally>,
    /// What entries on the indicator as a whole cost.
    pub whole: Points,
    /// Whether a rule takes the indicator to 0 (R3).
    pub is_forfeited: bool,
}

/// What one rule costs before caps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleTally {
    /// Points: occurrences times amounts.
    pub lost: Points,
    /// How many entries count.
    pub n_entries: usize,
    /// How many occurrences they say.
    pub n_occurrences: u64,
}

/// What a cap does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapTally {
    /// Which of the indicator's caps.
    pub cap_idx: usize,
    /// Points that the capped rules cost, inner caps applied.
    pub before: Points,
    /// Points that they cost under this cap.
    pub after: Points,
}

/// What a 评分要点 loses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemTally {
    /// Points, caps applied.
    pub before: Points,
    /// Points, at most its own (R2).
    pub after: Points,
}

impl SheetScore {
    /// Returns 扣分: full marks less the score.
    pub fn lost(&self) -> Points {
        self.points - self.score
    }

    /// Says whether every indicator is settled, so that the unit may be ranked (R8).
    pub fn is_settled(&self) -> bool {
        self.n_settled == self.indicators.len()
    }
}

impl IndicatorScore {
    /// Returns 扣分: points less the score.
    pub fn lost(&self) -> Points {
        self.points - self.score
    }
}

/// Computes one unit's scores.
pub fn score_sheet(rubric: &Rubric, sheet: &Sheet, settings: Settings) -> SheetScore {
    let highest = match settings.events {
        Events::All => None,
        Events::HighestOnly => Some(highest_of_events(rubric, sheet)),
    };
    let counts = |entry: &Entry| {
        entry.withdrawn.is_none() && highest.as_ref().is_none_or(|it| counts_of_event(entry, it))
    };
    let indicators: Vec<IndicatorScore> = rubric
        .indicators()
        .zip(&sheet.cells)
        .map(|(indicator, cell)| score_indicator(indicator, cell, &counts))
        .collect();
    SheetScore {
        points: rubric.points,
        score: total(rubric.points, &indicators, settings.not_applicable),
        self_score: indicators.iter().map(|it| it.self_score).sum(),
        n_settled: indicators.iter().filter(|it| it.state != State::Pending).count(),
        indicators,
    }
}

fn total(points: Points, indicators: &[IndicatorScore], treatment: NotApplicable) -> Points {
    let all = || indicators.iter().map(|it| it.score).sum();
    match treatment {
        NotApplicable::FullMarks => all(),
        NotApplicable::Scaled => {
            let applicable = || indicators.iter().filter(|it| it.state != State::NotApplicable);
            if applicable().count() == indicators.len() {
                return all();
            }
            let score: Points = applicable().map(|it| it.score).sum();
            let of = applicable().map(|it| it.points).sum();
            // A unit that nothing concerns has lost nothing.
            score.scaled(points, of, SCALED_DECIMALS).unwrap_or(points)
        }
    }
}

/// Returns of each event the entry that counts: the dearest, and of equals the first recorded.
///
/// Dear by itself, before caps and limits: so the one that counts may fall where nothing is left to lose, and one more
/// entry of an event can then raise a score. Which entry counts must not hang on what else was recorded.
fn highest_of_events<'s>(rubric: &Rubric, sheet: &'s Sheet) -> HashMap<&'s str, EntryId> {
    let mut highest: HashMap<&str, (Points, &EntryId)> = HashMap::new();
    for (indicator, cell) in rubric.indicators().zip(&sheet.cells) {
        // What does not concern the unit costs nothing, and so takes nothing from the others.
        if cell.not_applicable.is_some() {
            continue;
        }
        for entry in cell.entries.iter().filter(|it| it.withdrawn.is_none()) {
            let Some(event) = &entry.deduction.event else { continue };
            let costs = match indicator.rules[entry.rule_idx].measure {
                Measure::Forfeit { strikes: 0 | 1 } => indicator.points,
                // One strike of several costs nothing by itself.
                Measure::Forfeit { .. } => Points::ZERO,
                Measure::Count { .. }
                | Measure::ByLevel { .. }
                | Measure::Discretionary { .. }
                | Measure::Shortfall { .. }
                | Measure::Steps { .. }
                | Measure::Bands { .. } => entry.cost,
            };
            let best = highest.entry(event).or_insert((costs, &entry.id));
            if costs > best.0 || (costs == best.0 && entry.id < *best.1) {
                *best = (costs, &entry.id);
            }
        }
    }
    highest.into_iter().map(|(event, (_, id))| (event, id.clone())).collect()
}

fn counts_of_event(entry: &Entry, highest: &HashMap<&str, EntryId>) -> bool {
    let event = entry.deduction.event.as_ref();
    event.is_none_or(|it| highest.get(it.as_str()) == Some(&entry.id))
}

/// 「未按要求不计分」: no 每次, so one breach is enough (R3); 「发现两次及以上的不得分」: from the second on.
fn forfeits(rule: &Rule, tally: &RuleTally) -> bool {
    match rule.measure {
        Measure::Forfeit { strikes } => tally.n_occurrences >= u64::from(strikes.max(1)),
        Measure::Count { .. }
        | Measure::ByLevel { .. }
        | Measure::Discretionary { .. }
        | Measure::Shortfall { .. }
        | Measure::Steps { .. }
        | Measure::Bands { .. } => false,
    }
}

fn score_indicator(indicator: &Indicator, cell: &Cell, counts: &dyn Fn(&Entry) -> bool) -> IndicatorScore {
    let mut rules = vec![RuleTally::default(); indicator.rules.len()];
    let mut items = vec![ItemTally::default(); indicator.items.len()];
    let mut whole = Points::ZERO;
    for entry in cell.entries.iter().filter(|it| counts(it)) {
        let lost = entry.cost;
        let tally = &mut rules[entry.rule_idx];
        tally.lost += lost;
        tally.n_entries += 1;
        tally.n_occurrences += u64::from(entry.count);
        match entry.item_idx {
            Some(item_idx) => items[item_idx].before += lost,
            None => whole += lost,
        }
    }
    let is_forfeited = indicator.rules.iter().zip(&rules).any(|(rule, tally)| forfeits(rule, tally));

    // 「最高扣分不超过3分」: what the caps give back comes off the 评分要点, of which a capped indicator has one.
    let caps = cap(indicator, &rules);
    let relief: Points = caps.iter().map(|it| it.before - it.after).sum();
    if let [only] = items.as_mut_slice() {
        only.before -= relief;
    }

    for (item, tally) in indicator.items.iter().zip(&mut items) {
        tally.after = tally.before.min(item.points);
    }
    let lost: Points = whole + items.iter().map(|it| it.after).sum();
    let state = match (&cell.not_applicable, &cell.reviewed) {
        (Some(_), _) => State::NotApplicable,
        (None, Some(_)) => State::Reviewed,
        (None, None) => State::Pending,
    };
    let lost = if state == State::NotApplicable {
        Points::ZERO
    } else if is_forfeited {
        indicator.points
    } else {
        lost.min(indicator.points)
    };
    IndicatorScore {
        points: indicator.points,
        score: indicator.points - lost,
        self_score: cell.self_score.as_ref().map(|it| it.points),
        state,
        rules,
        caps,
        items,
        whole,
        is_forfeited,
    }
}

/// Applies the caps, innermost first: a cap sees what an inner one left of its rules.
fn cap(indicator: &Indicator, rules: &[RuleTally]) -> Vec<CapTally> {
    let mut tallies: Vec<CapTally> = Vec::with_capacity(indicator.caps.len());
    let mut left: Vec<Points> = rules.iter().map(|it| it.lost).collect();
    for (cap_idx, rule_idxs) in indicator.caps_innermost_first() {
        let before: Points = rule_idxs.iter().map(|&it| left[it]).sum();
        let after = before.min(indicator.caps[cap_idx].at_most);
        if after < before {
            // The group is carried on as one amount, in the place of its first rule.
            for &rule_idx in &rule_idxs {
                left[rule_idx] = Points::ZERO;
            }
            left[rule_idxs[0]] = after;
        }
        tallies.push(CapTally { cap_idx, before, after });
    }
    tallies
}

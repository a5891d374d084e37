//! Where points were lost, rule by rule: the lines of a class add up to what all of its units have lost.
//!
//! What a cap or a bound gives back is taken off those that were recorded last, as in scoring; weights count.

use crate::ledger::Ledger;
use crate::points::Points;
use crate::quantity::Quantity;
use crate::rubric::{Direction, Indicator, Section, Start};
use crate::score::{Forfeited, IndicatorScore, Share, State, TotalStepKind};
use crate::sheet::Cell;

/// What a class has lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassLosses {
    /// Which of the ledger's rubrics.
    pub rubric_idx: usize,
    /// Units that count: those whose total is decided, 未复核 or not.
    pub n_units: usize,
    /// Units whose total is undecided.
    pub n_undecided: usize,
    /// What those that count have lost of the rubric's points; the sum of the lines.
    pub lost: Points,
    /// The lines, the most costly first.
    pub lines: Vec<Loss>,
}

/// What one cause has cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The cause.
    pub cause: Cause,
    /// Points of the total that it took; negative where it gave more than it took.
    pub points: Points,
    /// How many occurrences count.
    pub n_occurrences: u64,
    /// Whom it took something from, the most first.
    pub units: Vec<UnitLoss>,
}

/// What one cause has cost one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitLoss {
    /// Which unit of the roster.
    pub unit_idx: usize,
    /// Points of the total that it took.
    pub points: Points,
    /// How many occurrences count.
    pub n_occurrences: u64,
}

/// Why points are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A rule, 不计分 and vetoes included; of a rule that gives points beyond the full marks, points are negative.
    Rule {
        /// Which indicator.
        indicator_idx: usize,
        /// Which of its rules.
        rule_idx: usize,
    },
    /// 有得、无扣: it starts from nothing, and not all was earned.
    Unearned {
        /// Which indicator.
        indicator_idx: usize,
    },
    /// 前提: another indicator did not reach what this one asks for.
    Gate {
        /// Which indicator.
        indicator_idx: usize,
    },
    /// 不涉及: it is worth less than full marks.
    NotApplicable {
        /// Which indicator.
        indicator_idx: usize,
    },
    /// 前提: the whole did not reach what a section outside of it asks for.
    SectionGate {
        /// Which section.
        section_idx: usize,
    },
    /// What belongs to no one indicator: bounds of sections and of the total, 折算, rounding.
    Rest,
}

impl Cause {
    /// Returns which indicator it is about, where it is about one.
    pub fn indicator_idx(self) -> Option<usize> {
        match self {
            Cause::Rule { indicator_idx, .. }
            | Cause::Unearned { indicator_idx }
            | Cause::Gate { indicator_idx }
            | Cause::NotApplicable { indicator_idx } => Some(indicator_idx),
            Cause::SectionGate { .. } | Cause::Rest => None,
        }
    }
}

/// Returns what each class has lost, in the order of the classes.
pub fn losses(ledger: &Ledger) -> Vec<ClassLosses> {
    (0..ledger.rubrics().len()).map(|it| class_losses(ledger, it)).collect()
}

fn class_losses(ledger: &Ledger, rubric_idx: usize) -> ClassLosses {
    let (units, undecided): (Vec<usize>, Vec<usize>) =
        ledger.units_of(rubric_idx).into_iter().partition(|&it| ledger.score(it).decided().is_some());
    let mut lines: Vec<Loss> = Vec::new();
    for &unit_idx in &units {
        for (cause, points, n_occurrences) in unit_losses(ledger, unit_idx) {
            let at = lines.iter().position(|it| it.cause == cause).unwrap_or_else(|| {
                lines.push(Loss { cause, points: Points::ZERO, n_occurrences: 0, units: Vec::new() });
                lines.len() - 1
            });
            let line = &mut lines[at];
            line.points += points;
            line.n_occurrences += n_occurrences;
            line.units.push(UnitLoss { unit_idx, points, n_occurrences });
        }
    }
    for line in &mut lines {
        line.units.sort_by_key(|it| std::cmp::Reverse(it.points));
    }
    lines.sort_by_key(|it| (std::cmp::Reverse(it.points), it.cause));
    ClassLosses {
        rubric_idx,
        n_units: units.len(),
        n_undecided: undecided.len(),
        lost: units.iter().map(|&it| ledger.score(it).lost()).sum(),
        lines,
    }
}

/// What each cause has cost a unit so far.
#[derive(Default)]
struct Sum(Vec<(Cause, Points, u64)>);

impl Sum {
    fn add(&mut self, cause: Cause, points: Points, n_occurrences: u64) {
        if points.is_zero() && n_occurrences == 0 {
            return;
        }
        match self.0.iter_mut().find(|it| it.0 == cause) {
            Some(line) => {
                line.1 += points;
                line.2 += n_occurrences;
            }
            None => self.0.push((cause, points, n_occurrences)),
        }
    }
}

/// Returns what each cause has cost a unit, with its occurrences; the points add up to what the unit has lost.
fn unit_losses(ledger: &Ledger, unit_idx: usize) -> Vec<(Cause, Points, u64)> {
    let rubric = ledger.rubric_of(unit_idx);
    let score = ledger.score(unit_idx);
    let cells = &ledger.sheet(unit_idx).cells;
    let mut sum = Sum::default();
    for (indicator_idx, (indicator, own)) in rubric.indicators().zip(&score.indicators).enumerate() {
        if own.share != Share::Counted {
            continue;
        }
        let section = rubric.section_of(indicator_idx).1;
        let at = At { section, indicator_idx, indicator };
        if own.state == State::NotApplicable {
            let cause = Cause::NotApplicable { indicator_idx };
            sum.add(cause, at.weighted(at.full() - own.score), 0);
        } else {
            at.losses(own, &cells[indicator_idx], &mut sum);
        }
    }
    for step in &score.steps {
        match step.kind {
            TotalStepKind::Veto { indicator_idx, rule_idx } => {
                sum.add(Cause::Rule { indicator_idx, rule_idx }, -step.points, 0);
            }
            TotalStepKind::SectionForfeit { section_idx } => {
                let by = (0..score.indicators.len()).find_map(|it| {
                    let is_here = rubric.section_of(it).0 == section_idx;
                    let all = score.indicators[it].forfeits.iter().filter(|_| is_here);
                    all.filter(|it| it.what == Forfeited::Section)
                        .map(|forfeit| (it, forfeit.rule_idx))
                        .next()
                });
                if let Some((indicator_idx, rule_idx)) = by {
                    let points = weighted(-step.points, rubric.sections[section_idx].weight);
                    sum.add(Cause::Rule { indicator_idx, rule_idx }, points, 0);
                }
            }
            TotalStepKind::SectionGate { section_idx } => {
                sum.add(Cause::SectionGate { section_idx }, -step.points, 0);
            }
            // Weights are in the indicators' lines, and what is left out has no line; the rest is nobody's.
            TotalStepKind::IndicatorWeight { .. }
            | TotalStepKind::LeftOut { .. }
            | TotalStepKind::Spread { .. }
            | TotalStepKind::SectionBounds { .. }
            | TotalStepKind::SectionWeight { .. }
            | TotalStepKind::Scaled
            | TotalStepKind::AtMost
            | TotalStepKind::Floor
            | TotalStepKind::Rounded => {}
        }
    }
    let told: Points = sum.0.iter().map(|it| it.1).sum();
    sum.add(Cause::Rest, score.lost() - told, 0);
    sum.0
}

fn weighted(points: Points, weight: Option<Quantity>) -> Points {
    weight.map_or(points, |it| points.percent(it))
}

/// An indicator of a rubric.
struct At<'r> {
    section: &'r Section,
    indicator_idx: usize,
    indicator: &'r Indicator,
}

/// What an entry takes: negative where it gives.
struct Taken {
    rule_idx: usize,
    item_idx: Option<usize>,
    points: Points,
}

impl At<'_> {
    /// Returns what the indicator has of the rubric's points: nothing where it lies outside of them.
    fn full(&self) -> Points {
        if self.section.is_outside { Points::ZERO } else { self.indicator.points }
    }

    /// Returns how much of the total so many of the indicator's points are.
    fn weighted(&self, points: Points) -> Points {
        weighted(weighted(points, self.indicator.weight), self.section.weight)
    }

    /// Adds what each of the indicator's rules took in the end, and what else was lost on it.
    fn losses(&self, score: &IndicatorScore, cell: &Cell, sum: &mut Sum) {
        let rule = |rule_idx| Cause::Rule { indicator_idx: self.indicator_idx, rule_idx };
        let mut taken = self.taken(score, cell);
        let forfeits = |what: Forfeited| score.forfeits.iter().find(|it| it.what == what);
        for (item_idx, (item, tally)) in self.indicator.items.iter().zip(&score.items).enumerate() {
            let unbounded = self.indicator.start_of(item) + tally.change;
            let is_only = self.indicator.items.len() == 1;
            let bounded = if is_only { unbounded } else { unbounded.max(Points::ZERO).min(item.points) };
            give_back(bounded - unbounded, &mut taken, |it| it.item_idx == Some(item_idx));
            let lost = bounded - tally.score;
            if let Some(forfeit) = forfeits(Forfeited::Item(item_idx)) {
                sum.add(rule(forfeit.rule_idx), self.weighted(lost), 0);
            }
        }
        let before: Points = score.whole + score.items.iter().map(|it| it.score).sum();
        if let Some(forfeit) = forfeits(Forfeited::Indicator) {
            sum.add(rule(forfeit.rule_idx), self.weighted(before - score.after_forfeit), 0);
        }
        give_back(score.after_bounds - score.after_forfeit, &mut taken, |_| true);
        let gate = Cause::Gate { indicator_idx: self.indicator_idx };
        sum.add(gate, self.weighted(score.after_bounds - score.after_gate), 0);

        // What starts from nothing has lost all that its entries did not give.
        let starts_from_nothing = self.indicator.start == Start::Zero && !self.section.is_outside;
        let mut unearned = if starts_from_nothing { self.full() } else { Points::ZERO };
        for (rule_idx, tally) in score.rules.iter().enumerate() {
            let points: Points = taken.iter().filter(|it| it.rule_idx == rule_idx).map(|it| it.points).sum();
            if starts_from_nothing && self.indicator.rules[rule_idx].direction == Direction::Award {
                unearned += points;
            } else {
                sum.add(rule(rule_idx), self.weighted(points), tally.n_occurrences);
            }
        }
        let cause = Cause::Unearned { indicator_idx: self.indicator_idx };
        sum.add(cause, self.weighted(unearned), 0);
    }

    /// Returns what the entries that count take once caps are applied, in the order of their records.
    fn taken(&self, score: &IndicatorScore, cell: &Cell) -> Vec<Taken> {
        let of = |tally: &crate::score::EntryTally| {
            let entry = &cell.entries[tally.entry_idx];
            let points = match self.indicator.rules[entry.rule_idx].direction {
                Direction::Deduct => tally.left,
                Direction::Award => -tally.left,
            };
            Taken { rule_idx: entry.rule_idx, item_idx: entry.item_idx, points }
        };
        score.entries.iter().map(of).collect()
    }
}

/// Takes what a bound gives back off what was taken last, or what it takes back off what was given last.
fn give_back(points: Points, taken: &mut [Taken], is_bounded: impl Fn(&Taken) -> bool) {
    let mut left = points;
    for entry in taken.iter_mut().rev().filter(|it| is_bounded(it)) {
        // What is given back was taken, what is taken back was given.
        if entry.points.is_negative() == left.is_negative() {
            let back = if left.is_negative() { left.max(entry.points) } else { left.min(entry.points) };
            entry.points -= back;
            left -= back;
        }
    }
}

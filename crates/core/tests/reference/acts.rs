//! What people record in a made-up year; each act is noted for the scorer too.

use jiff::ToSpan;
use kaohe_core::*;

use crate::draw::{Draw, quantity};
use crate::generate::{Case, stamp};
use crate::places::is_in_class;
use crate::recorded::{At, Recorded, Said, Year, decimal, nodes};

impl Case {
    /// Records what most years have: nearly all is 已复核 and has its 自评, and nearly all have a value where places
    /// count, and some a veto.
    pub fn fill(&mut self, draw: &mut Draw) {
        for unit_idx in 0..self.roster.units.len() {
            let rubric = self.year().rubric_of(unit_idx).clone();
            let is_careless = draw.chance(25);
            for (indicator_idx, (_, indicator)) in nodes(&rubric).into_iter().enumerate() {
                let at = (unit_idx, indicator_idx);
                if self.is_excluded(at) {
                    continue;
                }
                for rule in &indicator.rules {
                    let is_told = match &rule.measure {
                        measure if is_in_class(measure) => draw.chance(90),
                        Measure::Veto { .. } => draw.chance(15),
                        Measure::Count { .. }
                        | Measure::ByLevel { .. }
                        | Measure::Checklist { .. }
                        | Measure::Graded { .. }
                        | Measure::Discretionary { .. }
                        | Measure::Forfeit { .. }
                        | Measure::Shortfall { .. }
                        | Measure::Steps { .. }
                        | Measure::Bands { .. }
                        | Measure::Ratio { .. }
                        | Measure::Imported { .. }
                        | Measure::ByRank { .. }
                        | Measure::Relative { .. } => false,
                    };
                    if is_told {
                        let change = self.deduct(draw, at, Some(rule));
                        self.changes.push(change);
                    }
                }
                if draw.chance(if is_careless { 80 } else { 100 }) {
                    let change = self.self_score(draw, at);
                    self.changes.extend(change);
                }
                if draw.chance(if is_careless { 80 } else { 100 }) {
                    let change = self.review(at, Mark::Reviewed);
                    self.changes.extend(change);
                }
            }
        }
    }

    /// Draws the next change and notes what it comes to; none where it would be refused.
    pub fn act(&mut self, draw: &mut Draw) -> Option<Change> {
        let kind = draw.below(20);
        let unit_idx = draw.below(self.roster.units.len());
        let n_indicators = nodes(self.year().rubric_of(unit_idx)).len();
        // Much of it is about one indicator of one unit, so that entries meet.
        let is_usual = draw.chance(40);
        let indicator_idx = draw.below(n_indicators);
        let at = if is_usual {
            (0, self.focus % nodes(self.year().rubric_of(0)).len())
        } else {
            (unit_idx, indicator_idx)
        };
        if self.is_excluded(at) || self.year().node(at.0, at.1).1.rules.is_empty() {
            return None;
        }
        match kind {
            0..12 => Some(self.deduct(draw, at, None)),
            12 | 13 => {
                let idx = self.some_entry(draw)?;
                let entry = self.recorded.entries[idx].clone();
                let Change::Deduct(name) = self.deduct(draw, self.at(&entry.deduction), None) else {
                    return None;
                };
                self.recorded.entries.pop();
                if entry.is_withdrawn || entry.deduction == name {
                    return None;
                }
                self.recorded.entries[idx].deduction = name.clone();
                Some(Change::Amend { entry: self.entry_id(idx)?, to: name })
            }
            14 => {
                let idx = self.some_entry(draw)?;
                let entry = self.entry_id(idx)?;
                let is_withdrawn = &mut self.recorded.entries[idx].is_withdrawn;
                *is_withdrawn = !*is_withdrawn;
                let reason = "收回".to_owned();
                Some(if *is_withdrawn {
                    Change::Withdraw { entry, reason }
                } else {
                    Change::Restore { entry }
                })
            }
            15 => self.self_score(draw, at),
            16 => {
                let mark = draw.one(&[Mark::Reviewed, Mark::Reviewed, Mark::Pending]);
                self.review(at, mark)
            }
            17 => self.not_applicable(draw, at),
            18 => {
                let first = self.not_applicable(draw, at)?;
                let changes = vec![first, self.deduct(draw, at, None), self.deduct(draw, at, None)];
                Some(Change::Batch { title: "一批".to_owned(), changes })
            }
            _ => {
                let changes = vec![self.deduct(draw, at, None), self.deduct(draw, at, None)];
                Some(Change::Batch { title: "一批".to_owned(), changes })
            }
        }
    }

    /// Says whether an indicator does not concern a unit by its 标签, so that nothing can be recorded there.
    fn is_excluded(&self, at: At) -> bool {
        let unmarked = Recorded::default();
        Year { recorded: &unmarked, ..self.year() }.instead(at.0, at.1).is_some()
    }

    fn at(&self, deduction: &Deduction) -> At {
        let units = &self.roster.units;
        let unit_idx = units.iter().position(|it| it.id == deduction.unit).expect("a known unit");
        let nodes = nodes(self.year().rubric_of(unit_idx));
        (unit_idx, nodes.iter().position(|it| it.1.id == deduction.indicator).expect("a known indicator"))
    }

    fn some_entry(&self, draw: &mut Draw) -> Option<usize> {
        let n = self.recorded.entries.len();
        (n > 0).then(|| draw.below(n))
    }

    /// Returns the name of an entry: that of the change that made it.
    fn entry_id(&self, idx: usize) -> Option<EntryId> {
        let mut seen = 0;
        for (change, n) in self.changes.iter().zip(1..) {
            let (changes, is_batch) = match change {
                Change::Batch { changes, .. } => (changes.as_slice(), true),
                change => (std::slice::from_ref(change), false),
            };
            for (change, part) in changes.iter().zip(1..) {
                if matches!(change, Change::Deduct(_)) {
                    if seen == idx {
                        return Some(EntryId { stamp: stamp(n), part: if is_batch { part } else { 0 } });
                    }
                    seen += 1;
                }
            }
        }
        None
    }

    fn review(&mut self, at: At, to: Mark) -> Option<Change> {
        let is_news = match to {
            Mark::Reviewed => self.recorded.reviewed.insert(at),
            Mark::Pending => self.recorded.reviewed.remove(&at),
        };
        let (unit, indicator) = self.names(at);
        is_news.then_some(Change::Review { unit, indicator, to })
    }

    fn self_score(&mut self, draw: &mut Draw, at: At) -> Option<Change> {
        let indicator = self.year().node(at.0, at.1).1;
        let most: usize = (decimal(indicator.points) * rust_decimal::Decimal::TEN).floor().try_into().ok()?;
        let to: Option<Points> = draw.maybe(95, |draw| draw.tenths(0, most));
        let before = match to {
            Some(points) => self.recorded.self_scores.insert(at, points),
            None => self.recorded.self_scores.remove(&at),
        };
        let (unit, indicator) = self.names(at);
        (before != to).then_some(Change::SelfScore { unit, indicator, to, note: String::new() })
    }

    fn not_applicable(&mut self, draw: &mut Draw, at: At) -> Option<Change> {
        let is_news = if draw.chance(75) {
            self.recorded.not_applicable.insert(at).then_some(Some("无此职能".to_owned()))
        } else {
            self.recorded.not_applicable.remove(&at).then_some(None)
        };
        let (unit, indicator) = self.names(at);
        is_news.map(|reason| Change::NotApplicable { unit, indicator, reason })
    }

    fn names(&self, at: At) -> (UnitId, IndicatorId) {
        (self.roster.units[at.0].id.clone(), self.year().node(at.0, at.1).1.id.clone())
    }

    /// Draws an entry and notes it.
    fn deduct(&mut self, draw: &mut Draw, at: At, rule: Option<&Rule>) -> Change {
        let (unit, id) = self.names(at);
        let indicator = self.year().node(at.0, at.1).1;
        let rule = rule.unwrap_or_else(|| &indicator.rules[draw.below(indicator.rules.len())]);
        let first = jiff::civil::date(2022, 12, 15);
        let n_days = if draw.chance(50) { draw.below(45) } else { draw.below(400) };
        let day = first.checked_add((n_days as i64).days()).expect("a day");
        let mut says = Deduction::once(unit, id, rule.id.clone(), day);
        let item = draw.maybe(70, |draw| &indicator.items[draw.below(indicator.items.len())]);
        says.item = item.map(|it| it.number.clone());
        let can_repeat = match &rule.measure {
            measure if is_in_class(measure) => false,
            Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Discretionary { .. }
            | Measure::Forfeit { .. }
            | Measure::Shortfall { .. }
            | Measure::Steps { .. }
            | Measure::Bands { .. } => true,
            Measure::Checklist { .. }
            | Measure::Graded { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. }
            | Measure::Veto { .. } => false,
        };
        says.count = draw
            .maybe(30, |draw| draw.one(&[1, 2, 2, 3, 3, 3, MAX_COUNT]))
            .filter(|_| can_repeat)
            .unwrap_or(1);
        let takes_modifier = !is_in_class(&rule.measure) && !matches!(rule.measure, Measure::Veto { .. });
        let modifier = draw.maybe(20, |draw| draw.one(&["加倍", "减半", "免扣"]).to_owned());
        says.modifier = modifier.filter(|_| takes_modifier);
        says.event = draw.maybe(20, |draw| draw.one(&["甲", "乙", "丙"]).to_owned());
        says.level = match rule.measure.level_names().as_slice() {
            [] => None,
            names => Some(draw.one(names).to_owned()),
        };
        says.note = "理由".to_owned();
        says.value = rule.measure.is_measured().then(|| {
            if is_in_class(&rule.measure) {
                let least = if matches!(rule.measure, Measure::Relative { .. }) { "0" } else { "-2" };
                return quantity(draw.one(&["1", "2", "3", "4.5", least]));
            }
            let at_limit = draw.maybe(30, |draw| quantity(draw.one(&["5", "10", "15"])));
            at_limit.unwrap_or_else(|| draw.tenths(0, 200))
        });
        says.target = rule.measure.asks_target().then(|| {
            // What is to be reached is more than nothing; what a value is held against may be anything.
            let is_held_against = matches!(rule.measure, Measure::Steps { .. }) && draw.chance(30);
            if is_held_against { quantity(draw.one(&["0", "-3"])) } else { draw.tenths(5, 200) }
        });
        if let Measure::Discretionary { at_least, at_most, .. } = &rule.measure {
            let whole = item.map_or(indicator.points, |it| it.points);
            let most = at_most.map_or(whole, |it| it.min(whole));
            let amount = draw.tenths::<Points>(1, 30).min(most);
            says.amount = Some(at_least.map_or(amount, |it| it.max(amount)));
        }
        let order = self.recorded.entries.len();
        self.recorded.entries.push(Said { order, is_withdrawn: false, deduction: says.clone() });
        Change::Deduct(says)
    }
}

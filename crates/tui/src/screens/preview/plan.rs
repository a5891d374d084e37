//! What a change of several units would do to each of them, before it is recorded.

use kaohe_core::{
    Change, Deduction, IndicatorId, Ledger, Mark, Measure, Record, RecordKind, Stamp, State, Track, UnitId,
};
use kaohe_exchange::words;

use crate::text::several as text;
use crate::world::short_name;

/// What is to be done to several units.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    pub units: Vec<UnitId>,
    /// Units of other classes are left out.
    pub track: Track,
    pub indicator: IndicatorId,
    pub deed: Deed,
}

#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// The same deduction for each, whatever unit it names.
    Deduct(Box<Deduction>),
    /// 复核, or 未复核 where all of them are reviewed.
    Review,
}

/// What comes of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// One per unit, those that are left out first.
    pub lines: Vec<Line>,
    pub changes: Vec<Change>,
}

/// What comes of it for one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub unit: String,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// From what to what.
    Changes { before: String, after: String },
    /// Why nothing is recorded.
    LeftOut(String),
}

impl Batch {
    /// Returns what recording it now would do.
    pub(super) fn plan(&self, ledger: &Ledger) -> Plan {
        let mark = self.mark(ledger);
        let mut left_out = Vec::new();
        let mut changing = Vec::new();
        for unit_idx in self.units.iter().filter_map(|it| ledger.find_unit(it.as_str())) {
            match self.change(unit_idx, mark, ledger) {
                Ok(change) => changing.push((unit_idx, change)),
                Err(reason) => left_out.push(line(ledger, unit_idx, Outcome::LeftOut(reason))),
            }
        }
        let changes: Vec<Change> = changing.iter().map(|it| it.1.clone()).collect();
        let after = hypothetical(ledger, changes);
        let mut lines = Vec::new();
        let mut changes = Vec::new();
        for (unit_idx, change) in changing {
            if self.is_without_effect(unit_idx, &change, ledger, &after) {
                let reason = text::WITHOUT_EFFECT.to_owned();
                left_out.push(line(ledger, unit_idx, Outcome::LeftOut(reason)));
                continue;
            }
            let (before, after) = (self.shown(unit_idx, ledger), self.shown(unit_idx, &after));
            lines.push(line(ledger, unit_idx, Outcome::Changes { before, after }));
            changes.push(change);
        }
        left_out.append(&mut lines);
        Plan { lines: left_out, changes }
    }

    /// Returns the change of one unit, or why there is none.
    fn change(&self, unit_idx: usize, mark: Mark, ledger: &Ledger) -> Result<Change, String> {
        if ledger.unit(unit_idx).track != self.track {
            return Err(text::OTHER_CLASS.to_owned());
        }
        let Some(idx) = self.indicator_idx(unit_idx, ledger) else {
            return Err(text::OTHER_CLASS.to_owned());
        };
        let cell = &ledger.sheet(unit_idx).cells[idx];
        if cell.exclusion.is_some() {
            return Err(text::NOT_CONCERNED.to_owned());
        }
        if let Some(reason) = &cell.not_applicable {
            return Err(text::not_applicable(reason));
        }
        let unit = ledger.unit(unit_idx).id.clone();
        let change = match &self.deed {
            Deed::Deduct(deduction) => Change::Deduct(Deduction { unit, ..Deduction::clone(deduction) }),
            Deed::Review if (mark == Mark::Reviewed) == cell.reviewed.is_some() => {
                return Err(text::ALREADY_REVIEWED.to_owned());
            }
            Deed::Review => Change::Review { unit, indicator: self.indicator.clone(), to: mark },
        };
        match ledger.refusal(&change) {
            None => Ok(change),
            Some(refusal) => Err(words::refusal(&refusal)),
        }
    }

    /// Returns how the units are marked by a review: pending again only where all of them are reviewed.
    pub(super) fn mark(&self, ledger: &Ledger) -> Mark {
        let is_pending = |unit: &UnitId| {
            let unit_idx = ledger.find_unit(unit.as_str())?;
            let is_of_class = ledger.unit(unit_idx).track == self.track;
            let idx = self.indicator_idx(unit_idx, ledger).filter(|_| is_of_class)?;
            Some(ledger.score(unit_idx).indicators[idx].state == State::Pending)
        };
        if self.units.iter().any(|it| is_pending(it) == Some(true)) { Mark::Reviewed } else { Mark::Pending }
    }

    fn indicator_idx(&self, unit_idx: usize, ledger: &Ledger) -> Option<usize> {
        ledger.rubric_of(unit_idx).indicators().position(|it| it.id == self.indicator)
    }

    /// Returns what the change moves: the score of the indicator, or whether it is reviewed.
    fn shown(&self, unit_idx: usize, ledger: &Ledger) -> String {
        let Some(idx) = self.indicator_idx(unit_idx, ledger) else { return String::new() };
        let score = &ledger.score(unit_idx).indicators[idx];
        match (&self.deed, score.decided()) {
            (Deed::Review, _) => text::state(score.state).to_owned(),
            (Deed::Deduct(_), Some(points)) => points.to_string(),
            (Deed::Deduct(_), None) => words::UNDECIDED.to_owned(),
        }
    }

    /// Says whether an entry would take points and takes none: a cap is used up, or there is nothing left to take.
    /// What is measured or graded is recorded all the same, since it says more than its points.
    fn is_without_effect(&self, unit_idx: usize, change: &Change, now: &Ledger, after: &Ledger) -> bool {
        let Change::Deduct(deduction) = change else { return false };
        let Some(idx) = self.indicator_idx(unit_idx, now) else { return false };
        let indicator = now.rubric_of(unit_idx).indicator(idx);
        let Some(rule_idx) = indicator.rule_idx(deduction.rule.as_str()) else { return false };
        let takes = match &indicator.rules[rule_idx].measure {
            Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Checklist { .. }
            | Measure::Discretionary { .. } => now.cost(deduction).is_ok_and(|it| !it.is_zero()),
            Measure::Forfeit { .. } => true,
            Measure::Graded { .. }
            | Measure::Shortfall { .. }
            | Measure::Steps { .. }
            | Measure::Bands { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. }
            | Measure::Veto { .. } => false,
        };
        let scores = |it: &Ledger| {
            let score = it.score(unit_idx);
            let indicators = score.indicators.iter().map(|it| it.score);
            indicators.chain([score.score]).collect::<Vec<_>>()
        };
        let is_decided = now.score(unit_idx).indicators[idx].decided().is_some();
        takes && is_decided && scores(now) == scores(after)
    }
}

fn line(ledger: &Ledger, unit_idx: usize, outcome: Outcome) -> Line {
    Line { unit: short_name(ledger, unit_idx).to_owned(), outcome }
}

/// Returns the year as it would be after these changes.
fn hypothetical(ledger: &Ledger, changes: Vec<Change>) -> Ledger {
    let mut after = ledger.clone();
    if changes.is_empty() {
        return after;
    }
    let stamp = Stamp { n: ledger.last().map_or(0, |it| it.n).saturating_add(1), writer: "preview".into() };
    let (by, machine) = (String::new(), String::new());
    let change = Change::Batch { title: String::new(), changes };
    let at = jiff::Timestamp::UNIX_EPOCH;
    after.apply(&Record { stamp, at, by, machine, kind: RecordKind::Do, change });
    after
}

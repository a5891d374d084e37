//! A year beside an earlier one: whose score and rank moved, and on which indicators.
//!
//! Units are the same by id, then by name; indicators by a map, by id, then by name. Where full marks differ, only
//! shares of them can be held against each other.

use std::collections::HashMap;

use crate::id::Track;
use crate::ledger::Ledger;
use crate::points::Points;
use crate::rank::{RankOptions, may_rank, rank};
use crate::score::Share;

/// What moved from one year to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearChange {
    /// The units of both years: class by class as this year has them, by this year's rank; those that are gone last.
    pub units: Vec<UnitChange>,
    /// The indicators of both years, class by class; those that are gone last.
    pub indicators: Vec<IndicatorChange>,
}

/// A unit in both years, or in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChange {
    /// Its class; this year's where it is in both.
    pub track: Track,
    /// In this year; none where it is gone.
    pub now: Option<InYear>,
    /// In the earlier year; none where it is new.
    pub before: Option<InYear>,
    /// Whether it was in another class; ranks are then nothing to compare.
    pub has_moved_class: bool,
}

/// A unit, or an indicator, in one of the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InYear {
    /// Which unit of that year's roster, or indicator of that year's rubric.
    pub idx: usize,
    /// 名次; none where it has none, and of an indicator.
    pub rank: Option<usize>,
    /// 得分, of an indicator that of all units that count; none while nothing is decided.
    pub score: Option<Points>,
    /// 满分, of an indicator that of all units that count.
    pub points: Points,
    /// 满分 as the rubric prints it.
    pub full_marks: Points,
}

/// An indicator in both years, or in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorChange {
    /// The class.
    pub track: Track,
    /// Which of this year's rubrics; none where the class is gone.
    pub rubric_idx: Option<usize>,
    /// Which of the earlier year's rubrics; none where the class is new.
    pub before_rubric_idx: Option<usize>,
    /// In this year; none where it is gone.
    pub now: Option<InYear>,
    /// In the earlier year; none where it is new.
    pub before: Option<InYear>,
    /// What says that they are the same; none where there is but one.
    pub by: Option<MatchedBy>,
}

/// What says that two years' indicators are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchedBy {
    /// The map that was given.
    Map,
    /// The id.
    Id,
    /// The name.
    Name,
}

impl InYear {
    /// Returns 得分率 in percent.
    pub fn rate(&self) -> Option<Points> {
        self.score.and_then(|it| it.percent_of(self.points))
    }

    /// Returns 失分率 in percent.
    pub fn loss_rate(&self) -> Option<Points> {
        self.score.and_then(|it| (self.points - it).percent_of(self.points))
    }
}

impl UnitChange {
    /// Returns by how many places it rose, or fell where negative; nothing where it was in another class.
    pub fn places_up(&self) -> Option<i64> {
        let rank = |it: &Option<InYear>| it.as_ref()?.rank.and_then(|it| i64::try_from(it).ok());
        let (now, before) = (rank(&self.now)?, rank(&self.before)?);
        (!self.has_moved_class).then_some(before - now)
    }

    /// Returns by how many points its score rose; nothing where the full marks are others.
    pub fn score_up(&self) -> Option<Points> {
        let (now, before) = (self.now.as_ref()?, self.before.as_ref()?);
        if now.full_marks != before.full_marks {
            return None;
        }
        Some(now.score? - before.score?)
    }

    /// Returns by how many percentage points its 得分率 rose.
    pub fn rate_up(&self) -> Option<Points> {
        Some(self.now.as_ref()?.rate()? - self.before.as_ref()?.rate()?)
    }
}

impl IndicatorChange {
    /// Returns by how many percentage points its 失分率 rose.
    pub fn loss_rate_up(&self) -> Option<Points> {
        Some(self.now.as_ref()?.loss_rate()? - self.before.as_ref()?.loss_rate()?)
    }
}

/// Returns what moved from an earlier year. `map` names indicators that are the same under other names, the earlier
/// year's first, each by number, name or id within its class.
pub fn year_change(
    now: &Ledger,
    before: &Ledger,
    map: &[(String, String)],
    options: RankOptions,
) -> YearChange {
    YearChange { units: units(now, before, options), indicators: indicators(now, before, map, options) }
}

fn units(now: &Ledger, before: &Ledger, options: RankOptions) -> Vec<UnitChange> {
    let (now_units, before_units) = (standings(now, options), standings(before, options));
    let mut is_taken = vec![false; before.roster().units.len()];
    let mut earlier: Vec<Option<usize>> = vec![None; now.roster().units.len()];
    // Ids first, of all of them: a name may be another unit's by now.
    for (unit_idx, unit) in now.roster().units.iter().enumerate() {
        let by_id = before.find_unit(unit.id.as_str()).filter(|&it| before.unit(it).id == unit.id);
        if let Some(it) = by_id {
            is_taken[it] = true;
            earlier[unit_idx] = Some(it);
        }
    }
    let names: HashMap<&str, usize> =
        before.roster().units.iter().enumerate().map(|(idx, it)| (it.name.as_str(), idx)).collect();
    for (unit_idx, unit) in now.roster().units.iter().enumerate() {
        let by_name = names.get(unit.name.as_str()).copied();
        if let Some(it) = by_name.filter(|&it| earlier[unit_idx].is_none() && !is_taken[it]) {
            is_taken[it] = true;
            earlier[unit_idx] = Some(it);
        }
    }
    let mut before_at = vec![0; before_units.len()];
    for (at, it) in before_units.iter().enumerate() {
        before_at[it.idx] = at;
    }
    let mut all: Vec<UnitChange> = Vec::new();
    for it in now_units {
        let track = now.unit(it.idx).track.clone();
        let before_idx = earlier[it.idx];
        let was = before_idx.map(|idx| &before_units[before_at[idx]]);
        let has_moved_class = before_idx.is_some_and(|it| before.unit(it).track != track);
        all.push(UnitChange { track, now: Some(it), before: was.cloned(), has_moved_class });
    }
    let gone = before_units.into_iter().filter(|it| !is_taken[it.idx]);
    all.extend(gone.map(|it| UnitChange {
        track: before.unit(it.idx).track.clone(),
        now: None,
        before: Some(it),
        has_moved_class: false,
    }));
    all
}

/// Returns the units of all classes, by class and rank.
fn standings(ledger: &Ledger, options: RankOptions) -> Vec<InYear> {
    let classes = 0..ledger.rubrics().len();
    let standings = classes.flat_map(|it| rank(ledger, it, options));
    let in_year = |it: crate::rank::Standing| {
        let score = ledger.score(it.unit_idx);
        InYear {
            idx: it.unit_idx,
            rank: it.rank,
            score: score.decided(),
            points: score.points,
            full_marks: score.points,
        }
    };
    standings.map(in_year).collect()
}

fn indicators(
    now: &Ledger,
    before: &Ledger,
    map: &[(String, String)],
    options: RankOptions,
) -> Vec<IndicatorChange> {
    let mut all = Vec::new();
    for (rubric_idx, rubric) in now.rubrics().iter().enumerate() {
        let before_idx = before.rubrics().iter().position(|it| it.track == rubric.track);
        let earlier = before_idx.map(|it| &before.rubrics()[it]);
        let n_before = earlier.map_or(0, |it| it.n_indicators());
        let mut matches: Vec<Option<(usize, MatchedBy)>> = vec![None; rubric.n_indicators()];
        let mut is_taken = vec![false; n_before];
        let mut same = |idx: usize, other: Option<usize>, by| {
            if let Some(other) = other.filter(|it| !is_taken[*it] && matches[idx].is_none()) {
                is_taken[other] = true;
                matches[idx] = Some((other, by));
            }
        };
        for (from, to) in map {
            let from = earlier.and_then(|it| it.find_indicator(from));
            if let (Some(idx), Some(from)) = (rubric.find_indicator(to), from) {
                same(idx, Some(from), MatchedBy::Map);
            }
        }
        for by in [MatchedBy::Id, MatchedBy::Name] {
            for (idx, indicator) in rubric.indicators().enumerate() {
                let is_same = |it: &crate::rubric::Indicator| match by {
                    MatchedBy::Id => it.id == indicator.id,
                    MatchedBy::Name | MatchedBy::Map => it.name == indicator.name,
                };
                same(idx, earlier.and_then(|it| it.indicators().position(is_same)), by);
            }
        }
        let change = |now_idx: Option<usize>, other: Option<usize>, by| IndicatorChange {
            track: rubric.track.clone(),
            rubric_idx: Some(rubric_idx),
            before_rubric_idx: before_idx,
            now: now_idx.map(|it| of_indicator(now, rubric_idx, it, options)),
            before: other.zip(before_idx).map(|(it, class)| of_indicator(before, class, it, options)),
            by,
        };
        for (idx, found) in matches.iter().enumerate() {
            all.push(change(Some(idx), found.map(|it| it.0), found.map(|it| it.1)));
        }
        let gone = (0..n_before).filter(|it| !is_taken[*it]);
        all.extend(gone.map(|it| change(None, Some(it), None)));
    }
    for (rubric_idx, rubric) in before.rubrics().iter().enumerate() {
        if now.rubrics().iter().all(|it| it.track != rubric.track) {
            all.extend((0..rubric.n_indicators()).map(|it| IndicatorChange {
                track: rubric.track.clone(),
                rubric_idx: None,
                before_rubric_idx: Some(rubric_idx),
                now: None,
                before: Some(of_indicator(before, rubric_idx, it, options)),
                by: None,
            }));
        }
    }
    all
}

/// Returns what the units of a class that count have of an indicator.
fn of_indicator(ledger: &Ledger, rubric_idx: usize, indicator_idx: usize, options: RankOptions) -> InYear {
    let units = ledger.units_of(rubric_idx).into_iter().filter(|&it| may_rank(ledger, it, options));
    let scores: Vec<_> = units
        .map(|it| &ledger.score(it).indicators[indicator_idx])
        .filter(|it| it.share == Share::Counted)
        .collect();
    InYear {
        idx: indicator_idx,
        rank: None,
        score: (!scores.is_empty()).then(|| scores.iter().map(|it| it.score).sum()),
        points: scores.iter().map(|it| it.points).sum(),
        full_marks: ledger.rubrics()[rubric_idx].indicator(indicator_idx).points,
    }
}

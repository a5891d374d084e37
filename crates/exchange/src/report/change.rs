//! What moved in a class since an earlier year.

use std::cmp::Ordering;
use std::collections::HashMap;

use kaohe_core::{Ledger, Points, RankOptions, UnitChange, class_statistics, year_change};

/// What moved in a class.
#[derive(Clone, Debug)]
pub struct ClassChange {
    /// The class's mean in this year and in the earlier one.
    pub mean: Option<MeanChange>,
    /// How many units have a place in both years.
    pub n_compared: usize,
    /// How many of them rose.
    pub n_up: usize,
    /// How many of them fell.
    pub n_down: usize,
    /// Who rose the most, and by how many places; nobody where nobody rose.
    pub most_up: (u64, Vec<String>),
    /// Who fell the most.
    pub most_down: (u64, Vec<String>),
    /// Units that the earlier year's class did not have.
    pub new: Vec<String>,
    /// Units that this year's class no longer has.
    pub gone: Vec<String>,
    /// By unit of the roster, its place in the earlier year.
    ranks_before: HashMap<usize, usize>,
}

/// How the mean of a class moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeanChange {
    /// Whether these are shares of the full marks in percent, since the full marks differ; otherwise points.
    pub is_rate: bool,
    /// In this year.
    pub now: Points,
    /// In the earlier year.
    pub before: Points,
}

impl ClassChange {
    /// Returns the place that a unit had in the earlier year.
    pub(super) fn rank_before(&self, unit_idx: usize) -> Option<usize> {
        self.ranks_before.get(&unit_idx).copied()
    }
}

/// Returns what moved in each class, in the order of this year's; none for one that the earlier year did not have.
pub(super) fn class_changes(now: &Ledger, before: &Ledger, options: RankOptions) -> Vec<Option<ClassChange>> {
    let change = year_change(now, before, &[], options);
    let figures = (class_statistics(now, options), class_statistics(before, options));
    let of_class = |(rubric_idx, rubric): (usize, &kaohe_core::Rubric)| {
        let earlier_idx = before.rubrics().iter().position(|it| it.track == rubric.track)?;
        let earlier = &before.rubrics()[earlier_idx];
        let means = figures.0[rubric_idx].mean.zip(figures.1[earlier_idx].mean);
        let mean = means.and_then(|(now, before)| {
            let is_rate = rubric.points != earlier.points;
            let share = |mean: Points, of: Points| if is_rate { mean.percent_of(of) } else { Some(mean) };
            Some(MeanChange {
                is_rate,
                now: share(now, rubric.points)?,
                before: share(before, earlier.points)?,
            })
        });
        let units: Vec<&UnitChange> = change.units.iter().filter(|it| it.track == rubric.track).collect();
        Some(of_units(now, before, &units, mean))
    };
    now.rubrics().iter().enumerate().map(of_class).collect()
}

fn of_units(now: &Ledger, before: &Ledger, units: &[&UnitChange], mean: Option<MeanChange>) -> ClassChange {
    let mut change = ClassChange {
        mean,
        n_compared: 0,
        n_up: 0,
        n_down: 0,
        most_up: (0, Vec::new()),
        most_down: (0, Vec::new()),
        new: Vec::new(),
        gone: Vec::new(),
        ranks_before: HashMap::new(),
    };
    for unit in units {
        let Some(here) = &unit.now else {
            change.gone.extend(unit.before.as_ref().map(|it| before.unit(it.idx).name.clone()));
            continue;
        };
        let name = &now.unit(here.idx).name;
        let Some(then) = unit.before.as_ref().filter(|_| !unit.has_moved_class) else {
            change.new.push(name.clone());
            continue;
        };
        change.ranks_before.extend(then.rank.map(|it| (here.idx, it)));
        let Some(places) = unit.places_up() else { continue };
        change.n_compared += 1;
        match places.cmp(&0) {
            Ordering::Greater => {
                change.n_up += 1;
                note_most(&mut change.most_up, places.unsigned_abs(), name);
            }
            Ordering::Less => {
                change.n_down += 1;
                note_most(&mut change.most_down, places.unsigned_abs(), name);
            }
            Ordering::Equal => {}
        }
    }
    change
}

/// Notes a unit where it moved by as many places as those so far, and instead of them where it moved by more.
fn note_most(most: &mut (u64, Vec<String>), places: u64, name: &str) {
    if places > most.0 {
        *most = (places, Vec::new());
    }
    if places == most.0 {
        most.1.push(name.to_owned());
    }
}

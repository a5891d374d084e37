//! What the parts of a node add up to, for every group of units that the tags make.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::RubricFault;
use super::report::{At, Check, excerpt};
use crate::points::Points;
use crate::problem::Part;
use crate::quantity::Quantity;
use crate::rubric::{Applies, Indicator, Section};

/// With more tags than this not their combinations are looked at, but each alone.
const MOST_COMBINED: usize = 8;

/// A part of a node, as far as it adds to the node's points.
pub(super) struct Member<'r> {
    idx: usize,
    points: Points,
    weight: Option<Quantity>,
    /// Whom it concerns, where it is simply left out for the others; all units otherwise.
    applies: Option<&'r Applies>,
}

impl<'r> Member<'r> {
    pub(super) fn of_indicator((idx, indicator): (usize, &'r Indicator)) -> Member<'r> {
        let is_left_out = indicator.not_applicable.is_none() && !indicator.applies.to_all();
        let applies = is_left_out.then_some(&indicator.applies);
        Member { idx, points: indicator.points, weight: indicator.weight, applies }
    }

    pub(super) fn of_section((idx, section): (usize, &'r Section)) -> Member<'r> {
        let applies = (!section.applies.to_all()).then_some(&section.applies);
        Member { idx, points: section.points, weight: section.weight, applies }
    }

    pub(super) fn weighted(&self) -> Points {
        self.weight.map_or(self.points, |it| self.points.percent(it))
    }

    fn total(&self) -> Total {
        let weight = self.weight.unwrap_or(Quantity::ZERO);
        Total { points: self.weighted(), weight: Points::from_decimal(weight.decimal()) }
    }
}

/// A node whose parts add up.
pub(super) struct Whole<'r> {
    pub(super) part: Part,
    pub(super) points: Points,
    pub(super) applies: &'r Applies,
    /// What its parts are, and in which field they stand.
    pub(super) parts: (Part, &'static str),
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Total {
    points: Points,
    weight: Points,
}

impl Total {
    fn add(&mut self, other: Total) {
        self.points += other.points;
        self.weight += other.weight;
    }

    fn subtract(&mut self, other: Total) {
        self.points -= other.points;
        self.weight -= other.weight;
    }
}

impl Check {
    /// Makes sure that the parts add up to the whole, and their weights to 100 %, for every group of units.
    pub(super) fn sum(&mut self, at: &At<'_>, whole: &Whole<'_>, members: &[Member<'_>]) {
        let (parts, field) = whole.parts;
        let n_weights = members.iter().filter(|it| it.weight.is_some()).count();
        let totals = totals(whole.applies, members);
        let is_mixed = n_weights > 0 && n_weights < members.len();
        // Some parts may be in the whole's points and others be weighted into them; where that adds up it is meant.
        if let Some((group, total)) = totals.iter().find(|it| is_mixed && it.1.points != whole.points) {
            let missing = members.iter().find(|it| it.weight.is_none()).map_or(0, |it| it.idx);
            let (stated, sum, group) = (whole.points, total.points, group.clone());
            self.error(&at.element(field, missing), RubricFault::WeightMissing { parts, stated, sum, group });
            return;
        }
        let is_weighted = n_weights > 0 && !is_mixed;
        let has_weights = |it: &Total| !is_weighted || it.weight == Points::whole(100);
        if let Some((group, total)) = totals.iter().find(|it| !has_weights(&it.1)) {
            let fault = RubricFault::WeightsDiffer { parts, sum: total.weight, group: group.clone() };
            self.error(&at.field(field), fault);
        }
        let is_off = |it: &Total| it.points != whole.points && has_weights(it);
        if let Some((group, total)) = totals.into_iter().find(|it| is_off(&it.1)) {
            let (sum, stated) = (total.points, whole.points);
            let fault = RubricFault::SumDiffers { whole: whole.part, parts, stated, sum, group };
            self.error(&at.field("points"), fault);
        }
    }
}

type Group = Option<Vec<String>>;

/// Returns the sums for each group of units that the node concerns.
fn totals(within: &Applies, members: &[Member<'_>]) -> Vec<(Group, Total)> {
    // Of many parts most have the same tags, or none.
    let mut alike: HashMap<(&[String], &[String]), Total> = HashMap::new();
    for member in members {
        let key = member.applies.map_or((&[][..], &[][..]), |it| (&it.only[..], &it.except[..]));
        alike.entry(key).or_default().add(member.total());
    }
    let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
    let mentioned = alike.keys().flat_map(|(only, except)| only.iter().chain(*except));
    tags.extend(mentioned.map(|it| (it.as_str(), 0)));
    if tags.is_empty() {
        let all = alike.values().fold(Total::default(), |mut sum, it| {
            sum.add(*it);
            sum
        });
        return vec![(None, all)];
    }
    tags.extend(within.only.iter().chain(&within.except).map(|it| (it.as_str(), 0)));
    tags.values_mut().enumerate().for_each(|(idx, it)| *it = idx);
    if tags.len() <= MOST_COMBINED { combined(within, &alike, &tags) } else { alone(within, &alike, &tags) }
}

fn combined(
    within: &Applies,
    alike: &HashMap<(&[String], &[String]), Total>,
    tags: &BTreeMap<&str, usize>,
) -> Vec<(Group, Total)> {
    let mask = |list: &[String]| list.iter().fold(0_u32, |mask, it| mask | 1 << tags[it.as_str()]);
    let concerns =
        |only: u32, except: u32, group: u32| (only == 0 || only & group != 0) && except & group == 0;
    let alike: Vec<(u32, u32, Total)> =
        alike.iter().map(|((only, except), total)| (mask(only), mask(except), *total)).collect();
    let mut groups: Vec<u32> = (0..1 << tags.len()).collect();
    groups.sort_by_key(|it| it.count_ones());
    let within = (mask(&within.only), mask(&within.except));
    groups.retain(|it| concerns(within.0, within.1, *it));
    let total = |group: u32| {
        let mut sum = Total::default();
        alike.iter().filter(|it| concerns(it.0, it.1, group)).for_each(|it| sum.add(it.2));
        let names = tags.iter().filter(|it| group & 1 << it.1 != 0);
        (Some(names.map(|it| excerpt(it.0)).collect()), sum)
    };
    groups.into_iter().map(total).collect()
}

/// Units with one tag each, and those with none: what they have beside those with none is kept by tag, so that no
/// number of tags makes this slow.
fn alone(
    within: &Applies,
    alike: &HashMap<(&[String], &[String]), Total>,
    tags: &BTreeMap<&str, usize>,
) -> Vec<(Group, Total)> {
    let mut none = Total::default();
    let mut beside = vec![Total::default(); tags.len()];
    for ((only, except), total) in alike {
        let idxs = |list: &[String]| {
            let mut idxs: Vec<usize> = list.iter().map(|it| tags[it.as_str()]).collect();
            idxs.sort_unstable();
            idxs.dedup();
            idxs
        };
        let except = idxs(except);
        if only.is_empty() {
            none.add(*total);
            except.iter().for_each(|it| beside[*it].subtract(*total));
        } else {
            let only = idxs(only);
            let concerned = only.iter().filter(|it| except.binary_search(it).is_err());
            concerned.for_each(|it| beside[*it].add(*total));
        }
    }
    let only: HashSet<&str> = within.only.iter().map(String::as_str).collect();
    let except: HashSet<&str> = within.except.iter().map(String::as_str).collect();
    let mut totals = Vec::new();
    if only.is_empty() {
        totals.push((Some(Vec::new()), none));
    }
    for (tag, idx) in tags {
        if (only.is_empty() || only.contains(tag)) && !except.contains(tag) {
            let mut sum = none;
            sum.add(beside[*idx]);
            totals.push((Some(vec![excerpt(tag)]), sum));
        }
    }
    totals
}

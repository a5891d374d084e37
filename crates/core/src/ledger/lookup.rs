//! Finding units, indicators, rules and 评分要点 by what people type.

use super::Ledger;
use crate::rubric::{Indicator, Rubric};

impl Ledger {
    /// Returns the place in the roster of the unit with this id, or exactly this name.
    pub fn find_unit(&self, id_or_name: &str) -> Option<usize> {
        let by_name = || self.roster.units.iter().position(|it| it.name == id_or_name);
        self.unit_idxs.get(id_or_name).copied().or_else(by_name)
    }

    /// Returns the name of the unit that `given` most likely means.
    pub fn nearest_unit(&self, given: &str) -> Option<&str> {
        let units = &self.roster.units;
        let names = units.iter().map(|it| it.name.as_str());
        let ids = units.iter().map(|it| it.id.as_str());
        let shorts = units.iter().filter(|it| !it.short.is_empty()).find(|it| it.short == given);
        shorts.map(|it| it.name.as_str()).or_else(|| nearest(given, names)).or_else(|| nearest(given, ids))
    }
}

impl Rubric {
    /// Returns the index of the indicator with this number, name or id.
    pub fn find_indicator(&self, given: &str) -> Option<usize> {
        let by = |same: fn(&Indicator, &str) -> bool| self.indicators().position(|it| same(it, given));
        by(|it, given| it.number == given)
            .or_else(|| by(|it, given| it.name == given))
            .or_else(|| by(|it, given| it.id.as_str() == given))
    }

    /// Returns the indicator at this index.
    pub fn indicator(&self, indicator_idx: usize) -> &Indicator {
        self.indicators().nth(indicator_idx).expect("an index that this rubric gave out")
    }

    /// Returns the name of the indicator that `given` most likely means.
    pub fn nearest_indicator(&self, given: &str) -> Option<&str> {
        nearest(given, self.indicators().map(|it| it.name.as_str()))
    }
}

impl Indicator {
    /// Returns the index of the rule with this id, label or number on the screen.
    pub fn find_rule(&self, given: &str) -> Option<usize> {
        let is_number = given.bytes().all(|it| it.is_ascii_digit());
        let number = || given.parse::<usize>().ok().filter(|_| is_number);
        let by_number = || number()?.checked_sub(1).filter(|it| *it < self.rules.len());
        let by_label = || self.rules.iter().position(|it| it.label == given);
        self.rule_idx(given).or_else(by_label).or_else(by_number)
    }

    /// Returns the label of the rule that `given` most likely means.
    pub fn nearest_rule(&self, given: &str) -> Option<&str> {
        let labels = self.rules.iter().map(|it| it.label.as_str());
        let ids = self.rules.iter().map(|it| it.id.as_str());
        nearest(given, labels).or_else(|| nearest(given, ids))
    }

    /// Returns the index of the 评分要点 written `2` or `4.2`.
    pub fn find_item(&self, given: &str) -> Option<usize> {
        let own = given.strip_prefix(self.number.as_str()).and_then(|it| it.strip_prefix('.'));
        own.and_then(|it| self.item_idx(it)).or_else(|| self.item_idx(given))
    }
}

/// Returns the known text most like `given`, where one is like it at all: at most half of the longer one's
/// characters differ, or one contains the other.
pub fn nearest<'t>(given: &str, known: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let likeness = |it: &'t str| {
        let contains = !given.is_empty() && (it.contains(given) || given.contains(it));
        let distance = strsim::osa_distance(given, it);
        let longer = given.chars().count().max(it.chars().count());
        (contains || distance * 2 <= longer).then_some((!contains, distance, it))
    };
    known.filter(|it| !it.is_empty()).filter_map(likeness).min_by_key(|it| (it.0, it.1)).map(|it| it.2)
}

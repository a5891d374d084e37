//! Finding what a cell names: first as it is written, then with full-width forms folded on both sides.

use std::collections::HashMap;

use kaohe_core::{Indicator, Ledger, Rubric, Rule, half_width};

/// Characters beyond which nothing is taken for a misspelt name; comparing takes the product of the lengths.
const MAX_NAME: usize = 64;

/// Returns the text where it may be a misspelt name.
pub(crate) fn likely(given: &str) -> Option<&str> {
    (given.chars().count() <= MAX_NAME).then_some(given)
}

/// Returns texts as a choice: `国务院、省级 或 市级`.
pub(crate) fn choice<T: AsRef<str>>(texts: &[T]) -> String {
    let Some((last, others)) = texts.split_last() else { return String::new() };
    let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
    if others.is_empty() {
        return last.as_ref().to_owned();
    }
    format!("{} 或 {}", others.join("、"), last.as_ref())
}

/// The units of a ledger by id and by exact name. A file of a million rows names each many times.
pub(crate) struct Units(HashMap<String, usize>);

impl Units {
    pub fn of(ledger: &Ledger) -> Units {
        let units = &ledger.roster().units;
        let mut idxs = HashMap::new();
        let written: [fn(&kaohe_core::Unit) -> &str; 2] = [|it| it.id.as_str(), |it| it.name.trim()];
        for text in written {
            for (idx, unit) in units.iter().enumerate() {
                idxs.entry(text(unit).to_owned()).or_insert(idx);
            }
        }
        for text in written {
            for (idx, unit) in units.iter().enumerate() {
                idxs.entry(half_width(text(unit)).into_owned()).or_insert(idx);
            }
        }
        Units(idxs)
    }

    pub fn find(&self, given: &str) -> Option<usize> {
        self.0.get(given).or_else(|| self.0.get(&*half_width(given))).copied()
    }
}

/// Returns the index of the indicator with this number, name or id.
pub(crate) fn find_indicator(rubric: &Rubric, given: &str) -> Option<usize> {
    let folded = half_width(given);
    let by_folded_name = || rubric.indicators().position(|it| half_width(&it.name) == folded);
    rubric.find_indicator(given).or_else(|| rubric.find_indicator(&folded)).or_else(by_folded_name)
}

/// Returns the index of the rule with this id, label or number on the screen.
pub(crate) fn find_rule(indicator: &Indicator, given: &str) -> Option<usize> {
    let folded = half_width(given);
    let by_folded_label = || indicator.rules.iter().position(|it| half_width(&it.label) == folded);
    indicator.find_rule(given).or_else(|| indicator.find_rule(&folded)).or_else(by_folded_label)
}

/// Returns the rule's name of the level that is given, or what is given where there is none.
pub(crate) fn level_name(rule: &Rule, given: &str) -> String {
    let names = rule.measure.level_names();
    let is_same = |it: &&str| *it == given || half_width(it) == half_width(given);
    names.into_iter().find(is_same).unwrap_or(given).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_read_well() {
        assert_eq!(choice::<&str>(&[]), "");
        assert_eq!(choice(&["市级"]), "市级");
        assert_eq!(choice(&["国务院", "省级", "市级"]), "国务院、省级 或 市级");
    }
}

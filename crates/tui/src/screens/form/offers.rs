//! Texts that were used before with the same rule, to be filled in by a key.

use kaohe_core::{Deduction, Entry, IndicatorId, Ledger, RuleId};

use super::field::{Field, Name};

/// Texts that are offered at most.
const MAX_OFFERS: usize = 9;

/// Offers in the fields for texts what entries of the same rule say there, the newest first.
pub(super) fn offer_earlier(fields: &mut [Field], ledger: &Ledger, indicator: &IndicatorId, rule: &RuleId) {
    let units = 0..ledger.roster().units.len();
    let cells = units.flat_map(|it| &ledger.sheet(it).cells);
    let is_same = |it: &&Entry| it.deduction.indicator == *indicator && it.deduction.rule == *rule;
    let mut entries: Vec<&Entry> = cells.flat_map(|it| &it.entries).filter(is_same).collect();
    entries.sort_by(|one, other| other.id.stamp.cmp(&one.id.stamp));
    for field in fields {
        let text = |it: &Deduction| match field.name {
            Name::Note => Some(it.note.clone()),
            Name::Source => Some(it.source.clone()),
            Name::Event => it.event.clone(),
            Name::Level
            | Name::Count
            | Name::Amount
            | Name::Value
            | Name::Target
            | Name::Modifier
            | Name::Date
            | Name::Reason
            | Name::SelfScore => None,
        };
        let mut offers: Vec<String> = Vec::new();
        for used in entries.iter().filter_map(|it| text(&it.deduction)) {
            if offers.len() < MAX_OFFERS && !used.is_empty() && !offers.contains(&used) {
                offers.push(used);
            }
        }
        field.offers = offers;
    }
}

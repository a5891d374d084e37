//! 最高扣分: 「最高扣分不超过3分」 is applied here, innermost first.
//!
//! What was recorded first counts first: a cap takes what exceeds it from the entries that were recorded last.

use super::entries::{Counted, Stretch, stretch};
use super::{CapTally, EntryTally};
use crate::points::Points;
use crate::rubric::{Indicator, Rubric};
use crate::sheet::{Cell, Sheet};

/// Applies an indicator's caps, innermost first: a cap sees what an inner one left of its rules.
pub(super) fn apply(
    rubric: &Rubric,
    indicator: &Indicator,
    cell: &Cell,
    entries: &mut [EntryTally],
) -> Vec<CapTally> {
    let mut tallies = Vec::with_capacity(indicator.caps.len());
    for (cap_idx, rule_idxs) in indicator.caps_innermost_first() {
        let cap = &indicator.caps[cap_idx];
        let mut members: Vec<(Stretch, &mut EntryTally)> = Vec::new();
        for tally in entries.iter_mut() {
            let entry = &cell.entries[tally.entry_idx];
            if rule_idxs.contains(&entry.rule_idx) {
                members.push((stretch(rubric, cap.per, entry.deduction.date), tally));
            }
        }
        let before = members.iter().map(|it| it.1.left).sum();
        bound(&mut members, cap.at_most);
        let after = members.iter().map(|it| it.1.left).sum();
        tallies.push(CapTally { cap_idx, before, after });
    }
    tallies
}

/// Applies the caps over several indicators, as written, to what the indicators' own left.
pub(super) fn apply_shared(rubric: &Rubric, sheet: &Sheet, counted: &mut [Counted]) {
    for (cap_idx, cap) in rubric.caps.iter().enumerate() {
        let mut members: Vec<(Stretch, &mut EntryTally)> = Vec::new();
        let mut ids = Vec::new();
        let before: Vec<Points> =
            counted.iter().map(|it| it.entries.iter().map(|it| it.left).sum()).collect();
        for ((indicator, cell), counted) in rubric.indicators().zip(&sheet.cells).zip(counted.iter_mut()) {
            // What does not concern the unit must not use up what others may lose.
            if !cell.is_concerned() {
                continue;
            }
            for tally in &mut counted.entries {
                let entry = &cell.entries[tally.entry_idx];
                let rule = &indicator.rules[entry.rule_idx].id;
                if cap.over.iter().any(|it| it.indicator == indicator.id && it.rule == *rule) {
                    ids.push((&entry.id, members.len()));
                    members.push((stretch(rubric, cap.per, entry.deduction.date), tally));
                }
            }
        }
        ids.sort();
        let mut slots: Vec<Option<(Stretch, &mut EntryTally)>> = members.into_iter().map(Some).collect();
        let mut in_order: Vec<(Stretch, &mut EntryTally)> =
            ids.into_iter().filter_map(|(_, idx)| slots[idx].take()).collect();
        bound(&mut in_order, cap.at_most);
        for (counted, before) in counted.iter_mut().zip(before) {
            let relief = before - counted.entries.iter().map(|it| it.left).sum();
            if !relief.is_zero() {
                counted.shared_caps.push((cap_idx, relief));
            }
        }
    }
}

/// Takes what the entries of one stretch of time exceed a cap by from those recorded last.
fn bound(entries: &mut [(Stretch, &mut EntryTally)], at_most: Points) {
    let mut used: Vec<(Stretch, Points)> = Vec::new();
    for (stretch, tally) in entries {
        let known = used.iter().position(|it| it.0 == *stretch);
        let used_idx = known.unwrap_or_else(|| {
            used.push((*stretch, Points::ZERO));
            used.len() - 1
        });
        let used = &mut used[used_idx].1;
        tally.left = tally.left.min(at_most - *used);
        *used += tally.left;
    }
}

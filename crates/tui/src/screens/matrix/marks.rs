//! The units that are marked, to do something to all of them at once.

use std::collections::BTreeSet;

use kaohe_core::{Ledger, UnitId};

/// Marked units, by their ids: so they outlast a roster that is replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    ids: BTreeSet<UnitId>,
    /// Counts the changes, so that what shows by the marks is known to be of now.
    version: u64,
}

impl Marks {
    pub(in crate::screens) fn version(&self) -> u64 {
        self.version
    }

    pub(in crate::screens) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(in crate::screens) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(in crate::screens) fn contains(&self, id: &UnitId) -> bool {
        self.ids.contains(id)
    }

    pub(super) fn toggle(&mut self, id: &UnitId) {
        self.version += 1;
        if !self.ids.remove(id) {
            self.ids.insert(id.clone());
        }
    }

    /// Marks all of these, or takes their marks away where all have one.
    pub(super) fn toggle_all<'l>(&mut self, ids: impl Iterator<Item = &'l UnitId> + Clone) {
        self.version += 1;
        if ids.clone().all(|it| self.ids.contains(it)) {
            for id in ids {
                self.ids.remove(id);
            }
        } else {
            self.ids.extend(ids.cloned());
        }
    }

    pub(super) fn clear(&mut self) {
        self.version += 1;
        self.ids.clear();
    }

    /// Returns the marked units that are in the roster, in its order.
    pub(super) fn unit_idxs(&self, ledger: &Ledger) -> Vec<usize> {
        let mut idxs: Vec<usize> = self.ids.iter().filter_map(|it| ledger.find_unit(it.as_str())).collect();
        idxs.sort_unstable();
        idxs
    }

    /// Forgets units that the roster no longer has.
    pub(super) fn keep_known(&mut self, ledger: &Ledger) {
        self.version += 1;
        self.ids.retain(|it| ledger.find_unit(it.as_str()).is_some_and(|idx| ledger.unit(idx).id == *it));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marking_all_again_takes_the_marks_away() {
        let ids: Vec<UnitId> = vec!["A".into(), "B".into(), "C".into()];
        let mut marks = Marks::default();
        marks.toggle(&ids[1]);
        marks.toggle_all(ids.iter());
        assert_eq!(marks.len(), 3);
        // What is not among them keeps its mark.
        marks.toggle_all(ids.iter().take(2));
        assert!(marks.contains(&ids[2]) && marks.len() == 1);
        marks.clear();
        assert!(marks.is_empty());
    }
}

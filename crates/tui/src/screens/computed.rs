//! What a screen shows of many units, computed once for each state of the year and not for each frame.

use kaohe_core::Ledger;

use crate::world::{Version, World};

/// Something computed from the year, and from what `B` says is to be shown of it. Every update ends with
/// [`Computed::catch_up`], so that drawing only reads.
#[derive(Clone, Debug)]
pub(super) struct Computed<B, T> {
    /// What it was computed from; none before the first time.
    basis: Option<(Version, B)>,
    value: T,
}

impl<B, T: Default> Default for Computed<B, T> {
    fn default() -> Computed<B, T> {
        Computed { basis: None, value: T::default() }
    }
}

impl<B: PartialEq, T> Computed<B, T> {
    /// Computes it anew where the year, or what is to be shown of it, is no longer what it was.
    pub(super) fn catch_up(&mut self, world: &World, of: B, compute: impl FnOnce(&Ledger) -> T) {
        let Some(ledger) = world.ledger() else { return };
        let basis = (world.version(), of);
        if self.basis.as_ref() != Some(&basis) {
            self.value = compute(ledger);
            self.basis = Some(basis);
        }
    }

    pub(super) fn get(&self) -> &T {
        &self.value
    }
}

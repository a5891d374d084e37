//! Columns that the person has made wider or narrower by dragging an edge in the header.

use std::collections::BTreeMap;

/// By how many cells each column is wider, by class; and the edge that is being dragged.
#[derive(Clone, Debug, Default)]
pub(super) struct Widened {
    by: BTreeMap<(usize, usize), i16>,
    /// Class, column, and where the mouse is.
    dragged: Option<(usize, usize, u16)>,
}

impl Widened {
    /// Returns by how many cells a column is wider.
    pub(super) fn of(&self, rubric_idx: usize, column: usize) -> i16 {
        self.by.get(&(rubric_idx, column)).copied().unwrap_or(0)
    }

    /// Takes hold of a column's right edge.
    pub(super) fn take(&mut self, rubric_idx: usize, column: usize, x: u16) {
        self.dragged = Some((rubric_idx, column, x));
    }

    /// Moves the edge that is held.
    pub(super) fn drag(&mut self, x: u16) {
        let Some((rubric_idx, column, before)) = self.dragged else { return };
        let moved = i32::from(x) - i32::from(before);
        let by = self.by.entry((rubric_idx, column)).or_default();
        *by = i16::try_from(i32::from(*by) + moved).unwrap_or(*by).clamp(-60, 60);
        self.dragged = Some((rubric_idx, column, x));
    }

    /// Lets go.
    pub(super) fn release(&mut self) {
        self.dragged = None;
    }
}

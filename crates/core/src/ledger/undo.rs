//! What undo and redo would do next. The stacks are folded from the records like everything else, so they
//! survive a restart; each writer undoes only what they did themselves.

use super::Ledger;
use crate::change::Change;
use crate::id::WriterId;

/// One step back or forth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undoable {
    /// Number of the writer's record that is taken back or done again.
    pub of: u64,
    /// The change that does it.
    pub change: Change,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Stacks {
    undo: Vec<Undoable>,
    redo: Vec<Undoable>,
}

impl Stacks {
    pub(super) fn did(&mut self, of: u64, inverse: Change) {
        self.undo.push(Undoable { of, change: inverse });
        self.redo.clear();
    }

    pub(super) fn undid(&mut self, of: u64, inverse: Change) {
        self.undo.retain(|it| it.of != of);
        self.redo.push(Undoable { of, change: inverse });
    }

    pub(super) fn redid(&mut self, of: u64, inverse: Change) {
        self.redo.retain(|it| it.of != of);
        self.undo.push(Undoable { of, change: inverse });
    }
}

impl Ledger {
    /// Returns what undo would do next for this writer.
    pub fn next_undo(&self, writer: &WriterId) -> Option<&Undoable> {
        self.stacks.get(writer)?.undo.last()
    }

    /// Returns what redo would do next for this writer.
    pub fn next_redo(&self, writer: &WriterId) -> Option<&Undoable> {
        self.stacks.get(writer)?.redo.last()
    }
}

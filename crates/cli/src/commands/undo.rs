//! `kaohe undo` and `kaohe redo`: one step back or forth, said in words.

use kaohe_exchange::{clean, words};

use crate::failure::Failure;
use crate::output::say;
use crate::session::Session;
use crate::time::now;

/// Takes back what this person did last.
pub(crate) fn undo(session: &Session) -> Result<(), Failure> {
    let mut year = session.open()?;
    let before = year.ledger().clone();
    let record = year.undo(now())?;
    say(&clean(&words::undone(&before, &record.change)))
}

/// Does again what this person undid last.
pub(crate) fn redo(session: &Session) -> Result<(), Failure> {
    let mut year = session.open()?;
    let before = year.ledger().clone();
    let record = year.redo(now())?;
    say(&clean(&words::redone(&before, &record.change)))
}

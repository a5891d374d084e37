//! `kaohe undo` and `kaohe redo`: one step back or forth, said in words.

use kaohe_core::Refusal;
use kaohe_exchange::{clean, words};
use kaohe_store::RecordError;
use kaohe_tui::text::faults;

use crate::failure::Failure;
use crate::output::say;
use crate::session::Session;
use crate::time::now;

/// Takes back what this person did last.
pub(crate) fn undo(session: &Session) -> Result<(), Failure> {
    let mut year = session.open()?;
    let before = year.ledger().clone();
    let record = year.undo(now()).map_err(|it| nothing(session, "撤销", it))?;
    say(&clean(&words::undone(&before, &record.change)))
}

/// Does again what this person undid last.
pub(crate) fn redo(session: &Session) -> Result<(), Failure> {
    let mut year = session.open()?;
    let before = year.ledger().clone();
    let record = year.redo(now()).map_err(|it| nothing(session, "重做", it))?;
    say(&clean(&words::redone(&before, &record.change)))
}

fn nothing(session: &Session, what: &str, error: RecordError) -> Failure {
    match error {
        RecordError::Refused(Refusal::NothingToUndo | Refusal::NothingToRedo) => {
            let by = &session.by;
            Failure::store(format!("没有可以{what}的操作：这里只{what}“{by}”在这台机器上做的。"))
        }
        RecordError::Refused(_) => Failure::store(faults::step_error(&error, what)),
        RecordError::Misfits(_) | RecordError::Damaged | RecordError::Store(_) => error.into(),
    }
}

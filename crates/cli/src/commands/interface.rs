//! `kaohe` without a command, and `kaohe demo`: the screens.

use std::path::PathBuf;

use directories::UserDirs;
use kaohe_store::StoreError;
use kaohe_tui::text::faults;
use kaohe_tui::{Options, RunError, Start};

use crate::failure::Failure;
use crate::output::warn;
use crate::session::Session;

/// Opens the screens.
pub(crate) fn open(session: &Session) -> Result<(), Failure> {
    run(session, Start::Year)
}

/// Opens the screens on a sample year in a temporary folder.
pub(crate) fn demo(session: &Session) -> Result<(), Failure> {
    run(session, Start::Demo)
}

/// Returns where people look for what they have exported: among their documents, else in the folder that they are in.
fn export_to() -> PathBuf {
    let documents =
        UserDirs::new().and_then(|it| it.document_dir().map(PathBuf::from)).filter(|it| it.is_dir());
    documents.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}

fn run(session: &Session, start: Start) -> Result<(), Failure> {
    if !kaohe_tui::terminal::is_tty() {
        return Err(Failure::usage(
            "界面只能在终端里打开，而输入或输出不是终端。要在脚本里使用，请带上命令：kaohe --help 列出全部命令。",
        ));
    }
    let options = Options {
        data: session.data.clone(),
        year: session.year,
        by: session.by.clone(),
        start,
        export_to: export_to(),
    };
    let no_backup = kaohe_tui::run(&options).map_err(|error| match error {
        RunError::Store(error) => error.into(),
        RunError::Terminal(source) => {
            let error = StoreError::Write { path: PathBuf::from("终端"), source };
            Failure::store(faults::store_error(&error))
        }
    })?;
    if let Some(error) = no_backup {
        warn(&faults::no_backup(&error));
    }
    Ok(())
}

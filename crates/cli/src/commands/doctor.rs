//! `kaohe doctor`: all that whoever helps will ask about this machine, on one page.

mod folder;
mod program;
mod settings;
mod terminal;

use kaohe_exchange::{Column, Table, Value};

use crate::failure::Failure;
use crate::output::TableOutput;
use crate::session::Session;

/// The page, as it grows.
struct Page {
    table: Table,
    part: &'static str,
}

impl Page {
    /// Adds a line without anything to say about it.
    fn add(&mut self, what: &str, found: impl Into<String>) {
        self.note(what, found, "");
    }

    /// Adds a line with what it means, or what to do.
    fn note(&mut self, what: &str, found: impl Into<String>, note: &str) {
        let cells = [self.part.to_owned(), what.to_owned(), found.into(), note.to_owned()];
        self.table.rows.push(cells.map(Value::text).to_vec());
    }
}

/// Prints the page; nothing that it finds is a failure.
pub(crate) fn doctor(session: &Session, output: &TableOutput) -> Result<(), Failure> {
    let columns = ["部分", "项目", "情况", "说明"].map(Column::text).to_vec();
    let mut page = Page { table: Table::new(columns), part: "程序" };
    program::look(&mut page);
    page.part = "终端";
    terminal::look(&mut page);
    page.part = "数据";
    folder::look(&mut page, session);
    page.part = "设置";
    settings::look(&mut page, session);
    output.table(&page.table)
}

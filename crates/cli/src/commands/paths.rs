//! `kaohe paths`: where everything lies.

use kaohe_exchange::{Column, Table, Value};
use kaohe_store::StoreError;

use crate::failure::Failure;
use crate::output::TableOutput;
use crate::session::{Session, settings_path};

/// Prints the data folder and the folder of each year.
pub(crate) fn paths(session: &Session, output: &TableOutput) -> Result<(), Failure> {
    let years = match session.year {
        Some(year) => vec![session.data.pick_year(Some(year))?],
        None => session.data.years()?,
    };
    let mut table = Table::new(vec![Column::text("项目"), Column::text("位置")]);
    let mut add = |name: String, path: String| table.rows.push(vec![Value::text(name), Value::text(path)]);
    let absolute = std::path::absolute(session.data.path());
    let data =
        absolute.map_err(|source| StoreError::Read { path: session.data.path().to_owned(), source })?;
    add("数据文件夹".to_owned(), data.display().to_string());
    if let Some(settings) = settings_path() {
        add("个人设置".to_owned(), settings.display().to_string());
    }
    for year in years {
        add(format!("{year} 年"), data.join(format!("{year:04}")).display().to_string());
    }
    output.table(&table)
}

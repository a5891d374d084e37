//! `kaohe export`: a whole year, to keep or to hand on.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kaohe_exchange::tables::YearTable;
use kaohe_exchange::{Encoding, to_csv};
use kaohe_store::{StoreError, write_file};

use crate::at::AtArg;
use crate::commands::feedback::{self, FeedbackArgs, FeedbackFormat};
use crate::failure::Failure;
use crate::output::{CsvEncoding, say, to_stdout};
use crate::session::{Session, warn_of_lost};
use crate::time::local;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// Everything, in one file that can be read back.
    Ron,
    /// A folder of tables.
    Csv,
    /// A workbook.
    Xlsx,
    /// A Word document.
    Docx,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    #[arg(
        long,
        value_enum,
        value_name = "格式",
        help = "ron：全部数据，一个文件，可用 import year 读回；\ncsv：一个文件夹的表格；\nxlsx、docx：加上 --unit，一个单位的失分明细"
    )]
    format: ExportFormat,
    #[arg(short, long, value_name = "位置", help = "ron 的文件（不写就输出到屏幕）；csv 的文件夹")]
    output: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "编码", help = "CSV 的编码：utf8（默认）或 gb18030")]
    encoding: Option<CsvEncoding>,
    #[command(flatten)]
    one_unit: FeedbackArgs,
    #[command(flatten)]
    at: AtArg,
}

/// Writes a year, or what one unit lost.
pub(crate) fn export(session: &Session, args: &ExportArgs) -> Result<(), Failure> {
    let output = args.output.as_deref().filter(|it| it.as_os_str() != "-");
    if args.one_unit.is_given() {
        let format = match args.format {
            ExportFormat::Xlsx => FeedbackFormat::Xlsx,
            ExportFormat::Docx => FeedbackFormat::Docx,
            ExportFormat::Ron | ExportFormat::Csv => {
                return Err(Failure::usage("--unit 写出失分明细：请用 --format xlsx 或 --format docx。"));
            }
        };
        if args.encoding.is_some() {
            return Err(Failure::usage("--encoding 只用于 --format csv。"));
        }
        return feedback::export(session, &args.one_unit, format, output, &args.at);
    }
    match (args.format, output) {
        (ExportFormat::Ron, _) if args.encoding.is_some() => {
            Err(Failure::usage("--encoding 只用于 --format csv。"))
        }
        (ExportFormat::Ron, output) => export_ron(session, output, &args.at),
        (ExportFormat::Csv, Some(folder)) => {
            let encoding = args.encoding.map_or(Encoding::Utf8, Encoding::from);
            export_csv(session, folder, encoding, &args.at)
        }
        (ExportFormat::Xlsx | ExportFormat::Docx, _) => {
            Err(Failure::usage("--format xlsx 和 docx 写出一个单位的失分明细：请加上 --unit 单位。"))
        }
        (ExportFormat::Csv, None) => {
            Err(Failure::usage("--format csv 写出几个文件：请用 -o 指定放它们的文件夹。"))
        }
    }
}

fn export_ron(session: &Session, file: Option<&Path>, at: &AtArg) -> Result<(), Failure> {
    let year = session.data.pick_year(session.year)?;
    let snapshot = match at.as_of() {
        None => session.data.snapshot(year)?,
        Some(as_of) => {
            let (snapshot, lost) = session.data.snapshot_as_of(year, &as_of)?;
            warn_of_lost(&lost);
            snapshot
        }
    };
    match file {
        Some(file) => Ok(write_file(file, snapshot.as_bytes())?),
        None => to_stdout(snapshot.as_bytes()),
    }
}

fn export_csv(session: &Session, folder: &Path, encoding: Encoding, at: &AtArg) -> Result<(), Failure> {
    let view = session.view(at)?;
    let create = |source| StoreError::Write { path: folder.to_owned(), source };
    fs::create_dir_all(folder).map_err(create)?;
    for table in YearTable::ALL {
        let csv = to_csv(&table.of(&view.ledger, &view.records, &local), encoding);
        write_file(&folder.join(format!("{}.csv", table.name())), &csv)?;
    }
    say(&format!("已写出 {} 个表格：{}", YearTable::ALL.len(), folder.display()))
}

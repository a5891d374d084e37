//! `kaohe export`: a whole year, to keep or to hand on.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kaohe_exchange::tables::YearTable;
use kaohe_exchange::{About, Encoding, Workbook, clean, to_csv};
use kaohe_store::{View, snapshot_digest};

use crate::at::AtArg;
use crate::commands::feedback::{self, FeedbackArgs, FeedbackFormat};
use crate::failure::Failure;
use crate::output::{CsvEncoding, make_folder, say, to_file, to_stdout};
use crate::progress::Progress;
use crate::session::{Session, warn_of_lost};
use crate::time::{local, local_now};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// Everything, in one file that can be read back.
    Ron,
    /// A folder of tables.
    Csv,
    /// A workbook: rankings, scores, 考核表 of every unit and more; or what one unit lost.
    Xlsx,
    /// A Word document of what one unit lost.
    Docx,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    #[arg(
        long,
        value_enum,
        value_name = "格式",
        help = "ron：全部数据，一个文件，可用 import year 读回；\ncsv：一个文件夹的表格；xlsx：一个工作簿（Excel、WPS）；\nxlsx、docx 加上 --unit：一个单位的失分明细"
    )]
    format: ExportFormat,
    #[arg(
        short,
        long,
        value_name = "位置",
        help = "ron、xlsx 的文件（ron 不写就输出到屏幕）；\ncsv 的文件夹"
    )]
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
        (ExportFormat::Ron | ExportFormat::Xlsx, _) if args.encoding.is_some() => {
            Err(Failure::usage("--encoding 只用于 --format csv。"))
        }
        (ExportFormat::Ron, output) => export_ron(session, output, &args.at),
        (ExportFormat::Csv, Some(folder)) => {
            let encoding = args.encoding.map_or(Encoding::Utf8, Encoding::from);
            export_csv(session, folder, encoding, &args.at)
        }
        (ExportFormat::Xlsx, Some(file)) => export_xlsx(session, file, &args.at),
        (ExportFormat::Xlsx, None) => {
            Err(Failure::usage("--format xlsx 写出的是文件：请用 -o 文件名.xlsx 指定。"))
        }
        (ExportFormat::Docx, _) => {
            Err(Failure::usage("--format docx 写出一个单位的失分明细：请加上 --unit 单位。"))
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
        Some(file) => to_file(file, snapshot.as_bytes()).map(drop),
        None => to_stdout(snapshot.as_bytes()),
    }
}

fn export_csv(session: &Session, folder: &Path, encoding: Encoding, at: &AtArg) -> Result<(), Failure> {
    let view = session.view(at)?;
    make_folder(folder)?;
    let mut progress = Progress::new(YearTable::ALL.len());
    for (n_done, table) in YearTable::ALL.into_iter().enumerate() {
        progress.at(n_done, table.name());
        let csv = to_csv(&table.of(&view.ledger, &view.records, &local), encoding);
        to_file(&folder.join(format!("{}.csv", table.name())), &csv)?;
    }
    drop(progress);
    say(&format!("已写出 {} 个表格：{}", YearTable::ALL.len(), folder.display()))
}

fn export_xlsx(session: &Session, file: &Path, at: &AtArg) -> Result<(), Failure> {
    let is_xlsx = file.extension().is_some_and(|it| it.eq_ignore_ascii_case("xlsx"));
    if !is_xlsx {
        let shown = clean(&file.display().to_string());
        return Err(Failure::usage(format!("{shown} 不是 .xlsx：工作簿的文件名请以 .xlsx 结尾。")));
    }
    let year = session.data.pick_year(session.year)?;
    let digest = digest(session, year, at);
    // The records themselves are not asked for, and are as large as the ledger.
    let View { ledger, damage, .. } = session.view(at)?;
    let digest = if damage.is_empty() { digest } else { String::new() };
    let about = About { year, by: session.by.clone(), at: local_now(), as_of: at.words(), digest };
    let mut workbook = Workbook::new(&ledger, about);
    let mut progress = Progress::new(workbook.n_steps());
    let bytes = loop {
        progress.at(workbook.n_done(), workbook.next_name());
        if let Some(bytes) = workbook.step(&ledger, &local).map_err(|it| Failure::store(format!("{it}。")))?
        {
            break bytes;
        }
    };
    drop(progress);
    let file = to_file(file, &bytes)?;
    say(&clean(&format!("已写出工作簿：{}", file.display())))
}

/// Returns the digest of what the export rests on; none where its files cannot be read as text.
fn digest(session: &Session, year: u16, at: &AtArg) -> String {
    let digest = match at.as_of() {
        None => session.data.digest(year).ok(),
        Some(as_of) => {
            session.data.snapshot_as_of(year, &as_of).ok().map(|(snapshot, _)| snapshot_digest(&snapshot))
        }
    };
    digest.unwrap_or_default()
}

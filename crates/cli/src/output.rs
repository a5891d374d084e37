//! Where a command's result goes: to stdout, or whole or not at all to a file.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kaohe_exchange::{Encoding, Table, clean, to_csv, to_json, to_ron, to_text, to_xlsx};
use kaohe_store::{StoreError, write_file_or_beside};
use kaohe_tui::text::faults;

use crate::failure::Failure;
use crate::time::local_now;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lined up, for people.
    Table,
    /// For spreadsheets.
    Csv,
    /// For other programs.
    Json,
    /// For other programs.
    Ron,
    /// A workbook, for spreadsheets.
    Xlsx,
}

/// In which encoding CSV is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CsvEncoding {
    /// With a byte-order mark.
    Utf8,
    /// As some older systems want it.
    Gb18030,
}

impl From<CsvEncoding> for Encoding {
    fn from(encoding: CsvEncoding) -> Encoding {
        match encoding {
            CsvEncoding::Utf8 => Encoding::Utf8,
            CsvEncoding::Gb18030 => Encoding::Gb18030,
        }
    }
}

/// Suffixes of workbooks and documents in other formats, which rows are not written as.
const FOREIGN: [&str; 8] = ["xlsm", "xls", "ods", "et", "pdf", "docx", "doc", "wps"];
/// The suffix of workbooks.
const XLSX: &str = "xlsx";

/// Options of commands that print text.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct TextOutput {
    #[arg(short, long, value_name = "文件", help = "写入文件，不在屏幕上显示")]
    output: Option<PathBuf>,
}

/// Options of commands that print rows.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct TableOutput {
    #[command(flatten)]
    to: TextOutput,
    #[arg(
        long,
        value_enum,
        value_name = "格式",
        help = "table、csv、json、ron 或 xlsx。默认 table；\n-o 的文件名以 .csv、.json、.ron、.xlsx 结尾时按后缀"
    )]
    format: Option<Format>,
    #[arg(long, value_enum, value_name = "编码", help = "CSV 的编码：utf8（默认）或 gb18030")]
    encoding: Option<CsvEncoding>,
}

impl TextOutput {
    /// Writes a text.
    pub fn text(&self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        match self.path() {
            Some(path) => to_file(path, bytes).map(drop),
            None => to_stdout(bytes),
        }
    }

    fn path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|it| it.as_os_str() != "-")
    }
}

impl TableOutput {
    /// Says whether a format was asked for, by its name or that of the file.
    pub fn is_format_given(&self) -> bool {
        self.format.is_some() || self.to.path().is_some()
    }

    /// Writes rows.
    pub fn table(&self, table: &Table) -> Result<(), Failure> {
        self.table_with_note(table, "")
    }

    /// Writes rows, and below them a note where people read it.
    pub fn table_with_note(&self, table: &Table, note: &str) -> Result<(), Failure> {
        self.table_or_text(table, || match note {
            "" => to_text(table),
            note => format!("{}\n{note}\n", to_text(table)),
        })
    }

    /// Writes rows for programs, or the text where people read it.
    pub fn table_or_text(&self, table: &Table, text: impl FnOnce() -> String) -> Result<(), Failure> {
        let format = self.format()?;
        if self.encoding.is_some() && format != Format::Csv {
            return Err(Failure::usage("--encoding 只用于 CSV：请加上 --format csv。"));
        }
        match format {
            Format::Table => self.to.text(&text()),
            Format::Csv => {
                let encoding = self.encoding.map_or(Encoding::Utf8, Encoding::from);
                self.to.bytes(&to_csv(table, encoding))
            }
            Format::Json => self.to.text(&to_json(table)),
            Format::Ron => self.to.text(&to_ron(table)),
            Format::Xlsx => self.workbook(table),
        }
    }

    /// Writes rows as a workbook; its sheet is named after the file.
    fn workbook(&self, table: &Table) -> Result<(), Failure> {
        let Some(path) = self.to.path() else {
            return Err(Failure::usage("--format xlsx 写出的是文件：请用 -o 文件名.xlsx 指定。"));
        };
        let name = path.file_stem().map(|it| clean(&it.to_string_lossy())).unwrap_or_default();
        let bytes =
            to_xlsx(table, &name, "kaohe", local_now()).map_err(|it| Failure::store(format!("{it}。")))?;
        self.to.bytes(&bytes)
    }

    /// Returns the format that was asked for, else that of the file's suffix, else the table.
    fn format(&self) -> Result<Format, Failure> {
        let suffix =
            self.to.path().and_then(|it| it.extension()).and_then(|it| it.to_str()).unwrap_or_default();
        // A table under such a name would be opened by a program that cannot read it.
        let is_foreign = FOREIGN.iter().any(|it| it.eq_ignore_ascii_case(suffix));
        if is_foreign {
            return Err(Failure::usage(format!(
                "不能写 .{suffix} 文件：能写 xlsx、csv、json、ron 和文本表格，表格软件请用 -o 文件名.xlsx。"
            )));
        }
        let is_xlsx = suffix.eq_ignore_ascii_case(XLSX);
        let is_other = self.format.is_some_and(|it| is_xlsx != (it == Format::Xlsx));
        if is_other && (is_xlsx || self.format == Some(Format::Xlsx) && !suffix.is_empty()) {
            return Err(Failure::usage(format!(
                "--format 与文件名 .{suffix} 对不上：工作簿请用 --format xlsx 和 .xlsx，或去掉 --format 按后缀写。"
            )));
        }
        Ok(self.format.or_else(|| Format::from_str(suffix, true).ok()).unwrap_or(Format::Table))
    }
}

/// Writes a file, and returns where. Where another program holds it, or it is read-only, it is left as it is, and the result
/// lies beside it under a name with the time, which is said.
pub(crate) fn to_file(path: &Path, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let Some(beside) = write_file_or_beside(path, bytes, local_now())? else { return Ok(path.to_owned()) };
    let (held, shown) = (path.display(), beside.display());
    let why = if path.is_dir() {
        "是已有的文件夹"
    } else {
        "正被别的程序（如 WPS、Excel）打开，或是只读的"
    };
    warn(&clean(&format!("提示：{held} {why}，没有动它：结果写在旁边的 {shown}。")));
    Ok(beside)
}

/// Makes a folder that results go to, unless there is one.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    if folder.is_file() {
        let shown = folder.display();
        let message = format!("{shown} 是已有的文件，而这里要放几个文件，没有动它：请用 -o 换一个文件夹名。");
        return Err(Failure::store(clean(&message)));
    }
    let error = |source| StoreError::Write { path: folder.to_owned(), source };
    Ok(fs::create_dir_all(folder).map_err(error)?)
}

/// Writes to stdout. That the reader has closed it already is no failure.
pub(crate) fn to_stdout(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let error = StoreError::Write { path: PathBuf::from("标准输出"), source: error };
            Err(Failure::store(faults::store_error(&error)))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints a line that says what was done.
pub(crate) fn say(line: &str) -> Result<(), Failure> {
    to_stdout(format!("{line}\n").as_bytes())
}

/// Prints a line on stderr that refuses nothing.
pub(crate) fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

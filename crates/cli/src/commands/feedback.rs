//! `kaohe export --unit`: 失分明细, a sheet for each unit that is named.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kaohe_core::Unit;
use kaohe_exchange::{clean, feedback};
use kaohe_store::View;

use crate::at::AtArg;
use crate::failure::Failure;
use crate::names;
use crate::output::{make_folder, say, to_file};
use crate::session::Session;
use crate::time::today;

/// The most characters of a unit's name that its file is called by; file systems have limits.
const MAX_NAME: usize = 40;

/// Options of a sheet for one unit.
#[derive(Debug, clap::Args)]
pub(crate) struct FeedbackArgs {
    #[arg(
        long = "unit",
        value_name = "单位",
        help = "只写这个单位的失分明细（编号或全名）；可写几次，\n这时 -o 是放它们的文件夹。不写 -o 就放在当前文件夹"
    )]
    units: Vec<String>,
}

/// What a sheet is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FeedbackFormat {
    /// A workbook.
    Xlsx,
    /// A Word document.
    Docx,
}

impl FeedbackArgs {
    /// Says whether a sheet was asked for.
    pub fn is_given(&self) -> bool {
        !self.units.is_empty()
    }
}

impl FeedbackFormat {
    fn suffix(self) -> &'static str {
        match self {
            FeedbackFormat::Xlsx => "xlsx",
            FeedbackFormat::Docx => "docx",
        }
    }
}

/// Writes a sheet, or a folder of them.
pub(crate) fn export(
    session: &Session,
    args: &FeedbackArgs,
    format: FeedbackFormat,
    output: Option<&Path>,
    at: &AtArg,
) -> Result<(), Failure> {
    let view = session.view(at)?;
    let mut unit_idxs = Vec::new();
    for given in &args.units {
        let unit_idx = names::unit(&view.ledger, given)?;
        // Named twice, it is still one sheet.
        if !unit_idxs.contains(&unit_idx) {
            unit_idxs.push(unit_idx);
        }
    }
    let day = today();
    if let [unit_idx] = unit_idxs[..] {
        let unit = view.ledger.unit(unit_idx);
        let path = match output {
            Some(folder) if folder.is_dir() => folder.join(file_name(unit, format)),
            Some(file) => file.to_owned(),
            None => PathBuf::from(file_name(unit, format)),
        };
        check_suffix(&path, format)?;
        let path = to_file(&path, &sheet(&view, unit_idx, format, day))?;
        return say(&clean(&format!("已写出{}的失分明细：{}", unit.name, path.display())));
    }
    let folder = output.unwrap_or(Path::new("."));
    if !folder.is_dir() && is_named_as_result(folder) {
        return Err(Failure::usage(clean(&format!(
            "写出 {} 个单位的失分明细，-o 要写文件夹，{} 像是文件名：请去掉后缀，或一次只写一个 --unit。",
            unit_idxs.len(),
            folder.display()
        ))));
    }
    make_folder(folder)?;
    for &unit_idx in &unit_idxs {
        let path = folder.join(file_name(view.ledger.unit(unit_idx), format));
        to_file(&path, &sheet(&view, unit_idx, format, day))?;
    }
    say(&clean(&format!("已写出 {} 个单位的失分明细：{}", unit_idxs.len(), folder.display())))
}

/// Refuses a name by which another program would open the file than the one that can read it.
fn check_suffix(file: &Path, format: FeedbackFormat) -> Result<(), Failure> {
    if !is_named_as_result(file) || has_suffix(file, format) {
        return Ok(());
    }
    let (shown, wanted) = (file.display(), format.suffix());
    Err(Failure::usage(clean(&format!(
        "--format {wanted} 与文件名 {shown} 对不上：请用 -o 文件名.{wanted}，或换 --format。"
    ))))
}

/// Says whether a name is that of a workbook or of a Word document.
fn is_named_as_result(path: &Path) -> bool {
    [FeedbackFormat::Xlsx, FeedbackFormat::Docx].into_iter().any(|it| has_suffix(path, it))
}

fn has_suffix(path: &Path, format: FeedbackFormat) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case(format.suffix()))
}

fn sheet(view: &View, unit_idx: usize, format: FeedbackFormat, made_on: Date) -> Vec<u8> {
    let facts = feedback::feedback_facts(&feedback::FeedbackIn {
        ledger: &view.ledger,
        name: &view.year.title,
        mark: &view.year.mark,
        unit_idx,
        made_on,
    });
    match format {
        FeedbackFormat::Xlsx => feedback::feedback_xlsx(&facts),
        FeedbackFormat::Docx => feedback::feedback_docx(&facts),
    }
}

/// Returns what a unit's sheet is called: `失分明细-Q02-区教育局.xlsx`. Ids tell the files apart; of the name only letters
/// and digits are taken, so that no name leads elsewhere.
fn file_name(unit: &Unit, format: FeedbackFormat) -> String {
    let name: String = unit.name.chars().filter(|it| it.is_alphanumeric()).take(MAX_NAME).collect();
    format!("失分明细-{}-{name}.{}", unit.id, format.suffix())
}

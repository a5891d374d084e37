//! `kaohe import`: deductions, self-scores and whole years.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use kaohe_core::{Change, Ledger, Record, RecordKind, Stamp, UnitId};
use kaohe_exchange::{CellFault, clean, read_entries, words};

use super::import_self::{SelfArgs, import_self};
use crate::failure::{Failure, Status};
use crate::input::{self, Given};
use crate::output::{say, to_stdout, warn};
use crate::session::Session;
use crate::time::{now, today};

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    #[command(about = "导入扣分：有一处问题就一条也不导入")]
    Entries {
        #[arg(
            value_name = "文件",
            help = "CSV 或工作簿（.xlsx、.xls、.ods）：单位,指标,规则，\n另可有 评分要点,档次,次数,分值,日期,说明,依据,事项,\n数值,任务数,倍数；- 表示标准输入"
        )]
        file: PathBuf,
        #[arg(long, help = "只检查并列出将有的变化，不导入")]
        dry_run: bool,
        #[arg(long, help = "可能重复的行也导入")]
        allow_duplicates: bool,
    },
    #[command(name = "self", about = "导入自评：填好的自评表，或自评分的表格；有一处问题就一条也不导入")]
    SelfScores(SelfArgs),
    #[command(about = "读回 kaohe export --format ron 写出的整个年度")]
    Year {
        #[arg(value_name = "文件", help = "年度数据（.ron）；- 表示标准输入")]
        file: PathBuf,
    },
}

/// Does what the command says.
pub(crate) fn run(session: &Session, command: ImportCommand) -> Result<(), Failure> {
    match command {
        ImportCommand::Entries { file, dry_run: true, allow_duplicates } => {
            preview_entries(session, &file, allow_duplicates)
        }
        ImportCommand::Entries { file, dry_run: false, allow_duplicates } => {
            import_entries(session, &file, allow_duplicates)
        }
        ImportCommand::SelfScores(args) => import_self(session, &args),
        ImportCommand::Year { file } => import_year(session, &file),
    }
}

/// Deductions that were read, with their warnings told.
fn entries(ledger: &Ledger, file: &Path, allow_duplicates: bool) -> Result<(String, Vec<Change>), Failure> {
    let given = input::read(file)?;
    let read = read_entries(&given.bytes, &given.name, ledger, today())?;
    if !read.duplicates.is_empty() && !allow_duplicates {
        let mut lines: Vec<String> = read.duplicates.iter().map(CellFault::to_string).collect();
        let n_rows = lines.len();
        lines.push(format!(
            "有 {n_rows} 行可能重复，没有改动任何内容：请删去重复的行；确要都记，加上 --allow-duplicates。"
        ));
        return Err(Failure { status: Status::Input, message: lines.join("\n") });
    }
    for warning in &read.warnings {
        warn(&format!("提示：{warning}"));
    }
    if read.n_withdrawn > 0 {
        warn(&format!("提示：{}：{} 行是已撤回的记录，没有算在内。", given.name, read.n_withdrawn));
    }
    Ok((title(&given, "导入扣分"), read.changes))
}

fn import_entries(session: &Session, file: &Path, allow_duplicates: bool) -> Result<(), Failure> {
    let mut year = session.open_to_change()?;
    let (title, changes) = entries(year.ledger(), file, allow_duplicates)?;
    if changes.is_empty() {
        return say("文件里没有扣分，没有导入任何内容");
    }
    let done = format!("导入 {} 条扣分，涉及 {} 个单位", changes.len(), units(&changes).len());
    year.record(Change::Batch { title, changes }, now())?;
    say(&done)
}

fn preview_entries(session: &Session, file: &Path, allow_duplicates: bool) -> Result<(), Failure> {
    let year = session.open_to_change()?;
    let before = year.ledger();
    let (title, changes) = entries(before, file, allow_duplicates)?;
    let mut text = String::new();
    for change in &changes {
        text.push_str(&clean(&words::change(before, change)));
        text.push('\n');
    }
    let units = units(&changes);
    let after = after(before, Change::Batch { title, changes: changes.clone() });
    for unit in &units {
        let Some(unit_idx) = before.find_unit(unit.as_str()) else { continue };
        let (from, to) = (before.score(unit_idx).score, after.score(unit_idx).score);
        text.push_str(&format!("{}：得分 {from} → {to}\n", clean(&before.unit(unit_idx).name)));
    }
    text.push_str(&format!("将导入 {} 条扣分，涉及 {} 个单位；现在没有导入\n", changes.len(), units.len()));
    to_stdout(text.as_bytes())
}

/// Returns the year as it would be after a change.
pub(super) fn after(ledger: &Ledger, change: Change) -> Ledger {
    let mut after = ledger.clone();
    let n = ledger.last().map_or(0, |it| it.n) + 1;
    let stamp = Stamp { n, writer: "preview".into() };
    let (by, machine) = (String::new(), String::new());
    after.apply(&Record { stamp, at: now(), by, machine, kind: RecordKind::Do, change });
    after
}

fn import_year(session: &Session, file: &Path) -> Result<(), Failure> {
    let given = input::read(file)?;
    if let Some(year) = session.year {
        warn(&format!("提示：--year {year} 没有作用：年度由文件决定。"));
    }
    let year = session.data.create_from_snapshot(&given.name, &given.bytes)?;
    say(&format!("已读入 {year} 年：{}", session.data.year_path(year).display()))
}

/// Returns what a batch from this file is called in the journal.
pub(super) fn title(given: &Given, what: &str) -> String {
    let name = Path::new(&given.name).file_name().map(|it| it.to_string_lossy().into_owned());
    clean(&format!("{what} {}", name.unwrap_or_default()))
}

pub(super) fn units(changes: &[Change]) -> BTreeSet<UnitId> {
    let unit = |it: &Change| match it {
        Change::Deduct(deduction) => Some(deduction.unit.clone()),
        Change::SelfScore { unit, .. } | Change::Review { unit, .. } | Change::NotApplicable { unit, .. } => {
            Some(unit.clone())
        }
        Change::Amend { .. }
        | Change::Withdraw { .. }
        | Change::Restore { .. }
        | Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Finalise { .. }
        | Change::Repair { .. }
        | Change::Reopen { .. }
        | Change::Batch { .. } => None,
    };
    changes.iter().filter_map(unit).collect()
}

//! `kaohe backups`: the backups that there are, and bringing one back.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use kaohe_core::Severity;
use kaohe_exchange::{Column, Table, Value};
use kaohe_store::{Backup, FileFault, restore};
use kaohe_tui::text::faults;

use crate::failure::Failure;
use crate::output::{TableOutput, say, warn};
use crate::session::Session;

#[derive(Debug, Subcommand)]
pub(crate) enum BackupsCommand {
    #[command(about = "列出全部备份，逐份核验")]
    List {
        #[command(flatten)]
        output: TableOutput,
    },
    #[command(about = "把一份备份恢复到新的或空的文件夹，不碰现在的数据")]
    Restore {
        #[arg(value_name = "备份", help = "备份的文件名（backups list 列出的），或别处的一份备份的路径")]
        file: PathBuf,
        #[arg(short, long, value_name = "文件夹", help = "恢复到哪里；新的或空的文件夹")]
        output: PathBuf,
    },
}

/// Does what the command says; without one, lists the backups.
pub(crate) fn run(session: &Session, command: Option<BackupsCommand>) -> Result<(), Failure> {
    match command {
        None => list(session, &TableOutput::default()),
        Some(BackupsCommand::List { output }) => list(session, &output),
        Some(BackupsCommand::Restore { file, output }) => bring_back(session, &file, &output),
    }
}

fn list(session: &Session, output: &TableOutput) -> Result<(), Failure> {
    let mut backups = session.data.backups()?;
    backups.retain(|it| session.year.is_none_or(|year| year == it.name.year));
    for backup in &backups {
        if let Err(fault) = &backup.n_records {
            warn(&format!("提示：备份 {} {}。", backup.path.display(), faults::archive_fault(fault)));
        }
    }
    let note = match backups.len() {
        0 => format!("还没有备份：有改动以后，退出时自动备份到 {}", session.data.backups_path().display()),
        _ => format!("都在 {}", session.data.backups_path().display()),
    };
    output.table_with_note(&table(&backups), &note)
}

fn table(backups: &[Backup]) -> Table {
    let mut table = Table::new(vec![
        Column::text("备份"),
        Column::text("年度"),
        Column::text("时间"),
        Column::number("大小"),
        Column::number("记录数"),
    ]);
    for backup in backups {
        let n_records = match &backup.n_records {
            Ok(n_records) => Value::Count(u64::try_from(*n_records).unwrap_or(u64::MAX)),
            Err(_) => Value::Empty,
        };
        table.rows.push(vec![
            Value::text(backup.name.to_string()),
            Value::text(format!("{:04}", backup.name.year)),
            Value::text(backup.name.at.strftime("%Y-%m-%d %H:%M").to_string()),
            Value::Count(backup.n_bytes),
            n_records,
        ]);
    }
    table
}

fn bring_back(session: &Session, file: &Path, into: &Path) -> Result<(), Failure> {
    // A name alone is one of the list.
    let listed = session.data.backups_path().join(file);
    let is_listed = file.components().count() == 1 && !file.exists() && listed.exists();
    let restored = restore(if is_listed { &listed } else { file }, into)?;
    let (year, folder) = (restored.year, restored.folder.display().to_string());
    for fault in &restored.faults {
        let file = restored.folder.join(&fault.file).display().to_string();
        warn(&faults::file_fault(&FileFault { file, ..fault.clone() }));
    }
    say(&format!("已恢复 {year} 年：{folder}\n现在的数据没有动；要用恢复的，加 --data {}", into.display()))?;
    match restored.faults.iter().filter(|it| it.severity == Severity::Error).count() {
        0 => Ok(()),
        n_errors => Err(Failure::found(format!("备份时就有 {n_errors} 处问题，已照原样恢复。"))),
    }
}

//! `kaohe units`: the roster.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use kaohe_core::{Roster, Track};
use kaohe_exchange::{read_units, tables};
use kaohe_store::{StoreError, read_roster};

use crate::failure::Failure;
use crate::input::{self, Given};
use crate::output::{TableOutput, say};
use crate::session::Session;
use crate::time::now;

#[derive(Debug, Subcommand)]
pub(crate) enum UnitsCommand {
    #[command(about = "查看名录")]
    List {
        #[command(flatten)]
        output: TableOutput,
    },
    #[command(about = "导入名录，替换现有的；有记录的单位不能去掉")]
    Import {
        #[arg(
            value_name = "文件",
            help = "CSV 或工作簿：编号,单位,类别，另可有 简称,拼音,标签,备注,停用；\n或 .ron。- 表示标准输入"
        )]
        file: PathBuf,
    },
}

/// Does what the command says.
pub(crate) fn run(session: &Session, command: UnitsCommand) -> Result<(), Failure> {
    match command {
        UnitsCommand::List { output } => list(session, &output),
        UnitsCommand::Import { file } => import(session, &file),
    }
}

fn list(session: &Session, output: &TableOutput) -> Result<(), Failure> {
    let view = session.look()?;
    let roster = view.ledger.roster();
    output.table_with_note(&tables::units_table(roster), &roster.note)
}

fn import(session: &Session, file: &Path) -> Result<(), Failure> {
    let mut year = session.open_to_change()?;
    let tracks: Vec<Track> = year.ledger().rubrics().iter().map(|it| it.track.clone()).collect();
    let roster = read(&input::read(file)?, &tracks)?;
    let of_track = |it: &Track| roster.units.iter().filter(|unit| unit.track == *it).count();
    let counts: Vec<String> = tracks.iter().map(|it| format!("{it} {}", of_track(it))).collect();
    let done = format!("导入名录 {} 个单位（{}）", roster.units.len(), counts.join("、"));
    year.replace_roster(&roster, now())?;
    say(&done)
}

/// Reads a roster: RON where the file is named so, else a table.
pub(crate) fn read(given: &Given, tracks: &[Track]) -> Result<Roster, Failure> {
    let is_ron = Path::new(&given.name).extension().is_some_and(|it| it.eq_ignore_ascii_case("ron"));
    if is_ron {
        return Ok(read_roster(&given.name, &given.bytes, tracks).map_err(StoreError::Input)?);
    }
    Ok(read_units(&given.bytes, &given.name, tracks)?)
}

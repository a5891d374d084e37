//! `kaohe init`: a new year.

use std::path::PathBuf;

use kaohe_store::{NewYear, StoreError};
use kaohe_tui::text::faults;

use super::units;
use crate::args::year;
use crate::failure::Failure;
use crate::input::{self, Given};
use crate::output::say;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    #[arg(value_name = "新年度", value_parser = year, help = "要新建的年度，如 2024")]
    new_year: u16,
    #[arg(
        long,
        value_name = "文件",
        help = "考核细则（.ron），每个类别一份，可写多次；\n默认用内置的 2023 年细则"
    )]
    rubric: Vec<PathBuf>,
    #[arg(long, value_name = "文件", help = "名录（.csv 或 .ron）；默认用内置的示例名录")]
    units: Option<PathBuf>,
    #[arg(long, value_name = "年度", value_parser = year, help = "沿用这一年的细则、名录和设置")]
    from: Option<u16>,
}

/// Creates a year, whole or not at all.
pub(crate) fn init(session: &Session, args: &InitArgs) -> Result<(), Failure> {
    if let Some(year) = session.year.filter(|it| *it != args.new_year) {
        let message = format!("新建的是 {} 年，--year 写的却是 {year}：请去掉 --year。", args.new_year);
        return Err(Failure::usage(message));
    }
    let path = session.data.year_path(args.new_year);
    if path.exists() {
        return Err(StoreError::YearExists { year: args.new_year, path }.into());
    }
    let mut new = match args.from {
        Some(earlier) => NewYear::from_year(args.new_year, &session.data, earlier)?,
        None => NewYear::builtin(args.new_year),
    };
    // Both are read before either is judged, so that all that cannot be read is said at once.
    let paths: Vec<PathBuf> = args.rubric.iter().chain(&args.units).cloned().collect();
    let mut given = input::read_all(&paths)?;
    let units = args.units.as_ref().and_then(|_| given.pop());
    if !given.is_empty() {
        let files: Vec<(String, Vec<u8>)> =
            given.into_iter().map(|Given { name, bytes }| (name, bytes)).collect();
        new = new.with_rubrics(&files)?;
    }
    if let Some(units) = units {
        let roster = units::read(&units, &new.tracks())?;
        new = new.with_roster(roster);
    }
    new.create(&session.data).map_err(|error| match error {
        StoreError::Input(faults) if args.units.is_none() => unfit(args, &faults),
        other => other.into(),
    })?;
    say(&format!("已新建 {} 年：{}", args.new_year, path.display()))
}

/// The roster that the year would start from is not for these rubrics.
fn unfit(args: &InitArgs, faults: &[kaohe_store::FileFault]) -> Failure {
    let roster = args.from.map_or("内置的示例名录".to_owned(), |it| format!("{it} 年的名录"));
    let mut lines: Vec<String> = faults.iter().map(faults::file_fault).collect();
    lines.push(format!("{roster}与给出的细则不合：请用 --units 给出名录。"));
    let mut failure = Failure::input(Vec::new());
    failure.message = format!("{}\n没有新建年度。", lines.join("\n"));
    failure
}

//! `kaohe init`: a new year.

use std::path::PathBuf;

use kaohe_core::Track;
use kaohe_store::{NewYear, StoreError};

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
        let roster = units::read(&units, &tracks(&new))?;
        new = new.with_roster(roster);
    } else if let Some(unfit) = unfit(args, &new) {
        return Err(unfit);
    }
    new.create(&session.data)?;
    let mut lines = vec![format!("已新建 {} 年：{}", args.new_year, path.display())];
    for rubric in new.rubrics() {
        let beyond = rubric.period.filter(|it| it.from.year().max(it.to.year()) != year_of(args));
        if let Some(period) = beyond {
            lines.push(format!(
                "提示：{}细则的考核期限是 {} 至 {}，不是 {} 年，日期在外的记录会逐条提示：请改 rubrics/{}.ron 里的 title 和 period。",
                rubric.track, period.from, period.to, args.new_year, rubric.id
            ));
        }
    }
    say(&lines.join("\n"))
}

fn year_of(args: &InitArgs) -> i16 {
    i16::try_from(args.new_year).unwrap_or(i16::MAX)
}

fn tracks(new: &NewYear) -> Vec<Track> {
    new.rubrics().map(|it| it.track.clone()).collect()
}

/// Says so where the roster that the year would start from is not for the rubrics that were given.
fn unfit(args: &InitArgs, new: &NewYear) -> Option<Failure> {
    let known = tracks(new);
    let stranger = new.roster().units.iter().find(|it| !known.contains(&it.track))?;
    let roster = args.from.map_or("内置的示例名录".to_owned(), |it| format!("{it} 年的名录"));
    let known: Vec<&str> = known.iter().map(Track::as_str).collect();
    let message = format!(
        "{roster}里有类别“{}”的单位，而给出的细则考核的是 {}：请用 --units 给出名录。没有新建年度。",
        stranger.track,
        known.join("、")
    );
    Some(Failure::usage(message))
}

//! `kaohe report`: a year in words and pictures, as a Word draft or as a page.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::civil::Date;
use kaohe_core::{Ledger, RankOptions, half_width};
use kaohe_exchange::{clean, read_date, report};

use crate::args::year;
use crate::at::AtArg;
use crate::failure::Failure;
use crate::output::{say, to_file, to_stdout, warn};
use crate::session::Session;
use crate::time::today;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// 通报, a Word document.
    Docx,
    /// A page with charts.
    Html,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    #[arg(
        long,
        value_enum,
        value_name = "格式",
        help = "docx：通报初稿；html：带图表的网页。\n-o 的文件名以 .docx、.html 结尾时可以不写"
    )]
    format: Option<ReportFormat>,
    #[arg(short, long, value_name = "文件", help = "写入的文件；html 可以不写，输出到屏幕")]
    output: Option<PathBuf>,
    #[arg(long, help = "未复核完的单位也按暂计得分排名，稿中注明")]
    provisional: bool,
    #[arg(long, value_name = "标题", help = "标题；默认“关于…情况的通报”")]
    title: Option<String>,
    #[arg(long, value_name = "机关", help = "发文机关；默认按细则的发文字号，认不出时留空待填")]
    office: Option<String>,
    #[arg(long, value_name = "单位", help = "主送单位；默认按细则的发文字号，认不出时留空待填")]
    to: Option<String>,
    #[arg(long, value_name = "日期", value_parser = day, help = "成文日期；默认今天")]
    date: Option<Date>,
    #[arg(long, value_name = "上年", value_parser = year, help = "与哪一年相比；默认上一年，数据文件夹里有才比")]
    with: Option<u16>,
    #[command(flatten)]
    at: AtArg,
}

/// Writes the report of a year.
pub(crate) fn report(session: &Session, args: &ReportArgs) -> Result<(), Failure> {
    let output = args.output.as_deref().filter(|it| it.as_os_str() != "-");
    let format = format(args.format, output)?;
    let view = session.view(&args.at)?;
    let before = earlier(session, args.with, view.year.year)?;
    let input = report::ReportIn {
        ledger: &view.ledger,
        year: view.year.year,
        name: &view.year.title,
        mark: &view.year.mark,
        before: before.as_ref().map(|(year, ledger)| (*year, ledger)),
        options: RankOptions { provisional: args.provisional },
        made_on: args.date.unwrap_or_else(today),
        title: args.title.as_deref(),
        office: args.office.as_deref(),
        addressees: args.to.as_deref(),
    };
    let facts = report::report_facts(&input);
    let bytes = match format {
        ReportFormat::Docx => report::circular(&facts),
        ReportFormat::Html => report::page(&facts).into_bytes(),
    };
    match output {
        Some(path) => {
            let path = to_file(path, &bytes)?;
            say(&clean(&format!("已写出“{}”：{}", facts.title, path.display())))
        }
        None => to_stdout(&bytes),
    }
}

/// Returns the format that was asked for, else that of the file's suffix.
fn format(given: Option<ReportFormat>, output: Option<&Path>) -> Result<ReportFormat, Failure> {
    let suffix = output.and_then(|it| it.extension()).and_then(|it| it.to_str()).unwrap_or_default();
    let of_suffix = match suffix.to_ascii_lowercase().as_str() {
        "docx" => Some(ReportFormat::Docx),
        "html" | "htm" => Some(ReportFormat::Html),
        _ => None,
    };
    let format = given.or(of_suffix).ok_or_else(|| {
        Failure::usage("不知道写成什么：请用 -o 通报.docx 或 -o 通报.html，或加上 --format docx|html。")
    })?;
    if format == ReportFormat::Docx && output.is_none() {
        return Err(Failure::usage("Word 文件不能显示在屏幕上：请用 -o 通报.docx 写入文件。"));
    }
    Ok(format)
}

/// Returns the year to compare with: the one that was asked for, or the one before where it can be read.
fn earlier(session: &Session, with: Option<u16>, this: u16) -> Result<Option<(u16, Ledger)>, Failure> {
    if let Some(year) = with {
        if year == this {
            return Err(Failure::usage(format!("{year} 年不能和自己比：--with 请写另一年。")));
        }
        return Ok(Some((year, session.look_at(year)?.ledger)));
    }
    let last = this.saturating_sub(1);
    if !session.data.years()?.contains(&last) {
        return Ok(None);
    }
    match session.look_at(last) {
        Ok(view) => Ok(Some((last, view.ledger))),
        Err(failure) => {
            warn(&format!("提示：{last} 年的数据读不出来，没有与上年相比。\n{}", failure.message));
            Ok(None)
        }
    }
}

fn day(text: &str) -> Result<Date, String> {
    read_date(&half_width(text)).map_err(|_| "请写日期，如 2023-12-31".to_owned())
}

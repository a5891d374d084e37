//! `kaohe forms`: a self-evaluation form for every unit, a list of them, and all of them in one archive to send.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kaohe_core::{Ledger, half_width};
use kaohe_exchange::{
    Encoding, FORM_LIST, FormAbout, clean, form_archive, form_file_names, form_list, read_date, to_csv,
    to_form, to_zip,
};
use kaohe_store::{StoreError, write_file};
use kaohe_tui::text::faults;

use crate::failure::Failure;
use crate::names;
use crate::output::{make_folder, say};
use crate::progress::Progress;
use crate::session::Session;
use crate::time::local_now;

#[derive(Debug, clap::Args)]
pub(crate) struct FormsArgs {
    #[arg(short, long, value_name = "文件夹", help = "放自评表的文件夹；没有就新建，已有的文件不覆盖")]
    output: PathBuf,
    #[arg(long, value_name = "单位", help = "只出这个单位的，可写几次；默认全部单位")]
    unit: Vec<String>,
    #[arg(long, value_name = "类别", help = "只出这个类别的，如 区直")]
    track: Option<String>,
    #[arg(long, value_name = "日期", value_parser = day, help = "报送截止的日期，印在表上（如 2023-12-10）；\n默认留空，手填")]
    due: Option<Date>,
}

fn day(text: &str) -> Result<Date, String> {
    read_date(half_width(text).trim()).map_err(|_| "请写日期，如 2023-12-10".to_owned())
}

/// Writes the forms: all of them, or none.
pub(crate) fn forms(session: &Session, args: &FormsArgs) -> Result<(), Failure> {
    let view = session.look()?;
    let ledger = &view.ledger;
    let year = session.data.pick_year(session.year)?;
    let units = units(ledger, args)?;
    if units.is_empty() {
        return Err(Failure::usage("没有要出自评表的单位：名录是空的，或这个类别没有单位。"));
    }
    let about = FormAbout { year, by: session.by.clone(), at: local_now(), due: args.due };
    let names = form_file_names(ledger, &units);
    let archive = form_archive(year);
    refuse_taken(&args.output, names.iter().map(String::as_str).chain([FORM_LIST, archive.as_str()]))?;

    let mut progress = Progress::new(units.len());
    let mut files: Vec<(String, Vec<u8>)> = Vec::with_capacity(units.len() + 2);
    for (n_done, (&unit_idx, name)) in units.iter().zip(&names).enumerate() {
        progress.at(n_done, "自评表");
        let form = to_form(ledger, unit_idx, &about).map_err(|it| Failure::store(format!("{it}。")))?;
        files.push((name.clone(), form));
    }
    files.push((FORM_LIST.to_owned(), to_csv(&form_list(ledger, &units, &names), Encoding::Utf8)));
    let zip = to_zip(&files, about.at)
        .map_err(|it| Failure::store(format!("打包没有做成：{it}。没有写出任何文件。")))?;
    files.push((archive.clone(), zip));
    write_all(&args.output, &files)?;
    drop(progress);
    let folder = args.output.display();
    say(&clean(&format!("已写出 {} 份自评表，并有 {FORM_LIST} 和打包的 {archive}：{folder}", units.len())))
}

/// Returns the places of the units that were asked for, in the order of the classes and the roster.
fn units(ledger: &Ledger, args: &FormsArgs) -> Result<Vec<usize>, Failure> {
    let named: Vec<usize> = args.unit.iter().map(|it| names::unit(ledger, it)).collect::<Result<_, _>>()?;
    let track = args.track.as_deref().map(|it| names::track(ledger, it)).transpose()?;
    let is_wanted = |unit_idx: &usize| {
        let is_named = named.is_empty() || named.contains(unit_idx);
        is_named && track.is_none_or(|it| ledger.sheet(*unit_idx).rubric_idx == it)
    };
    let all = (0..ledger.rubrics().len()).flat_map(|it| {
        // Who is retired gets a form where somebody names it.
        let retired = ledger.retired_of(it).into_iter().filter(|it| named.contains(it));
        ledger.units_of(it).into_iter().chain(retired).collect::<Vec<_>>()
    });
    Ok(all.filter(is_wanted).collect())
}

/// Refuses to write over anything, before anything is written.
fn refuse_taken<'n>(folder: &Path, names: impl Iterator<Item = &'n str>) -> Result<(), Failure> {
    const MAX_NAMED: usize = 3;
    let taken: Vec<&str> = names.filter(|it| fs::symlink_metadata(folder.join(it)).is_ok()).collect();
    if taken.is_empty() {
        return Ok(());
    }
    let named = taken.iter().take(MAX_NAMED).copied().collect::<Vec<_>>().join("、");
    let more =
        if taken.len() > MAX_NAMED { format!(" 等 {} 个文件", taken.len()) } else { String::new() };
    Err(Failure::store(clean(&format!(
        "{} 里已经有 {named}{more}，不覆盖，没有写出任何文件。请用 -o 换一个文件夹，或先把它们移走。",
        folder.display()
    ))))
}

/// Writes all files, or takes back those that are written.
fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let is_new = !folder.exists();
    make_folder(folder)?;
    for (n_written, (name, content)) in files.iter().enumerate() {
        let Err(error) = write_file(&folder.join(name), content) else { continue };
        if matches!(error, StoreError::Unconfirmed { .. }) {
            continue;
        }
        let written = files.iter().take(n_written);
        let left = written.filter(|it| fs::remove_file(folder.join(&it.0)).is_err()).count();
        if is_new {
            let _ = fs::remove_dir(folder);
        }
        let taken_back = match left {
            0 => "没有写全，已写的都删去了。".to_owned(),
            n => format!("没有写全，已写的还有 {n} 个没能删去。"),
        };
        return Err(Failure::store(format!("{}{taken_back}", faults::store_error(&error))));
    }
    Ok(())
}

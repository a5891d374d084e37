//! `kaohe import self`: filled forms and tables of self-scores, all of them or none.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kaohe_core::{Change, IndicatorId, Ledger, UnitId};
use kaohe_exchange::form_in::{FormIn, FormOptions, SelfFile, is_self_table, read_self_file};
use kaohe_exchange::workbook_in::is_workbook;
use kaohe_exchange::{clean, words};

use super::import::{after, title, units};
use crate::failure::Failure;
use crate::input::{self, FoundFile, Given, is_named_workbook};
use crate::output::{say, to_stdout, warn};
use crate::session::Session;
use crate::time::now;

#[derive(Debug, clap::Args)]
pub(crate) struct SelfArgs {
    #[arg(
        required = true,
        value_name = "文件或文件夹",
        help = "填好的自评表（.xlsx、.xls、.ods），\n或表格：单位,指标,自评分，另可有 说明；可写多个；\n文件夹连同其中的文件夹一起找；- 表示标准输入"
    )]
    paths: Vec<PathBuf>,
    #[arg(long, help = "只检查并列出将有的变化，不导入")]
    dry_run: bool,
    #[arg(long, help = "自评表里没有填的指标留空，其余照收")]
    allow_missing: bool,
    #[arg(long, help = "退回有问题的文件，其余照收；默认有一处问题就一份也不收")]
    skip_refused: bool,
}

/// After so long the progress shows; what is done sooner would only flicker.
const PATIENCE: Duration = Duration::from_millis(500);
/// Names of units that a line lists.
const MAX_NAMES: usize = 30;

/// A file, and what came of it.
struct Outcome {
    file: Given,
    result: Result<SelfFile, Vec<String>>,
    /// What is worth a look beside what was found in the file itself.
    remarks: Vec<String>,
    is_workbook: bool,
}

/// Does what the command says.
pub(super) fn import_self(session: &Session, args: &SelfArgs) -> Result<(), Failure> {
    let mut year = session.open_to_change()?;
    let found = input::find_tables(&args.paths)?;
    for path in &found.skipped {
        warn(&clean(&format!("提示：{}：不是表格，没有读。", path.display())));
    }
    let mut outcomes = read_all(&found.files, year.ledger(), year.year().year, args);
    refuse_repeated(year.ledger(), &mut outcomes);

    let n_refused = outcomes.iter().filter(|it| it.result.is_err()).count();
    let faults: Vec<String> =
        outcomes.iter().filter_map(|it| it.result.as_ref().err()).flatten().map(|it| clean(it)).collect();
    // Tables of a script are told in one line, as ever.
    let is_told = outcomes.iter().any(|it| it.is_workbook) || outcomes.len() > 1 && n_refused == 0;
    let is_taken = !args.dry_run && (n_refused == 0 || args.skip_refused);
    let report = if is_told { report(year.ledger(), &outcomes, is_taken) } else { String::new() };
    if n_refused > 0 && !args.skip_refused {
        let failure = Failure::input(faults);
        return Err(Failure { message: format!("{report}{}", failure.message), ..failure });
    }
    let has_forms = outcomes.iter().any(|it| matches!(it.result, Ok(SelfFile::Form(_))));
    let (mut changes, mut n_unchanged) = (Vec::new(), 0);
    for outcome in &mut outcomes {
        let Ok(read) = &mut outcome.result else { continue };
        let (more, same) = match read {
            SelfFile::Table(table) => (&mut table.changes, table.n_unchanged),
            SelfFile::Form(form) => (&mut form.changes, form.n_unchanged),
        };
        changes.append(more);
        n_unchanged += same;
    }
    let (done, batch) = batch(&outcomes, changes, n_unchanged);
    if args.dry_run {
        to_stdout(report.as_bytes())?;
        preview(year.ledger(), batch, &done, has_forms)?;
    } else {
        if let Some(batch) = batch {
            year.record(batch, now())?;
        }
        to_stdout(report.as_bytes())?;
        say(&done)?;
        if has_forms {
            say_missing(year.ledger())?;
        }
    }
    if n_refused > 0 {
        let mut lines = faults;
        lines.push(format!("退回 {n_refused} 个文件，其余照收：请改正退回的再导入。"));
        return Err(Failure::found(lines.join("\n")));
    }
    Ok(())
}

/// Reads all files; shows how far it is where that takes long.
fn read_all(files: &[FoundFile], ledger: &Ledger, year: u16, args: &SelfArgs) -> Vec<Outcome> {
    let options = FormOptions { allow_missing: args.allow_missing };
    let progress = ProgressBar::with_draw_target(Some(files.len() as u64), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("读自评表 {bar:30} {pos}/{len} {msg}") {
        progress.set_style(style);
    }
    let started = Instant::now();
    let mut is_shown = false;
    let mut outcomes = Vec::new();
    for FoundFile { path, is_in_folder } in files {
        if !is_shown && started.elapsed() > PATIENCE {
            is_shown = true;
            // It draws nothing where stderr is no terminal.
            progress.set_draw_target(ProgressDrawTarget::stderr());
        }
        progress.set_message(clean(&path.file_name().unwrap_or_default().to_string_lossy()));
        let outcome = match input::try_read(path) {
            // What is named as a workbook and is none was cut off on its way, most likely. It is somebody's form, so it
            // must not be passed over as a list that lies there.
            Ok(file)
                if is_named_workbook(path) && !is_workbook(&file.bytes) && !is_self_table(&file.bytes) =>
            {
                let fault = format!(
                    "{}：不是表格软件的文件（可能没有传完，或只改了扩展名）：请在表格软件中打开，另存为 .xlsx；打不开的，请单位重发。",
                    file.name
                );
                let file = Given { bytes: Vec::new(), ..file };
                Outcome { file, result: Err(vec![fault]), remarks: Vec::new(), is_workbook: true }
            }
            // Lists of forms and the like lie beside them.
            Ok(file) if *is_in_folder && !is_workbook(&file.bytes) && !is_self_table(&file.bytes) => {
                warn(&clean(&format!("提示：{}：没有“自评分”一列，不是自评，没有读。", file.name)));
                progress.inc(1);
                continue;
            }
            Ok(file) => {
                let result = read_self_file(&file.bytes, &file.name, ledger, year, options);
                // The bytes of thousands of files are more than has to be kept.
                let is_workbook = is_workbook(&file.bytes);
                Outcome {
                    file: Given { bytes: Vec::new(), ..file },
                    result,
                    remarks: Vec::new(),
                    is_workbook,
                }
            }
            Err(fault) => {
                let file = Given { name: path.display().to_string(), bytes: Vec::new() };
                Outcome { file, result: Err(vec![fault]), remarks: Vec::new(), is_workbook: false }
            }
        };
        outcomes.push(outcome);
        progress.inc(1);
    }
    progress.finish_and_clear();
    outcomes
}

/// Refuses files that say again what an earlier one says: which of the two counts is not for the program to say. A form
/// that was sent twice as it is counts once.
fn refuse_repeated(ledger: &Ledger, outcomes: &mut [Outcome]) {
    let mut forms: HashMap<UnitId, usize> = HashMap::new();
    let mut firsts: HashMap<(UnitId, IndicatorId), usize> = HashMap::new();
    for idx in 0..outcomes.len() {
        let (before, rest) = outcomes.split_at_mut(idx);
        let Some(outcome) = rest.first_mut() else { continue };
        let name = outcome.file.name.clone();
        if let Ok(SelfFile::Form(form)) = &mut outcome.result {
            let first_idx = *forms.entry(form.unit.clone()).or_insert(idx);
            if let Some(first) = before.get_mut(first_idx) {
                let unit = unit_name(ledger, &form.unit);
                let fault = |file: &str, other: &str| {
                    vec![format!("{file}：“{unit}”的自评表 {other} 里也有一份，内容不同：请只留一份。")]
                };
                match &first.result {
                    Ok(SelfFile::Form(other)) if is_same(form, other) => {
                        form.changes.clear();
                        form.n_unchanged = 0;
                        outcome.remarks.push(format!("与 {} 内容相同，只算一份", first.file.name));
                    }
                    // Neither is better than the other, so neither is taken.
                    Ok(_) => {
                        first.result = Err(fault(&first.file.name, &name));
                        outcome.result = Err(fault(&name, &first.file.name));
                    }
                    Err(_) => outcome.result = Err(fault(&name, &first.file.name)),
                }
                continue;
            }
        }
        let Ok(read) = &outcome.result else { continue };
        let changes = match read {
            SelfFile::Table(table) => &table.changes,
            SelfFile::Form(form) => &form.changes,
        };
        let mut faults = Vec::new();
        for change in changes {
            let Change::SelfScore { unit, indicator, .. } = change else { continue };
            let first_idx = *firsts.entry((unit.clone(), indicator.clone())).or_insert(idx);
            if let Some(first) = before.get(first_idx) {
                let what = words::change(ledger, change);
                faults.push(format!("{name}：{what}：{} 里已有这一项，请只留一处。", first.file.name));
            }
        }
        if !faults.is_empty() {
            outcome.result = Err(faults);
        }
    }
}

/// Says whether two forms of a unit say the same.
fn is_same(form: &FormIn, other: &FormIn) -> bool {
    (&form.changes, form.n_unchanged, form.total) == (&other.changes, other.n_unchanged, other.total)
}

/// Returns a line for each file: taken, with remarks or without, or refused.
fn report(ledger: &Ledger, outcomes: &[Outcome], is_taken: bool) -> String {
    let taken = if is_taken { "已收" } else { "可收" };
    let mut text = String::new();
    let mut line = |indent: &str, line: &str| text.push_str(&format!("{indent}{}\n", clean(line)));
    for outcome in outcomes {
        let name = &outcome.file.name;
        match &outcome.result {
            Ok(SelfFile::Form(form)) => {
                let n_scores = form.changes.len() + form.n_unchanged;
                let unit = unit_name(ledger, &form.unit);
                let n_remarks = form.remarks.len() + outcome.remarks.len();
                let hint = if n_remarks > 0 { format!("；提示 {n_remarks} 条") } else { String::new() };
                line("", &format!("{taken} {name}：{unit}，{n_scores} 项，合计 {}{hint}", form.total));
                for remark in &form.remarks {
                    line("  提示：", &remark.to_string());
                }
            }
            Ok(SelfFile::Table(table)) => {
                let n_scores = table.changes.len() + table.n_unchanged;
                let n_units = units(&table.changes).len();
                line("", &format!("{taken} {name}：表格，{n_scores} 项，涉及 {n_units} 个单位"));
            }
            Err(faults) => line("", &format!("退回 {name}：{} 处问题", faults.len())),
        }
        for remark in &outcome.remarks {
            line("  提示：", remark);
        }
    }
    text
}

/// Returns what is said when it is done, and what is to be recorded.
fn batch(outcomes: &[Outcome], changes: Vec<Change>, n_unchanged: usize) -> (String, Option<Change>) {
    let unchanged = match n_unchanged {
        0 => String::new(),
        n => format!("；{n} 项与已有的相同"),
    };
    if changes.is_empty() {
        return (format!("没有新的自评分{unchanged}"), None);
    }
    let done = format!("导入 {} 项自评分，涉及 {} 个单位{unchanged}", changes.len(), units(&changes).len());
    let taken: Vec<&Outcome> = outcomes.iter().filter(|it| it.result.is_ok()).collect();
    let title = match taken.as_slice() {
        [only] => title(&only.file, "导入自评"),
        several => format!("导入自评 {} 个文件", several.len()),
    };
    (done, Some(Change::Batch { title, changes }))
}

/// Tells what would be recorded.
fn preview(ledger: &Ledger, batch: Option<Change>, done: &str, has_forms: bool) -> Result<(), Failure> {
    let Some(batch) = batch else {
        say(done)?;
        return if has_forms { say_missing(ledger) } else { Ok(()) };
    };
    if let Change::Batch { changes, .. } = &batch {
        for change in changes {
            say(&clean(&words::change(ledger, change)))?;
        }
    }
    say(&format!("将{done}；现在没有导入"))?;
    if has_forms { say_missing(&after(ledger, batch)) } else { Ok(()) }
}

/// Says which units have no self-score at all, by class.
fn say_missing(ledger: &Ledger) -> Result<(), Failure> {
    for (rubric_idx, rubric) in ledger.rubrics().iter().enumerate() {
        let is_silent = |it: &usize| ledger.sheet(*it).cells.iter().all(|it| it.self_score.is_none());
        let all = ledger.units_of(rubric_idx);
        let silent: Vec<usize> = all.iter().copied().filter(is_silent).collect();
        if silent.is_empty() {
            continue;
        }
        let names: Vec<&str> =
            silent.iter().take(MAX_NAMES).map(|it| ledger.unit(*it).name.as_str()).collect();
        let more = if silent.len() > names.len() { " 等" } else { "" };
        let line = format!(
            "{}还没有送自评的：{}/{} 个：{}{more}",
            rubric.track,
            silent.len(),
            all.len(),
            names.join("、")
        );
        say(&clean(&line))?;
    }
    Ok(())
}

fn unit_name(ledger: &Ledger, id: &UnitId) -> String {
    ledger.find_unit(id.as_str()).map_or(id.to_string(), |it| ledger.unit(it).name.clone())
}

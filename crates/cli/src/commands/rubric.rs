//! `kaohe rubric`: the rubrics, to read and to check.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use kaohe_core::{
    Ledger, RankOptions, Rubric, RubricChange, Settings, Severity, rubric_change, rubric_edits,
};
use kaohe_exchange::{Column, Table, Value, clean, tables, to_text, words};
use kaohe_store::{BUILTIN_YEAR, FileFault, StoreError, builtin_roster, builtin_rubrics, read_rubric};
use kaohe_tui::text::faults;

use crate::failure::Failure;
use crate::input;
use crate::names;
use crate::output::{TableOutput, TextOutput, say, warn};
use crate::rubric_text;
use crate::session::Session;
use crate::time::now;

#[derive(Debug, Subcommand)]
pub(crate) enum RubricCommand {
    #[command(about = "查看细则、规则和现行的读法")]
    Show {
        #[arg(long, value_name = "类别", help = "只看这个类别，如 区直")]
        track: Option<String>,
        #[command(flatten)]
        output: TextOutput,
    },
    #[command(about = "检查细则文件，一次列出全部问题；有错误时以状态 1 结束")]
    Check {
        #[arg(required = true, value_name = "文件", help = "细则文件（.ron），可写多个；- 表示标准输入")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        output: TableOutput,
    },
    #[command(about = "换用：替换同类别、同编号的现行细则，可以撤销；先用 diff 看会动谁")]
    Adopt {
        #[arg(value_name = "文件", help = "要换用的细则文件（.ron）；- 表示标准输入")]
        file: PathBuf,
    },
    #[command(about = "比较：换用这份细则，哪些单位的得分、名次会变；不改动任何内容")]
    Diff {
        #[arg(value_name = "文件", help = "要换用的细则文件（.ron），替换同类别的现行细则；- 表示标准输入")]
        file: PathBuf,
        #[arg(long, help = "未复核完的单位也按暂计得分排名")]
        provisional: bool,
        #[command(flatten)]
        output: TableOutput,
    },
}

/// Does what the command says.
pub(crate) fn run(session: &Session, command: RubricCommand) -> Result<(), Failure> {
    match command {
        RubricCommand::Show { track, output } => show(session, track.as_deref(), &output),
        RubricCommand::Check { files, output } => check(&files, &output),
        RubricCommand::Adopt { file } => adopt(session, &file),
        RubricCommand::Diff { file, provisional, output } => {
            diff(session, &file, RankOptions { provisional }, &output)
        }
    }
}

fn show(session: &Session, track: Option<&str>, output: &TextOutput) -> Result<(), Failure> {
    let (note, ledger) = match (session.year, session.data.pick_year(None)) {
        // Whoever has begun no year may read what one would begin with.
        (None, Err(StoreError::NoYears { .. })) => {
            let ledger = Ledger::new(builtin_rubrics(), builtin_roster(), Settings::default());
            let ledger = ledger.expect("the built-in roster fits the built-in rubrics");
            (format!("数据文件夹里还没有年度；以下是内置的 {BUILTIN_YEAR} 年细则。\n\n"), ledger)
        }
        _ => (String::new(), session.look()?.ledger),
    };
    let rubric_idx = track.map(|it| names::track(&ledger, it)).transpose()?;
    let mut text = note;
    for (idx, rubric) in ledger.rubrics().iter().enumerate() {
        if rubric_idx.is_none_or(|only| only == idx) {
            text.push_str(&rubric_text::rubric(rubric));
        }
    }
    text.push_str(&rubric_text::settings(ledger.settings()));
    output.text(&text)
}

/// What is wrong with a file.
enum Found {
    Unreadable { file: String, sentence: String },
    Fault(FileFault),
}

fn check(files: &[PathBuf], output: &TableOutput) -> Result<(), Failure> {
    let found: Vec<Found> = files.iter().flat_map(|it| check_file(it)).collect();
    let is_error = |it: &Found| match it {
        Found::Unreadable { .. } => true,
        Found::Fault(fault) => fault.severity == Severity::Error,
    };
    let n_errors = found.iter().filter(|it| is_error(it)).count();
    if output.is_format_given() {
        output.table(&table(&found))?;
        return if n_errors == 0 { Ok(()) } else { Err(Failure::found("")) };
    }
    for it in &found {
        match it {
            Found::Unreadable { sentence, .. } => warn(sentence),
            Found::Fault(fault) => warn(&faults::file_fault(fault)),
        }
    }
    if n_errors > 0 {
        return Err(Failure::found(format!("共 {n_errors} 处错误。")));
    }
    say("没有问题")
}

fn check_file(path: &Path) -> Vec<Found> {
    let given = match input::try_read(path) {
        Ok(given) => given,
        Err(sentence) => return vec![Found::Unreadable { file: path.display().to_string(), sentence }],
    };
    let faults = match read_rubric(&given.name, &given.bytes) {
        Ok((_, warnings)) => warnings,
        Err(faults) => faults,
    };
    faults.into_iter().map(Found::Fault).collect()
}

fn table(found: &[Found]) -> Table {
    let mut table = Table::new(vec![
        Column::text("文件"),
        Column::number("行"),
        Column::number("列"),
        Column::text("程度"),
        Column::text("代码"),
        Column::text("问题"),
    ]);
    let number = |it: Option<u32>| it.map_or(Value::Empty, |it| Value::Count(u64::from(it)));
    for it in found {
        table.rows.push(match it {
            Found::Unreadable { file, sentence } => vec![
                Value::text(file),
                Value::Empty,
                Value::Empty,
                Value::text(faults::severity(Severity::Error)),
                Value::text("E-read"),
                Value::text(sentence),
            ],
            Found::Fault(fault) => vec![
                Value::text(&fault.file),
                number(fault.position.map(|it| it.line)),
                number(fault.position.map(|it| it.column)),
                Value::text(faults::severity(fault.severity)),
                Value::text(faults::code(fault)),
                Value::text(faults::sentence(fault)),
            ],
        });
    }
    table
}

fn diff(session: &Session, file: &Path, options: RankOptions, output: &TableOutput) -> Result<(), Failure> {
    let view = session.look()?;
    let before = &view.ledger;
    let given = input::read(file)?;
    let (rubric, warnings) = read_rubric(&given.name, &given.bytes).map_err(StoreError::Input)?;
    warnings.iter().for_each(|it| warn(&faults::file_fault(it)));
    if let Some(other) = before.rubrics().iter().find(|it| it.id == rubric.id && it.track != rubric.track) {
        return Err(other_class(before, &given.name, &rubric, other));
    }
    let track = rubric.track.clone();
    let Some(change) = rubric_change(before, &view.records, rubric, options) else {
        return Err(unknown_class(before, &given.name, track.as_str()));
    };
    for misfit in &change.misfits {
        warn(&clean(&words::misfit(before, misfit)));
    }
    let table = tables::moves_table(before, &change.moved);
    output.table_or_text(&table, || diff_text(before, &change, &table))?;
    if change.misfits.is_empty() {
        return Ok(());
    }
    Err(Failure::found(format!(
        "共 {} 条记录对不上这份细则，换用后不会计入得分，所以不能这样换用：请在细则里保留它们用到的指标、要点、规则、档次和倍数，分值也要容得下它们。",
        change.misfits.len()
    )))
}

/// Replaces the rubric of a class. Records that would not fit it any more are all named, and nothing is changed.
fn adopt(session: &Session, file: &Path) -> Result<(), Failure> {
    let mut year = session.open_to_change()?;
    let before = year.ledger();
    let given = input::read(file)?;
    let (rubric, warnings) = read_rubric(&given.name, &given.bytes).map_err(StoreError::Input)?;
    warnings.iter().for_each(|it| warn(&faults::file_fault(it)));
    let track = rubric.track.clone();
    let options = RankOptions { provisional: true };
    let Some(change) = rubric_change(before, year.records(), rubric, options) else {
        return Err(unknown_class(before, &given.name, track.as_str()));
    };
    if !change.misfits.is_empty() {
        change.misfits.iter().for_each(|it| warn(&clean(&words::misfit(before, it))));
        return Err(Failure::store(format!(
            "没有换用：共 {} 条记录对不上这份细则。请在细则里保留它们用到的指标、要点、规则、档次和倍数。",
            change.misfits.len()
        )));
    }
    let n_moved = change.moved.len();
    let change = year.replace_rubric(&given.name, &given.bytes, now())?.change.clone();
    let done = words::deed(year.ledger(), &change);
    say(&format!("已{done}，得分或名次（含暂计）有变化的单位 {n_moved} 个；要换回来，用 kaohe undo"))
}

fn unknown_class(before: &Ledger, file: &str, track: &str) -> Failure {
    Failure::usage(clean(&format!("{file}：本年度没有类别“{track}”，有的是 {}。", classes(before))))
}

/// Which class it is meant for cannot be told: it has the id of one and names another.
fn other_class(before: &Ledger, file: &str, rubric: &Rubric, other: &Rubric) -> Failure {
    let (id, track, classes) = (&rubric.id, &rubric.track, classes(before));
    Failure::usage(clean(&format!(
        "{file}：编号“{id}”是{}细则的，类别写的却是“{track}”：请改正其中一处（本年度的类别有 {classes}）。",
        other.track
    )))
}

fn classes(ledger: &Ledger) -> String {
    let classes: Vec<&str> = ledger.rubrics().iter().map(|it| it.track.as_str()).collect();
    classes.join("、")
}

/// Returns what differs in the rubric, and under it who moves.
fn diff_text(before: &Ledger, change: &RubricChange<'_>, table: &Table) -> String {
    let (old, new) = (&before.rubrics()[change.rubric_idx], &change.after.rubrics()[change.rubric_idx]);
    let edits = rubric_edits(old, new);
    let mut text = String::new();
    if edits.is_empty() && old != new && change.moved.is_empty() {
        text.push_str("细则的改动（文字、次序、期限之类）不影响计分\n\n");
    }
    if !edits.is_empty() {
        text.push_str("细则的改动\n");
        edits.iter().for_each(|it| text.push_str(&format!("  {}\n", clean(&words::rubric_edit(it)))));
        text.push('\n');
    }
    if change.moved.is_empty() {
        text.push_str("没有单位的得分或名次变化\n");
        return text;
    }
    text.push_str(&to_text(table));
    text.push_str(&format!("\n共 {} 个单位的得分或名次有变化\n", change.moved.len()));
    text
}

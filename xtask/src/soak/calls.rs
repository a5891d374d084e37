//! Commands that record, and a run of one of them under `strace` with one call of the system failing, or killed at it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::desk::{Desk, Journals, copy};
use super::unreadable;

/// A command that records something.
pub(super) struct Case {
    pub name: &'static str,
    pub by: &'static str,
    pub arguments: &'static [&'static str],
    /// What the lines of its records hold, one each; all of them come, or none.
    pub records: &'static [&'static str],
}

/// The name of the case in which a journal is damaged.
pub(super) const REPAIR: &str = "修复";

/// What the damaged line holds in the place of what it held.
pub(super) const DAMAGED: &str = "change:Rewiew(";

pub(super) const CASES: [Case; 8] = [
    Case {
        name: "记入",
        by: "张三",
        arguments: &["import", "entries", "rows.csv"],
        records: &["note-new-2."],
    },
    Case {
        name: "第一次记入",
        by: "Zhao Liu",
        arguments: &["import", "entries", "rows.csv"],
        records: &["note-new-2."],
    },
    Case {
        name: "断行之后记入",
        by: "wang",
        arguments: &["review", "--unit", "Q03", "--indicator", "1"],
        records: &["Review("],
    },
    Case { name: "撤销", by: "张三", arguments: &["undo"], records: &["undo:\""] },
    Case {
        name: "换用细则",
        by: "张三",
        arguments: &["rubric", "adopt", "new.ron"],
        records: &["ReplaceRubric("],
    },
    Case { name: "合并", by: "张三", arguments: &["merge", "li"], records: &["note-li.", "undo:\""] },
    Case { name: "定稿", by: "张三", arguments: &["finalise", "--provisional"], records: &["Finalise("] },
    Case { name: REPAIR, by: "张三", arguments: &["repair", "--yes"], records: &["Repair("] },
];

/// What is done to a call.
#[derive(Clone, Copy, Debug)]
pub(super) enum Blow {
    /// It fails with this error, once.
    Fails(&'static str),
    /// It fails with this error, and every later one does.
    FailsFromThen(&'static str),
    /// The program is killed at it.
    Kills,
}

/// The calls that are struck, each with the errors that it may meet.
pub(super) const CALLS: [(&str, &[&str]); 20] = [
    ("openat", &["EACCES", "EIO", "ENOSPC"]),
    ("read", &["EIO"]),
    ("write", &["ENOSPC", "EIO"]),
    ("fsync", &["EIO", "ENOSPC"]),
    ("fdatasync", &["EIO", "ENOSPC"]),
    ("ftruncate", &["EIO", "ENOSPC"]),
    ("rename", &["EACCES", "EIO", "ENOSPC"]),
    ("renameat", &["EACCES", "EIO", "ENOSPC"]),
    ("renameat2", &["EACCES", "EIO", "ENOSPC"]),
    ("mkdir", &["EACCES", "ENOSPC"]),
    ("unlink", &["EACCES", "EIO"]),
    ("unlinkat", &["EACCES", "EIO"]),
    ("rmdir", &["EACCES", "EIO"]),
    ("lseek", &["EIO"]),
    ("flock", &["ENOLCK"]),
    ("fchmod", &["EACCES", "EIO"]),
    ("statx", &["EACCES", "EIO"]),
    ("newfstatat", &["EACCES", "EIO"]),
    ("getdents64", &["EIO"]),
    // What closing says nobody hears, since everything that matters was synced before; and of a folder the standard
    // library takes for granted that it can be closed, as it always can.
    ("close", &[]),
];

/// A desk on which every case can run, again and again.
pub(super) fn desk(program: &Path) -> Result<Desk, String> {
    let desk = Desk::with_year(program, "calls")?;
    let rows = |notes: &[&str]| {
        let rows = notes.iter().map(|it| format!("区教育局,1,逾期未完成,2023-05-09,{it}\n"));
        format!("单位,指标,规则,日期,说明\n{}", rows.collect::<String>())
    };
    desk.file("first.csv", &rows(&["note-old."]))?;
    desk.file("li.csv", &rows(&["note-li."]))?;
    desk.file("rows.csv", &rows(&["note-new-0.", "note-new-1.", "note-new-2."]))?;
    let rubric = desk.data().join("2023").join("rubrics").join("district.ron");
    let text = fs::read_to_string(&rubric).map_err(|error| unreadable(&rubric, &error))?;
    desk.file("new.ron", &text.replacen("each: 0.1", "each: 0.05", 1))?;
    desk.ok("wang", &["review", "--unit", "Q02", "--indicator", "1"])?;
    desk.ok("张三", &["import", "entries", "first.csv"])?;
    copy(&desk.data(), &desk.folder.join("li"))?;
    desk.ok("李四", &["import", "entries", "li.csv", "--data", "li"])?;
    desk.ok("李四", &["undo", "--data", "li"])?;
    // Each run makes a backup too, which may fail as well.
    let backups = desk.data().join("backups");
    fs::remove_dir_all(&backups).map_err(|error| unreadable(&backups, &error))?;
    copy(&desk.data(), &desk.folder.join("base"))?;
    Ok(desk)
}

/// Makes the data folder what it was; for one case a cut has torn the last line of wang's journal, for another that line
/// is damaged.
pub(super) fn reset(desk: &Desk, case: &Case) -> Result<(), String> {
    let data = desk.data();
    fs::remove_dir_all(&data).map_err(|error| unreadable(&data, &error))?;
    copy(&desk.folder.join("base"), &data)?;
    if case.by != "wang" && case.name != REPAIR {
        return Ok(());
    }
    let journal = desk.journals()?.into_keys().find(|it| it.display().to_string().contains("/wang-"));
    let path = journal.ok_or_else(|| desk.wrong("没有 wang 的留痕"))?;
    let mut text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
    if case.name == REPAIR {
        text = text.replace("change:Review(", DAMAGED);
    } else {
        text.push_str("(n:77,at:\"2023-");
    }
    fs::write(&path, text).map_err(|error| unreadable(&path, &error))
}

/// Returns the journals as they are before a case, without what its command is to move away.
pub(super) fn journals_before(desk: &Desk) -> Result<Journals, String> {
    let mut journals = desk.journals()?;
    journals.values_mut().for_each(|it| it.retain(|line| !line.contains(DAMAGED)));
    Ok(journals)
}

/// What came of a run.
pub(super) struct Struck {
    pub output: Output,
    /// The call that was struck, as strace shows it; none where the program made fewer such calls.
    pub call: Option<String>,
    /// How many such calls there were.
    pub n_calls: usize,
}

/// Runs a case with the `n`-th such call struck, or untouched.
pub(super) fn run(
    desk: &Desk,
    case: &Case,
    call: &str,
    blow: Option<(Blow, usize)>,
) -> Result<Struck, String> {
    let trace = desk.folder.join("trace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-y", "-e", &format!("trace={call}"), "-o"]).arg(&trace);
    if let Some((blow, n)) = blow {
        let what = match blow {
            Blow::Fails(error) => format!("error={error}:when={n}"),
            Blow::FailsFromThen(error) => format!("error={error}:when={n}+"),
            Blow::Kills => format!("signal=KILL:when={n}"),
        };
        strace.args(["-e", &format!("inject={call}:{what}")]);
    }
    desk.under(&mut strace, case.by, case.arguments);
    let output = strace.output().map_err(|error| format!("strace 没能运行：{error}"))?;
    let text = fs::read_to_string(&trace).map_err(|error| unreadable(&trace, &error))?;
    let calls: Vec<&str> = text.lines().filter(|it| it.contains(&format!(" {call}("))).collect();
    let struck = match blow {
        None => None,
        Some((Blow::Kills, _)) if text.contains("killed by SIGKILL") => calls.last().copied(),
        Some((Blow::Kills, _)) => None,
        Some((Blow::Fails(_) | Blow::FailsFromThen(_), _)) => {
            calls.iter().find(|it| it.ends_with("(INJECTED)")).copied()
        }
    };
    Ok(Struck { call: struck.map(str::to_owned), n_calls: calls.len(), output })
}

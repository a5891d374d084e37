//! Each binary is started and scores a sample year; all of them must print the same bytes.
//!
//! Where this machine cannot start one, that is said. The year is made by the first binary that starts, for a year has
//! the time and the machine in it; the others read copies of it.

mod runner;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use runner::Runner;

use super::say;
use super::target::{Target, target_folder};

/// Deductions of one unit, as the rubric's first worked check has them: 86.2 points are left.
const ENTRIES: &str = "\
单位,指标,规则,档次,次数,日期
Q01,1,late,,3,2023-03-01
Q01,2,missing,,2,2023-03-01
Q01,3,incident,,2,2023-04-01
Q01,3,notice,省级,1,2023-04-02
Q01,3,notice,市级,2,2023-04-03
Q01,3,stale,,4,2023-05-01
Q01,8,unmet,,1,2023-06-01
";
/// The score that the ranking must show for it.
const SCORE: &str = "86.2";

/// What each binary prints of the same year.
const PRINTED: [&[&str]; 3] =
    [&["rank", "--format", "csv"], &["score", "--format", "csv"], &["export", "--format", "ron"]];

/// Tries all binaries that this machine can start.
pub(super) fn run(built: &[(Target, PathBuf)]) -> Result<(), String> {
    let folder = target_folder().join("dist-smoke");
    let failed = |error: std::io::Error| format!("用不了 {}：{error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    let mut first: Option<(Target, Vec<Vec<u8>>)> = None;
    for (target, binary) in built {
        let runner = match Runner::of(*target, binary, &folder) {
            Ok(runner) => runner,
            Err(missing) => {
                say(&format!("提示：没有试运行 {}：{missing}", target.triple()));
                continue;
            }
        };
        say(&format!("== {} 试运行", target.triple()));
        let printed = tried(&runner, &folder)?;
        match &first {
            None => first = Some((*target, printed)),
            Some((before, expected)) => {
                let differs = PRINTED.iter().zip(expected.iter().zip(&printed)).find(|(_, (a, b))| a != b);
                if let Some((arguments, _)) = differs {
                    let (a, b) = (before.triple(), target.triple());
                    return Err(format!("{a} 和 {b} 的 kaohe {} 不一样", arguments.join(" ")));
                }
                say(&format!("   与 {} 逐字节相同", before.triple()));
            }
        }
    }
    fs::remove_dir_all(&folder).map_err(failed)
}

/// Makes a year of its own with a binary, and returns what it prints of the year that all binaries share.
fn tried(runner: &Runner, folder: &Path) -> Result<Vec<Vec<u8>>, String> {
    let version = runner.output(&["--version"])?;
    let version = String::from_utf8_lossy(&version).trim().to_owned();
    if !version.starts_with("kaohe ") {
        return Err(format!("--version 显示“{version}”"));
    }
    let entries = folder.join("entries.csv");
    fs::write(&entries, ENTRIES).map_err(|error| format!("写不了 {}：{error}", entries.display()))?;
    let own = folder.join(runner.target.triple());
    let own = runner.path(&own);
    let entries = runner.path(&entries);
    for arguments in
        [&["init", "2023"][..], &["import", "entries", &entries], &["review", "--all"], &["check"]]
    {
        runner.output(&[&["--data", &own], arguments].concat())?;
    }
    let ranking = runner.output(&["--data", &own, "rank", "--format", "csv"])?;
    let ranking = String::from_utf8_lossy(&ranking).into_owned();
    if !ranking.lines().any(|it| it.contains(",Q01,") && it.contains(&format!(",{SCORE},"))) {
        return Err(format!("{} 的排名里 Q01 不是 {SCORE} 分：\n{ranking}", runner.target.triple()));
    }
    say(&format!("   {version}：init → import → review → check → rank 都对"));
    let shared = folder.join("shared");
    if !shared.exists() {
        copy(&folder.join(runner.target.triple()), &shared)?;
    }
    let shared = runner.path(&shared);
    PRINTED.iter().map(|it| runner.output(&[&["--data", &shared], *it].concat())).collect()
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("复制不了 {}：{error}", from.display());
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to).map_err(failed)?;
        }
    }
    Ok(())
}

/// Returns a command without a terminal on any side.
fn quiet(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

//! Tells the program which commit it is built from, for `kaohe --version`.

use std::env;
use std::process::Command;

use jiff::Timestamp;

fn main() {
    println!("cargo::rerun-if-env-changed=KAOHE_COMMIT");
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
    // Moves with every commit; where there is no repository, no such file is asked for.
    if let Some(log) = git(&["rev-parse", "--path-format=absolute", "--git-path", "logs/HEAD"]) {
        println!("cargo::rerun-if-changed={log}");
    }
    let commit = env::var("KAOHE_COMMIT").ok().or_else(|| git(&["rev-parse", "--short=10", "HEAD"]));
    let seconds = env::var("SOURCE_DATE_EPOCH").ok().or_else(|| git(&["log", "-1", "--format=%ct"]));
    let date = seconds.and_then(|it| it.parse().ok()).and_then(|it| Timestamp::from_second(it).ok());
    // The clock of the machine that builds says nothing of what is built.
    let date = date.map(|it| it.to_string().chars().take("2023-01-01".len()).collect::<String>());
    let parts: Vec<String> = commit.map(|it| format!("提交 {it}")).into_iter().chain(date).collect();
    let version = env!("CARGO_PKG_VERSION");
    let version =
        if parts.is_empty() { version.to_owned() } else { format!("{version}（{}）", parts.join("，")) };
    println!("cargo::rustc-env=KAOHE_VERSION={version}");
}

/// Returns what git prints; nothing where it is not there or the source lies in no repository.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|it| it.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

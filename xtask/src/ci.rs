//! Everything the server checks, in the order in which it fails fastest.

use std::io::{self, Write};
use std::process::Command;

/// Runs all checks.
///
/// # Errors
///
/// The first one that fails.
pub(crate) fn run() -> Result<(), String> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])?;
    cargo(&["test", "--workspace"], &[])?;
    cargo(&["doc", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])?;
    deny()?;
    xtask::docs::check()?;
    xtask::screenshots::check()
}

/// Asks cargo-deny of the dependencies, where it is installed; the tests ask of licences and doubles anyhow.
fn deny() -> Result<(), String> {
    let is_there = Command::new("cargo-deny").arg("--version").output().is_ok_and(|it| it.status.success());
    if is_there {
        return cargo(&["deny", "check", "licenses", "bans", "sources"], &[]);
    }
    let notice = "提示：没有 cargo-deny，依赖的许可证和重复版本只由测试看过（cargo install cargo-deny）";
    // Where standard output is closed nobody reads it.
    let _ = writeln!(io::stdout(), "{notice}");
    Ok(())
}

fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> Result<(), String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(xtask::root())
        .status()
        .map_err(|error| format!("cargo 没能运行：{error}"))?;
    if status.success() { Ok(()) } else { Err(format!("没有通过：cargo {}", arguments.join(" "))) }
}

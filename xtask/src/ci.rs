//! Everything the server checks, in the order in which it fails fastest.

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
    xtask::docs::check()?;
    xtask::screenshots::check()
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

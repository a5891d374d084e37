//! Building one binary, and what is asked of it before it is packed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::target::{Target, printed, target_folder};
use super::{Release, say};

/// The largest binary that is handed out, in bytes.
const MAX_BYTES: u64 = 8_000_000;
/// Between the flags of `CARGO_ENCODED_RUSTFLAGS`, so that paths may have spaces.
const SEPARATOR: &str = "\u{1f}";

/// Builds for one machine; returns where the binary is.
pub(super) fn build(target: Target, release: &Release) -> Result<PathBuf, String> {
    let mut flags = vec![format!("-Clinker={}", target.linker())];
    let folders = [(xtask::root(), "/kaohe"), (cargo_home(), "/cargo"), (sysroot()?, "/rust")];
    flags.extend(folders.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())));
    if target == Target::Windows {
        // Else the linker writes the time at which it ran.
        flags.push("-Clink-arg=-Wl,--no-insert-timestamp".to_owned());
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--locked", "--package", "kaohe", "--target", target.triple()])
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join(SEPARATOR))
        .env("KAOHE_COMMIT", &release.commit)
        .env("SOURCE_DATE_EPOCH", release.epoch.to_string())
        .current_dir(xtask::root())
        .status()
        .map_err(|error| format!("cargo 没能运行：{error}"))?;
    if !status.success() {
        return Err(format!("没有编译成：{}", target.triple()));
    }
    let binary = target_folder().join(target.triple()).join("release").join(target.binary());
    check(&binary, &folders.map(|it| it.0))?;
    Ok(binary)
}

/// Checks that the binary is small and knows nothing of the machine that built it.
fn check(binary: &Path, folders: &[PathBuf]) -> Result<(), String> {
    let bytes = fs::read(binary).map_err(|error| format!("读不了 {}：{error}", binary.display()))?;
    let n_bytes = bytes.len() as u64;
    if n_bytes > MAX_BYTES {
        return Err(format!("{} 有 {n_bytes} 字节，多于 {MAX_BYTES}", binary.display()));
    }
    for folder in folders.iter().map(|it| it.display().to_string()) {
        if bytes.windows(folder.len()).any(|it| it == folder.as_bytes()) {
            return Err(format!("{} 里写着本机的位置 {folder}", binary.display()));
        }
    }
    say(&format!("   {n_bytes} 字节，不含本机的位置"));
    Ok(())
}

fn cargo_home() -> PathBuf {
    let given = env::var_os("CARGO_HOME").map(PathBuf::from);
    given.or_else(|| Some(env::home_dir()?.join(".cargo"))).unwrap_or_else(|| PathBuf::from(".cargo"))
}

fn sysroot() -> Result<PathBuf, String> {
    printed("rustc", &["--print", "sysroot"]).map(PathBuf::from).ok_or("rustc 没能运行".to_owned())
}

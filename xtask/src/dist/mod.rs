//! `cargo xtask dist`: what is handed to an office. One archive per target, a package for Linux desktops, their sums.
//!
//! Everything that is needed is looked for first, and whatever is missing is named with the command that adds it. The
//! same commit gives the same bytes: times come from the commit, paths of this machine are kept out of the binaries.

mod archive;
mod build;
mod contents;
mod deb;
mod smoke;
mod sums;
mod target;

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::Command;

use target::Target;

/// What is to be made.
#[derive(Debug)]
pub(crate) struct Options {
    targets: Vec<Target>,
    has_smoke: bool,
}

impl Options {
    /// Reads the arguments after `dist`.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub(crate) fn read(arguments: &[&str]) -> Result<Options, String> {
        let mut options = Options { targets: Vec::new(), has_smoke: true };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match *argument {
                "--target" => {
                    let name = arguments.next().copied().unwrap_or_default();
                    let target = Target::ALL.into_iter().find(|it| it.triple() == name);
                    let known: Vec<&str> = Target::ALL.map(Target::triple).to_vec();
                    options
                        .targets
                        .push(target.ok_or(format!("不认识的目标“{name}”：可用的是 {}", known.join("、")))?);
                }
                "--no-smoke" => options.has_smoke = false,
                other => return Err(format!("不认识的参数“{other}”")),
            }
        }
        if options.targets.is_empty() {
            options.targets = Target::ALL.to_vec();
        }
        Ok(options)
    }
}

/// What all files of a release share.
#[derive(Clone, Debug)]
pub(crate) struct Release {
    /// The version of the workspace.
    pub version: &'static str,
    /// The commit, ten digits of it.
    pub commit: String,
    /// When the commit was made, in seconds since 1970: the time of every file in the archives.
    pub epoch: u64,
    /// The folder that everything is written to.
    pub folder: PathBuf,
}

impl Release {
    fn of_head() -> Result<Release, String> {
        let epoch = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(epoch) => epoch,
            Err(_) => git(&["log", "-1", "--format=%ct"])?,
        };
        Ok(Release {
            version: env!("CARGO_PKG_VERSION"),
            commit: git(&["rev-parse", "--short=10", "HEAD"])?,
            epoch: epoch.parse().map_err(|_| format!("SOURCE_DATE_EPOCH 不是秒数：{epoch}"))?,
            folder: target::target_folder().join("dist"),
        })
    }
}

/// Makes the release.
///
/// # Errors
///
/// All that is missing; else the first step that fails.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let missing: Vec<String> = options.targets.iter().flat_map(|it| it.missing()).collect();
    if !missing.is_empty() {
        return Err(format!("还缺少：\n{}", missing.join("\n")));
    }
    let release = Release::of_head()?;
    if !git(&["status", "--porcelain"])?.is_empty() {
        say("提示：工作目录里有没有提交的改动，做出的包和这个提交不完全一样。");
    }
    match fs::remove_dir_all(&release.folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(format!("清不掉 {}：{error}", release.folder.display()));
        }
        _ => fs::create_dir_all(&release.folder)
            .map_err(|it| format!("建不了 {}：{it}", release.folder.display()))?,
    }
    let mut built = Vec::new();
    for target in &options.targets {
        say(&format!("== {} 编译", target.triple()));
        let binary = build::build(*target, &release)?;
        let files = contents::files(*target, &binary)?;
        archive::write(*target, &files, &release)?;
        if let Some(architecture) = target.deb_architecture() {
            deb::write(architecture, &files, &release)?;
        }
        built.push((*target, binary));
    }
    sums::write(&release)?;
    if options.has_smoke {
        smoke::run(&built)?;
    }
    say(&format!("做好了：{}", release.folder.display()));
    Ok(())
}

/// Says how far it is.
fn say(line: &str) {
    // Where standard output is closed nobody reads it.
    let _ = writeln!(io::stdout(), "{line}");
}

fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").args(arguments).current_dir(xtask::root()).output();
    let output = output.map_err(|error| format!("git 没能运行：{error}"))?;
    if !output.status.success() {
        return Err(format!("没有成功：git {}（发布要从 git 仓库里做）", arguments.join(" ")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_targets_are_made_where_none_is_named() {
        assert_eq!(Options::read(&[]).unwrap().targets, Target::ALL);
        let one = Options::read(&["--target", "x86_64-unknown-linux-musl"]).unwrap();
        assert_eq!(one.targets, [Target::LinuxX86]);
    }

    #[test]
    fn unknown_targets_are_refused_with_those_that_are_known() {
        let error = Options::read(&["--target", "riscv"]).unwrap_err();
        assert!(error.contains("riscv") && error.contains("aarch64-unknown-linux-musl"), "{error}");
        assert!(Options::read(&["--fast"]).is_err());
    }
}

//! How a binary is started on this machine: as it is, or by what stands in for the machine it is made for.

use std::env::consts::ARCH;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::target::{Target, is_there};
use super::quiet;

/// What wine 8 lacks of Windows 10 and Rust's library asks for: random bytes, taken from an older function.
const PRNG: &str = "\
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T n) { return RtlGenRandom(bytes, n); }
";

/// Starts one binary.
#[derive(Debug)]
pub(super) struct Runner {
    /// For which machine it is.
    pub target: Target,
    /// The program that is started, and what stands before the binary's own arguments.
    command: Vec<PathBuf>,
    environment: Vec<(&'static str, PathBuf)>,
}

impl Runner {
    /// Returns how a binary is started; `folder` is for what that needs.
    ///
    /// # Errors
    ///
    /// What this machine lacks.
    pub(super) fn of(target: Target, binary: &Path, folder: &Path) -> Result<Runner, String> {
        let binary = binary.to_owned();
        let (command, environment) = match target {
            Target::LinuxX86 if cfg!(target_os = "linux") && ARCH == "x86_64" => (vec![binary], Vec::new()),
            Target::LinuxX86 => return Err("这台机器不是 x86_64 的 Linux".to_owned()),
            Target::LinuxArm if cfg!(target_os = "linux") && ARCH == "aarch64" => (vec![binary], Vec::new()),
            Target::LinuxArm => {
                let known = ["qemu-aarch64", "qemu-aarch64-static"];
                let emulator = known.into_iter().find(|it| is_there(it));
                let emulator = emulator.ok_or("没有 qemu-aarch64（Debian：apt-get install qemu-user）")?;
                (vec![emulator.into(), binary], Vec::new())
            }
            Target::Windows if cfg!(windows) => (vec![binary], Vec::new()),
            Target::Windows => {
                if !is_there("wine") {
                    return Err("没有 wine（Debian：apt-get install wine wine64）".to_owned());
                }
                let binary = beside_prng(&binary, folder)?;
                let prefix = ("WINEPREFIX", folder.join("wine"));
                let quiet = ("WINEDEBUG", "-all".into());
                // Of two libraries of one name, ours; and no offer to fetch others.
                let ours = ("WINEDLLOVERRIDES", "bcryptprimitives=n;mscoree,mshtml=".into());
                (vec!["wine".into(), binary], vec![prefix, quiet, ours])
            }
        };
        Ok(Runner { target, command, environment })
    }

    /// Returns how the binary names a path.
    pub(super) fn path(&self, path: &Path) -> String {
        let path = path.display().to_string();
        match self.target {
            Target::Windows if !cfg!(windows) => format!("Z:{}", path.replace('/', "\\")),
            Target::LinuxX86 | Target::LinuxArm | Target::Windows => path,
        }
    }

    /// Returns what the binary prints.
    ///
    /// # Errors
    ///
    /// It cannot be started, or fails; with what it says.
    pub(super) fn output(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let called = format!("{} kaohe {}", self.target.triple(), arguments.join(" "));
        let (program, before) = self.command.split_first().ok_or("没有程序".to_owned())?;
        let mut command = quiet(program);
        command.args(before).args(arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        // Whoever releases has settings of their own, which are none of the sample's.
        command.env_remove("KAOHE_DATA").env("KAOHE_BY", "试运行");
        let output = command.output().map_err(|error| format!("{called}：{error}"))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(format!("{called} 没有成功：{}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// Puts the binary and what wine lacks into one folder; returns where the binary is then.
fn beside_prng(binary: &Path, folder: &Path) -> Result<PathBuf, String> {
    let failed = |error: std::io::Error| format!("放不好试运行的文件：{error}");
    let there = folder.join("windows");
    fs::create_dir_all(&there).map_err(failed)?;
    let source = there.join("prng.c");
    fs::write(&source, PRNG).map_err(failed)?;
    let library = there.join("bcryptprimitives.dll");
    let compiler = Target::Windows.linker();
    let output =
        quiet(compiler).arg("-shared").arg("-o").arg(&library).arg(&source).arg("-ladvapi32").output();
    let output = output.map_err(|error| format!("{compiler} 没能运行：{error}"))?;
    if !output.status.success() {
        return Err(format!("{compiler} 没有编译成：{}", String::from_utf8_lossy(&output.stderr)));
    }
    let copy = there.join("kaohe.exe");
    fs::copy(binary, &copy).map_err(failed)?;
    Ok(copy)
}

//! The machines that the program is made for, and what building for them needs.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Linux on x86_64, whatever its C library: Kylin and UOS have an old one.
    LinuxX86,
    /// Linux on aarch64, as on desktops with Kunpeng or Phytium processors.
    LinuxArm,
    /// Windows 10 and later.
    Windows,
}

impl Target {
    /// All of them.
    pub(crate) const ALL: [Target; 3] = [Target::LinuxX86, Target::LinuxArm, Target::Windows];

    /// Returns Rust's name of it.
    pub(crate) fn triple(self) -> &'static str {
        match self {
            Target::LinuxX86 => "x86_64-unknown-linux-musl",
            Target::LinuxArm => "aarch64-unknown-linux-musl",
            Target::Windows => "x86_64-pc-windows-gnu",
        }
    }

    /// Returns what the binary is called there.
    pub(crate) fn binary(self) -> &'static str {
        match self {
            Target::LinuxX86 | Target::LinuxArm => "kaohe",
            Target::Windows => "kaohe.exe",
        }
    }

    /// Returns the linker. The one that comes with Rust needs no C toolchain of the target.
    pub(crate) fn linker(self) -> &'static str {
        match self {
            Target::LinuxX86 | Target::LinuxArm => "rust-lld",
            Target::Windows => "x86_64-w64-mingw32-gcc",
        }
    }

    /// Returns Debian's name of the machine, where packages are made for it.
    pub(crate) fn deb_architecture(self) -> Option<&'static str> {
        match self {
            Target::LinuxX86 => Some("amd64"),
            Target::LinuxArm => Some("arm64"),
            Target::Windows => None,
        }
    }

    /// Returns what is missing to build for it, each with the command that adds it.
    pub(crate) fn missing(self) -> Vec<String> {
        let mut missing = Vec::new();
        let library = printed("rustc", &["--print", "target-libdir", "--target", self.triple()]);
        if !library.is_some_and(|it| PathBuf::from(it).is_dir()) {
            missing.push(format!("  {} 的标准库：rustup target add {}", self.triple(), self.triple()));
        }
        if self == Target::Windows && !is_there(self.linker()) {
            let package = "gcc-mingw-w64-x86-64-win32";
            missing.push(format!("  链接程序 {}：apt-get install {package}（Debian）", self.linker()));
        }
        missing
    }
}

/// Returns the folder in which cargo builds.
pub(crate) fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| xtask::root().join("target"), PathBuf::from)
}

/// Says whether a program can be started.
pub(crate) fn is_there(program: &str) -> bool {
    let version = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|it| it.success())
}

/// Returns what a program prints, without the line end.
pub(crate) fn printed(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok().filter(|it| it.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

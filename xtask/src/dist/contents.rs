//! What is handed out beside the binary.

use std::fs;
use std::path::Path;

use clap_complete::Shell;

use super::target::Target;

/// Starts the program in a console that shows Chinese; itself in ASCII, since it is read before the code page changes.
const CMD: &str =
    "@echo off\r\nchcp 65001 >nul\r\ntitle kaohe\r\n\"%~dp0kaohe.exe\" %*\r\nif errorlevel 1 pause\r\n";

/// The entry in the menu of a Linux desktop.
const DESKTOP: &str = "\
[Desktop Entry]
Type=Application
Name=政务公开考核
Name[en]=Kaohe
Comment=按考核细则扣分、复核、排名
Exec=kaohe
Icon=kaohe
Terminal=true
Categories=Office;
Keywords=考核;政务公开;扣分;排名;
";

/// A scoring table with one cell marked.
const ICON: &str = include_str!("kaohe.svg");

/// What a file is, for those that put it in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The program.
    Binary,
    /// A rubric; its path is kept.
    Rubric,
    /// A page to read.
    Page,
    /// The licence.
    Licence,
    /// Completions of a shell.
    Completion(Shell),
    /// The manual page.
    Manual,
    /// The entry in a desktop's menu.
    Desktop,
    /// Its picture.
    Icon,
    /// The double-click on Windows.
    Starter,
}

/// A file of the release.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// What it is.
    pub kind: Kind,
    /// Where it lies in the archive, with `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Returns the files for a machine, in the order of their paths.
pub(super) fn files(target: Target, binary: &Path) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    let mut add = |kind: Kind, path: &str, bytes: Vec<u8>| {
        files.push(File { kind, path: path.to_owned(), bytes });
    };
    add(Kind::Binary, target.binary(), read(binary)?);
    for folder in ["rubrics/2023", "rubrics/examples"] {
        for name in names_in(folder)? {
            let path = format!("{folder}/{name}");
            add(Kind::Rubric, &path, page(&path, target)?);
        }
    }
    for path in ["README.md", "CHANGELOG.md", "docs/rubric-format.md"] {
        add(Kind::Page, path, page(path, target)?);
    }
    // On top, where whoever unpacks the archive sees it.
    add(Kind::Page, "手册.md", page("docs/手册.md", target)?);
    if target == Target::Windows {
        // Nothing there opens .md, and the older Notepad knows UTF-8 by this mark only.
        let text = format!("\u{feff}{}", kaohe::handbook()).replace('\n', "\r\n");
        add(Kind::Page, "手册.txt", text.into_bytes());
    }
    for path in ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT"] {
        add(Kind::Licence, path, page(path, target)?);
    }
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        let name = match shell {
            Shell::Zsh => "_kaohe",
            Shell::Fish => "kaohe.fish",
            Shell::PowerShell => "kaohe.ps1",
            _ => "kaohe.bash",
        };
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut kaohe::command(), "kaohe", &mut script);
        add(Kind::Completion(shell), &format!("completions/{name}"), script);
    }
    add(Kind::Manual, "man/kaohe.1", kaohe::manual().into_bytes());
    match target {
        Target::LinuxX86 | Target::LinuxArm => {
            add(Kind::Desktop, "desktop/kaohe.desktop", DESKTOP.into());
            add(Kind::Icon, "desktop/kaohe.svg", ICON.into());
        }
        Target::Windows => add(Kind::Starter, "打开考核.cmd", CMD.into()),
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Reads a text of the repository; on Windows with the line ends that its older editors need.
fn page(path: &str, target: Target) -> Result<Vec<u8>, String> {
    let bytes = read(&xtask::root().join(path))?;
    match target {
        Target::LinuxX86 | Target::LinuxArm => Ok(bytes),
        // Rubrics too: the program reads both line ends, and people open them in an editor.
        Target::Windows => Ok(String::from_utf8_lossy(&bytes).replace('\n', "\r\n").into_bytes()),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("读不了 {}：{error}", path.display()))
}

fn names_in(folder: &str) -> Result<Vec<String>, String> {
    let path = xtask::root().join(folder);
    let entries = fs::read_dir(&path).map_err(|error| format!("读不了 {}：{error}", path.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| format!("读不了 {}：{error}", path.display()))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handbook_opens_on_every_machine() {
        let any = xtask::root().join("Cargo.toml");
        for target in Target::ALL {
            let files = files(target, &any).unwrap();
            let of = |name: &str| files.iter().find(|it| it.path == name).map(|it| it.bytes.as_slice());
            assert!(of("手册.md").is_some_and(|it| it.starts_with("# 考核程序使用手册".as_bytes())));
            let text = of("手册.txt").map(|it| String::from_utf8_lossy(it).into_owned());
            assert_eq!(text.is_some(), target == Target::Windows);
            let Some(text) = text else { continue };
            assert!(text.starts_with("\u{feff}考核程序使用手册\r\n"), "{text}");
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
            assert!(!text.contains("<!--") && !text.contains("```"), "{text}");
        }
    }
}

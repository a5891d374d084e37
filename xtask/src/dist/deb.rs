//! Packages for Debian, and with it for Kylin and UOS: an `ar` archive of two tar archives.
//!
//! Nothing is run on installing or removing, and nothing but the files below is left behind: data lies with people.

use std::io::Write;

use clap_complete::Shell;

use super::Release;
use super::archive::{Entry, gz, save, tar_gz};
use super::contents::{File, Kind};

/// Writes the package for an architecture of Debian's.
pub(super) fn write(architecture: &str, files: &[File], release: &Release) -> Result<(), String> {
    let mut placed = Vec::new();
    for file in files {
        for path in places(file) {
            let bytes = if path.ends_with(".gz") { compressed(&file.bytes)? } else { file.bytes.clone() };
            placed.push((path, bytes, file.kind == Kind::Binary));
        }
    }
    let licences: Vec<u8> =
        files.iter().filter(|it| it.kind == Kind::Licence).flat_map(|it| it.bytes.clone()).collect();
    placed.push(("usr/share/doc/kaohe/copyright".to_owned(), licences, false));
    placed.sort_by(|a, b| a.0.cmp(&b.0));
    let entry = |path: &str, bytes, is_program| Entry { path: format!("./{path}"), bytes, is_program };
    let data = placed.iter().map(|(path, bytes, is_program)| entry(path, bytes, *is_program));
    let data = tar_gz(data, release.epoch)?;
    let n_bytes: usize = placed.iter().map(|it| it.1.len()).sum();
    let control = control(architecture, release.version, n_bytes.div_ceil(1024));
    let control = tar_gz([entry("control", control.as_bytes(), false)].into_iter(), release.epoch)?;
    let members = [
        ("debian-binary", b"2.0\n".as_slice()),
        ("control.tar.gz", control.as_slice()),
        ("data.tar.gz", data.as_slice()),
    ];
    save(release, &format!("kaohe_{}_{architecture}.deb", release.version), &ar(&members, release.epoch))
}

/// Returns where a file lies once it is installed.
fn places(file: &File) -> Vec<String> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    match file.kind {
        Kind::Binary => vec!["usr/bin/kaohe".to_owned()],
        Kind::Rubric => vec![format!("usr/share/kaohe/{}", file.path)],
        Kind::Page => vec![format!("usr/share/doc/kaohe/{name}")],
        Kind::Manual => ["man1", "zh_CN/man1"].map(|it| format!("usr/share/man/{it}/kaohe.1.gz")).to_vec(),
        Kind::Desktop => vec![format!("usr/share/applications/{name}")],
        Kind::Icon => vec![format!("usr/share/icons/hicolor/scalable/apps/{name}")],
        Kind::Completion(Shell::Bash) => vec!["usr/share/bash-completion/completions/kaohe".to_owned()],
        Kind::Completion(Shell::Zsh) => vec!["usr/share/zsh/vendor-completions/_kaohe".to_owned()],
        Kind::Completion(Shell::Fish) => vec![format!("usr/share/fish/vendor_completions.d/{name}")],
        // The licences stand together in Debian's file `copyright`.
        Kind::Completion(_) | Kind::Licence | Kind::Starter => Vec::new(),
    }
}

/// Returns what Debian asks of a package; `size` in units of 1024 bytes. It depends on nothing.
fn control(architecture: &str, version: &str, size: usize) -> String {
    format!(
        "Package: kaohe\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: kaohe <kaohe@localhost>\n\
         Installed-Size: {size}\nSection: misc\nPriority: optional\n\
         Description: 政务公开考核：按考核细则扣分、复核、排名\n \
         按印发的考核细则给区直单位和乡镇扣分、复核、排名，逐条留痕，\n \
         每一分都能说明来历。终端程序，全用键盘。\n"
    )
}

fn compressed(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut gz = gz();
    gz.write_all(bytes).and_then(|()| gz.finish()).map_err(|error| format!("压缩不了：{error}"))
}

/// Returns an archive of the kind that `ar` writes: after a line for the kind, each member behind a line of 60 bytes.
fn ar(members: &[(&str, &[u8])], epoch: u64) -> Vec<u8> {
    let mut archive = b"!<arch>\n".to_vec();
    for (name, bytes) in members {
        let line = format!("{name:<16}{epoch:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 100_644, bytes.len());
        archive.extend(line.into_bytes());
        archive.extend(*bytes);
        if bytes.len() % 2 == 1 {
            archive.push(b'\n');
        }
    }
    archive
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_begin_at_even_places() {
        let archive = ar(&[("debian-binary", b"2.0\n"), ("a", b"x"), ("b", b"")], 1_700_000_000);
        let text = String::from_utf8(archive).unwrap();
        let time = "1700000000  0     0     100644  ";
        let expected = format!(
            "!<arch>\n{:<16}{time}4         `\n2.0\n{:<16}{time}1         `\nx\n{:<16}{time}0         `\n",
            "debian-binary", "a", "b"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn description_goes_on_in_indented_lines() {
        let control = control("amd64", "0.1.0", 9);
        let (_, description) = control.split_once("Description: ").unwrap();
        assert!(description.lines().skip(1).all(|it| it.starts_with(' ')), "{control}");
        assert!(!control.contains("Depends"));
    }
}

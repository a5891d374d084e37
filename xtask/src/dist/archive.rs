//! Archives: `.tar.gz` for Linux, `.zip` for Windows. The same files give the same bytes, whoever packs them.

use std::fs;
use std::io::{Cursor, Write};

use flate2::{Compression, GzBuilder};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tar::{EntryType, Header};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::contents::{File, Kind};
use super::target::Target;
use super::{Release, say};

/// Writes the archive of a machine.
pub(super) fn write(target: Target, files: &[File], release: &Release) -> Result<(), String> {
    let folder = format!("kaohe-{}-{}", release.version, target.triple());
    let (name, bytes) = match target {
        Target::LinuxX86 | Target::LinuxArm => {
            let entries = files.iter().map(|it| Entry {
                path: format!("{folder}/{}", it.path),
                bytes: &it.bytes,
                is_program: it.kind == Kind::Binary,
            });
            (format!("{folder}.tar.gz"), tar_gz(entries, release.epoch)?)
        }
        Target::Windows => (format!("{folder}.zip"), zip(&folder, files, release.epoch)?),
    };
    save(release, &name, &bytes)
}

/// Writes a file of the release.
pub(super) fn save(release: &Release, name: &str, bytes: &[u8]) -> Result<(), String> {
    let path = release.folder.join(name);
    fs::write(&path, bytes).map_err(|error| format!("写不了 {}：{error}", path.display()))?;
    say(&format!("   {name}：{} 字节", bytes.len()));
    Ok(())
}

/// A file in a tar archive.
pub(super) struct Entry<'b> {
    /// Its path, with `/`.
    pub path: String,
    /// What it holds.
    pub bytes: &'b [u8],
    /// Whether it can be started.
    pub is_program: bool,
}

/// Returns a compressed tar archive; all files belong to root and have the same time (seconds since 1970).
pub(super) fn tar_gz<'b>(entries: impl Iterator<Item = Entry<'b>>, epoch: u64) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| format!("打不了包：{error}");
    let mut tar = tar::Builder::new(gz());
    let mut folders: Vec<String> = Vec::new();
    for entry in entries {
        for (at, _) in entry.path.match_indices('/') {
            let folder = entry.path.get(..=at).unwrap_or_default();
            if folder != "./" && !folders.iter().any(|it| it == folder) {
                let mut header = header(EntryType::Directory, 0, 0o755, epoch);
                tar.append_data(&mut header, folder, &b""[..]).map_err(failed)?;
                folders.push(folder.to_owned());
            }
        }
        let mode = if entry.is_program { 0o755 } else { 0o644 };
        let mut header = header(EntryType::Regular, entry.bytes.len() as u64, mode, epoch);
        tar.append_data(&mut header, &entry.path, entry.bytes).map_err(failed)?;
    }
    tar.into_inner().and_then(flate2::write::GzEncoder::finish).map_err(failed)
}

/// Returns what compresses, without a name or a time in the file.
pub(super) fn gz() -> flate2::write::GzEncoder<Vec<u8>> {
    GzBuilder::new().mtime(0).write(Vec::new(), Compression::best())
}

fn header(kind: EntryType, size: u64, mode: u32, epoch: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(mode);
    header.set_mtime(epoch);
    header.set_uid(0);
    header.set_gid(0);
    header
}

fn zip(folder: &str, files: &[File], epoch: u64) -> Result<Vec<u8>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("打不了包：{error}");
    let seconds = i64::try_from(epoch).unwrap_or_default();
    let time = TimeZone::UTC.to_datetime(Timestamp::from_second(seconds).map_err(|it| failed(&it))?);
    let part = |it: i8| it.unsigned_abs();
    let (month, day) = (part(time.month()), part(time.day()));
    let (hour, minute, second) = (part(time.hour()), part(time.minute()), part(time.second()));
    let time = DateTime::from_date_and_time(time.year().unsigned_abs(), month, day, hour, minute, second);
    let time = time.map_err(|it| failed(&it))?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(time)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        zip.start_file(format!("{folder}/{}", file.path), options).map_err(|it| failed(&it))?;
        zip.write_all(&file.bytes).map_err(|it| failed(&it))?;
    }
    Ok(zip.finish().map_err(|it| failed(&it))?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use clap_complete::Shell;

    use super::*;

    fn entries() -> [Entry<'static>; 2] {
        [
            Entry { path: "k/kaohe".to_owned(), bytes: b"program", is_program: true },
            Entry { path: "k/docs/README.md".to_owned(), bytes: b"page", is_program: false },
        ]
    }

    #[test]
    fn same_files_give_the_same_bytes() {
        let first = tar_gz(entries().into_iter(), 1_700_000_000).unwrap();
        assert_eq!(first, tar_gz(entries().into_iter(), 1_700_000_000).unwrap());
        assert_ne!(first, tar_gz(entries().into_iter(), 1_700_000_001).unwrap());
    }

    #[test]
    fn programs_can_be_started_and_pages_cannot() {
        let bytes = tar_gz(entries().into_iter(), 1_700_000_000).unwrap();
        let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let seen: Vec<(String, u32, u64)> = tar
            .entries()
            .unwrap()
            .map(|it| {
                let it = it.unwrap();
                let path = it.path().unwrap().to_string_lossy().into_owned();
                (path, it.header().mode().unwrap(), it.header().mtime().unwrap())
            })
            .collect();
        let time = 1_700_000_000;
        let expected = [("k/", 0o755), ("k/kaohe", 0o755), ("k/docs/", 0o755), ("k/docs/README.md", 0o644)];
        assert_eq!(seen, expected.map(|(path, mode)| (path.to_owned(), mode, time)));
    }

    #[test]
    fn zip_keeps_chinese_names_and_the_time_of_the_commit() {
        let kind = Kind::Completion(Shell::Bash);
        let file = File { kind, path: "打开考核.cmd".to_owned(), bytes: b"@echo off".to_vec() };
        let bytes = zip("kaohe", &[file], 1_700_000_000).unwrap();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut file = zip.by_name("kaohe/打开考核.cmd").unwrap();
        assert_eq!(file.last_modified().unwrap().to_string(), "2023-11-14 22:13:20");
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "@echo off");
    }
}

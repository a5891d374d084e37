//! A year folder as a zip file, and back. What is packed and unpacked goes by an allow-list of names, and is bounded.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use kaohe_core::is_plain_id;
use zip::read::ZipReadOptions;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::error::StoreError;
use crate::files::{JOURNAL, RUBRICS, UNITS, VERSIONS, YEAR};
use crate::journal::QUARANTINE;

/// The most that all files of a backup may hold, and a backup itself.
pub(super) const MAX_BYTES: u64 = 512 << 20;
/// The most files of a backup.
const MAX_FILES: usize = 10_000;

/// What is wrong with a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveFault {
    /// It is no zip file, or was cut off.
    NotAZip,
    /// A file within cannot be unpacked, or is not what its checksum says.
    Broken {
        /// The file's name within.
        name: String,
    },
    /// A file within has no place in a year folder, stands in it twice, or leads out of it.
    StrangeFile {
        /// The file's name within.
        name: String,
    },
    /// There is more in it than a year holds.
    TooLarge,
    /// It holds nothing.
    Empty,
}

/// Files by their path below the year folder, with slashes.
pub(super) type Contents = BTreeMap<String, Vec<u8>>;

/// Says whether a file of this path below the year folder belongs to the year, sound or not.
fn is_of_a_year(path: &str) -> bool {
    let Some((folder, name)) = path.split_once('/') else { return [YEAR, UNITS].contains(&path) };
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    // Beside the records: what people are told about them, and what was set aside of them.
    let endings: &[&str] = match folder {
        RUBRICS | VERSIONS => &["ron"],
        JOURNAL => &["ron", "torn", QUARANTINE, "txt"],
        _ => return false,
    };
    endings.contains(&ending) && is_plain_id(stem)
}

/// Reads the files of a year folder, byte for byte; no more is asked of them.
pub(super) fn read_folder(folder: &Path) -> Result<Contents, StoreError> {
    let mut paths: Vec<String> = vec![YEAR.to_owned(), UNITS.to_owned()];
    for within in [RUBRICS, VERSIONS, JOURNAL] {
        let items = match fs::read_dir(folder.join(within)) {
            Ok(items) => items,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(source) => return Err(StoreError::Read { path: folder.join(within), source }),
        };
        for item in items {
            let item = item.map_err(StoreError::read(folder))?;
            paths.extend(item.file_name().to_str().map(|it| format!("{within}/{it}")));
        }
    }
    let mut contents = Contents::new();
    let mut room = MAX_BYTES;
    for path in paths.into_iter().filter(|it| is_of_a_year(it)) {
        let file = folder.join(&path);
        // A pipe would wait for somebody to write to it.
        let Some(metadata) = fs::metadata(&file).ok().filter(fs::Metadata::is_file) else { continue };
        if metadata.len() > room {
            return Err(StoreError::TooLarge { path: file });
        }
        let mut bytes = Vec::new();
        let read = File::open(&file).and_then(|it| it.take(room + 1).read_to_end(&mut bytes));
        read.map_err(StoreError::read(&file))?;
        room = room.checked_sub(bytes.len() as u64).ok_or(StoreError::TooLarge { path: file })?;
        contents.insert(path, bytes);
    }
    Ok(contents)
}

/// Returns the zip file of a year's files; in it stands one folder, named after the year.
pub(super) fn pack(year: u16, contents: &Contents, at: DateTime) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).unix_permissions(0o644);
    if let Some(at) = zip_time(at) {
        options = options.last_modified_time(at);
    }
    for (path, bytes) in contents {
        zip.start_file(format!("{year:04}/{path}"), options).map_err(io::Error::from)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish().map_err(io::Error::from)?.into_inner())
}

fn zip_time(at: DateTime) -> Option<zip::DateTime> {
    let small = |it: i8| u8::try_from(it).ok();
    let year = u16::try_from(at.year()).ok()?;
    let (month, day) = (small(at.month())?, small(at.day())?);
    zip::DateTime::from_date_and_time(year, month, day, small(at.hour())?, small(at.minute())?, 0).ok()
}

/// Reads a backup: which year, and its files, each verified by its checksum. Nothing of it is trusted: names go by the
/// allow-list, and what is really unpacked is counted.
pub(super) fn unpack(bytes: &[u8]) -> Result<(u16, Contents), ArchiveFault> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ArchiveFault::NotAZip)?;
    if zip.len() > MAX_FILES {
        return Err(ArchiveFault::TooLarge);
    }
    let mut contents = Contents::new();
    let mut found = None;
    let mut room = MAX_BYTES;
    for idx in 0..zip.len() {
        let name = zip.name_for_index(idx).and_then(Result::ok).unwrap_or_default().into_owned();
        let strange = || ArchiveFault::StrangeFile { name: name.clone() };
        let (year, path) = placed(&name).ok_or_else(strange)?;
        if *found.get_or_insert(year) != year {
            return Err(strange());
        }
        let broken = || ArchiveFault::Broken { name: name.clone() };
        let options = ZipReadOptions::new().enforce_header_consistency(true);
        let file = zip.by_index_with_options(idx, options).map_err(|_| broken())?;
        let mut bytes = Vec::new();
        file.take(room + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
        room = room.checked_sub(bytes.len() as u64).ok_or(ArchiveFault::TooLarge)?;
        if contents.insert(path.to_owned(), bytes).is_some() {
            return Err(strange());
        }
    }
    found.map(|year| (year, contents)).ok_or(ArchiveFault::Empty)
}

/// Returns the year and the path below its folder; nothing for a name that has no place there.
fn placed(name: &str) -> Option<(u16, &str)> {
    let (year, path) = name.split_once('/')?;
    let is_year = year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit());
    let year = year.parse().ok().filter(|_| is_year)?;
    is_of_a_year(path).then_some((year, path))
}

/// Returns the files as a folder is written of them.
pub(super) fn as_paths(contents: Contents) -> Vec<(PathBuf, Vec<u8>)> {
    contents.into_iter().map(|(path, bytes)| (PathBuf::from_iter(path.split('/')), bytes)).collect()
}

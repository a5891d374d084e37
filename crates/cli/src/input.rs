//! Reading the files that are named on the command line.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use kaohe_exchange::MAX_BYTES;
use kaohe_store::StoreError;
use kaohe_tui::text::faults;

use crate::failure::Failure;

/// A file that was given.
pub(crate) struct Given {
    /// As the person named it.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Reads a file; `-` is the standard input.
pub(crate) fn read(path: &Path) -> Result<Given, Failure> {
    try_read(path).map_err(|it| Failure::input(vec![it]))
}

/// Files that were found for what was named on the command line.
pub(crate) struct Found {
    pub files: Vec<FoundFile>,
    /// What is in folders and was not taken for a table.
    pub skipped: Vec<PathBuf>,
}

/// A file that was found.
pub(crate) struct FoundFile {
    pub path: PathBuf,
    /// Whether nobody named it: it lies in a folder that was named.
    pub is_in_folder: bool,
}

/// Endings of files that tables and forms have.
const TABLES: [&str; 6] = ["csv", "xlsx", "xlsm", "xls", "et", "ods"];
/// The one of them that is text.
const TEXT: &str = "csv";
/// How deep folders are looked through.
const MAX_DEPTH: usize = 8;
/// How many files of folders are taken.
const MAX_FILES: usize = 10_000;

/// Returns the files that are named, and those in the folders that are named and in theirs, by name. What is hidden or
/// lies there while a document is open (`~$…`, `.~lock…`) is passed over silently.
pub(crate) fn find_tables(paths: &[PathBuf]) -> Result<Found, Failure> {
    let mut found = Found { files: Vec::new(), skipped: Vec::new() };
    let mut faults = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.files.push(FoundFile { path: path.clone(), is_in_folder: false });
            continue;
        }
        let n_before = found.files.len();
        if let Err(fault) = look_into(path, MAX_DEPTH, &mut found) {
            faults.push(fault);
        } else if found.files.len() == n_before {
            faults.push(format!("{}：文件夹里没有表格（{}）。", path.display(), TABLES.join("、")));
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(Failure::input(faults)) }
}

fn look_into(folder: &Path, depth: usize, found: &mut Found) -> Result<(), String> {
    let error = |source| faults::store_error(&StoreError::Read { path: folder.to_owned(), source });
    let mut items = Vec::new();
    for item in folder.read_dir().map_err(error)? {
        let item = item.map_err(error)?;
        let name = item.file_name().to_string_lossy().into_owned();
        if !name.starts_with(['.', '~']) {
            // A link to a folder may lead back to this one, so links are followed to files only.
            items.push((item.path(), item.file_type().map_err(error)?));
        }
    }
    items.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, kind) in items {
        if kind.is_dir() && depth > 0 {
            look_into(&path, depth - 1, found)?;
        } else if path.is_file() && is_table(&path) {
            found.files.push(FoundFile { path, is_in_folder: true });
        } else {
            found.skipped.push(path);
        }
        if found.files.len() > MAX_FILES {
            return Err(format!("{}：文件多于 {MAX_FILES} 个，没有读入：请分几次导入。", folder.display()));
        }
    }
    Ok(())
}

fn is_table(path: &Path) -> bool {
    TABLES.iter().any(|it| it.eq_ignore_ascii_case(ending(path)))
}

/// Says whether a file's name is that of a workbook, whatever it holds.
pub(crate) fn is_named_workbook(path: &Path) -> bool {
    is_table(path) && !ending(path).eq_ignore_ascii_case(TEXT)
}

fn ending(path: &Path) -> &str {
    path.extension().and_then(|it| it.to_str()).unwrap_or_default()
}

/// Reads every file, or says of each that cannot be read why.
pub(crate) fn read_all(paths: &[PathBuf]) -> Result<Vec<Given>, Failure> {
    let mut given = Vec::new();
    let mut faults = Vec::new();
    for path in paths {
        match try_read(path) {
            Ok(it) => given.push(it),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(given) } else { Err(Failure::input(faults)) }
}

/// Reads a file; the error is a sentence that names it.
pub(crate) fn try_read(path: &Path) -> Result<Given, String> {
    let is_stdin = path.as_os_str() == "-";
    let name = if is_stdin { "标准输入".to_owned() } else { path.display().to_string() };
    let limit = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let result = if is_stdin {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|it| it.take(limit).read_to_end(&mut bytes))
    };
    if let Err(source) = result {
        let path = PathBuf::from(&name);
        return Err(faults::store_error(&StoreError::Read { path, source }));
    }
    if bytes.len() > MAX_BYTES {
        return Err(format!("{name}：文件大于 {} MB，没有读入：请分成几个文件。", MAX_BYTES >> 20));
    }
    Ok(Given { name, bytes })
}

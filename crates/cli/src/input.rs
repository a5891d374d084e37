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

//! Reading the files of a year: of none more than a year ever holds, and nothing that is no file.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use kaohe_core::Severity;

use crate::error::StoreError;
use crate::fault::{FaultKind, FileFault};

/// The most that one file of a year may hold: a journal of some 200,000 records.
pub(crate) const MAX_BYTES: u64 = 64 << 20;

/// Reads a file whole, or says why it is not read.
///
/// # Errors
///
/// It cannot be read.
pub(crate) fn bytes(path: &Path) -> io::Result<Result<Vec<u8>, FaultKind>> {
    let metadata = fs::metadata(path)?;
    // A pipe would wait for somebody to write to it, and a device may never end. Of a folder the system says it.
    if !metadata.is_file() && !metadata.is_dir() {
        return Ok(Err(FaultKind::LeadsOut));
    }
    if metadata.is_file() && metadata.len() > MAX_BYTES {
        return Ok(Err(too_large(metadata.len())));
    }
    // A byte more, so that its end is seen without another allocation. It may have grown since.
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(MAX_BYTES)).unwrap_or(0) + 1);
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > MAX_BYTES { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) })
}

/// Reads a file by its path below the folder. One that is too large or is no file is a fault, and empty.
pub(crate) fn within(folder: &Path, file: &str, faults: &mut Vec<FileFault>) -> Result<Vec<u8>, StoreError> {
    let path = folder.join(file);
    let read = bytes(&path).map_err(StoreError::read(&path))?;
    Ok(read.unwrap_or_else(|kind| {
        faults.push(FileFault { file: file.to_owned(), position: None, severity: Severity::Error, kind });
        Vec::new()
    }))
}

pub(crate) fn too_large(bytes: u64) -> FaultKind {
    FaultKind::TooLarge { bytes, limit: MAX_BYTES }
}

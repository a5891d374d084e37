//! Many files as one archive, to hand on.

use std::io::{Cursor, Write};

use jiff::civil::DateTime;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Returns an archive of files (name, content), all of them of this time by the clock on the wall.
///
/// # Errors
///
/// The archive is larger than the format allows, or two files share a name.
pub fn to_zip(files: &[(String, Vec<u8>)], at: DateTime) -> Result<Vec<u8>, zip::result::ZipError> {
    let year = u16::try_from(at.year()).unwrap_or(1980).max(1980);
    let [month, day, hour, minute, second] =
        [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(i8::unsigned_abs);
    let time = zip::DateTime::from_date_and_time(year, month, day, hour, minute, second).unwrap_or_default();
    // Workbooks are archives themselves: packing them again gains next to nothing.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(time)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_archive_has_its_files_by_their_chinese_names() {
        let files = [("a01-区教育局.xlsx".to_owned(), b"x".to_vec()), ("清单.csv".to_owned(), b"y".to_vec())];
        let at = date(2023, 12, 1).at(9, 15, 0, 0);
        let bytes = to_zip(&files, at).unwrap();
        assert_eq!(bytes, to_zip(&files, at).unwrap());
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for (name, content) in &files {
            let mut read = Vec::new();
            zip.by_name(name).unwrap().read_to_end(&mut read).unwrap();
            assert_eq!(&read, content);
        }
    }
}

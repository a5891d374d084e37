//! The parts of a workbook that is a zip archive, unpacked as far as they are asked for.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::MAX_UNPACKED;

/// Parts that an archive may have; a usual workbook has some twenty.
const MAX_PARTS: usize = 10_000;
/// What each entry of an archive's table of contents begins with.
const ENTRY: &[u8] = b"PK\x01\x02";

/// An archive; what was unpacked from it is counted.
pub(super) struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: usize,
}

impl<'b> Parts<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Parts<'b>, String> {
        // Reading the table of contents takes room for each entry before anybody can look at their number.
        let n_entries = bytes.windows(ENTRY.len()).filter(|it| *it == ENTRY).count();
        if n_entries > MAX_PARTS {
            return Err(format!("压缩包里有 {n_entries} 个以上的文件，不是表格软件写出的工作簿"));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        Ok(Parts { archive, left: MAX_UNPACKED })
    }

    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Returns a part unpacked; nothing where there is no such part.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(idx) = self.find(name) else { return Ok(None) };
        let part = self.archive.by_index(idx).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                protected()
            }
            _ => damaged(),
        })?;
        let mut bytes = Vec::new();
        // What the archive says of the size is not believed.
        let limit = u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1);
        part.take(limit).read_to_end(&mut bytes).map_err(|_| damaged())?;
        self.left = self.left.checked_sub(bytes.len()).ok_or_else(|| {
            format!("解压后大于 {} MB，没有读入：请只留需要的工作表，另存后再试", MAX_UNPACKED >> 20)
        })?;
        Ok(Some(bytes))
    }

    /// Some programs write names with another case, or with `\`.
    fn find(&self, name: &str) -> Option<usize> {
        if let Some(idx) = self.archive.index_for_name(name) {
            return Some(idx);
        }
        let is_same = |it: &str| it.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(name);
        (0..self.archive.len())
            .find(|it| self.archive.name_for_index(*it).is_some_and(|it| it.is_ok_and(|it| is_same(&it))))
    }
}

/// Why a file that is not what it should be is refused.
pub(super) fn damaged() -> String {
    "工作簿已损坏，读不了：请在表格软件中打开，另存为 .xlsx 后再试".to_owned()
}

/// Why a file that is locked is refused.
pub(super) fn protected() -> String {
    "工作簿有打开密码，读不了：请在表格软件中去掉密码，另存后再试".to_owned()
}

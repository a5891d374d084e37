//! From bytes to text.

use kaohe_core::Severity;

use crate::fault::{FaultKind, FileFault};
use crate::spanned::Position;

/// Returns a text that is like no other, for one that could not be read, so that reading can go on.
pub(crate) fn stand_in(position: Position) -> String {
    format!("?{}:{}", position.line, position.column)
}

/// Returns the text without a byte-order mark, or the fault that it is none.
pub(crate) fn utf8<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Vec<FileFault>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line_start = before.iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        let line = before.iter().filter(|it| **it == b'\n').count() + 1;
        let position = Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        };
        // A text with many bytes over 0x80 in pairs is most likely an editor's national encoding.
        let n_high = bytes.iter().filter(|it| **it >= 0x80).count();
        let is_gb18030 = n_high >= 2 && !bytes.contains(&0);
        vec![FileFault {
            file: file.to_owned(),
            position: Some(position),
            severity: Severity::Error,
            kind: FaultKind::NotUtf8 { is_gb18030 },
        }]
    })
}

//! From bytes to text: UTF-8 with or without a byte-order mark, UTF-16 with one, or GB18030, detected.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// Returns the text of a CSV file, without its byte-order mark.
///
/// # Errors
///
/// Why the bytes are not text, as the reason of a fault.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, UTF_16LE)?,
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, UTF_16BE)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => match std::str::from_utf8(rest) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => {
                let n_lines = rest.iter().take(error.valid_up_to()).filter(|it| **it == b'\n').count();
                return Err(format!(
                    "文件开头标明是 UTF-8，但第 {} 行有不属于 UTF-8 的字节：文件可能已损坏，请重新另存为“CSV UTF-8”",
                    n_lines + 1
                ));
            }
        },
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => GB18030
                .decode_without_bom_handling_and_without_replacement(bytes)
                .ok_or("编码既不是 UTF-8 也不是 GB18030：请在表格软件中另存为“CSV UTF-8”再导入")?,
        },
    };
    if text.contains('\0') {
        return Err("含有空字节，不是文本文件：请在表格软件中另存为“CSV UTF-8”再导入".to_owned());
    }
    Ok(text)
}

fn utf_16<'b>(bytes: &'b [u8], encoding: &'static encoding_rs::Encoding) -> Result<Cow<'b, str>, String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.ok_or_else(|| "文件开头标明是 UTF-16，但内容已损坏：请重新另存为“CSV UTF-8”".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes).as_deref(), Ok(expected));
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], expected: &str) {
        let reason = decode(bytes).unwrap_err();
        assert!(reason.contains(expected), "{reason}");
    }

    #[test]
    fn finds_the_encoding() {
        check("单位,𠮷".as_bytes(), "单位,𠮷");
        check("\u{FEFF}单位".as_bytes(), "单位");
        check(&GB18030.encode("单位,𠮷").0, "单位,𠮷");
        check(b"\xFF\xFE\x55\x53\x4D\x4F", "单位");
        check(b"\xFE\xFF\x53\x55\x4F\x4D", "单位");
        check(b"", "");
    }

    #[test]
    fn says_what_is_not_text() {
        check_refused(b"\xEF\xBB\xBFab\n\xFF", "第 2 行");
        check_refused(b"\xFF\xFE\x00\xD8", "UTF-16");
        check_refused(b"ab\xFF\xFF", "既不是 UTF-8 也不是 GB18030");
        check_refused(b"a\0b\0", "空字节");
    }
}

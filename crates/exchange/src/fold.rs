//! What people type and spreadsheets paste, brought to one form.

use std::borrow::Cow;

/// Returns the text with full-width digits, letters and punctuation made half-width (U+FF01–FF5E, U+3000).
pub fn half_width(text: &str) -> Cow<'_, str> {
    let is_full = |it: char| matches!(it, '\u{FF01}'..='\u{FF5E}' | '\u{3000}');
    if !text.contains(is_full) {
        return Cow::Borrowed(text);
    }
    let half = |it: char| match it {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it),
        it => it,
    };
    Cow::Owned(text.chars().map(half).collect())
}

/// Returns the text as one trimmed line: line ends, tabs and no-break spaces become one space, control
/// characters, bidirectional marks and zero-width spaces are dropped.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    push_clean(&mut cleaned, text);
    cleaned
}

/// Appends the text as [`clean`] makes it.
pub(crate) fn push_clean(to: &mut String, text: &str) {
    let is_odd = |it: char| is_break(it) || is_invisible(it);
    let text = text.trim_matches(is_nothing);
    if !text.contains(is_odd) {
        to.push_str(text);
        return;
    }
    for letter in text.chars().filter(|it| is_break(*it) || !is_invisible(*it)) {
        if !is_break(letter) {
            to.push(letter);
        } else if !to.ends_with(' ') {
            to.push(' ');
        }
    }
}

/// Says whether [`clean`] leaves nothing of the text.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_nothing)
}

fn is_nothing(letter: char) -> bool {
    letter.is_whitespace() || is_break(letter) || is_invisible(letter)
}

fn is_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{A0}' | '\u{2028}' | '\u{2029}')
}

fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_becomes_half_width() {
        for (given, expected) in [
            ("４．２", "4.2"),
            ("２０２３－１１－０６", "2023-11-06"),
            ("区直　（一）", "区直 (一)"),
            ("“甲”、乙。", "“甲”、乙。"),
        ] {
            assert_eq!(half_width(given), expected);
        }
    }

    #[test]
    fn text_becomes_one_clean_line() {
        for (given, expected) in [
            ("  超期三天\u{3000}", "超期三天"),
            ("一\r\n二\n\n三", "一 二 三"),
            ("甲\u{0}\u{1b}[31m乙\u{202e}", "甲[31m乙"),
            ("\u{FEFF}区\u{200B}直", "区直"),
            ("（全角）照旧", "（全角）照旧"),
        ] {
            assert_eq!(clean(given), expected);
        }
    }
}

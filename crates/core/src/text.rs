//! Characters that people do not mean: wide forms of plain ones, and those that cannot be seen.
//!
//! One list of each for files, spreadsheets, keys and screens, so that what one of them lets pass the next one does
//! not stumble over.

use std::borrow::Cow;

/// Returns the text with full-width digits, letters and punctuation made half-width: `１．５` is `1.5`.
///
/// An input method left in full-width mode writes them. `。` and `、` stay, for they are no forms of `.` and `,`.
pub fn half_width(text: &str) -> Cow<'_, str> {
    if text.chars().all(|it| half_width_char(it) == it) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(half_width_char).collect())
}

/// Returns the plain character that a full-width form stands for (U+FF01–FF5E, U+3000), any other as it is.
pub fn half_width_char(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// Says whether a character ends a line, or moves within it as a tab does.
pub fn is_break(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Says whether a character leaves no ink and takes no room, or turns the reading direction; a break is none.
///
/// The joiners U+200C and U+200D do the former too, but make one sign of several, and stay.
pub fn is_invisible(letter: char) -> bool {
    let is_format = matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}'
    );
    is_format || letter.is_control() && !is_break(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_becomes_half_width() {
        for (given, expected) in [
            ("４．２", "4.2"),
            ("２０２３－１１－０６", "2023-11-06"),
            ("－０．１＋：", "-0.1+:"),
            ("ｊＹ　ｊ", "jY j"),
            ("教。育、局￥“甲”", "教。育、局￥“甲”"),
        ] {
            assert_eq!(half_width(given), expected);
        }
    }

    #[test]
    fn every_character_is_seen_or_a_break_or_invisible() {
        for letter in ['\0', '\u{1b}', '\u{7f}', '\u{9b}', '\u{200b}', '\u{202e}', '\u{feff}'] {
            assert!(is_invisible(letter) && !is_break(letter), "{letter:?}");
        }
        for letter in ['\n', '\r', '\t', '\u{85}', '\u{2028}'] {
            assert!(is_break(letter) && !is_invisible(letter), "{letter:?}");
        }
        for letter in ['a', ' ', '扣', '\u{3000}', '\u{200d}', '\u{301}'] {
            assert!(!is_break(letter) && !is_invisible(letter), "{letter:?}");
        }
    }
}

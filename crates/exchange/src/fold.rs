//! What people type and spreadsheets paste, brought to one line.

use kaohe_core::is_invisible;

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
    for letter in text.chars().filter(|it| !is_invisible(*it)) {
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

/// A cell of a spreadsheet also holds no-break spaces, which would make two equal names differ.
fn is_break(letter: char) -> bool {
    kaohe_core::is_break(letter) || letter == '\u{a0}'
}

#[cfg(test)]
mod tests {
    use super::*;

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

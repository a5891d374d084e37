//! Display cells: the one place where text is measured, cut, padded and wrapped.
//!
//! A Chinese character takes two cells, most others one. Characters of ambiguous width
//! (`…`, `“`, `●`) count as one, as they do in every terminal but an old Chinese console.

use std::borrow::Cow;

use kaohe_core::{is_break, is_invisible};
use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

/// Stands at the end of text that was cut; one cell wide.
pub const ELLIPSIS: &str = "…";

/// No line begins with one of these.
const CLOSING: &str = "，。、；：？！）》〉”’】」』〕…—％·,.;:?!)]}%";

/// No line ends with one of these.
const OPENING: &str = "（《〈“‘【「『〔([{";

/// Returns the number of cells that `text` takes on the screen.
#[must_use]
pub fn width(text: &str) -> usize {
    plain_width(text).unwrap_or_else(|| text.graphemes(true).map(grapheme_width).sum())
}

/// Returns the width of text that is all ASCII and Chinese characters, where no character joins another; nearly
/// every cell of a table is.
fn plain_width(text: &str) -> Option<usize> {
    let mut width = 0;
    for letter in text.chars() {
        width += match letter {
            ' '..='~' => 1,
            '\u{4e00}'..='\u{9fff}' => 2,
            _ => return None,
        };
    }
    Some(width)
}

/// Returns the number of cells that one grapheme takes.
///
/// This is ratatui's own count, so what is measured here is what the buffer will hold.
#[must_use]
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        return 0;
    }
    usize::from(grapheme.cell_width())
}

/// Cuts `text` to at most `max` cells; what was cut ends in [`ELLIPSIS`].
#[must_use]
pub fn cut(text: &str, max: usize) -> Cow<'_, str> {
    if width(text) <= max {
        return Cow::Borrowed(text);
    }
    let Some(room) = max.checked_sub(width(ELLIPSIS)) else {
        return Cow::Borrowed("");
    };
    let mut cut = take(text, room).to_owned();
    cut.push_str(ELLIPSIS);
    Cow::Owned(cut)
}

/// Returns the longest beginning of `text` that takes at most `max` cells.
#[must_use]
pub fn take(text: &str, max: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_width(grapheme);
        if used > max {
            return text.split_at(at).0;
        }
    }
    text
}

/// Fills `text` with spaces on the right to exactly `cells`, cutting what is longer.
#[must_use]
pub fn pad_right(text: &str, cells: usize) -> String {
    let mut padded = cut(text, cells).into_owned();
    let n_spare = cells.saturating_sub(width(&padded));
    padded.push_str(&" ".repeat(n_spare));
    padded
}

/// Fills `text` with spaces on the left to exactly `cells`, cutting what is longer.
#[must_use]
pub fn pad_left(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    let mut padded = " ".repeat(cells.saturating_sub(width(&text)));
    padded.push_str(&text);
    padded
}

/// Breaks `text` into lines of at most `cells`.
///
/// Lines break between Chinese characters and after spaces; words and numbers stay whole where
/// they fit. No line begins with closing punctuation or ends with opening punctuation, unless
/// the line is too narrow for that. Only white space at a break is lost. An empty line stays.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    wrap_first(text, cells, usize::MAX)
}

/// Returns the first `n_lines` of what [`wrap`] returns, without a look at the rest of the text.
#[must_use]
pub fn wrap_first(text: &str, cells: usize, n_lines: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        if lines.len() >= n_lines {
            break;
        }
        lines.extend(wrap_line(line, cells, n_lines - lines.len()));
    }
    lines
}

/// Returns what [`wrap`] returns, in no more than `n_lines`: where the text goes on, the last of them ends in an ellipsis.
#[must_use]
pub fn wrap_within(text: &str, cells: usize, n_lines: usize) -> Vec<String> {
    let mut lines = wrap_first(text, cells, n_lines.saturating_add(1));
    if lines.len() > n_lines {
        lines.truncate(n_lines);
        if let Some(last) = lines.last_mut() {
            *last = format!("{}{ELLIPSIS}", take(last, cells.saturating_sub(1)));
        }
    }
    lines
}

fn wrap_line(text: &str, cells: usize, n_lines: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for chunk in chunks(text) {
        if lines.len() >= n_lines {
            break;
        }
        if used + width(chunk.trim_end()) <= cells {
            line.push_str(chunk);
            used += width(chunk);
            continue;
        }
        push_line(&mut lines, &mut line);
        used = 0;
        if width(chunk.trim_end()) <= cells {
            line.push_str(chunk);
            used = width(chunk);
            continue;
        }
        // Wider than a whole line, so it breaks between any two characters.
        for grapheme in chunk.graphemes(true) {
            let next = grapheme_width(grapheme);
            if used + next > cells {
                push_line(&mut lines, &mut line);
                used = 0;
            }
            line.push_str(grapheme);
            used += next;
        }
    }
    push_line(&mut lines, &mut line);
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines.truncate(n_lines);
    lines
}

fn push_line(lines: &mut Vec<String>, line: &mut String) {
    let text = line.trim_end();
    if !text.is_empty() {
        lines.push(text.to_owned());
    }
    line.clear();
}

/// Splits `text` where a line may break.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut graphemes = text.grapheme_indices(true).peekable();
    let mut start = 0;
    std::iter::from_fn(move || {
        let mut before = graphemes.next()?.1;
        while let Some((_, after)) = graphemes.next_if(|it| !may_break(before, it.1)) {
            before = after;
        }
        let end = graphemes.peek().map_or(text.len(), |it| it.0);
        let chunk = text.get(start..end);
        start = end;
        chunk
    })
}

fn may_break(before: &str, after: &str) -> bool {
    if is_space(after) || CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    is_space(before) || is_wide(before) || is_wide(after) || OPENING.contains(after)
}

fn is_space(grapheme: &str) -> bool {
    grapheme.chars().all(char::is_whitespace)
}

fn is_wide(grapheme: &str) -> bool {
    grapheme_width(grapheme) > 1
}

/// Makes text from outside safe to show, for the places where it enters.
///
/// Unlike `kaohe_exchange::clean` it keeps blanks as they are typed. Tabs and line ends become spaces; other control characters, marks that turn the reading
/// direction and characters without width or ink are dropped.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut before = ' ';
    for ch in text.chars() {
        match ch {
            '\n' if before == '\r' => {}
            ch if is_break(ch) => cleaned.push(' '),
            ch if is_invisible(ch) => {}
            ch => cleaned.push(ch),
        }
        before = ch;
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn width_counts_cells() {
        for (text, expected) in
            [("", 0), ("abc", 3), ("区教育局", 8), ("扣0.1分", 7), ("…“”", 3), ("e\u{301}", 1), ("👩‍👩‍👧", 2)]
        {
            assert_eq!(width(text), expected, "{text:?}");
        }
    }

    #[test]
    fn cut_keeps_whole_characters() {
        for (text, max, expected) in [
            ("区教育局", 8, "区教育局"),
            ("区教育局", 7, "区教育…"),
            ("区教育局", 6, "区教…"),
            ("区教育局", 2, "…"),
            ("区教育局", 1, "…"),
            ("区教育局", 0, ""),
            ("", 0, ""),
            ("abcd", 3, "ab…"),
        ] {
            assert_eq!(cut(text, max), expected, "{text:?} in {max}");
        }
    }

    #[test]
    fn padding_is_exact() {
        assert_eq!(pad_right("局", 5), "局   ");
        assert_eq!(pad_left("0.1", 5), "  0.1");
        assert_eq!(pad_left("教育局", 4), " 教…");
    }

    #[track_caller]
    fn check_wrap(text: &str, cells: usize, expected: &[&str]) {
        assert_eq!(wrap(text, cells), expected, "{text:?} in {cells}");
    }

    #[test]
    fn wrap_breaks_between_chinese_characters() {
        check_wrap("政务公开工作", 4, &["政务", "公开", "工作"]);
        check_wrap("政务公开工作", 5, &["政务", "公开", "工作"]);
        check_wrap("", 4, &[""]);
        check_wrap("一\n\n二", 4, &["一", "", "二"]);
    }

    #[test]
    fn wrap_keeps_punctuation_in_its_place() {
        check_wrap("未公开，扣分", 6, &["未公", "开，扣", "分"]);
        check_wrap("按照《条例》公开", 6, &["按照", "《条", "例》公", "开"]);
        check_wrap("他说“好”。行", 7, &["他说", "“好”。", "行"]);
        check_wrap("局，", 2, &["局", "，"]);
    }

    #[test]
    fn wrap_keeps_words_and_numbers_whole() {
        check_wrap("每处扣0.1分", 8, &["每处扣", "0.1分"]);
        check_wrap("open data portal", 9, &["open data", "portal"]);
        check_wrap("see abcdefghij", 4, &["see", "abcd", "efgh", "ij"]);
        check_wrap("  缩进", 6, &["  缩进"]);
    }

    #[test]
    fn what_has_no_room_ends_in_an_ellipsis() {
        assert_eq!(wrap_within("政务公开工作", 4, 3), ["政务", "公开", "工作"]);
        assert_eq!(wrap_within("政务公开工作", 4, 2), ["政务", "公…"]);
        assert_eq!(wrap_within("政务", 4, 0), Vec::<String>::new());
    }

    #[test]
    fn clean_drops_what_cannot_be_shown() {
        for (text, expected) in [
            ("区教育局", "区教育局"),
            ("a\tb\nc", "a b c"),
            ("a\r\nb", "a b"),
            ("a\u{1b}[31mb", "a[31mb"),
            ("a\u{202e}b\u{200b}c\u{feff}", "abc"),
            ("\0\u{7f}\u{9b}", ""),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["\\PC{0,40}", "[a-c0-9.区教育，。（《》“” \u{3000}\n]{0,40}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn cut_is_never_wider(text in text(), max in 0usize..30) {
            prop_assert!(width(&cut(&text, max)) <= max);
        }

        #[test]
        fn padding_is_always_exact(text in text(), cells in 0usize..30) {
            prop_assert_eq!(width(&pad_right(&text, cells)), cells);
            prop_assert_eq!(width(&pad_left(&text, cells)), cells);
        }

        #[test]
        fn wrapped_lines_fit_and_lose_nothing(text in text(), cells in 2usize..30) {
            let ink = |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<String>();
            let lines = wrap(&text, cells);
            for line in &lines {
                // Some scripts have characters that take three cells, which no break can help.
                let is_single = line.graphemes(true).count() == 1;
                prop_assert!(width(line) <= cells || is_single, "{:?} in {}", line, cells);
            }
            prop_assert_eq!(ink(&lines.concat()), ink(&text));
            for n_lines in 0..lines.len() + 1 {
                prop_assert_eq!(&wrap_first(&text, cells, n_lines)[..], &lines[..n_lines]);
            }
        }

        #[test]
        fn plain_text_is_as_wide_as_its_graphemes(text in "[ -~区教育局扣满]{0,20}") {
            let graphemes: usize = text.graphemes(true).map(grapheme_width).sum();
            prop_assert_eq!(width(&text), graphemes);
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let cleaned = clean(&text);
            prop_assert_eq!(clean(&cleaned), cleaned.clone());
            prop_assert!(!cleaned.contains(char::is_control));
        }
    }
}

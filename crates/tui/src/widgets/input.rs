//! A text field of one line.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::cells;

/// The text of a field and the place where typing goes on.
///
/// The caret is always between two graphemes, so no edit cuts a character.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// In bytes from the beginning, on a grapheme boundary.
    caret: usize,
}

impl Input {
    /// Makes a field that holds `text`, with the caret at its end.
    #[must_use]
    pub fn new(text: &str) -> Input {
        let text = cells::clean(text);
        let caret = text.len();
        Input { text, caret }
    }

    /// Returns the text.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.text
    }

    /// Tells whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Inserts `text` before the caret; line ends become spaces.
    pub fn insert(&mut self, text: &str) {
        let text = cells::clean(text);
        self.text.insert_str(self.caret, &text);
        self.caret += text.len();
        self.settle();
    }

    /// Deletes the character before the caret.
    pub fn backspace(&mut self) {
        self.delete_from(self.before());
    }

    /// Deletes the character after the caret.
    pub fn delete(&mut self) {
        self.text.drain(self.caret..self.after());
        self.settle();
    }

    /// Deletes the word before the caret: spaces and punctuation, then what is neither.
    ///
    /// Chinese is written without spaces, so the word may be a whole phrase.
    pub fn delete_word(&mut self) {
        let is_word = |it: char| it.is_alphanumeric();
        let head = self.head().trim_end_matches(|it| !is_word(it)).trim_end_matches(is_word);
        self.delete_from(head.len());
    }

    /// Deletes everything before the caret.
    pub fn delete_to_start(&mut self) {
        self.delete_from(0);
    }

    /// Moves the caret one character to the left.
    pub fn left(&mut self) {
        self.caret = self.before();
    }

    /// Moves the caret one character to the right.
    pub fn right(&mut self) {
        self.caret = self.after();
    }

    /// Moves the caret before the first character.
    pub fn home(&mut self) {
        self.caret = 0;
    }

    /// Moves the caret after the last character.
    pub fn end(&mut self) {
        self.caret = self.text.len();
    }

    /// Draws the part of the text around the caret in the first row of `area` and returns the
    /// caret's place on the screen.
    ///
    /// The caller puts the terminal's cursor there: an input method opens its window at the real
    /// cursor, so none is painted. Returns nothing where the field has no room.
    #[must_use]
    pub fn draw(&self, area: Rect, buf: &mut Buffer, style: impl Into<Style>) -> Option<Position> {
        let row = Rect { height: area.height.min(1), ..area }.intersection(*buf.area());
        if row.is_empty() {
            return None;
        }
        let style = style.into();
        let room = usize::from(row.width);
        let (head, tail) = self.text.split_at(self.caret);
        // The caret stands on the character after it, which may be two cells wide.
        let under_caret = tail.graphemes(true).next().map_or(1, cells::grapheme_width).clamp(1, room);
        let shown_head = take_end(head, room - under_caret);
        buf.set_stringn(row.x, row.y, " ".repeat(room), room, style);
        let (x, _) = buf.set_stringn(row.x, row.y, shown_head, room, style);
        buf.set_stringn(x, row.y, tail, usize::from(row.right() - x), style);
        Some(Position { x, y: row.y })
    }

    fn head(&self) -> &str {
        self.text.split_at(self.caret).0
    }

    fn before(&self) -> usize {
        self.head().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let tail = self.text.split_at(self.caret).1;
        self.caret + tail.graphemes(true).next().map_or(0, str::len)
    }

    fn delete_from(&mut self, start: usize) {
        self.text.drain(start..self.caret);
        self.caret = start;
        self.settle();
    }

    /// Moves the caret on to the next boundary: an edit can join what stands on both sides of it,
    /// such as a letter and an accent, to one grapheme.
    fn settle(&mut self) {
        let mut cursor = GraphemeCursor::new(self.caret, self.text.len(), true);
        if !cursor.is_boundary(&self.text, 0).unwrap_or(true) {
            self.caret = cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len());
        }
    }
}

/// Returns the longest end of `text` that takes at most `max` cells.
fn take_end(text: &str, max: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += cells::grapheme_width(grapheme);
        if used > max {
            return text.split_at(at + grapheme.len()).1;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::widgets::rows_of;

    #[derive(Clone, Debug)]
    enum Edit {
        Insert(String),
        Backspace,
        Delete,
        DeleteWord,
        DeleteToStart,
        Left,
        Right,
        Home,
        End,
    }

    fn apply(input: &mut Input, edit: &Edit) {
        match edit {
            Edit::Insert(text) => input.insert(text),
            Edit::Backspace => input.backspace(),
            Edit::Delete => input.delete(),
            Edit::DeleteWord => input.delete_word(),
            Edit::DeleteToStart => input.delete_to_start(),
            Edit::Left => input.left(),
            Edit::Right => input.right(),
            Edit::Home => input.home(),
            Edit::End => input.end(),
        }
    }

    /// `text` and `expected` mark the caret with `|`.
    #[track_caller]
    fn check(text: &str, edits: &[Edit], expected: &str) {
        let (head, tail) = text.split_once('|').unwrap();
        let mut input = Input { text: format!("{head}{tail}"), caret: head.len() };
        for edit in edits {
            apply(&mut input, edit);
        }
        let (head, tail) = input.text.split_at(input.caret);
        assert_eq!(format!("{head}|{tail}"), expected, "{text} {edits:?}");
    }

    #[test]
    fn edits_act_on_whole_characters() {
        check("|", &[Edit::Insert("链接".into())], "链接|");
        check("链|接", &[Edit::Insert("a\r\nb\u{1b}".into())], "链a b|接");
        check("链接|", &[Edit::Backspace], "链|");
        check("|链接", &[Edit::Backspace], "|链接");
        check("|链接", &[Edit::Delete], "|接");
        check("链接|", &[Edit::Delete], "链接|");
        check("ae\u{301}|b", &[Edit::Backspace], "a|b");
        check("ae\u{301}|b", &[Edit::Left], "a|e\u{301}b");
        check("a|👩‍👩‍👧b", &[Edit::Right], "a👩‍👩‍👧|b");
        check("链|接", &[Edit::Home, Edit::Left], "|链接");
        check("链|接", &[Edit::End, Edit::Right], "链接|");
    }

    #[test]
    fn caret_stays_out_of_joined_characters() {
        check("e|", &[Edit::Left, Edit::Right, Edit::Insert("\u{301}".into())], "e\u{301}|");
        check("e|x\u{301}", &[Edit::Delete], "e|");
        check("ex|\u{301}", &[Edit::Left, Edit::Delete], "e|");
    }

    #[test]
    fn word_ends_at_spaces_and_punctuation() {
        check("首页 dead link|", &[Edit::DeleteWord], "首页 dead |");
        check("首页 dead |x", &[Edit::DeleteWord], "首页 |x");
        check("未更新，链接失效。|", &[Edit::DeleteWord], "未更新，|");
        check("|abc", &[Edit::DeleteWord], "|abc");
        check("ab|cd", &[Edit::DeleteToStart], "|cd");
    }

    #[track_caller]
    fn check_draw(text: &str, n_left: usize, width: u16, row: &str, caret_x: u16) {
        let mut input = Input::new(text);
        for _ in 0..n_left {
            input.left();
        }
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        let caret = input.draw(Rect::new(0, 0, width, 3), &mut buf, Style::new());
        assert_eq!(caret, Some(Position { x: caret_x, y: 0 }), "{text}");
        assert_eq!(rows_of(&buf), [row]);
    }

    #[test]
    fn caret_is_always_visible() {
        check_draw("", 0, 6, "      ", 0);
        check_draw("链接", 0, 6, "链接  ", 4);
        check_draw("链接", 1, 6, "链接  ", 2);
        check_draw("链接失效", 0, 6, "失效  ", 4);
        check_draw("链接失效", 1, 6, "接失效", 4);
        check_draw("链接失效", 4, 6, "链接失", 0);
        check_draw("链接失效", 4, 5, "链接 ", 0);
        check_draw("abcdef", 0, 4, "def ", 3);
        check_draw("链接", 0, 1, " ", 0);
        check_draw("链接", 1, 1, " ", 0);
        check_draw("ab", 0, 1, " ", 0);
    }

    #[test]
    fn field_without_room_has_no_caret() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
        let input = Input::new("abc");
        assert_eq!(input.draw(Rect::new(0, 0, 0, 1), &mut buf, Style::new()), None);
        assert_eq!(input.draw(Rect::new(9, 9, 4, 1), &mut buf, Style::new()), None);
    }

    fn edit() -> impl Strategy<Value = Edit> {
        prop_oneof![
            3 => prop_oneof![
                any::<String>(),
                "[ae\u{301}\u{200d}\u{1f1e8}\u{1f1f3}👩局，\u{1100}\u{1161} ]{0,4}",
            ].prop_map(Edit::Insert),
            1 => Just(Edit::Backspace),
            1 => Just(Edit::Delete),
            1 => Just(Edit::DeleteWord),
            1 => Just(Edit::DeleteToStart),
            2 => Just(Edit::Left),
            1 => Just(Edit::Right),
            1 => Just(Edit::Home),
            1 => Just(Edit::End),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn caret_stays_on_a_boundary(edits in prop::collection::vec(edit(), 0..30), width in 0u16..9) {
            let mut input = Input::default();
            for edit in &edits {
                apply(&mut input, edit);
                let mut boundaries = input.text.grapheme_indices(true).map(|(at, _)| at);
                prop_assert!(input.caret == input.text.len() || boundaries.any(|it| it == input.caret));
                let mut buf = Buffer::empty(Rect::new(2, 1, width + 2, 1));
                let caret = input.draw(Rect::new(2, 1, width, 1), &mut buf, Style::new());
                prop_assert_eq!(caret.is_some(), width > 0);
                prop_assert!(caret.is_none_or(|it| it.x < 2 + width));
            }
        }
    }
}

//! How a finished picture is made to suit the terminal: other colours, none, or ASCII only. It is the last step of
//! drawing, so that no screen needs to know.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_segmentation::UnicodeSegmentation;

use crate::settings::Theme;
use crate::widgets::cells;

/// What is done to each picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its colours.
    pub theme: Theme,
    /// Whether every character is one whose width no terminal disputes.
    pub is_ascii: bool,
}

impl Look {
    /// Suits a picture to the terminal.
    pub(crate) fn dress(self, buf: &mut Buffer) {
        if self == Look::default() {
            return;
        }
        for cell in &mut buf.content {
            match self.theme {
                Theme::Terminal => {}
                Theme::Dark => paint(cell, &DARK),
                Theme::Light => paint(cell, &LIGHT),
                Theme::Plain => without_colour(cell),
            }
            if self.is_ascii {
                in_ascii(cell);
            }
        }
    }
}

/// What the colours of `theme.rs` become. Indexed colours are known to more consoles than red, green and blue.
struct Colours {
    text: u8,
    ground: u8,
    black: u8,
    white: u8,
    red: u8,
    green: u8,
    yellow: u8,
    blue: u8,
    magenta: u8,
    cyan: u8,
    faint: u8,
}

const DARK: Colours = Colours {
    text: 252,
    ground: 234,
    black: 232,
    white: 255,
    red: 210,
    green: 114,
    yellow: 222,
    blue: 25,
    magenta: 176,
    cyan: 80,
    faint: 245,
};

const LIGHT: Colours = Colours {
    text: 235,
    ground: 231,
    black: 16,
    white: 231,
    red: 124,
    green: 22,
    yellow: 94,
    blue: 25,
    magenta: 90,
    cyan: 24,
    faint: 242,
};

fn paint(cell: &mut Cell, colours: &Colours) {
    let of = |colour: Color, unset: u8| match colour {
        Color::Reset => Color::Indexed(unset),
        Color::Black => Color::Indexed(colours.black),
        Color::White => Color::Indexed(colours.white),
        Color::Red | Color::LightRed => Color::Indexed(colours.red),
        Color::Green | Color::LightGreen => Color::Indexed(colours.green),
        Color::Yellow | Color::LightYellow => Color::Indexed(colours.yellow),
        Color::Blue | Color::LightBlue => Color::Indexed(colours.blue),
        Color::Magenta | Color::LightMagenta => Color::Indexed(colours.magenta),
        Color::Cyan | Color::LightCyan => Color::Indexed(colours.cyan),
        Color::Gray | Color::DarkGray => Color::Indexed(colours.faint),
        other @ (Color::Indexed(_) | Color::Rgb(..)) => other,
    };
    // Terminals dim as they like, and some not at all.
    let is_faint = cell.modifier.contains(Modifier::DIM) && cell.fg == Color::Reset;
    // What is marked by a ground of its own is read on that, in either theme.
    let is_on_mark = cell.bg == Color::Yellow;
    cell.fg = if is_faint { Color::Indexed(colours.faint) } else { of(cell.fg, colours.text) };
    cell.bg = if is_on_mark { Color::Indexed(222) } else { of(cell.bg, colours.ground) };
    if is_faint {
        cell.modifier.remove(Modifier::DIM);
    }
}

/// Takes all colours away; what had a ground of its own is reversed instead.
fn without_colour(cell: &mut Cell) {
    if cell.bg != Color::Reset {
        cell.modifier.insert(Modifier::REVERSED);
    }
    cell.fg = Color::Reset;
    cell.bg = Color::Reset;
}

/// Replaces what an old Chinese console draws wider or narrower than it says it does: everything narrow that is not
/// ASCII, and everything wide that is no Chinese character or its punctuation.
fn in_ascii(cell: &mut Cell) {
    let symbol = cell.symbol();
    if symbol.is_ascii() {
        return;
    }
    let replacement = match cells::width(symbol) {
        // The hidden half of a wide character.
        0 => return,
        1 => narrow(symbol),
        _ if is_chinese(symbol) => return,
        _ => "??",
    };
    cell.set_symbol(replacement);
}

fn narrow(symbol: &str) -> &'static str {
    match symbol.graphemes(true).next().and_then(|it| it.chars().next()).unwrap_or('?') {
        '─' | '━' | '═' | '—' | '–' | '‐' | '−' => "-",
        '│' | '┃' | '║' | '▏' | '▕' => "|",
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╯' | '╰' | '╔' | '╗' | '╚'
        | '╝' => "+",
        '█' | '▉' | '▊' | '▋' | '▓' | '■' | '◆' => "#",
        '▌' | '▍' | '▎' | '▒' | '▄' | '▀' => "=",
        '░' | '□' | '◇' => ".",
        '…' | '·' | '‧' | '•' => ".",
        '●' | '★' | '※' => "*",
        '○' | '☆' | '°' => "o",
        '“' | '”' | '″' => "\"",
        '‘' | '’' | '′' => "'",
        '‹' | '←' | '◀' => "<",
        '›' | '→' | '▶' => ">",
        '↑' | '▲' | '△' => "^",
        '↓' | '▼' | '▽' => "v",
        '×' => "x",
        '÷' => "/",
        '√' | '✓' => "y",
        '\u{a0}' => " ",
        _ => "?",
    }
}

/// Says whether a character is two cells wide on every Chinese console: ideographs, their punctuation, full-width forms.
fn is_chinese(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    let is_wide = |it: char| {
        matches!(it, '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}')
    };
    letters.next().is_some_and(is_wide) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::theme;
    use crate::widgets::rows_of;

    fn dressed(text: &str, look: Look) -> Buffer {
        let width = u16::try_from(cells::width(text)).unwrap();
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        buf.set_string(0, 0, text, Style::new());
        look.dress(&mut buf);
        buf
    }

    #[test]
    fn ascii_keeps_chinese_and_every_width() {
        let look = Look { is_ascii: true, ..Look::default() };
        for (text, expected) in [
            ("┌─ “记录”… ─┐", "+- \"记录\". -+"),
            ("│已扣 2.9 █▌ │", "|已扣 2.9 #= |"),
            ("甲→乙，×2·½", "甲>乙，x2.?"),
            ("（一）、《办法》：１", "（一）、《办法》：１"),
            ("好😀👨‍👩‍👧。", "好????。"),
        ] {
            let buf = dressed(text, look);
            assert_eq!(rows_of(&buf), [expected]);
            assert_eq!(cells::width(expected), cells::width(text), "{text}");
        }
    }

    #[test]
    fn without_colour_nothing_that_was_marked_is_plain() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
        buf.set_string(0, 0, "标题", theme::TITLE);
        Look { theme: Theme::Plain, is_ascii: false }.dress(&mut buf);
        let cell = &buf[(0, 0)];
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
        assert!(cell.modifier.contains(Modifier::REVERSED | Modifier::BOLD));
    }

    #[test]
    fn themes_leave_no_colour_to_the_terminal() {
        for theme in [Theme::Dark, Theme::Light] {
            let mut buf = Buffer::empty(Rect::new(0, 0, 6, 1));
            for (x, style) in (0..).zip([theme::TITLE, theme::FAINT, theme::MARK, theme::LOST, theme::PLAIN])
            {
                buf.set_string(x, 0, "a", style);
            }
            Look { theme, is_ascii: false }.dress(&mut buf);
            for cell in &buf.content {
                assert!(matches!((cell.fg, cell.bg), (Color::Indexed(_), Color::Indexed(_))), "{cell:?}");
                assert_ne!(cell.fg, cell.bg, "{cell:?}");
            }
        }
    }
}

//! Events: what the person or the window did, and which key was meant.

use crossterm::event::{
    Event as RawEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use kaohe_core::half_width_char;

/// Something that the person or the window did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed, or is held and repeats.
    Key(KeyEvent),
    /// Text was pasted; its line ends are still in it.
    Paste(String),
    /// The window has a new size, in cells.
    Resize {
        /// Its width.
        width: u16,
        /// Its height.
        height: u16,
    },
    /// The mouse did something.
    Mouse(Mouse),
}

/// What the mouse did, and where, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// The column.
    pub x: u16,
    /// The row.
    pub y: u16,
}

/// What a mouse does here; other buttons and mere motion do nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button goes down.
    Press,
    /// The mouse moves with the left button down.
    Drag,
    /// The left button goes up.
    Release,
    /// The wheel turns up.
    WheelUp,
    /// The wheel turns down.
    WheelDown,
}

/// Returns what a raw event means here, nothing where it does not matter.
pub(super) fn translate(event: RawEvent) -> Option<Event> {
    match event {
        // Windows also tells when a key is let go.
        RawEvent::Key(key) if key.kind == KeyEventKind::Release => None,
        RawEvent::Key(key) => Some(Event::Key(key)),
        RawEvent::Paste(text) => Some(Event::Paste(text)),
        RawEvent::Resize(width, height) => Some(Event::Resize { width, height }),
        RawEvent::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
                MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                MouseEventKind::Down(_)
                | MouseEventKind::Drag(_)
                | MouseEventKind::Up(_)
                | MouseEventKind::Moved
                | MouseEventKind::ScrollLeft
                | MouseEventKind::ScrollRight => return None,
            };
            Some(Event::Mouse(Mouse { kind, x: mouse.column, y: mouse.row }))
        }
        RawEvent::FocusGained | RawEvent::FocusLost => None,
    }
}

/// Returns the key that was meant, for places where keys are commands and not text.
///
/// An input method left on sends full-width forms and Chinese punctuation: `：` is the `:` key.
/// Shift is dropped from characters, which already say it and carry it on some systems only.
#[must_use]
pub fn fold_key(key: KeyEvent) -> KeyEvent {
    let KeyCode::Char(ch) = key.code else {
        return key;
    };
    KeyEvent { code: KeyCode::Char(key_char(ch)), modifiers: key.modifiers - KeyModifiers::SHIFT, ..key }
}

/// Returns the character on the key that gives `ch` under a Chinese input method.
fn key_char(ch: char) -> char {
    match ch {
        '。' => '.',
        '、' => '/',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '￥' => '$',
        '·' => '`',
        _ => half_width_char(ch),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn input_method_characters_become_keys() {
        for (typed, key) in [
            ('：', ':'),
            ('？', '?'),
            ('／', '/'),
            ('＋', '+'),
            ('－', '-'),
            ('３', '3'),
            ('\u{3000}', ' '),
            ('ｊ', 'j'),
            ('、', '/'),
            ('。', '.'),
            ('《', '<'),
            ('j', 'j'),
            ('扣', '扣'),
        ] {
            let key = KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE);
            assert_eq!(fold_key(KeyEvent::new(KeyCode::Char(typed), KeyModifiers::NONE)), key);
            assert_eq!(fold_key(KeyEvent::new(KeyCode::Char(typed), KeyModifiers::SHIFT)), key);
        }
    }

    #[test]
    fn other_keys_and_modifiers_stay() {
        for (code, modifiers) in [
            (KeyCode::Char('z'), KeyModifiers::CONTROL),
            (KeyCode::Left, KeyModifiers::SHIFT),
            (KeyCode::BackTab, KeyModifiers::SHIFT),
            (KeyCode::F(1), KeyModifiers::NONE),
        ] {
            let key = KeyEvent::new(code, modifiers);
            assert_eq!(fold_key(key), key);
        }
    }

    #[test]
    fn letting_a_key_go_is_no_event() {
        for (kind, expected) in
            [(KeyEventKind::Press, true), (KeyEventKind::Repeat, true), (KeyEventKind::Release, false)]
        {
            let key = KeyEvent::new_with_kind(KeyCode::Char('3'), KeyModifiers::NONE, kind);
            assert_eq!(translate(RawEvent::Key(key)).is_some(), expected, "{kind:?}");
        }
        assert_eq!(translate(RawEvent::Resize(80, 24)), Some(Event::Resize { width: 80, height: 24 }));
        assert_eq!(translate(RawEvent::FocusLost), None);
    }
}

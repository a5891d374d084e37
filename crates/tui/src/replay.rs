//! Keys from a file, played on the screens without a terminal: for training, pages and tests.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use crate::app::{App, Msg};
use crate::effect::{Effect, act, refresh};
use crate::view::view;
use crate::widgets::cells;
use crate::world::World;

/// What one line of a script does wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: no key {name}")]
pub struct ScriptFault {
    /// The line, from 1.
    pub line: usize,
    /// What stands between `<` and `>`.
    pub name: String,
}

/// Reads a script: each character is a key, and so is what stands in `<…>`, such as `<enter>`, `<f4>`, `<c-r>`; `<lt>`
/// is `<`. Line ends, and lines that begin with `#`, are no keys.
///
/// # Errors
///
/// All names that no key has, each with its line.
pub fn parse_script(script: &str) -> Result<Vec<KeyEvent>, Vec<ScriptFault>> {
    let mut keys = Vec::new();
    let mut faults = Vec::new();
    let lines = script.trim_start_matches('\u{feff}').lines().zip(1..);
    for (line, number) in lines.filter(|it| !it.0.starts_with('#')) {
        let mut rest = line.chars();
        while let Some(letter) = rest.next() {
            if letter != '<' {
                keys.push(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE));
                continue;
            }
            let name: String = rest.by_ref().take_while(|it| *it != '>').collect();
            match named(&name) {
                Some(key) => keys.push(key),
                None => faults.push(ScriptFault { line: number, name }),
            }
        }
    }
    if faults.is_empty() { Ok(keys) } else { Err(faults) }
}

fn named(name: &str) -> Option<KeyEvent> {
    let lower = name.to_lowercase();
    let (name, modifiers) = match lower.strip_prefix("c-") {
        Some(name) => (name, KeyModifiers::CONTROL),
        None => (lower.as_str(), KeyModifiers::NONE),
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "space" => KeyCode::Char(' '),
        "bs" => KeyCode::Backspace,
        "del" => KeyCode::Delete,
        "ins" => KeyCode::Insert,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "lt" => KeyCode::Char('<'),
        name => {
            let number = name.strip_prefix('f').and_then(|it| it.parse::<u8>().ok());
            let mut letters = name.chars();
            match (number, letters.next(), letters.next()) {
                (Some(number), ..) if (1..=12).contains(&number) => KeyCode::F(number),
                (_, Some(letter), None) => KeyCode::Char(letter),
                _ => return None,
            }
        }
    };
    Some(KeyEvent::new(code, modifiers))
}

/// Plays keys on a year and returns the last picture. What they record is recorded. Playing ends early where the keys
/// leave the program.
#[must_use]
pub fn play(world: World, size: Size, keys: &[KeyEvent]) -> Buffer {
    let mut app = App::new(world, size);
    for key in keys {
        if refresh(&mut app) && !press(&mut app, *key) {
            break;
        }
        wait(&mut app);
    }
    picture(&app, size)
}

/// Does what the screens do while nobody presses a key, to its end.
fn wait(app: &mut App) {
    while let Some(msg) = app.work().and_then(|it| act(&mut app.world, it)) {
        app.update(msg);
    }
}

/// Presses a key; says whether the program goes on.
fn press(app: &mut App, key: KeyEvent) -> bool {
    let mut next = app.update(Msg::Key(key));
    while let Some(effect) = next.take() {
        match effect {
            Effect::Quit | Effect::Demo => return false,
            Effect::Suspend => next = app.update(Msg::NoShell),
            effect => next = act(&mut app.world, effect).and_then(|msg| app.update(msg)),
        }
    }
    true
}

/// Returns what shows.
fn picture(app: &App, size: Size) -> Buffer {
    let mut terminal =
        Terminal::new(TestBackend::new(size.width, size.height)).expect("it draws into memory");
    terminal.draw(|frame| view(app, frame)).expect("it draws into memory");
    terminal.backend().buffer().clone()
}

/// Returns the characters of a picture, row by row, without blanks at their ends.
#[must_use]
pub fn text(buffer: &Buffer) -> String {
    let size = buffer.area;
    let mut picture = String::new();
    for y in 0..size.height {
        let mut row = String::new();
        let mut x = 0;
        while x < size.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += u16::try_from(cells::width(symbol).max(1)).unwrap_or(1);
        }
        picture.push_str(row.trim_end());
        picture.push('\n');
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_key_by_key() {
        let keys = parse_script("\u{feff}# 扣一次\n1<Enter>扣\n<c-r><f12><lt>").unwrap();
        let key = |code| KeyEvent::new(code, KeyModifiers::NONE);
        assert_eq!(
            keys,
            [
                key(KeyCode::Char('1')),
                key(KeyCode::Enter),
                key(KeyCode::Char('扣')),
                KeyEvent::new(KeyCode::Char('r'), KeyModifiers::CONTROL),
                key(KeyCode::F(12)),
                key(KeyCode::Char('<')),
            ]
        );
    }

    #[test]
    fn every_name_that_no_key_has_is_told_with_its_line() {
        let fault = |line, name: &str| ScriptFault { line, name: name.to_owned() };
        assert_eq!(
            parse_script("<entre>\n#<x>\n<f13><>"),
            Err(vec![fault(1, "entre"), fault(3, "f13"), fault(3, "")])
        );
    }
}

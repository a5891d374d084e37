//! Pastes that arrive as keys.
//!
//! Where the system does not tell a paste from keys (Windows: crossterm#737, #962), each of its characters comes as a
//! key press, and a line end in it would submit the form that it is pasted into.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::Event;

/// How long the next character of a paste takes at most to arrive; nobody types that fast.
pub(super) const PAUSE: Duration = Duration::from_millis(5);

/// Makes one paste of each run of keys that have come together, where it holds text and a line end. Text without a line
/// end does the same as keys, and a line end alone is Enter.
pub(super) fn joined(events: Vec<Event>) -> Vec<Event> {
    let mut joined = Vec::new();
    let mut run: Vec<KeyEvent> = Vec::new();
    for event in events {
        match event {
            Event::Key(key) if written(key).is_some() => run.push(key),
            other => {
                joined.extend(settled(std::mem::take(&mut run)));
                joined.push(other);
            }
        }
    }
    joined.extend(settled(run));
    joined
}

/// Returns what a run of keys was: a paste, or the keys themselves.
fn settled(run: Vec<KeyEvent>) -> Vec<Event> {
    let text: String = run.iter().filter_map(|it| written(*it)).collect();
    let has_text = text.chars().any(|it| !matches!(it, '\n' | '\t'));
    if has_text && text.contains('\n') {
        vec![Event::Paste(text)]
    } else {
        run.into_iter().map(Event::Key).collect()
    }
}

/// Returns the character that a key stands for in a text; none for a key that no text has.
fn written(key: KeyEvent) -> Option<char> {
    if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return None;
    }
    match key.code {
        KeyCode::Char(letter) => Some(letter),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::parse_script;

    /// Joins these keys; a paste stands between `«` and `»`, and each key that is left is `.`.
    #[track_caller]
    fn check(script: &str, expected: &str) {
        let keys = parse_script(script).unwrap().into_iter().map(Event::Key).collect();
        let shown = joined(keys).into_iter().map(|it| match it {
            Event::Key(_) => ".".to_owned(),
            Event::Paste(text) => format!("«{text}»"),
            Event::Resize { .. } | Event::Mouse(_) => "-".to_owned(),
        });
        assert_eq!(shown.collect::<String>(), expected, "{script}");
    }

    #[test]
    fn a_line_end_among_text_is_pasted_and_not_pressed() {
        check("漏报<enter>", "«漏报\n»");
        check("一<enter>二<tab>三<enter>", "«一\n二\t三\n»");
        check("<enter>一", "«\n一»");
    }

    #[test]
    fn keys_that_are_typed_stay_keys() {
        check("<enter>", ".");
        check("0.5", "...");
        check("<enter><enter>", "..");
        check("<tab><enter>", "..");
        // Nobody pastes these; what stands on both sides of them is two runs.
        check("一<esc><enter>", "...");
        check("一<c-v>二<enter>", "..«二\n»");
        check("<left>", ".");
    }
}

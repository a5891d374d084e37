//! The one table of keys ([`BINDINGS`]), and what is read from it: what a key does, the footer, the help and the README's
//! table.

mod command;
mod context;
mod table;

pub use command::{Command, View};
pub use context::Context;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
pub use table::BINDINGS;

use crate::settings::Keymap;

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub contexts: &'static [Context],
    /// The keys, by name; `1-9` is any of these digits.
    pub keys: &'static [&'static str],
    /// What they do.
    pub command: Command,
    /// A word or two for the footer; empty where the footer does not show it.
    pub label: &'static str,
    /// A sentence for help and README.
    pub help: &'static str,
}

const fn bind(
    contexts: &'static [Context],
    keys: &'static [&'static str],
    command: Command,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { contexts, keys, command, label, help }
}

/// Returns a key's name as the table has it; none for a key that no table could have.
pub(crate) fn name_of(key: KeyEvent) -> Option<String> {
    let name = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(character) => character.to_string(),
        KeyCode::F(number) => format!("F{number}"),
        KeyCode::Up => "Up".to_owned(),
        KeyCode::Down => "Down".to_owned(),
        KeyCode::Left => "Left".to_owned(),
        KeyCode::Right => "Right".to_owned(),
        KeyCode::PageUp => "PageUp".to_owned(),
        KeyCode::PageDown => "PageDown".to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => "BackTab".to_owned(),
        KeyCode::Backspace => "Backspace".to_owned(),
        KeyCode::Delete => "Delete".to_owned(),
        KeyCode::Insert => "Insert".to_owned(),
        _ => return None,
    };
    let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(if is_control { format!("Ctrl-{name}") } else { name })
}

/// Returns what a key does in a context, where some keys stand for others.
pub(crate) fn command(context: Context, key: KeyEvent, keymap: &Keymap) -> Option<Command> {
    let name = name_of(key)?;
    let name = keymap.pressed(context, &name)?;
    let digit: Option<u8> = name.parse().ok().filter(|it| *it <= 9);
    let range = if digit.is_some_and(|it| it > 0) { "1-9" } else { "" };
    let has = |it: &&Binding| {
        it.contexts.contains(&context)
            && it.keys.iter().any(|it| *it == name || (!range.is_empty() && *it == range))
    };
    let binding = BINDINGS.iter().find(has)?;
    Some(match (binding.command, digit) {
        (Command::Digit(_), Some(digit)) => Command::Digit(digit),
        (command, _) => command,
    })
}

/// Returns a key's name as people read it on their keyboard.
pub fn key_label(key: &str) -> String {
    let words = [
        ("Space", "空格"),
        ("Enter", "回车"),
        ("BackTab", "Shift-Tab"),
        ("Backspace", "退格"),
        ("Delete", "Del"),
        ("Insert", "Ins"),
        ("PageUp", "PgUp"),
        ("PageDown", "PgDn"),
        ("Up", "上"),
        ("Down", "下"),
        ("Left", "左"),
        ("Right", "右"),
    ];
    words.iter().find(|it| it.0 == key).map_or_else(|| key.to_owned(), |it| it.1.to_owned())
}

/// Returns the footer of a context: keys with their words, the likeliest first. `label` has the last say on a word;
/// what it leaves empty is not possible now, and does not show.
pub(crate) fn footer(
    context: Context,
    keymap: &Keymap,
    label: impl Fn(Command, &'static str) -> &'static str,
) -> Vec<(Command, String)> {
    let bindings = BINDINGS.iter().filter(|it| it.contexts.contains(&context) && !it.label.is_empty());
    bindings
        .map(|it| (it, label(it.command, it.label)))
        .filter(|it| !it.1.is_empty())
        .map(|(it, label)| (it.command, format!("{} {label}", key_label(keymap.shown(it.keys[0])))))
        .collect()
}

/// Says whether a command has a key in a context.
pub(crate) fn has(context: Context, command: Command) -> bool {
    BINDINGS.iter().any(|it| it.command == command && it.contexts.contains(&context))
}

/// Returns the help of a context: keys and what they do.
pub(crate) fn help(context: Context, keymap: &Keymap) -> Vec<(String, &'static str)> {
    let bindings = BINDINGS.iter().filter(|it| it.contexts.contains(&context));
    bindings
        .map(|it| {
            let keys = it.keys.iter().map(|it| key_label(keymap.shown(it)));
            (keys.collect::<Vec<_>>().join(" "), it.help)
        })
        .collect()
}

/// Contexts from which on a line of the table stands in the README once, for all of them.
const N_COMMON: usize = 8;

/// Returns the README's tables of keys, in Markdown: what most screens have in common, and what each has besides.
pub fn markdown() -> String {
    let is_common = |it: &&Binding| it.contexts.len() >= N_COMMON;
    let mut text = section("大多数画面都有", BINDINGS.iter().filter(is_common));
    for context in Context::ALL {
        let own = BINDINGS.iter().filter(|it| !is_common(it) && it.contexts.contains(&context));
        text.push_str(&section(context.title(), own));
    }
    text
}

/// Returns one table; nothing where it would be empty.
fn section<'b>(title: &str, bindings: impl Iterator<Item = &'b Binding>) -> String {
    let line = |it: &Binding| {
        let keys: Vec<String> = it.keys.iter().map(|it| format!("`{}`", key_label(it))).collect();
        format!("| {} | {} |\n", keys.join(" "), it.help)
    };
    let lines: String = bindings.map(line).collect();
    if lines.is_empty() {
        return lines;
    }
    format!("**{title}**\n\n| 按键 | 作用 |\n| --- | --- |\n{lines}\n")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_context() {
        for context in Context::ALL {
            let mut seen = HashSet::new();
            for binding in BINDINGS.iter().filter(|it| it.contexts.contains(&context)) {
                for key in binding.keys {
                    assert!(seen.insert(*key), "{key} in {context:?}");
                }
            }
        }
    }

    #[test]
    fn every_context_can_be_left_and_has_help() {
        for context in Context::ALL {
            let commands: Vec<Command> =
                BINDINGS.iter().filter(|it| it.contexts.contains(&context)).map(|it| it.command).collect();
            assert!(commands.contains(&Command::Help), "{context:?}");
            assert!(commands.contains(&Command::Quit), "{context:?}");
            let is_home = matches!(context, Context::Start | Context::Matrix);
            assert!(is_home || commands.contains(&Command::Back), "{context:?}");
        }
    }

    #[test]
    fn typing_contexts_bind_no_plain_character() {
        for context in Context::ALL.into_iter().filter(|it| it.is_typing()) {
            for binding in BINDINGS.iter().filter(|it| it.contexts.contains(&context)) {
                assert!(
                    binding.keys.iter().all(|it| it.chars().count() > 1 && *it != "Space" && *it != "1-9")
                );
            }
        }
    }

    #[test]
    fn everything_goes_without_a_letter_for_an_input_method_swallows_those() {
        let is_letter = |it: &str| it.len() == 1 && it.as_bytes()[0].is_ascii_alphabetic();
        for context in Context::ALL {
            let commands = |with_letters: bool| -> HashSet<Command> {
                // Views are also opened from the list of commands, by F2, arrows and Enter.
                let is_view = |it: &&Binding| matches!(it.command, Command::Show(_));
                let here = BINDINGS.iter().filter(|it| it.contexts.contains(&context) && !is_view(it));
                here.filter(|it| with_letters || it.keys.iter().any(|it| !is_letter(it)))
                    .map(|it| it.command)
                    .collect()
            };
            assert_eq!(commands(true), commands(false), "{context:?}");
        }
    }

    #[test]
    fn footers_fit_a_narrow_terminal() {
        for context in Context::ALL {
            let mut hints = footer(context, &Keymap::default(), |_, label| label);
            // The less likely ones are left out where there is no room; the first and the last always show.
            if hints.len() > 6 {
                hints.drain(3..hints.len() - 3);
            }
            let width = crate::widgets::cells::width(
                &hints.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join("  "),
            );
            assert!(width <= 58, "{context:?}: {width}");
        }
    }

    #[test]
    fn digits_arrive_as_digits() {
        let key = |it| KeyEvent::new(KeyCode::Char(it), KeyModifiers::NONE);
        let pressed = |context, key| command(context, key, &Keymap::default());
        assert_eq!(pressed(Context::Matrix, key('3')), Some(Command::Digit(3)));
        assert_eq!(pressed(Context::Matrix, key('0')), Some(Command::Rules));
        assert_eq!(pressed(Context::Choose, key('0')), Some(Command::Digit(0)));
        assert_eq!(pressed(Context::Form, key('3')), None);
    }
}

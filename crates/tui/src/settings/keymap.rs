//! Keys in the place of others.

use crate::keys::{BINDINGS, Context};

/// Which key stands for which: the first is the one of the key table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap(Vec<(String, String)>);

/// Keys that stay what they are: without them nobody finds back.
pub(crate) const FIXED: [&str; 9] = ["1-9", "0", "Enter", "Esc", "Up", "Down", "Left", "Right", "Ctrl-c"];

/// Why a key cannot stand for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeymapFault {
    /// The table has no such key.
    NotInTable {
        /// The key.
        key: String,
    },
    /// There is no such key on a keyboard.
    NoSuchKey {
        /// What was written.
        key: String,
    },
    /// It does something else on a screen where the other is used.
    Clash {
        /// The key.
        key: String,
        /// The screen.
        context: Context,
        /// What it does there.
        help: &'static str,
    },
}

impl Keymap {
    /// Says which key stands for which.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Lets keys stand for others, as far as that leaves no key with two meanings; what does not is returned.
    pub(crate) fn new(wanted: &[(String, String)]) -> (Keymap, Vec<KeymapFault>) {
        let mut keymap = Keymap(wanted.to_vec());
        let mut faults = Vec::new();
        // Taking one away gives its key back to what it did, which may clash with another that was sound before.
        loop {
            let wrong = keymap.0.iter().enumerate().find_map(|(idx, it)| Some((idx, keymap.fault(it)?)));
            let Some((idx, fault)) = wrong else { break };
            keymap.0.remove(idx);
            faults.push(fault);
        }
        (keymap, faults)
    }

    fn fault(&self, (from, to): &(String, String)) -> Option<KeymapFault> {
        let at = BINDINGS.iter().filter(|it| it.keys.contains(&from.as_str()));
        let contexts: Vec<Context> =
            at.flat_map(|it| it.contexts).copied().filter(|it| !it.is_typing()).collect();
        if contexts.is_empty() || FIXED.contains(&from.as_str()) {
            return Some(KeymapFault::NotInTable { key: from.clone() });
        }
        if !is_key(to) {
            return Some(KeymapFault::NoSuchKey { key: to.clone() });
        }
        for context in contexts {
            for binding in BINDINGS.iter().filter(|it| it.contexts.contains(&context)) {
                let is_taken = |key: &&str| {
                    *key != from && self.shown(key) == to
                        || (*key == "1-9" && to.len() == 1 && ("1"..="9").contains(&to.as_str()))
                };
                if binding.keys.iter().any(is_taken) {
                    return Some(KeymapFault::Clash { key: to.clone(), context, help: binding.help });
                }
            }
        }
        None
    }

    /// Returns the key of the table that a pressed key stands for; none where it stands for none any more.
    pub(crate) fn pressed<'k>(&'k self, context: Context, key: &'k str) -> Option<&'k str> {
        // Where letters are text a key stays what it is.
        if self.0.is_empty() || context.is_typing() {
            return Some(key);
        }
        if let Some((from, _)) = self.0.iter().find(|it| it.1 == key) {
            return Some(from);
        }
        (!self.0.iter().any(|it| it.0 == key)).then_some(key)
    }

    /// Returns the key to press for a key of the table.
    pub(crate) fn shown<'k>(&'k self, key: &'k str) -> &'k str {
        self.0.iter().find(|it| it.0 == key).map_or(key, |it| &it.1)
    }
}

/// Says whether a keyboard has such a key, as the key table names it.
fn is_key(name: &str) -> bool {
    const NAMED: [&str; 17] = [
        "Space",
        "Enter",
        "Tab",
        "BackTab",
        "Esc",
        "Backspace",
        "Delete",
        "Insert",
        "Home",
        "End",
        "PageUp",
        "PageDown",
        "Up",
        "Down",
        "Left",
        "Right",
        "-",
    ];
    let plain = name.strip_prefix("Ctrl-").unwrap_or(name);
    let is_function = plain.strip_prefix('F').and_then(|it| it.parse::<u8>().ok());
    let mut letters = plain.chars();
    let is_character = letters.next().is_some_and(|it| it.is_ascii_graphic()) && letters.next().is_none();
    NAMED.contains(&plain) || is_function.is_some_and(|it| (1..=12).contains(&it)) || is_character
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
    }

    #[test]
    fn a_key_stands_for_another_and_the_other_for_nothing() {
        let (keymap, faults) = Keymap::new(&pairs(&[("u", "z")]));
        assert_eq!(faults, []);
        assert_eq!(keymap.pressed(Context::Matrix, "z"), Some("u"));
        assert_eq!(keymap.pressed(Context::Matrix, "u"), None);
        assert_eq!(keymap.pressed(Context::Form, "u"), Some("u"));
        assert_eq!(keymap.shown("u"), "z");
    }

    #[test]
    fn two_keys_change_places() {
        let (keymap, faults) = Keymap::new(&pairs(&[("r", "e"), ("e", "r")]));
        assert_eq!(faults, []);
        assert_eq!(keymap.pressed(Context::Matrix, "e"), Some("r"));
    }

    #[test]
    fn what_would_mean_two_things_is_named_and_does_not_hold() {
        for (of, n_faults) in [
            (&[("u", "r")][..], 1),
            (&[("u", "3")], 1),
            (&[("u", "z"), ("r", "z")], 1),
            (&[("u", "Hyper")], 1),
            (&[("ü", "z")], 1),
            (&[("1-9", "z")], 1),
            (&[("Esc", "z")], 1),
            // The second has the place only where the first goes.
            (&[("u", "3"), ("r", "u")], 2),
        ] {
            let (keymap, faults) = Keymap::new(&pairs(of));
            assert_eq!(faults.len(), n_faults, "{of:?}: {faults:?}");
            assert_eq!(keymap.pairs().len(), of.len() - n_faults, "{of:?}");
        }
    }
}

//! The hints of the first days: six, one after the other on the matrix, each gone once it was followed, all of them at Esc.

use crate::keys::{Command, Context, View};
use crate::settings::{Hints, Keymap};
use crate::text::tour as text;
use crate::world::World;

/// How many hints were followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tour {
    n_followed: usize,
}

/// Hints that there are.
const N_HINTS: usize = 6;

/// Says whether pressing this follows the hint with this number, from 0.
fn follows(hint: usize, command: Command, context: Context) -> bool {
    let is_on_matrix = context == Context::Matrix;
    match hint {
        0 => is_on_matrix && matches!(command, Command::Up | Command::Down | Command::Left | Command::Right),
        1 => is_on_matrix && matches!(command, Command::Digit(_)),
        2 => command == Command::Undo,
        3 => is_on_matrix && command == Command::Review,
        4 => command == Command::Show(View::Ranking),
        _ => matches!(command, Command::Palette | Command::Help),
    }
}

impl Tour {
    /// Takes note of a command; says whether that ends the hints.
    pub(crate) fn followed(&mut self, command: Command, context: Context) -> bool {
        if self.n_followed == N_HINTS || !follows(self.n_followed, command, context) {
            return false;
        }
        self.n_followed += 1;
        self.n_followed == N_HINTS
    }

    /// Returns the hint of the moment; none once there are no more, or where nobody wants them.
    pub(crate) fn hint(self, world: &World) -> Option<String> {
        let settings = &world.kept.settings;
        (settings.hints == Hints::On && self.n_followed < N_HINTS)
            .then(|| text::hint(self.n_followed, N_HINTS, &settings.keys))
    }
}

/// Returns the key to press, as it is on the keyboard.
pub(crate) fn key(keymap: &Keymap, key: &str) -> String {
    crate::keys::key_label(keymap.shown(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hint_goes_when_it_is_followed_and_the_last_ends_them() {
        let mut tour = Tour::default();
        let commands = [
            Command::Down,
            Command::Digit(1),
            Command::Undo,
            Command::Review,
            Command::Show(View::Ranking),
            Command::Palette,
        ];
        for (n_followed, command) in commands.into_iter().enumerate() {
            assert_eq!(tour, Tour { n_followed });
            // What is no answer to the hint changes nothing.
            assert!(!tour.followed(Command::Find, Context::Matrix));
            assert_eq!(tour.followed(command, Context::Matrix), n_followed == N_HINTS - 1);
        }
    }
}

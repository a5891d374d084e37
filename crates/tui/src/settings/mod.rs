//! What each person may set for themselves. Everything has a default; what is wrong is named and left at that.

mod file;
mod keymap;

use std::path::PathBuf;

pub use file::{SettingFault, read_settings, write_settings};
pub(crate) use keymap::FIXED;
pub use keymap::{Keymap, KeymapFault};

use kaohe_store::{StoreError, write_file};

use crate::look::Look;

/// The settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// Whether only characters are drawn whose width no terminal disputes.
    pub ascii: Ascii,
    /// Whether the mouse acts. Then the terminal's own marking needs Shift.
    pub mouse: Mouse,
    /// Who is recorded, where neither the command line nor the environment says; empty for the login name.
    pub name: String,
    /// What is asked before it is recorded.
    pub confirm: Confirm,
    /// Keys in the place of others.
    pub keys: Keymap,
    /// Whether the hints of the first days still show.
    pub hints: Hints,
}

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own sixteen.
    #[default]
    Terminal,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
    /// None; also where `NO_COLOR` is set.
    Plain,
}

/// Whether only characters are drawn whose width no terminal disputes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ascii {
    /// On a Chinese Windows console of the old kind.
    #[default]
    Auto,
    /// Yes.
    On,
    /// No.
    Off,
}

/// Whether the mouse acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// Yes.
    #[default]
    On,
    /// No.
    Off,
}

/// What is asked before it is recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confirm {
    /// What concerns several units, and to leave what was typed.
    #[default]
    Usual,
    /// Also each deduction by one key.
    Always,
}

/// Whether the hints of the first days show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hints {
    /// Until they were followed or sent away.
    #[default]
    On,
    /// Not any more.
    Off,
}

/// What is known of the terminal that settings depend on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerminalKind {
    /// `NO_COLOR` is set.
    pub is_without_colour: bool,
    /// A Windows console with code page 936 that is not the newer Windows Terminal.
    pub is_old_chinese_console: bool,
    /// The console's code page; only Windows has one.
    pub code_page: Option<u32>,
}

impl TerminalKind {
    /// Looks at the environment.
    #[must_use]
    pub fn here() -> TerminalKind {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        let code_page = code_page();
        TerminalKind {
            is_without_colour: is_set("NO_COLOR"),
            is_old_chinese_console: !is_set("WT_SESSION") && code_page == Some(936),
            code_page,
        }
    }
}

/// Asks Windows for the console's code page; elsewhere there is none.
fn code_page() -> Option<u32> {
    if !cfg!(windows) {
        return None;
    }
    let said = std::process::Command::new("chcp.com").output().ok()?.stdout;
    let digits: String = said.into_iter().filter(u8::is_ascii_digit).map(char::from).collect();
    digits.parse().ok()
}

/// The settings, the file that they are kept in, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// What holds.
    pub settings: Settings,
    /// Where it is kept; nowhere where the platform has no such folder.
    pub path: Option<PathBuf>,
    /// What the file has that does not hold.
    pub faults: Vec<SettingFault>,
    /// The theme that the command line asks for, this once.
    pub theme_asked: Option<Theme>,
    /// Whether the command line asks for ASCII, this once.
    pub is_ascii_asked: bool,
}

/// A settings file larger than this was not written by a person; bytes.
const MAX_BYTES: u64 = 1 << 20;

impl Kept {
    /// Reads the file; where there is none the defaults hold.
    #[must_use]
    pub fn read(path: Option<PathBuf>) -> Kept {
        let Some(at) = &path else { return Kept::default() };
        let bytes = match std::fs::metadata(at) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Kept { path, ..Kept::default() };
            }
            Ok(metadata) if metadata.is_file() && metadata.len() <= MAX_BYTES => std::fs::read(at),
            Ok(_) => Err(std::io::ErrorKind::InvalidData.into()),
            Err(error) => Err(error),
        };
        let (settings, faults) = match bytes {
            Ok(bytes) => read_settings(&bytes),
            Err(error) => (Settings::default(), vec![SettingFault::Unreadable(error.kind())]),
        };
        Kept { settings, path, faults, ..Kept::default() }
    }

    /// Returns the theme that holds: what the command line asks for, or what is set.
    pub(crate) fn theme(&self) -> Theme {
        self.theme_asked.unwrap_or(self.settings.theme)
    }

    /// Returns whether ASCII is drawn: what the command line asks for, or what is set.
    pub(crate) fn ascii(&self) -> Ascii {
        if self.is_ascii_asked { Ascii::On } else { self.settings.ascii }
    }

    /// Returns how pictures are made to suit the terminal.
    pub(crate) fn look(&self, terminal: &TerminalKind) -> Look {
        let is_ascii = match self.ascii() {
            Ascii::Auto => terminal.is_old_chinese_console,
            Ascii::On => true,
            Ascii::Off => false,
        };
        Look { theme: if terminal.is_without_colour { Theme::Plain } else { self.theme() }, is_ascii }
    }

    /// Takes new settings, and writes them where settings are kept. What a person wrote there stays beside it, as
    /// `settings.ron.bak`.
    ///
    /// # Errors
    ///
    /// They cannot be written; they hold until the program ends all the same.
    pub(crate) fn save(&mut self, settings: Settings) -> Result<(), StoreError> {
        if settings.theme != self.settings.theme {
            self.theme_asked = None;
        }
        if settings.ascii != self.settings.ascii {
            self.is_ascii_asked = false;
        }
        self.settings = settings;
        let Some(path) = &self.path else { return Ok(()) };
        if let Ok(old) = std::fs::read(path)
            && write_settings(&read_settings(&old).0).as_bytes() != old
        {
            write_file(&path.with_extension("ron.bak"), &old)?;
        }
        if let Some(folder) = path.parent() {
            let failed = |source| StoreError::Write { path: folder.to_owned(), source };
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        write_file(path, write_settings(&self.settings).as_bytes())?;
        self.faults.clear();
        Ok(())
    }
}

//! Asking the terminal how wide it draws a character: nothing but the terminal knows.

use std::io::{self, Write};

use crossterm::cursor::{self, MoveToColumn};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{self, Clear, ClearType};

/// Returns how many cells the terminal takes for each text; what was drawn is wiped away.
///
/// # Errors
///
/// There is no terminal, or it does not say where its cursor is.
pub fn measure(texts: &[&str]) -> io::Result<Vec<u16>> {
    let was_raw = terminal::is_raw_mode_enabled()?;
    if !was_raw {
        terminal::enable_raw_mode()?;
    }
    let measured = texts.iter().map(|it| width(it)).collect();
    if !was_raw {
        terminal::disable_raw_mode()?;
    }
    measured
}

fn width(text: &str) -> io::Result<u16> {
    let mut stdout = io::stdout();
    queue!(stdout, MoveToColumn(0), Print(text))?;
    stdout.flush()?;
    let (column, _) = cursor::position()?;
    queue!(stdout, MoveToColumn(0), Clear(ClearType::CurrentLine))?;
    stdout.flush()?;
    Ok(column)
}

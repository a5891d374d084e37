//! The floor that the screens are measured against: the smallest useful program on the same libraries.
//!
//! It draws a table of 60 units and 12 columns, moves a cursor (arrows, `j`, `k`), sorts by the total (`s`) and ends
//! (`q`). It reads nothing and keeps nothing.

#[path = "floor/table.rs"]
mod table;

use std::io;

use crossterm::event::{self, Event};
use table::FloorTable;

fn main() -> io::Result<()> {
    let mut table = FloorTable::new();
    ratatui::run(|terminal| {
        loop {
            terminal.draw(|frame| table.draw(frame))?;
            if let Event::Key(key) = event::read()?
                && !table.press(key.code)
            {
                return Ok(());
            }
        }
    })
}

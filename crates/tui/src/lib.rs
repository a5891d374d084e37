//! (see ARCHITECTURE.md)

pub mod find;
pub mod terminal;
pub mod widgets;

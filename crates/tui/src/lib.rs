//! The screens: what the person sees and presses.
//!
//! One path: a key becomes a [`keys::Command`], [`App::update`] decides and gives an [`Effect`], [`effect::act`] is the
//! only place that touches the disk, its result comes back as a [`Msg`], and [`view::view`] only reads.

mod app;
mod demo_folder;
mod effect;
pub mod find;
pub mod keys;
mod look;
mod possible;
pub mod replay;
mod run;
mod screens;
pub mod settings;
pub mod terminal;
pub mod text;
mod theme;
mod tour;
mod view;
pub mod widgets;
mod world;

pub use app::{App, Earlier, Msg, NoEarlier};
pub use crossterm::event::KeyEvent;
pub use effect::{
    Effect, Export, ExportError, ExportWhat, NewRoster, RosterError, YearSummary, act, refresh,
};
pub use ratatui::layout::Size;
pub use run::{Options, RunError, Start, dump, run};
pub use view::{MIN_HEIGHT, MIN_WIDTH, view};
pub use world::{Past, World};

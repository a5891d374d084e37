//! How things look. Nothing is said by colour alone.

use ratatui::style::{Color, Modifier, Style};

/// The line at the top.
pub(crate) const TITLE: Style = Style::new().fg(Color::White).bg(Color::Blue).add_modifier(Modifier::BOLD);
/// A column's head, a label.
pub(crate) const HEAD: Style = Style::new().add_modifier(Modifier::BOLD);
/// What matters less.
pub(crate) const FAINT: Style = Style::new().add_modifier(Modifier::DIM);
/// Points were lost.
pub(crate) const LOST: Style = Style::new().fg(Color::Red);
/// A tenth of the points were lost, or more.
pub(crate) const LOST_MUCH: Style = Style::new().fg(Color::LightRed).add_modifier(Modifier::BOLD);
/// Three tenths were lost, or more.
pub(crate) const LOST_MOST: Style = Style::new().fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD);
/// What is not settled yet.
pub(crate) const PENDING: Style = Style::new().fg(Color::Yellow);
/// It was done.
pub(crate) const GOOD: Style = Style::new().fg(Color::Green);
/// It was not done.
pub(crate) const BAD: Style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
/// Made-up data, and what the office has to check.
pub(crate) const MARK: Style = Style::new().fg(Color::Black).bg(Color::Yellow);
/// The chosen line of a list.
pub(crate) const CHOSEN: Style = Style::new().add_modifier(Modifier::REVERSED);
/// A key in the footer.
pub(crate) const KEY: Style = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);
/// Plain text.
pub(crate) const PLAIN: Style = Style::new();

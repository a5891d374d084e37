//! The screen of a data folder without a year.

use kaohe_store::{BUILTIN_YEAR, builtin_roster, builtin_rubrics};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::below;
use super::press::ListRows;
use super::{Step, moved};
use crate::effect::Effect;
use crate::keys::{Command, key_label};
use crate::text;
use crate::theme;
use crate::widgets::cells;
use crate::world::World;

/// What can be done without a year.
#[derive(Debug)]
pub(crate) struct StartScreen {
    selected: usize,
    /// What the built-in year has; its files are read once, not for each frame.
    built_in: Vec<String>,
}

/// The choices, each with its key and what it does.
const CHOICES: [(&str, &str, Effect); 3] = [
    ("Enter", text::start::BEGIN, Effect::BeginYear),
    ("d", text::start::DEMO, Effect::Demo),
    ("q", text::start::QUIT, Effect::Quit),
];

impl StartScreen {
    pub(crate) fn new() -> StartScreen {
        let roster = builtin_roster();
        let mut built_in = Vec::new();
        for rubric in builtin_rubrics() {
            let n_units = roster.units.iter().filter(|it| it.track == rubric.track).count();
            built_in.push(text::start::rubric(&rubric, n_units));
        }
        built_in.push(text::start::sample_roster(&roster.note));
        StartScreen { selected: 0, built_in }
    }

    pub(crate) fn update(&mut self, command: Command) -> Step {
        if let Some(selected) = moved(command, self.selected, CHOICES.len(), 1) {
            self.selected = selected;
            return Step::Stay;
        }
        match command {
            Command::Confirm => Step::Act(CHOICES[self.selected].2.clone()),
            Command::Demo => Step::Act(Effect::Demo),
            _ => Step::Stay,
        }
    }

    /// Returns the choices for the mouse.
    pub(super) fn rows(&mut self, world: &World, area: Rect) -> ListRows<'_> {
        let lines = cells::wrap(&text::start::no_year(world.data.path()), width(area));
        let n_above =
            first_line(area) + cells::wrap(text::start::PURPOSE, width(area)).len() + lines.len() + 2;
        let area = below(area, u16::try_from(n_above).unwrap_or(u16::MAX));
        let (first, n_rows) = (0, CHOICES.len());
        ListRows { area, n_lines: 1, first, n_rows, selected: &mut self.selected, is_focused: true }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let width = width(area);
        let mut y = area.y + u16::try_from(first_line(area)).unwrap_or(0);
        let mut put = |text: &str, style| {
            for line in cells::wrap(text, width) {
                if y < area.bottom() {
                    buf.set_stringn(area.x + 2, y, line, width, style);
                    y += 1;
                }
            }
        };
        put(text::start::PURPOSE, theme::HEAD);
        put("", theme::PLAIN);
        put(&text::start::no_year(world.data.path()), theme::PLAIN);
        put("", theme::PLAIN);
        for (idx, (key, what, _)) in CHOICES.iter().enumerate() {
            let sign = if idx == self.selected { ">" } else { " " };
            let style = if idx == self.selected { theme::CHOSEN } else { theme::PLAIN };
            put(&format!("{sign} {} {what}", cells::pad_right(&key_label(key), 5)), style);
        }
        put("", theme::PLAIN);
        for line in &self.built_in {
            put(line, theme::FAINT);
        }
        put(&text::start::other_years(BUILTIN_YEAR), theme::FAINT);
    }
}

fn width(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(4)).max(2)
}

/// Returns how many lines are left free above everything.
fn first_line(area: Rect) -> usize {
    1 + usize::from(area.height > 16)
}

//! Finding a command by Chinese, pinyin or key. What is not possible now stays in the list, and says why.

use std::collections::BTreeSet;

use crossterm::event::KeyEvent;
use kaohe_core::half_width;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Step;
use super::form::edit;
use super::picker::Picker;
use crate::app::Message;
use crate::find::{Haystack, Item};
use crate::keys::{BINDINGS, Binding, Command, Context, key_label};
use crate::settings::Keymap;
use crate::terminal::Mouse;
use crate::text::palette as text;
use crate::theme;
use crate::widgets::{cells, popup};

/// What was typed, and which of the commands is chosen.
#[derive(Debug)]
pub(crate) struct Palette {
    picker: Picker,
    rows: Vec<Row>,
    haystack: Haystack,
}

/// A command.
#[derive(Debug)]
struct Row {
    command: Command,
    /// As on the keyboard.
    keys: Vec<String>,
    help: &'static str,
    /// Why it is not possible now.
    why_not: Option<String>,
}

/// Cells of the column of keys.
const KEYS_WIDTH: usize = 14;

impl Palette {
    /// Lists the commands of a screen, then those of the others; `why_not` says of each what keeps it from being done.
    pub(crate) fn of(
        context: Context,
        keymap: &Keymap,
        why_not: impl Fn(&Binding) -> Option<String>,
    ) -> Palette {
        let is_here = |it: &&Binding| it.contexts.contains(&context);
        let here = BINDINGS.iter().filter(is_here).filter(|it| it.command != Command::Palette);
        let mut known: BTreeSet<&str> = here.clone().map(|it| it.help).collect();
        let elsewhere = BINDINGS
            .iter()
            .filter(|it| !is_here(it) && !it.label.is_empty() && is_looked_for(it) && known.insert(it.help));
        // Moves are known to everybody; what is possible comes first.
        let mut all: Vec<&Binding> = here.chain(elsewhere).collect();
        all.sort_by_key(|it| (!is_here(it), it.label.is_empty(), is_move(it.command)));
        let row = |it: &Binding| Row {
            command: it.command,
            keys: it.keys.iter().map(|it| key_label(keymap.shown(it))).collect(),
            help: it.help,
            why_not: why_not(it),
        };
        let rows: Vec<Row> = all.iter().map(|it| row(it)).collect();
        let texts: Vec<String> = rows.iter().map(|it| it.keys.join(" ")).collect();
        let items = all.iter().zip(&texts);
        let haystack = Haystack::new(items.map(|(it, keys)| Item {
            id: "",
            name: it.label,
            short_name: it.help,
            alias: keys,
        }));
        let picker = Picker::new(haystack.matches(""));
        Palette { picker, rows, haystack }
    }

    fn search(&mut self) {
        let query = self.picker.query.value();
        let typed = half_width(query.trim());
        let is_key = |it: &Row| it.keys.iter().any(|it| it.eq_ignore_ascii_case(&typed));
        // A key finds its commands before any text that has the same letters.
        let (mut found, rest): (Vec<usize>, Vec<usize>) =
            (0..self.rows.len()).partition(|it| is_key(&self.rows[*it]));
        let has_text = typed.chars().any(char::is_alphanumeric);
        if has_text || typed.is_empty() {
            found.extend(self.haystack.matches(query).into_iter().filter(|it| rest.contains(it)));
        }
        self.picker.show(found);
    }

    pub(crate) fn update(&mut self, command: Command) -> Step {
        if self.picker.moves(command) {
            return Step::Stay;
        }
        let chosen = self.picker.chosen().map(|it| &self.rows[it]);
        match (command, chosen) {
            (Command::Confirm, Some(Row { why_not: Some(why_not), .. })) => {
                Step::Say(Message::refused(why_not.clone()))
            }
            // Which rule is meant, the list of rules asks.
            (Command::Confirm, Some(Row { command: Command::Digit(_), .. })) => Step::Run(Command::Rules),
            (Command::Confirm, Some(row)) => Step::Run(row.command),
            _ => Step::Stay,
        }
    }

    pub(crate) fn edit(&mut self, key: KeyEvent) -> Step {
        edit(&mut self.picker.query, key);
        self.search();
        Step::Stay
    }

    pub(crate) fn paste(&mut self, text: &str) {
        self.picker.query.insert(text);
        self.search();
    }

    /// Takes a press: it chooses a command, or does the chosen one.
    pub(crate) fn point(&mut self, mouse: Mouse, area: Rect) -> Option<Command> {
        self.picker.point(mouse, outline(area))
    }

    pub(crate) fn view(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let row = |place: usize, is_chosen: bool, area: Rect, buf: &mut Buffer| {
            self.rows[place].draw(is_chosen, area, buf);
        };
        self.picker.view(outline(area), buf, (text::TITLE, text::NOT_FOUND), row)
    }
}

/// Returns the box within the body.
fn outline(area: Rect) -> Rect {
    popup::popup(area, area.width.saturating_sub(2).min(90), area.height.saturating_sub(1).min(26))
}

impl Row {
    fn draw(&self, is_selected: bool, area: Rect, buf: &mut Buffer) {
        let style = match (&self.why_not, is_selected) {
            (_, true) => theme::CHOSEN,
            (Some(_), false) => theme::FAINT,
            (None, false) => theme::PLAIN,
        };
        let sign = if is_selected { ">" } else { " " };
        let room = usize::from(area.width);
        let what_room = room.saturating_sub(KEYS_WIDTH + 2);
        let what = match &self.why_not {
            // Why it is not possible matters more than all of what it would do.
            Some(why_not) => {
                let why_not = cells::cut(why_not, what_room.saturating_sub(14)).into_owned();
                let for_help = what_room.saturating_sub(cells::width(&why_not) + 4);
                format!("{}  ({why_not})", cells::cut(self.help, for_help))
            }
            None => cells::cut(self.help, what_room).into_owned(),
        };
        let keys = cells::pad_right(&cells::cut(&self.keys.join(" "), KEYS_WIDTH), KEYS_WIDTH);
        buf.set_string(area.x, area.y, cells::pad_right(&format!("{sign}{keys} {what}"), room), style);
        if !is_selected && self.why_not.is_none() {
            buf.set_string(area.x + 1, area.y, keys, theme::KEY);
        }
    }
}

/// Says whether a command of another screen is one to look for: what only answers that screen is none.
fn is_looked_for(binding: &Binding) -> bool {
    let answers = matches!(
        binding.command,
        Command::Confirm | Command::Back | Command::NextField | Command::PreviousField | Command::Palette
    );
    !answers && binding.contexts != [Context::Choose]
}

fn is_move(command: Command) -> bool {
    matches!(
        command,
        Command::Up
            | Command::Down
            | Command::Left
            | Command::Right
            | Command::PageUp
            | Command::PageDown
            | Command::First
            | Command::Last
    )
}

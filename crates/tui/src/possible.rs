//! Whether a command does anything as things stand, and why not.

use kaohe_core::Refusal;
use kaohe_exchange::words;
use kaohe_store::RecordError;
use ratatui::layout::Size;

use crate::keys::{Binding, Command, View};
use crate::screens::{Screen, Spot, open};
use crate::text;
use crate::world::World;

/// Returns why the year takes no change at all, where it does not.
pub(crate) fn takes_nothing(world: &World) -> Option<String> {
    if world.past.is_some() {
        return Some(text::log::PAST.to_owned());
    }
    let year = world.year.as_ref()?;
    if !year.damage().is_empty() {
        return Some(text::faults::record_error(&RecordError::Damaged));
    }
    year.ledger().finalised().map(text::fixed)
}

/// Returns why what a line of the key table says cannot be done on this screen now; nothing where it can.
pub(crate) fn why_not(
    binding: &Binding,
    screen: &Screen,
    world: &World,
    spot: Spot,
    size: Size,
) -> Option<String> {
    let context = screen.context();
    if !binding.contexts.contains(&context) {
        return Some(text::palette::elsewhere(binding.contexts));
    }
    let command = binding.command;
    if command.changes(context)
        && screen.is_recording()
        && let Some(said) = takes_nothing(world)
    {
        return Some(said);
    }
    match command {
        Command::Undo => return step_back(world, |ledger, by, machine| ledger.next_undo(by, machine).err()),
        Command::Redo => return step_back(world, |ledger, by, machine| ledger.next_redo(by, machine).err()),
        Command::Show(View::LastYear)
            if world.year.as_ref().is_some_and(|it| it.earlier_years().is_empty()) =>
        {
            return Some(text::last_year::NONE.to_owned());
        }
        Command::Show(view) if open(view, world, spot).is_none() => {
            return Some(text::palette::NOTHING_TO_SHOW.to_owned());
        }
        _ => {}
    }
    let is_shown =
        binding.label.is_empty() || !screen.footer_label(command, binding.label, world, size).is_empty();
    (!is_shown).then(|| text::palette::NOT_NOW.to_owned())
}

fn step_back(
    world: &World,
    refusal: impl FnOnce(&kaohe_core::Ledger, &str, &str) -> Option<Refusal>,
) -> Option<String> {
    let ledger = world.ledger()?;
    refusal(ledger, &world.person.by, &world.person.machine).map(|it| words::refusal(&it))
}

//! What a command does to a cell, on whichever screen one stands on it.

use kaohe_core::{Change, Ledger, Mark};

use super::{Choose, Deducting, Entries, Form, Screen, Step};
use crate::app::Message;
use crate::effect::Effect;
use crate::keys::Command;
use crate::text;
use crate::world::{World, short_name};

/// Does what a command does to the cell of a unit and an indicator; nothing where it is about something else.
pub(super) fn act(command: Command, unit_idx: usize, indicator_idx: usize, world: &World) -> Step {
    let Some(ledger) = world.ledger() else { return Step::Stay };
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let is_recording = matches!(
        command,
        Command::Digit(_) | Command::Rules | Command::SelfScore | Command::Review | Command::NotApplicable
    );
    if is_recording && ledger.sheet(unit_idx).cells[indicator_idx].exclusion.is_some() {
        return Step::Say(Message::refused(text::NOT_CONCERNED.to_owned()));
    }
    match command {
        Command::Digit(_) | Command::Rules if indicator.rules.is_empty() => {
            Step::Say(Message::refused(text::NO_RULES.to_owned()))
        }
        Command::Digit(number) => {
            match usize::from(number).checked_sub(1).filter(|it| *it < indicator.rules.len()) {
                Some(rule_idx) => Deducting::new(unit_idx, indicator_idx, rule_idx).next(world, true),
                None => Step::Say(Message::refused(text::no_such_rule(number, indicator.rules.len()))),
            }
        }
        Command::Rules => {
            Step::Open(Screen::Choose(Choose::rule(ledger, unit_idx, indicator_idx, Vec::new())))
        }
        Command::TakeBack => take_back(ledger, unit_idx, indicator_idx),
        Command::Entries => Step::Open(Screen::Entries(Entries::new(ledger, unit_idx, indicator_idx))),
        Command::SelfScore => Step::Open(Screen::Form(Form::self_score(ledger, unit_idx, indicator_idx))),
        Command::Review => Step::Act(Effect::record(review(ledger, unit_idx, indicator_idx))),
        Command::ReviewUnit => review_unit(ledger, unit_idx),
        Command::NotApplicable => not_applicable(ledger, unit_idx, indicator_idx),
        // Moves are the screen's own; the rest belongs to other screens, or to all.
        Command::Up
        | Command::Down
        | Command::Left
        | Command::Right
        | Command::PageUp
        | Command::PageDown
        | Command::First
        | Command::Last
        | Command::NextPending
        | Command::LookBack
        | Command::NewYear
        | Command::Add
        | Command::Checked
        | Command::MoveUp
        | Command::MoveDown
        | Command::Sort
        | Command::Filter
        | Command::Mark
        | Command::MarkAll
        | Command::Offer
        | Command::Find
        | Command::NextClass
        | Command::Show(_)
        | Command::Palette
        | Command::WholeUnit
        | Command::Provisional
        | Command::Totals
        | Command::Undo
        | Command::Redo
        | Command::Edit
        | Command::Withdraw
        | Command::Confirm
        | Command::NextField
        | Command::PreviousField
        | Command::Back
        | Command::Demo
        | Command::Help
        | Command::Redraw
        | Command::Suspend
        | Command::Quit => Step::Stay,
    }
}

fn take_back(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Step {
    let entries = &ledger.sheet(unit_idx).cells[indicator_idx].entries;
    match entries.iter().rev().find(|it| it.withdrawn.is_none()) {
        Some(entry) => {
            let change = Change::Withdraw { entry: entry.id.clone(), reason: text::TAKEN_BACK.to_owned() };
            Step::Act(Effect::record(change))
        }
        None => Step::Say(Message::refused(text::NOTHING_TO_TAKE_BACK.to_owned())),
    }
}

fn review(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Change {
    let is_reviewed = ledger.sheet(unit_idx).cells[indicator_idx].reviewed.is_some();
    Change::Review {
        unit: ledger.unit(unit_idx).id.clone(),
        indicator: ledger.rubric_of(unit_idx).indicator(indicator_idx).id.clone(),
        to: if is_reviewed { Mark::Pending } else { Mark::Reviewed },
    }
}

fn review_unit(ledger: &Ledger, unit_idx: usize) -> Step {
    let cells = &ledger.sheet(unit_idx).cells;
    let pending = (0..cells.len()).filter(|&it| cells[it].reviewed.is_none() && cells[it].is_concerned());
    let changes: Vec<Change> = pending.map(|it| review(ledger, unit_idx, it)).collect();
    if changes.is_empty() {
        return Step::Say(Message::hint(text::UNIT_REVIEWED.to_owned()));
    }
    Step::Act(Effect::record(Change::Batch {
        title: text::review_unit(short_name(ledger, unit_idx)),
        changes,
    }))
}

fn not_applicable(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Step {
    if ledger.sheet(unit_idx).cells[indicator_idx].not_applicable.is_none() {
        return Step::Open(Screen::Form(Form::not_applicable(ledger, unit_idx, indicator_idx)));
    }
    let change = Change::NotApplicable {
        unit: ledger.unit(unit_idx).id.clone(),
        indicator: ledger.rubric_of(unit_idx).indicator(indicator_idx).id.clone(),
        reason: None,
    };
    Step::Act(Effect::record(change))
}

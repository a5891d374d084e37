//! What a command does to the selected cell: how the matrix shows is its own, the rest is the same wherever one stands
//! on a cell.

use kaohe_core::Ledger;

use super::Matrix;
use crate::app::Message;
use crate::keys::Command;
use crate::screens::{Choose, Screen, Step, cell_command};
use crate::text;
use crate::world::World;

impl Matrix {
    /// Does what a command does to the selected cell.
    pub(super) fn act(
        &mut self,
        command: Command,
        unit_idx: usize,
        indicator_idx: usize,
        ledger: &Ledger,
        world: &World,
    ) -> Step {
        let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
        match command {
            Command::NextPending => match self.next_pending(ledger) {
                Some((unit_idx, indicator_idx)) => {
                    self.go_to(ledger, unit_idx, Some(indicator_idx));
                    Step::Stay
                }
                None if self.has_filter() => {
                    Step::Say(Message::hint(text::arrange::FILTERED_REVIEWED.to_owned()))
                }
                None => Step::Say(Message::hint(text::ALL_REVIEWED.to_owned())),
            },
            Command::Sort => {
                let order = self.place().order;
                Step::Open(Screen::Choose(Choose::order(indicator, indicator_idx, order)))
            }
            Command::Filter => {
                let filter = self.place().filter;
                Step::Open(Screen::Choose(Choose::filter(indicator, indicator_idx, filter)))
            }
            command => cell_command::act(command, unit_idx, indicator_idx, world),
        }
    }
}

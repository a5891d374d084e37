//! One record, whole.

use kaohe_core::{Change, Deduction, Record, Stamp};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::rows::Row;
use crate::effect::Effect;
use crate::keys::Command;
use crate::screens::{Step, moved};
use crate::text::log as text;
use crate::theme;
use crate::view::body;
use crate::widgets::{cells, popup};
use crate::world::World;

/// Which record, what is said of it, and how far down.
#[derive(Debug)]
pub(crate) struct RecordScreen {
    stamp: Stamp,
    /// Each to be wrapped.
    lines: Vec<String>,
    first: usize,
}

impl RecordScreen {
    pub(super) fn new(world: &World, record: &Record, rows: &[Row]) -> RecordScreen {
        let mut lines = text::head(record, &world.local_text(record.at));
        let Some(ledger) = world.ledger() else {
            return RecordScreen { stamp: record.stamp.clone(), lines, first: 0 };
        };
        for row in rows {
            lines.push(String::new());
            if let Some((unit_idx, indicator_idx)) = row.done.place {
                let unit = ledger.unit(unit_idx);
                let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
                lines.push(text::place(unit, indicator));
            }
            lines.extend(row.done.deeds.iter().map(|it| text::deed(it)));
            if !row.done.failed.is_empty() {
                lines.push(row.done.failed.clone());
            }
            lines.extend(text::moved(row.done.before, row.done.after));
        }
        let told = deductions(&record.change);
        lines.extend(text::details(&told));
        RecordScreen { stamp: record.stamp.clone(), lines, first: 0 }
    }

    fn outline(&self, area: Rect) -> (Rect, Vec<String>) {
        let width = area.width.saturating_sub(2).min(90);
        let room = usize::from(width.saturating_sub(4)).max(2);
        let lines: Vec<String> = self.lines.iter().flat_map(|it| cells::wrap(it, room)).collect();
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(area.height);
        (popup::popup(area, width, height), lines)
    }

    pub(crate) fn update(&mut self, command: Command, size: Size) -> Step {
        let (outline, lines) = self.outline(body(Rect::new(0, 0, size.width, size.height)));
        let n_visible = usize::from(outline.height.saturating_sub(2)).max(1);
        let n_firsts = (lines.len() + 1).saturating_sub(n_visible).max(1);
        if let Some(first) = moved(command, self.first.min(n_firsts - 1), n_firsts, n_visible) {
            self.first = first;
            return Step::Stay;
        }
        match command {
            Command::LookBack => Step::Act(Effect::LookBack(self.stamp.clone())),
            _ => Step::Stay,
        }
    }

    pub(crate) fn view(&self, area: Rect, buf: &mut Buffer) {
        let (outline, lines) = self.outline(area);
        let n_visible = usize::from(outline.height.saturating_sub(2)).max(1);
        let title = text::record(self.stamp.n, n_visible >= lines.len());
        let inner = popup::frame(outline, buf, &title, theme::PLAIN);
        let first = self.first.min(lines.len().saturating_sub(n_visible));
        let room = usize::from(inner.width.saturating_sub(2));
        for (line, y) in lines.iter().skip(first).zip(inner.y..inner.bottom()) {
            buf.set_stringn(inner.x + 1, y, line, room, theme::PLAIN);
        }
    }
}

/// Returns what entries of one record say.
fn deductions(change: &Change) -> Vec<&Deduction> {
    match change {
        Change::Deduct(deduction) | Change::Amend { to: deduction, .. } => vec![deduction],
        Change::Batch { changes, .. } => changes.iter().flat_map(deductions).collect(),
        Change::Withdraw { .. }
        | Change::Restore { .. }
        | Change::SelfScore { .. }
        | Change::Review { .. }
        | Change::NotApplicable { .. }
        | Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Finalise { .. }
        | Change::Reopen { .. }
        | Change::Repair { .. } => Vec::new(),
    }
}

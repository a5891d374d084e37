//! What a change of several units does to each of them, to be looked at before it is recorded.

mod plan;

use kaohe_core::{Change, Deduction, Ledger, UnitId};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{Step, moved};
use crate::app::Message;
use crate::effect::Effect;
use crate::keys::Command;
use crate::text::several as text;
use crate::theme;
use crate::view::body;
use crate::widgets::{cells, popup};
use crate::world::World;
use plan::{Batch, Deed, Outcome, Plan};

/// A change of several units, and what it does as things stand.
#[derive(Debug)]
pub(crate) struct Preview {
    batch: Batch,
    plan: Plan,
    /// What the change is: 政务新媒体：扣 更新超期 1次.
    title: String,
    /// The first line that shows.
    first: usize,
}

/// Cells of a unit's name at most, and of a score.
const NAME: usize = 24;
const SCORE: usize = 8;
/// Lines beside those of the units: two borders, the heads, and what is to be done.
const N_OTHER: usize = 4;

impl Preview {
    /// Looks at one deduction for all of these units; the one that it names is of their class.
    pub(crate) fn deduct(
        units: Vec<UnitId>,
        unit_idx: usize,
        deduction: Deduction,
        ledger: &Ledger,
    ) -> Preview {
        let indicator = deduction.indicator.clone();
        let track = ledger.unit(unit_idx).track.clone();
        Preview::of(
            Batch { units, track, indicator, deed: Deed::Deduct(Box::new(deduction)) },
            unit_idx,
            ledger,
        )
    }

    /// Looks at the review of one indicator of all of these units; `unit_idx` is one of their class.
    pub(crate) fn review(
        units: Vec<UnitId>,
        unit_idx: usize,
        indicator_idx: usize,
        ledger: &Ledger,
    ) -> Preview {
        let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx).id.clone();
        let track = ledger.unit(unit_idx).track.clone();
        Preview::of(Batch { units, track, indicator, deed: Deed::Review }, unit_idx, ledger)
    }

    fn of(batch: Batch, unit_idx: usize, ledger: &Ledger) -> Preview {
        let mut indicators = ledger.rubric_of(unit_idx).indicators();
        let name = indicators.find(|it| it.id == batch.indicator).map_or("", |it| it.name.as_str());
        let title = match &batch.deed {
            Deed::Deduct(deduction) => text::deduct_title(ledger, name, deduction),
            Deed::Review => text::review_title(name, batch.mark(ledger)),
        };
        let plan = batch.plan(ledger);
        Preview { batch, plan, title, first: 0 }
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let n_lines = self.plan.lines.len();
        let n_visible = n_visible(outline(body(Rect::new(0, 0, size.width, size.height)), n_lines));
        let n_firsts = (n_lines + 1).saturating_sub(n_visible).max(1);
        if let Some(first) = moved(command, self.first.min(n_firsts - 1), n_firsts, n_visible) {
            self.first = first;
            return Step::Stay;
        }
        if command != Command::Confirm {
            return Step::Stay;
        }
        // What others have recorded meanwhile may have moved what the person has looked at.
        let plan = self.batch.plan(ledger);
        if plan.lines != self.plan.lines {
            self.plan = plan;
            return Step::Say(Message::hint(text::LOOK_AGAIN.to_owned()));
        }
        if plan.changes.is_empty() {
            return Step::Say(Message::refused(text::NOTHING_TO_RECORD.to_owned()));
        }
        Step::ActAndBack(Effect::record(Change::Batch {
            title: text::batch_title(&self.title),
            changes: plan.changes,
        }))
    }

    pub(crate) fn view(&self, area: Rect, buf: &mut Buffer) {
        let lines = &self.plan.lines;
        let outline = outline(area, lines.len());
        let title = text::preview_title(&self.title);
        let inner = popup::frame(outline, buf, &title, theme::PLAIN);
        let room = usize::from(inner.width).saturating_sub(2);
        let widest = lines.iter().map(|it| cells::width(&it.unit)).max().unwrap_or(0).clamp(8, NAME);
        let mut y = inner.y;
        let mut put = |text: &str, style| {
            if y < inner.bottom() {
                buf.set_string(inner.x + 1, y, cells::cut(text, room), style);
            }
            y += 1;
        };
        put(&row(text::HEADS[0], text::HEADS[1], text::HEADS[2], widest), theme::HEAD);
        let n_visible = n_visible(outline);
        // Where the terminal has grown meanwhile, more shows above.
        let first = self.first.min(lines.len().saturating_sub(n_visible));
        for line in lines.iter().skip(first).take(n_visible) {
            match &line.outcome {
                Outcome::Changes { before, after } => {
                    put(&row(&line.unit, before, after, widest), theme::PLAIN);
                }
                Outcome::LeftOut(reason) => {
                    let unit = cells::pad_right(&line.unit, widest);
                    put(&format!("{unit}  {}", text::left_out(reason)), theme::PENDING);
                }
            }
        }
        let n_changes = self.plan.changes.len();
        put(&text::to_do(n_changes, lines.len() - n_changes, n_visible < lines.len()), theme::HEAD);
    }
}

fn row(unit: &str, before: &str, after: &str, widest: usize) -> String {
    let unit = cells::pad_right(unit, widest);
    format!("{unit}{}{}", cells::pad_left(before, SCORE), cells::pad_left(after, SCORE))
}

/// Returns the box for so many units within the body.
fn outline(area: Rect, n_lines: usize) -> Rect {
    let height = u16::try_from(n_lines + N_OTHER).unwrap_or(u16::MAX).min(area.height);
    popup::popup(area, area.width.saturating_sub(2).min(70), height)
}

/// Returns for how many units the box has room.
fn n_visible(outline: Rect) -> usize {
    usize::from(outline.height).saturating_sub(N_OTHER).max(1)
}

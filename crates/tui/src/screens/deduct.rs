//! A deduction on its way: what has been chosen, and what is still to be asked.

use kaohe_core::{Change, Deduction, Indicator, ItemNo, Ledger, Measure, Rule, Scope, UnitId};
use kaohe_exchange::words;

use super::{Choose, Form, Preview, Screen, Step};
use crate::effect::Effect;
use crate::settings::Confirm;
use crate::text;
use crate::world::World;

/// A deduction by one rule, before it is recorded.
#[derive(Clone, Debug)]
pub(crate) struct Deducting {
    pub(crate) unit_idx: usize,
    pub(crate) indicator_idx: usize,
    pub(crate) rule_idx: usize,
    /// Which 评分要点; the inner none is the indicator as a whole.
    item: Option<Option<ItemNo>>,
    level: Option<String>,
    /// The marked units, where it is for all of them; none where it is for the one.
    marked: Vec<UnitId>,
}

impl Deducting {
    pub(crate) fn new(unit_idx: usize, indicator_idx: usize, rule_idx: usize) -> Deducting {
        Deducting { unit_idx, indicator_idx, rule_idx, item: None, level: None, marked: Vec::new() }
    }

    /// Makes it a deduction from all of these units, of which the first that it concerns is the one.
    pub(crate) fn for_all(self, marked: Vec<UnitId>) -> Deducting {
        Deducting { marked, ..self }
    }

    pub(crate) fn with_item(mut self, item: Option<ItemNo>) -> Deducting {
        self.item = Some(item);
        self
    }

    pub(crate) fn with_level(mut self, level: String) -> Deducting {
        self.level = Some(level);
        self
    }

    fn indicator<'l>(&self, ledger: &'l Ledger) -> &'l Indicator {
        ledger.rubric_of(self.unit_idx).indicator(self.indicator_idx)
    }

    fn rule<'l>(&self, ledger: &'l Ledger) -> &'l Rule {
        &self.indicator(ledger).rules[self.rule_idx]
    }

    /// Returns what to call it: 区教育局 政务新媒体 通报批评.
    pub(crate) fn title(&self, ledger: &Ledger) -> String {
        let whose = whose(ledger, self.unit_idx, &self.marked);
        format!("{whose} {} {}", self.indicator(ledger).name, self.rule(ledger).label)
    }

    /// Returns the next question, or the effect where nothing is left to ask. `is_first` is from the matrix itself;
    /// later questions take the place of the one before.
    pub(crate) fn next(self, world: &World, is_first: bool) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Stay };
        let open = |screen| if is_first { Step::Open(screen) } else { Step::Replace(screen) };
        let has_items = self.indicator(ledger).items.len() > 1;
        if has_items && self.item.is_none() && concerns_an_item(&self.rule(ledger).measure) {
            return open(Screen::Choose(self.choose_item(ledger)));
        }
        let rule = self.rule(ledger);
        match &rule.measure {
            Measure::ByLevel { .. } | Measure::Checklist { .. } | Measure::Graded { .. }
                if self.level.is_none() =>
            {
                let title = self.title(ledger);
                let options = text::cell::level_choices(rule);
                open(Screen::Choose(Choose::level(self, title, options)))
            }
            Measure::Discretionary { .. }
            | Measure::Shortfall { .. }
            | Measure::Steps { .. }
            | Measure::Bands { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. }
            | Measure::Veto { .. } => open(Screen::Form(Form::deduct(self, ledger))),
            Measure::Count { .. }
            | Measure::ByLevel { .. }
            | Measure::Checklist { .. }
            | Measure::Graded { .. }
            | Measure::Forfeit { .. } => {
                let deduction = self.deduction(ledger, (world.today)());
                if let Some(preview) = self.preview(deduction.clone(), ledger) {
                    return Step::Open(Screen::Preview(preview));
                }
                if is_first && world.kept.settings.confirm == Confirm::Always {
                    let title = self.title(ledger);
                    let option = text::cell::rule_choice(rule);
                    return open(Screen::Choose(Choose::confirm(self, title, option)));
                }
                let effect = Effect::record(Change::Deduct(deduction));
                if is_first { Step::Act(effect) } else { Step::ActAndBack(effect) }
            }
        }
    }

    /// Returns what the deduction does to all marked units, where it is for them.
    pub(crate) fn preview(&self, deduction: Deduction, ledger: &Ledger) -> Option<Preview> {
        let units = self.marked.clone();
        (!units.is_empty()).then(|| Preview::deduct(units, self.unit_idx, deduction, ledger))
    }

    fn choose_item(self, ledger: &Ledger) -> Choose {
        let indicator = self.indicator(ledger);
        let options = indicator.items.iter().map(|it| text::cell::item_choice(indicator, it)).collect();
        let title = format!("{}（{}）", self.title(ledger), words::rule_amount(self.rule(ledger)));
        Choose::item(self, title, options, text::WHOLE_INDICATOR.to_owned())
    }

    /// Returns the item numbers that can be chosen, in order.
    pub(crate) fn items(&self, ledger: &Ledger) -> Vec<ItemNo> {
        self.indicator(ledger).items.iter().map(|it| it.number.clone()).collect()
    }

    /// Returns the levels that can be chosen, in order.
    pub(crate) fn levels(&self, ledger: &Ledger) -> Vec<String> {
        self.rule(ledger).measure.level_names().into_iter().map(str::to_owned).collect()
    }

    /// Returns the deduction as far as it has been chosen: once, on this day.
    pub(crate) fn deduction(&self, ledger: &Ledger, today: jiff::civil::Date) -> Deduction {
        let unit = ledger.unit(self.unit_idx).id.clone();
        let mut deduction =
            Deduction::once(unit, self.indicator(ledger).id.clone(), self.rule(ledger).id.clone(), today);
        deduction.item = self.item.clone().flatten();
        deduction.level.clone_from(&self.level);
        deduction
    }
}

/// Returns from whom is deducted: the unit, or those that are marked.
pub(super) fn whose(ledger: &Ledger, unit_idx: usize, marked: &[UnitId]) -> String {
    match marked {
        [] => ledger.unit(unit_idx).name.clone(),
        marked => text::several::units(marked.len()),
    }
}

/// Says whether a rule of this kind is recorded against a 评分要点, where there are several.
fn concerns_an_item(measure: &Measure) -> bool {
    match measure {
        measure if measure.hangs_on_class() => false,
        Measure::Forfeit { scope: Scope::Indicator | Scope::Section, .. }
        | Measure::ByRank { .. }
        | Measure::Relative { .. }
        | Measure::Veto { .. } => false,
        Measure::Forfeit { scope: Scope::CheckItem, .. }
        | Measure::Count { .. }
        | Measure::ByLevel { .. }
        | Measure::Checklist { .. }
        | Measure::Graded { .. }
        | Measure::Discretionary { .. }
        | Measure::Shortfall { .. }
        | Measure::Steps { .. }
        | Measure::Bands { .. }
        | Measure::Ratio { .. }
        | Measure::Imported { .. } => true,
    }
}

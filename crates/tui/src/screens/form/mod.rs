//! A small form: all fields at once, with proposed answers.

mod field;
mod offers;
mod reading;
mod view;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::civil::Date;
use kaohe_core::{Change, Deduction, EntryId, IndicatorId, Ledger, Measure, Refusal, UnitId};
use kaohe_exchange::words;

pub(crate) use field::edit;
use field::{Field, Name, concerned, field, level_field, modifier_field};
use offers::offer_earlier;

use super::{Deducting, Preview, Screen, Step};
use crate::effect::Effect;
use crate::keys::Command;
use crate::text::form as text;
use crate::widgets::input::Input;
use crate::world::World;

/// Fields to fill in, and what they are for.
#[derive(Debug)]
pub(crate) struct Form {
    purpose: Purpose,
    title: String,
    /// What the fields are about, verbatim.
    about: String,
    fields: Vec<Field>,
    focus: usize,
    /// Why the last try was refused.
    refused: Option<String>,
    /// Whether anything was typed.
    is_touched: bool,
    /// Whether Esc was pressed once, and discards what was typed when it is pressed again.
    is_leaving: bool,
}

#[derive(Debug)]
enum Purpose {
    Deduct(Deducting),
    /// `unit` is what the rule counts, such as 项次.
    Amend {
        entry: EntryId,
        now: Box<Deduction>,
        unit: String,
    },
    Withdraw {
        entry: EntryId,
    },
    SelfScore {
        unit: UnitId,
        indicator: IndicatorId,
    },
    NotApplicable {
        unit: UnitId,
        indicator: IndicatorId,
    },
}

impl Form {
    /// Asks for the amount and the reason, neither of which is proposed (R5), or for what was measured.
    pub(crate) fn deduct(deducting: Deducting, ledger: &Ledger) -> Form {
        let rubric = ledger.rubric_of(deducting.unit_idx);
        let indicator = rubric.indicator(deducting.indicator_idx);
        let rule = &indicator.rules[deducting.rule_idx];
        let mut fields = match &rule.measure {
            Measure::Discretionary { at_least, at_most, .. } => {
                let today = deducting.deduction(ledger, Date::ZERO);
                let item = today.item.as_ref().and_then(|it| indicator.item_idx(it.as_str()));
                let limit = indicator.room(item);
                let at_most = at_most.map_or(limit, |it| it.min(limit));
                vec![
                    field(Name::Amount, "", text::amount_hint(*at_least, at_most)),
                    field(Name::Note, "", text::AMOUNT_NOTE_HINT),
                ]
            }
            Measure::Veto { .. } => vec![field(Name::Note, "", text::VETO_NOTE_HINT)],
            measure => {
                let mut fields = vec![field(Name::Value, "", text::value_hint(measure.unit()))];
                if measure.asks_target() {
                    fields.push(field(Name::Target, "", text::target_hint(measure)));
                }
                fields.push(field(Name::Note, "", text::NOTE_HINT));
                fields
            }
        };
        fields.extend(modifier_field(rubric, &rule.measure, None));
        fields.push(field(Name::Date, "", text::TODAY_HINT));
        fields.push(field(Name::Source, "", text::OPTIONAL_SOURCE_HINT));
        offer_earlier(&mut fields, ledger, &indicator.id, &rule.id);
        Form {
            title: deducting.title(ledger),
            about: format!("{}（{}）", rule.text, words::rule_amount(rule)),
            fields,
            purpose: Purpose::Deduct(deducting),
            focus: 0,
            refused: None,
            is_touched: false,
            is_leaving: false,
        }
    }

    /// Shows what an entry says, to be changed.
    pub(crate) fn amend(ledger: &Ledger, id: &EntryId) -> Option<Form> {
        let entry = ledger.entry(id)?;
        let now = entry.deduction.clone();
        let unit_idx = ledger.find_unit(now.unit.as_str())?;
        let indicator = ledger.rubric_of(unit_idx).indicators().find(|it| it.id == now.indicator)?;
        let rule = &indicator.rules[entry.rule_idx];
        let mut fields = Vec::new();
        fields.extend(level_field(&rule.measure, now.level.as_deref()));
        if let Some(amount) = now.amount {
            fields.push(field(Name::Amount, &amount.to_string(), text::POSITIVE_HINT));
        }
        if let Some(value) = now.value {
            fields.push(field(Name::Value, &value.to_string(), text::value_hint(rule.measure.unit())));
        }
        if let Some(target) = now.target {
            fields.push(field(Name::Target, &target.to_string(), text::target_hint(&rule.measure)));
        }
        fields.extend(modifier_field(ledger.rubric_of(unit_idx), &rule.measure, now.modifier.as_deref()));
        let unit = rule.measure.unit().to_owned();
        if rule.measure.is_repeatable() {
            fields.push(field(Name::Count, &now.count.to_string(), unit.clone()));
        }
        fields.push(field(Name::Date, &now.date.to_string(), text::DATE_HINT));
        fields.push(field(Name::Note, &now.note, ""));
        fields.push(field(Name::Source, &now.source, text::SOURCE_HINT));
        fields.push(field(Name::Event, now.event.as_deref().unwrap_or_default(), text::EVENT_HINT));
        offer_earlier(&mut fields, ledger, &now.indicator, &rule.id);
        Some(Form {
            title: format!("{} {} {}", ledger.unit(unit_idx).name, indicator.name, rule.label),
            about: rule.text.clone(),
            fields,
            purpose: Purpose::Amend { entry: id.clone(), now, unit },
            focus: 0,
            refused: None,
            is_touched: false,
            is_leaving: false,
        })
    }

    /// Asks why an entry is withdrawn.
    pub(crate) fn withdraw(ledger: &Ledger, id: &EntryId) -> Option<Form> {
        let entry = ledger.entry(id)?;
        Some(Form {
            title: text::WITHDRAW.to_owned(),
            about: words::deduction(ledger, &entry.deduction),
            fields: vec![field(Name::Reason, "", text::WITHDRAW_HINT)],
            purpose: Purpose::Withdraw { entry: id.clone() },
            focus: 0,
            refused: None,
            is_touched: false,
            is_leaving: false,
        })
    }

    /// Asks for the unit's own score; the one that there is, or full marks, is proposed.
    pub(crate) fn self_score(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Form {
        let unit = ledger.unit(unit_idx);
        let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
        let now = ledger.sheet(unit_idx).cells[indicator_idx].self_score.clone();
        let (points, note) =
            now.map_or((indicator.points.to_string(), String::new()), |it| (it.points.to_string(), it.note));
        Form {
            title: text::self_score(&unit.name, &indicator.name),
            about: indicator.method.clone(),
            fields: vec![
                field(Name::SelfScore, &points, text::self_score_hint(indicator.at_least, indicator.points)),
                field(Name::Note, &note, text::SELF_NOTE_HINT),
            ],
            purpose: Purpose::SelfScore { unit: unit.id.clone(), indicator: indicator.id.clone() },
            focus: 0,
            refused: None,
            is_touched: false,
            is_leaving: false,
        }
    }

    /// Asks why an indicator does not concern a unit.
    pub(crate) fn not_applicable(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Form {
        let unit = ledger.unit(unit_idx);
        let rubric = ledger.rubric_of(unit_idx);
        let indicator = rubric.indicator(indicator_idx);
        let is_outside = rubric.section_of(indicator_idx).1.is_outside;
        let treatment = rubric.treatment(indicator, ledger.settings().not_applicable);
        let entries = &ledger.sheet(unit_idx).cells[indicator_idx].entries;
        let n_entries = entries.iter().filter(|it| it.withdrawn.is_none()).count();
        Form {
            title: text::not_applicable(&unit.name, &indicator.name),
            about: text::marked_not_applicable((!is_outside).then_some(treatment), n_entries),
            fields: vec![field(Name::Reason, "", text::NOT_APPLICABLE_HINT)],
            purpose: Purpose::NotApplicable { unit: unit.id.clone(), indicator: indicator.id.clone() },
            focus: 0,
            refused: None,
            is_touched: false,
            is_leaving: false,
        }
    }

    pub(crate) fn update(&mut self, command: Command, world: &World) -> Step {
        self.is_leaving = false;
        match command {
            Command::NextField => self.focus = (self.focus + 1) % self.fields.len(),
            Command::PreviousField => self.focus = (self.focus + self.fields.len() - 1) % self.fields.len(),
            Command::Confirm => return self.submit(world),
            Command::Offer => self.take_offer(),
            _ => {}
        }
        Step::Stay
    }

    /// Leaves the form; where something was typed, the second time only.
    pub(crate) fn leave(&mut self) -> Step {
        if !self.is_touched || self.is_leaving {
            return Step::Back;
        }
        self.is_leaving = true;
        Step::Stay
    }

    /// Fills in the next text that was used in this field before.
    fn take_offer(&mut self) {
        let field = &mut self.fields[self.focus];
        let Some(offer) = field.offers.get(field.next_offer) else { return };
        field.input = Input::new(offer);
        field.next_offer = (field.next_offer + 1) % field.offers.len();
        self.is_touched = true;
        self.refused = None;
    }

    /// Says whether the field with the caret has texts to offer.
    pub(crate) fn has_offers(&self) -> bool {
        !self.fields[self.focus].offers.is_empty()
    }

    pub(crate) fn edit(&mut self, key: KeyEvent) -> Step {
        // What was wrong is being mended.
        self.refused = None;
        self.is_leaving = false;
        self.is_touched = true;
        let field = &mut self.fields[self.focus];
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        let types = matches!(key.code, KeyCode::Char(_)) && !is_control;
        let replaces = types || matches!(key.code, KeyCode::Backspace | KeyCode::Delete);
        if std::mem::take(&mut field.is_proposed) && replaces {
            field.input = Input::new("");
        }
        edit(&mut field.input, key);
        Step::Stay
    }

    pub(crate) fn paste(&mut self, text: &str) {
        self.refused = None;
        self.is_leaving = false;
        self.is_touched = true;
        let field = &mut self.fields[self.focus];
        if std::mem::take(&mut field.is_proposed) {
            field.input = Input::new("");
        }
        field.input.insert(text);
    }

    fn submit(&mut self, world: &World) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let refusal = match self.change(ledger, (world.today)()) {
            Ok(change) => match ledger.refusal(&change) {
                None => {
                    return match self.preview_of_all(&change, ledger) {
                        Some(preview) => Step::Open(Screen::Preview(preview)),
                        None => Step::ActAndBack(self.effect(change)),
                    };
                }
                Some(Refusal::NothingChanges) => return Step::Back,
                Some(refusal) => {
                    self.focus_on(concerned(&refusal));
                    words::refusal(&refusal)
                }
            },
            Err((name, reason)) => {
                self.focus_on(Some(name));
                let label = self.fields.iter().find(|it| it.name == name).map_or("", |it| it.label);
                format!("{label}{reason}")
            }
        };
        self.refused = Some(refusal);
        Step::Stay
    }

    /// Returns what the change does to all marked units, where it is for them.
    fn preview_of_all(&self, change: &Change, ledger: &Ledger) -> Option<Preview> {
        match (&self.purpose, change) {
            (Purpose::Deduct(deducting), Change::Deduct(deduction)) => {
                deducting.preview(deduction.clone(), ledger)
            }
            (_, _) => None,
        }
    }

    fn focus_on(&mut self, name: Option<Name>) {
        let at = self.fields.iter().position(|it| Some(it.name) == name);
        self.focus = at.unwrap_or(self.focus);
    }

    /// Returns what records the change. An entry is amended only as long as it is the one that the form shows.
    fn effect(&self, change: Change) -> Effect {
        match &self.purpose {
            Purpose::Amend { entry, now, .. } => {
                Effect::RecordOver { entry: entry.clone(), shown: now.clone(), change: Box::new(change) }
            }
            Purpose::Deduct(_)
            | Purpose::Withdraw { .. }
            | Purpose::SelfScore { .. }
            | Purpose::NotApplicable { .. } => Effect::record(change),
        }
    }

    /// What was typed holds no longer, so that Esc leaves at once.
    pub(crate) fn lapse(&mut self) {
        self.is_touched = false;
    }

    /// Says in the form why it could not be recorded; what was typed stays.
    pub(crate) fn refuse(&mut self, reason: String) {
        self.refused = Some(reason);
    }
}

//! A small form: all fields at once, with proposed answers.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::civil::Date;
use kaohe_core::{
    Change, Deduction, EntryId, IndicatorId, Ledger, Measure, Points, Quantity, Refusal, Rubric, UnitId,
};
use kaohe_exchange::words;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Deducting, Step};
use crate::effect::Effect;
use crate::keys::Command;
use crate::text::{form as text, labels};
use crate::theme;
use crate::widgets::input::Input;
use crate::widgets::{cells, popup};
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

#[derive(Debug)]
struct Field {
    name: Name,
    hint: String,
    input: Input,
    /// Whether the value is the proposed one, untouched: what is typed then takes its place.
    is_proposed: bool,
}

/// The fields that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Level,
    Count,
    Amount,
    Value,
    Modifier,
    Date,
    Note,
    Source,
    Event,
    Reason,
    SelfScore,
}

impl Name {
    /// Says whether a value is one that people type anew rather than mend.
    fn is_short(self) -> bool {
        match self {
            Name::Level
            | Name::Count
            | Name::Amount
            | Name::Value
            | Name::Modifier
            | Name::Date
            | Name::SelfScore => true,
            Name::Note | Name::Source | Name::Event | Name::Reason => false,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Name::Level => labels::LEVEL,
            Name::Count => labels::COUNT,
            Name::Amount => labels::AMOUNT,
            Name::Value => labels::VALUE,
            Name::Modifier => labels::MODIFIER,
            Name::Date => labels::DATE,
            Name::Note => labels::NOTE,
            Name::Source => labels::SOURCE,
            Name::Event => labels::EVENT,
            Name::Reason => labels::REASON,
            Name::SelfScore => labels::SELF_SCORE,
        }
    }
}

fn field(name: Name, value: &str, hint: impl Into<String>) -> Field {
    let is_proposed = name.is_short() && !value.is_empty();
    Field { name, hint: hint.into(), input: Input::new(value), is_proposed }
}

/// Returns the field of the factor, where the rubric has any.
fn modifier_field(rubric: &Rubric, now: Option<&str>) -> Option<Field> {
    let known: Vec<&str> = rubric.modifiers.iter().map(|it| it.name.as_str()).collect();
    let hint = text::modifier_hint(&known);
    (!known.is_empty()).then(|| field(Name::Modifier, now.unwrap_or_default(), hint))
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
                let limit = item.map_or(indicator.points, |it| indicator.items[it].points);
                let at_most = at_most.map_or(limit, |it| it.min(limit));
                vec![
                    field(Name::Amount, "", text::amount_hint(*at_least, at_most)),
                    field(Name::Note, "", text::AMOUNT_NOTE_HINT),
                ]
            }
            measure => vec![
                field(Name::Value, "", text::value_hint(measure.unit())),
                field(Name::Note, "", text::NOTE_HINT),
            ],
        };
        fields.extend(modifier_field(rubric, None));
        fields.push(field(Name::Date, "", text::TODAY_HINT));
        fields.push(field(Name::Source, "", text::OPTIONAL_SOURCE_HINT));
        Form {
            title: deducting.title(ledger),
            about: format!("{}（{}）", rule.text, words::rule_amount(rule)),
            fields,
            purpose: Purpose::Deduct(deducting),
            focus: 0,
            refused: None,
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
        if let Measure::ByLevel { levels, .. } = &rule.measure {
            let known: Vec<&str> = levels.iter().map(|it| it.name.as_str()).collect();
            fields.push(field(Name::Level, now.level.as_deref().unwrap_or_default(), known.join("、")));
        }
        if let Some(amount) = now.amount {
            fields.push(field(Name::Amount, &amount.to_string(), text::POSITIVE_HINT));
        }
        if let Some(value) = now.value {
            fields.push(field(Name::Value, &value.to_string(), text::value_hint(rule.measure.unit())));
        }
        fields.extend(modifier_field(ledger.rubric_of(unit_idx), now.modifier.as_deref()));
        let unit = rule.measure.unit().to_owned();
        fields.push(field(Name::Count, &now.count.to_string(), unit.clone()));
        fields.push(field(Name::Date, &now.date.to_string(), text::DATE_HINT));
        fields.push(field(Name::Note, &now.note, ""));
        fields.push(field(Name::Source, &now.source, text::SOURCE_HINT));
        fields.push(field(Name::Event, now.event.as_deref().unwrap_or_default(), text::EVENT_HINT));
        Some(Form {
            title: format!("{} {} {}", ledger.unit(unit_idx).name, indicator.name, rule.label),
            about: rule.text.clone(),
            fields,
            purpose: Purpose::Amend { entry: id.clone(), now, unit },
            focus: 0,
            refused: None,
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
                field(Name::SelfScore, &points, text::self_score_hint(indicator.points)),
                field(Name::Note, &note, text::SELF_NOTE_HINT),
            ],
            purpose: Purpose::SelfScore { unit: unit.id.clone(), indicator: indicator.id.clone() },
            focus: 0,
            refused: None,
        }
    }

    /// Asks why an indicator does not concern a unit.
    pub(crate) fn not_applicable(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> Form {
        let unit = ledger.unit(unit_idx);
        let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
        Form {
            title: text::not_applicable(&unit.name, &indicator.name),
            about: text::NOT_APPLICABLE.to_owned(),
            fields: vec![field(Name::Reason, "", text::NOT_APPLICABLE_HINT)],
            purpose: Purpose::NotApplicable { unit: unit.id.clone(), indicator: indicator.id.clone() },
            focus: 0,
            refused: None,
        }
    }

    pub(crate) fn update(&mut self, command: Command, world: &World) -> Step {
        match command {
            Command::NextField => self.focus = (self.focus + 1) % self.fields.len(),
            Command::PreviousField => self.focus = (self.focus + self.fields.len() - 1) % self.fields.len(),
            Command::Confirm => return self.submit(world),
            _ => {}
        }
        Step::Stay
    }

    pub(crate) fn edit(&mut self, key: KeyEvent) -> Step {
        // What was wrong is being mended.
        self.refused = None;
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
                None => return Step::ActAndBack(self.effect(change)),
                Some(Refusal::NothingChanges) => return Step::Back,
                Some(refusal) => {
                    self.focus_on(concerned(&refusal));
                    words::refusal(&refusal)
                }
            },
            Err((name, reason)) => {
                self.focus_on(Some(name));
                format!("{}{reason}", name.label())
            }
        };
        self.refused = Some(refusal);
        Step::Stay
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

    /// Says in the form why it could not be recorded; what was typed stays.
    pub(crate) fn refuse(&mut self, reason: String) {
        self.refused = Some(reason);
    }

    fn value(&self, name: Name) -> String {
        let field = self.fields.iter().find(|it| it.name == name);
        field.map_or_else(String::new, |it| it.input.value().trim().to_owned())
    }

    /// Returns what the fields say, or which one is wrong and why.
    fn change(&self, ledger: &Ledger, today: Date) -> Result<Change, (Name, String)> {
        Ok(match &self.purpose {
            Purpose::Deduct(deducting) => {
                let mut deduction = deducting.deduction(ledger, today);
                deduction.amount = self.asked(Name::Amount, Self::points)?;
                deduction.value = self.asked(Name::Value, Self::quantity)?;
                deduction.modifier = self.optional(Name::Modifier);
                deduction.note = self.value(Name::Note);
                deduction.source = self.value(Name::Source);
                deduction.date = self.date(today)?;
                Change::Deduct(deduction)
            }
            Purpose::Amend { entry, now, unit } => {
                let to = Deduction {
                    level: self.optional(Name::Level),
                    amount: self.asked(Name::Amount, Self::points)?,
                    value: self.asked(Name::Value, Self::quantity)?,
                    modifier: self.optional(Name::Modifier),
                    count: self.count(unit)?,
                    date: self.date(now.date)?,
                    note: self.value(Name::Note),
                    source: self.value(Name::Source),
                    event: self.optional(Name::Event),
                    ..Deduction::clone(now)
                };
                Change::Amend { entry: entry.clone(), to }
            }
            Purpose::Withdraw { entry } => {
                Change::Withdraw { entry: entry.clone(), reason: self.value(Name::Reason) }
            }
            Purpose::SelfScore { unit, indicator } => {
                let is_cleared = self.value(Name::SelfScore).is_empty();
                Change::SelfScore {
                    unit: unit.clone(),
                    indicator: indicator.clone(),
                    to: if is_cleared { None } else { Some(self.points(Name::SelfScore)?) },
                    note: if is_cleared { String::new() } else { self.value(Name::Note) },
                }
            }
            Purpose::NotApplicable { unit, indicator } => Change::NotApplicable {
                unit: unit.clone(),
                indicator: indicator.clone(),
                reason: Some(self.value(Name::Reason)),
            },
        })
    }

    /// Returns what an optional field says.
    fn optional(&self, name: Name) -> Option<String> {
        Some(self.value(name)).filter(|it| !it.is_empty())
    }

    /// Reads a field where the form has it.
    fn asked<T>(
        &self,
        name: Name,
        read: impl FnOnce(&Form, Name) -> Result<T, (Name, String)>,
    ) -> Result<Option<T>, (Name, String)> {
        if self.fields.iter().any(|it| it.name == name) { read(self, name).map(Some) } else { Ok(None) }
    }

    fn quantity(&self, name: Name) -> Result<Quantity, (Name, String)> {
        let given = self.value(name);
        if given.is_empty() {
            return Err((name, text::NO_NUMBER.to_owned()));
        }
        // What is counted may stand behind the number: the hint names it.
        kaohe_exchange::read_quantity(&given, "").map_err(|it| (name, text::not_points(&given, it)))
    }

    /// Says what the deduction would cost as it is filled in now.
    fn preview(&self, world: &World) -> Option<String> {
        let ledger = world.ledger()?;
        match self.change(ledger, (world.today)()).ok()? {
            Change::Deduct(deduction) | Change::Amend { to: deduction, .. } => {
                ledger.cost(&deduction).ok().map(text::costs)
            }
            Change::Withdraw { .. }
            | Change::Restore { .. }
            | Change::SelfScore { .. }
            | Change::Review { .. }
            | Change::NotApplicable { .. }
            | Change::Adopt { .. }
            | Change::Batch { .. } => None,
        }
    }

    fn points(&self, name: Name) -> Result<Points, (Name, String)> {
        let given = self.value(name);
        if given.is_empty() {
            return Err((name, text::NO_NUMBER.to_owned()));
        }
        kaohe_exchange::read_points(&given).map_err(|it| (name, text::not_points(&given, it)))
    }

    fn count(&self, unit: &str) -> Result<u32, (Name, String)> {
        let given = self.value(Name::Count);
        kaohe_exchange::read_count(&given, unit).map_err(|_| (Name::Count, text::not_a_count(&given)))
    }

    fn date(&self, otherwise: Date) -> Result<Date, (Name, String)> {
        let given = self.value(Name::Date);
        if given.is_empty() {
            return Ok(otherwise);
        }
        kaohe_exchange::read_date(&given).map_err(|_| (Name::Date, text::not_a_date(&given)))
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let width = area.width.saturating_sub(4).min(76);
        let room = usize::from(width.saturating_sub(4)).max(2);
        let mut about = cells::wrap(&self.about, room);
        about.truncate(3);
        let (said, tone) = match &self.refused {
            Some(refused) => (Some(refused.clone()), theme::BAD),
            None => (self.preview(world), theme::HEAD),
        };
        let refused = said.as_deref().map(|it| cells::wrap(it, room)).unwrap_or_default();
        let n_lines = about.len() + 1 + self.fields.len() + usize::from(!refused.is_empty()) + refused.len();
        let height = u16::try_from(n_lines + 2).unwrap_or(u16::MAX);
        let inner = popup::frame(popup::popup(area, width, height), buf, &self.title, theme::PLAIN);
        let mut y = inner.y;
        let mut put = |text: &str, style, y: u16| {
            if y < inner.bottom() {
                buf.set_stringn(inner.x + 1, y, text, room, style);
            }
        };
        // Where the box is too low for everything, the fields matter more than the clause.
        let n_spare = usize::from(inner.height).saturating_sub(self.fields.len() + refused.len());
        for line in about.iter().take(n_spare.saturating_sub(1)) {
            put(line, theme::FAINT, y);
            y += 1;
        }
        if n_spare > 1 {
            y += 1;
        }
        let mut field_rows = Vec::new();
        for (idx, field) in self.fields.iter().enumerate() {
            let style = if idx == self.focus { theme::HEAD } else { theme::PLAIN };
            put(&format!("{} {}", if idx == self.focus { ">" } else { " " }, field.name.label()), style, y);
            field_rows.push(y);
            y += 1;
        }
        if !refused.is_empty() {
            y += u16::from(n_spare > about.len() + 1);
            for line in &refused {
                put(line, tone, y);
                y += 1;
            }
        }
        let mut caret = None;
        for (idx, (field, y)) in self.fields.iter().zip(field_rows).enumerate() {
            let is_focused = idx == self.focus;
            let x = inner.x + 9;
            let field_area =
                Rect { x, y, width: inner.right().saturating_sub(x + 1), height: 1 }.intersection(inner);
            let has_hint = field.input.is_empty() && !field.hint.is_empty();
            let style = if is_focused { theme::CHOSEN } else { theme::PLAIN };
            let place = field.input.draw(field_area, buf, style);
            if has_hint && !field_area.is_empty() {
                let hint = cells::cut(&field.hint, usize::from(field_area.width.saturating_sub(1)));
                buf.set_string(field_area.x + 1, y, hint, style.patch(theme::FAINT));
            }
            if is_focused {
                caret = place;
            }
        }
        caret
    }
}

/// Returns the field that a refusal is about.
fn concerned(refusal: &Refusal) -> Option<Name> {
    match refusal {
        Refusal::LevelMissing { .. } | Refusal::UnknownLevel { .. } | Refusal::LevelNotAsked => {
            Some(Name::Level)
        }
        Refusal::CountOutOfRange { .. } => Some(Name::Count),
        Refusal::AmountMissing | Refusal::AmountNotAsked | Refusal::AmountOutOfRange { .. } => {
            Some(Name::Amount)
        }
        Refusal::ValueMissing | Refusal::ValueNegative | Refusal::ValueNotAsked => Some(Name::Value),
        Refusal::UnknownModifier { .. } => Some(Name::Modifier),
        Refusal::NoteMissing => Some(Name::Note),
        Refusal::ReasonMissing => Some(Name::Reason),
        Refusal::SelfScoreOutOfRange { .. } => Some(Name::SelfScore),
        Refusal::UnknownUnit(_)
        | Refusal::UnknownIndicator { .. }
        | Refusal::UnknownRule { .. }
        | Refusal::UnknownItem { .. }
        | Refusal::UnknownEntry(_)
        | Refusal::EntryMoved
        | Refusal::AlreadyWithdrawn
        | Refusal::NotWithdrawn
        | Refusal::NothingChanges
        | Refusal::NestedBatch
        | Refusal::NothingToUndo
        | Refusal::NothingToRedo
        | Refusal::ChangedSince { .. } => None,
    }
}

/// Lets a key edit a field.
pub(crate) fn edit(input: &mut Input, key: KeyEvent) {
    let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('u') if is_control => input.delete_to_start(),
        KeyCode::Char('w') if is_control => input.delete_word(),
        KeyCode::Char(character) if !is_control => input.insert(character.encode_utf8(&mut [0; 4])),
        KeyCode::Backspace => input.backspace(),
        KeyCode::Delete => input.delete(),
        KeyCode::Left => input.left(),
        KeyCode::Right => input.right(),
        KeyCode::Home => input.home(),
        KeyCode::End => input.end(),
        _ => {}
    }
}

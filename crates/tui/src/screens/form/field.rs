//! The fields of forms.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use kaohe_core::{Measure, Refusal, Rubric};

use crate::text::{form as text, labels};
use crate::widgets::input::Input;

#[derive(Debug)]
pub(super) struct Field {
    pub name: Name,
    pub label: &'static str,
    pub hint: String,
    pub input: Input,
    /// Whether the value is the proposed one, untouched: what is typed then takes its place.
    pub is_proposed: bool,
    /// Texts that were used here before, the newest first, and which of them is next.
    pub offers: Vec<String>,
    pub next_offer: usize,
}

/// The fields that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Level,
    Count,
    Amount,
    Value,
    Target,
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
            | Name::Target
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
            Name::Target => labels::TARGET,
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

pub(super) fn field(name: Name, value: &str, hint: impl Into<String>) -> Field {
    let is_proposed = name.is_short() && !value.is_empty();
    let (hint, input) = (hint.into(), Input::new(value));
    Field { name, label: name.label(), hint, input, is_proposed, offers: Vec::new(), next_offer: 0 }
}

/// Returns the field of what is chosen by name, called as the rule has it.
pub(super) fn level_field(measure: &Measure, now: Option<&str>) -> Option<Field> {
    let label = match measure {
        Measure::ByLevel { .. } => labels::LEVEL,
        Measure::Graded { .. } => labels::GRADED,
        Measure::Checklist { .. } => labels::MISSING,
        Measure::Count { .. }
        | Measure::Discretionary { .. }
        | Measure::Forfeit { .. }
        | Measure::Shortfall { .. }
        | Measure::Steps { .. }
        | Measure::Bands { .. }
        | Measure::Ratio { .. }
        | Measure::Imported { .. }
        | Measure::ByRank { .. }
        | Measure::Relative { .. }
        | Measure::Veto { .. } => return None,
    };
    let known = measure.level_names().join("、");
    Some(Field { label, ..field(Name::Level, now.unwrap_or_default(), known) })
}

/// Returns the field of the factor, where the rubric has any and the rule's points can be multiplied.
pub(super) fn modifier_field(rubric: &Rubric, measure: &Measure, now: Option<&str>) -> Option<Field> {
    if measure.hangs_on_class() || matches!(measure, Measure::Veto { .. }) {
        return None;
    }
    let known: Vec<&str> = rubric.modifiers.iter().map(|it| it.name.as_str()).collect();
    let hint = text::modifier_hint(&known);
    (!known.is_empty()).then(|| field(Name::Modifier, now.unwrap_or_default(), hint))
}

/// Returns the field that a refusal is about.
pub(super) fn concerned(refusal: &Refusal) -> Option<Name> {
    match refusal {
        Refusal::LevelMissing { .. } | Refusal::UnknownLevel { .. } | Refusal::LevelNotAsked => {
            Some(Name::Level)
        }
        Refusal::CountOutOfRange { .. } | Refusal::CountNotAsked => Some(Name::Count),
        Refusal::AmountMissing | Refusal::AmountNotAsked | Refusal::AmountOutOfRange { .. } => {
            Some(Name::Amount)
        }
        Refusal::ValueMissing
        | Refusal::ValueNegative
        | Refusal::ValueTooLarge { .. }
        | Refusal::ValueNotAsked => Some(Name::Value),
        Refusal::TargetMissing | Refusal::TargetNotPositive | Refusal::TargetNotAsked => Some(Name::Target),
        Refusal::UnknownModifier { .. } | Refusal::ModifierNotAsked => Some(Name::Modifier),
        Refusal::NoteMissing => Some(Name::Note),
        Refusal::ReasonMissing => Some(Name::Reason),
        Refusal::SelfScoreOutOfRange { .. } => Some(Name::SelfScore),
        Refusal::NotConcerned { .. }
        | Refusal::UnitRetired { .. }
        | Refusal::VetoStands
        | Refusal::UnknownUnit(_)
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
        | Refusal::ChangedSince { .. }
        | Refusal::Finalised { .. }
        | Refusal::NotFinalised
        | Refusal::Unfinished { .. } => None,
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

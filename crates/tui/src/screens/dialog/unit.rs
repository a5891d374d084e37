//! The questions about a unit of the roster.

use std::borrow::Cow;

use kaohe_core::{Ledger, Roster, Unit, UnitId, check_roster, half_width};
use kaohe_exchange::{clean, words};

use super::{Dialog, Field, Name, Purpose, Said};
use crate::screens::Step;
use crate::screens::roster::replace;
use crate::text::roster as text;
use crate::world::World;

/// What is done to which unit.
#[derive(Clone, Debug)]
pub(super) enum UnitDeed {
    /// One more of this class.
    Add { rubric_idx: usize },
    /// Another name, or the like.
    Edit { unit: UnitId },
    /// No longer assessed, or gone from the roster.
    Retire { unit: UnitId },
}

impl Dialog {
    /// Asks for a new unit of a class.
    pub(crate) fn add_unit(ledger: &Ledger, rubric_idx: usize, generation: u64) -> Dialog {
        let track = ledger.rubrics()[rubric_idx].track.clone();
        let blank = Unit {
            id: UnitId::from(free_id(ledger.roster(), rubric_idx, ledger)),
            name: String::new(),
            track,
            short: String::new(),
            pinyin: String::new(),
            tags: Vec::new(),
            note: String::new(),
            retired: String::new(),
        };
        let mut fields = vec![Field::text(Name::Id, text::ID, blank.id.as_str(), text::ID_HINT)];
        fields.extend(unit_fields(&blank));
        let purpose = Purpose::Unit { deed: UnitDeed::Add { rubric_idx }, generation };
        let title = text::adding(&blank.track);
        Dialog { purpose, title, about: String::new(), fields, focus: 1, said: None }
    }

    /// Asks what is to be changed of a unit; its id and its class stay, for the records name them.
    pub(crate) fn edit_unit(ledger: &Ledger, unit_idx: usize, generation: u64) -> Dialog {
        let unit = ledger.unit(unit_idx);
        let deed = UnitDeed::Edit { unit: unit.id.clone() };
        let (title, about) = (text::editing(unit), String::new());
        let purpose = Purpose::Unit { deed, generation };
        Dialog { purpose, title, about, fields: unit_fields(unit), focus: 0, said: None }
    }

    /// Asks why a unit is retired.
    pub(crate) fn retire_unit(ledger: &Ledger, unit_idx: usize, generation: u64) -> Dialog {
        let unit = ledger.unit(unit_idx);
        let fields = vec![
            Field::text(Name::Reason, text::REASON, "", text::REASON_HINT),
            Field::choice(Name::How, text::HOW, text::HOWS.map(str::to_owned).to_vec()),
        ];
        let deed = UnitDeed::Retire { unit: unit.id.clone() };
        let purpose = Purpose::Unit { deed, generation };
        Dialog {
            purpose,
            title: text::retiring(unit),
            about: text::RETIRE.to_owned(),
            fields,
            focus: 0,
            said: None,
        }
    }

    pub(super) fn change_unit(&mut self, deed: UnitDeed, generation: u64, world: &World) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let mut roster = ledger.roster().clone();
        let place = |id: &UnitId| roster.units.iter().position(|it| it.id == *id);
        let (unit_idx, done): (usize, fn(&Unit) -> String) = match deed {
            UnitDeed::Add { rubric_idx } => {
                let Some(rubric) = ledger.rubrics().get(rubric_idx) else { return Step::Back };
                let last = roster.units.iter().rposition(|it| it.track == rubric.track);
                let at = last.map_or(roster.units.len(), |it| it + 1);
                let id = half_width(self.text_of(Name::Id)).into_owned();
                let unit = Unit {
                    id: UnitId::from(id),
                    name: String::new(),
                    track: rubric.track.clone(),
                    short: String::new(),
                    pinyin: String::new(),
                    tags: Vec::new(),
                    note: String::new(),
                    retired: String::new(),
                };
                roster.units.insert(at, unit);
                self.fill_in(&mut roster.units[at]);
                (at, text::added)
            }
            UnitDeed::Edit { unit } => {
                let Some(at) = place(&unit) else { return Step::Back };
                self.fill_in(&mut roster.units[at]);
                if roster == *ledger.roster() {
                    return Step::Back;
                }
                (at, text::edited)
            }
            UnitDeed::Retire { unit } => {
                let Some(at) = place(&unit) else { return Step::Back };
                if self.choice_of(Name::How) > 0 {
                    let gone = roster.units.remove(at);
                    return Step::Act(replace(roster, &gone, text::removed(&gone), generation));
                }
                let reason = clean(self.text_of(Name::Reason));
                if reason.is_empty() {
                    self.focus_on(Name::Reason);
                    self.said = Some(Said::Refused(text::NO_REASON.to_owned()));
                    return Step::Stay;
                }
                roster.units[at].retired = reason;
                (at, text::retired_now)
            }
        };
        if let Some(refused) = self.faults(&roster, unit_idx, ledger) {
            self.said = Some(Said::Refused(refused));
            return Step::Stay;
        }
        let unit = roster.units[unit_idx].clone();
        Step::Act(replace(roster, &unit, done(&unit), generation))
    }

    /// Puts what is filled in into a unit.
    fn fill_in(&self, unit: &mut Unit) {
        unit.name = clean(self.text_of(Name::Unit));
        unit.short = clean(self.text_of(Name::Short));
        unit.pinyin = half_width(self.text_of(Name::Pinyin)).into_owned();
        let tags = half_width(self.text_of(Name::Tags));
        let tags = tags.split([';', ',', '、', ' ']).map(clean);
        unit.tags = tags.filter(|it| !it.is_empty()).collect();
        unit.note = clean(self.text_of(Name::Note));
    }

    /// Returns all that is wrong with the roster as it would be, and goes to the first field that it is about.
    fn faults(&mut self, roster: &Roster, unit_idx: usize, ledger: &Ledger) -> Option<String> {
        let tracks: Vec<_> = ledger.rubrics().iter().map(|it| it.track.clone()).collect();
        let problems = check_roster(roster, &tracks);
        let mut lines = Vec::new();
        for problem in &problems {
            // A clash is found at the later one of two, which may be the other one.
            let at = problem.place.0.iter().find_map(|it| match it {
                kaohe_core::Step::Index(idx) => Some(*idx),
                kaohe_core::Step::Field(_) => None,
            });
            let other = |first: usize| if first == unit_idx { at.unwrap_or(first) } else { first };
            let row_of = |first: usize| text::nth_unit(roster.units.get(other(first)));
            let (name, label) = match &problem.fault {
                kaohe_core::RosterFault::BadId { .. } | kaohe_core::RosterFault::DuplicateId { .. } => {
                    (Name::Id, text::ID)
                }
                kaohe_core::RosterFault::DuplicateName { .. }
                | kaohe_core::RosterFault::EmptyText
                | kaohe_core::RosterFault::UnknownTrack { .. }
                | kaohe_core::RosterFault::Empty => (Name::Unit, text::NAME),
            };
            if lines.is_empty() {
                self.focus_on(name);
            }
            lines.push(format!("{label}：{}", words::roster_fault(&problem.fault, &row_of)));
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// Says why the roster was not replaced; what was filled in stays.
    pub(crate) fn not_replaced(&mut self, reason: String) {
        self.said = Some(Said::Refused(reason));
    }
}

/// Returns the questions about a unit that is there.
fn unit_fields(unit: &Unit) -> Vec<Field> {
    vec![
        Field::text(Name::Unit, text::NAME, &unit.name, text::NAME_HINT),
        Field::text(Name::Short, text::SHORT, &unit.short, text::SHORT_HINT),
        Field::text(Name::Pinyin, text::PINYIN, &unit.pinyin, text::PINYIN_HINT),
        Field::text(Name::Tags, text::TAGS, &unit.tags.join("; "), text::TAGS_HINT),
        Field::text(Name::Note, text::NOTE, &unit.note, ""),
    ]
}

/// Returns an id like those of the class that nobody has: the last one's letters and the next number.
fn free_id(roster: &Roster, rubric_idx: usize, ledger: &Ledger) -> String {
    let track = &ledger.rubrics()[rubric_idx].track;
    let last = roster.units.iter().rfind(|it| it.track == *track);
    let id = last.map_or(Cow::Borrowed("A00"), |it| Cow::Borrowed(it.id.as_str()));
    let stem = id.trim_end_matches(|it: char| it.is_ascii_digit());
    let digits = id.strip_prefix(stem).unwrap_or_default();
    let n_digits = digits.len().max(2);
    let first = digits.parse::<u64>().unwrap_or(0).saturating_add(1);
    let is_free = |given: &String| roster.units.iter().all(|it| !it.id.as_str().eq_ignore_ascii_case(given));
    let ids = (first..).map(|it| format!("{stem}{it:0n_digits$}"));
    ids.take(10_000).find(is_free).unwrap_or_default()
}

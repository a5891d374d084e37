//! What the fields of a form say, as a change.

use jiff::civil::Date;
use kaohe_core::{Change, Deduction, Ledger, Points, Quantity, Rule};

use super::field::Name;
use super::{Form, Purpose};
use crate::text::form as text;
use crate::world::World;

impl Form {
    fn value(&self, name: Name) -> String {
        let field = self.fields.iter().find(|it| it.name == name);
        field.map_or_else(String::new, |it| it.input.value().trim().to_owned())
    }

    /// Returns what the fields say, or which one is wrong and why.
    pub(super) fn change(&self, ledger: &Ledger, today: Date) -> Result<Change, (Name, String)> {
        Ok(match &self.purpose {
            Purpose::Deduct(deducting) => {
                let mut deduction = deducting.deduction(ledger, today);
                deduction.amount = self.asked(Name::Amount, Self::points)?;
                deduction.value = self.asked(Name::Value, Self::quantity)?;
                deduction.target = self.asked(Name::Target, Self::quantity)?;
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
                    target: self.asked(Name::Target, Self::quantity)?,
                    modifier: self.optional(Name::Modifier),
                    count: self.asked(Name::Count, |form, _| form.count(unit))?.unwrap_or(1),
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
    pub(super) fn preview(&self, world: &World) -> Option<String> {
        let ledger = world.ledger()?;
        match self.change(ledger, (world.today)()).ok()? {
            Change::Deduct(deduction) | Change::Amend { to: deduction, .. } => {
                let points = ledger.cost(&deduction).ok()?;
                Some(text::costs(rule_of(ledger, &deduction)?, points))
            }
            Change::Withdraw { .. }
            | Change::Restore { .. }
            | Change::SelfScore { .. }
            | Change::Review { .. }
            | Change::NotApplicable { .. }
            | Change::Adopt { .. }
            | Change::ReplaceRubric { .. }
            | Change::Finalise { .. }
            | Change::Reopen { .. }
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
}

fn rule_of<'l>(ledger: &'l Ledger, deduction: &Deduction) -> Option<&'l Rule> {
    let unit_idx = ledger.find_unit(deduction.unit.as_str())?;
    let indicator = ledger.rubric_of(unit_idx).indicators().find(|it| it.id == deduction.indicator)?;
    indicator.rules.get(indicator.rule_idx(deduction.rule.as_str())?)
}

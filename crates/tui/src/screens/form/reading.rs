//! What the fields of a form say, as a change.

use jiff::civil::Date;
use kaohe_core::{Change, Deduction, Ledger, Period, Points, Quantity, Rule, half_width};

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
                let unit = rule_of(ledger, &deduction).map_or("", |it| it.measure.unit());
                deduction.amount = self.asked(Name::Amount, Self::points)?;
                deduction.value = self.asked(Name::Value, |form, name| form.quantity(name, unit))?;
                deduction.target = self.asked(Name::Target, |form, name| form.quantity(name, unit))?;
                deduction.modifier = self.optional(Name::Modifier);
                deduction.note = self.value(Name::Note);
                deduction.source = self.value(Name::Source);
                deduction.date = self.date(today, period_of(ledger, &deduction), today)?;
                Change::Deduct(deduction)
            }
            Purpose::Amend { entry, now, unit } => {
                let to = Deduction {
                    level: self.optional(Name::Level),
                    amount: self.asked(Name::Amount, Self::points)?,
                    value: self.asked(Name::Value, |form, name| form.quantity(name, unit))?,
                    target: self.asked(Name::Target, |form, name| form.quantity(name, unit))?,
                    modifier: self.optional(Name::Modifier),
                    count: self.asked(Name::Count, |form, _| form.count(unit))?.unwrap_or(1),
                    date: self.date(now.date, period_of(ledger, now), today)?,
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

    fn quantity(&self, name: Name, unit: &str) -> Result<Quantity, (Name, String)> {
        let given = self.value(name);
        if given.is_empty() {
            return Err((name, text::NO_NUMBER.to_owned()));
        }
        // What is counted may stand behind the number: the hint names it.
        kaohe_exchange::read_quantity(&given, unit).map_err(|it| (name, text::not_points(&given, it)))
    }

    /// Says what the deduction would cost as it is filled in now, or at least what the sum with the caret comes to.
    pub(super) fn preview(&self, world: &World) -> Option<String> {
        self.cost(world).or_else(|| self.sum())
    }

    /// Says what a sum comes to; a plain number says that itself.
    fn sum(&self) -> Option<String> {
        let name = self.fields[self.focus].name;
        let given = self.value(name);
        let is_sum =
            matches!(name, Name::Amount | Name::SelfScore) && kaohe_exchange::read_points(&given).is_err();
        kaohe_exchange::read_points_sum(&given).ok().filter(|_| is_sum).map(text::sum_is)
    }

    fn cost(&self, world: &World) -> Option<String> {
        let ledger = world.ledger()?;
        match self.change(ledger, (world.today)()).ok()? {
            Change::Deduct(deduction) | Change::Amend { to: deduction, .. } => {
                let points = ledger.cost(&deduction).ok()?;
                Some(text::costs(rule_of(ledger, &deduction)?, points))
            }
            // A plain number says itself what it is.
            Change::SelfScore { to: Some(points), .. }
                if points.to_string() != self.value(Name::SelfScore) =>
            {
                Some(text::sum_is(points))
            }
            Change::Withdraw { .. }
            | Change::Restore { .. }
            | Change::SelfScore { .. }
            | Change::Review { .. }
            | Change::NotApplicable { .. }
            | Change::Adopt { .. }
            | Change::ReplaceRubric { .. }
            | Change::Finalise { .. }
            | Change::Repair { .. }
            | Change::Reopen { .. }
            | Change::Batch { .. } => None,
        }
    }

    fn points(&self, name: Name) -> Result<Points, (Name, String)> {
        let given = self.value(name);
        if given.is_empty() {
            return Err((name, text::NO_NUMBER.to_owned()));
        }
        kaohe_exchange::read_points_sum(&given).map_err(|it| (name, text::not_points(&given, it)))
    }

    fn count(&self, unit: &str) -> Result<u32, (Name, String)> {
        let given = self.value(Name::Count);
        kaohe_exchange::read_count(&given, unit).map_err(|_| (Name::Count, text::not_a_count(&given)))
    }

    /// Reads the date; without a year it is one of the period, or else of this year.
    fn date(&self, otherwise: Date, period: Option<Period>, today: Date) -> Result<Date, (Name, String)> {
        let given = self.value(Name::Date);
        if given.is_empty() {
            return Ok(otherwise);
        }
        let read = match month_and_day(&given) {
            Some((month, day)) => in_period(month, day, period, today),
            None => kaohe_exchange::read_date(&given).ok(),
        };
        read.ok_or_else(|| (Name::Date, text::not_a_date(&given)))
    }
}

/// Reads a date without a year: `12-31`, `12/31`, `12.31`, `6月1日`.
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let text = half_width(text);
    let text = text.trim();
    let (month, day) = match text.split_once('月') {
        Some((month, day)) => (month, day.strip_suffix(['日', '号']).unwrap_or(day)),
        None => text.split_once(['-', '/', '.'])?,
    };
    let number = |it: &str| {
        let it = it.trim();
        let is_plain = (1..=2).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
        it.parse().ok().filter(|_| is_plain)
    };
    number(month).zip(number(day))
}

/// Returns the day of the period; where it has none, that of the period's first year, or of this one.
fn in_period(month: i8, day: i8, period: Option<Period>, today: Date) -> Option<Date> {
    let of_year = |year| Date::new(year, month, day).ok();
    let Some(period) = period else { return of_year(today.year()) };
    let within = (period.from.year()..=period.to.year()).filter_map(of_year).find(|it| period.contains(*it));
    within.or_else(|| of_year(period.from.year()))
}

fn period_of(ledger: &Ledger, deduction: &Deduction) -> Option<Period> {
    ledger.rubric_of(ledger.find_unit(deduction.unit.as_str())?).period
}

fn rule_of<'l>(ledger: &'l Ledger, deduction: &Deduction) -> Option<&'l Rule> {
    let unit_idx = ledger.find_unit(deduction.unit.as_str())?;
    let indicator = ledger.rubric_of(unit_idx).indicators().find(|it| it.id == deduction.indicator)?;
    indicator.rules.get(indicator.rule_idx(deduction.rule.as_str())?)
}

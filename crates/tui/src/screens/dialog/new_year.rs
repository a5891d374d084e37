//! The questions of a new year: which, and what it starts from.

use kaohe_core::half_width;
use kaohe_store::{BUILTIN_YEAR, StoreError};

use super::{Dialog, Field, Name, Purpose, Said};
use crate::effect::Effect;
use crate::screens::Step;
use crate::text::{faults, years as text};

impl Dialog {
    /// Asks for the new year; the one after the newest is proposed.
    pub(crate) fn new_year(newest: Option<u16>) -> Dialog {
        let proposed = newest.map_or(BUILTIN_YEAR, |it| it.saturating_add(1)).to_string();
        let fields = vec![
            Field::text(Name::Year, text::YEAR, &proposed, text::YEAR_HINT),
            Field::choice(Name::From, text::FROM, text::froms(newest)),
        ];
        let (title, about) = (text::BEGIN.to_owned(), text::ABOUT.to_owned());
        Dialog { purpose: Purpose::NewYear { newest }, title, about, fields, focus: 0, said: None }
    }

    pub(super) fn begin_year(&mut self, newest: Option<u16>) -> Step {
        let given = half_width(self.text_of(Name::Year)).into_owned();
        let is_plain = given.len() == 4 && given.bytes().all(|it| it.is_ascii_digit());
        let Some(year) = given.parse::<u16>().ok().filter(|it| is_plain && *it >= 1900) else {
            self.focus_on(Name::Year);
            self.said = Some(Said::Refused(text::NOT_A_YEAR.to_owned()));
            return Step::Stay;
        };
        let from = newest.filter(|_| self.choice_of(Name::From) == 0);
        Step::Act(Effect::CreateYear { year, from })
    }

    /// Says why the year was not begun; what was filled in stays.
    pub(crate) fn not_begun(&mut self, error: &StoreError) {
        self.focus_on(Name::Year);
        self.said = Some(Said::Refused(faults::store_error(error)));
    }
}

//! The units that a text can name.

use kaohe_core::Ledger;

use super::super::grid::key_of;

/// The names of all units, as keys.
pub(super) struct Names {
    full: Vec<(String, usize)>,
    short: Vec<(String, usize)>,
    ids: Vec<(String, usize)>,
}

impl Names {
    pub fn of(ledger: &Ledger) -> Names {
        let units = || ledger.roster().units.iter().enumerate();
        let keys = |text: fn(&kaohe_core::Unit) -> &str| {
            units().map(|(idx, it)| (key_of(text(it)), idx)).filter(|it| it.0.chars().count() > 1).collect()
        };
        Names { full: keys(|it| &it.name), short: keys(|it| &it.short), ids: keys(|it| it.id.as_str()) }
    }

    /// Returns the units of which this is the name, or the short name, or the id.
    pub fn exactly(&self, given: &str) -> Vec<usize> {
        for names in [&self.full, &self.short] {
            let found: Vec<usize> = names.iter().filter(|it| it.0 == given).map(|it| it.1).collect();
            if !found.is_empty() {
                return found;
            }
        }
        self.ids.iter().filter(|it| it.0.eq_ignore_ascii_case(given)).map(|it| it.1).collect()
    }

    /// Returns the units whose names stand in a text, but for those that are part of another one's there.
    pub fn within(&self, text: &str, with_short: bool) -> Vec<usize> {
        let short = self.short.iter().filter(|_| with_short);
        let found: Vec<&(String, usize)> =
            self.full.iter().chain(short).filter(|it| text.contains(&it.0)).collect();
        let is_part = |name: &str| found.iter().any(|it| it.0 != name && it.0.contains(name));
        let mut units: Vec<usize> = found.iter().filter(|it| !is_part(&it.0)).map(|it| it.1).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// Returns the units that the name of a file can mean: by a name within it, or by an id that is a word of it.
    pub fn of_file(&self, stem: &str) -> Vec<usize> {
        let units = self.within(&key_of(stem), true);
        if !units.is_empty() {
            return units;
        }
        let mut words = stem.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| it.len() > 1);
        let has_digit = |it: &str| {
            it.bytes().any(|it| it.is_ascii_digit()) && it.bytes().any(|it| it.is_ascii_alphabetic())
        };
        let found = words.find_map(|word| {
            self.ids.iter().find(|it| has_digit(word) && it.0.eq_ignore_ascii_case(word)).map(|it| it.1)
        });
        found.into_iter().collect()
    }
}

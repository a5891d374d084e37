//! Which indicator a cell names: `3. 政务新媒体（10分）`, with or without its number and its points.

use kaohe_core::{Points, Rubric, nearest};

use super::grid::{key, key_of, without_points};
use crate::workbook_in::CellValue;

/// What a cell says of an indicator.
pub(super) struct Named {
    /// Its number, where there is one.
    pub number: Option<String>,
    pub name: String,
    /// Its full marks, where they stand there.
    pub points: Option<Points>,
}

impl Named {
    pub fn of(value: &CellValue) -> Option<Named> {
        let key = key(value);
        let (number, rest) = without_number(&key);
        let (name, points) = without_points(rest);
        let points = points.and_then(|it| it.parse().ok());
        let name = name.trim_end_matches([':', ';', '。', ',']);
        (!name.is_empty()).then(|| Named { number: number.map(str::to_owned), name: name.to_owned(), points })
    }

    /// Returns the indicator of this name.
    pub fn find(&self, rubric: &Rubric) -> Option<usize> {
        rubric.indicators().position(|it| key_of(&it.name) == self.name)
    }

    /// Returns the indicator that is likely meant by a name that is not quite one: number and full marks are its own.
    pub fn find_near(&self, rubric: &Rubric) -> Option<usize> {
        let near = nearest(&self.name, rubric.indicators().map(|it| it.name.as_str()))?;
        let is_it = |it: &kaohe_core::Indicator| {
            it.name == near
                && self.number.as_deref() == Some(it.number.as_str())
                && self.points == Some(it.points)
        };
        rubric.indicators().position(is_it)
    }

    /// Says whether the cell looks like an indicator that nobody knows: numbered, short, with full marks.
    pub fn looks_like_one(&self) -> bool {
        self.number.is_some() && self.points.is_some() && self.name.chars().count() <= 24
    }
}

/// Says whether a cell names an indicator of the rubric.
pub(super) fn is_indicator(rubric: &Rubric, value: &CellValue) -> bool {
    Named::of(value).is_some_and(|it| it.find(rubric).is_some())
}

/// Returns the number that a text begins with, and what follows it: `3` and `政务新媒体` of `3、政务新媒体`.
pub(super) fn without_number(key: &str) -> (Option<&str>, &str) {
    let inner = key.strip_prefix('(').unwrap_or(key);
    let rest = inner.trim_start_matches(|it: char| it.is_ascii_digit());
    let number = inner.strip_suffix(rest).filter(|it| !it.is_empty() && it.len() <= 3);
    match number {
        Some(number) => (Some(number), rest.trim_start_matches(['.', '、', ',', ')', ':', '．', '-'])),
        None => (None, key),
    }
}

//! Choices: a row of numbers from which a case is built, so that a failing case shrinks with its numbers.

use std::str::FromStr;

use kaohe_core::{Points, Quantity};

/// Draws choices from a row of numbers; the first of each once the row is used up.
pub struct Draw<'n> {
    numbers: std::slice::Iter<'n, u32>,
}

impl<'n> Draw<'n> {
    /// Begins at the first number.
    pub fn new(numbers: &'n [u32]) -> Draw<'n> {
        Draw { numbers: numbers.iter() }
    }

    /// Draws a number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        *self.numbers.next().unwrap_or(&0) as usize % n.max(1)
    }

    /// Draws a number from one to another, both included.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// Says yes in so many percent of all cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// Draws one of these.
    pub fn one<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// Draws a value in so many percent of all cases, otherwise none.
    pub fn maybe<T>(&mut self, percent: usize, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance(percent) { Some(value(self)) } else { None }
    }

    /// Draws so many tenths.
    pub fn tenths<T: FromStr>(&mut self, from: usize, to: usize) -> T {
        let tenths = self.between(from, to);
        number(&format!("{}.{}", tenths / 10, tenths % 10))
    }
}

/// Reads a number written out.
pub fn number<T: FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("a plain decimal: {text}"))
}

/// Reads points written out.
pub fn points(text: &str) -> Points {
    number(text)
}

/// Reads a quantity written out.
pub fn quantity(text: &str) -> Quantity {
    number(text)
}

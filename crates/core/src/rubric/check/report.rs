//! What every check needs: the way to a place, the noting of faults, and guesses at what a name was meant to be.

use std::collections::HashSet;

use super::{RubricFault, is_plain_id};
use crate::ledger::nearest;
use crate::points::Points;
use crate::problem::{Part, Place, Problem, Severity, Step};
use crate::quantity::Quantity;

/// How many errors are noted, and how many warnings.
const MOST: usize = 5_000;
/// How many known names a fault lists; a reader shows one fewer and knows that there are more.
const LISTED: usize = 13;
/// Names longer than this, in bytes, are not compared.
const LONGEST: usize = 128;
/// How many names are compared in all.
const COMPARED: usize = 20_000;

/// Returns the beginning of a name: a fault may name many, and one may be as long as a file.
pub(super) fn excerpt(name: &str) -> String {
    const LONGEST: usize = 64;
    match name.char_indices().nth(LONGEST) {
        Some((idx, _)) => name.get(..idx).unwrap_or_default().to_owned() + "…",
        None => name.to_owned(),
    }
}

/// The way to a place. It is only walked where there is a fault.
#[derive(Clone, Copy)]
pub(super) struct At<'u> {
    up: Option<&'u At<'u>>,
    steps: [Option<Step>; 2],
}

impl At<'_> {
    pub(super) const TOP: At<'static> = At { up: None, steps: [None, None] };

    pub(super) fn field(&self, name: &'static str) -> At<'_> {
        At { up: Some(self), steps: [Some(Step::Field(name)), None] }
    }

    pub(super) fn element(&self, name: &'static str, idx: usize) -> At<'_> {
        At { up: Some(self), steps: [Some(Step::Field(name)), Some(Step::Index(idx))] }
    }

    fn place(&self) -> Place {
        let Place(mut steps) = self.up.map_or_else(Place::default, At::place);
        steps.extend(self.steps.into_iter().flatten());
        Place(steps)
    }
}

#[derive(Default)]
pub(super) struct Check {
    pub(super) problems: Vec<Problem<RubricFault>>,
    n_errors: usize,
    n_warnings: usize,
    n_compared: usize,
    /// Bytes of methods that rules' texts were looked for in.
    pub(super) n_searched: usize,
    /// Whether the rubric says on which day weeks begin.
    pub(super) has_period: bool,
}

impl Check {
    pub(super) fn error(&mut self, at: &At<'_>, fault: RubricFault) {
        self.n_errors += 1;
        if self.n_errors <= MOST {
            self.problems.push(Problem { place: at.place(), severity: Severity::Error, fault });
        }
    }

    pub(super) fn warn(&mut self, at: &At<'_>, fault: RubricFault) {
        self.n_warnings += 1;
        if self.n_warnings <= MOST {
            self.problems.push(Problem { place: at.place(), severity: Severity::Warning, fault });
        }
    }

    pub(super) fn id(&mut self, at: &At<'_>, given: &str) {
        if !is_plain_id(given) {
            self.error(at, RubricFault::BadId { given: excerpt(given) });
        }
    }

    pub(super) fn text(&mut self, at: &At<'_>, text: &str) {
        if text.trim().is_empty() {
            self.error(at, RubricFault::EmptyText);
        }
    }

    pub(super) fn positive(&mut self, at: &At<'_>, points: Points) {
        if points <= Points::ZERO {
            self.error(at, RubricFault::NotPositive);
        }
    }

    pub(super) fn not_negative(&mut self, at: &At<'_>, points: Points) {
        if points.is_negative() {
            self.error(at, RubricFault::Negative);
        }
    }

    pub(super) fn quantity(&mut self, at: &At<'_>, quantity: Quantity) {
        if !quantity.is_positive() {
            self.error(at, RubricFault::NotPositive);
        }
    }

    pub(super) fn percent(&mut self, at: &At<'_>, percent: Quantity) {
        if percent < Quantity::ZERO || percent > Quantity::whole(100) {
            self.error(at, RubricFault::PercentOutOfRange);
        }
    }

    pub(super) fn not_empty(&mut self, at: &At<'_>, len: usize) -> bool {
        if len == 0 {
            self.error(at, RubricFault::EmptyList);
        }
        len > 0
    }

    /// Returns the known name that was most likely meant, and some of those that there are.
    pub(super) fn guess<'k>(
        &mut self,
        given: &str,
        known: impl Iterator<Item = &'k str>,
    ) -> (Option<String>, Vec<String>) {
        let left = COMPARED.saturating_sub(self.n_compared);
        let known: Vec<&str> = known.take(left.max(LISTED)).collect();
        self.n_compared += known.len();
        let listed = known.iter().take(LISTED).map(|it| excerpt(it)).collect();
        if given.len() > LONGEST || left == 0 {
            return (None, listed);
        }
        let short = known.into_iter().filter(|it| it.len() <= LONGEST);
        let nearest = nearest(given, short).map(str::to_owned);
        (nearest, listed)
    }

    pub(super) fn unknown_rule<'k>(
        &mut self,
        at: &At<'_>,
        given: &str,
        known: impl Iterator<Item = &'k str>,
    ) {
        let (nearest, known) = self.guess(given, known);
        self.error(at, RubricFault::UnknownRule { given: excerpt(given), nearest, known });
    }

    pub(super) fn unknown_indicator<'k>(
        &mut self,
        at: &At<'_>,
        given: &str,
        known: impl Iterator<Item = &'k str>,
    ) {
        let (nearest, known) = self.guess(given, known);
        self.error(at, RubricFault::UnknownIndicator { given: excerpt(given), nearest, known });
    }
}

/// Texts that may stand only once among their siblings.
pub(super) struct Seen<'r> {
    part: Part,
    texts: HashSet<&'r str>,
}

impl<'r> Seen<'r> {
    pub(super) fn new(part: Part) -> Seen<'r> {
        Seen { part, texts: HashSet::new() }
    }

    pub(super) fn see(&mut self, check: &mut Check, at: &At<'_>, text: &'r str) {
        if !self.texts.insert(text.trim()) {
            check.error(at, RubricFault::Duplicate { part: self.part, given: excerpt(text) });
        }
    }
}

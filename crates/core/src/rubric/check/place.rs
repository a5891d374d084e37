//! What places in a class are worth.

use std::collections::BTreeMap;

use super::RubricFault;
use super::report::{At, Check};
use crate::points::Points;
use crate::quantity::Quantity;
use crate::rubric::{Places, Span};

impl Check {
    pub(super) fn by_rank(&mut self, at: &At<'_>, places: &Places, reach: Points) {
        match places {
            Places::Descending { first, each } => {
                self.positive(&at.field("first"), *first);
                self.positive(&at.field("each"), *each);
                self.worth(&at.field("first"), *first, reach);
            }
            Places::Named(places) => {
                self.not_empty(&at.field("places"), places.len());
                let (mut from_first, mut from_last) = (Covered::default(), Covered::default());
                for (idx, place) in places.iter().enumerate() {
                    let at = at.element("places", idx);
                    self.not_negative(&at.field("points"), place.points);
                    self.worth(&at.field("points"), place.points, reach);
                    self.span(&at, place.span, &mut from_first, &mut from_last);
                }
            }
        }
    }

    fn span(&mut self, at: &At<'_>, span: Span, from_first: &mut Covered, from_last: &mut Covered) {
        match span {
            Span::Between(from, to) => {
                for (name, place) in [("from", from), ("to", to)] {
                    if place == 0 {
                        self.error(&at.field(name), RubricFault::PlaceZero);
                    }
                }
                if from == 0 || to == 0 {
                    return;
                }
                let is_reversed = if from.signum() == to.signum() { from > to } else { from < 0 };
                if is_reversed {
                    self.error(&at.field("from"), RubricFault::BoundsReversed);
                    return;
                }
                // From the first place to the last of so many is no overlap that can be told before there are units.
                if from.signum() == to.signum() {
                    let covered = if from > 0 { from_first } else { from_last };
                    if let Some(place) = covered.add(from, to) {
                        let at_place = Points::from_decimal(place.into());
                        self.error(&at.field("from"), RubricFault::Overlap { at: at_place });
                    }
                }
            }
            Span::Percent(percent) => {
                let (is_from_last, size) = if percent < Quantity::ZERO {
                    (true, Quantity::ZERO.above(percent))
                } else {
                    (false, percent)
                };
                if !size.is_positive() || size > Quantity::whole(100) {
                    self.error(&at.field("percent"), RubricFault::PercentOutOfRange);
                    return;
                }
                let covered = if is_from_last { from_last } else { from_first };
                if covered.percent >= size {
                    self.error(&at.field("percent"), RubricFault::PlaceNeverApplies);
                }
                covered.percent = covered.percent.max(size);
            }
        }
    }
}

/// Which places from one end others have taken.
#[derive(Default)]
struct Covered {
    /// First places with their last ones; they do not touch one another.
    spans: BTreeMap<i32, i32>,
    percent: Quantity,
}

impl Covered {
    /// Takes these places and returns one that was taken already.
    fn add(&mut self, from: i32, to: i32) -> Option<i32> {
        let before = self.spans.range(..=to).next_back();
        let taken = before.filter(|it| *it.1 >= from).map(|it| from.max(*it.0));
        if taken.is_none() {
            self.spans.insert(from, to);
        }
        taken
    }
}

//! Levels, grades and bands, which may stand as one list of structs or as two lists side by side.

use std::str::FromStr;

use kaohe_core::{Band, GradeLevel, Level, Limit, Measure, Points, PointsError, Quantity, Worth};

use super::Reader;
use crate::decimal::decimal;
use crate::spanned::{FaultKind, Fields, Node, Value, Variant};

impl Reader {
    pub(super) fn by_level(&mut self, variant: &Variant<'_, '_>) -> Option<Measure> {
        let fields = variant.fields(&["levels", "points", "unit"], &mut self.faults)?;
        let unit = self.unit(&fields);
        let is_side_by_side = fields.optional("points").is_some() || has_texts(&fields);
        let levels = if is_side_by_side {
            let pairs = self.side_by_side(&fields, "points", Points::whole(1));
            pairs.into_iter().map(|(name, points)| Level { name, points }).collect()
        } else {
            self.list(&fields, "levels", Self::level)
        };
        Some(Measure::ByLevel { levels, unit })
    }

    fn level(&mut self, node: &Node<'_>) -> Option<Level> {
        let fields = Fields::of(node, "Level", &["name", "points"], &mut self.faults)?;
        Some(Level { name: self.text(&fields, "name"), points: self.points(&fields, "points") })
    }

    pub(super) fn graded(&mut self, variant: &Variant<'_, '_>) -> Option<Measure> {
        const CHOICES: &[&[&str]] = &[&["points"], &["percents"]];
        let fields = variant.fields(&["levels", "points", "percents"], &mut self.faults)?;
        let is_given = fields.optional("points").is_some() || fields.optional("percents").is_some();
        if !is_given && !has_texts(&fields) {
            return Some(Measure::Graded { grades: self.list(&fields, "levels", Self::grade_level) });
        }
        let pairs: Vec<(String, Worth)> = match self.one_of(&fields, CHOICES)? {
            0 => {
                let pairs = self.side_by_side(&fields, "points", Points::ZERO);
                pairs.into_iter().map(|(name, points)| (name, Worth::Points(points))).collect()
            }
            _ => {
                let pairs = self.side_by_side(&fields, "percents", Quantity::ZERO);
                pairs.into_iter().map(|(name, percent)| (name, Worth::Percent(percent))).collect()
            }
        };
        let grades = pairs.into_iter().map(|(name, worth)| GradeLevel { name, worth }).collect();
        Some(Measure::Graded { grades })
    }

    fn grade_level(&mut self, node: &Node<'_>) -> Option<GradeLevel> {
        let fields = Fields::of(node, "Level", &["name", "points", "percent"], &mut self.faults)?;
        let name = self.text(&fields, "name");
        let worth = match self.one_of(&fields, &[&["points"], &["percent"]]) {
            Some(0) => Worth::Points(self.points(&fields, "points")),
            Some(_) => Worth::Percent(self.quantity(&fields, "percent")),
            None => Worth::Points(Points::ZERO),
        };
        Some(GradeLevel { name, worth })
    }

    pub(super) fn bands(&mut self, variant: &Variant<'_, '_>) -> Option<Measure> {
        const NAMES: &[&str] = &["side", "bands", "beyond", "from", "points", "unit"];
        let fields = variant.fields(NAMES, &mut self.faults)?;
        let (side, unit) = (self.side(&fields), self.unit(&fields));
        let bands = match self.one_of(&fields, &[&["bands"], &["beyond"], &["from"]])? {
            0 => {
                if fields.optional("points").is_some() {
                    self.one_of(&fields, &[&["bands"], &["points"]]);
                }
                self.list(&fields, "bands", Self::band)
            }
            1 => self.bands_side_by_side(&fields, "beyond", Limit::Beyond),
            _ => self.bands_side_by_side(&fields, "from", Limit::From),
        };
        Some(Measure::Bands { side, bands, unit })
    }

    fn bands_side_by_side(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
        limit: fn(Quantity) -> Limit,
    ) -> Vec<Band> {
        let limits: Vec<Quantity> = self.numbers(fields, name, Quantity::ZERO);
        let points: Vec<Points> = self.numbers(fields, "points", Points::ZERO);
        self.same_length(fields, (name, limits.len()), ("points", points.len()));
        let pairs = limits.into_iter().zip(points);
        pairs.map(|(value, points)| Band { limit: limit(value), to: None, points }).collect()
    }

    fn band(&mut self, node: &Node<'_>) -> Option<Band> {
        let fields = Fields::of(node, "Band", &["beyond", "from", "to", "points"], &mut self.faults)?;
        let limit = match self.one_of(&fields, &[&["beyond"], &["from"]]) {
            Some(1) => Limit::From(self.quantity(&fields, "from")),
            Some(_) => Limit::Beyond(self.quantity(&fields, "beyond")),
            None => Limit::Beyond(Quantity::ZERO),
        };
        let to = self.optional_number(&fields, "to");
        Some(Band { limit, to, points: self.points(&fields, "points") })
    }

    /// Reads names in `levels` and as many numbers beside them.
    fn side_by_side<T: FromStr<Err = PointsError> + Copy>(
        &mut self,
        fields: &Fields<'_, '_>,
        numbers: &'static str,
        stand_in: T,
    ) -> Vec<(String, T)> {
        let names = self.list(fields, "levels", Self::one_text);
        let values = match fields.required(numbers, &mut self.faults) {
            Some(_) => self.numbers(fields, numbers, stand_in),
            None => vec![stand_in; names.len()],
        };
        self.same_length(fields, ("levels", names.len()), (numbers, values.len()));
        names.into_iter().zip(values).collect()
    }

    fn numbers<T: FromStr<Err = PointsError> + Copy>(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
        stand_in: T,
    ) -> Vec<T> {
        let nodes = fields.list(name, &mut self.faults).unwrap_or_default();
        nodes.iter().map(|it| decimal(it, &mut self.faults).unwrap_or(stand_in)).collect()
    }

    fn same_length(
        &mut self,
        fields: &Fields<'_, '_>,
        (first, n_first): (&'static str, usize),
        (second, n_second): (&'static str, usize),
    ) {
        // An absent list is a fault of its own.
        let is_there = [first, second].iter().all(|it| fields.optional(it).is_some());
        if is_there && n_first != n_second {
            let kind = FaultKind::LengthsDiffer { first, n_first, second, n_second };
            self.faults.push(fields.position(second), kind);
        }
    }
}

/// Says whether the levels are bare names.
fn has_texts(fields: &Fields<'_, '_>) -> bool {
    let levels = fields.optional("levels").map(|it| &it.value);
    matches!(levels, Some(Value::List(items)) if items.iter().any(|it| matches!(it.value, Value::Text(_))))
}

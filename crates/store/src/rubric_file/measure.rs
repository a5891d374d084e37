//! The kinds of rule.

use kaohe_core::{
    Best, ClassPlace, Measure, Places, Quantity, Reference, Rounding, Scope, Side, Span, VetoEffect,
};

use super::{CHECKLIST_UNIT, Reader, SCORE_UNIT};
use crate::decimal::decimal;
use crate::spanned::{self, Fields, Node, Value, Variant};

/// Every kind of rule, as files call it.
const KINDS: &[&str] = &[
    "Count",
    "ByLevel",
    "Checklist",
    "Graded",
    "Discretionary",
    "Forfeit",
    "Shortfall",
    "Steps",
    "Bands",
    "Ratio",
    "Imported",
    "ByRank",
    "Relative",
    "Veto",
];

impl Reader {
    pub(super) fn measure(&mut self, rule: &Fields<'_, '_>) -> Option<Measure> {
        let variant = rule.variant("measure", KINDS, &mut self.faults)?;
        match variant.name {
            "Count" => {
                let fields = variant.fields(&["each", "unit"], &mut self.faults)?;
                Some(Measure::Count { each: self.points(&fields, "each"), unit: self.unit(&fields) })
            }
            "ByLevel" => self.by_level(&variant),
            "Checklist" => {
                let fields = variant.fields(&["items", "each", "unit"], &mut self.faults)?;
                Some(Measure::Checklist {
                    items: self.list(&fields, "items", Self::one_text),
                    each: self.points(&fields, "each"),
                    unit: self.unit_or(&fields, CHECKLIST_UNIT),
                })
            }
            "Graded" => self.graded(&variant),
            "Discretionary" => {
                let fields = variant.fields(&["at_least", "at_most", "unit"], &mut self.faults)?;
                Some(Measure::Discretionary {
                    at_least: self.optional_number(&fields, "at_least"),
                    at_most: self.optional_number(&fields, "at_most"),
                    unit: self.unit(&fields),
                })
            }
            "Forfeit" => self.forfeit(&variant),
            "Shortfall" => {
                let fields = variant.fields(&["target", "each", "unit"], &mut self.faults)?;
                Some(Measure::Shortfall {
                    target: self.optional_number(&fields, "target"),
                    each: self.points(&fields, "each"),
                    unit: self.unit(&fields),
                })
            }
            "Steps" => self.steps(&variant),
            "Bands" => self.bands(&variant),
            "Ratio" => {
                let fields = variant.fields(&["target", "points", "unit"], &mut self.faults)?;
                Some(Measure::Ratio {
                    target: self.optional_number(&fields, "target"),
                    points: self.points(&fields, "points"),
                    unit: self.unit(&fields),
                })
            }
            "Imported" => {
                let fields = variant.fields(&["factor", "out_of", "unit"], &mut self.faults)?;
                Some(Measure::Imported {
                    factor: self.quantity(&fields, "factor"),
                    out_of: self.optional_number(&fields, "out_of").unwrap_or(Quantity::whole(100)),
                    unit: self.unit_or(&fields, SCORE_UNIT),
                })
            }
            "ByRank" => self.by_rank(&variant),
            "Relative" => {
                let fields = variant.fields(&["best", "points", "unit"], &mut self.faults)?;
                Some(Measure::Relative {
                    best: self.best(&fields),
                    points: self.points(&fields, "points"),
                    unit: self.unit(&fields),
                })
            }
            "Veto" => {
                let fields = variant.fields(&["effect"], &mut self.faults)?;
                Some(Measure::Veto { effect: self.veto_effect(&fields)? })
            }
            other => unreachable!("{other} is none of the kinds asked for"),
        }
    }

    fn forfeit(&mut self, variant: &Variant<'_, '_>) -> Option<Measure> {
        const SCOPES: &[&str] = &["CheckItem", "Indicator", "Section"];
        let fields = variant.fields(&["strikes", "over", "scope"], &mut self.faults)?;
        let strikes = fields.optional("strikes").map(|it| spanned::whole(it, &mut self.faults));
        let scopes = [Scope::CheckItem, Scope::Indicator, Scope::Section];
        Some(Measure::Forfeit {
            strikes: strikes.flatten().unwrap_or(1),
            over: self.optional_list(&fields, "over", Self::rule_id),
            scope: self.optional_word(&fields, "scope", SCOPES, &scopes).unwrap_or_default(),
        })
    }

    fn steps(&mut self, variant: &Variant<'_, '_>) -> Option<Measure> {
        const ROUNDINGS: &[&str] = &["WholeSteps", "StepsBegun", "Exact"];
        const NAMES: &[&str] = &["reference", "side", "step", "each", "rounding", "unit"];
        let fields = variant.fields(NAMES, &mut self.faults)?;
        let roundings = [Rounding::WholeSteps, Rounding::StepsBegun, Rounding::Exact];
        Some(Measure::Steps {
            reference: self.reference(&fields),
            side: self.side(&fields),
            step: self.quantity(&fields, "step"),
            each: self.points(&fields, "each"),
            // Which one it is changes the points, so there is none by default.
            rounding: self.word(&fields, "rounding", ROUNDINGS, &roundings),
            unit: self.unit(&fields),
        })
    }

    /// Reads a number or the word for the mean of the class.
    fn reference(&mut self, fields: &Fields<'_, '_>) -> Reference {
        match fields.optional("reference").map(|it| &it.value) {
            None => Reference::Own,
            Some(Value::Word(_)) => self.word(fields, "reference", &["ClassMean"], &[Reference::ClassMean]),
            Some(_) => Reference::Fixed(self.quantity(fields, "reference")),
        }
    }

    fn best(&mut self, fields: &Fields<'_, '_>) -> Best {
        self.word(fields, "best", &["Highest", "Lowest"], &[Best::Highest, Best::Lowest])
    }

    pub(super) fn side(&mut self, fields: &Fields<'_, '_>) -> Side {
        self.word(fields, "side", &["Below", "Above"], &[Side::Below, Side::Above])
    }

    fn by_rank(&mut self, variant: &Variant<'_, '_>) -> Option<Measure> {
        let fields = variant.fields(&["best", "places", "first", "each", "unit"], &mut self.faults)?;
        let best = self.best(&fields);
        let unit = self.unit(&fields);
        let places = match self.one_of(&fields, &[&["places"], &["first", "each"]])? {
            0 => Places::Named(self.list(&fields, "places", Self::place)),
            _ => Places::Descending {
                first: self.points(&fields, "first"),
                each: self.points(&fields, "each"),
            },
        };
        Some(Measure::ByRank { best, places, unit })
    }

    fn place(&mut self, node: &Node<'_>) -> Option<ClassPlace> {
        let fields = Fields::of(node, "Place", &["from", "to", "percent", "points"], &mut self.faults)?;
        let points = self.points(&fields, "points");
        let span = match self.one_of(&fields, &[&["from", "to"], &["percent"]]) {
            Some(0) => Span::Between(self.rank(&fields, "from"), self.rank(&fields, "to")),
            Some(_) => Span::Percent(self.quantity(&fields, "percent")),
            None => Span::Percent(Quantity::whole(1)),
        };
        Some(ClassPlace { span, points })
    }

    fn veto_effect(&mut self, veto: &Fields<'_, '_>) -> Option<VetoEffect> {
        const EFFECTS: &[&str] = &["Disqualified", "Zero", "Lose", "AtMost", "NoTopGrade", "GradeAtMost"];
        let variant = veto.variant("effect", EFFECTS, &mut self.faults)?;
        let faults = &mut self.faults;
        let effect = match variant.name {
            "Disqualified" => VetoEffect::Disqualified,
            "Zero" => VetoEffect::Zero,
            "NoTopGrade" => VetoEffect::NoTopGrade,
            "Lose" => return Some(VetoEffect::Lose(decimal(variant.only(faults)?, faults)?)),
            "AtMost" => return Some(VetoEffect::AtMost(decimal(variant.only(faults)?, faults)?)),
            "GradeAtMost" => {
                return Some(VetoEffect::GradeAtMost(spanned::text(variant.only(faults)?, faults)?));
            }
            other => unreachable!("{other} is none of the effects asked for"),
        };
        variant.bare(faults)?;
        Some(effect)
    }
}

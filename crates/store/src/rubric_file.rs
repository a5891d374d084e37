//! Reading a rubric's file: every fault of it at once, with line and column.

use std::str::FromStr;

use kaohe_core::{
    Band, Cap, CapId, CheckItem, Indicator, ItemNo, Level, Measure, Modifier, Period, Points, PointsError,
    Quantity, Reading, Rounding, Rubric, RubricFault, RubricId, Rule, RuleId, Section, Severity, Side, Track,
    check_rubric,
};

use crate::fault::{FaultKind, FileFault};
use crate::spanned::{self, Faults, Fields, Node, Value, Variant};
use crate::text::{stand_in, utf8};

/// Reads and checks a rubric. `file` is how faults name it.
///
/// # Errors
///
/// All faults, in the order of the text, warnings among them.
pub fn read_rubric(file: &str, bytes: &[u8]) -> Result<(Rubric, Vec<FileFault>), Vec<FileFault>> {
    let text = utf8(file, bytes).map_err(|it| vec![it])?;
    let name = |position, severity, kind| FileFault {
        file: file.to_owned(),
        position: Some(position),
        severity,
        kind,
    };
    let ron = |it: spanned::Fault| name(it.position, Severity::Error, FaultKind::Ron(it.kind));
    let root = spanned::parse(text).map_err(|it| it.into_iter().map(ron).collect::<Vec<_>>())?;

    let mut reader = Reader::default();
    let rubric = reader.rubric(&root);
    let shape = reader.faults.into_sorted();
    let mut faults: Vec<FileFault> = Vec::new();
    if let Some(rubric) = &rubric {
        for problem in check_rubric(rubric) {
            let position = spanned::locate(&root, &problem.place.0);
            // What is already reported as missing or misshapen has only a stand-in value.
            let is_known = shape.iter().any(|it| it.position == position)
                || (reader.is_points_unread && matches!(problem.fault, RubricFault::SumDiffers { .. }));
            if !is_known {
                faults.push(name(position, problem.severity, FaultKind::Rubric(problem.fault)));
            }
        }
    }
    faults.extend(shape.into_iter().map(ron));
    faults.sort_by_key(|it| it.position);
    match rubric {
        Some(rubric) if faults.iter().all(|it| it.severity == Severity::Warning) => Ok((rubric, faults)),
        _ => Err(faults),
    }
}

/// Reads on after a fault with a stand-in value, so that one fault does not hide the others.
#[derive(Default)]
struct Reader {
    faults: Faults,
    is_points_unread: bool,
}

impl Reader {
    fn rubric(&mut self, node: &Node<'_>) -> Option<Rubric> {
        const NAMES: &[&str] =
            &["id", "track", "title", "source", "period", "points", "modifiers", "readings", "sections"];
        let fields = Fields::of(node, "Rubric", NAMES, &mut self.faults)?;
        Some(Rubric {
            id: RubricId::from(self.text(&fields, "id")),
            track: Track::from(self.text(&fields, "track")),
            title: self.text(&fields, "title"),
            source: self.optional_text(&fields, "source"),
            period: fields.optional("period").and_then(|it| self.period(it)),
            points: self.points(&fields, "points"),
            modifiers: self.optional_list(&fields, "modifiers", Self::modifier),
            readings: self.optional_list(&fields, "readings", Self::reading),
            sections: self.list(&fields, "sections", Self::section),
        })
    }

    fn period(&mut self, node: &Node<'_>) -> Option<Period> {
        let fields = Fields::of(node, "Period", &["from", "to"], &mut self.faults)?;
        let from = self.date(&fields, "from");
        let to = self.date(&fields, "to");
        Some(Period { from: from?, to: to? })
    }

    fn reading(&mut self, node: &Node<'_>) -> Option<Reading> {
        let fields = Fields::of(node, "Reading", &["id", "question", "answer"], &mut self.faults)?;
        Some(Reading {
            id: self.text(&fields, "id"),
            question: self.text(&fields, "question"),
            answer: self.text(&fields, "answer"),
        })
    }

    fn section(&mut self, node: &Node<'_>) -> Option<Section> {
        const NAMES: &[&str] = &["number", "name", "points", "indicators"];
        let fields = Fields::of(node, "Section", NAMES, &mut self.faults)?;
        Some(Section {
            number: self.text(&fields, "number"),
            name: self.text(&fields, "name"),
            points: self.points(&fields, "points"),
            indicators: self.list(&fields, "indicators", Self::indicator),
        })
    }

    fn indicator(&mut self, node: &Node<'_>) -> Option<Indicator> {
        const NAMES: &[&str] =
            &["id", "number", "name", "short", "points", "items", "method", "rules", "caps"];
        let fields = Fields::of(node, "Indicator", NAMES, &mut self.faults)?;
        Some(Indicator {
            id: self.text(&fields, "id").into(),
            number: self.text(&fields, "number"),
            name: self.text(&fields, "name"),
            short: self.optional_text(&fields, "short"),
            points: self.points(&fields, "points"),
            items: self.list(&fields, "items", Self::item),
            method: self.text(&fields, "method"),
            rules: self.list(&fields, "rules", Self::rule),
            caps: self.optional_list(&fields, "caps", Self::cap),
        })
    }

    fn item(&mut self, node: &Node<'_>) -> Option<CheckItem> {
        let fields = Fields::of(node, "CheckItem", &["number", "points", "text"], &mut self.faults)?;
        Some(CheckItem {
            number: ItemNo::from(self.text(&fields, "number")),
            points: self.points(&fields, "points"),
            text: self.text(&fields, "text"),
        })
    }

    fn rule(&mut self, node: &Node<'_>) -> Option<Rule> {
        let fields = Fields::of(node, "Rule", &["id", "label", "text", "measure"], &mut self.faults)?;
        Some(Rule {
            id: RuleId::from(self.text(&fields, "id")),
            label: self.text(&fields, "label"),
            text: self.text(&fields, "text"),
            // The stand-in says nothing that a check could object to.
            measure: self.measure(&fields).unwrap_or(Measure::Forfeit { strikes: 1 }),
        })
    }

    fn measure(&mut self, rule: &Fields<'_, '_>) -> Option<Measure> {
        const KINDS: &[&str] =
            &["Count", "ByLevel", "Discretionary", "Forfeit", "Shortfall", "Steps", "Bands"];
        let variant = rule.variant("measure", KINDS, &mut self.faults)?;
        match variant.name {
            "Count" => {
                let fields = variant.fields(&["each", "unit"], &mut self.faults)?;
                Some(Measure::Count { each: self.points(&fields, "each"), unit: self.unit(&fields) })
            }
            "ByLevel" => {
                let fields = variant.fields(&["levels", "unit"], &mut self.faults)?;
                let levels = self.list(&fields, "levels", Self::level);
                Some(Measure::ByLevel { levels, unit: self.unit(&fields) })
            }
            "Discretionary" => {
                let fields = variant.fields(&["at_least", "at_most", "unit"], &mut self.faults)?;
                Some(Measure::Discretionary {
                    at_least: self.optional_points(&fields, "at_least"),
                    at_most: self.optional_points(&fields, "at_most"),
                    unit: self.unit(&fields),
                })
            }
            "Forfeit" => {
                let fields = variant.fields(&["strikes"], &mut self.faults)?;
                let strikes = fields.optional("strikes").map(|it| spanned::whole(it, &mut self.faults));
                Some(Measure::Forfeit { strikes: strikes.flatten().unwrap_or(1) })
            }
            "Shortfall" => {
                let fields = variant.fields(&["target", "each", "unit"], &mut self.faults)?;
                Some(Measure::Shortfall {
                    target: self.quantity(&fields, "target"),
                    each: self.points(&fields, "each"),
                    unit: self.unit(&fields),
                })
            }
            "Steps" => self.steps(&variant),
            "Bands" => {
                let fields = variant.fields(&["side", "bands", "unit"], &mut self.faults)?;
                Some(Measure::Bands {
                    side: self.side(&fields),
                    bands: self.list(&fields, "bands", Self::band),
                    unit: self.unit(&fields),
                })
            }
            other => unreachable!("{other} is none of the kinds asked for"),
        }
    }

    fn steps(&mut self, variant: &Variant<'_, '_>) -> Option<Measure> {
        const ROUNDINGS: &[&str] = &["WholeSteps", "StepsBegun", "Exact"];
        const NAMES: &[&str] = &["reference", "side", "step", "each", "rounding", "unit"];
        let fields = variant.fields(NAMES, &mut self.faults)?;
        Some(Measure::Steps {
            reference: self.quantity(&fields, "reference"),
            side: self.side(&fields),
            step: self.quantity(&fields, "step"),
            each: self.points(&fields, "each"),
            // Which one it is changes the points, so there is none by default.
            rounding: match self.word(&fields, "rounding", ROUNDINGS) {
                Some("StepsBegun") => Rounding::StepsBegun,
                Some("Exact") => Rounding::Exact,
                Some(_) | None => Rounding::WholeSteps,
            },
            unit: self.unit(&fields),
        })
    }

    fn side(&mut self, fields: &Fields<'_, '_>) -> Side {
        match self.word(fields, "side", &["Below", "Above"]) {
            Some("Above") => Side::Above,
            Some(_) | None => Side::Below,
        }
    }

    fn word(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
        known: &'static [&'static str],
    ) -> Option<&'static str> {
        let node = fields.required(name, &mut self.faults)?;
        spanned::word(node, known, &mut self.faults)
    }

    fn band(&mut self, node: &Node<'_>) -> Option<Band> {
        let fields = Fields::of(node, "Band", &["beyond", "points"], &mut self.faults)?;
        Some(Band { beyond: self.quantity(&fields, "beyond"), points: self.points(&fields, "points") })
    }

    fn modifier(&mut self, node: &Node<'_>) -> Option<Modifier> {
        let fields = Fields::of(node, "Modifier", &["name", "text", "times"], &mut self.faults)?;
        Some(Modifier {
            name: self.text(&fields, "name"),
            text: self.optional_text(&fields, "text"),
            times: self.quantity(&fields, "times"),
        })
    }

    fn level(&mut self, node: &Node<'_>) -> Option<Level> {
        let fields = Fields::of(node, "Level", &["name", "points"], &mut self.faults)?;
        Some(Level { name: self.text(&fields, "name"), points: self.points(&fields, "points") })
    }

    fn cap(&mut self, node: &Node<'_>) -> Option<Cap> {
        let fields = Fields::of(node, "Cap", &["id", "text", "at_most", "over"], &mut self.faults)?;
        Some(Cap {
            id: CapId::from(self.text(&fields, "id")),
            text: self.text(&fields, "text"),
            at_most: self.points(&fields, "at_most"),
            over: self.list(&fields, "over", |reader, node| {
                spanned::text(node, &mut reader.faults).map(RuleId::from)
            }),
        })
    }

    /// What is counted; 次 where the rule does not say.
    fn unit(&mut self, fields: &Fields<'_, '_>) -> String {
        match fields.optional("unit") {
            Some(node) => spanned::text(node, &mut self.faults).unwrap_or_else(|| stand_in(node.position)),
            None => "次".to_owned(),
        }
    }

    /// Reads a text; a number such as that of an indicator may stand without quotes.
    fn text(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> String {
        let read = fields.required(name, &mut self.faults).and_then(|node| match node.value {
            Value::Number(number) if name == "number" => Some(number.to_owned()),
            _ => spanned::text(node, &mut self.faults),
        });
        read.unwrap_or_else(|| stand_in(fields.position(name)))
    }

    fn optional_text(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> String {
        fields.optional(name).and_then(|it| spanned::text(it, &mut self.faults)).unwrap_or_default()
    }

    fn points(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> Points {
        let read = fields.required(name, &mut self.faults).and_then(|it| self.decimal(it));
        self.is_points_unread |= read.is_none();
        read.unwrap_or_default()
    }

    fn optional_points(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> Option<Points> {
        fields.optional(name).and_then(|it| self.decimal(it))
    }

    fn quantity(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> Quantity {
        let read = fields.required(name, &mut self.faults).and_then(|it| self.decimal(it));
        // The stand-in is one that no check objects to.
        read.unwrap_or(Quantity::whole(1))
    }

    fn decimal<T: FromStr<Err = PointsError>>(&mut self, node: &Node<'_>) -> Option<T> {
        let given = spanned::number(node, &mut self.faults)?;
        let found = given.to_owned();
        let kind = match given.replace('_', "").parse::<T>() {
            Ok(number) => return Some(number),
            Err(PointsError::NotANumber) => spanned::FaultKind::BadNumber { found },
            Err(PointsError::TooFine) => {
                spanned::FaultKind::NumberTooFine { found, decimals: Points::MAX_DECIMALS }
            }
            Err(PointsError::TooLarge) => {
                spanned::FaultKind::NumberTooLarge { found, limit: Points::MAX_WHOLE }
            }
        };
        self.faults.push(node.position, kind);
        None
    }

    fn date(&mut self, fields: &Fields<'_, '_>, name: &'static str) -> Option<jiff::civil::Date> {
        let given = fields.text(name, &mut self.faults)?;
        let date = given.parse().ok();
        if date.is_none() {
            self.faults.push(fields.position(name), spanned::FaultKind::BadDate { found: given });
        }
        date
    }

    fn list<T>(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
        read: fn(&mut Reader, &Node<'_>) -> Option<T>,
    ) -> Vec<T> {
        let nodes = fields.list(name, &mut self.faults).unwrap_or_default();
        nodes.iter().filter_map(|it| read(self, it)).collect()
    }

    fn optional_list<T>(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &'static str,
        read: fn(&mut Reader, &Node<'_>) -> Option<T>,
    ) -> Vec<T> {
        let nodes =
            fields.optional(name).and_then(|it| spanned::list(it, &mut self.faults)).unwrap_or_default();
        nodes.iter().filter_map(|it| read(self, it)).collect()
    }
}

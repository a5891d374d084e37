//! The rubric's nodes, from the whole to the parts.

use kaohe_core::{
    Applies, CheckItem, Events, Gate, Grade, Indicator, IndicatorId, ItemNo, Modifier, NotApplicable, Period,
    Reading, Rubric, RubricId, Section, SectionGate, Start, Track,
};

use super::Reader;
use crate::decimal;
use crate::spanned::{Fields, Node, whole};

impl Reader {
    pub(super) fn rubric(&mut self, node: &Node<'_>) -> Option<Rubric> {
        const NAMES: &[&str] = &[
            "id",
            "track",
            "title",
            "source",
            "period",
            "points",
            "at_most",
            "decimals",
            "events",
            "not_applicable",
            "modifiers",
            "readings",
            "sections",
            "caps",
            "grades",
            "tie_breakers",
        ];
        let fields = Fields::of(node, "Rubric", NAMES, &mut self.faults)?;
        let all_events = [Events::All, Events::HighestOnly];
        Some(Rubric {
            id: RubricId::from(self.text(&fields, "id")),
            track: Track::from(self.text(&fields, "track")),
            title: self.text(&fields, "title"),
            source: self.optional_text(&fields, "source"),
            period: fields.optional("period").and_then(|it| self.period(it)),
            points: self.points(&fields, "points"),
            at_most: self.optional_number(&fields, "at_most"),
            decimals: fields.optional("decimals").and_then(|it| whole(it, &mut self.faults)),
            events: self.optional_word(&fields, "events", &["All", "HighestOnly"], &all_events),
            not_applicable: self.not_applicable(&fields),
            modifiers: self.optional_list(&fields, "modifiers", Self::modifier),
            readings: self.optional_list(&fields, "readings", Self::reading),
            sections: self.list(&fields, "sections", Self::section),
            caps: self.optional_list(&fields, "caps", Self::shared_cap),
            grades: self.optional_list(&fields, "grades", Self::grade),
            tie_breakers: self.optional_list(&fields, "tie_breakers", |reader, node| {
                reader.one_text(node).map(IndicatorId::from)
            }),
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

    fn modifier(&mut self, node: &Node<'_>) -> Option<Modifier> {
        let fields = Fields::of(node, "Modifier", &["name", "text", "times"], &mut self.faults)?;
        Some(Modifier {
            name: self.text(&fields, "name"),
            text: self.optional_text(&fields, "text"),
            times: self.quantity(&fields, "times"),
        })
    }

    fn grade(&mut self, node: &Node<'_>) -> Option<Grade> {
        let fields = Fields::of(node, "Grade", &["name", "from", "to"], &mut self.faults)?;
        Some(Grade {
            name: self.text(&fields, "name"),
            from: self.points(&fields, "from"),
            to: self.optional_number(&fields, "to"),
        })
    }

    fn section(&mut self, node: &Node<'_>) -> Option<Section> {
        const NAMES: &[&str] = &[
            "number",
            "name",
            "points",
            "weight",
            "outside",
            "at_least",
            "gate",
            "only",
            "except",
            "indicators",
        ];
        let fields = Fields::of(node, "Section", NAMES, &mut self.faults)?;
        Some(Section {
            number: self.text(&fields, "number"),
            name: self.text(&fields, "name"),
            points: self.points(&fields, "points"),
            weight: self.optional_number(&fields, "weight"),
            is_outside: self.flag(&fields, "outside"),
            at_least: self.optional_number(&fields, "at_least").unwrap_or_default(),
            gate: fields.optional("gate").and_then(|it| self.section_gate(it)),
            applies: self.applies(&fields),
            indicators: self.list(&fields, "indicators", Self::indicator),
        })
    }

    fn section_gate(&mut self, node: &Node<'_>) -> Option<SectionGate> {
        let fields = Fields::of(node, "Gate", &["at_least", "text"], &mut self.faults)?;
        Some(SectionGate { at_least: self.points(&fields, "at_least"), text: self.text(&fields, "text") })
    }

    fn indicator(&mut self, node: &Node<'_>) -> Option<Indicator> {
        const NAMES: &[&str] = &[
            "id",
            "number",
            "name",
            "short",
            "points",
            "at_least",
            "start",
            "weight",
            "only",
            "except",
            "not_applicable",
            "gate",
            "items",
            "method",
            "rules",
            "caps",
        ];
        let fields = Fields::of(node, "Indicator", NAMES, &mut self.faults)?;
        let start = self.optional_word(&fields, "start", &["Full", "Zero"], &[Start::Full, Start::Zero]);
        self.unread.is_rule |= start.is_none() && fields.optional("start").is_some();
        self.start = start.unwrap_or_default();
        let name = self.text(&fields, "name");
        let points = self.points(&fields, "points");
        let items = match fields.optional("items") {
            Some(_) => self.optional_list(&fields, "items", Self::item),
            None => vec![CheckItem { number: ItemNo::from("1"), text: name.clone(), points }],
        };
        Some(Indicator {
            id: self.text(&fields, "id").into(),
            number: self.text(&fields, "number"),
            name,
            short: self.optional_text(&fields, "short"),
            points,
            at_least: self.optional_number(&fields, "at_least").unwrap_or_default(),
            start: self.start,
            weight: self.optional_number(&fields, "weight"),
            applies: self.applies(&fields),
            not_applicable: self.not_applicable(&fields),
            gate: fields.optional("gate").and_then(|it| self.gate(it)),
            items,
            method: self.text(&fields, "method"),
            rules: self.list(&fields, "rules", Self::rule),
            caps: self.optional_list(&fields, "caps", Self::cap),
        })
    }

    fn gate(&mut self, node: &Node<'_>) -> Option<Gate> {
        let fields = Fields::of(node, "Gate", &["indicator", "at_least", "text"], &mut self.faults)?;
        Some(Gate {
            indicator: self.text(&fields, "indicator").into(),
            at_least: self.points(&fields, "at_least"),
            text: self.text(&fields, "text"),
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

    fn applies(&mut self, fields: &Fields<'_, '_>) -> Applies {
        Applies {
            only: self.optional_list(fields, "only", Self::one_text),
            except: self.optional_list(fields, "except", Self::one_text),
        }
    }

    fn not_applicable(&mut self, fields: &Fields<'_, '_>) -> Option<NotApplicable> {
        fields.optional("not_applicable").and_then(|it| decimal::not_applicable(it, &mut self.faults))
    }
}

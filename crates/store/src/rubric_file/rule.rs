//! Rules and caps.

use kaohe_core::{
    Cap, CapId, Combine, Direction, Measure, Rule, RuleId, RuleRef, Scope, SharedCap, Start, Window,
};

use super::Reader;
use crate::spanned::{self, FaultKind, Fields, Node};

impl Reader {
    pub(super) fn rule(&mut self, node: &Node<'_>) -> Option<Rule> {
        const NAMES: &[&str] = &["id", "label", "text", "measure", "direction", "combine", "per"];
        const COMBINES: &[&str] = &["Add", "Last", "Highest", "Lowest", "Mean"];
        let fields = Fields::of(node, "Rule", NAMES, &mut self.faults)?;
        let measure = self.measure(&fields);
        self.unread.is_rule |= measure.is_none();
        // The stand-in says nothing that a check could object to.
        let stand_in = Measure::Forfeit { strikes: 1, over: Vec::new(), scope: Scope::Indicator };
        let measure = measure.unwrap_or(stand_in);
        let directions = [Direction::Deduct, Direction::Award];
        let direction = self.optional_word(&fields, "direction", &["Deduct", "Award"], &directions);
        self.unread.is_rule |= direction.is_none() && fields.optional("direction").is_some();
        let combines = [Combine::Add, Combine::Last, Combine::Highest, Combine::Lowest, Combine::Mean];
        let combine = self.optional_word(&fields, "combine", COMBINES, &combines);
        Some(Rule {
            id: RuleId::from(self.text(&fields, "id")),
            label: self.text(&fields, "label"),
            text: self.text(&fields, "text"),
            direction: direction.unwrap_or(match self.start {
                Start::Full => Direction::Deduct,
                Start::Zero => Direction::Award,
            }),
            combine: combine.unwrap_or(measure.usual_combine()),
            measure,
            per: self.window(&fields),
        })
    }

    pub(super) fn cap(&mut self, node: &Node<'_>) -> Option<Cap> {
        const NAMES: &[&str] = &["id", "text", "at_most", "over", "per"];
        let fields = Fields::of(node, "Cap", NAMES, &mut self.faults)?;
        Some(Cap {
            id: CapId::from(self.text(&fields, "id")),
            text: self.text(&fields, "text"),
            at_most: self.points(&fields, "at_most"),
            over: self.list(&fields, "over", Self::rule_id),
            per: self.window(&fields),
        })
    }

    pub(super) fn shared_cap(&mut self, node: &Node<'_>) -> Option<SharedCap> {
        const NAMES: &[&str] = &["id", "text", "at_most", "over", "per"];
        let fields = Fields::of(node, "Cap", NAMES, &mut self.faults)?;
        Some(SharedCap {
            id: CapId::from(self.text(&fields, "id")),
            text: self.text(&fields, "text"),
            at_most: self.points(&fields, "at_most"),
            over: self.list(&fields, "over", Self::rule_ref),
            per: self.window(&fields),
        })
    }

    pub(super) fn rule_id(&mut self, node: &Node<'_>) -> Option<RuleId> {
        self.one_text(node).map(RuleId::from)
    }

    fn rule_ref(&mut self, node: &Node<'_>) -> Option<RuleRef> {
        let given = spanned::text(node, &mut self.faults)?;
        let parsed = RuleRef::parse(&given);
        if parsed.is_none() {
            self.faults.push(node.position, FaultKind::BadRuleRef { found: spanned::excerpt(&given) });
        }
        // The stand-in leaves the others where they are; its own place has been reported.
        Some(parsed.unwrap_or(RuleRef { indicator: given.into(), rule: "".into() }))
    }

    fn window(&mut self, rule: &Fields<'_, '_>) -> Option<Window> {
        let node = rule.optional("per")?;
        let kinds = &["Month", "Quarter", "HalfYear", "Weeks"];
        let variant = spanned::variant(node, kinds, &mut self.faults)?;
        let window = match variant.name {
            "Month" => Window::Month,
            "Quarter" => Window::Quarter,
            "HalfYear" => Window::HalfYear,
            "Weeks" => {
                let weeks = variant.only(&mut self.faults)?;
                return spanned::whole(weeks, &mut self.faults).map(Window::Weeks);
            }
            other => unreachable!("{other} is none of the kinds asked for"),
        };
        variant.bare(&mut self.faults)?;
        Some(window)
    }
}

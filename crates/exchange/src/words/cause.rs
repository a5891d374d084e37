//! Why points are lost, in words.

use kaohe_core::{Cause, Direction, Rubric};

/// Returns what took the points: a rule's label, or what it was that no rule took.
pub fn cause(rubric: &Rubric, cause: Cause) -> String {
    match cause {
        Cause::Rule { indicator_idx, rule_idx } => {
            let rule = &rubric.indicator(indicator_idx).rules[rule_idx];
            match rule.direction {
                Direction::Deduct => rule.label.clone(),
                Direction::Award => format!("{}（加分）", rule.label),
            }
        }
        Cause::Unearned { .. } => "没有得满".to_owned(),
        Cause::Gate { .. } => "前提未达到".to_owned(),
        Cause::NotApplicable { .. } => "不涉及".to_owned(),
        Cause::SectionGate { section_idx } => format!("{}：前提未达到", rubric.sections[section_idx].name),
        Cause::Rest => "折算、保底、封顶、进位".to_owned(),
    }
}

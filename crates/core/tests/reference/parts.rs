//! Parts of the language, each with a way to put it out of force in a rubric.

use kaohe_core::*;

use crate::draw::{points, quantity};
use crate::generate::Case;

/// A part of the language.
pub struct Part {
    /// What it is.
    pub name: &'static str,
    /// Puts it out of force.
    pub drop: Box<dyn Fn(&mut Case)>,
}

fn on_rubrics(name: &'static str, drop: impl Fn(&mut Rubric) + 'static) -> Part {
    Part { name, drop: Box::new(move |case| case.rubrics.iter_mut().for_each(&drop)) }
}

fn on_sections(name: &'static str, drop: impl Fn(&mut Section) + 'static) -> Part {
    on_rubrics(name, move |it| it.sections.iter_mut().for_each(&drop))
}

fn on_indicators(name: &'static str, drop: impl Fn(&mut Indicator) + 'static) -> Part {
    on_sections(name, move |it| it.indicators.iter_mut().for_each(&drop))
}

fn on_rules(name: &'static str, drop: impl Fn(&mut Rule) + 'static) -> Part {
    on_indicators(name, move |it| it.rules.iter_mut().for_each(&drop))
}

/// Returns the parts.
pub fn parts() -> Vec<Part> {
    let mut parts = of_rubric();
    parts.extend(of_section());
    parts.extend(of_indicator());
    parts.extend(of_rule());
    parts.extend(of_measure());
    parts
}

fn of_rubric() -> Vec<Part> {
    vec![
        Part { name: "year: events", drop: Box::new(|it| it.settings.events = Events::All) },
        Part {
            name: "year: not_applicable",
            drop: Box::new(|it| it.settings.not_applicable = NotApplicable::FullMarks),
        },
        Part { name: "year: ties", drop: Box::new(|it| it.settings.ties = Ties::Skip) },
        on_rubrics("period", |it| it.period = None),
        on_rubrics("at_most", |it| it.at_most = None),
        on_rubrics("events", |it| it.events = None),
        on_rubrics("not_applicable", |it| it.not_applicable = None),
        on_rubrics("加倍", |it| it.modifiers[0].times = quantity("1")),
        on_rubrics("减半", |it| it.modifiers[1].times = quantity("1")),
        on_rubrics("免扣", |it| it.modifiers[2].times = quantity("1")),
        on_rubrics("grades", |it| it.grades.clear()),
        on_rubrics("tie_breakers", |it| it.tie_breakers.clear()),
        on_rubrics("shared caps", |it| it.caps.clear()),
        on_rubrics("shared cap within another", |it| {
            it.caps.retain(|it| !it.id.as_str().starts_with("inner"))
        }),
        on_rubrics("shared cap: per", |it| it.caps.iter_mut().for_each(|it| it.per = None)),
    ]
}

fn of_section() -> Vec<Part> {
    vec![
        on_sections("section: weight", |it| it.weight = None),
        on_sections("section: outside", |it| it.indicators.retain(|_| !it.is_outside)),
        on_sections("section: at_least", |it| it.at_least = Points::ZERO),
        on_sections("section: points", |it| {
            if it.is_outside {
                it.points = points("100");
            }
        }),
        on_sections("section: gate", |it| it.gate = None),
        on_sections("section: only", |it| it.applies.only.clear()),
        on_sections("section: except", |it| it.applies.except.clear()),
    ]
}

fn of_indicator() -> Vec<Part> {
    vec![
        on_indicators("start", |it| it.start = Start::Full),
        on_indicators("at_least", |it| it.at_least = Points::ZERO),
        on_indicators("weight", |it| it.weight = None),
        on_indicators("only", |it| it.applies.only.clear()),
        on_indicators("except", |it| it.applies.except.clear()),
        on_indicators("not_applicable, by mark", |it| {
            if it.applies.to_all() {
                it.not_applicable = None;
            }
        }),
        on_indicators("not_applicable, by tag", |it| {
            if !it.applies.to_all() {
                it.not_applicable = None;
            }
        }),
        on_indicators("gate", |it| it.gate = None),
        on_indicators("caps", |it| it.caps.clear()),
        on_indicators("cap within another", |it| {
            let outer = it.caps.clone();
            let is_within = |inner: &Cap, outer: &Cap| inner.over.iter().all(|it| outer.over.contains(it));
            it.caps.retain(|inner| !outer.iter().any(|it| it.id != inner.id && is_within(inner, it)));
        }),
        on_indicators("cap over several items", |it| {
            if it.items.len() > 1 {
                it.caps.clear();
            }
        }),
        on_indicators("cap: per", |it| it.caps.iter_mut().for_each(|it| it.per = None)),
    ]
}

fn of_rule() -> Vec<Part> {
    let per = |name, is_meant: fn(Window) -> bool| {
        on_rules(name, move |it| it.per = it.per.filter(|it| !is_meant(*it)))
    };
    let combine = |name, is_meant: Combine, instead: Combine| {
        on_rules(name, move |it| {
            if it.combine == is_meant {
                it.combine = instead;
            }
        })
    };
    vec![
        per("per: month", |it| it == Window::Month),
        per("per: quarter", |it| it == Window::Quarter),
        per("per: half a year", |it| it == Window::HalfYear),
        per("per: weeks", |it| matches!(it, Window::Weeks(_))),
        on_rules("per of a forfeit", |it| {
            if matches!(it.measure, Measure::Forfeit { .. }) {
                it.per = None;
            }
        }),
        combine("combine: add", Combine::Add, Combine::Last),
        combine("combine: last", Combine::Last, Combine::Add),
        combine("combine: highest", Combine::Highest, Combine::Add),
        combine("combine: lowest", Combine::Lowest, Combine::Add),
        combine("combine: mean", Combine::Mean, Combine::Add),
        on_rules("a checklist that does not add", |it| {
            if matches!(it.measure, Measure::Checklist { .. }) {
                it.combine = Combine::Add;
            }
        }),
    ]
}

fn of_measure() -> Vec<Part> {
    let scope = |name, is_meant: Scope, instead: Scope| {
        on_rules(name, move |it| {
            if let Measure::Forfeit { scope, .. } = &mut it.measure
                && *scope == is_meant
            {
                *scope = instead;
            }
        })
    };
    let rounding = |name, is_meant: Rounding, instead: Rounding| {
        on_rules(name, move |it| {
            if let Measure::Steps { rounding, .. } = &mut it.measure
                && *rounding == is_meant
            {
                *rounding = instead;
            }
        })
    };
    let span = |name, is_meant: fn(Span) -> bool| {
        on_rules(name, move |it| {
            if let Measure::ByRank { places: Places::Named(places), .. } = &mut it.measure {
                places.retain(|it| !is_meant(it.span));
            }
        })
    };
    vec![
        scope("scope: item", Scope::CheckItem, Scope::Indicator),
        scope("scope: indicator", Scope::Indicator, Scope::CheckItem),
        scope("scope: section", Scope::Section, Scope::Indicator),
        rounding("rounding: whole steps", Rounding::WholeSteps, Rounding::Exact),
        rounding("rounding: steps begun", Rounding::StepsBegun, Rounding::Exact),
        rounding("rounding: exact", Rounding::Exact, Rounding::WholeSteps),
        span("places from the first", |it| matches!(it, Span::Between(from, to) if from > 0 && to > 0)),
        span("places from the last", |it| matches!(it, Span::Between(from, _) if from < 0)),
        span("places but the first and the last", |it| it == Span::Between(2, -2)),
        span("places by share", |it| matches!(it, Span::Percent(percent) if percent.is_positive())),
        span(
            "places by share from the last",
            |it| matches!(it, Span::Percent(percent) if !percent.is_positive()),
        ),
        on_rules("strikes", |it| {
            if let Measure::Forfeit { strikes, .. } = &mut it.measure {
                *strikes = 1;
            }
        }),
        on_rules("strikes of other rules", |it| {
            if let Measure::Forfeit { over, .. } = &mut it.measure {
                over.clear();
            }
        }),
        on_rules("grades in percent", |it| {
            if let Measure::Graded { grades } = &mut it.measure {
                for grade in grades.iter_mut().filter(|it| matches!(it.worth, Worth::Percent(_))) {
                    grade.worth = Worth::Points(points("0.01"));
                }
            }
        }),
        on_rules("bands from a limit on", |it| {
            if let Measure::Bands { bands, .. } = &mut it.measure {
                bands.iter_mut().for_each(|it| it.limit = Limit::Beyond(it.limit.value()));
            }
        }),
        on_rules("places that descend", |it| {
            if let Measure::ByRank { places: Places::Descending { each, .. }, .. } = &mut it.measure {
                *each = Points::ZERO;
            }
        }),
        on_rules("the lowest is the best", |it| {
            if let Measure::ByRank { best, .. } = &mut it.measure {
                *best = Best::Highest;
            }
        }),
        on_rules("the lowest is the best to be relative to", |it| {
            if let Measure::Relative { best, .. } = &mut it.measure {
                *best = Best::Highest;
            }
        }),
        on_rules("a reference of its own", |it| {
            if let Measure::Steps { reference: reference @ Reference::Own, .. } = &mut it.measure {
                *reference = Reference::Fixed(quantity("7.7"));
            }
        }),
        on_rules("the mean of the class as a reference", |it| {
            if let Measure::Steps { reference: reference @ Reference::ClassMean, .. } = &mut it.measure {
                *reference = Reference::Fixed(quantity("1.3"));
            }
        }),
        on_rules("a target of its own", |it| {
            if let Measure::Ratio { target, .. } | Measure::Shortfall { target, .. } = &mut it.measure {
                *target = target.or(Some(quantity("7.7")));
            }
        }),
    ]
}

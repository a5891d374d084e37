//! The examples between them use the whole rubric language.

use std::collections::BTreeSet;

use kaohe_core::{
    Applies, Best, Cap, CheckItem, Combine, Direction, Events, Gate, Grade, Indicator, Limit, Measure,
    Modifier, NotApplicable, Places, Reference, Rounding, Rubric, Rule, Scope, Section, SharedCap, Side,
    Span, Start, VetoEffect, Window, Worth,
};

use crate::{EXAMPLES, example};

#[test]
fn the_examples_use_the_whole_language() {
    let mut used = Used::default();
    for (name, _) in EXAMPLES {
        used.rubric(&example(name));
    }
    let missing: Vec<&str> = CONCEPTS.split_whitespace().filter(|it| !used.0.contains(it)).collect();
    let unlisted: Vec<&&str> =
        used.0.iter().filter(|&&it| !CONCEPTS.split_whitespace().any(|known| known == it)).collect();
    assert!(missing.is_empty() && unlisted.is_empty(), "missing: {missing:?}, unlisted: {unlisted:?}");

    // Both ways of writing where there are two, which the types do not show.
    let texts: String = EXAMPLES.iter().map(|it| it.1).collect();
    for written in
        ["levels: [\"", "Level(name:", "percents: [", "points: [", "percent: 60", "from: [", "beyond: ["]
    {
        assert!(texts.contains(written), "{written}");
    }
    for written in
        ["Band(beyond:", "Band(from:", "items: [CheckItem(", "measure: Forfeit)", "Forfeit(", "out_of:"]
    {
        assert!(texts.contains(written), "{written}");
    }
}

/// Everything that a rubric can say, as [`Used`] calls it.
const CONCEPTS: &str = "
    source period at_most decimals events=All events=HighestOnly modifiers readings shared-cap shared-cap.per grades grade.to
    tie_breakers
    section.weight section.outside section.at_least section.gate section.only section.except
    short indicator.at_least start=Full start=Zero indicator.weight indicator.only indicator.except indicator.gate
    several-items one-item no-rules cap cap.per
    rubric.not_applicable indicator.not_applicable
    FullMarks Scaled Spread Rate ClassMean
    Deduct Award Award-from-full Deduct-from-zero
    Add Last Highest Lowest Mean
    Month Quarter HalfYear Weeks
    Count ByLevel Checklist Graded Graded-points Graded-percent
    Discretionary Discretionary.at_least Discretionary.at_most
    Forfeit Forfeit.strikes Forfeit.over CheckItem Indicator Section
    Shortfall Shortfall.target Shortfall-own-target
    Steps reference=Fixed reference=Own reference=ClassMean Below Above WholeSteps StepsBegun Exact
    Bands Beyond From Band.to
    Ratio Ratio.target Ratio-own-target Imported
    ByRank best=Highest best=Lowest Named Descending Between Between-from-end Percent Percent-from-end Relative
    Veto Disqualified Zero Lose AtMost NoTopGrade GradeAtMost";

/// What rubrics use of the language. Every pattern is written in full, so that what is new has to be decided here.
#[derive(Default)]
struct Used(BTreeSet<&'static str>);

impl Used {
    fn note(&mut self, name: &'static str) {
        self.0.insert(name);
    }

    fn when(&mut self, is_used: bool, name: &'static str) {
        if is_used {
            self.note(name);
        }
    }

    fn rubric(&mut self, rubric: &Rubric) {
        let Rubric {
            id: _,
            track: _,
            title: _,
            source,
            period,
            points: _,
            at_most,
            decimals,
            events,
            not_applicable,
            modifiers,
            readings,
            sections,
            caps,
            grades,
            tie_breakers,
        } = rubric;
        self.when(!source.is_empty(), "source");
        self.when(period.is_some(), "period");
        self.when(at_most.is_some(), "at_most");
        self.when(decimals.is_some(), "decimals");
        self.when(*events == Some(Events::All), "events=All");
        self.when(*events == Some(Events::HighestOnly), "events=HighestOnly");
        if let Some(treatment) = not_applicable {
            self.note("rubric.not_applicable");
            self.treatment(*treatment);
        }
        for Modifier { name: _, text: _, times: _ } in modifiers {
            self.note("modifiers");
        }
        self.when(!readings.is_empty(), "readings");
        for SharedCap { id: _, text: _, at_most: _, over: _, per } in caps {
            self.note("shared-cap");
            self.when(per.is_some(), "shared-cap.per");
            self.window(*per);
        }
        for Grade { name: _, from: _, to } in grades {
            self.note("grades");
            self.when(to.is_some(), "grade.to");
        }
        self.when(!tie_breakers.is_empty(), "tie_breakers");
        for section in sections {
            self.section(section);
        }
    }

    fn treatment(&mut self, treatment: NotApplicable) {
        self.note(match treatment {
            NotApplicable::FullMarks => "FullMarks",
            NotApplicable::Scaled => "Scaled",
            NotApplicable::Spread => "Spread",
            NotApplicable::Rate(_) => "Rate",
            NotApplicable::ClassMean => "ClassMean",
        });
    }

    fn window(&mut self, per: Option<Window>) {
        match per {
            None => {}
            Some(Window::Weeks(_)) => self.note("Weeks"),
            Some(Window::Month) => self.note("Month"),
            Some(Window::Quarter) => self.note("Quarter"),
            Some(Window::HalfYear) => self.note("HalfYear"),
        }
    }

    fn section(&mut self, section: &Section) {
        let Section {
            number: _,
            name: _,
            points: _,
            weight,
            is_outside,
            at_least,
            gate,
            applies,
            indicators,
        } = section;
        self.when(weight.is_some(), "section.weight");
        self.when(*is_outside, "section.outside");
        self.when(at_least.to_string().starts_with('-'), "section.at_least");
        self.when(gate.is_some(), "section.gate");
        let Applies { only, except } = applies;
        self.when(!only.is_empty(), "section.only");
        self.when(!except.is_empty(), "section.except");
        for indicator in indicators {
            self.indicator(indicator);
        }
    }

    fn indicator(&mut self, indicator: &Indicator) {
        let Indicator {
            id: _,
            number: _,
            name: _,
            short,
            points: _,
            at_least,
            start,
            weight,
            applies,
            not_applicable,
            gate,
            items,
            method: _,
            rules,
            caps,
        } = indicator;
        self.when(!short.is_empty(), "short");
        self.when(at_least.to_string().starts_with('-'), "indicator.at_least");
        self.note(match start {
            Start::Full => "start=Full",
            Start::Zero => "start=Zero",
        });
        self.when(weight.is_some(), "indicator.weight");
        let Applies { only, except } = applies;
        self.when(!only.is_empty(), "indicator.only");
        self.when(!except.is_empty(), "indicator.except");
        if let Some(treatment) = not_applicable {
            self.note("indicator.not_applicable");
            self.treatment(*treatment);
        }
        if let Some(Gate { indicator: _, at_least: _, text: _ }) = gate {
            self.note("indicator.gate");
        }
        for CheckItem { number: _, text: _, points: _ } in items {
            self.note(if items.len() > 1 { "several-items" } else { "one-item" });
        }
        for Cap { id: _, text: _, at_most: _, over: _, per } in caps {
            self.note("cap");
            self.when(per.is_some(), "cap.per");
            self.window(*per);
        }
        self.when(rules.is_empty(), "no-rules");
        for rule in rules {
            self.rule(rule, *start);
        }
    }

    fn rule(&mut self, rule: &Rule, start: Start) {
        let Rule { id: _, label: _, text: _, measure, direction, combine, per } = rule;
        match (direction, start) {
            (Direction::Deduct, Start::Full) => self.note("Deduct"),
            (Direction::Award, Start::Zero) => self.note("Award"),
            (Direction::Award, Start::Full) => self.note("Award-from-full"),
            (Direction::Deduct, Start::Zero) => self.note("Deduct-from-zero"),
        }
        self.note(match combine {
            Combine::Add => "Add",
            Combine::Last => "Last",
            Combine::Highest => "Highest",
            Combine::Lowest => "Lowest",
            Combine::Mean => "Mean",
        });
        self.window(*per);
        self.measure(measure);
    }

    fn measure(&mut self, measure: &Measure) {
        match measure {
            Measure::Count { each: _, unit: _ } => self.note("Count"),
            Measure::ByLevel { levels: _, unit: _ } => self.note("ByLevel"),
            Measure::Checklist { items: _, each: _, unit: _ } => self.note("Checklist"),
            Measure::Graded { grades } => {
                self.note("Graded");
                for grade in grades {
                    self.note(match grade.worth {
                        Worth::Points(_) => "Graded-points",
                        Worth::Percent(_) => "Graded-percent",
                    });
                }
            }
            Measure::Discretionary { unit: _, at_least, at_most } => {
                self.note("Discretionary");
                self.when(at_least.is_some(), "Discretionary.at_least");
                self.when(at_most.is_some(), "Discretionary.at_most");
            }
            Measure::Forfeit { strikes, over, scope } => {
                self.note("Forfeit");
                self.when(*strikes > 1, "Forfeit.strikes");
                self.when(!over.is_empty(), "Forfeit.over");
                self.note(match scope {
                    Scope::CheckItem => "CheckItem",
                    Scope::Indicator => "Indicator",
                    Scope::Section => "Section",
                });
            }
            Measure::Shortfall { target, each: _, unit: _ } => {
                self.note("Shortfall");
                self.note(if target.is_some() { "Shortfall.target" } else { "Shortfall-own-target" });
            }
            Measure::Steps { reference, side, step: _, each: _, rounding, unit: _ } => {
                self.note("Steps");
                self.note(match reference {
                    Reference::Fixed(_) => "reference=Fixed",
                    Reference::Own => "reference=Own",
                    Reference::ClassMean => "reference=ClassMean",
                });
                self.side(*side);
                self.note(match rounding {
                    Rounding::WholeSteps => "WholeSteps",
                    Rounding::StepsBegun => "StepsBegun",
                    Rounding::Exact => "Exact",
                });
            }
            Measure::Bands { side, bands, unit: _ } => {
                self.note("Bands");
                self.side(*side);
                for band in bands {
                    self.note(match band.limit {
                        Limit::Beyond(_) => "Beyond",
                        Limit::From(_) => "From",
                    });
                    self.when(band.to.is_some(), "Band.to");
                }
            }
            Measure::Ratio { target, points: _, unit: _ } => {
                self.note("Ratio");
                self.note(if target.is_some() { "Ratio.target" } else { "Ratio-own-target" });
            }
            Measure::Imported { factor: _, out_of: _, unit: _ } => self.note("Imported"),
            Measure::ByRank { best, places, unit: _ } => self.by_rank(*best, places),
            Measure::Relative { best, points: _, unit: _ } => {
                self.note("Relative");
                self.best(*best);
            }
            Measure::Veto { effect } => {
                self.note("Veto");
                self.note(match effect {
                    VetoEffect::Disqualified => "Disqualified",
                    VetoEffect::Zero => "Zero",
                    VetoEffect::Lose(_) => "Lose",
                    VetoEffect::AtMost(_) => "AtMost",
                    VetoEffect::NoTopGrade => "NoTopGrade",
                    VetoEffect::GradeAtMost(_) => "GradeAtMost",
                });
            }
        }
    }

    fn side(&mut self, side: Side) {
        self.note(match side {
            Side::Below => "Below",
            Side::Above => "Above",
        });
    }

    fn best(&mut self, best: Best) {
        self.note(match best {
            Best::Highest => "best=Highest",
            Best::Lowest => "best=Lowest",
        });
    }

    fn by_rank(&mut self, best: Best, places: &Places) {
        self.note("ByRank");
        self.best(best);
        match places {
            Places::Descending { first: _, each: _ } => self.note("Descending"),
            Places::Named(places) => {
                self.note("Named");
                for place in places {
                    self.note(match place.span {
                        Span::Between(from, _) if from < 0 => "Between-from-end",
                        Span::Between(..) => "Between",
                        Span::Percent(percent) if percent.to_string().starts_with('-') => "Percent-from-end",
                        Span::Percent(_) => "Percent",
                    });
                }
            }
        }
    }
}

//! Made-up rubrics that are valid and use everything that the language has.

use kaohe_core::*;

use crate::draw::{Draw, points, quantity};
use crate::recorded::{decimal, nodes};
use crate::rules::{caps, rules};

/// Marks that units may have.
pub const TAGS: [&str; 2] = ["窗口", "许可"];

/// Makes up the rubric of a class.
pub fn rubric(draw: &mut Draw, id: &str, track: &str) -> Rubric {
    let n_grades = draw.one(&[4, 3, 4, 2, 0, 1]);
    let mut count = 0;
    let mut sections = inside(draw, &mut count, n_grades);
    let whole = sections.iter().filter(|it| it.applies.except.is_empty()).map(weighted_points).sum();
    for _ in 0..draw.one(&[0, 2, 1, 2]) {
        let mut section = outside(draw, &mut count, n_grades);
        section.gate = draw.maybe(50, |draw| SectionGate {
            at_least: part(whole, draw.one(&["40", "60", "75", "90"])),
            text: "达到方可加分".to_owned(),
        });
        sections.push(section);
    }
    for (section, number) in sections.iter_mut().zip(1..) {
        section.number = number.to_string();
    }
    if draw.chance(35) {
        vetoes(draw, &mut sections, n_grades);
    }
    let mut rubric = Rubric::plain(id, track, whole, sections);
    rubric.period = draw.maybe(50, |draw| Period {
        from: draw.one(&[jiff::civil::date(2023, 1, 4), jiff::civil::date(2023, 1, 12)]),
        to: jiff::civil::date(2023, 12, 31),
    });
    rubric.decimals = draw.maybe(30, |draw| draw.one(&[2, 4]));
    rubric.at_most = draw.maybe(40, |draw| whole + draw.one(&[Points::ZERO, points("1.5")]));
    rubric.events = draw.maybe(30, |draw| draw.one(&[Events::All, Events::HighestOnly]));
    rubric.not_applicable = draw.maybe(60, treatment);
    let modifier = |(name, times): (&str, &str)| Modifier {
        name: name.to_owned(),
        text: "倍数".to_owned(),
        times: quantity(times),
    };
    rubric.modifiers = [("加倍", "2"), ("减半", "0.5"), ("免扣", "0")].map(modifier).to_vec();
    rubric.grades = grades(n_grades, whole);
    gates(draw, &mut rubric);
    shared_caps(draw, &mut rubric);
    let ids: Vec<IndicatorId> = rubric.indicators().map(|it| it.id.clone()).collect();
    for _ in 0..draw.below(3) {
        let id = draw.one(&ids);
        if !rubric.tie_breakers.contains(&id) {
            rubric.tie_breakers.push(id);
        }
    }
    rubric
}

/// Sets two vetoes over points whose order matters, and one over grades.
fn vetoes(draw: &mut Draw, sections: &mut [Section], n_grades: usize) {
    let section_idx = draw.below(sections.len());
    let rules = &mut sections[section_idx].indicators[0].rules;
    let mut effects = vec![VetoEffect::Lose(points("4")), VetoEffect::AtMost(points("6"))];
    if draw.chance(50) {
        effects.reverse();
    }
    if n_grades >= 3 {
        effects.push(VetoEffect::GradeAtMost("合格".to_owned()));
    }
    for (effect, idx) in effects.into_iter().zip(rules.len()..) {
        let (id, label) = (format!("v{idx}"), format!("否决{idx}"));
        rules.push(Rule::deducting(&id, &label, "否决", Measure::Veto { effect }));
    }
}

fn weighted_points(section: &Section) -> Points {
    section.weight.map_or(section.points, |it| part(section.points, &it.to_string()))
}

/// Returns so many percent of points.
fn part(whole: Points, percent: &str) -> Points {
    let percent: rust_decimal::Decimal = percent.parse().expect("a plain decimal");
    points(&(decimal(whole) * percent / rust_decimal::Decimal::ONE_HUNDRED).normalize().to_string())
}

/// Shares of so many parts, in percent.
fn shares(n: usize) -> &'static [&'static str] {
    match n {
        1 => &["100"],
        2 => &["40", "60"],
        _ => &["25", "37.5", "37.5"],
    }
}

/// Sections of the whole; one of them may have another in its place for units with a tag.
fn inside(draw: &mut Draw, count: &mut usize, n_grades: usize) -> Vec<Section> {
    let n = draw.between(1, 3);
    let is_weighted = draw.chance(40);
    let same_points = draw.one(&["10", "20", "40"]);
    let mut sections = Vec::new();
    for share in shares(n) {
        let whole = points(if is_weighted { same_points } else { draw.one(&["10", "20", "8"]) });
        let weight = is_weighted.then(|| quantity(share));
        let tag = draw.maybe(20, |draw| draw.one(&TAGS).to_owned());
        let mut section = section(draw, count, whole, n_grades);
        section.weight = weight;
        if let Some(tag) = tag {
            let mut other = self::section(draw, count, whole, n_grades);
            other.weight = weight;
            other.applies.except = vec![tag.clone()];
            section.applies.only = vec![tag];
            sections.push(other);
        }
        sections.push(section);
    }
    sections
}

/// A section of the whole. Some indicators stand only for some units, each with another in its place, or with what
/// 不涉及 does there.
fn section(draw: &mut Draw, count: &mut usize, whole: Points, n_grades: usize) -> Section {
    let n = draw.between(1, 3);
    let is_weighted = draw.chance(40);
    let mut indicators = Vec::new();
    for share in shares(n) {
        let own = if is_weighted { whole } else { part(whole, share) };
        let mut next = |draw: &mut Draw| {
            let mut indicator = indicator(draw, count, own, n_grades);
            indicator.weight = is_weighted.then(|| quantity(share));
            indicator
        };
        let mut one = next(draw);
        let tags = vec![draw.one(&TAGS).to_owned()];
        match draw.below(8) {
            0 => {
                one.applies.only = tags;
                one.not_applicable = Some(treatment(draw));
            }
            1 => {
                one.applies.except = tags;
                one.not_applicable = Some(treatment(draw));
            }
            2 => {
                let mut other = next(draw);
                one.applies.only.clone_from(&tags);
                other.applies.except = tags;
                (one.not_applicable, other.not_applicable) = (None, None);
                indicators.push(other);
            }
            _ => {}
        }
        indicators.push(one);
    }
    *count += 100 - *count % 100;
    Section::plain("", &format!("部分{count}"), whole, indicators)
}

fn outside(draw: &mut Draw, count: &mut usize, n_grades: usize) -> Section {
    let n = draw.between(1, 2);
    let indicators: Vec<Indicator> = (0..n)
        .map(|_| {
            let own = points(draw.one(&["3", "5"]));
            let mut indicator = indicator(draw, count, own, n_grades);
            if !indicator.rules.is_empty() {
                indicator.start = draw.one(&[Start::Zero, Start::Zero, Start::Full]);
            }
            let only_acts = |it: &Rule| matches!(it.measure, Measure::Forfeit { .. } | Measure::Veto { .. });
            if !indicator.rules.is_empty() && indicator.rules.iter().all(only_acts) && draw.chance(50) {
                indicator.points = Points::ZERO;
                indicator.items.truncate(1);
                indicator.items[0].points = Points::ZERO;
            }
            indicator.weight = draw.maybe(20, |draw| quantity(draw.one(&["50", "70"])));
            indicator.not_applicable = None;
            let tags = vec![draw.one(&TAGS).to_owned()];
            match draw.below(6) {
                0 => indicator.applies.only = tags,
                1 => indicator.applies.except = tags,
                _ => {}
            }
            indicator
        })
        .collect();
    *count += 100 - *count % 100;
    let whole = points(draw.one(&["6", "2.5"]));
    let mut section = Section::plain("", &format!("附加{count}"), whole, indicators);
    section.is_outside = true;
    section.weight = draw.maybe(30, |draw| quantity(draw.one(&["50", "80"])));
    if draw.chance(50) {
        section.at_least = points("-4");
        for indicator in &mut section.indicators {
            indicator.at_least = points("-5");
        }
    }
    if draw.chance(20) {
        section.applies.only = vec![draw.one(&TAGS).to_owned()];
    }
    section
}

fn indicator(draw: &mut Draw, count: &mut usize, own: Points, n_grades: usize) -> Indicator {
    *count += 1;
    let (id, number, name) = (format!("i{count}"), count.to_string(), format!("指标{count}"));
    let start = draw.one(&[Start::Full, Start::Full, Start::Zero]);
    let rules = rules(draw, start, n_grades);
    let mut indicator = Indicator::plain(&id, &number, &name, own, rules);
    indicator.start = start;
    if indicator.rules.is_empty() {
        indicator.method = "基础分".to_owned();
    }
    if draw.chance(20) {
        indicator.at_least = points("-3");
    }
    let item = |(share, number): (&&str, usize)| CheckItem {
        number: number.to_string().into(),
        text: format!("要点{number}"),
        points: part(own, share),
    };
    let n_items = draw.one(&[1, 1, 2, 3]);
    indicator.items = shares(n_items).iter().zip(1..).map(item).collect();
    indicator.not_applicable = draw.maybe(20, treatment);
    indicator.caps = caps(draw, &indicator.rules);
    indicator
}

/// Draws what 不涉及 does.
pub fn treatment(draw: &mut Draw) -> NotApplicable {
    match draw.below(6) {
        0 => NotApplicable::FullMarks,
        1 => NotApplicable::Scaled,
        2 | 3 => NotApplicable::Spread,
        4 => NotApplicable::Rate(quantity("85.5")),
        _ => NotApplicable::ClassMean,
    }
}

fn grades(n: usize, whole: Points) -> Vec<Grade> {
    let all = [("优秀", "80"), ("良好", "60"), ("合格", "40"), ("不合格", "0")];
    let grade = |(name, percent): &(&str, &str)| Grade {
        name: (*name).to_owned(),
        from: part(whole, percent),
        to: None,
    };
    all[4 - n..].iter().map(grade).collect()
}

/// Sets gates, never in a circle: each indicator asks for one written before it.
fn gates(draw: &mut Draw, rubric: &mut Rubric) {
    let ids: Vec<(IndicatorId, Points)> =
        nodes(rubric).iter().map(|it| (it.1.id.clone(), it.1.points)).collect();
    let indicators = rubric.sections.iter_mut().flat_map(|it| &mut it.indicators);
    for (idx, indicator) in indicators.enumerate() {
        if idx == 0 || !draw.chance(20) {
            continue;
        }
        let (id, whole) = ids[draw.below(idx)].clone();
        let at_least = part(whole, draw.one(&["60", "90", "30"]));
        indicator.gate = Some(Gate { indicator: id, at_least, text: "达不到的不得分".to_owned() });
    }
}

/// Sets caps over rules of several indicators: one over what is taken, another one within it, one over what is given.
fn shared_caps(draw: &mut Draw, rubric: &mut Rubric) {
    for direction in [Direction::Deduct, Direction::Award] {
        let mut over = Vec::new();
        for (_, indicator) in nodes(rubric) {
            for rule in &indicator.rules {
                let has_points = !matches!(rule.measure, Measure::Forfeit { .. } | Measure::Veto { .. });
                if rule.direction == direction && has_points && draw.chance(50) {
                    over.push(RuleRef { indicator: indicator.id.clone(), rule: rule.id.clone() });
                }
            }
        }
        if over.len() < 2 || !draw.chance(35) {
            continue;
        }
        let mut cap = |draw: &mut Draw, id: String, over: Vec<RuleRef>| {
            let at_most = draw.tenths(5, 60);
            let per = draw.maybe(30, crate::rules::window);
            rubric.caps.push(SharedCap {
                id: id.as_str().into(),
                text: "最高".to_owned(),
                at_most,
                over,
                per,
            });
        };
        if over.len() > 2 && draw.chance(40) {
            let n = draw.between(2, over.len() - 1);
            cap(draw, format!("inner-{direction:?}"), over[..n].to_vec());
        }
        cap(draw, format!("outer-{direction:?}"), over);
    }
}

//! Made-up rules and caps of an indicator.

use kaohe_core::*;

use crate::draw::{Draw, points, quantity};
use crate::places::is_in_class;

/// Makes up one to four rules; none now and then where nothing needs to be earned.
pub fn rules(draw: &mut Draw, start: Start, n_grades: usize) -> Vec<Rule> {
    if start == Start::Full && draw.chance(4) {
        return Vec::new();
    }
    let n = draw.between(1, 4);
    let mut rules: Vec<Rule> = Vec::new();
    for idx in 0..n {
        let measure = measure(draw, &rules, n_grades);
        let mut rule = Rule::deducting(&format!("r{idx}"), &format!("规则{idx}"), "扣分", measure);
        let is_plain = !matches!(rule.measure, Measure::Forfeit { .. } | Measure::Veto { .. });
        let is_against = draw.chance(20);
        if is_plain && (start == Start::Zero) != is_against {
            rule.direction = Direction::Award;
        }
        let in_class = is_in_class(&rule.measure);
        let combines = [Combine::Add, Combine::Last, Combine::Highest, Combine::Lowest, Combine::Mean];
        if is_plain && !in_class && draw.chance(55) {
            rule.combine = draw.one(&combines);
        }
        let is_veto = matches!(rule.measure, Measure::Veto { .. });
        if !in_class && !is_veto {
            rule.per = draw.maybe(40, window);
        }
        rules.push(rule);
    }
    rules
}

/// Draws a stretch of time.
pub fn window(draw: &mut Draw) -> Window {
    let n_weeks = draw.one(&[1, 2, 5]);
    draw.one(&[Window::Weeks(n_weeks), Window::Month, Window::Quarter, Window::HalfYear])
}

fn measure(draw: &mut Draw, before: &[Rule], n_grades: usize) -> Measure {
    let unit = || "次".to_owned();
    let side = |draw: &mut Draw| draw.one(&[Side::Below, Side::Above]);
    match draw.below(21) {
        0 | 1 => {
            let each = draw.maybe(5, |_| points("600")).unwrap_or_else(|| draw.tenths(1, 25));
            Measure::Count { each, unit: unit() }
        }
        2 => {
            let level = |(name, given): (&str, &str)| Level { name: name.to_owned(), points: points(given) };
            Measure::ByLevel {
                levels: [("国家", "2.5"), ("省级", "1.25"), ("市级", "0.02")].map(level).to_vec(),
                unit: unit(),
            }
        }
        3 | 4 => Measure::Checklist {
            items: ["职能", "机构", "年报"].map(str::to_owned).to_vec(),
            each: draw.tenths(3, 15),
            unit: "项".to_owned(),
        },
        5 => {
            let worths = [
                Worth::Percent(quantity("100")),
                Worth::Percent(quantity("62.5")),
                Worth::Points(points("1.2")),
                Worth::Points(Points::ZERO),
            ];
            let grade = |(name, worth): (&str, Worth)| GradeLevel { name: name.to_owned(), worth };
            Measure::Graded {
                grades: ["好", "较好", "一般", "差"].into_iter().zip(worths).map(grade).collect(),
            }
        }
        6 | 7 => Measure::Discretionary {
            unit: unit(),
            at_least: draw.maybe(30, |_| points("0.3")),
            at_most: draw.maybe(30, |_| points("2")),
        },
        8 | 9 => {
            let is_occurrence =
                |it: &&Rule| !matches!(it.measure, Measure::Forfeit { .. } | Measure::Veto { .. });
            let mut over: Vec<RuleId> = before.iter().filter(is_occurrence).map(|it| it.id.clone()).collect();
            over.retain(|_| draw.chance(50));
            Measure::Forfeit {
                strikes: u32::try_from(draw.between(1, 3)).expect("small"),
                over,
                scope: draw.one(&[Scope::Indicator, Scope::CheckItem, Scope::Section]),
            }
        }
        10 => Measure::Shortfall {
            target: draw.maybe(60, |_| quantity("10")),
            each: draw.tenths(1, 5),
            unit: "篇".to_owned(),
        },
        11 | 12 => Measure::Steps {
            reference: draw.one(&[
                Reference::Fixed(quantity("10")),
                Reference::Fixed(quantity("10")),
                Reference::Own,
                Reference::ClassMean,
            ]),
            side: side(draw),
            step: quantity(draw.one(&["0.7", "6.4", "1"])),
            each: draw.tenths(1, 9),
            rounding: draw.one(&[Rounding::WholeSteps, Rounding::StepsBegun, Rounding::Exact]),
            unit: "百分点".to_owned(),
        },
        13 => {
            let side = side(draw);
            let limits = match side {
                Side::Below => ["15", "10", "5"],
                Side::Above => ["5", "10", "15"],
            };
            let mut band = |(limit, given): (&str, &str)| Band {
                limit: if draw.chance(50) {
                    Limit::From(quantity(limit))
                } else {
                    Limit::Beyond(quantity(limit))
                },
                to: None,
                points: points(given),
            };
            let bands = limits.into_iter().zip(["0.5", "1.5", "4"]).map(&mut band).collect();
            Measure::Bands { side, bands, unit: "%".to_owned() }
        }
        14 => Measure::Ratio {
            target: draw.maybe(60, |draw| quantity(draw.one(&["15", "6.4"]))),
            points: draw.tenths(20, 60),
            unit: "篇".to_owned(),
        },
        15 => Measure::Imported {
            factor: quantity(draw.one(&["0.1", "0.333333"])),
            out_of: quantity("100"),
            unit: "分".to_owned(),
        },
        16 | 17 => Measure::ByRank {
            best: draw.one(&[Best::Highest, Best::Lowest]),
            places: places(draw),
            unit: "次".to_owned(),
        },
        18 | 19 => Measure::Relative {
            best: draw.one(&[Best::Highest, Best::Lowest]),
            points: points(draw.one(&["4", "2.5"])),
            unit: "分".to_owned(),
        },
        _ => {
            let effects = [
                VetoEffect::Disqualified,
                VetoEffect::Zero,
                VetoEffect::Lose(points("3")),
                VetoEffect::AtMost(points("12")),
                VetoEffect::NoTopGrade,
                VetoEffect::GradeAtMost("合格".to_owned()),
            ];
            let n = match n_grades {
                0 | 1 => 4,
                2 => 5,
                _ => 6,
            };
            Measure::Veto { effect: draw.one(&effects[..n]) }
        }
    }
}

fn places(draw: &mut Draw) -> Places {
    let place = |span: Span, given: &str| ClassPlace { span, points: points(given) };
    match draw.below(6) {
        0 => Places::Descending { first: points("4"), each: points(draw.one(&["1.5", "2.5"])) },
        1 => Places::Named(vec![place(Span::Between(1, 1), "4"), place(Span::Between(2, 3), "2")]),
        2 | 3 => Places::Named(vec![place(Span::Between(2, -2), "2.5")]),
        4 => Places::Named(vec![place(Span::Between(-1, -1), "1"), place(Span::Between(1, 2), "3")]),
        _ => Places::Named(vec![
            place(Span::Percent(quantity("50")), "5"),
            place(Span::Percent(quantity("-50")), "0.5"),
            place(Span::Between(-3, -2), "2"),
        ]),
    }
}

/// Makes up caps over rules of one direction: an outer one, perhaps an inner one, and perhaps one beside them.
pub fn caps(draw: &mut Draw, rules: &[Rule]) -> Vec<Cap> {
    let mut caps = Vec::new();
    for direction in [Direction::Deduct, Direction::Award] {
        let is_capped = |it: &&Rule| {
            it.direction == direction && !matches!(it.measure, Measure::Forfeit { .. } | Measure::Veto { .. })
        };
        let over: Vec<RuleId> = rules.iter().filter(is_capped).map(|it| it.id.clone()).collect();
        if over.is_empty() || !draw.chance(50) {
            continue;
        }
        let mut cap = |draw: &mut Draw, at_most: Points, over: &[RuleId]| {
            let id = format!("c{}", caps.len());
            let per = draw.maybe(30, window);
            caps.push(Cap {
                id: id.as_str().into(),
                text: "最高".to_owned(),
                at_most,
                over: over.to_vec(),
                per,
            });
        };
        let n = draw.between(1, over.len());
        let outer = draw.tenths(10, 50);
        cap(draw, outer, &over[..n]);
        if n > 1 && draw.chance(50) {
            let inner = draw.tenths(3, 20);
            cap(draw, inner, &over[..n - 1]);
        }
        if n < over.len() && draw.chance(50) {
            let beside = draw.tenths(3, 20);
            cap(draw, beside, &over[n..]);
        }
    }
    caps
}

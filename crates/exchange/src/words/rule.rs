//! What a rule takes or gives, in words.

use kaohe_core::{
    Best, Combine, Direction, Limit, Measure, Places, Points, Reference, Rounding, Rule, Scope, Side, Span,
    VetoEffect, Window, Worth,
};

/// Returns what a rule takes or gives: `0.1分/次`, `国务院1分、省级0.5分、市级0.2分`, `酌情`, `不计分`; for an award
/// `得2分/篇`. How several entries go together is said where it is not the usual way.
pub fn rule_amount(rule: &Rule) -> String {
    let mut amount = measure_amount(&rule.measure, rule.direction);
    if rule.combine != rule.measure.usual_combine() {
        amount.push_str(match rule.combine {
            Combine::Add => "，累计",
            Combine::Last => "，以最后一条为准",
            Combine::Highest => "，取最高",
            Combine::Lowest => "，取最低",
            Combine::Mean => "，取平均",
        });
    }
    if let Some(per) = rule.per {
        amount.push_str(&format!("，{}各算各的", window(per)));
    }
    amount
}

/// Returns whether a rule takes or gives: `扣` or `得`.
pub fn verb(direction: Direction) -> &'static str {
    match direction {
        Direction::Deduct => "扣",
        Direction::Award => "得",
    }
}

/// Returns a stretch of time: `每季度`.
pub fn window(window: Window) -> String {
    match window {
        Window::Weeks(1) => "每周".to_owned(),
        Window::Weeks(2) => "每两周".to_owned(),
        Window::Weeks(n) => format!("每{n}周"),
        Window::Month => "每月".to_owned(),
        Window::Quarter => "每季度".to_owned(),
        Window::HalfYear => "每半年".to_owned(),
    }
}

/// Returns what a veto does: `总分记0分`.
pub fn veto_effect(effect: &VetoEffect) -> String {
    match effect {
        VetoEffect::Disqualified => "取消资格，不排名".to_owned(),
        VetoEffect::Zero => "总分记0分".to_owned(),
        VetoEffect::Lose(points) => format!("总分扣{points}分"),
        VetoEffect::AtMost(points) => format!("总分不高于{points}分"),
        VetoEffect::NoTopGrade => "不得评为最高等次".to_owned(),
        VetoEffect::GradeAtMost(name) => format!("等次不高于{name}"),
    }
}

fn measure_amount(measure: &Measure, direction: Direction) -> String {
    let verb = verb(direction);
    // The usual direction is not said where nothing else could be meant.
    let gives = match direction {
        Direction::Deduct => "",
        Direction::Award => "得",
    };
    match measure {
        Measure::Count { each, unit } => format!("{gives}{each}分/{unit}"),
        Measure::ByLevel { levels, .. } => {
            let amounts = levels.iter().map(|it| format!("{}{gives}{}分", it.name, it.points));
            amounts.collect::<Vec<_>>().join("、")
        }
        Measure::Checklist { items, each, unit } => {
            format!("共{}{unit}，缺1{unit}{verb}{each}分", items.len())
        }
        Measure::Graded { grades } => {
            let amounts = grades.iter().map(|it| match it.worth {
                Worth::Points(points) => format!("{}{gives}{points}分", it.name),
                Worth::Percent(percent) => format!("{}{gives}{percent}%", it.name),
            });
            amounts.collect::<Vec<_>>().join("、")
        }
        Measure::Discretionary { at_least: None, at_most: None, .. } => format!("酌情{gives}"),
        Measure::Discretionary { at_least, at_most, unit } => {
            let bound =
                |word: &str, it: &Option<Points>| it.map_or(String::new(), |it| format!("{word}{it}分"));
            format!("酌情{gives}，每{unit}{}{}", bound("至少", at_least), bound("最多", at_most))
        }
        Measure::Forfeit { strikes, over, scope } => {
            let what = match scope {
                Scope::CheckItem => "该要点",
                Scope::Indicator => "",
                Scope::Section => "整个一级指标",
            };
            match (strikes, over.is_empty()) {
                (1, true) => format!("{what}不计分"),
                (strikes, true) => format!("{strikes}次及以上{what}不计分"),
                (strikes, false) => format!("合计{strikes}次及以上{what}不计分"),
            }
        }
        Measure::Shortfall { target, each, unit } => {
            let target = target.map_or("任务数".to_owned(), |it| format!("{it}{unit}"));
            format!("应有{target}，每少1{unit}{verb}{each}分")
        }
        Measure::Steps { reference, side, step, each, rounding, unit } => {
            let rounding = match rounding {
                Rounding::WholeSteps => "不足不计",
                Rounding::StepsBegun => "不足按一档计",
                Rounding::Exact => "不足按比例计",
            };
            let (side, away) = sides(*side);
            let reference = match reference {
                Reference::Fixed(reference) => reference.to_string(),
                Reference::Own => "任务数".to_owned(),
                Reference::ClassMean => "同类单位的平均数".to_owned(),
            };
            format!("{side}{reference}，每{away}{step}{unit}{verb}{each}分，{rounding}")
        }
        Measure::Bands { side, bands, unit } => {
            let bands = bands.iter().map(|it| {
                let limit = match (it.limit, side) {
                    (Limit::Beyond(limit), side) => format!("{}{limit}{unit}", sides(*side).0),
                    (Limit::From(limit), Side::Below) => format!("{limit}{unit}及以下"),
                    (Limit::From(limit), Side::Above) => format!("{limit}{unit}及以上"),
                };
                format!("{limit}{verb}{}分", it.points)
            });
            bands.collect::<Vec<_>>().join("、")
        }
        Measure::Ratio { target, points, unit } => {
            let target = target.map_or("任务数".to_owned(), |it| format!("{it}{unit}"));
            format!("完成{target}{verb}{points}分，按完成比例")
        }
        Measure::Imported { factor, out_of, unit } => format!("{out_of}{unit}制，×{factor}{gives}"),
        Measure::ByRank { best, places, unit } => {
            let best = match best {
                Best::Highest => "从高到低",
                Best::Lowest => "从低到高",
            };
            format!("按{unit}{best}排名次：{}", places_words(places, verb))
        }
        Measure::Relative { best, points, unit: _ } => {
            let first = match best {
                Best::Highest => "最大",
                Best::Lowest => "最小",
            };
            format!("{first}的{verb}{points}分，其余按与它的比例")
        }
        Measure::Veto { effect } => format!("一票否决：{}", veto_effect(effect)),
    }
}

fn places_words(places: &Places, verb: &str) -> String {
    let place = |at: i32| if at < 0 { format!("倒数第{}", -at) } else { format!("第{at}") };
    match places {
        Places::Descending { first, each } => format!("第1名{verb}{first}分，每后1名少{each}分"),
        Places::Named(places) => {
            let words = places.iter().map(|it| {
                let span = match it.span {
                    Span::Between(from, to) if from == to => format!("{}名", place(from)),
                    Span::Between(from, to) => format!("{}至{}名", place(from), place(to)),
                    Span::Percent(percent) if percent < kaohe_core::Quantity::ZERO => {
                        format!("后{}%", kaohe_core::Quantity::ZERO.above(percent))
                    }
                    Span::Percent(percent) => format!("前{percent}%"),
                };
                format!("{span}{verb}{}分", it.points)
            });
            words.collect::<Vec<_>>().join("、")
        }
    }
}

fn sides(side: Side) -> (&'static str, &'static str) {
    match side {
        Side::Below => ("低于", "低"),
        Side::Above => ("高于", "高"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(text: &str) -> Points {
        text.parse().unwrap()
    }

    fn q(text: &str) -> kaohe_core::Quantity {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(measure: Measure, direction: Direction, expected: &str) {
        let rule = Rule { direction, ..Rule::deducting("r", "规则", "原文", measure) };
        assert_eq!(rule_amount(&rule), expected);
    }

    #[test]
    fn each_kind_of_rule_says_what_it_is_worth() {
        use Direction::{Award, Deduct};
        let unit = |it: &str| it.to_owned();
        check(Measure::Count { each: p("0.5"), unit: unit("篇") }, Award, "得0.5分/篇");
        let items = ["制度", "标牌"].map(str::to_owned).to_vec();
        check(Measure::Checklist { items, each: p("2"), unit: unit("项") }, Deduct, "共2项，缺1项扣2分");
        let grade = |name: &str, worth| kaohe_core::GradeLevel { name: name.to_owned(), worth };
        let grades = vec![grade("好", Worth::Percent(q("100"))), grade("差", Worth::Points(p("3")))];
        check(Measure::Graded { grades }, Award, "好得100%、差得3分");
        let over = vec!["late".into()];
        check(
            Measure::Forfeit { strikes: 3, over, scope: Scope::CheckItem },
            Deduct,
            "合计3次及以上该要点不计分",
        );
        check(
            Measure::Ratio { target: None, points: p("20"), unit: unit("件") },
            Award,
            "完成任务数得20分，按完成比例",
        );
        check(
            Measure::Imported { factor: q("0.3"), out_of: q("100"), unit: unit("分") },
            Award,
            "100分制，×0.3得",
        );
        let place = |span, points| kaohe_core::ClassPlace { span, points: p(points) };
        let places = Places::Named(vec![
            place(Span::Between(1, 3), "5"),
            place(Span::Between(-1, -1), "1"),
            place(Span::Percent(q("-10")), "0"),
        ]);
        let by_rank = Measure::ByRank { best: Best::Highest, places, unit: unit("满意率") };
        check(by_rank, Award, "按满意率从高到低排名次：第1至第3名得5分、倒数第1名得1分、后10%得0分");
        let relative = Measure::Relative { best: Best::Lowest, points: p("6"), unit: unit("投诉率") };
        check(relative, Award, "最小的得6分，其余按与它的比例");
        let steps = |reference| Measure::Steps {
            reference,
            side: Side::Below,
            step: q("1"),
            each: p("0.5"),
            rounding: Rounding::Exact,
            unit: unit("%"),
        };
        check(steps(Reference::Fixed(q("98"))), Deduct, "低于98，每低1%扣0.5分，不足按比例计");
        check(steps(Reference::Own), Deduct, "低于任务数，每低1%扣0.5分，不足按比例计");
        check(steps(Reference::ClassMean), Deduct, "低于同类单位的平均数，每低1%扣0.5分，不足按比例计");
        check(Measure::Veto { effect: VetoEffect::AtMost(p("60")) }, Deduct, "一票否决：总分不高于60分");
    }

    #[test]
    fn what_is_not_usual_is_said() {
        let measure = Measure::Count { each: p("1"), unit: "次".to_owned() };
        let rule = Rule {
            combine: Combine::Highest,
            per: Some(Window::Quarter),
            ..Rule::deducting("r", "规则", "原文", measure)
        };
        assert_eq!(rule_amount(&rule), "1分/次，取最高，每季度各算各的");
    }
}

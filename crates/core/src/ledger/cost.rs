//! What one occurrence that an entry states costs, before caps and limits.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use super::Refusal;
use crate::change::Deduction;
use crate::points::Points;
use crate::quantity::Quantity;
use crate::rubric::{Band, Indicator, Limit, Measure, Modifier, Reference, Rounding, Rule, Side, Worth};

/// Says whether the entry's factor exempts it (免扣): it then counts as no occurrence either.
pub(super) fn is_exempt(deduction: &Deduction, modifiers: &[Modifier]) -> bool {
    matches!(factor(deduction, modifiers), Ok(Some(times)) if times == Quantity::ZERO)
}

/// Returns the points of each occurrence, the entry's factor applied, where the entry is about this 评分要点 or the
/// indicator.
pub(super) fn each(
    rule: &Rule,
    deduction: &Deduction,
    modifiers: &[Modifier],
    indicator: &Indicator,
    item_idx: Option<usize>,
) -> Result<Points, Refusal> {
    let factor = factor(deduction, modifiers)?;
    let asked = Asked::of(&rule.measure);
    if deduction.level.is_some() && !asked.level {
        return Err(Refusal::LevelNotAsked);
    }
    if deduction.amount.is_some() && !asked.amount {
        return Err(Refusal::AmountNotAsked);
    }
    if deduction.value.is_some() && !asked.value {
        return Err(Refusal::ValueNotAsked);
    }
    if deduction.target.is_some() && !rule.measure.asks_target() {
        return Err(Refusal::TargetNotAsked);
    }
    if deduction.count != 1 && !rule.measure.is_repeatable() {
        return Err(Refusal::CountNotAsked);
    }
    let has_fixed_worth = rule.measure.hangs_on_class() || matches!(rule.measure, Measure::Veto { .. });
    if deduction.modifier.is_some() && has_fixed_worth {
        return Err(Refusal::ModifierNotAsked);
    }
    if rule.measure.needs_note()
        && deduction.note.trim().is_empty()
        && deduction.amount.is_none()
        && !asked.amount
    {
        return Err(Refusal::NoteMissing);
    }
    let each = match &rule.measure {
        Measure::Count { each, .. } => *each,
        Measure::ByLevel { levels, .. } => levels[level_idx(&rule.measure, deduction)?].points,
        Measure::Checklist { each, .. } => {
            level_idx(&rule.measure, deduction)?;
            *each
        }
        Measure::Graded { grades } => match grades[level_idx(&rule.measure, deduction)?].worth {
            Worth::Points(points) => points,
            Worth::Percent(percent) => {
                let of = item_idx.map_or(indicator.points, |it| indicator.items[it].points);
                of.percent(percent)
            }
        },
        Measure::Discretionary { at_least, at_most, .. } => {
            let amount = deduction.amount.ok_or(Refusal::AmountMissing)?;
            let room = indicator.room(item_idx);
            let at_most = at_most.map_or(room, |it| it.min(room));
            let is_too_small = amount <= Points::ZERO || at_least.is_some_and(|it| amount < it);
            if is_too_small || amount > at_most {
                return Err(Refusal::AmountOutOfRange { at_least: *at_least, at_most });
            }
            if deduction.note.trim().is_empty() {
                return Err(Refusal::NoteMissing);
            }
            amount
        }
        // What these do follows from all that is recorded.
        Measure::Forfeit { .. } | Measure::Veto { .. } => Points::ZERO,
        // What these are worth follows from the values of the class.
        Measure::ByRank { .. } | Measure::Steps { reference: Reference::ClassMean, .. } => {
            deduction.value.ok_or(Refusal::ValueMissing)?;
            Points::ZERO
        }
        Measure::Relative { .. } => {
            value(deduction)?;
            Points::ZERO
        }
        Measure::Shortfall { target, each, .. } => {
            let missing = self::target(*target, deduction)?.above(value(deduction)?);
            if missing.is_positive() { each.of(missing) } else { Points::ZERO }
        }
        Measure::Steps {
            reference: reference @ (Reference::Fixed(_) | Reference::Own),
            side,
            step,
            each,
            rounding,
            ..
        } => {
            let value = deduction.value.ok_or(Refusal::ValueMissing)?;
            // What a value is held against may be nothing, or less: 上年投诉 0 件.
            let of_rule = if let Reference::Fixed(reference) = reference { Some(*reference) } else { None };
            let reference = of_rule.or(deduction.target).ok_or(Refusal::TargetMissing)?;
            steps(beyond(*side, value, reference), *step, *each, *rounding)
        }
        Measure::Bands { side, bands, .. } => {
            band(*side, deduction.value.ok_or(Refusal::ValueMissing)?, bands)
        }
        Measure::Ratio { target, points, .. } => {
            let target = self::target(*target, deduction)?;
            ratio(value(deduction)?, target, *points)
        }
        Measure::Imported { factor, out_of, .. } => {
            let value = value(deduction)?;
            if value > *out_of {
                return Err(Refusal::ValueTooLarge { at_most: *out_of });
            }
            Points::whole(1).of(value).of(*factor)
        }
    };
    Ok(factor.map_or(each, |it| each.of(it)))
}

/// Returns the points of so many occurrences; no more than a million, as with one.
pub(super) fn of_all(each: Points, count: u32) -> Points {
    each.times(count).min(Points::whole(Points::MAX_WHOLE))
}

/// Which of an entry's fields a measure asks for.
#[derive(Clone, Copy)]
struct Asked {
    level: bool,
    amount: bool,
    value: bool,
}

impl Asked {
    fn of(measure: &Measure) -> Asked {
        let nothing = Asked { level: false, amount: false, value: false };
        match measure {
            Measure::Count { .. } | Measure::Forfeit { .. } | Measure::Veto { .. } => nothing,
            Measure::ByLevel { .. } | Measure::Checklist { .. } | Measure::Graded { .. } => {
                Asked { level: true, ..nothing }
            }
            Measure::Discretionary { .. } => Asked { amount: true, ..nothing },
            Measure::Shortfall { .. }
            | Measure::Steps { .. }
            | Measure::Bands { .. }
            | Measure::Ratio { .. }
            | Measure::Imported { .. }
            | Measure::ByRank { .. }
            | Measure::Relative { .. } => Asked { value: true, ..nothing },
        }
    }
}

fn factor(deduction: &Deduction, modifiers: &[Modifier]) -> Result<Option<Quantity>, Refusal> {
    let Some(given) = &deduction.modifier else { return Ok(None) };
    let modifier = modifiers.iter().find(|it| it.name == *given);
    let unknown = || Refusal::UnknownModifier {
        given: given.clone(),
        known: modifiers.iter().map(|it| it.name.clone()).collect(),
    };
    modifier.map(|it| Some(it.times)).ok_or_else(unknown)
}

/// Returns which of the measure's names the entry chose.
fn level_idx(measure: &Measure, deduction: &Deduction) -> Result<usize, Refusal> {
    let names = measure.level_names();
    let known = || names.iter().map(|&it| it.to_owned()).collect();
    let given = deduction.level.as_ref().ok_or_else(|| Refusal::LevelMissing { known: known() })?;
    let level_idx = names.iter().position(|it| it == given);
    level_idx.ok_or_else(|| Refusal::UnknownLevel { given: given.clone(), known: known() })
}

/// Returns what was to be reached: by the rule, or else by the entry.
fn target(of_rule: Option<Quantity>, deduction: &Deduction) -> Result<Quantity, Refusal> {
    let target = of_rule.or(deduction.target).ok_or(Refusal::TargetMissing)?;
    if target.is_positive() { Ok(target) } else { Err(Refusal::TargetNotPositive) }
}

fn value(deduction: &Deduction) -> Result<Quantity, Refusal> {
    let value = deduction.value.ok_or(Refusal::ValueMissing)?;
    if value < Quantity::ZERO { Err(Refusal::ValueNegative) } else { Ok(value) }
}

/// Returns how far a value lies beyond a limit; nothing or less where it does not.
pub(crate) fn beyond(side: Side, value: Quantity, limit: Quantity) -> Quantity {
    match side {
        Side::Below => limit.above(value),
        Side::Above => value.above(limit),
    }
}

/// Returns the points of so many steps as a distance has.
pub(crate) fn steps(distance: Quantity, step: Quantity, each: Points, rounding: Rounding) -> Points {
    if !distance.is_positive() || !step.is_positive() {
        return Points::ZERO;
    }
    let n_steps = distance.decimal() / step.decimal();
    let points = match rounding {
        Rounding::WholeSteps => each.decimal() * n_steps.floor(),
        Rounding::StepsBegun => each.decimal() * n_steps.ceil(),
        Rounding::Exact => {
            // Multiplied before it is divided, so that what comes out even is exact.
            let exact: Decimal = each.decimal() * distance.decimal() / step.decimal();
            exact.round_dp_with_strategy(Points::DECIMALS, MidpointAwayFromZero)
        }
    };
    Points::from_decimal(points)
}

/// Returns the points of the band furthest out that the value reaches (低于80%、70%、60%分别扣1、2、3分).
fn band(side: Side, value: Quantity, bands: &[Band]) -> Points {
    let is_reached = |it: &&Band| match it.limit {
        Limit::Beyond(limit) => beyond(side, value, limit).is_positive(),
        Limit::From(limit) => beyond(side, value, limit) >= Quantity::ZERO,
    };
    // Bands are written from the mildest outwards.
    bands.iter().rev().find(is_reached).map(|it| it.points).unwrap_or_default()
}

/// Returns the completed part of the points, no more than all of them; what does not come out even is rounded to as
/// many decimals as points have, half away from zero.
pub(crate) fn ratio(value: Quantity, target: Quantity, points: Points) -> Points {
    let done = value.min(target);
    let part = points.decimal() * done.decimal() / target.decimal();
    Points::from_decimal(part.round_dp_with_strategy(Points::DECIMALS, MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(measure: Measure) -> Rule {
        Rule::deducting("r", "规则", "扣", measure)
    }

    /// Costs of an entry with this value, as `value:cost`.
    #[track_caller]
    fn check(measure: Measure, expected: &str) {
        let rule = rule(measure);
        for pair in expected.split_whitespace() {
            let (value, cost) = pair.split_once(':').unwrap();
            let day = jiff::civil::date(2023, 1, 1);
            let mut deduction = Deduction::once("U".into(), "i".into(), "r".into(), day);
            deduction.value = Some(value.parse().unwrap());
            let indicator = Indicator::plain("i", "1", "指标", Points::whole(100), Vec::new());
            let each = each(&rule, &deduction, &[], &indicator, None).unwrap();
            assert_eq!(each.to_string(), cost, "{value}");
        }
    }

    fn q(text: &str) -> Quantity {
        text.parse().unwrap()
    }

    fn p(text: &str) -> Points {
        text.parse().unwrap()
    }

    #[test]
    fn each_one_missing_from_a_target_costs() {
        // 少于12篇，每少一篇扣0.5分
        let measure = Measure::Shortfall { target: Some(q("12")), each: p("0.5"), unit: "篇".to_owned() };
        check(measure, "12:0 11:0.5 0:6 15:0");
    }

    #[test]
    fn steps_are_rounded_as_the_rubric_says() {
        // 办结率低于95%，每低1个百分点扣0.2分
        let steps = |rounding| Measure::Steps {
            reference: Reference::Fixed(q("95")),
            side: Side::Below,
            step: q("1"),
            each: p("0.2"),
            rounding,
            unit: "百分点".to_owned(),
        };
        check(steps(Rounding::WholeSteps), "95:0 94.5:0 94:0.2 92.3:0.4 100:0");
        check(steps(Rounding::StepsBegun), "95:0 94.5:0.2 94:0.2 92.3:0.6 100:0");
        check(steps(Rounding::Exact), "95:0 94.5:0.1 94:0.2 92.3:0.54 100:0");
    }

    #[test]
    fn steps_above_a_reference_and_a_step_that_does_not_come_out_even() {
        // 超期每3天扣1分
        let measure = Measure::Steps {
            reference: Reference::Fixed(q("0")),
            side: Side::Above,
            step: q("3"),
            each: p("1"),
            rounding: Rounding::Exact,
            unit: "天".to_owned(),
        };
        check(measure, "0:0 3:1 1:0.333333 2:0.666667 6:2");
    }

    #[test]
    fn what_an_entry_states_is_what_its_value_is_held_against() {
        // 投诉较上年每增加1件扣0.5分; 上年没有的, 从 0 起
        let rule = rule(Measure::Steps {
            reference: Reference::Own,
            side: Side::Above,
            step: q("1"),
            each: p("0.5"),
            rounding: Rounding::WholeSteps,
            unit: "件".to_owned(),
        });
        let indicator = Indicator::plain("i", "1", "指标", Points::whole(100), Vec::new());
        let day = jiff::civil::date(2023, 1, 1);
        let mut deduction = Deduction::once("U".into(), "i".into(), "r".into(), day);
        deduction.value = Some(q("5"));
        let cost = |deduction: &Deduction| each(&rule, deduction, &[], &indicator, None);
        assert_eq!(cost(&deduction), Err(Refusal::TargetMissing));
        for (target, expected) in [("3", "1"), ("0", "2.5"), ("-1", "3"), ("7", "0")] {
            deduction.target = Some(q(target));
            assert_eq!(cost(&deduction), Ok(p(expected)), "{target}");
        }
    }

    #[test]
    fn a_value_that_is_a_part_of_the_best_one_is_not_negative() {
        let measure =
            Measure::Relative { best: crate::rubric::Best::Lowest, points: p("6"), unit: "件".to_owned() };
        let rule = rule(measure);
        let indicator = Indicator::plain("i", "1", "指标", Points::whole(100), Vec::new());
        let day = jiff::civil::date(2023, 1, 1);
        let mut deduction = Deduction::once("U".into(), "i".into(), "r".into(), day);
        let cost = |deduction: &Deduction| each(&rule, deduction, &[], &indicator, None);
        assert_eq!(cost(&deduction), Err(Refusal::ValueMissing));
        deduction.value = Some(q("-1"));
        assert_eq!(cost(&deduction), Err(Refusal::ValueNegative));
        deduction.value = Some(q("1"));
        deduction.count = 2;
        assert_eq!(cost(&deduction), Err(Refusal::CountNotAsked));
    }

    #[test]
    fn the_deepest_band_applies_alone() {
        let band = |beyond, points| Band { limit: Limit::Beyond(q(beyond)), to: None, points: p(points) };
        let bands = vec![band("80", "1"), band("70", "2"), band("60", "3")];
        let measure = Measure::Bands { side: Side::Below, bands, unit: "%".to_owned() };
        check(measure, "80:0 79.99:1 70:1 65:2 60:2 59:3 0:3");
    }

    #[test]
    fn what_may_fall_below_nothing_has_room_for_an_amount() {
        // 扣分项：0分，最多倒扣10分
        let mut indicator = Indicator::plain("i", "1", "扣分项", Points::ZERO, Vec::new());
        indicator.at_least = p("-10");
        let rule = rule(Measure::Discretionary { unit: "次".to_owned(), at_least: None, at_most: None });
        let day = jiff::civil::date(2023, 1, 1);
        let mut deduction = Deduction::once("U".into(), "i".into(), "r".into(), day);
        deduction.note = "理由".to_owned();
        let mut cost = |amount: &str| {
            deduction.amount = Some(p(amount));
            each(&rule, &deduction, &[], &indicator, None)
        };
        assert_eq!(cost("10"), Ok(p("10")));
        assert_eq!(cost("10.1"), Err(Refusal::AmountOutOfRange { at_least: None, at_most: p("10") }));
    }

    #[test]
    fn factors_multiply_and_unknown_ones_are_refused() {
        let modifier =
            |name: &str, times| Modifier { name: name.to_owned(), text: String::new(), times: q(times) };
        let modifiers = [modifier("加倍", "2"), modifier("减半", "0.5"), modifier("免扣", "0")];
        let rule = rule(Measure::Count { each: p("0.3"), unit: "次".to_owned() });
        let day = jiff::civil::date(2023, 1, 1);
        let mut deduction = Deduction::once("U".into(), "i".into(), "r".into(), day);
        let mut cost = |name: Option<&str>| {
            deduction.modifier = name.map(str::to_owned);
            let indicator = Indicator::plain("i", "1", "指标", Points::whole(10), Vec::new());
            each(&rule, &deduction, &modifiers, &indicator, None).map(|it| it.to_string())
        };
        assert_eq!(cost(None), Ok("0.3".to_owned()));
        assert_eq!(cost(Some("加倍")), Ok("0.6".to_owned()));
        assert_eq!(cost(Some("减半")), Ok("0.15".to_owned()));
        assert_eq!(cost(Some("免扣")), Ok("0".to_owned()));
        assert!(matches!(cost(Some("三倍")), Err(Refusal::UnknownModifier { .. })));
    }
}

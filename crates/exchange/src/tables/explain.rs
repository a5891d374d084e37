//! `explain`: the arithmetic of a score, the clauses quoted.

use kaohe_core::{
    Indicator, Ledger, Line, LineKind, Points, Share, State, TotalStepKind, explain_indicator, explain_total,
};

use crate::table::{Column, Table, Value};
use crate::words;

/// Returns the arithmetic of one indicator, or of all and of the total.
///
/// The lines of an indicator add up to its 小计; all lines that are neither 小计 nor 合计 add up to the 合计.
pub fn explain_table(ledger: &Ledger, unit_idx: usize, indicator_idx: Option<usize>) -> Table {
    let mut table = Table::new(vec![
        Column::text("指标"),
        Column::text("指标名称"),
        Column::text("步骤"),
        Column::text("依据"),
        Column::number("分值"),
    ]);
    for (idx, indicator) in ledger.rubric_of(unit_idx).indicators().enumerate() {
        if indicator_idx.is_none_or(|only| only == idx) {
            push_indicator(&mut table, ledger, unit_idx, idx, indicator);
        }
    }
    if indicator_idx.is_none() {
        push_total(&mut table, ledger, unit_idx);
    }
    table
}

fn push_indicator(table: &mut Table, ledger: &Ledger, unit_idx: usize, idx: usize, indicator: &Indicator) {
    let mut push = |step: &str, basis: &str, points: Value| {
        table.rows.push(vec![
            Value::text(&indicator.number),
            Value::text(&indicator.name),
            Value::text(step),
            Value::text(basis),
            points,
        ]);
    };
    let score = &ledger.score(unit_idx).indicators[idx];
    if score.share == Share::Absent {
        // Its points are none of the unit's, so that there is nothing to add up.
        let words = words::line(ledger, unit_idx, idx, LineKind::NotApplicable);
        push(&words.step, &words.basis, Points::ZERO.into());
        return;
    }
    let mut lines = explain_indicator(ledger, unit_idx, idx);
    let is_said = lines.iter().any(|it| it.kind == LineKind::NotApplicable);
    if score.state == State::NotApplicable && !is_said {
        // Nothing was lost, so there is nothing to give back, and still it is the reason of the score.
        lines.push(Line { kind: LineKind::NotApplicable, points: Points::ZERO });
    }
    for line in lines {
        let words = words::line(ledger, unit_idx, idx, line.kind);
        push(&words.step, &words.basis, line.points.into());
    }
    if let Some(why) = &score.undecided {
        push(
            &format!("小计（{}）", words::UNDECIDED),
            &words::undecided(ledger, unit_idx, why),
            Value::Empty,
        );
        return;
    }
    let subtotal = match score.state {
        State::Pending => "小计（以上各行之和；未复核，暂计）",
        State::Reviewed | State::NotApplicable => "小计（以上各行之和）",
    };
    push(subtotal, "", score.score.into());
}

/// Returns the lines of a unit's total that follow on its indicators' own lines: those must not be added again, and what is
/// none of the unit's was not added.
pub(crate) fn total_lines(ledger: &Ledger, unit_idx: usize) -> Vec<Line> {
    let score = ledger.score(unit_idx);
    let is_told = |kind: LineKind| match kind {
        LineKind::Total(TotalStepKind::LeftOut { indicator_idx }) => {
            score.indicators[indicator_idx].share != Share::Absent
        }
        LineKind::Total(_) => true,
        LineKind::Indicator { .. }
        | LineKind::Start
        | LineKind::Rule { .. }
        | LineKind::Cap { .. }
        | LineKind::SharedCap { .. }
        | LineKind::Item { .. }
        | LineKind::Forfeit
        | LineKind::Floor
        | LineKind::Ceiling
        | LineKind::Gate
        | LineKind::Rounded
        | LineKind::NotApplicable => false,
    };
    explain_total(ledger, unit_idx).into_iter().filter(|it| is_told(it.kind)).collect()
}

/// Adds what happens to the total beyond the sum of the indicators, which have their lines already; then the total and
/// what follows from it.
fn push_total(table: &mut Table, ledger: &Ledger, unit_idx: usize) {
    let mut push = |step: &str, basis: &str, points: Value| {
        table.rows.push(vec![Value::Empty, Value::Empty, Value::text(step), Value::text(basis), points]);
    };
    let score = ledger.score(unit_idx);
    for line in total_lines(ledger, unit_idx) {
        let words = words::line(ledger, unit_idx, 0, line.kind);
        push(&words.step, &words.basis, line.points.into());
    }
    if !score.undecided.is_empty() {
        for why in &score.undecided {
            push(
                &format!("合计（{}）", words::UNDECIDED),
                &words::undecided(ledger, unit_idx, why),
                Value::Empty,
            );
        }
        return;
    }
    let total = if score.is_settled() {
        "合计（小计之外各行之和）"
    } else {
        "合计（小计之外各行之和；未复核，暂计）"
    };
    push(total, "", score.score.into());
    if score.is_disqualified {
        push(words::DISQUALIFIED, "", Value::Empty);
    } else if let Some(grade_idx) = score.grade {
        let grade = &ledger.rubric_of(unit_idx).grades[grade_idx];
        push(&format!("等次：{}", grade.name), &format!("{}分及以上", grade.from), Value::Empty);
    }
}

#[cfg(test)]
mod tests {
    use kaohe_core::{Change, Events, NotApplicable, Settings, Ties};
    use proptest::prelude::*;

    use super::*;
    use crate::sample::{done, import, ledger_under, ledger_with, lines};

    #[track_caller]
    fn check(entries: &str, indicator_idx: usize, expected: &[&str]) {
        let table = lines(&explain_table(&ledger_with(entries), 0, Some(indicator_idx)));
        assert_eq!(table[0], "指标|指标名称|步骤|依据|分值");
        assert_eq!(table[1..], *expected);
    }

    #[test]
    fn quotes_the_clause_of_each_step() {
        check(
            "a01,3,,incident,,3,,\na01,3,,notice,市级,2,,\na01,3,,stale,,4,,",
            1,
            &[
                "3|政务新媒体|满分||10",
                "3|政务新媒体|严重问题 1×3次|每次扣1分|-3",
                "3|政务新媒体|通报批评 市级0.2×2次|被通报批评的按级扣分|-0.4",
                "3|政务新媒体|更新超期 0.1×4次|超过两周未更新的每次扣0.1分|-0.4",
                "3|政务新媒体|严重问题、通报批评 合计最多扣 3，超出部分退回|最高扣分不超过3分|0.4",
                "3|政务新媒体|小计（以上各行之和；未复核，暂计）||6.6",
            ],
        );
        check(
            "a01,4,1,late,,30,,\na01,4,2,quality,,,0.5,粗略",
            2,
            &[
                "4|基础信息公开|满分||4",
                "4|基础信息公开|逾期未完成 0.1×30次（4.1）|每逾期1次扣0.1分|-3",
                "4|基础信息公开|质量欠缺 0.5×1次（4.2）|视情况酌情扣分|-0.5",
                "4|基础信息公开|要点 4.1 最多扣 2，超出部分退回|基础信息公开要点1|1",
                "4|基础信息公开|小计（以上各行之和；未复核，暂计）||1.5",
            ],
        );
        check(
            "a01,8,,unmet,,,,",
            3,
            &[
                "8|依申请公开|满分||10",
                "8|依申请公开|未按要求：不计分，余分扣完|未按要求不计分|-10",
                "8|依申请公开|小计（以上各行之和；未复核，暂计）||0",
            ],
        );
    }

    #[test]
    fn not_applicable_is_said_even_where_nothing_was_lost() {
        let mut ledger = ledger_with("");
        let reason = Some("无此职能".to_owned());
        ledger.apply(&done(
            2,
            Change::NotApplicable { unit: "a01".into(), indicator: "request".into(), reason },
        ));
        assert_eq!(
            lines(&explain_table(&ledger, 0, Some(3)))[1..],
            [
                "8|依申请公开|满分||10",
                "8|依申请公开|不涉及，扣分不计|无此职能|0",
                "8|依申请公开|小计（以上各行之和）||10"
            ]
        );
    }

    #[test]
    fn higher_one_of_an_event_is_named() {
        let settings = Settings { events: Events::HighestOnly, ..Settings::default() };
        let mut ledger = ledger_under(settings);
        import(&mut ledger, 1, "a01,3,,incident,,1,,\na01,3,,incident,,2,,");
        for part in 1..=2 {
            let id: kaohe_core::EntryId = format!("1.{part}@zhang").parse().unwrap();
            let to = kaohe_core::Deduction {
                event: Some("泄密".to_owned()),
                ..*ledger.entry(&id).unwrap().deduction.clone()
            };
            ledger.apply(&done(1 + part, Change::Amend { entry: id, to }));
        }
        let table = lines(&explain_table(&ledger, 0, Some(1)));
        assert_eq!(table[2], "3|政务新媒体|严重问题 1×2次（同一事项就高，另有 1 条不计）|每次扣1分|-2");
    }

    fn sum(table: &Table, counts: impl Fn(&str) -> bool) -> Points {
        let step = |row: &Vec<Value>| matches!(&row[2], Value::Text(step) if counts(step));
        let points = |row: &Vec<Value>| match row[4] {
            Value::Number(points) => points,
            Value::Empty | Value::Text(_) | Value::Count(_) => panic!("no points"),
        };
        table.rows.iter().filter(|it| step(it)).map(points).sum()
    }

    proptest! {
        #[test]
        fn lines_add_up_to_the_total(
            n_late in 1_u32..60, n_incidents in 1_u32..9, quality in 1_u32..20,
            is_unmet: bool, is_left_out: bool, is_scaled: bool,
        ) {
            let treatment = if is_scaled { NotApplicable::Scaled } else { NotApplicable::FullMarks };
            let settings = Settings { not_applicable: treatment, ties: Ties::Skip, events: Events::All };
            let mut ledger = ledger_under(settings);
            import(&mut ledger, 1, &format!(
                "a01,4,1,late,,{n_late},,\na01,4,,late,,{n_late},,\na01,3,,incident,,{n_incidents},,\n\
                 a01,4,2,quality,,,0.{quality:02},粗略{}",
                if is_unmet { "\na01,8,,unmet,,,," } else { "" },
            ));
            if is_left_out {
                let reason = Some("无此职能".to_owned());
                let change = Change::NotApplicable { unit: "a01".into(), indicator: "media".into(), reason };
                ledger.apply(&done(2, change));
            }
            let table = explain_table(&ledger, 0, None);
            let is_sum = |step: &str| step.starts_with("小计") || step.starts_with("合计");
            prop_assert_eq!(sum(&table, |it| !is_sum(it)), ledger.score(0).score);
            prop_assert_eq!(sum(&table, |it| it.starts_with("合计")), ledger.score(0).score);
            for (idx, score) in ledger.score(0).indicators.iter().enumerate() {
                let table = explain_table(&ledger, 0, Some(idx));
                prop_assert_eq!(sum(&table, |it| !is_sum(it)), score.score);
            }
        }
    }
}

//! `score`: 得分, indicator by indicator.

use kaohe_core::{IndicatorScore, Ledger, Points, Share};

use super::units_in_order;
use crate::table::{Column, Table, Value};
use crate::words;

/// Returns the scores of one unit by its place in the roster, or of all: class in rubric order, then roster
/// order, then the rubric's order.
pub fn score_table(ledger: &Ledger, unit_idx: Option<usize>) -> Table {
    let mut table = Table::new(vec![
        Column::text("类别"),
        Column::text("编号"),
        Column::text("单位"),
        Column::text("指标"),
        Column::text("指标名称"),
        Column::number("满分"),
        Column::number("自评"),
        Column::number("扣分"),
        Column::number("得分"),
        Column::text("状态"),
    ]);
    for unit_idx in units_in_order(ledger, unit_idx) {
        let unit = ledger.unit(unit_idx);
        let scores = &ledger.score(unit_idx).indicators;
        for (indicator, score) in ledger.rubric_of(unit_idx).indicators().zip(scores) {
            table.rows.push(vec![
                Value::text(unit.track.as_str()),
                Value::text(unit.id.as_str()),
                Value::text(&unit.name),
                Value::text(&indicator.number),
                Value::text(&indicator.name),
                stated(score, score.points).into(),
                score.self_score.into(),
                stated(score, score.lost()).filter(|_| score.decided().is_some()).into(),
                stated(score, score.score).filter(|_| score.decided().is_some()).into(),
                Value::text(words::indicator_state(score)),
            ]);
        }
    }
    table
}

/// Returns points of an indicator, or nothing where its points are none of the unit's.
fn stated(score: &IndicatorScore, points: Points) -> Option<Points> {
    (score.share != Share::Absent).then_some(points)
}

#[cfg(test)]
mod tests {
    use kaohe_core::{Change, Mark};

    use super::*;
    use crate::sample::{done, ledger_with, lines, self_score};

    #[test]
    fn scores_with_the_columns_of_the_contract() {
        let mut ledger = ledger_with("a01,1,,late,,3,,\na01,8,,unmet,,,,");
        ledger.apply(&done(2, self_score("a01", "media", "9.5")));
        let review = |unit: &str| Change::Review {
            unit: unit.into(),
            indicator: "release".into(),
            to: Mark::Reviewed,
        };
        ledger.apply(&done(3, review("a01")));
        let reason = Some("无此职能".to_owned());
        ledger.apply(&done(
            4,
            Change::NotApplicable { unit: "a01".into(), indicator: "basics".into(), reason },
        ));
        assert_eq!(
            lines(&score_table(&ledger, Some(0))),
            [
                "类别|编号|单位|指标|指标名称|满分|自评|扣分|得分|状态",
                "区直|a01|区教育局|1|主动公开信息|10||0.3|9.7|已复核",
                "区直|a01|区教育局|3|政务新媒体|10|9.5|0|10|未复核",
                "区直|a01|区教育局|4|基础信息公开|4||0|4|不涉及",
                "区直|a01|区教育局|8|依申请公开|10||10|0|未复核",
            ]
        );
        let all = score_table(&ledger, None);
        let units: Vec<String> =
            lines(&all).iter().skip(1).map(|it| it.split('|').nth(1).unwrap().to_owned()).collect();
        assert_eq!(units.join(" "), "a01 a01 a01 a01 a02 a02 a02 a02 b01 b01 b01 b02 b02 b02");
    }
}

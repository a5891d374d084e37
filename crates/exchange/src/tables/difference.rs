//! 自评与复核的差异: what the office looks at first.

use kaohe_core::Ledger;

use super::units_in_order;
use crate::table::{Column, Table, Value};
use crate::words;

/// Returns every indicator that has a self-score, of one unit or of all, in the order of the scores. 差额 is 自评
/// less 复核, so it is positive where a unit thinks better of itself than the office does.
pub fn difference_table(ledger: &Ledger, unit_idx: Option<usize>) -> Table {
    let mut table = Table::new(vec![
        Column::text("类别"),
        Column::text("编号"),
        Column::text("单位"),
        Column::text("指标"),
        Column::text("指标名称"),
        Column::number("满分"),
        Column::number("自评"),
        Column::number("复核"),
        Column::number("差额"),
        Column::text("状态"),
        Column::text("失分原因"),
        Column::text("自评说明"),
    ]);
    for unit_idx in units_in_order(ledger, unit_idx) {
        let unit = ledger.unit(unit_idx);
        let cells = &ledger.sheet(unit_idx).cells;
        for (indicator_idx, indicator) in ledger.rubric_of(unit_idx).indicators().enumerate() {
            let Some(self_score) = &cells[indicator_idx].self_score else { continue };
            let score = &ledger.score(unit_idx).indicators[indicator_idx];
            table.rows.push(vec![
                Value::text(unit.track.as_str()),
                Value::text(unit.id.as_str()),
                Value::text(&unit.name),
                Value::text(&indicator.number),
                Value::text(&indicator.name),
                score.points.into(),
                self_score.points.into(),
                score.decided().into(),
                score.decided().map(|it| self_score.points - it).into(),
                Value::text(words::indicator_state(score)),
                Value::text(words::losses(ledger, unit_idx, indicator_idx)),
                Value::text(&self_score.note),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{done, ledger_with, lines, self_score};

    #[test]
    fn gives_the_difference_and_its_reason() {
        let mut ledger = ledger_with("a01,1,,late,,3,,");
        ledger.apply(&done(2, self_score("a01", "release", "10")));
        ledger.apply(&done(3, self_score("b01", "media", "19.5")));
        assert_eq!(
            lines(&difference_table(&ledger, None)),
            [
                "类别|编号|单位|指标|指标名称|满分|自评|复核|差额|状态|失分原因|自评说明",
                "区直|a01|区教育局|1|主动公开信息|10|10|9.7|0.3|未复核|逾期未完成 0.1×3次|",
                "乡镇|b01|河坝镇|2|政务新媒体|20|19.5|20|-0.5|未复核||",
            ]
        );
        assert_eq!(difference_table(&ledger, Some(2)).rows.len(), 0);
    }
}

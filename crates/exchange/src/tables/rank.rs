//! `rank`: 排名.

use kaohe_core::{Ledger, RankOptions, Standing, rank};

use crate::table::{Column, Table, Value};
use crate::words;

/// Returns the ranking of one class, or of all: class in rubric order, then rank, then roster order.
pub fn rank_table(ledger: &Ledger, rubric_idx: Option<usize>, options: RankOptions) -> Table {
    let mut table = Table::new(vec![
        Column::text("类别"),
        Column::number("名次"),
        Column::text("并列"),
        Column::text("编号"),
        Column::text("单位"),
        Column::number("满分"),
        Column::number("自评"),
        Column::number("扣分"),
        Column::number("得分"),
        Column::number("得分率"),
        Column::text("状态"),
        Column::text("已复核"),
    ]);
    let has_grades = has_grades(ledger);
    if has_grades {
        table.columns.push(Column::text("等次"));
    }
    let all = 0..ledger.rubrics().len();
    for rubric_idx in all.filter(|it| rubric_idx.is_none_or(|only| only == *it)) {
        for standing in rank(ledger, rubric_idx, options) {
            let mut row = row(ledger, standing);
            if has_grades {
                row.push(Value::text(grade(ledger, standing).unwrap_or_default()));
            }
            table.rows.push(row);
        }
    }
    table
}

/// Says whether any class has grades; a table has a column for them only then.
fn has_grades(ledger: &Ledger) -> bool {
    ledger.rubrics().iter().any(|it| !it.grades.is_empty())
}

/// Returns the grade of a unit that is ranked.
fn grade(ledger: &Ledger, standing: Standing) -> Option<&str> {
    standing.rank?;
    let grade_idx = ledger.score(standing.unit_idx).grade?;
    Some(&ledger.rubric_of(standing.unit_idx).grades[grade_idx].name)
}

fn row(ledger: &Ledger, standing: Standing) -> Vec<Value> {
    let unit = ledger.unit(standing.unit_idx);
    let score = ledger.score(standing.unit_idx);
    vec![
        Value::text(unit.track.as_str()),
        standing.rank.map_or(Value::Empty, Value::count),
        Value::text(if standing.is_tied { "是" } else { "" }),
        Value::text(unit.id.as_str()),
        Value::text(&unit.name),
        score.points.into(),
        score.self_score.into(),
        score.decided().map(|_| score.lost()).into(),
        score.decided().into(),
        score.decided().and_then(|it| it.percent_of(score.points)).into(),
        Value::text(words::total_state(score)),
        Value::text(format!("{}/{}", score.n_settled, score.indicators.len())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{done, import, ledger, lines, review, self_score};

    #[test]
    fn ranks_with_the_columns_of_the_contract() {
        let mut ledger = ledger();
        import(&mut ledger, 1, "a01,1,,late,,3,,\nb01,1,,late,,1,,\nb02,2,,stale,,1,,");
        review(&mut ledger, 2, &[1, 2, 3]);
        for (n, (indicator, points)) in
            [("release", "10"), ("media", "9.5"), ("basics", "4"), ("request", "10")].into_iter().enumerate()
        {
            ledger.apply(&done(3 + n as u64, self_score("a01", indicator, points)));
        }
        let header = "类别|名次|并列|编号|单位|满分|自评|扣分|得分|得分率|状态|已复核";
        assert_eq!(
            lines(&rank_table(&ledger, None, RankOptions::default())),
            [
                header,
                "区直|1||a02|区财政局（国资办）|34||0|34|100|已复核|4/4",
                "区直|||a01|区教育局|34|33.5|0.3|33.7|99.1|未复核|0/4",
                "乡镇|1|是|b01|河坝镇|60||0.1|59.9|99.8|已复核|3/3",
                "乡镇|1|是|b02|北洲子镇|60||0.1|59.9|99.8|已复核|3/3",
            ]
        );
        assert_eq!(
            lines(&rank_table(&ledger, Some(0), RankOptions { provisional: true })),
            [
                header,
                "区直|1||a02|区财政局（国资办）|34||0|34|100|已复核|4/4",
                "区直|2||a01|区教育局|34|33.5|0.3|33.7|99.1|未复核|0/4",
            ]
        );
    }
}

//! Whose score or rank moves: by another rubric (`rubric diff`), or with damaged records (`repair`).

use kaohe_core::{Ledger, Move};

use crate::table::{Column, Table, Value};

/// Returns these units with their scores and ranks. `before` is the year before they moved.
pub fn moves_table(before: &Ledger, moves: &[Move]) -> Table {
    let mut table = Table::new(vec![
        Column::text("类别"),
        Column::text("编号"),
        Column::text("单位"),
        Column::number("得分"),
        Column::number("新得分"),
        Column::number("变化"),
        Column::number("名次"),
        Column::number("新名次"),
    ]);
    table.rows.extend(moves.iter().map(|it| row(before, it)));
    table
}

fn row(before: &Ledger, moved: &Move) -> Vec<Value> {
    let unit = before.unit(moved.unit_idx);
    let rank = |it: Option<usize>| it.map_or(Value::Empty, Value::count);
    vec![
        Value::text(unit.track.as_str()),
        Value::text(unit.id.as_str()),
        Value::text(&unit.name),
        moved.score_before.into(),
        moved.score_after.into(),
        moved.difference().into(),
        rank(moved.rank_before),
        rank(moved.rank_after),
    ]
}

#[cfg(test)]
mod tests {
    use kaohe_core::{Measure, RankOptions, rubric_change};

    use super::*;
    use crate::sample::{deduct, done, ledger, lines, rubrics, with};

    #[test]
    fn lists_who_moves_with_both_scores_and_ranks() {
        let records = [
            done(1, with(deduct("a01", "media", "stale"), |it| it.count = 4)),
            done(2, with(deduct("a02", "release", "late"), |it| it.count = 5)),
            done(3, deduct("b01", "media", "stale")),
        ];
        let mut before = ledger();
        before.extend(&records);
        let mut dearer = rubrics().remove(0);
        dearer.sections[0].indicators[1].rules[2].measure =
            Measure::Count { each: "0.2".parse().unwrap(), unit: "次".to_owned() };
        let change = |provisional| {
            rubric_change(&before, &records, dearer.clone(), RankOptions { provisional }).unwrap()
        };
        let header = "类别|编号|单位|得分|新得分|变化|名次|新名次";
        assert_eq!(
            lines(&moves_table(&before, &change(true).moved)),
            [header, "区直|a01|区教育局|33.6|33.2|-0.4|1|2", "区直|a02|区财政局（国资办）|33.5|33.5|0|2|1",]
        );
        assert_eq!(
            lines(&moves_table(&before, &change(false).moved)),
            [header, "区直|a01|区教育局|33.6|33.2|-0.4||"]
        );
    }
}

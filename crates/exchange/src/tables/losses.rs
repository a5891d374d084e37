//! `losses`: where points were lost, rule by rule, and who lost them.

use std::cmp::Reverse;

use kaohe_core::{ClassLosses, Ledger, Loss, Points, losses};

use crate::table::{Column, Table, Value};
use crate::words;

/// Returns what took points from the units of one class, or of all, the most costly first; 失分 adds up to what they have
/// lost together, and 占比 is in percent of that. Units whose total is undecided are left out.
pub fn losses_table(ledger: &Ledger, rubric_idx: Option<usize>) -> Table {
    let mut columns = cause_columns();
    columns.extend([
        Column::number("次数"),
        Column::number("失分"),
        Column::number("单位数"),
        Column::number("占比"),
    ]);
    let mut table = Table::new(columns);
    let classes = classes(ledger, rubric_idx);
    let lost: Points = classes.iter().map(|it| it.lost).sum();
    for (class, loss) in lines(&classes) {
        let mut row = cause(ledger, class, loss);
        row.extend([
            count(loss.n_occurrences),
            loss.points.into(),
            Value::count(loss.units.len()),
            loss.points.percent_of(lost).into(),
        ]);
        table.rows.push(row);
    }
    table
}

/// Returns the same unit by unit: below each cause whom it took points from, the most first; 占比 is in percent of what
/// the cause took.
pub fn loss_units_table(ledger: &Ledger, rubric_idx: Option<usize>) -> Table {
    let mut columns = cause_columns();
    columns.extend([
        Column::text("编号"),
        Column::text("单位"),
        Column::number("次数"),
        Column::number("失分"),
        Column::number("占比"),
    ]);
    let mut table = Table::new(columns);
    let classes = classes(ledger, rubric_idx);
    for (class, loss) in lines(&classes) {
        for unit in &loss.units {
            let mut row = cause(ledger, class, loss);
            let of_roster = ledger.unit(unit.unit_idx);
            row.extend([
                Value::text(of_roster.id.as_str()),
                Value::text(&of_roster.name),
                count(unit.n_occurrences),
                unit.points.into(),
                unit.points.percent_of(loss.points).into(),
            ]);
            table.rows.push(row);
        }
    }
    table
}

fn classes(ledger: &Ledger, rubric_idx: Option<usize>) -> Vec<ClassLosses> {
    let mut classes = losses(ledger);
    classes.retain(|it| rubric_idx.is_none_or(|only| only == it.rubric_idx));
    classes
}

/// Returns the causes of all classes, each with its class.
fn lines(classes: &[ClassLosses]) -> Vec<(&ClassLosses, &Loss)> {
    let mut lines: Vec<(&ClassLosses, &Loss)> =
        classes.iter().flat_map(|class| class.lines.iter().map(move |it| (class, it))).collect();
    lines.sort_by_key(|it| Reverse(it.1.points));
    lines
}

fn cause_columns() -> Vec<Column> {
    ["类别", "指标", "指标名称", "规则"].map(Column::text).to_vec()
}

fn cause(ledger: &Ledger, class: &ClassLosses, loss: &Loss) -> Vec<Value> {
    let rubric = &ledger.rubrics()[class.rubric_idx];
    let indicator = loss.cause.indicator_idx().map(|it| rubric.indicator(it));
    vec![
        Value::text(rubric.track.as_str()),
        Value::text(indicator.map_or("", |it| it.number.as_str())),
        Value::text(indicator.map_or("", |it| it.name.as_str())),
        Value::text(words::cause(rubric, loss.cause)),
    ]
}

/// Returns how many occurrences; nothing where nothing is counted.
fn count(n_occurrences: u64) -> Value {
    if n_occurrences == 0 { Value::Empty } else { Value::Count(n_occurrences) }
}

#[cfg(test)]
mod tests {
    use super::{loss_units_table, losses_table};
    use crate::sample::{ledger_with, lines};

    #[test]
    fn the_costliest_rule_comes_first_and_caps_count() {
        let ledger = ledger_with(
            "a01,3,,incident,,4,,\na02,3,,stale,,2,,\na01,3,,stale,,1,,\nb01,3,,unmet,,,,\nb02,1,,late,,3,,",
        );
        assert_eq!(
            lines(&losses_table(&ledger, None)),
            [
                "类别|指标|指标名称|规则|次数|失分|单位数|占比",
                "乡镇|3|依申请公开|未按要求|1|20|1|84.7",
                "区直|3|政务新媒体|严重问题|4|3|1|12.7",
                "区直|3|政务新媒体|更新超期|3|0.3|2|1.3",
                "乡镇|1|主动公开信息|逾期未完成|3|0.3|1|1.3",
            ]
        );
        assert_eq!(
            lines(&loss_units_table(&ledger, Some(0))),
            [
                "类别|指标|指标名称|规则|编号|单位|次数|失分|占比",
                "区直|3|政务新媒体|严重问题|a01|区教育局|4|3|100",
                "区直|3|政务新媒体|更新超期|a02|区财政局（国资办）|2|0.2|66.7",
                "区直|3|政务新媒体|更新超期|a01|区教育局|1|0.1|33.3",
            ]
        );
    }
}

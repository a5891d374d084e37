//! `losses`: where points were lost, rule by rule.

use kaohe_core::{Cause, ClassLosses, Ledger, Loss, losses};

use crate::table::{Column, Table, Value};
use crate::words;

/// Returns what took points from the units of one class, or of all, the most costly first; 失分 adds up to what they have
/// lost together, and 占比 is in percent of that. Units whose total is undecided are left out.
pub fn losses_table(ledger: &Ledger, rubric_idx: Option<usize>) -> Table {
    let mut table = Table::new(vec![
        Column::text("类别"),
        Column::text("指标"),
        Column::text("指标名称"),
        Column::text("规则"),
        Column::number("次数"),
        Column::number("失分"),
        Column::number("单位数"),
        Column::number("占比"),
        Column::text("单位"),
    ]);
    let mut classes = losses(ledger);
    classes.retain(|it| rubric_idx.is_none_or(|only| only == it.rubric_idx));
    let lost = classes.iter().map(|it| it.lost).sum();
    let of_class = |class: &'_ ClassLosses| -> Vec<(usize, Loss)> {
        class.lines.iter().map(|it| (class.rubric_idx, it.clone())).collect()
    };
    let mut lines: Vec<(usize, Loss)> = classes.iter().flat_map(of_class).collect();
    lines.sort_by_key(|it| std::cmp::Reverse(it.1.points));
    for (rubric_idx, loss) in lines {
        let rubric = &ledger.rubrics()[rubric_idx];
        let indicator = loss.cause.indicator_idx().map(|it| rubric.indicator(it));
        let is_counted = matches!(loss.cause, Cause::Rule { .. });
        let n_occurrences = usize::try_from(loss.n_occurrences).unwrap_or(usize::MAX);
        let name = |it: &kaohe_core::UnitLoss| format!("{} {}", ledger.unit(it.unit_idx).name, it.points);
        table.rows.push(vec![
            Value::text(rubric.track.as_str()),
            Value::text(indicator.map_or("", |it| it.number.as_str())),
            Value::text(indicator.map_or("", |it| it.name.as_str())),
            Value::text(words::cause(rubric, loss.cause)),
            if is_counted { Value::count(n_occurrences) } else { Value::Empty },
            loss.points.into(),
            Value::count(loss.units.len()),
            loss.points.percent_of(lost).into(),
            Value::text(loss.units.iter().map(name).collect::<Vec<_>>().join("、")),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{ledger_with, lines};

    #[test]
    fn the_costliest_rule_comes_first_and_caps_count() {
        let ledger = ledger_with(
            "a01,3,,incident,,4,,\na02,3,,stale,,2,,\na01,3,,stale,,1,,\nb01,3,,unmet,,,,\nb02,1,,late,,3,,",
        );
        let header = "类别|指标|指标名称|规则|次数|失分|单位数|占比|单位";
        assert_eq!(
            lines(&losses_table(&ledger, None)),
            [
                header,
                "乡镇|3|依申请公开|未按要求|1|20|1|84.7|河坝镇 20",
                "区直|3|政务新媒体|严重问题|4|3|1|12.7|区教育局 3",
                "区直|3|政务新媒体|更新超期|3|0.3|2|1.3|区财政局（国资办） 0.2、区教育局 0.1",
                "乡镇|1|主动公开信息|逾期未完成|3|0.3|1|1.3|北洲子镇 0.3",
            ]
        );
        assert_eq!(
            lines(&losses_table(&ledger, Some(0)))[1..],
            [
                "区直|3|政务新媒体|严重问题|4|3|1|90.9|区教育局 3",
                "区直|3|政务新媒体|更新超期|3|0.3|2|9.1|区财政局（国资办） 0.2、区教育局 0.1",
            ]
        );
    }
}

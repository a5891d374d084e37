//! `entries`: 扣分明细. The first columns are those of the import, so that an export can be imported again.

use kaohe_core::{Entry, Ledger};

use super::{ToLocal, units_and_retired};
use crate::entries_in::ENTRY_COLUMNS;
use crate::table::{Align, Column, Table, Value};

/// Whether an entry stands or was withdrawn; an import leaves withdrawn ones out.
pub(crate) const STATE: &str = "记录状态";
/// [`STATE`] of an entry that stands. It may still cost nothing, for a cap or a dearer one of its event.
pub(crate) const IN_FORCE: &str = "有效";
/// [`STATE`] of an entry that was withdrawn.
pub(crate) const WITHDRAWN: &str = "已撤回";
/// [`STATE`] of an entry of a unit that is retired; an import leaves it out.
pub(crate) const RETIRED: &str = "单位已停用";
/// The columns that only an export has. An import knows them, and heeds [`STATE`] alone.
pub(crate) const EXPORT_ONLY: [&str; 9] =
    ["单位编号", "类别", "每次扣分", "小计", STATE, "撤回原因", "记录人", "记录时间", "记录编号"];
/// The columns of numbers.
const NUMBERS: [&str; 4] = ["次数", "分值", "每次扣分", "小计"];

/// Returns every entry of one unit by its place in the roster, or of all, withdrawn ones included: class in
/// rubric order, then roster order, who is retired last in the class, then the rubric's order, then as recorded.
///
/// 小计 is what the entry costs by itself, before caps and the bounds of its indicator.
pub fn entries_table(ledger: &Ledger, unit_idx: Option<usize>, to_local: ToLocal<'_>) -> Table {
    let column = |name: &'static str| {
        let align = if NUMBERS.contains(&name) { Align::Right } else { Align::Left };
        Column { name: name.into(), align }
    };
    let mut table = Table::new(ENTRY_COLUMNS.into_iter().chain(EXPORT_ONLY).map(column).collect());
    for unit_idx in units_and_retired(ledger, unit_idx) {
        for (indicator_idx, cell) in ledger.sheet(unit_idx).cells.iter().enumerate() {
            for entry in &cell.entries {
                let mut row = import_cells(ledger, unit_idx, indicator_idx, entry);
                row.extend(export_cells(ledger, unit_idx, entry, to_local));
                table.rows.push(row);
            }
        }
    }
    table
}

/// Returns the cells under [`ENTRY_COLUMNS`].
fn import_cells(ledger: &Ledger, unit_idx: usize, indicator_idx: usize, entry: &Entry) -> Vec<Value> {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let deduction = &entry.deduction;
    let item = deduction.item.as_ref().map_or(String::new(), |it| format!("{}.{it}", indicator.number));
    vec![
        Value::text(&ledger.unit(unit_idx).name),
        Value::text(&indicator.name),
        Value::text(item),
        Value::text(&indicator.rules[entry.rule_idx].label),
        Value::text(deduction.level.as_deref().unwrap_or_default()),
        Value::Count(deduction.count.into()),
        deduction.amount.into(),
        Value::text(deduction.date.to_string()),
        Value::text(&deduction.note),
        Value::text(&deduction.source),
        Value::text(deduction.event.as_deref().unwrap_or_default()),
        Value::text(deduction.value.map_or(String::new(), |it| it.to_string())),
        Value::text(deduction.modifier.as_deref().unwrap_or_default()),
        Value::text(deduction.target.map_or(String::new(), |it| it.to_string())),
    ]
}

/// Returns the cells under [`EXPORT_ONLY`].
fn export_cells(ledger: &Ledger, unit_idx: usize, entry: &Entry, to_local: ToLocal<'_>) -> Vec<Value> {
    let unit = ledger.unit(unit_idx);
    let withdrawn = entry.withdrawn.as_ref();
    vec![
        Value::text(unit.id.as_str()),
        Value::text(unit.track.as_str()),
        entry.each.into(),
        entry.cost.into(),
        Value::text(match withdrawn {
            Some(_) => WITHDRAWN,
            None if unit.is_retired() => RETIRED,
            None => IN_FORCE,
        }),
        Value::text(withdrawn.map_or("", |it| it.reason.as_str())),
        Value::text(&entry.author.by),
        Value::text(to_local(entry.author.at)),
        Value::text(entry.id.to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use kaohe_core::{Change, Deduction};

    use super::*;
    use crate::csv_out::{Encoding, to_csv};
    use crate::entries_in::read_entries;
    use crate::sample::{TODAY, done, ledger, ledger_with, lines, to_local};

    fn sample() -> Ledger {
        let mut ledger = ledger_with(
            "a01,3,,notice,省级,2,,\n区财政局（国资办）,4,4.2,质量欠缺,,1,0.5,=粗略，“见附件”\nb01,3,,1,,,,\na01,1,,late,,3,,",
        );
        let withdraw = Change::Withdraw { entry: "1.4@zhang".parse().unwrap(), reason: "误记".to_owned() };
        ledger.apply(&done(2, withdraw));
        ledger
    }

    #[test]
    fn lists_everything_of_an_entry() {
        assert_eq!(
            lines(&entries_table(&sample(), None, &to_local)),
            [
                "单位|指标|评分要点|规则|档次|次数|分值|日期|说明|依据|事项|数值|倍数|任务数|单位编号|类别|每次扣分|小计|记录状态|撤回原因|记录人|记录时间|记录编号",
                "区教育局|主动公开信息||逾期未完成||3||2023-12-01|||||||a01|区直|0.1|0.3|已撤回|误记|张三|时刻1|1.4@zhang",
                "区教育局|政务新媒体||通报批评|省级|2||2023-12-01|||||||a01|区直|0.5|1|有效||张三|时刻1|1.1@zhang",
                "区财政局（国资办）|基础信息公开|4.2|质量欠缺||1|0.5|2023-12-01|=粗略，“见附件”||||||a02|区直|0.5|0.5|有效||张三|时刻1|1.2@zhang",
                "河坝镇|依申请公开||未按要求||1||2023-12-01|||||||b01|乡镇|0|0|有效||张三|时刻1|1.3@zhang",
            ]
        );
    }

    #[test]
    fn export_imports_to_the_same_deductions() {
        let sample = sample();
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            let csv = to_csv(&entries_table(&sample, None, &to_local), encoding);
            let read = read_entries(&csv, "明细.csv", &ledger(), TODAY).unwrap();
            assert_eq!(read.n_withdrawn, 1);
            let ids = ["1.1@zhang", "1.2@zhang", "1.3@zhang"].map(|it| it.parse().unwrap());
            let expected =
                ids.map(|id| Change::Deduct(Deduction::clone(&sample.entry(&id).unwrap().deduction)));
            assert_eq!(read.changes, expected);
        }
    }
}

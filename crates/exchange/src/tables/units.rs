//! `units`: 名录, so that it can be imported again.

use kaohe_core::{Roster, Unit};

use crate::table::{Column, Table, Value};
use crate::units_in::RETIRED;

/// Stands between the tags of a unit.
pub const TAG_SEPARATOR: char = ';';

/// Returns the roster, in its order; why units are retired has a column where any is.
pub fn units_table(roster: &Roster) -> Table {
    let names = ["编号", "单位", "类别", "简称", "拼音", "标签", "备注"];
    let mut table = Table::new(names.map(Column::text).to_vec());
    let has_retired = roster.units.iter().any(Unit::is_retired);
    table.columns.extend(has_retired.then(|| Column::text(RETIRED)));
    for unit in &roster.units {
        let mut row = vec![
            Value::text(unit.id.as_str()),
            Value::text(&unit.name),
            Value::text(unit.track.as_str()),
            Value::text(&unit.short),
            Value::text(&unit.pinyin),
            Value::text(unit.tags.join(&TAG_SEPARATOR.to_string())),
            Value::text(&unit.note),
        ];
        row.extend(has_retired.then(|| Value::text(&unit.retired)));
        table.rows.push(row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv_out::{Encoding, to_csv};
    use crate::sample::{lines, roster, rubrics};
    use crate::units_in::read_units;

    #[test]
    fn lists_units_with_all_they_have() {
        assert_eq!(
            lines(&units_table(&roster()))[..3],
            [
                "编号|单位|类别|简称|拼音|标签|备注",
                "a01|区教育局|区直|教育局|||",
                "b01|河坝镇|乡镇|||重点;沿湖|=含集镇"
            ]
        );
    }

    #[test]
    fn export_can_be_imported_again() {
        let tracks: Vec<_> = rubrics().into_iter().map(|it| it.track).collect();
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            let csv = to_csv(&units_table(&roster()), encoding);
            assert_eq!(read_units(&csv, "名录.csv", &tracks), Ok(roster()));
            let mut roster = roster();
            roster.units[1].retired = "并入金盆镇".to_owned();
            let csv = to_csv(&units_table(&roster), encoding);
            assert_eq!(read_units(&csv, "名录.csv", &tracks), Ok(roster));
        }
    }
}

//! RON: a list with one map per row, keyed by the columns' Chinese names.
//!
//! `{"类别": "区直", "名次": 1, "自评": None}`: texts and numbers stand plain, an empty cell is `None`. Reads as
//! `Vec<BTreeMap<String, ron::Value>>`; a typed reader allows the extension `implicit_some`.

use std::fmt::Write as _;

use crate::table::{Table, Value};

/// Returns the table as RON.
pub fn to_ron(table: &Table) -> String {
    let mut ron = String::from("[\n");
    for row in &table.rows {
        ron.push_str("    {");
        for (idx, (column, value)) in table.columns.iter().zip(row).enumerate() {
            ron.push_str(if idx == 0 { "" } else { ", " });
            push_quoted(&mut ron, &column.name);
            ron.push_str(": ");
            match value {
                Value::Empty => ron.push_str("None"),
                Value::Text(text) => push_quoted(&mut ron, text),
                Value::Number(points) => ron.push_str(&points.to_string()),
                Value::Count(count) => ron.push_str(&count.to_string()),
            }
        }
        ron.push_str("},\n");
    }
    ron.push_str("]\n");
    ron
}

/// Writes a RON string in which every row stays one line.
fn push_quoted(ron: &mut String, text: &str) {
    ron.push('"');
    for letter in text.chars() {
        match letter {
            '"' => ron.push_str("\\\""),
            '\\' => ron.push_str("\\\\"),
            '\n' => ron.push_str("\\n"),
            '\r' => ron.push_str("\\r"),
            '\t' => ron.push_str("\\t"),
            it if it.is_control() => {
                write!(ron, "\\u{{{:x}}}", u32::from(it)).expect("writing to a string does not fail");
            }
            it => ron.push(it),
        }
    }
    ron.push('"');
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::table::Column;

    type Read = Vec<BTreeMap<String, ron::Value>>;

    #[test]
    fn writes_plain_numbers_and_none() {
        let mut table =
            Table::new(vec![Column::text("类别"), Column::number("扣分"), Column::number("名次")]);
        assert_eq!(to_ron(&table), "[\n]\n");
        table.rows.push(vec![Value::text("区\"直\"\\"), Value::Number("0.1".parse().unwrap()), Value::Empty]);
        table.rows.push(vec![Value::text("乡\n镇"), Value::Number("-3".parse().unwrap()), Value::Count(2)]);
        let written = to_ron(&table);
        assert_eq!(
            written,
            "[\n    {\"类别\": \"区\\\"直\\\"\\\\\", \"扣分\": 0.1, \"名次\": None},\n    \
             {\"类别\": \"乡\\n镇\", \"扣分\": -3, \"名次\": 2},\n]\n"
        );
        let read: Read = ron::from_str(&written).unwrap();
        assert_eq!(read[0]["名次"], ron::Value::Option(None));
        assert_eq!(read[1]["类别"], ron::Value::String("乡\n镇".to_owned()));
    }

    proptest! {
        #[test]
        fn any_text_reads_back(text in any::<String>()) {
            let mut table = Table::new(vec![Column::text("说明")]);
            table.rows.push(vec![Value::Text(text.clone())]);
            let read: Read = ron::from_str(&to_ron(&table)).unwrap();
            prop_assert_eq!(&read[0]["说明"], &ron::Value::String(text));
        }
    }
}

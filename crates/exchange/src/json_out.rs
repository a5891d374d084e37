//! JSON: an array with one object per row, keyed by the columns' Chinese names.

use crate::table::{Table, Value};

/// Returns the table as JSON. Numbers are written from their exact decimals, an empty cell is `null`.
pub fn to_json(table: &Table) -> String {
    let names: Vec<String> = table.columns.iter().map(|it| quoted(&it.name)).collect();
    let mut json = String::from("[");
    for (idx, row) in table.rows.iter().enumerate() {
        json.push_str(if idx == 0 { "\n  {" } else { ",\n  {" });
        for (idx, (name, value)) in names.iter().zip(row).enumerate() {
            json.push_str(if idx == 0 { "" } else { ", " });
            json.push_str(name);
            json.push_str(": ");
            match value {
                Value::Empty => json.push_str("null"),
                Value::Text(text) => json.push_str(&quoted(text)),
                Value::Number(points) => json.push_str(&points.to_string()),
                Value::Count(count) => json.push_str(&count.to_string()),
            }
        }
        json.push('}');
    }
    json.push_str(if table.rows.is_empty() { "]\n" } else { "\n]\n" });
    json
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("every text can be written as a JSON string")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Column;

    #[test]
    fn writes_plain_numbers_and_null() {
        let mut table =
            Table::new(vec![Column::text("单位"), Column::number("得分"), Column::number("名次")]);
        assert_eq!(to_json(&table), "[]\n");
        table.rows.push(vec![
            Value::text("区\"教育\"局\n"),
            Value::Number("-0.10".parse().unwrap()),
            Value::Count(1),
        ]);
        table.rows.push(vec![Value::text("河坝镇"), Value::Number("100".parse().unwrap()), Value::Empty]);
        let json = to_json(&table);
        assert_eq!(
            json,
            "[\n  {\"单位\": \"区\\\"教育\\\"局\\n\", \"得分\": -0.1, \"名次\": 1},\n  \
             {\"单位\": \"河坝镇\", \"得分\": 100, \"名次\": null}\n]\n"
        );
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read[1]["名次"], serde_json::Value::Null);
    }
}

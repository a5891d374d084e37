//! A table for the terminal: columns lined up by display cells, since 扣 takes two.

use unicode_width::UnicodeWidthStr;

use crate::fold::clean;
use crate::table::{Align, Column, Table, Value};

/// Stands between columns.
const GAP: &str = "  ";

/// Returns the table as lines for people, the header first. Line ends in a cell become spaces and control
/// characters are dropped: a note can neither break the table nor reach the terminal's controls.
pub fn to_text(table: &Table) -> String {
    let header: Vec<String> = table.columns.iter().map(|it| clean(&it.name)).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let mut widths: Vec<usize> = header.iter().map(|it| it.width()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut text = String::new();
    push_line(&mut text, &table.columns, &widths, &header);
    let rule: Vec<String> = widths.iter().map(|it| "-".repeat(*it)).collect();
    push_line(&mut text, &table.columns, &widths, &rule);
    for row in &rows {
        push_line(&mut text, &table.columns, &widths, row);
    }
    text
}

fn cell(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => clean(text),
        Value::Number(points) => points.to_string(),
        Value::Count(count) => count.to_string(),
    }
}

fn push_line(text: &mut String, columns: &[Column], widths: &[usize], cells: &[String]) {
    let mut line = String::new();
    for (idx, ((column, width), cell)) in columns.iter().zip(widths).zip(cells).enumerate() {
        line.push_str(if idx == 0 { "" } else { GAP });
        let spare = " ".repeat(width.saturating_sub(cell.width()));
        match column.align {
            Align::Left => line.extend([cell.as_str(), &spare]),
            Align::Right => line.extend([spare.as_str(), cell]),
        }
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_up_by_display_cells() {
        let mut table = Table::new(vec![Column::text("单位"), Column::number("得分"), Column::text("说明")]);
        table.rows.push(vec![
            Value::text("区教育局"),
            Value::Number("9.9".parse().unwrap()),
            Value::text("超期\n\u{1b}[31m三天\u{202e}"),
        ]);
        table.rows.push(vec![Value::text("ab"), Value::Count(100), Value::Empty]);
        assert_eq!(
            to_text(&table),
            "单位      得分  说明\n\
             --------  ----  -------------\n\
             区教育局   9.9  超期 [31m三天\n\
             ab         100\n"
        );
    }
}

//! CSV as spreadsheets on Chinese Windows open it: UTF-8 with a byte-order mark, or GB18030; CRLF; RFC 4180.

use std::borrow::Cow;

use crate::table::{Table, Value};

/// In which encoding CSV is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with a byte-order mark: without it, Excel on Chinese Windows shows garbage.
    #[default]
    Utf8,
    /// GB18030, which some systems ask for. Unlike GBK it has every character.
    Gb18030,
}

/// Returns the table as CSV.
pub fn to_csv(table: &Table, encoding: Encoding) -> Vec<u8> {
    let bom: &[u8] = match encoding {
        Encoding::Utf8 => "\u{FEFF}".as_bytes(),
        Encoding::Gb18030 => b"",
    };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bom.to_vec());
    let mut write = |cells: &mut dyn Iterator<Item = Cow<'_, str>>| {
        for cell in cells {
            writer.write_field(cell.as_bytes()).expect("writing to memory does not fail");
        }
        writer.write_record(None::<&[u8]>).expect("fields of one record may end anywhere");
    };
    write(&mut table.columns.iter().map(|it| harmless(&it.name)));
    for row in &table.rows {
        write(&mut row.iter().map(cell));
    }
    let utf8 = writer.into_inner().expect("writing to memory does not fail");
    match encoding {
        Encoding::Utf8 => utf8,
        Encoding::Gb18030 => gb18030(&utf8),
    }
}

fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(text) => harmless(text),
        Value::Number(points) => Cow::Owned(points.to_string()),
        Value::Count(count) => Cow::Owned(count.to_string()),
    }
}

/// Puts a `'` before a text that a spreadsheet would run as a formula.
fn harmless(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Returns the text that [`to_csv`] was given for a cell read back.
pub(crate) fn unneutralised(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|it| is_formula(it)).unwrap_or(cell)
}

/// Says whether the text begins like a formula. Quotes before that do not count, so that what is written for a
/// text that has its own `'` reads back as that text.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn gb18030(utf8: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(utf8);
    // The one character that the encoding's standard leaves out, for private use; it would become `&#58853;`.
    let text = text.replace('\u{E5E5}', "\u{FFFD}");
    encoding_rs::GB18030.encode(&text).0.into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::table::Column;

    fn one_cell(value: Value) -> Table {
        let mut table = Table::new(vec![Column::text("说明"), Column::number("分值")]);
        table.rows.push(vec![value, Value::Empty]);
        table
    }

    #[track_caller]
    fn check(value: Value, expected: &str) {
        let csv = String::from_utf8(to_csv(&one_cell(value), Encoding::Utf8)).unwrap();
        assert_eq!(csv, format!("\u{FEFF}说明,分值\r\n{expected},\r\n"));
    }

    #[test]
    fn numbers_stay_numbers() {
        check(Value::Number("-0.1".parse().unwrap()), "-0.1");
        check(Value::Number("100.0".parse().unwrap()), "100");
        check(Value::Count(7), "7");
        check(Value::Empty, "");
    }

    #[test]
    fn text_is_quoted_only_where_needed() {
        check(Value::text("超期，三天"), "超期，三天");
        check(Value::text("甲,乙"), "\"甲,乙\"");
        check(Value::text("他说\"好\"\n再说"), "\"他说\"\"好\"\"\n再说\"");
    }

    #[test]
    fn text_that_a_spreadsheet_would_run_is_neutralised() {
        for text in ["=1+2", "+86", "-0.1", "@SUM(A1)", "\t=1"] {
            check(Value::text(text), &format!("'{text}"));
        }
        check(Value::text("\r=1"), "\"'\r=1\"");
        check(Value::text("'=1"), "''=1");
        check(Value::text("'90后"), "'90后");
        check(Value::text("1-2"), "1-2");
    }

    #[test]
    fn headers_are_neutralised_too() {
        let table = Table::new(vec![Column::number("=类别")]);
        assert_eq!(to_csv(&table, Encoding::Utf8), "\u{FEFF}'=类别\r\n".as_bytes());
    }

    #[test]
    fn gb18030_has_every_character_and_no_mark() {
        let csv = to_csv(&one_cell(Value::text("𠮷和😀与\u{E5E5}")), Encoding::Gb18030);
        let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&csv).unwrap();
        assert_eq!(text, "说明,分值\r\n𠮷和😀与\u{FFFD},\r\n");
    }

    proptest! {
        #[test]
        fn gb18030_reads_back(text in "[^\u{E000}-\u{F8FF}\u{0}-\u{1F}]*") {
            let table = Table::new(vec![Column::text(text)]);
            let csv = to_csv(&table, Encoding::Gb18030);
            let read = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&csv).unwrap();
            let utf8 = to_csv(&table, Encoding::Utf8);
            prop_assert_eq!(format!("\u{FEFF}{read}").into_bytes(), utf8);
        }

        #[test]
        fn neutralised_text_reads_back(text in "['=+@\t甲-]{0,5}") {
            let written = harmless(&text);
            prop_assert_eq!(unneutralised(&written), text.as_str());
        }
    }
}

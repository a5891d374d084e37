//! Cutting delimited text into records, with the row numbers that a spreadsheet shows.
//!
//! The csv crate skips empty lines and takes an unclosed quotation mark for the rest of the file; here the first
//! would put every later row number wrong and the second would hide the fault.

use std::borrow::Cow;

/// Columns that a spreadsheet can have.
const MAX_COLUMNS: usize = 16_384;

/// One row. Line ends within quotation marks do not end it, so it may be several lines of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record<'t> {
    /// From 1, empty rows counted.
    pub row: usize,
    pub cells: Vec<Cow<'t, str>>,
}

/// Why the text cannot be cut further.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RecordFault {
    /// A quotation mark that opens a cell in this row is never closed.
    OpenQuote { row: usize },
    /// More columns than a spreadsheet can have.
    TooWide { row: usize },
}

/// The records of a text, in order; ends after the first fault.
pub(crate) struct Records<'t> {
    text: &'t str,
    delimiter: u8,
    at: usize,
    row: usize,
}

impl<'t> Records<'t> {
    /// `delimiter` is an ASCII character.
    pub fn new(text: &'t str, delimiter: u8) -> Records<'t> {
        Records { text, delimiter, at: 0, row: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).expect("cut at ASCII characters only")
    }

    fn record(&mut self) -> Result<Record<'t>, RecordFault> {
        let row = self.row;
        let mut cells = Vec::new();
        loop {
            let cell = self.cell().ok_or(RecordFault::OpenQuote { row })?;
            if cells.len() == MAX_COLUMNS {
                return Err(RecordFault::TooWide { row });
            }
            cells.push(cell);
            match self.byte() {
                Some(it) if it == self.delimiter => self.at += 1,
                Some(b'\r') => {
                    self.at += 1;
                    self.at += usize::from(self.byte() == Some(b'\n'));
                    break;
                }
                Some(_) => {
                    self.at += 1;
                    break;
                }
                None => break,
            }
        }
        Ok(Record { row, cells })
    }

    /// Returns the next cell and stops before what ends it; nothing where its quotation mark is never closed.
    fn cell(&mut self) -> Option<Cow<'t, str>> {
        if self.byte() != Some(b'"') {
            return Some(Cow::Borrowed(self.plain()));
        }
        let mut cell = Cow::Borrowed("");
        loop {
            self.at += 1;
            let from = self.at;
            let length = self.text.as_bytes().iter().skip(from).position(|it| *it == b'"')?;
            push(&mut cell, self.slice(from, from + length));
            self.at = from + length + 1;
            if self.byte() != Some(b'"') {
                break;
            }
            push(&mut cell, "\"");
        }
        // What follows the closing mark belongs to the cell, as spreadsheets have it.
        push(&mut cell, self.plain());
        Some(cell)
    }

    fn plain(&mut self) -> &'t str {
        let from = self.at;
        let ends = |it: &u8| *it == self.delimiter || *it == b'\n' || *it == b'\r';
        let rest = self.text.as_bytes().iter().skip(from);
        self.at = rest.clone().position(ends).map_or(self.text.len(), |it| from + it);
        self.slice(from, self.at)
    }
}

fn push<'t>(cell: &mut Cow<'t, str>, part: &'t str) {
    if cell.is_empty() {
        *cell = Cow::Borrowed(part);
    } else if !part.is_empty() {
        cell.to_mut().push_str(part);
    }
}

impl<'t> Iterator for Records<'t> {
    type Item = Result<Record<'t>, RecordFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        self.row += 1;
        let record = self.record();
        if record.is_err() {
            self.at = self.text.len();
        }
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let records: Vec<Record> = Records::new(text, b',').map(Result::unwrap).collect();
        assert_eq!(records.iter().map(|it| &it.cells).collect::<Vec<_>>(), expected);
        let rows: Vec<usize> = records.iter().map(|it| it.row).collect();
        assert_eq!(rows, (1..=expected.len()).collect::<Vec<_>>());
    }

    #[test]
    fn cuts_at_delimiters_and_any_line_end() {
        check("", &[]);
        check("甲,乙\r\n丙,丁\n戊,\r己", &[&["甲", "乙"], &["丙", "丁"], &["戊", ""], &["己"]]);
        check("甲,乙\n", &[&["甲", "乙"]]);
        check("甲\n\n乙\n", &[&["甲"], &[""], &["乙"]]);
    }

    #[test]
    fn quotation_marks_hold_a_cell_together() {
        check("\"甲,乙\",丙\n", &[&["甲,乙", "丙"]]);
        check("\"一\r\n二\"\n三\n", &[&["一\r\n二"], &["三"]]);
        check("\"他说\"\"好\"\"\",丙", &[&["他说\"好\"", "丙"]]);
        check("\"\",\"\"\"\"", &[&["", "\""]]);
        check("\"甲\"乙,丙\"丁\"", &[&["甲乙", "丙\"丁\""]]);
    }

    #[test]
    fn open_quotation_mark_is_a_fault_of_its_row() {
        let mut records = Records::new("甲\n乙,\"丙\n丁\n", b',');
        assert!(records.next().unwrap().is_ok());
        assert_eq!(records.next(), Some(Err(RecordFault::OpenQuote { row: 2 })));
        assert_eq!(records.next(), None);
    }

    #[test]
    fn absurd_width_is_a_fault() {
        let commas = ",".repeat(MAX_COLUMNS + 1);
        let records: Vec<_> = Records::new(&commas, b',').collect();
        assert_eq!(records, [Err(RecordFault::TooWide { row: 1 })]);
    }
}

//! Word documents: paragraphs and tables in the looks of an official document (GB/T 9704-2012), as bytes.
//!
//! The parts are written here rather than by `docx-rs`, which knows no repeated header row, no title of a document and no
//! default style, and whose order of elements is not the schema's. The same document is the same bytes, always.

mod body;
mod parts;
mod style;

use jiff::civil::Date;

pub(crate) use style::Style;

/// A document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// What programs call it; not printed.
    pub title: String,
    /// Who issues it; not printed.
    pub author: String,
    /// The day that it says it was made on, so that no clock is asked.
    pub made_on: Date,
    /// How its pages are laid out.
    pub page: Page,
    /// What is on them, in order.
    pub blocks: Vec<Block>,
}

/// How pages are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// A4 with the margins of an official document, 22 lines a page, and numbers outside at the foot.
    Official,
    /// A4 with small margins, for a form.
    Form,
}

/// A paragraph or a table.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    /// Its looks.
    pub style: Style,
    /// Its text.
    pub runs: Vec<Run>,
}

/// Text of one sort.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The text.
    pub text: String,
    /// Whether it stands for what a person still has to write; then it is marked by colour too.
    pub is_placeholder: bool,
}

/// A table that is as wide as the page.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Widths of the columns, in millimetres.
    pub widths: Vec<u32>,
    /// How many of the rows are repeated on each page.
    pub n_header_rows: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table. It is never broken over two pages.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Its cells; their spans add up to the columns.
    pub cells: Vec<Cell>,
    /// Millimetres that it is high at least; 0 for what its text needs.
    pub height: u32,
}

/// A cell.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Its text.
    pub paragraph: Paragraph,
    /// How many columns it takes.
    pub span: usize,
}

impl Document {
    /// Returns the document as a `.docx` file.
    pub fn to_bytes(&self) -> Vec<u8> {
        parts::pack(self)
    }
}

impl Paragraph {
    /// Returns a paragraph of plain text.
    pub fn new(style: Style, text: impl Into<String>) -> Paragraph {
        Paragraph { style, runs: vec![Run { text: text.into(), is_placeholder: false }] }
    }

    /// Returns a paragraph that stands for what a person still has to write, such as `〔请填写〕`.
    pub fn placeholder(style: Style, text: impl Into<String>) -> Paragraph {
        Paragraph { style, runs: vec![Run { text: text.into(), is_placeholder: true }] }
    }
}

impl Cell {
    /// Returns a cell of one column.
    pub fn new(style: Style, text: impl Into<String>) -> Cell {
        Cell { paragraph: Paragraph::new(style, text), span: 1 }
    }

    /// Returns the cell over so many columns.
    pub fn over(self, span: usize) -> Cell {
        Cell { span, ..self }
    }
}

impl Row {
    /// Returns a row as high as its text needs.
    pub fn new(cells: Vec<Cell>) -> Row {
        Row { cells, height: 0 }
    }

    /// Returns a row of texts in one style.
    pub fn of<T: Into<String>>(style: Style, texts: impl IntoIterator<Item = T>) -> Row {
        Row::new(texts.into_iter().map(|it| Cell::new(style, it)).collect())
    }
}

#[cfg(test)]
pub(crate) mod tests;

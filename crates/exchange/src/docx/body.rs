//! `document.xml`: paragraphs, tables, and how the pages are laid out.

use super::{Block, Cell, Document, Page, Paragraph, Row, Run, Table};
use crate::markup::escape;

/// Returns the content of `document.xml`.
pub(super) fn document(document: &Document, namespaces: &str) -> String {
    let mut xml = format!("<w:document {namespaces}><w:body>");
    for block in &document.blocks {
        match block {
            Block::Paragraph(it) => paragraph(&mut xml, it),
            Block::Table(it) => table(&mut xml, it),
        }
    }
    // A document must not end with a table.
    if matches!(document.blocks.last(), Some(Block::Table(_)) | None) {
        paragraph(&mut xml, &Paragraph { style: super::Style::TableText, runs: Vec::new() });
    }
    xml.push_str(&section(document.page));
    xml.push_str("</w:body></w:document>");
    xml
}

/// Returns a paragraph by itself.
pub(super) fn paragraph(xml: &mut String, it: &Paragraph) {
    xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>", it.style.looks().id));
    for run in &it.runs {
        xml.push_str(&text(run));
    }
    xml.push_str("</w:p>");
}

fn text(run: &Run) -> String {
    let looks = if run.is_placeholder { "<w:rPr><w:highlight w:val=\"yellow\"/></w:rPr>" } else { "" };
    format!("<w:r>{looks}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(&run.text))
}

/// Returns twentieths of a point.
pub(super) fn twips(millimetres: u32) -> u32 {
    millimetres * 14_400 / 254
}

fn table(xml: &mut String, it: &Table) {
    let widths: Vec<u32> = it.widths.iter().copied().map(twips).collect();
    let whole: u32 = widths.iter().sum();
    xml.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/>\
         <w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/></w:tblPr><w:tblGrid>"
    ));
    xml.extend(widths.iter().map(|it| format!("<w:gridCol w:w=\"{it}\"/>")));
    xml.push_str("</w:tblGrid>");
    for (idx, row) in it.rows.iter().enumerate() {
        table_row(xml, row, idx < it.n_header_rows, &widths);
    }
    xml.push_str("</w:tbl>");
}

fn table_row(xml: &mut String, row: &Row, is_header: bool, widths: &[u32]) {
    xml.push_str("<w:tr><w:trPr><w:cantSplit/>");
    if row.height > 0 {
        xml.push_str(&format!("<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", twips(row.height)));
    }
    if is_header {
        xml.push_str("<w:tblHeader/>");
    }
    xml.push_str("</w:trPr>");
    let mut columns = widths.iter();
    for Cell { paragraph: content, span } in &row.cells {
        let width: u32 = columns.by_ref().take(*span).sum();
        xml.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
        if *span > 1 {
            xml.push_str(&format!("<w:gridSpan w:val=\"{span}\"/>"));
        }
        xml.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
        paragraph(xml, content);
        xml.push_str("</w:tc>");
    }
    xml.push_str("</w:tr>");
}

fn section(page: Page) -> String {
    // Top, right, bottom, left and the foot's distance from the edge, in millimetres: GB/T 9704 has 天头 37 and 订口 28, the
    // text 156 x 225, and the number's upper edge 7 below the text.
    let (top, right, bottom, left, foot) = match page {
        Page::Official => (37, 26, 35, 28, 23),
        Page::Form => (15, 15, 15, 15, 7),
    };
    let [top, right, bottom, left, foot] = [top, right, bottom, left, foot].map(twips);
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" \
         w:left=\"{left}\" w:header=\"{foot}\" w:footer=\"{foot}\" w:gutter=\"0\"/><w:cols w:space=\"425\"/></w:sectPr>"
    )
}

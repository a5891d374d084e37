//! `.ods` (OpenDocument, part 3), as LibreOffice and WPS write it.

use std::collections::HashSet;

use super::formats::Shows;
use super::parts::{Parts, damaged, protected};
use super::shared_text::{append, number_value, text_value};
use super::xml::{Node, Tag, Xml, decoded};
use super::{Area, CellValue, MAX_SHEETS, Room, SheetCell, Spot, WorkSheet, Workbook};
use crate::dates::read_date;

/// Reads a workbook.
pub(super) fn read(parts: &mut Parts<'_>) -> Result<Workbook, String> {
    if let Some(manifest) = parts.read("META-INF/manifest.xml")?
        && decoded(&manifest)?.contains("encryption-data")
    {
        return Err(protected());
    }
    let mut reader = Reader::default();
    // Sheets are hidden by a style, which is in either part.
    if let Some(styles) = parts.read("styles.xml")? {
        reader.read(&decoded(&styles)?)?;
    }
    let content = parts.read("content.xml")?.ok_or_else(damaged)?;
    reader.read(&decoded(&content)?)?;
    if reader.workbook.sheets.is_empty() {
        return Err("没有工作表：这不是 .ods 表格，或已损坏".to_owned());
    }
    Ok(reader.workbook)
}

/// A cell, and in how many columns it stands.
struct RowCell {
    column: u32,
    value: CellValue,
    is_formula: bool,
    repeats: u32,
    spans: (u32, u32),
}

#[derive(Default)]
struct Reader {
    workbook: Workbook,
    hidden_styles: HashSet<String>,
    style: Option<String>,
    room: Option<Room>,
}

impl Reader {
    fn read(&mut self, text: &str) -> Result<(), String> {
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "style" => self.style = tag.attribute("name"),
                "table-properties" => {
                    let is_hidden = tag.attribute("display").is_some_and(|it| it == "false");
                    self.hidden_styles.extend(self.style.take().filter(|_| is_hidden));
                }
                // What was there before changes that are tracked.
                "tracked-changes" => xml.skip()?,
                "table" => {
                    if self.workbook.sheets.len() == MAX_SHEETS {
                        return Err(format!("工作表多于 {MAX_SHEETS} 张，没有读入"));
                    }
                    let style = tag.attribute("style-name").unwrap_or_default();
                    let sheet = WorkSheet {
                        name: tag.attribute("name").unwrap_or_default(),
                        is_hidden: self.hidden_styles.contains(&style),
                        ..WorkSheet::default()
                    };
                    let sheet = read_table(&mut xml, sheet, self.room.get_or_insert_with(Room::new))?;
                    self.workbook.sheets.push(sheet);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Reads the rows of a table, whose beginning was just read.
fn read_table(xml: &mut Xml<'_>, mut sheet: WorkSheet, room: &mut Room) -> Result<WorkSheet, String> {
    let mut next_row = 1_u32;
    let mut next_column = 1_u32;
    loop {
        match xml.next()?.ok_or_else(damaged)? {
            Node::Open(tag) => match tag.name() {
                "table-row" => {
                    let repeats = repeats(&tag, "number-rows-repeated");
                    let cells = read_row(xml)?;
                    if !cells.is_empty() {
                        push_row(&mut sheet, room, next_row, repeats, &cells)?;
                        if is_hidden(&tag) {
                            sheet.hidden_rows.extend(
                                sheet.cells.iter().rev().map(|it| it.at.row).take_while(|it| *it >= next_row),
                            );
                        }
                    }
                    next_row = next_row.saturating_add(repeats);
                }
                "table-column" => {
                    let repeats = repeats(&tag, "number-columns-repeated");
                    if is_hidden(&tag) {
                        room.hide_columns(&mut sheet, next_column, next_column.saturating_add(repeats - 1));
                    }
                    next_column = next_column.saturating_add(repeats);
                }
                // Groups of rows and columns only hold such.
                "table-row-group"
                | "table-rows"
                | "table-header-rows"
                | "table-column-group"
                | "table-columns"
                | "table-header-columns" => {}
                _ => xml.skip()?,
            },
            Node::Close(name) if name == "table" => return Ok(sheet.finish()),
            Node::Close(_) | Node::Text(_) => {}
        }
    }
}

/// Puts a row's cells into the sheet, as often as it repeats.
fn push_row(
    sheet: &mut WorkSheet,
    room: &mut Room,
    first_row: u32,
    repeats: u32,
    cells: &[RowCell],
) -> Result<(), String> {
    // What only says how far it spans is said once.
    for cell in cells {
        let first = Spot { row: first_row, column: cell.column };
        let (rows, columns) = cell.spans;
        let last =
            Spot { row: first_row.saturating_add(rows - 1), column: cell.column.saturating_add(columns - 1) };
        room.merge(sheet, Area { first, last });
    }
    if cells.iter().all(|it| it.repeats == 0) {
        return Ok(());
    }
    let filled: Vec<&RowCell> = cells.iter().filter(|it| it.repeats > 0).collect();
    for row in first_row..first_row.saturating_add(repeats) {
        for cell in &filled {
            for column in cell.column..cell.column.saturating_add(cell.repeats) {
                let at = Spot { row, column };
                let (value, is_formula) = (cell.value.clone(), cell.is_formula);
                room.push(sheet, SheetCell { at, value, is_formula })?;
            }
        }
    }
    Ok(())
}

/// Reads the cells of a row that hold something, up to its end.
fn read_row(xml: &mut Xml<'_>) -> Result<Vec<RowCell>, String> {
    let mut cells = Vec::new();
    let mut column = 1_u32;
    loop {
        match xml.next()?.ok_or_else(damaged)? {
            Node::Open(tag) if tag.is("table-cell") || tag.is("covered-table-cell") => {
                let repeats = repeats(&tag, "number-columns-repeated");
                let spans = (spans(&tag, "number-rows-spanned"), spans(&tag, "number-columns-spanned"));
                let is_formula = tag.attribute("formula").is_some();
                let text = read_text(xml)?;
                let value = value(&tag, &text);
                // An empty cell may be merged too, and then what it spans is known by it.
                let is_merged = spans != (1, 1);
                match value {
                    Some(value) => cells.push(RowCell { column, value, is_formula, repeats, spans }),
                    None if is_merged => {
                        let value = CellValue::Text("".into());
                        cells.push(RowCell { column, value, is_formula, repeats: 0, spans });
                    }
                    None => {}
                }
                column = column.saturating_add(repeats);
            }
            Node::Open(_) => xml.skip()?,
            Node::Close(_) => return Ok(cells),
            Node::Text(_) => {}
        }
    }
}

/// Returns the text of a cell up to its end, its remarks left out.
fn read_text(xml: &mut Xml<'_>) -> Result<String, String> {
    let mut text = String::new();
    let mut depth = 1_usize;
    let mut n_paragraphs = 0;
    while depth > 0 {
        match xml.next()?.ok_or_else(damaged)? {
            Node::Open(tag) => match tag.name() {
                "annotation" | "shapes" | "frame" | "table" => xml.skip()?,
                name => {
                    match name {
                        "p" if n_paragraphs > 0 => append(&mut text, "\n")?,
                        "s" => {
                            append(&mut text, &" ".repeat(tag.number("c").unwrap_or(1).min(1000) as usize))?
                        }
                        "tab" => append(&mut text, "\t")?,
                        "line-break" => append(&mut text, "\n")?,
                        _ => {}
                    }
                    n_paragraphs += usize::from(name == "p");
                    depth += 1;
                }
            },
            Node::Close(_) => depth -= 1,
            Node::Text(piece) if n_paragraphs > 0 => append(&mut text, &piece)?,
            Node::Text(_) => {}
        }
    }
    Ok(text)
}

fn value(tag: &Tag<'_>, text: &str) -> Option<CellValue> {
    if tag.attribute("value-type").is_none() {
        return match tag.attribute("formula") {
            Some(_) if text.is_empty() => Some(CellValue::Missing),
            Some(_) | None => text_value(text),
        };
    }
    // LibreOffice says beside the type of the file format that it is an error, and which one in the text.
    let types = [tag.own_attribute("calcext:value-type"), tag.own_attribute("office:value-type")];
    if types.iter().flatten().any(|it| it == "error") {
        return Some(CellValue::Error(text.into()));
    }
    let number = || tag.own_attribute("office:value").unwrap_or_default();
    match types.iter().flatten().last().map_or("", |it| it) {
        "float" | "currency" => number_value(&number(), Shows::Number, false),
        "percentage" => number_value(&number(), Shows::Percent, false),
        "date" => {
            let given = tag.attribute("date-value").unwrap_or_default();
            read_date(&given).map_or_else(|_| text_value(&given), |it| Some(CellValue::Date(it)))
        }
        "boolean" => Some(CellValue::Bool(tag.attribute("boolean-value").is_some_and(|it| it == "true"))),
        _ => {
            text_value(&tag.attribute("string-value").filter(|_| text.is_empty()).unwrap_or(text.to_owned()))
        }
    }
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attribute("visibility").is_some_and(|it| it == "collapse" || it == "filter")
}

fn repeats(tag: &Tag<'_>, name: &str) -> u32 {
    tag.number(name).unwrap_or(1).max(1)
}

fn spans(tag: &Tag<'_>, name: &str) -> u32 {
    tag.number(name).unwrap_or(1).max(1)
}

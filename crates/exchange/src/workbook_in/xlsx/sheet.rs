//! One sheet of an `.xlsx` workbook: cells, merged areas, what is hidden.

use super::super::formats::Shows;
use super::super::parts::damaged;
use super::super::shared_text::{append, number_value, text_value};
use super::super::xml::{Node, Tag, Xml};
use super::super::{Area, CellValue, Room, SheetCell, Spot, WorkSheet};
use super::{Shared, unescaped};
use crate::dates::read_date;

/// What kind of value a cell says it has (`t`).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Inline,
    Text,
    Bool,
    Error,
    Date,
}

/// A cell that is being read.
struct Open {
    at: Spot,
    kind: Kind,
    shows: Shows,
    has_formula: bool,
    value: String,
    inline: String,
}

/// Which text is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Nothing,
    Value,
    Inline,
}

/// Reads the cells of a sheet into it.
pub(super) fn read(
    text: &str,
    mut sheet: WorkSheet,
    shared: &Shared,
    room: &mut Room,
) -> Result<WorkSheet, String> {
    let mut xml = Xml::new(text);
    let mut last = Spot { row: 0, column: 0 };
    let mut open: Option<Open> = None;
    let mut reading = In::Nothing;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "row" => {
                    // Rows and cells may say where they are, or follow the one before.
                    last = Spot { row: tag.number("r").unwrap_or(last.row.saturating_add(1)), column: 0 };
                    if tag.says("hidden") {
                        sheet.hidden_rows.insert(last.row);
                    }
                }
                "c" => {
                    let next = Spot { column: last.column.saturating_add(1), ..last };
                    let at = tag.attribute("r").and_then(|it| Spot::parse(&it)).unwrap_or(next);
                    last = at;
                    open = Some(opened(&tag, at, shared));
                }
                "v" => reading = In::Value,
                "f" => open.iter_mut().for_each(|it| it.has_formula = true),
                "t" => reading = In::Inline,
                "rPh" => xml.skip()?,
                "col" if tag.says("hidden") => {
                    let last = tag.number("max").unwrap_or_default();
                    room.hide_columns(&mut sheet, tag.number("min").unwrap_or(1), last);
                }
                "mergeCell" => {
                    if let Some(area) = tag.attribute("ref").and_then(|it| area(&it)) {
                        room.merge(&mut sheet, area);
                    }
                }
                // Rules about cells and the like hold formulas and texts of their own.
                "extLst" | "conditionalFormatting" | "dataValidations" | "hyperlinks" => xml.skip()?,
                _ => {}
            },
            Node::Text(piece) => match (&mut open, reading) {
                (Some(cell), In::Value) => append(&mut cell.value, &piece)?,
                (Some(cell), In::Inline) => append(&mut cell.inline, &piece)?,
                (Some(_), In::Nothing) | (None, _) => {}
            },
            Node::Close(name) => {
                reading = In::Nothing;
                if name == "c"
                    && let Some(cell) = open.take()
                    && let Some(value) = value(&cell, shared)?
                {
                    room.push(&mut sheet, SheetCell { at: cell.at, value, is_formula: cell.has_formula })?;
                }
            }
        }
    }
    Ok(sheet.finish())
}

fn opened(tag: &Tag<'_>, at: Spot, shared: &Shared) -> Open {
    let kind = match tag.attribute("t").as_deref() {
        Some("s") => Kind::Shared,
        Some("inlineStr") => Kind::Inline,
        Some("str") => Kind::Text,
        Some("b") => Kind::Bool,
        Some("e") => Kind::Error,
        Some("d") => Kind::Date,
        Some(_) | None => Kind::Number,
    };
    let format = tag.number("s").and_then(|it| usize::try_from(it).ok());
    let shows = format.and_then(|it| shared.formats.get(it)).copied().unwrap_or(Shows::Number);
    Open { at, kind, shows, has_formula: false, value: String::new(), inline: String::new() }
}

/// Returns what a cell holds; nothing where it is empty. A cell that refers to a text that there is not is no empty one.
fn value(cell: &Open, shared: &Shared) -> Result<Option<CellValue>, String> {
    let given = cell.value.as_str();
    Ok(match cell.kind {
        Kind::Inline => text_value(&unescaped(&cell.inline)),
        Kind::Text => text_value(&unescaped(given)),
        Kind::Number | Kind::Shared | Kind::Bool | Kind::Error | Kind::Date if given.trim().is_empty() => {
            cell.has_formula.then_some(CellValue::Missing)
        }
        Kind::Number => number_value(given, cell.shows, shared.is_1904),
        Kind::Shared => {
            let text = given.trim().parse::<usize>().ok().and_then(|it| shared.texts.get(it));
            let text = text.ok_or_else(damaged)?;
            (!text.is_empty()).then(|| CellValue::Text(text.clone()))
        }
        Kind::Bool => Some(CellValue::Bool(given.trim() == "1" || given.trim() == "true")),
        Kind::Error => Some(CellValue::Error(given.into())),
        Kind::Date => read_date(given).map_or_else(|_| text_value(given), |it| Some(CellValue::Date(it))),
    })
}

/// Reads `A1:B3`.
fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':')?;
    Some(Area { first: Spot::parse(first)?, last: Spot::parse(last)? })
}

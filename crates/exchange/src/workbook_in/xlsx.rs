//! `.xlsx` and `.xlsm` (Office Open XML, ECMA-376): which parts there are, and what they share.

mod sheet;

use std::collections::HashMap;
use std::sync::Arc;

use super::formats::{Shows, built_in, of_code};
use super::parts::{Parts, damaged};
use super::shared_text::append;
use super::xml::{Node, Xml, decoded};
use super::{MAX_CELLS, MAX_SHEETS, Room, WorkSheet, Workbook};

/// Formats that a workbook may have; programs stop at 65,490.
const MAX_FORMATS: usize = 65_536;

/// What the sheets of a workbook share.
struct Shared {
    texts: Vec<Arc<str>>,
    formats: Vec<Shows>,
    is_1904: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    is_hidden: bool,
    relation: String,
}

/// Reads a workbook.
pub(super) fn read(parts: &mut Parts<'_>) -> Result<Workbook, String> {
    let path = workbook_path(parts)?;
    let bytes = parts.read(&path)?.ok_or("压缩包里没有工作簿：这不是 .xlsx 文件，或已损坏")?;
    let (listed, is_1904) = workbook(&decoded(&bytes)?)?;
    let relations = relations(parts, &path)?;
    let part_of = |kind: &str| relations.values().find(|it| it.kind == kind).map(|it| it.path.clone());
    let texts = match part_of("sharedStrings") {
        Some(path) => shared_texts(parts, &path)?,
        None => Vec::new(),
    };
    let formats = match part_of("styles") {
        Some(path) => formats(parts, &path)?,
        None => Vec::new(),
    };
    let shared = Shared { texts, formats, is_1904 };
    let mut room = Room::new();
    let mut workbook = Workbook { sheets: Vec::new(), has_macros: parts.has("xl/vbaProject.bin") };
    for Listed { name, is_hidden, relation } in listed {
        // Charts and sheets of macros have no cells.
        let Some(part) = relations.get(&relation).filter(|it| it.kind == "worksheet") else { continue };
        let bytes = parts.read(&part.path)?.ok_or_else(damaged)?;
        let empty = WorkSheet { name, is_hidden, ..WorkSheet::default() };
        workbook.sheets.push(sheet::read(&decoded(&bytes)?, empty, &shared, &mut room)?);
    }
    if workbook.sheets.is_empty() {
        return Err("工作簿里没有工作表".to_owned());
    }
    Ok(workbook)
}

/// A part that another one names.
struct Related {
    /// The last word of what it is: `worksheet`, `sharedStrings`.
    kind: String,
    path: String,
}

fn workbook_path(parts: &mut Parts<'_>) -> Result<String, String> {
    let mut related = relations(parts, "")?.into_values();
    Ok(related.find(|it| it.kind == "officeDocument").map_or("xl/workbook.xml".to_owned(), |it| it.path))
}

/// Returns the parts that a part names, by the ids that it uses for them.
fn relations(parts: &mut Parts<'_>, of: &str) -> Result<HashMap<String, Related>, String> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let path = format!("{folder}{}_rels/{name}.rels", if folder.is_empty() { "" } else { "/" });
    let mut relations = HashMap::new();
    let Some(bytes) = parts.read(&path)? else { return Ok(relations) };
    let text = decoded(&bytes)?;
    let mut xml = Xml::new(&text);
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        // What lies outside of the file is not fetched.
        let is_outside = tag.attribute("TargetMode").is_some_and(|it| it == "External");
        if !tag.is("Relationship") || is_outside || relations.len() == MAX_SHEETS * 4 {
            continue;
        }
        let id = tag.attribute("Id").unwrap_or_default();
        let kind = tag.attribute("Type").unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let path = joined(folder, &tag.attribute("Target").unwrap_or_default());
        relations.insert(id, Related { kind, path });
    }
    Ok(relations)
}

/// Returns the name of the part that `target` names, seen from a folder of the archive.
fn joined(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Returns the sheets that the workbook lists, and whether its days count from 1904.
fn workbook(text: &str) -> Result<(Vec<Listed>, bool), String> {
    let mut xml = Xml::new(text);
    let (mut listed, mut is_1904) = (Vec::new(), false);
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        if tag.is("workbookPr") {
            is_1904 = tag.says("date1904");
        } else if tag.is("sheet") {
            if listed.len() == MAX_SHEETS {
                return Err(format!("工作表多于 {MAX_SHEETS} 张，没有读入"));
            }
            listed.push(Listed {
                name: tag.attribute("name").unwrap_or_default(),
                is_hidden: tag.attribute("state").is_some_and(|it| it != "visible"),
                relation: tag.attribute("id").unwrap_or_default(),
            });
        }
    }
    Ok((listed, is_1904))
}

/// Returns the texts that cells refer to by their place in the list. What the list says of its length is not read.
fn shared_texts(parts: &mut Parts<'_>, path: &str) -> Result<Vec<Arc<str>>, String> {
    let Some(bytes) = parts.read(path)? else { return Ok(Vec::new()) };
    let text = decoded(&bytes)?;
    let mut xml = Xml::new(&text);
    let mut texts: Vec<Arc<str>> = Vec::new();
    let mut current = String::new();
    let mut is_in_text = false;
    while let Some(node) = xml.next()? {
        match node {
            // How Japanese and Chinese texts are to be read aloud is no part of them.
            Node::Open(tag) if tag.is("rPh") => xml.skip()?,
            Node::Open(tag) if tag.is("si") => current.clear(),
            Node::Open(tag) => is_in_text = tag.is("t"),
            Node::Text(piece) if is_in_text => append(&mut current, &piece)?,
            Node::Text(_) => {}
            Node::Close(name) => {
                is_in_text = false;
                if name == "si" {
                    if texts.len() == MAX_CELLS {
                        return Err(format!("文字多于 {MAX_CELLS} 条，没有读入"));
                    }
                    texts.push(unescaped(&current).into());
                }
            }
        }
    }
    Ok(texts)
}

/// Returns the text without `_x000D_` and its like, by which control characters are written (ECMA-376, 22.9.2.19).
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..4).filter(|it| after.as_bytes().get(4) == Some(&b'_') && it.len() == 4);
        let letter = code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
        match letter.zip(after.get(5..)) {
            Some((letter, after)) => {
                plain.push(letter);
                rest = after;
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Returns how numbers show under each format that cells refer to.
fn formats(parts: &mut Parts<'_>, path: &str) -> Result<Vec<Shows>, String> {
    let Some(bytes) = parts.read(path)? else { return Ok(Vec::new()) };
    let text = decoded(&bytes)?;
    let mut xml = Xml::new(&text);
    let mut codes: HashMap<u32, Shows> = HashMap::new();
    let mut formats = Vec::new();
    let mut is_in_cells = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.is("numFmt") => {
                let code = tag.attribute("formatCode").unwrap_or_default();
                if let Some(id) = tag.number("numFmtId").filter(|_| codes.len() < MAX_FORMATS) {
                    codes.insert(id, of_code(&code));
                }
            }
            Node::Open(tag) if tag.is("cellXfs") => is_in_cells = true,
            Node::Open(tag) if tag.is("xf") && is_in_cells && formats.len() < MAX_FORMATS => {
                let id = tag.number("numFmtId").unwrap_or_default();
                formats.push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
            }
            Node::Close(name) if name == "cellXfs" => is_in_cells = false,
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(formats)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "..\\sheets/./a.xml", "sheets/a.xml"),
            ("", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(joined(folder, target), expected);
        }
    }

    #[test]
    fn control_characters_are_unescaped() {
        for (given, expected) in [
            ("一_x000D_二", "一\r二"),
            ("_x005F_x000D_", "_x000D_"),
            ("a_xb_xzzzz_", "a_xb_xzzzz_"),
            ("_x00", "_x00"),
        ] {
            assert_eq!(unescaped(given), expected);
        }
    }
}

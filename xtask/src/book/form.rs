//! Fills in a self-evaluation form, as a unit does in its spreadsheet program.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The sheet with the form.
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// Returns the form with scores in its cells; each line of `cells` is a cell and what is typed there: `D4 9.5`.
///
/// # Errors
///
/// The form is no workbook, or has no such empty cell.
pub(super) fn filled(form: &[u8], cells: &str) -> Result<Vec<u8>, String> {
    let broken = |it: zip::result::ZipError| format!("表打不开：{it}");
    let unreadable = |it: std::io::Error| format!("表读写不了：{it}");
    let mut archive = ZipArchive::new(Cursor::new(form)).map_err(broken)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for idx in 0..archive.len() {
        let mut file = archive.by_index(idx).map_err(broken)?;
        let name = file.name().map_err(broken)?.into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        if name == SHEET {
            bytes = typed(&String::from_utf8_lossy(&bytes), cells)?.into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).map_err(broken)?;
        writer.write_all(&bytes).map_err(unreadable)?;
    }
    Ok(writer.finish().map_err(broken)?.into_inner())
}

/// Puts what is typed into a sheet's empty cells.
fn typed(sheet: &str, cells: &str) -> Result<String, String> {
    let mut sheet = sheet.to_owned();
    for line in cells.lines() {
        let (cell, value) = line.split_once(' ').ok_or(format!("请写“D4 9.5”这样的，不是“{line}”"))?;
        let mark = format!("<c r=\"{cell}\"");
        let missing = || format!("表里没有空的 {cell}");
        let (before, rest) = sheet.split_once(&mark).ok_or_else(missing)?;
        let (style, after) = rest.split_once("/>").filter(|it| !it.0.contains('>')).ok_or_else(missing)?;
        let content = match value.parse::<f64>() {
            Ok(_) => format!("{mark}{style}><v>{value}</v></c>"),
            Err(_) => format!("{mark}{style} t=\"inlineStr\"><is><t>{value}</t></is></c>"),
        };
        sheet = format!("{before}{content}{after}");
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_empty_cells_are_filled_in() {
        let sheet = "<row><c r=\"D4\" s=\"7\"/><c r=\"E4\"><v>1</v></c></row>";
        let expected = "<row><c r=\"D4\" s=\"7\"><v>9.5</v></c><c r=\"E4\"><v>1</v></c></row>";
        assert_eq!(typed(sheet, "D4 9.5\n").unwrap(), expected);
        assert!(typed(sheet, "D4 好").unwrap().contains("t=\"inlineStr\"><is><t>好</t></is>"));
        assert!(typed(sheet, "E4 9.5").unwrap_err().contains("E4"));
        assert!(typed(sheet, "D9 9.5").unwrap_err().contains("D9"));
    }
}

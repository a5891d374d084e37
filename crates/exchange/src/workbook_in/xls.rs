//! `.xls` and `.et` (BIFF8, MS-XLS), as Excel since 97, WPS and LibreOffice write it.

mod strings;

use std::collections::HashMap;
use std::sync::Arc;

use super::cfb::{Compound, u16_at, u32_at};
use super::formats::{Shows, built_in, of_code};
use super::numbers::typed;
use super::parts::{damaged, protected};
use super::shared_text::{shown_as, text_value};
use super::{Area, CellValue, MAX_SHEETS, Room, SheetCell, Spot, WorkSheet, Workbook};
use strings::{long_text, shared_texts, short_text};

/// Numbers of records (MS-XLS 2.3).
mod typ {
    pub const FORMULA: u16 = 0x0006;
    pub const EOF: u16 = 0x000A;
    pub const DATE_MODE: u16 = 0x0022;
    pub const FILE_PASS: u16 = 0x002F;
    pub const CONTINUE: u16 = 0x003C;
    pub const COL_INFO: u16 = 0x007D;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const MUL_RK: u16 = 0x00BD;
    pub const XF: u16 = 0x00E0;
    pub const MERGE_CELLS: u16 = 0x00E5;
    pub const SST: u16 = 0x00FC;
    pub const LABEL_SST: u16 = 0x00FD;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_ERR: u16 = 0x0205;
    pub const STRING: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const RK: u16 = 0x027E;
    pub const FORMAT: u16 = 0x041E;
    pub const BOF: u16 = 0x0809;
}

/// The version that BIFF8 writes at the beginning of each part.
const BIFF8: u16 = 0x0600;

/// Pieces in which a record may go on; the longest list of texts that is read has some eight thousand.
const MAX_PIECES: usize = 65_536;

/// One record, with the pieces that go on behind it.
struct Record<'b> {
    typ: u16,
    data: &'b [u8],
    more: Vec<&'b [u8]>,
}

/// Returns the records from a place on; ends where the bytes end.
fn records(bytes: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (typ, data) = take(&mut rest)?;
        let mut more = Vec::new();
        while more.len() < MAX_PIECES
            && u16_at(rest, 0) == Some(typ::CONTINUE)
            && let Some((_, piece)) = take(&mut rest)
        {
            more.push(piece);
        }
        Some(Record { typ, data, more })
    })
}

fn take<'b>(rest: &mut &'b [u8]) -> Option<(u16, &'b [u8])> {
    let typ = u16_at(rest, 0)?;
    let len = usize::from(u16_at(rest, 2)?);
    let (record, after) = rest.split_at_checked(4 + len)?;
    *rest = after;
    Some((typ, record.get(4..)?))
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct Shared {
    texts: Vec<Arc<str>>,
    formats: Vec<Shows>,
    is_1904: bool,
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, String> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(protected());
    }
    let stream = match file.stream("Workbook")? {
        Some(stream) => stream,
        None if file.has("Book") => {
            return Err("这是 Excel 95 或更早的工作簿，读不了：请在表格软件中另存为 .xlsx".to_owned());
        }
        None if file.has("WordDocument") => {
            return Err("这是 Word 文件：请填写表格，或把内容复制到表格里".to_owned());
        }
        None => return Err("文件里没有工作簿：不是 .xls 文件，或已损坏".to_owned()),
    };
    let (shared, listed) = globals(&stream)?;
    let mut workbook = Workbook { sheets: Vec::new(), has_macros: file.has("_VBA_PROJECT_CUR") };
    let mut room = Room::new();
    let mut starts: Vec<usize> = listed.iter().map(|it| it.0).collect();
    starts.sort_unstable();
    if starts.windows(2).any(|it| it.first() == it.last()) {
        return Err(damaged());
    }
    for (at, sheet) in listed {
        // No sheet reaches into the next one, so that no byte is read for hundreds of them.
        let end = starts.iter().copied().find(|it| *it > at).unwrap_or(stream.len());
        let bytes = stream.get(at..end).ok_or_else(damaged)?;
        workbook.sheets.push(read_sheet(bytes, sheet, &shared, &mut room)?);
    }
    if workbook.sheets.is_empty() {
        return Err("工作簿里没有工作表".to_owned());
    }
    Ok(workbook)
}

/// Reads what stands before the sheets: what they share, and where each begins.
fn globals(stream: &[u8]) -> Result<(Shared, Vec<(usize, WorkSheet)>), String> {
    let mut shared = Shared::default();
    let mut codes = HashMap::new();
    let mut formats = Vec::new();
    let mut listed = Vec::new();
    for record in records(stream) {
        let data = record.data;
        match record.typ {
            typ::BOF if u16_at(data, 0) != Some(BIFF8) => {
                return Err("这是 Excel 95 或更早的工作簿，读不了：请在表格软件中另存为 .xlsx".to_owned());
            }
            typ::FILE_PASS => return Err(protected()),
            typ::DATE_MODE => shared.is_1904 = u16_at(data, 0) == Some(1),
            typ::FORMAT => {
                if let (Some(id), Some(code)) = (u16_at(data, 0), data.get(2..).and_then(long_text)) {
                    codes.insert(id, of_code(&code));
                }
            }
            typ::XF => formats.push(u16_at(data, 2).unwrap_or_default()),
            typ::SST => shared.texts = shared_texts(&record)?,
            // Charts and sheets of macros have no cells.
            typ::BOUND_SHEET if data.get(5) == Some(&0) => {
                let at = u32_at(data, 0).and_then(|it| usize::try_from(it).ok()).ok_or_else(damaged)?;
                let name = data.get(6..).and_then(short_text).unwrap_or_default();
                let is_hidden = data.get(4).is_some_and(|it| it & 3 != 0);
                listed.push((at, WorkSheet { name, is_hidden, ..WorkSheet::default() }));
                if listed.len() > MAX_SHEETS {
                    return Err(format!("工作表多于 {MAX_SHEETS} 张，没有读入"));
                }
            }
            typ::EOF => break,
            _ => {}
        }
    }
    shared.formats =
        formats.iter().map(|it| codes.get(it).copied().unwrap_or_else(|| built_in(u32::from(*it)))).collect();
    Ok((shared, listed))
}

/// Reads the cells of a sheet, which begins here.
fn read_sheet(
    bytes: &[u8],
    mut sheet: WorkSheet,
    shared: &Shared,
    room: &mut Room,
) -> Result<WorkSheet, String> {
    let mut depth = 0_usize;
    let mut formula_at = None;
    for record in records(bytes) {
        let data = record.data;
        match record.typ {
            // Charts that stand in a sheet have records of their own.
            typ::BOF => depth += 1,
            typ::EOF if depth <= 1 => break,
            typ::EOF => depth -= 1,
            _ if depth > 1 => {}
            typ::STRING => {
                let text = long_text(data).and_then(|it| text_value(&it));
                if let Some((at, value)) = formula_at.take().zip(text) {
                    room.push(&mut sheet, SheetCell { at, value, is_formula: true })?;
                }
            }
            typ::FORMULA => {
                let (at, shows) = place(data, shared).ok_or_else(damaged)?;
                formula_at = Some(at);
                let result = data.get(6..14).ok_or_else(damaged)?;
                if let Some(value) = formula_value(result, shows, shared) {
                    room.push(&mut sheet, SheetCell { at, value, is_formula: true })?;
                }
            }
            typ::MUL_RK => mul_rk(data, &mut sheet, shared, room)?,
            typ::ROW => {
                let is_hidden = u16_at(data, 12).is_some_and(|it| it & 0x20 != 0);
                sheet.hidden_rows.extend(u16_at(data, 0).filter(|_| is_hidden).map(|it| u32::from(it) + 1));
            }
            typ::COL_INFO if u16_at(data, 8).is_some_and(|it| it & 1 != 0) => {
                if let (Some(first), Some(last)) = (u16_at(data, 0), u16_at(data, 2)) {
                    room.hide_columns(&mut sheet, u32::from(first) + 1, u32::from(last) + 1);
                }
            }
            typ::MERGE_CELLS => merge(data, &mut sheet, room),
            typ::NUMBER | typ::RK | typ::LABEL_SST | typ::LABEL | typ::BOOL_ERR => {
                let (at, shows) = place(data, shared).ok_or_else(damaged)?;
                let data = data.get(6..).unwrap_or_default();
                if record.typ == typ::LABEL_SST && shared_text(data, shared).is_none() {
                    return Err(damaged());
                }
                if let Some(value) = value(record.typ, data, shows, shared) {
                    room.push(&mut sheet, SheetCell { at, value, is_formula: false })?;
                }
            }
            _ => {}
        }
    }
    Ok(sheet.finish())
}

/// Returns where a cell stands, and how a number shows there.
fn place(data: &[u8], shared: &Shared) -> Option<(Spot, Shows)> {
    let at = Spot { row: u32::from(u16_at(data, 0)?) + 1, column: u32::from(u16_at(data, 2)?) + 1 };
    Some((at, format(u16_at(data, 4)?, shared)))
}

fn format(idx: u16, shared: &Shared) -> Shows {
    shared.formats.get(usize::from(idx)).copied().unwrap_or(Shows::Number)
}

fn value(typ: u16, data: &[u8], shows: Shows, shared: &Shared) -> Option<CellValue> {
    match typ {
        typ::NUMBER => number(f64_at(data, 0)?, shows, shared),
        typ::RK => number(rk(u32_at(data, 0)?), shows, shared),
        typ::LABEL_SST => {
            let text = shared_text(data, shared)?;
            (!text.is_empty()).then(|| CellValue::Text(text.clone()))
        }
        typ::LABEL => text_value(&long_text(data)?),
        typ::BOOL_ERR if data.get(1) == Some(&0) => Some(CellValue::Bool(data.first() != Some(&0))),
        typ::BOOL_ERR => Some(error(*data.first()?)),
        _ => None,
    }
}

/// Returns the text that a cell refers to; nothing where the list has none such.
fn shared_text<'s>(data: &[u8], shared: &'s Shared) -> Option<&'s Arc<str>> {
    shared.texts.get(usize::try_from(u32_at(data, 0)?).ok()?)
}

fn number(number: f64, shows: Shows, shared: &Shared) -> Option<CellValue> {
    Some(shown_as(typed(number)?, shows, shared.is_1904))
}

/// Returns what a formula came to (MS-XLS 2.5.133): a number, or something else where the last two bytes are ones.
/// Nothing for a text, which comes in the next record.
fn formula_value(data: &[u8], shows: Shows, shared: &Shared) -> Option<CellValue> {
    if u16_at(data, 6) != Some(0xFFFF) {
        return number(f64_at(data, 0)?, shows, shared);
    }
    match data.first()? {
        1 => Some(CellValue::Bool(data.get(2) != Some(&0))),
        2 => Some(error(*data.get(2)?)),
        _ => None,
    }
}

/// Returns an error by its number (MS-XLS 2.5.10).
fn error(number: u8) -> CellValue {
    let text = match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    CellValue::Error(text.into())
}

fn mul_rk(data: &[u8], sheet: &mut WorkSheet, shared: &Shared, room: &mut Room) -> Result<(), String> {
    let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return Err(damaged()) };
    // The last two bytes say in which column it ends.
    let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
    for (column, cell) in (u32::from(first) + 1..).zip(cells) {
        let (Some(format_idx), Some(packed)) = (u16_at(cell, 0), u32_at(cell, 2)) else { continue };
        if let Some(value) = number(rk(packed), format(format_idx, shared), shared) {
            let at = Spot { row: u32::from(row) + 1, column };
            room.push(sheet, SheetCell { at, value, is_formula: false })?;
        }
    }
    Ok(())
}

/// Unpacks a number of four bytes (MS-XLS 2.5.122): a whole one of 30 bits, or the upper half of a fraction, either in
/// hundredths or not.
#[expect(
    clippy::float_arithmetic,
    reason = "the format keeps hundredths; the result is read as typed, by its digits"
)]
fn rk(packed: u32) -> f64 {
    let number = if packed & 2 != 0 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

fn merge(data: &[u8], sheet: &mut WorkSheet, room: &mut Room) {
    for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
        let at = |idx: usize| u16_at(area, idx * 2).map_or(0, |it| u32::from(it) + 1);
        let first = Spot { row: at(0), column: at(2) };
        let last = Spot { row: at(1), column: at(3) };
        room.merge(sheet, Area { first, last });
    }
}

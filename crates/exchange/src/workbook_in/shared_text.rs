//! Text that is put together piece by piece, and the values that texts and numbers become.

use super::formats::Shows;
use super::numbers::{day, typed_text};
use super::{CellValue, MAX_UNPACKED};

/// Appends to a text, to an end: a cell's text is never longer than what was unpacked, whatever repeats in it.
pub(super) fn append(to: &mut String, piece: &str) -> Result<(), String> {
    if to.len() + piece.len() > MAX_UNPACKED {
        return Err("有一格文字太长，读不了".to_owned());
    }
    to.push_str(piece);
    Ok(())
}

/// Returns the value of a text; nothing where it is empty.
pub(super) fn text_value(text: &str) -> Option<CellValue> {
    (!text.is_empty()).then(|| CellValue::Text(text.into()))
}

/// Returns the value of a number that a file has as text.
pub(super) fn number_value(text: &str, shows: Shows, is_1904: bool) -> Option<CellValue> {
    let Some(number) = typed_text(text) else { return text_value(text) };
    Some(shown_as(number, shows, is_1904))
}

/// Returns the value of a number as typed.
pub(super) fn shown_as(number: Box<str>, shows: Shows, is_1904: bool) -> CellValue {
    match shows {
        Shows::Number => CellValue::Number(number),
        Shows::Percent => CellValue::Percent(number),
        Shows::Date => day(&number, is_1904).map_or(CellValue::Number(number), CellValue::Date),
    }
}

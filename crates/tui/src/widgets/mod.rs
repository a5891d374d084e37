//! What the screens are drawn with: cells, pop-ups, a text field, a table, a bar.
//!
//! Nothing here knows what is being scored. All widths and positions are in terminal cells.

pub mod bar;
pub mod cells;
pub mod fit;
pub mod input;
pub mod popup;
pub mod table;

/// Returns the rows of `buf` as a person sees them: a wide character once, its hidden half not.
#[cfg(test)]
pub(crate) fn rows_of(buf: &ratatui::buffer::Buffer) -> Vec<String> {
    let mut rows = Vec::new();
    for y in buf.area().top()..buf.area().bottom() {
        let mut row = String::new();
        let mut x = buf.area().left();
        while x < buf.area().right() {
            let symbol = buf[(x, y)].symbol();
            row.push_str(symbol);
            x += u16::try_from(cells::width(symbol)).unwrap_or(1).max(1);
        }
        rows.push(row);
    }
    rows
}

//! A terminal's picture as SVG: every character at the place of its cell, whatever font a reader has.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// A cell, in pixels.
const WIDTH: u16 = 9;
const HEIGHT: u16 = 20;
/// From the top of a cell to the line that letters stand on, in pixels.
const BASE: u16 = 15;
/// Round the picture, in pixels.
const EDGE: u16 = 10;

const FONTS: &str =
    "ui-monospace,'Cascadia Mono','DejaVu Sans Mono','Noto Sans Mono CJK SC','Microsoft YaHei',monospace";

/// Returns the picture.
pub(crate) fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (columns * WIDTH + 2 * EDGE, rows * HEIGHT + 2 * EDGE);
    let ground = colours(&buffer[(0, rows - 1)]).1;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"{FONTS}\" font-size=\"15\" xml:space=\"preserve\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{ground}\"/>\n"
    );
    for row in 0..rows {
        let cells = cells(buffer, row);
        for run in cells.chunk_by(|a, b| colours(&a.1).1 == colours(&b.1).1) {
            let fill = colours(&run[0].1).1;
            if fill != ground {
                let (x, y, w) =
                    (EDGE + run[0].0 * WIDTH, EDGE + row * HEIGHT, run.len() * usize::from(WIDTH));
                put(
                    &mut out,
                    format_args!(
                        "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{HEIGHT}\" fill=\"{fill}\"/>\n"
                    ),
                );
            }
        }
        for run in cells.chunk_by(|a, b| ink(&a.1) == ink(&b.1)) {
            text(&mut out, row, run);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Returns the cells of a row with their columns. The second half of a wide character, of which the buffer knows
/// nothing, looks as the first one does.
fn cells(buffer: &Buffer, row: u16) -> Vec<(u16, Cell)> {
    let mut cells = Vec::new();
    let mut second_half: Option<Cell> = None;
    for column in 0..buffer.area.width {
        let cell = second_half.take().unwrap_or_else(|| buffer[(column, row)].clone());
        if kaohe_tui::widgets::cells::width(cell.symbol()) == 2 {
            let mut half = cell.clone();
            half.set_symbol(" ");
            second_half = Some(half);
        }
        cells.push((column, cell));
    }
    cells
}

/// Draws a run of cells of one colour.
fn text(out: &mut String, row: u16, run: &[(u16, Cell)]) {
    let mut places = String::new();
    let mut letters = String::new();
    for (column, cell) in run.iter().filter(|it| !it.1.symbol().trim().is_empty()) {
        put(&mut places, format_args!("{} ", EDGE + column * WIDTH));
        letters.push_str(&escaped(cell.symbol()));
    }
    if letters.is_empty() {
        return;
    }
    let (fill, is_bold) = ink(&run[0].1);
    let weight = if is_bold { " font-weight=\"bold\"" } else { "" };
    let y = EDGE + row * HEIGHT + BASE;
    put(
        out,
        format_args!(
            "<text x=\"{}\" y=\"{y}\" fill=\"{fill}\"{weight}>{letters}</text>\n",
            places.trim_end()
        ),
    );
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(text);
}

fn escaped(symbol: &str) -> String {
    symbol.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Returns the colour that a cell is written in, and whether in bold.
fn ink(cell: &Cell) -> (String, bool) {
    (colours(cell).0, cell.modifier.contains(Modifier::BOLD))
}

/// Returns the colours of writing and ground, the one for the other where the cell is reversed.
fn colours(cell: &Cell) -> (String, String) {
    let (fg, bg) = (hex(cell.fg, "#d0d0d0"), hex(cell.bg, "#1c1c1c"));
    if cell.modifier.contains(Modifier::REVERSED) { (bg, fg) } else { (fg, bg) }
}

/// Returns a colour of the themes as pages write it; these use the 256 that every terminal numbers alike.
fn hex(colour: Color, unset: &str) -> String {
    /// The steps of the cube of colours from 16 on.
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let (red, green, blue) = match colour {
        Color::Rgb(red, green, blue) => (red, green, blue),
        Color::Indexed(n @ 16..=231) => {
            let n = usize::from(n - 16);
            (STEPS[n / 36], STEPS[n / 6 % 6], STEPS[n % 6])
        }
        Color::Indexed(n @ 232..) => {
            let grey = 8 + 10 * (n - 232);
            (grey, grey, grey)
        }
        _ => return unset.to_owned(),
    };
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn wide_characters_stand_at_their_cells() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 2));
        buffer.set_string(0, 0, "扣a<", Style::new().fg(Color::Indexed(196)));
        let picture = svg(&buffer);
        assert!(
            picture.contains("<text x=\"10 28 37\" y=\"25\" fill=\"#ff0000\">扣a&lt;</text>"),
            "{picture}"
        );
    }

    #[test]
    fn grounds_are_drawn_in_one_piece() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 2));
        buffer.set_string(1, 0, "满分", Style::new().bg(Color::Indexed(255)).add_modifier(Modifier::BOLD));
        let picture = svg(&buffer);
        // Both halves of both characters.
        assert!(picture.contains("<rect x=\"19\" y=\"10\" width=\"36\" height=\"20\" fill=\"#eeeeee\"/>"));
        assert!(picture.contains("font-weight=\"bold\""));
    }
}

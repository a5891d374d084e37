//! A box over what is already drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Widget};

use super::cells;

/// Returns the rectangle of at most `width` by `height` cells in the middle of `area`.
#[must_use]
pub fn popup(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Empties `area`, and the other half of each wide character that its sides cut.
///
/// ratatui's `Clear` leaves the left half of such a character standing. The terminal then draws
/// it whole, over the first column of the area, and a border there is lost.
pub fn clear(area: Rect, buf: &mut Buffer) {
    let area = area.intersection(*buf.area());
    for y in area.rows().map(|it| it.y) {
        if area.left() > buf.area().left() && is_wide(area.left() - 1, y, buf) {
            buf[(area.left() - 1, y)].set_symbol(" ");
        }
        if area.right() < buf.area().right() && is_wide(area.right() - 1, y, buf) {
            let style = buf[(area.right() - 1, y)].style();
            buf[(area.right(), y)].set_symbol(" ").set_style(style);
        }
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
        }
    }
}

fn is_wide(x: u16, y: u16, buf: &Buffer) -> bool {
    cells::width(buf[(x, y)].symbol()) > 1
}

/// Returns what is inside the border of a box.
#[must_use]
pub fn inner(area: Rect) -> Rect {
    Block::bordered().inner(area)
}

/// Draws an empty box with a border and `title`, and returns the area inside.
pub fn frame(area: Rect, buf: &mut Buffer, title: &str, style: Style) -> Rect {
    let area = area.intersection(*buf.area());
    clear(area, buf);
    let mut block = Block::bordered().style(style);
    // Two corners, and a space on both sides of the title.
    let room = usize::from(area.width).saturating_sub(4);
    if room > 0 && !title.is_empty() {
        block = block.title(format!(" {} ", cells::cut(title, room)));
    }
    let inner = block.inner(area);
    block.render(area, buf);
    inner
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widgets::rows_of;

    #[test]
    fn popup_is_centered_and_stays_inside() {
        let area = Rect::new(10, 5, 80, 24);
        assert_eq!(popup(area, 20, 4), Rect::new(40, 15, 20, 4));
        assert_eq!(popup(area, 200, 100), area);
        assert_eq!(popup(Rect::new(3, 3, 0, 0), 20, 4), Rect::new(3, 3, 0, 0));
    }

    /// Draws a box over a row of wide characters; `n_narrow` of `ab` shift it by a cell.
    #[track_caller]
    fn check_frame(n_narrow: usize, area: Rect, expected: [&str; 3]) {
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 3));
        let below = format!("{}{}", cells::take("ab", n_narrow), "局".repeat(6));
        for y in 0..3 {
            buf.set_string(0, y, &below, Style::new());
        }
        frame(area, &mut buf, "", Style::new());
        assert_eq!(rows_of(&buf), expected);
    }

    #[test]
    fn no_half_character_stands_beside_the_box() {
        check_frame(0, Rect::new(2, 0, 4, 3), ["局┌──┐局局局", "局│  │局局局", "局└──┘局局局"]);
        check_frame(0, Rect::new(3, 0, 4, 3), ["局 ┌──┐ 局局", "局 │  │ 局局", "局 └──┘ 局局"]);
        check_frame(0, Rect::new(3, 0, 5, 3), ["局 ┌───┐局局", "局 │   │局局", "局 └───┘局局"]);
        check_frame(1, Rect::new(2, 0, 4, 3), ["a ┌──┐ 局局 ", "a │  │ 局局 ", "a └──┘ 局局 "]);
        check_frame(1, Rect::new(3, 0, 4, 3), ["a局┌──┐局局 ", "a局│  │局局 ", "a局└──┘局局 "]);
        check_frame(0, Rect::new(0, 0, 3, 3), ["┌─┐ 局局局局", "│ │ 局局局局", "└─┘ 局局局局"]);
        check_frame(0, Rect::new(9, 0, 9, 3), ["局局局局 ┌─┐", "局局局局 │ │", "局局局局 └─┘"]);
    }

    #[test]
    fn long_title_is_cut_inside_the_border() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 2));
        let inner = frame(Rect::new(0, 0, 10, 2), &mut buf, "撤销这一笔扣分", Style::new());
        assert_eq!(rows_of(&buf), ["┌ 撤销… ─┐", "└────────┘"]);
        assert_eq!(inner, Rect::new(1, 1, 8, 0));
    }

    #[test]
    fn box_of_no_size_draws_nothing() {
        for (width, height) in [(0, 0), (1, 1), (2, 1), (5, 1), (1, 5)] {
            let mut buf = Buffer::empty(Rect::new(0, 0, 6, 6));
            frame(Rect::new(0, 0, width, height), &mut buf, "标题", Style::new());
        }
    }
}

//! A table with a fixed header and footer and fixed columns at the left and right, for a cell at a time.
//!
//! The caller says what stands in each cell, and is asked only for those that show. What shows
//! follows from the selection and the area alone, so drawing has nothing to remember.
//!
//! Each column has one cell before it, and the last one a cell after it. These gaps hold the
//! signs that read without colour: `[0.5]` round the selected cell, `>` before its row, a sign that
//! a cell has before it, and `‹` `›` where more columns exist.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::cells;

const MORE_LEFT: &str = "‹";
const MORE_RIGHT: &str = "›";
const ROW_SIGN: &str = ">";

/// Rows that matter more than a second header line.
const FEW_ROWS: usize = 3;

/// Where text stands in its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left; text too wide is cut.
    #[default]
    Left,
    /// At the right, for numbers. One that is too wide shows as `###`, for part of a number is
    /// a wrong number.
    Right,
}

/// A column of a [`Table`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Width in cells, without the gaps beside it.
    pub width: u16,
    /// Where its text stands.
    pub align: Align,
}

/// A line of a [`Table`], counted from zero in its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line of the header.
    Header(usize),
    /// A row.
    Row(usize),
    /// A line below the rows.
    Footer(usize),
}

/// What stands in one cell of a [`Table`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The text, on one line.
    pub text: Cow<'a, str>,
    /// How it looks; the selected cell is bold and reversed besides.
    pub style: Style,
    /// Stands in the gap before it, where it would otherwise be empty; in the selected row reversed, in the place of
    /// the sign that the first column has there.
    pub sign: Option<char>,
}

impl<'a> Cell<'a> {
    /// Makes a cell with `text` in `style`.
    pub fn new(text: impl Into<Cow<'a, str>>, style: impl Into<Style>) -> Cell<'a> {
        Cell { text: text.into(), style: style.into(), sign: None }
    }
}

/// The shape of a table and its selected cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Table<'a> {
    /// All columns, from the left to the right.
    pub columns: &'a [Column],
    /// Number of columns at the left that stay in view.
    pub n_frozen: usize,
    /// Number of columns at the right that stay in view, where one of those between them has room besides.
    pub n_frozen_right: usize,
    /// Number of header lines.
    pub n_header: usize,
    /// Number of lines below the rows; they are the first to go where room is scarce.
    pub n_footer: usize,
    /// Number of rows.
    pub n_rows: usize,
    /// The first row that showed before; it stays there as long as the selected row shows.
    pub first_row: usize,
    /// Row of the selected cell.
    pub selected_row: Option<usize>,
    /// Column of the selected cell, counted over all columns; without it, the row is selected.
    pub selected_column: Option<usize>,
}

/// A column that shows, and where.
struct Place {
    column: usize,
    /// Left end of the text; the gap is one cell before it.
    x: u16,
}

/// The columns that show.
struct Places {
    all: Vec<Place>,
    /// The columns that scroll.
    scrolling: Range<usize>,
}

/// How many lines of each part show.
struct Heights {
    n_header: usize,
    n_rows: usize,
    n_footer: usize,
}

impl Table<'_> {
    /// Returns the number of rows that show in `height` cells, which is how far a page goes.
    #[must_use]
    pub fn n_visible_rows(&self, height: u16) -> usize {
        self.heights(height).n_rows
    }

    /// Returns the first row that shows where `n_visible` do.
    fn first_shown(&self, n_visible: usize) -> usize {
        match self.selected_row {
            Some(selected) => kept(self.first_row, selected, n_visible, self.n_rows),
            None => self.first_row.min(self.n_rows.saturating_sub(n_visible)),
        }
    }

    /// Returns the line and the column that stand at a point of `area`.
    #[must_use]
    pub fn at(&self, area: Rect, point: Position) -> Option<(Line, usize)> {
        let places = self.places(area);
        let is_at = |it: &&Place| (it.x - 1..=it.x + self.columns[it.column].width).contains(&point.x);
        // A gap belongs to two columns; the left one has it.
        let column = places.all.iter().find(is_at)?.column;
        Some((self.line_at(area, point.y)?, column))
    }

    /// Returns the column whose right edge stands at a point of the header in `area`.
    #[must_use]
    pub fn edge_at(&self, area: Rect, point: Position) -> Option<usize> {
        let Line::Header(_) = self.line_at(area, point.y)? else { return None };
        let places = self.places(area);
        let is_edge = |it: &&Place| it.x + self.columns[it.column].width == point.x;
        places.all.iter().find(is_edge).map(|it| it.column)
    }

    fn line_at(&self, area: Rect, y: u16) -> Option<Line> {
        let heights = self.heights(area.height);
        let first = self.first_shown(heights.n_rows);
        let n_shown = heights.n_rows.min(self.n_rows.saturating_sub(first));
        let at = usize::from(y.checked_sub(area.y)?);
        let header = (0..heights.n_header).map(Line::Header);
        let rows = (first..first + n_shown).map(Line::Row);
        header.chain(rows).chain((0..heights.n_footer).map(Line::Footer)).nth(at)
    }

    /// Draws the table; `cell` says what stands in a line and column.
    ///
    /// Returns the place of the selected cell's text, if it shows.
    pub fn draw<'c>(
        &self,
        area: Rect,
        buf: &mut Buffer,
        cell: impl Fn(Line, usize) -> Cell<'c>,
    ) -> Option<Rect> {
        let area = area.intersection(*buf.area());
        let places = self.places(area);
        let heights = self.heights(area.height);
        let first = self.first_shown(heights.n_rows);
        let n_shown = heights.n_rows.min(self.n_rows.saturating_sub(first));

        let header = (0..heights.n_header).map(Line::Header);
        let rows = (first..first + n_shown).map(Line::Row);
        let footer = (0..heights.n_footer).map(Line::Footer);
        let mut selected = None;
        for (y, line) in (area.top()..area.bottom()).zip(header.chain(rows).chain(footer)) {
            let mut signs = Vec::new();
            for place in &places.all {
                let shown = cell(line, place.column);
                let width = self.columns[place.column].width;
                let text_area = Rect { x: place.x, y, width, height: 1 };
                self.draw_cell(line, place.column, text_area, &shown, buf);
                signs.extend(shown.sign.map(|it| (place.x - 1, it)));
                if self.is_selected(line, place.column) {
                    selected = Some(text_area);
                }
            }
            // Last, for a gap belongs to two columns.
            self.draw_signs(line, &places.all, y, buf);
            for (x, sign) in signs {
                buf[(x, y)].set_char(sign);
                if self.is_selected_row(line) {
                    buf[(x, y)].modifier.insert(Modifier::REVERSED);
                }
            }
        }
        if heights.n_header > 0 {
            self.draw_more(&places, area, buf);
        }
        selected
    }

    fn draw_cell(&self, line: Line, column: usize, area: Rect, cell: &Cell, buf: &mut Buffer) {
        let width = usize::from(area.width);
        let mut text = Cow::Borrowed(&*cell.text);
        let mut text_width = cells::width(&text);
        let align = self.columns[column].align;
        if text_width > width {
            let is_cut_number = align == Align::Right && is_number(line, &text);
            text = if is_cut_number { "#".repeat(width).into() } else { cells::cut(&cell.text, width) };
            text_width = cells::width(&text);
        }
        let offset = match align {
            Align::Left => 0,
            Align::Right => width.saturating_sub(text_width),
        };
        let mut style = cell.style;
        if self.is_selected(line, column) {
            style = style.add_modifier(Modifier::REVERSED | Modifier::BOLD);
        }
        // The gaps beside the text go with it, so that a coloured row has no holes.
        put(buf, area.x - 1, area.y, ' ', cell.style);
        put(buf, area.right(), area.y, ' ', cell.style);
        for x in area.left()..area.right() {
            put(buf, x, area.y, ' ', style);
        }
        let x = area.x + u16::try_from(offset).unwrap_or(0);
        if text.bytes().all(|it| (b' '..=b'~').contains(&it)) {
            for (x, letter) in (x..area.right()).zip(text.chars()) {
                put(buf, x, area.y, letter, style);
            }
        } else {
            buf.set_stringn(x, area.y, text, width, style);
        }
    }

    fn draw_signs(&self, line: Line, places: &[Place], y: u16, buf: &mut Buffer) {
        if !self.is_selected_row(line) {
            return;
        }
        if let Some(place) = places.first() {
            buf[(place.x - 1, y)].set_symbol(ROW_SIGN);
        }
        if let Some(place) = places.iter().find(|it| Some(it.column) == self.selected_column) {
            let right = place.x + self.columns[place.column].width;
            for (x, sign) in [(place.x - 1, "["), (right, "]")] {
                buf[(x, y)].set_symbol(sign).modifier.insert(Modifier::BOLD);
            }
        }
    }

    /// Shows at the edges of the first header line that there are more columns.
    fn draw_more(&self, places: &Places, area: Rect, buf: &mut Buffer) {
        let mut scrolling = places.all.iter().filter(|it| places.scrolling.contains(&it.column));
        let first = scrolling.next();
        if let Some(place) = first
            && place.column > places.scrolling.start
        {
            buf[(place.x - 1, area.y)].set_symbol(MORE_LEFT);
        }
        let last = scrolling.next_back().or(first).or_else(|| places.all.last());
        let n_before = last.map_or(0, |it| it.column + 1);
        if n_before < places.scrolling.end && !area.is_empty() {
            let x = last.map_or(area.x, |it| it.x + self.columns[it.column].width);
            buf[(x, area.y)].set_symbol(MORE_RIGHT);
        }
    }

    fn is_selected_row(&self, line: Line) -> bool {
        matches!(line, Line::Row(row) if Some(row) == self.selected_row)
    }

    fn is_selected(&self, line: Line, column: usize) -> bool {
        self.is_selected_row(line) && self.selected_column.is_none_or(|it| it == column)
    }

    /// Shares `height` among header, rows and footer. Where too few rows would show, the footer goes first, then all
    /// but the first header line, and that one where no row would.
    fn heights(&self, height: u16) -> Heights {
        let height = usize::from(height);
        let n_few = self.n_rows.min(FEW_ROWS);
        let has_footer = self.n_header + n_few + self.n_footer <= height;
        let n_footer = if has_footer { self.n_footer } else { 0 };
        let mut n_header = self.n_header;
        if n_header + n_few > height {
            n_header = n_header.min(1);
        }
        if n_header >= height {
            n_header = 0;
        }
        Heights { n_header, n_footer, n_rows: (height - n_header - n_footer).min(self.n_rows) }
    }

    /// Places the columns that fit wholly: the fixed ones, then those around the selected one. Where columns scroll,
    /// those at the right stand at the edge.
    fn places(&self, area: Rect) -> Places {
        let n_columns = self.columns.len();
        let n_left = self.n_frozen.min(n_columns);
        // The gap after the last column is kept free from the beginning.
        let room = area.width.saturating_sub(1);
        let mut scrolling = n_left..n_columns - self.n_frozen_right.min(n_columns - n_left);
        let least = self.selected_column.filter(|it| scrolling.contains(it)).unwrap_or(n_left);
        let fixed = self.taken_by(0..n_left).saturating_add(self.taken_by(scrolling.end..n_columns));
        if fixed.saturating_add(self.taken(least)) > room {
            scrolling.end = n_columns;
        }
        let right = scrolling.end..n_columns;
        let right_taken = self.taken_by(right.clone());

        let mut all = Vec::new();
        let mut x = area.x;
        let mut place = |column: usize, end: u16| {
            let next = x.saturating_add(self.taken(column));
            if next > end {
                return false;
            }
            all.push(Place { column, x: x + 1 });
            x = next;
            true
        };
        let end = area.x.saturating_add(room);
        let scrolling_end = end.saturating_sub(right_taken);
        if (0..n_left).all(|it| place(it, end)) {
            let left_taken = self.taken_by(0..n_left);
            let room = room.saturating_sub(left_taken).saturating_sub(right_taken);
            let first = self.first_column(&scrolling, room);
            let all_fit = (first..scrolling.end).all(|it| place(it, scrolling_end));
            if !all_fit || first > scrolling.start {
                x = scrolling_end;
            }
            for column in right {
                all.push(Place { column, x: x + 1 });
                x += self.taken(column);
            }
        }
        Places { all, scrolling }
    }

    /// Returns the first scrolling column that shows in `room` cells: the selected one is near
    /// the middle, and no room is left unused at either end.
    fn first_column(&self, scrolling: &Range<usize>, room: u16) -> usize {
        let Some(selected) = self.selected_column.filter(|it| scrolling.contains(it)) else {
            return scrolling.start;
        };
        let mut first = selected;
        let mut before = 0;
        while first > scrolling.start
            && before + self.taken(first - 1) + self.taken(selected).div_ceil(2) <= room / 2
        {
            first -= 1;
            before += self.taken(first);
        }
        let mut shown = self.taken_by(first..scrolling.end);
        while first > scrolling.start && shown.saturating_add(self.taken(first - 1)) <= room {
            first -= 1;
            shown += self.taken(first);
        }
        first
    }

    /// Returns the width of columns with the gaps before them.
    fn taken_by(&self, columns: Range<usize>) -> u16 {
        columns.fold(0, |sum, it| sum.saturating_add(self.taken(it)))
    }

    /// Returns the width of a column with the gap before it.
    fn taken(&self, column: usize) -> u16 {
        self.columns.get(column).map_or(0, |it| it.width.saturating_add(1))
    }
}

fn put(buf: &mut Buffer, x: u16, y: u16, letter: char, style: Style) {
    if let Some(cell) = buf.cell_mut((x, y)) {
        cell.set_char(letter).set_style(style);
    }
}

fn is_number(line: Line, text: &str) -> bool {
    matches!(line, Line::Row(_) | Line::Footer(_)) && text.contains(|it: char| it.is_ascii_digit())
}

/// Returns the first of `n_total` lines to show in `n_visible`, so that `selected` stands in the
/// middle, or nearer to an end where the lines end.
#[must_use]
pub fn window(selected: usize, n_visible: usize, n_total: usize) -> usize {
    selected.saturating_sub(n_visible / 2).min(n_total.saturating_sub(n_visible))
}

/// Returns the first of `n_total` lines to show in `n_visible`, moved from `first` only as far as `selected` needs.
#[must_use]
pub fn kept(first: usize, selected: usize, n_visible: usize, n_total: usize) -> usize {
    let least = (selected + 1).saturating_sub(n_visible.max(1));
    first.clamp(least, selected.max(least)).min(n_total.saturating_sub(n_visible))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::widgets::rows_of;

    #[test]
    fn window_holds_the_selection() {
        for (selected, n_visible, n_total, expected) in [
            (0, 5, 20, 0),
            (2, 5, 20, 0),
            (3, 5, 20, 1),
            (10, 5, 20, 8),
            (17, 5, 20, 15),
            (19, 5, 20, 15),
            (3, 5, 4, 0),
            (0, 0, 0, 0),
            (7, 1, 20, 7),
        ] {
            assert_eq!(window(selected, n_visible, n_total), expected, "{selected} of {n_total}");
        }
    }

    #[test]
    fn kept_lines_move_only_as_far_as_the_selection_needs() {
        for (first, selected, n_visible, n_total, expected) in [
            (0, 4, 5, 20, 0),
            (0, 5, 5, 20, 1),
            (3, 5, 5, 20, 3),
            (3, 2, 5, 20, 2),
            (18, 19, 5, 20, 15),
            (0, 3, 0, 20, 3),
            (7, 1, 9, 4, 0),
        ] {
            assert_eq!(kept(first, selected, n_visible, n_total), expected, "{selected} from {first}");
        }
    }

    const NAMES: [&str; 6] =
        ["区教育局", "区公安分局", "河坝镇", "北洲子镇", "千山红镇", "人力资源和社会保障局"];

    fn columns(n_scores: usize) -> Vec<Column> {
        let name = Column { width: 8, align: Align::Left };
        let score = Column { width: 4, align: Align::Right };
        std::iter::once(name).chain(std::iter::repeat_n(score, n_scores)).collect()
    }

    fn cell(line: Line, column: usize) -> Cell<'static> {
        let text = match (line, column) {
            (Line::Header(0), 0) => "单位".to_owned(),
            (Line::Header(0), _) => format!("二{column}"),
            (Line::Header(_), 0) => String::new(),
            (Line::Header(_), _) => "满分".to_owned(),
            (Line::Row(row), 0) => NAMES[row].to_owned(),
            (Line::Row(2), 2) => "12.125".to_owned(),
            (Line::Row(row), _) => format!("{row}.{column}"),
            (Line::Footer(_), 0) => "平均".to_owned(),
            (Line::Footer(_), _) => format!("9.{column}"),
        };
        Cell::new(text, Style::new())
    }

    /// Draws a table of six rows and six scores with `(row, column)` selected, the row in the middle.
    #[track_caller]
    fn check(size: (u16, u16), selected: (usize, usize), expected: &[&str]) {
        let columns = columns(6);
        let mut table = Table {
            columns: &columns,
            n_frozen: 1,
            n_header: 2,
            n_rows: NAMES.len(),
            selected_row: Some(selected.0),
            selected_column: Some(selected.1),
            ..Table::default()
        };
        table.first_row = window(selected.0, table.n_visible_rows(size.1), NAMES.len());
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buf = Buffer::empty(area);
        table.draw(area, &mut buf, cell);
        assert_eq!(rows_of(&buf), expected);
    }

    #[test]
    fn whole_table_where_it_fits() {
        check(
            (40, 8),
            (2, 1),
            &[
                " 单位      二1  二2  二3  二4  二5  二6 ",
                "          满分 满分 满分 满分 满分 满分 ",
                " 区教育局  0.1  0.2  0.3  0.4  0.5  0.6 ",
                " 区公安…   1.1  1.2  1.3  1.4  1.5  1.6 ",
                ">河坝镇  [ 2.1]####  2.3  2.4  2.5  2.6 ",
                " 北洲子镇  3.1  3.2  3.3  3.4  3.5  3.6 ",
                " 千山红镇  4.1  4.2  4.3  4.4  4.5  4.6 ",
                " 人力资…   5.1  5.2  5.3  5.4  5.5  5.6 ",
            ],
        );
    }

    #[test]
    fn columns_scroll_whole() {
        check(
            (26, 4),
            (0, 1),
            &[
                " 单位      二1  二2  二3› ",
                ">区教育局[ 0.1] 0.2  0.3  ",
                " 区公安…   1.1  1.2  1.3  ",
                " 河坝镇    2.1 ####  2.3  ",
            ],
        );
        check(
            (26, 4),
            (0, 3),
            &[
                " 单位    ‹ 二2  二3  二4› ",
                ">区教育局  0.2[ 0.3] 0.4  ",
                " 区公安…   1.2  1.3  1.4  ",
                " 河坝镇   ####  2.3  2.4  ",
            ],
        );
        check(
            (26, 4),
            (0, 6),
            &[
                " 单位    ‹ 二4  二5  二6  ",
                ">区教育局  0.4  0.5[ 0.6] ",
                " 区公安…   1.4  1.5  1.6  ",
                " 河坝镇    2.4  2.5  2.6  ",
            ],
        );
        check((15, 3), (4, 3), &[" 单位    ‹ 二3›", " 北洲子镇  3.3 ", ">千山红镇[ 4.3]"]);
    }

    #[test]
    fn rows_scroll_under_the_header() {
        check(
            (15, 5),
            (4, 1),
            &[" 单位      二1›", "          满分 ", " 北洲子镇  3.1 ", ">千山红镇[ 4.1]", " 人力资…   5.1 "],
        );
    }

    #[test]
    fn little_room_goes_to_the_selected_row() {
        check((15, 4), (0, 1), &[" 单位      二1›", ">区教育局[ 0.1]", " 区公安…   1.1 ", " 河坝镇    2.1 "]);
        check((15, 2), (4, 1), &[" 单位      二1›", ">千山红镇[ 4.1]"]);
        check((15, 1), (4, 1), &[">千山红镇[ 4.1]"]);
        check((12, 1), (4, 1), &[">千山红镇   "]);
        check((5, 2), (4, 1), &["›    ", "     "]);
        check((0, 0), (4, 1), &[]);
    }

    #[test]
    fn selected_cell_is_reversed_and_bold() {
        let columns = columns(2);
        let mut table = Table {
            columns: &columns,
            n_frozen: 1,
            n_rows: 2,
            selected_row: Some(1),
            selected_column: Some(2),
            ..Table::default()
        };
        let area = Rect::new(3, 2, 20, 2);
        let mut buf = Buffer::empty(area);
        let place = table.draw(area, &mut buf, cell);
        assert_eq!(place, Some(Rect::new(18, 3, 4, 1)));
        let marked = Modifier::REVERSED | Modifier::BOLD;
        assert_eq!(buf[(18, 3)].modifier, marked);
        assert_eq!(buf[(14, 3)].modifier, Modifier::empty());

        table.selected_column = None;
        table.draw(area, &mut buf, cell);
        assert_eq!(buf[(4, 3)].modifier, marked);
        assert_eq!(rows_of(&buf), [" 区教育局  0.1  0.2 ", ">区公安…   1.1  1.2 "]);
    }

    /// Draws a table whose last two columns stay in view, with a line below its rows; `(row, column)` is selected.
    #[track_caller]
    fn check_fixed(size: (u16, u16), selected: (usize, usize), expected: &[&str]) {
        let columns = columns(6);
        let table = Table {
            columns: &columns,
            n_frozen: 1,
            n_frozen_right: 2,
            n_header: 1,
            n_footer: 1,
            n_rows: NAMES.len(),
            selected_row: Some(selected.0),
            selected_column: Some(selected.1),
            ..Table::default()
        };
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buf = Buffer::empty(area);
        table.draw(area, &mut buf, |line, column| {
            let sign = matches!((line, column), (Line::Row(1), 0)).then_some('+');
            Cell { sign, ..cell(line, column) }
        });
        assert_eq!(rows_of(&buf), expected);
    }

    #[test]
    fn fixed_columns_at_the_right_and_the_line_below_stay_in_view() {
        check_fixed(
            (42, 6),
            (1, 1),
            &[
                " 单位      二1  二2  二3  二4  二5  二6   ",
                " 区教育局  0.1  0.2  0.3  0.4  0.5  0.6   ",
                "+区公安… [ 1.1] 1.2  1.3  1.4  1.5  1.6   ",
                " 河坝镇    2.1 ####  2.3  2.4  2.5  2.6   ",
                " 北洲子镇  3.1  3.2  3.3  3.4  3.5  3.6   ",
                " 平均      9.1  9.2  9.3  9.4  9.5  9.6   ",
            ],
        );
        check_fixed(
            (32, 5),
            (2, 1),
            &[
                " 单位      二1  二2›   二5  二6 ",
                " 区教育局  0.1  0.2    0.5  0.6 ",
                "+区公安…   1.1  1.2    1.5  1.6 ",
                ">河坝镇  [ 2.1]####    2.5  2.6 ",
                " 平均      9.1  9.2    9.5  9.6 ",
            ],
        );
    }

    #[test]
    fn where_there_is_no_room_the_line_below_goes_first_and_the_right_scrolls_along() {
        check_fixed(
            (24, 4),
            (0, 4),
            &[
                " 单位    ‹ 二4  二5›    ",
                ">区教育局[ 0.4] 0.5     ",
                "+区公安…   1.4  1.5     ",
                " 河坝镇    2.4  2.5     ",
            ],
        );
        check_fixed((20, 2), (1, 4), &[" 单位    ‹ 二4  二5›", "+区公安… [ 1.4] 1.5 "]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn selection_shows_wherever_it_fits(
            size in (0u16..40, 0u16..12),
            n_header in 0usize..3,
            n_fixed in 0usize..4,
            selected in (0usize..6, 0usize..7),
        ) {
            let columns = columns(6);
            let table = Table {
                columns: &columns,
                n_frozen: 1,
                n_frozen_right: n_fixed,
                n_header,
                n_footer: n_fixed,
                n_rows: 6,
                selected_row: Some(selected.0),
                selected_column: Some(selected.1),
                ..Table::default()
            };
            let area = Rect::new(0, 0, size.0, size.1);
            let mut buf = Buffer::empty(area);
            let place = table.draw(area, &mut buf, cell);
            let needed = if selected.1 == 0 { 10 } else { 15 };
            prop_assert_eq!(place.is_some(), size.0 >= needed && size.1 > 0);
            prop_assert!(table.n_visible_rows(size.1) <= usize::from(size.1));
        }
    }
}

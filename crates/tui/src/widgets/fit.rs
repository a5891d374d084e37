//! Which columns of a list show: where there is no room for all, the least important go first, and none is cut to make
//! room for another.

use super::table::{Align, Column};

/// A column that a list could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<K> {
    /// What it shows.
    pub what: K,
    /// Cells that it needs at least.
    pub least: usize,
    /// Cells that it can use.
    pub most: usize,
    /// Where its text stands.
    pub align: Align,
    /// How much it matters: the lowest shows first, and has first what room is left.
    pub rank: u8,
}

impl<K> Field<K> {
    /// Returns a column for numbers of this width.
    pub fn number(what: K, width: usize, rank: u8) -> Field<K> {
        Field { what, least: width, most: width, align: Align::Right, rank }
    }

    /// Returns a column for texts, in no less than `least` cells.
    pub fn text(what: K, least: usize, most: usize, rank: u8) -> Field<K> {
        Field { what, least, most: most.max(least), align: Align::Left, rank }
    }
}

/// Returns what shows in `width` cells, in the order of the fields, each with its column.
#[must_use]
pub fn fit<K: Copy>(fields: &[Field<K>], width: u16) -> (Vec<K>, Vec<Column>) {
    let mut by_rank: Vec<usize> = (0..fields.len()).collect();
    by_rank.sort_by_key(|&it| fields[it].rank);
    // A gap before each column, and one after the last.
    let mut room = usize::from(width).saturating_sub(1);
    let mut widths: Vec<Option<usize>> = vec![None; fields.len()];
    for &idx in &by_rank {
        if fields[idx].least < room {
            widths[idx] = Some(fields[idx].least);
            room -= fields[idx].least + 1;
        }
    }
    for &idx in &by_rank {
        if let Some(width) = &mut widths[idx] {
            let more = (fields[idx].most - fields[idx].least).min(room);
            *width += more;
            room -= more;
        }
    }
    let shown = fields.iter().zip(widths).filter_map(|(field, width)| Some((field, width?)));
    let column = |(field, width): (&Field<K>, usize)| {
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        (field.what, Column { width, align: field.align })
    };
    shown.map(column).unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: u16, expected: &[(char, u16)]) {
        let fields = [
            Field::text('c', 4, 4, 3),
            Field::text('u', 8, 12, 0),
            Field::number('p', 5, 1),
            Field::text('n', 10, 99, 2),
        ];
        let (shown, columns) = fit(&fields, width);
        let shown: Vec<(char, u16)> = shown.into_iter().zip(columns.iter().map(|it| it.width)).collect();
        assert_eq!(shown, expected, "{width}");
    }

    #[test]
    fn what_matters_least_goes_first_and_what_matters_most_grows_first() {
        check(60, &[('c', 4), ('u', 12), ('p', 5), ('n', 34)]);
        check(33, &[('c', 4), ('u', 9), ('p', 5), ('n', 10)]);
        check(30, &[('u', 11), ('p', 5), ('n', 10)]);
        check(24, &[('c', 4), ('u', 11), ('p', 5)]);
        check(15, &[('c', 4), ('u', 8)]);
        check(10, &[('u', 8)]);
        check(5, &[]);
    }
}

//! A horizontal bar that shows a share.

/// Block characters from one eighth of a cell to a whole one.
const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// Draws `part` of `whole` as a bar of block characters in exactly `n_cells` cells, filled up with spaces.
///
/// Something never looks like nothing, and less than the whole never looks like the whole,
/// where the steps allow it.
#[must_use]
pub fn bar(part: u64, whole: u64, n_cells: u16) -> String {
    let n_cells = usize::from(n_cells);
    let n_steps = steps(part, whole, n_cells * EIGHTHS.len());
    let (n_full, n_rest) = (n_steps / EIGHTHS.len(), n_steps % EIGHTHS.len());
    let mut bar = "█".repeat(n_full);
    if let Some(eighth) = n_rest.checked_sub(1) {
        bar.push(EIGHTHS[eighth]);
    }
    bar.push_str(&" ".repeat(n_cells - n_full - n_rest.min(1)));
    bar
}

fn steps(part: u64, whole: u64, n_steps: usize) -> usize {
    if part == 0 || whole == 0 || n_steps == 0 {
        return 0;
    }
    if part >= whole {
        return n_steps;
    }
    let (part, whole, max) = (u128::from(part), u128::from(whole), n_steps as u128);
    let rounded = (2 * part * max + whole) / (2 * whole);
    let rounded = usize::try_from(rounded).expect("at most the number of steps, which is a usize");
    rounded.clamp(1, n_steps.max(2) - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::widgets::cells;

    #[track_caller]
    fn check(part: u64, whole: u64, n_cells: u16, expected: &str) {
        assert_eq!(bar(part, whole, n_cells), expected, "{part}/{whole}");
    }

    #[test]
    fn bar_shows_the_share() {
        check(0, 10, 4, "    ");
        check(5, 10, 4, "██  ");
        check(10, 10, 4, "████");
        check(12, 10, 4, "████");
        check(1, 16, 4, "▎   ");
        check(1, 1000, 4, "▏   ");
        check(999, 1000, 4, "███▉");
        check(3, 0, 4, "    ");
        check(3, 4, 0, "");
        check(1, 2, 1, "▌");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bar_is_exactly_as_wide(part: u64, whole: u64, n_cells in 0u16..200) {
            prop_assert_eq!(cells::width(&bar(part, whole, n_cells)), usize::from(n_cells));
        }
    }
}

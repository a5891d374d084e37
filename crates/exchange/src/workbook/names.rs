//! Names of worksheets that every spreadsheet program takes, whatever units and classes are called.

use std::collections::HashSet;

/// The longest name, in UTF-16 units.
const MAX_UNITS: usize = 31;
/// What stands in the place of a name of which nothing is left.
const NAMELESS: &str = "未命名";

/// The names that a workbook has so far.
#[derive(Debug, Default)]
pub(super) struct SheetNames {
    /// Folded: two names that differ in case alone are one to a spreadsheet program.
    taken: HashSet<String>,
}

impl SheetNames {
    /// Returns a name like the wanted one that is allowed and that no sheet has yet.
    pub fn name(&mut self, wanted: &str) -> String {
        let allowed: String = wanted.chars().map(|it| if is_forbidden(it) { ' ' } else { it }).collect();
        let allowed = allowed.split_whitespace().collect::<Vec<_>>().join(" ");
        // An apostrophe may stand within a name, not at its ends.
        let allowed = allowed.trim_matches(|it: char| it == '\'' || it.is_whitespace());
        // A spreadsheet program keeps this one to itself.
        let is_kept = allowed.is_empty() || allowed.eq_ignore_ascii_case("history");
        let allowed = if is_kept { NAMELESS } else { allowed };
        for n in 1_usize.. {
            let suffix = if n == 1 { String::new() } else { format!("({n})") };
            let name = format!("{}{suffix}", cut(allowed, MAX_UNITS - suffix.len()));
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
        unreachable!("numbers do not run out")
    }
}

fn is_forbidden(it: char) -> bool {
    matches!(it, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || kaohe_core::is_invisible(it) || it.is_control()
}

/// Cuts a name off where it becomes too long; no character is torn apart.
fn cut(name: &str, max_units: usize) -> &str {
    let mut n_units = 0;
    for (at, it) in name.char_indices() {
        n_units += it.len_utf16();
        if n_units > max_units {
            return name.get(..at).unwrap_or_default().trim_end_matches(['\'', ' ']);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wanted: &[&str], expected: &[&str]) {
        let mut names = SheetNames::default();
        let given: Vec<String> = wanted.iter().map(|it| names.name(it)).collect();
        assert_eq!(given, expected);
        for name in given {
            rust_xlsxwriter::utility::check_sheet_name(&name).unwrap();
        }
    }

    #[test]
    fn forbidden_characters_and_ends_go() {
        check(
            &["区教育局", "a/b\\c:d*e?f[g]h", "'引号'", "", "''", "History", " 甲\t乙 "],
            &["区教育局", "a b c d e f g h", "引号", "未命名", "未命名(2)", "未命名(3)", "甲 乙"],
        );
    }

    #[test]
    fn no_two_sheets_share_a_name() {
        check(&["A局", "a局", "A局"], &["A局", "a局(2)", "A局(3)"]);
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let long = "区".repeat(40);
        let (first, second) = ("区".repeat(31), format!("{}(2)", "区".repeat(28)));
        check(&[&long, &long], &[&first, &second]);
        // 𠮷 takes two units.
        check(&[&format!("{}𠮷", "区".repeat(30))], &[&"区".repeat(30)]);
    }
}

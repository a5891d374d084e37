//! The forms of many units as files: what each is called, and the list that goes with them.

use std::collections::HashSet;

use kaohe_core::{Ledger, Unit};

use crate::table::{Column, Table, Value};

/// What the list of forms is called.
pub const FORM_LIST: &str = "清单.csv";

/// Returns what the archive of a year's forms is called.
pub fn form_archive(year: u16) -> String {
    format!("{year}年自评表.zip")
}

/// Returns what the file of each unit's form is called.
pub fn form_file_names(ledger: &Ledger, unit_idxs: &[usize]) -> Vec<String> {
    distinct(unit_idxs.iter().map(|it| form_file_name(ledger.unit(*it))))
}

/// Numbers the names that another file has already. Two that differ in case alone are one on many disks.
fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let free = |name: String| {
        let numbered = (2..).map(|n| format!("{}-{n}.xlsx", name.trim_end_matches(".xlsx")));
        let mut all = std::iter::once(name.clone()).chain(numbered);
        all.find(|it| taken.insert(it.to_lowercase())).expect("numbers do not run out")
    };
    names.map(free).collect()
}

/// Returns the list of forms: which unit's form is in which file.
pub fn form_list(ledger: &Ledger, unit_idxs: &[usize], names: &[String]) -> Table {
    let mut table = Table::new(["编号", "单位", "类别", "文件"].map(Column::text).to_vec());
    for (&unit_idx, name) in unit_idxs.iter().zip(names) {
        let unit = ledger.unit(unit_idx);
        let cells = [unit.id.as_str(), &unit.name, unit.track.as_str(), name];
        table.rows.push(cells.map(Value::text).to_vec());
    }
    table
}

/// Returns what the file of a unit's form is called, with its suffix, on every system: `a01-区教育局.xlsx`.
fn form_file_name(unit: &Unit) -> String {
    // Beyond that, some archivers and shares give up.
    const MAX: usize = 60;
    let allowed = |text: &str| -> String {
        let is_allowed =
            |it: &char| !it.is_control() && !kaohe_core::is_invisible(*it) && !r#"\/:*?"<>|"#.contains(*it);
        text.chars().filter(is_allowed).take(MAX).collect()
    };
    let name = format!("{}-{}", allowed(unit.id.as_str()), allowed(&unit.name));
    // Windows drops dots and spaces at the end of a name, and a dot at its beginning hides it elsewhere.
    let name = name.trim_matches([' ', '.', '　', '-']).to_owned();
    format!("{}.xlsx", if name.is_empty() { "未命名".to_owned() } else { name })
}

#[cfg(test)]
mod tests {
    use kaohe_core::Settings;

    use super::*;
    use crate::sample::{lines, roster, rubrics};

    /// Checks the names of the files of units with these ids and names.
    #[track_caller]
    fn check(units: &[(&str, &str)], expected: &[&str]) {
        let first = roster().units.remove(0);
        let name = |(id, name): &(&str, &str)| {
            form_file_name(&Unit { id: (*id).into(), name: (*name).to_owned(), ..first.clone() })
        };
        assert_eq!(distinct(units.iter().map(name)), expected);
    }

    #[test]
    fn names_are_names_on_every_system() {
        check(
            &[("a01", "区教育局"), ("a02", "甲:乙*?\"<>|\n. "), ("CON", "/")],
            &["a01-区教育局.xlsx", "a02-甲乙.xlsx", "CON.xlsx"],
        );
    }

    #[test]
    fn no_two_files_share_a_name() {
        let long = "区".repeat(80);
        check(&[("x1", &long)], &[&format!("x1-{}.xlsx", "区".repeat(60))]);
        check(&[("a", "A局"), ("A", "a局"), ("a", "a局")], &["a-A局.xlsx", "A-a局-2.xlsx", "a-a局-3.xlsx"]);
    }

    #[test]
    fn the_list_says_whose_form_is_where() {
        let ledger = Ledger::new(rubrics(), roster(), Settings::default()).unwrap();
        let names = form_file_names(&ledger, &[1]);
        assert_eq!(
            lines(&form_list(&ledger, &[1], &names)),
            ["编号|单位|类别|文件", "b01|河坝镇|乡镇|b01-河坝镇.xlsx"]
        );
    }
}

//! A fault in a spreadsheet: where it is, what stands there, what is wrong and what was probably meant.

use std::fmt;

/// Faults of one file that are listed; a file in which everything is wrong is the wrong file.
const MAX_LISTED: usize = 10_000;
/// Characters of a value that a sentence repeats.
const MAX_SHOWN: usize = 40;

/// A fault in a cell, a row or a file as a whole; its [`Display`](fmt::Display) names the file too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// The file, as the person named it.
    pub file: String,
    /// The row, from 1 for the first: what a spreadsheet shows.
    pub row: Option<usize>,
    /// The column's name.
    pub column: Option<String>,
    /// What stands there; empty where nothing does.
    pub value: String,
    /// What is wrong with it, read after the value: 不是该指标的规则.
    pub reason: String,
    /// What was probably meant.
    pub nearest: Option<String>,
}

impl CellFault {
    /// Returns the fault in one sentence: `第 7 行“规则”列：“逾期未完”不是该指标的规则，最接近的是“逾期未完成”。`
    pub fn sentence(&self) -> String {
        let mut sentence = self.row.map_or(String::new(), |row| format!("第 {row} 行"));
        if let Some(column) = &self.column {
            sentence.push_str(&format!("“{column}”列"));
        }
        if !sentence.is_empty() {
            sentence.push('：');
        }
        if !self.value.is_empty() {
            let is_long = self.value.chars().count() > MAX_SHOWN;
            let shown: String = self.value.chars().take(MAX_SHOWN).collect();
            sentence.push_str(&format!("“{shown}{}”", if is_long { "…" } else { "" }));
        }
        sentence.push_str(&self.reason);
        if let Some(nearest) = &self.nearest {
            sentence.push_str(&format!("，最接近的是“{nearest}”"));
        }
        sentence.push('。');
        sentence
    }

    /// Returns a fault of the file as a whole.
    pub(crate) fn of_file(file: &str, reason: impl Into<String>) -> CellFault {
        CellFault {
            file: file.to_owned(),
            row: None,
            column: None,
            value: String::new(),
            reason: reason.into(),
            nearest: None,
        }
    }

    /// Returns the same fault in a row.
    pub(crate) fn in_row(self, row: usize) -> CellFault {
        CellFault { row: Some(row), ..self }
    }

    /// Returns the same fault in a column, about the value there.
    pub(crate) fn in_cell(self, row: usize, column: &str, value: &str) -> CellFault {
        CellFault { row: Some(row), column: Some(column.to_owned()), value: value.to_owned(), ..self }
    }

    /// Returns the same fault with what was probably meant.
    pub(crate) fn near(self, nearest: Option<&str>) -> CellFault {
        CellFault { nearest: nearest.map(str::to_owned), ..self }
    }
}

impl fmt::Display for CellFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.row.is_some() || self.column.is_some() { " " } else { "：" };
        write!(f, "{}{gap}{}", self.file, self.sentence())
    }
}

/// The faults of one file, collected.
#[derive(Debug)]
pub(crate) struct Faults {
    file: String,
    listed: Vec<CellFault>,
    n_unlisted: usize,
}

impl Faults {
    pub fn new(file: &str) -> Faults {
        Faults { file: file.to_owned(), listed: Vec::new(), n_unlisted: 0 }
    }

    /// Adds a fault. Looking for what was meant takes time, so it is made only where it will be listed.
    pub fn add(&mut self, make: impl FnOnce(CellFault) -> CellFault) {
        if self.listed.len() < MAX_LISTED {
            self.listed.push(make(CellFault::of_file(&self.file, "")));
        } else {
            self.n_unlisted += 1;
        }
    }

    /// Adds a fault of one cell.
    pub fn cell(&mut self, row: usize, column: &str, value: &str, reason: &str) {
        self.add(|it| CellFault { reason: reason.to_owned(), ..it.in_cell(row, column, value) });
    }

    /// Returns all faults, by row, or nothing where there is none.
    pub fn finish(mut self) -> Result<(), Vec<CellFault>> {
        if self.listed.is_empty() {
            return Ok(());
        }
        self.listed.sort_by_key(|it| it.row);
        if self.n_unlisted > 0 {
            let reason = format!("此外还有 {} 处问题没有列出：请先改正以上各处再试", self.n_unlisted);
            self.listed.push(CellFault::of_file(&self.file, reason));
        }
        Err(self.listed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_read_well() {
        let fault = CellFault::of_file("扣分.csv", "不是该指标的规则");
        let fault = fault.in_cell(7, "规则", "逾期未完").near(Some("逾期未完成"));
        assert_eq!(fault.sentence(), "第 7 行“规则”列：“逾期未完”不是该指标的规则，最接近的是“逾期未完成”。");
        assert_eq!(fault.to_string(), format!("扣分.csv {}", fault.sentence()));
        assert_eq!(CellFault::of_file("扣分.csv", "文件是空的").to_string(), "扣分.csv：文件是空的。");
        let long = CellFault::of_file("", "太长").in_cell(2, "说明", &"长".repeat(50));
        assert_eq!(long.sentence(), format!("第 2 行“说明”列：“{}…”太长。", "长".repeat(40)));
    }

    #[test]
    fn faults_beyond_reason_are_counted() {
        let mut faults = Faults::new("扣分.csv");
        for row in 0..MAX_LISTED + 5 {
            faults.cell(row, "次数", "0", "须是整数");
        }
        let listed = faults.finish().unwrap_err();
        assert_eq!(listed.len(), MAX_LISTED + 1);
        assert!(listed[MAX_LISTED].reason.starts_with("此外还有 5 处"));
    }
}

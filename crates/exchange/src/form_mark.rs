//! The mark by which a self-evaluation form is known again, whatever people do to its looks.

use kaohe_core::UnitId;

/// What every mark begins with; the number is the version of the form.
const PREFIX: &str = "kaohe-form/1";

/// Whose form it is. It stands as text in one cell of a hidden column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormMark {
    /// The year that is assessed.
    pub year: u16,
    /// The unit, by its id: its name may be spelt anew by whoever fills the form in.
    pub unit: UnitId,
}

impl FormMark {
    /// Returns the text of the cell, such as `kaohe-form/1 2023 a01`.
    pub fn to_text(&self) -> String {
        format!("{PREFIX} {} {}", self.year, self.unit.as_str())
    }

    /// Reads the text of a cell; nothing where it is no mark.
    pub fn parse(text: &str) -> Option<FormMark> {
        let mut words = text.strip_prefix(PREFIX)?.split_ascii_whitespace();
        let mark = FormMark { year: words.next()?.parse().ok()?, unit: words.next()?.into() };
        words.next().is_none().then_some(mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mark_is_read_as_it_was_written() {
        let mark = FormMark { year: 2023, unit: "a01".into() };
        assert_eq!(mark.to_text(), "kaohe-form/1 2023 a01");
        assert_eq!(FormMark::parse(&mark.to_text()), Some(mark));
    }

    #[test]
    fn other_texts_are_no_marks() {
        for text in ["", "kaohe-form/1", "kaohe-form/1 2023", "kaohe-form/1 x a01", "kaohe-form/1 2023 a01 x"]
        {
            assert_eq!(FormMark::parse(text), None, "{text}");
        }
    }
}

//! Everything that can be wrong with a rubric once it could be read, all at once.
//!
//! The tree from the whole to the parts ([`tree`]), what adds up for whom ([`group`]), the rules ([`rule`],
//! [`measure`], [`place`]), what bounds them ([`cap`]) and what follows from the total ([`grade`]). A rubric may be anybody's file,
//! so no step takes longer than a few looks at each of its parts.

mod cap;
mod fault;
mod grade;
mod group;
mod measure;
mod place;
mod report;
mod rule;
mod tree;

pub use fault::{Idle, RubricFault};

use super::Rubric;
use crate::problem::Problem;

/// Says whether `text` can be an id and a file name everywhere: 1–32 ASCII letters, digits, `-`, `_`, the first a
/// letter or digit (a leading `-` reads as an option), and not a name that Windows keeps for a device.
pub fn is_plain_id(text: &str) -> bool {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let is_plain = (1..=32).contains(&text.len())
        && text.starts_with(|it: char| it.is_ascii_alphanumeric())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !is_plain {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let port = lower.strip_prefix("com").or_else(|| lower.strip_prefix("lpt"));
    let is_port = port.is_some_and(|it| it.len() == 1 && it.bytes().all(|b| b.is_ascii_digit()));
    !DEVICES.contains(&lower.as_str()) && !is_port
}

/// Returns all faults of a rubric, in the order of its text; of very many only the first.
pub fn check_rubric(rubric: &Rubric) -> Vec<Problem<RubricFault>> {
    let mut check = report::Check::default();
    check.rubric(rubric);
    check.problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_begins_with_a_letter_or_a_digit() {
        for id in ["a", "4", "Q01", "social-media", "late_2", &"x".repeat(32)] {
            assert!(is_plain_id(id), "{id}");
        }
        for id in ["", "-rf", "_a", "a.b", "局", "con", "COM1", "a b", &"x".repeat(33)] {
            assert!(!is_plain_id(id), "{id}");
        }
    }
}

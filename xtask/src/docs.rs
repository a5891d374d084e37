//! The parts of the pages that are taken from the code.

use std::fs;
use std::path::PathBuf;

use crate::book::{self, Program};

const BEGIN: &str = "<!-- 按键表：由 cargo xtask docs 生成 -->";
const END: &str = "<!-- 按键表完 -->";

fn readme() -> PathBuf {
    crate::root().join("README.md")
}

/// Returns the README as it is, and as it should be.
fn both() -> Result<(String, String), String> {
    let path = readme();
    let text = fs::read_to_string(&path).map_err(|error| format!("读不了 {}：{error}", path.display()))?;
    let wrong = || format!("{} 里没有“{BEGIN}”和“{END}”两行", path.display());
    let (before, rest) = text.split_once(BEGIN).ok_or_else(wrong)?;
    let (_, after) = rest.split_once(END).ok_or_else(wrong)?;
    let wanted = format!("{before}{BEGIN}\n\n{}{END}{after}", kaohe_tui::keys::markdown());
    Ok((text, wanted))
}

/// Writes the table of keys into the README, and what the program says now into the handbook.
///
/// # Errors
///
/// The README cannot be read or written, or has no place for the table; or the handbook cannot be followed.
pub fn write(program: &Program) -> Result<(), String> {
    let (_, wanted) = both()?;
    fs::write(readme(), wanted).map_err(|error| format!("写不了 README.md：{error}"))?;
    book::write(program)
}

/// Checks that the README has the table that the code has.
///
/// # Errors
///
/// It has not.
pub fn check() -> Result<(), String> {
    let (text, wanted) = both()?;
    if text == wanted {
        return Ok(());
    }
    Err("README.md 里的按键表旧了：运行 cargo xtask docs".to_owned())
}

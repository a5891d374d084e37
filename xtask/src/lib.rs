//! What the chores know of the repository, apart from `main` so that tests can ask the same.

use std::path::PathBuf;

pub mod book;
pub mod claims;
pub mod docs;
pub mod screenshots;
mod svg;
pub mod tidy;

/// Returns the repository's root.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}

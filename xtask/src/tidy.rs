//! Rules of the repository that no compiler checks.

use std::fs;
use std::path::{Path, PathBuf};

/// Which of the workspace's crates each one may depend on.
pub const EDGES: [(&str, &[&str]); 5] = [
    ("core", &[]),
    ("store", &["kaohe-core"]),
    ("exchange", &["kaohe-core"]),
    ("tui", &["kaohe-core", "kaohe-store", "kaohe-exchange"]),
    ("cli", &["kaohe-core", "kaohe-store", "kaohe-exchange", "kaohe-tui"]),
];

/// Returns all Rust files of the crates' sources.
pub fn sources() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["crates", "xtask", "tests"] {
        collect(&crate::root().join(folder), &mut files);
    }
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(items) = fs::read_dir(folder) else { return };
    for path in items.flatten().map(|it| it.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

/// Returns the workspace's crates that a crate's manifest names as dependencies, development ones left out.
pub fn dependencies(crate_name: &str) -> Vec<String> {
    let path = crate::root().join("crates").join(crate_name).join("Cargo.toml");
    let manifest = fs::read_to_string(path).unwrap_or_default();
    let section = manifest.split("\n[").find_map(|it| it.strip_prefix("dependencies]\n"));
    let names = section.unwrap_or_default().lines().filter_map(|it| it.split(['.', ' ', '=']).next());
    names.filter(|it| it.starts_with("kaohe")).map(str::to_owned).collect()
}

//! What the engineers' pages say of the code, as far as a machine can tell: files that they name are there, and so are
//! types and functions.

use std::fs;
use std::path::Path;

/// Suffixes of files that pages name.
const SUFFIXES: [&str; 8] = ["rs", "md", "ron", "toml", "svg", "csv", "yml", "txt"];
/// Folders that no page means.
const SKIPPED: [&str; 4] = [".git", "target", "corpus", "artifacts"];

/// What the repository has, to hold claims against.
pub struct Repository {
    /// All files and folders by their paths from the root, with `/`; folders end in one.
    paths: Vec<String>,
    /// All Rust sources, one after the other.
    code: String,
}

impl Repository {
    /// Reads it.
    pub fn read() -> Repository {
        let mut repository = Repository { paths: Vec::new(), code: String::new() };
        repository.collect(&crate::root(), "");
        repository
    }

    fn collect(&mut self, folder: &Path, shown: &str) {
        for item in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = item.file_name().to_string_lossy().into_owned();
            let path = item.path();
            if path.is_dir() && !SKIPPED.contains(&name.as_str()) {
                self.paths.push(format!("{shown}{name}/"));
                self.collect(&path, &format!("{shown}{name}/"));
            } else if path.is_file() {
                if name.ends_with(".rs") {
                    self.code.push_str(&fs::read_to_string(&path).unwrap_or_default());
                }
                self.paths.push(format!("{shown}{name}"));
            }
        }
    }

    /// Returns the claims of a page that do not hold, each with its line.
    pub fn untrue(&self, page: &str) -> Vec<String> {
        let mut untrue = Vec::new();
        let mut is_in_block = false;
        for (number, line) in (1..).zip(page.lines()) {
            if line.starts_with("```") {
                is_in_block = !is_in_block;
            }
            if is_in_block {
                continue;
            }
            let claims = line.split('`').skip(1).step_by(2);
            untrue.extend(claims.filter(|it| !self.holds(it)).map(|it| format!("{number}: {it}")));
        }
        untrue
    }

    /// Says whether a name in a page is one of the repository's; what is no name of a file or of code is no claim.
    fn holds(&self, name: &str) -> bool {
        let suffix = name.rsplit_once('.').map_or("", |it| it.1);
        let is_plain = |it: &str| it.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
        if is_plain(name) && (name.ends_with('/') || SUFFIXES.contains(&suffix)) {
            // Pages leave out what is clear: `tui/src/view.rs` lies under `crates/`, `score/` under `core/src/`.
            return self.paths.iter().any(|it| *it == name || it.ends_with(&format!("/{name}")));
        }
        let parts: Vec<&str> = name.split("::").collect();
        let is_identifier =
            |it: &&str| !it.is_empty() && it.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let is_type = parts.first().is_some_and(|it| it.chars().next().is_some_and(char::is_uppercase));
        if !is_type || !parts.iter().all(is_identifier) {
            return true;
        }
        let is_function =
            parts.len() > 1 && parts.last().is_some_and(|it| it.starts_with(char::is_lowercase));
        let (types, function) = parts.split_at(parts.len() - usize::from(is_function));
        types.iter().all(|it| self.has_word(it))
            && function.iter().all(|it| {
                self.code.contains(&format!("fn {it}")) || self.code.contains(&format!("pub {it}:"))
            })
    }

    fn has_word(&self, word: &str) -> bool {
        let is_part = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric() || it == '_');
        self.code.match_indices(word).any(|(at, _)| {
            let before = self.code.get(..at).and_then(|it| it.chars().next_back());
            let after = self.code.get(at + word.len()..).and_then(|it| it.chars().next());
            !is_part(before) && !is_part(after)
        })
    }
}

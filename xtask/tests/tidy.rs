//! Rules of the repository that no compiler checks.

use std::fs;
use std::path::Path;

use xtask::tidy::{EDGES, dependencies, sources};

#[test]
fn no_crate_depends_against_the_order() {
    for (name, allowed) in EDGES {
        assert_eq!(dependencies(name), allowed, "crates/{name}");
    }
}

#[test]
fn every_file_says_what_it_is() {
    let files = sources();
    assert!(files.len() > 80, "only {} files were found", files.len());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} begins without a //! line", path.display());
    }
}

#[test]
fn core_and_store_speak_no_language_of_the_interface() {
    // Texts of the sample data, of files for people, and what a file format names are data, not sentences.
    let data = [
        "builtin.rs",
        "demo.rs",
        "folder.rs",
        "year_file.rs",
        "roster_file.rs",
        "rubric_file/mod.rs",
        "snapshot.rs",
    ];
    for path in sources() {
        let shown = path.display().to_string().replace('\\', "/");
        let is_pure = ["/core/src/", "/store/src/"].iter().any(|it| shown.contains(it));
        let is_data = data.iter().any(|it| shown.ends_with(it)) || shown.contains("/tests");
        if !is_pure || is_data {
            continue;
        }
        check_no_chinese(&path);
    }
}

#[test]
fn sentences_of_the_screens_stand_in_text() {
    // The key table has its labels beside its keys, and the finder its readings of characters.
    let elsewhere = ["/tui/src/text/", "/tui/src/keys/", "/tui/src/find.rs", "/tests"];
    for path in sources() {
        let shown = path.display().to_string().replace('\\', "/");
        if shown.contains("/tui/src/") && !elsewhere.iter().any(|it| shown.contains(it)) {
            check_no_chinese(&path);
        }
    }
}

/// Looks for Chinese in the texts of a file, its tests and comments left out.
#[track_caller]
fn check_no_chinese(path: &Path) {
    let text = fs::read_to_string(path).expect("a source file can be read");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    for (n, line) in (1..).zip(code.lines()) {
        let code = line.split("//").next().unwrap_or_default();
        let has_chinese =
            code.contains('"') && code.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it));
        assert!(!has_chinese, "{}:{n}: {line}", path.display());
    }
}

#[test]
fn the_readme_has_the_keys_of_the_code_and_the_command_of_the_server() {
    xtask::docs::check().unwrap();
    let root = xtask::root();
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let ci = fs::read_to_string(root.join(".ci/run")).unwrap();
    let commands: Vec<&str> = readme.lines().filter(|it| it.starts_with("cargo ")).take(2).collect();
    assert_eq!(commands, ["cargo run --release", "cargo test --workspace"]);
    assert!(ci.lines().any(|it| it.trim() == commands[1]), "the server does not run `{}`", commands[1]);
}

#[test]
fn pictures_show_what_the_program_shows() {
    assert_eq!(xtask::screenshots::check(), Ok(()));
}

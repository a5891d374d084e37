//! What the program is made of besides our own code: licences that let an office copy it on, and no crate twice but those
//! that others ask for.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than being named; MPL-2.0 also for the source of what was changed in the crate itself,
/// and nothing was.
const LICENCES: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// Crates that stand in the binary twice, each since two of our libraries ask for different versions.
const TWICE: [(&str, &str); 1] = [("signal-hook", "crossterm, kaohe-tui")];

fn cargo(arguments: &[&str]) -> String {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program).args(arguments).current_dir(xtask::root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the crates of the binary, development and building left out, with their versions.
fn in_the_binary() -> BTreeMap<String, BTreeSet<String>> {
    let tree = cargo(&["tree", "--locked", "-p", "kaohe", "-e", "normal,no-proc-macro", "--prefix", "none"]);
    let mut crates: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in tree.lines() {
        let mut words = line.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        crates.entry(name.to_owned()).or_default().insert(version.to_owned());
    }
    crates
}

#[test]
fn every_licence_lets_the_program_be_copied_on() {
    let metadata = cargo(&["metadata", "--locked", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let shipped = in_the_binary();
    let mut n_looked_at = 0;
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if !shipped.contains_key(name) {
            continue;
        }
        let licence = package["license"].as_str().unwrap_or("none");
        // Of licences to choose from, one has to be among ours; of those that hold together, all.
        let choices = licence.replace('/', " OR ").replace(['(', ')'], "");
        let is_fine =
            choices.split(" OR ").any(|it| it.split(" AND ").all(|it| LICENCES.contains(&it.trim())));
        assert!(is_fine, "{name}: {licence}");
        n_looked_at += 1;
    }
    assert!(n_looked_at > 60, "only {n_looked_at} crates were looked at");
}

#[test]
fn no_crate_is_there_twice_but_those_that_others_ask_for() {
    let twice: Vec<String> = in_the_binary().into_iter().filter(|it| it.1.len() > 1).map(|it| it.0).collect();
    assert_eq!(twice, TWICE.map(|it| it.0));
}

//! The engineers' pages say what is so.

use std::fs;

use xtask::claims::Repository;

#[test]
fn files_and_names_in_the_pages_are_those_of_the_code() {
    let repository = Repository::read();
    for page in
        ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/benchmarks.md", "docs/fuzzing.md", "docs/soak.md"]
    {
        let text = fs::read_to_string(xtask::root().join(page)).unwrap();
        assert_eq!(repository.untrue(&text), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn what_is_not_so_is_found() {
    let repository = Repository::read();
    let page = "`Ledger::apply` in `ledger/apply.rs`\n`Ledger::forget`, `ledger/forget.rs`\n`attic/`\n";
    assert_eq!(repository.untrue(page), ["2: Ledger::forget", "2: ledger/forget.rs", "3: attic/"]);
}

/// What `tui` may not import, and the rest of the order, stands in ARCHITECTURE.md as the test of the edges has it.
#[test]
fn order_of_the_crates_is_the_one_that_is_tested() {
    let text = fs::read_to_string(xtask::root().join("ARCHITECTURE.md")).unwrap();
    let drawn: Vec<&str> = text
        .lines()
        .filter_map(|it| it.split_whitespace().next())
        .filter(|it| ["core", "store", "exchange", "tui", "cli", "xtask"].contains(it))
        .take(6)
        .collect();
    let mut tested: Vec<&str> = xtask::tidy::EDGES.iter().map(|it| it.0).collect();
    tested.push("xtask");
    assert_eq!(drawn, tested);
}

//! Short texts: numbers, dates and names of records, as people type them in fields, cells and on the command line.

use std::cell::RefCell;
use std::fmt::Display;
use std::str::FromStr;

use kaohe_core::{EntryId, Points, Quantity, Stamp, half_width};
use kaohe_exchange::{clean, read_count, read_date, read_points, read_quantity, words};
use kaohe_store::spanned::{excerpt, parse};

/// Reads a text as everything that it may be.
pub fn texts(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let cleaned = clean(&text);
    assert_eq!(clean(&cleaned), cleaned);
    assert!(!cleaned.contains(char::is_control));
    assert_eq!(half_width(&half_width(&text)), half_width(&text));
    assert!(excerpt(&text).chars().count() <= 41);

    for read in [text.parse::<Points>(), read_points(&text)] {
        match read {
            Ok(points) => check_same(points),
            Err(error) => assert!(!words::points_error(error).is_empty()),
        }
    }
    for unit in ["", "次", "%"] {
        let _ = read_count(&text, unit).map(check_same);
        let _ = read_quantity(&text, unit).map(check_same::<Quantity>);
    }
    let _ = text.parse::<EntryId>().map(check_same);
    let _ = text.parse::<Stamp>().map(check_same);
    if let Ok(date) = read_date(&text) {
        assert_eq!(read_date(&date.to_string()), Ok(date));
        assert!((1900..=9999).contains(&date.year()));
    }
    // A bare value is also a document.
    if let Ok(node) = parse(&text) {
        assert_eq!((node.position.line == 0, node.position.column == 0), (false, false));
    }
    at(&text);
}

/// What is written of a value reads as the same.
fn check_same<T: Display + FromStr + PartialEq>(value: T) {
    let written = value.to_string();
    assert!(written.parse::<T>().is_ok_and(|it| it == value), "{written} reads as something else");
}

/// Gives a text to `--at`.
fn at(text: &str) {
    thread_local! {
        static COMMAND: RefCell<clap::Command> = RefCell::new(kaohe::command());
    }
    let arguments = ["kaohe", "score", &format!("--at={text}")];
    let result = COMMAND.with_borrow_mut(|it| it.try_get_matches_from_mut(arguments));
    let is_date = read_date(text).is_ok();
    match result {
        Ok(_) => {}
        Err(error) => {
            assert!(!is_date, "{text}");
            assert!(!error.render().to_string().is_empty());
        }
    }
}

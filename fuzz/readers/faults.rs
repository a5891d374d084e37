//! Laws of faults: each says something, and where it is in the text.

use kaohe_core::Severity;
use kaohe_exchange::CellFault;
use kaohe_store::FileFault;
use kaohe_tui::text::faults;

/// Asserts the laws of faults that a text was refused for: there is an error among them, and all have sentences.
pub fn check_errors(found: &[FileFault]) {
    assert!(found.iter().any(|it| it.severity == Severity::Error), "refused for no error: {found:?}");
    check_sentences(found);
}

/// Asserts that each fault makes a sentence of one line, with its file before it and its code behind it.
pub fn check_sentences(found: &[FileFault]) {
    for fault in found {
        let sentence = faults::file_fault(fault);
        assert!(!sentence.contains(is_unprintable), "{sentence:?}");
        assert!(sentence.ends_with(&format!("[{}]", faults::code(fault))), "{sentence:?}");
        let bare = faults::sentence(fault);
        assert!(bare.chars().count() > 4 && bare.ends_with('。'), "{bare:?}");
    }
}

/// Asserts that each fault of this file has a place that is within its text, or right behind a line of it.
pub fn check_places(file: &str, bytes: &[u8], found: &[FileFault]) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let lens: Vec<usize> = text.split('\n').map(|it| it.chars().count()).collect();
    for fault in found.iter().filter(|it| it.file == file) {
        let Some(position) = fault.position else { continue };
        let len = (position.line as usize).checked_sub(1).and_then(|it| lens.get(it));
        let is_within = len.is_some_and(|it| (1..=it + 1).contains(&(position.column as usize)));
        assert!(is_within, "{fault:?} is not in a text of {} lines", lens.len());
    }
}

/// Asserts the laws of faults of a table with so many lines.
pub fn check_cells(file: &str, n_lines: usize, found: &[CellFault]) {
    for fault in found {
        assert_eq!(fault.file, file);
        assert!(fault.row.is_none_or(|it| (1..=n_lines).contains(&it)), "{fault:?} of {n_lines} lines");
        assert!(!fault.reason.is_empty(), "{fault:?}");
        let sentence = fault.sentence();
        assert!(!sentence.contains(is_unprintable), "{sentence:?}");
    }
}

/// What must not reach a terminal: it may drive it.
fn is_unprintable(it: char) -> bool {
    it.is_control() || kaohe_core::is_invisible(it)
}

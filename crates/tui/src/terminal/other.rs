//! What the terminal needs of a system that is not Unix: nothing.
//!
//! Windows ends a program with its console window, has no jobs and no bytes to forget.

pub(super) fn watch() {}

pub(super) fn has_jobs() -> bool {
    false
}

pub(super) fn stop_job() -> bool {
    false
}

pub(super) fn wake_for_rest() -> bool {
    false
}

//! What the terminal needs of a system that is not Unix: hardly anything.
//!
//! Windows ends a program with its console window, has no jobs and no bytes to forget.

/// The console tells no paste from keys, and sends each of its characters as one.
pub(super) const PASTES_ARE_KEYS: bool = true;

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

//! What people read: all sentences of the screens, and of the store's errors for screens and command line alike.

pub mod faults;

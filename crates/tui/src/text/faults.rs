//! Sentences for what is wrong with files: what happened, where, and what to do.

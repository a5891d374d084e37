//! Which known name a misspelt one was meant to be.

/// Returns the key of the name that `found` most resembles, if any is close enough.
///
/// Stricter than `kaohe_core::nearest`: that one gives a hint, while here the value is read under the name that is
/// returned, and a wrong guess would lead to faults that nobody made.
///
/// Close is: the same but for case and `_`; one slip in a short name, two from five letters on; or one name
/// beginning with the other (`desc` for `description`).
pub(super) fn nearest<T>(found: &str, known: impl Iterator<Item = (T, &'static str)>) -> Option<T> {
    const LONGEST: usize = 64; // nobody misspells that much, and the comparison takes the product of the lengths
    if found.len() > LONGEST {
        return None;
    }
    let found = folded(found);
    let distances = known.filter_map(|(key, name)| Some((distance(&found, &folded(name))?, key)));
    distances.min_by_key(|(distance, _)| *distance).map(|(_, key)| key)
}

fn folded(name: &str) -> String {
    name.chars().filter(|letter| *letter != '_').map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Returns how far two names are apart, if they may be the same.
fn distance(found: &str, known: &str) -> Option<usize> {
    const BEGINNING: usize = 3; // after every slip that is allowed
    let n_slips = strsim::osa_distance(found, known);
    let n_letters = found.chars().count().max(known.chars().count());
    if n_slips <= 2 && n_slips * 3 <= n_letters + 1 {
        return Some(n_slips);
    }
    let n_shared = found.chars().count().min(known.chars().count());
    let is_beginning = n_shared >= 2 && (found.starts_with(known) || known.starts_with(found));
    is_beginning.then_some(BEGINNING)
}

//! How near one written name is to another, for *did you mean*. Read [`nearest`].
//!
//! Bounded: names longer than [`NAME_CHARS_MAX`] are compared with nothing, since nobody mistypes
//! one of them into another.

/// The longest name for which a near one is looked for.
pub(crate) const NAME_CHARS_MAX: usize = 40;

/// How many names are looked through for a near one.
pub(crate) const CANDIDATES_MAX: usize = 2_000;

/// The candidate nearest to what was written, if any is near enough to be meant.
#[must_use]
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = candidates.into_iter().take(2 * CANDIDATES_MAX).filter(|candidate| is_near(written, candidate));
    near.min_by_key(|candidate| nearness(written, candidate))
}

/// Whether somebody may have meant this: one slip in every three letters, but never every letter.
pub(crate) fn is_near(written: &str, candidate: &str) -> bool {
    let length = written.chars().count().max(candidate.chars().count());
    if length > NAME_CHARS_MAX || written.chars().count().abs_diff(candidate.chars().count()) > 3 {
        return false;
    }
    let slips = nearness(written, candidate);
    slips > 0 && slips <= (length / 3).clamp(1, 3) && slips < length
}

/// How many slips of the pen lie between two names: letters left out, put in, changed, or two
/// neighbours exchanged.
pub(crate) fn nearness(written: &str, candidate: &str) -> usize {
    let target: Vec<char> = candidate.chars().take(NAME_CHARS_MAX).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=target.len()).collect();
    let mut left = None;
    for (row, letter) in written.chars().take(NAME_CHARS_MAX).enumerate() {
        let mut current = vec![row + 1];
        let mut above_left = None;
        for (column, wanted) in target.iter().copied().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX - 1);
            let change = at(&last, column) + usize::from(letter != wanted);
            let mut best = change.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            if left == Some(wanted) && above_left == Some(letter) && column > 0 {
                best = best.min(at(&before, column - 1) + 1);
            }
            current.push(best);
            above_left = Some(wanted);
        }
        before = std::mem::replace(&mut last, current);
        left = Some(letter);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        assert_eq!(nearness("belgium", "belgium"), 0);
        assert_eq!(nearness("belguim", "belgium"), 1);
        assert_eq!(nearness("belgum", "belgium"), 1);
        assert_eq!(nearness("", "abc"), 3);
        assert_eq!(nearest("great-powr", ["great-power", "european-state"]), Some("great-power"));
        assert_eq!(nearest("asia", ["europe"]), None);
    }
}

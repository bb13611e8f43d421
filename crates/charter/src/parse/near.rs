//! The word that was probably meant. Read [`nearest`] first.

/// Words longer than this are compared with none: a slip in them is not worth the time.
const COMPARED_CHARACTERS_MAX: usize = 40;

/// The candidate that is fewest slips away from `word`, the first of several; none where even
/// that is too far to be meant.
pub(crate) fn nearest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let length = word.chars().count();
    let allowed = match length {
        3..=5 => 1,
        6..=COMPARED_CHARACTERS_MAX => 2,
        // In shorter words a slip leaves nothing to recognise.
        _ => return None,
    };
    let lower = word.to_lowercase();
    let comparable = candidates.iter().filter(|candidate| candidate.len().abs_diff(length) <= allowed);
    let distances = comparable.map(|candidate| (slips(&lower, candidate), *candidate));
    distances.min_by_key(|(distance, _)| *distance).filter(|(distance, _)| *distance <= allowed).map(|(_, word)| word)
}

/// Letters to add, drop, change or swap with their neighbour to turn one word into the other.
fn slips(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous_character = None;
    for (row, character) in one.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, target) in other.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&last, column) + usize::from(character != *target);
            let mut best = changed.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let before = column.checked_sub(1).and_then(|place| other.get(place)).copied();
            if before == Some(character) && previous_character == Some(*target) {
                best = best.min(at(&before_last, column.saturating_sub(1)) + 1);
            }
            current.push(best);
        }
        previous_character = Some(character);
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{nearest, slips};

    #[test]
    fn counts_each_slip_once() {
        assert_eq!(slips("attacks", "attacks"), 0);
        assert_eq!(slips("atacks", "attacks"), 1);
        assert_eq!(slips("attakcs", "attacks"), 1);
        assert_eq!(slips("", "abc"), 3);
    }

    #[test]
    fn proposes_only_what_is_near() {
        assert_eq!(nearest("assits", &["attacks", "assists"]), Some("assists"));
        assert_eq!(nearest("zzz", &["attacks", "assists"]), None);
    }
}

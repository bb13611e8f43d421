//! How many have to agree. Read [`Members`].

use serde::{Deserialize, Serialize};

use super::{Change, Name};

/// Who cosigns at a place of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Vec<S>", bound(deserialize = "S: Name + Deserialize<'de>"))]
pub struct Members<S>(Vec<S>);

impl<S: Name> From<Vec<S>> for Members<S> {
    fn from(seats: Vec<S>) -> Self {
        Self::new(seats)
    }
}

impl<S: Name> Members<S> {
    /// These seats.
    #[must_use]
    pub fn new(seats: impl IntoIterator<Item = S>) -> Self {
        let mut seats: Vec<S> = seats.into_iter().collect();
        seats.sort_unstable();
        seats.dedup();
        Self(seats)
    }

    /// All seats, in order.
    #[must_use]
    pub fn seats(&self) -> &[S] {
        &self.0
    }

    /// Whether this is one of the seats.
    #[must_use]
    pub fn has(&self, seat: S) -> bool {
        self.0.binary_search(&seat).is_ok()
    }

    /// How many have to cosign a checkpoint: more than two thirds, so that any two quorums share more members
    /// than may be false (2, 3, 3, 4, 5, 5, 6, 7, 7 of 2 to 10).
    #[must_use]
    pub fn certifying(&self) -> usize {
        self.0.len() * 2 / 3 + 1
    }

    /// How many have to vote for another depositary; none where nobody can replace it. Where all have to
    /// cosign, all the others have to vote; of two, one alone cannot.
    #[must_use]
    pub fn opening(&self) -> Option<usize> {
        match self.0.len() {
            0..=2 => None,
            all if self.certifying() == all => Some(all - 1),
            _ => Some(self.certifying()),
        }
    }

    /// How many of these have a seat, each counted once.
    #[must_use]
    pub fn counted(&self, seats: impl IntoIterator<Item = S>) -> usize {
        let mut counted: Vec<S> = seats.into_iter().filter(|seat| self.has(*seat)).collect();
        counted.sort_unstable();
        counted.dedup();
        counted.len()
    }

    /// The members after a change.
    #[must_use]
    pub fn after(&self, change: Change<S>) -> Self {
        match change {
            Change::Join(seat) => Self::new(self.0.iter().copied().chain([seat])),
            Change::Leave(seat) => Self::new(self.0.iter().copied().filter(|other| *other != seat)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Members;

    #[test]
    fn two_quorums_share_more_than_may_be_false() {
        let told = [(2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (7, 5), (8, 6), (9, 7), (10, 7)];
        for (all, certifying) in told {
            assert_eq!(Members::new(0..all).certifying(), certifying, "of {all}");
        }
        for all in 1..200_usize {
            let members = Members::new(0..all);
            let (certifying, false_max) = (members.certifying(), (all - 1) / 3);
            assert!(2 * certifying > all + false_max, "two certificates of {all}");
            if let Some(opening) = members.opening() {
                let lost = if certifying == all { 0 } else { false_max };
                assert!(certifying + opening > all + lost, "a certificate and an opening of {all}");
            }
            // A change of one seat: the quorums before and after it share an honest member too.
            let after = Members::new(0..=all);
            assert!(certifying + after.certifying() > all + 1 + false_max, "{all} and one more");
        }
    }

    #[test]
    fn nobody_replaces_the_depositary_of_two() {
        assert_eq!([1, 2, 3, 4, 5].map(|all| Members::new(0..all).opening()), [None, None, Some(2), Some(3), Some(4)]);
    }
}

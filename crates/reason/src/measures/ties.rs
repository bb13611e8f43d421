//! Who is tied to whom, and through whom alone. Read [`Ties`] first.

#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "a share is a quotient of whole numbers; this is the room for them"
)]

use super::similarity::number;
use super::{Portfolios, WORD_BITS, common, contains};

/// One state's place among the ties of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// States with which it has a tie of any kind, whoever of the two owes it: its degree.
    pub allies: u64,
    /// Pairs of states without a tie between them that both have one with it, and with nobody else in
    /// common: pairs that only it can bring together. (The definition is ours; it is that of a unique
    /// intermediary at distance two.)
    pub brokered: u64,
}

impl Portfolios {
    /// Whether two states have a tie of any kind.
    #[must_use]
    pub fn are_tied(&self, one: usize, other: usize) -> bool {
        self.tied.get(one).is_some_and(|row| contains(row, other))
    }

    /// How many allies two states share.
    #[must_use]
    pub fn shared(&self, one: usize, other: usize) -> u64 {
        self.tied.get(one).zip(self.tied.get(other)).map_or(0, |(one, other)| common(one, other))
    }

    /// The one ally whom two states without a tie share; none where they share none, or several.
    #[must_use]
    pub fn broker(&self, one: usize, other: usize) -> Option<usize> {
        if one == other || self.are_tied(one, other) || self.shared(one, other) != 1 {
            return None;
        }
        let (own, their) = self.tied.get(one).zip(self.tied.get(other))?;
        let found = own.iter().zip(their).enumerate().find(|(_, (own, their))| **own & **their != 0);
        let (word, (own, their)) = found?;
        Some(word * WORD_BITS + usize::try_from((own & their).trailing_zeros()).ok()?)
    }

    /// How much a pair without a tie hangs on any one of those who could bring it together: one over the
    /// number of its shared allies; 0 where there are none. (The definition is ours.)
    #[must_use]
    pub fn dependency(&self, one: usize, other: usize) -> f64 {
        match self.shared(one, other) {
            0 => 0.0,
            shared => 1.0 / number(shared),
        }
    }

    /// Everybody's place, in the order of the states.
    #[must_use]
    pub fn ties(&self) -> Vec<Ties> {
        let mut ties: Vec<Ties> = self.tied.iter().map(|row| Ties { allies: common(row, row), brokered: 0 }).collect();
        for one in 0..self.states {
            for other in one + 1..self.states {
                if let Some(own) = self.broker(one, other).and_then(|broker| ties.get_mut(broker)) {
                    own.brokered += 1;
                }
            }
        }
        debug_assert_eq!(self.words * self.states, self.tied.iter().map(Vec::len).sum::<usize>());
        ties
    }
}

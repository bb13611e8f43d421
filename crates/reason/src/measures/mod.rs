//! How alike the commitments of two states are, who is tied to whom, and through whom. Read
//! [`Portfolios`] first.
//!
//! Formulas and sources are in `docs/measures.md`. Everything is counted in whole numbers; the measures
//! are then one quotient each, so that they come out the same on every machine.

mod similarity;
mod ties;

pub use similarity::{Similarity, Table};
pub use ties::Ties;

/// How strong a commitment is: none, non-aggression, neutrality or consultation, defence or offence.
pub const LEVELS: usize = 4;

const WORD_BITS: usize = 64;

/// What everybody has promised to everybody in one year, by strength.
///
/// A state's portfolio is its row: its level towards each state, towards itself the highest (Signorino and
/// Ritter 1999).
pub struct Portfolios {
    states: usize,
    words: usize,
    /// For each state and level above none, the states towards whom it has just that level.
    masks: Vec<[Vec<u64>; LEVELS - 1]>,
    /// For each state, with whom it has any tie, whoever of the two owes it.
    tied: Vec<Vec<u64>>,
}

/// The level of a set of promises: 1 defense, 2 offense, 4 neutrality, 8 non-aggression, 16 consultation.
#[must_use]
pub fn level(bits: u8) -> usize {
    match bits {
        bits if bits & 3 != 0 => 3,
        bits if bits & 20 != 0 => 2,
        bits if bits & 8 != 0 => 1,
        _ => 0,
    }
}

impl Portfolios {
    /// From a matrix of promises: a row for each state that owes, a column for each that it is owed to. What
    /// is missing counts as nothing.
    #[must_use]
    pub fn new(states: usize, bits: &[u8]) -> Self {
        let words = states.div_ceil(WORD_BITS).max(1);
        let empty = || vec![0; words];
        let mut masks: Vec<[Vec<u64>; LEVELS - 1]> = (0..states).map(|_| [empty(), empty(), empty()]).collect();
        let mut tied: Vec<Vec<u64>> = (0..states).map(|_| empty()).collect();
        for (owes, own) in masks.iter_mut().enumerate() {
            for owed in 0..states {
                let promised = bits.get(owes * states + owed).copied().unwrap_or(0);
                let level = if owes == owed { LEVELS - 1 } else { level(promised) };
                let Some(mask) = level.checked_sub(1).and_then(|above| own.get_mut(above)) else { continue };
                insert(mask, owed);
                if owes != owed {
                    for (one, other) in [(owes, owed), (owed, owes)] {
                        if let Some(row) = tied.get_mut(one) {
                            insert(row, other);
                        }
                    }
                }
            }
        }
        Self { states, words, masks, tied }
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.states
    }
}

fn insert(mask: &mut [u64], position: usize) {
    if let Some(word) = mask.get_mut(position / WORD_BITS) {
        *word |= 1 << (position % WORD_BITS);
    }
}

fn contains(mask: &[u64], position: usize) -> bool {
    mask.get(position / WORD_BITS).is_some_and(|word| word >> (position % WORD_BITS) & 1 == 1)
}

/// How many are in both.
fn common(one: &[u64], other: &[u64]) -> u64 {
    one.iter().zip(other).map(|(one, other)| u64::from((one & other).count_ones())).sum()
}

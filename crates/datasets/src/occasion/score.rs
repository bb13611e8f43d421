//! What was foretold, held against what the scholars found. Read [`score`].
//!
//! Nothing here goes back to what foretells.

use super::foretold::Foretold;
use super::pair::Half;
use crate::fulfilment::Trial;

/// One pair, foretold and found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored<'t> {
    /// What was found.
    pub trial: &'t Trial,
    /// What was foretold.
    pub foretold: Foretold,
}

impl Scored<'_> {
    /// Whether the war was an occasion, by the paper's own coding.
    #[must_use]
    pub fn is_found(&self) -> bool {
        let [(is_occasion, _), _] = self.trial.outcomes;
        is_occasion
    }

    /// Whether the two agree.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.foretold.is_occasion() == self.is_found()
    }
}

/// How often what was foretold was so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Foretold, and so.
    pub true_positives: u32,
    /// Foretold, and not so.
    pub false_positives: u32,
    /// Not foretold, and yet so.
    pub false_negatives: u32,
    /// Not foretold, and not so.
    pub true_negatives: u32,
}

impl Confusion {
    /// All pairs.
    #[must_use]
    pub fn all(self) -> u32 {
        self.true_positives + self.false_positives + self.false_negatives + self.true_negatives
    }

    /// Of all, those that were right, in tenths of a per cent, rounded.
    #[must_use]
    pub fn accuracy(self) -> Option<u32> {
        per_mille(self.true_positives + self.true_negatives, self.all())
    }

    /// Of those foretold, those that were so.
    #[must_use]
    pub fn precision(self) -> Option<u32> {
        per_mille(self.true_positives, self.true_positives + self.false_positives)
    }

    /// Of those that were so, those foretold.
    #[must_use]
    pub fn recall(self) -> Option<u32> {
        per_mille(self.true_positives, self.true_positives + self.false_negatives)
    }
}

/// A share in thousandths, rounded half up; none of nothing.
fn per_mille(part: u32, whole: u32) -> Option<u32> {
    (part * 2000 + whole).checked_div(2 * whole)
}

/// Counts, over all pairs or those of one half.
#[must_use]
pub fn score(scored: &[Scored<'_>], half: Option<Half>) -> Confusion {
    let mut confusion = Confusion::default();
    for one in scored.iter().filter(|one| half.is_none_or(|half| one.trial.pair.half() == half)) {
        let count = match (one.foretold.is_occasion(), one.is_found()) {
            (true, true) => &mut confusion.true_positives,
            (true, false) => &mut confusion.false_positives,
            (false, true) => &mut confusion.false_negatives,
            (false, false) => &mut confusion.true_negatives,
        };
        *count += 1;
    }
    confusion
}

#[cfg(test)]
mod tests {
    use super::{Confusion, per_mille};

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(
            (per_mille(1, 3), per_mille(2, 3), per_mille(1, 2000), per_mille(0, 0)),
            (Some(333), Some(667), Some(1), None)
        );
    }

    #[test]
    fn accuracy_precision_and_recall_are_what_they_are_called() {
        let one = Confusion { true_positives: 138, false_positives: 44, false_negatives: 3, true_negatives: 353 };
        assert_eq!((one.all(), one.accuracy(), one.precision(), one.recall()), (538, Some(913), Some(758), Some(979)));
    }
}

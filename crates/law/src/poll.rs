//! How votes are counted. Read [`Poll`] first.
//!
//! `docs/language/meaning.md`, section 11, as far as no voice and no fact is needed: the same
//! arithmetic serves facts of which some are not known, and votes of which some are still to come.

use charter::Actor;
use charter::model::{DecisionRule, Fraction, FractionBase, Quorum};

use crate::Truth;

/// How many, for certain and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// For certain.
    pub lowest: usize,
    /// At most.
    pub highest: usize,
}

impl Count {
    /// So many, for certain.
    #[must_use]
    pub fn exactly(number: usize) -> Self {
        Self { lowest: number, highest: number }
    }

    fn at_least(self, number: usize) -> Truth {
        between(self.lowest >= number, self.highest >= number)
    }
}

/// The votes on one matter, absence already counted as the body counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Poll {
    /// Who may vote.
    pub members: usize,
    /// For it.
    pub in_favour: Count,
    /// Against it.
    pub against: Count,
    /// For, against or abstaining.
    pub present: Count,
    /// What those for it weigh, for certain and at most, where votes are weighted.
    pub weight: (u64, u64),
}

impl Poll {
    /// Whether the rule is met: consensus, unanimity, a share of members or of votes cast, weights.
    #[must_use]
    pub fn carries(&self, rule: &DecisionRule) -> Truth {
        match rule {
            DecisionRule::Consensus => self.against.at_least(1).negate(),
            DecisionRule::Unanimity => self.in_favour.at_least(self.members.max(1)),
            DecisionRule::Share(fraction, FractionBase::Members) => {
                self.in_favour.at_least(share(*fraction, self.members))
            }
            DecisionRule::Share(fraction, FractionBase::VotesCast) => {
                // A share of the votes cast; nobody voting for it adopts nothing.
                let carries = |yes: usize, no: usize| yes > 0 && yes >= share(*fraction, yes + no);
                between(
                    carries(self.in_favour.lowest, self.against.highest),
                    carries(self.in_favour.highest, self.against.lowest),
                )
            }
            DecisionRule::Weighted { needed, weights: _ } => {
                between(self.weight.0 >= u64::from(*needed), self.weight.1 >= u64::from(*needed))
            }
        }
    }

    /// Whether enough take part.
    #[must_use]
    pub fn is_quorate(&self, quorum: Option<Quorum>) -> Truth {
        match quorum {
            None => Truth::Yes,
            Some(Quorum::Count(number)) => self.present.at_least(usize::try_from(number).unwrap_or(usize::MAX)),
            Some(Quorum::Share(fraction)) => self.present.at_least(share(fraction, self.members)),
        }
    }
}

/// What these actors' votes weigh together; nothing where the rule weighs none.
pub fn weight<'a>(rule: &DecisionRule, actors: impl Iterator<Item = &'a Actor>) -> u64 {
    match rule {
        DecisionRule::Consensus | DecisionRule::Unanimity | DecisionRule::Share(..) => 0,
        DecisionRule::Weighted { needed: _, weights } => actors
            .flat_map(|actor| weights.iter().filter(move |(named, _)| named == actor))
            .map(|(_, weight)| u64::from(*weight))
            .sum(),
    }
}

/// How many are so many of `all`: more than half, or at least that part.
fn share(fraction: Fraction, all: usize) -> usize {
    match fraction {
        Fraction::Majority => all / 2 + 1,
        Fraction::TwoThirds => (all * 2).div_ceil(3),
        Fraction::ThreeQuarters => (all * 3).div_ceil(4),
    }
}

fn between(surely: bool, perhaps: bool) -> Truth {
    if surely {
        Truth::Yes
    } else if perhaps {
        Truth::Open
    } else {
        Truth::No
    }
}

//! Random charters and random facts that nearly meet. Read [`Generated`].
//!
//! Everything is drawn so that each verdict and each gate comes up often: facts use the verbs and
//! the actors that openings look for, and dates fall on, just before and just after the day asked
//! about. In some cases the unusual is rare, so that duties arise and clash; in others it is not.
//! What is made is always a valid model, though not always one a lawyer would sign.

mod charters;
mod clauses;
mod facts;
mod prelude;
mod random;
mod shrink;
mod status;
mod words;

use charter::model::{Charter, Prelude};
use law::Question;

pub use random::Random;
pub use shrink::shrink;

/// A corpus and a question about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// What the charters share.
    pub prelude: Prelude,
    /// The charters.
    pub charters: Vec<Charter>,
    /// The question.
    pub question: Question,
}

impl Generated {
    /// The corpus and question that belong to a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let calm = random.chance(60);
        random.settle(calm);
        let asked = words::date(1938, 10, 1);
        let prelude = prelude::prelude(&mut random, asked);
        let number = [1, 1, 1, 2, 2, 3];
        let number = random.pick(&number);
        let charters = words::CHARTERS.iter().take(number).map(|name| charters::charter(&mut random, name, asked));
        let charters = charters.collect::<Vec<_>>();
        let question = facts::question(&mut random, number, asked);
        Self { prelude, charters, question }
    }
}

//! Everything that follows from charters and the acts so far. Read [`Situation`] first.

use std::collections::BTreeMap;

use charter::Name;
use charter::model::{Charter, Prelude};
use law::Corpus;

use crate::act::{Act, Moment};
use crate::canonical::Canon;
use crate::framework::Framework;
use crate::refusal::{Refusal, Why, by_record};
use crate::view::View;

/// Charters, and what their parties have said.
///
/// What a charter's own `history` tells has happened already; acts come on top of it.
#[derive(Clone, Debug)]
pub struct Situation {
    pub(crate) corpus: Corpus,
    pub(crate) frameworks: BTreeMap<Name, Framework>,
}

impl Situation {
    /// No act yet: these charters, which passed the checks, and what they share.
    #[must_use]
    pub fn new(prelude: Prelude, charters: Vec<Charter>) -> Self {
        let corpus = Corpus::new(prelude, charters);
        let of = |charter: &Charter| (charter.name.clone(), Framework::new(&corpus, charter));
        let frameworks = corpus.charters().map(of).collect();
        Self { corpus, frameworks }
    }

    /// One more act.
    ///
    /// # Errors
    /// The charter, the Vienna Convention or the record refuses it; then nothing has changed.
    pub fn apply(&mut self, act: Act) -> Result<(), Refusal> {
        match self.frameworks.get_mut(&act.charter) {
            Some(framework) => framework.apply(&self.corpus, act),
            None => Err(by_record(Why::UnknownCharter, format!("there is no charter `{}` here", act.charter))),
        }
    }

    /// How things stand at a time, by the acts so far.
    #[must_use]
    pub fn at(&self, moment: Moment) -> View<'_> {
        View { situation: self, at: moment }
    }

    /// The situation as bytes, for the caller to hash: equal for equal histories, on every machine.
    ///
    /// Charters are in it by name alone; their texts have digests of their own.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        let mut canon = Canon::default();
        for (name, framework) in &self.frameworks {
            canon.framework(name, framework);
        }
        canon.bytes
    }
}

//! Everything that follows from charters and the acts so far. Read [`Situation`] first.

use std::collections::BTreeMap;

use charter::Name;
use charter::model::{Charter, Prelude};
use jiff::Timestamp;
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
            None => {
                let near = charter::nearest(act.charter.as_str(), self.frameworks.keys().map(Name::as_str));
                let near = near.map_or_else(String::new, |near| format!("; `{near}` is near"));
                Err(by_record(Why::UnknownCharter, format!("there is no charter `{}` here{near}", act.charter)))
            }
        }
    }

    /// The record has got to this time: whatever counts before it is among the acts already. Once that was said, what is
    /// to be settled by a deadline is open until the record has got there, however late it is asked about: an act
    /// signed before the deadline may still be under way, and is in time if it comes before this is said.
    pub fn reach(&mut self, time: Timestamp) {
        for framework in self.frameworks.values_mut() {
            let reached = framework.reached.unwrap_or(i64::MIN);
            framework.reached = Some(reached.max(time.as_second()));
        }
    }

    /// The next deadline at which something is settled that the record has not got to; none: there is none, or nobody
    /// has said how far the record has got.
    #[must_use]
    pub fn next_closing(&self) -> Option<Timestamp> {
        let closings = self.frameworks.values().filter_map(Framework::next_closing);
        closings.min().and_then(|second| Timestamp::from_second(second).ok())
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

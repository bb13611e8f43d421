//! What is asked. Read [`Question`] first.

use charter::model::{Assumption, FactLine, Level, When};
use charter::{Actor, Name};

/// Facts, a date, and how far down the reader is willing to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The day, or instant, asked about. Facts that begin later are not looked at.
    pub on: When,
    /// What happened. A line whose `on` is empty happened on the day asked about; one whose
    /// statement is negated is known not to have happened.
    pub facts: Vec<FactLine>,
    /// `unknown whether …`
    pub unknown: Vec<FactLine>,
    /// What is taken for granted.
    pub assumptions: Vec<Assumption>,
    /// How well a clause or fact must be known.
    pub evidence: Level,
    /// `ask as known on …`: articles still secret on that day are not known.
    pub known_on: Option<When>,
    /// `ask by text alone`: conditions that hold by practice are left out.
    pub text_alone: bool,
    /// The charter whose bodies, articles and terms the facts speak of where they name none.
    pub home: Option<Name>,
    /// About whom the asker wants to know in particular. Of a worldwide charter they are told what
    /// otherwise only those are told whom it concerns closely.
    pub about: Vec<Actor>,
    /// Ask only these charters, the others being there to be referred to; none: all.
    pub only: Vec<Name>,
    /// Whether two events that open the same duty open two: two calls are answered twice. Else one is told of, that
    /// which is owed, or comes nearest to it.
    pub each_event: bool,
}

impl Question {
    /// A question about one day, with nothing asserted yet.
    #[must_use]
    pub fn on(on: When) -> Self {
        Self {
            on,
            facts: Vec::new(),
            unknown: Vec::new(),
            assumptions: Vec::new(),
            evidence: Level::Text,
            known_on: None,
            text_alone: false,
            home: None,
            about: Vec::new(),
            only: Vec::new(),
            each_event: false,
        }
    }
}

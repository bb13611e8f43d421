//! What actors are called. Read [`Names`].

use std::collections::BTreeMap;

use charter::model::{Charter, Prelude};
use charter::{Actor, Name};
use law::Holder;

/// The names that a corpus declares, before those that ISO 3166-1 gives.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    declared: BTreeMap<Name, Name>,
}

impl Names {
    pub(crate) fn new(prelude: &Prelude, charters: &[Charter]) -> Self {
        let own = charters.iter().flat_map(|charter| &charter.actors);
        let mut declared = BTreeMap::new();
        for actor in prelude.actors.iter().chain(own) {
            declared.entry(actor.code.clone()).or_insert_with(|| actor.name.clone());
        }
        Self { declared }
    }

    /// `Saudi Arabia`; the code itself where nobody has named it.
    pub(crate) fn short(&self, actor: &Actor) -> String {
        match actor {
            Actor::Movement(_) => actor.to_string(),
            Actor::Code(code) => match self.known(code.as_str()) {
                Some(name) => name.to_owned(),
                None => code.to_string(),
            },
        }
    }

    /// `Saudi Arabia (SAU)`
    pub(crate) fn full(&self, actor: &Actor) -> String {
        match actor {
            Actor::Movement(_) => actor.to_string(),
            Actor::Code(code) => match self.known(code.as_str()) {
                Some(name) => format!("{name} ({code})"),
                None => code.to_string(),
            },
        }
    }

    /// A holder; a group by its members.
    pub(crate) fn holder(&self, holder: &Holder) -> String {
        match holder {
            Holder::Actor(actor) => self.full(actor),
            Holder::Together(members) => format!("{} together", self.list(members)),
        }
    }

    /// `Austria, Belgium and France`
    pub(crate) fn list(&self, actors: &[Actor]) -> String {
        let names: Vec<String> = actors.iter().map(|actor| self.short(actor)).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    /// The name behind a code; none where neither the corpus nor ISO knows it. A name such as
    /// *Austria, from 1867 Austria-Hungary* is told by its first part.
    pub(crate) fn known(&self, code: &str) -> Option<&str> {
        let name = self.declared.get(&Name::new(code)).map(Name::as_str).or_else(|| charter::codes::iso_name(code))?;
        name.split(',').next()
    }
}

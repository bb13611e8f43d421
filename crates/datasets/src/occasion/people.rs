//! Whose Correlates of War number is whose code in a charter. Read [`People`].

use charter::model::{Charter, HistoryAct};
use charter::{Actor, codes};
use law::Corpus;

use super::wars::Attack;

/// The actors of some charters, by their numbers.
pub(super) struct People<'a> {
    corpus: &'a Corpus,
    /// In which codes are read: one number is Russia's and the Soviet Union's.
    year: i16,
    /// Everybody who is or was a party, with his numbers.
    parties: Vec<(Actor, Vec<u16>)>,
}

impl<'a> People<'a> {
    pub(super) fn new(corpus: &'a Corpus, charters: &[&'a Charter], year: i16) -> Self {
        let acceding = |charter: &&'a Charter| {
            let accessions = charter.history.iter().filter(|entry| entry.act == HistoryAct::Accede);
            accessions.flat_map(|entry| &entry.who).cloned().collect::<Vec<_>>()
        };
        let mut parties: Vec<Actor> =
            charters.iter().flat_map(|charter| charter.parties.iter().cloned().chain(acceding(charter))).collect();
        parties.sort_unstable();
        parties.dedup();
        let numbered = parties.into_iter().map(|party| {
            let numbers = numbers(corpus, charters, &party);
            (party, numbers)
        });
        Self { corpus, year, parties: numbered.collect() }
    }

    /// Whose number it is: a party's, if a party has it.
    pub(super) fn actor(&self, number: u16) -> Actor {
        let of_the_year = codes::from_cow_number(number, Some(self.year));
        let mut parties = self.parties.iter().filter(|(_, numbers)| numbers.contains(&number)).map(|(party, _)| party);
        let is_of_the_year = |party: &&Actor| Some(party.as_str()) == of_the_year;
        if let Some(party) = parties.clone().find(is_of_the_year).or_else(|| parties.next()) {
            return party.clone();
        }
        let declared = self.corpus.prelude().actors.iter().find(|actor| actor.cow == Some(number));
        if let Some(declared) = declared {
            return Actor::code(declared.code.as_str());
        }
        let known = of_the_year.or_else(|| codes::from_cow_number(number, None)).filter(|code| {
            !self.corpus.prelude().actors.iter().any(|actor| actor.code.as_str() == *code && actor.cow.is_some())
        });
        // A number that is nobody's code here is nobody that a charter could mean.
        known.map_or_else(|| Actor::code(&format!("W{number}")), Actor::code)
    }

    fn is_party(&self, number: u16) -> bool {
        self.parties.iter().any(|(_, numbers)| numbers.contains(&number))
    }

    pub(super) fn concerns(&self, attack: &Attack) -> bool {
        self.is_party(attack.attacker) || self.is_party(attack.target)
    }

    pub(super) fn are_parties(&self, attack: &Attack) -> bool {
        self.is_party(attack.attacker) && self.is_party(attack.target)
    }
}

/// An actor's numbers: as declared, else as the project's table has them.
fn numbers(corpus: &Corpus, charters: &[&Charter], actor: &Actor) -> Vec<u16> {
    let declarations = corpus.prelude().actors.iter().chain(charters.iter().flat_map(|charter| &charter.actors));
    let declared: Vec<u16> =
        declarations.filter(|declared| declared.code == *actor.name()).filter_map(|declared| declared.cow).collect();
    if declared.is_empty() { numbers_of_code(actor.name().as_str()) } else { declared }
}

/// The numbers that the project's table gives a code. Serbia and Yugoslavia share theirs whatever the
/// year, since a charter writes one of the two and means whoever has the number; so do Russia and the
/// Soviet Union.
fn numbers_of_code(code: &str) -> Vec<u16> {
    let mut numbers: Vec<u16> = codes::memberships(code).iter().map(|membership| membership.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

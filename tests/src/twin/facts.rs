//! Section 3 of the page: what a fact is worth, which event is which, and war.

use charter::model::Verb;
use charter::{Actor, Name};
use law::Reason;

use super::value::{NO, Value, YES, any, open, so};
use super::view::{Fact, View};

pub(super) const HOSTILE: [Verb; 11] = [
    Verb::Attacks,
    Verb::ClashesWith,
    Verb::CommitsAggressionAgainst,
    Verb::Threatens,
    Verb::Blockades,
    Verb::Occupies,
    Verb::SendsArmedBandsInto,
    Verb::CyberAttacks,
    Verb::RisesAgainst,
    Verb::MakesWarOn,
    Verb::DeclaresWarOn,
];

const ATTACKS: [Verb; 4] = [Verb::Attacks, Verb::DeclaresWarOn, Verb::MakesWarOn, Verb::RisesAgainst];

pub(super) fn is_hostile(verb: Verb) -> bool {
    HOSTILE.contains(&verb)
}

impl View<'_> {
    /// Whether what happened is what a charter speaks of.
    pub(super) fn satisfies(&self, happened: Verb, pattern: Verb) -> bool {
        if happened == pattern {
            return true;
        }
        let attacks = ATTACKS.contains(&happened);
        if pattern == Verb::Attacks {
            attacks
        } else if pattern == Verb::CommitsAggressionAgainst {
            let aggression = Name::new("aggression");
            let defined = self.charter.definitions.iter().filter(|definition| definition.word == aggression);
            attacks || defined.flat_map(|definition| &definition.kinds).any(|kind| *kind == happened)
        } else if pattern == Verb::Threatens {
            attacks || happened == Verb::ClashesWith || happened == Verb::CommitsAggressionAgainst
        } else if pattern == Verb::MakesWarOn {
            happened == Verb::Attacks || happened == Verb::DeclaresWarOn
        } else {
            pattern == Verb::Supports && happened == Verb::Assists
        }
    }

    /// What somebody said is worth, whenever it happened: the account, and how it is known.
    pub(super) fn said(&self, fact: &Fact<'_>) -> Value {
        if fact.statement.negated || self.world.dropped.contains(&fact.position) {
            return NO;
        }
        let asked = self.case.question.evidence;
        let known_well = fact.line.evidence.as_ref().is_none_or(|evidence| evidence.level <= asked);
        if fact.unknown || !known_well { open(Reason::UnknownFact) } else { YES }
    }

    /// The value of a fact that need not be going on any more.
    pub(super) fn has_begun(&self, fact: &Fact<'_>) -> Value {
        self.said(fact).and(self.clock().has_started(fact.on, self.t))
    }

    pub(super) fn fact_value(&self, fact: &Fact<'_>) -> Value {
        let begun = self.has_begun(fact);
        match fact.line.until {
            Some(until) if !self.begun => begun.and(self.clock().has_passed(until, self.t).not()),
            Some(_) | None => begun,
        }
    }

    /// Whether somebody has said by now that something is not so.
    pub(super) fn denies(&self, fact: &Fact<'_>) -> bool {
        fact.statement.negated && self.clock().has_started(fact.on, self.t).is_yes()
    }

    pub(super) fn at_war(&self, x: &Actor, y: &Actor) -> Value {
        any(self.case.facts.iter().filter(|fact| are_between(fact, x, y)).map(|fact| self.war_by(fact, x, y)))
    }

    fn war_by(&self, fact: &Fact<'_>, x: &Actor, y: &Actor) -> Value {
        if fact.statement.verb == Verb::IsAtWarWith {
            return self.fact_value(fact);
        }
        if !opens_war(fact) {
            return NO;
        }
        let begun = self.clock().start(fact.on).earliest;
        let mut war = self.has_begun(fact);
        for peace in self.case.facts.iter().filter(|peace| are_between(peace, x, y)) {
            let is_peace = peace.statement.verb == Verb::ConcludesPeaceWith;
            if is_peace && self.clock().start(peace.on).earliest >= begun {
                war = war.and(self.fact_value(peace).not());
            }
        }
        war
    }
}

/// Whether a fact, if it is so, puts its subject and object at war.
pub(super) fn makes_war(fact: &Fact<'_>) -> bool {
    fact.statement.verb == Verb::IsAtWarWith || opens_war(fact)
}

fn opens_war(fact: &Fact<'_>) -> bool {
    let statement = &fact.statement;
    let between_states = [fact.subject(), fact.object()].iter().all(|actor| matches!(actor, Some(Actor::Code(_))));
    matches!(statement.verb, Verb::Attacks | Verb::MakesWarOn | Verb::DeclaresWarOn)
        && !statement.from_within
        && between_states
}

fn are_between(fact: &Fact<'_>, x: &Actor, y: &Actor) -> bool {
    let ends = (fact.subject(), fact.object());
    ends == (Some(x), Some(y)) || ends == (Some(y), Some(x))
}

/// A plain yes or no about two names.
pub(super) fn same(left: &Name, right: &Name) -> Value {
    so(left == right)
}

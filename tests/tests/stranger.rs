//! What strangers do to each other takes no answer away from anybody.
//!
//! A stranger is no party to a charter and is named by none. Once somebody takes part in what
//! happened, one more fact about two strangers may add answers, and change none of the questions
//! that the charters were asked before.

use std::collections::BTreeSet;

use charter::model::{FactLine, Object, Selector, Statement, Verb, Who};
use charter::{Actor, Name, Span};
use law::{Answer, Corpus, Origin};
use tests::generate::Generated;

const SEEDS: u64 = 600;
/// Worldwide charters say less the more take part.
const PARTIES_OF_ONE_REGION_MAX: usize = 50;

fn stranger(code: &str) -> Who {
    Who { selector: Selector::Actor(Actor::Code(Name::new(code))), other_than: Vec::new(), span: Span::NONE }
}

fn done(verb: Verb, object: Object) -> FactLine {
    let subject = stranger("ZZA");
    let (negated, place, provocation, from_within, span) = (false, None, None, false, Span::NONE);
    FactLine {
        label: None,
        on: None,
        statement: Statement { subject, negated, verb, object, place, provocation, from_within, span },
        says: Vec::new(),
        denied_by: Vec::new(),
        found_by: Vec::new(),
        until: None,
        evidence: None,
        span,
    }
}

/// What strangers may do.
fn deeds() -> Vec<FactLine> {
    let other = || Object::Who(stranger("ZZB"));
    vec![
        done(Verb::Attacks, other()),
        done(Verb::Threatens, other()),
        done(Verb::Occupies, other()),
        done(Verb::Assists, other()),
        done(Verb::Mobilises, Object::Nothing),
        done(Verb::GivesNotice, Object::Nothing),
        done(Verb::Requests, Object::Thing(Name::new("consultation"))),
    ]
}

fn takes_part(fact: &FactLine) -> bool {
    let is_one = |who: &Who| matches!(who.selector, Selector::Actor(_));
    is_one(&fact.statement.subject) || matches!(&fact.statement.object, Object::Who(who) if is_one(who))
}

/// Which duties are told of, whatever is said of them.
fn told(case: &Generated, deed: Option<FactLine>) -> BTreeSet<String> {
    let mut question = case.question.clone();
    question.facts.extend(deed);
    let small = case.charters.iter().filter(|charter| charter.parties.len() <= PARTIES_OF_ONE_REGION_MAX);
    let small: Vec<&Name> = small.map(|charter| &charter.name).collect();
    let outcome = law::answer(&Corpus::new(case.prelude.clone(), case.charters.clone()), &question);
    let is_looked_at = |answer: &&Answer| answer.origin != Origin::Kind && small.contains(&&answer.charter);
    let told = outcome.answers.iter().chain(&outcome.rights).filter(is_looked_at);
    told.map(|answer| format!("{} {:?} {:?} to {:?}", answer.charter, answer.origin, answer.actor, answer.to)).collect()
}

#[test]
fn a_fact_about_strangers_silences_nobody() {
    let mut compared = 0;
    for seed in 0..SEEDS {
        let case = Generated::new(seed);
        if !case.question.facts.iter().any(takes_part) {
            continue;
        }
        let before = told(&case, None);
        compared += before.len();
        for deed in deeds() {
            let statement = deed.statement.to_string();
            let after = told(&case, Some(deed));
            let silenced: Vec<&String> = before.difference(&after).collect();
            assert!(silenced.is_empty(), "seed {seed}: after {statement}, nothing is said of {silenced:#?}");
        }
    }
    assert!(compared > 1_000, "too few answers to compare: {compared}");
}

//! Generated questions: facts, what is unknown, and what is assumed.

use charter::model::{Assumption, FactLine, Level, Member, Object, Provocation, Selector, Statement, Verb, When};
use charter::{Actor, Name};
use jiff::civil::Date;
use law::Question;

use super::charters::evidence;
use super::clauses::location;
use super::random::Random;
use super::words::{
    BODIES, CHARTERS, CLASSES, GROUP, MATTERS, STATES, WORLD, actor, far, instant, name, near, one, past, place,
    reference, said, state, who,
};

pub(crate) fn question(random: &mut Random, charters: usize, asked: Date) -> Question {
    let on = match random.below(14) {
        0 => When::Month(asked.year(), asked.month()),
        1 => instant(asked, random.below(24), 0),
        2 if random.chance(30) => When::Year(asked.year()),
        _ => When::Day(asked),
    };
    let mut question = Question::on(on);
    let number = random.pick(&[0, 1, 1, 2, 2, 3, 3, 4, 5, 6]);
    question.facts = random.several(number, |random| fact(random, asked));
    if random.chance(25) {
        question.facts.extend(vote(random, asked));
    }
    if random.chance(15) {
        let answered: Vec<FactLine> = question.facts.iter().filter_map(reversed).collect();
        question.facts.extend(answered);
    }
    if random.chance(3) {
        question.facts.extend(random.several(7, |random| contested(random, asked)));
    }
    let unknown = random.pick(&[0, 0, 0, 1, 1, 2]);
    question.unknown = random.several(unknown, |random| fact(random, asked));
    let assumed = random.pick(&[0, 0, 0, 0, 0, 1, 2]);
    question.assumptions = random.several(assumed, |random| assumption(random, charters, asked));
    question.evidence = random.pick(&[Level::Text, Level::Text, Level::Official, Level::Reported]);
    question.known_on = random.oddly(20, |random| near(random, asked));
    question.text_alone = random.chance(12);
    question.home = random.maybe(50, |random| charter_name(random, charters));
    if random.chance(10) {
        question.about = vec![state(random), far(random.below(WORLD))];
    }
    question
}

fn charter_name(random: &mut Random, charters: usize) -> Name {
    let known: Vec<&str> = CHARTERS.iter().take(charters).copied().collect();
    name(random.pick(&known))
}

fn assumption(random: &mut Random, charters: usize, asked: Date) -> Assumption {
    let charter = charter_name(random, charters);
    match random.below(6) {
        0 => {
            Assumption::InForceSince(charter, if random.chance(60) { past(random, asked) } else { near(random, asked) })
        }
        1 => Assumption::EndedOn(charter, near(random, asked)),
        2 => Assumption::TextPublished(charter),
        3 | 4 => {
            let since = random.maybe(50, |random| near(random, asked));
            Assumption::PartyTo(state(random), charter, since)
        }
        _ => Assumption::Fact(Box::new(fact(random, asked))),
    }
}

fn line(statement: Statement) -> FactLine {
    FactLine::plain(statement)
}

const VIOLENCE: [Verb; 16] = [
    Verb::Attacks,
    Verb::Attacks,
    Verb::Attacks,
    Verb::Attacks,
    Verb::Attacks,
    Verb::CommitsAggressionAgainst,
    Verb::Threatens,
    Verb::Blockades,
    Verb::Occupies,
    Verb::SendsArmedBandsInto,
    Verb::CyberAttacks,
    Verb::RisesAgainst,
    Verb::MakesWarOn,
    Verb::DeclaresWarOn,
    Verb::ClashesWith,
    Verb::Attacks,
];

/// Somebody else.
fn other_than(random: &mut Random, subject: &Actor) -> Actor {
    let mut other = actor(random);
    while other == *subject {
        other = actor(random);
    }
    other
}

fn violence(random: &mut Random) -> Statement {
    let object = if random.chance(4) { Object::Place(name(place(random))) } else { Object::Who(one(&actor(random))) };
    let mut statement = said(one(&actor(random)), random.pick(&VIOLENCE), object);
    if random.is_calm() && random.chance(70) {
        statement.verb = Verb::Attacks;
    }
    statement.place = random.oddly(50, location);
    statement.provocation = random.oddly(16, |random| random.pick(&[Provocation::After, Provocation::Without]));
    statement.from_within = random.odd(10);
    statement
}

fn matter(random: &mut Random) -> Object {
    Object::Thing(name(random.pick(&MATTERS)))
}

fn other(random: &mut Random) -> Statement {
    let subject = state(random);
    let object = Object::Who(one(&other_than(random, &subject)));
    let subject = one(&subject);
    match random.below(20) {
        0..=2 => said(subject, Verb::Assists, object),
        3 => said(subject, Verb::Supports, object),
        4 => said(subject, Verb::ConcludesPeaceWith, object),
        5 => said(subject, Verb::Requests, Object::Thing(name("consultation"))),
        6 | 7 => {
            let charter = random.maybe(40, |random| random.pick(&CHARTERS));
            let number = random.pick(&["1", "1", "2"]);
            said(subject, Verb::Invokes, Object::Article(reference(charter, Some(number))))
        }
        8 => said(subject, Verb::Finds, matter(random)),
        9 => {
            let body = who(Selector::Body(name(random.pick(&BODIES))));
            said(body, random.pick(&[Verb::Finds, Verb::Decides]), matter(random))
        }
        10 => said(subject, Verb::Consents, Object::Nothing),
        11 => said(subject, Verb::Mobilises, Object::Nothing),
        12 => said(subject, Verb::IsAtWarWith, object),
        13 => said(subject, Verb::IsA, Object::Class(name(CLASSES[3]))),
        14 => said(who(Selector::Nobody), Verb::Term, matter(random)),
        15 => said(subject, Verb::Releases, object),
        16 => said(subject, Verb::IsOccupiedBy, object),
        17 => said(subject, Verb::GivesNotice, Object::Nothing),
        18 => {
            said(subject, Verb::IsBoundTo, Object::Bond { to: one(&state(random)), kind: name("arbitration treaty") })
        }
        _ => {
            let group = Selector::EachOf(vec![Member::Group(name(GROUP)), Member::Actor(state(random))]);
            said(who(group), random.pick(&[Verb::Attacks, Verb::Assists, Verb::Mobilises]), object)
        }
    }
}

fn fact(random: &mut Random, asked: Date) -> FactLine {
    let mut fact = line(if random.chance(62) { violence(random) } else { other(random) });
    fact.statement.negated = random.odd(10);
    fact.on = random.maybe(50, |random| near(random, asked));
    fact.until = random.oddly(14, |random| near(random, asked));
    if random.chance(18) {
        fact.says = vec![state(random)];
        fact.denied_by = vec![state(random)];
    }
    fact.evidence = random.oddly(18, evidence);
    let finders: Vec<&str> = STATES.iter().chain(&BODIES).copied().collect();
    let needs_a_finder = matches!(fact.statement.verb, Verb::IsA | Verb::Term);
    if random.chance(if needs_a_finder { 80 } else { 3 }) {
        fact.found_by = random.some(&finders, 30).into_iter().map(name).collect();
    }
    fact
}

/// The same done by the other.
fn reversed(fact: &FactLine) -> Option<FactLine> {
    let Object::Who(object) = &fact.statement.object else { return None };
    let mut turned = fact.clone();
    turned.statement.object = Object::Who(fact.statement.subject.clone());
    turned.statement.subject = object.clone();
    matches!(fact.statement.subject.selector, Selector::Actor(_)).then_some(turned)
}

/// A fact that somebody denies.
fn contested(random: &mut Random, asked: Date) -> FactLine {
    let mut fact = fact(random, asked);
    fact.denied_by = vec![state(random)];
    fact
}

/// A matter taken up in a body, and what its members do.
fn vote(random: &mut Random, asked: Date) -> Vec<FactLine> {
    let matter = name(random.pick(&MATTERS));
    let body = who(Selector::Body(name(random.pick(&BODIES))));
    let object = if random.chance(50) {
        Object::Silence { matter: matter.clone(), until: near(random, asked) }
    } else {
        Object::Thing(matter.clone())
    };
    let mut facts = vec![line(said(body, Verb::TakesUp, object))];
    let voices = random.between(0, 5);
    for _ in 0..voices {
        let verb = random.pick(&[
            Verb::BreaksSilenceOn,
            Verb::ObjectsTo,
            Verb::VotesFor,
            Verb::VotesFor,
            Verb::VotesFor,
            Verb::VotesAgainst,
            Verb::AbstainsOn,
            Verb::Consents,
        ]);
        facts.push(line(said(one(&state(random)), verb, Object::Thing(matter.clone()))));
    }
    for fact in &mut facts {
        fact.on = random.maybe(60, |random| near(random, asked));
        if random.chance(8) {
            fact.denied_by = vec![state(random)];
        }
    }
    facts
}

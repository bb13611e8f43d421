//! Generated charters, without their clauses.

use charter::model::{
    Absence, AreaDeclaration, AreaItem, AreaKind, Article, Body, BodyMembers, Charter, DecisionRule, Definition,
    Duration, DurationUnit, Evidence, Fraction, FractionBase, Level, Precedence, PrecedenceOver, Quorum, Reservation,
    ReservationKind, Selector, TermDeclaration, Track, Verb,
};
use charter::model::{ActionVerb, Bearer, Member, Modality};
use charter::{Actor, Name, Span};
use jiff::civil::Date;

use super::random::Random;
use super::words::{
    AREA, BODIES, CHARTERS, CLASSES, GROUP, MATTERS, STATES, WORLD, duty, far, label, name, near, one, place,
    reference, state, who,
};
use super::{clauses, prelude, status};

pub(crate) fn charter(random: &mut Random, charter: &str, asked: Date) -> Charter {
    let few = random.odd(40);
    let codes = if few { vec![random.pick(&STATES), random.pick(&STATES)] } else { random.some(&STATES, 65) };
    let mut parties: Vec<Actor> = codes.into_iter().map(Actor::code).collect();
    parties.dedup();
    if random.chance(1) {
        parties.extend((0..WORLD).map(far));
    }
    let articles = random.between(1, 3);
    let mut made = Charter {
        name: name(charter),
        title: name("A generated charter"),
        counting: random.maybe(20, prelude::counting),
        places: if random.chance(20) { prelude::own_places(random) } else { Vec::new() },
        classes: if random.chance(15) { prelude::classes(random, asked) } else { Vec::new() },
        groups: random.maybe(20, |random| prelude::group(random, asked)).into_iter().collect(),
        areas: vec![area(random)],
        definitions: random.maybe(25, definition).into_iter().collect(),
        terms: terms(random),
        status: status::status(random, charter, asked, &parties),
        status_readings: status::readings(random, asked),
        history: status::history(random, asked, &parties),
        precedence: random.maybe(15, precedence).into_iter().collect(),
        tracks: random.maybe(10, track).into_iter().collect(),
        parties,
        ..Charter::default()
    };
    for body in BODIES {
        if random.chance(80) {
            made.bodies.push(self::body(random, body));
        }
    }
    for number in ["1", "2", "3"].iter().take(articles) {
        made.articles.push(article(random, number, asked));
    }
    let reservations = if random.odd(45) { random.pick(&[1, 2]) } else { random.pick(&[0, 0, 0, 0, 1]) };
    let own: Vec<Actor> = made.parties.clone();
    made.reservations = random.several(reservations, |random| reservation(random, &own));
    made
}

fn area(random: &mut Random) -> AreaDeclaration {
    let number = random.between(1, 3);
    AreaDeclaration {
        name: name(AREA),
        includes: random.several(number, area_item),
        excludes: random.maybe(25, area_item).into_iter().collect(),
        span: Span::NONE,
    }
}

fn area_item(random: &mut Random) -> AreaItem {
    if random.chance(35) {
        return AreaItem::Place(name(place(random)));
    }
    let kinds = [AreaKind::Territory, AreaKind::Territory, AreaKind::Forces, AreaKind::Islands];
    let whose = match random.below(5) {
        0 => one(&state(random)),
        1 => who(Selector::Anyone),
        2 => who(Selector::AClass(name(random.pick(&CLASSES)))),
        _ => who(Selector::AParty),
    };
    AreaItem::Of { kind: random.pick(&kinds), whose, within: random.maybe(60, |random| name(place(random))) }
}

fn definition(random: &mut Random) -> Definition {
    Definition {
        word: name("aggression"),
        kinds: random.some(&[Verb::Attacks, Verb::Blockades, Verb::CyberAttacks, Verb::ClashesWith], 50),
        span: Span::NONE,
    }
}

fn terms(random: &mut Random) -> Vec<TermDeclaration> {
    let mut terms = Vec::new();
    for term in MATTERS {
        if random.chance(75) {
            terms.push(TermDeclaration { term: name(term), found_by: prelude::finder(random), span: Span::NONE });
        }
    }
    terms
}

fn precedence(random: &mut Random) -> Precedence {
    let side = |random: &mut Random| {
        let charter = random.maybe(60, |random| random.pick(&CHARTERS));
        let number = random.maybe(40, |random| random.pick(&["1", "2"]));
        reference(charter, number)
    };
    let winner = side(random);
    let over = if random.chance(25) { PrecedenceOver::EveryOther } else { PrecedenceOver::Article(side(random)) };
    Precedence {
        winner,
        over,
        for_parties_of: random.maybe(25, |random| name(random.pick(&CHARTERS))),
        span: Span::NONE,
    }
}

fn track(random: &mut Random) -> Track {
    let members: Vec<Actor> = random.some(&STATES, 50).into_iter().map(Actor::code).collect();
    let verb = random.pick(&[ActionVerb::SeeItems, ActionVerb::Assist, ActionVerb::PassOnItems]);
    let whom = random.maybe(50, |random| match random.below(2) {
        0 => who(Selector::EachOtherMember),
        _ => one(&state(random)),
    });
    let modality = random.pick(&[Modality::Must, Modality::MustNot, Modality::May]);
    Track {
        name: name("intelligence"),
        title: None,
        joined_by: None,
        by_leave: None,
        members,
        leave: None,
        bodies: Vec::new(),
        duties: vec![duty(Bearer::EachMember, modality, verb, whom)],
        evidence: known(random),
        span: Span::NONE,
    }
}

/// How a clause is known, where that is said.
pub(crate) fn known(random: &mut Random) -> Vec<Evidence> {
    let number = if random.odd(25) { random.pick(&[1, 2]) } else { 0 };
    random.several(number, evidence)
}

pub(crate) fn evidence(random: &mut Random) -> Evidence {
    Evidence {
        level: random.pick(&[Level::Text, Level::Official, Level::Reported]),
        from: name("an agency"),
        grade: None,
        denied_by: Vec::new(),
        origin: None,
    }
}

fn fraction(random: &mut Random) -> Fraction {
    random.pick(&[Fraction::Majority, Fraction::TwoThirds, Fraction::ThreeQuarters])
}

fn body(random: &mut Random, body: &str) -> Body {
    let rule = match random.below(6) {
        0 | 1 => DecisionRule::Consensus,
        2 => DecisionRule::Unanimity,
        3 => DecisionRule::Share(fraction(random), FractionBase::Members),
        4 => DecisionRule::Share(fraction(random), FractionBase::VotesCast),
        _ => DecisionRule::Weighted { needed: 3, weights: weights(random) },
    };
    let members = if random.chance(70) {
        BodyMembers::AllParties { except: random.maybe(30, state).into_iter().collect() }
    } else {
        BodyMembers::Of(vec![Member::Group(name(GROUP)), Member::Actor(state(random)), Member::Actor(state(random))])
    };
    Body {
        name: name(body),
        title: None,
        members,
        rule,
        quorum: random.maybe(20, |random| match random.below(2) {
            0 => Quorum::Count(2),
            _ => Quorum::Share(fraction(random)),
        }),
        veto: random.maybe(15, state).into_iter().collect(),
        without_parties_concerned: random.chance(20),
        silence: random.maybe(60, |random| Duration { count: random.pick(&[24, 48]), unit: DurationUnit::Hours }),
        absence: random.pick(&[Absence::Abstention, Absence::Abstention, Absence::Objection, Absence::Assent]),
        binds: None,
        takes_up_blocked_in: random.maybe(20, |random| name(random.pick(&BODIES))).into_iter().collect::<Vec<Name>>(),
        span: Span::NONE,
    }
}

fn weights(random: &mut Random) -> Vec<(Actor, u32)> {
    STATES.iter().map(|code| (Actor::code(code), random.pick(&[0, 1, 2, 3]))).collect()
}

fn article(random: &mut Random, number: &str, asked: Date) -> Article {
    let clauses = if random.chance(25) { 2 } else { 1 };
    let exceptions = if random.odd(55) { random.pick(&[1, 1, 2]) } else { random.pick(&[0, 0, 0, 1]) };
    let labels = ["first", "second"];
    Article {
        label: label(number),
        title: None,
        secret_until: random.oddly(12, |random| near(random, asked)),
        unchecked: false,
        sources: Vec::new(),
        evidence: known(random),
        narrowings: random.oddly(15, |random| clauses::narrowing(random, asked)).into_iter().collect(),
        clauses: random.several(clauses, |random| clauses::clause(random, asked)),
        exceptions: labels
            .iter()
            .take(exceptions)
            .map(|label| clauses::exception(random, label, &labels, asked))
            .collect(),
        readings: clauses::readings(random),
        span: Span::NONE,
    }
}

fn reservation(random: &mut Random, parties: &[Actor]) -> Reservation {
    let author = random.pick(parties);
    let lines = random.between(1, 2);
    let whom = match random.below(3) {
        0 => Some(who(Selector::EachOtherParty)),
        1 => Some(one(&state(random))),
        _ => None,
    };
    let verb = random.pick(&[ActionVerb::Consult, ActionVerb::Assist, ActionVerb::StayNeutral]);
    let bearer = if random.chance(85) { Bearer::Actor(author.clone()) } else { Bearer::EachParty };
    Reservation {
        kind: random.pick(&[ReservationKind::Reservation, ReservationKind::Understanding]),
        author,
        label: name("a statement"),
        article: reference(None, Some(random.pick(&["1", "1", "2"]))),
        applies_only: random.several(lines, clauses::condition),
        otherwise: random.maybe(60, |_| duty(bearer, Modality::Must, verb, whom)).into_iter().collect(),
        objections: random.maybe(40, |random| (Member::Actor(state(random)), None)).into_iter().collect(),
        span: Span::NONE,
    }
}

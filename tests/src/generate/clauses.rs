//! Generated openings, conditions, duties, and what narrows them.

use charter::Span;
use charter::model::{
    ActionVerb, AreaKind, Bearer, Clause, Condition, ConditionWord, Countable, Duration, DurationUnit, DutyLine,
    Exception, Gift, Location, Member, Modality, Narrowing, Object, Opening, Provocation, Reading, ReadingMeaning,
    Role, Selector, Statement, Timing, Verb, Who,
};
use jiff::civil::Date;

use super::prelude::class_members;
use super::random::Random;
use super::words::{
    AREA, BODIES, CHARTERS, CLASSES, MATTERS, duty, member, members, name, near, one, place, reference, role, said,
    state, who,
};

const HOSTILE: [Verb; 14] = [
    Verb::Attacks,
    Verb::Attacks,
    Verb::Attacks,
    Verb::Attacks,
    Verb::CommitsAggressionAgainst,
    Verb::CommitsAggressionAgainst,
    Verb::Threatens,
    Verb::Blockades,
    Verb::Occupies,
    Verb::MakesWarOn,
    Verb::DeclaresWarOn,
    Verb::RisesAgainst,
    Verb::ClashesWith,
    Verb::SendsArmedBandsInto,
];

pub(crate) fn clause(random: &mut Random, asked: Date) -> Clause {
    let opening = opening(random, asked);
    let number = if random.odd(65) { random.pick(&[1, 1, 2]) } else { random.pick(&[0, 0, 0, 1]) };
    let duties = random.pick(&[1, 1, 1, 2, 3]);
    Clause {
        opening,
        conditions: random.several(number, condition),
        duties: random.several(duties, |random| duty_line(random, asked)),
        span: Span::NONE,
    }
}

fn opening(random: &mut Random, asked: Date) -> Opening {
    let statements = |random: &mut Random, make: fn(&mut Random) -> Statement| {
        let number = if random.chance(15) { 2 } else { 1 };
        let mut statements = random.several(number, make);
        statements.dedup();
        statements
    };
    if random.is_calm() && random.chance(70) {
        return Opening::When(vec![plain_attack(random)]);
    }
    match random.below(20) {
        0 => Opening::Always,
        1 => Opening::On(near(random, asked)),
        2 | 3 => Opening::While(statements(random, a_state)),
        4 => Opening::When(statements(random, a_state)),
        5 | 6 => Opening::When(statements(random, other_event)),
        7 => Opening::While(statements(random, hostile_event)),
        _ => Opening::When(statements(random, hostile_event)),
    }
}

/// What a treaty of alliance begins with.
fn plain_attack(random: &mut Random) -> Statement {
    let by = random.pick(&[
        Selector::Anyone,
        Selector::Anyone,
        Selector::AState,
        Selector::ANonParty,
        Selector::AClass(name(CLASSES[0])),
        Selector::AClass(name(CLASSES[3])),
    ]);
    let verb = random.pick(&[Verb::Attacks, Verb::Attacks, Verb::CommitsAggressionAgainst, Verb::Threatens]);
    let mut statement = said(who(by), verb, Object::Who(who(Selector::AParty)));
    statement.place = random.maybe(12, location);
    statement
}

/// `the victim` and the like may be nobody under this opening, and then match nobody.
fn subject(random: &mut Random) -> Who {
    let selector = match random.below(16) {
        0..=4 => Selector::Anyone,
        5 => Selector::AState,
        6 => Selector::ANonParty,
        7 => Selector::AParty,
        8..=10 => Selector::AClass(name(random.pick(&CLASSES))),
        11 => Selector::AnyOf(members(random)),
        12 if random.chance(40) => Selector::AllOf(members(random)),
        12 | 13 => so_many(random),
        _ => Selector::Actor(state(random)),
    };
    let several = !matches!(selector, Selector::Actor(_) | Selector::AllOf(_));
    let mut who = who(selector);
    if several && random.chance(12) {
        who.other_than = vec![member(random)];
    }
    who
}

fn so_many(random: &mut Random) -> Selector {
    Selector::Count {
        exactly: random.chance(30),
        number: random.pick(&[1, 2, 2]),
        of: match random.below(6) {
            0 => Countable::States,
            1 => Countable::Parties,
            2 => Countable::NonParties,
            _ => Countable::Class(name(random.pick(&CLASSES))),
        },
    }
}

fn target(random: &mut Random) -> Who {
    let selector = match random.below(12) {
        0..=5 => Selector::AParty,
        6 if random.chance(35) => so_many(random),
        6 => Selector::AParty,
        7 => Selector::Anyone,
        8 => Selector::AClass(name(random.pick(&CLASSES))),
        9 if random.chance(35) => Selector::AllOf(members(random)),
        9 => Selector::AnyOf(members(random)),
        _ => Selector::Actor(state(random)),
    };
    let several = !matches!(selector, Selector::Actor(_) | Selector::AllOf(_));
    let mut who = who(selector);
    if several && random.chance(8) {
        who.other_than = vec![member(random)];
    }
    who
}

pub(crate) fn location(random: &mut Random) -> Location {
    match random.below(6) {
        0 | 1 => Location::Named(name(AREA)),
        2..=4 => Location::Named(name(place(random))),
        _ => Location::Of {
            kind: random.pick(&[AreaKind::Territory, AreaKind::Forces, AreaKind::Islands]),
            whose: state(random),
            within: random.maybe(50, |random| name(place(random))),
        },
    }
}

fn hostile_event(random: &mut Random) -> Statement {
    let object = if random.chance(4) { Object::Place(name(place(random))) } else { Object::Who(target(random)) };
    let mut statement = said(subject(random), random.pick(&HOSTILE), object);
    statement.place = random.maybe(22, location);
    statement.provocation = match random.below(12) {
        0..=2 => Some(Provocation::Without),
        3 => Some(Provocation::After),
        _ => None,
    };
    statement.from_within = random.chance(4);
    statement.negated = random.chance(2);
    statement
}

fn matter(random: &mut Random) -> Object {
    Object::Thing(name(random.pick(&MATTERS)))
}

fn other_event(random: &mut Random) -> Statement {
    let body = || who(Selector::Body(name(BODIES[0])));
    match random.below(9) {
        0 => said(subject(random), Verb::Requests, Object::Thing(name("consultation"))),
        1 => said(subject(random), Verb::Invokes, Object::Article(reference(None, random.maybe(40, |_| "1")))),
        2 => said(subject(random), Verb::GivesNotice, Object::Nothing),
        3 => said(subject(random), Verb::Mobilises, Object::Nothing),
        4 => said(subject(random), Verb::Supports, Object::Who(target(random))),
        5 => said(subject(random), Verb::ConcludesPeaceWith, Object::Who(target(random))),
        6 => said(subject(random), Verb::Surrenders, Object::Nothing),
        7 => said(body(), random.pick(&[Verb::Finds, Verb::Decides]), matter(random)),
        _ => said(subject(random), Verb::Finds, matter(random)),
    }
}

fn a_state(random: &mut Random) -> Statement {
    let charter = random.pick(&CHARTERS);
    match random.below(12) {
        0..=4 => said(target(random), Verb::IsAtWarWith, war_object(random)),
        5 => said(target(random), Verb::IsOccupiedBy, war_object(random)),
        6 => {
            let own = random.maybe(70, |_| name(charter));
            said(who(Selector::Charter(own)), Verb::IsInForce, Object::Nothing)
        }
        7 => said(one(&state(random)), Verb::IsPartyTo, Object::Charter(name(charter))),
        8 => said(one(&state(random)), Verb::IsMemberOf, Object::Body(name(random.pick(&BODIES)))),
        9 => said(one(&state(random)), Verb::IsA, Object::Class(name(random.pick(&CLASSES)))),
        10 => said(one(&state(random)), Verb::IsBoundTo, bond(random)),
        _ => said(target(random), Verb::IsAtWarWith, Object::Nothing),
    }
}

fn bond(random: &mut Random) -> Object {
    Object::Bond { to: one(&state(random)), kind: name("arbitration treaty") }
}

fn war_object(random: &mut Random) -> Object {
    if random.chance(10) { Object::Nothing } else { Object::Who(subject_for_war(random)) }
}

fn subject_for_war(random: &mut Random) -> Who {
    let mut found = subject(random);
    if let Selector::AllOf(_) = found.selector {
        found.selector = Selector::Anyone;
    }
    found
}

const ROLES: [Role; 8] = [
    Role::Attacker,
    Role::Victim,
    Role::Threatener,
    Role::Threatened,
    Role::Belligerent,
    Role::Enemy,
    Role::Requester,
    Role::Notifier,
];

/// Somebody a condition may speak of.
fn somebody(random: &mut Random) -> Who {
    match random.below(14) {
        0..=2 => role(Role::Victim),
        3 | 4 => role(Role::Attacker),
        5 => role(random.pick(&ROLES)),
        6 => who(Selector::Bearer),
        7 => who(Selector::AnyOf(members(random))),
        8 if random.chance(50) => who(Selector::AllOf(members(random))),
        9 => subject(random),
        _ => one(&state(random)),
    }
}

pub(crate) fn condition(random: &mut Random) -> Condition {
    let number = if random.chance(20) { 2 } else { 1 };
    Condition {
        word: if random.chance(60) { ConditionWord::If } else { ConditionWord::Unless },
        any_of: random.several(number, proposition),
        by_practice: random.chance(8),
        span: Span::NONE,
    }
}

fn proposition(random: &mut Random) -> Statement {
    let mut made = match random.below(24) {
        0 | 1 => said(somebody(random), random.pick(&HOSTILE), Object::Who(somebody(random))),
        2 | 3 => said(somebody(random), Verb::Assists, Object::Who(somebody(random))),
        4 => said(somebody(random), Verb::Supports, Object::Who(somebody(random))),
        5 => said(somebody(random), Verb::Invokes, Object::Article(reference(None, random.maybe(30, |_| "1")))),
        6 => said(somebody(random), Verb::Requests, Object::Thing(name("consultation"))),
        7 => said(who(Selector::Bearer), Verb::Consents, Object::Nothing),
        8 => said(somebody(random), Verb::Consents, Object::Nothing),
        9 => said(who(Selector::Bearer), Verb::Finds, matter(random)),
        10 | 11 => said(who(Selector::Body(name(random.pick(&BODIES)))), Verb::Finds, matter(random)),
        12 => said(who(Selector::Body(name(random.pick(&BODIES)))), Verb::Decides, matter(random)),
        13 | 14 => said(who(Selector::Nobody), Verb::Term, matter(random)),
        15 | 16 => said(who(Selector::Nobody), Verb::PlaceIsIn, Object::Area(name(AREA))),
        17 => said(somebody(random), Verb::IsA, Object::Class(name(random.pick(&CLASSES)))),
        18 => said(somebody(random), Verb::IsAtWarWith, Object::Who(somebody(random))),
        19 => said(somebody(random), Verb::Mobilises, Object::Nothing),
        20 => said(somebody(random), Verb::ConcludesPeaceWith, Object::Who(somebody(random))),
        21 => said(somebody(random), Verb::Finds, matter(random)),
        22 => said(somebody(random), Verb::Releases, Object::Who(somebody(random))),
        _ => a_state(random),
    };
    made.negated = random.chance(15);
    if HOSTILE.contains(&made.verb) {
        made.place = random.maybe(25, location);
        made.provocation = random.maybe(20, |random| random.pick(&[Provocation::Without, Provocation::After]));
        made.from_within = random.chance(10);
    }
    made
}

/// A state by which a time can be told.
fn timely(random: &mut Random) -> Statement {
    let mut made = proposition(random);
    while made.verb == Verb::PlaceIsIn {
        made = proposition(random);
    }
    made.negated = false;
    made
}

/// An event by which a time can be told.
fn an_event(random: &mut Random) -> Statement {
    let verb = random.pick(&[Verb::Attacks, Verb::ConcludesPeaceWith, Verb::Mobilises, Verb::Assists, Verb::Threatens]);
    let object = if verb == Verb::Mobilises { Object::Nothing } else { Object::Who(somebody(random)) };
    said(somebody(random), verb, object)
}

fn bearer(random: &mut Random) -> Bearer {
    if random.is_calm() && random.chance(55) {
        return Bearer::EachOtherParty;
    }
    match random.below(16) {
        0..=5 => Bearer::EachOtherParty,
        6 => Bearer::EachParty,
        7 => Bearer::TheOtherParty,
        8 | 9 => Bearer::EachOf(members(random)),
        10 | 11 => Bearer::Together(members(random)),
        12 => Bearer::Role(random.pick(&[Role::Victim, Role::Attacker, Role::Enemy])),
        _ => Bearer::Actor(state(random)),
    }
}

fn verb(random: &mut Random) -> (ActionVerb, Option<Who>) {
    let favoured = |random: &mut Random| match random.below(8) {
        0..=3 => Some(role(Role::Victim)),
        4 => Some(role(random.pick(&ROLES))),
        5 => Some(one(&state(random))),
        6 => None,
        _ => Some(who(random.pick(&[
            Selector::EachOtherParty,
            Selector::EachParty,
            Selector::AParty,
            Selector::TheOtherParty,
            Selector::Group(name(super::words::GROUP)),
            Selector::AClass(name(CLASSES[0])),
            Selector::AnyOf(vec![Member::Group(name(super::words::GROUP))]),
            Selector::Anyone,
        ]))),
    };
    if random.is_calm() && random.chance(45) {
        return (random.pick(&[ActionVerb::Assist, ActionVerb::StayNeutral]), Some(role(Role::Victim)));
    }
    match random.below(20) {
        0..=5 => (ActionVerb::Assist, favoured(random)),
        6 => (ActionVerb::JoinTheWarBeside, favoured(random)),
        7 => (ActionVerb::Protect, favoured(random)),
        8 => (ActionVerb::Give(Gift::Arms), favoured(random)),
        9 => (random.pick(&[ActionVerb::BreakOffTradeWith, ActionVerb::Close]), Some(hostile_object(random))),
        10 => (ActionVerb::Mobilise, None),
        11 | 12 => (random.pick(&[ActionVerb::Consult, ActionVerb::AgreeBeforehandWith]), favoured(random)),
        13 | 14 => (ActionVerb::StayNeutral, favoured(random)),
        15 | 16 => (random.pick(&[ActionVerb::Attack, ActionVerb::Occupy]), Some(hostile_object(random))),
        17 => (ActionVerb::MakeSeparatePeace, None),
        18 => (ActionVerb::Act, None),
        _ => (ActionVerb::Withdraw, None),
    }
}

fn hostile_object(random: &mut Random) -> Who {
    match random.below(4) {
        0 => one(&state(random)),
        1 => who(Selector::AClass(name(random.pick(&CLASSES)))),
        2 => role(Role::Victim),
        _ => role(Role::Attacker),
    }
}

fn duty_line(random: &mut Random, asked: Date) -> DutyLine {
    let bearer = bearer(random);
    let (verb, whom) = verb(random);
    let restrained = matches!(verb, ActionVerb::Attack | ActionVerb::Occupy | ActionVerb::MakeSeparatePeace);
    let modality = match random.below(20) {
        _ if restrained && random.chance(80) => Modality::MustNot,
        0..=2 => Modality::May,
        3 => Modality::IsAskedTo,
        4 | 5 => Modality::NeedNot,
        6 => Modality::MustNot,
        _ => Modality::Must,
    };
    let mut line = duty(bearer, modality, verb, whom);
    if let (Some(whom), true) = (&mut line.action.whom, random.chance(12))
        && !matches!(whom.selector, Selector::Actor(_) | Selector::Role(_))
    {
        whom.other_than = vec![member(random)];
    }
    line.against = random.maybe(22, |random| match random.below(5) {
        0 => role(Role::Attacker),
        1 => who(Selector::AClass(name(random.pick(&CLASSES)))),
        _ => one(&state(random)),
    });
    line.timing = random.oddly(30, |random| timing(random, asked)).into_iter().collect();
    line
}

fn timing(random: &mut Random, asked: Date) -> Timing {
    let short = Duration { count: random.pick(&[1, 2, 30]), unit: DurationUnit::Days };
    let long = Duration { count: random.pick(&[1, 6]), unit: DurationUnit::Months };
    match random.below(11) {
        0 => Timing::AtOnce,
        1 => Timing::Within(short),
        2 => Timing::NoLaterThan(near(random, asked)),
        3 => Timing::For(short),
        4 => Timing::For(long),
        5 => Timing::UntilDate(near(random, asked)),
        6 => Timing::UntilEvent(an_event(random)),
        7 => Timing::Before(near(random, asked)),
        8 => Timing::After(near(random, asked)),
        9 => Timing::AfterEvent(an_event(random)),
        _ => Timing::While(timely(random)),
    }
}

pub(crate) fn narrowing(random: &mut Random, asked: Date) -> Narrowing {
    Narrowing { class: name(random.pick(&CLASSES)), members: class_members(random, asked), span: Span::NONE }
}

pub(crate) fn exception(random: &mut Random, label: &str, labels: &[&str], asked: Date) -> Exception {
    let number = random.between(1, 2);
    let over = labels.iter().filter(|other| **other != label);
    let over: Vec<_> = over.map(|other| name(other)).collect();
    Exception {
        label: name(label),
        over: if random.chance(30) { over } else { Vec::new() },
        conditions: random.several(number, condition),
        duties: random.maybe(40, |random| duty_line(random, asked)).into_iter().collect(),
        span: Span::NONE,
    }
}

pub(crate) fn readings(random: &mut Random) -> Vec<Reading> {
    let number = if random.chance(16) { random.between(1, 3) } else { 0 };
    random.several(number, |random| Reading {
        label: name("a reading"),
        held_by: vec![state(random)],
        meaning: match random.below(5) {
            0 => ReadingMeaning::AsWritten,
            1 => ReadingMeaning::Together,
            2 => ReadingMeaning::EachOf,
            _ => {
                let lines = random.between(1, 2);
                ReadingMeaning::Narrower(random.several(lines, condition))
            }
        },
        span: Span::NONE,
    })
}

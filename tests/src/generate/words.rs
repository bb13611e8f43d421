//! The small world that generated charters speak of, and short ways to say things in it.

use charter::model::{
    Action, ActionVerb, ArticleKind, ArticleLabel, ArticleRef, Bearer, DutyLine, Member, Modality, Object, Role,
    Selector, Statement, Verb, When, Who,
};
use charter::{Actor, Name, Span};
use jiff::Timestamp;
use jiff::civil::Date;

use super::random::Random;

/// The states.
pub(crate) const STATES: [&str; 6] = ["DEU", "FRA", "GBR", "IND", "PAK", "RUS"];
/// How many more states there are, which take part in nothing.
pub(crate) const WORLD: usize = 50;
/// An organisation.
pub(crate) const ORGANISATION: &str = "ORG";
/// A movement.
pub(crate) const MOVEMENT: &str = "the hill bands";
/// The charters, in the order in which they are made.
pub(crate) const CHARTERS: [&str; 3] = ["alpha", "beta", "gamma"];
/// The bodies, of every charter that has any.
pub(crate) const BODIES: [&str; 2] = ["council", "committee"];
/// The quoted terms and matters.
pub(crate) const MATTERS: [&str; 2] = ["measures", "flagrant"];
/// The places.
pub(crate) const PLACES: [&str; 5] = ["europe", "bohemia", "asia", "hills", "ocean"];
/// A place that some charters declare for themselves.
pub(crate) const HARBOUR: &str = "harbour";
/// The area, of every charter that has one.
pub(crate) const AREA: &str = "treaty-area";
/// The classes; some charters declare some of them again.
pub(crate) const CLASSES: [&str; 4] = ["great-power", "communist", "neighbour", "suspect"];
/// The group.
pub(crate) const GROUP: &str = "guarantors";

pub(crate) fn name(text: &str) -> Name {
    Name::new(text)
}

pub(crate) fn who(selector: Selector) -> Who {
    Who { selector, other_than: Vec::new(), span: Span::NONE }
}

pub(crate) fn one(actor: &Actor) -> Who {
    who(Selector::Actor(actor.clone()))
}

pub(crate) fn role(role: Role) -> Who {
    who(Selector::Role(role))
}

pub(crate) fn said(subject: Who, verb: Verb, object: Object) -> Statement {
    Statement {
        subject,
        negated: false,
        verb,
        object,
        place: None,
        provocation: None,
        from_within: false,
        span: Span::NONE,
    }
}

pub(crate) fn label(number: &str) -> ArticleLabel {
    ArticleLabel { kind: ArticleKind::Article, number: name(number) }
}

pub(crate) fn reference(charter: Option<&str>, number: Option<&str>) -> ArticleRef {
    ArticleRef { charter: charter.map(name), label: number.map(label), span: Span::NONE }
}

pub(crate) fn duty(bearer: Bearer, modality: Modality, verb: ActionVerb, whom: Option<Who>) -> DutyLine {
    DutyLine {
        bearer,
        modality,
        action: Action { verb, whom, thing: None, place: None },
        against: None,
        area: None,
        means: None,
        purpose: None,
        timing: Vec::new(),
        without_consent_of: None,
        subject_to: None,
        span: Span::NONE,
        bearer_span: Span::NONE,
    }
}

pub(crate) fn date(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or(Date::ZERO)
}

/// An hour of a day, in UTC or in another zone's writing.
pub(crate) fn instant(day: Date, hour: usize, minutes_east: i16) -> When {
    let hour = i8::try_from(hour % 24).unwrap_or(0);
    let local = day.at(hour, 0, 0, 0);
    let second = jiff::tz::Offset::UTC.to_timestamp(local).unwrap_or(Timestamp::UNIX_EPOCH);
    When::Instant(second, minutes_east)
}

pub(crate) fn place(random: &mut Random) -> &'static str {
    if random.chance(12) { HARBOUR } else { random.pick(&PLACES) }
}

pub(crate) fn state(random: &mut Random) -> Actor {
    Actor::code(random.pick(&STATES))
}

/// One of the states that take part in nothing.
pub(crate) fn far(number: usize) -> Actor {
    Actor::code(&format!("F{number:02}"))
}

pub(crate) fn actor(random: &mut Random) -> Actor {
    if random.chance(6) {
        Actor::Movement(name(MOVEMENT))
    } else if random.chance(4) {
        Actor::code(ORGANISATION)
    } else {
        state(random)
    }
}

pub(crate) fn member(random: &mut Random) -> Member {
    if random.chance(15) {
        Member::Group(name(GROUP))
    } else if random.chance(10) {
        Member::Group(name(random.pick(&CLASSES)))
    } else {
        Member::Actor(state(random))
    }
}

pub(crate) fn members(random: &mut Random) -> Vec<Member> {
    let number = random.between(1, 3);
    random.several(number, member)
}

/// A date near the day asked about, in one of the ways of writing it.
pub(crate) fn near(random: &mut Random, asked: Date) -> When {
    let days = [0, 0, 1, 1, 2, 10, 30, 31, 90, 200, 365, 400, 800];
    let away = i64::from(random.pick(&days));
    let away = if random.chance(80) { -away } else { away };
    let day = asked.checked_add(jiff::Span::new().days(away)).unwrap_or(asked);
    match random.below(20) {
        0 => When::Year(day.year()),
        1 | 2 => When::Month(day.year(), day.month()),
        3 | 4 => instant(day, random.below(24), random.pick(&[0, 60, 330])),
        _ => When::Day(day),
    }
}

/// A date well before the day asked about.
pub(crate) fn past(random: &mut Random, asked: Date) -> When {
    let years = i64::try_from(random.between(1, 12)).unwrap_or(1);
    let day = asked.checked_sub(jiff::Span::new().years(years)).unwrap_or(asked);
    if random.chance(10) { When::Month(day.year(), day.month()) } else { When::Day(day) }
}

//! The life of a generated charter: mostly alive, and often only just.

use charter::Actor;
use charter::Span;
use charter::model::{
    Duration, DurationUnit, Ending, EntryIntoForce, HistoryAct, HistoryEntry, Lapse, Object, Reading, ReadingMeaning,
    Renewal, Statement, Status, TextStatus, Verb, When, Withdrawal,
};
use jiff::civil::Date;

use super::random::Random;
use super::words::{CHARTERS, name, near, one, past, reference, said, state};

pub(crate) fn duration(random: &mut Random) -> Duration {
    let (count, unit) = random.pick(&[
        (1, DurationUnit::Years),
        (5, DurationUnit::Years),
        (11, DurationUnit::Months),
        (1, DurationUnit::Months),
        (30, DurationUnit::Days),
        (1, DurationUnit::Days),
        (2, DurationUnit::Weeks),
        (48, DurationUnit::Hours),
        (5, DurationUnit::Hours),
    ]);
    Duration { count, unit }
}

/// A term by which a charter is renewed: not too short, or there would be no end to renewals.
fn term(random: &mut Random) -> Duration {
    let (count, unit) = random.pick(&[
        (3, DurationUnit::Years),
        (1, DurationUnit::Years),
        (11, DurationUnit::Months),
        (60, DurationUnit::Days),
        (8, DurationUnit::Weeks),
    ]);
    Duration { count, unit }
}

/// A date that is in the past more often than not.
fn some_date(random: &mut Random, asked: Date) -> When {
    if random.chance(70) { past(random, asked) } else { near(random, asked) }
}

pub(crate) fn status(random: &mut Random, charter: &str, asked: Date, parties: &[Actor]) -> Status {
    let mut status = Status { draft: random.odd(15), ..Status::default() };
    status.text = match random.below(12) {
        0 if random.odd(90) => Some(TextStatus::Unpublished),
        1 | 2 if random.odd(90) => Some(TextStatus::SecretUntil(near(random, asked))),
        3 => Some(TextStatus::Published(None)),
        _ => None,
    };
    status.signed = random.maybe(50, |random| some_date(random, asked));
    status.in_force = Some(entry(random, asked, parties)).filter(|_| random.chance(96));
    if random.odd(30) {
        status.ends = vec![ending(random, charter, asked)];
    }
    if random.odd(5) {
        status.ends.push(ending(random, charter, asked));
    }
    if random.odd(14) {
        status.renews = Some(Renewal { term: term(random), notice: random.maybe(60, duration) });
        status.ends.push(Ending::Term { term: duration(random), after_signature: random.chance(20) });
    }
    if random.odd(8) {
        status.lapses = vec![Lapse { unless: event(random), before: near(random, asked) }];
    }
    status.withdrawal = match random.below(4) {
        0 => Some(Withdrawal::AtWill),
        1 => Some(Withdrawal::AfterNotice {
            notice: duration(random),
            not_before: random.maybe(30, |random| near(random, asked)),
        }),
        2 => Some(Withdrawal::None),
        _ => None,
    };
    if random.chance(10) {
        let other = random.pick(&CHARTERS);
        let other = if other == charter { "another" } else { other };
        let number = random.maybe(60, |random| random.pick(&["1", "2"]));
        status.saves = vec![reference(Some(other), number)];
    }
    status
}

fn entry(random: &mut Random, asked: Date, parties: &[Actor]) -> EntryIntoForce {
    if random.is_calm() && random.chance(80) {
        return EntryIntoForce::Since(past(random, asked));
    }
    match random.below(24) {
        0 => EntryIntoForce::Since(near(random, asked)),
        1 => EntryIntoForce::ProvisionallySince(some_date(random, asked)),
        2 | 3 => EntryIntoForce::WhenDeposited {
            count: random.pick(&[1, 2, 3]),
            including: if random.chance(30) { vec![random.pick(parties)] } else { Vec::new() },
            after: random.maybe(30, duration),
        },
        4 => EntryIntoForce::Unknown,
        5 if random.chance(50) => EntryIntoForce::Never,
        _ => EntryIntoForce::Since(past(random, asked)),
    }
}

/// An event between two, or by one.
pub(crate) fn event(random: &mut Random) -> Statement {
    let (subject, object) = (one(&state(random)), Object::Who(one(&state(random))));
    match random.below(4) {
        0 => said(subject, Verb::ConcludesPeaceWith, object),
        1 => said(subject, Verb::Attacks, object),
        2 => said(subject, Verb::Mobilises, Object::Nothing),
        _ => said(subject, Verb::Assists, object),
    }
}

fn ending(random: &mut Random, charter: &str, asked: Date) -> Ending {
    match random.below(6) {
        0 | 1 => Ending::On(near(random, asked)),
        2 | 3 => Ending::Term { term: duration(random), after_signature: random.chance(30) },
        4 => Ending::Event { after: random.maybe(50, duration), event: Box::new(event(random)) },
        _ => Ending::WithCharter(name(
            random.pick(&CHARTERS.map(|other| if other == charter { "another" } else { other })),
        )),
    }
}

pub(crate) fn readings(random: &mut Random, asked: Date) -> Vec<Reading> {
    let number = if random.chance(6) { random.between(1, 3) } else { 0 };
    random.several(number, |random| Reading {
        label: name("a reading of the status"),
        held_by: vec![state(random)],
        meaning: match random.below(4) {
            0 => ReadingMeaning::AsWritten,
            1 => ReadingMeaning::EndedOn(near(random, asked)),
            2 => ReadingMeaning::InForce(None),
            _ => ReadingMeaning::InForce(Some(near(random, asked))),
        },
        span: Span::NONE,
    })
}

pub(crate) fn history(random: &mut Random, asked: Date, parties: &[Actor]) -> Vec<HistoryEntry> {
    let mut history = Vec::new();
    if random.chance(20) {
        let who = random.some(parties, 70);
        history.push(entry_of(past(random, asked), who, HistoryAct::Ratify));
    }
    let number = if random.odd(66) { random.pick(&[1, 1, 2, 4]) } else { 0 };
    for _ in 0..number {
        let who = random.some(parties, 20);
        let act = match random.below(14) {
            0 => HistoryAct::Sign,
            1 => HistoryAct::Ratify,
            2 => random.pick(&[HistoryAct::Accept, HistoryAct::Approve]),
            3 => {
                let on = some_date(random, asked);
                history.push(entry_of(on, vec![state(random)], HistoryAct::Accede));
                continue;
            }
            4 => HistoryAct::Suspend(None),
            5 => HistoryAct::Resume(None),
            6 => HistoryAct::Suspend(Some(random.pick(parties))),
            7 => HistoryAct::Resume(Some(random.pick(parties))),
            8 => HistoryAct::Withdraw,
            9 => HistoryAct::Denounce,
            10 => HistoryAct::Expel(random.pick(parties)),
            11 => HistoryAct::Release(random.pick(parties)),
            12 => HistoryAct::Renew(random.maybe(70, |random| near(random, asked))),
            _ => HistoryAct::Notify(None),
        };
        let on = if random.chance(50) { near(random, asked) } else { past(random, asked) };
        history.push(entry_of(on, who, act));
    }
    history
}

fn entry_of(on: When, who: Vec<Actor>, act: HistoryAct) -> HistoryEntry {
    HistoryEntry { on, who, act, span: Span::NONE }
}

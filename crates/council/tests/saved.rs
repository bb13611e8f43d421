//! What is saved and loaded is the situation that it was, at any point of any history; and no bytes make loading panic.

#![cfg(test)]

mod drawn;
mod guild;

use std::collections::BTreeSet;

use charter::model::{Charter, Condition, DutyLine, Reservation, ReservationKind};
use charter::{Actor, Name, Span};
use council::{Act, Instrument, Kind, Moment, Owed, Situation, Unreadable};
use jiff::civil::date;

use crate::drawn::Drawn;
use crate::guild::{CODES, article, guild, history, library, told};

const SEEDS: u64 = 2_000;
const ACTS_MAX: usize = 400;

fn load(saved: &[u8]) -> Result<Situation, Unreadable> {
    let (prelude, charters) = library();
    Situation::load(prelude, charters, saved)
}

fn condition() -> Condition {
    charter::parse_condition("if the attacker is a party to guild").0.unwrap()
}

fn duty() -> DutyLine {
    charter::parse_duty("each other party must consult the victim, within 3 days").0.unwrap()
}

fn reservation(drawn: &mut Drawn, author: &Actor, label: Name) -> Kind {
    let kind = [ReservationKind::Reservation, ReservationKind::Understanding][drawn.below(2)];
    let (charter, label_of) = (None, Some(article(drawn.one(&["1", "2"]))));
    Kind::Reserve(Box::new(Reservation {
        kind,
        author: author.clone(),
        label,
        article: charter::model::ArticleRef { charter, label: label_of, span: Span::NONE },
        applies_only: if drawn.below(2) == 0 { vec![condition()] } else { Vec::new() },
        otherwise: if drawn.below(2) == 0 { vec![duty()] } else { Vec::new() },
        objections: Vec::new(),
        span: Span::NONE,
    }))
}

/// What [`history`] does not draw.
fn further(drawn: &mut Drawn, party: &Actor, version: &Charter) -> Kind {
    let actor = |drawn: &mut Drawn| Actor::code(drawn.one(&CODES));
    let name = |drawn: &mut Drawn, what: &str| Name::new(&format!("{what} {}", drawn.below(3)));
    match drawn.below(10) {
        0 | 1 => {
            let label = name(drawn, "reservation");
            reservation(drawn, party, label)
        }
        2 | 3 => {
            Kind::Object { author: actor(drawn), label: name(drawn, "reservation"), opposes_entry: drawn.below(2) == 0 }
        }
        4 => Kind::WithdrawReservation(name(drawn, "reservation")),
        5 => Kind::WithdrawObjection { author: actor(drawn), label: name(drawn, "reservation") },
        6 => Kind::Amend {
            amendment: name(drawn, "amendment"),
            digest: name(drawn, "digest"),
            version: Box::new(version.clone()),
        },
        7 | 8 => Kind::AcceptAmendment(name(drawn, "amendment")),
        _ => Kind::Waive {
            bearer: actor(drawn),
            duty: Owed::under(article("2"), "consult", party, &Name::new(&format!("call {}", drawn.below(6)))),
        },
    }
}

/// A history with acts of every kind that the guild knows; in three of four, all five consent first.
fn full_history(seed: u64, version: &Charter) -> Vec<Act> {
    let mut drawn = Drawn(seed ^ 0x5a5a);
    let begin = |code: &&str| Act {
        charter: Name::new("guild"),
        party: Actor::code(code),
        at: Moment::Day(date(2020, 1, 1)),
        claimed: None,
        number: 0,
        kind: Kind::Consent(Instrument::Ratification),
    };
    let first = if seed.is_multiple_of(4) { &[] } else { &CODES[..5] };
    let mut acts: Vec<Act> = first.iter().map(begin).collect();
    let drawn_from = acts.len();
    acts.extend(history(seed, 20 + drawn.below(ACTS_MAX - 20)));
    for act in acts.iter_mut().skip(drawn_from) {
        if drawn.below(4) == 0 {
            act.kind = further(&mut drawn, &act.party, version);
        }
    }
    acts
}

/// The guild's charter with one article more.
fn version() -> Charter {
    let mut version = library().1.remove(0);
    let mut more = version.articles[1].clone();
    more.label = article("3");
    version.articles.push(more);
    version
}

#[test]
fn what_is_loaded_is_what_was_saved_and_goes_on_as_it() {
    let version = version();
    let (prelude, charters) = library();
    let first = Situation::new(prelude.clone(), charters.clone());
    let mut kinds = BTreeSet::new();
    for seed in 1..=SEEDS {
        let acts = full_history(seed, &version);
        let mut drawn = Drawn(seed);
        let (before, after) = acts.split_at(drawn.below(acts.len() + 1));
        let mut situation = first.clone();
        for act in before {
            if situation.apply(act.clone()).is_ok() {
                let told = format!("{:?}", act.kind);
                kinds.insert(told.split([' ', '(']).next().unwrap().to_owned());
            }
        }
        let now = before.last().map_or(date(2020, 1, 1), |act| match act.at {
            Moment::Day(day) => day,
            Moment::At(_) => panic!("histories are told by days"),
        });
        if drawn.below(2) == 0 {
            situation.reach(now.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp());
        }
        let saved = situation.save().unwrap();
        let mut loaded = Situation::load(prelude.clone(), charters.clone(), &saved).unwrap();
        assert_eq!(loaded.canonical(), situation.canonical(), "seed {seed}");
        assert_eq!(loaded.save().unwrap(), saved, "seed {seed}");
        assert_eq!(loaded.next_closing(), situation.next_closing(), "seed {seed}");
        for act in after {
            assert_eq!(loaded.apply(act.clone()), situation.apply(act.clone()), "seed {seed}: {act:?}");
            assert_eq!(loaded.next_closing(), situation.next_closing(), "seed {seed}: {act:?}");
        }
        assert_eq!(loaded.canonical(), situation.canonical(), "seed {seed}");
        assert_eq!(loaded.save().unwrap(), situation.save().unwrap(), "seed {seed}");
        if seed % 20 == 0 {
            for on in [Moment::Day(now), Moment::Day(date(2020, 12, 31))] {
                assert_eq!(told(&loaded, on), told(&situation, on), "seed {seed}");
            }
        }
    }
    assert!(kinds.len() > 28, "only {kinds:?}");
}

/// A situation with something of everything.
fn rich() -> Situation {
    let version = version();
    let mut situation = guild();
    for act in full_history(7, &version) {
        drop(situation.apply(act));
    }
    situation.reach(jiff::Timestamp::from_second(1_577_900_000).unwrap());
    situation
}

#[test]
fn bytes_that_break_off_are_refused() {
    let saved = rich().save().unwrap();
    assert!(load(&saved).is_ok());
    for end in 0..saved.len() {
        assert!(load(&saved[..end]).is_err(), "{end} bytes of {}", saved.len());
    }
    assert_eq!(load(&[]).err(), Some(Unreadable::OtherFormat));
    let more = [saved.as_slice(), &[0]].concat();
    assert_eq!(load(&more).err(), Some(Unreadable::LeftOver(1)));
}

#[test]
fn changed_bytes_are_refused_or_are_a_situation() {
    let saved = rich().save().unwrap();
    let (mut refused, mut taken) = (0, 0);
    let mut drawn = Drawn(1);
    for at in 0..saved.len() {
        for change in [0x01, 0x80, 0xff, u8::try_from(1 + drawn.below(255)).unwrap()] {
            let mut bytes = saved.clone();
            bytes[at] ^= change;
            match load(&bytes) {
                Ok(situation) => {
                    taken += 1;
                    drop(situation.canonical());
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 1_000 && taken > 1_000, "{refused} refused, {taken} taken");
}

#[test]
fn a_length_that_is_not_there_takes_no_memory() {
    let saved = guild().save().unwrap();
    // The format's word and number, then how many charters: the greatest number that there is.
    let begin = 1 + "accede situation".len() + 1;
    let mut bytes = saved[..begin].to_vec();
    bytes.extend([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
    bytes.extend(&saved[begin + 1..]);
    assert!(matches!(load(&bytes), Err(Unreadable::Broken(_))));
}

#[test]
fn other_charters_are_told_apart() {
    let (prelude, charters) = library();
    let saved = guild().save().unwrap();
    let nothing = Situation::new(prelude.clone(), Vec::new());
    let unknown = Situation::load(prelude.clone(), Vec::new(), &saved).err();
    assert_eq!(unknown, Some(Unreadable::NotGiven(Name::new("guild"))));
    let missing = Situation::load(prelude, charters, &nothing.save().unwrap()).err();
    assert_eq!(missing, Some(Unreadable::NotSaved(Name::new("guild"))));
    let mut other = saved;
    other[1] = b'A';
    assert_eq!(load(&other).err(), Some(Unreadable::OtherFormat));
}

//! Any act at all, as a value. Read [`wording`].

#![cfg(test)]

use charter::model::{
    ArticleKind, ArticleLabel, ArticleRef, Evidence, FactLine, Grade, Level, Reservation, ReservationKind, When,
};
use charter::{Actor, Name, Span};
use council::text::{RESERVED, Wording};
use council::{Choice, Forum, Instrument, Kind, Moment, Notice, Owed, Runs, Seeks};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use law::Provision;

use crate::drawn::Drawn;

const NAMES: [&str; 16] = [
    "raid",
    "council",
    "north-atlantic",
    "a1-2b",
    "protect Turkey",
    "Board",
    "BEN",
    "42",
    "2003-02-10",
    "x--y",
    "end-",
    " blank ",
    "anlaşma",
    "a; otherwise b: c # d",
    "article",
    "votes",
];

const FACTS: [&str; 14] = [
    "CIV attacks BEN",
    "each of CIV, \"The movement\" attacks BEN in durand-line after provocation",
    "council finds \"armed attack\"",
    "\"grave\"",
    "\"grave\", in forces of BEN in mediterranean from within",
    "the place is not in treaty-area",
    "2 or more great-powers attack all of BEN, GHA",
    "exactly 1 party does not mobilise against CIV",
    "FRA requests consultation",
    "FRA requests \"a meeting\"",
    "council takes up \"measures\" by silence until 2003-02-10T10:00+01:00",
    "GBR is bound to a european-state other than DEU by \"arbitration treaty\"",
    "guarantors occupies bohemia",
    "smda is in force",
];

const CONDITIONS: [&str; 6] = [
    "if the attacker is a communist",
    "unless RUS supports the attacker or RUS attacks any of DEU, guarantors",
    "if 2 or more great-powers attack a party without provocation, by practice",
    "if the bearer is at war with the enemy",
    "unless \"flagrant\" or council decides \"measures; other\"",
    "if FRA performs article 7(2) of london-1839",
];

const DUTIES: [&str; 7] = [
    "USA must consult each other party",
    "each other party must assist the victim against RUS in belgium using 800000 soldiers only to \"defend\", at once, \
     within 48 hours, while BEL is at war with FRA, without the consent of BEL, subject to \"law\"",
    "guarantors, FRA together must protect \"neutrality\" of BEL",
    "each of AUH, DEU is asked to close straits to a state other than TUR",
    "the other party must not make separate peace, until FRA concludes peace with DEU",
    "each member may relay items between PAK, TUR, unread, naming the originator",
    "the victim need not stay benevolently neutral towards the attacker",
];

const VERSION: &str = "charter league \"A league\" # a note\nparties BEL, FRA\n\n";

fn name(drawn: &mut Drawn) -> Name {
    Name::new(if drawn.below(4) == 0 { drawn.one(&RESERVED) } else { drawn.one(&NAMES) })
}

fn actor(drawn: &mut Drawn) -> Actor {
    match drawn.below(4) {
        0 => Actor::Movement(name(drawn)),
        _ => Actor::code(drawn.one(&["BEN", "FRA", "USA", "A1-B2", "X", "UTC"])),
    }
}

fn maybe<T>(drawn: &mut Drawn, draw: fn(&mut Drawn) -> T) -> Option<T> {
    (drawn.below(2) == 0).then(|| draw(drawn))
}

fn several<T>(drawn: &mut Drawn, draw: fn(&mut Drawn) -> T) -> Vec<T> {
    (0..drawn.below(6).saturating_sub(2)).map(|_| draw(drawn)).collect()
}

fn moment(drawn: &mut Drawn) -> Moment {
    let days = i64::try_from(drawn.below(60_000)).unwrap();
    let seconds = i64::try_from(drawn.below(2_000_000_000)).unwrap();
    match drawn.below(5) {
        0 => Moment::At(Timestamp::from_second(seconds).unwrap()),
        1 => Moment::At(Timestamp::from_second(seconds / 60 * 60).unwrap()),
        2 => Moment::Day(date(0, 1, 1)),
        _ => Moment::Day(date(1900, 1, 1) + days.days()),
    }
}

fn when(drawn: &mut Drawn) -> When {
    match drawn.below(4) {
        0 => When::Year(1866),
        1 => When::Month(1866, 6),
        2 => When::Instant(Timestamp::from_second(1_000_000_060).unwrap(), 90),
        _ => moment(drawn).into(),
    }
}

fn article(drawn: &mut Drawn) -> ArticleLabel {
    let number = Name::new(drawn.one(&["1", "4(1)", "IV", "16bis", "2025-09-17", "3(a)(ii)", "A1"]));
    match drawn.below(5) {
        0 => ArticleLabel { kind: ArticleKind::Protocol, number: Name::new("") },
        1 => ArticleLabel { kind: ArticleKind::Annex, number },
        2 => ArticleLabel { kind: ArticleKind::Resolution, number },
        _ => ArticleLabel { kind: ArticleKind::Article, number },
    }
}

fn forum(drawn: &mut Drawn) -> Forum {
    match drawn.below(3) {
        0 => Forum::Parties,
        1 => Forum::Track(name(drawn)),
        _ => Forum::Body(name(drawn)),
    }
}

fn runs(drawn: &mut Drawn) -> Runs {
    match drawn.below(3) {
        0 => Runs::UntilAllHaveSpoken,
        1 => Runs::Until(moment(drawn)),
        _ => Runs::SilenceUntil(moment(drawn)),
    }
}

fn seeks(drawn: &mut Drawn) -> Seeks {
    match drawn.below(7) {
        0 => Seeks::Words,
        1 => Seeks::Invitation(actor(drawn)),
        2 => Seeks::Admission(actor(drawn)),
        3 => Seeks::Departure(actor(drawn)),
        4 => Seeks::End,
        5 => Seeks::Expulsion { whom: actor(drawn), fact: name(drawn) },
        _ => Seeks::Finding { fact: name(drawn), so: drawn.below(2) == 0 },
    }
}

fn grade(drawn: &mut Drawn) -> Grade {
    let source = drawn.one(&["A", "B", "F"]).chars().next().unwrap();
    Grade { source, content: u8::try_from(drawn.below(6) + 1).unwrap() }
}

fn evidence(drawn: &mut Drawn) -> Evidence {
    Evidence {
        level: if drawn.below(2) == 0 { Level::Official } else { Level::Reported },
        from: name(drawn),
        grade: maybe(drawn, grade),
        denied_by: several(drawn, |drawn| (name(drawn), maybe(drawn, grade))),
        origin: maybe(drawn, name),
    }
}

fn fact(drawn: &mut Drawn) -> FactLine {
    let mut fact = charter::parse_fact(drawn.one(&FACTS)).0.unwrap();
    fact.on = maybe(drawn, when);
    fact.says = several(drawn, actor);
    fact.denied_by = several(drawn, actor);
    fact.found_by = several(drawn, name);
    fact.until = maybe(drawn, when);
    fact.evidence = maybe(drawn, evidence);
    fact
}

fn owed(drawn: &mut Drawn) -> Owed {
    let provision =
        if drawn.below(3) == 0 { Provision::Track(name(drawn)) } else { Provision::Article(article(drawn)) };
    let word = Name::new(drawn.one(&["consult", "defend", "close-straits", "act", "invite"]));
    Owed { fact: maybe(drawn, name), provision, word, to: maybe(drawn, actor) }
}

fn reservation(drawn: &mut Drawn, party: &Actor) -> Reservation {
    let label = (drawn.below(5) > 0).then(|| article(drawn));
    let charter = if label.is_some() { maybe(drawn, name) } else { None };
    Reservation {
        kind: if drawn.below(2) == 0 { ReservationKind::Reservation } else { ReservationKind::Understanding },
        author: if drawn.below(2) == 0 { party.clone() } else { actor(drawn) },
        label: name(drawn),
        article: ArticleRef { charter, label, span: Span::NONE },
        applies_only: several(drawn, |drawn| charter::parse_condition(drawn.one(&CONDITIONS)).0.unwrap()),
        otherwise: several(drawn, |drawn| charter::parse_duty(drawn.one(&DUTIES)).0.unwrap()),
        objections: Vec::new(),
        span: Span::NONE,
    }
}

fn standing(drawn: &mut Drawn, party: &Actor) -> Kind {
    match drawn.below(15) {
        0 => Kind::Sign,
        1 => {
            let all = [Instrument::Ratification, Instrument::Acceptance, Instrument::Approval, Instrument::Accession];
            Kind::Consent(all[drawn.below(4)])
        }
        2 => Kind::Deposit,
        3 => Kind::ApplyProvisionally,
        4 => Kind::EndProvisionalApplication,
        5 => Kind::Observe,
        6 => Kind::GiveNotice([Notice::Withdrawal, Notice::Denunciation][drawn.below(2)]),
        7 => Kind::RevokeNotice,
        8 => Kind::Suspend(maybe(drawn, actor)),
        9 => Kind::Resume(maybe(drawn, actor)),
        10 => Kind::Release(actor(drawn)),
        11 => Kind::Object { author: actor(drawn), label: name(drawn), opposes_entry: drawn.below(2) == 0 },
        12 => Kind::WithdrawReservation(name(drawn)),
        13 => Kind::WithdrawObjection { author: actor(drawn), label: name(drawn) },
        _ => Kind::Reserve(Box::new(reservation(drawn, party))),
    }
}

fn business(drawn: &mut Drawn) -> Kind {
    match drawn.below(18) {
        0 | 1 => Kind::Propose { matter: name(drawn), forum: forum(drawn), seeks: seeks(drawn), runs: runs(drawn) },
        2 => Kind::Acknowledge { matter: name(drawn), forum: forum(drawn) },
        3 => {
            let choice = [Choice::For, Choice::Against, Choice::Abstain][drawn.below(3)];
            Kind::Vote { matter: name(drawn), forum: forum(drawn), choice }
        }
        4 => Kind::BreakSilence { matter: name(drawn), forum: forum(drawn) },
        5 => Kind::Bring { matter: name(drawn), from: name(drawn), to: name(drawn), runs: runs(drawn) },
        6 | 7 => Kind::Report { label: name(drawn), fact: Box::new(fact(drawn)) },
        8 => Kind::Contest(name(drawn)),
        9 => {
            let by = maybe(drawn, |drawn| (name(drawn), name(drawn)));
            Kind::Determine { label: name(drawn), so: drawn.below(2) == 0, by }
        }
        10 => Kind::Call { label: name(drawn), thing: name(drawn) },
        11 => Kind::Discharge { duty: owed(drawn), evidence: name(drawn) },
        12 => Kind::Waive { bearer: actor(drawn), duty: owed(drawn) },
        13 => Kind::Join(name(drawn)),
        14 => Kind::Leave(name(drawn)),
        15 => Kind::Pledge { what: name(drawn), due: maybe(drawn, moment) },
        16 => Kind::Deliver(name(drawn)),
        _ => Kind::AcceptAmendment(name(drawn)),
    }
}

/// What a party may say, allowed or not.
pub(crate) fn wording(drawn: &mut Drawn, party: &Actor) -> Wording {
    // The lowest bits of neighbouring seeds hardly differ.
    drawn.below(2);
    let charter = name(drawn);
    let (kind, version) = match drawn.below(20) {
        0 => {
            let read = crate::version(VERSION).unwrap();
            let version = Box::new(read.charter);
            (Kind::Amend { amendment: name(drawn), digest: read.digest, version }, VERSION.to_owned())
        }
        1..=8 => (standing(drawn, party), String::new()),
        _ => (business(drawn), String::new()),
    };
    Wording { charter, kind, version }
}

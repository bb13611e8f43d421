//! The fold: the same acts in the same order give the same situation, acts that commute give it in
//! either order, a refused act changes nothing, and no act makes the fold panic.

#![cfg(test)]

mod drawn;

use charter::{Actor, Name, SourceFile};
use council::{Act, Choice, Forum, Instrument, Kind, Moment, Notice, Owed, Runs, Seeks, Situation};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::drawn::Drawn;

const CODES: [&str; 6] = ["BEN", "GHA", "NGA", "SEN", "TGO", "CIV"];
const FORUMS: [&str; 3] = ["council", "steering", "cabinet"];

const TEXT: &str = r#"prelude
counting days after the event, months to the same date, hours from receipt, in UTC
charter guild "A guild"
status in force when 3 instruments are deposited, including NGA, 2 days after, withdrawal 5 days after notice
parties BEN, GHA, NGA, SEN, TGO
accession a state, invited by council, by two thirds of members
body council "Council" of all parties, decides by two thirds of members, quorum majority, veto NGA, without the parties concerned
body steering "Steering" of all parties, decides by consensus, silence adopts after at least 24 hours, takes up what is blocked in council
body cabinet "Cabinet" of BEN, GHA, NGA, decides by unanimity, takes up what is blocked in steering
term "grave" found by each party
track works "Works"
  joined by a party, by consensus of members, leave 2 days after notice
  each member may see items
article 1
  when a state attacks a party
    each other party must assist the victim, within 3 days
article 2
  when a party requests consultation
    each other party must consult the requester, within 48 hours
"#;

fn guild() -> Situation {
    let files = [SourceFile { name: "guild.charter".to_owned(), bytes: TEXT.as_bytes().to_vec() }];
    let library = charter::load(&files, None);
    let wrong: Vec<_> = library.diagnostics.iter().filter(|found| found.severity == charter::Severity::Error).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    Situation::new(library.prelude, library.charters)
}

fn fact(text: &str) -> Box<charter::model::FactLine> {
    Box::new(charter::parse_fact(text).0.unwrap())
}

fn article(number: &str) -> charter::model::ArticleLabel {
    charter::model::ArticleLabel { kind: charter::model::ArticleKind::Article, number: Name::new(number) }
}

/// Any act at all, allowed or not.
fn drawn_kind(drawn: &mut Drawn, today: Date) -> Kind {
    let actor = |drawn: &mut Drawn| Actor::code(drawn.one(&CODES));
    let name = |drawn: &mut Drawn, what: &str| Name::new(&format!("{what} {}", drawn.below(6)));
    let forum = |drawn: &mut Drawn| match drawn.below(8) {
        0 => Forum::Parties,
        1 => Forum::Track(Name::new("works")),
        _ => Forum::Body(Name::new(drawn.one(&FORUMS))),
    };
    let later = |drawn: &mut Drawn| Moment::Day(today + i64::try_from(drawn.below(5)).unwrap().days());
    let runs = |drawn: &mut Drawn| match drawn.below(3) {
        0 => Runs::UntilAllHaveSpoken,
        1 => Runs::Until(later(drawn)),
        _ => Runs::SilenceUntil(later(drawn)),
    };
    match drawn.below(30) {
        0 => Kind::Sign,
        1..=4 => Kind::Consent([Instrument::Ratification, Instrument::Accession][drawn.below(2)]),
        5 => Kind::Deposit,
        6 => Kind::GiveNotice([Notice::Withdrawal, Notice::Denunciation][drawn.below(2)]),
        7 => Kind::RevokeNotice,
        8 => Kind::Suspend((drawn.below(2) == 0).then(|| actor(drawn))),
        9 => Kind::Resume((drawn.below(2) == 0).then(|| actor(drawn))),
        10..=13 => {
            let seeks = match drawn.below(4) {
                0 => Seeks::Invitation(actor(drawn)),
                1 => Seeks::Admission(actor(drawn)),
                2 => Seeks::Finding { fact: name(drawn, "fact"), so: drawn.below(2) == 0 },
                _ => Seeks::Words,
            };
            Kind::Propose { matter: name(drawn, "matter"), forum: forum(drawn), seeks, runs: runs(drawn) }
        }
        14..=18 => Kind::Vote {
            matter: name(drawn, "matter"),
            forum: forum(drawn),
            choice: [Choice::For, Choice::For, Choice::Against, Choice::Abstain][drawn.below(4)],
        },
        19 => Kind::Acknowledge { matter: name(drawn, "matter"), forum: forum(drawn) },
        20 => Kind::BreakSilence { matter: name(drawn, "matter"), forum: forum(drawn) },
        21 => Kind::Bring {
            matter: name(drawn, "matter"),
            from: Name::new(drawn.one(&FORUMS)),
            to: Name::new(drawn.one(&FORUMS)),
            runs: runs(drawn),
        },
        22 => Kind::Report {
            label: name(drawn, "fact"),
            fact: fact(drawn.one(&["CIV attacks BEN", "NGA attacks CIV", "\"grave\""])),
        },
        23 => Kind::Contest(name(drawn, "fact")),
        24 => {
            let by = (drawn.below(2) == 0).then(|| (name(drawn, "matter"), Name::new(drawn.one(&FORUMS))));
            Kind::Determine { label: name(drawn, "fact"), so: drawn.below(2) == 0, by }
        }
        25 => Kind::Call { label: name(drawn, "call"), thing: Name::new("consultation") },
        26 => Kind::Discharge {
            duty: Owed::under(article("2"), "consult", &actor(drawn), &name(drawn, "call")),
            evidence: Name::new("minutes"),
        },
        27 => Kind::Release(actor(drawn)),
        28 => [Kind::Join(Name::new("works")), Kind::Leave(Name::new("works"))][drawn.below(2)].clone(),
        _ => [
            Kind::Pledge { what: name(drawn, "aid"), due: Some(later(drawn)) },
            Kind::Deliver(name(drawn, "aid")),
            Kind::ApplyProvisionally,
            Kind::EndProvisionalApplication,
        ][drawn.below(4)]
        .clone(),
    }
}

fn history(seed: u64, length: usize) -> Vec<Act> {
    let mut drawn = Drawn(seed);
    let mut today = date(2020, 1, 1);
    (1..=length)
        .map(|number| {
            if drawn.below(4) == 0 {
                today += 1.day();
            }
            Act {
                charter: Name::new("guild"),
                party: Actor::code(drawn.one(&CODES)),
                at: Moment::Day(today),
                claimed: None,
                number: u64::try_from(number).unwrap(),
                kind: drawn_kind(&mut drawn, today),
            }
        })
        .collect()
}

/// Everything a view tells, as text.
fn told(situation: &Situation, on: Moment) -> String {
    let view = situation.at(on).charter(&Name::new("guild")).unwrap();
    let roll: Vec<_> = view.roll().collect();
    let (decisions, facts): (Vec<_>, Vec<_>) = (view.decisions().collect(), view.facts().collect());
    let contributions: Vec<_> = view.contributions().collect();
    let members: Vec<_> = view.members(&Name::new("works")).collect();
    format!("{roll:?}\n{decisions:?}\n{facts:?}\n{contributions:?}\n{members:?}\n{:?}", view.duties())
}

#[test]
fn the_same_acts_in_the_same_order_are_the_same_situation() {
    let (mut accepted, mut refused) = (0, 0);
    for seed in 1..=60 {
        let acts = history(seed, 400);
        let (mut one, mut other) = (guild(), guild());
        for act in &acts {
            let before = one.canonical();
            match one.apply(act.clone()) {
                Ok(()) => accepted += 1,
                Err(refusal) => {
                    refused += 1;
                    assert_eq!(before, one.canonical(), "seed {seed}: {refusal} has changed something: {act:?}");
                }
            }
        }
        // A refused act is as good as none at all.
        let counts: Vec<Act> = acts.iter().filter(|act| other.apply((*act).clone()).is_ok()).cloned().collect();
        let mut third = guild();
        counts.into_iter().for_each(|act| third.apply(act).unwrap());
        assert_eq!(one.canonical(), other.canonical(), "seed {seed}");
        assert_eq!(one.canonical(), third.canonical(), "seed {seed}");
        let late = Moment::Day(date(2020, 12, 31));
        assert_eq!(told(&one, late), told(&third, late), "seed {seed}");
    }
    assert!(accepted > 2_000 && refused > 2_000, "{accepted} accepted, {refused} refused");
}

#[test]
fn what_was_settled_stays_settled() {
    let mut looked = 0;
    for seed in 1..=400 {
        let mut situation = guild();
        let mut settled = std::collections::BTreeMap::new();
        for act in history(seed, 400) {
            let at = act.at;
            if situation.apply(act).is_err() {
                continue;
            }
            let view = situation.at(at).charter(&Name::new("guild")).unwrap();
            for decision in view.decisions().filter(|decision| decision.settled.is_some()) {
                // A day asked about is asked about at its end, so what runs out today may still be spoken on.
                if decision.settled.is_some_and(|on| on >= at) {
                    continue;
                }
                let key = (decision.matter.clone(), decision.forum.clone());
                let now = (decision.outcome, decision.settled);
                looked += 1;
                let before = *settled.entry(key).or_insert(now);
                assert_eq!(before, now, "seed {seed}: {decision:?}");
            }
        }
    }
    assert!(looked > 10_000, "{looked}");
}

/// A guild of five parties with one matter in the council and one by silence.
fn busy() -> Situation {
    let mut situation = guild();
    let mut number = 0;
    let mut say = |party: &str, on: Date, kind: Kind| {
        number += 1;
        let (charter, party, at) = (Name::new("guild"), Actor::code(party), Moment::Day(on));
        situation.apply(Act { charter, party, at, claimed: None, number, kind }).unwrap();
    };
    for code in &CODES[..5] {
        say(code, date(2020, 1, 1), Kind::Consent(Instrument::Ratification));
    }
    let forum = Forum::Body(Name::new("council"));
    let (matter, runs) = (Name::new("vote"), Runs::UntilAllHaveSpoken);
    say("BEN", date(2020, 1, 10), Kind::Propose { matter, forum, seeks: Seeks::Words, runs });
    let forum = Forum::Body(Name::new("steering"));
    let (matter, runs) = (Name::new("silence"), Runs::SilenceUntil(Moment::Day(date(2020, 1, 20))));
    say("BEN", date(2020, 1, 10), Kind::Propose { matter, forum, seeks: Seeks::Words, runs });
    say("BEN", date(2020, 1, 10), Kind::Call { label: Name::new("call 0"), thing: Name::new("consultation") });
    situation
}

#[test]
fn acts_of_different_parties_on_one_day_commute() {
    let council = Forum::Body(Name::new("council"));
    let steering = Forum::Body(Name::new("steering"));
    let kinds = |at: usize| {
        let choice = [Choice::For, Choice::Against, Choice::Abstain][at % 3];
        vec![
            Kind::Vote { matter: Name::new("vote"), forum: council.clone(), choice },
            Kind::Acknowledge { matter: Name::new("silence"), forum: steering.clone() },
            Kind::Discharge {
                duty: Owed::under(article("2"), "consult", &Actor::code("BEN"), &Name::new("call 0")),
                evidence: Name::new("minutes"),
            },
            Kind::Pledge { what: Name::new("aid"), due: None },
            Kind::Report { label: Name::new(&format!("fact {at}")), fact: fact("CIV attacks BEN") },
            Kind::Suspend(None),
        ]
    };
    let acts = |party: usize| -> Vec<Act> {
        let of = |(at, kind)| Act {
            charter: Name::new("guild"),
            party: Actor::code(CODES[party]),
            at: Moment::Day(date(2020, 1, 11)),
            claimed: None,
            number: 100 + u64::try_from(at).unwrap(),
            kind,
        };
        kinds(party).into_iter().enumerate().map(of).collect()
    };
    let fold = |order: &[usize]| {
        let mut situation = busy();
        for party in order {
            acts(*party).into_iter().for_each(|act| situation.apply(act).unwrap());
        }
        (situation.canonical(), told(&situation, Moment::Day(date(2020, 1, 20))))
    };
    let expected = fold(&[1, 2, 3, 4]);
    for order in [[4, 3, 2, 1], [2, 1, 4, 3], [3, 1, 2, 4]] {
        assert_eq!(fold(&order), expected, "{order:?}");
    }
}

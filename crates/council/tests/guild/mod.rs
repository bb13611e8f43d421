//! A guild of five parties, and acts of its own that look drawn. Read [`history`].

#![cfg(test)]

use charter::model::{Charter, Prelude};
use charter::{Actor, Name, SourceFile};
use council::{Act, Choice, Forum, Instrument, Kind, Moment, Notice, Owed, Runs, Seeks, Situation};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::drawn::Drawn;

pub(crate) const CODES: [&str; 6] = ["BEN", "GHA", "NGA", "SEN", "TGO", "CIV"];
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

/// What the charters share, and the guild's.
pub(crate) fn library() -> (Prelude, Vec<Charter>) {
    let files = [SourceFile { name: "guild.charter".to_owned(), bytes: TEXT.as_bytes().to_vec() }];
    let library = charter::load(&files, None);
    let wrong: Vec<_> = library.diagnostics.iter().filter(|found| found.severity == charter::Severity::Error).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    (library.prelude, library.charters)
}

pub(crate) fn guild() -> Situation {
    let (prelude, charters) = library();
    Situation::new(prelude, charters)
}

pub(crate) fn fact(text: &str) -> Box<charter::model::FactLine> {
    Box::new(charter::parse_fact(text).0.unwrap())
}

pub(crate) fn article(number: &str) -> charter::model::ArticleLabel {
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
            let seeks = match drawn.below(8) {
                0 => Seeks::Invitation(actor(drawn)),
                1 => Seeks::Admission(actor(drawn)),
                3 => Seeks::Departure(actor(drawn)),
                4 => Seeks::End,
                5 => Seeks::Expulsion { whom: actor(drawn), fact: name(drawn, "fact") },
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

/// Acts in the order of time, allowed or not.
pub(crate) fn history(seed: u64, length: usize) -> Vec<Act> {
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
pub(crate) fn told(situation: &Situation, on: Moment) -> String {
    let view = situation.at(on).charter(&Name::new("guild")).unwrap();
    let roll: Vec<_> = view.roll().collect();
    let (decisions, facts): (Vec<_>, Vec<_>) = (view.decisions().collect(), view.facts().collect());
    let contributions: Vec<_> = view.contributions().collect();
    let members: Vec<_> = view.members(&Name::new("works")).collect();
    format!("{roll:?}\n{decisions:?}\n{facts:?}\n{contributions:?}\n{members:?}\n{:?}", view.duties())
}

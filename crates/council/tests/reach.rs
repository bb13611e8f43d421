//! A deadline is over once the record has got there, and not before.

#![cfg(test)]

use charter::{Actor, Name, SourceFile};
use council::{Act, Forum, Moment, Outcome, Situation};
use jiff::Timestamp;

const TEXT: &str = r#"prelude
counting days after the event, months to the same date, hours from receipt, in UTC
charter circle "A circle"
status signed 2000-01-01, in force since 2000-06-01
parties BEL, LUX, NLD
body steering "Steering" of all parties, decides by consensus, silence adopts after at least 24 hours
article 1
  always
    each party must not attack each other party
"#;

fn second(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn act(number: u64, party: &str, at: &str, text: &str) -> Act {
    let party = Actor::code(party);
    let wording = council::text::parse(&format!("under circle {text}"), &party, &council::text::no_versions).unwrap();
    Act { charter: wording.charter, party, at: Moment::At(second(at)), claimed: None, number, kind: wording.kind }
}

fn outcome(situation: &Situation, at: &str) -> Outcome {
    let view = situation.at(Moment::At(second(at))).charter(&Name::new("circle")).unwrap();
    view.decision(&Name::new("a buoy"), &Forum::Body(Name::new("steering"))).unwrap().outcome
}

#[test]
fn a_silence_has_run_out_once_the_record_has_got_there() {
    let files = [SourceFile { name: "circle.charter".to_owned(), bytes: TEXT.as_bytes().to_vec() }];
    let library = charter::load(&files, None);
    let mut situation = Situation::new(library.prelude, library.charters);
    let (opened, late) = ("2026-05-04T09:00:00Z", "2026-05-08T09:00:00Z");
    let proposed = r#"proposes "a buoy" in steering by silence until 2026-05-06T09:00Z"#;
    situation.apply(act(1, "BEL", opened, proposed)).unwrap();
    for party in ["LUX", "NLD"] {
        situation.apply(act(1, party, "2026-05-04T10:00:00Z", r#"acknowledges "a buoy" in steering"#)).unwrap();
    }
    // Whoever does not say how far the record is has all of it.
    assert_eq!((outcome(&situation, late), situation.next_closing()), (Outcome::Adopted, None));
    let before = situation.canonical();
    situation.reach(second("2026-05-04T10:00:00Z"));
    assert_eq!(before, situation.canonical(), "how far it has got is no part of what has come about");
    assert_eq!(outcome(&situation, late), Outcome::Open);
    assert_eq!(situation.next_closing(), Some(second("2026-05-06T09:00:00Z")));
    // An objection that was under way counts from when it was cosigned.
    let mut objected = situation.clone();
    objected.reach(second("2026-05-06T08:00:00Z"));
    objected.apply(act(2, "LUX", "2026-05-06T08:00:00Z", r#"breaks silence on "a buoy" in steering"#)).unwrap();
    assert_eq!((outcome(&objected, late), objected.next_closing()), (Outcome::Blocked, None));
    // It never goes back.
    situation.reach(second("2026-05-06T09:00:00Z"));
    situation.reach(second("2026-05-05T09:00:00Z"));
    assert_eq!((outcome(&situation, late), situation.next_closing()), (Outcome::Adopted, None));
}

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

/// A buoy, proposed until 09:00 of the 6th, of which the others have heard; the record has got to 08:00 of that day.
fn before_the_end() -> Situation {
    let files = [SourceFile { name: "circle.charter".to_owned(), bytes: TEXT.as_bytes().to_vec() }];
    let library = charter::load(&files, None);
    let mut situation = Situation::new(library.prelude, library.charters);
    let proposed = r#"proposes "a buoy" in steering by silence until 2026-05-06T09:00Z"#;
    situation.apply(act(1, "BEL", "2026-05-04T09:00:00Z", proposed)).unwrap();
    for party in ["LUX", "NLD"] {
        situation.apply(act(1, party, "2026-05-04T10:00:00Z", r#"acknowledges "a buoy" in steering"#)).unwrap();
    }
    situation.reach(second("2026-05-06T08:00:00Z"));
    situation
}

fn objects(situation: &mut Situation, at: &str, claimed: Option<&str>) -> Result<(), council::Refusal> {
    let claimed = claimed.map(|claimed| Moment::At(second(claimed)));
    situation.apply(Act { claimed, ..act(2, "LUX", at, r#"breaks silence on "a buoy" in steering"#) })
}

// The certificate that shows that the time is over may be the one that dates the objection.
#[test]
fn what_was_signed_in_time_is_in_time_until_the_record_is_past_the_end() {
    let (in_time, late, later) = ("2026-05-06T09:00:00Z", "2026-05-06T09:00:01Z", "2026-05-06T09:20:00Z");
    let mut situation = before_the_end();
    objects(&mut situation, later, Some(in_time)).unwrap();
    // It counts as the last thing before the end: nobody can tell from it how much later it came.
    situation.reach(second(later));
    let view = situation.at(Moment::At(second(later))).charter(&Name::new("circle")).unwrap();
    let decision = view.decision(&Name::new("a buoy"), &Forum::Body(Name::new("steering"))).unwrap();
    assert_eq!((decision.outcome, decision.against), (Outcome::Blocked, vec![Actor::code("LUX")]));
    assert_eq!(decision.settled, Some(Moment::At(second(in_time))));
    // Signed too late, or by who does not say when.
    for claimed in [Some(late), None] {
        let refused = objects(&mut before_the_end(), later, claimed).unwrap_err();
        assert_eq!(refused.code(), "closed", "{claimed:?}");
    }
    // The record is past the end: silence has adopted it, and that stands.
    let mut situation = before_the_end();
    situation.reach(second(in_time));
    assert_eq!(objects(&mut situation, later, Some(in_time)).unwrap_err().code(), "closed");
    assert_eq!(outcome(&situation, later), Outcome::Adopted);
    // Who has all the acts has no record that might not be past it.
    let files = [SourceFile { name: "circle.charter".to_owned(), bytes: TEXT.as_bytes().to_vec() }];
    let library = charter::load(&files, None);
    let mut situation = Situation::new(library.prelude, library.charters);
    let proposed = r#"proposes "a buoy" in steering by silence until 2026-05-06T09:00Z"#;
    situation.apply(act(1, "BEL", "2026-05-04T09:00:00Z", proposed)).unwrap();
    assert_eq!(objects(&mut situation, later, Some(in_time)).unwrap_err().code(), "closed");
}

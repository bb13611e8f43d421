//! `law` counts votes that are told as facts, and the council counts votes that are cast: once a
//! matter has run out, both must say the same. Random bodies and random votes are tried.

#![cfg(test)]

mod drawn;

use std::fmt::Write as _;

use charter::model::When;
use charter::{Actor, Name, SourceFile};
use council::{Act, Choice, Forum, Kind, Moment, Outcome, Runs, Seeks, Situation};
use jiff::civil::{Date, date};
use law::{Corpus, Question, Truth};

use crate::drawn::Drawn;

const CODES: [&str; 5] = ["BEL", "DEU", "FRA", "LUX", "NLD"];

fn body(drawn: &mut Drawn) -> String {
    let rule = drawn.one(&[
        "consensus",
        "unanimity",
        "majority of members",
        "two thirds of members",
        "three quarters of members",
        "majority of votes cast",
        "two thirds of votes cast",
        "weighted 6 of 10: BEL 2, DEU 4, FRA 2, LUX 1, NLD 1",
    ]);
    let mut text = format!("body board \"Board\" of all parties, decides by {rule}");
    text.push_str(drawn.one(&["", ", quorum majority", ", quorum two thirds", ", quorum 4"]));
    text.push_str(drawn.one(&["", ", veto DEU, FRA"]));
    text.push_str(drawn.one(&["", ", without the parties concerned"]));
    text.push_str(drawn.one(&["", ", absent counts as objection", ", absent counts as assent"]));
    text
}

#[test]
fn votes_cast_are_counted_as_votes_told() {
    let mut drawn = Drawn(7);
    let (mut adopted, mut failed) = (0, 0);
    for round in 0..3_000 {
        let mut text =
            "prelude\ncounting days after the event, months to the same date, hours from receipt, in UTC\n".to_owned();
        writeln!(
            text,
            "charter x \"X\"\nstatus signed 2000-01-01, in force since 2000-01-01\nparties {}",
            CODES.join(", ")
        )
        .unwrap();
        let body = body(&mut drawn);
        writeln!(text, "{body}\narticle 1\n  when board decides \"m\"\n    each party must carry out the decision")
            .unwrap();
        let library = charter::load(&[SourceFile { name: "x.charter".to_owned(), bytes: text.into_bytes() }], None);
        let corpus = Corpus::new(library.prelude.clone(), library.charters.clone());
        let mut situation = Situation::new(library.prelude, library.charters);
        let mut question = Question::on(When::Day(date(2001, 1, 10)));
        let mut number = 0;
        let mut say = |party: &str, on: Date, kind: Kind| {
            number += 1;
            let at = Moment::Day(on);
            situation.apply(Act { charter: Name::new("x"), party: Actor::code(party), at, claimed: None, number, kind })
        };
        let mut tell = |text: String| question.facts.push(charter::parse_fact(&text).0.unwrap());
        if drawn.below(2) == 0 {
            let attack = "on 2001-01-01 ITA attacks BEL";
            tell(attack.to_owned());
            let fact = Box::new(charter::parse_fact(attack).0.unwrap());
            say("BEL", date(2001, 1, 1), Kind::Report { label: Name::new("raid"), fact }).unwrap();
        }
        let forum = Forum::Body(Name::new("board"));
        let runs = Runs::Until(Moment::Day(date(2001, 1, 9)));
        let propose = Kind::Propose { matter: Name::new("m"), forum: forum.clone(), seeks: Seeks::Words, runs };
        say("DEU", date(2001, 1, 2), propose).unwrap();
        tell("on 2001-01-02 board takes up \"m\"".to_owned());
        for code in CODES {
            let (choice, words) = match drawn.below(5) {
                0 | 1 => (Choice::For, "votes for"),
                2 => (Choice::Against, "votes against"),
                3 => (Choice::Abstain, "abstains on"),
                _ => continue,
            };
            tell(format!("on 2001-01-03 {code} {words} \"m\""));
            // Who is left out as concerned has no vote, and law does not count it.
            let _ = say(code, date(2001, 1, 3), Kind::Vote { matter: Name::new("m"), forum: forum.clone(), choice });
        }
        let by_law = law::decision(&corpus, &question, &Name::new("x"), &Name::new("board"), &Name::new("m"));
        let view = situation.at(Moment::Day(date(2001, 1, 10))).charter(&Name::new("x")).unwrap();
        let outcome = view.decision(&Name::new("m"), &forum).unwrap().outcome;
        assert_ne!(outcome, Outcome::Open, "{body}");
        assert_eq!(
            by_law == Truth::Yes,
            outcome == Outcome::Adopted,
            "round {round}: {body}: {by_law:?}, {outcome:?}\n{:#?}",
            view.decision(&Name::new("m"), &forum)
        );
        if outcome == Outcome::Adopted {
            adopted += 1;
        } else {
            failed += 1;
        }
    }
    assert!(adopted > 300 && failed > 300, "{adopted} adopted, {failed} not");
}

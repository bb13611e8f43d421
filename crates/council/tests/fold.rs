//! The fold: the same acts in the same order give the same situation, acts that commute give it in
//! either order, a refused act changes nothing, and no act makes the fold panic.

#![cfg(test)]

mod drawn;
mod guild;

use charter::{Actor, Name};
use council::{Act, Choice, Forum, Instrument, Kind, Moment, Owed, Runs, Seeks, Situation};
use jiff::civil::{Date, date};

use crate::guild::{CODES, article, fact, guild, history, told};

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

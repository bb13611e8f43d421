//! Who is put out (Vienna Convention 60(2)(a)(i)), told once more in the simplest way: after every act of many drawn
//! histories the council must say the same, and take and refuse the same acts.

#![cfg(test)]

mod drawn;

use std::collections::{BTreeMap, BTreeSet};

use charter::model::{Charter, Prelude};
use charter::{Actor, Name, SourceFile};
use council::{Act, Moment, Situation, Standing};
use jiff::Timestamp;

use crate::drawn::Drawn;

const TEXT: &str = r#"prelude
counting days after the event, months to the same date, hours from receipt, in UTC
charter club "A club"
status signed 2000-01-01, in force since 2000-06-01, withdrawal at will
parties BEN, GHA, NGA, SEN
accession a state
body council "Council" of all parties, decides by majority of members
article 1
  when a state attacks a party
    each other party must assist the victim
"#;

const CODES: [&str; 5] = ["BEN", "GHA", "NGA", "SEN", "TGO"];

/// A matter that seeks that somebody is put out.
struct Matter {
    whom: &'static str,
    fact: String,
    /// Which time as a party of the one that it is about.
    stay: u32,
    voters: BTreeSet<&'static str>,
    spoken: BTreeMap<&'static str, bool>,
}

/// Who is a party, by the words of the article and no others.
#[derive(Default)]
struct Oracle {
    parties: BTreeSet<&'static str>,
    /// How often each has become a party since the beginning.
    stays: BTreeMap<&'static str, u32>,
    /// Of whoever is a party no longer, whether it was put out.
    out: BTreeMap<&'static str, bool>,
    /// Whether it was found that it is not so.
    facts: BTreeMap<String, bool>,
    matters: BTreeMap<String, Matter>,
    expelled: u32,
    in_vain: u32,
}

impl Oracle {
    fn stay(&self, code: &str) -> u32 {
        self.stays.get(code).copied().unwrap_or_default()
    }

    fn is_party(&self, code: &str) -> bool {
        self.parties.contains(code)
    }

    fn propose(&mut self, by: &'static str, matter: String, whom: &'static str, fact: String) -> bool {
        let stands = self.facts.get(&fact) == Some(&false);
        let may = self.is_party(by) && self.is_party(whom) && by != whom && self.parties.len() > 2 && stands;
        if !may || self.matters.contains_key(&matter) {
            return false;
        }
        let voters = self.parties.iter().copied().filter(|party| *party != whom).collect();
        let stay = self.stay(whom);
        self.matters.insert(matter, Matter { whom, fact, stay, voters, spoken: BTreeMap::new() });
        true
    }

    fn vote(&mut self, by: &'static str, matter: &str, is_for: bool) -> bool {
        let is_party = self.is_party(by);
        let Some(laid) = self.matters.get_mut(matter) else { return false };
        if !is_party || !laid.voters.contains(by) || laid.spoken.contains_key(by) {
            return false;
        }
        laid.spoken.insert(by, is_for);
        let laid = &self.matters[matter];
        if laid.voters.iter().any(|voter| laid.spoken.get(voter) != Some(&true)) {
            return true;
        }
        let whom = laid.whom;
        let others: BTreeSet<&str> = self.parties.iter().copied().filter(|party| *party != whom).collect();
        let is_same = self.is_party(whom) && self.stay(whom) == laid.stay;
        if is_same && others.len() > 1 && others.is_subset(&laid.voters) && !self.facts[&laid.fact] {
            self.parties.remove(whom);
            self.out.insert(whom, true);
            self.expelled += 1;
        } else {
            self.in_vain += 1;
        }
        true
    }
}

/// The club and what has been said in it.
struct Club {
    situation: Situation,
    oracle: Oracle,
    second: i64,
    number: u64,
}

impl Club {
    fn say(&mut self, party: &str, text: &str) -> bool {
        self.second += 1;
        self.number += 1;
        let (party, number) = (Actor::code(party), self.number);
        let at = Moment::At(Timestamp::from_second(self.second).unwrap());
        let wording = council::text::parse_strict(&format!("under club {text}"), &party, &council::text::no_versions);
        let wording = wording.unwrap_or_else(|problem| panic!("{text}: {problem}"));
        let act = Act { charter: wording.charter, party, at, claimed: None, number, kind: wording.kind };
        self.situation.apply(act).is_ok()
    }

    /// One more act; what was said, whether it was expected to count, and whether it did.
    fn go_on(&mut self, drawn: &mut Drawn) -> (String, bool, bool) {
        let code = |drawn: &mut Drawn| drawn.one(&CODES);
        let by = code(drawn);
        let fact = format!("raid-{}", drawn.below(9));
        // One of the last that were laid before them, or the next.
        let matter = format!("out-{}", (self.oracle.matters.len() + 1).saturating_sub(drawn.below(4)));
        let (text, expected) = match drawn.below(40) {
            0 => {
                let may = self.oracle.parties.remove(by);
                if may {
                    self.oracle.out.insert(by, false);
                }
                ("withdraws".to_owned(), may)
            }
            1..=3 => {
                let may = self.oracle.parties.insert(by);
                if may {
                    *self.oracle.stays.entry(by).or_default() += 1;
                }
                ("accedes".to_owned(), may)
            }
            4..=6 => {
                let may = self.oracle.is_party(by) && !self.oracle.facts.contains_key(&fact);
                if may {
                    self.oracle.facts.insert(fact.clone(), false);
                }
                (format!("reports {fact}: {} attacks {by}", code(drawn)), may)
            }
            7 => return self.find_not(&fact),
            8..=13 => {
                let whom = code(drawn);
                let text = format!("proposes {matter} in all parties to end the charter for {whom} because of {fact}");
                (text, self.oracle.propose(by, matter, whom, fact))
            }
            _ => {
                let (word, is_for) = [("votes for", true), ("votes against", false), ("abstains on", false)]
                    [drawn.below(40).saturating_sub(37)];
                (format!("{word} {matter} in all parties"), self.oracle.vote(by, &matter, is_for))
            }
        };
        let taken = self.say(by, &text);
        (format!("{by} {text}"), expected, taken)
    }

    /// All who are parties have the council find that a fact is not so.
    fn find_not(&mut self, fact: &str) -> (String, bool, bool) {
        let text = format!("not {fact}");
        let parties: Vec<&str> = self.oracle.parties.iter().copied().collect();
        let (Some(first), true) = (parties.first(), self.oracle.facts.contains_key(fact)) else {
            return (text, true, true);
        };
        let matter = format!("no-{}", self.number);
        assert!(self.say(first, &format!("proposes {matter} in council to find not {fact}")));
        for party in &parties {
            assert!(self.say(party, &format!("votes for {matter} in council")));
        }
        self.oracle.facts.insert(fact.to_owned(), true);
        let taken = self.say(first, &format!("finds not {fact} by {matter} of council"));
        (text, true, taken)
    }

    fn compare(&self, told: &str) {
        let view = self.situation.at(Moment::At(Timestamp::from_second(self.second).unwrap()));
        let view = view.charter(&Name::new("club")).unwrap();
        let parties: Vec<&str> = view.parties().map(Actor::as_str).collect();
        assert_eq!(parties, self.oracle.parties.iter().copied().collect::<Vec<_>>(), "{told}");
        for (code, is_expelled) in &self.oracle.out {
            let expected = match (self.oracle.is_party(code), is_expelled) {
                (true, _) => Standing::Party,
                (false, true) => Standing::Expelled,
                (false, false) => Standing::Withdrawn,
            };
            assert_eq!(view.standing(&Actor::code(code)).standing, expected, "{code}: {told}");
        }
    }
}

fn library() -> (Prelude, Vec<Charter>) {
    let files = [SourceFile { name: "club.charter".to_owned(), bytes: TEXT.as_bytes().to_vec() }];
    let library = charter::load(&files, None);
    (library.prelude, library.charters)
}

#[test]
fn who_is_put_out_is_out_by_the_words_of_the_article() {
    let (prelude, charters) = library();
    let (mut expelled, mut in_vain, mut refused) = (0, 0, 0);
    for seed in 0..600 {
        let mut drawn = Drawn(seed * 7_919);
        let parties = CODES[..4].iter().copied().collect();
        let oracle = Oracle { parties, ..Oracle::default() };
        let situation = Situation::new(prelude.clone(), charters.clone());
        let mut club = Club { situation, oracle, second: 1_000_000_000, number: 0 };
        let mut told = Vec::new();
        for _ in 0..150 {
            let (text, expected, taken) = club.go_on(&mut drawn);
            told.push(text);
            assert_eq!(taken, expected, "seed {seed}: {told:#?}");
            refused += u32::from(!taken);
            club.compare(&format!("seed {seed}: {told:#?}"));
        }
        let saved = club.situation.save().unwrap();
        let loaded = Situation::load(prelude.clone(), charters.clone(), &saved).unwrap();
        assert_eq!(loaded.canonical(), club.situation.canonical(), "seed {seed}");
        expelled += club.oracle.expelled;
        in_vain += club.oracle.in_vain;
    }
    println!("{expelled} put out, {in_vain} adopted in vain, {refused} acts refused");
    assert!(
        expelled > 200 && in_vain > 50 && refused > 1_000,
        "{expelled} put out, {in_vain} in vain, {refused} refused"
    );
}

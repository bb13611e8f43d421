//! Was this war an occasion for this alliance? Read [`foretell`].

use std::collections::BTreeMap;

use charter::Name;
use law::Corpus;

use super::ask::{Places, asked};
use super::by_hand::{self, ByHand};
use super::calls::{Asked, Call, CallKind, Refusal};

use super::fought::Fought;
use super::pair::Pair;
use super::presumed::{Presumption, presumed};
use super::wars::War;

/// The charters that are asked.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// One charter for each alliance of the data set, called `atop-1335`.
    pub imported: &'a Corpus,
    /// The treaties that were written down by hand; none: they are left out.
    pub by_hand: Option<&'a Corpus>,
    /// The wars.
    pub wars: &'a BTreeMap<u32, War>,
    /// Where they were fought.
    pub fought: &'a Fought,
}

/// A prediction, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foretold {
    /// The charters that were asked.
    pub charters: Vec<Name>,
    /// Whether they were written by hand.
    pub is_by_hand: bool,
    /// Why.
    pub why: Why,
}

impl Foretold {
    /// Whether the war was an occasion.
    #[must_use]
    pub fn is_occasion(&self) -> bool {
        match self.why {
            Why::Called(..) => true,
            Why::Presumed(..) | Why::NotOwed(_) | Why::NoPromise | Why::NobodyInvolved => false,
        }
    }

    /// What kind of reason decides.
    #[must_use]
    pub fn ground(&self) -> Ground {
        match &self.why {
            // Whoever turns on an ally does so, whatever the promise left open.
            Why::Called(call, _) if call.doubts.is_empty() || call.kind == CallKind::Turned => Ground::Owed(call.kind),
            Why::Called(call, _) => Ground::Taken(call.kind),
            Why::Presumed(_, presumption) => Ground::Meant(*presumption),
            Why::NotOwed(_) => Ground::NotOwed,
            Why::NoPromise => Ground::NoPromise,
            Why::NobodyInvolved => Ground::NobodyInvolved,
        }
    }
}

/// What kind of reason decides: what tables are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// A promise is owed outright, or was broken.
    Owed(CallKind),
    /// A promise is open, and taken to be called upon.
    Taken(CallKind),
    /// A promise is open, and taken to have meant something else.
    Meant(Presumption),
    /// A promise is not owed.
    NotOwed,
    /// Nothing is promised that a war calls upon.
    NoPromise,
    /// Nobody of it took part.
    NobodyInvolved,
}

impl Ground {
    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        let what = |kind: CallKind| match kind {
            CallKind::Fight => "help",
            CallKind::Neutral => "neutrality",
            CallKind::NoAttack => "a promise not to attack",
            CallKind::Turned => "an ally",
        };
        match self {
            Self::Owed(kind @ (CallKind::Fight | CallKind::Neutral)) => format!("{} is owed", what(kind)),
            Self::Owed(CallKind::NoAttack) => "a promise not to attack is broken".to_owned(),
            Self::Owed(CallKind::Turned) => "an ally is turned on".to_owned(),
            Self::Taken(kind) => format!("{} is open, and taken to be owed", what(kind)),
            Self::Meant(presumption) => format!("open, but {}", presumption.word()),
            Self::NotOwed => "what is promised is not owed".to_owned(),
            Self::NoPromise => "nothing is promised that a war calls upon".to_owned(),
            Self::NobodyInvolved => "nobody of it took part".to_owned(),
        }
    }
}

/// Why a war was an occasion, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A promise was called upon: owed, or taken to be.
    Called(Call, Presumption),
    /// A promise was open, and taken not to be called upon.
    Presumed(Call, Presumption),
    /// A promise was not owed; the one that came nearest.
    NotOwed(Refusal),
    /// The charter promises nothing that a war calls upon: it only consults, or nobody attacked whom
    /// he had promised not to attack.
    NoPromise,
    /// Nobody who was ever a party took part.
    NobodyInvolved,
}

/// Asks the alliance's charter about the war. None where the war is in no table, or the alliance has
/// no charter.
#[must_use]
pub fn foretell(sources: Sources<'_>, pair: &Pair) -> Option<Foretold> {
    let war = sources.wars.get(&pair.war)?;
    let written = sources.by_hand.and_then(|corpus| Some((corpus, by_hand::covering(pair.alliance, war, corpus)?)));
    let (corpus, charters, is_by_hand) = match written {
        Some((corpus, ByHand { charters, .. })) => {
            (corpus, charters.iter().map(|name| Name::new(name)).collect(), true)
        }
        None => (sources.imported, vec![Name::new(&format!("atop-{}", pair.alliance))], false),
    };
    if charters.iter().all(|name| corpus.charter(name).is_none()) {
        return None;
    }
    let why = decided(asked(corpus, &charters, war, Places { fought: sources.fought, war: pair.cow_war }));
    Some(Foretold { charters, is_by_hand, why })
}

/// The first promise that is owed outright, or else the first that is taken to be called upon.
fn decided(asked: Asked) -> Why {
    if !asked.is_concerned {
        return Why::NobodyInvolved;
    }
    let mut calls: Vec<(Call, Presumption)> =
        asked.calls.into_iter().map(|call| (presumed(&call), call)).map(|(taken, call)| (call, taken)).collect();
    calls.sort_by_key(|(call, taken)| (!taken.is_for(), !call.doubts.is_empty(), call.on, call.kind));
    if let Some((call, taken)) = calls.into_iter().next() {
        return if taken.is_for() { Why::Called(call, taken) } else { Why::Presumed(call, taken) };
    }
    asked.nearest.map_or(Why::NoPromise, Why::NotOwed)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use charter::{FileId, SourceFile};
    use jiff::civil::{Date, date};
    use law::{Corpus, Reason};

    use super::{Foretold, Sources, Why, foretell};
    use crate::occasion::{Attack, CallKind, Doubt, Fought, Pair, Presumption, War};
    use crate::table::{Read, read};

    const PRELUDE: &str = "prelude\ncounting days after the event, months to the same date, hours from receipt, in UTC\n\
        actor AAA \"A\", COW 101\nactor BBB \"B\", COW 102\nactor CCC \"C\", COW 103\nactor DDD \"D\", COW 104\n";
    const HEAD: &str = "charter atop-7 \"ATOP 7\"\nallow no-source, term-nobody-finds\n\
        status text published, signed 1900-01-01, in force since 1900-01-01, ends 1910-01-01\nparties AAA, BBB\n";

    fn corpus(articles: &str) -> Corpus {
        let text = format!("{PRELUDE}{HEAD}{articles}");
        let file = SourceFile { name: "seven.charter".to_owned(), bytes: text.into_bytes() };
        let parsed = charter::parse(FileId(0), &file);
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
        let library = charter::load(&[file], None);
        Corpus::new(library.prelude, library.charters)
    }

    fn told(articles: &str, attacks: &[(u16, u16, Date)]) -> Foretold {
        let attack = |&(attacker, target, from): &(u16, u16, Date)| Attack {
            attacker,
            target,
            from,
            to: date(from.year() + 1, 1, 1),
            is_joiner: false,
        };
        let war = War { id: 9, attacks: attacks.iter().map(attack).collect() };
        let pair = Pair { war: 9, cow_war: Some(90), war_name: String::new(), alliance: 7 };
        let imported = corpus(articles);
        // Both are American by their numbers, and the first fights in Africa.
        let mut table = Read::default();
        read("participants.csv", b"WarNum,ccode,WhereFought\n90,101,4\n90,102,1\n", &mut table);
        let fought = Fought::new(&table.fought);
        let wars = BTreeMap::from([(9, war)]);
        foretell(Sources { imported: &imported, by_hand: None, wars: &wars, fought: &fought }, &pair).unwrap()
    }

    fn called(told: &Foretold) -> (CallKind, Presumption) {
        match &told.why {
            Why::Called(call, taken) | Why::Presumed(call, taken) => (call.kind, *taken),
            Why::NotOwed(_) | Why::NoPromise | Why::NobodyInvolved => panic!("{told:?}"),
        }
    }

    const DEFENCE: &str =
        "article 1\n  unchecked\n  when anyone attacks a party\n    each other party must assist the victim\n";

    #[test]
    fn an_attack_on_an_ally_is_an_occasion_and_one_by_him_is_none() {
        let attacked = told(DEFENCE, &[(103, 101, date(1905, 6, 1))]);
        assert!(attacked.is_occasion());
        assert_eq!(called(&attacked), (CallKind::Fight, Presumption::Met));
        let attacks = told(DEFENCE, &[(101, 103, date(1905, 6, 1))]);
        let Why::NotOwed(refusal) = &attacks.why else { panic!("{attacks:?}") };
        assert!(refusal.reasons.contains(&Reason::Aggressor));
        assert_eq!(told(DEFENCE, &[(103, 104, date(1905, 6, 1))]).why, Why::NobodyInvolved);
    }

    #[test]
    fn an_alliance_is_asked_for_a_month_after_it_ended() {
        assert!(told(DEFENCE, &[(103, 101, date(1910, 1, 20))]).is_occasion());
        assert!(!told(DEFENCE, &[(103, 101, date(1910, 2, 20))]).is_occasion());
        assert!(!told(DEFENCE, &[(103, 101, date(1898, 6, 1))]).is_occasion(), "nor before it was made");
    }

    #[test]
    fn an_attack_that_was_on_when_the_alliance_was_made_calls_upon_it() {
        assert!(told(DEFENCE, &[(103, 101, date(1899, 12, 20)), (103, 104, date(1900, 2, 1))]).is_occasion());
    }

    #[test]
    fn who_attacks_his_ally_turns_on_him_whomever_the_alliance_was_made_against() {
        let against = "named foe: DDD\narticle 1\n  unchecked\n  when a foe attacks a party\n    each other party must assist the victim\n";
        assert_eq!(called(&told(against, &[(101, 102, date(1905, 6, 1))])), (CallKind::Turned, Presumption::Met));
        let consult = "article 1\n  unchecked\n  when anyone threatens a party\n    each other party must consult the threatened\n";
        assert_eq!(told(consult, &[(101, 102, date(1905, 6, 1))]).why, Why::NoPromise);
    }

    #[test]
    fn a_promise_not_to_attack_is_an_occasion_only_when_it_is_broken() {
        let peace = "article 1\n  unchecked\n  always\n    each party must not attack each other party\n";
        assert_eq!(called(&told(peace, &[(101, 102, date(1905, 6, 1))])), (CallKind::NoAttack, Presumption::Met));
        assert_eq!(told(peace, &[(103, 102, date(1905, 6, 1))]).why, Why::NoPromise);
        assert_eq!(told(peace, &[(101, 103, date(1905, 6, 1))]).why, Why::NoPromise);
    }

    #[test]
    fn an_adversary_nobody_tells_was_not_the_one_who_had_attacked_before() {
        let named = "named foe: found by nobody\narticle 1\n  unchecked\n  when a foe attacks a party\n    each other party must assist the victim\n";
        let later = told(named, &[(103, 101, date(1905, 6, 1))]);
        assert!(later.is_occasion());
        let Why::Called(call, _) = &later.why else { panic!("{later:?}") };
        assert_eq!(call.doubts, [Doubt::Adversary]);
        let before = told(named, &[(103, 101, date(1899, 12, 20)), (103, 104, date(1900, 2, 1))]);
        assert!(!before.is_occasion());
        assert_eq!(called(&before), (CallKind::Fight, Presumption::AnotherAdversary));
    }

    #[test]
    fn a_place_nobody_tells_is_the_wars_only_where_the_alliance_was_made_in_it() {
        let offence = "term \"in the place that the treaty names\" found by nobody\narticle 1\n  unchecked\n  while a party is at war with a non-party\n  if \"in the place that the treaty names\"\n    each other party must join the war beside the belligerent\n";
        assert_eq!(called(&told(offence, &[(101, 103, date(1905, 6, 1))])), (CallKind::Fight, Presumption::Elsewhere));
        let made_in_it = told(offence, &[(101, 103, date(1899, 12, 20)), (103, 104, date(1900, 2, 1))]);
        assert_eq!(called(&made_in_it), (CallKind::Fight, Presumption::Met));
        assert!(made_in_it.is_occasion());
    }

    #[test]
    fn neutrality_is_owed_as_the_charter_has_it() {
        let attacked = "article 1\n  unchecked\n  when anyone attacks a party\n    each other party must stay neutral towards the victim\n";
        assert!(!told(attacked, &[(101, 103, date(1905, 6, 1))]).is_occasion());
        let at_war = "article 1\n  unchecked\n  while a party is at war with a non-party\n    each other party must stay neutral towards the belligerent\n";
        assert_eq!(called(&told(at_war, &[(101, 103, date(1905, 6, 1))])), (CallKind::Neutral, Presumption::Met));
    }

    #[test]
    fn who_allies_with_one_at_war_takes_the_war_as_he_finds_it() {
        let made_in_it = told(DEFENCE, &[(101, 103, date(1899, 12, 20))]);
        assert_eq!(called(&made_in_it), (CallKind::Fight, Presumption::Met));
        assert!(!told(DEFENCE, &[(101, 103, date(1900, 1, 20))]).is_occasion(), "who began it after he had allies");
    }

    #[test]
    fn a_place_is_the_wars_where_the_alliance_was_made_in_view_of_it() {
        let offence = "term \"in the place that the treaty names\" found by nobody\narticle 1\n  unchecked\n  while a party is at war with a non-party\n  if \"in the place that the treaty names\"\n    each other party must join the war beside the belligerent\n";
        assert!(told(offence, &[(101, 103, date(1900, 1, 20))]).is_occasion());
        assert!(!told(offence, &[(101, 103, date(1900, 2, 20))]).is_occasion());
    }

    #[test]
    fn a_place_is_not_where_the_ally_is_attacked_far_from_home() {
        let defence = "term \"in the place that the treaty names\" found by nobody\narticle 1\n  unchecked\n  when anyone attacks a party\n  if \"in the place that the treaty names\"\n    each other party must assist the victim\n";
        assert_eq!(called(&told(defence, &[(103, 101, date(1905, 6, 1))])), (CallKind::Fight, Presumption::Elsewhere));
        assert_eq!(called(&told(defence, &[(103, 102, date(1905, 6, 1))])), (CallKind::Fight, Presumption::Met));
        assert!(told(DEFENCE, &[(103, 101, date(1905, 6, 1))]).is_occasion(), "where no place is meant");
    }
}

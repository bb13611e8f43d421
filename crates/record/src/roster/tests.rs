//! What takes several offices.

use super::*;
use crate::act::{ActKind, Basis, Statement};
use crate::entry::Entry;
use crate::founding::{CharterText, Founder};
use crate::key::Signer;

const NOW: Seconds = 1_800_000_000;
const DAY: Seconds = 86_400;

fn signer(name: &str, purpose: Purpose) -> Signer {
    Signer::new(KeyName::new(format!("p.example/{name}")).unwrap(), purpose, &Hash::of(name.as_bytes()).0)
}

/// A party, its offices, and what it has said so far.
struct Speaker {
    roster: Roster,
    last: Option<(u64, Hash)>,
}

impl Speaker {
    /// With three offices for everything, of which two have to want a withdrawal.
    fn new() -> Self {
        let own = |name| signer(name, Purpose::Act).verifier();
        let founder = Founder {
            party: Party::new("P").unwrap(),
            key: own("own"),
            seat: signer("seat", Purpose::Cosignature).verifier(),
        };
        let charter = CharterText { hash: Hash::of(b"a charter"), file: "a.charter".to_owned() };
        let founding = Founding::new(vec![charter], vec![founder], Party::new("P").unwrap()).unwrap();
        let mut speaker = Self { roster: Roster::new(&founding), last: None };
        for office in ["a", "b", "c"] {
            let says = RosterAct::Office { key: own(office), until: NOW + 100 * DAY, scope: Scope::Everything };
            speaker.keys("own", &says, NOW).unwrap();
        }
        let weighty = RosterAct::Weighty { offices: 2, kinds: ["withdraw".to_owned()].into() };
        speaker.keys("own", &weighty, NOW).unwrap();
        speaker
    }

    fn says(&mut self, office: &str, kind: &str, text: &str, at: Seconds) -> Result<(), Void> {
        let signer = signer(office, Purpose::Act);
        let statement = Statement {
            charter: self.roster.framework(),
            party: Party::new("P").unwrap(),
            office: signer.verifier().id(),
            number: self.last.map_or(1, |(number, _)| number + 1),
            previous: self.last.map(|(_, hash)| hash),
            kind: ActKind::new(kind).unwrap(),
            body: Body::Whole(text.as_bytes().to_vec()),
            basis: Basis { size: 0, root: Hash::of_no_entries() },
            claimed: at,
            expires: at + DAY,
        };
        let filed = Filed::new(Entry::Act(Act::sign(statement, &signer).unwrap()));
        let before = self.roster.last(&Party::new("P").unwrap());
        let came = self.roster.take(&filed, at).map(|_| ());
        self.last = self.roster.last(&Party::new("P").unwrap());
        // What an office may not sign is nobody's; all else uses up its number, whatever it comes to.
        assert_eq!(self.last == before, came == Err(Void::OutOfScope));
        came
    }

    fn keys(&mut self, office: &str, says: &RosterAct, at: Seconds) -> Result<(), Void> {
        assert_eq!(RosterAct::parse(says.kind(), &says.to_string()).as_ref(), Some(says));
        self.says(office, says.kind(), &says.to_string(), at)
    }

    fn wants(&mut self, office: &str, text: &str, at: Seconds) -> Result<(), Void> {
        self.keys(office, &RosterAct::Second { kind: "withdraw".to_owned(), body: Hash::of(text.as_bytes()) }, at)
    }

    fn withdraws(&mut self, office: &str, at: Seconds) -> Result<(), Void> {
        self.says(office, "withdraw", "under a withdraws", at)
    }
}

const TOO_FEW: Result<(), Void> = Err(Void::TooFewOffices { wanting: 1, needed: 2 });

#[test]
fn what_is_weighty_takes_two_offices_and_the_party_s_own_key_nobody_else() {
    let mut party = Speaker::new();
    assert_eq!(party.says("a", "call", "under a calls", NOW), Ok(()), "what is not weighty takes one");
    assert_eq!(party.withdraws("a", NOW), TOO_FEW);
    party.wants("b", "under a withdraws", NOW).unwrap();
    assert_eq!(party.withdraws("a", NOW), Ok(()));
    assert_eq!(party.withdraws("a", NOW), TOO_FEW, "it was used up");
    assert_eq!(party.withdraws("own", NOW), Ok(()));
}

#[test]
fn an_office_is_counted_once_for_its_own_words_and_for_a_day() {
    let mut party = Speaker::new();
    party.wants("a", "under a withdraws", NOW).unwrap();
    party.wants("a", "under a withdraws", NOW).unwrap();
    assert_eq!(party.withdraws("a", NOW), TOO_FEW, "of itself");
    party.wants("b", "under another withdraws", NOW).unwrap();
    assert_eq!(party.withdraws("c", NOW + DAY), TOO_FEW, "in time, and in the same words");
    party.wants("b", "under a withdraws", NOW + DAY).unwrap();
    assert_eq!(party.withdraws("c", NOW + 2 * DAY - 1), Ok(()));
}

#[test]
fn a_key_that_was_taken_back_wants_nothing_any_more() {
    let mut party = Speaker::new();
    let stolen = signer("b", Purpose::Act).verifier().id();
    let last_good = party.last.unwrap().0;
    party.wants("b", "under a withdraws", NOW).unwrap();
    party.keys("own", &RosterAct::Revoke { key: stolen, last_good }, NOW).unwrap();
    assert_eq!(party.withdraws("a", NOW), TOO_FEW);
    party.wants("c", "under a withdraws", NOW).unwrap();
    assert_eq!(party.withdraws("a", NOW), Ok(()));
}

#[test]
fn an_office_says_nothing_about_what_takes_several() {
    let mut party = Speaker::new();
    let lighter = RosterAct::Weighty { offices: 1, kinds: ["withdraw".to_owned()].into() };
    assert_eq!(party.keys("a", &lighter, NOW), Err(Void::OutOfScope));
    assert_eq!(party.withdraws("a", NOW), TOO_FEW);
    party.keys("own", &lighter, NOW).unwrap();
    assert_eq!(party.withdraws("a", NOW), Ok(()));
    assert_eq!(party.wants("own", "under a withdraws", NOW).map_err(|void| void.code()), Err("not-allowed"));
}

#[test]
fn an_office_wants_only_what_it_might_say() {
    let mut party = Speaker::new();
    let scope = Scope::Kinds(["call".to_owned()].into());
    let key = signer("d", Purpose::Act).verifier();
    party.keys("own", &RosterAct::Office { key, until: NOW + 100 * DAY, scope }, NOW).unwrap();
    assert_eq!(party.wants("d", "under a withdraws", NOW), Err(Void::OutOfScope));
    assert_eq!(party.says("d", "call", "under a calls", NOW), Ok(()));
}

#[test]
fn so_many_words_are_wanted_at_a_time_and_the_oldest_go() {
    let mut party = Speaker::new();
    party.wants("b", "under a withdraws", NOW).unwrap();
    for number in 0..SECONDS_MAX {
        party.wants("c", &format!("under a{number} withdraws"), NOW).unwrap();
    }
    assert_eq!(party.withdraws("a", NOW), TOO_FEW);
    let holder = party.roster.parties.values().next().unwrap();
    assert_eq!(holder.seconds.len(), SECONDS_MAX);
}

//! Which answers a reader is told unless he asks for all. Read [`selected`].
//!
//! Nothing is lost: what is left out is counted, and `--all` and the JSON have it.

use std::collections::BTreeMap;

use charter::Name;
use charter::model::Family;
use law::{Answer, Holder, Origin, Reason, Standing, Verdict};

use super::Asked;
use super::entries::is_standing;

/// What is left out of the page, by why.
#[derive(Default)]
pub(super) struct LeftOut {
    /// Under charters that are over, left, or not there yet.
    pub(super) over: usize,
    /// What holds whatever happens.
    pub(super) standing: usize,
    /// Not owed, beside something of more weight under the same charter.
    pub(super) lesser: usize,
}

/// The answers to tell, in their order; drafts are told apart and are not among them.
pub(super) fn selected<'a>(asked: &'a Asked<'_>) -> (Vec<&'a Answer>, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut answers: Vec<&Answer> = asked.outcome.answers.iter().collect();
    answers.retain(|answer| answer.standing != Standing::Draft);
    if asked.arguments.all {
        return (answers, left_out);
    }
    let before = answers.len();
    answers.retain(|answer| !is_standing(asked, answer));
    left_out.standing = before - answers.len();
    let mut weightiest: BTreeMap<(&Holder, &Name), Weightiest> = BTreeMap::new();
    for answer in &answers {
        weightiest.entry((&answer.actor, &answer.charter)).or_default().take_in(answer);
    }
    let mut lives: BTreeMap<&Name, bool> = BTreeMap::new();
    let mut told = Vec::new();
    for answer in answers {
        let beside = weightiest.get(&(&answer.actor, &answer.charter));
        let is_alive = *lives.entry(&answer.charter).or_insert_with(|| is_alive(asked, &answer.charter));
        if answer.verdict == Verdict::NotBound && !(concerns(answer) && is_alive) {
            left_out.over += 1;
        } else if beside.is_some_and(|beside| !beside.leaves_room_for(answer)) {
            left_out.lesser += 1;
        } else {
            told.push(answer);
        }
    }
    (told, left_out)
}

/// Whether an answer is for somebody who is still in the charter.
fn concerns(answer: &Answer) -> bool {
    match answer.standing {
        Standing::InForce
        | Standing::Provisional
        | Standing::Unknown
        | Standing::Suspended
        | Standing::Signed
        | Standing::NotParty => true,
        Standing::Ended | Standing::Left | Standing::NotInForce | Standing::Draft => false,
    }
}

/// Whether the charter is something to one of its first parties on the day asked about. In 1914
/// nobody wonders what a treaty of 1949 does not ask of him.
fn is_alive(asked: &Asked<'_>, charter: &Name) -> bool {
    let parties = asked.charter(charter).map(|charter| charter.parties.as_slice()).unwrap_or_default();
    let standings = parties.iter().filter_map(|party| asked.inquiry.standing_of(charter, party));
    standings.into_iter().any(|standing| match standing {
        Standing::InForce
        | Standing::Provisional
        | Standing::Unknown
        | Standing::Suspended
        | Standing::Signed
        | Standing::Draft => true,
        Standing::NotInForce | Standing::Left | Standing::NotParty | Standing::Ended => false,
    })
}

/// The weightiest that is said of one holder under one charter.
#[derive(Default)]
struct Weightiest {
    /// Of what is owed, disputed or open.
    owed: Option<Family>,
    /// Of what is not owed.
    not_owed: Option<Weight>,
}

impl Weightiest {
    fn take_in(&mut self, answer: &Answer) {
        match answer.verdict {
            Verdict::Bound | Verdict::Disputed | Verdict::Open => {
                self.owed = Some(self.owed.map_or(answer.family, |known| known.min(answer.family)));
            }
            Verdict::NotBound => {
                let own = weight(answer);
                self.not_owed = Some(self.not_owed.map_or(own, |known| known.min(own)));
            }
        }
    }

    /// Of what one holder does not owe under one charter, only the weightiest is told: nothing where a
    /// duty of that weight is owed, disputed or open; else fighting before talking, what a fact bears
    /// upon before what none does, what concerns a party before what concerns a stranger.
    fn leaves_room_for(&self, answer: &Answer) -> bool {
        let is_outweighed = self.owed.is_some_and(|owed| owed <= answer.family)
            || self.not_owed.is_some_and(|not_owed| not_owed < weight(answer));
        answer.verdict != Verdict::NotBound || !is_outweighed
    }
}

type Weight = (Family, bool, bool);

/// Less is weightier.
fn weight(answer: &Answer) -> Weight {
    let is_for_a_stranger = answer.reasons().first() == Some(&Reason::NotParty);
    let is_idle = answer.event.is_none() && answer.origin != Origin::Kind;
    (answer.family, is_idle, is_for_a_stranger)
}

//! What parties' people do: they speak, say again what was lost, and mend what thieves have done. Read
//! `Treaty::speaks`.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::iter::successors;

use record::Hash;
use record::key::Signer;
use record::node::{Input, Item, Node, Seconds, Write};
use record::roster::{RosterAct, Scope, Void};
use record::rule::Guards;
use record::signed::{Filed, Signed};

use super::keys::{self, OWN};
use super::said::{Envelope, Saying};
use super::{Happening, Treaty};

/// People speak so often.
const SPEAKS_SECONDS: Seconds = 1_200;
/// An act that is to be quick, and any other.
const SHORT_SECONDS: Seconds = 1_800;
const LONG_SECONDS: Seconds = 30 * 86_400;
/// What did not count is said so many times at most.
const TRIES_MAX: u8 = 6;

/// One party's people.
#[derive(Clone, Debug, Default)]
pub(super) struct Party {
    pub(super) is_false: bool,
    /// What they filed and is not final yet.
    pub(super) pending: Vec<Filed>,
    /// Whether the last of it is soon too late: nothing is said behind it.
    pub(super) is_short: bool,
    /// What has to count: it is said until it does.
    pub(super) wants: Vec<Want>,
    /// Their last office.
    pub(super) office: Option<u8>,
    pub(super) offices: u8,
    pub(super) seats: u8,
    pub(super) is_silent: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Want {
    pub(super) saying: Saying,
    filed: Option<Hash>,
    tries: u8,
}

impl Want {
    pub(super) fn new(saying: Saying) -> Self {
        Self { saying, filed: None, tries: 0 }
    }
}

impl<G: Guards + Clone + Debug> Treaty<G> {
    /// Where a party files: at its own node if that runs, else at another's.
    pub(super) fn desk(&mut self, party: usize) -> Option<usize> {
        let runs = |host: &super::Host<G>| host.node.is_some() && !host.has_left;
        let own = self.hosts.iter().position(|host| host.party == party && runs(host) && !host.is_new);
        if own.is_some() {
            return own;
        }
        let others: Vec<usize> = (0..self.hosts.len())
            .filter(|at| self.hosts.get(*at).is_some_and(|host| runs(host) && !host.is_false && !host.is_new))
            .collect();
        others.get(self.random.below(others.len())).copied()
    }

    pub(super) fn speaks(&mut self, party: usize) {
        let later = SPEAKS_SECONDS / 2 + self.below(SPEAKS_SECONDS);
        self.at(later, Happening::Speaks(party));
        let Some(desk) = self.desk(party) else { return };
        self.tidies(party, desk);
        let Some(people) = self.parties.get(party) else { return };
        if people.is_short || self.is_done {
            return;
        }
        let is_wanted = |want: &Want| want.filed.is_none() && want.tries < TRIES_MAX;
        if let Some(at) = people.wants.iter().position(is_wanted) {
            let Some(saying) = people.wants.get(at).map(|want| want.saying.clone()) else { return };
            let filed = self.says(party, desk, &saying, LONG_SECONDS);
            if let Some(want) = self.parties.get_mut(party).and_then(|people| people.wants.get_mut(at)) {
                (want.filed, want.tries) = (filed, want.tries + 1);
            }
        } else if !people.is_silent && !self.is_mended && people.pending.len() < 3 && self.random.chance(45) {
            let saying = self.chooses(party);
            let is_short = self.random.chance(8);
            let expires = if is_short { SHORT_SECONDS } else { LONG_SECONDS };
            let filed = self.says(party, desk, &saying, expires);
            if let Some(people) = self.parties.get_mut(party) {
                people.is_short = is_short && filed.is_some();
            }
        }
    }

    /// Drops what is final or too late, files again what the desk lacks, and wants again what did not count.
    fn tidies(&mut self, party: usize, desk: usize) {
        let now = self.now;
        let Some(host) = self.hosts.get(desk) else { return };
        let Some(node) = host.node.as_ref() else { return };
        let settled = node.settled().map_or(0, |(size, _)| size);
        let place = |filed: &Filed| node.chain().place(filed.hash());
        let Some(people) = self.parties.get_mut(party) else { return };
        let is_late = |filed: &Filed| filed.act().is_some_and(|act| act.statement().expires <= now);
        people.pending.retain(|filed| place(filed).map_or(!is_late(filed), |place| place >= settled));
        people.is_short &= !people.pending.is_empty();
        for want in &mut people.wants {
            // A node that was set back may know less than was known already.
            let known = host.ledger.acts.iter().find(|(act, ..)| Some(*act) == want.filed);
            if known.is_some_and(|(.., counts)| !counts) {
                want.filed = None;
            }
        }
        let again: Vec<Filed> = people.pending.iter().filter(|filed| !node.has(filed.hash())).cloned().collect();
        for filed in again {
            self.files(desk, filed);
        }
        self.gives_up(party, desk);
    }

    /// What was lost before anybody kept it, and can be filed no more since its office's time is over, nobody waits for: it
    /// and what follows it are said anew.
    fn gives_up(&mut self, party: usize, desk: usize) {
        let Some(node) = self.hosts.get(desk).and_then(|host| host.node.as_ref()) else { return };
        let Some(people) = self.parties.get_mut(party) else { return };
        let is_over = |filed: &Filed| {
            let verdict = node.chain().roster().is_signed_by::<G>(filed, self.now);
            !node.has(filed.hash()) && matches!(verdict, Err(Void::OfficeOver | Void::Revoked))
        };
        let Some(first) = people.pending.iter().position(is_over) else { return };
        let gone: Vec<Hash> = people.pending.drain(first..).map(|filed| filed.hash()).collect();
        for want in people.wants.iter_mut().filter(|want| want.filed.is_some_and(|filed| gone.contains(&filed))) {
            want.filed = None;
        }
    }

    /// Signs something, tells the auditor, and files it.
    pub(super) fn says(&mut self, party: usize, desk: usize, saying: &Saying, expires: Seconds) -> Option<Hash> {
        let last = self.last(party, desk)?;
        let key = self.key(party, desk, saying)?;
        let around = Envelope { framework: self.framework, last, claimed: self.now, expires: self.now + expires };
        let (filed, told) = saying.sign(party, &key, around, false)?;
        let hash = filed.hash();
        self.auditor.forecast.hears(hash, told);
        let people = self.parties.get_mut(party)?;
        people.pending.push(filed.clone());
        let is_false = people.is_false;
        self.run.filed += 1;
        self.files(desk, filed);
        if is_false && self.random.chance(50) {
            self.double_signs(party, desk, &key, around);
        }
        Some(hash)
    }

    /// Another act under the same number, for the other of its nodes.
    fn double_signs(&mut self, party: usize, desk: usize, key: &Signer, around: Envelope) -> Option<()> {
        let other = self.chooses(party);
        let (filed, told) = other.sign(party, key, around, false)?;
        let twin = (0..self.hosts.len())
            .find(|at| *at != desk && self.hosts.get(*at).is_some_and(|host| host.party == party))?;
        self.auditor.forecast.hears(filed.hash(), told);
        self.run.doubles += 1;
        self.files(twin, filed);
        Some(())
    }

    /// What a party's next act follows: its people's last, else the last that counts as its.
    fn last(&self, party: usize, desk: usize) -> Option<Option<(u64, Hash)>> {
        let people = self.parties.get(party)?;
        let own = people.pending.last().and_then(|filed| Some((filed.act()?.statement().number, filed.hash())));
        let node = self.hosts.get(desk)?.node.as_ref()?;
        Some(own.or_else(|| self.final_last(node, party)))
    }

    fn final_last(&self, node: &Node<Signed<G>>, party: usize) -> Option<(u64, Hash)> {
        let host = self.hosts.iter().find(|host| host.node.as_ref().is_some_and(|one| one.seat() == node.seat()))?;
        host.ledger.roster.last(&keys::party(party)?)
    }

    /// The office signs where it may, and else the party itself.
    fn key(&mut self, party: usize, desk: usize, saying: &Saying) -> Option<Signer> {
        let office = self.parties.get(party)?.office.filter(|_| keys::scope().contains(saying.word()));
        let is_known = |which: &u8| {
            let key = self.ring.public(party, *which).map(|key| key.id());
            let ledger = self.hosts.get(desk).map(|host| &host.ledger);
            key.zip(ledger).is_some_and(|(key, ledger)| ledger.roster.keys().get(&key).is_some())
        };
        let office = office.filter(is_known).filter(|_| self.random.chance(70));
        self.ring.office(party, office.unwrap_or(OWN))
    }

    /// Something that a party may say, or may not.
    fn chooses(&mut self, party: usize) -> Saying {
        let matter = self.matters.last().cloned();
        match (self.random.below(10), matter) {
            (0..=2, Some(matter)) => Saying::Acknowledges(matter),
            (3, Some(matter)) if self.random.chance(40) => Saying::Breaks(matter),
            (4 | 5, _) if !self.calls.is_empty() => {
                let (caller, label) = self.random.pick(&self.calls.clone());
                Saying::Discharges(caller, label)
            }
            (6, _) => Saying::Joins,
            (7, _) => Saying::Leaves,
            (8, _) if self.random.chance(25) => {
                let offices = if self.random.chance(80) { 2 } else { 1 };
                Saying::Keys(RosterAct::Weighty { offices, kinds: ["join".to_owned()].into() })
            }
            (8, _) => self.appoints(party),
            (..) => self.calls(party),
        }
    }

    /// A call for consultation, one of each party, so that what is owed is not told for ever in every line.
    fn calls(&mut self, party: usize) -> Saying {
        if self.calls.iter().any(|(caller, _)| *caller == party) {
            return Saying::Joins;
        }
        let label = format!("alarm-{}", self.calls.len());
        self.calls.push((party, label.clone()));
        Saying::Calls(label)
    }

    fn appoints(&mut self, party: usize) -> Saying {
        let until = self.now + 3_600 + self.below(8 * 3_600);
        let Some(people) = self.parties.get_mut(party) else { return Saying::Joins };
        people.offices += 1;
        people.office = Some(people.offices);
        let key = self.ring.public(party, people.offices);
        let scope = Scope::Kinds(keys::scope());
        key.map_or(Saying::Joins, |key| Saying::Keys(RosterAct::Office { key, until, scope }))
    }

    /// An office's key is stolen: the thief files acts through whatever node takes them, until it is revoked.
    pub(super) fn steals(&mut self) {
        let victim = (0..self.parties.len())
            .find(|at| self.parties.get(*at).is_some_and(|people| people.office.is_some() && !people.is_false));
        let Some(victim) = victim else {
            // There is none yet: somebody lets one in.
            let first = self.parties.iter().position(|people| !people.is_false && !people.is_silent);
            let Some(first) = first else { return };
            let appoints = Want::new(self.appoints(first));
            if let Some(people) = self.parties.get_mut(first) {
                people.wants.insert(0, appoints);
            }
            self.at(2_400, Happening::Steals);
            return;
        };
        let Some(which) = self.parties.get(victim).and_then(|people| people.office) else { return };
        self.run.stolen += 1;
        for _ in 0..6 {
            let later = self.below(4 * 3_600);
            self.at(later, Happening::Thieves(victim, which));
        }
        let later = 600 + self.below(5_400);
        self.at(later, Happening::Revokes(victim, which));
    }

    pub(super) fn revokes(&mut self, victim: usize, which: u8) {
        let Some(desk) = self.desk(victim) else { return };
        let last_good = self.last(victim, desk).flatten().map_or(0, |(number, _)| number);
        let Some(key) = self.ring.public(victim, which).map(|key| key.id()) else { return };
        if let Some(people) = self.parties.get_mut(victim) {
            people.office = people.office.filter(|office| *office != which);
            people.wants.insert(0, Want::new(Saying::Keys(RosterAct::Revoke { key, last_good })));
        }
    }

    /// The thief signs: what the office may say, what it may not, or under the party's own key, which it has not.
    pub(super) fn thieves(&mut self, victim: usize, which: u8) -> Option<()> {
        let saying = match self.random.below(6) {
            0 => Saying::Withdraws,
            1 => Saying::Leaves,
            2 => Saying::Joins,
            3 => self.matters.last().map_or(Saying::Joins, |matter| Saying::Acknowledges(matter.clone())),
            _ => self.calls(victim),
        };
        let forged = self.random.chance(30);
        let key = self.ring.office(victim, if forged { OWN } else { which })?;
        let falses: Vec<usize> =
            (0..self.hosts.len()).filter(|at| self.hosts.get(*at).is_some_and(|host| host.is_false)).collect();
        let is_helped = !falses.is_empty() && self.random.chance(60);
        let mouth = if is_helped { self.random.pick(&falses) } else { self.random.below(self.hosts.len()) };
        let host = self.hosts.get(mouth)?;
        let node = host.node.as_ref()?;
        let ours = |filed: &Filed| {
            let said = filed.act()?.statement();
            (said.party == keys::party(victim)?).then(|| (said.number, filed.hash()))
        };
        let waiting = node.waiting().filter_map(|(filed, _)| ours(filed)).max();
        let last =
            waiting.filter(|_| self.random.chance(50)).or_else(|| host.ledger.roster.last(&keys::party(victim)?));
        let around = Envelope { framework: self.framework, last, claimed: self.now, expires: self.now + LONG_SECONDS };
        let (filed, told) = saying.sign(victim, &key, around, forged)?;
        self.auditor.forecast.hears(filed.hash(), told);
        self.run.thefts += 1;
        if self.hosts.get(mouth)?.is_false {
            self.smuggles(mouth, filed);
        } else {
            self.step(mouth, Input::File(filed));
        }
        Some(())
    }

    /// A false party's node does not ask whose act it is that it keeps.
    fn smuggles(&mut self, at: usize, filed: Filed) {
        if let Some(host) = self.hosts.get_mut(at) {
            host.stop(&mut self.random);
            host.disk.append(vec![Write::Docket(filed)]);
            host.disk.sync();
        }
        self.start(at);
    }

    /// Whether an act waits for its place, or does not count yet.
    pub(super) fn is_under_way(&self, host: &super::Host<G>) -> bool {
        host.node.as_ref().is_some_and(|node| {
            let behind = node.chain().items(host.ledger.size);
            hopeful(node).iter().any(|(filed, _)| !node.chain().has(filed.hash()))
                || behind.iter().any(|item| matches!(item, Item::Act(_)))
        })
    }
}

/// Acts that are not final at a node and can be, and since when they are there. What follows an act that is lost finds no
/// place.
pub(super) fn hopeful<G: Guards + Clone + Debug>(node: &Node<Signed<G>>) -> Vec<(&Filed, Seconds)> {
    let waiting: BTreeMap<Hash, &Filed> = node.waiting().map(|(filed, _)| (filed.hash(), filed)).collect();
    let before = |filed: &Filed| filed.act()?.statement().previous.filter(|before| !node.chain().has(*before));
    let can_be = |filed: &Filed| {
        let first = successors(Some(filed), |filed| waiting.get(&before(filed)?).copied()).last();
        node.chain().has(filed.hash()) || first.and_then(before).is_none()
    };
    node.waiting().filter(|(filed, _)| can_be(filed)).collect()
}

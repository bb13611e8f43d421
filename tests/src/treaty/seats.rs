//! Seats: restored, moved, given and taken; who keeps the record; and how it has to end. Read `Treaty::finish`.

use std::fmt::Debug;

use record::checkpoint::Origin;
use record::node::{Input, Node};
use record::roster::{RosterAct, log_key};
use record::rule::Guards;
use record::signed::Signed;

use super::keys::{self, CODES, OWN};
use super::people::{Party, Want, hopeful};
use super::said::Saying;
use super::{Disk, FAULTS_SECONDS, Happening, Host, Run, TICK_SECONDS, Treaty};

impl<G: Guards + Clone + Debug> Treaty<G> {
    /// A node comes back with what was on an old backup, and its party asks for another seat. A false party's is set back,
    /// and goes on under the seat that it had.
    pub(super) fn restores(&mut self, at: usize) {
        let Some(host) = self.hosts.get_mut(at) else { return };
        let Some(backup) = host.backup.take().filter(|_| !host.has_left && !host.is_new && host.next.is_none()) else {
            return;
        };
        self.run.restored += 1;
        let party = host.party;
        host.stop(&mut self.random);
        if host.is_false {
            host.disk = Disk::new(backup);
            self.start(at);
            return;
        }
        self.auditor.forgives(at);
        if !G::SEATED_ANEW {
            host.disk = Disk::new(backup);
            self.start(at);
            return;
        }
        if let Some(which) = self.wants_seat(party) {
            self.takes(at, which, backup);
        }
    }

    /// A party's node is to move to another key while it goes on under the old one.
    pub(super) fn rotates(&mut self, at: usize) {
        let Some(host) = self.hosts.get(at) else { return };
        if host.is_false || host.has_left || host.is_new || host.next.is_some() || host.node.is_none() {
            return;
        }
        let party = host.party;
        let which = self.wants_seat(party);
        if let Some(host) = self.hosts.get_mut(at) {
            host.next = which;
        }
    }

    fn wants_seat(&mut self, party: usize) -> Option<u8> {
        let people = self.parties.get_mut(party)?;
        people.seats += 1;
        let key = self.ring.seat(party, people.seats)?.verifier();
        people.wants.insert(0, Want::new(Saying::Keys(RosterAct::Seat { key })));
        Some(people.seats)
    }

    /// A node goes on under another seat, with what it holds of the record.
    fn takes(&mut self, at: usize, which: u8, stored: record::node::Stored<Signed<G>>) {
        let Some(host) = self.hosts.get_mut(at) else { return };
        let Some(seat) = self.ring.seat(host.party, which).map(|seat| seat.verifier().id()) else { return };
        (host.seat, host.which, host.node, host.next) = (seat, which, None, None);
        host.disk = Disk::new(stored.restored(seat));
        self.start(at);
    }

    /// Whether the record has given a node another seat, as far as it knows itself: see `Treaty::goes_over`.
    pub(super) fn moves(&mut self, at: usize) {
        let Some(host) = self.hosts.get(at) else { return };
        if host.node.as_ref().is_some_and(|node| node.chain().size() > 0) && self.is_given(host, host) {
            self.goes_over(at);
        }
    }

    /// A node that was cut off when the record gave it another seat hears of that no more: nobody talks to its old one. Its
    /// people hear it from others.
    fn moves_the_late(&mut self) {
        for at in 0..self.hosts.len() {
            let Some(host) = self.hosts.get(at) else { continue };
            if self.hosts.iter().any(|other| !other.is_false && self.is_given(host, other)) {
                self.goes_over(at);
            }
        }
    }

    /// Whether a node waits for another seat that its party has by another's record.
    fn is_given(&self, host: &Host<G>, by: &Host<G>) -> bool {
        let seat = host.next.and_then(|next| self.ring.seat(host.party, next)).map(|seat| seat.verifier().id());
        seat.is_some_and(|seat| {
            let party = keys::party(host.party);
            party.and_then(|party| by.ledger.roster.seat(&party)).is_some_and(|key| key.id() == seat)
        })
    }

    /// Another node starts under the seat that the record has given, from a copy of the disk. The old one goes on until the
    /// record asks it no more.
    fn goes_over(&mut self, at: usize) {
        let Some((host, next)) = self.hosts.get(at).and_then(|host| Some((host, host.next?))) else { return };
        let (party, stored) = (host.party, host.disk.stored().clone());
        let Some(new) = self.host(party, next, false) else { return };
        self.run.rotated += 1;
        self.hosts.push(new);
        let new = self.hosts.len() - 1;
        if let Some(host) = self.hosts.get_mut(at) {
            (host.next, host.has_left) = (None, true);
        }
        self.auditor.forgives(at);
        self.takes(new, next, stored);
        self.at(1, Happening::Ticks(new));
    }

    /// How many have a seat and keep to the rule, and how many are false.
    fn counts(&self) -> (usize, usize) {
        let stays = |people: &&Party| !people.is_silent;
        let falses = self.parties.iter().filter(|people| people.is_false).count();
        (self.parties.iter().filter(stays).count(), falses)
    }

    /// Another party is let in by those who are there: they say so, its node gets a copy of the record, takes its seat,
    /// and is invited to accede.
    pub(super) fn admits(&mut self) {
        let party = self.parties.len();
        if party >= CODES.len() || self.counts().0 >= 12 {
            return;
        }
        let (Some(code), Some(key)) = (keys::party(party), self.ring.public(party, OWN)) else { return };
        let admit = Saying::Keys(RosterAct::Admit { party: code, key });
        let matter = format!("invite-{}", keys::code(party).to_lowercase());
        let until = self.now + 5_400 + self.below(5_400);
        for (at, people) in self.parties.iter_mut().enumerate() {
            people.wants.push(Want::new(admit.clone()));
            if at == 1 {
                people.wants.insert(0, Want::new(Saying::Proposes(matter.clone(), party, until)));
            } else {
                people.wants.push(Want::new(Saying::Acknowledges(matter.clone())));
            }
        }
        self.matters.push(matter);
        self.run.admitted += 1;
        let mut people = Party::default();
        if let Some(key) = self.ring.seat(party, 0).map(|seat| seat.verifier()) {
            people.wants = vec![Want::new(Saying::Keys(RosterAct::Seat { key })), Want::new(Saying::Accedes)];
        }
        self.parties.push(people);
        if let Some(host) = self.host(party, 0, false) {
            self.hosts.push(Host { is_new: true, ..host });
        }
        self.at(1_200, Happening::Speaks(party));
        self.at(1_200, Happening::Ticks(self.hosts.len() - 1));
    }

    /// Whether a new party's seat is given by now: then its node starts from a copy of what another holds.
    pub(super) fn seats_the_new(&mut self) {
        for at in 0..self.hosts.len() {
            let Some(host) = self.hosts.get(at).filter(|host| host.is_new) else { continue };
            let (party, seat) = (host.party, host.seat);
            let gives =
                |other: &&Host<G>| !other.is_false && !other.is_new && other.ledger.roster.party_of(seat).is_some();
            let Some(copy) = self.hosts.iter().find(gives).map(|other| other.disk.stored().clone()) else { continue };
            let settled = |stored: &record::node::Stored<Signed<G>>| stored.memory.settled.map_or(0, |(size, _)| size);
            let is_ahead = settled(host.disk.stored()) > settled(&copy);
            if let Some(host) = self.hosts.get_mut(at) {
                host.is_new = false;
            }
            // One that was started before may have caught up by itself: nobody sets it back.
            if !is_ahead {
                let which = self.parties.get(party).map_or(0, |people| people.seats);
                self.takes(at, which, copy);
            }
        }
    }

    /// A party leaves, or the others let it stay no longer, as long as fewer than a third of those who stay are false.
    pub(super) fn leaves(&mut self) {
        let (stays, falses) = self.counts();
        if stays <= 4 || falses * 3 >= stays - 1 {
            return;
        }
        let is_one = |at: &usize| {
            let host = self.hosts.get(*at);
            host.is_some_and(|host| !host.is_false && host.party > 1 && !host.is_new && host.next.is_none())
        };
        let Some(at) = (0..self.hosts.len()).find(is_one) else { return };
        let Some(party) = self.hosts.get(at).map(|host| host.party) else { return };
        self.auditor.forgives(at);
        self.run.left += 1;
        let goes_by_itself = self.random.chance(60);
        let Some(people) = self.parties.get_mut(party) else { return };
        people.is_silent = true;
        people.wants.clear();
        if goes_by_itself {
            people.wants = vec![Want::new(Saying::Withdraws), Want::new(Saying::Keys(RosterAct::GiveUp))];
            return;
        }
        let Some(code) = keys::party(party) else { return };
        for other in self.parties.iter_mut().filter(|other| !other.is_silent) {
            other.wants.push(Want::new(Saying::Keys(RosterAct::Remove { party: code.clone() })));
        }
    }

    /// People who have waited too long for an act talk, and vote for another depositary.
    pub(super) fn worries(&mut self) {
        let worry_seconds = self.weather.worry_seconds;
        self.at(worry_seconds / 2, Happening::Worries);
        self.seats_the_new();
        self.moves_the_late();
        if self.is_mended {
            self.is_done = self.is_at_rest();
        }
        let now = self.now;
        let is_worried = |host: &Host<G>| {
            let waits = host.node.iter().flat_map(hopeful).any(|(_, since)| now + host.ahead > since + worry_seconds);
            // A depositary may let what is final wait for its time: then it does not count.
            (waits || self.is_mended && self.is_under_way(host)) && !host.is_false && !host.has_left
        };
        // Who has no seat waits for one, and no other depositary will bring it more.
        let is_worried = |host: &Host<G>| is_worried(host) && (!self.is_mended || self.has_seat(host));
        if !self.hosts.iter().any(is_worried) || self.random.chance(30) {
            return;
        }
        // A depositary is given time: to have what waits certified, to put the certificate in the log, and that certified.
        if self.is_mended {
            if now < self.voted + 2 * worry_seconds {
                return;
            }
            self.voted = now;
        }
        let nodes = || self.hosts.iter().filter(|host| !host.is_false).filter_map(|host| host.node.as_ref());
        let reached = nodes().map(|node| node.voted().max(node.chain().reading().tenure())).max().unwrap_or(1);
        let members = nodes()
            .max_by_key(|node| node.chain().size())
            .map(|node| node.chain().reading().members(node.chain().size()).seats().to_vec())
            .unwrap_or_default();
        let tenure = reached + 1;
        let place = usize::try_from(tenure).unwrap_or(0) % members.len().max(1);
        let Some(successor) = members.get(place).copied() else { return };
        let rival = members.get(self.random.below(members.len())).copied().unwrap_or(successor);
        for at in 0..self.hosts.len() {
            if self.is_mended || self.random.chance(self.weather.voting) {
                let is_of_another_mind = !self.is_mended && self.random.chance(15);
                let successor = if is_of_another_mind { rival } else { successor };
                self.step(at, Input::Open(tenure, successor));
            }
        }
    }

    /// Whether nothing is under way any more, and all who keep to the rule and have a seat hold the same.
    fn is_at_rest(&self) -> bool {
        // Who has taken another seat is waited for, too: it may hold what nobody else does.
        let stays = |host: &&Host<G>| {
            let is_silent = self.parties.get(host.party).is_some_and(|people| people.is_silent);
            !host.is_false && (self.has_seat(host) || !(host.has_left || host.is_new || is_silent))
        };
        let members: Vec<_> = self.hosts.iter().filter(stays).collect();
        let Some(first) = members.first().map(|host| host.ledger.size) else { return false };
        self.now > super::BEGIN + FAULTS_SECONDS + 4 * TICK_SECONDS
            && members.iter().all(|host| host.ledger.size == first)
            && members.iter().all(|host| !self.is_under_way(host))
    }

    fn has_seat(&self, host: &Host<G>) -> bool {
        let longest = self.longest();
        longest.is_some_and(|host_with| {
            let node = host_with.node.as_ref();
            node.is_some_and(|node| node.chain().reading().members(node.chain().size()).has(host.seat))
        })
    }

    fn longest(&self) -> Option<&Host<G>> {
        let honest = self.hosts.iter().filter(|host| !host.is_false);
        let length = |host: &&Host<G>| {
            let reading = host.node.as_ref()?.chain().reading();
            Some((host.ledger.size, reading.tenure(), reading.size()))
        };
        honest.filter(|host| host.node.is_some()).max_by_key(length)
    }

    /// What has to be so in the end.
    pub(super) fn finish(mut self) -> Run {
        let mut run = std::mem::take(&mut self.run);
        let Some(host) = self.longest() else { return run };
        let Some(node) = host.node.as_ref() else { return run };
        let (chain, size) = (node.chain(), host.ledger.size);
        let (acts, void) = (host.ledger.acts.len(), host.ledger.acts.iter().filter(|(.., counts)| !counts).count());
        run.acts = u64::try_from(acts).unwrap_or(0);
        run.void = u64::try_from(void).unwrap_or(0);
        run.convicted = u64::try_from(host.ledger.convicted.len()).unwrap_or(0);
        run.tenure = chain.reading().tenure();
        let members = chain.reading().members(chain.size());
        let able = self.hosts.iter().filter(|host| !host.is_false && host.node.is_some()).map(|host| host.seat);
        run.is_stopped = self.is_stuck(node) || members.counted(able) < members.certifying();
        if !run.wrong.is_empty() || run.is_stopped {
            return run;
        }
        let mut wrong = Vec::new();
        let is_final = |act: &record::Hash| chain.place(*act).is_some_and(|place| place < size);
        let promised = self.auditor.promised(self.now, |act| chain.has(act));
        if let Some(act) = promised.iter().find(|act| !is_final(act)) {
            let settled = node.settled().map_or(0, |(size, _)| size);
            let (place, says) = (chain.place(*act), self.auditor.forecast.says(act));
            wrong.push(format!(
                "{says} at {place:?} does not count: {settled} of {} are final, and {size} count",
                chain.size()
            ));
        }
        // Two histories of a tenure in which all still are have been found, and convict their depositary.
        let tenure = run.tenure;
        let all = self.hosts.iter().filter(|host| !host.is_false && members.has(host.seat));
        let are_all = all.filter_map(|host| host.node.as_ref()).all(|node| node.chain().reading().tenure() == tenure);
        if are_all && self.auditor.shown.contains(&tenure) {
            let depositary = host.ledger.roster.keys().get(&node.depositary());
            let origin = Origin { charter: self.framework, tenure };
            let key = depositary.map(|seat| log_key(seat, &origin).id());
            if key.is_none_or(|key| !host.ledger.convicted.contains(&key)) {
                wrong.push(format!("nobody is convicted of the two histories of tenure {tenure}"));
            }
        }
        wrong.extend(self.leaks(chain));
        run.wrong = wrong;
        run
    }

    /// Whether too few can vote for another depositary, and without one nothing goes on: somebody has voted already, and
    /// cosigns no more, or the depositary is false.
    fn is_stuck(&self, node: &Node<Signed<G>>) -> bool {
        let (chain, reading) = (node.chain(), node.chain().reading());
        let certified = node.certificate().into_iter().chain(chain.highest()).map(|held| held.told.checkpoint);
        let start = certified.max_by_key(|one| (one.tenure, one.size)).map_or(0, |one| one.size);
        let (before, members) = (reading.members(start), reading.members(reading.size()));
        let keeps = |host: &&Host<G>| !host.is_false && host.node.is_some();
        let able = || self.hosts.iter().filter(keeps);
        let has_voted = |host: &Host<G>| host.node.as_ref().is_some_and(|node| node.voted() > reading.tenure());
        let needs_another = able().any(|host| members.has(host.seat) && has_voted(host))
            || able().all(|host| host.seat != node.depositary());
        // WRONG: a seat that was given up behind what is certified is not talked to any more, also where its vote is asked
        // for since the tenure would start before that.
        let is_heard = |host: &&Host<G>| members.has(host.seat) || chain.roster().party_of(host.seat).is_some();
        let heard = before.counted(able().filter(is_heard).map(|host| host.seat));
        // Of two, nobody can take over, and in the middle of a change of seats there may be two.
        let opens = before.opening().filter(|_| members.opening().is_some());
        needs_another && opens.is_none_or(|needed| heard < needed)
    }

    /// Whether a party that has left was shown what became final after its seat was gone.
    fn leaks(&self, chain: &record::node::Chain<Signed<G>>) -> Option<String> {
        let final_size = self.longest()?.ledger.size;
        let gone = self.hosts.iter().filter(|host| {
            let is_silent = self.parties.get(host.party).is_some_and(|people| people.is_silent);
            is_silent && !host.is_false && keys::party(host.party).is_some_and(|party| self.is_gone(&party))
        });
        for host in gone {
            let Some(node) = host.node.as_ref() else { continue };
            let Some(from) = (0..final_size).find(|size| {
                let before = size.checked_sub(1);
                before.is_some_and(|before| chain.reading().members(before).has(host.seat))
                    && !chain.reading().members(*size).has(host.seat)
            }) else {
                continue;
            };
            let has = |item: &record::node::Item<Signed<G>>| match item {
                record::node::Item::Act(filed) => node.chain().has(filed.hash()),
                record::node::Item::Certificate(_) | record::node::Item::Opening(_) => false,
            };
            let behind = usize::try_from(final_size.saturating_sub(from)).unwrap_or(0);
            if chain.items(from).iter().take(behind).any(has) {
                return Some(format!("{} has left, and was shown what came after it", keys::code(host.party)));
            }
        }
        None
    }

    fn is_gone(&self, party: &record::act::Party) -> bool {
        self.longest().is_some_and(|host| host.ledger.roster.seat(party).is_none())
    }
}

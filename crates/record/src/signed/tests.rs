//! Nodes with keys, over the bytes of the wire.

use std::collections::VecDeque;

use super::*;
use crate::act::{Act, ActKind, Basis, Body, Party, Statement};
use crate::founding::{CharterText, Founder};
use crate::key::{KeyName, VerifierKey};
use crate::node::{ENTRIES_MAX, Event, Fetch, Input, Message, Outputs, PATIENCE_SECONDS, To};
use crate::roster::{RosterAct, Scope};
use crate::wire;

const NOW: Seconds = 1_800_000_000;

struct Host {
    seat: KeyId,
    node: SignedNode,
    disk: Stored<Signed>,
    events: Vec<Event<KeyId, Hash>>,
}

struct World4 {
    founding: Founding,
    hosts: Vec<Host>,
    waiting: VecDeque<(KeyId, KeyId, Vec<u8>)>,
    now: Seconds,
}

fn seed(party: usize, what: u8) -> [u8; 32] {
    Hash::of(&[u8::try_from(party).unwrap(), what]).0
}

fn signer(party: usize, purpose: Purpose, what: u8) -> Signer {
    let name = KeyName::new(format!("p{party}.example/{what}")).unwrap();
    Signer::new(name, purpose, &seed(party, what))
}

fn key(party: usize, purpose: Purpose, what: u8) -> VerifierKey {
    signer(party, purpose, what).verifier()
}

fn founding(parties: usize) -> Founding {
    let founders = (0..parties).map(|party| Founder {
        party: Party::new(format!("P{party}")).unwrap(),
        key: key(party, Purpose::Act, 1),
        seat: key(party, Purpose::Cosignature, 2),
    });
    let charter = CharterText { hash: Hash::of(b"a charter"), file: "a.charter".to_owned() };
    Founding::new(vec![charter], founders.collect(), Party::new("P0").unwrap()).unwrap()
}

impl World4 {
    fn new(parties: usize) -> Self {
        let founding = founding(parties);
        let mut world = Self { founding, hosts: Vec::new(), waiting: VecDeque::new(), now: NOW };
        (0..parties).for_each(|party| world.host(party, 2));
        world
    }

    fn host(&mut self, party: usize, what: u8) {
        let seat = Seat::new(self.founding.hash(), signer(party, Purpose::Cosignature, what)).unwrap();
        let disk = begin(&self.founding, seat.id()).unwrap();
        let node = Node::start(disk.clone(), seat.clone(), self.now);
        self.hosts.push(Host { seat: seat.id(), node, disk, events: Vec::new() });
    }

    fn act(&self, party: usize, kind: &str, body: &str) -> Act {
        self.act_by(party, 1, kind, body)
    }

    /// An act under another of the party's keys.
    fn act_by(&self, party: usize, what: u8, kind: &str, body: &str) -> Act {
        let code = Party::new(format!("P{party}")).unwrap();
        let chain = self.hosts[0].node.chain();
        let mut filed = chain.items(0).iter().filter_map(|item| match item {
            Item::Act(filed) if filed.act().is_some_and(|act| act.statement().party == code) => Some(filed.clone()),
            Item::Act(_) | Item::Certificate(_) | Item::Opening(_) => None,
        });
        let last = filed.next_back();
        let statement = Statement {
            charter: self.founding.hash(),
            party: code,
            office: key(party, Purpose::Act, what).id(),
            number: last.as_ref().map_or(0, |last| last.act().unwrap().statement().number) + 1,
            previous: last.map(|last| last.hash()),
            kind: ActKind::new(kind).unwrap(),
            body: Body::Whole(body.as_bytes().to_vec()),
            basis: Basis { size: 0, root: Hash::of_no_entries() },
            claimed: self.now,
            expires: self.now + 86_400,
        };
        Act::sign(statement, &signer(party, Purpose::Act, what)).unwrap()
    }

    fn step(&mut self, at: usize, input: Input<Signed>) {
        let host = &mut self.hosts[at];
        let Outputs { store, send, events, .. } = host.node.step(input, self.now);
        host.events.extend(events);
        store.into_iter().for_each(|write| host.disk.write(write));
        let from = host.seat;
        for (to, message) in send {
            let bytes = wire::encode(&message).unwrap();
            assert_eq!(wire::decode(&bytes).unwrap(), message, "what is sent is read as it was");
            for other in self.hosts.iter().filter(|other| other.seat != from) {
                if to == To::All || to == To::One(other.seat) {
                    self.waiting.push_back((from, other.seat, bytes.clone()));
                }
            }
        }
    }

    /// Delivers what is under way; the two named do not hear of one another's side.
    fn settle(&mut self, rounds: usize) {
        for _ in 0..rounds {
            self.now += 30;
            (0..self.hosts.len()).for_each(|at| self.step(at, Input::Tick));
            while let Some((from, to, bytes)) = self.waiting.pop_front() {
                let at = self.hosts.iter().position(|host| host.seat == to).unwrap();
                self.step(at, Input::Heard(from, wire::decode(&bytes).unwrap()));
            }
        }
    }

    fn file(&mut self, at: usize, act: Act) {
        self.step(at, Input::File(Filed::new(Entry::Act(act))));
    }

    fn finals(&self) -> Vec<u64> {
        self.hosts.iter().map(|host| host.node.settled().map_or(0, |(size, _)| size)).collect()
    }
}

#[test]
fn acts_become_final_everywhere_and_have_one_time() {
    let mut world = World4::new(4);
    world.file(1, world.act(1, "sign", "under a signs"));
    world.file(3, world.act(3, "sign", "under a signs"));
    world.settle(4);
    let finals = world.finals();
    assert!(finals.iter().all(|size| *size >= 2 && *size == finals[0]), "{finals:?}");
    let dates: Vec<_> = world.hosts.iter().map(|host| host.node.chain().date(0)).collect();
    assert!(dates[0].is_some() && dates.iter().all(|date| *date == dates[0]), "{dates:?}");
    assert!(world.hosts.iter().all(|host| host.node.waiting().count() == 0));
    // Whoever starts again from what it stored stands where it stood.
    for (party, host) in world.hosts.iter().enumerate() {
        let seat = Seat::new(world.founding.hash(), signer(party, Purpose::Cosignature, 2)).unwrap();
        let again = Node::start(host.disk.clone(), seat, world.now);
        assert_eq!(again.chain().checkpoint(), host.node.chain().checkpoint());
        assert_eq!((again.settled(), again.head()), (host.node.settled(), host.node.head()));
    }
}

#[test]
fn what_is_not_the_party_s_waits_nowhere() {
    let mut world = World4::new(4);
    let good = world.act(1, "sign", "under a signs");
    let mut other = good.statement().clone();
    other.party = Party::new("P2").unwrap();
    let forged = Act::sign(other, &signer(1, Purpose::Act, 1)).unwrap();
    let mut late = good.statement().clone();
    late.expires = late.claimed + 1;
    let late = Act::sign(late, &signer(1, Purpose::Act, 1)).unwrap();
    let mut bytes = good.encode();
    *bytes.last_mut().unwrap() ^= 1;
    let untrue = Act::decode(&bytes).unwrap();
    world.now += 10;
    for act in [forged, late, untrue] {
        world.file(1, act);
    }
    assert_eq!(world.hosts[1].node.waiting().count(), 0);
    world.file(1, good);
    assert_eq!(world.hosts[1].node.waiting().count(), 1);
}

/// A false depositary puts into the record what nobody has signed, and what comes too late besides: the number stays
/// its party's own.
#[test]
fn what_is_late_and_not_signed_uses_up_no_number() {
    let world = World4::new(4);
    let good = world.act(1, "sign", "under a signs");
    let mut late = good.statement().clone();
    late.expires = late.claimed + 1;
    let mut bytes = Act::sign(late, &signer(1, Purpose::Act, 1)).unwrap().encode();
    *bytes.last_mut().unwrap() ^= 1;
    let forged = Filed::decode(&bytes).unwrap();
    let mut roster = Roster::new(&world.founding);
    assert_eq!(roster.take(&forged, NOW + 10).unwrap_err().code(), "untrue");
    assert_eq!(roster.take(&Filed::new(Entry::Act(good)), NOW + 10), Ok(Vec::new()));
}

#[test]
fn a_false_depositary_convicts_itself() {
    let mut world = World4::new(4);
    world.file(0, world.act(0, "sign", "under a signs"));
    // The depositary shows another history to the last one: its own node, set back to the beginning.
    let seat = Seat::new(world.founding.hash(), signer(0, Purpose::Cosignature, 2)).unwrap();
    let disk = begin(&world.founding, seat.id()).unwrap();
    let mut twin = Node::start(disk, seat, world.now);
    twin.step(Input::File(Filed::new(Entry::Act(world.act(3, "sign", "under a signs")))), world.now);
    let out = twin.step(Input::Tick, world.now);
    for (_, message) in out.send {
        let from = world.hosts[0].seat;
        world.step(3, Input::Heard(from, message));
    }
    world.settle(6);
    let found = world.hosts.iter().flat_map(|host| &host.events);
    assert!(found.clone().any(|event| matches!(event, Event::TwoHistories(..))));
    let chain = world.hosts[1].node.chain();
    let filed = chain.items(0).iter().find_map(|item| match item {
        Item::Act(filed) if filed.act().is_none() => Some(filed.clone()),
        Item::Act(_) | Item::Certificate(_) | Item::Opening(_) => None,
    });
    let Some(Entry::Evidence(evidence)) = filed.as_ref().map(|filed| filed.entry()) else { panic!("no evidence") };
    let convicted = convicted(chain.roster(), evidence).unwrap();
    let depositary = &world.founding.founders()[0].seat;
    let origin = Origin { charter: world.founding.hash(), tenure: 1 };
    assert_eq!(convicted, [log_key(depositary, &origin).id()]);
}

/// One node alone was shown another history. When it follows the others, into a later tenure or into a longer log, it says
/// what it was shown: nobody else holds it.
#[test]
fn who_leaves_a_history_behind_convicts_whoever_signed_it() {
    let mut world = World4::new(4);
    // The last one is away, and hears only the depositary's other self: one entry, another than the others'.
    let away = world.hosts.pop().unwrap();
    world.file(1, world.act(1, "sign", "under a signs"));
    world.settle(4);
    let seat = Seat::new(world.founding.hash(), signer(0, Purpose::Cosignature, 2)).unwrap();
    let mut twin = Node::start(begin(&world.founding, seat.id()).unwrap(), seat, world.now);
    twin.step(Input::File(Filed::new(Entry::Act(world.act(2, "sign", "under a signs")))), world.now);
    let out = twin.step(Input::Tick, world.now);
    world.hosts.push(away);
    for (_, message) in out.send {
        let from = world.hosts[0].seat;
        world.hosts[3].node.step(Input::Heard(from, message), world.now);
    }
    assert_eq!(world.hosts[3].node.chain().size(), 1);
    let successor = world.hosts[1].seat;
    (0..3).for_each(|at| world.step(at, Input::Open(2, successor)));
    // Only what is of the later tenure reaches it: it never sees the others in the first.
    let is_late = |bytes: &[u8]| match wire::decode::<All>(bytes).unwrap() {
        Message::Entries(entries) => entries.items.iter().any(|item| matches!(item, Item::Opening(_))),
        Message::Status(status) => status.holds.tenure == 2,
        Message::Docket(_) | Message::Ask(..) | Message::Vote(_) => true,
    };
    let last = world.hosts[3].seat;
    world.waiting.retain(|(_, to, bytes)| *to != last || is_late(bytes));
    world.settle(8);
    assert!(world.hosts.iter().all(|host| host.node.chain().reading().tenure() == 2));
    let chain = world.hosts[1].node.chain();
    let evidence = chain.items(0).iter().find_map(|item| match item {
        Item::Act(filed) => match filed.entry() {
            Entry::Evidence(evidence) => Some(evidence.clone()),
            Entry::Act(_) | Entry::Certificate(_) | Entry::Opening(_) => None,
        },
        Item::Certificate(_) | Item::Opening(_) => None,
    });
    let convicted = convicted(chain.roster(), &evidence.unwrap()).unwrap();
    let origin = Origin { charter: world.founding.hash(), tenure: 1 };
    assert_eq!(convicted, [log_key(&world.founding.founders()[0].seat, &origin).id()]);
}

#[test]
fn an_unsigned_log_is_not_taken() {
    let mut world = World4::new(4);
    world.file(0, world.act(0, "sign", "under a signs"));
    let out = world.hosts[0].node.step(Input::Tick, world.now);
    for (_, message) in out.send {
        let Message::Entries(mut entries) = message else { continue };
        for head in [None, Some(<Signed>::head(&seat_of(&world, 2), &certified_nothing()))] {
            entries.head = head;
            let from = world.hosts[2].seat;
            world.step(1, Input::Heard(from, Message::Entries(entries.clone())));
            assert_eq!(world.hosts[1].node.chain().size(), 0);
        }
    }
    assert!(world.hosts[1].events.iter().any(|event| matches!(event, Event::Improper(1))));
}

fn seat_of(world: &World4, party: usize) -> Seat {
    Seat::new(world.founding.hash(), signer(party, Purpose::Cosignature, 2)).unwrap()
}

fn certified_nothing() -> rule::Checkpoint<Hash> {
    rule::Checkpoint { tenure: 1, size: 0, root: Hash::of_no_entries() }
}

#[test]
fn another_depositary_takes_over_and_seats_change() {
    let mut world = World4::new(4);
    world.file(1, world.act(1, "sign", "under a signs"));
    world.settle(4);
    let successor = world.hosts[2].seat;
    (1..4).for_each(|at| world.step(at, Input::Open(2, successor)));
    world.settle(3);
    assert!(world.hosts.iter().all(|host| host.node.chain().reading().tenure() == 2));
    world.file(3, world.act(3, "sign", "under a signs"));
    world.settle(4);
    assert!(world.hosts.iter().all(|host| host.node.depositary() == successor));
    // A party's node moves to another key.
    let before = world.finals()[0];
    let seat = RosterAct::Seat { key: key(1, Purpose::Cosignature, 7) };
    world.file(1, world.act(1, seat.kind(), &seat.to_string()));
    world.host(1, 7);
    world.settle(8);
    let new = world.hosts[4].seat;
    let chain = world.hosts[0].node.chain();
    let members = chain.reading().members(chain.size());
    assert!(members.has(new) && !members.has(world.hosts[1].seat), "{members:?}");
    assert!(world.finals()[0] > before);
    // A fifth party, let in by three of four.
    let admit = RosterAct::Admit { party: Party::new("P9").unwrap(), key: key(9, Purpose::Act, 1) };
    for at in [0, 2, 3] {
        world.file(at, world.act(at, admit.kind(), &admit.to_string()));
    }
    world.settle(6);
    world.host(9, 2);
    let seat = RosterAct::Seat { key: key(9, Purpose::Cosignature, 2) };
    world.settle(2);
    let act = world.act(9, seat.kind(), &seat.to_string());
    world.file(0, act);
    world.settle(8);
    let chain = world.hosts[0].node.chain();
    assert!(chain.reading().members(chain.size()).has(world.hosts[5].seat));
    world.settle(3);
    assert_eq!(world.hosts[5].node.settled(), world.hosts[0].node.settled(), "the new node holds all of it");
}

#[test]
fn a_long_log_is_sent_in_parts() {
    let mut world = World4::new(4);
    let count = 3 * ENTRIES_MAX;
    let mut sent = 0;
    let mut previous = None;
    while sent < count {
        for _ in 0..1_024 {
            let mut said = world.act(1, "sign", "under a signs").statement().clone();
            (said.number, said.previous) = (sent + 1, previous);
            let act = Act::sign(said, &signer(1, Purpose::Act, 1)).unwrap();
            previous = Some(act.hash());
            world.file(1, act);
            sent += 1;
        }
        world.settle(2);
    }
    let seat = RosterAct::Seat { key: key(3, Purpose::Cosignature, 7) };
    world.host(3, 7);
    let largest = std::cell::Cell::new(0);
    let mut writes = 0;
    world.file(3, world.act(3, seat.kind(), &seat.to_string()));
    for _ in 0..3 {
        world.now += 30;
        (0..5).for_each(|at| world.step(at, Input::Tick));
        while let Some((from, to, bytes)) = world.waiting.pop_front() {
            let at = world.hosts.iter().position(|host| host.seat == to).unwrap();
            let message = wire::decode(&bytes).unwrap();
            if let Message::Entries(entries) = &message {
                largest.set(largest.get().max(entries.items.len()));
            }
            let before = world.hosts[at].node.chain().size();
            world.step(at, Input::Heard(from, message));
            writes += usize::from(at == 4 && world.hosts[at].node.chain().size() > before);
        }
    }
    assert!(writes >= 3, "{writes}");
    assert!(u64::try_from(largest.get()).unwrap() <= ENTRIES_MAX, "{}", largest.get());
    assert_eq!(world.hosts[4].node.chain().checkpoint(), world.hosts[0].node.chain().checkpoint());
    let stored = world.hosts[4].disk.items.len();
    assert_eq!(u64::try_from(stored).unwrap(), world.hosts[4].node.chain().size());
    assert!(world.hosts[4].disk.head.is_some());
}

#[test]
fn who_reckons_something_else_is_told() {
    let mut world = World4::new(4);
    world.file(1, world.act(1, "sign", "under a signs"));
    world.settle(4);
    let size = world.finals()[0];
    (0..4).for_each(|at| world.step(at, Input::Reckoned(size, Hash::of(&[u8::from(at == 3)]))));
    world.settle(1);
    let other = world.hosts[3].seat;
    for host in &world.hosts[..3] {
        assert!(host.events.contains(&Event::TwoSituations(other, size)));
    }
    let told = world.hosts[3].events.iter().filter(|event| matches!(event, Event::TwoSituations(..))).count();
    assert_eq!(told, 3);
}

/// By one clock an office's time is over, and by another it is not: who puts acts in order did not keep what others kept.
#[test]
fn nobody_is_held_to_what_nobody_may_keep_any_more() {
    let mut world = World4::new(4);
    let until = NOW + 3_600;
    let office = RosterAct::Office { key: key(1, Purpose::Act, 9), until, scope: Scope::Everything };
    world.file(1, world.act(1, office.kind(), &office.to_string()));
    world.settle(4);
    // The others hear of it too late to keep it.
    let late = world.act_by(1, 9, "sign", "in time by the clock of one");
    for at in 1..4 {
        world.file(at, late.clone());
    }
    world.waiting.clear();
    world.now = until + 2 * PATIENCE_SECONDS;
    world.file(2, world.act(2, "sign", "what goes on"));
    let before = world.finals();
    world.settle(4);
    let after = world.finals();
    assert!(before.iter().zip(&after).all(|(before, after)| before < after), "{before:?}, {after:?}");
    assert!(world.hosts[1].node.has(Filed::new(Entry::Act(late.clone())).hash()), "it is held until it expires");
    assert!(!world.hosts[0].node.has(Filed::new(Entry::Act(late)).hash()));
}

/// A node's log of which the first entries were let go of, and which part of the other log they are.
fn shortened() -> (Chain<Signed>, Chain<Signed>) {
    let mut world = World4::new(4);
    for number in 0..40_u8 {
        let by = usize::from(number % 4);
        let act = match number {
            7 => {
                let key = key(by, Purpose::Act, 9);
                let (until, scope) = (NOW + 900_000, Scope::Kinds(["sign".to_owned()].into()));
                let office = RosterAct::Office { key, until, scope };
                world.act(by, office.kind(), &office.to_string())
            }
            _ => world.act(by, "sign", &format!("number {number}")),
        };
        world.file(by, act);
        world.settle(2);
    }
    let node = &world.hosts[1].node;
    let (whole, mut short) = (node.chain().clone(), node.chain().clone());
    short.release(node.counted());
    (whole, short)
}

#[test]
fn a_base_is_read_back_as_it_was() {
    let (whole, short) = shortened();
    let base = short.to_base().unwrap();
    assert!(short.base() >= 40 && short.base() == base.first(), "{}", short.base());
    let first = usize::try_from(base.first()).unwrap();
    let bytes = base::save(&base).unwrap();
    let again = base::load(&bytes).unwrap();
    assert_eq!(base::save(&again).unwrap(), bytes);
    // Others than those that stood there, or too few, are none to go on with.
    assert!(Chain::from_base(again.clone(), whole.items(0)[first + 1..].to_vec()).is_none());
    assert!(Chain::from_base(again.clone(), whole.items(0)[first..first + 1].to_vec()).is_none());
    let again = Chain::from_base(again, whole.items(0)[first..].to_vec()).unwrap();
    for chain in [&short, &again] {
        assert_eq!(chain.checkpoint(), whole.checkpoint());
        assert_eq!((chain.reading(), chain.roster()), (whole.reading(), whole.roster()));
        assert_eq!((chain.highest(), chain.time()), (whole.highest(), whole.time()));
        for (place, item) in (0..).zip(whole.items(0)) {
            assert_eq!((chain.leaf(place), chain.date(place)), (whole.leaf(place), whole.date(place)));
            assert_eq!((chain.root(place), chain.reached(place)), (whole.root(place), whole.reached(place)));
            assert_eq!(chain.dated(place), whole.dated(place));
            assert!(chain.is_at(place, item) && !chain.is_at(place + 1, item));
            if let Item::Act(filed) = item {
                assert_eq!(chain.place(filed.hash()), Some(place));
            }
            match chain.cut(place) {
                None => assert!(place < base.size()),
                Some(cut) => {
                    let expected = whole.cut(place).unwrap();
                    assert_eq!(cut.checkpoint(), expected.checkpoint());
                    assert_eq!((cut.reading(), cut.roster()), (expected.reading(), expected.roster()));
                    assert_eq!(cut.items(cut.base()), expected.items(cut.base()));
                }
            }
        }
    }
    // What was kept of it once is kept again, and more.
    let mut further = again.clone();
    further.release(whole.size());
    assert!(further.base() >= again.base());
    assert_eq!(further.past().size(), again.past().size());
}

#[test]
fn bytes_that_are_no_base_are_refused() {
    let (_, short) = shortened();
    let bytes = base::save(&short.to_base().unwrap()).unwrap();
    for cut in 0..bytes.len() {
        assert!(base::load(&bytes[..cut]).is_err(), "{cut}");
    }
    assert!(base::load(&[bytes.as_slice(), &[0]].concat()).is_err());
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x41;
        // Whoever keeps them has a sum over them; here they are read, or they are not.
        let _ = base::load(&changed).is_ok();
    }
}

/// A node that holds hashes alone says what it said when it held everything, once it is given what it asks for.
#[test]
fn what_was_let_go_of_is_fetched() {
    let mut world = World4::new(4);
    for number in 0..40 {
        let act = world.act(0, "sign", &format!("number {number}"));
        world.file(0, act);
        world.settle(2);
    }
    let (asker, whole) = (world.hosts[2].seat, &world.hosts[1]);
    let mut short = whole.node.clone();
    short.release(short.counted());
    let base = short.chain().base();
    assert!(base >= 40);
    for from in 0..=whole.node.chain().size() {
        let before = whole.node.chain().root(from).unwrap();
        let ask = || Input::Heard(asker, Message::Ask(from, before));
        let expected = whole.node.clone().step(ask(), world.now);
        let told = short.step(ask(), world.now);
        assert_eq!(told.fetch.is_empty(), from >= base);
        let fetched = told.fetch.into_iter().filter_map(|fetch| {
            assert_eq!(fetch, Fetch { to: asker, from });
            let end = usize::try_from(base).unwrap();
            short.fetched(fetch, whole.disk.items[usize::try_from(from).unwrap()..end].to_vec(), world.now)
        });
        let sent: Vec<_> = fetched.chain(told.send).collect();
        assert_eq!(sent, expected.send, "{from}");
    }
}

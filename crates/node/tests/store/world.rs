//! Nodes of four parties with keys, and no disk, clock or network: what they want stored is what stores are tried with.
//! Read [`World`].

use std::collections::VecDeque;

use record::Hash;
use record::act::{Act, ActKind, Basis, Body, Party, Statement};
use record::cosignature::cosign;
use record::entry::{Certificate, Entry};
use record::founding::{CharterText, Founder, Founding};
use record::key::{KeyId, KeyName, Purpose, Signer};
use record::node::{Input, Item, Outputs, Seconds, Stored, To, Write};
use record::note::Note;
use record::rule::Checkpoint;
use record::signed::{Filed, Seat, Signed, SignedNode, begin, published};
use record::wire;

pub(crate) const NOW: Seconds = 1_800_000_000;

pub(crate) fn signer(party: usize, purpose: Purpose) -> Signer {
    let what = if purpose == Purpose::Act { 1 } else { 2 };
    let name = KeyName::new(format!("p{party}.example/{what}")).unwrap();
    Signer::new(name, purpose, &Hash::of(&[u8::try_from(party).unwrap(), what]).0)
}

pub(crate) fn seat(party: usize) -> KeyId {
    signer(party, Purpose::Cosignature).verifier().id()
}

pub(crate) fn founding(charter: &[u8]) -> Founding {
    let founders = (0..4).map(|party| Founder {
        party: Party::new(format!("P{party}")).unwrap(),
        key: signer(party, Purpose::Act).verifier(),
        seat: signer(party, Purpose::Cosignature).verifier(),
    });
    let charter = CharterText { hash: Hash::of(charter), file: "a.charter".to_owned() };
    Founding::new(vec![charter], founders.collect(), Party::new("P0").unwrap()).unwrap()
}

/// So many acts of one party, each behind the one before.
pub(crate) fn acts(founding: &Founding, party: usize, count: u64) -> Vec<Filed> {
    let mut last = None;
    let act = |number| {
        let act = sign(founding, party, number, last, &format!("alarm {number}"), NOW);
        last = Some(act.hash());
        act
    };
    (1..=count).map(act).collect()
}

fn sign(founding: &Founding, party: usize, number: u64, previous: Option<Hash>, text: &str, now: Seconds) -> Filed {
    let statement = Statement {
        charter: founding.hash(),
        party: Party::new(format!("P{party}")).unwrap(),
        office: signer(party, Purpose::Act).verifier().id(),
        number,
        previous,
        kind: ActKind::new("call").unwrap(),
        body: Body::Whole(text.as_bytes().to_vec()),
        basis: Basis { size: 0, root: Hash::of_no_entries() },
        claimed: now,
        expires: now + 86_400,
    };
    Filed::new(Entry::Act(Act::sign(statement, &signer(party, Purpose::Act)).unwrap()))
}

/// That so many entries are certified, as an entry.
pub(crate) fn certificate(founding: &Founding, size: u64) -> Item<Signed> {
    let checkpoint = Checkpoint { tenure: 1, size, root: Hash::of(b"root") };
    let mut note = Note::new(published(founding.hash(), &checkpoint).to_string()).unwrap();
    cosign(&mut note, &signer(1, Purpose::Cosignature), NOW).unwrap();
    Item::Certificate(Certificate::new(&note).unwrap())
}

pub(crate) struct Host {
    pub(crate) node: SignedNode,
    pub(crate) disk: Stored<Signed>,
    /// What each of its steps wanted stored, from the first one on that nobody has taken.
    pub(crate) steps: Vec<Vec<Write<Signed>>>,
}

pub(crate) struct World {
    pub(crate) founding: Founding,
    pub(crate) hosts: Vec<Host>,
    /// Messages under way: from whom, to whom.
    pub(crate) waiting: VecDeque<(usize, usize, Vec<u8>)>,
    pub(crate) now: Seconds,
    /// Each party's last act: its number and its hash.
    last: [Option<(u64, Hash)>; 4],
}

impl World {
    pub(crate) fn new() -> Self {
        let founding = founding(b"a charter");
        let hosts = (0..4).map(|party| {
            let disk = begin(&founding, seat(party)).unwrap();
            let own = Seat::new(founding.hash(), signer(party, Purpose::Cosignature)).unwrap();
            Host { node: SignedNode::start(disk.clone(), own, NOW), disk, steps: Vec::new() }
        });
        Self { hosts: hosts.collect(), founding, waiting: VecDeque::new(), now: NOW, last: [None; 4] }
    }

    pub(crate) fn step(&mut self, at: usize, input: Input<Signed>) {
        let host = &mut self.hosts[at];
        let Outputs { store, send, .. } = host.node.step(input, self.now);
        store.iter().for_each(|write| host.disk.write(write.clone()));
        host.steps.push(store);
        for (to, message) in send {
            let bytes = wire::encode(&message).unwrap();
            for other in (0..4).filter(|other| *other != at) {
                if to == To::All || to == To::One(seat(other)) {
                    self.waiting.push_back((at, other, bytes.clone()));
                }
            }
        }
    }

    /// A party says something, at the node of some party.
    pub(crate) fn say(&mut self, party: usize, at: usize) {
        let (number, previous) = self.last[party].map_or((1, None), |(number, hash)| (number + 1, Some(hash)));
        let act = sign(&self.founding, party, number, previous, &format!("alarm {number} of {party}"), self.now);
        self.last[party] = Some((number, act.hash()));
        self.step(at, Input::File(act));
    }

    /// Delivers the message that has waited longest, unless it goes to or from the node that is cut off.
    pub(crate) fn deliver(&mut self, cut_off: Option<usize>) {
        if let Some((from, to, bytes)) = self.waiting.pop_front()
            && cut_off != Some(from)
            && cut_off != Some(to)
        {
            self.step(to, Input::Heard(seat(from), wire::decode(&bytes).unwrap()));
        }
    }

    /// Some time passes, in which all that was said is heard.
    pub(crate) fn pass(&mut self, rounds: usize, cut_off: Option<usize>) {
        for _ in 0..rounds {
            self.now += 30;
            for at in 0..4 {
                self.step(at, Input::Tick);
                self.step(at, Input::Sequence);
            }
            while !self.waiting.is_empty() {
                self.deliver(cut_off);
            }
        }
    }
}

/// An act as an entry of the log.
pub(crate) fn item(filed: &Filed) -> Item<Signed> {
    record::signed::item(filed.entry().clone())
}

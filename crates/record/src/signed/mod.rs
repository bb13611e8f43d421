//! The world in which nodes run: acts, certificates and openings byte for byte as they are published, and signatures that
//! are verified. Read [`Signed`].

pub mod base;
mod filed;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::sync::Arc;

pub use filed::Filed;

use crate::Hash;
use crate::checkpoint::{Checkpoint, Origin};
use crate::cosignature;
use crate::entry::{self, Entry, Evidence, Fork};
use crate::founding::Founding;
use crate::key::{KeyId, Purpose, Signer};
use crate::merkle::{self, prove_consistency};
use crate::node::{Chain, Item, Node, Seconds, Stored, Tree, World};
use crate::note::{Note, NoteSignature};
use crate::roster::{Roster, log_key};
use crate::rule::{self, All, Change, Guards, Roots};

/// Names the seats by their keys, entries by SHA-256. All guards are up, but in a test of the guards.
#[derive(Clone, Copy, Debug)]
pub struct Signed<G = All>(PhantomData<G>);

impl<G> PartialEq for Signed<G> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A party's node, as it runs.
pub type SignedNode = Node<Signed>;

/// What a seat's node signs with.
#[derive(Clone, Debug)]
pub struct Seat {
    framework: Hash,
    signer: Arc<Signer>,
}

impl Seat {
    /// The seat of this key in this framework; none where the key is not one for cosignatures.
    #[must_use]
    pub fn new(framework: Hash, signer: Signer) -> Option<Self> {
        (signer.purpose() == Purpose::Cosignature).then(|| Self { framework, signer: Arc::new(signer) })
    }

    /// What names it.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.signer.verifier().id()
    }
}

/// What a node of a framework starts from that has nothing stored; none where the framework has no depositary.
#[must_use]
pub fn begin<G: Guards + Clone + Debug>(founding: &Founding, seat: KeyId) -> Option<Stored<Signed<G>>> {
    Some(Stored::new(seat, founding.members(), founding.depositary()?, Roster::new(founding)))
}

/// An entry of the log, as the node's step has it.
///
/// It is the entry's only reading: `Item` and `Entry` say the same.
#[must_use]
pub fn item<G: Guards + Clone + Debug>(entry: Entry) -> Item<Signed<G>> {
    match entry {
        Entry::Act(_) | Entry::Evidence(_) => Item::Act(Filed::new(entry)),
        Entry::Certificate(certificate) => Item::Certificate(certificate),
        Entry::Opening(opening) => Item::Opening(opening),
    }
}

/// An entry's bytes.
#[must_use]
pub fn bytes<G: Guards + Clone + Debug>(item: &Item<Signed<G>>) -> Vec<u8> {
    match item {
        Item::Act(filed) => filed.bytes().to_vec(),
        Item::Certificate(certificate) => Entry::Certificate(certificate.clone()).encode(),
        Item::Opening(opening) => Entry::Opening(opening.clone()).encode(),
    }
}

/// A checkpoint, as notes have it.
#[must_use]
pub fn published(framework: Hash, checkpoint: &rule::Checkpoint<Hash>) -> Checkpoint {
    let origin = Origin { charter: framework, tenure: checkpoint.tenure };
    Checkpoint { origin, size: checkpoint.size, root: checkpoint.root }
}

impl<G: Guards + Clone + Debug> World for Signed<G> {
    type Seat = KeyId;
    type Hash = Hash;
    type Act = Filed;
    type Tree = merkle::Tree;
    type Guards = G;
    type Roster = Roster;
    type Signer = Seat;
    type Head = NoteSignature;
    type Cosignature = NoteSignature;
    type Certificate = entry::Certificate;
    type Vote = entry::Opening;
    type Opening = entry::Opening;

    fn name(act: &Filed) -> Hash {
        act.hash()
    }

    fn leaf(item: &Item<Self>) -> Hash {
        match item {
            Item::Act(filed) => filed.hash(),
            Item::Certificate(_) | Item::Opening(_) => Hash::leaf(&bytes(item)),
        }
    }

    fn author(act: &Filed) -> KeyId {
        act.act().map_or(KeyId(Hash::of_no_entries()), |act| act.statement().office)
    }

    fn number(act: &Filed) -> u64 {
        act.act().map_or(0, |act| act.statement().number)
    }

    fn previous(act: &Filed) -> Option<Hash> {
        act.act()?.statement().previous
    }

    fn is_admissible(roster: &Roster, act: &Filed, now: Seconds) -> bool {
        match act.entry() {
            Entry::Act(_) => roster.is_signed_by::<G>(act, now).is_ok(),
            Entry::Evidence(evidence) => evidence.charter() == roster.framework() && is_convicting(roster, evidence),
            Entry::Certificate(_) | Entry::Opening(_) => false,
        }
    }

    fn is_expired(act: &Filed, now: Seconds) -> bool {
        act.act().is_some_and(|act| now >= act.statement().expires)
    }

    fn settle(roster: &mut Roster, act: &Filed, at: Seconds) -> Vec<Change<KeyId>> {
        roster.take_by::<G>(act, at).unwrap_or_default()
    }

    fn head(signer: &Seat, checkpoint: &rule::Checkpoint<Hash>) -> NoteSignature {
        let published = published(signer.framework, checkpoint);
        let signed = signer.signer.sign(published.to_string().as_bytes());
        NoteSignature::of(&log_key(&signer.signer.verifier(), &published.origin), signed.to_vec())
    }

    fn is_head(roster: &Roster, depositary: KeyId, checkpoint: &rule::Checkpoint<Hash>, head: &NoteSignature) -> bool {
        let published = published(roster.framework(), checkpoint);
        roster.keys().get(&depositary).is_some_and(|seat| {
            let key = log_key(seat, &published.origin);
            let is_its = *head.name() == *key.name() && head.short() == key.id().short();
            is_its && roster.keys().verify(key.public(), published.to_string().as_bytes(), head.bytes())
        })
    }

    fn cosign(signer: &Seat, checkpoint: &rule::Checkpoint<Hash>, now: Seconds) -> NoteSignature {
        let text = published(signer.framework, checkpoint).to_string();
        cosignature::sign(&text, &signer.signer, now.min(cosignature::TIME_MAX))
    }

    fn cosigned(
        roster: &Roster,
        seat: KeyId,
        checkpoint: &rule::Checkpoint<Hash>,
        cosignature: &NoteSignature,
    ) -> Option<Seconds> {
        let key = roster.keys().get(&seat).filter(|key| key.purpose() == Purpose::Cosignature)?;
        let is_its = *cosignature.name() == *key.name() && cosignature.short() == seat.short();
        let text = published(roster.framework(), checkpoint).to_string();
        if is_its { cosignature::time(&text, cosignature.bytes(), (roster.keys(), key.public())) } else { None }
    }

    fn certify(
        roster: &Roster,
        checkpoint: &rule::Checkpoint<Hash>,
        head: Option<&NoteSignature>,
        by: &BTreeMap<KeyId, NoteSignature>,
    ) -> Option<entry::Certificate> {
        let mut note = Note::of(&published(roster.framework(), checkpoint));
        head.into_iter().chain(by.values()).try_for_each(|line| note.add(line.clone())).ok()?;
        entry::Certificate::new(&note).ok()
    }

    fn certified(certificate: &entry::Certificate) -> rule::Checkpoint<Hash> {
        certificate.checkpoint().to_rule()
    }

    fn head_of(certificate: &entry::Certificate) -> Option<NoteSignature> {
        let origin = certificate.checkpoint().origin.to_string();
        certificate.note().signatures().iter().find(|line| line.name().as_str() == origin).cloned()
    }

    fn read_certificate(
        roster: &Roster,
        certificate: &entry::Certificate,
    ) -> Option<(rule::Certificate<KeyId, Hash>, Vec<Seconds>)> {
        if certificate.checkpoint().origin.charter != roster.framework() {
            return None;
        }
        certificate.read_timed(roster.keys()).ok()
    }

    fn vote(
        signer: &Seat,
        vote: &rule::Vote<KeyId, Hash>,
        highest: Option<&entry::Certificate>,
    ) -> Option<entry::Opening> {
        let target = entry::Target { charter: signer.framework, tenure: vote.tenure, successor: vote.successor };
        entry::Opening::vote(target, highest.cloned(), &signer.signer).ok()
    }

    fn read_vote(roster: &Roster, vote: &entry::Opening) -> Option<rule::Vote<KeyId, Hash>> {
        let mut votes = Self::read_opening(roster, vote)?.votes.into_iter();
        votes.next().filter(|_| votes.next().is_none())
    }

    fn opening(votes: &[&entry::Opening]) -> Option<entry::Opening> {
        let (first, rest) = votes.split_first()?;
        rest.iter().try_fold((*first).clone(), |opening, vote| opening.with(vote)).ok()
    }

    fn shown(opening: &entry::Opening) -> Option<entry::Certificate> {
        opening.highest().cloned()
    }

    fn read_opening(roster: &Roster, opening: &entry::Opening) -> Option<rule::Opening<KeyId, Hash>> {
        (opening.target().charter == roster.framework()).then(|| opening.read(roster.keys()).ok())?
    }

    fn evidence(
        own: (&Chain<Self>, &NoteSignature),
        shown: (&rule::Checkpoint<Hash>, &NoteSignature),
    ) -> Option<Filed> {
        let (chain, head) = own;
        let framework = chain.roster().framework();
        let signed = |checkpoint: &rule::Checkpoint<Hash>, line: &NoteSignature| {
            let mut note = Note::of(&published(framework, checkpoint));
            note.add(line.clone()).ok()?;
            entry::Certificate::new(&note).ok()
        };
        let held = chain.checkpoint();
        let (theirs, ours) = (signed(shown.0, shown.1)?, signed(&held, head)?);
        let fork = if shown.0.size == held.size {
            Fork::of_roots(theirs, ours)
        } else {
            let mut tree = merkle::HeldTree::new();
            (0..chain.size()).filter_map(|place| chain.leaf(place)).for_each(|leaf| tree.append(leaf));
            let proof = prove_consistency(shown.0.size, held.size, &tree)?;
            Fork::of_continuation(theirs, ours, chain.root(shown.0.size)?, proof)
        };
        let evidence = Evidence::of_fork(fork.ok()?).ok()?;
        is_convicting(chain.roster(), &evidence).then(|| Filed::new(Entry::Evidence(evidence)))
    }
}

/// Whether evidence convicts anybody: the holder of a seat, as depositary or as cosigner, or an office.
fn is_convicting(roster: &Roster, evidence: &Evidence) -> bool {
    convicted(roster, evidence).is_some_and(|convicted| !convicted.is_empty())
}

/// Whom evidence convicts: by their seats' keys, those of their logs among them, or offices' keys.
#[must_use]
pub fn convicted(roster: &Roster, evidence: &Evidence) -> Option<Vec<KeyId>> {
    let mut keys = roster.keys().clone();
    if let Evidence::Fork(fork) = evidence {
        let [first, _] = fork.checkpoints();
        let origin = first.checkpoint().origin;
        let seats: Vec<_> = roster.keys().all().filter(|key| key.purpose() == Purpose::Cosignature).cloned().collect();
        for key in seats.iter().map(|seat| log_key(seat, &origin)) {
            keys.add(key);
        }
    }
    evidence.convicts(&keys).ok()
}

impl<G: Guards + Clone + Debug> Tree<Signed<G>> for merkle::Tree {
    fn push(&mut self, leaf: Hash) -> Hash {
        self.append(leaf);
        self.root()
    }

    fn empty() -> Hash {
        Hash::of_no_entries()
    }
}

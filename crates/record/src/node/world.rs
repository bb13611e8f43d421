//! What records are made of: [`World`].

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::{Chain, Item, Seconds};
use crate::rule::{Certificate, Change, Checkpoint, Guards, Name, Opening, Vote};

/// What the records of one world are made of, and how it is signed there.
///
/// Nothing that comes from elsewhere is taken at its word: where a function reads something, it verifies the signatures that the
/// rule counts, and gives nothing where one is not true.
pub trait World: Clone + Debug + PartialEq {
    /// What names a seat, and an office that files acts.
    type Seat: Name;
    /// What stands for an entry of a log, and for all of them.
    type Hash: Name;
    /// An act, signed.
    type Act: Clone + Debug + PartialEq;
    /// The hash over a growing log.
    type Tree: Tree<Self>;
    /// Which guards are up: all, but in a test of the guards.
    type Guards: Guards + Clone + Debug;
    /// Who holds which key, by the entries that are final.
    type Roster: Clone + Debug + PartialEq;
    /// What a node signs with.
    type Signer: Clone + Debug;
    /// A depositary's signature under a checkpoint.
    type Head: Clone + Debug + PartialEq;
    /// A seat's signature under a checkpoint, with its time.
    type Cosignature: Clone + Debug + PartialEq;
    /// A checkpoint and the signatures under it.
    type Certificate: Clone + Debug + PartialEq;
    /// A vote for another depositary, signed, with the certificate that it shows.
    type Vote: Clone + Debug + PartialEq;
    /// Votes, signed.
    type Opening: Clone + Debug + PartialEq;

    /// At every multiple of so many entries a log remembers what it had come to, as a place to come back to.
    const MARK_ENTRIES: u64 = 64;

    /// What names an act, and no other.
    fn name(act: &Self::Act) -> Self::Hash;

    /// The hash of an entry: of an act, its name.
    fn leaf(item: &Item<Self>) -> Self::Hash;

    /// Which office files it.
    fn author(act: &Self::Act) -> Self::Seat;

    /// The number that its party gives it: lower ones go first.
    fn number(act: &Self::Act) -> u64;

    /// The act of the same party that it follows: it is not put into the record before that one.
    fn previous(act: &Self::Act) -> Option<Self::Hash>;

    /// Whether an act may wait for a place: somebody known has signed it, and it is not too late for it.
    fn is_admissible(roster: &Self::Roster, act: &Self::Act, now: Seconds) -> bool;

    /// Whether it is too late to put it into the record.
    fn is_expired(act: &Self::Act, now: Seconds) -> bool;

    /// An act is final: what it changes of who holds which key, and of who has a seat. `at` is its time by the record.
    fn settle(roster: &mut Self::Roster, act: &Self::Act, at: Seconds) -> Vec<Change<Self::Seat>>;

    /// Signs as the depositary.
    fn head(signer: &Self::Signer, checkpoint: &Checkpoint<Self::Hash>) -> Self::Head;

    /// Whether the depositary has signed this.
    fn is_head(
        roster: &Self::Roster,
        depositary: Self::Seat,
        checkpoint: &Checkpoint<Self::Hash>,
        head: &Self::Head,
    ) -> bool;

    /// Signs as a seat.
    fn cosign(signer: &Self::Signer, checkpoint: &Checkpoint<Self::Hash>, now: Seconds) -> Self::Cosignature;

    /// When a seat has signed this; none where it has not.
    fn cosigned(
        roster: &Self::Roster,
        seat: Self::Seat,
        checkpoint: &Checkpoint<Self::Hash>,
        cosignature: &Self::Cosignature,
    ) -> Option<Seconds>;

    /// Puts signatures together; none where they are too many.
    fn certify(
        roster: &Self::Roster,
        checkpoint: &Checkpoint<Self::Hash>,
        head: Option<&Self::Head>,
        by: &BTreeMap<Self::Seat, Self::Cosignature>,
    ) -> Option<Self::Certificate>;

    /// What a certificate says that it certifies.
    fn certified(certificate: &Self::Certificate) -> Checkpoint<Self::Hash>;

    /// The depositary's signature among those of a certificate.
    fn head_of(certificate: &Self::Certificate) -> Option<Self::Head>;

    /// A certificate with its signatures verified, and their times by seat.
    fn read_certificate(roster: &Self::Roster, certificate: &Self::Certificate) -> Option<Timed<Self>>;

    /// Signs a vote. `highest` is the certificate that it shows, whole.
    fn vote(
        signer: &Self::Signer,
        vote: &Vote<Self::Seat, Self::Hash>,
        highest: Option<&Self::Certificate>,
    ) -> Option<Self::Vote>;

    /// A vote with its signature verified.
    fn read_vote(roster: &Self::Roster, vote: &Self::Vote) -> Option<Vote<Self::Seat, Self::Hash>>;

    /// Puts votes together; none where they do not belong together.
    fn opening(votes: &[&Self::Vote]) -> Option<Self::Opening>;

    /// The highest certificate that an opening shows.
    fn shown(opening: &Self::Opening) -> Option<Self::Certificate>;

    /// An opening with its signatures verified.
    fn read_opening(roster: &Self::Roster, opening: &Self::Opening) -> Option<Opening<Self::Seat, Self::Hash>>;

    /// What can be put into the record to show that the depositary has signed two histories: the node's own log with the
    /// signature under all of it, and another checkpoint that the depositary signed.
    fn evidence(own: (&Chain<Self>, &Self::Head), shown: (&Checkpoint<Self::Hash>, &Self::Head)) -> Option<Self::Act>;
}

/// A certificate as the rule sees it, and the times of its cosignatures.
pub type Timed<W> = (Certificate<<W as World>::Seat, <W as World>::Hash>, Vec<Seconds>);

/// A hash over entries that can be added to.
pub trait Tree<W: World>: Clone + Debug + Default {
    /// Takes in an entry by its hash, and gives the hash over all so far.
    fn push(&mut self, leaf: W::Hash) -> W::Hash;

    /// The hash over no entries.
    fn empty() -> W::Hash;
}

/// A certificate whose signatures were verified.
#[derive(Clone, Debug, PartialEq)]
pub struct Held<W: World> {
    /// What the rule sees of it.
    pub told: Certificate<W::Seat, W::Hash>,
    /// With its signatures.
    pub shown: W::Certificate,
}

//! When an act is final, what a node may cosign, and how the depositary is replaced.
//!
//! A **log** is a sequence of entries in one order; a **checkpoint** names the first so many of them by a hash. Each
//! depositary's time in office is a **tenure**. A checkpoint that enough members have cosigned is **certified**; the
//! certificate is then itself an entry, and what it certifies is **final** once a later certified checkpoint of the
//! same tenure covers that entry. Read [`Reading`] for what the entries of a log say, [`Cosigner`] for what a node
//! may sign, [`Guards`] for what each rule is there for.
//!
//! Hashes and seats are type parameters: the model checker runs the same code over small numbers. Signatures are
//! taken as verified: whoever calls has verified them.

mod cosigner;
mod guards;
mod quorum;
mod reading;
mod succession;

pub use cosigner::{Cosigner, Memory};
pub use guards::{All, Guards};
pub use quorum::Members;
pub use reading::{Reading, Roots};
pub use succession::{Opening, Vote};

use std::fmt::{self, Debug};

use serde::{Deserialize, Serialize};

/// What can name a seat, or stand for a hash.
pub trait Name: Copy + Ord + Debug {}

impl<T: Copy + Ord + Debug> Name for T {}

/// Which time in office of which depositary: 1 is the first, of the depositary that the charter names.
pub type Tenure = u64;

/// The first `size` entries of a log, as they stood in a tenure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Checkpoint<H> {
    /// The tenure in which it was made.
    pub tenure: Tenure,
    /// How many entries.
    pub size: u64,
    /// The hash over all of them.
    pub root: H,
}

/// A checkpoint and who has cosigned it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate<S, H> {
    /// What is certified.
    pub checkpoint: Checkpoint<H>,
    /// By whom, in order. Some of them may be no members, and then count for nothing.
    pub by: Vec<S>,
}

impl<S: Name, H: Name> Certificate<S, H> {
    /// Which of two certificates is the higher: the later tenure first, then the longer log.
    #[must_use]
    pub fn height<G: Guards>(&self) -> (Tenure, u64) {
        let Checkpoint { tenure, size, .. } = self.checkpoint;
        if G::TENURE_FIRST { (tenure, size) } else { (size, tenure) }
    }
}

/// One entry of a log, as far as the rule looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry<S, H> {
    /// An act, or anything else that the rule does not look into.
    Act,
    /// A certificate for an earlier part of the same log.
    Certificate(Certificate<S, H>),
    /// Another depositary takes over.
    Opening(Opening<S, H>),
}

/// A change of who cosigns. It takes effect at a place in the log, and not at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Change<S> {
    /// A party's node takes a seat.
    Join(S),
    /// A seat is given up: its party has left, or its node has lost what it had signed and takes another.
    Leave(S),
}

/// Why a log is not a proper one, or a checkpoint is not cosigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// A signature in it is not that of whom it names, or nobody known has signed it.
    Untrue,
    /// A certificate of another tenure than the log's: it makes nothing final here.
    CertificateOfAnotherTenure,
    /// A certificate for something else than the first entries of this very log.
    CertificateOfAnotherLog,
    /// A certificate that tells nothing beyond the one before it.
    CertificateNotLonger,
    /// Fewer members have cosigned than have to.
    CertificateWithoutQuorum,
    /// An opening of a tenure that is not later than the log's.
    OpeningNotLater,
    /// An opening with fewer votes than it takes, or in a record whose depositary nobody can replace.
    OpeningWithoutVotes,
    /// An opening that does not stand right behind the highest certificate its votes show.
    OpeningAtAnotherPlace,
    /// The checkpoint is not that of the log which was shown with it.
    CheckpointOfAnotherLog,
    /// The node has no seat at this place of the log.
    NoSeat,
    /// The node has voted for a later tenure.
    BehindVote,
    /// The node has cosigned in a later tenure.
    BehindTenure,
    /// The log does not go on from what the node has cosigned in this tenure.
    AnotherChain,
    /// The log leaves out something that the node holds to be final.
    FinalLeftOut,
    /// The node has voted for this tenure, or a later one, already.
    VotedAlready,
    /// The node has cosigned in this tenure, or a later one, already.
    TenureBegun,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Untrue => "a signature in it is not that of whom it names, or nobody known has signed it",
            Self::CertificateOfAnotherTenure => "it certifies a log of another tenure",
            Self::CertificateOfAnotherLog => "it certifies something else than the entries before it",
            Self::CertificateNotLonger => "it certifies nothing beyond the certificate before it",
            Self::CertificateWithoutQuorum => "too few of those who had a seat have cosigned",
            Self::OpeningNotLater => "it opens no later tenure",
            Self::OpeningWithoutVotes => "too few have voted for it, or nobody can replace the depositary here",
            Self::OpeningAtAnotherPlace => "it does not stand behind the highest certificate that its votes show",
            Self::CheckpointOfAnotherLog => "the checkpoint is not that of the log",
            Self::NoSeat => "the node has no seat there",
            Self::BehindVote => "the node has voted for a later tenure",
            Self::BehindTenure => "the node has cosigned in a later tenure",
            Self::AnotherChain => "the log does not go on from what the node has cosigned",
            Self::FinalLeftOut => "the log leaves out what is final",
            Self::VotedAlready => "the node has voted for this tenure, or a later one",
            Self::TenureBegun => "the node has cosigned in this tenure, or a later one",
        })
    }
}

impl std::error::Error for Refusal {}

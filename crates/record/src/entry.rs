//! Entries of the log: what each of them is, byte for byte. Read [`Entry`].
//!
//! Every entry begins with a version and a kind, and is written in one way only: what decodes, encodes to the same
//! bytes. The bytes are told in docs/record-format.md.

mod certificate;
mod evidence;
mod opening;
#[cfg(test)]
mod tests;

pub use certificate::{COSIGNATURES_MAX, Certificate};
pub use evidence::{Evidence, Fork};
pub use opening::{Opening, Target, VOTE_DOMAIN, VOTES_MAX, Vote};

use std::error::Error;
use std::fmt;

use crate::Hash;
use crate::act::{Act, ActFault};
use crate::bytes::{Input, Malformed};
use crate::key::{KeyId, Keys};
use crate::note::NoteFault;
use crate::rule;
use crate::tile::ENTRY_BYTES_MAX;

/// The version of all that is written here. A change of any byte's meaning is another version.
const VERSION: u8 = 1;

/// What an entry says it is, in its second byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Act = 1,
    Certificate = 2,
    Opening = 3,
    Evidence = 4,
}

/// One entry of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A party's act.
    Act(Act),
    /// That enough have cosigned an earlier part of the log.
    Certificate(Certificate),
    /// Another depositary takes over.
    Opening(Opening),
    /// That somebody has signed what cannot both be true.
    Evidence(Evidence),
}

/// Why an entry cannot stand in a log, though its bytes are in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryFault {
    /// It belongs to another charter.
    OtherCharter,
    /// The signatures under a checkpoint are not enough.
    Note(NoteFault),
    /// A known seat is said to have voted so, and has not, or not in a way that is known here.
    UntrueVote(KeyId),
    /// An act that shall convict an office is not signed by it, or not in a way that is known here.
    UntrueAct(KeyId, ActFault),
}

impl fmt::Display for EntryFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherCharter => out.write_str("it belongs to another charter"),
            Self::Note(fault) => fault.fmt(out),
            Self::UntrueVote(seat) => write!(out, "the vote is not that of seat `{seat}`"),
            Self::UntrueAct(office, fault) => write!(out, "the act is not that of office `{office}`: {fault}"),
        }
    }
}

impl Error for EntryFault {}

impl From<NoteFault> for EntryFault {
    fn from(fault: NoteFault) -> Self {
        Self::Note(fault)
    }
}

impl Entry {
    /// Reads an entry.
    ///
    /// # Errors
    ///
    /// Where the bytes are not exactly as they would be written.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        Ok(match kind(bytes)? {
            Kind::Act => Self::Act(Act::decode(bytes)?),
            Kind::Certificate => Self::Certificate(Certificate::decode(bytes)?),
            Kind::Opening => Self::Opening(Opening::decode(bytes)?),
            Kind::Evidence => Self::Evidence(Evidence::decode(bytes)?),
        })
    }

    /// The entry's bytes: one sequence for each entry.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Act(act) => act.encode(),
            Self::Certificate(certificate) => certificate.encode(),
            Self::Opening(opening) => opening.encode(),
            Self::Evidence(evidence) => evidence.encode(),
        }
    }

    /// As the rule of the record sees it, with the signatures verified that the rule counts. Whether an act's own
    /// signature is true is not asked: an act that is void stays in the log.
    ///
    /// # Errors
    ///
    /// Where it belongs to another charter, or a known key has not signed what is said of it.
    pub fn read(&self, charter: &Hash, keys: &Keys) -> Result<rule::Entry<KeyId, Hash>, EntryFault> {
        let (own, entry) = match self {
            Self::Act(act) => (act.statement().charter, rule::Entry::Act),
            Self::Certificate(certificate) => {
                (certificate.checkpoint().origin.charter, rule::Entry::Certificate(certificate.read(keys)?))
            }
            Self::Opening(opening) => (opening.target().charter, rule::Entry::Opening(opening.read(keys)?)),
            Self::Evidence(evidence) => (evidence.charter(), rule::Entry::Act),
        };
        if own == *charter { Ok(entry) } else { Err(EntryFault::OtherCharter) }
    }
}

/// The first bytes of an entry.
pub(crate) fn begin(kind: Kind) -> Vec<u8> {
    vec![VERSION, kind as u8]
}

/// What stands behind the first bytes of an entry of this kind.
pub(crate) fn open(bytes: &[u8], told: Kind) -> Result<Input<'_>, Malformed> {
    if kind(bytes)? != told {
        return Err(Malformed::Kind);
    }
    let mut input = Input::new(bytes);
    input.take(2)?;
    Ok(input)
}

fn kind(bytes: &[u8]) -> Result<Kind, Malformed> {
    if bytes.len() > ENTRY_BYTES_MAX {
        return Err(Malformed::TooMuch);
    }
    let mut input = Input::new(bytes);
    if input.byte()? != VERSION {
        return Err(Malformed::Version);
    }
    let kinds = [Kind::Act, Kind::Certificate, Kind::Opening, Kind::Evidence];
    let byte = input.byte()?;
    kinds.into_iter().find(|kind| *kind as u8 == byte).ok_or(Malformed::Kind)
}
